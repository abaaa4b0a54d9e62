/**
 * Imports weights from a file that is chosen or dropped. The core reads it, and its weights replace those of the
 * training.
 */

import { strFromU8, strToU8 } from 'fflate';
import type { App } from '../app/app.ts';
import { translate } from '../shared/translate.ts';
import { sameFields } from '../state/fields.ts';
import { configOf, RUN } from '../state/config.ts';
import { LOADED } from '../state/state.ts';
import type { ToWorker } from '../worker/protocol.ts';
import { takeDrops } from './drop.ts';
import { TabCache } from './tab-cache.ts';

const MOST_BYTES = 64 * 2 ** 20;

/** The bytes of the files, one in each character, by the hash of the weights. */
const FILES = new TabCache('unrolled-weights ');
const NAMES = new Map<string, string>();

export class ImportWeights {
  readonly #app: App;
  /** The number of the current file. */
  #loads = 0;
  /** Rejects the promise for the previous file. */
  #superseded: (why: Error) => void = () => undefined;
  /** Hashes of the weights that the worker has. */
  readonly #known = new Set<string>();

  constructor(app: App) {
    this.#app = app;
    const { parts, store } = app;
    const input = parts.byId<HTMLInputElement>('weights-file');
    input?.addEventListener('change', () => void this.#choose(input.files?.[0]));
    const panel = parts.byId('weights');
    if (panel)
      takeDrops(panel, {
        file: (file) => void this.#choose(file),
        text: () => this.#refuse(translate('What you dropped is not a file')),
        refuse: (why) => this.#refuse(why),
      });
    app.tellFirst(() => this.#messages());
    app.nameOf = (file) => NAMES.get(file) ?? translate('a file');
    store.listen((state, before) => {
      if (state.file !== before.file) this.#start();
    });
    this.#start();
  }

  /**
   * Sends the weights that the state names to the worker, if this tab has them. Otherwise asks the reader for the file.
   */
  #start(): void {
    const { state } = this.#app.store;
    const { file } = state;
    const message = this.#message();
    this.#need(
      file && !message
        ? translate(
            `This link needs the file that its weights are from. Choose it under “Weights from a file”; the weights’ hash must be ${file}.`,
          )
        : '',
    );
    const panel = this.#app.parts.byId<HTMLDetailsElement>('weights');
    if (file && !message && panel) panel.open = true;
    if (!message) return;
    this.#app.client.ask('load', message.request, {
      answer: (loaded) => {
        if (this.#app.store.state.file !== file) return;
        if (!sameFields(loaded, state, LOADED)) {
          this.#need(
            translate(
              `This link’s weights belong to another network: ${loaded.cell}, layers: ${loaded.layers}, units: ${loaded.units}.`,
            ),
          );
          return;
        }
        const wanting = !this.#known.has(file);
        this.#known.add(file);
        if (wanting) this.#found();
      },
      failed: ({ message }) => this.#need(translate(`This link’s weights do not fit its network: ${message}`)),
    });
  }

  /** Messages that a restarted worker gets first. */
  #messages(): ToWorker[] {
    const message = this.#message();
    return message ? [message] : [];
  }

  /**
   * Shows these weights in their own network. `name`: the name of the file. @throws Error with the reason if they
   * cannot be shown; then nothing changes.
   */
  take(bytes: Uint8Array, name: string): Promise<void> {
    const { state } = this.#app.store;
    this.#superseded(new Error(translate('Another file was chosen meanwhile')));
    return new Promise((resolve, reject) => {
      this.#superseded = reject;
      this.#app.client.ask(
        'load',
        { ...configOf(state), bytes },
        {
          answer: (loaded) => {
            if (!sameFields(state, this.#app.store.state, RUN)) {
              reject(new Error(translate('The settings changed while the file was read: choose it again')));
              return;
            }
            FILES.keep(loaded.file, strFromU8(bytes, true));
            NAMES.set(loaded.file, name);
            this.#known.add(loaded.file);
            const wanted = state.file === loaded.file && sameFields(loaded, state, LOADED);
            this.#app.pause(); /* training on would drop the weights again */
            this.#app.store.change(loaded);
            if (wanted) this.#found();
            resolve();
          },
          failed: ({ message }) => reject(new Error(message)),
        },
      );
    });
  }

  #message(): (ToWorker & { lane: 'load' }) | undefined {
    const { state } = this.#app.store;
    const text = state.file && FILES.get(state.file);
    return text
      ? { lane: 'load', run: '', id: 0, request: { ...configOf(state), bytes: strToU8(text, true) } }
      : undefined;
  }

  async #choose(file: File | undefined): Promise<void> {
    if (!file) return;
    const load = ++this.#loads;
    this.#app.parts.setNotice('weights-wrong', '');
    try {
      if (file.size === 0) throw new Error(translate(`${file.name} is empty, or it is a folder`));
      if (file.size > MOST_BYTES)
        throw new Error(translate(`${file.name} is too large: this page reads up to ${MOST_BYTES / 2 ** 20} MB`));
      const bytes = await file.arrayBuffer().catch(() => undefined);
      if (!bytes) throw new Error(translate(`${file.name} cannot be read`));
      if (load === this.#loads) await this.take(new Uint8Array(bytes), file.name);
    } catch (error) {
      if (load === this.#loads) this.#refuse(error instanceof Error ? error.message : String(error));
    }
    const input = this.#app.parts.byId<HTMLInputElement>('weights-file');
    if (input) input.value = ''; /* so that the same file can be chosen again */
  }

  /** Repeats all requests, because the weights that the state names have arrived. */
  #found(): void {
    this.#need('');
    this.#app.arrived();
  }

  #need(why: string): void {
    this.#app.parts.setNotice('weights-needed', why);
  }

  #refuse(why: string): void {
    this.#app.parts.setNotice('weights-wrong', translate(`${why.replace(/\.$/, '')}. What was shown before stays.`));
  }
}
