/** The values and sentences that only the lab shows in its text (`values.ts`). */

import { formatNumber, grouped, lowered, scientific } from '../shared/format.ts';
import { divergence, taskSentence } from '../shared/shared-sentences.ts';
import { list, translate } from '../shared/translate.ts';
import { RUN } from '../state/config.ts';
import { MOMENT } from '../state/state.ts';
import type { AnswerOf } from '../worker/protocol.ts';
import { setText } from './page-parts.ts';
import { captionOf, ofData, ofTraining, type Values } from './values.ts';
import { whatIfValue } from './what-if-value.ts';

const size = (norm: number): string => (Number.isFinite(norm) ? scientific(norm, 2) : translate('no finite number'));

/** Says how one step back in time changed the gradient, for the layer whose gradient was the largest. */
function explosion({ at, layers }: AnswerOf<'exploded'>, timesteps: number): string {
  const [largest, index] = layers.reduce<[(typeof layers)[number] | undefined, number]>(
    ([best, which], one, i) => (best && !(one.sum > best.sum) ? [best, which] : [one, i]),
    [undefined, 0],
  );
  if (!largest) return '';
  const { first, last, sum, rate } = largest;
  if ([first, last, sum].every(Number.isNaN))
    return translate(`After update ${grouped(at)} the gradients were no longer finite numbers.`);
  const [update, late, early] = [grouped(at), `‖∂L/∂h${lowered(timesteps)}‖`, '‖∂L/∂h₁‖'];
  return [
    layers.length > 1
      ? translate(
          `After update ${update}, ${late} in layer ${index + 1} was ${size(last)} and ${early} was ${size(first)}.`,
        )
      : translate(`After update ${update}, ${late} was ${size(last)} and ${early} was ${size(first)}.`),
    Number.isNaN(rate)
      ? ''
      : rate > 1
        ? translate(`Each step back multiplied the gradient by ${formatNumber(rate, 2)}, so it exploded through time.`)
        : translate(
            `Each step back multiplied the gradient by ${formatNumber(rate, 2)}, so it did not explode through time: the update itself was too large.`,
          ),
    translate(`‖∂L/∂W‖ was ${size(sum)}.`),
  ]
    .filter(Boolean)
    .join(' ');
}

export const LAB_VALUES: Values = {
  'what-if': whatIfValue,
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
  'task-text': ofData(({ data }) => taskSentence(data.sequences?.task.text ?? '')),
  'own-data': ofData(({ data: { sequences } }) => {
    const count = grouped(sequences?.request.samples ?? Number.NaN);
    const { quantities } = sequences?.task ?? {};
    return quantities
      ? translate(`Your data: ${count} sequences of ${list(quantities.map(({ name }) => name))}.`)
      : translate(`Your data: ${count} sequences.`);
  }),
  'task-solution': ofData(({ data }) => taskSentence(data.sequences?.task.solution ?? '')),
  'task-chance': ofData(({ data: { sequences } }) => {
    const chance = formatNumber(sequences?.task.chance ?? Number.NaN, 3);
    if (sequences?.task.target)
      return translate(`Always answering the mean gives a mean squared error of ${chance}, standardized.`);
    return sequences?.task.loss === 'mean_squared_error'
      ? translate(`Always answering the mean gives a mean squared error of ${chance}.`)
      : translate(`Guessing gives an accuracy of ${chance}.`);
  }),
};
