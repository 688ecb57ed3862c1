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
`;
