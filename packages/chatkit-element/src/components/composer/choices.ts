import type { ChatKitOptions, ModelOption, ToolOption } from '@openai/chatkit';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon';
import { Lazy } from '../../lazy/lazy';
import { adoptStyles } from '../../theme/adopt-styles';
import type { SendParams } from '../../thread/user-input';
import type { ChatView } from '../view';
import type { ComposerAction, ComposerActions } from './actions';
import type { ChoicesRow } from './choices-row';

export interface ChoicesHost {
  root(): ParentNode;
  changed(): void;
  toolChanged(toolId: string | null): void;
  /** The user has chosen and is about to write. */
  chosen(): void;
  actions: ComposerActions;
}

/** Tool and model of the next message. What they are chosen with is drawn by a part. */
export class Choices {
  #toolId: string | null = null;
  #modelId: string | null = null;
  readonly #part = new Lazy(() => import('../../parts/choices'));
  #row: ChoicesRow | null = null;

  constructor(private readonly host: ChoicesHost) {
    host.actions.add((view) => this.#actions(view));
  }

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
    this.host.toolChanged(toolId);
    this.host.changed();
  }

  selectModel(modelId: string): void {
    this.#modelId = modelId;
    this.host.changed();
  }

  /** What the page asks for. Throws when the options do not offer it. */
  selectNamed(options: ChatKitOptions | null, toolId?: string | null, modelId?: string): void {
    const { tools = [], models = [] } = options?.composer ?? {};
    const refuse = (what: string) => {
      throw new Error(`ChatKit: setComposerValue() ignored - ${what} is not offered.`);
    };
    if (toolId && !tools.some(({ id }) => id === toolId)) refuse(`the tool "${toolId}"`);
    if (modelId && !models.some(({ id, disabled }) => id === modelId && !disabled))
      refuse(`the model "${modelId}"`);
    if (toolId !== undefined) this.selectTool(toolId);
    if (modelId) this.selectModel(modelId);
  }

  /** What goes out with the next message. A tool serves one message unless it is meant to stay. */
  take(options: ChatKitOptions | null): Pick<SendParams, 'toolChoice' | 'model'> {
    const tool = this.tool(options);
    if (!tool?.persistent) this.selectTool(null);
    return { toolChoice: tool && { id: tool.id }, model: this.model(options)?.id };
  }

  /** Call after new options: a tool that is no longer offered is not selected either. */
  check(options: ChatKitOptions | null): void {
    if (!this.tool(options)) this.selectTool(null);
  }

  /** The row under the text; nothing where nothing is to be chosen. */
  render(view: ChatView): TemplateResult | typeof nothing {
    if (this.host.actions.list(view).length === 0) return nothing;
    const drawn = this.#drawn(view);
    // A line of their own, where the chat is narrow.
    const tools = !this.#row && view.options.composer?.tools?.some(({ pinned }) => pinned);
    return html`<div class="choices" ?data-awaited=${tools}>${drawn}</div>`;
  }

  #drawn(view: ChatView) {
    const part = this.#part.get(this.host.changed);
    if (!part) return nothing;
    adoptStyles(this.host.root(), part.css);
    this.#row ??= new part.ChoicesRow(this, this.host, icon);
    return this.#row.render(view);
  }

  #actions({ options, strings }: ChatView): ComposerAction[] {
    const { tools = [], models = [] } = options.composer ?? {};
    const chosen = this.model(options);
    return [
      ...tools.map(({ id, label, icon: drawing }) => ({
        id: `tool:${id}`,
        label,
        icon: drawing,
        group: strings.tools,
        selected: id === this.#toolId,
        run: () => this.#choose(() => this.selectTool(id === this.#toolId ? null : id)),
      })),
      ...models
        .filter(({ disabled }) => !disabled)
        .map((model) => ({
          id: `model:${model.id}`,
          label: model.label,
          description: model.description,
          group: strings.model,
          selected: model === chosen,
          run: () => this.#choose(() => this.selectModel(model.id)),
        })),
    ];
  }

  #choose(select: () => void): void {
    select();
    this.host.chosen();
  }
}
