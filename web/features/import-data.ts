/**
 * Custom data, which the reader pastes, drops or chooses, previews and then uses; and changes of single numbers in any
 * data.
 */

import { formatNumber, grouped } from '../shared/format.ts';
import { beyond } from '../state/address.ts';
import { type Limits, limited, limitsOf } from '../state/fields.ts';
import { type LabState, LOSSES, OWN_TASK, TABLE } from '../state/lab-state.ts';
import { changed, inputPlace, isTarget, ownOf, placeOf, targetPlace } from '../state/custom-data.ts';
import type { Client } from '../worker/client.ts';
import type { AnswerOf, RequestOf, ToWorker } from '../worker/protocol.ts';
import type { Data, Sequences } from '../app/task-data.ts';
import type { LabStore, PageParts } from '../app/lab-parts.ts';
import { takeDrops } from './drop.ts';
import { TabCache } from './tab-cache.ts';
import { packed, unpacked } from './custom-data-text.ts';
import { translate } from '../shared/translate.ts';
import type { RnnEvents } from '../shared/events.ts';

type Brought = AnswerOf<'bring'>;

const MOST_BYTES = 8 * 2 ** 20;
const MOST_CHANGES = 100;

const DATA = new TabCache('unrolled ');

export class ImportData {
  readonly #places: PageParts;
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #data: Data;
  readonly #hearers: (() => void)[] = [];
  /** Does the state refer to data that are not available? */
  #missing = false;
  /** Data that the worker has. Requests that failed without them are repeated once they are available. */
  readonly #known = new Set<string>();
  /** Counts the previews, so that an outdated one is ignored. */
  #looks = 0;
  /** The preview, before the data are used. */
  #looked: { text: string; brought: Brought } | undefined;

  constructor(places: PageParts, store: LabStore, client: Client, data: Data) {
    this.#places = places;
    this.#store = store;
    this.#client = client;
    this.#data = data;
    this.#listen();
    data.listen((sequences) => {
      this.#dropBeyond(sequences);
      this.#showSequence();
    });
    store.listen((state, before) => {
      if (state.own !== before.own || state.task !== before.task) this.start();
      this.#forget(state, before);
      this.#showSequence();
    });
  }

  /** `hear` is called when data become available that a request needed. */
  listen(hear: () => void): void {
    this.#hearers.push(hear);
  }

