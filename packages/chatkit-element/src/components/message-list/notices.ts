import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon';
import { markdown } from '../../markdown/markdown';
import { type Failure, isWritable, type Notice, type Progress } from '../../thread/state';
import { iconButton } from '../icon-button';
import type { ChatView } from '../view';

/** Nothing broke: the message only came while another was being answered. */
const BUSY = 'thread_busy';
const NOTICE_ICONS = { info: 'info', warning: 'warning', danger: 'warning' } as const;

/** A word from the server beside the answer. Part: notice. */
export function noticeBanner(notice: Notice, view: ChatView): TemplateResult {
  return html`<div class="notice" data-level=${notice.level} part="notice" role="status">
    ${icon(NOTICE_ICONS[notice.level])}
    <div class="notice-text">
      ${notice.title ? html`<strong>${notice.title}</strong>` : nothing}
      <div class="prose">${markdown(notice.message, false, view.markdown)}</div>
    </div>
    ${iconButton({
      icon: 'close',
      label: view.strings.dismiss,
      onClick: () => view.actions.dismissNotice(notice.key),
    })}
  </div>`;
}

/** What went wrong and the way out of it. Part: failure. */
export function failureBanner(failure: Failure, view: ChatView): TemplateResult {
  const { strings } = view;
  const words = failure.message ?? strings.failures[failure.code] ?? strings.failure;
  const level = failure.code === BUSY ? 'info' : 'danger';
  return html`<div class="notice" data-level=${level} part="failure" role="alert">
    ${icon(NOTICE_ICONS[level])}
    <div class="notice-text"><p>${words}</p>${remedy(failure, view)}</div>
  </div>`;
}

function remedy(failure: Failure, { state, strings, actions }: ChatView) {
  if (failure.remedy === 'regenerate' && !isWritable(state)) return nothing;
  const again = failure.code === BUSY ? strings.sendNow : strings.tryAgain;
  switch (failure.remedy) {
    case 'resend':
      return html`<p class="remedies">
        ${state.phase === 'idle' ? button(again, actions.resend) : nothing}
        ${button(strings.edit, actions.editUnsent)}
      </p>`;
    case 'regenerate':
      return html`<p class="remedies">${button(strings.tryAgain, () => actions.regenerate())}</p>`;
    case 'reconnect':
      return html`<p class="remedies">${button(strings.tryAgain, actions.reconnect)}</p>`;
    case 'tool':
      return html`<p class="remedies">${button(strings.tryAgain, () => actions.answerCall())}</p>`;
    case 'reload':
      return html`<p class="remedies">
        ${button(strings.tryAgain, actions.reload)} ${button(strings.newChat, actions.newChat)}
      </p>`;
    default:
      return nothing;
  }
}

function button(label: string, onClick: () => void) {
  return html`<button type="button" class="text-button" @click=${onClick}>${label}</button>`;
}

/** What the assistant is doing before words arrive. Part: progress. */
export function progressLine(progress: Progress | null, view: ChatView): TemplateResult {
  if (!progress) {
    return html`<p class="thinking" part="progress">
      <span class="spoken">${view.strings.thinking}</span><i></i><i></i><i></i>
    </p>`;
  }
  return html`<p class="progress" part="progress">
    ${progress.icon ? icon(progress.icon) : nothing}<span class="shimmer">${progress.text}</span>
  </p>`;
}

/** The answer goes on, but out of reach. The words are read out elsewhere. Part: reconnecting. */
export function reconnectingLine({ strings }: ChatView): TemplateResult {
  return html`<p class="reconnecting" part="reconnecting">
    ${icon('reload')}<span>${strings.reconnecting}</span>
  </p>`;
}
