/** Letters of formulas, each with its look: browsers write a single `x` with the one of U+1D465. */
const MATHEMATICAL = /[\u{1D400}-\u{1D7FF}]/gu;
const BOLD = /[\u{1D400}-\u{1D433}\u{1D6A8}-\u{1D6E1}\u{1D7CE}-\u{1D7D7}]/u;
const FONTS = "16px 'Cambria Math', 'STIX Two Math', 'Noto Sans Math', math";

let found = false;

/** Whether this machine, or the page, has a font with such letters. A bare Linux has none. */
function hasLetters(): boolean {
  if (found || typeof OffscreenCanvas === 'undefined') return true;
  const pen = new OffscreenCanvas(1, 1).getContext('2d');
  if (!pen) return true;
  pen.font = FONTS;
  // Whatever is missing is the same box, as wide for an i as for an m.
  found = pen.measureText('\u{1D456}').width !== pen.measureText('\u{1D45A}').width;
  return found;
}

/** Where there is no such font: ordinary letters, slanted or bold as they were meant. */
export function withLettersAtHand(math: Element): void {
  if (hasLetters()) return;
  for (const leaf of math.querySelectorAll('mi, mn, mo, ms, mtext')) {
    const text = leaf.textContent ?? '';
    const plain = text.replace(MATHEMATICAL, (letter) => letter.normalize('NFKC'));
    if (plain !== text) leaf.textContent = plain;
    if (BOLD.test(text)) leaf.classList.add('heavy');
    if (leaf.localName !== 'mi' || !/^\p{L}$/u.test(plain)) continue;
    leaf.classList.add('letter');
    const isSlanted = plain === text && leaf.getAttribute('mathvariant') !== 'normal';
    if (isSlanted) leaf.classList.add('slanted');
  }
}
