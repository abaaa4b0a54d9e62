/**
 * One update in slow motion: forward through t = 1 … T, the loss, backward through t = T … 1, the sum of the gradients,
 * the optimizer's step. The caption of the current part is highlighted, and the time cursor follows.
 */

import type { App } from '../../app/app.ts';
import { classMark, type DataNames, namesOf, quoted, targetText, wordAt } from '../../shared/data-names.ts';
import { formatNumber, grouped, lowered } from '../../shared/format.ts';
import type { DescribedTask } from '../../shared/shared-sentences.ts';
import { plural, translate } from '../../shared/translate.ts';
import { configOf, END, stepsRead } from '../../state/config.ts';
import { isFrozen, type Part, partOf, type State } from '../../state/state.ts';
import type { Moment } from '../../worker/protocol.ts';

/** How long each part stays, in milliseconds: long enough to read its text. */
const STAY = 700;

const number = (value: number | undefined): string => formatNumber(value ?? Number.NaN, 3);

export const feed = (app: App): void => {
  new UpdateStepper(app);
};

class UpdateStepper {
  readonly #app: App;
  readonly #range: HTMLInputElement;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The part that is shown while playing. */
  #at = 0;
  /** The text of each part while it is not current, with its symbols. */
  readonly #words = new Map<Element, readonly ChildNode[]>();
  /** The sentence with this moment's numbers of each part that shows one. */
  readonly #told = new Map<Element, string | undefined>();
  /**
   * One weight after the update of this moment. It is undefined if no update follows or the weight has not been
   * requested.
   */
  #next: { of: Moment; value: number | undefined } | undefined;

