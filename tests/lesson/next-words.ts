// What `<rnn-next-words>` shows.
import type { Continuation } from '../../web/figures/next-words/continuation.ts';
import { configOf } from '../../web/state/config.ts';
import type { State } from '../../web/state/state.ts';
import { Requests } from '../../web/worker/requests.ts';
import { engine } from './chapter.ts';

const sessions = new Requests(engine);

/** The text after these words at a moment. `draw`: the seed of the random numbers. */
export async function written(state: State, prompt: string, temperature = 0, draw = 1): Promise<Continuation> {
  const { at, file, cut } = state;
  const request = { ...configOf(state), at, file, cut, prompt, temperature, draw };
  return (await sessions.answer('words', request, async () => true)) as Continuation;
}
