/**
 * The charts of a run. `data-quantity="metric"` shows the metric, otherwise the loss. `data-captioned` adds a caption,
 * `data-majority` a line at the share of the more common label, `data-log` a logarithmic axis, and `data-until` draws by batch up to the shown moment, or `data-until="epoch"` by epoch.
 */

import type { App } from '../../app/app.ts';
import { listenTo } from '../../app/listen-to.ts';
import { captionOf } from '../../app/values.ts';
import type { Range } from '../../charts/range.ts';
import { capitalized, formatNumber } from '../../shared/format.ts';
import { divergence, figureMissing } from '../../shared/shared-sentences.ts';
import { translate } from '../../shared/translate.ts';
import { sameFields } from '../../state/fields.ts';
import { RUN } from '../../state/config.ts';
import { type Config, epochUpdates, type State } from '../../state/state.ts';
import type { Run as Trained } from '../../worker/protocol.ts';
import { extent } from '../../charts/range.ts';
import type { SeedBands } from '../../app/seed-bands.ts';
import { explodes, upTo } from './curve-data.ts';
import './element.ts';
import type { RnnCurves } from './element.ts';
import {
  chanceOf,
  drawnByBatch,
  metricOf,
  measureName,
  type Quantity,
  references,
  series,
  stopOf,
} from '../../app/run-series.ts';

/** Always part of the axes, so that they stay still while the curves grow. Values beyond them widen the axes. */
const RANGES: Partial<Record<Quantity, Range>> = { accuracy: [0.4, 0.8], loss: [0.6, 0.75] };
const WHOLE: Partial<Record<Quantity, Range>> = { accuracy: [0.4, 1], loss: [0, 0.75] };

export function feed(app: App, chart: RnnCurves): void {
  const { outdated, player, store } = app;
  const run = app.runOf(chart);
  const { training, data } = run;
  const ofLoss = chart.dataset['quantity'] === 'loss';
  const { captioned, majority, until, band, log } = chart.dataset;
  const untilEpoch = until === 'epoch';
  const beside = run.name === 'b';
  const page = app.run('').training;
  let byBatch = false;
  let bands: SeedBands | undefined;
  outdated.watch(chart, beside ? [...RUN, 'compare', 'than'] : RUN, run.of);

  /** The run drawn as a ghost: the previous run, or network A behind network B. */
  const behind = (): { config: Config; run: Trained } | undefined => (beside ? page.current : training.comparableGhost);

  const draw = (): void => {
    const { shown } = training;
    outdated.busy(chart, training.busy);
    const { state } = run;
    if (!shown || !state) return;
    /* Behind network B is network A. If A is still training, both are drawn when it is done. */
    if (beside && (!training.current || (!page.current && !page.offered))) return;
    const { config, run: trained } = shown;
    const ghost = behind();
    byBatch =
      (until !== undefined && !untilEpoch) ||
      drawnByBatch(store.state.byBatch, trained, ...(beside ? [ghost?.run] : []));
    const stop = stopOf(trained, byBatch);
    const quantity = ofLoss ? 'loss' : metricOf(trained);
    chart.quantity = capitalized(measureName(quantity, data.sequences?.task));
    chart.heading = captioned === undefined ? chart.quantity : '';
    chart.epochs = stop ? stop.epoch : byBatch ? epochUpdates(config) * config.epochs : config.epochs;
    chart.step = byBatch ? translate('update') : '';
    const share = until === undefined ? app.reveal.shareOf(chart) : 1;
    chart.moving = store.moving || (until !== undefined && player.playing);
    const moment = byBatch ? training.now : Math.floor(training.now / epochUpdates(config));
    const drawn =
      until !== undefined ? moment : share < 1 ? Math.floor(share * chart.epochs) : Number.POSITIVE_INFINITY;
    chart.series = series(trained, quantity, config.split, byBatch, drawn);
    chart.ghost =
      ghost && until === undefined
        ? series(ghost.run, quantity, ghost.config.split, byBatch).map((one) => (stop ? upTo(one, stop.epoch) : one))
        : [];
    if (beside) chart.ghostName = 'A';
    /* the axis stands still while the curves grow */
    chart.yRange =
      until !== undefined
        ? (untilEpoch ? WHOLE : RANGES)[quantity]
        : share < 1
          ? extent(series(trained, quantity, config.split, byBatch).map(({ values }) => values))
          : undefined;
    chart.log =
      quantity !== 'accuracy' &&
      (log !== undefined ||
        stop !== undefined ||
        explodes([...chart.series, ...chart.ghost], (ofLoss ? trained.batchLoss : trained.batchMetric)[0]));
    chart.diverged = stop && drawn >= stop.epoch ? stop : undefined;
    chart.lines = references(quantity, data.sequences, majority !== undefined);
    chart.chanceBand = until === undefined ? chanceOf(quantity, data.sequences) : undefined;
    chart.bands = (!byBatch && bands?.of(quantity, config)) || [];
    if (captioned !== undefined) chart.caption = ofLoss ? lastWords(trained, byBatch) : (captionOf(run) ?? '');
    outdated.drawn(chart, { ...state, ...config });
    outdated.busy(chart, training.busy);
  };

  const showCursor = (): void => {
    const { state } = run;
    if (!state) return;
    const step = captioned === undefined ? training.now / (byBatch ? 1 : epochUpdates(state)) : state.cursor;
    const atEnd = untilEpoch && training.now >= training.end;
    chart.moment = captioned === undefined && until === undefined ? step : undefined;
    chart.cursor = Number.isInteger(step) && step > 0 && !atEnd ? step : undefined;
  };

  listenTo(chart, 'rnn-cursor', ({ epoch, chosen }) => {
    const { state } = run;
    if (!chosen || !state) return;
    if (captioned !== undefined) store.change({ cursor: epoch ?? 0 });
    else if (epoch !== undefined) {
      /* The moment of B is at the same share of its run as the cursor in A's. */
      const epochs = epoch / (byBatch ? epochUpdates(state) : 1);
      player.goTo(Math.round(epochs * epochUpdates(store.state)));
    }
    showCursor(); /* The cursor stays at the shown moment. */
  });

  training.listenToRuns(() => {
    draw();
    showCursor(); /* by batch it is at another place */
  });
  if (beside) page.listenToRuns(draw);
  training.listen(() => {
    outdated.busy(chart, training.busy);
    showCursor();
  });
  data.listen(draw);
  training.want();
  store.listenToDrags({ start: draw, end: draw });
  if (until !== undefined) player.listen(draw);
  if (captioned !== undefined) app.reveal.listen(draw);
  if (band !== undefined)
    import('../../app/seed-bands.ts').then(
      ({ seedBands }) => {
        bands = seedBands(app);
        bands.listen(draw);
        draw();
      },
      () => app.parts.setNotice('notices', figureMissing(), 'seed-bands'),
    );
  store.listen((state, before) => {
    const redrawn: readonly (keyof State)[] = until === undefined ? ['byBatch', 'band'] : ['at'];
    if (!sameFields(state, before, redrawn) || (beside && !sameFields(state, before, ['compare', 'than', ...RUN])))
      draw();
    showCursor();
  });
  draw();
  showCursor();
}

function lastWords({ history, batches }: Trained, byBatch: boolean): string {
  if (history.diverged) return byBatch ? divergence(history.diverged, batches) : '';
  const last = (values: readonly number[] | undefined): string => formatNumber(values?.at(-1) ?? Number.NaN, 4);
  return translate(`after the last epoch: training ${last(history.loss)}, new data ${last(history.val_loss)}`);
}
