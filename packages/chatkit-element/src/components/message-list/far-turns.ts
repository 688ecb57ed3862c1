import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { afterPaint } from '../after-paint';
import { selectedIn } from '../composer/caret';
import type { FarTurnsHost, Gap } from './near-turns';
import { NEAR, type Run, runsAround, turnAt } from './turn-window';
import type { Turn } from './turns';

/** So many turns the reader goes on before others are drawn. */
const STEP = 4;
/** At most so many turns more on each side in each frame after a leap; twice as many of those that were left go. */
const MORE = 4;
/** ms. What takes longer is done with fewer turns in the next frame: one may hold a page of code. */
const LONG = 12;
/** What a turn is taken for that was never drawn, where none was. */
const USUAL_HEIGHT = 200;
/** What was unfolded here, and would be folded when it is drawn again; steps remember it themselves. */
const UNFOLDED = '[open]:is(.more, .sources)';

/**
 * Takes the turns of a long thread out of the document that are far from what is read. An empty place
 * as high as they were stays for them. Those that have the focus, a part of the selection, or
 * something unfolded stay wherever they are.
 */
export class FarTurns {
  /** Of each turn that was drawn, by its place. */
  readonly #heights = new Map<string, number>();
  /** The place of the turn around which others are drawn. */
  #centre = '';
  /** Turns on each side of it that are drawn: after a leap not all at once. */
  #near = NEAR;
  #callOff: (() => void) | null = null;
  #more = MORE;
  /** When turns began to be drawn after a frame. */
  #began = 0;
  /** Places of turns that were left by a leap and are still in the document. */
  #left: string[] = [];
  #gaps = new Map<string, Run>();
  #turns: readonly Turn[] = [];
  /** How far each of these is from the end, which earlier pages do not change. */
  #places = new Map<string, number>();

  constructor(private readonly host: FarTurnsHost) {}

  choose(turns: readonly Turn[]): Array<Turn | Gap> {
    const drawn = this.#drawn();
    if (drawn.length === 0) this.#heights.clear();
    this.#learn(turns);
    const before = this.#indexIn(this.#centre);
    const centre = this.#findCentre();
    if (before >= 0 && Math.abs(centre - before) > NEAR) {
      this.#near = this.#atOnce(centre);
      this.#left = drawn.map(({ dataset }) => dataset.key ?? '');
    }
    if (this.#near < NEAR || this.#left.length > 0) this.#drawSoon();
    this.#centre = turns[centre]?.place ?? '';
    this.#gaps = new Map();
    const kept = this.#kept();
    const around = () => runsAround(turns.length, centre, kept, this.#near);
    // Only what would go is looked through: the rest is thirty thousand nodes.
    const leaving = this.#outside(around(), drawn);
    const unfolded = leaving.filter((turn) => turn.querySelector(UNFOLDED));
    kept.push(...unfolded.map((turn) => this.#indexOf(turn)).filter((index) => index >= 0));
    const runs = around();
    this.#measure(this.#outside(runs, leaving));
    return runs.flatMap((run): Array<Turn | Gap> => {
      return run.drawn ? turns.slice(run.from, run.to) : [this.#gap(run)];
    });
  }

  /**
   * Who reads has come so far that other turns are near: they are drawn after this frame, or before it
   * where there would be nothing to see. What is no longer on screen is let go of.
   */
  follow(): void {
    if (!this.#list) this.#forget();
    this.#pace();
    const turn = this.#readTurn();
    if (turn?.matches('.gap')) this.host.redraw();
    else if (this.#hasStrayedTo(turn)) this.#drawSoon();
  }

  #hasStrayedTo(turn: HTMLElement | null): boolean {
    const [read, centre] = [this.#indexOf(turn), this.#indexIn(this.#centre)];
    return read >= 0 && centre >= 0 && Math.abs(read - centre) >= STEP;
  }

  #pace(): void {
    if (!this.#began) return;
    const isLong = performance.now() - this.#began > LONG;
    this.#more = isLong ? Math.ceil(this.#more / 2) : Math.min(MORE, this.#more + 1);
    this.#began = 0;
  }

  /** As many as fill the view, which begins somewhere in the first, and as many above. */
  #atOnce(centre: number): number {
    const first = this.#heightOf(this.#turns[centre]?.place ?? '');
    const wanted = first + (this.#list?.clientHeight ?? 0);
    let height = 0;
    const after = this.#turns.slice(centre, centre + NEAR);
    const found = after.findIndex(({ place }) => {
      height += this.#heightOf(place);
      return height > wanted;
    });
    return Math.max(STEP, found < 0 ? after.length : found);
  }

  #drawSoon(): void {
    this.#callOff ??= afterPaint(() => {
      this.#callOff = null;
      this.#near = Math.min(NEAR, this.#near + this.#more);
      this.#left.splice(0, 2 * this.#more);
      this.#began = performance.now();
      this.host.redraw();
    });
  }

  #forget(): void {
    this.#callOff?.();
    this.#callOff = null;
    this.#near = NEAR;
    this.#left = [];
    this.#heights.clear();
    this.#gaps.clear();
    this.#places.clear();
    this.#turns = [];
  }

  #outside(runs: Run[], drawn: HTMLElement[]): HTMLElement[] {
    return drawn.filter((turn) => {
      const index = this.#indexOf(turn);
      return !runs.some((run) => run.drawn && run.from <= index && index < run.to);
    });
  }

  /** Right before they go. Fractions of a pixel count: they add up, and what is read would move. */
  #measure(leaving: HTMLElement[]): void {
    for (const turn of leaving) {
      const height = Number.parseFloat(getComputedStyle(turn).height);
      if (height > 0) this.#heights.set(turn.dataset.key ?? '', height);
    }
  }

  #learn(turns: readonly Turn[]): void {
    const added = turns.length - this.#turns.length;
    const stay = this.#turns.every(({ place }, index) => place === turns[added + index]?.place);
    if (!stay) this.#places.clear();
    for (const [index, { place }] of (stay ? turns.slice(0, added) : turns).entries())
      this.#places.set(place, turns.length - index);
    this.#turns = turns;
  }

