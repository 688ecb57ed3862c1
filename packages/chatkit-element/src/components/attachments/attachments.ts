import { html, nothing } from 'lit';
import { Lazy } from '../../lazy/lazy';
import type { AttachmentReference } from '../../protocol/attachments';
import { adoptStyles } from '../../theme/adopt-styles';
import type { ComposerActions } from '../composer/actions';
import type { ChatView } from '../view';
import type { AttachmentDesk, DeskHost } from './attachment-desk';

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
      const label = strings.upload.add;
      return [{ id: 'attach', label, icon: 'paperclip', run: () => this.#fetch()?.pick() }];
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

  async whenThere(): Promise<AttachmentDesk> {
    await this.#part.whenLoaded();
    const desk = this.#fetch();
    if (!desk) throw new Error('ChatKit: attachments could not be loaded.');
    return desk;
  }

  above(view: ChatView) {
    const wanted = view.options.composer?.attachments?.enabled;
    return (wanted ? this.#fetch() : this.#desk)?.above(view) ?? nothing;
  }

  sent(attachments: readonly AttachmentReference[], view: ChatView): unknown {
    if (attachments.length === 0) return nothing;
    return (
      this.#fetch()?.sent(attachments, view) ??
      attachments.map(({ name }) => html`<p class="attached">${name}</p>`)
    );
  }

  #fetch(): AttachmentDesk | null {
    const part = this.#part.get(this.host.changed);
    if (!part) return null;
    adoptStyles(this.host.root(), part.css);
    this.#desk ??= new part.AttachmentDesk(this.host);
    return this.#desk;
  }
}
