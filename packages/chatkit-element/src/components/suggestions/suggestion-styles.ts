import { css } from 'lit';

export const suggestionStyles = css`
  .suggestions {
    position: absolute;
    inset-inline: -1px;
    inset-block-end: calc(100% + 8px);
    z-index: 3;
    display: flex;
    flex-direction: column;
    max-width: 440px;
    max-height: min(320px, max(112px, var(--room, 320px)));
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: calc(var(--r-card) + 2px);
    background: var(--surface);
    box-shadow: var(--shadow-high);
    font-size: var(--text-sm);
    line-height: 1.35;
    animation: suggestions-in 120ms ease-out;
  }
  .suggestions.waiting {
    opacity: 0;
    animation: appear 160ms ease-out 200ms forwards;
  }
  .suggestion-lines {
    position: relative;
    padding: 6px;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }
  .suggestion-lines[hidden] {
    display: none;
  }
  .suggestion-lines[aria-busy='true'] .suggestion {
    opacity: 0.6;
  }
  .suggestion-group {
    padding: 8px 10px 4px;
    color: var(--muted);
    font-size: var(--text-xs);
    font-weight: 500;
  }
  .suggestion {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: max(40px, var(--control));
    padding: 8px 10px;
    border-radius: max(0px, calc(var(--r-card) - 4px));
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
    transition: opacity var(--ease);
  }
  .suggestion[aria-selected='true'] {
    background: var(--hover);
  }
  .suggestion:active {
    background: var(--pressed);
  }
  .suggestion > .icon {
    color: var(--muted);
  }
  .suggestion > .icon:last-child:not(:first-child) {
    width: 18px;
    height: 18px;
    color: var(--accent);
  }
  .suggestion-words {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    gap: 0 12px;
    align-items: baseline;
    min-width: 0;
  }
  .suggestion-label {
    min-width: 0;
    font-weight: 500;
  }
  .suggestion-label b {
    color: var(--accent);
    font-weight: inherit;
  }
  .suggestion-description {
    min-width: 0;
    color: var(--muted);
    font-size: var(--text-xs);
  }
  .suggestions-note {
    flex: none;
    padding: 14px 16px;
    color: var(--muted);
  }
  .suggestions-note:has(+ .suggestion-lines:not([hidden])) {
    padding-block-end: 2px;
  }
  .suggestions-back {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    min-height: max(40px, var(--control));
    padding: 8px 12px;
    border: 0;
    border-block-end: 1px solid var(--line);
    background: none;
    color: var(--muted);
    font-size: var(--text-xs);
    font-weight: 500;
    text-align: start;
  }
  .suggestions-back:hover {
    background: var(--hover);
  }
  .suggestions-back .icon {
    width: 16px;
    height: 16px;
    scale: -1 1;
  }
  .chat[dir='rtl'] .suggestions-back .icon {
    scale: 1;
  }
  @keyframes suggestions-in {
    from {
      opacity: 0;
      translate: 0 4px;
    }
  }
  @media (forced-colors: active) {
    .suggestion[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
