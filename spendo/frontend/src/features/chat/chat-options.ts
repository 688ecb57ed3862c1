import type { ChatKitOptions } from '@openai/chatkit';
import { API_URL } from '../../api/location';
import type { ChatModel } from '../../api/models';
import { sessionFetch } from '../../api/session-fetch';
import { tokens } from '../../ui/tokens';

// Inter is the page's own and reaches into the element; in OpenAI's frame the system's stands in.
const FONT =
  'Inter, system-ui, -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Helvetica, Arial, "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif';
const FONT_MONO =
  'ui-monospace, SFMono-Regular, Menlo, Monaco, Consolas, "Liberation Mono", "DejaVu Sans Mono", "Courier New", monospace';

/** Statements of banks and exports of other apps: what the server takes. */
const STATEMENTS = {
  enabled: true,
  maxSize: 20 * 1024 * 1024,
  maxCount: 1,
  accept: {
    'text/csv': ['.csv'],
    'application/x-ofx': ['.ofx', '.qfx'],
    'application/x-qif': ['.qif'],
    'text/xml': ['.xml'],
    'text/plain': ['.txt', '.tsv'],
  },
};

type Scheme = 'light' | 'dark';

/**
 * What the chat is told. The colour scheme varies and the models come a little later; `setOptions`
 * applies both while it runs. One model is nothing to pick.
 */
export function chatOptions(
  scheme: Scheme,
  models: ChatModel[],
  onClose: () => void,
): ChatKitOptions {
  return {
    api: {
      url: `${API_URL}/chatkit/`,
      domainKey: import.meta.env.VITE_CHATKIT_DOMAIN_KEY || 'domain_pk_localhost_dev',
      fetch: sessionFetch,
      uploadStrategy: { type: 'two_phase' },
    },
    frameTitle: 'Chat about your money',
    theme: chatTheme(scheme),
    header: { rightAction: { icon: 'close', onClick: onClose } },
    history: { enabled: true, showDelete: true, showRename: true },
    startScreen: {
      greeting: 'What would you like to know?',
      prompts: [
        {
          label: 'What did I spend last month?',
          prompt: 'How much did I spend last month, by category?',
          icon: 'chart',
        },
        { label: 'What is my net worth?', prompt: 'What is my net worth?', icon: 'analytics' },
        {
          label: 'My largest expenses this month',
          prompt: 'What were my largest expenses this month?',
          icon: 'search',
        },
        {
          label: 'How much came in this year?',
          prompt: 'How much income did I have this year?',
          icon: 'calendar',
        },
      ],
    },
    composer: {
      placeholder: 'Ask about your money',
      attachments: STATEMENTS,
      ...(models.length > 1 ? { models } : {}),
    },
    threadItemActions: { retry: true, feedback: false },
    disclaimer: { text: 'Answers use the accounts in Spendo. Check important figures.' },
  };
}

function chatTheme(scheme: Scheme): ChatKitOptions['theme'] {
  const colors = tokens[scheme];
  return {
    colorScheme: scheme,
    radius: 'round',
    density: 'compact',
    typography: { baseSize: 16, fontFamily: FONT, fontFamilyMono: FONT_MONO },
    color: {
      accent: { primary: colors.accent, level: 1 },
      surface: { background: colors.surface, foreground: colors.ink },
    },
  };
}
