import { css } from 'lit';

/** The conversation: turns, bubbles, notices, progress. */
export const messageStyles = css`
  .list-frame {
    position: relative;
    /* Enough to read in, should the page have given no height; in a low one the composer goes first. */
    flex: 1 1 120px;
    min-height: 0;
  }
  .list {
    height: 100%;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    container: list / size;
    /* As low as the way to the end reaches into it: what has the focus is not under it. */
    scroll-padding-block-end: calc(var(--away) + 8px);
    --away: calc(var(--control) - 8px);
    --fade: linear-gradient(to top, transparent var(--away), #000 calc(var(--away) + 16px));
    mask: var(--fade) 0 0 / 100% calc(100% + var(--away)) no-repeat;
    transition: mask-position var(--ease);
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }
  .list:focus-visible {
    outline-offset: -2px;
  }
  .column {
    position: relative;
    /* The distance above its first child counts when what is read is held in place. */
    display: flow-root;
    max-width: 768px;
    margin-inline: auto;
    padding-inline: var(--space);
  }
  .turn {
    position: relative;
    display: flow-root;
    padding-block: var(--turn-gap) 4px;
    contain-intrinsic-size: auto 200px;
  }
  /* Of a long thread only what is near is laid out; what is at hand may reach over its edges. */
  .turn[data-settled]:not(:last-child, :hover, :focus-within) {
    content-visibility: auto;
    overflow-clip-margin: 32px;
  }
  .turn:last-child {
    padding-block-end: var(--turn-gap);
  }
  .turn.latest {
    min-height: 100cqh;
  }
  .older {
    display: block;
    margin: 12px auto 0;
  }

  .user {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
    gap: 4px;
    margin-block-end: var(--space);
  }
  .said {
    display: flex;
    flex-direction: row-reverse;
    align-items: flex-end;
    width: 100%;
  }
  .bubble {
    max-width: min(85%, 60ch);
    padding: 10px 16px;
    border-radius: var(--r-bubble);
    background: var(--accent-soft);
    unicode-bidi: plaintext;
    white-space: pre-wrap;
  }
  .attached {
    max-width: 85%;
    padding-inline-start: 10px;
    border-inline-start: 2px solid var(--line);
    color: var(--muted);
    font-size: var(--text-sm);
  }
  .quoted {
    display: -webkit-box;
    max-width: min(85%, 60ch);
    overflow: hidden;
    padding-inline-start: 10px;
    border-inline-start: 2px solid var(--accent);
    color: var(--muted);
    font-size: var(--text-sm);
    white-space: pre-line;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
  }
  .unsent {
    color: var(--danger);
    font-size: var(--text-xs);
  }

  .assistant {
    max-width: 68ch;
    padding-inline: 4px;
  }
  :is(.assistant, .generated, .item-actions) +
    :is(.assistant, .generated, .workflow, .step, .reconnecting),
  .generated + :is(.progress, .thinking),
  .step + .step {
    margin-block-start: 12px;
  }
  .step + .assistant {
    margin-block-start: var(--space);
  }
  .item-actions {
    display: flex;
    flex-wrap: wrap;
    /* Nothing may move when they come under a finished answer. */
    min-height: var(--control);
    margin-block-start: 4px;
    margin-inline-start: -8px;
  }
  .item-actions .icon {
    width: 18px;
    height: 18px;
  }
  .copy .icon:last-child,
  .copy[data-done] .icon:first-child {
    display: none;
  }
  .copy[data-done] .icon:last-child {
    display: block;
    color: var(--accent);
  }

  .widget {
    display: grid;
    gap: 6px;
    width: fit-content;
    max-width: min(100%, 68ch);
    padding: 12px 16px;
    border: 1px solid var(--line);
    border-radius: var(--r-card);
  }
  .muted {
    display: flex;
    gap: 6px;
    align-items: center;
    color: var(--muted);
    font-size: var(--text-sm);
  }
  .muted .icon {
    width: 16px;
    height: 16px;
  }
  /* The box of a picture, also before it can be drawn. */
  .generated {
    width: min(100% - 8px, 400px);
    aspect-ratio: 1;
    margin-inline: 4px;
    border: 1px solid var(--line);
    border-radius: var(--r-card);
    background: var(--paper);
  }

  .day {
    display: flex;
    justify-content: center;
    margin-block-end: var(--space);
    color: var(--muted);
    font-size: var(--text-xs);
    font-weight: 500;
  }
  .stamp {
    align-self: center;
    padding-inline: 8px;
    color: var(--muted);
    font-size: var(--text-xs);
    white-space: nowrap;
    opacity: 0;
    transition: opacity var(--ease);
  }
  .turn:is(:hover, :focus-within) .stamp {
    opacity: 1;
  }
  /* Of earlier turns only the one at hand shows what can be done with it. */
  @media (hover: hover) {
    .turn:not(:last-child, :hover, :focus-within) > .item-actions {
      opacity: 0;
    }
  }

  .progress,
  .thinking {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 24px;
    padding-inline: 4px;
    color: var(--muted);
  }
  .reconnecting {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 24px;
    padding-inline: 4px;
    color: var(--muted);
    font-size: var(--text-sm);
    animation: appear 160ms ease-out;
  }
  .reconnecting .icon {
    width: 16px;
    height: 16px;
    animation: turn 1.6s linear infinite;
  }
  .progress .icon {
    width: 18px;
    height: 18px;
  }
  .shimmer {
    background: linear-gradient(100deg, var(--muted) 40%, var(--line) 50%, var(--muted) 60%) 0 0 /
      200% 100%;
    background-clip: text;
    color: transparent;
    animation: sweep 1.6s linear infinite;
  }
  .thinking {
    gap: 5px;
    opacity: 0;
    animation: appear 160ms ease-out 200ms forwards;
  }
  .thinking i {
    width: 6px;
    height: 6px;
    border-radius: 50%;
    background: var(--muted);
    animation: pulse 1.2s ease-in-out infinite;
  }
  .thinking i:nth-of-type(2) {
    animation-delay: 150ms;
  }
  .thinking i:nth-of-type(3) {
    animation-delay: 300ms;
  }
  @media (prefers-reduced-motion: reduce) {
    .shimmer {
      background: none;
      color: inherit;
    }
  }
  @media (forced-colors: active) {
    .shimmer {
      background: none;
      color: CanvasText;
    }
  }

  .notice {
    --tone: var(--info);
    display: flex;
    align-items: flex-start;
    gap: 10px;
    margin-block-start: 12px;
    padding: 12px;
    border: 1px solid color-mix(in srgb, var(--tone) 35%, var(--surface));
    border-radius: var(--r-card);
    background: color-mix(in srgb, var(--tone) 6%, var(--surface));
    font-size: var(--text-sm);
  }
  .notice[data-level='warning'] {
    --tone: var(--warning);
  }
  .notice[data-level='danger'] {
    --tone: var(--danger);
  }
  .notice > .icon {
    margin-block-start: 1px;
    color: var(--tone);
  }
  .notice-text {
    flex: 1;
    min-width: 0;
  }
  .notice > .icon-button {
    margin-block: -8px;
    margin-inline-end: -8px;
  }
  .remedies {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 8px;
  }
  .chat > .notice {
    margin: 16px;
  }

  .jump {
    position: absolute;
    inset-block-end: -4px;
    inset-inline: 0;
    margin-inline: auto;
    border: 1px solid var(--line);
    border-radius: 999px;
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--shadow-low);
    visibility: hidden;
    opacity: 0;
    transition:
      opacity var(--ease),
      visibility var(--ease);
  }
  /* It covers no words: lines fade above it, or it stands beside them where there is room. */
  @media (min-height: 360px) {
    @container chat (max-width: 879.9px) {
      .list-frame[data-away] .list {
        mask-position: 0 calc(-1 * var(--away));
      }
    }
  }
  @container chat (min-width: 880px) {
    .jump {
      inset-block-end: 8px;
      inset-inline: auto calc(50% - 392px - var(--control));
      margin: 0;
    }
  }
  /* Enlarged four times there is no line to spare. */
  @media (max-height: 359.9px) {
    .jump {
      inset-inline: auto 4px;
    }
  }
  /* More is being said down there. */
  .list[aria-busy='true'] ~ .jump {
    border-color: var(--accent);
    color: var(--accent);
  }
  .jump:hover {
    background: var(--paper);
  }
  .list-frame[data-away] .jump {
    visibility: visible;
    opacity: 1;
  }
`;
