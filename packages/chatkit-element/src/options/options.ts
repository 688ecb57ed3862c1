import type { ChatKitOptions, CustomApiConfig, ThemeOption } from '@openai/chatkit';

/** Why options cannot be used; the chat then shows the sentence instead of itself. */
export type OptionsProblem = 'invalid_options' | 'hosted_api';

export function findProblem(options: ChatKitOptions): OptionsProblem | null {
  const api: unknown = options?.api;
  if (typeof api !== 'object' || api === null) return 'invalid_options';
  if ('url' in api && typeof api.url === 'string' && api.url !== '') return null;
  return 'getClientSecret' in api ? 'hosted_api' : 'invalid_options';
}

export function customApi(options: ChatKitOptions): CustomApiConfig {
  if (!('url' in options.api)) throw new Error('ChatKit: api.url is not set.');
  return options.api;
}

export function themeOf(
  options: ChatKitOptions | null,
): Required<Pick<ThemeOption, 'colorScheme' | 'radius' | 'density'>> & ThemeOption {
  const theme = options?.theme;
  const chosen = typeof theme === 'string' ? { colorScheme: theme } : (theme ?? {});
  return {
    ...chosen,
    colorScheme: chosen.colorScheme === 'dark' ? 'dark' : 'light',
    radius: chosen.radius ?? 'pill',
    density: chosen.density ?? 'normal',
  };
}
