/** The values and sentences that only the notebook shows in its text (`values.ts`). */

import { formatNumber, grouped } from '../shared/format.ts';
import { plural, translate } from '../shared/translate.ts';
import { batches } from '../state/fields.ts';
import { countOf } from '../state/pages.ts';
import { configOf, RUN } from '../state/config.ts';
import { epochOf, evaluationLines, progressLines, recentLines, upTo } from './keras-output.ts';
import { setText } from './page-parts.ts';
import type { Run } from './run.ts';
import { ofData, ofState, ofTraining, type Values } from './values.ts';
import { whatIfValue } from './what-if-value.ts';

export const NOTEBOOK_VALUES: Values = {
  'what-if': whatIfValue,
  batches: ofState((state) => String(batches(state))),
  'point-index': ofState(({ point }) => String(point - 1)),
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
