import { html, type TemplateResult } from 'lit';

/** Has room of its own until it is there; `instead` takes its place when it never comes. */
export function picture(src: string, alt: string, instead: unknown): TemplateResult {
  const settle = ({ type, currentTarget }: Event) => {
    const frame = (currentTarget as Element).parentElement;
    if (frame) frame.dataset.state = type;
  };
  return html`<span class="picture" part="picture"
    ><img
      src=${src}
      alt=${alt}
      loading="lazy"
      decoding="async"
      referrerpolicy="no-referrer"
      @load=${settle}
      @error=${settle}
    /><span class="instead">${instead}</span></span
  >`;
}
