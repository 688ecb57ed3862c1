import { css } from 'lit';

export const entityStyles = css`
  .entity-preview {
    position: fixed;
    inset: auto;
    box-sizing: border-box;
    width: max-content;
    min-width: min(220px, 100vw - 16px);
    max-width: min(320px, 100vw - 16px);
    max-height: min(320px, 60vh);
    margin: 0;
    padding: 14px;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: var(--r-card);
    background: var(--surface);
    box-shadow: var(--shadow-high);
    color: var(--ink);
    font-size: var(--text-sm);
    line-height: 1.4;
    animation: appear 120ms ease-out;
  }
  .preview-column {
    display: flex;
    flex-direction: column;
    gap: 8px;
    min-width: 0;
  }
  .preview-row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    min-width: 0;
  }
  .preview-title {
    font-weight: 600;
  }
  .preview-text {
    white-space: pre-line;
  }
  .preview-caption {
    color: var(--muted);
    font-size: var(--text-xs);
  }
  .preview-badge {
    --tone: var(--muted);
    padding: 1px 8px;
    border-radius: 999px;
    background: color-mix(in srgb, var(--tone) 12%, transparent);
    font-size: var(--text-xs);
    font-weight: 500;
  }
  .preview-badge[data-color='info'],
  .preview-badge[data-color='discovery'] {
    --tone: var(--info);
  }
  .preview-badge[data-color='success'] {
    --tone: var(--accent);
  }
  .preview-badge[data-color='warning'] {
    --tone: var(--warning);
  }
  .preview-badge[data-color='danger'] {
    --tone: var(--danger);
  }
  .preview-line {
    height: 1px;
    background: var(--line);
  }
  .preview-spacer {
    flex: 1;
  }
  .preview-image {
    display: block;
    max-width: 100%;
    max-height: 160px;
    border-radius: max(0px, calc(var(--r-card) - 4px));
    object-fit: cover;
  }
  .preview-row > .preview-image {
    max-width: 72px;
    max-height: 72px;
  }
  .entity-preview .icon {
    color: var(--muted);
  }
`;
