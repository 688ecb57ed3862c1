import { afterEach, expect, it } from 'vitest';
import { styleNonce } from './style-nonce';

afterEach(() => document.head.replaceChildren());

it('is the nonce of the tag that the server filled in', () => {
  const tag = document.createElement('meta');
  tag.setAttribute('property', 'csp-nonce');
  tag.setAttribute('nonce', 'abc123');
  document.head.append(tag);
  expect(styleNonce()).toBe('abc123');
});

it('is empty on the dev server, which has no policy', () => {
  expect(styleNonce()).toBe('');
});
