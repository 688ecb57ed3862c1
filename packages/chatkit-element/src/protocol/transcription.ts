import { isObject, readText } from './json';
import type { ChatKitRequest } from './requests';

/** Formats a server of ChatKit takes, best first. Safari records the second, old Firefox the third. */
export const AUDIO_FORMATS = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

export function transcribe(audioBase64: string, mimeType: string): ChatKitRequest {
  return { type: 'input.transcribe', params: { audio_base64: audioBase64, mime_type: mimeType } };
}

/** The words that were heard; empty when there were none. */
export function readTranscript(value: unknown): string {
  return ((isObject(value) && readText(value.text)) || '').trim();
}
