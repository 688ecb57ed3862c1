import type { OpenAIChatKit } from '@openai/chatkit';
import { html, nothing } from 'lit';
import { Lazy } from '../../lazy/lazy';
import type { AttachmentReference } from '../../protocol/attachments';
import { adoptStyles } from '../../theme/adopt-styles';
import { readAttachments } from '../../thread/user-input';
import type { ComposerActions } from '../composer/actions';
import type { ChatView } from '../view';
import type { AttachmentDesk, DeskHost } from './attachment-desk';

type ComposerValue = Parameters<OpenAIChatKit['setComposerValue']>[0];

/** The way to what is done with files, whose code comes when there are any or may be. */
export class Attachments {
  readonly #part = new Lazy(() => import('../../parts/attachments'));
  #desk: AttachmentDesk | null = null;

  constructor(
    private readonly host: DeskHost,
    actions: ComposerActions,
  ) {
    actions.add(({ options, strings }) => {
      if (!options.composer?.attachments?.enabled) return [];
      const label = strings.addFiles;
      return [{ id: 'attach', label, icon: 'paperclip', run: () => this.#pick() }];
    });
  }

  /** Null while there is nothing, and no code for it. */
  get desk(): AttachmentDesk | null {
    return this.#desk;
  }

  /** Another value: sent messages are to be drawn anew. */
  get version(): number {
    return this.#desk?.sentVersion ?? -1;
  }

  /** What a page sets by `setComposerValue`. Rejects where no files may be attached. */
  async set({ attachments, files }: ComposerValue): Promise<void> {
    if (!attachments && !files) return;
    await this.#part.whenLoaded();
    if (attachments) this.#fetch()?.addUploaded(readAttachments(attachments), true);
    if (files) this.#fetch()?.add(files);
  }

  above(view: ChatView) {
    const wanted = view.options.composer?.attachments?.enabled;
    return (wanted ? this.#fetch() : this.#desk)?.above() ?? nothing;
  }

  sent(attachments: readonly AttachmentReference[]): unknown {
    if (attachments.length === 0) return nothing;
    return (
      this.#fetch()?.sent(attachments) ??
      attachments.map(({ name }) => html`<p class="attached">${name}</p>`)
    );
  }

  #pick(): void {
    const desk = this.#fetch();
    if (desk) desk.pick();
    else this.#part.whenLoaded().catch(this.host.report);
  }

  readonly #arrived = (): void => {
    this.#fetch();
    this.host.changed();
  };

  #fetch(): AttachmentDesk | null {
    const part = this.#part.get(this.#arrived);
    if (!part) return null;
    adoptStyles(this.host.root(), part.css);
    this.#desk ??= new part.AttachmentDesk(this.host);
    return this.#desk;
  }
}
