import { css } from 'lit';

export const dictationStyles = css`
  .dictate {
    width: var(--round);
    height: var(--round);
  }
  .dictation {
    display: flex;
    grid-column: 1 / -1;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    min-height: var(--round);
    animation: appear 160ms ease-out;
  }
  .composer:has(.dictation) .input,
  .composer:has(.dictation) .reply {
    grid-column: 1 / -1;
  }
  .dictation .round-button,
  .dictation .icon-button {
    flex: none;
    width: var(--round);
    height: var(--round);
  }
  .levels {
    flex: 1;
    min-width: 0;
    width: 0;
    height: 28px;
    border: 0 solid var(--control-line);
    color: var(--accent);
  }
  .clock {
    flex: none;
    color: var(--muted);
    font-size: var(--text-sm);
  }
  .dictation > .shimmer {
    flex: 1;
    font-size: var(--text-sm);
  }
  .trouble {
    display: flex;
    flex: 1 1 16em;
    align-items: flex-start;
    gap: 8px;
    padding-block: 6px;
    padding-inline: 10px 4px;
    font-size: var(--text-sm);
  }
  .trouble .icon {
    color: var(--danger);
  }
  .dictation[data-at='failed'] {
    padding: 2px;
  }
`;
