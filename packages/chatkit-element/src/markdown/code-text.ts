import { noChange } from 'lit';
import { Directive, type DirectiveResult, directive, type ElementPart } from 'lit/directive.js';
import { Lazy } from '../lazy/lazy';
import { adoptFor } from './adopt-for';
import { writeText } from './growing-text';

const highlighting = new Lazy(() => import('../parts/highlight'));

class CodeText extends Directive {
  #draw = () => {};

  render(_code: string, _language: string, _open: boolean): unknown {
    return noChange;
  }

  override update(part: ElementPart, [code, language, open]: [string, string, boolean]): unknown {
    this.#draw = () => {
      const highlight = language ? highlighting.get(this.#arrived) : null;
      if (!highlight) {
        writeCode(part.element, code);
        return;
      }
      adoptFor(part, highlight.css);
      highlight.paint(part.element, code, language, open);
    };
    this.#draw();
    return noChange;
  }

  /** The same function for every drawing: who waits is told once. */
  #arrived = () => this.#draw();
}

/** The words of a `<code>` element, in colours once they can be had. `open`: its last line may go on. */
export const codeText: (code: string, language: string, open: boolean) => DirectiveResult =
  directive(CodeText);

function writeCode(element: Element, code: string): void {
  const { firstChild } = element;
  if (firstChild instanceof Text) writeText(firstChild, code);
  else element.textContent = code;
}
