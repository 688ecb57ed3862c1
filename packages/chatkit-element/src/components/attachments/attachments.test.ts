import type { ChatKitOptions } from '@openai/chatkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeServer, refusal } from '../../testing/fake-server';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';

const DESCRIPTOR = { url: '/up/1', method: 'POST', headers: { 'X-Signed': 'yes' } };
let announced = 0;

/** As a server that takes every file in two phases. */
function twoPhase(descriptor: object = DESCRIPTOR): FakeServer {
  return new FakeServer()
    .answer('attachments.create', ({ name, mime_type: type }) => {
      announced += 1;
      const preview = String(type).startsWith('image/')
        ? { type: 'image', preview_url: `https://files.test/${name}` }
        : { type: 'file' };
      return {
        id: `atc_${announced}`,
        name,
        mime_type: type,
        ...preview,
        upload_descriptor: descriptor,
      };
    })
    .answer('upload', () => new Response('stored'))
    .answer('attachments.delete', {});
}

/** What an upload waits for, in the test's hands. */
function deferred<T>() {
  let settle: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}

type Rules = Partial<NonNullable<NonNullable<ChatKitOptions['composer']>['attachments']>>;

async function start(server = twoPhase(), rules: Rules = {}, api: object = {}): Promise<Mounted> {
  const chat = new Mounted(server);
  const { api: base } = chat.options();
  await chat.start({
    api: { ...base, ...api } as ChatKitOptions['api'],
    composer: { attachments: { enabled: true, ...rules } },
  });
  await chat.until(() => chat.all('.file-field').length === 1);
  return chat;
}

const text = (name: string, content = 'words') => new File([content], name, { type: 'text/plain' });
const image = (name: string) => new File(['pixels'], name, { type: 'image/png' });

async function choose(chat: Mounted, ...files: File[]): Promise<void> {
  const field = chat.find<HTMLInputElement>('.file-field');
  Object.defineProperty(field, 'files', { value: files, configurable: true });
  // jsdom lets nobody empty a field whose files were given by hand.
  Object.defineProperty(field, 'value', { value: '', writable: true, configurable: true });
  field.dispatchEvent(new Event('change'));
  await chat.settled();
}

const chips = (chat: Mounted) => chat.all('.tray .attachment') as HTMLElement[];
const statuses = (chat: Mounted) => chips(chat).map((chip) => chip.dataset.status);
const uploaded = (chat: Mounted) =>
  chat.until(() => statuses(chat).every((status) => status === 'ready'));
const spoken = (chat: Mounted) => chat.find('[role=status].spoken').textContent;
const notice = (chat: Mounted) =>
  chat.all('.upload-notice p').map((line) => line.textContent?.trim());
const inputOf = (chat: Mounted) =>
  chat.server.requests.findLast(({ params }) => params.input)?.params.input;

beforeEach(() => {
  announced = 0;
  let made = 0;
  const urls: Pick<typeof URL, 'createObjectURL' | 'revokeObjectURL'> = Object.assign(URL, {
    createObjectURL: (): string => '',
    revokeObjectURL: () => {},
  });
  vi.spyOn(urls, 'createObjectURL').mockImplementation(() => `blob:${++made}`);
  vi.spyOn(urls, 'revokeObjectURL').mockImplementation(() => {});
});

afterEach(() => {
  document.body.replaceChildren();
});

