import { isObject, readText } from './json';
import type { ChatKitRequest } from './requests';

/** A file as its server knows it, as `Attachment` of the published types. */
export type AttachmentReference =
  | { type: 'file'; id: string; name: string; mime_type: string }
  | { type: 'image'; id: string; name: string; mime_type: string; preview_url: string };

/** Where and how the bytes of an announced file go. */
export interface UploadDescriptor {
  url: string;
  method: 'POST' | 'PUT';
  headers: Record<string, string>;
}

export function createAttachment(file: {
  name: string;
  size: number;
  mime_type: string;
}): ChatKitRequest {
  return { type: 'attachments.create', params: { ...file } };
}

export function deleteAttachment(attachmentId: string): ChatKitRequest {
  return { type: 'attachments.delete', params: { attachment_id: attachmentId } };
}

/** An address that a picture may have: of this page, of the web, or the picture itself. */
const PICTURE = /^(?:https?:|blob:|data:image\/|[^:]*(?:[/?#]|$))/i;

/** Null when it cannot be named in a message. An image that nothing can be seen of is a file. */
export function readAttachment(value: unknown): AttachmentReference | null {
  const id = isObject(value) ? readText(value.id) : undefined;
  if (!id || !isObject(value)) return null;
  const common = {
    id,
    name: readText(value.name) ?? id,
    mime_type: readText(value.mime_type) ?? '',
  };
  const preview = PICTURE.exec(readText(value.preview_url) ?? '')?.input;
  return preview ? { type: 'image', ...common, preview_url: preview } : { type: 'file', ...common };
}

/** Null when the server did not say where the bytes go. */
export function readUploadDescriptor(value: unknown): UploadDescriptor | null {
  if (!isObject(value) || !isObject(value.upload_descriptor)) return null;
  const { url, method, headers } = value.upload_descriptor;
  if (typeof url !== 'string' || url === '') return null;
  const named = isObject(headers) ? Object.entries(headers) : [];
  return {
    url,
    method: method === 'PUT' ? 'PUT' : 'POST',
    headers: Object.fromEntries(
      named.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
  };
}
