/** Weights from a file, chosen or dropped by the reader, read by the core, and shown instead of the trained ones. */

import { strFromU8, strToU8 } from 'fflate';
import { sameFields } from '../state/fields.ts';
import { configOf, LOADED, RUN } from '../state/lab-state.ts';
import type { Client } from '../worker/client.ts';
import type { ToWorker } from '../worker/protocol.ts';
import { takeDrops } from './drop.ts';
import type { LabStore, PageParts } from '../app/lab-parts.ts';
import { TabCache } from './tab-cache.ts';
import type { TrainingRun } from '../app/training-run.ts';
import { translate } from '../shared/translate.ts';

const MOST_BYTES = 64 * 2 ** 20;

/** The files' bytes, one character each, by the hash of the weights. */
const FILES = new TabCache('unrolled-weights ');
const NAMES = new Map<string, string>();

export class ImportWeights {
  readonly #places: PageParts;
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #trainingRun: TrainingRun;
  readonly #hearers: (() => void)[] = [];
  /** Counts the files, so that an outdated one is ignored. */
  #loads = 0;
  /** Rejects the promise for the previous file. */
  #superseded: (why: Error) => void = () => undefined;
  /** Weights that the worker has. */
  readonly #known = new Set<string>();

  constructor(places: PageParts, store: LabStore, client: Client, trainingRun: TrainingRun) {
    this.#places = places;
    this.#store = store;
    this.#client = client;
    this.#trainingRun = trainingRun;
    const input = places.byId('weights-file');
    input.addEventListener('change', () => void this.#choose(input.files?.[0]));
    takeDrops(places.byId('weights'), {
      file: (file) => void this.#choose(file),
      text: () => this.#refuse(translate('What was dropped is no file')),
      refuse: (why) => this.#refuse(why),
    });
    store.listen((state, before) => {
      if (state.file !== before.file) this.start();
    });
  }

  /** `hear` is called when weights become available that a request needed. */
  listen(hear: () => void): void {
    this.#hearers.push(hear);
  }

  /** The name of the file, for the reader. */
  nameOf(file: string): string {
    return NAMES.get(file) ?? translate('a file');
  }

  /** Loads the weights that the state refers to from this tab; otherwise asks the reader for the file. */
  start(): void {
    const { state } = this.#store;
    const { file } = state;
    const message = this.#message();
    this.#need(
      file && !message
        ? translate(
            `This link needs the file that its weights are from. Choose it under “Weights from a file”; the weights’ hash must be ${file}.`,
          )
        : '',
    );
    if (file && !message) this.#places.byId('weights').open = true;
    if (!message) return;
    this.#client.ask('load', message.request, {
      answer: (loaded) => {
        if (this.#store.state.file !== file) return;
        if (!sameFields(loaded, state, LOADED)) {
          this.#need(
            translate(
              `This link’s weights are of another network: ${loaded.cell}, layers: ${loaded.layers}, units: ${loaded.units}.`,
            ),
          );
          return;
        }
        const wanting = !this.#known.has(file);
        this.#known.add(file);
        if (wanting) this.#found();
      },
      failed: (why) => this.#need(translate(`This link’s weights do not fit its network: ${said(why)}`)),
    });
  }

  /** The first messages for a new worker. */
  messages(): ToWorker[] {
    const message = this.#message();
    return message ? [message] : [];
  }

  /**
   * Shows these weights in the network that they belong to. `name`: of the file, for the reader.
   * @throws Error with the reason why they cannot be shown; then nothing changes.
   */
  take(bytes: Uint8Array, name: string): Promise<void> {
    const { state } = this.#store;
    this.#superseded(new Error(translate('Another file was chosen meanwhile')));
    return new Promise((resolve, reject) => {
      this.#superseded = reject;
      this.#client.ask(
        'load',
        { ...configOf(state), bytes },
        {
          answer: (loaded) => {
            if (!sameFields(state, this.#store.state, RUN)) {
              reject(new Error(translate('The settings changed while the file was read: choose it again')));
              return;
            }
            FILES.keep(loaded.file, strFromU8(bytes, true));
            NAMES.set(loaded.file, name);
            this.#known.add(loaded.file);
            const wanted = state.file === loaded.file && sameFields(loaded, state, LOADED);
            this.#trainingRun.play(false); /* training would drop the weights again */
            this.#store.change(loaded);
            if (wanted) this.#found();
            resolve();
          },
          failed: (why) => reject(new Error(said(why))),
        },
      );
    });
  }

  #message(): (ToWorker & { lane: 'load' }) | undefined {
    const { state } = this.#store;
    const text = state.file && FILES.get(state.file);
    return text ? { lane: 'load', id: 0, request: { ...configOf(state), bytes: strToU8(text, true) } } : undefined;
  }

  async #choose(file: File | undefined): Promise<void> {
    if (!file) return;
    const load = ++this.#loads;
    this.#places.setNotice('weights-wrong', '');
    try {
      if (file.size === 0) throw new Error(translate(`${file.name} is empty, or no file`));
      if (file.size > MOST_BYTES)
        throw new Error(translate(`${file.name} is too large: this page reads up to ${MOST_BYTES / 2 ** 20} MB`));
      const bytes = await file.arrayBuffer().catch(() => undefined);
      if (!bytes) throw new Error(translate(`${file.name} cannot be read`));
      if (load === this.#loads) await this.take(new Uint8Array(bytes), file.name);
    } catch (error) {
      if (load === this.#loads) this.#refuse(error instanceof Error ? error.message : String(error));
    }
    this.#places.byId('weights-file').value = ''; /* so that the same file can be chosen again */
  }

  /** Called when the weights of the state are available. */
  #found(): void {
    this.#need('');
    for (const hear of this.#hearers) hear();
  }

  #need(why: string): void {
    this.#places.setNotice('weights-needed', why);
  }

  #refuse(why: string): void {
    this.#places.setNotice('weights-wrong', translate(`${why.replace(/\.$/, '')}. What was shown before stays.`));
  }
}

/** The core's message begins with the name of the function, which is removed. */
const said = (why: string): string => why.replace(/^(loadWeights|weightsConfig): /, '');
