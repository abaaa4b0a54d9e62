/** `<rnn-figure>`: one view of the lab or of the notebook in any page, with its own engine, state and style.
 *
 *      <rnn-figure view="network" task="first" epoch="40" t="7" unit="5" controls="step,play"></rnn-figure>
 *
 *  Attributes: `view`; `controls`; `link`, the page that a copied link opens; `state`, an address as the pages write it; `epoch`; and every field of the state by its key in the address
 *  (docs/addresses.md). All are live. Properties and methods: docs/embedding/README.md. Events (bubbling, composed), after the change:
 *
 *      rnn-ready                     the first drawing stands
 *      rnn-step {t, unit, layer}     another time step, unit or layer
 *      rnn-epoch {epoch, updates}    another moment of the training
 *      rnn-state {address}           anything of the state
 *      rnn-refused {reason}          no engine can run here
 */

import { fromAddress } from '../state/address.ts';
import { epochUpdates, type LabState, type LabTable, moment, TABLE } from '../state/lab.ts';
import type { Page, StateOf, Table } from '../state/fields.ts';
import { Store } from '../state/store.ts';
import { Places as LabPlaces } from '../lab/dom.ts';
import { type Lab, wireLab } from '../lab/wire.ts';
import { Places as NotebookPlaces } from '../notebook/dom.ts';
import { wireNotebook } from '../notebook/wire.ts';
import type { NOTEBOOK } from '../state/notebook.ts';
import type { Client } from '../worker/client.ts';
import type { Connect } from '../worker/connect.ts';
import { addressOf, controlsOf, epochOf, FIELDS, PAGES, partOf } from './attributes.ts';
import type { Picture } from '../picture/picture.ts';
import { sharedEngine } from './engines.ts';
import { instead } from './instead.ts';
import { keep } from './keys.ts';
import { markupOf } from './markup.ts';
import { styleOf } from './styles.ts';
import { ALWAYS, type Control, CONTROLS, isView, type PageName, type View, viewOf, VIEWS } from './views.ts';

/** Built this far before it comes into sight. */
const AHEAD = '300px';

export interface StepDetail {
  t: number;
  unit: number;
  layer: number;
}

export interface EpochDetail {
  /** Of the training, as shown; with a fraction between two epochs. */
  epoch: number;
  updates: number;
}

export interface StateDetail {
  /** As in a link: `#v=1&…`, empty for the first state. */
  address: string;
}

const BUTTONS: readonly Control[] = ['step', 'play', 'speed'];

export class RnnFigure extends HTMLElement {
  static readonly observedAttributes = ['view', 'controls', 'state', 'epoch', 'projector', ...FIELDS];

  readonly #room = document.createElement('div');
  #sight: IntersectionObserver | undefined;
  /** Wired, or refused. */
  #built = false;
  #store: Store<Table> | undefined;
  #lab: Lab | undefined;
  #client: Client | undefined;
  #ready!: () => void;
  #due = false;

  /** Resolves when the first drawing stands. */
  ready: Promise<void>;

