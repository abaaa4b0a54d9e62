/**
 * The values that a page shows in its text, by name: `<span data-show="epochs">`, `<b data-show="accuracy">`. The key of a
 * field shows that field. The other values belong to the run of the element (`data-run`). `lab-values.ts` and
 * `notebook-values.ts` have those of one page alone.
 */

import { formatNumber, grouped, probability } from '../shared/format.ts';
import { milliseconds, withGhost } from '../shared/shared-sentences.ts';
import { valueText } from '../state/address.ts';
import { RUN } from '../state/config.ts';
import { type FieldName, MOMENT, TABLE } from '../state/state.ts';
import type { App } from './app.ts';
import { caption } from './captions.ts';
import { setText } from './page-parts.ts';
import type { Moment } from '../worker/protocol.ts';
import type { Run } from './run.ts';

/** Calls `show` now, and again whenever the text may change. */
type Value = (app: App, run: Run, place: HTMLElement) => void;
export type Values = Readonly<Record<string, Value>>;

/** Shows a text that depends on the state alone. */
export const ofState =
  (text: (state: App['store']['state']) => string): Value =>
  ({ store }, _, element) => {
    const show = (): void => setText(element, text(store.state));
    store.listen(show);
    show();
  };

/** Shows a text that depends on the whole run. `message`: also shows why there is no run. */
export function ofTraining(
  text: (run: Run) => string | undefined,
  fields: readonly FieldName[] = RUN,
  message = false,
): Value {
  return ({ outdated }, run, element) => {
    const { training } = run;
    outdated.watch(element, fields, run.of);
    let said = '';
    const show = (): void => {
      outdated.busy(element, training.busy);
      const now = message ? training.message : '';
      /* a message is removed when its cause is gone */
      if (now || said) {
        setText(element, now);
        outdated.drawn(element, undefined);
      }
      said = now;
    };
    const draw = (): void => {
      const now = text(run);
      if (now !== undefined && !(message && training.message)) {
        const { state } = run;
        said = '';
        setText(element, now);
        outdated.drawn(element, state && training.shown && { ...state, ...training.shown.config });
      }
      show();
    };
    training.listenToRuns(draw);
    training.listen(show);
    training.want();
    draw();
  };
}

/** The end of a history, to two digits. */
const lastOf = (values: readonly number[] | undefined): string | undefined => {
  const last = values?.at(-1);
  return last === undefined ? undefined : formatNumber(last, 2);
};

/** Shows what follows from the moment and the sequence that are inspected. */
const ofMoment =
  (text: (moment: Moment) => string): Value =>
  ({ outdated }, run, element) => {
    outdated.watch(element, [...RUN, ...MOMENT], run.of);
    run.inspection.listen(({ state, moment }) => {
      setText(element, text(moment));
      outdated.drawn(element, state);
    });
  };

/** Shows a text that depends on the task's data. */
export const ofData =
  (text: (run: Run) => string, fields?: readonly FieldName[]): Value =>
  ({ outdated, store }, run, element) => {
    if (fields) outdated.watch(element, fields, run.of);
    run.data.listen(({ request }) => {
      setText(element, text(run));
      if (fields) outdated.drawn(element, { ...store.state, ...request });
    });
    if (fields) store.listen(() => outdated.busy(element, run.state !== undefined && !run.data.areOf(run.state)));
  };

/** Numbers of the run and of the moment, for sentences of any page: "right on <b data-show=accuracy></b> of …". */
const VALUES: Values = {
  accuracy: ofTraining(({ training: { shown } }) => lastOf(shown?.run.history.accuracy)),
  'new-accuracy': ofTraining(({ training: { shown } }) => lastOf(shown?.run.history.val_accuracy)),
  loss: ofTraining(({ training: { shown } }) => lastOf(shown?.run.history.loss)),
  'new-loss': ofTraining(({ training: { shown } }) => lastOf(shown?.run.history.val_loss)),
  milliseconds: ofTraining(({ training: { shown } }) => shown && milliseconds(shown.run.milliseconds)),
  answer: ofMoment(({ trace }) => probability(trace.prediction.at(-1) ?? Number.NaN)),
  /* the sum that the sigmoid makes the answer of */
  'answer-sum': ofMoment(({ trace }) => formatNumber(trace.logit.at(-1) ?? Number.NaN, 2)),
  /* on new data */
  'moment-accuracy': ofMoment(({ judging }) => formatNumber(judging?.accuracy ?? Number.NaN, 2)),
  'moment-loss': ofMoment(({ judging }) => formatNumber(judging?.loss ?? Number.NaN, 2)),
  parameters: ofMoment(({ parameters }) => grouped(parameters.length)),
};

/** The caption of a run, as its chart and the line above it say it. */
export function captionOf({ training: { shown, ghost, comparableGhost } }: Run): string | undefined {
  return shown && withGhost(caption(shown.config, ghost?.config, shown.run), comparableGhost !== undefined);
}

/** Fills `<… data-show="name">`. `more`: values that only this page has. */
export function showValues(app: App, more: Values = {}): void {
  for (const element of app.parts.all('[data-show]')) {
    const name = element.dataset['show'] ?? '';
    const value = VALUES[name] ?? more[name] ?? fieldOf(name);
    value(app, app.runOf(element), element);
  }
}

function fieldOf(key: string): Value {
  const name = Object.entries(TABLE).find(([, field]) => field.key === key)?.[0] as FieldName | undefined;
  if (!name) throw new Error(`data-show: there is no value “${key}”`);
  return (app, run, element) => ofState(() => valueText(run.state?.[name] ?? ''))(app, run, element);
}
