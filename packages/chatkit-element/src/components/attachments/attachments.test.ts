import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeServer, refusal } from '../../testing/fake-server';
import {
  chips,
  choose,
  DESCRIPTOR,
  deferred,
  drawPictures,
  image,
  inputOf,
  notice,
  spoken,
  start,
  statuses,
  text,
  twoPhase,
  uploaded,
} from '../../testing/uploads';

beforeEach(drawPictures);

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
