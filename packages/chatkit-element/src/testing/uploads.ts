import type { ChatKitOptions } from '@openai/chatkit';
import { vi } from 'vitest';
import { FakeServer } from './fake-server';
import { Mounted } from './mount';

export const DESCRIPTOR = { url: '/up/1', method: 'POST', headers: { 'X-Signed': 'yes' } };
let announced = 0;

/** As a server that takes every file in two phases. */
export function twoPhase(descriptor: object = DESCRIPTOR): FakeServer {
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
export function deferred<T>() {
  let settle: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}

export type Rules = Partial<NonNullable<NonNullable<ChatKitOptions['composer']>['attachments']>>;

export async function start(
  server = twoPhase(),
  rules: Rules = {},
  api: object = {},
): Promise<Mounted> {
  const chat = new Mounted(server);
  const { api: base } = chat.options();
  await chat.start({
    api: { ...base, ...api } as ChatKitOptions['api'],
    composer: { attachments: { enabled: true, ...rules } },
  });
  // The field and the button that leads to it come with parts of their own.
  await chat.until(() => chat.all('.file-field, .add').length === 2);
  return chat;
}

export const text = (name: string, content = 'words') =>
  new File([content], name, { type: 'text/plain' });
export const image = (name: string) => new File(['pixels'], name, { type: 'image/png' });

export async function choose(chat: Mounted, ...files: File[]): Promise<void> {
  const field = chat.find<HTMLInputElement>('.file-field');
  Object.defineProperty(field, 'files', { value: files, configurable: true });
  // jsdom lets nobody empty a field whose files were given by hand.
  Object.defineProperty(field, 'value', { value: '', writable: true, configurable: true });
  field.dispatchEvent(new Event('change'));
  await chat.settled();
}

export const chips = (chat: Mounted) => chat.all('.tray .attachment') as HTMLElement[];
export const statuses = (chat: Mounted) => chips(chat).map((chip) => chip.dataset.status);
export const uploaded = (chat: Mounted) =>
  chat.until(() => statuses(chat).every((status) => status === 'ready'));
export const spoken = (chat: Mounted) => chat.find('[role=status].spoken').textContent;
export const notice = (chat: Mounted) =>
  chat.all('.upload-notice p').map((line) => line.textContent?.trim());
export const inputOf = (chat: Mounted) =>
  chat.server.requests.findLast(({ params }) => params.input)?.params.input;

/** Addresses for pictures, which jsdom does not make; call before each test. */
export function drawPictures(): void {
  announced = 0;
  let made = 0;
  const urls: Pick<typeof URL, 'createObjectURL' | 'revokeObjectURL'> = Object.assign(URL, {
    createObjectURL: (): string => '',
    revokeObjectURL: () => {},
  });
  vi.spyOn(urls, 'createObjectURL').mockImplementation(() => `blob:${++made}`);
  vi.spyOn(urls, 'revokeObjectURL').mockImplementation(() => {});
}
