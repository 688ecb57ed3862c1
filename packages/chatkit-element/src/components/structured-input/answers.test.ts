import { describe, expect, it } from 'vitest';
import type { Question } from '../../protocol/structured-input';
import { choose, chooseOwn, NOTHING_ENTERED, submission, valuesOf, writeOwn } from './answers';

const question = (more: Partial<Question> = {}): Question => ({
  id: 'q',
  question: 'Which?',
  options: ['A', 'B', 'C'],
  multiple: false,
  description: '',
  ...more,
});

describe('[row 108] a choice of one', () => {
  const one = question();

  it('takes the last option chosen, or own words instead', () => {
    let entered = choose(NOTHING_ENTERED, 'A', one);
    entered = choose(entered, 'B', one);
    expect(valuesOf(entered, one)).toEqual(['B']);
    entered = writeOwn(entered, ' neither ', one);
    expect(valuesOf(entered, one)).toEqual(['neither']);
    entered = choose(entered, 'C', one);
    expect(valuesOf(entered, one)).toEqual(['C']);
    expect(entered.own).toBe(' neither ');
  });

  it('own words that are chosen but not written are no answer', () => {
    expect(valuesOf(chooseOwn(choose(NOTHING_ENTERED, 'A', one), true, one), one)).toEqual([]);
  });
});

describe('[row 108] a choice of several', () => {
  const several = question({ multiple: true });

  it('adds and takes away, and answers in the order of the options with own words last', () => {
    let entered = choose(NOTHING_ENTERED, 'C', several);
    entered = writeOwn(entered, 'D', several);
    entered = choose(entered, 'A', several);
    expect(valuesOf(entered, several)).toEqual(['A', 'C', 'D']);
    entered = choose(entered, 'C', several);
    entered = chooseOwn(entered, false, several);
    expect(valuesOf(entered, several)).toEqual(['A']);
  });
});

describe('[row 109] what is sent', () => {
  const questions = [question({ id: 'a' }), question({ id: 'b', options: [] })];

  it('has an answer or a skip for every question', () => {
    const entered = { a: choose(NOTHING_ENTERED, 'A', question()), b: NOTHING_ENTERED };
    expect(submission(questions, (id) => entered[id as 'a' | 'b'])).toEqual({
      status: 'answered',
      answers: { a: { values: ['A'], skipped: false }, b: { values: [], skipped: true } },
    });
  });

  it('what was entered and then skipped is not sent; without any answer the whole is skipped', () => {
    const skipped = { ...choose(NOTHING_ENTERED, 'A', question()), skipped: true };
    expect(submission(questions, () => skipped)).toEqual({ status: 'skipped', answers: {} });
  });
});
