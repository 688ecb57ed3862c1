import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeMicrophone } from '../../testing/fake-microphone';
import { FakeServer, refusal } from '../../testing/fake-server';
import { later } from '../../testing/later';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';
import { LONGEST } from './dictation';

const TRANSCRIBE = 'input.transcribe';
const words = (text: string) => new FakeServer().answer(TRANSCRIBE, { text });
let microphone: FakeMicrophone;

beforeEach(() => {
  microphone = new FakeMicrophone().plugIn();
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function opened(server = words('Hello there'), more: object = {}) {
  const chat = await new Mounted(server).start({
    composer: { dictation: { enabled: true } },
    ...more,
  });
  await chat.until(() => chat.all('.dictate').length === 1);
  await chat.settled();
  return chat;
}

async function recording(server?: FakeServer) {
  const chat = await opened(server);
  chat.button('Dictate').click();
  await chat.until(() => chat.all('[data-at=recording]').length === 1);
  await chat.settled();
  return chat;
}

const said = (chat: Mounted) => chat.server.last(TRANSCRIBE)?.params;
const idle = (chat: Mounted) => () => chat.all('.dictation').length === 0;

describe('the button', () => {
  it('[row 111] is there only where it was asked for and can work', async () => {
    const plain = await new Mounted().start();
    await plain.settled();
    expect(plain.all('.dictate')).toEqual([]);
    microphone.formats = [];
    const none = await new Mounted().start({ composer: { dictation: { enabled: true } } });
    await none.settled();
    expect(none.all('.dictate')).toEqual([]);
    microphone.formats = ['audio/mp4'];
    vi.stubGlobal('isSecureContext', false);
    none.element.setOptions(none.options({ composer: { dictation: { enabled: true } } }));
    await none.settled();
    expect(none.all('.dictate')).toEqual([]);
  });
});

describe('a recording', () => {
  it('[row 111] is transcribed and inserted; the microphone is let go', async () => {
    const chat = await recording();
    expect(microphone.open).toBe(1);
    expect(chat.find('[role=status].spoken').textContent).toBe('Recording');
    expect(chat.shadow.activeElement).toBe(chat.button('Insert the words'));
    chat.button('Insert the words').click();
    await chat.until(idle(chat));
    await chat.settled();
    expect(said(chat)).toEqual({
      audio_base64: btoa('said so'),
      mime_type: 'audio/webm;codecs=opus',
    });
    expect(chat.input.value).toBe('Hello there');
    expect(microphone.open).toBe(0);
    expect(chat.shadow.activeElement).toBe(chat.input);
    expect(chat.find('[role=status].spoken').textContent).toBe('Inserted: Hello there');
  });

  it.each([
    [['audio/mp4', 'audio/ogg;codecs=opus'], 'audio/mp4'],
    [['audio/ogg;codecs=opus'], 'audio/ogg;codecs=opus'],
  ])('[row 111] in a browser of %s is %s', async (formats, expected) => {
    microphone.formats = formats;
    const chat = await recording();
    chat.button('Insert the words').click();
    await chat.until(idle(chat));
    expect(said(chat)?.mime_type).toBe(expected);
  });

  it('[row 111] goes behind what was written, with a space', async () => {
    const chat = await opened();
    await chat.type('First');
    chat.button('Dictate').click();
    await chat.until(() => chat.all('[data-at=recording]').length === 1);
    await chat.settled();
    chat.button('Insert the words').click();
    await chat.until(idle(chat));
    expect(chat.input.value).toBe('First Hello there');
  });

  it('[row 111] is discarded by its button or by Escape, and nothing is sent', async () => {
    const chat = await recording();
    chat.button('Discard the recording').click();
    await chat.until(idle(chat));
    await chat.settled();
    expect(microphone.open).toBe(0);
    expect(chat.shadow.activeElement).toBe(chat.button('Dictate'));
    chat.button('Dictate').click();
    await chat.until(() => chat.all('[data-at=recording]').length === 1);
    chat.press('Escape', {}, chat.button('Insert the words'));
    await chat.until(idle(chat));
    expect(microphone.open).toBe(0);
    expect(chat.server.requests).toEqual([]);
  });

  it('[row 111] ends by itself at the limit, and what was said is kept', async () => {
    const chat = await opened();
    vi.useFakeTimers({ toFake: ['setInterval', 'Date'] });
    chat.button('Dictate').click();
    await chat.until(() => chat.all('[data-at=recording]').length === 1);
    vi.advanceTimersByTime(61_000);
    expect(chat.find('.clock').textContent).toBe('1:01 of 5:00');
    vi.advanceTimersByTime(LONGEST * 1000);
    vi.useRealTimers();
    await chat.until(() => chat.input.value === 'Hello there');
    expect(microphone.open).toBe(0);
  });

  it('[row 111] ends when the microphone is unplugged, and what was said is kept', async () => {
    const chat = await recording();
    microphone.tracks[0]?.unplug();
    await chat.until(() => chat.input.value === 'Hello there');
  });

  it.each<[string, (chat: Mounted) => void]>([
    ['the chat is removed', (chat) => chat.element.remove()],
    ['dictation is turned off', (chat) => chat.element.setOptions(chat.options())],
    ['another thread is opened', (chat) => void chat.element.setThreadId('thr_2')],
  ])('[row 111] ends when %s', async (_, act) => {
    const server = words('x').answer('threads.get_by_id', ({ thread_id: id }) =>
      wire.loaded(String(id), []),
    );
    const chat = await opened(server, { initialThread: 'thr_1' });
    await chat.until(() => chat.named('thread.load.end').length === 1);
    await chat.settled();
    chat.button('Dictate').click();
    await chat.until(() => chat.all('[data-at=recording]').length === 1);
    act(chat);
    await chat.until(() => microphone.open === 0);
    await chat.settled();
    expect(server.count(TRANSCRIBE)).toBe(0);
  });

  it('[row 111] that was called off before the browser gave the microphone takes none', async () => {
    const allowed = later<void>();
    microphone.answer = allowed.promise;
    const chat = await opened();
    chat.button('Dictate').click();
    await chat.settled();
    expect(chat.find('.dictation').textContent).toContain('Allow the microphone');
    chat.button('Discard the recording').click();
    await chat.settled();
    allowed.resolve();
    await chat.until(() => microphone.tracks.length === 1 && microphone.open === 0);
    expect(chat.all('.dictation')).toEqual([]);
  });
});

describe('what goes wrong', () => {
  it.each([
    ['NotAllowedError', 'may not be used here'],
    ['NotFoundError', 'No microphone was found'],
    ['NotReadableError', 'does not answer'],
    ['InvalidStateError', 'could not be started'],
  ])('[row 111] %s is said in words, and may be tried again', async (name, reason) => {
    microphone.refusal = new DOMException('technical', name);
    const chat = await opened();
    chat.button('Dictate').click();
    await chat.until(() => chat.all('.trouble').length === 1);
    expect(chat.find('.trouble').textContent).toContain(reason);
    expect(chat.find('.trouble').textContent).not.toContain('technical');
    await chat.until(
      () => chat.find('[role=status].spoken').textContent?.includes(reason) === true,
    );
    expect(chat.named('error')).toHaveLength(1);
    microphone.refusal = null;
    chat.button('Try again').click();
    await chat.until(() => chat.all('[data-at=recording]').length === 1);
  });

  it('[row 111] what the server refuses is kept, and sent again as it is', async () => {
    const server = new FakeServer();
    server.answer(TRANSCRIBE, refusal(503, 'busy', 'The ear is busy.'));
    const chat = await recording(server);
    chat.button('Insert the words').click();
    await chat.until(() => chat.all('.trouble').length === 1);
    expect(chat.find('.trouble').textContent).toContain('The ear is busy.');
    expect(microphone.open).toBe(0);
    server.answer(TRANSCRIBE, { text: 'Now' });
    chat.button('Try again').click();
    await chat.until(() => chat.input.value === 'Now');
    expect(server.count(TRANSCRIBE)).toBe(2);
    expect(microphone.tracks).toHaveLength(1);
  });

  it.each<[string, () => FakeServer]>([
    ['silence', () => words('  ')],
    ['an empty recording', () => words('never asked')],
  ])('[row 111] %s is said', async (what, server) => {
    if (what === 'an empty recording') microphone.heard = [];
    const chat = await recording(server());
    chat.button('Insert the words').click();
    await chat.until(() => chat.all('.trouble').length === 1);
    expect(chat.find('.trouble').textContent).toContain('No words were heard.');
    chat.button('Dismiss').click();
    await chat.until(idle(chat));
    expect(chat.input.value).toBe('');
  });

  it('[row 111] words that come after the user called it off are not inserted', async () => {
    const server = new FakeServer();
    const chat = await recording(server);
    chat.button('Insert the words').click();
    await chat.until(() => server.count(TRANSCRIBE) === 1);
    chat.button('Discard the recording').click();
    await chat.until(idle(chat));
    expect(server.stream.aborted).toBe(true);
    expect(chat.named('error')).toEqual([]);
  });
});
