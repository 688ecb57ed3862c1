import type { Command } from '@openai/chatkit';
import { nothing, type TemplateResult } from 'lit';
import { type Source, type Submenu, select, sourceOf } from './sources';
import type { Suggestion, SuggestionsHost, Trigger } from './suggestion';
import { optionId, suggestionList } from './suggestion-list';

/** ms a search waits for the next key. */
const PAUSE = 150;

/**
 * The list over the composer: what can be mentioned after "@", what can be done after "/". The focus
 * stays in the text; the list is told what is typed and which keys are pressed.
 */
export class Suggestions {
  #trigger: Trigger = '@';
  #query = '';
  #menus: Submenu[] = [];
  #lines: readonly Suggestion[] = [];
  #active = 0;
  #state: 'closed' | 'searching' | 'found' | 'failed' | 'running' = 'closed';
  /** Counts searches and commands: an answer to an older one comes too late. */
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The user has chosen the first line before it was there. */
  #eager = false;
  #scrolled = -1;

  constructor(private readonly host: SuggestionsHost) {}

  /** Shows what there is for `query`; the first call opens the list. */
  search(trigger: Trigger, query: string): void {
    const same = trigger === this.#trigger && query === this.#query;
    if (same && this.#state !== 'closed') return;
    if (this.#state === 'closed' || trigger !== this.#trigger) {
      this.#menus = [];
      this.#lines = [];
    }
    this.#trigger = trigger;
    this.#query = query;
    this.#look();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#state = 'closed';
    this.#lines = [];
    this.#eager = false;
    this.#query = '';
  }

  /** The id of the line that Enter would choose; null when there is none. */
  get activeId(): string | null {
    return this.#state !== 'closed' && this.#lines[this.#active] ? optionId(this.#active) : null;
  }

  /** What is read aloud about the list. */
  get announcement(): string {
    const { strings } = this.host.view();
    if (this.#state === 'failed') return strings.searchFailed;
    if (this.#state !== 'found') return '';
    return this.#lines.length > 0 ? strings.suggestionCount(this.#lines.length) : strings.noMatches;
  }

  /** True when the key was meant for the list. */
  pressed(event: KeyboardEvent): boolean {
    if (this.#state === 'closed' || event.altKey || event.ctrlKey || event.metaKey) return false;
    switch (event.key) {
      case 'ArrowDown':
        return this.#move(1);
      case 'ArrowUp':
        return this.#move(-1);
      case 'Enter':
      case 'Tab':
        if (!event.shiftKey) return this.#choose();
        // The way back leads out of the text, not into the list.
        if (event.key === 'Tab') this.host.close();
        return false;
      case 'Backspace':
        return this.#query === '' && this.#back();
      case 'Escape':
        event.stopPropagation();
        if (!this.#back()) this.host.close();
        return true;
      default:
        return false;
    }
  }

  render(): TemplateResult | typeof nothing {
    if (this.#state === 'closed') return nothing;
    const { strings } = this.host.view();
    const waiting = this.#state === 'searching' || this.#state === 'running';
    return suggestionList({
      lines: this.#lines,
      active: this.#active,
      query: this.#query,
      waiting,
      note: this.#note(waiting),
      menu: this.#menus.at(-1)?.title,
      label: this.#trigger === '@' ? strings.mentions : strings.commands,
      strings,
      icon: this.host.icon,
      hover: (index) => this.#activate(index),
      back: () => this.#back(),
    });
  }

  /** Call after drawing: the active line is in view. */
  settle(list: HTMLElement | null): void {
    const line = list?.querySelector<HTMLElement>('[aria-selected=true]');
    if (!list || !line || this.#scrolled === this.#active) return;
    this.#scrolled = this.#active;
    const top = line.offsetTop - 6;
    const bottom = line.offsetTop + line.offsetHeight + 6;
    if (this.#active === 0) list.scrollTop = 0;
    else if (top < list.scrollTop) list.scrollTop = top;
    else if (bottom > list.scrollTop + list.clientHeight)
      list.scrollTop = bottom - list.clientHeight;
  }

  #note(waiting: boolean): string {
    const { strings } = this.host.view();
    if (this.#state === 'failed') return strings.searchFailed;
    if (this.#lines.length > 0) return '';
    return waiting ? strings.searching : strings.noMatches;
  }

  #look(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    const turn = this.#turn;
    const source = sourceOf(this.#trigger, this.#menus.at(-1), this.host, (command) => {
      void this.#run(command);
    });
    if (!source.remote) {
      this.#show(source.local(this.#query));
      return;
    }
    this.#state = 'searching';
    const ask = () => void this.#ask(source, turn);
    if (this.#query === '') ask();
    else this.#timer = setTimeout(ask, PAUSE);
    this.host.changed();
  }

  async #ask(source: Source, turn: number): Promise<void> {
    const query = this.#query;
    try {
      const found = (await source.remote?.(query)) ?? [];
      if (turn === this.#turn) this.#show([...found, ...source.local(query)]);
    } catch (error) {
      this.host.report(error);
      if (turn === this.#turn) this.#fail(source.local(query));
    }
  }

  #show(lines: readonly Suggestion[]): void {
    this.#state = 'found';
    this.#put(lines);
    // A space is part of a name only as long as there is such a name.
    if (lines.length === 0 && /\s/.test(this.#query)) this.host.close();
    else if (this.#eager) this.#choose();
    this.#eager = false;
    this.host.changed();
  }

  #fail(lines: readonly Suggestion[]): void {
    const { tryAgain: label } = this.host.view().strings;
    this.#state = 'failed';
    this.#eager = false;
    this.#put([{ label, icon: 'reload', pick: () => this.#look() }, ...lines]);
    this.host.changed();
  }

  #put(lines: readonly Suggestion[]): void {
    this.#lines = grouped(lines);
    this.#active = 0;
    this.#scrolled = -1;
  }

  #choose(): boolean {
    if (this.#state === 'running') return true;
    if (this.#state === 'searching') {
      this.#eager = true;
      return true;
    }
    const line = this.#lines[this.#active];
    line?.pick();
    return line !== undefined;
  }

  async #run(command: Command): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.#state = 'running';
    this.host.changed();
    try {
      const chosen = await select(command, this.host);
      if (turn !== this.#turn) return;
      if (chosen?.type === 'menu') this.#enter({ title: command.label, commands: chosen.commands });
      else if (chosen?.type === 'entity') this.host.insert(chosen.entity);
      else this.host.remove();
    } catch (error) {
      this.host.report(error);
      if (turn === this.#turn) this.#fail([]);
    }
  }

  #enter(menu: Submenu): void {
    this.#menus.push(menu);
    this.#open();
  }

  /** One menu back; false when this is the first. */
  #back(): boolean {
    if (!this.#menus.pop()) return false;
    this.#open();
    return true;
  }

  #open(): void {
    this.#query = '';
    this.#lines = [];
    this.#look();
    this.host.restart();
  }

  #move(by: number): boolean {
    const count = this.#lines.length;
    if (count > 0) this.#activate((this.#active + by + count) % count);
    return count > 0;
  }

  #activate(index: number): void {
    if (index === this.#active) return;
    this.#active = index;
    this.host.changed();
  }
}

/** Groups stay together, in the order in which they first appear; what has none comes first. */
function grouped(lines: readonly Suggestion[]): Suggestion[] {
  const groups = new Map<string, Suggestion[]>([['', []]]);
  for (const line of lines) {
    const group = line.group ?? '';
    groups.set(group, [...(groups.get(group) ?? []), line]);
  }
  return [...groups.values()].flat();
}
