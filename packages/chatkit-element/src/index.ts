import { define } from './define';

export { ChatKitElement } from './chatkit-element';
export { define, TAG } from './define';

define();
