import { createRequire } from 'node:module';
import { builtinEnvironments, type Environment } from 'vitest/runtime';

/**
 * At each node that comes into a shadow root, jsdom looks through all of it for slots to fill: a
 * thread of thousands of nodes takes minutes. The chat has no slots.
 */
const shadow = createRequire(import.meta.url)('jsdom/lib/jsdom/living/helpers/shadow-dom.js');
shadow.assignSlotableForTree = () => {};

export default { ...builtinEnvironments.jsdom, name: 'slotless-dom' } satisfies Environment;
