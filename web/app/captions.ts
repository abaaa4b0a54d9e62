/** Captions: the settings of a run, what changed since the run before, and the moment that is shown. */

import { formatNumber, grouped } from '../shared/format.ts';
import { picked, sameFields } from '../state/fields.ts';
import { DATA as DATA_FIELDS, hasNew, OWN_TASK, RUN, SERIES_TASK, trained } from '../state/config.ts';
import { type Config, type FieldName, TABLE } from '../state/state.ts';
import { milliseconds } from '../shared/shared-sentences.ts';
import type { Moment, Run } from '../worker/protocol.ts';
import { list, plural, translate } from '../shared/translate.ts';

const DATA: readonly FieldName[] = ['data', 'changes'];
const EXTENT: readonly FieldName[] = ['samples', 'steps', 'split'];
const START: readonly FieldName[] = ['units', 'layers', 'cell', 'initializer', 'gain', 'seed'];

function held(changed: readonly FieldName[]): string {
  const some = (names: readonly FieldName[]): boolean => changed.some((name) => names.includes(name));
  const data = some(DATA)
    ? translate('new data')
    : some(EXTENT)
      ? translate('earlier values kept')
      : translate('same data');
  return `${data}, ${some(START) ? translate('new first weights') : translate('same start')}`;
}

/** True if two runs learn from other data, whose losses say nothing about each other. */
export const haveOtherData = (from: Config, to: Config): boolean => !sameFields(from, to, ['task', 'own']);

/**
 * One text for each setting that differs, such as "learning rate 0.03 → 0.01". Other data are one difference and come
 * first: whoever chose them did not choose how many sequences they have.
 */
export function changes(from: Config, to: Config): string[] {
  if (haveOtherData(from, to))
    return [translate('other data'), ...changes({ ...from, ...picked(to, [...DATA_FIELDS, 'split']) }, to)];
  return RUN.filter((name) => !sameFields(from, to, [name])).map((name) =>
    name === 'changes'
      ? to.changes.length > 0
        ? plural(to.changes.length, {
            one: translate(`${grouped(to.changes.length)} changed number`),
            other: translate(`${grouped(to.changes.length)} changed numbers`),
          })
        : translate('no changed numbers')
      : `${TABLE[name].label} ${from[name]} → ${to[name]}`,
  );
}

/**
 * Returns, for example, `learning rate 0.01 → 0.03 · same data, same start · 105 parameters · 4.2 ms`, or for another task
 * `New data: 96 sequences. The network started again from scratch. · 105 parameters · 4.2 ms`.
 */
export function caption(config: Config, before: Config | undefined, run: Run): string {
  const parts = [
    plural(run.parameters, {
      one: translate(`${grouped(run.parameters)} parameter`),
      other: translate(`${grouped(run.parameters)} parameters`),
    }),
    `${milliseconds(run.milliseconds)} ms`,
  ];
  const changed = before ? RUN.filter((name) => !sameFields(config, before, [name])) : [];
  if (before && haveOtherData(before, config)) {
    const [, ...others] = changes(before, config);
    if (others.length > 0) parts.unshift(list(others));
    parts.unshift(translate(`New data: ${grouped(config.samples)} sequences. The network started again from scratch.`));
  } else if (before && changed.length > 0) parts.unshift(list(changes(before, config)), held(changed));
  return parts.join(' · ');
}

/** Says which moment the figures show while a run is only offered. */
export const untilTrained = (at: number): string =>
  at === 0
    ? translate('Until you train it, the network is shown untrained (update 0).')
    : plural(at, {
        one: translate(`Until you train it, the network is shown after ${grouped(at)} update.`),
        other: translate(`Until you train it, the network is shown after ${grouped(at)} updates.`),
      });

/** The metrics of a moment on the sequences that were trained on, and on those that were not, if these were measured. */
function measured({ training, judging }: Moment, config: Config): string {
  const { accuracy, mean_absolute_error: error } = training;
  const count = trained(config);
  const [all, learned, held] = [config.samples, count, config.samples - count].map((one) => grouped(one));
  /* the data of the reader have no new sequences, unless some were held back */
  const untested = config.task === OWN_TASK ? ` ${translate('None is held back to test it.')}` : '';
  if (accuracy === undefined || error !== undefined) {
    const loss = formatNumber(training.loss, 4);
    const other = judging && formatNumber(judging.loss, 4);
    if (!hasNew(config.task))
      return count < config.samples
        ? plural(count, {
            other: other
              ? translate(`loss ${loss} on all ${learned} training sequences and ${other} on the ${held} held back.`)
              : translate(`loss ${loss} on all ${learned} training sequences.`),
          })
        : plural(count, { other: translate(`loss ${loss} on all ${all} sequences.`) }) + untested;
    if (!other) return translate(`loss ${loss} on all training sequences.`);
    if (config.task === SERIES_TASK)
      return translate(`loss ${loss} on all training sequences and ${other} on the new ones of ${config.period}.`);
    return config.split > 0
      ? translate(
          `loss ${loss} on all training sequences and ${other} on 1,000 new ones, which validation does not use.`,
        )
      : translate(`loss ${loss} on all training sequences and ${other} on 1,000 new ones.`);
  }
  const right = formatNumber(100 * accuracy, 1);
  const other = judging && formatNumber(100 * (judging.accuracy ?? Number.NaN), 1);
  if (!hasNew(config.task))
    return count < config.samples
      ? plural(count, {
          other: other
            ? translate(
                `right on ${right} % of all ${learned} training sequences and on ${other} % of the ${held} held back.`,
              )
            : translate(`right on ${right} % of all ${learned} training sequences.`),
        })
      : plural(count, { other: translate(`right on ${right} % of all ${all} sequences.`) }) + untested;
  if (!other) return translate(`right on ${right} % of all training sequences.`);
  return config.split > 0
    ? translate(
        `right on ${right} % of all training sequences and on ${other} % of 1,000 new ones, which validation does not use.`,
      )
    : translate(`right on ${right} % of all training sequences and on ${other} % of 1,000 new ones.`);
}

/**
 * Returns, for example, `After 12 epochs and 3 of 4 batches: right on 84.0 % of all training sequences and on 79.5 % of
 * 1,000 new ones.` `name` is the file that the weights come from.
 */
export function place(moment: Moment, batches: number, config: Config, name = ''): string {
  const { at, epoch, batch } = moment;
  const when = moment.file
    ? translate(`With the weights from ${name}`)
    : at === 0
      ? translate('Before the first update')
      : batch
        ? plural(epoch, {
            one: translate(`After ${grouped(epoch)} epoch and ${batch} of ${batches} batches`),
            other: translate(`After ${grouped(epoch)} epochs and ${batch} of ${batches} batches`),
          })
        : plural(epoch, {
            one: translate(`After ${grouped(epoch)} epoch`),
            other: translate(`After ${grouped(epoch)} epochs`),
          });
  return Number.isFinite(moment.training.loss)
    ? `${when}: ${measured(moment, config)} ${moment.comparison}`.trimEnd()
    : translate(`${when}: the loss is no longer a finite number.`);
}
