import { vi } from 'vitest';

/** A browser's microphone in the test's hands. */
export class FakeMicrophone {
  /** What it records in. */
  formats = ['audio/webm;codecs=opus', 'audio/mp4'];
  /** What a recording is made of. */
  heard: string[] = ['said ', 'so'];
  readonly tracks: FakeTrack[] = [];
  refusal: DOMException | null = null;
  /** Held back until the test lets the user answer the browser's question. */
  answer: Promise<void> = Promise.resolve();

  /** Gives the page this microphone; `vi.unstubAllGlobals` takes it away. */
  plugIn(): this {
    const microphone = this;
    vi.stubGlobal('isSecureContext', true);
    vi.stubGlobal(
      'MediaRecorder',
      class extends FakeRecorder {
        static isTypeSupported = (format: string) => microphone.formats.includes(format);
        constructor(stream: unknown, options: { mimeType: string }) {
          super(stream, options, microphone);
        }
      },
    );
    vi.stubGlobal('navigator', {
      ...navigator,
      language: 'en-US',
      mediaDevices: { getUserMedia: () => this.#open() },
    });
    return this;
  }

  get open(): number {
    return this.tracks.filter(({ live }) => live).length;
  }

  async #open() {
    await this.answer;
    if (this.refusal) throw this.refusal;
    const track = new FakeTrack();
    this.tracks.push(track);
    return { getTracks: () => [track] };
  }
}

class FakeTrack extends EventTarget {
  live = true;

  stop(): void {
    this.live = false;
  }

  unplug(): void {
    this.live = false;
    this.dispatchEvent(new Event('ended'));
  }
}

class FakeRecorder extends EventTarget {
  state = 'inactive';
  readonly mimeType: string;

  constructor(
    _stream: unknown,
    options: { mimeType: string },
    private readonly microphone: FakeMicrophone,
  ) {
    super();
    this.mimeType = options.mimeType;
  }

  start(): void {
    this.state = 'recording';
  }

  /** As a browser does: the data and the end come in tasks of their own. */
  stop(): void {
    this.state = 'inactive';
    setTimeout(() => {
      for (const chunk of this.microphone.heard) {
        const data = new Blob([chunk]);
        this.dispatchEvent(Object.assign(new Event('dataavailable'), { data }));
      }
      this.dispatchEvent(new Event('stop'));
    });
  }
}
