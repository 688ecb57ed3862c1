import { css } from 'lit';

export const quoteStyles = css`
  .quote-button {
    position: fixed;
    inset: auto;
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: max(32px, var(--control) - 4px);
    margin: 0;
    padding: 4px 12px;
    border: 1px solid var(--line);
    border-radius: var(--r-control);
    background: var(--surface);
    box-shadow: var(--shadow-high);
    color: var(--ink);
    font-size: var(--text-sm);
    font-weight: 500;
    animation: appear 120ms ease-out;
  }
  .quote-button:hover {
    background: var(--paper);
  }
  .quote-button .icon {
    width: 16px;
    height: 16px;
    color: var(--accent);
  }
`;
