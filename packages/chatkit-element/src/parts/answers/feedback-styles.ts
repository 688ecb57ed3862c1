import { css } from 'lit';

/** Thumbs under a turn. */
export const styles = css`
  .thumb[aria-pressed='true'] {
    color: var(--accent);
  }
  .thumb[aria-pressed='true'] .icon {
    fill: color-mix(in srgb, currentcolor 22%, transparent);
  }
  .thumb[aria-disabled='true'] {
    cursor: default;
    opacity: 0.6;
  }
  .feedback-failed {
    align-self: center;
    color: var(--danger);
    font-size: var(--text-xs);
  }
  .feedback-failed:not(:empty) {
    padding-inline: 8px;
  }
`;
