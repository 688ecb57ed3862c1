import { css } from 'lit';

/** Formulas: as wide as their place and scrolled by themselves, never over what is around them. */
export const mathStyles = css`
  .formula {
    display: inline-block;
    max-width: 100%;
    overflow: auto hidden;
    overflow-wrap: normal;
    vertical-align: middle;
    scrollbar-width: thin;
  }
  .formula.display {
    display: block;
    max-height: 40em;
    padding-block: 4px;
    overflow: auto;
    text-align: center;
  }
  .prose p > .formula.display {
    margin-block: 0.5em;
  }
  .formula math {
    direction: ltr;
    /* Signs that grow need a font that says how: Windows, Apple and Android have the first ones, Linux the last. */
    font-family:
      'Cambria Math', 'STIX Two Math', 'Noto Sans Math', 'Latin Modern Math', 'XITS Math',
      'Libertinus Math', 'TeX Gyre Termes Math', 'DejaVu Math TeX Gyre', math;
    font-size: 1.1em;
    letter-spacing: normal;
    text-indent: 0;
  }
  .formula .letter {
    text-transform: none;
  }
  .formula .slanted {
    font-style: italic;
  }
  .formula .heavy {
    font-weight: 700;
  }
  .formula math * {
    border-color: currentColor;
  }
  /* Formulas run from left to right in every language; only these values move what is no text. */
  .formula .tml-right {
    text-align: end;
    text-align: -webkit-right;
  }
  .formula .tml-left {
    text-align: start;
    text-align: -webkit-left;
  }
  .formula menclose {
    position: relative;
    padding: 0.5ex 0;
  }
  .formula .tml-overline {
    border-block-start: 0.065em solid;
  }
  .formula .tml-underline {
    border-block-end: 0.065em solid;
  }
  .formula .tml-fbox {
    padding: 3pt;
    border: 1px solid;
  }
  .formula .tml-cancel {
    position: absolute;
    inset: 0;
    background-color: currentColor;
  }
  .formula .upstrike {
    clip-path: polygon(0.05em 100%, 0 calc(100% - 0.05em), calc(100% - 0.05em) 0, 100% 0.05em);
  }
  .formula .downstrike {
    clip-path: polygon(0 0.05em, 0.05em 0, 100% calc(100% - 0.05em), calc(100% - 0.05em) 100%);
  }
  .formula .sout {
    clip-path: polygon(0 58%, 0 52%, 100% 52%, 100% 58%);
  }
  .prose .formula-source {
    white-space: pre-wrap;
  }
`;
