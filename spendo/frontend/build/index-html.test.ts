// @vitest-environment node
import { join } from 'node:path';
import { build } from 'vite';
import { afterEach, describe, expect, it } from 'vitest';

/** index.html as `npm run build` makes it, without writing anything. */
async function builtPage(): Promise<string> {
  const result = await build({
    configFile: join(import.meta.dirname, '../vite.config.ts'),
    root: join(import.meta.dirname, '..'),
    mode: 'production',
    logLevel: 'silent',
    build: { write: false },
  });
  if (!('output' in result)) throw new Error('expected one build');
  const page = result.output.find(({ fileName }) => fileName === 'index.html');
  if (page?.type !== 'asset') throw new Error('the build has no index.html');
  return String(page.source);
}

const tags = (html: string, name: string) => html.match(new RegExp(`<${name}\\b[^>]*>`, 'g')) ?? [];

describe('the built page', () => {
  const before = process.env.VITE_CHATKIT_DOMAIN_VERIFY;
  afterEach(() => {
    if (before === undefined) delete process.env.VITE_CHATKIT_DOMAIN_VERIFY;
    else process.env.VITE_CHATKIT_DOMAIN_VERIFY = before;
  });

  it('suits a strict policy: only files of its own, marked for the nonce', async () => {
    process.env.VITE_CHATKIT_DOMAIN_VERIFY = '';
    const html = await builtPage();
    const scripts = tags(html, 'script');
    expect(scripts).toHaveLength(2);
    for (const script of scripts) {
      expect(script).toContain('src="/static/app/');
      expect(script).toContain('nonce="__CSP_NONCE__"');
    }
    expect(html).toContain('<meta property="csp-nonce" nonce="__CSP_NONCE__">');
    expect(tags(html, 'style')).toEqual([]);
    expect(html).not.toMatch(/https?:|\son\w+=|openai-domain-verify/);
  });

  it('carries the domain verification when it is configured', async () => {
    process.env.VITE_CHATKIT_DOMAIN_VERIFY = 'dv_123';
    expect(await builtPage()).toContain('<meta name="openai-domain-verify" content="dv_123">');
  });
});
