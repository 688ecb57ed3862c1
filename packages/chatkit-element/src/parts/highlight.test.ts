import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { paint } from './highlight';

const CODE = "const name = 'x'; // why\nreturn 42;\n";

function element(): HTMLElement {
  const code = document.createElement('code');
  document.body.append(code);
  return code;
}

const colors = (code: Element) =>
  [...code.children].map((span) => [span.className, span.textContent]);

async function painted(code: string, language: string): Promise<Element> {
  const into = element();
  paint(into, code, language, false);
  expect(into.textContent).toBe(code);
  await vi.waitFor(() => expect(into.children.length).toBeGreaterThan(0));
  return into;
}

describe('[row 80] the colours of code', () => {
  it('are those of its language, and no letter changes', async () => {
    const code = await painted(CODE, 'js');
    expect(code.textContent).toBe(CODE);
    expect(colors(code)).toEqual([
      ['keyword', 'const'],
      ['string', "'x'"],
      ['comment', '// why'],
      ['keyword', 'return'],
      ['number', '42'],
    ]);
  });

  it.each([
    'python',
    'ts',
    'sql',
    'bash',
    'json',
    'html',
    'css',
    'diff',
    'java',
    'go',
    'rust',
    'yaml',
  ])('are known for %s', async (language) => {
    await painted('- "x": 1\nreturn select from class <p id="1"> # echo 1\n', language);
  });

  it('come line by line while the code grows; a line in colours is not painted again', () => {
    const code = element();
    const text = Array.from({ length: 30 }, (_, line) => `let value${line} = ${line};\n`).join('');
    let first: Node | null = null;
    for (let length = 1; length <= text.length; length += 1) {
      paint(code, text.slice(0, length), 'js', true);
      expect(code.textContent).toBe(text.slice(0, length));
      first ??= code.querySelector('.keyword');
    }
    expect(first?.isConnected).toBe(true);
    const colored = code.querySelectorAll('.keyword').length;
    expect(colored).toBeGreaterThan(20);
    paint(code, text, 'js', false);
    expect(code.querySelectorAll('.keyword')).toHaveLength(30);
    expect(code.querySelector('.keyword')).toBe(first);
  });

  it('are not those of another code that took its place', () => {
    const code = element();
    paint(
      code,
      "let a = 'a long first line of a program that is longer than forty';\nlet b",
      'js',
      true,
    );
    paint(code, 'nothing in common with it', 'js', true);
    expect(code.innerHTML).toBe('nothing in common with it');
  });

  it('are left out where they would take long, and for what nobody knows', async () => {
    const [long, unknown] = [element(), element()];
    paint(long, 'let a = 1;\n'.repeat(10_000), 'js', false);
    paint(unknown, 'let a = 1;', 'nonsense', false);
    await painted(CODE, 'js');
    expect(long.children).toHaveLength(0);
    expect(unknown.innerHTML).toBe('let a = 1;');
  });

  it('markup in code stays code', async () => {
    const text = '<img src=x onerror="alert(1)"><script>alert(1)</script>';
    const code = await painted(text, 'html');
    expect(code.textContent).toBe(text);
    expect(code.querySelector('img, script')).toBeNull();
  });
});

describe('[row 80] the colours can be read', () => {
  const folder = join(import.meta.dirname, '../theme');
  const papers = readFileSync(join(folder, 'tokens.ts'), 'utf8').matchAll(
    /--chatkit-paper, (#\w{6})/g,
  );
  const [light, dark] = [...papers].map(([, color]) => color ?? '');
  const [inLight = '', inDark = ''] = readFileSync(
    join(folder, 'highlight-styles.ts'),
    'utf8',
  ).split("data-scheme='dark'");

  it.each([
    ['light', light, inLight],
    ['dark', dark, inDark],
  ])('on the %s paper', (_, paper = '', sheet) => {
    const found = [...sheet.matchAll(/--chatkit-(code-\w+), (#\w{6})/g)];
    expect(found).toHaveLength(8);
    for (const [, name, color = ''] of found) {
      expect(contrast(color, paper), name).toBeGreaterThanOrEqual(4.5);
    }
  });
});

/** WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
