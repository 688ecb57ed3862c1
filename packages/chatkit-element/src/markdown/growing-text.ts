import { noChange } from 'lit';
import { type ChildPart, Directive, type DirectiveResult, directive } from 'lit/directive.js';

class GrowingText extends Directive {
  #shown: string | null = null;

  render(text: string): unknown {
    return text;
  }

  override update(part: ChildPart, [text]: [string]): unknown {
    const before = this.#shown;
    this.#shown = text;
    const node = part.startNode?.nextSibling;
    if (before === null || !(node instanceof Text)) return this.render(text);
    writeText(node, text);
    return noChange;
  }
}

/** Text that is added to where it grows, so that a selection in it stays. */
export const growingText: (text: string) => DirectiveResult = directive(GrowingText);

export function writeText(node: Text, text: string): void {
  if (text === node.data) return;
  if (text.startsWith(node.data)) node.appendData(text.slice(node.data.length));
  else node.data = text;
}
