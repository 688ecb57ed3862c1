import { common, createLowlight } from 'lowlight';

export { highlightStyles as css } from '../theme/highlight-styles';

const lowlight = createLowlight(common);

/** Longer code is shown without colours: to find them would hold up the page. */
const LONGEST = 40_000;

/** What a grammar finds, as the few kinds that have a colour. */
const KINDS: Record<string, string> = {
  keyword: 'keyword',
  literal: 'number',
  number: 'number',
  symbol: 'number',
  bullet: 'number',
  string: 'string',
  regexp: 'string',
  quote: 'string',
  link: 'string',
  comment: 'comment',
  doctag: 'comment',
  meta: 'comment',
  title: 'name',
  section: 'name',
  built_in: 'name',
  name: 'name',
  'selector-tag': 'name',
  'selector-id': 'name',
  'selector-class': 'name',
  'selector-pseudo': 'name',
  type: 'type',
  attr: 'type',
  attribute: 'type',
  property: 'type',
  variable: 'type',
  'template-variable': 'type',
  addition: 'addition',
  deletion: 'deletion',
  subst: '',
};

interface Run {
  text: string;
  kind: string;
}

interface Painted {
  code: string;
  runs: Run[];
  /** So many characters at the beginning have their colours. */
  colored: number;
}

interface Job {
  code: string;
  language: string;
}

const painted = new WeakMap<Element, Painted>();
const waiting = new Map<Element, Job>();

/**
 * Writes `code` into a `<code>` element. An `open` one gets its colours line by line as it grows;
 * a finished one as soon as the page has nothing better to do.
 */
export function paint(element: Element, code: string, language: string, open: boolean): void {
  waiting.delete(element);
  if (!lowlight.registered(language.toLowerCase()) || code.length > LONGEST) {
    write(element, rest(code, 0), code, 0);
  } else if (open) {
    paintLines(element, code, language);
  } else if (painted.get(element)?.colored) {
    write(element, runsOf(code, language), code, code.length);
  } else {
    write(element, rest(code, 0), code, 0);
    waiting.set(element, { code, language });
    if (waiting.size === 1) whenIdle(paintWaiting);
  }
}

/** All lines are read each time, so it is done at a growth of a tenth: the work stays in proportion. */
function paintLines(element: Element, code: string, language: string): void {
  const before = painted.get(element);
  const goesOn = before && code.startsWith(before.code.slice(0, before.colored));
  const { runs, colored } = goesOn ? before : { runs: [], colored: 0 };
  const lines = code.lastIndexOf('\n') + 1;
  if (lines > Math.max(colored * 1.1, colored + 40)) {
    const found = runsOf(code.slice(0, lines), language);
    write(element, [...found, ...rest(code, lines)], code, lines);
    return;
  }
  const kept = runs.slice(0, countRuns(runs, colored));
  write(element, [...kept, ...rest(code, colored)], code, colored);
}

function rest(code: string, from: number): Run[] {
  return from < code.length ? [{ text: code.slice(from), kind: '' }] : [];
}

function countRuns(runs: Run[], length: number): number {
  let left = length;
  let count = 0;
  for (; left > 0 && count < runs.length; count += 1) left -= runs[count]?.text.length ?? 0;
  return count;
}

function paintWaiting(deadline: { timeRemaining(): number }): void {
  for (const [element, { code, language }] of waiting) {
    waiting.delete(element);
    if (element.isConnected) write(element, runsOf(code, language), code, code.length);
    if (deadline.timeRemaining() < 1) break;
  }
  if (waiting.size > 0) whenIdle(paintWaiting);
}

function whenIdle(work: (deadline: { timeRemaining(): number }) => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: 500 });
  else setTimeout(() => work({ timeRemaining: () => 0 }), 1);
}

function runsOf(code: string, language: string): Run[] {
  const runs: Run[] = [];
  collect(lowlight.highlight(language.toLowerCase(), code, { prefix: '' }).children, '', runs);
  return runs;
}

type Nodes = ReturnType<typeof lowlight.highlight>['children'];

function collect(nodes: Nodes, kind: string, runs: Run[]): void {
  for (const node of nodes) {
    if (node.type === 'text') push(runs, node.value, kind);
    if (node.type !== 'element') continue;
    const name = String((node.properties.className as string[] | undefined)?.[0]);
    collect(node.children as Nodes, KINDS[name] ?? kind, runs);
  }
}

function push(runs: Run[], text: string, kind: string): void {
  const last = runs.at(-1);
  if (last?.kind === kind) last.text += text;
  else runs.push({ text, kind });
}

/** Nodes that stay the same are left alone, with what is selected in them. */
function write(element: Element, runs: Run[], code: string, colored: number): void {
  const before = painted.get(element)?.runs ?? [];
  painted.set(element, { code, runs, colored });
  let same = 0;
  while (same < runs.length && isSame(before[same], runs[same])) same += 1;
  const next = runs[same];
  const grown = element.childNodes[same];
  if (next && grown instanceof Text && next.kind === '' && next.text.startsWith(grown.data)) {
    grown.appendData(next.text.slice(grown.data.length));
    same += 1;
  }
  while (element.childNodes.length > same) element.lastChild?.remove();
  element.append(...runs.slice(same).map(nodeOf));
}

function isSame(one: Run | undefined, other: Run | undefined): boolean {
  return one !== undefined && one.text === other?.text && one.kind === other.kind;
}

function nodeOf({ text, kind }: Run): Node {
  if (!kind) return document.createTextNode(text);
  const span = document.createElement('span');
  span.className = kind;
  span.textContent = text;
  return span;
}
