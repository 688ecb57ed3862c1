import { css } from 'lit';

export const menuStyles = css`
  .menu {
    position: absolute;
    inset-block-end: calc(100% + 8px);
    inset-inline-start: 0;
    z-index: 3;
    display: flex;
    flex-direction: column;
    min-width: min(248px, 100%);
    max-width: min(340px, 100%);
    padding: 6px;
    overflow-y: auto;
    border: 1px solid var(--line);
    border-radius: calc(var(--r-card) + 2px);
    background: var(--surface);
    box-shadow: var(--shadow-high);
    overscroll-behavior: contain;
    scrollbar-width: thin;
    animation: menu-in 120ms ease-out;
  }
  .menu[data-for='model'] {
    inset-inline: auto 0;
  }
  .menu-line {
    flex: none;
    height: 1px;
    margin: 6px 10px;
    background: var(--line);
  }
  .menu-item {
    display: flex;
    flex: none;
    align-items: center;
    gap: 12px;
    min-height: max(40px, var(--control));
    padding: 8px 10px;
    border: 0;
    border-radius: max(0px, calc(var(--r-card) - 4px));
    background: none;
    font-size: var(--text-sm);
    line-height: 1.35;
    text-align: start;
  }
  .menu-item:focus {
    outline: 0;
    background: var(--hover);
  }
  .menu-item:focus-visible {
    box-shadow: inset 0 0 0 2px var(--accent);
  }
  .menu-item:active {
    background: var(--pressed);
  }
  .menu-item > .icon {
    color: var(--muted);
  }
  .menu-item[aria-checked='true'] > .icon {
    color: var(--accent);
  }
  .menu-item[aria-disabled] {
    color: var(--muted);
    cursor: default;
  }
  .menu-words {
    flex: 1;
    min-width: 0;
  }
  .menu-label {
    font-weight: 500;
  }
  /* Room that hangs at the end of a line instead of moving the note on the next. */
  .menu-label:has(+ .menu-note)::after {
    content: '  ';
    white-space: pre-wrap;
  }
  .menu-note {
    color: var(--muted);
    font-size: var(--text-xs);
  }
  .menu-description {
    display: block;
    color: var(--muted);
    font-size: var(--text-xs);
    text-wrap: pretty;
  }
  @keyframes menu-in {
    from {
      opacity: 0;
      translate: 0 4px;
    }
  }
  @media (forced-colors: active) {
    .menu-item:focus {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
