/** What the types of the elements need of Lit. The elements contain Lit, so nobody has to install it. */

/** The properties that have changed, with their previous values. */
export type PropertyValues<T = unknown> = Map<T extends object ? keyof T : PropertyKey, unknown>;

export interface ReactiveController {
  hostConnected?(): void;
  hostDisconnected?(): void;
  hostUpdate?(): void;
  hostUpdated?(): void;
}

export interface ReactiveControllerHost {
  addController(controller: ReactiveController): void;
  removeController(controller: ReactiveController): void;
  requestUpdate(): void;
  readonly updateComplete: Promise<boolean>;
}

export declare class LitElement extends HTMLElement implements ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly isUpdatePending: boolean;
  readonly hasUpdated: boolean;
  /** Resolves when what was set is drawn. */
  readonly updateComplete: Promise<boolean>;
  addController(controller: ReactiveController): void;
  removeController(controller: ReactiveController): void;
  requestUpdate(name?: PropertyKey, previous?: unknown): void;
  connectedCallback(): void;
  disconnectedCallback(): void;
  attributeChangedCallback(name: string, previous: string | null, value: string | null): void;
  protected createRenderRoot(): HTMLElement | DocumentFragment;
  protected getUpdateComplete(): Promise<boolean>;
  protected performUpdate(): void;
  protected shouldUpdate(changed: PropertyValues): boolean;
  protected willUpdate(changed: PropertyValues): void;
  protected update(changed: PropertyValues): void;
  protected firstUpdated(changed: PropertyValues): void;
  protected updated(changed: PropertyValues): void;
  protected render(): unknown;
}

export interface CSSResult {
  readonly cssText: string;
  readonly styleSheet: CSSStyleSheet | undefined;
}

/** A part of a picture, ready to be drawn. */
export interface TemplateResult<Kind extends 1 | 2 = 1 | 2> {
  readonly _$litType$: Kind;
  readonly strings: TemplateStringsArray;
  readonly values: unknown[];
}
export type SVGTemplateResult = TemplateResult<2>;

export declare const nothing: unique symbol;
export declare const noChange: unique symbol;

export declare abstract class Directive {
  get _$isConnected(): boolean;
  abstract render(...values: unknown[]): unknown;
  update(part: unknown, values: unknown[]): unknown;
}
export interface ElementPart {
  readonly type: 6;
  readonly element: Element;
}
export interface DirectiveResult<Kind = unknown> {
  readonly _$litDirective$: Kind;
  readonly values: unknown[];
}
