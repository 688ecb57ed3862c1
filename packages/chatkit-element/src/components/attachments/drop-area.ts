interface DropHost {
  /** Whether files may come now. */
  open(): boolean;
  /** Files are held over the chat, or no longer. */
  hovered(over: boolean): void;
  dropped(files: File[], folders: string[]): void;
}

/** What comes from outside into the chat: files that are dropped on it, or pasted. */
export class DropArea {
  #area: HTMLElement | null = null;
  /** Something of the chat itself is dragged about. */
  #ownDrag = false;
  #end: AbortController | null = null;

  constructor(private readonly host: DropHost) {}

  /** Listens to `area` and to nothing else. */
  watch(area: HTMLElement | null): void {
    if (area === this.#area) return;
    this.#end?.abort();
    this.#area = area;
    if (!area) return;
    this.#end = new AbortController();
    const { signal } = this.#end;
    area.addEventListener('dragstart', () => this.#setOwn(true), { signal });
    area.addEventListener('dragend', () => this.#setOwn(false), { signal });
    area.addEventListener('dragenter', this.#over, { signal });
    area.addEventListener('dragover', this.#over, { signal });
    area.addEventListener('dragleave', this.#leave, { signal });
    area.addEventListener('drop', this.#drop, { signal });
    // No pointer moves while something is dragged: what was dragged is gone.
    area.addEventListener('pointermove', () => this.host.hovered(false), { signal });
    // Before the field, which would take the words of a file's name for text.
    area.addEventListener('paste', this.#paste, { signal, capture: true });
  }

  #setOwn(own: boolean): void {
    this.#ownDrag = own;
  }

  #accepts(transfer: DataTransfer | null): transfer is DataTransfer {
    return !this.#ownDrag && transfer?.types.includes('Files') === true && this.host.open();
  }

  readonly #over = (event: DragEvent): void => {
    if (!this.#accepts(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.host.hovered(true);
  };

  /** Once the veil is there it lies over everything, so what is left is the veil. */
  readonly #leave = ({ target }: DragEvent): void => {
    if (target instanceof Element && target.matches('.veil')) this.host.hovered(false);
  };

  readonly #drop = (event: DragEvent): void => {
    this.host.hovered(false);
    if (!this.#accepts(event.dataTransfer)) return;
    event.preventDefault();
    event.stopPropagation();
    const { files, folders } = contentOf(event.dataTransfer);
    this.host.dropped(files, folders);
  };

  readonly #paste = (event: ClipboardEvent): void => {
    const data = event.clipboardData;
    if (!data || data.files.length === 0 || !this.host.open()) return;
    // A table or formatted text comes with a picture of itself. The words are what is meant.
    if (data.types.includes('text/plain') && data.types.includes('text/html')) return;
    event.preventDefault();
    event.stopPropagation();
    this.host.dropped([...data.files], []);
  };
}

/** A folder looks like a file that cannot be read. */
function contentOf(transfer: DataTransfer): { files: File[]; folders: string[] } {
  const files: File[] = [];
  const folders: string[] = [];
  for (const item of transfer.items) {
    const file = item.getAsFile();
    if (!file) continue;
    if (item.webkitGetAsEntry?.()?.isDirectory) folders.push(file.name);
    else files.push(file);
  }
  return { files, folders };
}
