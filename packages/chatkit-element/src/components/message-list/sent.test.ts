import { afterEach, expect, it } from 'vitest';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';

afterEach(() => document.body.replaceChildren());

it('[row 45] a message is on screen before the server has it, and the same element is the server’s', async () => {
  const chat = await new Mounted().start();
  await chat.type('Groceries in May?');
  chat.press('Enter');
  await chat.until(() => chat.server.streams.length === 1);
  const shown = chat.find('[part~=user-message]');
  expect(shown.textContent).toContain('Groceries in May?');

  chat.server.stream.send(
    wire.created(),
    wire.done(wire.userItem('m1', 'Groceries in May, as the server has it?')),
  );
  await chat.until(() => shown.textContent?.includes('as the server has it') === true);
  expect(chat.all('[part~=user-message]')).toEqual([shown]);
  chat.server.stream.close();
});
