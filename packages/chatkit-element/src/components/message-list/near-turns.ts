import type { TemplateResult } from 'lit';
import { Lazy } from '../../lazy/lazy';
import type { Strings } from '../../locales/locales';
import type { FarTurns } from './far-turns';
import type { Turn } from './turns';

/** A thread of no more turns than this is in the document from one end to the other. */
const MANY = 200;

/** What stands for turns that are not in the document. */
export interface Gap {
  place: string;
  gap: TemplateResult;
}

export interface FarTurnsHost {
  root(): ParentNode;
  /** What is read: see ScrollKeeper. */
  read(): HTMLElement | null;
  words(): Strings;
  redraw(): void;
}

/** Which turns of a thread are in the document. What that takes is fetched with the first long one. */
export class NearTurns {
  #far: FarTurns | null = null;
  readonly #part = new Lazy(async () => {
    const { FarTurns } = await import('../../parts/far-turns');
    this.#far = new FarTurns(this.host);
    return this.#far;
  });

  constructor(private readonly host: FarTurnsHost) {}

  readonly of = (turns: Turn[]): Array<Turn | Gap> => {
    const { redraw } = this.host;
    return (turns.length > MANY && this.#part.get(redraw)?.choose(turns)) || turns;
  };

  /** Call when the reader may be elsewhere. */
  follow(): void {
    this.#far?.follow();
  }
}
