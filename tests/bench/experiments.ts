// The training data of the works: of experiments in docs/experiments.md from the same files, otherwise random sequences.
import type { load, SequentialConfig, Task } from '../../wasm/js/unrolled.ts';
import type { Work } from './works.ts';

type Unrolled = Awaited<ReturnType<typeof load>>;

/** The files that the data come from, relative to the project. */
export const dataFiles = ['docs/data/chicago.csv', 'docs/data/little-house.txt'] as const;

export interface TrainingData {
  x: Float32Array;
  y: Float32Array;
  config: Partial<SequentialConfig>;
}

/** `read` gives the text of a file by its name without folders. */
export async function experimentData(
  unrolled: Unrolled,
  { experiment, timesteps, samples }: Work,
  read: (name: string) => Promise<string> | string,
): Promise<TrainingData> {
  if (experiment?.data === 'weather') {
    const { columns, values, positions, times } = await unrolled.readTable(await read('chicago.csv'));
    const rows = ['2005', '2009'].map((year) => times.findIndex((time) => time >= year)) as [number, number];
    const { training, config } = await unrolled.windows(
      { columns, values, positions },
      { target: 'temp', timesteps, training: rows },
    );
    return { ...training, config };
  }
  if (experiment?.data === 'words') {
    const text = await unrolled.readText(await read('little-house.txt'));
    return unrolled.textSequences(text, { timesteps });
  }
  if (!experiment) return { ...unrolled.task('random', { samples, timesteps }), config: {} };
  const { features, classes, loss, returnSequences } = unrolled.tasks.find(({ name }) => name === 'agreement') as Task;
  const config = { features, classes, loss, returnSequences } as Partial<SequentialConfig>;
  return { ...unrolled.task('agreement', { samples, timesteps }), config };
}
