import { html, nothing, type TemplateResult } from 'lit';
import { iconButton } from '../icon-button';
import type { ChatView } from '../view';

/** Title, new chat, history, and the page's own buttons. Parts: header, title, header-action. */
export function header(view: ChatView): TemplateResult | typeof nothing {
  const { options, strings, state, actions } = view;
  if (options.header?.enabled === false) return nothing;
  const hasHistory = options.history?.enabled !== false;
  const inThread = state.entries.length > 0 || state.thread !== null || state.phase !== 'idle';
  return html`<header class="header" part="header">
    ${customAction(view, 'leftAction')}
    ${heading(view)}
    ${
      inThread && hasHistory
        ? iconButton({
            icon: 'compose',
            label: strings.newChat,
            part: 'new-chat-button',
            onClick: actions.newChat,
          })
        : nothing
    }
    ${
      hasHistory
        ? iconButton({
            icon: 'history',
            label: strings.openHistory,
            part: 'history-button',
            onClick: actions.showHistory,
          })
        : nothing
    }
    ${customAction(view, 'rightAction')}
  </header>`;
}

/** Room is kept where there is nothing to say: a heading without words helps nobody. */
function heading(view: ChatView): TemplateResult {
  const words = title(view);
  if (!words) return html`<span class="title"></span>`;
  return html`<h2 class="title" part="title" aria-level=${view.headingLevel}><bdi>${words}</bdi></h2>`;
}

function title({ options, state, strings }: ChatView): string | null {
  const wanted = options.header?.title;
  if (wanted?.enabled === false) return null;
  if (wanted?.text) return wanted.text;
  if (state.phase === 'loading') return null;
  return state.thread?.title || strings.newThreadTitle;
}

/** Sides are told apart in speech too: the icon's name is all the page gives us. */
function customAction({ options, strings }: ChatView, side: 'leftAction' | 'rightAction') {
  const action = options.header?.[side];
  if (!action) return nothing;
  return iconButton({
    icon: action.icon,
    label: strings.headerAction(action.icon.replaceAll('-', ' ')),
    part: `header-action header-${side === 'leftAction' ? 'left' : 'right'}-action`,
    onClick: () => action.onClick(),
  });
}
