import type { Entity } from '@openai/chatkit';
import { html, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon';
import { Lazy } from '../../lazy/lazy';
import type { UserContent } from '../../protocol/items';
import { adoptStyles } from '../../theme/adopt-styles';
import type { ChatView } from '../view';
import type { EntityPreview } from './entity-preview';
import { tagContent } from './tag';

type Tag = Extract<UserContent, { type: 'input_tag' }> & { icon?: string };

interface EntitiesHost {
  view(): ChatView;
  root(): ParentNode;
  report(error: unknown): void;
}

/** What a page knows about the entities on screen: a click is told to it, and it shows more of them. */
export class Entities {
  readonly #part = new Lazy(() => import('../../parts/entity-preview'));
  #preview: EntityPreview | null = null;

  constructor(private readonly host: EntitiesHost) {}

  /** Whether the page does anything with an entity. */
  get live(): boolean {
    const { entities } = this.host.view().options;
    return Boolean(entities?.onClick ?? entities?.onRequestPreview);
  }

  /** A mention in a message that was sent. Part: tag. */
  mention(tag: Tag): TemplateResult {
    if (!tag.interactive || !this.live)
      return html`<span class="tag" part="tag">${tagContent(tag)}</span>`;
    const tell = (event: Event) => this.met(event, event.currentTarget as HTMLElement, tag);
    return html`<button
      type="button"
      class="tag"
      part="tag"
      @click=${tell}
      @pointerenter=${tell}
      @pointerleave=${tell}
      @focus=${tell}
      @blur=${tell}
    >${tagContent(tag)}</button>`;
  }

  /** The user points at the chip of an entity, leaves it, or presses it. */
  met(event: Event, chip: HTMLElement, tag: Tag): void {
    const { onClick, onRequestPreview } = this.host.view().options.entities ?? {};
    if (!tag.interactive) return;
    const { type } = event;
    const { pointerType } = event as PointerEvent;
    const open = () => onClick?.(entityOf(tag));
    if (!onRequestPreview) {
      if (type === 'click') open();
      return;
    }
    void this.#part.whenLoaded().then(
      (part) => {
        adoptStyles(this.host.root(), part.css);
        this.#preview ??= new part.EntityPreview({ ...this.host, icon });
        this.#preview.met({ type, pointerType, chip, entity: entityOf(tag), open });
      },
      () => type === 'click' && open(),
    );
  }
}

function entityOf({ id, text: title, group, data, interactive, icon: name }: Tag): Entity {
  return {
    id,
    title,
    interactive,
    data: data as Entity['data'],
    ...(group && { group }),
    ...(name && { icon: name }),
  };
}
