import { css } from 'lit';

export const viewerStyles = css`
  .pictures {
    position: fixed;
    inset: 0;
    width: 100vw;
    max-width: none;
    height: 100dvh;
    max-height: none;
    margin: 0;
    padding: 56px 16px 16px;
    border: 0;
    background: none;
    color: white;
  }
  .pictures::backdrop {
    background: rgb(0 0 0 / 90%);
  }
  .pictures-figure {
    display: grid;
    grid-template-rows: minmax(0, 1fr) auto;
    gap: 12px;
    height: 100%;
    margin: 0;
    justify-items: center;
    align-items: center;
  }
  .pictures-figure img {
    max-width: 100%;
    max-height: 100%;
    object-fit: contain;
    border-radius: 4px;
    background: white;
  }
  .pictures-figure figcaption {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 4px 16px;
    font-size: var(--text-sm);
    overflow-wrap: anywhere;
  }
  .pictures-button {
    position: fixed;
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: rgb(0 0 0 / 55%);
    color: inherit;
  }
  .pictures-button:hover {
    background: rgb(255 255 255 / 22%);
  }
  .pictures-button:focus-visible {
    outline-color: currentcolor;
  }
  .pictures-button.close {
    inset-block-start: 8px;
    inset-inline-end: 8px;
  }
  .pictures-button.previous {
    inset-block-start: calc(50% - 22px);
    inset-inline-start: 12px;
  }
  .pictures-button.next {
    inset-block-start: calc(50% - 22px);
    inset-inline-end: 12px;
  }
`;
