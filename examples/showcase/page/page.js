// Every option with an effect is on. `?options={…}` in the address (JSON) changes some of them.
import { PlainHost } from './host.js';
import { onClientTool } from './tools.js';

const token = document.querySelector('meta[name=csrf-token]').content;

export const options = {
  api: {
    url: '/chatkit/',
    domainKey: 'local',
    fetch: (url, init) =>
      fetch(url, { ...init, headers: { ...init.headers, 'X-CSRFToken': token } }),
  },
  onClientTool,
  threadItemActions: { feedback: true, retry: true },
  startScreen: {
    greeting: 'What shall be shown?',
    prompts: [
      { label: 'Say hello', prompt: 'hello', icon: 'sparkle' },
      { label: 'Say more', prompt: 'long', icon: 'notebook' },
    ],
  },
};

const given = new URLSearchParams(location.search).get('options');
export const chosen = { ...options, ...JSON.parse(given ?? '{}') };

// The React page takes the options from here and has an element of its own.
const element = document.querySelector('openai-chatkit');
if (element) window.host = new PlainHost(element, chosen);
