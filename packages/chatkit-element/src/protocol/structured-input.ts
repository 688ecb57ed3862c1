import { isObject, type JsonObject, readList, readText } from './json';
import type { ChatKitRequest } from './requests';

/** One of the questions an item asks the user. */
export interface Question {
  id: string;
  question: string;
  /** What may be chosen; empty where the user writes. */
  options: string[];
  /** More than one of the options may be chosen. */
  multiple: boolean;
  description: string;
  /** Absent until it is answered; empty when it was skipped. */
  answer?: string[];
}

/** The answer to one question. */
export interface GivenAnswer {
  values: string[];
  skipped: boolean;
}

export interface GivenAnswers {
  status: 'answered' | 'skipped';
  /** By the id of the question. */
  answers: Record<string, GivenAnswer>;
}

/** A question of a kind that is not known here can be answered in words. */
export function readQuestion(value: JsonObject): Question {
  const answer = isObject(value.answer) ? value.answer : null;
  return {
    id: readText(value.id) ?? '',
    question: readText(value.question) ?? '',
    options: readList(value.options, (option) =>
      isObject(option) ? (readText(option.value) ?? null) : null,
    ),
    multiple: value.multiple === true,
    description: readText(value.description) ?? '',
    ...(answer && { answer: readList(answer.values, (entry) => readText(entry) ?? null) }),
  };
}

export function addStructuredInput(
  threadId: string,
  itemId: string,
  input: GivenAnswers,
): ChatKitRequest {
  return {
    type: 'threads.add_structured_input',
    params: { thread_id: threadId, item_id: itemId, input },
  };
}