  constructor() {
    super();
    this.ready = new Promise((resolve) => {
      this.#ready = resolve;
    });
    const root = this.attachShadow({ mode: 'open' });
    this.#room.className = 'room';
    this.#room.part.add('figure');
    root.append(this.#room);
    this.addEventListener('keydown', keep);
  }

  // ------------------------------------------------------------------------------------------------- what a page sets

  get view(): string {
    return this.getAttribute('view') ?? 'network';
  }

  set view(name: string) {
    this.setAttribute('view', name);
  }

  get controls(): string | null {
    return this.getAttribute('controls');
  }

  set controls(names: string | null) {
    if (names === null) this.removeAttribute('controls');
    else this.setAttribute('controls', names);
  }

  /** The state as a link holds it: `#v=1&…`. Setting it shows another state, whole; anything that is no address gives the first one. */
  get address(): string {
    return this.#store?.address ?? addressOf(this.#view.page, (name) => this.getAttribute(name));
  }

  set address(address: string) {
    this.setAttribute('state', address);
  }

  /** A copy of the state, by the names of docs/addresses.md; undefined until the figure has come into sight. */
  get state(): Readonly<Record<string, unknown>> | undefined {
    return this.#store && structuredClone(this.#store.state);
  }

  /** Change some of the state, as a reader would: `figure.set({ t: 3, unit: 2 })`. Unknown names are left out, values are clamped.
   *  @returns One sentence for each value that was not taken as it is. */
  set(part: Readonly<Record<string, unknown>>): string[] {
    this.#build();
    const store = this.#store;
    if (!store) return ['the network cannot run here'];
    const notices: string[] = [];
    const taken: Partial<StateOf<Table>> = {};
    for (const [name, value] of Object.entries(part)) {
      const field = Object.hasOwn(store.page.table, name) ? store.page.table[name] : undefined;
      if (!field) {
        notices.push(`“${name.slice(0, 24)}” is not known here.`);
        continue;
      }
      const read = partOf(store.page, field.key, textOf(value));
      notices.push(...read.notices);
      Object.assign(taken, read.part);
    }
    store.change(taken);
    return notices;
  }

  /** Train on, from the moment that is shown. The notebook's figures have buttons for it. */
  play(): void {
    this.#build();
    this.#lab?.running.play(true);
  }

  pause(): void {
    this.#lab?.running.play(false);
  }

  /** What the figure shows as a picture, complete in itself. @throws Error before it is drawn, and where no engine runs. */
  async picture(): Promise<Picture> {
    const { pictureOf } = await import('../picture/picture.ts');
    const main = await this.#drawnMain();
    return pictureOf(main, this.address);
  }

  /** The table behind the figure, a copy of it; undefined where there is none. */
  async table(): Promise<HTMLTableElement | undefined> {
    const main = await this.#drawnMain();
    const details = main.shadowRoot?.querySelector('details:has(table), details.numbers, details') as HTMLDetailsElement | null;
    const was = details?.open;
    if (details) details.open = true;
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    await main.updateComplete;
    const table = main.shadowRoot?.querySelector('table')?.cloneNode(true) as HTMLTableElement | undefined;
    if (details) details.open = was ?? false;
    return table;
  }

  /** What picture and table are of, on the screen or not. */
  async #drawnMain(): Promise<HTMLElement & { updateComplete?: Promise<unknown> }> {
    this.#build();
    await this.ready;
    this.#lab?.looking.drawAll();
    const main = this.#room.querySelector<HTMLElement & { updateComplete?: Promise<unknown> }>(this.#view.main);
    if (!main) throw new Error('the figure has nothing to be seen');
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    await main.updateComplete;
    return main;
  }

