import { css } from 'lit';

/** Marks in the text, the card at a mark, and the list under an answer. */
export const styles = css`
  .cite {
    white-space: nowrap;
  }
  .source-mark {
    position: relative;
    display: inline-flex;
    gap: 3px;
    align-items: center;
    min-width: 18px;
    height: 18px;
    justify-content: center;
    margin-inline: 2px 1px;
    padding: 0 5px;
    border: 0;
    border-radius: 9px;
    background: var(--hover);
    color: var(--muted);
    font-size: calc(var(--base) * 0.6875);
    font-style: normal;
    font-weight: 600;
    line-height: 1;
    vertical-align: 0.12em;
    transition:
      background var(--ease),
      color var(--ease);
  }
  /* Easier to hit than it is to see. */
  .source-mark::after {
    content: '';
    position: absolute;
    inset: -4px -3px;
  }
  .source-mark.entity {
    justify-content: start;
    max-width: 100%;
    height: 20px;
    overflow: clip;
    overflow-clip-margin: 4px;
    margin-inline-start: 5px;
    padding-inline: 7px;
    border-radius: 10px;
    font-size: var(--text-xs);
    font-weight: 500;
  }
  .source-mark:is(:hover, [aria-expanded='true'], .entity) {
    background: var(--accent-soft);
    color: var(--accent);
  }
  .source-mark.entity:hover {
    background: color-mix(in srgb, var(--accent) 20%, var(--surface));
  }
  .source-mark .icon {
    width: 12px;
    height: 12px;
  }

  .source-card {
    position: fixed;
    inset: auto;
    display: grid;
    gap: 12px;
    box-sizing: border-box;
    width: max-content;
    max-width: min(320px, 100vw - 16px);
    max-height: 50vh;
    margin: 0;
    padding: 12px;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: var(--r-card);
    background: var(--surface);
    box-shadow: var(--shadow-high);
    color: var(--ink);
    font: 400 var(--text-sm) / 1.4 var(--font);
    text-align: start;
    white-space: normal;
    animation: appear 120ms ease-out;
  }

  .source {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 8px;
    align-items: start;
  }
  .source > .icon {
    width: 16px;
    height: 16px;
    margin-block-start: 2px;
    color: var(--muted);
  }
  .source .source-name {
    padding: 0;
    border: 0;
    border-radius: 2px;
    background: none;
    color: var(--ink);
    font-weight: 500;
    text-align: start;
    text-decoration: none;
  }
  .source :is(a, button).source-name {
    text-decoration: underline;
    text-decoration-color: color-mix(in srgb, currentcolor 35%, transparent);
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
  }
  .source :is(a, button).source-name:hover {
    text-decoration-color: currentcolor;
  }
  .source-facts {
    color: var(--muted);
    font-size: var(--text-xs);
  }
  .source-text,
  .source > * > .source-facts {
    display: block;
    margin-block-start: 2px;
  }
  .source-text {
    display: -webkit-box;
    margin-block-start: 6px;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 6;
    line-clamp: 6;
  }

  .sources {
    margin-block-start: 8px;
    color: var(--muted);
    font-size: var(--text-sm);
  }
  .sources > summary {
    display: flex;
    gap: 6px;
    align-items: center;
    width: fit-content;
    max-width: 100%;
    min-height: 28px;
    border-radius: 6px;
    cursor: pointer;
    list-style: none;
    transition: color var(--ease);
  }
  .sources > summary::-webkit-details-marker {
    display: none;
  }
  .sources > summary:hover {
    color: var(--ink);
  }
  .sources > summary > span {
    white-space: nowrap;
  }
  .sources > summary > .source-facts {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .sources[open] > summary > .source-facts {
    visibility: hidden;
  }
  .sources > summary .icon {
    width: 16px;
    height: 16px;
    transition: rotate var(--ease);
  }
  .sources > summary .icon {
    margin-inline-start: -4px;
  }
  .sources[open] > summary .icon {
    rotate: 90deg;
  }
  .sources[open]:dir(rtl) > summary .icon {
    rotate: -90deg;
  }
  .sources > ul {
    padding: 0;
    list-style: none;
    animation: appear 160ms ease-out;
  }
  .source-group {
    padding-block: 8px 2px;
    padding-inline-start: 4px;
    font-size: var(--text-xs);
    font-weight: 600;
  }
  .sources .source {
    grid-template-columns: auto auto minmax(0, 1fr);
    padding: 6px 4px;
  }
  .source-number {
    min-width: 18px;
    border-radius: 9px;
    background: var(--hover);
    font-size: calc(var(--base) * 0.6875);
    font-weight: 600;
    line-height: 18px;
    text-align: center;
  }
`;