describe('choosing', () => {
  it('[row 62] the dialog offers what is accepted, and one file where only one may be sent', async () => {
    const chat = await start(twoPhase(), { accept: { 'image/*': ['.png'] } });
    const field = chat.find<HTMLInputElement>('.file-field');
    expect([field.accept, field.multiple, field.hidden]).toEqual(['image/*,.png', true, true]);
    const click = vi.spyOn(field, 'click').mockImplementation(() => {});
    chat.button('Add files').click();
    expect(click).toHaveBeenCalledOnce();
    chat.element.setOptions(
      chat.options({ composer: { attachments: { enabled: true, maxCount: 1 } } }),
    );
    await chat.settled();
    expect([field.accept, field.multiple]).toEqual(['', false]);
  });

  it('[row 62] beside tools it is one entry of the menu', async () => {
    const chat = await start();
    const tools = [{ id: 'search', label: 'Search', icon: 'search' as const }];
    chat.element.setOptions(chat.options({ composer: { attachments: { enabled: true }, tools } }));
    await chat.settled();
    chat.button('Add files and tools').click();
    await chat.settled();
    const items = chat.all('[role^=menuitem]') as HTMLElement[];
    expect(items.map((item) => item.textContent?.trim())).toEqual(['Add files', 'Search']);
    const click = vi
      .spyOn(chat.find<HTMLInputElement>('.file-field'), 'click')
      .mockImplementation(() => {});
    items[0]?.click();
    expect(click).toHaveBeenCalledOnce();
  });

  it('[row 62] [row 63] what is not taken is named with its limit, on screen and in speech', async () => {
    const chat = await start(
      twoPhase().answer('upload', () => new Promise<object>(() => {})),
      {
        maxSize: { 'image/*': 3, '*': 10 },
        maxCount: 2,
        accept: { 'image/*': [], 'text/plain': ['.txt'] },
      },
    );
    const big = text('big.txt', 'eleven bytes');
    await choose(chat, image('pixels.png'), big, text('run.exe'), text('a.txt', ''), text('b.txt'));
    expect(notice(chat)).toEqual([
      '“pixels.png” is larger than 3 bytes.',
      '“big.txt” is larger than 10 bytes.',
      '“a.txt” is empty.',
    ]);
    expect(spoken(chat)).toBe(notice(chat).join(' '));
    expect(chips(chat).map((chip) => chip.title)).toEqual(['run.exe', 'b.txt']);
    await choose(chat, text('c.txt'), new File(['x'], 'd.bin'), text('e.txt'));
    expect(notice(chat)).toEqual([
      '“c.txt” and “e.txt” were not added: a message takes at most 2 files.',
      '“d.bin” cannot be attached. Allowed: images and .txt.',
    ]);
    chat.button('Dismiss').click();
    await chat.settled();
    expect(notice(chat)).toEqual([]);
    expect(chat.shadow.activeElement).toBe(chat.input);
  });
});

