import { css } from 'lit';
import { menuStyles } from '../menu/menu-styles';

const rowStyles = css`
  .add {
    width: var(--round);
    height: var(--round);
  }
  .tools {
    display: flex;
    flex: 1;
    gap: 4px;
    min-width: 0;
    margin-block: -4px;
    padding: 4px;
    overflow-x: auto;
    scrollbar-width: none;
  }
  /* A finger pushes those into sight that have no room, a mouse does not. */
  @media (hover: hover) {
    .tools {
      flex-wrap: wrap;
      overflow: visible;
    }
  }
  .tool,
  .model {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 6px;
    min-height: calc(var(--round) - 4px);
    padding: 2px 10px;
    border: 1px solid transparent;
    border-radius: var(--r-control);
    background: none;
    color: var(--muted);
    font-size: var(--text-sm);
    white-space: nowrap;
    transition: background var(--ease);
  }
  .tool .icon,
  .model .icon {
    width: 16px;
    height: 16px;
  }
  .tool {
    max-width: min(100%, 15em);
    border-color: var(--line);
  }
  .tool:hover,
  .model:hover,
  .model[aria-expanded='true'],
  .add[aria-expanded='true'] {
    background: var(--hover);
    color: var(--ink);
  }
  .tool[aria-pressed='true'],
  .tool.selected {
    border-color: var(--accent);
    background: var(--accent-soft);
    color: var(--ink);
  }
  .tool.selected .icon:last-child {
    width: 14px;
    height: 14px;
    color: var(--muted);
  }
  .model {
    flex: 0 1 auto;
    gap: 4px;
    min-width: 64px;
    max-width: max(40%, 132px);
    margin-inline: auto 4px;
  }
  .model span,
  .tool span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  /* Where tools take several lines, all others stand beside the last one; three have one to themselves. */
  @container chat (min-width: 420.1px) {
    .choices {
      flex-wrap: wrap;
      align-items: end;
    }
    .tools {
      margin-block-end: -2px;
    }
    .tools:has(> :nth-child(3)) {
      flex-basis: 100%;
      order: -1;
      margin-block-end: 0;
    }
    .model {
      margin-block-end: 2px;
    }
  }
  /* Tools get a line of their own where the rest of the row has no room for them. */
  @container chat (max-width: 420px) {
    .choices {
      display: contents;
    }
    .tools {
      grid-area: 3 / 1 / auto / -1;
    }
    .tools:has(button) {
      margin-block-end: 0;
    }
    .add,
    .model {
      grid-area: 4 / 1;
      align-self: center;
    }
    .model {
      justify-self: end;
      max-width: calc(100% - var(--round) - 4px);
    }
    .composer:has(.choices) .ends {
      grid-area: 4 / 2;
    }
  }
  /* Every pixel goes to the name of the model. */
  @container chat (max-width: 340px) {
    .model {
      max-width: calc(100% - var(--round));
      margin-inline-end: 0;
      padding-inline: 6px 2px;
    }
  }
`;

export const choicesStyles = css`${rowStyles}${menuStyles}`;
