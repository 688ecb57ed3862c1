// What the server may ask of this page.
const TOOLS = {
  page_title: () => ({ title: document.title }),
  page_width: () => ({ width: innerWidth }),
  fail: () => {
    throw new Error('There is no row 7.');
  },
  /** Answers when the page says so: `dispatchEvent(new Event('tool-done'))`. */
  wait_for_the_page: () =>
    new Promise((resolve) => {
      addEventListener('tool-done', () => resolve({ done: true }), { once: true });
    }),
};

/** The tools called so far. */
export const called = [];

export function onClientTool({ name, params }) {
  called.push(name);
  return TOOLS[name](params);
}

window.toolsCalled = called;
