// The runs of many seeds that a chapter's text speaks of, and the answers of its figures.
import { configOf, END } from '../../web/state/config.ts';
import { momentConfigOf, type State } from '../../web/state/state.ts';
import type { AnswerOf } from '../../web/worker/protocol.ts';
import { Requests } from '../../web/worker/requests.ts';
import { LIMIT } from '../../web/worker/work-estimate.ts';
import { engine } from './chapter.ts';

const sessions = new Requests(engine);
const go = async (): Promise<boolean> => true;

function sure<T>(answer: T | undefined): T {
  if (answer === undefined) throw new Error('given up');
  return answer;
}

/** The accuracies that `<rnn-lengths>` shows: the network at the end of the run reads sequences of other lengths. */
export async function accuraciesAt(state: State, lengths: readonly number[]): Promise<(number | undefined)[]> {
  return sure(await sessions.lengths({ ...configOf(state), at: END, file: '', lengths }, go)).values;
}

/** What `<rnn-linear-probe>` shows. */
export async function probedAt(state: State): Promise<AnswerOf<'linearProbe'>> {
  const { at, file, cut, reset } = state;
  return sure(await sessions.linearProbe({ ...configOf(state), at, file, cut, reset }, go));
}

/** The metric on new sequences at the end of the run, from each of these run seeds; undefined where it diverged. */
export async function ends(state: State, seeds: readonly number[]): Promise<(number | undefined)[]> {
  const { runs } = sure(await sessions.seeds({ ...configOf(state), seeds }, go));
  return runs.map(({ final }) => final);
}

/** The gradient at a moment of the run. Nothing after that moment is trained for it. */
export async function backwardAt(state: State): Promise<AnswerOf<'backward'>> {
  const { layer, mean, weight } = state;
  return sure(await sessions.backward({ ...momentConfigOf(state), layer, mean, weight }, go));
}

/** Does the page train this without asking? A longer run is only offered, and a text about it would speak of another one. */
export async function beginsUnasked(state: State): Promise<boolean> {
  return !('offer' in sure(await sessions.run({ ...configOf(state), within: LIMIT }, go)));
}
