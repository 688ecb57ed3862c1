import type { GivenAnswer, GivenAnswers, Question } from '../../protocol/structured-input';

/** What the user has entered so far for one question. */
export interface Entered {
  chosen: readonly string[];
  /** Own words count as one more choice where there are others. */
  ownChosen: boolean;
  own: string;
  skipped: boolean;
}

export const NOTHING_ENTERED: Entered = { chosen: [], ownChosen: false, own: '', skipped: false };

/** Chooses the option, beside the others or instead of them; one that is chosen already goes. */
export function choose(entered: Entered, option: string, { multiple }: Question): Entered {
  if (!multiple) return { ...entered, chosen: [option], ownChosen: false, skipped: false };
  const without = entered.chosen.filter((other) => other !== option);
  const chosen = without.length < entered.chosen.length ? without : [...without, option];
  return { ...entered, chosen, skipped: false };
}

export function chooseOwn(entered: Entered, ownChosen: boolean, { multiple }: Question): Entered {
  const chosen = multiple ? entered.chosen : [];
  return { ...entered, chosen, ownChosen, skipped: false };
}

/** Who writes own words means them. */
export function writeOwn(entered: Entered, own: string, question: Question): Entered {
  const wanted = own.trim() !== '' || entered.ownChosen;
  return { ...chooseOwn(entered, wanted, question), own };
}

/** In the order of the options, own words last; empty while there is no answer. */
export function valuesOf(entered: Entered, { options }: Question): string[] {
  const own = entered.own.trim();
  if (options.length === 0) return own ? [own] : [];
  const chosen = options.filter((option) => entered.chosen.includes(option));
  return entered.ownChosen && own ? [...chosen, own] : chosen;
}

/** What goes to the server. Without one answer the whole was skipped. */
export function submission(
  questions: readonly Question[],
  entered: (id: string) => Entered,
): GivenAnswers {
  const answers: Record<string, GivenAnswer> = {};
  for (const question of questions) {
    const given = entered(question.id);
    const values = given.skipped ? [] : valuesOf(given, question);
    answers[question.id] = { values, skipped: values.length === 0 };
  }
  const answered = Object.values(answers).some(({ skipped }) => !skipped);
  return answered ? { status: 'answered', answers } : { status: 'skipped', answers: {} };
}
