const COMMENT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
const TOKEN = /'[^']*'|"[^"]*"|`[^`]*`|[A-Za-z_$][\w$]*|=>|\.\.\.|[{}()<>[\];,:?|=]/g;
const CLOSERS = { '{': '}', '(': ')', '<': '>', '[': ']' };

/**
 * What a file of declarations offers: `Type.property`, also within other properties and parameters,
 * and `Type 'value'` for each word a type may be. A reader for published types, not for all of
 * TypeScript: it knows `export type`, `export interface`, and what stands in their braces.
 */
export function readMembers(declarations) {
  const tokens = declarations.replace(COMMENT, '').match(TOKEN) ?? [];
  const members = new Set();
  /** Open brackets; each brace with the path of what it describes. */
  let open = [];
  let path = '';
  let expecting = false;

  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    const [kind, name] = [tokens[at + 1], tokens[at + 2]];
    if (token === 'export' && (kind === 'type' || kind === 'interface')) {
      open = [];
      path = name ?? '';
      members.add(path);
      at += 2;
    } else if (token in CLOSERS) {
      open.push({ token, path });
      expecting = token === '{';
    } else if (Object.values(CLOSERS).includes(token)) {
      path = open.pop()?.path ?? path;
      expecting = false;
    } else if (token === ';' || token === ',') {
      const inside = open.at(-1);
      if (inside) path = inside.path;
      expecting = inside?.token === '{';
    } else if (expecting && token !== 'readonly') {
      path = `${open.at(-1).path}.${token}`;
      members.add(path);
      expecting = false;
    } else if (open.length === 0 && path && token.startsWith("'")) {
      members.add(`${path} ${token}`);
    }
  }
  return [...members].sort();
}
