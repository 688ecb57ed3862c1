import { html, nothing, type TemplateResult } from 'lit';
import temml from 'temml';
import { withLettersAtHand } from './letters';

/** Sizes in em and pt beyond which a formula would leave its place. */
const LARGEST: [number, number] = [20, 200];
const MOST_MACROS = 200;

/**
 * A formula as MathML; one that cannot be read as it was written. Commands that lead elsewhere or
 * name classes are off, and what is not plain MathML is left out whatever made it.
 */
export function drawFormula(tex: string, display: boolean, raw: string): TemplateResult {
  const math = toMathML(tex, display);
  if (!math) return html`<code class="formula-source">${raw}</code>`;
  return html`<span class=${display ? 'formula display' : 'formula'} part="formula" tabindex=${display ? 0 : nothing}>${math}</span>`;
}

function toMathML(tex: string, displayMode: boolean): Element | null {
  const place = document.createElement('span');
  try {
    temml.render(tex, place, {
      displayMode,
      throwOnError: true,
      trust: false,
      maxExpand: MOST_MACROS,
      maxSize: LARGEST,
      macros: {},
    });
  } catch {
    // Not only its own ParseError: whatever a hostile formula breaks, its source is shown.
    return null;
  }
  clean(place);
  withLettersAtHand(place);
  return place.firstElementChild;
}

const ELEMENTS = new Set(
  (
    'math semantics mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom ' +
    'msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd menclose'
  ).split(' '),
);
const ATTRIBUTES = new Set(
  (
    'accent accentunder class columnalign columnlines columnspacing columnspan depth dir display ' +
    'displaystyle fence form height linethickness lspace mathvariant maxsize minsize movablelimits ' +
    'notation rowalign rowlines rowspacing rowspan rspace scriptlevel separator stretchy symmetric ' +
    'voffset width xmlns style'
  ).split(' '),
);

function clean(element: Element): void {
  for (const child of [...element.children]) {
    if (!ELEMENTS.has(child.localName)) {
      child.replaceWith(child.textContent ?? '');
      continue;
    }
    for (const { name } of [...child.attributes]) {
      if (!ATTRIBUTES.has(name)) child.removeAttribute(name);
    }
    clean(child);
  }
}
