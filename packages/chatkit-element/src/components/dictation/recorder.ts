import { AUDIO_FORMATS } from '../../protocol/transcription';

/** Bits a second: enough for speech, and small enough for a server's limit. */
const BIT_RATE = 32_000;

/** The format this browser records in; undefined when it cannot record what a server takes. */
export function recordingFormat(): string | undefined {
  if (!globalThis.isSecureContext || !navigator.mediaDevices?.getUserMedia) return undefined;
  if (typeof MediaRecorder === 'undefined') return undefined;
  return AUDIO_FORMATS.find((format) => MediaRecorder.isTypeSupported(format));
}

/** One recording. Whatever becomes of it, the microphone is let go. */
export class Recorder {
  readonly #chunks: Blob[] = [];
  readonly #recorder: MediaRecorder;

  private constructor(
    readonly stream: MediaStream,
    format: string,
  ) {
    this.#recorder = new MediaRecorder(stream, { mimeType: format, audioBitsPerSecond: BIT_RATE });
    this.#recorder.addEventListener('dataavailable', ({ data }) => {
      if (data.size > 0) this.#chunks.push(data);
    });
  }

  /**
   * Asks for the microphone and records from then on. Rejects with the browser's `DOMException`.
   * `ended`: the recording ends by itself, as when the microphone is unplugged.
   */
  static async start(format: string, ended: () => void): Promise<Recorder> {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    try {
      const recorder = new Recorder(stream, format);
      for (const track of stream.getTracks()) track.addEventListener('ended', ended);
      recorder.#recorder.start();
      return recorder;
    } catch (error) {
      letGo(stream);
      throw error;
    }
  }

  /** Ends the recording and gives what was said; without a byte when that was nothing. */
  async stop(): Promise<Blob> {
    const recorder = this.#recorder;
    if (recorder.state !== 'inactive') {
      const stopped = new Promise<void>((resolve) => {
        recorder.addEventListener('stop', () => resolve(), { once: true });
        recorder.addEventListener('error', () => resolve(), { once: true });
      });
      recorder.stop();
      await stopped;
    }
    letGo(this.stream);
    return new Blob(this.#chunks, { type: recorder.mimeType });
  }

  discard(): void {
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    letGo(this.stream);
  }
}

function letGo(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The bytes as the request carries them. */
export function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
