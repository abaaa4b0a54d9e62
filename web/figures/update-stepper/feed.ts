/**
 * One update in slow motion: forward through t = 1 … T, the loss, backward through t = T … 1, the sum, the optimizer's
 * move. The captions light up with the part that acts; the cursor of time goes along.
 */

import { formatNumber, grouped } from '../../shared/format.ts';
import { lowered } from '../network/hit-test.ts';
import { END, isFrozen, type LabState, type Part, partOf, stepsRead } from '../../state/lab-state.ts';
import type { Moment } from '../../worker/protocol.ts';
import type { LabStore, PageParts } from '../../app/lab-parts.ts';
import type { Inspector } from '../../app/inspector.ts';
import { translate } from '../../shared/translate.ts';

/** Milliseconds that each part stays: motion is short, and the words can be read. */
const STAY = 700;

const number = (value: number | undefined): string => formatNumber(value ?? Number.NaN, 4);

export class UpdateStepper {
  readonly #places: PageParts;
  readonly #store: LabStore;
  readonly #inspector: Inspector;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Where it plays. */
  #at = 0;

  /** What each part says while it does not act, with its symbols. */
  readonly #words = new Map<Element, readonly ChildNode[]>();

  constructor(places: PageParts, store: LabStore, inspector: Inspector) {
    this.#places = places;
    this.#store = store;
    this.#inspector = inspector;
    store.listen(({ slow }) => {
      if (this.#timer !== undefined && slow !== this.#at) this.#play(false); /* someone else moved the cursor */
      this.#show();
    });
    inspector.listen(() => this.#show());
    const go = (part: number): void => {
      this.#play(false);
      this.#toAnUpdate();
      store.change({ slow: Math.min(this.#last, Math.max(0, part)) });
    };
    this.#places.byId('slow-back').addEventListener('click', () => go(store.state.slow - 1));
    this.#places.byId('slow-next').addEventListener('click', () => go(store.state.slow + 1));
    this.#places.byId('slow-range').addEventListener('input', () => go(Number(this.#places.byId('slow-range').value)));
    this.#places.byId('slow-play').addEventListener('click', () => this.#play(this.#timer === undefined));
    this.#show();
  }

  pause(): void {
    this.#play(false);
  }

  get #last(): number {
    return 2 * stepsRead(this.#store.state) + 3;
  }

  #play(playing: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (playing) {
      if (this.#store.state.slow >= this.#last) this.#store.change({ slow: 0 });
      this.#toAnUpdate();
      this.#step();
    }
    this.#show();
  }

  /** Behind the run's last update there is none to be seen: the last one is taken. What was changed by hand stays. */
  #toAnUpdate(): void {
    const { moment } = this.#inspector;
    const { state } = this.#store;
    if (moment && !moment.next && moment.at > 0 && state.at === END && state.slow === 0 && !isFrozen(state))
      this.#store.change({ at: moment.at - 1 });
  }

  #step = (): void => {
    this.#at = this.#store.state.slow + 1;
    this.#store.change({ slow: this.#at });
    const more = this.#store.state.slow > 0 && this.#store.state.slow < this.#last;
    this.#timer = more ? setTimeout(this.#step, STAY) : undefined;
    this.#show();
  };

  #show(): void {
    const { state } = this.#store;
    const timesteps = stepsRead(state);
    const acting = partOf(state.slow, timesteps);
    const range = this.#places.byId('slow-range');
    range.max = String(this.#last);
    range.value = String(state.slow);
    this.#places.byId('slow-play').textContent = this.#timer === undefined ? translate('Play') : translate('Pause');
    this.#places.byId('slow-back').setAttribute('aria-disabled', String(state.slow === 0));
    this.#places.byId('slow-next').setAttribute('aria-disabled', String(state.slow === this.#last));
    for (const item of this.#places.all<HTMLElement>('[data-part]')) {
      const words = item.querySelector('span');
      const now = item.dataset['part'] === acting?.part;
      if (now) item.setAttribute('aria-current', 'step');
      else item.removeAttribute('aria-current');
      if (!words) continue;
      const first = this.#words.get(item) ?? [...words.childNodes];
      this.#words.set(item, first);
      const told =
        now && acting && this.#inspector.moment
          ? sentence(acting.part, acting.t, state, this.#inspector.moment)
          : undefined;
      if (told === undefined && words.firstChild !== first[0]) words.replaceChildren(...first);
      else if (told !== undefined && words.textContent !== told) words.replaceChildren(told);
    }
    const words = this.#places.find('[data-part][aria-current]')?.textContent ?? '';
    range.setAttribute(
      'aria-valuetext',
      acting ? translate(`part ${state.slow} of ${this.#last}. ${words}`) : translate('not begun'),
    );
  }
}

/** "After time step 10 the answer is 0.9760, the target 1" */
function answered({ timesteps, outputs, readouts, prediction, y }: Moment['trace']): string {
  if (readouts > 1) return translate(`There is an answer and a target at each of ${readouts} time steps`);
  const target = y[0] ?? Number.NaN;
  const last = prediction.subarray((timesteps - 1) * outputs);
  if (outputs > 1)
    return translate(
      `After time step ${timesteps} the right class, ${target}, has probability ${number(last[target])}`,
    );
  return translate(
    `After time step ${timesteps} the answer is ${number(last[0])}, the target ${formatNumber(target, Number.isInteger(target) ? 0 : 4)}`,
  );
}

/** What the part that acts does, with this moment's numbers. */
function sentence(
  part: Part,
  t: number,
  { layer, unit }: LabState,
  { trace, trained, file, next, tensors }: Moment,
): string {
  const shown = trace.layers[layer - 1];
  if (!shown || trace.timesteps < t) return '';
  const one = Math.max(1, unit);
  if (part === 'forward') {
    const h = shown.h[t * shown.units + one - 1];
    return translate(
      `Time step ${t}: x${lowered(t)} comes in, and h${lowered(t)} follows from it and from h${lowered(t - 1)}. h${lowered(t)}[${one}] = ${number(h)}.`,
    );
  }
  if (part === 'loss') return translate(`${answered(trace)}: the loss is ${number(trace.loss)}.`);
  if (part === 'backward') {
    const from = t === trace.timesteps ? translate('from the answer') : translate(`from time step ${t + 1}, through W`);
    return translate(`Time step ${t}: ∂L/∂h${lowered(t)} arrives ${from}. Its norm is ${number(shown.dHNorm[t - 1])}.`);
  }
  if (part === 'sum')
    return translate(`The ${trace.timesteps} time steps’ terms add up to one ∂L/∂W. The first is empty, since h₀ = 0.`);
  const kernel = tensors.find(({ name }) => name.endsWith('recurrent_kernel'));
  const at = kernel?.offset ?? 0;
  if (file) return translate('The weights are from a file: no update follows.');
  if (!next) return translate('This was the last update of the run.');
  return translate(
    `All ${grouped(trained.length)} weights move once. W[1, 1]: ${number(trained[at])} → ${number(next[at])}. Then the next batch begins.`,
  );
}
