import { css } from 'lit';

export const keyboardStyles = css`
  .chat[data-keyboard] {
    padding-block-end: var(--keyboard);
  }
  .chat[data-keyboard] > .history {
    inset-block-end: var(--keyboard);
  }
  .chat[data-keyboard] .composer-area {
    padding-block-end: 8px;
  }
  .chat[data-keyboard] .list-frame {
    min-height: 56px;
  }
  /* Safari on phones zooms in on anything smaller that takes the focus, and does not zoom out. */
  .input,
  .chat input,
  .chat textarea {
    font-size: max(1em, 16px);
  }
`;
