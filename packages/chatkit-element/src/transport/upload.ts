import type { UploadDescriptor } from '../protocol/attachments';
import type { Fetch } from './client';

/** The request that carries a file: a form with the field `file`, or for PUT its bytes alone. */
export function uploadRequest({ method, headers }: UploadDescriptor, file: File) {
  if (method === 'PUT') return { method, headers, body: file };
  const body = new FormData();
  body.append('file', file, file.name);
  // The browser names the type of a form, for only it knows where one field ends.
  const named = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type');
  return { method, headers: Object.fromEntries(named), body };
}

/** `fetch` that tells how much of the body is on its way, from 0 to 1. */
export function watchedFetch(progress: (share: number) => void): Fetch {
  return (url, { method = 'POST', headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(method, url);
      for (const [name, value] of new Headers(headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
        if (lengthComputable) progress(loaded / total);
      };
      request.onload = () => resolve(responseOf(request));
      request.onerror = () => reject(new TypeError('The upload failed.'));
      request.onabort = () => reject(new DOMException('Aborted', 'AbortError'));
      signal?.addEventListener('abort', () => request.abort());
      request.send(body as XMLHttpRequestBodyInit);
    });
}

const WITHOUT_BODY = [204, 205, 304];

function responseOf({ status, responseText }: XMLHttpRequest): Response {
  return new Response(WITHOUT_BODY.includes(status) ? null : responseText, { status });
}
