import { isObject, readText } from '../protocol/json';

/** Longer than this is no sentence for a reader. */
const LONGEST = 500;

/** Why the server refused, in its own words: empty when it sent none that are meant for people. */
export async function readReason(
  response: Response,
): Promise<{ error: Record<string, unknown>; words: string }> {
  const text = await response.text().catch(() => '');
  const body = readJson(text);
  const error = isObject(body) && isObject(body.error) ? body.error : {};
  const words = isObject(body)
    ? [error.message, body.error, body.message, body.detail].map(readText).find(Boolean)
    : plainText(response, text);
  return { error, words: words && words.length <= LONGEST ? words : '' };
}

/** What a server says in plain text when it broke down is not for its users. */
function plainText({ status, headers }: Response, text: string): string {
  const plain = headers.get('content-type')?.startsWith('text/plain') === true;
  return plain && status < 500 ? text.trim() : '';
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
