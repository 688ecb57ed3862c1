import type { ModelOption, ToolOption } from '@openai/chatkit';
import { afterEach, describe, expect, it } from 'vitest';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';

const SEARCH: ToolOption = {
  id: 'search',
  label: 'Search the web',
  shortLabel: 'Search',
  icon: 'search',
  placeholderOverride: 'Search for',
};
const DRAW: ToolOption = { id: 'draw', label: 'Draw a picture', icon: 'square-image' };
const DEEP: ToolOption = { id: 'deep', label: 'Deep', icon: 'lab', persistent: true, pinned: true };
const MODELS: ModelOption[] = [
  { id: 'small', label: 'Small', description: 'Quick answers' },
  { id: 'big', label: 'Big', default: true },
  { id: 'huge', label: 'Huge', disabled: true },
];

/** A chat whose row of choices has arrived. */
async function start(tools: ToolOption[], models: ModelOption[] = []): Promise<Mounted> {
  const chat = await new Mounted().start({ composer: { tools, models } });
  await chat.until(() => chat.all('.choices button').length > 0);
  return chat;
}

const items = (chat: Mounted) => chat.all('[role^=menuitem]') as HTMLElement[];
const labels = (chat: Mounted) =>
  items(chat).map((item) => item.querySelector('.menu-label')?.textContent);

/** The menu, once its code is there. */
async function open(chat: Mounted, button: string): Promise<HTMLElement> {
  chat.button(button).click();
  await chat.until(() => chat.all('[role=menu]').length === 1);
  return chat.find('[role=menu]');
}

async function choose(chat: Mounted, button: string, label: string): Promise<void> {
  await open(chat, button);
  items(chat)[labels(chat).indexOf(label)]?.click();
  await chat.settled();
}

const sentOptions = (chat: Mounted, index = -1) =>
  (chat.server.requests.at(index)?.params.input as { inference_options: object } | undefined)
    ?.inference_options;

afterEach(() => {
  document.body.replaceChildren();
});

describe('tools', () => {
  it('[row 47] one is chosen from a menu and stands in the composer by its short label', async () => {
    const chat = await start([SEARCH, DRAW, DEEP]);
    const menu = await open(chat, 'Tools');
    expect(menu.getAttribute('aria-label')).toBe('Add files and tools');
    expect(labels(chat)).toEqual(['Search the web', 'Draw a picture']);
    expect(items(chat).map((item) => item.querySelectorAll('.icon').length)).toEqual([1, 1]);
    items(chat)[0]?.click();
    await chat.settled();
    expect(chat.all('[role=menu]')).toEqual([]);
    const chip = chat.button('Remove Search');
    expect(chip.textContent?.trim()).toBe('Search');
    expect(chip.title).toBe('Search the web');
    expect(chat.input.placeholder).toBe('Search for');
    expect(chat.shadow.activeElement).toBe(chat.input);
    await open(chat, 'Tools');
    expect(items(chat).map((item) => item.ariaChecked)).toEqual(['true', 'false']);
  });

  it('[row 47] the chip takes the tool away, as does choosing it again', async () => {
    const chat = await start([SEARCH]);
    await choose(chat, 'Tools', 'Search the web');
    chat.button('Remove Search').click();
    await chat.settled();
    expect(chat.all('.tool')).toEqual([]);
    await choose(chat, 'Tools', 'Search the web');
    await choose(chat, 'Tools', 'Search the web');
    expect(chat.named('tool.change')).toEqual(
      ['search', null, 'search', null].map((toolId) => ({ toolId })),
    );
  });

  it('[row 48] a pinned one is a switch of its own and not in the menu', async () => {
    const chat = await start([SEARCH, DEEP]);
    expect(chat.button('Deep').ariaPressed).toBe('false');
    chat.button('Deep').click();
    await chat.settled();
    expect(chat.button('Deep').ariaPressed).toBe('true');
    expect(chat.all('.tool')).toHaveLength(1);
    await open(chat, 'Tools');
    expect(labels(chat)).toEqual(['Search the web']);
  });

  it('[row 49] one goes out with one message, a persistent one stays, and the page is told', async () => {
    const chat = await start([SEARCH, DEEP]);
    await choose(chat, 'Tools', 'Search the web');
    await chat.exchange('Q', wire.exchange('Q', 'A'));
    expect(sentOptions(chat, 0)).toEqual({ tool_choice: { id: 'search' } });
    chat.button('Deep').click();
    await chat.exchange('R', [wire.done(wire.userItem('m3', 'R'))]);
    await chat.exchange('S', [wire.done(wire.userItem('m4', 'S'))]);
    expect(sentOptions(chat, 1)).toEqual({ tool_choice: { id: 'deep' } });
    expect(sentOptions(chat, 2)).toEqual({ tool_choice: { id: 'deep' } });
    expect(chat.named('tool.change')).toEqual(
      ['search', null, 'deep'].map((toolId) => ({ toolId })),
    );
  });

  it('[row 49] it goes out with a prompt of the start screen, too', async () => {
    const chat = await new Mounted().start({
      composer: { tools: [SEARCH], models: MODELS },
      startScreen: { prompts: [{ label: 'P', prompt: 'p' }] },
    });
    await chat.element.setComposerValue({ selectedToolId: 'search' });
    chat.button('P').click();
    await chat.until(() => chat.server.requests.length === 1);
    expect(sentOptions(chat)).toEqual({ tool_choice: { id: 'search' }, model: 'big' });
    expect(chat.named('tool.change').at(-1)).toEqual({ toolId: null });
  });

  it('[row 49] one that is no longer offered is no longer chosen', async () => {
    const chat = await start([SEARCH]);
    await choose(chat, 'Tools', 'Search the web');
    chat.element.setOptions(chat.options({ composer: { tools: [DRAW] } }));
    await chat.settled();
    expect(chat.named('tool.change').at(-1)).toEqual({ toolId: null });
    await chat.exchange('Q', wire.exchange('Q', 'A'));
    expect(sentOptions(chat, 0)).toEqual({});
  });
});

