import type { FileUploadStrategy } from '@openai/chatkit';
import {
  type AttachmentReference,
  createAttachment,
  deleteAttachment,
  readAttachment,
  readUploadDescriptor,
  type UploadDescriptor,
} from '../protocol/attachments';
import type { ChatKitClient, Fetch } from '../transport/client';
import { uploadRequest } from '../transport/upload';
import type { Failure } from './state';
import { mediaType } from './upload-rules';

/** A file in the composer, on its way to the server or there. */
export interface DraftAttachment {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  /** Null when the page named a file that is on the server already. */
  readonly file: File | null;
  readonly status: 'waiting' | 'uploading' | 'ready' | 'failed';
  /** From 0 to 1; null while nobody knows. */
  readonly progress: number | null;
  /** As the server knows it, from its announcement on. */
  readonly attachment: AttachmentReference | null;
  readonly failure: Failure | null;
}

export interface UploadHost {
  client: ChatKitClient;
  strategy(): FileUploadStrategy;
  /** The way of an upload whose progress can be seen. */
  watch(target: UploadDescriptor, progress: (share: number) => void): Fetch;
  describe(error: unknown): Failure;
  changed(): void;
  uploaded(item: DraftAttachment): void;
  failed(item: DraftAttachment, error: unknown): void;
}

/** Uploads that run at the same time; the rest waits. */
const AT_ONCE = 3;
const NONE: readonly DraftAttachment[] = [];

/** The files of every draft, and their way to the server. */
export class DraftAttachments {
  readonly #byThread = new Map<string | null, readonly DraftAttachment[]>();
  readonly #running = new Map<string, AbortController>();
  #made = 0;

  constructor(private readonly host: UploadHost) {}

  of(threadId: string | null): readonly DraftAttachment[] {
    return this.#byThread.get(threadId) ?? NONE;
  }

  add(threadId: string | null, files: readonly File[]): void {
    const added = files.map((file) =>
      this.#make({ name: file.name, type: mediaType(file.type), file, status: 'waiting' }),
    );
    this.#put(threadId, [...this.of(threadId), ...added]);
    this.#next();
  }

