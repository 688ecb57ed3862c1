import { css } from 'lit';
import { viewerStyles } from './viewer-styles';

const trayStyles = css`
  .tray {
    display: flex;
    grid-column: 1 / -1;
    gap: 8px;
    margin: 0;
    padding: 6px 6px 8px;
    overflow-x: auto;
    list-style: none;
    scrollbar-width: thin;
  }
  .attachment {
    position: relative;
    display: flex;
    flex: none;
    align-items: center;
    gap: 10px;
    max-width: min(260px, 100%);
    min-height: 62px;
    padding: 5px 10px;
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: var(--r-card);
    background: var(--paper);
  }
  .tray .attachment {
    padding-inline-end: 38px;
  }
  .attachment > img {
    flex: none;
    width: 40px;
    height: 40px;
    border-radius: max(0px, calc(var(--r-card) - 6px));
    object-fit: cover;
  }
  .tray .attachment.image {
    width: 62px;
    padding: 0;
  }
  .attachment.image > img {
    width: 100%;
    height: 100%;
    border-radius: 0;
  }
  .attachment[data-status='waiting'] > img,
  .attachment[data-status='uploading'] > img {
    opacity: 0.55;
  }
  .attachment-icon {
    display: grid;
    flex: none;
    place-items: center;
    width: 40px;
    height: 40px;
    border-radius: max(0px, calc(var(--r-card) - 6px));
    background: var(--accent-soft);
    color: var(--accent);
  }
  .attachment-words {
    display: grid;
    min-width: 0;
    font-size: var(--text-sm);
    line-height: 1.35;
  }
  .attachment-name {
    overflow: hidden;
    font-weight: 500;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* Names and the server's words run in their own direction, at the side of ours. */
  .attachment-name,
  .attachment-facts {
    text-align: var(--line-start);
    unicode-bidi: plaintext;
  }
  .attachment-facts {
    display: -webkit-box;
    overflow: hidden;
    color: var(--muted);
    font-size: var(--text-xs);
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
  .attachment[data-status='failed'] {
    max-width: min(320px, 100%);
    border-color: var(--danger);
  }
  .attachment[data-status='failed'] .attachment-facts {
    color: var(--danger);
  }
  .attachment[data-status='failed'] .attachment-icon {
    background: color-mix(in srgb, var(--danger) 10%, transparent);
    color: var(--danger);
  }
  .attachment-retry {
    width: 32px;
    height: 32px;
  }
  .attachment-remove {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: 0;
    display: grid;
    place-items: center;
    width: 28px;
    height: 28px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--muted);
  }
  .attachment-remove .icon {
    box-sizing: content-box;
    width: 12px;
    height: 12px;
    padding: 4px;
    border-radius: 50%;
    background: var(--surface);
    box-shadow: 0 0 0 1px var(--line);
    stroke-width: 2.5;
  }
  .attachment-remove:hover .icon {
    background: var(--ink);
    color: var(--surface);
  }
  .attachment-remove:focus-visible {
    outline-offset: -3px;
  }
  @media (pointer: coarse) {
    .attachment-remove {
      width: 44px;
      height: 44px;
      place-items: start end;
      padding: 4px;
    }
    .attachment-retry {
      width: 44px;
      height: 44px;
    }
  }
  .attachment-progress {
    position: absolute;
    inset-inline: 8px;
    inset-block-end: 4px;
    width: auto;
    height: 4px;
    overflow: hidden;
    border: 0;
    border-radius: 2px;
    appearance: none;
    background: color-mix(in srgb, var(--ink) 20%, var(--surface));
  }
  .attachment-progress::-webkit-progress-bar {
    background: color-mix(in srgb, var(--ink) 20%, var(--surface));
  }
  .attachment-progress::-webkit-progress-value {
    background: var(--accent);
    transition: width var(--ease);
  }
  .attachment-progress::-moz-progress-bar {
    background: var(--accent);
  }
  .attachment-progress:indeterminate {
    background: linear-gradient(90deg, transparent 30%, var(--accent) 50%, transparent 70%) 0 0 /
      200% 100% var(--surface);
    animation: sweep 1.2s linear infinite;
  }
  .attachment-progress:indeterminate::-webkit-progress-bar {
    background: none;
  }
  .attachment-progress:indeterminate::-moz-progress-bar {
    background: none;
  }
  .upload-notice {
    margin-block-end: 8px;
  }
  .upload-notice p + p {
    margin-block-start: 4px;
  }
  .veil {
    position: absolute;
    inset: 0;
    z-index: 4;
    display: grid;
    place-items: center;
    padding: 24px;
    background: color-mix(in srgb, var(--surface) 88%, transparent);
    outline: 2px dashed var(--accent);
    outline-offset: -12px;
    text-align: center;
  }
  .veil > * {
    pointer-events: none;
  }
  .veil p {
    display: grid;
    place-items: center;
    gap: 12px;
    font-size: var(--text-lg);
    font-weight: 600;
  }
  .veil .icon {
    width: 32px;
    height: 32px;
    color: var(--accent);
  }
`;

const sentStyles = css`
  .sent {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: 6px;
    max-width: 100%;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .sent li {
    min-width: 0;
    max-width: 100%;
  }
  .sent .as-file {
    display: flex;
    max-width: min(260px, 100%);
  }
  .sent-image {
    display: block;
    padding: 0;
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: var(--r-card);
    background: var(--paper);
    cursor: zoom-in;
  }
  .sent-image img {
    display: block;
    width: 240px;
    max-width: 100%;
    height: 180px;
    object-fit: cover;
  }
  .sent.several .sent-image img {
    width: 120px;
    height: 120px;
  }
  .sent-image:hover img {
    opacity: 0.92;
  }
  .sent-file {
    padding-inline-end: 16px;
    text-align: start;
  }
`;

export const attachmentStyles = css`${trayStyles}${sentStyles}${viewerStyles}`;
