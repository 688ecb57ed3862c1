import { css } from 'lit';

/**
 * Every colour, size and radius of the chat, once. A page overrides them from outside with the
 * `--chatkit-…` properties on the element; options override them per element.
 */
export const tokens = css`
  .chat {
    --paper: var(--chatkit-paper, #fafaf7);
    --surface: var(--chatkit-surface, #ffffff);
    --ink: var(--chatkit-ink, #17211c);
    --muted: var(--chatkit-muted, #5b6660);
    --line: var(--chatkit-line, #e3e6e1);
    --control-line: #858f89;
    --accent: var(--chatkit-accent, #0e6b4f);
    --on-accent: var(--chatkit-on-accent, #ffffff);
    --accent-soft: var(--chatkit-accent-soft, #e4f1eb);
    --danger: var(--chatkit-danger, #b3261e);
    --warning: var(--chatkit-warning, #8a5a00);
    --info: var(--chatkit-info, #1f5fa8);
    --hover: color-mix(in srgb, var(--ink) 6%, transparent);
    --pressed: color-mix(in srgb, var(--ink) 10%, transparent);
    --shadow-low: 0 1px 2px rgb(23 33 28 / 6%), 0 2px 8px rgb(23 33 28 / 5%);
    --shadow-high: 0 8px 32px rgb(23 33 28 / 16%);
    color-scheme: light;

    --base: var(--chatkit-base-size, 16px);
    --text-xs: calc(var(--base) * 0.75);
    --text-sm: calc(var(--base) * 0.875);
    --text-lg: calc(var(--base) * 1.25);
    --text-xl: calc(var(--base) * 1.75);
    --font: var(
      --chatkit-font,
      'Inter Variable',
      Inter,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      sans-serif
    );
    --mono: var(--chatkit-font-mono, ui-monospace, 'SF Mono', Menlo, Consolas, monospace);

    --space: var(--chatkit-space, 16px);
    --turn-gap: calc(var(--space) * 1.5);
    --control: 36px;
    --ease: 160ms ease-out;
    /* The sign of the direction text runs in, for what moves along it. */
    --forward: 1;
    /* For a line that keeps its own order and yet begins where lines of the chat begin. */
    --line-start: left;
  }
  .chat[dir='rtl'] {
    --forward: -1;
    --line-start: right;
  }

  .chat[data-scheme='dark'] {
    --paper: var(--chatkit-paper, #101512);
    --surface: var(--chatkit-surface, #171e1a);
    --ink: var(--chatkit-ink, #e9efea);
    --muted: var(--chatkit-muted, #9aa69f);
    --line: var(--chatkit-line, #29322d);
    --control-line: #6b7770;
    --accent: var(--chatkit-accent, #4cc38a);
    --on-accent: var(--chatkit-on-accent, #0c1a13);
    --accent-soft: var(--chatkit-accent-soft, #15372b);
    --danger: var(--chatkit-danger, #f2857c);
    --warning: var(--chatkit-warning, #e0b04a);
    --info: var(--chatkit-info, #7fb2f0);
    --shadow-low: 0 1px 2px rgb(0 0 0 / 30%);
    --shadow-high: 0 8px 32px rgb(0 0 0 / 50%);
    color-scheme: dark;
  }

  .chat[data-radius='pill'] {
    --r-control: 999px;
    --r-input: 26px;
    --r-bubble: 20px;
    --r-card: 12px;
  }
  .chat[data-radius='round'] {
    --r-control: 10px;
    --r-input: 16px;
    --r-bubble: 16px;
    --r-card: 10px;
  }
  .chat[data-radius='soft'] {
    --r-control: 6px;
    --r-input: 10px;
    --r-bubble: 10px;
    --r-card: 6px;
  }
  .chat[data-radius='sharp'] {
    --r-control: 0;
    --r-input: 0;
    --r-bubble: 0;
    --r-card: 0;
  }

  .chat[data-density='compact'] {
    --space: var(--chatkit-space, 12px);
    --control: 32px;
  }
  .chat[data-density='spacious'] {
    --space: var(--chatkit-space, 20px);
    --control: 40px;
  }

  @media (pointer: coarse) {
    .chat {
      --control: 44px !important;
    }
  }
`;
