import { css } from 'lit';

/** Written text: what markdown becomes. */
export const proseStyles = css`
  /* As * + * these would have each turn that comes or goes look through the whole list. */
  .prose > :where(:not(:first-child)),
  .prose li > :where(:not(:first-child)),
  .prose blockquote > :where(:not(:first-child)) {
    margin-block-start: 0.75em;
  }
  .prose li > ul,
  .prose li > ol {
    margin-block-start: 0.25em;
  }
  .prose + .prose {
    margin-block-start: 0.75em;
  }
  .prose .raw {
    white-space: pre-wrap;
  }
  .prose .aside {
    color: var(--muted);
    font-size: var(--text-sm);
  }
  /* Each paragraph runs in the direction of its own words; code always as it is written. */
  .prose :is(p, li, h4, th, td) {
    unicode-bidi: plaintext;
  }
  .prose :is(pre, code) {
    direction: ltr;
    unicode-bidi: isolate;
  }
  .prose strong {
    font-weight: 650;
  }
  .prose h4 {
    font-weight: 600;
    line-height: 1.3;
  }
  .prose h4:where(:not(:first-child)) {
    margin-block-start: 1.25em;
  }
  .prose .h1 {
    font-size: var(--text-lg);
  }
  .prose .h2 {
    font-size: calc(var(--base) * 1.125);
  }
  .prose .h3 {
    font-size: var(--base);
  }
  .prose :is(ul, ol) {
    padding-inline-start: 1.5em;
  }
  .prose li + li {
    margin-block-start: 0.25em;
  }
  .prose li::marker {
    color: var(--muted);
  }
  .prose .task {
    position: relative;
    display: list-item;
    padding: 0;
    font-size: inherit;
    list-style: none;
  }
  .prose .task > input {
    position: absolute;
    inset-block-start: 0.3em;
    inset-inline-start: -1.4em;
    margin: 0;
    accent-color: var(--accent);
  }
  .prose .task > :nth-child(2) {
    margin-block-start: 0;
  }
  .prose a,
  .prose .deeplink {
    border-radius: 2px;
    color: var(--accent);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
  }
  .prose .deeplink {
    display: inline;
    padding: 0;
    border: 0;
    background: none;
  }
  .prose img {
    max-width: 100%;
    max-height: 28em;
    border-radius: var(--r-card);
    vertical-align: middle;
  }
  .picture {
    display: inline-block;
    max-width: 100%;
  }
  .picture:not([data-state]) {
    min-width: min(20em, 100%);
    min-height: 10em;
    border-radius: var(--r-card);
    background: var(--hover);
  }
  .instead {
    color: var(--muted);
  }
  .picture:not([data-state='error']) .instead,
  .picture[data-state='error'] img {
    display: none;
  }
  .prose blockquote {
    padding-inline-start: 14px;
    border-inline-start: 2px solid var(--line);
    color: var(--muted);
  }
  .prose hr {
    height: 1px;
    border: 0;
    background: var(--line);
    margin-block: 1.25em;
  }
  .prose code {
    padding: 0.1em 0.35em;
    border-radius: 5px;
    background: var(--hover);
    font-family: var(--mono);
    font-size: 0.875em;
  }
  .prose .code {
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: var(--r-card);
    background: var(--paper);
  }
  .code figcaption {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 36px;
    padding-inline: 14px 4px;
    color: var(--muted);
    font-size: var(--text-xs);
  }
  .code .icon-button {
    --control: 32px;
  }
  .code .icon {
    width: 16px;
    height: 16px;
  }
  .code pre {
    padding: 2px 14px 14px;
    overflow-x: auto;
    line-height: 1.55;
    overflow-wrap: normal;
  }
  .code pre code {
    padding: 0;
    background: none;
    white-space: pre;
  }
  .code pre:focus-visible,
  .prose .table:focus-visible {
    outline-offset: -2px;
    animation: none;
  }
  .prose .table {
    overflow-x: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }
  .prose table {
    min-width: 100%;
    border-collapse: collapse;
    font-size: var(--text-sm);
    overflow-wrap: normal;
  }
  .prose :is(th, td) {
    padding: 8px 12px;
    border-block-end: 1px solid var(--line);
    text-align: start;
    vertical-align: top;
  }
  .prose :is(th, td):first-child {
    padding-inline-start: 0;
  }
  .prose :is(th, td):last-child {
    padding-inline-end: 4px;
  }
  .prose th {
    color: var(--muted);
    font-weight: 500;
    white-space: nowrap;
  }
  .prose td {
    max-width: 36ch;
  }
  /* Rather than to be squeezed to one word a line, the table scrolls. */
  .prose .wordy {
    min-width: min(13em, 46cqi);
  }
  /* So far to the side it scrolls anyway: no reason for rows that are high for what is out of sight. */
  .prose .wordy:nth-child(n + 4) {
    min-width: min(20em, 72cqi);
  }
  .prose tbody tr:last-child td {
    border-block-end: 0;
  }
  .prose .right {
    text-align: end;
    white-space: nowrap;
  }
  .prose .center {
    text-align: center;
  }
  /* What goes on beyond an edge fades there; what fits has nothing to scroll and no fade. */
  @keyframes edges {
    from {
      mask: var(--edges) -32px 0 / calc(100% + 32px);
    }
    to {
      mask: var(--edges) 0 0 / calc(100% + 32px);
    }
  }
  @supports (animation-timeline: scroll(inline)) {
    .code pre,
    .prose .table,
    .formula.display,
    .tools {
      --edges: linear-gradient(to right, transparent, #000 32px calc(100% - 32px), transparent);
      animation: edges linear both;
      animation-timeline: scroll(self inline);
    }
    .chat[dir='rtl'] :is(.prose .table, .tools) {
      animation-direction: reverse;
    }
  }
`;
