/** Imports the reader's data: from a link, or pasted, dropped or chosen; a preview comes before they are used. */

import type { App } from '../app/app.ts';
import { formatNumber, grouped } from '../shared/format.ts';
import { inUnit, type Quantity } from '../shared/shared-sentences.ts';
import { plural, translate } from '../shared/translate.ts';
import { customDataKey } from '../state/custom-data.ts';
import { LOSSES, OWN_TASK, trained } from '../state/config.ts';
import type { AnswerOf, ChosenColumns, ImportForm, RequestOf, ToWorker } from '../worker/protocol.ts';
import { choicesOf, formOf } from '../worker/import-form.ts';
import { compressed, decompressed } from './custom-data-text.ts';
import { takeDrops } from './drop.ts';
import { TabCache } from './tab-cache.ts';

type Brought = AnswerOf<'bring'>;

const MOST_BYTES = 8 * 2 ** 20;

/** What a table over time and a text look like, in the empty field. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  series: 'date,wind (m/s)\n2024-01-01,3.5\n2024-01-02,4.1',
  text: translate('The cat sees the moon.'),
};

const SAVE_AS_CSV = translate(
  'In Excel, choose File, Save As, “CSV UTF-8”. In LibreOffice, choose File, Save As, “Text CSV”. In Numbers, choose File, Export To, “CSV”. Then drop the new file here.',
);

const DATA = new TabCache('unrolled ');

export class ImportData {
  readonly #app: App;
  /** True if the data that the state names are not here. */
  #missing = false;
  /**
   * The text of the data that the worker has, by name. Requests are repeated when it differs, because the same numbers
   * may come with other names of columns.
   */
  readonly #known = new Map<string, string>();
  /** How the file that a link asks for has to be read. */
  #asked: ImportForm | undefined;
  /** True once the reader has chosen columns of the table that is looked at. */
  #choseColumns = false;
  /** The number of the current preview. */
  #looks = 0;
  /** The text or the file in the preview, before it is used. */
  #looked: { text: RequestOf<'look'>['text']; brought: Brought } | undefined;
  /** The text or the file that was given last, even if it could not be read. */
  #given: RequestOf<'look'>['text'] | undefined;

  constructor(app: App) {
    this.#app = app;
    if (app.parts.byId('bring')) this.#listen();
    app.tellFirst(() => this.#messages());
    app.ownData = () => (app.store.state.task === OWN_TASK ? this.#here() : undefined);
    app.store.listen((state, before) => {
      if (state.own !== before.own || state.task !== before.task) this.#start();
    });
    this.#start();
  }

  /**
   * Sends the data that the state names to the worker: from the link or from this tab. Otherwise asks the reader for
   * the file.
   */
  #start(): void {
    const { task, own } = this.#app.store.state;
    const request = this.#here();
    const wanted = task === OWN_TASK && !request ? customDataKey(own) : undefined;
    this.#app.parts.setNotice(
      'needed',
      wanted
        ? translate(
            `This link needs its data (${sized(wanted)}). Paste, drop or choose the file below. The page checks that it is the same file, by its hash ${wanted.hash}.`,
          )
        : '',
    );
    const linked = this.#linked() ?? '';
    this.#app.parts.setNotice(
      'take-away',
      task === OWN_TASK && linked === choicesOf(linked)
        ? translate('These data are too long for a link. Whoever opens the link also needs the file that you brought.')
        : '',
    );
    if (wanted) {
      this.#missing = true;
      this.#ask();
    }
    if (task !== OWN_TASK || !request) return;
    this.#app.client.ask('bring', request, {
      answer: (brought) => {
        const wanting = this.#missing || this.#known.get(brought.own) !== brought.csv;
        this.#known.set(brought.own, brought.csv);
        if (wanting && brought.own === this.#app.store.state.own) {
          this.#missing = false;
          this.#app.arrived();
        }
        if (brought.own !== own)
          this.#app.parts.setNotice(
            'needed',
            translate('The data in this link are damaged: they are not those that it names.'),
          );
      },
      failed: ({ message }) =>
        this.#app.parts.setNotice('needed', translate(`The data in this link are damaged: ${message}`)),
    });
  }

  /** Opens the panel at the door through which the data of the link came, with the same choices. */
  #ask(): void {
    const panel = this.#app.parts.byId<HTMLDetailsElement>('bring');
    if (!panel) return;
    panel.open = true;
    this.#asked = formOf(this.#linked() ?? '')?.form;
    if (!this.#asked) return;
    this.#part<HTMLInputElement>('bring-steps').value = String(this.#asked.timesteps);
    this.#app.parts.find<HTMLInputElement>(`#bring [name=door][value=${this.#asked.kind}]`)?.click();
  }

  /** What the link holds: the data, or only how their file was read, if they are too long for a link. */
  #linked(): string | undefined {
    const { csv } = this.#app.store.state;
    return csv ? decompressed(csv) : undefined;
  }

  /** Messages that a restarted worker gets first. */
  #messages(): ToWorker[] {
    this.#known.clear();
    const request = this.#app.store.state.task === OWN_TASK ? this.#here() : undefined;
    return request ? [{ lane: 'bring', run: '', id: 0, request }] : [];
  }

  #here(): RequestOf<'bring'> | undefined {
    const { own } = this.#app.store.state;
    const about = customDataKey(own);
    const linked = this.#linked() ?? '';
    const text = about && (linked !== choicesOf(linked) ? linked : DATA.get(own));
    return about && text ? { text, loss: LOSSES[about.kind] } : undefined;
  }

  /** An element of the panel, which a view may leave out. */
  #part<E extends HTMLElement>(id: string): E {
    return this.#app.parts.byId<E>(id) as E;
  }

  #listen(): void {
    const paste = this.#part<HTMLTextAreaElement>('bring-text');
    const sequences = paste.placeholder;
    paste.addEventListener('input', () => this.#look(paste.value));
    this.#part('bring-file').addEventListener(
      'change',
      () => void this.#file(this.#part<HTMLInputElement>('bring-file').files?.[0]),
    );
    const panel = this.#part('bring');
    /* a file that is dropped beside the panel would replace the page */
    for (const kind of ['dragover', 'drop'] as const)
      this.#app.parts.root.addEventListener(kind, (event) => {
        if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
      });
    takeDrops(panel, {
      file: (file) => void this.#file(file),
      text: (text) => {
        if (text.trim() === '')
          this.#refuse(translate('What you dropped contains no text. Drop a file, or a text that you selected'));
        else this.#look(text);
      },
      refuse: (why) => this.#refuse(why),
    });
    this.#app.parts.on('bring-start', 'click', () => {
      this.#part<HTMLDetailsElement>('bring').open = true;
      panel.scrollIntoView();
      this.#app.parts.find<HTMLInputElement>('#bring [name=door]:checked')?.focus({ preventScroll: true });
    });
    this.#part('bring-use').addEventListener('click', () => this.#use());
    this.#part('bring-cancel').addEventListener('click', () => this.#cancel());
    const steps = this.#part<HTMLInputElement>('bring-steps');
    steps.addEventListener('change', () => {
      steps.value = String(this.#timesteps);
    });
    for (const id of ['bring-kind', 'bring-target', 'bring-columns', 'bring-steps'])
      this.#part(id).addEventListener('change', () => {
        this.#asked = undefined;
        if (this.#given) this.#look(this.#given, id);
      });
    for (const door of this.#app.parts.all<HTMLInputElement>('#bring [name=door]'))
      door.addEventListener('change', () => {
        for (const part of this.#app.parts.all('#bring [data-door]'))
          part.hidden = !part.dataset['door']?.split(' ').includes(door.value);
        paste.placeholder = PLACEHOLDERS[door.value] ?? sequences;
        if (this.#given) this.#look(this.#given);
      });
  }

  /** How the reader wants a table or a text to be read; undefined for sequences. */
  #form(changed: string): ImportForm | undefined {
    const door = this.#app.parts.find<HTMLInputElement>('#bring [name=door]:checked')?.value;
    if (door !== 'series' && door !== 'text') return undefined;
    const timesteps = this.#timesteps;
    const asked = this.#asked?.kind === door ? this.#asked : undefined;
    if (asked || changed === '' || door === 'text') {
      this.#choseColumns = asked?.columns !== undefined;
      return { ...asked, kind: door, timesteps };
    }
    const boxes = this.#columns().filter(({ checked }) => checked);
    if (changed === 'bring-columns') this.#choseColumns = true;
    return {
      ...{ kind: door, timesteps, target: this.#part<HTMLSelectElement>('bring-target').value },
      ...(this.#choseColumns && { columns: boxes.map(({ value }) => value) }),
    };
  }

  /** The number of time steps in the field, or the nearest that it allows. */
  get #timesteps(): number {
    const steps = this.#part<HTMLInputElement>('bring-steps');
    return Math.min(Number(steps.max), Math.max(1, Math.round(steps.valueAsNumber || 1)));
  }

  #columns(): HTMLInputElement[] {
    return [...this.#part('bring-columns').querySelectorAll('input')];
  }

  /** The columns of the table to choose from, and how many values each misses. The last one cannot be given up. */
  #offerColumns({ found, columns, column }: ChosenColumns): void {
    const target = this.#part<HTMLSelectElement>('bring-target');
    const names = found.map(({ name }) => name);
    /* options that are replaced while a reader chooses among them by keys would end the choice */
    if (Array.from(target.options, ({ value }) => value).join('\n') !== names.join('\n'))
      target.replaceChildren(...names.map((name) => new Option(name, name)));
    target.value = column;
    for (const id of ['bring-target-label', 'bring-columns-all']) this.#part(id).hidden = found.length < 2;
    const words = found.map(({ name, missing }) =>
      missing === 0
        ? name
        : plural(missing, {
            one: translate(`${name} (${grouped(missing)} value is missing)`),
            other: translate(`${name} (${grouped(missing)} values are missing)`),
          }),
    );
    /* a box that is replaced while the reader is at it would lose the focus */
    if (
      words.join('\n') !== Array.from(this.#part('bring-columns').children, (one) => one.textContent.trim()).join('\n')
    )
      this.#part('bring-columns').replaceChildren(
        ...found.map(({ name }, i) => {
          const label = document.createElement('label');
          label.append(
            Object.assign(document.createElement('input'), { type: 'checkbox', value: name }),
            ` ${words[i]}`,
          );
          return label;
        }),
      );
    for (const box of this.#columns()) {
      box.checked = columns.includes(box.value);
      box.disabled = box.checked && columns.length === 1;
    }
  }

  // ------------------------------------------------------------------------------------------------- bring

  async #file(file: File | undefined): Promise<void> {
    if (!file) return;
    const look = ++this.#looks;
    if (file.size === 0) this.#refuse(translate(`${file.name} is empty, or it is a folder`));
    else if (file.size > MOST_BYTES)
      this.#refuse(
        translate(
          `${file.name} has ${formatNumber(file.size / 2 ** 20, 1)} MB: this page reads up to ${MOST_BYTES / 2 ** 20} MB.`,
        ),
      );
    else {
      const bytes = await file.arrayBuffer().catch(() => undefined);
      if (look !== this.#looks) return; /* meanwhile another file was chosen, or this one was canceled */
      if (bytes === undefined)
        this.#refuse(translate(`${file.name} cannot be read. Choose a file with a table or a text`));
      else this.#look(new Uint8Array(bytes)); /* the core knows in which encoding it is */
    }
  }

  /** `changed`: the id of the choice that the reader changed. Other choices are made anew for a new text. */
  #look(text: RequestOf<'look'>['text'], changed = ''): void {
    const look = ++this.#looks;
    this.#given = text;
    const form = this.#form(changed);
    const loss =
      changed === 'bring-kind' ? (this.#part<HTMLSelectElement>('bring-kind').value as Brought['loss']) : undefined;
    if (typeof text === 'string' && text.trim() === '') {
      this.#cancel();
      return;
    }
    if (text.length > MOST_BYTES) {
      this.#refuse(translate(`This text is too long: this page reads up to ${MOST_BYTES / 2 ** 20} MB.`));
      return;
    }
    const { task, own } = this.#app.store.state;
    this.#app.client.ask(
      'look',
      { text, known: task === OWN_TASK ? own : '', ...(loss && { loss }), ...(form && { form }) },
      {
        answer: (brought) => {
          if (!this.#known.has(brought.own)) this.#known.set(brought.own, brought.csv);
          if (look === this.#looks) this.#preview(text, brought);
        },
        failed: ({ message, choice, diagnosis }) => {
          if (look !== this.#looks) return;
          const hints = [
            /* the first line of sequences names y and x, and that of a table or a poem does not */
            !form &&
              diagnosis?.line === 1 &&
              diagnosis.column &&
              translate('If each line is a day or another moment, or if this is a text, choose that above.'),
            diagnosis?.line === 0 && /Save it as CSV/.test(message) && SAVE_AS_CSV,
          ].filter(Boolean);
          const said = message[0]?.toUpperCase() + message.slice(1).replace(/\.$/, '');
          this.#refuse([`${said}.`, ...hints].join(' '), changed !== '', choice);
        },
      },
    );
  }

  /** `chosen`: whether a choice of the reader is the cause. `choice`: columns to choose from, to make it better. */
  #refuse(message: string, chosen = false, choice?: ChosenColumns): void {
    this.#looks += 1; /* what is still being read must not replace the message */
    this.#looked = undefined;
    if (choice) this.#offerColumns(choice);
    this.#part('bring-choices').hidden = !choice && !chosen;
    this.#part('bring-preview').hidden = true;
    this.#app.parts.setNotice('bring-wrong', translate(`${message.replace(/\.$/, '')}. What was shown before stays.`));
  }

  #preview(text: RequestOf<'look'>['text'], brought: Brought): void {
    this.#looked = { text, brought };
    this.#app.parts.setNotice('bring-wrong', '');
    const { samples, timesteps, features, every, loss, classes, guess, losses, notes, first } = brought;
    const { table: about } = brought;
    const columns = about?.columns ?? [];
    const targets = {
      binary_crossentropy: translate('The targets are labels 0 and 1.'),
      sparse_categorical_crossentropy: plural(classes ?? Number.NaN, {
        other: translate(`The targets are ${classes} classes.`),
      }),
      mean_squared_error: translate('The targets are numbers.'),
    }[loss as (typeof LOSSES)['b']];
    const best = formatNumber(guess, 3);
    const parts = [
      translate(`These are ${sized({ samples, timesteps, features })}.`),
      ...(brought.formed ? [] : [targets]),
      ...(every ? [translate('There is one target at each time step.')] : []),
      /* the notes of a table and of a text have baselines of their own */
      ...(brought.formed
        ? []
        : [
            loss === 'mean_squared_error'
              ? translate(`Always answering the mean gives a mean squared error of ${best}.`)
              : translate(`Always answering the most common label gives an accuracy of ${best}.`),
          ]),
    ];
    this.#app.parts.setText('bring-words', parts.join(' '));
    this.#part('bring-notes').replaceChildren(
      ...notes.map((note) => Object.assign(document.createElement('li'), { textContent: note })),
    );
    const kind = this.#part<HTMLSelectElement>('bring-kind');
    kind.replaceChildren(...losses.map((name) => new Option(name, name, name === loss, name === loss)));
    this.#part('bring-kind-label').hidden = losses.length < 2;
    this.#offerColumns(about ?? { found: [], columns: [], column: '' });
    this.#part('bring-first').hidden = first.x.length === 0;
    const width = timesteps * features;
    const rows = first.x.length / width;
    const shown = Math.min(width, 12);
    const table = this.#part<HTMLTableElement>('bring-table');
    const cell = (kindOf: 'th' | 'td', words: string): HTMLElement =>
      Object.assign(document.createElement(kindOf), { textContent: words });
    const row = (cells: HTMLElement[]): HTMLElement => {
      const line = document.createElement('tr');
      line.append(...cells);
      return line;
    };
    const head = [
      about ? `${about.column}, t = ${timesteps + 1}` : 'y',
      ...Array.from({ length: shown }, (_, i) =>
        columns.length > 0
          ? `${columns[i % features]}, t = ${Math.floor(i / features) + 1}`
          : features > 1
            ? `x${Math.floor(i / features) + 1}_${(i % features) + 1}`
            : `x${i + 1}`,
      ),
      ...(shown < width ? ['…'] : []),
    ];
    table.replaceChildren(
      row(head.map((words) => cell('th', words))),
      ...Array.from({ length: rows }, (_, i) =>
        row([
          cell(
            'td',
            written(first.y[i * (every ? timesteps : 1)], about?.target, loss === 'mean_squared_error' ? 3 : 0),
          ),
          ...Array.from({ length: shown }, (__, j) =>
            cell('td', written(first.x[i * width + j], about?.quantities[j % features], 3)),
          ),
          ...(shown < width ? [cell('td', '…')] : []),
        ]),
      ),
    );
    for (const id of ['bring-choices', 'bring-preview']) this.#part(id).hidden = false;
  }

  #use(): void {
    if (!this.#looked) return;
    const { own, samples, timesteps, csv, split, table } = this.#looked.brought;
    DATA.keep(own, csv);
    /* a link that is too short for the data says how their file was read */
    const choices = choicesOf(csv);
    const linked = compressed(csv) ?? (choices && compressed(choices)) ?? '';
    /* the file that a link asked for: the rest of the link stays */
    if (own === this.#app.store.state.own && this.#app.store.state.task === OWN_TASK)
      this.#app.store.change({ csv: linked });
    else
      this.#app.store.change({
        task: OWN_TASK,
        own,
        csv: linked,
        samples,
        steps: timesteps,
        /* of a table, the first row that is forecast */
        sample: table && split !== undefined ? trained({ samples, split }) : 0,
        changes: [],
        ...(split !== undefined && { split }),
      });
    this.#start();
    this.#cancel();
    this.#part<HTMLDetailsElement>('bring').open = false;
    /* the panel is far below the network, which is what the reader wants to see now */
    const title = this.#app.parts.byId('network-title');
    title?.scrollIntoView();
    title?.focus({ preventScroll: true });
  }

  #cancel(): void {
    this.#looks += 1;
    this.#looked = undefined;
    this.#given = undefined;
    this.#part<HTMLTextAreaElement>('bring-text').value = '';
    this.#part<HTMLInputElement>('bring-file').value = '';
    for (const id of ['bring-choices', 'bring-preview']) this.#part(id).hidden = true;
    this.#app.parts.setNotice('bring-wrong', '');
  }
}

/** A value in its unit, if there is one. Standardized numbers are as near to what the file has as 32 bits allow. */
const written = (value = Number.NaN, quantity: Quantity | undefined, digits: number): string =>
  quantity
    ? formatNumber(Number(inUnit(quantity, value).toFixed(quantity.digits)), quantity.digits)
    : formatNumber(value, digits);

const sized = ({ samples, timesteps, features }: { samples: number; timesteps: number; features: number }): string => {
  const all = grouped(samples);
  return plural(samples, {
    other: plural(timesteps, {
      one: plural(features, {
        one: translate(`${all} sequences of ${timesteps} time step and ${features} feature`),
        other: translate(`${all} sequences of ${timesteps} time step and ${features} features`),
      }),
      other: plural(features, {
        one: translate(`${all} sequences of ${timesteps} time steps and ${features} feature`),
        other: translate(`${all} sequences of ${timesteps} time steps and ${features} features`),
      }),
    }),
  });
};
