import type { ChatKitOptions, ModelOption, ToolOption } from '@openai/chatkit';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon';
import type { Strings } from '../../locales/locales';

/** Tool and model chosen for the next message. Parts: tool, model. */
export class Choices {
  #toolId: string | null = null;
  #modelId: string | null = null;

  constructor(
    private readonly changed: () => void,
    private readonly onToolChange: (toolId: string | null) => void,
  ) {}

  tool(options: ChatKitOptions | null): ToolOption | undefined {
    return options?.composer?.tools?.find(({ id }) => id === this.#toolId);
  }

  /** The model chosen by the user, else the one marked as default; undefined leaves it to the server. */
  model(options: ChatKitOptions | null): ModelOption | undefined {
    const models = options?.composer?.models?.filter(({ disabled }) => !disabled);
    return models?.find(({ id }) => id === this.#modelId) ?? models?.find((model) => model.default);
  }

  selectTool(toolId: string | null): void {
    if (toolId === this.#toolId) return;
    this.#toolId = toolId;
    this.onToolChange(toolId);
    this.changed();
  }

  selectModel(modelId: string): void {
    this.#modelId = modelId;
    this.changed();
  }

  /** A tool serves one message unless it is meant to stay. */
  used(options: ChatKitOptions): void {
    if (!this.tool(options)?.persistent) this.selectTool(null);
  }

  render(options: ChatKitOptions, strings: Strings): TemplateResult | typeof nothing {
    const tools = options.composer?.tools ?? [];
    const models = options.composer?.models ?? [];
    if (tools.length === 0 && models.length === 0) return nothing;
    // Pinned ones come first: they are the ones meant to be seen.
    const ordered = [...tools].sort(
      (a, b) => Number(b.pinned ?? false) - Number(a.pinned ?? false),
    );
    return html`<div class="choices" role="group" aria-label=${strings.tools}>
      ${ordered.map((tool) => this.#toolButton(tool))}
      ${models.length > 0 ? this.#modelPicker(models, options, strings) : nothing}
    </div>`;
  }

  #toolButton(tool: ToolOption): TemplateResult {
    const selected = tool.id === this.#toolId;
    return html`<button
      type="button"
      class="tool"
      part="tool"
      aria-pressed=${selected}
      title=${tool.label}
      @click=${() => this.selectTool(selected ? null : tool.id)}
    >
      ${icon(tool.icon)}<span>${tool.shortLabel ?? tool.label}</span>
    </button>`;
  }

  #modelPicker(models: ModelOption[], options: ChatKitOptions, strings: Strings): TemplateResult {
    const chosen = this.model(options);
    const choose = (event: Event) => this.selectModel((event.target as HTMLSelectElement).value);
    return html`<select class="model" part="model" aria-label=${strings.model} @change=${choose}>
      ${chosen ? nothing : html`<option value="" selected>${strings.model}</option>`}
      ${models.map(
        (model) =>
          html`<option
            value=${model.id}
            title=${model.description ?? ''}
            ?disabled=${model.disabled ?? false}
            .selected=${model === chosen}
          >
            ${model.label}
          </option>`,
      )}
    </select>`;
  }
}
