/** Weights from the reader's files, parsed once and cached by their hash. */

import type { Unrolled } from '../../wasm/js/types.ts';
import type { State } from '../state/state.ts';
import type { AnswerOf, RequestOf } from './protocol.ts';
import type { Sessions } from './sessions.ts';
import { concatenated } from './data-sets.ts';
import { translate } from '../shared/translate.ts';

/** The number of files that are cached. */
const KEPT = 4;

export class Files {
  readonly #engine: Unrolled;
  readonly #sessions: Sessions;
  /** Arrays of P weights. */
  readonly #files = new Map<string, Float32Array>();

  constructor(engine: Unrolled, sessions: Sessions) {
    this.#engine = engine;
    this.#sessions = sessions;
  }

  /**
   * Makes the network that the file describes, on the lab's task, and keeps the weights under the name that it returns.
   * @throws RnnError if this is not such a file, or if its network is for data of another kind.
   */
  async load({ bytes, ...config }: RequestOf<'load'>): Promise<AnswerOf<'load'>> {
    const model = this.#sessions.model({ ...config, layers: 1, units: 1 });
    let said: Omit<AnswerOf<'load'>, 'file'>;
    try {
      const { cell, layers, units, activation } = await model.weightsConfig(bytes);
      if (cell === 'dense')
        throw new RangeError(
          translate(
            'The file has the weights of a dense network. Choose the weights of a SimpleRNN, a GRU or an LSTM.',
          ),
        );
      said = { cell, layers, units, activation: cell === 'simple_rnn' ? activation : config.activation };
    } finally {
      model.dispose();
    }
    const of = this.#sessions.model({ ...config, ...said });
    try {
      await of.loadWeights(bytes);
      const parameters = concatenated(of.getWeights());
      const file = this.#engine.hash({ x: parameters, y: new Float32Array(parameters.length), timesteps: 1 });
      this.#files.delete(file);
      this.#files.set(file, parameters);
      for (const old of [...this.#files.keys()].slice(0, -KEPT)) this.#files.delete(old);
      return { ...said, file };
    } finally {
      of.dispose();
    }
  }

  /** P weights; undefined if the file is not here. */
  of(file: State['file']): Float32Array | undefined {
    return this.#files.get(file);
  }
}
