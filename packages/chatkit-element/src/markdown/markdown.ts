import { noChange } from 'lit';
import { Directive, type DirectiveResult, directive } from 'lit/directive.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { BlockLexer, normalise } from './block-lexer';
import { renderBlock } from './render-block';
import type { MarkdownContext } from './render-inline';

export type { MarkdownContext } from './render-inline';

class MarkdownDirective extends Directive {
  #lexer = new BlockLexer();
  #context: MarkdownContext | undefined;
  #text = '';
  #growing: boolean | undefined;

  render(text: string, growing: boolean, context: MarkdownContext): unknown {
    if (text === this.#text && growing === this.#growing && context === this.#context) {
      return noChange;
    }
    this.#text = text;
    this.#growing = growing;
    this.#context = context;
    const blocks = this.#lexer.read(normalise(text), growing);
    return repeat(
      blocks,
      (_, index) => index,
      (block) => guard([block, context], () => renderBlock(block, context)),
    );
  }
}

/** Markdown as elements: no markup of the text itself is ever parsed by the browser. */
export const markdown: (
  text: string,
  growing: boolean,
  context: MarkdownContext,
) => DirectiveResult = directive(MarkdownDirective);
