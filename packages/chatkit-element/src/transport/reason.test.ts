import { expect, it } from 'vitest';
import { readReason } from './reason';

const json = (body: unknown, status = 400) => Response.json(body, { status });
const plain = (text: string, status: number, type = 'text/plain; charset=utf-8') =>
  new Response(text, { status, headers: { 'content-type': type } });

it.each<[string, Response, string]>([
  ['ours', json({ error: { code: 'x', message: 'Wait a minute.' } }), 'Wait a minute.'],
  ['an error that is a sentence', json({ error: 'No credit left.' }), 'No credit left.'],
  ['a message', json({ message: 'Too long.' }), 'Too long.'],
  ['a detail', json({ detail: 'Not yours.' }, 403), 'Not yours.'],
  ['a detail for machines', json({ detail: [{ loc: ['body'] }] }, 422), ''],
  ['plain text', plain('Come back on Monday.', 403), 'Come back on Monday.'],
  ['a break-down in plain text', plain('Internal Server Error', 500), ''],
  ['a page', plain('<h1>Bad gateway</h1>', 404, 'text/html'), ''],
  ['a traceback', json({ error: { message: 'Traceback '.repeat(100) } }, 500), ''],
  ['nothing', new Response(null, { status: 502 }), ''],
])('[row 18] the words of %s', async (_, response, words) => {
  expect((await readReason(response)).words).toBe(words);
});
