import { render } from 'lit';
import { afterEach, expect, it, vi } from 'vitest';
import { drawFormula } from './draw';

function draw(tex: string, display = false): HTMLElement {
  const root = document.createElement('div');
  render(drawFormula(tex, display, `\\(${tex}\\)`), root);
  return root;
}

it('[row 81] a formula is MathML', () => {
  const math = draw('\\frac{a}{b} \\le \\sqrt{x_1}').querySelector('math');
  expect(math?.namespaceURI).toBe('http://www.w3.org/1998/Math/MathML');
  expect(math?.querySelector('mfrac')?.children).toHaveLength(2);
  expect(math?.querySelector('msqrt msub')?.textContent).toBe('x1');
});

it.each([
  '\\frac{1}{',
  '\\nonsense',
  'x^{y^{z',
  '\\begin{matrix} a',
  '}',
  '\\def\\a{\\a\\a}\\a',
  `${'{'.repeat(2000)}`,
  `${'\\sqrt'.repeat(3000)}`,
])('[row 81] what cannot be read is shown as it was written: %s', (tex) => {
  const root = draw(tex);
  expect(root.querySelector('math')).toBeNull();
  expect(root.querySelector('code')?.textContent).toBe(`\\(${tex}\\)`);
});

it.each([
  '\\href{javascript:alert(1)}{x}',
  '\\href{https://example.com}{x}',
  '\\url{javascript:alert(1)}',
  '\\includegraphics{https://example.com/x.png}',
  '\\class{tools}{x}',
  '\\id{x}{x}',
  '\\style{position:fixed}{x}',
  '\\data{x=1}{x}',
  '\\text{<img src=x onerror=alert(1)>}',
  '\\color{red;position:fixed}{x}',
  '\\text{\\(<script>alert(1)</script>\\)}',
  '\\ref{x} \\label{y} x \\tag{<b>}',
  '\\html{<b>}',
])('[row 81] a formula leads nowhere and names nothing: %s', (tex) => {
  const root = draw(tex);
  expect(root.querySelector('a, img, script, b, [href], [src], [id], [onerror]')).toBeNull();
  expect(root.querySelector('[style*=position], .tools')).toBeNull();
});

it('[row 81] sizes stay within the place of a formula', () => {
  for (const tex of [
    '\\rule{9999em}{9999em}',
    '\\kern9999em x',
    '\\raisebox{9999em}{x}',
    '\\hspace{-9999em}x',
  ]) {
    const attributes = [...draw(tex).querySelectorAll('math, math *')].flatMap((element) => [
      ...element.attributes,
    ]);
    expect(attributes.map(({ value }) => value).join(' ')).not.toMatch(/\d{3,}(?:\.\d+)?em/);
  }
});

it('[row 81] a macro of one formula is unknown to the next', () => {
  expect(draw('\\gdef\\mine{x}\\mine').querySelector('math')).not.toBeNull();
  expect(draw('\\mine').querySelector('math')).toBeNull();
});

afterEach(() => vi.unstubAllGlobals());

it('[row 81] without a font for formulas there are letters, not boxes', () => {
  const width = vi.fn(() => ({ width: 10 }));
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => ({ measureText: width });
    },
  );
  const letters = (tex: string) =>
    [...draw(tex).querySelectorAll('mi, mn')].map(
      ({ textContent, className }) => `${textContent} ${className}`,
    );
  expect(letters('x + \\mathbf{v} + \\mathrm{d} + \\pi + \\sin 2')).toEqual([
    'x letter slanted',
    'v heavy letter',
    'd letter',
    'π letter slanted',
    'sin ',
    '2 ',
  ]);
  // A font may come with the page, later.
  width.mockImplementation(() => ({ width: width.mock.calls.length }));
  expect(letters('x')).toEqual(['x ']);
});
