/**
 * The values and sentences that a page shows in its text, by name: `<span data-show="epochs">`, `<p
 * data-show="place">`. The key of a field shows that field. The other values belong to the run of the element
 * (`data-run`).
 */

import { formatNumber, grouped, probability } from '../shared/format.ts';
import { divergence, milliseconds, taskSentence, withGhost } from '../shared/shared-sentences.ts';
import { plural, translate } from '../shared/translate.ts';
import { valueText } from '../state/address.ts';
import { batches } from '../state/fields.ts';
import { countOf } from '../state/pages.ts';
import { configOf, type FieldName, isFrozen, MOMENT, RUN, TABLE } from '../state/state.ts';
import type { App } from './app.ts';
import { caption, explosion, whatIf } from './captions.ts';
import { epochOf, evaluationLines, progressLines, recentLines, upTo } from './keras-output.ts';
import { setText } from './page-parts.ts';
import type { Moment } from '../worker/protocol.ts';
import type { Run } from './run.ts';

/** Calls `show` now, and again whenever the text may change. */
type Value = (app: App, run: Run, place: HTMLElement) => void;

/** Shows a text that depends on the state alone. */
const ofState =
  (text: (state: App['store']['state']) => string): Value =>
  ({ store }, _, element) => {
    const show = (): void => setText(element, text(store.state));
    store.listen(show);
    show();
  };

