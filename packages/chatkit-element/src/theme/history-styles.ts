import { css } from 'lit';

export const historyStyles = css`
  .scrim {
    position: absolute;
    inset: 0;
    background: rgb(10 16 13 / 32%);
    animation: appear 160ms ease-out backwards;
  }
  .history {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    display: flex;
    flex-direction: column;
    width: min(100%, 360px);
    background: var(--surface);
    box-shadow: var(--shadow-high);
    animation: slide 160ms ease-out;
  }
  @container chat (max-width: 480px) {
    .history {
      width: 100%;
    }
  }
  @keyframes slide {
    from {
      opacity: 0;
      transform: translateX(calc(16px * var(--forward)));
    }
  }
  .history-body {
    flex: 1;
    min-height: 0;
    padding: 8px;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }
  .history .notice {
    margin: 4px 4px 8px;
  }
  .empty {
    padding: 24px 12px;
    color: var(--muted);
    text-align: center;
    text-wrap: balance;
  }
  .threads {
    display: grid;
    gap: 2px;
    list-style: none;
  }
  .thread {
    display: flex;
    align-items: center;
    border-radius: var(--r-card);
    transition: background var(--ease);
  }
  .thread:hover,
  .thread:focus-within {
    background: var(--hover);
  }
  .thread-open {
    display: grid;
    flex: 1;
    gap: 2px;
    min-width: 0;
    min-height: 48px;
    padding: 8px 12px;
    border: 0;
    border-radius: var(--r-card);
    background: none;
    text-align: start;
  }
  .thread-open:focus-visible {
    outline-offset: -2px;
  }
  .thread-title {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .thread time {
    color: var(--muted);
    font-size: var(--text-xs);
  }
  .thread:has([aria-current]) {
    background: var(--accent-soft);
  }
  .thread-open[aria-current] .thread-title {
    font-weight: 600;
  }
  @media (hover: hover) {
    .thread:not(:hover, :focus-within) .icon-button {
      opacity: 0;
    }
  }
  .more {
    display: block;
    margin: 12px auto;
  }
  .renaming,
  .confirming {
    padding: 8px;
    border: 1px solid var(--line);
    border-radius: var(--r-card);
  }
  .renaming {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .renaming input {
    flex: 1 1 100%;
    min-width: 0;
    padding: 6px 10px;
    border: 1px solid var(--control-line);
    border-radius: 6px;
    background: var(--surface);
  }
  .renaming input:focus-visible {
    border-color: transparent;
    outline-offset: -1px;
  }
  .confirming {
    padding: 12px;
    font-size: var(--text-sm);
  }
`;
