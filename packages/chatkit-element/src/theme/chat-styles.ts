import { css } from 'lit';

/** Frame, header, start screen, buttons, and what all parts share. */
export const chatStyles = css`
  :host {
    display: block;
    height: 100%;
    min-height: 0;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  p,
  ul,
  ol,
  h2,
  h3,
  h4,
  h5,
  h6,
  figure,
  blockquote,
  pre {
    margin: 0;
    padding: 0;
  }
  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }

  .chat {
    position: relative;
    height: 100%;
    overflow: hidden;
    container: chat / inline-size;
    background: var(--surface);
    color: var(--ink);
    font: 400 var(--base) / 1.5 var(--font);
    font-variant-numeric: tabular-nums;
    text-align: start;
    overflow-wrap: anywhere;
    -webkit-text-size-adjust: 100%;
  }
  .main {
    display: flex;
    flex-direction: column;
    height: 100%;
  }
  .spoken {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  /* A name in another script keeps its order and stands where names stand. */
  :is(.title, .greeting, .prompt span, .thread-title, legend, .option span) {
    unicode-bidi: plaintext;
    text-align: var(--line-start);
  }

  .icon {
    flex: none;
    width: 20px;
    height: 20px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon.filled {
    fill: currentcolor;
    stroke: none;
  }
  .icon.points {
    scale: var(--forward) 1;
  }

  .tag {
    display: inline-block;
    max-width: 100%;
    padding: 0 6px;
    overflow: hidden;
    border: 0;
    border-radius: min(6px, var(--r-bubble));
    background: color-mix(in srgb, var(--accent) 14%, transparent);
    color: inherit;
    font-weight: 500;
    line-height: inherit;
    text-overflow: ellipsis;
    vertical-align: bottom;
    white-space: nowrap;
  }
  button.tag:hover {
    background: color-mix(in srgb, var(--accent) 24%, transparent);
  }
  .tag .icon {
    width: 1em;
    height: 1em;
    margin-inline-end: 4px;
    color: var(--accent);
    vertical-align: -0.14em;
  }

  button {
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  button:disabled {
    cursor: default;
  }
  .icon-button {
    display: inline-grid;
    flex: none;
    place-items: center;
    width: var(--control);
    height: var(--control);
    padding: 0;
    border: 0;
    border-radius: var(--r-control);
    background: none;
    color: var(--muted);
    transition:
      background var(--ease),
      color var(--ease);
  }
  .icon-button:hover {
    background: var(--hover);
    color: var(--ink);
  }
  .icon-button:active {
    background: var(--pressed);
  }
  .text-button {
    min-height: 32px;
    padding: 4px 12px;
    border: 1px solid var(--line);
    border-radius: var(--r-control);
    background: var(--surface);
    font-size: var(--text-sm);
    font-weight: 500;
    transition: background var(--ease);
  }
  .text-button:hover:not(:disabled) {
    background: var(--paper);
  }
  .text-button.primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
  }
  .text-button.primary:hover {
    background: color-mix(in srgb, var(--accent) 88%, var(--ink));
  }
  .text-button.danger {
    border-color: var(--danger);
    color: var(--danger);
  }
  .text-button:disabled {
    color: var(--muted);
  }
  @media (pointer: coarse) {
    .text-button {
      min-height: 44px;
      padding-inline: 16px;
    }
  }

  .header {
    display: flex;
    flex: none;
    align-items: center;
    gap: 4px;
    min-height: calc(var(--control) + 20px);
    /* The title begins where what is written in the chat begins. */
    padding: 8px calc(var(--space) - 4px);
    border-block-end: 1px solid var(--line);
  }
  .title {
    flex: 1;
    min-width: 0;
    padding-inline: 8px;
    overflow: hidden;
    font-size: var(--base);
    font-weight: 600;
    line-height: 1.2;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .start {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: var(--turn-gap);
    width: 100%;
    max-width: 768px;
    min-height: 0;
    margin-inline: auto;
    padding: 24px var(--space) 8px;
    overflow-y: auto;
  }
  .greeting {
    margin-block: auto;
    padding-inline: 12px;
    font-size: var(--text-xl);
    font-weight: 600;
    letter-spacing: -0.015em;
    line-height: 1.2;
    text-wrap: balance;
  }
  .prompts {
    display: grid;
    gap: 2px;
    list-style: none;
  }
  .prompt {
    display: flex;
    align-items: center;
    gap: 12px;
    width: 100%;
    min-height: 44px;
    padding: 8px 12px;
    border: 0;
    border-radius: var(--r-card);
    background: none;
    text-align: start;
    transition: background var(--ease);
  }
  .prompt .icon {
    color: var(--muted);
  }
  .prompt:hover:not(:disabled) {
    background: var(--hover);
  }
  .prompt:disabled {
    color: var(--muted);
  }
  .prompts li + li {
    border-block-start: 1px solid var(--line);
    padding-block-start: 2px;
  }
  @container chat (max-width: 360px) {
    .greeting {
      font-size: calc(var(--base) * 1.5);
    }
  }
  @container chat (min-width: 640px) {
    .start {
      justify-content: safe center;
    }
    .greeting {
      margin-block: 0;
    }
  }

  .skeleton {
    display: grid;
    gap: 12px;
    max-width: 768px;
    margin-inline: auto;
    padding: 24px calc(var(--space) + 4px);
    opacity: 0;
    animation: appear 200ms ease-out 200ms forwards;
  }
  .skeleton i {
    height: 14px;
    border-radius: 7px;
    background: var(--hover);
  }
  .skeleton i:nth-child(3n + 1) {
    width: 62%;
  }
  .skeleton i:nth-child(3n) {
    width: 84%;
  }
  /* A question and its answer. */
  .list-frame .skeleton i:first-child {
    justify-self: end;
    width: 38%;
    height: 44px;
    margin-inline-end: -4px;
    margin-block-end: 8px;
    border-radius: var(--r-bubble);
  }

  @keyframes appear {
    to {
      opacity: 1;
    }
  }
  @keyframes sweep {
    from {
      background-position: 150% 0;
    }
    to {
      background-position: -50% 0;
    }
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @keyframes pulse {
    0%,
    60%,
    100% {
      opacity: 0.3;
    }
    30% {
      opacity: 1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 1ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 1ms !important;
    }
  }
`;
