/** A bar of the picture and the gap beside it, in CSS px. */
const BAR = 3;
const GAP = 3;
/** Time one bar stands for, in ms; without motion the picture changes seldom. */
const STEP = 70;
const CALM_STEP = 1000;

/** Shows that the microphone hears: bars of loudness that come in at the end. */
export class LevelMeter {
  readonly #context: AudioContext;
  readonly #analyser: AnalyserNode;
  readonly #levels: number[] = [];
  readonly #step: number;
  #frame = 0;
  #drawn = 0;
  #peak = 0;

  private constructor(
    stream: MediaStream,
    private readonly canvas: () => HTMLCanvasElement | null,
  ) {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#step = calm ? CALM_STEP : STEP;
    this.#context = new AudioContext();
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = 1024;
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
    void this.#context.resume().catch(() => {});
    this.#frame = requestAnimationFrame(this.#draw);
  }

  /** Null where the browser cannot: a recording goes on without its picture. */
  static watch(stream: MediaStream, canvas: () => HTMLCanvasElement | null): LevelMeter | null {
    try {
      return new LevelMeter(stream, canvas);
    } catch {
      return null;
    }
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    void this.#context.close().catch(() => {});
  }

  #draw = (now: number): void => {
    this.#frame = requestAnimationFrame(this.#draw);
    this.#peak = Math.max(this.#peak, this.#loudness());
    if (now - this.#drawn < this.#step) return;
    this.#drawn = now;
    this.#levels.push(this.#peak);
    this.#peak = 0;
    const canvas = this.canvas();
    if (canvas) paint(canvas, this.#levels);
  };

  /** From 0 to 1, as the ear takes it. */
  #loudness(): number {
    const samples = new Float32Array(this.#analyser.fftSize);
    this.#analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    return Math.min(1, Math.sqrt(Math.sqrt(power)) * 1.4);
  }
}

function paint(canvas: HTMLCanvasElement, levels: number[]): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext('2d');
  if (!context || width === 0) return;
  const scale = devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.scale(scale, scale);
  const style = getComputedStyle(canvas);
  const count = Math.floor(width / (BAR + GAP));
  levels.splice(0, Math.max(0, levels.length - count));
  const silent = count - levels.length;
  for (let index = 0; index < count; index += 1) {
    const level = levels[index - silent] ?? 0;
    const tall = Math.max(BAR, level * height);
    const from = index * (BAR + GAP);
    const x = style.direction === 'rtl' ? width - from - BAR : from;
    context.fillStyle = level > 0.04 ? style.color : style.borderTopColor;
    context.beginPath();
    context.roundRect(x, (height - tall) / 2, BAR, tall, BAR / 2);
    context.fill();
  }
}
