import react from '@vitejs/plugin-react';
import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';
import { domainVerification } from './build/domain-verification.ts';

// The port `make run` serves on, chosen by the same variable.
const BACKEND = `http://127.0.0.1:${process.env.PORT || 8000}`;

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
      // What we did not write changes seldom and stays in the browser's cache.
      rolldownOptions: {
        output: { codeSplitting: { groups: [{ name: 'vendor', test: /node_modules/ }] } },
      },
      chunkSizeWarningLimit: 600,
    },
    server: {
      port: 5173,
      // The host stays the browser's own, so that Django's check of the Origin agrees with it.
      proxy: Object.fromEntries(
        ['/api', '/static/chatkit-element'].map((path) => [
          path,
          { target: BACKEND, changeOrigin: false },
        ]),
      ),
    },
    test: {
      environment: 'jsdom',
      setupFiles: './src/testing/setup.ts',
      testTimeout: 30_000,
      // To start a DOM and to load React takes longer than most of these files.
      isolate: false,
      restoreMocks: true,
      unstubGlobals: true,
      css: false,
    },
  };
});
