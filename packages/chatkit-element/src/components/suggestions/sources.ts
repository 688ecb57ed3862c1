import type { Command, CommandSelection, Entity } from '@openai/chatkit';
import type { Suggestion, SuggestionsHost, Trigger } from './suggestion';

/** A menu that a command has opened. */
export interface Submenu {
  title: string;
  commands: readonly Command[];
}

export interface Source {
  /** What is known here and now. */
  local(query: string): Suggestion[];
  /** What the page must look for; undefined where it offers no search. */
  remote?(query: string): Promise<Suggestion[]>;
}

export function sourceOf(
  trigger: Trigger,
  submenu: Submenu | undefined,
  host: SuggestionsHost,
  run: (command: Command) => void,
): Source {
  const { entities, commands } = host.view().options;
  const line = (command: Command): Suggestion => ({ ...command, pick: () => run(command) });
  if (submenu) {
    return { local: (query) => submenu.commands.filter(matches(query)).map(line) };
  }
  if (trigger === '/') {
    return {
      local: (query) => host.actions().filter(matches(query)).map(actionLine(host)),
      remote: commands?.onSearch && (async (q) => listed(await commands.onSearch?.(q)).map(line)),
    };
  }
  return {
    local: () => [],
    remote: async (query) => listed(await entities?.onTagSearch?.(query)).map(entityLine(host)),
  };
}

export async function select(
  command: Command,
  host: SuggestionsHost,
): Promise<CommandSelection | undefined> {
  return (await host.view().options.commands?.onSelect?.(command)) ?? undefined;
}

function entityLine(host: SuggestionsHost) {
  return (entity: Entity): Suggestion => ({
    label: entity.title,
    icon: entity.icon,
    group: entity.group,
    pick: () => host.insert(entity),
  });
}

function actionLine(host: SuggestionsHost) {
  return ({ run, ...shown }: ReturnType<SuggestionsHost['actions']>[number]): Suggestion => ({
    ...shown,
    pick: () => {
      host.remove();
      run();
    },
  });
}

/** Pages without a compiler may answer anything. */
function listed<T>(found: readonly T[] | undefined): readonly T[] {
  return Array.isArray(found) ? found : [];
}

/** Every word of the query begins a word of the line. */
function matches(query: string) {
  const wanted = words(query);
  return ({ label, description = '' }: Pick<Suggestion, 'label' | 'description'>): boolean => {
    const there = words(`${label} ${description}`);
    return wanted.every((word) => there.some((candidate) => candidate.startsWith(word)));
  };
}

function words(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}
