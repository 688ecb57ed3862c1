// Every option with an effect is on. `?options={…}` in the address (JSON) changes some of them.
import { PlainHost } from './host.js';
import { commands, entities } from './mentions.js';
import { onClientTool } from './tools.js';

const token = document.querySelector('meta[name=csrf-token]').content;
const query = new URLSearchParams(location.search);

const withToken = (fetch) => (url, init) =>
  fetch(url, { ...init, headers: { ...init.headers, 'X-CSRFToken': token } });

// `?fetch=global`: the page changes the browser's fetch and gives the chat none of its own.
const global = query.get('fetch') === 'global';
if (global) window.fetch = withToken(window.fetch.bind(window));

// `?upload=direct`: one request for a file instead of two.
const uploadStrategy =
  query.get('upload') === 'direct'
    ? { type: 'direct', uploadUrl: 'chatkit/files/' }
    : { type: 'two_phase' };

export const options = {
  api: {
    url: '/chatkit/',
    domainKey: 'local',
    fetch: global ? undefined : withToken((url, init) => fetch(url, init)),
    uploadStrategy,
  },
  composer: {
    dictation: { enabled: true },
    attachments: {
      enabled: true,
      maxCount: 4,
      maxSize: { 'image/*': 5 * 1024 * 1024, '*': 1024 * 1024 },
      accept: { 'image/*': [], 'application/pdf': ['.pdf'], 'text/*': ['.txt', '.csv', '.md'] },
    },
    tools: [
      {
        id: 'search',
        label: 'Search the web',
        shortLabel: 'Search',
        icon: 'search',
        placeholderOverride: 'Search for …',
      },
      { id: 'draw', label: 'Draw a picture', shortLabel: 'Draw', icon: 'square-image' },
      { id: 'research', label: 'Deep research', icon: 'lab', persistent: true },
      { id: 'code', label: 'Run code', icon: 'square-code', pinned: true },
    ],
    models: [
      { id: 'quick', label: 'Quick', description: 'Answers at once' },
      { id: 'thorough', label: 'Thorough', description: 'Thinks first', default: true },
      { id: 'next', label: 'Next', description: 'Not in your plan yet', disabled: true },
    ],
  },
  onClientTool,
  entities,
  commands,
  threadItemActions: { feedback: true, retry: true },
  startScreen: {
    greeting: 'What shall be shown?',
    prompts: [
      { label: 'Say hello', prompt: 'hello', icon: 'sparkle' },
      { label: 'Say more', prompt: 'long', icon: 'notebook' },
      {
        label: 'Ask about groceries',
        icon: 'suitcase',
        prompt: [
          { type: 'input_text', text: 'received ' },
          {
            type: 'input_tag',
            id: 'groceries',
            text: 'Groceries',
            group: 'Categories',
            interactive: true,
          },
        ],
      },
    ],
  },
};

const given = query.get('options');
export const chosen = { ...options, ...JSON.parse(given ?? '{}') };

// The React page takes the options from here and has an element of its own.
const element = document.querySelector('openai-chatkit');
if (element) window.host = new PlainHost(element, chosen);
