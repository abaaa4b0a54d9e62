/** Facts for the questions of “Predict, then reveal” that a moment does not contain: other networks, a longer run. */

import type { Dataset, Sequential, Trace, Unrolled } from '../../wasm/js/types.ts';
import { factsOf, luck } from '../figures/predict/ask.ts';
import { moreEpochs, type QuestionName } from '../figures/predict/question.ts';
import { readsOtherLengths, trained } from '../state/config.ts';
import type { Config } from '../state/state.ts';
import type { AnswerOf } from './protocol.ts';
import type { Session, Sessions } from './sessions.ts';
import { sequencesBetween, type DataSets } from './data-sets.ts';
import type { Pause } from './trainer.ts';

type Facts = AnswerOf<'predict'>;

export class QuestionFacts {
  readonly #engine: Unrolled;
  readonly #sets: DataSets;
  readonly #sessions: Sessions;

  constructor(engine: Unrolled, sets: DataSets, sessions: Sessions) {
    this.#engine = engine;
    this.#sets = sets;
    this.#sessions = sessions;
  }

  /** Facts about a sequence that the probe has just read, as long as no other request uses the probe. */
  of(
    { config, probe }: Session,
    trace: Trace,
    { question, sample, layer }: { question: Exclude<QuestionName, 'luck'>; sample: number; layer: number },
  ): Facts {
    const like = <T>(
      { steps = config.steps, features }: { steps?: number; features?: number },
      look: (model: Sequential) => T,
    ): T => {
      const model = this.#sessions.model({ ...config, steps }, features);
      try {
        return look(model);
      } finally {
        model.dispose();
      }
    };
    const [set, task] = [this.#sets.of(config), this.#sets.task(config)];
    return {
      facts: factsOf(question, {
        engine: this.#engine,
        probe,
        trace,
        set,
        task,
        setting: { ...config, sample },
        otherLengths: readsOtherLengths(config.task),
        layer,
        like,
      }),
    };
  }

  /** A longer run, measured at its end. */
  async luck(config: Config, pause: Pause): Promise<Facts | undefined> {
    const more = moreEpochs(config);
    const end = await this.#sessions.apart(
      { ...config, epochs: more },
      () => pause(0),
      ({ model, diverged }) => {
        const learned = sequencesBetween(this.#sets.of(config), config.samples, 0, trained(config));
        const fresh = this.#sets.fresh(config) as Dataset;
        const accuracy = (data: Dataset): number => model.evaluate(data.x, data.y).accuracy ?? Number.NaN;
        const training = accuracy(learned);
        return { measured: diverged ? undefined : { training, fresh: accuracy(fresh), count: fresh.y.length } };
      },
    );
    return end && { facts: luck(this.#engine, config, more, end.measured) };
  }
}
