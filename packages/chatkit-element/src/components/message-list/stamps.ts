import { html, nothing, type TemplateResult } from 'lit';
import { dayName, timeOfDay } from '../../locales/dates';
import { readTimestamp } from '../../protocol/timestamps';
import type { ChatView } from '../view';

/** When something was said, for who points at it or moves into it. Part: time. */
export function stamp(
  { created_at }: { created_at: string },
  { locale }: ChatView,
): TemplateResult | typeof nothing {
  const time = readTimestamp(created_at);
  if (!time) return nothing;
  return html`<time class="stamp" part="time" datetime=${time.toISOString()} title=${dayName(time, new Date(), locale)}
    >${timeOfDay(time, locale)}</time
  >`;
}

/** The day that begins here. Part: day. */
export function dayLine(day: Date, { locale }: ChatView): TemplateResult {
  return html`<p class="day" part="day"><span>${dayName(day, new Date(), locale)}</span></p>`;
}
