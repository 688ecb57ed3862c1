import { define } from './define';

export { ChatKitElement } from './chatkit-element';
export { define, TAG } from './define';
export type { ExtendedOptions, HeadingLevel } from './options/extended';

define();
