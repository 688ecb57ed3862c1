import type { ChatKitOptions } from '@openai/chatkit';
import { html, nothing, type TemplateResult } from 'lit';
import { enUpload, type UploadStrings } from '../../locales/en-upload';
import type { Strings } from '../../locales/locales';
import type { AttachmentReference } from '../../protocol/attachments';
import { type DraftAttachment, DraftAttachments } from '../../thread/draft-attachments';
import type { Failure } from '../../thread/state';
import { acceptAttribute, sortOut, type UploadRules } from '../../thread/upload-rules';
import type { ChatKitClient, Fetch } from '../../transport/client';
import { watchedFetch } from '../../transport/upload';
import { DropArea } from './drop-area';
import { Previews } from './previews';
import { listed, refusalWords } from './refusals';
import { sentAttachments } from './sent';
import { SentPictures } from './sent-pictures';
import { failureWords, tray } from './tray';
import type { UploadWords } from './words';

/** What the desk needs of the chat around it. */
export interface DeskHost {
  client: ChatKitClient;
  options(): ChatKitOptions | null;
  words(): { strings: Strings; locale: string };
  /** The thread whose draft is on screen. */
  threadId(): string | null;
  writable(): boolean;
  root(): ParentNode;
  changed(): void;
  icon(name: string): TemplateResult;
  describe(error: unknown): Failure;
  report(error: unknown): void;
  announce(words: string): void;
  /** The user goes on to write. */
  write(): void;
  /** Reads the thread again, for addresses that are good again. */
  refresh(): void;
}

/** Everything about files: choosing, dropping, pasting, uploading, and showing what was sent. */
export class AttachmentDesk {
  readonly #drafts: DraftAttachments;
  readonly #previews = new Previews();
  readonly #sent: SentPictures;
  readonly #drop: DropArea;
  #notice: readonly string[] = [];
  #hovered = false;

