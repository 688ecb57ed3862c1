const HTML = new Set(
  (
    'section header div span p h1 h2 h3 h4 h5 h6 ul ol li nav article aside main footer dl dt dd ' +
    'a img table caption thead tbody tr th td pre code figure figcaption blockquote hr br strong em del b i sup sub bdi mark ' +
    'button input textarea label form fieldset legend details summary dialog time progress output menu'
  ).split(' '),
);
const SVG = new Set('svg path circle rect line polyline polygon ellipse g'.split(' '));
const MATH = new Set(
  (
    'math semantics mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom ' +
    'msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd menclose'
  ).split(' '),
);

/** Attributes that carry no address, no code and no style. */
const ATTRIBUTES =
  /^(?:class|id|part|role|title|alt|lang|dir|hidden|inert|open|start|type|name|value|for|tabindex|scope|colspan|rowspan|disabled|checked|required|readonly|multiple|accept|placeholder|rows|cols|maxlength|autocomplete|autocapitalize|spellcheck|inputmode|enterkeyhint|loading|decoding|referrerpolicy|rel|target|download|datetime|width|height|popover|max|min|contenteditable|draggable|aria-[a-z]+|data-[a-z-]+)$/;
const OF_DRAWINGS =
  /^(?:class|part|viewBox|fill|stroke|stroke-[a-z]+|d|cx|cy|r|rx|ry|x|y|x1|x2|y1|y2|points|width|height|focusable|aria-[a-z]+|transform|opacity|xmlns|pathLength)$/;
const FOLLOWED = /^(?:https?:|mailto:|tel:|blob:)/;
const SHOWN = /^(?:https?:|blob:|data:image\/|[^:]*(?:[/?#]|$))/i;

/** What in `root` is more than words and the elements the chat itself is made of. */
export function findUnsafe(root: ParentNode): string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => {
    const faults = [...element.attributes]
      .filter((attribute) => !isSafe(element, attribute))
      .map(({ name, value }) => `${name}=${value}`);
    if (!isKnown(element)) faults.push(element.localName);
    return faults.map((fault) => `${fault} in ${element.outerHTML.slice(0, 160)}`);
  });
}

function isKnown({ localName, namespaceURI }: Element): boolean {
  if (namespaceURI?.endsWith('/svg')) return SVG.has(localName);
  if (namespaceURI?.endsWith('/MathML')) return MATH.has(localName);
  return HTML.has(localName);
}

function isSafe(element: Element, { name, value }: Attr): boolean {
  if (element.namespaceURI?.endsWith('/svg')) return OF_DRAWINGS.test(name);
  if (element.namespaceURI?.endsWith('/MathML')) return !/^on|href|src|^id$/.test(name);
  if (name === 'href')
    return element.localName === 'a' && FOLLOWED.test(value) && opensApart(element);
  if (name === 'src') return element.localName === 'img' && SHOWN.test(value);
  // Set through the object model: the theme's own properties, and sizes the chat has computed.
  if (name === 'style') return !/url|expression|position: *fixed|javascript/i.test(value);
  return ATTRIBUTES.test(name);
}

function opensApart(link: Element): boolean {
  return (
    link.getAttribute('target') === '_blank' && /noopener/.test(link.getAttribute('rel') ?? '')
  );
}
