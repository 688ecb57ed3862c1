import { enInput, type InputStrings } from '../../locales/en-input';
import type { Strings } from '../../locales/locales';
import type { AnswerKit } from '../../parts/answers/kit';

/** What the chat lends to what asks the user. */
export type AskedKit = Pick<
  AnswerKit,
  'actions' | 'composer' | 'icon' | 'options' | 'redraw' | 'root' | 'strings'
>;

type Words = InputStrings & Pick<Strings, 'cancel'>;

export function wordsOf({ strings }: Pick<AskedKit, 'strings'>): Words {
  return { ...enInput, ...strings.input, cancel: strings.cancel };
}