  constructor(app: App) {
    this.#app = app;
    const { parts, store } = app;
    this.#range = parts.byId<HTMLInputElement>('slow-range') as HTMLInputElement;
    const go = (part: number): void => {
      this.#play(false);
      this.#toAnUpdate();
      store.change({ slow: Math.min(this.#last, Math.max(0, part)) });
    };
    parts.on('slow-back', 'click', () => go(store.state.slow - 1));
    parts.on('slow-next', 'click', () => go(store.state.slow + 1));
    parts.on('slow-range', 'input', () => go(Number(this.#range.value)));
    parts.on('slow-play', 'click', () => this.#play(this.#timer === undefined));
    app.listenToPauses(() => this.#play(false));
    store.listen(({ slow }) => {
      if (this.#timer !== undefined && slow !== this.#at) this.#play(false); /* the reader moved the cursor */
      this.#show();
    });
    app.inspected.inspection.listen(() => this.#show());
    this.#show();
  }

  get #moment(): Moment | undefined {
    return this.#app.inspected.inspection.moment;
  }

  get #last(): number {
    return 2 * stepsRead(this.#app.store.state) + 3;
  }

  #play(playing: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (playing) {
      if (this.#app.store.state.slow >= this.#last) this.#app.store.change({ slow: 0 });
      this.#toAnUpdate();
      this.#step();
    }
    this.#show();
  }

  /** After the last update of the run there is none to show, so the last one is taken. Changes made by hand stay. */
  #toAnUpdate(): void {
    const moment = this.#moment;
    const { state } = this.#app.store;
    if (moment && moment.at > 0 && state.at === END && state.slow === 0 && !isFrozen(state))
      this.#app.store.change({ at: moment.at - 1 });
  }

  #step = (): void => {
    this.#at = this.#app.store.state.slow + 1;
    this.#app.store.change({ slow: this.#at });
    const more = this.#app.store.state.slow > 0 && this.#app.store.state.slow < this.#last;
    this.#timer = more ? setTimeout(this.#step, STAY) : undefined;
    this.#show();
  };

  /** Requests one more update for the number that this part shows. */
  #askNext(): void {
    const { client, inspected } = this.#app;
    const { seen } = inspected.inspection;
    if (!seen || this.#next?.of === seen.moment) return;
    const { state, moment } = seen;
    this.#next = { of: moment, value: Number.NaN };
    const config = configOf(state);
    const within = inspected.training.within(config);
    client.ask(
      'next',
      { ...config, within, at: moment.at, file: moment.file, weight: weightOf(moment) },
      {
        answer: ({ value }) => {
          this.#next = { of: moment, value };
          this.#show();
        },
      },
      inspected.name,
    );
  }

  #show(): void {
    const { state } = this.#app.store;
    const timesteps = stepsRead(state);
    const acting = partOf(state.slow, timesteps);
    const range = this.#range;
    const { parts } = this.#app;
    if (acting?.part === 'move') this.#askNext();
    range.max = String(this.#last);
    range.value = String(state.slow);
    parts.setText('slow-play', this.#timer === undefined ? translate('Play') : translate('Pause'));
    parts.byId('slow-back')?.setAttribute('aria-disabled', String(state.slow === 0));
    parts.byId('slow-next')?.setAttribute('aria-disabled', String(state.slow === this.#last));
    for (const item of parts.all('[data-part]')) {
      const words = item.querySelector('span');
      const now = item.dataset['part'] === acting?.part;
      if (now) item.setAttribute('aria-current', 'step');
      else item.removeAttribute('aria-current');
      if (!words) continue;
      const first = this.#words.get(item) ?? [...words.childNodes];
      this.#words.set(item, first);
      const moment = this.#moment;
      const told =
        now && acting && moment
          ? sentence(acting, state, moment, this.#next, this.#app.run('').data.sequences?.task)
          : undefined;
      if (told === this.#told.get(item)) continue;
      this.#told.set(item, told);
      if (told === undefined) words.replaceChildren(...first);
      else if (item.closest('[data-explained]')) words.replaceChildren(...first, ` ${told}`);
      else words.replaceChildren(told);
    }
    const words = parts.find('[data-part][aria-current]')?.textContent ?? '';
    range.setAttribute(
      'aria-valuetext',
      acting ? translate(`part ${state.slow} of ${this.#last}. ${words}`) : translate('not begun'),
    );
  }
}

/** The first weight of the recurrent kernel. */
const weightOf = ({ tensors }: Moment): number =>
  tensors.find(({ name }) => name.endsWith('recurrent_kernel'))?.offset ?? 0;

/** For example "After time step 10 the answer is 0.976, the target 1." */
function answered(
  { timesteps, outputs, readouts, prediction, y }: Moment['trace'],
  loss: string | undefined,
  names: DataNames,
): string {
  if (readouts > 1)
    return plural(readouts, { other: translate(`There is an answer and a target at each of ${readouts} time steps.`) });
  const target = y[0] ?? Number.NaN;
  const last = prediction.subarray((timesteps - 1) * outputs);
  if (outputs > 1)
    return translate(
      `After time step ${timesteps} the right class, ${classMark(names, target)}, has probability ${number(last[target])}.`,
    );
  if (loss === 'mean_squared_error' && names.target)
    return translate(
      `After time step ${timesteps} the answer is ${targetText(names, last[0] as number, 2)}, the target ${targetText(names, target, 2)}.`,
    );
  return translate(
    `After time step ${timesteps} the answer is ${number(last[0])}, the target ${formatNumber(target, Number.isInteger(target) ? 0 : 4)}.`,
  );
}

/** What the current part does, with this moment's numbers. `next`: one weight after the update. */
function sentence(
  { part, t }: { part: Part; t: number },
  { layer, unit }: State,
  moment: Moment,
  next: { of: Moment; value: number | undefined } | undefined,
  task: DescribedTask | undefined,
): string {
  const names = namesOf(task);
  const { trace, trained, file } = moment;
  const shown = trace.layers[layer - 1];
  if (!shown || trace.timesteps < t) return '';
  const one = Math.max(1, unit);
  if (part === 'forward') {
    const h = shown.h[t * shown.units + one - 1];
    const word = wordAt(names, trace.layers[0]?.x ?? [], trace.layers[0]?.features ?? 1, t);
    const x = word === undefined ? `x${lowered(t)}` : `x${lowered(t)} (${quoted(word)})`;
    return translate(
      `Time step ${t}: ${x} comes in, and h${lowered(t)} follows from it and from h${lowered(t - 1)}. h${lowered(t)}[${one}] = ${number(h)}.`,
    );
  }
  if (part === 'loss')
    return `${answered(trace, task?.loss, names)} ${translate(`The loss is ${number(trace.loss)}.`)}`;
  if (part === 'backward') {
    const norm = number(shown.dHNorm[t - 1]);
    return t === trace.timesteps
      ? translate(`Time step ${t}: ∂L/∂h${lowered(t)} arrives from the answer. Its size (the norm) is ${norm}.`)
      : translate(
          `Time step ${t}: ∂L/∂h${lowered(t)} arrives from time step ${t + 1}, through W. Its size (the norm) is ${norm}.`,
        );
  }
  if (part === 'sum')
    return plural(trace.timesteps, {
      one: translate('There is one time step, and its term of ∂L/∂W is empty, since h₀ = 0.'),
      other: translate(
        `The ${trace.timesteps} time steps’ terms add up to one ∂L/∂W. The first is empty, since h₀ = 0.`,
      ),
    });
  if (file) return translate('The weights are from a file: no update follows.');
  if (next?.of !== moment || Number.isNaN(next.value)) return '';
  if (next.value === undefined) return translate('This was the last update of the run.');
  return plural(trained.length, {
    other: translate(
      `All ${grouped(trained.length)} parameters change once. W[1, 1]: ${number(trained[weightOf(moment)])} → ${number(next.value)}. Then the next batch begins.`,
    ),
  });
}
