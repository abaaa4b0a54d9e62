/** `<rnn-figure>`: one view of the lab or of the notebook in any page, with its own engine, state and style.
 *
 *      <rnn-figure view="network" task="first" epoch="40" t="7" unit="5" controls="step,play"></rnn-figure>
 *
 *  Attributes: `view`; `chapter` and `step` of the lesson; `controls`; `link`, the page that a copied link opens; `scheme`, light or dark; `projector`; `state`, an address as the pages write it; `epoch`; and every field of
 *  the state by its key in the address (docs/addresses.md). All are live. Properties and methods: docs/embedding/README.md. Events (bubbling, composed), after the change:
 *
 *      rnn-ready                     the first drawing stands
 *      rnn-step {t, unit, layer}     another time step, unit or layer
 *      rnn-epoch {epoch, updates}    another moment of the training
 *      rnn-state {address}           anything of the state
 *      rnn-refused {reason}          no engine can run here
 *      rnn-leave                     the projector's mode was left, by Escape
 */

import type { Picture } from '../picture/picture.ts';
import { VERSION, valueText } from '../state/address.ts';
import { END } from '../state/config.ts';
import { keysOf } from '../state/fields.ts';
import { epochUpdates, moment, type State } from '../state/state.ts';
import { Store } from '../state/store.ts';
import type { Connect } from '../worker/engines.ts';
import {
  addressOf,
  change,
  chapterOf,
  type Chosen,
  controlsOf,
  FIELDS,
  firstAddress,
  mistyped,
  PAGES,
  partOf,
  partsOf,
  updatesOf,
} from './attributes.ts';
import { fallback } from './fallback.ts';
import { keepKey } from './presenter-keys.ts';
import { linkBeside, linkTo } from './link.ts';
import { SOURCES } from './page-sources.ts';
import { projectorControls, Projector, walk } from './projector.ts';
import { type Drawn, drawn, tableOf } from './figure-snapshot.ts';
import { CAN_STYLE, stylesOf } from './styles.ts';
import { heightOf, isView, type PageName, type View, viewOf, VIEWS } from './views.ts';
import { answered, drawAll } from '../app/draw-all.ts';
import type { Mounted } from '../app/mount.ts';
import { onSurroundingChange, schemeBehind } from './surrounding-scheme.ts';
import { tellThemeChange } from '../shared/surroundings.ts';
import { printable } from '../shared/printing.ts';
import { SightObserver, SizeObserver } from '../shared/observers.ts';
import { partMissing } from '../shared/shared-sentences.ts';
import { LANGUAGE, translate } from '../shared/translate.ts';
import { emit } from '../shared/events.ts';

/** The attributes whose properties have their text, or null. */
const NAMES = ['chapter', 'controls', 'epoch', 'link', 'scheme', ...FIELDS];

/** The figure is built when it is within this distance of the screen. */
const AHEAD = '300px';

const division = (className: string): HTMLElement => Object.assign(document.createElement('div'), { className });

export class RnnFigure extends HTMLElement {
  declare chapter: string | null;
  declare controls: string | null;
  declare epoch: string | number | null;
  declare link: string | null;
  declare scheme: string | null;
  static readonly observedAttributes = [
    'view',
    'chapter',
    'step',
    'controls',
    'state',
    'epoch',
    'link',
    'projector',
    'scheme',
    ...FIELDS,
  ];

  /** The reader's state is kept when another view or other controls of the same page are chosen. */
  #kept: { page: PageName; chapter: string; address: string } | undefined;
  /** The page of the view that is shown, and its chapter, if it is one of the lesson. */
  #shown: { page: PageName; chapter: string } = { page: 'lab', chapter: '' };
  /** The lesson, once its script is there. */
  #lesson: typeof import('./lesson-source.ts') | undefined;
  readonly #room = division('room');
  #sight: IntersectionObserver | undefined;
  /** Stops watching what the figure stands on. */
  #stop: (() => void) | undefined;
  #scheme = '';
  /** True when the figure has been mounted, or refused. */
  #built = false;
  #store: Store | undefined;
  #mounted: Mounted | undefined;
  /** The view that is being mounted, or is; undefined in the end where it was given up. */
  #mounting: Promise<Mounted | undefined> | undefined;
  #answering: Promise<void> | undefined;
  #ready!: () => void;
  #lost!: (why: Error) => void;
  #due = false;
  #projector: Projector | undefined;
  /** True when `rnn-ready` has been sent. */
  #announced = false;
  /** The figure is not printed any more. */
  #unprintable: (() => void) | undefined;

