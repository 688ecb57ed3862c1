import { css } from 'lit';

/** For people who enlarge the page, or bring colours of their own. The last word on all the rest. */
export const accessStyles = css`
  /* A window this low, as after zooming in, cannot show all of it at once. */
  @media (max-height: 420px) {
    .main {
      overflow: hidden auto;
    }
  }
  @media (forced-colors: active) {
    .bubble,
    .round-button,
    .icon-button:hover {
      border: 1px solid;
    }
    [aria-pressed='true'],
    .thread:has([aria-current]) {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
