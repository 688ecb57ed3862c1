import { defineConfig } from 'vitest/config';

/** They see what a page sees that has only just loaded the chat, and need it loaded for them alone. */
const ALONE = [
  'src/react-wrapper.test.tsx',
  'src/components/late-words.test.ts',
  'src/icons/icon.test.ts',
  'src/locales/locales.test.ts',
];

export default defineConfig({
  test: {
    environment: './src/testing/slotless-dom.ts',
    restoreMocks: true,
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['src/**/*.test.{ts,tsx}'],
          exclude: ALONE,
          // To start a DOM and to load Lit and the chat takes longer than most of these files.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
});