/** Shows a text that depends on the whole run. `message`: also shows why there is no run. */
function ofTraining(
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
const ofData =
  (text: (run: Run) => string, fields?: readonly FieldName[]): Value =>
  ({ outdated, store }, run, element) => {
    if (fields) outdated.watch(element, fields, run.of);
    run.data.listen(({ request }) => {
      setText(element, text(run));
      if (fields) outdated.drawn(element, { ...store.state, ...request });
    });
    if (fields) store.listen(() => outdated.busy(element, run.state !== undefined && !run.data.areOf(run.state)));
  };

const VALUES: Readonly<Record<string, Value>> = {
  // Settings in other words.
  batches: ofState((state) => String(batches(state))),
  'point-index': ofState(({ point }) => String(point - 1)),

  // The run.
  caption: ofTraining(captionOf, RUN, true),
  diverged: ({ client, outdated, parts, store }, run, element) => {
    outdated.watch(element, RUN, run.of);
    const tell = (text: string): void => {
      parts.setNotice(element.id, text);
      const { shown } = run.training;
      outdated.drawn(element, shown && { ...store.state, ...shown.config });
    };
    run.training.listenToRuns((shown) => {
      const diverged = shown?.run.diverged;
      if (!shown) return;
      if (!diverged) return tell('');
      const said = translate(`${divergence(diverged, shown.run.batches)} The curves show each batch up to there.`);
      tell(said);
      client.ask(
        'exploded',
        shown.config,
        {
          answer: (gradients) => {
            if (run.training.shown?.config === shown.config)
              tell(
                translate(
                  `${said} ${explosion(gradients, shown.config.steps)} A lower learning rate, a smaller gain or clipping may help.`,
                ),
              );
          },
        },
        run.name,
      );
    });
  },

  // The moment.
  place: ({ outdated }, run, element) => {
    const { inspection } = run;
    outdated.watch(element, [...RUN, ...MOMENT], run.of);
    const show = (): void => {
      setText(element, inspection.sentence);
      outdated.drawn(element, inspection.isMessage ? undefined : inspection.seen?.state);
      outdated.busy(element, inspection.busy);
    };
    inspection.listen(show);
    inspection.listenToSentence(show);
  },
  'what-if': ({ store, nameOf }, run, element) => {
    const show = (): void => {
      const { state } = run;
      if (!state || !isFrozen(state)) return;
      setText(element, whatIf(state, run.inspection.moment, run.data.sequences?.task, nameOf(state.file)));
    };
    store.listen(show);
    run.inspection.listen(show);
    run.data.listen(show);
  },

  'own-network': ofState((state) => {
    if (state.network !== 'own') return '';
    const units = plural(state.units, {
      one: translate(`${grouped(state.units)} unit`),
      other: translate(`${grouped(state.units)} units`),
    });
    if (countOf(state, 'fit') === undefined)
      return translate(`Your network has ${units} and has not been trained yet. Run the cell “fit” above to train it.`);
    const epochs = plural(state.epochs, {
      one: translate(`${grouped(state.epochs)} epoch`),
      other: translate(`${grouped(state.epochs)} epochs`),
    });
    return state.task === 'random'
      ? translate(
          `Your network has ${units} and was trained for ${epochs} with a learning rate of ${state.rate}. Its labels are random, so no input decides the answer.`,
        )
      : translate(
          `Your network has ${units} and was trained for ${epochs} with a learning rate of ${state.rate}. Its labels follow from the first value.`,
        );
  }),

  // The task.
  'task-text': ofData(({ data }) => taskSentence(data.sequences?.task.text ?? '')),
  'task-solution': ofData(({ data }) => taskSentence(data.sequences?.task.solution ?? '')),
  'task-chance': ofData(({ data: { sequences } }) => {
    const chance = formatNumber(sequences?.task.chance ?? Number.NaN, 3);
    return sequences?.task.loss === 'mean_squared_error'
      ? translate(`Always answering the mean: a mean squared error of ${chance}.`)
      : translate(`Guessing: an accuracy of ${chance}.`);
  }),

  // Numbers of the run and of the moment, for sentences: "right on <b data-show=accuracy></b> of …".
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

  // What Keras prints.
  shapes: ofData(
    ({ data }) => {
      const { samples = 0, steps = 0 } = data.sequences?.request ?? {};
      return `(${samples}, ${steps}, 1) (${samples},)`;
    },
    ['samples', 'steps', 'data'],
  ),
  summary: ({ client, outdated, parts, store }, run, element) => {
    const fields = ['units', 'steps', 'activation', 'cell', 'layers', 'task', 'own'] as const;
    outdated.watch(element, fields, run.of);
    let asked = '';
    const ask = (): void => {
      const { state } = run;
      const key = state ? JSON.stringify(fields.map((name) => state[name])) : '';
      if (!state || key === asked) return;
      asked = key;
      outdated.busy(element, true);
      client.ask(
        'summary',
        configOf(state),
        {
          answer: ({ text }) => {
            parts.setNotice('notices', '', 'summary');
            setText(element, text.trimEnd());
            outdated.drawn(element, state);
          },
          failed: ({ message }) => {
            asked = '';
            outdated.busy(element, false);
            parts.setNotice('notices', message, 'summary');
          },
        },
        run.name,
      );
    };
    store.listen(ask);
    ask();
  },
  'fit-output': (app, run, element) => {
    const lines = ({ training: { shown } }: Run): string | undefined =>
      shown &&
      progressLines(upTo(shown.run.history, app.reveal.shareOf(element)), shown.config.epochs, shown.run.batches);
    ofTraining(lines)(app, run, element);
    app.reveal.listen(() => {
      setText(element, lines(run) ?? '');
      element.scrollTop = app.reveal.shareOf(element) < 1 ? element.scrollHeight : 0;
    });
  },
  'evaluate-output': ofTraining(({ training: { shown } }) => shown && evaluationLines(shown.run)),
  'training-output': ({ client, outdated, store }, run, element) => {
    const { training } = run;
    outdated.watch(element, [...RUN, 'at'], run.of);
    const ask = (): void => {
      const { current, now } = training;
      const { state } = run;
      outdated.busy(element, training.busy);
      if (!current || !state) return;
      client.ask(
        'progress',
        { ...current.config, at: now, within: training.within(current.config) },
        {
          answer: (progress) => {
            const { run: trained, config } = current;
            setText(element, recentLines(epochOf(trained, now), progress, config.epochs, trained.batches));
            outdated.drawn(element, state);
          },
        },
        run.name,
      );
    };
    training.listenToRuns(ask);
    store.listen((state, before) => {
      if (state.at !== before.at) ask();
    });
    training.want();
    ask();
  },
  'fresh-accuracy': ({ outdated }, run, element) => {
    outdated.watch(element, [...RUN, 'at'], run.of);
    const show = (): void => {
      const { seen, isMessage, sentence, busy } = run.inspection;
      const accuracy = seen?.moment.judging?.accuracy;
      if (isMessage) setText(element, sentence);
      else if (accuracy !== undefined)
        setText(element, translate(`right on ${formatNumber(100 * accuracy, 1)} % of 1,000 new sequences`));
      outdated.drawn(element, isMessage ? undefined : seen?.state);
      outdated.busy(element, busy);
    };
    run.inspection.listen(show);
    run.inspection.listenToSentence(show);
  },
};

/** The caption of a run, as its chart and the line above it say it. */
export function captionOf({ training: { shown, ghost } }: Run): string | undefined {
  return shown && withGhost(caption(shown.config, ghost?.config, shown.run), ghost !== undefined);
}

/** Fills `<… data-show="name">`. */
export function showValues(app: App): void {
  for (const element of app.parts.all('[data-show]')) {
    const name = element.dataset['show'] ?? '';
    const value = VALUES[name] ?? fieldOf(name);
    value(app, app.runOf(element), element);
  }
}

function fieldOf(key: string): Value {
  const name = Object.entries(TABLE).find(([, field]) => field.key === key)?.[0] as FieldName | undefined;
  if (!name) throw new Error(`data-show: there is no value “${key}”`);
  return (app, run, element) => ofState(() => valueText(run.state?.[name] ?? ''))(app, run, element);
}
