import { css } from 'lit';

/** Steps on the way to an answer: a quiet line that unfolds to a list with a thread through it. */
export const styles = css`
  .workflow,
  .step.single {
    max-width: 68ch;
    padding-inline: 4px;
    color: var(--muted);
    font-size: var(--text-sm);
  }
  .workflow {
    margin-block-end: 8px;
  }
  p.workflow,
  .workflow > summary {
    display: flex;
    gap: 6px;
    align-items: center;
    width: fit-content;
    max-width: 100%;
    min-height: 28px;
    border-radius: 6px;
    list-style: none;
  }
  .workflow > summary {
    cursor: pointer;
    transition: color var(--ease);
  }
  .workflow > summary::-webkit-details-marker {
    display: none;
  }
  .workflow > summary:hover {
    color: var(--ink);
  }
  .workflow > summary .icon,
  p.workflow .icon {
    width: 16px;
    height: 16px;
  }
  .workflow > summary > .icon:last-child {
    transition: rotate var(--ease);
  }
  .workflow[open] > summary > .icon:last-child {
    rotate: 90deg;
  }
  .workflow[open]:dir(rtl) > summary > .icon:last-child {
    rotate: -90deg;
  }
  .workflow[open] .folded,
  .workflow:not([open]) .unfolded {
    display: none;
  }
  .steps {
    padding-block: 6px 4px;
    list-style: none;
    animation: appear 160ms ease-out;
  }

  .step {
    position: relative;
    display: grid;
    grid-template-columns: 20px minmax(0, 1fr);
    column-gap: 10px;
    padding-block-end: 12px;
  }
  .step:last-child,
  .step.single {
    padding-block-end: 0;
  }
  .step:not(:last-child, .single)::before {
    content: '';
    position: absolute;
    inset-block: 22px 2px;
    inset-inline-start: 9.5px;
    border-inline-start: 1px solid var(--line);
  }
  .node {
    display: grid;
    place-items: center;
    width: 20px;
    height: 20px;
  }
  .step .icon {
    width: 16px;
    height: 16px;
  }
  .step[data-status='complete'] > .node {
    color: var(--accent);
  }
  .dot {
    width: 6px;
    height: 6px;
    border-radius: 50%;
    background: var(--control-line);
  }
  .spinner {
    width: 14px;
    height: 14px;
    border: 2px solid var(--line);
    border-block-start-color: var(--accent);
    border-radius: 50%;
    animation: turn 0.9s linear infinite;
  }
  .step-body {
    min-width: 0;
    line-height: 20px;
  }
  .step-body > p {
    color: var(--ink);
  }
  .step-body > .prose {
    line-height: 1.5;
  }
  .step-body > :where(:not(:first-child)) {
    margin-block-start: 4px;
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding-block: 2px;
    list-style: none;
  }
  .chips > li {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    max-width: 100%;
    min-height: 26px;
    padding: 2px 10px;
    border: 1px solid var(--line);
    border-radius: 13px;
    font-size: var(--text-xs);
    line-height: 1.4;
  }
  .chips > .query {
    border-color: transparent;
    background: var(--hover);
  }
  .chips .icon {
    width: 12px;
    height: 12px;
  }
  .chips .source-name {
    overflow: hidden;
    max-width: 28ch;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    text-align: start;
    text-decoration: none;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip {
    position: relative;
  }
  .chip :is(a, button)::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: 13px;
  }
  .chip:has(:is(a, button):hover) {
    background: var(--hover);
    color: var(--ink);
  }
  .more > summary {
    display: flex;
    gap: 4px;
    align-items: center;
    width: fit-content;
    min-height: 24px;
    border-radius: 6px;
    font-size: var(--text-xs);
    cursor: pointer;
    list-style: none;
  }
  .more > summary::-webkit-details-marker {
    display: none;
  }
  .more > summary .icon {
    width: 14px;
    height: 14px;
    margin-inline-start: -3px;
    transition: rotate var(--ease);
  }
  .more[open] > summary .icon {
    rotate: 90deg;
  }
  .more[open]:dir(rtl) > summary .icon {
    rotate: -90deg;
  }
`;
