import type { Plugin } from 'vite';

/**
 * Writes `<meta name="openai-domain-verify">` when a value is configured. Vite's own `%NAME%`
 * placeholders would leave an empty tag behind in the default, self-hosted build.
 */
export function domainVerification(value: string | undefined) {
  return {
    name: 'spendo-domain-verification',
    transformIndexHtml: () =>
      value
        ? [
            {
              tag: 'meta',
              attrs: { name: 'openai-domain-verify', content: value },
              injectTo: 'head-prepend' as const,
            },
          ]
        : [],
  } satisfies Plugin;
}
