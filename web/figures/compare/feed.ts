/**
 * Two runs of a page on the same axes. `data-left` and `data-right` name the runs, `data-left-heading` and
 * `data-left-note` hold the texts above the left chart.
 */

import type { App } from '../../app/app.ts';
import { listenTo } from '../../app/listen-to.ts';
import type { Run } from '../../app/run.ts';
import { captionOf } from '../../app/values.ts';
import { translate } from '../../shared/translate.ts';
import { RUN } from '../../state/config.ts';
import { chanceOf, drawnByBatch, references, series, stopOf } from '../../app/run-series.ts';
import './element.ts';
import type { RnnCompare, Side } from './element.ts';

export function feed(app: App, figure: RnnCompare): void {
  const { outdated, store, visibility } = app;
  const run = app.runOf(figure);
  const sides = (['left', 'right'] as const).map((side) => ({
    side,
    run: app.run(figure.dataset[side] ?? ''),
    heading: figure.dataset[`${side}Heading`] ?? '',
    note: figure.dataset[`${side}Note`] ?? '',
  }));
  outdated.watch(
    figure,
    RUN.filter((name) => name !== 'task'),
  );

  const draw = (): void => {
    const busy = sides.some((one) => one.run.training.busy);
    outdated.busy(figure, busy);
    figure.moving = store.moving;
    const shown = sides.map((one) => one.run.training.shown);
    const [left, right] = shown;
    if (!left || !right) return;
    /* The charts change only when both runs have the same settings. */
    if (JSON.stringify({ ...left.config, task: '' }) !== JSON.stringify({ ...right.config, task: '' })) return;
    const byBatch = drawnByBatch(false, left.run, right.run);
    const stops = shown.map((one) => one && stopOf(one.run, byBatch)?.epoch).filter((stop) => stop !== undefined);
    const stop = stops.length > 0 ? Math.max(...stops) : undefined;
    figure.epochs = stop ?? left.config.epochs;
    figure.step = byBatch ? translate('update') : '';
    for (const { side, heading, note, run: one } of sides) figure[side] = sideOf(one, heading, note, byBatch, stop);
    figure.caption = captionOf(run) ?? '';
    outdated.drawn(figure, { ...store.state, ...left.config });
    outdated.busy(figure, busy);
  };

  for (const { run: one } of sides) {
    one.training.listenToRuns(draw);
    one.training.listen(() => outdated.busy(figure, one.training.busy));
    one.data.listen(draw);
    one.training.want(() => visibility.has(figure));
  }
  run.training.listenToRuns(draw);
  visibility.watch(figure, draw);
  store.listenToDrags({ start: draw, end: draw });
  listenTo(figure, 'rnn-cursor', ({ epoch, chosen }) => {
    if (chosen) store.change({ cursor: epoch ?? 0 });
  });
  const showCursor = (): void => {
    figure.cursor = store.state.cursor || undefined;
  };
  store.listen(showCursor);
  showCursor();
  draw();
}

function sideOf(
  { training: { shown, comparableGhost: ghost }, data }: Run,
  heading: string,
  note: string,
  byBatch: boolean,
  upTo: number | undefined,
): Side {
  if (!shown) return { heading, note, series: [] };
  const chance = chanceOf('accuracy', data.sequences);
  const stop = stopOf(shown.run, byBatch);
  const { split } = shown.config;
  return {
    heading,
    note,
    series: series(shown.run, 'accuracy', split, byBatch, upTo),
    ghost: ghost && !byBatch ? series(ghost.run, 'accuracy', split, false) : [],
    lines: references('accuracy', data.sequences, false),
    ...(chance && { chanceBand: chance }),
    ...(stop && { diverged: stop }),
  };
}
