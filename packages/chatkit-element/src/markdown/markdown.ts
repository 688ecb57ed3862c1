import { noChange } from 'lit';
import { Directive, type DirectiveResult, directive } from 'lit/directive.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Token } from 'marked';
import { BlockLexer, normalise } from './block-lexer';
import { renderBlock } from './render-block';
import type { MarkdownContext } from './render-inline';

export type { MarkdownContext } from './render-inline';

/** Puts things that are no part of the text between the blocks and words it was read as. */
export interface Marks {
  /** The blocks to draw: the same objects where nothing changed since the last time. */
  insert(blocks: Token[], text: string, growing: boolean): Token[];
}

class MarkdownDirective extends Directive {
  #lexer = new BlockLexer();
  #context: MarkdownContext | undefined;
  #text = '';
  #growing: boolean | undefined;
  #marks: Marks | null | undefined;

  render(text: string, growing: boolean, context: MarkdownContext, marks?: Marks | null): unknown {
    if (
      text === this.#text &&
      growing === this.#growing &&
      context === this.#context &&
      marks === this.#marks
    ) {
      return noChange;
    }
    this.#marks = marks;
    this.#text = text;
    this.#growing = growing;
    this.#context = context;
    const read = this.#lexer.read(normalise(text), growing);
    const blocks = marks ? marks.insert(read, text, growing) : read;
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
  marks?: Marks | null,
) => DirectiveResult = directive(MarkdownDirective);
