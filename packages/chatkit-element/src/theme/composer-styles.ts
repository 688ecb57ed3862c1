import { css } from 'lit';

export const composerStyles = css`
  .composer-area {
    flex: none;
    width: 100%;
    max-width: 768px;
    margin-inline: auto;
    padding: 8px var(--space) max(12px, env(safe-area-inset-bottom));
  }
  .composer {
    position: relative;
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: end;
    padding: 6px;
    border: 1px solid var(--control-line);
    border-radius: var(--r-input);
    background: var(--surface);
    transition: border-color var(--ease);
  }
  .composer:focus-within {
    border-color: var(--accent);
    box-shadow: 0 0 0 1px var(--accent);
  }
  /* Nothing can be written here now: not even by who was writing a moment ago. */
  .composer:has(> [aria-disabled='true']) {
    border-color: var(--line);
    background: var(--paper);
    box-shadow: none;
  }
  .input {
    min-width: 0;
    max-height: min(200px, 40vh);
    min-height: var(--round);
    padding: calc((var(--round) - 1.5em) / 2) 12px;
    outline: 0;
    line-height: 1.5;
    unicode-bidi: plaintext;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    cursor: text;
    -webkit-user-select: text;
  }
  /* As a flex box, the caret stands beside the chip and never in it. */
  .input .tag {
    display: inline-flex;
    align-items: center;
  }
  .tag > span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .input[data-placeholder]::before {
    content: attr(data-placeholder);
    float: inline-start;
    height: 0;
    max-width: 100%;
    color: var(--muted);
    pointer-events: none;
  }
  .input[aria-disabled='true'] {
    cursor: not-allowed;
  }
  .composer {
    --round: max(var(--control), 36px);
  }
  .round-button {
    display: grid;
    place-items: center;
    width: var(--round);
    height: var(--round);
    padding: 0;
    border: 0;
    border-radius: max(0px, calc(var(--r-input) - 6px));
    background: var(--accent);
    color: var(--on-accent);
    transition:
      background var(--ease),
      color var(--ease);
  }
  .round-button:hover:not(:disabled) {
    background: color-mix(in srgb, var(--accent) 88%, var(--ink));
  }
  .round-button:disabled {
    background: var(--pressed);
    color: var(--muted);
  }
  .round-button.stopping .icon {
    animation: pulse 1.2s ease-in-out infinite;
  }
  .choices {
    display: flex;
    grid-row: 3;
    align-items: center;
    gap: 4px;
    min-width: 0;
    min-height: var(--round);
  }
  .composer:has(.choices) .input {
    grid-column: 1 / -1;
  }
  .ends {
    display: flex;
    gap: 4px;
  }
  .slot {
    width: var(--round);
  }
  @container chat (max-width: 420px) {
    .choices[data-awaited] {
      min-height: calc(2 * var(--round));
    }
  }
  @container chat (max-width: 340px) {
    .ends {
      gap: 0;
    }
  }
  .composer:has(.choices) .ends {
    grid-area: 3 / 2;
  }
  .mention {
    width: var(--round);
    height: var(--round);
    font-size: var(--text-lg);
    line-height: 1;
  }
  .reply {
    display: flex;
    grid-column: 1 / -1;
    align-items: center;
    gap: 8px;
    margin-block: 4px 6px;
    margin-inline: 12px 4px;
    padding-inline-start: 10px;
    border-inline-start: 2px solid var(--accent);
    color: var(--muted);
    font-size: var(--text-sm);
  }
  .reply-text {
    display: -webkit-box;
    flex: 1;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .closed {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 13px 18px;
    border: 1px solid var(--line);
    border-radius: var(--r-input);
    background: var(--paper);
    color: var(--muted);
    font-size: var(--text-sm);
  }
  .disclaimer {
    padding-block-start: 8px;
    color: var(--muted);
    font-size: var(--text-xs);
    text-align: center;
    text-wrap: balance;
  }
  .disclaimer.strong {
    color: var(--ink);
  }
  .disclaimer a {
    color: inherit;
  }
`;
