import type { TemplateResult } from 'lit';
import { isWritable, pendingQuestions } from '../../thread/state';
import type { ChatView } from '../view';

/** The form that stands in the composer's place while questions wait for the user; else null. */
export function questionForm({ state, answers }: ChatView): TemplateResult | null {
  const { thread, phase } = state;
  const item = isWritable(state) ? pendingQuestions(state) : null;
  if (!thread || !item) return null;
  return answers.asked()?.form(thread.id, item, phase === 'idle') ?? null;
}
