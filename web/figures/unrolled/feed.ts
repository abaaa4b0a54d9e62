/** The unrolled picture of a page: the moment of its run, the cursor, and what the reader does in it. */

import type { App } from '../../app/app.ts';
import { listenTo } from '../../app/listen-to.ts';
import { translate } from '../../shared/translate.ts';
import { RUN, stepsRead } from '../../state/config.ts';
import { MOMENT, partOf } from '../../state/state.ts';
import type { Moment } from '../../worker/protocol.ts';
import './element.ts';
import type { RnnUnrolled } from './element.ts';

/** Tasks whose rule asks whether a value is above ½. */
const ABOVE_HALF = ['first'];

export function feed(app: App, figure: RnnUnrolled): void {
  const { outdated, player, store, visibility } = app;
  const run = app.runOf(figure);
  const { inspection, data } = run;
  let drawn: Moment | undefined;
  outdated.watch(figure, [...RUN, ...MOMENT], run.of);
  const draw = (): void => {
    const { seen } = inspection;
    if (!seen || !visibility.has(figure)) return;
    outdated.drawn(figure, seen.state);
    outdated.busy(figure, inspection.busy);
    if (seen.moment === drawn) return;
    drawn = seen.moment;
    const { trace, original, ranges, unchanged } = seen.moment;
    /* while the training plays, the marks would flicker */
    const base = player.playing ? undefined : { ...unchanged, x: original, weights: seen.state.weights.length > 0 };
    Object.assign(figure, {
      trace,
      original,
      base,
      ranges,
      level: ABOVE_HALF.includes(seen.state.task) ? 0.5 : undefined,
    });
  };
  const showState = (): void => {
    const { state } = run;
    if (!state) return;
    const { t, unit, fold, readouts, steps: trainedAt } = state;
    /* the backward part of an update changes no state, so all states stay visible */
    const last = stepsRead(state);
    const timestep = partOf(state.slow, last)?.part === 'backward' ? last : t;
    Object.assign(figure, { timestep, unit: unit || undefined, fold, readouts, trainedAt });
  };
  app.listenToRefusals((refused) => {
    figure.disabled = refused;
  });
  run.training.listenToChoices(() =>
    outdated.renew(figure, translate('This figure still shows the network before this training.')),
  );
  run.training.want(() => visibility.has(figure));
  app.listenToPauses(() => figure.pause());
  visibility.watch(figure, draw);
  inspection.listen(draw);
  inspection.listenToSentence(() => outdated.busy(figure, inspection.busy));
  data.listen(({ task: { loss, quantities, target, tokens } }) => {
    Object.assign(figure, { loss, quantities, target, tokens });
  });
  store.listen(showState);
  showState();

  listenTo(figure, 'rnn-timestep', ({ timestep }) => store.change({ t: timestep }));
  listenTo(figure, 'rnn-unit', ({ unit }) => store.change({ unit: unit ?? 0 }));
  listenTo(figure, 'rnn-fold', ({ fold }) => store.change({ fold }));
  /* what-if changes are made in one network, and hold in the one beside it, too */
  if (run.main) listenTo(figure, 'rnn-input', (detail) => inspection.edit(detail));
}
