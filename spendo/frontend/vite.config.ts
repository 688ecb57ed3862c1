import react from '@vitejs/plugin-react';
import { loadEnv, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const BACKEND = 'http://127.0.0.1:8000';

/**
 * Writes `<meta name="openai-domain-verify">` when a value is configured. Vite's `%NAME%`
 * placeholders would leave an empty tag behind in the default, self-hosted build.
 */
function domainVerification(value: string | undefined): Plugin {
  return {
    name: 'spendo-domain-verification',
    transformIndexHtml: () =>
      value
        ? [
            {
              tag: 'meta',
              attrs: { name: 'openai-domain-verify', content: value },
              injectTo: 'head-prepend',
            },
          ]
        : [],
  };
}

export default defineConfig(({ command, mode }) => {
  const env = loadEnv(mode, import.meta.dirname, 'VITE_');
  return {
    base: command === 'build' ? '/static/app/' : '/',
    plugins: [react(), domainVerification(env.VITE_CHATKIT_DOMAIN_VERIFY)],
    // Django puts the nonce of each response in place of this word. The dev server has no CSP.
    html: command === 'build' ? { cspNonce: '__CSP_NONCE__' } : {},
    build: {
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
    server: {
      port: 5173,
      proxy: { '/api': BACKEND, '/static/chatkit-element': BACKEND },
    },
    test: {
      environment: 'jsdom',
      setupFiles: './src/test-setup.ts',
      restoreMocks: true,
      unstubGlobals: true,
      css: false,
    },
  };
});
