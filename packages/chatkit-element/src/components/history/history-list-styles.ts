import { css } from 'lit';

export const historyListStyles = css`
  .history-body {
    flex: 1;
    min-height: 0;
    padding: 8px calc(var(--space) - 8px);
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }
  .history .notice {
    margin: 4px 4px 8px;
  }
  .empty {
    display: grid;
    gap: 16px;
    justify-items: center;
    padding: 32px 16px;
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
    position: relative;
    display: flex;
    align-items: center;
    border-radius: var(--r-card);
    transition: background var(--ease);
  }
  .thread:hover,
  .thread:focus-within {
    background: var(--hover);
  }
  .thread-tools {
    display: flex;
    flex: none;
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
  /* A title may be long: the buttons take its room only from who is about to press them. */
  @media (hover: hover) {
    .thread:not(:hover, :focus-within) .thread-tools {
      position: absolute;
      inset-inline-end: 0;
      opacity: 0;
    }
  }
  .threads li {
    transition: opacity var(--ease);
  }
  .threads li[inert] {
    opacity: 0.4;
  }
  .more {
    display: block;
    margin: 12px auto;
  }
  .more[aria-disabled='true'] {
    color: var(--muted);
  }
  .renaming,
  .confirming {
    display: grid;
    gap: 12px;
    padding: 12px;
    border: 1px solid var(--line);
    border-radius: var(--r-card);
  }
  .confirming {
    font-size: var(--text-sm);
  }
  .history .remedies {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 0;
  }
  .renaming input {
    width: 100%;
    min-width: 0;
    min-height: var(--control);
    padding: 6px 10px;
    border: 1px solid var(--control-line);
    border-radius: max(0px, calc(var(--r-card) - 4px));
    background: var(--surface);
  }
  .renaming input:focus-visible {
    border-color: transparent;
    outline-offset: -1px;
  }
`;