describe('uploading', () => {
  it('[row 64] in two phases: announced, then a form with the field “file” to the address given', async () => {
    const chat = await start();
    await choose(chat, text('notes.txt'));
    await uploaded(chat);
    const [create, upload] = chat.server.requests;
    expect(create).toMatchObject({
      type: 'attachments.create',
      params: { name: 'notes.txt', size: 5, mime_type: 'text/plain' },
    });
    expect(upload?.url).toBe('/up/1');
    expect(upload?.init).toMatchObject({ method: 'POST', credentials: 'same-origin' });
    expect(upload?.init.headers).toMatchObject({ 'X-Signed': 'yes' });
    expect(upload?.params.file).toMatchObject({ name: 'notes.txt', size: 5 });
    expect(chat.server.fetch).toHaveBeenCalledTimes(2);
    expect(spoken(chat)).toBe('“notes.txt” is uploaded.');
    await chat.type('Read this');
    chat.press('Enter');
    await chat.until(() => inputOf(chat) !== undefined);
    expect(inputOf(chat)).toMatchObject({ attachments: ['atc_1'] });
    await chat.settled();
    expect(chips(chat)).toEqual([]);
  });

  it('[row 64] a form says its type itself, whatever the server asks for', async () => {
    const headers = { 'Content-Type': 'multipart/form-data', 'X-Kept': '1' };
    const chat = await start(twoPhase({ ...DESCRIPTOR, headers }));
    await choose(chat, text('a.txt'));
    await uploaded(chat);
    const sent = Object.keys(chat.server.last('upload')?.init.headers ?? {});
    expect(sent.map((name) => name.toLowerCase())).not.toContain('content-type');
    expect(sent).toContain('X-Kept');
  });

  it('[row 65] a PUT carries the bytes alone and exactly the headers given', async () => {
    const headers = { 'Content-Type': 'text/plain', 'x-ms-blob-type': 'BlockBlob' };
    const chat = await start(
      twoPhase({ url: 'https://store.test/x?sig=1', method: 'PUT', headers }),
    );
    const file = text('a.txt');
    await choose(chat, file);
    await uploaded(chat);
    const upload = chat.server.last('upload');
    expect(upload?.url).toBe('https://store.test/x?sig=1');
    expect(upload?.init.method).toBe('PUT');
    expect(upload?.init.body).toBe(file);
    expect(upload?.init.headers).toMatchObject(headers);
  });

  it('[row 66] directly: one form, and the reply is the attachment', async () => {
    const reply = { type: 'file', id: 'atc_9', name: 'safe.txt', mime_type: 'text/plain' };
    const server = new FakeServer().answer('upload', reply);
    const chat = await start(
      server,
      {},
      {
        uploadStrategy: { type: 'direct', uploadUrl: 'files/' },
      },
    );
    await choose(chat, text('a.txt'));
    await uploaded(chat);
    expect(server.requests.map(({ type, url }) => [type, url])).toEqual([['upload', 'files/']]);
    chat.press('Enter');
    await chat.until(() => inputOf(chat) !== undefined);
    expect(inputOf(chat)).toMatchObject({ attachments: ['atc_9'], content: [] });
  });

  it('[row 66] a reply that names no attachment is a failure', async () => {
    const server = new FakeServer().answer('upload', () => new Response('thanks'));
    const chat = await start(
      server,
      {},
      {
        uploadStrategy: { type: 'direct', uploadUrl: 'files/' },
      },
    );
    await choose(chat, text('a.txt'));
    await chat.until(() => statuses(chat)[0] === 'failed');
    expect(chips(chat)[0]?.textContent).toContain('It could not be uploaded.');
  });

  it('[row 67] what failed says why in the server’s words, can be tried again, and is reported', async () => {
    const server = twoPhase().answer('upload', () =>
      refusal(415, 'file_type_not_allowed', 'No such files here.'),
    );
    const chat = await start(server);
    await choose(chat, text('a.txt'));
    await chat.until(() => statuses(chat)[0] === 'failed');
    expect(chips(chat)[0]?.textContent).toContain('No such files here.');
    expect(spoken(chat)).toBe('“a.txt”: No such files here.');
    expect(chat.named('error')).toHaveLength(1);
    server.answer('upload', {});
    chat.button('Try a.txt again').click();
    await uploaded(chat);
    // The first announcement is taken back: its address was good for one file.
    expect(server.last('attachments.delete')?.params).toEqual({ attachment_id: 'atc_1' });
    chat.press('Enter');
    await chat.until(() => inputOf(chat) !== undefined);
    expect(inputOf(chat)).toMatchObject({ attachments: ['atc_2'] });
  });

  it('[row 67] a server that cannot be reached is called so', async () => {
    const server = twoPhase().answer('attachments.create', () => Promise.reject(new TypeError()));
    const chat = await start(server);
    await choose(chat, text('a.txt'));
    await chat.until(() => statuses(chat)[0] === 'failed');
    expect(chips(chat)[0]?.textContent).toContain('The server could not be reached.');
  });

  it('[row 67] one that is taken away is no longer sent, and taken off the server', async () => {
    const reply = deferred<Response>();
    const chat = await start(twoPhase().answer('upload', () => reply.promise));
    await choose(chat, text('a.txt'), text('b.txt'));
    await chat.until(() => chat.server.count('upload') === 2);
    expect(chat.all('progress').map((bar) => bar.getAttribute('value'))).toEqual([null, null]);
    chat.button('Remove a.txt').click();
    await chat.settled();
    expect(chips(chat).map((chip) => chip.title)).toEqual(['b.txt']);
    expect(chat.shadow.activeElement).toBe(chat.button('Remove b.txt'));
    expect(chat.server.requests.find(({ type }) => type === 'upload')?.init.signal?.aborted).toBe(
      true,
    );
    await chat.until(() => chat.server.count('attachments.delete') === 1);
    expect(chat.server.last('attachments.delete')?.params).toEqual({ attachment_id: 'atc_1' });
    chat.button('Remove b.txt').click();
    await chat.settled();
    expect(chat.shadow.activeElement).toBe(chat.input);
  });

  it('[row 67] one that is taken away while it is announced is taken off the server then', async () => {
    const reply = deferred<object>();
    const chat = await start(twoPhase().answer('attachments.create', () => reply.promise));
    await choose(chat, text('a.txt'));
    chat.button('Remove a.txt').click();
    await chat.settled();
    expect(chat.server.count('attachments.delete')).toBe(0);
    reply.settle({ id: 'late', name: 'a.txt', mime_type: '', upload_descriptor: DESCRIPTOR });
    await chat.until(() => chat.server.count('attachments.delete') === 1);
    expect(chat.server.last('attachments.delete')?.params).toEqual({ attachment_id: 'late' });
    expect(chat.server.count('upload')).toBe(0);
  });

  it('[row 67] three go at a time', async () => {
    const replies = [
      deferred<object>(),
      deferred<object>(),
      deferred<object>(),
      deferred<object>(),
    ];
    let asked = 0;
    const chat = await start(twoPhase().answer('upload', () => replies[asked++]?.promise ?? {}));
    await choose(chat, text('a'), text('b'), text('c'), text('d'));
    await chat.until(() => chat.server.count('upload') === 3);
    expect(statuses(chat)).toEqual(['uploading', 'uploading', 'uploading', 'waiting']);
    replies[1]?.settle({});
    await chat.until(() => chat.server.count('upload') === 4);
    for (const { settle } of replies) settle({});
    await uploaded(chat);
  });
});