  /** -1 for what is not among them. */
  #indexIn(place: string): number {
    const fromEnd = this.#places.get(place);
    return fromEnd === undefined ? -1 : this.#turns.length - fromEnd;
  }

  #indexOf(turn: HTMLElement | null | undefined): number {
    return this.#indexIn(turn?.dataset.key ?? '');
  }

  #findCentre(): number {
    const { key = '' } = this.#readTurn()?.dataset ?? {};
    const before = this.#indexIn(this.#centre);
    const gap = this.#gaps.get(key);
    const read = gap ? this.#indexWithin(gap) : this.#indexIn(key);
    if (read < 0) return before < 0 ? this.#turns.length - 1 : before;
    return before >= 0 && Math.abs(read - before) < STEP ? before : read;
  }

  /** Where the view is in a gap. */
  #indexWithin({ from, to }: Run): number {
    const distance = (this.#list?.scrollTop ?? 0) - (this.#readTurn()?.offsetTop ?? 0);
    const heights = this.#turns.slice(from, to).map(({ place }) => this.#heightOf(place));
    return from + turnAt(heights, distance);
  }

  #kept(): number[] {
    const list = this.#list;
    if (!list) return [];
    const indexOf = (node: Node | null) => this.#indexOf(turnOf(node));
    const { activeElement } = list.getRootNode() as Document | ShadowRoot;
    const kept = this.#left.map((place) => this.#indexIn(place));
    // An answer may go on above a message that did not get through.
    kept.push(
      indexOf(activeElement),
      this.#turns.findLastIndex(({ unsent }) => !unsent),
    );
    const ends = selectedIn(list);
    const [from, to] = ends ? [indexOf(ends.startContainer), indexOf(ends.endContainer)] : [-1, -1];
    if (from >= 0 && to >= 0)
      for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1)
        kept.push(index);
    return kept.filter((index) => index >= 0);
  }

  /** Its key is that of what comes after it, so that nothing in the document ever changes its order. */
  #gap(run: Run): Gap {
    const place = `before ${this.#turns[run.to]?.place}`;
    this.#gaps.set(place, run);
    let [height, count] = [0, 0];
    for (let index = run.from; index < run.to; index += 1) {
      const turn = this.#turns[index] as Turn;
      height += this.#heightOf(turn.place);
      for (const { type } of turn.rows) if (type === 'entry') count += 1;
    }
    return { place, gap: gap(place, height, this.host.words().further(count)) };
  }

  #heightOf(place: string): number {
    return this.#heights.get(place) ?? USUAL_HEIGHT;
  }

  #drawn(): HTMLElement[] {
    const { children } = this.#list?.querySelector('.column') ?? {};
    return ([...(children ?? [])] as HTMLElement[]).filter((child) =>
      child.classList.contains('turn'),
    );
  }

  #readTurn(): HTMLElement | null {
    return this.host.read()?.closest<HTMLElement>('.turn, .gap') ?? null;
  }

  get #list(): Element | null {
    return this.host.root().querySelector('.list');
  }
}

function gap(place: string, height: number, words: string): TemplateResult {
  const setHeight = (element?: Element) => {
    if (element) (element as HTMLElement).style.height = `${height}px`;
  };
  return html`<div class="gap" data-key=${place} ${ref(setHeight)}>
    <p class="spoken">${words}</p>
  </div>`;
}

function turnOf(node: Node | null): HTMLElement | null | undefined {
  return (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>('.turn');
}
