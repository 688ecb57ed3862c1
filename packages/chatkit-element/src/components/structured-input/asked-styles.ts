import { css } from 'lit';

export const askedStyles = css`
  .composer-area:has(> .questions) {
    display: flex;
    flex: 0 1 auto;
    flex-direction: column;
    min-height: 0;
    max-height: 75%;
  }
  .questions {
    display: flex;
    flex-direction: column;
    min-height: 0;
    border: 1px solid var(--control-line);
    border-radius: var(--r-input);
    background: var(--surface);
    overflow: hidden;
    animation: appear 160ms ease-out;
  }
  .questions-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding-block: 6px 0;
    padding-inline: 20px 8px;
    color: var(--muted);
    font-size: var(--text-sm);
  }
  .questions-body {
    min-height: 0;
    padding: 16px 20px 12px;
    overflow-y: auto;
    overscroll-behavior: contain;
    mask-image: linear-gradient(to top, transparent, #000 12px);
    scrollbar-width: thin;
  }
  .questions-head + .questions-body {
    padding-block-start: 4px;
  }
  .questions fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .questions legend {
    padding: 0;
    font-weight: 600;
    line-height: 1.4;
  }
  .questions .hint {
    margin-block-start: 2px;
    color: var(--muted);
    font-size: var(--text-sm);
  }
  .options {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
    margin: 10px -10px 0;
  }
  .option {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: max(40px, var(--control));
    padding: 6px 10px;
    border-radius: var(--r-card);
    cursor: pointer;
    transition: background var(--ease);
  }
  .option:hover {
    background: var(--hover);
  }
  .option[data-chosen] {
    background: var(--accent-soft);
  }
  .option > input:not(.own) {
    flex: none;
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--accent);
    cursor: inherit;
  }
  /* Those of a browser look as if they could not be chosen, by night. */
  @media (forced-colors: none) {
    .option > input:not(.own) {
      display: grid;
      border: 1.5px solid var(--control-line);
      border-radius: 5px;
      background: var(--surface);
      appearance: none;
      transition: border-width var(--ease);
    }
    .option > input:checked {
      border-color: var(--accent);
    }
    .option > input[type='radio'] {
      border-radius: 50%;
    }
    .option > [type='radio']:checked {
      border-width: 5.5px;
    }
    .option > [type='checkbox']:checked {
      background: var(--accent);
    }
    .option > [type='checkbox']:checked::before {
      margin: 2.5px;
      background: var(--on-accent);
      clip-path: polygon(14% 44%, 0 59%, 40% 96%, 100% 24%, 85% 10%, 39% 66%);
      content: '';
    }
  }
  .option > span {
    min-width: 0;
  }
  .own,
  .questions textarea {
    min-width: 0;
    border: 1px solid var(--control-line);
    border-radius: max(0px, calc(var(--r-card) - 4px));
    background: var(--surface);
  }
  .own {
    flex: 1;
    min-height: 32px;
    padding: 3px 10px;
  }
  .questions textarea {
    display: block;
    width: 100%;
    min-height: 68px;
    max-height: 200px;
    margin-block: 10px 4px;
    padding: 8px 12px;
    line-height: 1.5;
    resize: none;
    field-sizing: content;
  }
  .own::placeholder,
  .questions textarea::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  .own:focus-visible,
  .questions textarea:focus-visible {
    border-color: var(--accent);
    outline: 1px solid var(--accent);
    outline-offset: 0;
  }
  .questions .complaint {
    padding: 4px 20px 0;
    color: var(--danger);
    font-size: var(--text-sm);
  }
  .questions-foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 2px 12px 12px;
  }
  .questions-foot .gap {
    flex: 1;
  }
  .quiet-button {
    min-height: 32px;
    padding: 4px 12px;
    border: 0;
    border-radius: var(--r-control);
    background: none;
    color: var(--muted);
    font-size: var(--text-sm);
    font-weight: 500;
    transition:
      background var(--ease),
      color var(--ease);
  }
  .quiet-button:hover {
    background: var(--hover);
    color: var(--ink);
  }
  .text-button.primary {
    min-height: 36px;
    padding-inline: 18px;
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  .text-button.primary:hover {
    background: color-mix(in srgb, var(--accent) 88%, var(--ink));
  }
  .text-button.primary[aria-disabled='true'] {
    background: var(--pressed);
    color: var(--muted);
    cursor: default;
  }
  @media (pointer: coarse) {
    .quiet-button,
    .text-button.primary {
      min-height: 44px;
    }
  }

  .asked {
    display: flex;
    justify-content: flex-end;
    margin-block: var(--space);
  }
  .asked dl {
    display: grid;
    gap: 10px;
    max-width: min(85%, 60ch);
    margin: 0;
    padding: 10px 16px 12px;
    border-radius: var(--r-bubble);
    background: var(--accent-soft);
  }
  .asked dt {
    color: var(--muted);
    font-size: var(--text-sm);
  }
  .asked dd {
    margin: 0;
    white-space: pre-wrap;
  }
  .asked dd.none {
    color: var(--muted);
    font-style: italic;
  }
  .asked.pending {
    justify-content: flex-start;
    padding-inline: 4px;
  }
  .asked.pending dl {
    padding: 0;
    background: none;
  }
  .asked.pending dt {
    color: inherit;
    font-size: inherit;
  }
  .asked.pending dd {
    font-size: var(--text-sm);
  }
  /* The form asks them already. */
  .main:has(.questions) .turn:last-child > .asked.pending {
    display: none;
  }
`;