  /**
   * Loads the data that the state refers to, from the link or from this tab; otherwise asks the reader for the file.
   */
  start(): void {
    const { task, own } = this.#store.state;
    const request = this.#here();
    const wanted = task === OWN_TASK && !request ? ownOf(own) : undefined;
    this.#places.setNotice(
      'needed',
      wanted
        ? translate(
            `This link needs its data: ${sized(wanted)}. Paste, drop or choose the file below; its hash must be ${wanted.hash}.`,
          )
        : '',
    );
    if (wanted) {
      this.#missing = true;
      this.#places.byId('bring').open = true;
    }
    if (task !== OWN_TASK || !request) return;
    this.#client.ask('bring', request, {
      answer: (brought) => {
        const wanting = this.#missing || !this.#known.has(brought.own);
        this.#known.add(brought.own);
        if (wanting && brought.own === this.#store.state.own) {
          this.#missing = false;
          for (const hear of this.#hearers) hear();
        }
        if (brought.own !== own)
          this.#places.setNotice(
            'needed',
            translate('The data in this link are damaged: they are not those that it names.'),
          );
      },
      failed: (message) => this.#places.setNotice('needed', translate(`The data in this link are damaged: ${message}`)),
    });
  }

  /** The first messages for a new worker. */
  messages(): ToWorker[] {
    this.#known.clear();
    const request = this.#store.state.task === OWN_TASK ? this.#here() : undefined;
    return request ? [{ lane: 'bring', id: 0, request }] : [];
  }

  /** The data in use, for a worker that does not have them yet. */
  get brought(): RequestOf<'bring'> | undefined {
    return this.#store.state.task === OWN_TASK ? this.#here() : undefined;
  }

  #here(): RequestOf<'bring'> | undefined {
    const { own, csv } = this.#store.state;
    const about = ownOf(own);
    const text = about && ((csv && unpacked(csv)) || DATA.get(own));
    return about && text ? { text, loss: LOSSES[about.kind] } : undefined;
  }

  #listen(): void {
    const paste = this.#places.byId('bring-text');
    paste.addEventListener('input', () => this.#look(paste.value));
    this.#places
      .byId('bring-file')
      .addEventListener('change', () => void this.#file(this.#places.byId('bring-file').files?.[0]));
    const panel = this.#places.byId('bring');
    /* dropped next to the panel, a file would replace the page */
    for (const kind of ['dragover', 'drop'] as const)
      this.#places.root.addEventListener(kind, (event) => {
        if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
      });
    takeDrops(panel, {
      file: (file) => void this.#file(file),
      text: (text) => {
        if (text.trim() === '') this.#refuse(translate('What was dropped holds no text'));
        else this.#look(text);
      },
      refuse: (why) => this.#refuse(why),
    });
    this.#places.byId('bring-use').addEventListener('click', () => this.#use());
    this.#places.byId('bring-cancel').addEventListener('click', () => this.#cancel());
    this.#places.byId('bring-kind').addEventListener('change', () => {
      const loss = this.#places.byId('bring-kind').value as Brought['loss'];
      if (this.#looked) this.#look(this.#looked.text, loss);
    });
    this.#places.byId('changed-undo').addEventListener('click', () => {
      this.#store.change({ changes: [] });
      this.#places.byId('sequence').focus();
    });
    const sequence = this.#places.byId('sequence');
    sequence.addEventListener('rnn-datum', ({ detail }) => this.#change(detail));
    sequence.addEventListener('rnn-timestep', ({ detail: { timestep } }) => this.#store.change({ t: timestep }));
    sequence.addEventListener('rnn-feature', ({ detail: { feature } }) => this.#store.change({ feature: feature + 1 }));
  }

  // ------------------------------------------------------------------------------------------------- bring

  async #file(file: File | undefined): Promise<void> {
    if (!file) return;
    if (file.size === 0) this.#refuse(translate(`${file.name} is empty, or no file`));
    else if (file.size > MOST_BYTES)
      this.#refuse(
        translate(
          `${file.name} has ${formatNumber(file.size / 2 ** 20, 1)} MB: this page reads up to ${MOST_BYTES / 2 ** 20} MB.`,
        ),
      );
    else {
      const text = await file.text().catch(() => undefined);
      if (text === undefined) this.#refuse(translate(`${file.name} cannot be read: expected a text file`));
      else if (text.trim() === '') this.#refuse(translate(`${file.name} holds no text`));
      else this.#look(text);
    }
  }

  #look(text: string, loss?: Brought['loss']): void {
    const look = ++this.#looks;
    if (text.trim() === '') {
      this.#cancel();
      return;
    }
    if (text.length > MOST_BYTES) {
      this.#refuse(translate(`This text is too long: this page reads up to ${MOST_BYTES / 2 ** 20} MB.`));
      return;
    }
    this.#client.ask(
      'look',
      { text, ...(loss && { loss }) },
      {
        answer: (brought) => {
          this.#known.add(brought.own);
          if (look === this.#looks) this.#preview(text, brought);
        },
        failed: (message) => {
          if (look === this.#looks) this.#refuse(message.replace(/^readCsv: /, ''));
        },
      },
    );
  }

  #refuse(message: string): void {
    this.#looked = undefined;
    this.#places.byId('bring-preview').hidden = true;
    this.#places.setNotice('bring-wrong', translate(`${message.replace(/\.$/, '')}. What was shown before stays.`));
  }

  #preview(text: string, brought: Brought): void {
    this.#looked = { text, brought };
    this.#places.setNotice('bring-wrong', '');
    const { samples, timesteps, features, every, loss, classes, guess, losses, first } = brought;
    const targets = {
      binary_crossentropy: translate('labels 0 and 1'),
      sparse_categorical_crossentropy: translate(`${classes} classes`),
      mean_squared_error: translate('numbers'),
    }[loss as (typeof LOSSES)['b']];
    const chance =
      loss === 'mean_squared_error'
        ? translate('always answering the mean: a mean squared error of')
        : translate('always answering the commonest one: an accuracy of');
    this.#places.setText(
      'bring-words',
      translate(
        `${sized({ samples, timesteps, features })}. Targets: ${targets}${every ? translate(', one at each time step') : ''}; ${chance} ${formatNumber(guess, 3)}.`,
      ),
    );
    const kind = this.#places.byId('bring-kind');
    kind.replaceChildren(...losses.map((name) => new Option(name, name, name === loss, name === loss)));
    this.#places.byId('bring-kind-label').hidden = losses.length < 2;
    const width = timesteps * features;
    const rows = first.x.length / width;
    const shown = Math.min(width, 12);
    const table = this.#places.byId('bring-table');
    const cell = (kindOf: 'th' | 'td', words: string): HTMLElement =>
      Object.assign(document.createElement(kindOf), { textContent: words });
    const row = (cells: HTMLElement[]): HTMLElement => {
      const line = document.createElement('tr');
      line.append(...cells);
      return line;
    };
    const head = [
      'y',
      ...Array.from({ length: shown }, (_, i) =>
        features > 1 ? `x${Math.floor(i / features) + 1}_${(i % features) + 1}` : `x${i + 1}`,
      ),
      ...(shown < width ? ['…'] : []),
    ];
    table.replaceChildren(
      row(head.map((words) => cell('th', words))),
      ...Array.from({ length: rows }, (_, i) =>
        row([
          cell(
            'td',
            formatNumber(first.y[i * (every ? timesteps : 1)] ?? Number.NaN, loss === 'mean_squared_error' ? 3 : 0),
          ),
          ...Array.from({ length: shown }, (__, j) =>
            cell('td', formatNumber(first.x[i * width + j] ?? Number.NaN, 3)),
          ),
          ...(shown < width ? [cell('td', '…')] : []),
        ]),
      ),
    );
    this.#places.byId('bring-preview').hidden = false;
  }

  #use(): void {
    if (!this.#looked) return;
    const { own, samples, timesteps, csv } = this.#looked.brought;
    DATA.keep(own, csv);
    /* the file that a link needs: the rest of the link stays */
    if (own === this.#store.state.own && this.#store.state.task === OWN_TASK)
      this.#store.change({ csv: packed(csv) ?? '' });
    else
      this.#store.change({
        task: OWN_TASK,
        own,
        csv: packed(csv) ?? '',
        samples,
        steps: timesteps,
        sample: 0,
        changes: [],
      });
    this.start();
    this.#cancel();
    this.#places.byId('bring').open = false;
    this.#places.byId('data').scrollIntoView({ block: 'nearest' });
  }

  #cancel(): void {
    this.#looks += 1;
    this.#looked = undefined;
    this.#places.byId('bring-text').value = '';
    this.#places.byId('bring-file').value = '';
    this.#places.byId('bring-preview').hidden = true;
    this.#places.setNotice('bring-wrong', '');
  }

  // ------------------------------------------------------------------------------------------------- change

  #change({ index, target, value }: RnnEvents['rnn-datum']): void {
    const { sample, changes } = this.#store.state;
    const place = target ? targetPlace(sample, index) : inputPlace(sample, 1, index, 1);
    const limits = this.#limits(index, target);
    const taken = value === undefined ? undefined : limited(limits, value);
    const after = changed(changes, place, taken);
    if (after.length > MOST_CHANGES) {
      this.#places.setNotice(
        'changed-limit',
        translate(
          `No more than ${MOST_CHANGES} numbers can be changed here: download the data, change the file, and bring it.`,
        ),
        'full',
      );
      return;
    }
    this.#store.change({ changes: after });
    this.#places.setNotice(
      'changed-limit',
      taken === value ? '' : beyond({ ...limits, label: target ? 'target' : 'input' }, String(value), taken as number),
      'limit',
    );
  }

  /** The range of a number of the data. It follows from the magnitude of the data before any change. */
  #limits(index: number, target: boolean): Limits {
    const { inputs = [], targets = [] } = this.#data.sequences?.unchanged ?? {};
    return limitsOf(TABLE.changes, target ? targets[0] : inputs[index % inputs.length]);
  }

  /**
   * Drops changes of numbers that no sequence has, and invalid targets, which an address may contain. Changes in
   * sequences beyond the present number of samples are kept for later.
   */
  #dropBeyond({ request, task, x, y }: Sequences): void {
    const { changes } = this.#store.state;
    if (JSON.stringify(changes) !== JSON.stringify(request.changes)) return;
    const told: string[] = [];
    const here = changes.flatMap(([at, value]) => {
      const { index, target } = placeOf(at);
      if (index >= (target ? y : x).length / request.samples || (target && !isTarget(task, value))) return [];
      const limits = this.#limits(index, target);
      const taken = limited(limits, value);
      if (taken !== value) told.push(beyond({ ...limits, label: target ? 'target' : 'input' }, String(value), taken));
      return [[at, taken] as const];
    });
    const dropped = changes.length - here.length;
    if (dropped > 0)
      told.push(
        translate(
          `${dropped === 1 ? translate('One changed number') : translate(`${dropped} changed numbers`)} dropped: the data have no such place, or do not take it there.`,
        ),
      );
    if (told.length === 0) return;
    this.#store.change({ changes: here });
    this.#places.setNotice('changed-limit', told.join(' '), 'dropped');
  }

  /** Removes messages about changes that no longer exist. */
  #forget({ changes, task, own }: LabState, before: LabState): void {
    const forget = (speaker: string): void => this.#places.setNotice('changed-limit', '', speaker);
    if (changes.length < MOST_CHANGES) forget('full');
    if (changes.length === 0) forget('limit');
    if (changes.length > before.changes.length || task !== before.task || own !== before.own) forget('dropped');
  }

  #showSequence(): void {
    const { state } = this.#store;
    const { sequences } = this.#data;
    const count = state.changes.filter(([at]) => placeOf(at).sample < state.samples).length;
    this.#places.byId('changed').hidden = count === 0;
    this.#places.setText(
      'changed-text',
      translate(
        `${count === 1 ? translate('One number') : translate(`${count} numbers`)} of the data changed: the network is trained on the changed data. A label changes only if you change it yourself.`,
      ),
    );
    const figure = this.#places.byId('sequence');
    if (!sequences || sequences.request.samples <= state.sample) return;
    const { x, y, task, request } = sequences;
    const [width, readouts] = [x.length / request.samples, y.length / request.samples];
    figure.x = x.subarray(state.sample * width, (state.sample + 1) * width);
    figure.y = y.subarray(state.sample * readouts, (state.sample + 1) * readouts);
    figure.timesteps = request.steps;
    figure.features = task.features;
    figure.loss = task.loss;
    figure.classes = task.classes ?? 2;
    figure.range = this.#data.range;
    figure.timestep = state.t;
    figure.feature = state.feature - 1;
    figure.changed = state.changes
      .map(([place]) => placeOf(place))
      .filter((one) => one.sample === state.sample && !one.target)
      .map((one) => one.index);
  }
}

const sized = ({ samples, timesteps, features }: { samples: number; timesteps: number; features: number }): string =>
  translate(
    `${grouped(samples)} sequences of ${timesteps} ${timesteps === 1 ? translate('time step') : translate('time steps')} and ${features} ${features === 1 ? translate('feature') : translate('features')}`,
  );
