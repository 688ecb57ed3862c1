import type { ChatView } from '../view';

/** Something the composer can do, as its menus list it: attach a file, choose a tool or a model. */
export interface ComposerAction {
  /** Unique among all actions, and the same at every drawing: `attach`, `tool:search`. */
  id: string;
  label: string;
  icon?: string;
  description?: string;
  /** Heading under which it stands. */
  group?: string;
  /** In effect now, as the tool that goes out with the message. */
  selected?: boolean;
  run(): void;
}

/** What is possible at the moment; asked anew for each drawing. */
export type ComposerActionSource = (view: ChatView) => readonly ComposerAction[];

/** Where the parts of the composer say what they can do, so that one menu can offer all of it. */
export class ComposerActions {
  readonly #sources: ComposerActionSource[] = [];

  /** The order of the calls is the order of the menu. */
  add(source: ComposerActionSource): void {
    this.#sources.push(source);
  }

  list(view: ChatView): ComposerAction[] {
    return this.#sources.flatMap((source) => source(view));
  }
}
