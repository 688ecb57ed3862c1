import { afterEach, describe, expect, it } from 'vitest';
import { Mounted } from '../../testing/mount';

afterEach(() => document.body.replaceChildren());

describe('[row 43] the disclaimer', () => {
  it('is markdown under the composer, and follows the options', async () => {
    const chat = await new Mounted().start({
      disclaimer: { text: 'May be **wrong**: [read](https://example.com/terms)' },
    });
    const shown = chat.find('[part=disclaimer]');
    expect(shown.querySelector('strong')?.textContent).toBe('wrong');
    expect(shown.querySelector('a')?.getAttribute('href')).toBe('https://example.com/terms');
    expect(shown.classList.contains('strong')).toBe(false);
    const field = chat.find('[part=input]');
    expect(field.compareDocumentPosition(shown)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);

    chat.element.setOptions(chat.options({ disclaimer: { text: 'Stronger', highContrast: true } }));
    await chat.settled();
    expect(chat.find('[part=disclaimer]').classList.contains('strong')).toBe(true);
    expect(chat.find('[part=disclaimer]').textContent?.trim()).toBe('Stronger');

    chat.element.setOptions(chat.options());
    await chat.settled();
    expect(chat.all('[part=disclaimer]')).toEqual([]);
  });

  it('leads to pages beside this one: its words are those of the page', async () => {
    const chat = await new Mounted().start({
      disclaimer: { text: '[how](/about) [or](javascript:x)' },
    });
    const links = [...chat.find('[part=disclaimer]').querySelectorAll('a')];
    expect(links.map(({ href }) => href)).toEqual([`${location.origin}/about`]);
    expect(chat.find('[part=disclaimer]').textContent?.trim()).toBe('how or');
  });

  it('is no markup, whatever the page puts into it', async () => {
    const chat = await new Mounted().start({
      disclaimer: { text: '<img src=x onerror=alert(1)> [no](javascript:alert(1))' },
    });
    const shown = chat.find('[part=disclaimer]');
    expect(shown.querySelectorAll('img, a')).toHaveLength(0);
    expect(shown.textContent).toContain('<img src=x onerror=alert(1)>');
  });
});
