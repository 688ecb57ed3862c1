import { type ChatState, pendingQuestions } from '../../thread/state';

const NEAR_END = 48;
const NEAR_START = 240;

interface Before {
  height: number;
  top: number;
  atEnd: boolean;
  /** What is read: the first thing of the conversation that is in sight. */
  read: HTMLElement | null;
  /** How far below the upper edge of the view that begins. */
  readAt: number;
}

/**
 * Keeps what the reader looks at in place: a new question moves to the top of the view, a loaded
 * thread opens at its end, whatever comes, goes or grows above what is read moves nothing, and the view
 * follows the answer only when asked to, when a message waits under it, or when the reader has just
 * filled in a form for it, and only while the reader is at the end.
 */
export class ScrollKeeper {
  #list: HTMLElement | null = null;
  #shown: ChatState | null = null;
  #before: Before | null = null;
  #observer: ResizeObserver | null = null;
  #top = 0;
  /** The reader was at the end when last looked at: what grows meanwhile does not change that. */
  #stays = false;
  /** The view goes along with what is said, as long as the reader is at the end. */
  #follows = false;
  /** The last thing that was done here is to fill in a form: what is said to that comes under it,
   * and its last words may be drawn after its end. */
  #answersForm = false;

  constructor(
    private readonly onNearStart: () => void,
    private readonly onMoved?: () => void,
  ) {}

  /** The first thing of the conversation in sight when last looked at. */
  get read(): HTMLElement | null {
    return this.#before?.read ?? null;
  }

  /** Call before the list is drawn anew. */
  measure(): void {
    const list = this.#list;
    if (!list) {
      this.#before = null;
      return;
    }
    const read = firstInSight(list);
    this.#before = {
      height: list.scrollHeight,
      top: list.scrollTop,
      atEnd: isAtEnd(list) || this.#isStill(list),
      read,
      readAt: read ? topOf(read) - list.scrollTop : 0,
    };
  }

  /** Call after it was drawn. */
  settle(list: HTMLElement | null, state: ChatState, follow: boolean): void {
    if (list !== this.#list) this.#watch(list);
    const shown = this.#shown;
    this.#shown = state;
    const answered = shown !== null && hasFilledIn(shown, state);
    const isElsewhere =
      state.sentKey !== shown?.sentKey || (shown !== null && hasOpened(shown, state));
    this.#answersForm = answered || (this.#answersForm && !isElsewhere);
    this.#follows = follow || hasWaiting(state) || this.#answersForm;
    if (!list) return;
    if (!shown || answered || hasOpened(shown, state)) this.jumpToEnd();
    else if (state.sentKey && state.sentKey !== shown.sentKey) this.#showQuestion(state.sentKey);
    else if (hasGrownAbove(shown, state)) this.#keepInSight() || this.#holdStill();
    else if (this.#before?.atEnd && (this.#follows || hasMoreToSay(shown, state))) this.jumpToEnd();
    else if (this.#before?.atEnd && shown === state && list.scrollHeight > this.#before.height)
      // Something that was fetched is drawn now; nothing was said.
      this.jumpToEnd();
    else this.#keepInSight();
    this.#update();
    settleTurns(list);
  }

  jumpToEnd(): void {
    const list = this.#list;
    if (list) list.scrollTop = list.scrollHeight;
  }

  /** What the button does: the reader sees where the way leads, and goes on reading there. */
  readonly travelToEnd = (): void => {
    const list = this.#list;
    if (!list) return;
    const far = list.scrollHeight - list.scrollTop > 4 * list.clientHeight;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    list.scrollTo({ top: list.scrollHeight, behavior: far || calm ? 'instant' : 'smooth' });
    list.focus({ preventScroll: true });
  };

  /** Puts the list back where it was before it left the document. */
  restore(): void {
    const list = this.#list;
    if (!list) return;
    // The browser has forgotten how high what is far away was.
    if (!this.#keepInSight()) list.scrollTop = this.#top;
    this.#observe(list);
  }

  release(): void {
    this.#observer?.disconnect();
    this.#observer = null; // it knows its list, with all that was said in there
  }

  #showQuestion(key: string): void {
    const turns = this.#list?.querySelectorAll<HTMLElement>('.turn') ?? [];
    const turn = [...turns].find((candidate) => candidate.dataset.key === key);
    if (this.#list && turn) this.#list.scrollTop = turn.offsetTop;
  }

  #holdStill(): void {
    const list = this.#list;
    const before = this.#before;
    if (list && before) list.scrollTop = before.top + list.scrollHeight - before.height;
  }

  /** False when what was read is no longer there, or was not drawn yet. */
  #keepInSight(): boolean {
    const list = this.#list;
    const { read, readAt = 0 } = this.#before ?? {};
    if (!list || !read?.isConnected || read.closest('.gap')) return false;
    const moved = topOf(read) - list.scrollTop - readAt;
    if (Math.abs(moved) >= 1) list.scrollTop += moved;
    return true;
  }

  #isStill(list: HTMLElement): boolean {
    return this.#stays && list.scrollTop === this.#top;
  }

  #watch(list: HTMLElement | null): void {
    this.#list?.removeEventListener('scroll', this.#update);
    this.release();
    this.#list = list;
    this.#before = null;
    if (!list) return;
    list.addEventListener('scroll', this.#update, { passive: true });
    this.#observe(list);
  }

  #observe(list: HTMLElement): void {
    this.release();
    if (typeof ResizeObserver === 'undefined') return;
    let height = list.clientHeight;
    this.#observer = new ResizeObserver(() => {
      // A keyboard that opens or a composer that grows takes room from the end of the list.
      const wasAtEnd = list.scrollHeight - height - list.scrollTop <= NEAR_END;
      if (height !== list.clientHeight && wasAtEnd) this.jumpToEnd();
      // Words may be drawn at a time of their own.
      else if (this.#follows && this.#isStill(list)) this.jumpToEnd();
      // What is above may turn out to be higher or lower than it was taken for. Who has scrolled
      // since is somewhere else, and no longer there.
      else if (list.scrollTop === this.#top) this.#keepInSight();
      height = list.clientHeight;
      this.#look();
    });
    this.#observer.observe(list);
    const column = list.querySelector('.column');
    if (column) this.#observer.observe(column);
  }

  #update = (): void => {
    this.#look();
    if (this.#list?.isConnected) this.onMoved?.();
  };

  #look(): void {
    const list = this.#list;
    if (!list?.isConnected) return;
    this.#top = list.scrollTop;
    this.#stays = isAtEnd(list);
    this.measure();
    list.parentElement?.toggleAttribute('data-away', !isAtEnd(list));
    if (list.scrollTop < NEAR_START && list.scrollHeight > 0) this.onNearStart();
  }
}

