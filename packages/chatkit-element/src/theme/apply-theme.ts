import type { ChatKitOptions, FontObject, ThemeOption } from '@openai/chatkit';
import { themeOf } from '../options/options';
import { readableOn } from './contrast';

/** Sets the chosen theme on the chat's root through the object model: no inline style attribute. */
export function applyTheme(root: HTMLElement, options: ChatKitOptions | null): void {
  const theme = themeOf(options);
  root.dataset.scheme = theme.colorScheme;
  root.dataset.radius = theme.radius;
  root.dataset.density = theme.density;
  for (const [name, value] of Object.entries(customProperties(theme))) {
    if (value) root.style.setProperty(name, value);
    else root.style.removeProperty(name);
  }
}

/** How much of the accent is in what is chosen, in percent: words in the accent stay readable on it. */
const SOFT = [8, 14, 18, 22];

function customProperties(theme: ThemeOption): Record<string, string | undefined> {
  const { typography, color } = theme;
  const { primary: accent, level = 1 } = color?.accent ?? {};
  const surface = color?.surface;
  const grays = color?.grayscale && grayscale(color.grayscale, theme.colorScheme === 'dark');
  return {
    '--base': typography?.baseSize && `${typography.baseSize}px`,
    '--font': typography?.fontFamily,
    '--mono': typography?.fontFamilyMono,
    '--accent': accent,
    '--on-accent': accent && readableOn(accent),
    '--accent-soft': accent && `color-mix(in srgb, ${accent} ${SOFT[level]}%, var(--surface))`,
    '--surface': surface?.background ?? grays?.surface,
    '--ink': surface?.foreground ?? grays?.ink,
    '--paper': surface
      ? `color-mix(in srgb, ${surface.foreground} 4%, ${surface.background})`
      : grays?.paper,
    '--line': surface
      ? `color-mix(in srgb, ${surface.foreground} 14%, ${surface.background})`
      : grays?.line,
    '--muted': surface
      ? `color-mix(in srgb, ${surface.foreground} 68%, ${surface.background})`
      : grays?.muted,
  };
}

type Grayscale = NonNullable<NonNullable<ThemeOption['color']>['grayscale']>;

/** Grey levels of one hue: `tint` colours them, `shade` makes all of them lighter or darker. */
function grayscale({ hue, tint, shade = 0 }: Grayscale, dark: boolean) {
  const gray = (lightness: number) => `hsl(${hue} ${tint * 2.5}% ${lightness}%)`;
  if (dark) {
    const base = 10 + shade * 1.5;
    return {
      paper: gray(base - 3),
      surface: gray(base),
      line: gray(base + 9),
      muted: gray(66),
      ink: gray(93),
    };
  }
  const base = Math.min(100, 99 + shade);
  return {
    paper: gray(base - 2.5),
    surface: gray(base),
    line: gray(base - 10),
    muted: gray(36),
    ink: gray(12),
  };
}

const loaded = new Set<string>();

/** Fonts the page names are the only thing ever loaded from elsewhere. */
export function loadFonts(fonts: readonly FontObject[] | undefined): void {
  if (typeof FontFace === 'undefined') return;
  for (const font of fonts ?? []) {
    const key = JSON.stringify(font);
    if (loaded.has(key)) continue;
    loaded.add(key);
    const face = new FontFace(font.family, `url(${JSON.stringify(font.src)})`, {
      weight: font.weight === undefined ? undefined : String(font.weight),
      style: font.style,
      display: font.display ?? 'swap',
      unicodeRange: font.unicodeRange,
    });
    document.fonts.add(face);
  }
}
