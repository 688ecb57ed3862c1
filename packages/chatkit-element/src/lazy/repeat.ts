import { type ChildPart, directive } from 'lit/directive.js';
import { getCommittedValue, getDirectiveClass } from 'lit/directive-helpers.js';
import {
  type ItemTemplate,
  type KeyFn,
  repeat as leaving,
  type RepeatDirective,
  type RepeatDirectiveFn,
} from 'lit/directives/repeat.js';

type Given<T> = [Iterable<T>, KeyFn<T> | ItemTemplate<T>, ItemTemplate<T>];

const Leaving = getDirectiveClass(leaving([], String)) as typeof RepeatDirective;

/**
 * Of each thing that goes Lit 3.3 leaves the comment behind that marked its end. Who reads through a
 * long thread has thousands come and go: every step through their siblings got slower with each.
 */
class Repeat extends Leaving {
  override update<T>(part: ChildPart, given: Given<T>) {
    const drawn = getCommittedValue(part);
    const before = Array.isArray(drawn) ? [...(drawn as ChildPart[])] : [];
    const value = super.update(part, given);
    for (const { startNode, endNode } of before)
      if (!startNode?.parentNode) (endNode as ChildNode | null)?.remove();
    return value;
  }
}

export const repeat: RepeatDirectiveFn = directive(Repeat) as RepeatDirectiveFn;