/**
 * Turns that were drawn once need not be laid out while they are far away: the browser remembers how
 * high they were. Before that nobody knows, and what is read would be moved when they come near.
 */
function settleTurns(list: HTMLElement): void {
  if (typeof requestAnimationFrame === 'undefined') return;
  const { children } = list.querySelector('.column') ?? list;
  const fresh = [...children].filter((child) => child.matches('.turn:not([data-settled])'));
  if (fresh.length === 0) return;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      for (const turn of fresh) turn.toggleAttribute('data-settled', true);
    }),
  );
}

/** The first child of a turn that is not above the view. Nothing in a turn is before what is above it. */
function firstInSight(list: HTMLElement): HTMLElement | null {
  const below = firstBelow(list.querySelector('.column')?.children, list.scrollTop);
  // The way to earlier messages stands above the first turn.
  const turn = below?.matches('.older') ? (below.nextElementSibling as HTMLElement | null) : below;
  return turn && (firstBelow(turn.children, list.scrollTop - turn.offsetTop) ?? turn);
}

/** Of a turn or of something in it, within the column. */
function topOf({ offsetTop, parentElement }: HTMLElement): number {
  return parentElement?.matches('.turn') ? parentElement.offsetTop + offsetTop : offsetTop;
}

/** Found by halves: a thread may have ten thousand turns, and this is asked before each drawing. */
function firstBelow(elements: HTMLCollection | undefined, top: number): HTMLElement | null {
  let [from, to] = [0, elements?.length ?? 0];
  while (from < to) {
    const middle = (from + to) >> 1;
    const element = elements?.[middle] as HTMLElement;
    if (element.offsetTop + element.offsetHeight > top) to = middle;
    else from = middle + 1;
  }
  return (elements?.[from] as HTMLElement | undefined) ?? null;
}

function isAtEnd(list: HTMLElement): boolean {
  return list.scrollHeight - list.clientHeight - list.scrollTop <= NEAR_END;
}

/** The view shows another thread than before. */
function hasOpened(shown: ChatState, state: ChatState): boolean {
  return shown.phase === 'loading' && state.phase !== 'loading' && state.sentKey === null;
}

/** The answer that grows above a message in its way must not push it out of sight. */
function hasWaiting({ failure }: ChatState): boolean {
  return failure?.remedy === 'resend';
}

/** A notice or failure under the answer must not appear out of sight of who reads its end. */
function hasMoreToSay(shown: ChatState, state: ChatState): boolean {
  return (
    (state.failure !== null && shown.failure === null) ||
    (shown.connected && !state.connected) ||
    state.notices.length > shown.notices.length
  );
}

/** In another tab nothing is under way then. */
function hasFilledIn(shown: ChatState, state: ChatState): boolean {
  return state.phase !== 'idle' && pendingQuestions(shown) !== null && !pendingQuestions(state);
}

function hasGrownAbove(shown: ChatState, state: ChatState): boolean {
  const first = shown.entries[0];
  return first !== undefined && state.entries.findIndex((entry) => entry.key === first.key) > 0;
}