describe('sending', () => {
  it('[row 70] waits for uploads, and says so', async () => {
    const reply = deferred<object>();
    const chat = await start(twoPhase().answer('upload', () => reply.promise));
    await choose(chat, text('a.txt'));
    await chat.type('Hello');
    expect(chat.button('Send message').disabled).toBe(true);
    chat.press('Enter');
    await chat.settled();
    expect(inputOf(chat)).toBeUndefined();
    expect(chat.input.value).toBe('Hello');
    expect(spoken(chat)).toContain('still being uploaded');
    expect(notice(chat)).toEqual([spoken(chat)]);
    reply.settle({});
    await uploaded(chat);
    await chat.settled();
    expect(chat.button('Send message').disabled).toBe(false);
    expect(notice(chat)).toEqual([]);
    chat.press('Enter');
    await chat.until(() => inputOf(chat) !== undefined);
  });

  it('[row 70] waits for who tries a failed file again or takes it away', async () => {
    const chat = await start(twoPhase().answer('upload', () => refusal(500, 'x', 'No.')));
    await choose(chat, text('a.txt'));
    await chat.until(() => statuses(chat)[0] === 'failed');
    await chat.type('Hello');
    chat.press('Enter');
    await chat.settled();
    expect(notice(chat)).toEqual(['“a.txt” was not uploaded. Try it again or remove it.']);
    chat.button('Remove a.txt').click();
    await chat.settled();
    chat.press('Enter');
    await chat.until(() => inputOf(chat) !== undefined);
    expect(inputOf(chat)).toMatchObject({ attachments: [] });
  });

  it('takes files alone: the server takes a message without words', async () => {
    const chat = await start();
    expect(chat.button('Send message').disabled).toBe(true);
    await choose(chat, image('a.png'));
    await uploaded(chat);
    await chat.settled();
    expect(chat.button('Send message').disabled).toBe(false);
    chat.button('Send message').click();
    await chat.until(() => inputOf(chat) !== undefined);
    expect(inputOf(chat)).toMatchObject({ content: [], attachments: ['atc_1'] });
    await chat.until(() => chat.all('.sent-image').length === 1);
  });

  it('gives files back that did not get through', async () => {
    const server = twoPhase().answer('threads.create', () => refusal(400, 'no', 'Not now.'));
    const chat = await start(server);
    await choose(chat, text('a.txt'));
    await uploaded(chat);
    await chat.type('Hello');
    chat.press('Enter');
    await chat.until(() => chat.all('[part=failure]').length === 1);
    chat.button('Edit').click();
    await chat.settled();
    expect(chips(chat).map((chip) => chip.title)).toEqual(['a.txt']);
    server.answer('threads.create', new Response('', { status: 500 }));
    chat.press('Enter');
    await chat.until(() => server.count('threads.create') === 2);
    expect(inputOf(chat)).toMatchObject({ attachments: ['atc_1'] });
  });
});

