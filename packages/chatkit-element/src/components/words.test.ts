import { afterEach, describe, expect, it } from 'vitest';
import { en } from '../locales/en';
import { Mounted } from '../testing/mount';
import * as wire from '../testing/wire';

afterEach(() => {
  document.body.replaceChildren();
});

const started = (locale: string) => new Mounted().start({ locale: locale as never });

describe('the language of the chat', () => {
  it('[row 132] is there when the chat is ready, and the server is told the locale', async () => {
    const chat = await started('de-AT');
    expect(chat.find('.chat').lang).toBe('de');
    expect(chat.input.getAttribute('aria-label')).toBe('Nachricht');
    await chat.exchange('F', wire.exchange('F', 'A'));
    expect(chat.server.last('threads.create')?.init.headers).toMatchObject({
      'Accept-Language': 'de-AT',
    });
  });

  it('[row 132] an unsupported one is English; the server is told it all the same', async () => {
    const chat = await started('tlh');
    expect(chat.find('.chat').lang).toBe('en');
    expect(chat.find('.greeting').textContent).toBe(en.greeting);
    await chat.exchange('F', wire.exchange('F', 'A'));
    expect(chat.server.last('threads.create')?.init.headers).toMatchObject({
      'Accept-Language': 'tlh',
    });
  });

  it('[row 132] changes while the chat is there, and keeps what was typed', async () => {
    const chat = await started('en');
    await chat.type('Half a thought');
    chat.element.setOptions(chat.options({ locale: 'ar' }));
    await chat.until(() => chat.find('.chat').lang === 'ar');
    expect(chat.find('.chat').dir).toBe('rtl');
    expect(chat.input.value).toBe('Half a thought');
    expect(chat.named('ready')).toHaveLength(1);
  });

  it.each([
    ['ar', 'rtl'],
    ['he', 'rtl'],
    ['fa-IR', 'rtl'],
    ['ur', 'rtl'],
    ['de', 'ltr'],
    ['ja', 'ltr'],
    ['no such thing', 'ltr'],
  ])('[row 132] %s runs %s', async (locale, direction) => {
    expect((await started(locale)).find('.chat').dir).toBe(direction);
  });
});