  /** So many time steps on; negative: back. */
  step(by = 1): void {
    this.#build();
    const t = Number((this.#store?.state as Partial<LabState> | undefined)?.t ?? 0);
    this.set({ t: Math.max(0, t + by) });
  }

  // ------------------------------------------------------------------------------------------------- life

  connectedCallback(): void {
    this.#furnish();
    this.#project();
    this.addEventListener('keydown', this.#onKey);
    this.#sight = new IntersectionObserver(
      (entries) => {
        const seen = entries.some(({ isIntersecting }) => isIntersecting);
        if (seen) this.#build();
        else this.pause(); /* what nobody sees does not work */
      },
      { rootMargin: AHEAD },
    );
    this.#sight.observe(this);
  }

  disconnectedCallback(): void {
    this.#sight?.disconnect();
    /* moved within the page, it is there again at once */
    queueMicrotask(() => {
      if (!this.isConnected) this.#tear();
    });
  }

  attributeChangedCallback(name: string, before: string | null, text: string | null): void {
    if (before === text || !this.isConnected) return;
    if (name === 'projector') this.#project();
    else if (name === 'view' || name === 'controls') this.#rebuild();
    else if (!this.#store) return;
    else if (name === 'state') this.#store.open(addressOf(this.#view.page, (key) => (key === 'state' ? text : null)));
    else if (name === 'epoch') this.#toEpoch(text);
    else this.#setField(name, text);
  }

  get #view(): View {
    return viewOf(isView(this.view) ? this.view : 'network');
  }

  /** Room and style, before anything else. */
  /** Large, for a room: Page Up and Page Down walk while it has the focus, as a presenter's remote does. */
  get projector(): boolean {
    return this.hasAttribute('projector');
  }

  set projector(on: boolean) {
    this.toggleAttribute('projector', on);
  }

  #project(): void {
    if (this.projector) this.tabIndex = 0;
    else this.removeAttribute('tabindex');
  }

  #onKey = (event: KeyboardEvent): void => {
    if (!this.projector || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') this.dispatchEvent(new CustomEvent('rnn-leave', { bubbles: true, composed: true }));
    const by = { PageDown: 1, PageUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.#view.parts && 't' in (this.#store?.state ?? {}) && this.view !== 'training') this.step(by);
    else if (this.#lab) this.#lab.running.step(by);
  };

  #furnish(): void {
    const { page, height, name } = this.#view;
    (this.shadowRoot as ShadowRoot).adoptedStyleSheets = [styleOf(page)];
    for (const [i, width] of ['wide', 'medium', 'narrow'].entries()) this.#room.style.setProperty(`--_${width}`, String(height[i]));
    if (!this.#built) this.#room.replaceChildren(instead(name));
  }

  #rebuild(): void {
    const was = this.#store?.address;
    const page = this.#store?.page;
    this.#tear();
    this.#furnish();
    this.#sight?.unobserve(this);
    this.#sight?.observe(this);
    if (was && page === (PAGES[this.#view.page] as unknown)) this.#kept = was;
  }

  /** What a reader did outlives another choice of view or controls. */
  #kept: string | undefined;

  #tear(): void {
    this.#client?.end();
    this.#client = undefined;
    this.#store = undefined;
    this.#lab = undefined;
    this.#built = false;
  }

  #build(): void {
    if (this.#built || !this.isConnected) return;
    this.#built = true;
    try {
      this.#wire();
    } catch (error) {
      this.#refuse(error instanceof Error ? error.message : String(error));
    }
  }

  #wire(): void {
    const view = this.#view;
    const notices: string[] = isView(this.view) ? [] : [`view: “${this.view.slice(0, 24)}” is not one of ${Object.keys(VIEWS).join(', ')}; network is shown.`];
    const page = PAGES[view.page] as unknown as Page<Table>;
    const store = new Store(page, this.#kept ?? this.#firstAddress(page));
    this.#kept = undefined;
    const names = this.getAttribute('controls');
    const chosen = names === null ? { controls: view.controls ?? [], fields: [], notices: [] } : controlsOf(names, page.table);
    const { parts, without } = partsOf(view, chosen, names !== null);
    const { main, rest } = markupOf(view.page, parts, without);
    const root = document.createElement('div');
    root.className = view.parts ? 'root one' : 'root';
    root.append(main);
    this.#store = store;
    const epoch = this.getAttribute('epoch');
    const asked: { epoch?: number; notice?: string } = epoch === null ? {} : epochOf(epoch);
    store.notices.push(...notices, ...chosen.notices, ...(asked.notice ? [asked.notice] : []));
    this.#room.replaceChildren(root);
    this.#tellChanges(store);
    const connect = this.#connect(view);
    const link = (): string => linkTo(this.getAttribute('link'), view.page, store.address);
    if (view.page === 'lab') {
      const places = new LabPlaces(root, rest);
      const fixed = names !== null && !chosen.controls.includes('what-if') && view.parts !== undefined;
      this.#lab = wireLab(places, store as unknown as Store<LabTable>, { link, connect, pictures: !view.parts || chosen.controls.includes('pictures') });
      this.#client = this.#lab.client;
      const training = places.byId('training');
      training.controls = view.parts ? BUTTONS.filter((one) => chosen.controls.includes(one)).join(' ') : BUTTONS.join(' ');
      if (fixed) for (const id of ['figure', 'figure-a', 'figure-b'] as const) places.byId(id).fixed = true;
    } else {
      this.#client = wireNotebook(new NotebookPlaces(root, rest), store as unknown as Store<(typeof NOTEBOOK)['table']>, { link, connect, pictures: names === null || chosen.controls.includes('pictures') });
    }
  }

  /** The line to an engine: told when the first drawing stands, and when there is no engine. */
  #connect(view: View): Connect {
    return (ears) => {
      return sharedEngine({
        renewed: ears.renewed,
        hear: (message) => {
          if (message.kind === 'refused') {
            this.#refuse(message.message);
            return;
          }
          ears.hear(message);
          if (message.kind === 'answer' && message.lane === view.first) requestAnimationFrame(() => setTimeout(() => this.#drawn()));
        },
      });
    };
  }

  #drawn(): void {
    if (!this.#built) return;
    this.#ready();
    if (!this.hasAttribute('data-ready')) {
      this.toggleAttribute('data-ready', true);
      this.#say('rnn-ready', {});
    }
  }

  #refuse(why: string): void {
    this.#tear();
    this.#built = true;
    const root = document.createElement('div');
    root.className = 'root';
    root.append(instead(this.#view.name, why.replace(/\.$/, '')));
    this.#room.replaceChildren(root);
    this.#say('rnn-refused', { reason: why });
  }

  // ------------------------------------------------------------------------------------------------- state

  /** What the attributes say, the epoch too: all of it at once, so that nothing of it follows from a change. */
  #firstAddress(page: Page<Table>): string {
    const address = addressOf(this.#view.page, (name) => this.getAttribute(name));
    const asked = epochOf(this.getAttribute('epoch') ?? '');
    if (!('at' in page.table) || !('epoch' in asked)) return address;
    const { state } = fromAddress(page, address);
    const fields = new URLSearchParams(address.slice(1));
    fields.set('at', String(Math.min(asked.epoch * epochUpdates(state as unknown as LabState), TABLE.at.maximum)));
    return `#${fields}`;
  }

  #setField(key: string, text: string | null): void {
    const store = this.#store;
    if (!store) return;
    const { part, notices } = partOf(store.page, key, text);
    store.notices.splice(0, store.notices.length, ...notices);
    store.change(part);
  }

  /** `epoch` counts in epochs what `at` counts in updates. */
  #toEpoch(text: string | null): void {
    const store = this.#store as unknown as Store<LabTable> | undefined;
    if (!store || !('at' in store.page.table)) return;
    const asked = epochOf(text ?? '');
    if ('notice' in asked && text !== null) store.notices.push(asked.notice);
    store.change({ at: 'epoch' in asked ? Math.min(asked.epoch * epochUpdates(store.state), store.page.table.at.maximum) : -1 });
  }

  #tellChanges(store: Store<Table>): void {
    let told = store.state;
    store.listen(() => {
      if (this.#due) return;
      this.#due = true;
      queueMicrotask(() => {
        this.#due = false;
        if (this.#store !== store) return;
        const before = told;
        told = store.state;
        this.#tell(told, before);
      });
    });
  }

  #tell(state: StateOf<Table>, before: StateOf<Table>): void {
    const differs = (names: readonly string[]): boolean => names.some((name) => state[name] !== before[name]);
    const { t, unit, layer = 1 } = state as unknown as StepDetail;
    if (differs(['t', 'unit', 'layer'])) this.#say('rnn-step', { t, unit, layer });
    if (this.#lab && differs(['at', 'epochs', 'batch', 'samples', 'split'])) {
      const lab = state as unknown as LabState;
      this.#say('rnn-epoch', { epoch: moment(lab) / epochUpdates(lab), updates: moment(lab) });
    }
    this.#say('rnn-state', { address: this.address });
  }

  #say(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** Where the script came from: the pages stand beside it. Inside a page there is none. */
const script = (document.currentScript as HTMLScriptElement | null)?.src || undefined;

/** The page that opens a state: `link`, which may hold a part of a hash; or the one beside the script; or this one. */
function linkTo(link: string | null, page: PageName, address: string): string {
  const beside = script && new URL(page === 'lab' ? 'lab.html' : 'index.html', script).href;
  const base = new URL(link ?? beside ?? location.href.replace(/#.*$/, ''), location.href).href;
  return base.includes('#') && address ? `${base}&${address.slice(1)}` : base + address;
}

/** As an attribute would say it. */
function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (Array.isArray(value)) return value.map((pair) => (Array.isArray(pair) ? pair.join(':') : String(pair))).join('_');
  return String(value);
}

function partsOf(view: View, { controls, fields }: { controls: readonly Control[]; fields: readonly string[] }, asked: boolean): { parts: readonly string[] | undefined; without: readonly string[] } {
  const selectors = controls.flatMap((name) => [...CONTROLS[name]]);
  const handles = fields.flatMap((key) => {
    const name = Object.entries(PAGES[view.page].table).find(([, field]) => field.key === key)?.[0];
    return [`.settings rnn-handle[field="${name}"]`, `.settings select[data-field="${name}"]`];
  });
  if (handles.length > 0) handles.push('.fields > summary');
  if (view.parts) return { parts: [...view.parts, ...ALWAYS, ...selectors, ...handles], without: [] };
  if (!asked || view.page === 'notebook') return { parts: undefined, without: [] };
  const chosen = new Set<string>(selectors);
  const left = (Object.keys(CONTROLS) as Control[]).filter((name) => !controls.includes(name) && !(name === 'settings' && (fields.length > 0 || controls.includes('task'))));
  return { parts: undefined, without: left.flatMap((name) => CONTROLS[name].filter((selector) => !chosen.has(selector))) };
}
