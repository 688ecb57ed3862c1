import { noChange } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { type ChildPart, type DirectiveResult, directive } from 'lit/directive.js';
import { guard } from 'lit/directives/guard.js';
import type { Token } from 'marked';
import { repeat } from '../lazy/repeat';
import { adoptFor } from './adopt-for';
import { BlockLexer, lastContent, normalise } from './block-lexer';
import { type Maths, mathsFor } from './maths';
import { renderBlock } from './render-block';
import type { MarkdownContext } from './render-inline';

export type { MarkdownContext } from './render-inline';

/** Puts things that are no part of the text between the blocks and words it was read as. */
export interface Marks {
  /** The blocks to draw: the same objects where nothing changed since the last time. */
  insert(blocks: Token[], text: string, growing: boolean): Token[];
}

type Given = [text: string, growing: boolean, context: MarkdownContext, marks?: Marks | null];

class MarkdownDirective extends AsyncDirective {
  #lexer = new BlockLexer();
  #given: Given | null = null;
  #part: ChildPart | null = null;
  #maths: Maths | null = null;
  #grown = false;

  render(..._given: Given): unknown {
    return noChange;
  }

  override update(part: ChildPart, given: Given): unknown {
    if (this.#given?.every((value, index) => value === given[index])) return noChange;
    this.#given = given;
    this.#part = part;
    return this.#draw(...given);
  }

  protected override reconnected(): void {
    this.#drawAgain();
  }

  #drawAgain = () => {
    if (this.#given && this.isConnected) this.setValue(this.#draw(...this.#given));
  };

  #draw(...[text, growing, context, marks]: Given): unknown {
    this.#grown ||= growing;
    this.#maths ??= mathsFor(text, this.#drawAgain);
    if (this.#maths && this.#part) adoptFor(this.#part, this.#maths.css);
    const read = this.#lexer.read(normalise(text), growing, this.#maths);
    const blocks = marks ? marks.insert(read, text, growing) : read;
    const open = growing ? lastContent(blocks) : -1;
    return repeat(
      blocks,
      (_, index) => index,
      (block, index) => {
        const place = { context, grown: this.#grown, open: index === open };
        return guard([block, context, place.open], () => renderBlock(block, place));
      },
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
