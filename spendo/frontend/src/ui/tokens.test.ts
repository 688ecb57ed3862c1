// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { type ColorToken, tokens } from './tokens';

const TEXT: [ColorToken, ColorToken][] = [
  ['ink', 'paper'],
  ['ink', 'surface'],
  ['ink', 'hover'],
  ['ink', 'accentSoft'],
  ['ink', 'dangerSoft'],
  ['muted', 'paper'],
  ['muted', 'surface'],
  ['muted', 'hover'],
  ['accent', 'paper'],
  ['accent', 'surface'],
  ['onAccent', 'accent'],
  ['onAccent', 'accentStrong'],
  ['danger', 'surface'],
];
const CONTROLS: [ColorToken, ColorToken][] = [
  ['control', 'surface'],
  ['control', 'paper'],
  ['danger', 'dangerSoft'],
];

describe.each(['light', 'dark'] as const)('the %s colours', (scheme) => {
  const ratio = ([front, back]: [ColorToken, ColorToken]) =>
    contrast(tokens[scheme][front], tokens[scheme][back]);

  it.each(TEXT)('let %s be read on %s (4.5 : 1)', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(CONTROLS)('let the edge of a control, %s, be seen on %s (3 : 1)', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(3);
  });
});

/** WCAG 2 contrast of two #RRGGBB colours. */
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [
    number,
    number,
  ];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
