import type { StartScreenPrompt } from '@openai/chatkit';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon';
import type { ChatView } from '../view';

/** Greeting and first questions of a new chat. Parts: start-screen, greeting, prompt. */
export function startScreen(view: ChatView): TemplateResult {
  const { options, strings } = view;
  const prompts = options.startScreen?.prompts ?? [];
  return html`<div class="start" part="start-screen">
    <p class="greeting" part="greeting">${options.startScreen?.greeting ?? strings.greeting}</p>
    ${
      prompts.length > 0
        ? html`<ul class="prompts">
            ${prompts.map((prompt) => html`<li>${promptButton(view, prompt)}</li>`)}
          </ul>`
        : nothing
    }
  </div>`;
}

function promptButton(view: ChatView, prompt: StartScreenPrompt): TemplateResult {
  const send = () =>
    view.actions.send(
      typeof prompt.prompt === 'string' ? { text: prompt.prompt } : { content: prompt.prompt },
    );
  return html`<button
    type="button"
    class="prompt"
    part="prompt"
    ?disabled=${view.options.composer?.disabled === true}
    @click=${send}
  >
    ${prompt.icon ? icon(prompt.icon) : nothing}<span>${prompt.label}</span>
  </button>`;
}
