import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { icon } from '../../icons/icon';
import { repeat } from '../../lazy/repeat';
import { pendingCall } from '../../thread/client-tools';
import { type ChatState, type Entry, isWritable } from '../../thread/state';
import { threadItem } from '../thread-item/thread-item';
import type { ChatView } from '../view';
import { failureBanner, noticeBanner, progressLine, reconnectingLine } from './notices';
import { dayLine } from './stamps';
import { turnActions } from './turn-actions';
import { groupTurns, type Turn } from './turns';

/** The conversation. Parts: message-list, turn, jump-button. */
export function messageList(view: ChatView, onJump: () => void): TemplateResult {
  const { state, strings } = view;
  const turns = groupTurns(state.entries, new Date());
  const last = turns.at(-1);
  const answered = turns.findLast(({ unsent }) => !unsent);
  return html`<div class="list-frame">
    <div
      class="list"
      part="message-list"
      role="log"
      aria-live="off"
      aria-label=${strings.conversation}
      aria-busy=${state.phase === 'responding'}
      tabindex="0"
      @selectstart=${view.quoting.begin}
    >
      <div class="column">
        ${olderItems(view)}
        ${repeat(
          view.near(turns),
          ({ place }) => place,
          (turn) => {
            if ('gap' in turn) return turn.gap;
            if (turn === last || turn === answered)
              return renderTurn(turn, view, { last: turn === last, answered: turn === answered });
            return guard(everythingIn(turn, view), () => renderTurn(turn, view, EARLIER));
          },
        )}
        ${answered ? nothing : signOfLife(view)} ${last ? nothing : closing(view)}
      </div>
    </div>
    <button
      type="button"
      class="icon-button jump"
      part="jump-button"
      aria-label=${strings.jumpToEnd}
      title=${strings.jumpToEnd}
      @click=${onJump}
    >
      ${icon('arrow-down')}
    </button>
  </div>`;
}

interface Place {
  last: boolean;
  /** This is the turn an answer belongs to: after it only messages that never got through. */
  answered: boolean;
}

const EARLIER: Place = { last: false, answered: false };

/** What an earlier turn is drawn from. Nothing is done for thousands of turns while one goes on. */
function everythingIn({ rows }: Turn, view: ChatView): unknown[] {
  const wanted = view.options.threadItemActions;
  const feedback = wanted?.feedback ? view.answers.feedback() : null;
  const drawn = rows.map((row) => {
    if (row.type === 'entry') return row.entry;
    return row.type === 'day' ? row.key : feedback?.rating(row.said[0]?.item.id);
  });
  const { retry, copy } = wanted ?? {};
  const canRetry = retry && isWritable(view.state);
  return [rows.length, ...drawn, canRetry, copy, feedback, ...surroundingsOf(view)];
}

function surroundingsOf(view: ChatView): unknown[] {
  const { strings, locale, markdown, answers, attachments, entities } = view;
  return [strings, locale, markdown, answers.version, attachments.version, entities.live];
}

function renderTurn(turn: Turn, view: ChatView, { last, answered }: Place) {
  const { state } = view;
  const wanted = view.options.threadItemActions ?? {};
  const canRetry = wanted.retry === true && isWritable(state);
  const canCopy = wanted.copy !== false;
  const underWay = answered && state.phase !== 'idle';
  const sentHere = turn.rows.some(({ key }) => key === state.sentKey);
  const feedback = wanted.feedback ? view.answers.feedback() : null;
  const surroundings = surroundingsOf(view);
  return html`<div class=${last && sentHere ? 'turn latest' : 'turn'} part="turn" data-key=${turn.place}>
    ${repeat(
      turn.rows,
      ({ key }) => key,
      (row) => {
        switch (row.type) {
          case 'day':
            return dayLine(row.day, view);
          case 'entry':
            return guard([row.entry, ...surroundings], () => threadItem(row.entry, view));
          case 'actions':
            if (underWay && !row.ended) return nothing;
            return guard(
              [
                row.said.length,
                ...row.said,
                ...surroundings,
                canRetry,
                canCopy,
                feedback,
                feedback?.rating(row.said[0]?.item.id),
              ],
              () => turnActions(row.said, view, { canCopy, canRetry, feedback }),
            );
        }
      },
    )}
    ${answered ? signOfLife(view) : nothing} ${last ? closing(view) : nothing}
  </div>`;
}

/** What is going on with the answer. */
function signOfLife(view: ChatView) {
  const { state } = view;
  if (!state.connected) return reconnectingLine(view);
  return isWaiting(state) ? progressLine(state.progress, view) : nothing;
}

/** What stands at the end: what was said beside the answer, what failed. */
function closing(view: ChatView) {
  const { state } = view;
  return html`${repeat(
    state.notices,
    (notice) => notice.key,
    (notice) => noticeBanner(notice, view),
  )}
  ${state.failure ? failureBanner(state.failure, view) : callOffer(view)}`;
}

function callOffer(view: ChatView) {
  const { state } = view;
  const waits = state.phase === 'idle' && isWritable(state) && pendingCall(state);
  return (waits && view.answers.asked()?.waitingCall()) || nothing;
}

/** Words that are being written need no further sign of life. */
function isWaiting({ phase, progress, entries }: ChatState): boolean {
  if (phase !== 'responding') return false;
  const last = entries.findLast(({ status }) => status !== 'unsent');
  return progress !== null || last?.status !== 'streaming' || isEmpty(last);
}

function isEmpty({ item }: Entry): boolean {
  return item.type === 'assistant_message' && item.content.every((part) => part.text === '');
}

function olderItems({ state, strings, actions }: ChatView) {
  if (!state.older.hasMore) return nothing;
  const label = state.older.status === 'loading' ? strings.loadingOlder : strings.loadOlder;
  return html`<button
    type="button"
    class="text-button older"
    ?disabled=${state.older.status === 'loading'}
    @click=${actions.loadOlder}
  >
    ${label}
  </button>`;
}
