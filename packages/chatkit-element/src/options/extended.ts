import type { ChatKitOptions } from '@openai/chatkit';

/** The level of the chat's title among the page's headings; its messages are one below it. */
export type HeadingLevel = 1 | 2 | 3 | 4;

/**
 * The options of the original, and what this element takes beyond them. Everything here may be
 * left out: the options of a page that was written for the original are these options, too.
 */
export type ExtendedOptions = ChatKitOptions & {
  /** Level of the chat's title among the headings of the page. Default: 2. */
  headingLevel?: HeadingLevel;
  threadItemActions?: {
    /** Whether an answer has a button that copies it. Default: true. */
    copy?: boolean;
  };
  composer?: {
    /** Whether nothing can be written or chosen. Default: false. */
    disabled?: boolean;
  };
};

/** Pages without a compiler may say anything. */
export function headingLevelOf({ headingLevel = 2 }: ExtendedOptions): HeadingLevel {
  return [1, 2, 3, 4].includes(headingLevel) ? headingLevel : 2;
}
