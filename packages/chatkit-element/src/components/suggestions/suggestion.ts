import type { Entity } from '@openai/chatkit';
import type { TemplateResult } from 'lit';
import type { ChatView } from '../view';

/** What opens the list, typed at the start of a word. */
export type Trigger = '@' | '/';

/** One line of the list. */
export interface Suggestion {
  label: string;
  description?: string;
  icon?: string;
  group?: string;
  /** In effect now; undefined where that has no meaning. */
  selected?: boolean;
  pick(): void;
}

/** What the composer lends to the list. */
export interface SuggestionsHost {
  view(): ChatView;
  icon(name: string): TemplateResult;
  /** Actions of the composer itself, which the "/" menu offers, too. */
  actions(): readonly (Omit<Suggestion, 'pick'> & { run(): void })[];
  changed(): void;
  report(error: unknown): void;
  /** Puts an entity in place of what was typed for it, and closes. */
  insert(entity: Entity): void;
  /** Takes out what was typed for the list, and closes. */
  remove(): void;
  /** Takes out all that was typed but the trigger. */
  restart(): void;
  close(): void;
}