describe('drafts', () => {
  const withThreads = () =>
    twoPhase().answer('threads.get_by_id', ({ thread_id: id }) => wire.loaded(String(id), []));

  it('keeps the files of every thread, and an upload goes on out of sight', async () => {
    const reply = deferred<object>();
    const chat = await start(withThreads().answer('upload', () => reply.promise));
    await choose(chat, text('new.txt'));
    await chat.element.setThreadId('a');
    await chat.settled();
    expect(chips(chat)).toEqual([]);
    reply.settle({});
    await choose(chat, text('a.txt'));
    await uploaded(chat);
    await chat.element.setThreadId(null);
    await chat.settled();
    expect(chips(chat).map((chip) => chip.title)).toEqual(['new.txt']);
    await uploaded(chat);
    await chat.element.setThreadId('a');
    await chat.settled();
    expect(chips(chat).map((chip) => chip.title)).toEqual(['a.txt']);
  });

  it('what is chosen while the first answer starts stays when the thread gets its id', async () => {
    const chat = await start();
    await chat.type('Q');
    chat.press('Enter');
    await chat.until(() => chat.server.streams.length === 1);
    await choose(chat, text('next.txt'));
    chat.server.stream.send(...wire.exchange('Q', 'A')).close();
    await chat.until(() => chat.named('response.end').length === 1);
    await chat.settled();
    expect(chips(chat).map((chip) => chip.title)).toEqual(['next.txt']);
  });

  it('out of the page nothing goes on; back in it everything does', async () => {
    const reply = deferred<object>();
    const chat = await start(twoPhase().answer('upload', () => reply.promise));
    await choose(chat, image('a.png'));
    await chat.until(() => chat.server.count('upload') === 1);
    chat.element.remove();
    await chat.settled();
    expect(chat.server.last('upload')?.init.signal?.aborted).toBe(true);
    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:1');
    chat.server.answer('upload', {});
    document.body.append(chat.element);
    await uploaded(chat);
    expect(chat.find('.tray img').getAttribute('src')).toBe('blob:2');
  });
});

