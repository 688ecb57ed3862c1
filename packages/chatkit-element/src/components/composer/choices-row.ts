import type { ModelOption, ToolOption } from '@openai/chatkit';
import { html, nothing, type TemplateResult } from 'lit';
import { Menus } from '../menu/menus';
import type { MenuEntry } from '../menu/open-menu';
import type { ChatView } from '../view';
import type { ComposerAction } from './actions';
import type { Choices, ChoicesHost } from './choices';

/**
 * The row under the text: `+` with its menu, pinned tools, the chosen tool, and the model.
 * Parts: add-button, tool, selected-tool, model.
 */
export class ChoicesRow {
  readonly #menus: Menus;

  constructor(
    private readonly choices: Choices,
    private readonly host: ChoicesHost,
    private readonly icon: (name: string) => TemplateResult,
  ) {
    this.#menus = new Menus(host.root, host.changed, icon);
  }

  render(view: ChatView): TemplateResult {
    const { tools = [], models = [] } = view.options.composer ?? {};
    const { strings } = view;
    const pinned = tools.filter((tool) => tool.pinned);
    return html`${this.#addButton(view)}
      <div class="tools" role="group" aria-label=${strings.tools}>
        ${this.#selectedTool(view)} ${pinned.map((tool) => this.#pinnedTool(tool, view))}
      </div>
      ${models.length > 0 ? this.#modelButton(view) : nothing}
      ${this.#menus.menu('add', strings.add, () => this.#behindAdd(view))}
      ${this.#menus.menu('model', strings.model, () => this.#models(view))}`;
  }

  /** What only does one thing does it at once. */
  #addButton(view: ChatView) {
    const { strings } = view;
    const [first, ...others] = this.#behindAdd(view);
    if (!first) return nothing;
    const className = 'icon-button add';
    if (others.length === 0 && first.selected === undefined) {
      return html`<button
        type="button"
        class=${className}
        part="add-button"
        aria-label=${first.label}
        title=${first.label}
        @click=${first.run}
      >
        ${this.icon(first.icon ?? 'plus')}
      </button>`;
    }
    const label = first.selected === undefined ? strings.add : strings.tools;
    return this.#menus.button({
      name: 'add',
      label,
      className,
      part: 'add-button',
      content: this.icon('plus'),
    });
  }

  /** All that can be done but the pinned tools and the models: those have their own buttons. */
  #behindAdd(view: ChatView): ComposerAction[] {
    const { tools = [], models = [] } = view.options.composer ?? {};
    const elsewhere = new Set([
      ...tools.filter(({ pinned }) => pinned).map(({ id }) => `tool:${id}`),
      ...models.map(({ id }) => `model:${id}`),
    ]);
    return this.host.actions.list(view).filter(({ id }) => !elsewhere.has(id));
  }

  #pinnedTool(tool: ToolOption, { options }: ChatView): TemplateResult {
    const selected = tool === this.choices.tool(options);
    return html`<button
      type="button"
      class="tool"
      part="tool"
      aria-pressed=${selected}
      title=${tool.label}
      @click=${() => this.choices.selectTool(selected ? null : tool.id)}
    >
      ${this.icon(tool.icon)}<span>${tool.shortLabel ?? tool.label}</span>
    </button>`;
  }

  #selectedTool({ options, strings }: ChatView) {
    const tool = this.choices.tool(options);
    if (!tool || tool.pinned) return nothing;
    const words = tool.shortLabel ?? tool.label;
    const remove = () => {
      this.choices.selectTool(null);
      this.host.chosen();
    };
    return html`<button
      type="button"
      class="tool selected"
      part="selected-tool"
      aria-label=${strings.removeTool(words)}
      title=${tool.label}
      @click=${remove}
    >
      ${this.icon(tool.icon)}<span>${words}</span>${this.icon('close')}
    </button>`;
  }

  #modelButton({ options, strings }: ChatView): TemplateResult {
    const words = this.choices.model(options)?.label;
    return this.#menus.button({
      name: 'model',
      label: words ? strings.modelChosen(words) : strings.model,
      className: 'model',
      part: 'model',
      content: html`<span>${words ?? strings.model}</span>${this.icon('chevron-down')}`,
    });
  }

  #models({ options, strings }: ChatView): MenuEntry[] {
    const chosen = this.choices.model(options);
    const entry = (model: ModelOption): MenuEntry => ({
      id: model.id,
      label: model.label,
      description: model.description,
      disabled: model.disabled,
      note: model.default ? strings.defaultModel : undefined,
      selected: model === chosen,
      run: () => {
        this.choices.selectModel(model.id);
        this.host.chosen();
      },
    });
    return (options.composer?.models ?? []).map(entry);
  }
}
