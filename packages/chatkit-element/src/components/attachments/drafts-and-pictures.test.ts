import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeServer } from '../../testing/fake-server';
import { Mounted } from '../../testing/mount';
import {
  chips,
  choose,
  deferred,
  drawPictures,
  image,
  inputOf,
  notice,
  start,
  text,
  twoPhase,
  uploaded,
} from '../../testing/uploads';
import * as wire from '../../testing/wire';

beforeEach(drawPictures);

afterEach(() => {
  document.body.replaceChildren();
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
