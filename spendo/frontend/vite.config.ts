import react from '@vitejs/plugin-react';
import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';
import { domainVerification } from './build/domain-verification.ts';

const BACKEND = 'http://127.0.0.1:8000';

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
      setupFiles: './src/testing/setup.ts',
      restoreMocks: true,
      unstubGlobals: true,
      css: false,
    },
  };
});
