import { css } from 'lit';

/** A picture in its box, and large. */
export const styles = css`
  .generated {
    position: relative;
    overflow: hidden;
  }
  .generated img {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: contain;
  }
  .generated[data-state='none'] figcaption {
    display: grid;
    place-items: center;
    height: 100%;
    padding: 16px;
    color: var(--muted);
    font-size: var(--text-sm);
    text-align: center;
  }
  .generated[data-state='making'] figcaption {
    position: absolute;
    inset: auto 12px 12px;
    display: grid;
    gap: 8px;
    padding: 10px 12px;
    border: 1px solid var(--line);
    border-radius: var(--r-card);
    background: var(--surface);
    font-size: var(--text-sm);
  }
  .generated progress {
    appearance: none;
    width: 100%;
    height: 4px;
    overflow: hidden;
    border: 0;
    border-radius: 2px;
    background: var(--hover);
  }
  .generated progress::-webkit-progress-bar {
    background: none;
  }
  .generated progress::-webkit-progress-value {
    border-radius: 2px;
    background: var(--accent);
    transition: width 200ms ease-out;
  }
  .generated progress::-moz-progress-bar {
    border-radius: 2px;
    background: var(--accent);
  }
  .generated progress:not([value]) {
    display: none;
  }
  .enlarge {
    display: block;
    width: 100%;
    height: 100%;
    padding: 0;
    border: 0;
    border-radius: inherit;
    background: none;
    cursor: zoom-in;
  }
  .enlarge:focus-visible {
    outline-offset: -2px;
  }
  .image-actions {
    position: absolute;
    inset-block-end: 8px;
    inset-inline-end: 8px;
    opacity: 0;
    transition: opacity var(--ease);
  }
  .generated:is(:hover, :focus-within) .image-actions {
    opacity: 1;
  }
  @media (hover: none) {
    .image-actions {
      opacity: 1;
    }
  }
  .generated a.icon-button,
  .viewer .icon-button {
    border: 1px solid var(--line);
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--shadow-low);
  }
  .generated a.icon-button:hover,
  .viewer .icon-button:hover {
    background: var(--paper);
  }

  .viewer {
    max-width: none;
    max-height: none;
    margin: auto;
    padding: 0;
    overflow: visible;
    border: 0;
    background: none;
  }
  .viewer::backdrop {
    background: rgb(0 0 0 / 72%);
  }
  .viewer[open] {
    animation: appear 160ms ease-out;
  }
  .viewer > img {
    width: auto;
    height: auto;
    min-width: min(240px, 90vw);
    max-width: 92vw;
    max-height: 82vh;
    border-radius: var(--r-card);
  }
  .viewer-actions {
    display: flex;
    gap: 8px;
    justify-content: center;
    padding-block-start: 12px;
  }
`;