describe('setComposerValue', () => {
  it('[row 55] uploads files as if they were chosen, and says what is not taken', async () => {
    const chat = await start(twoPhase(), { maxCount: 1 });
    await chat.element.setComposerValue({ files: [text('a.txt'), text('b.txt')] });
    await uploaded(chat);
    expect(chips(chat).map((chip) => chip.title)).toEqual(['a.txt']);
    expect(notice(chat)).toEqual(['“b.txt” was not added: a message takes at most 1 file.']);
  });

  it('[row 55] rejects files where none may be attached', async () => {
    const chat = await new Mounted().start();
    const asked = chat.element.setComposerValue({ files: [text('a.txt')] });
    await expect(asked).rejects.toThrow('attachments are not enabled');
  });

  it('[row 54] puts attachments there that the server has, in place of those before', async () => {
    const chat = await start();
    await choose(chat, text('mine.txt'));
    await uploaded(chat);
    const attachments = [
      { type: 'file' as const, id: 'srv', name: 'theirs.pdf', mime_type: 'application/pdf' },
    ];
    await chat.element.setComposerValue({ attachments });
    await chat.settled();
    expect(chips(chat).map((chip) => chip.title)).toEqual(['theirs.pdf']);
    await chat.type('Read it');
    chat.press('Enter');
    await chat.until(() => inputOf(chat) !== undefined);
    expect(inputOf(chat)).toMatchObject({ attachments: ['srv'] });
  });
});

describe('pictures', () => {
  const withPicture = (url: string) => ({
    ...wire.userItem('m1', 'Look'),
    attachments: [
      { type: 'image', id: 'p', name: 'cat.png', mime_type: 'image/png', preview_url: url },
      { type: 'file', id: 'f', name: 'table.csv', mime_type: 'text/csv' },
    ],
  });

  it('[row 68] are seen in the composer, from this machine, and let go when they are sent', async () => {
    const chat = await start();
    await choose(chat, image('cat.png'), text('a.txt'));
    expect(chat.find('.tray img').getAttribute('src')).toBe('blob:1');
    expect(URL.createObjectURL).toHaveBeenCalledOnce();
    await uploaded(chat);
    expect(URL.revokeObjectURL).not.toHaveBeenCalled();
    chat.press('Enter');
    await chat.settled();
    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:1');
  });

  it('[row 68] are seen in the message, beside files by name and kind, also where none can be attached', async () => {
    const server = new FakeServer().answer(
      'threads.get_by_id',
      wire.loaded('a', [withPicture('https://files.test/1')]),
    );
    const chat = await new Mounted(server).start({ initialThread: 'a' });
    await chat.until(() => chat.all('.sent-image img').length === 1);
    expect(chat.find('.sent-image img').getAttribute('src')).toBe('https://files.test/1');
    expect(chat.button('Enlarge cat.png')).toBeDefined();
    expect(chat.find('.sent-file').textContent).toMatch(/table\.csv\s+CSV/);
  });

  it('[row 71] have the address that the thread gives them last', async () => {
    const server = new FakeServer();
    let read = 0;
    server.answer('threads.get_by_id', () =>
      wire.loaded('a', [withPicture(`https://files.test/${++read}`)]),
    );
    const chat = await new Mounted(server).start({ initialThread: 'a' });
    await chat.until(() => chat.all('.sent-image img').length === 1);
    await chat.element.fetchUpdates();
    await chat.settled();
    expect(chat.find('.sent-image img').getAttribute('src')).toBe('https://files.test/2');
  });

  it('[row 71] whose address is too old are asked for again, once; then they are files', async () => {
    const server = new FakeServer();
    let read = 0;
    server.answer('threads.get_by_id', () =>
      wire.loaded('a', [withPicture(`https://files.test/${++read}`)]),
    );
    const chat = await new Mounted(server).start({ initialThread: 'a' });
    await chat.until(() => chat.all('.sent-image img').length === 1);
    const fail = () => chat.find('.sent-image img').dispatchEvent(new Event('error'));
    fail();
    await chat.until(
      () =>
        chat.shadow.querySelector('.sent-image img')?.getAttribute('src')?.endsWith('/2') === true,
    );
    fail();
    await chat.settled();
    expect(chat.all('.sent-image')).toEqual([]);
    expect(chat.all('.sent-file').map((card) => card.getAttribute('title'))).toEqual([
      'cat.png',
      'table.csv',
    ]);
    expect(server.count('threads.get_by_id')).toBe(2);
  });
});