describe('models', () => {
  it('[row 50] the default goes out until another is chosen; a disabled one cannot be', async () => {
    const chat = await start([], MODELS);
    await open(chat, 'Model: Big');
    expect(labels(chat)).toEqual(['Small', 'Big', 'Huge']);
    const [small, big, huge] = items(chat);
    expect(small?.textContent).toContain('Quick answers');
    expect(big?.textContent).toContain('Default');
    expect(big?.ariaChecked).toBe('true');
    expect(chat.shadow.activeElement).toBe(big);
    expect(huge?.ariaDisabled).toBe('true');
    huge?.click();
    await chat.settled();
    expect(chat.all('[role=menu]')).toHaveLength(1);
    small?.click();
    await chat.exchange('Q', wire.exchange('Q', 'A'));
    expect(chat.button('Model: Small')).toBeDefined();
    expect(sentOptions(chat, 0)).toEqual({ model: 'small' });
  });

  it('[row 50] without a default the server decides', async () => {
    const chat = await start([], [{ id: 'one', label: 'One' }]);
    expect(chat.button('Model').textContent?.trim()).toBe('Model');
    await chat.exchange('Q', wire.exchange('Q', 'A'));
    expect(sentOptions(chat, 0)).toEqual({});
  });
});

it('[row 51] where nothing stands behind it there is no plus', async () => {
  const chat = await start([DEEP], MODELS);
  expect(chat.all('[part=add-button]')).toEqual([]);
  chat.element.setOptions(chat.options({ composer: { attachments: { enabled: false } } }));
  await chat.settled();
  expect(chat.all('[part=add-button], .choices')).toEqual([]);
  chat.element.setOptions(chat.options({ composer: { tools: [SEARCH] } }));
  await chat.settled();
  expect(chat.all('[part=add-button]')).toHaveLength(1);
});

it('[row 56] tool and model are chosen by the page; null clears; what is not offered is refused', async () => {
  const chat = await start([SEARCH, DEEP], MODELS);
  await chat.element.setComposerValue({ selectedToolId: 'search', selectedModelId: 'small' });
  expect(chat.button('Remove Search')).toBeDefined();
  expect(chat.button('Model: Small')).toBeDefined();
  await chat.element.setComposerValue({ text: 'unchanged' });
  expect(chat.button('Remove Search')).toBeDefined();
  await chat.element.setComposerValue({ selectedToolId: null });
  expect(chat.all('.tool.selected')).toEqual([]);
  await expect(chat.element.setComposerValue({ selectedToolId: 'no' })).rejects.toThrow('"no"');
  await expect(chat.element.setComposerValue({ selectedModelId: 'huge' })).rejects.toThrow('huge');
  expect(chat.button('Model: Small')).toBeDefined();
});