  /** Puts files there that the server has already, before all others. */
  addUploaded(threadId: string | null, attachments: readonly AttachmentReference[]): void {
    const added = attachments.map((attachment) =>
      this.#make({
        name: attachment.name,
        type: attachment.mime_type,
        attachment,
        status: 'ready',
        progress: 1,
      }),
    );
    this.#put(threadId, [...added, ...this.of(threadId)]);
  }

  /** Takes a file out of its draft, and off the server. */
  remove(key: string): void {
    const item = this.#find(key);
    if (!item) return;
    this.#change(key, () => null);
    this.#running.get(key)?.abort();
    this.#forget(item);
    this.#next();
  }

  retry(key: string): void {
    const item = this.#find(key);
    if (item?.status !== 'failed') return;
    this.#wait(item);
    this.#next();
  }

  /** What goes out with the message; the draft is empty then. */
  take(threadId: string | null): AttachmentReference[] {
    const taken = this.of(threadId).flatMap(({ attachment }) => attachment ?? []);
    this.#byThread.delete(threadId);
    return taken;
  }

  /** A new thread that gets its id keeps what was chosen for it. */
  carry(threadId: string): void {
    const carried = this.of(null);
    if (carried.length === 0) return;
    this.#byThread.delete(null);
    this.#put(threadId, [...this.of(threadId), ...carried]);
  }

  /** Nothing is sent until `resume`. */
  pause(): void {
    for (const [key, abort] of this.#running) {
      abort.abort();
      const item = this.#find(key);
      if (item) this.#wait(item);
    }
    this.#running.clear();
  }

  resume(): void {
    this.#next();
  }

  #next(): void {
    for (const list of this.#byThread.values()) {
      for (const item of list) {
        if (this.#running.size >= AT_ONCE) return;
        if (item.status === 'waiting' && item.file) void this.#start(item, item.file);
      }
    }
  }

  async #start(item: DraftAttachment, file: File): Promise<void> {
    const { key } = item;
    const abort = new AbortController();
    this.#running.set(key, abort);
    this.#change(key, (now) => ({ ...now, status: 'uploading' }));
    try {
      const attachment = await this.#send(item, file, abort.signal);
      if (abort.signal.aborted) return;
      this.#change(key, (now) => ({ ...now, status: 'ready', progress: 1, attachment }));
      this.host.uploaded(item);
    } catch (error) {
      if (abort.signal.aborted) return;
      const failure = this.host.describe(error);
      this.#change(key, (now) => ({ ...now, status: 'failed', progress: null, failure }));
      this.host.failed(this.#find(key) ?? item, error);
    } finally {
      if (this.#running.get(key) === abort) this.#running.delete(key);
      if (!abort.signal.aborted) this.#next();
    }
  }

  #send(item: DraftAttachment, file: File, signal: AbortSignal): Promise<AttachmentReference> {
    const strategy = this.host.strategy();
    return strategy.type === 'direct'
      ? this.#sendAtOnce(item, file, strategy.uploadUrl, signal)
      : this.#sendInTwo(item, file, signal);
  }

  async #sendAtOnce(item: DraftAttachment, file: File, url: string, signal: AbortSignal) {
    const reply = await this.#upload(item, { url, method: 'POST', headers: {} }, file, signal);
    if (!reply) throw new Error('The server did not say how it calls the file.');
    return reply;
  }

  async #sendInTwo(item: DraftAttachment, file: File, signal: AbortSignal) {
    const facts = { name: file.name, size: file.size, mime_type: mediaType(file.type) };
    // Heard to its end: a file that is announced and then taken back must be taken off the server.
    const reply = await this.host.client.ask(createAttachment(facts), new AbortController().signal);
    const attachment = readAttachment(reply);
    const target = readUploadDescriptor(reply);
    if (!attachment || !target) throw new Error('The server did not say where the file goes.');
    if (signal.aborted) {
      this.#forget({ ...item, attachment });
      return attachment;
    }
    this.#change(item.key, (now) => ({ ...now, attachment }));
    const uploaded = await this.#upload(item, target, file, signal);
    return uploaded?.id === attachment.id ? uploaded : attachment;
  }

  /** The attachment that the reply describes; a store that is not ours replies with anything. */
  async #upload(
    { key }: DraftAttachment,
    target: UploadDescriptor,
    file: File,
    signal: AbortSignal,
  ): Promise<AttachmentReference | null> {
    const way = this.host.watch(target, (progress) =>
      this.#change(key, (now) => ({ ...now, progress })),
    );
    const request = uploadRequest(target, file);
    const response = await this.host.client.upload(target.url, request, signal, way);
    return readAttachment(await response.json().catch(() => null));
  }

  #wait(item: DraftAttachment): void {
    this.#forget(item);
    this.#change(item.key, (now) => ({
      ...now,
      status: 'waiting',
      progress: null,
      attachment: null,
      failure: null,
    }));
  }

  /** The server deletes what was announced to it. If it cannot, it clears up by itself one day. */
  #forget({ attachment }: DraftAttachment): void {
    if (!attachment) return;
    const { signal } = new AbortController();
    this.host.client.ask(deleteAttachment(attachment.id), signal).catch(() => {});
  }

  #make(item: Pick<DraftAttachment, 'name' | 'type' | 'status'> & Partial<DraftAttachment>) {
    this.#made += 1;
    const rest = { file: null, progress: null, attachment: null, failure: null };
    return { ...rest, ...item, key: `attachment-${this.#made}` };
  }

  #find(key: string): DraftAttachment | undefined {
    return [...this.#byThread.values()].flat().find((item) => item.key === key);
  }

  /** Null takes it out. */
  #change(key: string, change: (item: DraftAttachment) => DraftAttachment | null): void {
    for (const [threadId, list] of this.#byThread) {
      if (!list.some((item) => item.key === key)) continue;
      this.#put(
        threadId,
        list.flatMap((item) => (item.key === key ? (change(item) ?? []) : item)),
      );
    }
  }

  #put(threadId: string | null, list: readonly DraftAttachment[]): void {
    this.#byThread.set(threadId, list);
    this.host.changed();
  }
}