  /** Resolves after the first drawing; rejects with the reason if no engine can run. */
  readonly ready: Promise<void>;

  constructor() {
    super();
    this.ready = new Promise((resolve, reject) => {
      this.#ready = resolve;
      this.#lost = reject;
    });
    this.ready.catch(() => undefined); /* the figure itself shows the reason to readers */
    const root = this.attachShadow({ mode: 'open' });
    this.#room.setAttribute('part', 'figure');
    this.#room.lang = LANGUAGE;
    const [width, box] = [division('width'), division('box')];
    box.append(this.#room);
    root.append(width, box);
    /* only the events above leave the shadow root: a field in here does not belong to the page's forms */
    for (const kind of ['beforeinput', 'input']) root.addEventListener(kind, (event) => event.stopPropagation());
    this.addEventListener('keydown', keepKey);
  }

  // ------------------------------------------------------------------------------------------------- what a page sets

  static {
    for (const name of NAMES)
      Object.defineProperty(RnnFigure.prototype, name, {
        configurable: true,
        enumerable: true,
        get(this: RnnFigure) {
          return this.getAttribute(name);
        },
        set(this: RnnFigure, value: unknown) {
          this.#reflect(name, value);
        },
      });
  }

  get view(): string {
    return this.getAttribute('view') ?? 'network';
  }

  set view(name: string | null | undefined) {
    this.#reflect('view', name);
  }

  /** An attribute's text. The step of a chapter is a field of the state that is called `lesson`. */
  #given(name: string): string | null {
    const step = name === 'lesson' ? this.getAttribute('step') : null;
    return step ?? this.getAttribute(name);
  }