it('[row 57] tool and model of a message that the page sends leave the composer as it is', async () => {
  const chat = await start([SEARCH, DEEP], MODELS);
  chat.button('Deep').click();
  const sent = chat.element.sendUserMessage({
    text: 'Q',
    toolChoice: { id: 'search' },
    model: 'small',
  });
  await chat.until(() => chat.server.requests.length === 1);
  await sent;
  await chat.settled();
  expect(sentOptions(chat)).toEqual({ tool_choice: { id: 'search' }, model: 'small' });
  expect(chat.button('Deep').ariaPressed).toBe('true');
  expect(chat.button('Model: Big')).toBeDefined();
  expect(chat.named('tool.change')).toEqual([{ toolId: 'deep' }]);
});

it('[row 59] there is a stop button unless the server says that it cannot stop', async () => {
  const chat = await new Mounted().start();
  await chat.type('Q');
  chat.press('Enter');
  await chat.until(() => chat.server.streams.length === 1);
  await chat.settled();
  expect(chat.button('Stop answering')).toBeDefined();
  chat.server.stream.send(wire.options(false));
  await chat.until(() => chat.all('[part=stop-button]').length === 0);
  expect(chat.button('Send message').disabled).toBe(true);
  chat.server.stream.send(wire.options(true));
  await chat.until(() => chat.all('[part=stop-button]').length === 1);
});

describe('a menu', () => {
  const FRUIT = ['Apple', 'Apricot', 'Banana', 'Cherry'].map(
    (label): ToolOption => ({ id: label, label, icon: 'star' }),
  );
  const current = (chat: Mounted) => chat.shadow.activeElement?.textContent?.trim();
  const press = (chat: Mounted, ...keys: string[]) => {
    for (const key of keys) chat.press(key, {}, chat.shadow.activeElement ?? undefined);
  };

  it('is walked with the arrows, Home and End, and goes round', async () => {
    const chat = await start(FRUIT);
    chat.press('ArrowDown', {}, chat.button('Tools'));
    await chat.until(() => chat.all('[role=menu]').length === 1);
    expect(current(chat)).toBe('Apple');
    press(chat, 'ArrowDown', 'ArrowDown');
    expect(current(chat)).toBe('Banana');
    press(chat, 'End', 'ArrowDown');
    expect(current(chat)).toBe('Apple');
    press(chat, 'ArrowUp');
    expect(current(chat)).toBe('Cherry');
    press(chat, 'Home');
    expect(current(chat)).toBe('Apple');
  });

  it('goes to what is typed: letter by letter, or on to the next with the same letter', async () => {
    const chat = await start(FRUIT);
    await open(chat, 'Tools');
    press(chat, 'a');
    expect(current(chat)).toBe('Apricot');
    press(chat, 'a');
    expect(current(chat)).toBe('Apple');
    await new Promise((resolve) => setTimeout(resolve, 750));
    press(chat, 'b', 'a');
    expect(current(chat)).toBe('Banana');
  });

  it('Escape gives the focus back to its button and closes nothing else', async () => {
    const chat = await start(FRUIT);
    await open(chat, 'Tools');
    const heard: string[] = [];
    document.addEventListener('keydown', ({ key }) => heard.push(key), { once: true });
    press(chat, 'Escape');
    await chat.settled();
    expect(chat.all('[role=menu]')).toEqual([]);
    expect(chat.shadow.activeElement).toBe(chat.button('Tools'));
    expect(chat.button('Tools').ariaExpanded).toBe('false');
    expect(heard).toEqual([]);
  });

  it('closes when something else is pressed, and by its own button', async () => {
    const chat = await start(FRUIT, MODELS);
    await open(chat, 'Tools');
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    await chat.settled();
    expect(chat.all('[role=menu]')).toEqual([]);
    await open(chat, 'Tools');
    chat.button('Tools').dispatchEvent(new Event('pointerdown', { bubbles: true, composed: true }));
    chat.button('Tools').click();
    await chat.settled();
    expect(chat.all('[role=menu]')).toEqual([]);
    await open(chat, 'Tools');
    chat.button('Model: Big').click();
    await chat.settled();
    expect(chat.find('[role=menu]').ariaLabel).toBe('Model');
  });
});
