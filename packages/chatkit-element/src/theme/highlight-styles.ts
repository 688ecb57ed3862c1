import { css } from 'lit';

/** The colours of code. Each has a contrast of 4.5 : 1 and more on the paper of its scheme. */
export const highlightStyles = css`
  .chat {
    --code-keyword: var(--chatkit-code-keyword, #7a3e9d);
    --code-string: var(--chatkit-code-string, #0e6b4f);
    --code-number: var(--chatkit-code-number, #a04a12);
    --code-comment: var(--chatkit-code-comment, #5b6660);
    --code-name: var(--chatkit-code-name, #1f5fa8);
    --code-type: var(--chatkit-code-type, #8a5a00);
    --code-addition: var(--chatkit-code-addition, #0e6b4f);
    --code-deletion: var(--chatkit-code-deletion, #b3261e);
  }
  .chat[data-scheme='dark'] {
    --code-keyword: var(--chatkit-code-keyword, #c7a3f0);
    --code-string: var(--chatkit-code-string, #6fcf9f);
    --code-number: var(--chatkit-code-number, #f0a070);
    --code-comment: var(--chatkit-code-comment, #9aa69f);
    --code-name: var(--chatkit-code-name, #7fb2f0);
    --code-type: var(--chatkit-code-type, #e0b04a);
    --code-addition: var(--chatkit-code-addition, #6fcf9f);
    --code-deletion: var(--chatkit-code-deletion, #f2857c);
  }
  .code .keyword {
    color: var(--code-keyword);
  }
  .code .string {
    color: var(--code-string);
  }
  .code .number {
    color: var(--code-number);
  }
  .code .comment {
    color: var(--code-comment);
  }
  .code .name {
    color: var(--code-name);
  }
  .code .type {
    color: var(--code-type);
  }
  .code .addition {
    color: var(--code-addition);
  }
  .code .deletion {
    color: var(--code-deletion);
  }
`;