  /** Sets the attribute of this name, or removes it if the value is undefined or null. */
  #reflect(name: string, value: unknown): void {
    if (value === undefined || value === null) this.removeAttribute(name);
    else this.setAttribute(name, valueText(value));
  }

  /**
   * The state as a link holds it: `#v=1&…`. Setting it shows another state, whole; anything that is no address gives
   * the first one.
   */
  get address(): string {
    return this.#store?.address ?? this.#keptHere ?? addressOf(this.#view.page, (name) => this.#given(name));
  }

  set address(address: string | null | undefined) {
    this.#reflect('state', address);
  }

  /** A copy of the state, by the names and by the keys of docs/addresses.md; undefined until the figure has come into sight. */
  get state(): Readonly<Record<string, unknown>> | undefined {
    const store = this.#store;
    if (!store) return undefined;
    const values = Object.entries(store.page.table).flatMap(([name, { key }]) => {
      const value = store.state[name as keyof State];
      return [
        [key, value],
        [name, value],
      ];
    });
    return structuredClone(Object.fromEntries(values));
  }

  /** A whole state, as the attribute of this name holds it. */
  set state(address: string | null | undefined) {
    this.#reflect('state', address);
  }

  /** Change some of the state, as a reader would: `figure.set({ t: 3, unit: 2 })`. Fields by their keys in the address
   *  (`n`) or by their names in `state` (`samples`); `epoch`, `state`, `view`, `controls`, `link` and `projector` as
   *  the attributes. Unknown names are left out, values are clamped.
   *  @returns One sentence for each value that was not taken as it is. */
  set(part: Readonly<Record<string, unknown>>): string[] {
    const { epoch, view, chapter, step, controls, link, scheme, projector, state, ...fields } = part;
    for (const [name, value] of Object.entries({ view, chapter, step, controls, link, scheme, projector, state })) {
      if (value === undefined) continue;
      if (value === null || value === false) this.removeAttribute(name);
      else this.setAttribute(name, value === true ? '' : valueText(value));
    }
    this.#build();
    const store = this.#store;
    if (!store && this.#view.page === 'lesson') {
      /* its script is on the way */
      for (const [name, value] of Object.entries(fields)) this.#reflect(name, value);
      return [];
    }
    if (!store) return [translate('the network cannot run here')];
    const { taken, notices } = partsOf(store.page, fields);
    notices.push(...change(store, taken));
    if (epoch !== undefined) notices.push(...this.#toEpoch(epoch === null ? null : valueText(epoch)));
    return notices;
  }

  /** Show a network with weights from a file, safetensors or npz, of Keras or PyTorch too: cell, layers and units
   *  are then those of the file. Training drops them. Of the lab's views.
   *  @throws Error saying why they cannot be shown; what was shown before stays. */
  async loadWeights(file: ArrayBuffer | Uint8Array): Promise<void> {
    this.#build();
    const weights = (await this.#mounting)?.weights;
    if (!weights)
      throw new Error(translate('loadWeights: this view has no network of the lab, or no network can run here'));
    if (!(file instanceof ArrayBuffer || file instanceof Uint8Array))
      throw new TypeError(translate('loadWeights: expected an ArrayBuffer or a Uint8Array'));
    await weights.take(new Uint8Array(file), translate('a file'));
  }

  /** Train on, from the moment that is shown. */
  play(): void {
    this.#build();
    this.#whenMounted(({ app }) => app.player.play(true));
  }

  pause(): void {
    this.#whenMounted(({ app }) => app.pause());
  }

  /** At once where the view is mounted already. */
  #whenMounted(act: (mounted: Mounted) => void): void {
    if (this.#mounted) act(this.#mounted);
    else void this.#mounting?.then((mounted) => mounted && act(mounted));
  }

  /** What the figure shows as a picture, complete in itself. @throws Error where no engine runs. */
  async picture(): Promise<Picture> {
    const { pictureOf } = await import('../picture/picture.ts');
    return pictureOf(await this.#drawnMain(), this.address);
  }

  /** The table behind the figure, a copy of it; undefined where there is none. @throws Error where no engine runs. */
  async table(): Promise<HTMLTableElement | undefined> {
    return tableOf(await this.#drawnMain());
  }

  /** What picture and table are of, on the screen or not. */
  async #drawnMain(): Promise<Drawn> {
    this.#build();
    await (await this.#mounting)?.all();
    this.#mounted?.app.visibility.all(); /* what is not seen is not asked for */
    await (this.#answering ? Promise.race([this.ready, this.#answering]) : this.ready);
    if (this.#mounted) await answered(this.#mounted.app.client);
    this.#mounted?.app.visibility.all();
    const main = this.#room.querySelector<Drawn>(this.#view.main);
    if (!main) throw new Error(translate('the figure is empty'));
    await drawn(main);
    return main;
  }

  /** `step(by)`: so many time steps on, one if nothing is said; negative: back. */
  get step(): (by?: number) => void {
    return (by = 1) => {
      this.#build();
      const t = Number((this.#store?.state as Partial<State> | undefined)?.t ?? 0);
      this.set({ t: Math.max(0, t + by) });
    };
  }

  /** Set, it is the attribute: the step of a chapter. */
  set step(number: string | number | null | undefined) {
    this.#reflect('step', number);
  }

  /** Large, for a room: Page Up and Page Down walk while it has the focus, as a presenter's remote does. */
  get projector(): boolean {
    return this.hasAttribute('projector');
  }

  set projector(on: boolean | '' | null | undefined) {
    this.toggleAttribute('projector', on === '' || Boolean(on));
  }

  // ------------------------------------------------------------------------------------------------- life

  connectedCallback(): void {
    if (!this.#announced) this.removeAttribute('data-ready'); /* a copy has the attributes of its original */
    this.#upgrade();
    this.#furnish();
    this.#setScheme();
    this.#stop?.();
    this.#stop = onSurroundingChange(this, () => this.#setScheme());
    this.#sight = new SightObserver(
      (entries) => {
        const seen = entries.some(({ isIntersecting }) => isIntersecting);
        if (seen) this.#build();
        else this.pause(); /* what nobody sees does not work */
      },
      { rootMargin: AHEAD },
    );
    this.#sight.observe(this.#room); /* the figure itself has no box where the page says `display: contents` */
    this.#unprintable = printable({ host: this, root: this.shadowRoot as ShadowRoot, draw: () => this.#drawWhole() });
  }

  async #drawWhole(): Promise<void> {
    this.#build();
    const mounted = await this.#mounting;
    if (mounted) await drawAll(mounted);
  }

  /** What a page set before this script was there stands before the accessors: set again, it is heard. */
  #upgrade(): void {
    for (const name of ['view', 'step', 'state', 'address', 'projector', ...NAMES]) {
      const set = Object.getOwnPropertyDescriptor(this, name);
      if (!set) continue;
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, set.value);
    }
  }

  disconnectedCallback(): void {
    this.#sight?.disconnect();
    this.#stop?.();
    this.#unprintable?.();
    /* moved within the page, it is there again at once */
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#keep(); /* put in again, it goes on from there */
      this.#tear();
    });
  }

  /** Styles of one document do not hold in another one, nor when the figure returns: it is built again. */
  adoptedCallback(): void {
    this.#keep();
    this.#tear();
  }

  attributeChangedCallback(name: string, before: string | null, text: string | null): void {
    if (before === text && name !== 'state') return; /* the same state again: back to it */
    if (name === 'step') this.attributeChangedCallback('lesson', before, text);
    else if (name === 'scheme') this.#setScheme();
    else if (name === 'link' && (before === null) === (text === null)) return; /* it is read when it is copied */
    else if (['view', 'chapter', 'controls', 'projector', 'link'].includes(name)) {
      if (this.isConnected) this.#rebuild();
    } else if (!this.#store) {
      this.#later(name, text);
      if (this.isConnected) this.#keepRoom();
    } else if (name === 'state') this.#store.open(addressOf(this.#view.page, (key) => (key === 'state' ? text : null)));
    else if (name === 'epoch') this.tell(this.#toEpoch(text));
    else this.#setField(name, text);
  }

  /** Where neither the page nor the attribute `scheme` says light or dark, the background does. */
  #setScheme(): void {
    if (!this.isConnected) return;
    delete this.dataset['scheme'];
    if (getComputedStyle(this).colorScheme === 'normal') this.dataset['scheme'] = schemeBehind(this);
    const scheme = getComputedStyle(this).colorScheme;
    if (scheme !== this.#scheme) tellThemeChange();
    this.#scheme = scheme;
  }

  #keep(): void {
    if (this.#store) this.#kept = { ...this.#shown, address: this.#store.address };
  }

  /** Of another page nothing is kept. */
  get #keptHere(): string | undefined {
    const { page, chapter } = this.#asked;
    return this.#kept?.page === page && this.#kept.chapter === chapter ? this.#kept.address : undefined;
  }

  /** Between two views, or while it stands nowhere: what is set now stands over what the reader had done. */
  #later(name: string, text: string | null): void {
    if (this.#kept === undefined) return;
    const { page, chapter, address } = this.#kept;
    if (name === 'state') this.#kept = undefined;
    else if (name === 'epoch')
      this.#kept = {
        page,
        chapter,
        address: firstAddress(page, (key) => (key === 'state' ? address : key === 'epoch' ? (text ?? '-1') : null))
          .address,
      };
    else {
      const fields = new URLSearchParams(address.slice(1));
      fields.set('v', fields.get('v') ?? VERSION);
      if (text === null) fields.delete(name);
      else fields.set(name, text);
      this.#kept = { page, chapter, address: `#${fields}` };
    }
  }

  get #view(): View {
    return viewOf(isView(this.view) ? this.view : 'network');
  }

  /** The page that the attributes ask for, and its chapter, if it is the lesson. */
  get #asked(): { page: PageName; chapter: string } {
    const { page } = this.#view;
    return { page, chapter: page === 'lesson' ? chapterOf(this.getAttribute('chapter')).chapter : '' };
  }

  /** The figure stands: over the whole window, walked by keys. */
  #project(): void {
    this.#projector = new Projector(this, this.#room.firstElementChild as HTMLElement, {
      walk: (by) => this.set(walk(isView(this.view) ? this.view : 'network', this.state ?? {}, by)),
      leave: () => {
        this.projector = false;
        emit(this, 'rnn-leave');
      },
    });
  }

  /** Room and style, before anything else. */
  #furnish(): void {
    this.#keepRoom();
    if (this.#view.page !== 'lesson') this.#room.style.minHeight = '';
    if (this.#built) return;
    if (this.ownerDocument !== document) {
      this.#refuse(translate('this document has no script'), false);
      return;
    }
    (this.shadowRoot as ShadowRoot).adoptedStyleSheets = stylesOf();
    this.#room.replaceChildren(fallback(this.#view.name));
  }

  /** The height that this view needs in its state, as custom properties of its style. */
  #keepRoom(): void {
    const height = heightOf(this.#view, this.address);
    for (const [i, width] of ['wide', 'medium', 'narrow'].entries())
      this.#room.style.setProperty(`--_${width}`, String(height[i]));
  }

  #rebuild(): void {
    this.#keep();
    this.#tear();
    this.#furnish();
    this.#sight?.unobserve(this.#room);
    this.#sight?.observe(this.#room);
  }

  #tear(): void {
    this.#projector?.end();
    this.#projector = undefined;
    this.#mounted?.app.end();
    this.#mounted = undefined;
    this.#mounting = undefined;
    this.#answering = undefined;
    this.#store = undefined;
    this.#built = false;
  }

  #build(): void {
    if (this.#built || !this.isConnected) return;
    this.#built = true;
    const view = this.#view;
    if (view.page === 'lesson' && !this.#lesson) {
      this.#mounting = this.#mountLesson();
      return;
    }
    this.#shown = this.#asked;
    const page = view.page === 'lesson' && this.#lesson ? this.#lesson.pageOf(this.#shown.chapter) : PAGES[view.page];
    const get = (name: string): string | null => this.#given(name);
    const { address, notice } = firstAddress(view.page, get);
    const store = new Store(page, this.#keptHere ?? address);
    this.#kept = undefined;
    const names = get('controls');
    const named = names === null ? undefined : controlsOf(names, page.table);
    const chosen = this.projector ? projectorControls(named?.controls ?? view.controls ?? []) : named;
    if (!isView(this.view))
      store.stand([
        translate(
          `view: “${this.view.slice(0, 24)}” is not one of ${Object.keys(VIEWS).join(', ')}; network is shown.`,
        ),
      ]);
    store.stand([...mistyped(this), ...(named?.notices ?? [])]);
    const { notice: noChapter } = chapterOf(view.page === 'lesson' ? this.getAttribute('chapter') : null);
    if (noChapter) store.stand([noChapter]);
    if (notice) store.note([notice]);
    this.#store = store;
    this.#tellChanges(store);
    this.#mounting = this.#mount(view, chosen, store).catch((error: unknown) => {
      if (this.#store === store) this.#refuse(error instanceof Error ? error.message : String(error));
      return undefined;
    });
  }

  /** The steps of a chapter are in its text, so its state begins when that is there. */
  #mountLesson(): Promise<Mounted | undefined> {
    const mounting: Promise<Mounted | undefined> = import('./lesson-source.ts').then(
      (lesson) => {
        this.#lesson = lesson;
        if (this.#mounting !== mounting) return undefined;
        this.#built = false;
        this.#build();
        return this.#mounting;
      },
      () => {
        if (this.#mounting === mounting) this.#refuse(partMissing());
        return undefined;
      },
    );
    return mounting;
  }

  /** Shows a step of another chapter, as the links in a chapter ask for it. */
  #openChapter(chapter: string, step: number): void {
    if (chapter === this.#shown.chapter) {
      this.set({ lesson: step });
      return;
    }
    const focused = this.shadowRoot?.activeElement !== null;
    this.#kept = undefined;
    this.#store = undefined;
    this.removeAttribute('state');
    for (const key of keysOf(PAGES.lesson)) this.removeAttribute(key);
    this.setAttribute('step', String(step));
    this.setAttribute('chapter', chapter);
    this.#build();
    this.#whenMounted(() => {
      if (this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: 'start' });
      const heading = this.#room.querySelector<HTMLElement>('h1');
      if (focused && heading) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }
      emit(this, 'rnn-state', { address: this.address });
    });
  }

  /** Given up where another view, or none, has been asked for before the scripts are there. */
  async #mount(view: View, chosen: Chosen | undefined, store: Store): Promise<Mounted | undefined> {
    if (!CAN_STYLE) throw new Error(translate('this browser is too old, or it does not draw pages'));
    const [source, { mountView }, { sharedEngine }] = await Promise.all([
      SOURCES[view.page](this.#shown.chapter),
      import('./mount-view.ts'),
      import('./shared-engines.ts'),
    ]).catch(() => {
      throw new Error(partMissing());
    });
    if (this.#store !== store) return undefined;
    (this.shadowRoot as ShadowRoot).adoptedStyleSheets = stylesOf(source);
    const mounted = mountView(this.#room, {
      view,
      source,
      chosen,
      store,
      connect: this.#connect(sharedEngine),
      link: () => linkTo(this.getAttribute('link'), view.page, store.address),
    });
    this.#mounted = mounted;
    source.bindChapter?.(
      mounted.app,
      (chapter, step) => this.#openChapter(chapter, step),
      (href) => linkBeside(this.getAttribute('link'), href),
    );
    if (this.projector) this.#project();
    this.#answering = this.#answers(mounted);
    void this.#awaitDrawing(mounted, this.#answering);
    return mounted;
  }

  /** Resolves once all requests of the first drawing have been answered, whether or not the figure is on the screen. */
  async #answers(mounted: Mounted): Promise<void> {
    await mounted.load(this.#room.querySelector<HTMLElement>(this.#view.main));
    await answered(mounted.app.client);
  }

  /** Resolves `ready` once the figure has been drawn for the first time. */
  async #awaitDrawing(mounted: Mounted, answering: Promise<void>): Promise<void> {
    await answering;
    if (this.#room.offsetWidth === 0) await this.#wide();
    if (this.#mounted === mounted) this.#drawn();
  }

  /** Resolves once the figure has a width, and what it shows is drawn in it. Nothing is drawn without one. */
  async #wide(): Promise<void> {
    await new Promise<void>((resolve) => {
      const sizes = new SizeObserver(() => {
        if (this.#room.offsetWidth === 0 && this.#built) return;
        sizes.disconnect();
        resolve();
      });
      sizes.observe(this.#room);
    });
    const main = this.#room.querySelector<Drawn>(this.#view.main);
    if (main) await drawn(main);
    if (this.#mounted) await answered(this.#mounted.app.client);
  }

  /** Connects to an engine in such a way that the figure learns when there is none. */
  #connect(engine: Connect): Connect {
    return (callbacks) =>
      engine({
        renewed: callbacks.renewed,
        message: (message) => {
          if (message.kind === 'refused') this.#refuse(message.message);
          else callbacks.message(message);
        },
      });
  }

  #drawn(): void {
    if (!this.#built) return;
    this.#ready();
    this.toggleAttribute('data-ready', true);
    if (!this.#announced) {
      this.#announced = true;
      if (this.#view.page === 'lesson') this.#room.style.minHeight = '0'; /* each chapter and step has its own height */
      this.#projector?.again(); /* what stood in its place had another size */
      emit(this, 'rnn-ready');
    }
  }

  /** `forGood`: false where the figure is drawn when it comes home. */
  #refuse(why: string, forGood = true): void {
    this.#tear();
    this.#built = true;
    const root = document.createElement('div');
    root.className = 'root';
    root.append(fallback(this.#view.name, why.replace(/\.$/, '')));
    this.#room.replaceChildren(root);
    if (forGood) this.#lost(new Error(why));
    emit(this, 'rnn-refused', { reason: why });
  }

  // ------------------------------------------------------------------------------------------------- state

  #setField(key: string, text: string | null): void {
    const store = this.#store;
    if (!store) return;
    const { part, notices } = partOf(store.page, key, text);
    this.tell([...notices, ...change(store, part)]);
  }

  /** What was asked of it in vain. */
  tell(notices: readonly string[]): void {
    this.#store?.change({}, { notices });
  }

  /** `epoch` counts in epochs what `at` counts in updates. */
  #toEpoch(text: string | null): string[] {
    const store = this.#store;
    if (!store || !('at' in store.page.table)) return [];
    const { at, notice } = text === null ? { at: END } : updatesOf(text, store.state);
    store.change({ at });
    return notice ? [notice] : [];
  }

  #tellChanges(store: Store): void {
    let told = store.state;
    store.listen(() => {
      if (this.#due) return;
      this.#due = true;
      queueMicrotask(() => {
        this.#due = false;
        if (this.#store !== store) return;
        const before = told;
        told = store.state;
        this.#keepRoom();
        this.#tell(told, before);
      });
    });
  }

  #tell(state: State, before: State): void {
    const differs = (names: readonly (keyof State)[]): boolean => names.some((name) => state[name] !== before[name]);
    const { t, unit, layer } = state;
    if (differs(['t', 'unit', 'layer'])) emit(this, 'rnn-step', { t, unit, layer });
    if (this.#view.page === 'lab' && differs(['at', 'epochs', 'batch', 'samples', 'split']))
      emit(this, 'rnn-epoch', { epoch: moment(state) / epochUpdates(state), updates: moment(state) });
    emit(this, 'rnn-state', { address: this.address });
  }
}
