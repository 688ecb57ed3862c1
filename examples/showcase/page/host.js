// What a page does with its chat. The React page offers the same under the same name, `window.host`.

export const EVENTS = [
  'ready',
  'error',
  'effect',
  'deeplink',
  'response.start',
  'response.end',
  'history.open',
  'history.close',
  'thread.change',
  'thread.load.start',
  'thread.load.end',
  'tool.change',
  'log',
];

export class PlainHost {
  /** Names and details of all events so far. */
  events = [];
  #options;
  #place;

  constructor(element, options) {
    this.#options = options;
    this.#place = element.parentElement;
    this.#take(element);
  }

  change(more) {
    this.#options = { ...this.#options, ...more };
    this.element.setOptions(this.#options);
  }

  call(method, ...parameters) {
    return this.element[method](...parameters);
  }

  /** Takes the chat out of the page, or puts it back. */
  show(shown) {
    if (shown) this.#place.append(this.element);
    else this.element.remove();
  }

  /** Shows a new chat; the one before is out of the page. */
  renew() {
    this.#take(document.createElement('openai-chatkit'));
    this.show(true);
  }

  /** To another place in the page. */
  move() {
    this.#place = document.body.appendChild(document.createElement('main'));
    this.#place.append(this.element);
  }

  #take(element) {
    this.element = element;
    for (const name of EVENTS) {
      element.addEventListener(`chatkit.${name}`, ({ detail }) => this.events.push([name, detail]));
    }
    // The element's script may come after this one.
    customElements.whenDefined('openai-chatkit').then(() => element.setOptions(this.#options));
  }
}
