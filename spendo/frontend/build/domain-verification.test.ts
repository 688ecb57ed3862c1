// @vitest-environment node
import { expect, it } from 'vitest';
import { domainVerification } from './domain-verification';

it('writes the tag with the configured value', () => {
  expect(domainVerification('dv_123').transformIndexHtml()).toEqual([
    {
      tag: 'meta',
      attrs: { name: 'openai-domain-verify', content: 'dv_123' },
      injectTo: 'head-prepend',
    },
  ]);
});

it.each([undefined, ''])('writes no tag at all when the value is %j', (value) => {
  expect(domainVerification(value).transformIndexHtml()).toEqual([]);
});