  constructor(private readonly host: DeskHost) {
    this.#drafts = new DraftAttachments({
      client: host.client,
      strategy: () => strategyOf(host.options()),
      watch: ({ url, method }, progress) => wayOf(url, method, progress),
      describe: host.describe,
      changed: host.changed,
      uploaded: (item) => this.#uploaded(item),
      failed: (item, error) => this.#failed(item, error),
    });
    this.#sent = new SentPictures(host, () => this.#words);
    this.#drop = new DropArea({
      // Without its field the composer is not there: something else stands in its place.
      open: () => host.writable() && host.root().querySelector('.file-field') !== null,
      hovered: (over) => this.#hover(over),
      dropped: (files, folders) => this.add(files, folders),
    });
  }

  // What goes out with the message

  get items(): readonly DraftAttachment[] {
    return this.#drafts.of(this.host.threadId());
  }

  /** Why the message has to wait; null when it may go. */
  get obstacle(): string | null {
    const upload = this.#upload;
    const failed = this.items.find(({ status }) => status === 'failed');
    if (failed) return upload.blockedByFailed(this.#quoted(failed.name));
    const ready = this.items.every(({ status }) => status === 'ready');
    return ready ? null : upload.blocked;
  }

  /** What goes out with the message; null when it has to wait, and the user is told why. */
  take(): AttachmentReference[] | null {
    const { obstacle } = this;
    this.#say(obstacle === null ? [] : [obstacle]);
    if (obstacle !== null) return null;
    this.#previews.release(this.items);
    return this.#drafts.take(this.host.threadId());
  }

  /** Takes what the rules allow, and says what they do not. Throws where no files may be attached. */
  add(files: readonly File[], folders: readonly string[] = []): void {
    const rules = this.#rules;
    if (!rules) throw new Error('ChatKit: files ignored - attachments are not enabled.');
    const { upload, locale } = this.#words;
    const { taken, refused } = sortOut(files, rules, this.items.length);
    const words = refused.map((refusal) => refusalWords(refusal, rules, upload, locale));
    if (folders.length > 0) {
      words.push(upload.folder(listed(folders, upload, locale), folders.length));
    }
    this.#say(words);
    if (taken.length === 0) return;
    this.#drafts.add(this.host.threadId(), taken);
    this.#reveal(this.items.at(-1));
  }

  /** Files that the server has already. With `replace` they are all there is. */
  addUploaded(attachments: readonly AttachmentReference[], replace: boolean): void {
    if (replace) for (const { key } of this.items) this.#drafts.remove(key);
    this.#drafts.addUploaded(this.host.threadId(), attachments);
  }

  carry(threadId: string): void {
    this.#drafts.carry(threadId);
  }

  /** Opens the browser's file dialog. Only in answer to what the user does. */
  pick(): void {
    this.host.root().querySelector<HTMLInputElement>('.file-field')?.click();
  }

  // On screen

  /** Above the composer: what is to be said about files, and the veil while some are held over it. */
  above(): TemplateResult {
    return html`${this.#rules ? this.#field(this.#rules) : nothing}
      ${this.#hovered ? this.#veil() : nothing}
      ${this.#notice.length > 0 ? this.#noticeBox() : nothing}`;
  }

  /** In the composer, over the words. */
  tray(): TemplateResult | typeof nothing {
    return tray(this.items, this.#words, {
      icon: this.host.icon,
      previewOf: (item) => this.#previews.of(item),
      remove: (item, event) => this.#remove(item, event),
      retry: ({ key }) => this.#drafts.retry(key),
    });
  }

  /** In a message that was sent. */
  sent(attachments: readonly AttachmentReference[]) {
    return sentAttachments(attachments, this.#words, this.#sent);
  }

  get sentVersion(): number {
    return this.#sent.version;
  }

  watch(chat: HTMLElement | null): void {
    this.#drop.watch(chat);
  }

  /** The chat has left the page: nothing goes on, and nothing is kept but what can be made anew. */
  leave(): void {
    this.#drafts.pause();
    this.#previews.releaseAll();
  }

  returned(): void {
    this.#drafts.resume();
  }

  get #words(): UploadWords {
    const { strings, locale } = this.host.words();
    return { upload: strings.upload ?? enUpload, locale, dismiss: strings.dismiss };
  }

  get #upload(): UploadStrings {
    return this.#words.upload;
  }

  get #rules(): UploadRules | null {
    const rules = this.host.options()?.composer?.attachments;
    return rules?.enabled ? rules : null;
  }

  #field(rules: UploadRules): TemplateResult {
    const chosen = ({ target }: Event) => {
      if (!(target instanceof HTMLInputElement)) return;
      this.add([...(target.files ?? [])]);
      target.value = '';
      this.host.write();
    };
    return html`<input
      type="file"
      class="file-field"
      hidden
      ?multiple=${rules.maxCount !== 1}
      accept=${acceptAttribute(rules.accept) || nothing}
      @change=${chosen}
    />`;
  }

  #veil(): TemplateResult {
    return html`<div class="veil" part="drop-area">
      <p>${this.host.icon('paperclip')}<span>${this.#upload.drop}</span></p>
    </div>`;
  }

  #noticeBox(): TemplateResult {
    const { dismiss } = this.#words;
    return html`<div class="notice upload-notice" data-level="warning" part="upload-notice">
      ${this.host.icon('warning')}
      <div class="notice-text">${this.#notice.map((words) => html`<p>${words}</p>`)}</div>
      <button
        type="button"
        class="icon-button"
        aria-label=${dismiss}
        title=${dismiss}
        @click=${this.#dismiss}
      >
        ${this.host.icon('close')}
      </button>
    </div>`;
  }

  readonly #dismiss = (): void => {
    this.#say([]);
    this.host.write();
  };

  #say(words: readonly string[]): void {
    if (words.length === 0 && this.#notice.length === 0) return;
    this.#notice = words;
    if (words.length > 0) this.host.announce(words.join(' '));
    this.host.changed();
  }

  #hover(over: boolean): void {
    if (over === this.#hovered) return;
    this.#hovered = over;
    this.host.changed();
  }

  /**
   * By keyboard the focus goes on to the next file, and from the last one to the words. Who uses a
   * mouse goes on writing: the next Enter shall send the message, not take away another file.
   */
  #remove(item: DraftAttachment, { detail }: UIEvent): void {
    const keys = this.items.map(({ key }) => key);
    const at = keys.indexOf(item.key);
    const next = keys[at + 1] ?? keys[at - 1];
    const button = this.host.root().querySelector<HTMLElement>(`[data-remove=${next}]`);
    this.#previews.release([item]);
    this.#drafts.remove(item.key);
    this.#say([]);
    if (button && detail === 0) button.focus();
    else this.host.write();
  }

  #uploaded(item: DraftAttachment): void {
    // Nothing has to be waited for any more.
    if (this.obstacle === null && this.#notice.includes(this.#upload.blocked)) this.#say([]);
    this.host.announce(this.#upload.done(this.#quoted(item.name)));
  }

  #failed(item: DraftAttachment, error: unknown): void {
    const words = failureWords(item, this.#words);
    this.host.announce(this.#upload.failedOf(this.#quoted(item.name), words));
    this.host.report(error);
    this.#reveal(item);
  }

  /** Scrolls the row of files, and nothing around it. */
  #reveal(item: DraftAttachment | undefined): void {
    requestAnimationFrame(() => {
      const chip = this.host.root().querySelector(`[data-remove=${item?.key}]`)?.parentElement;
      const row = chip?.parentElement;
      if (!row) return;
      const [inner, outer] = [chip.getBoundingClientRect(), row.getBoundingClientRect()];
      const after = Math.max(0, inner.right - outer.right) || Math.min(0, inner.left - outer.left);
      row.scrollLeft += after;
    });
  }

  #quoted(name: string): string {
    return this.#upload.quoted(name);
  }
}

/** Files go in two phases unless the page says otherwise: every server of the SDK knows that way. */
function strategyOf(options: ChatKitOptions | null) {
  const api = options?.api;
  return (api && 'uploadStrategy' in api && api.uploadStrategy) || { type: 'two_phase' as const };
}

/**
 * Progress can be seen only by a request that must be allowed beforehand from another origin. A form
 * needs no such leave, and its server may not give it.
 */
function wayOf(url: string, method: string, progress: (share: number) => void): Fetch {
  const elsewhere = new URL(url, document.baseURI).origin !== location.origin;
  return elsewhere && method === 'POST' ? (to, init) => fetch(to, init) : watchedFetch(progress);
}
