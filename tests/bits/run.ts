/** A fixed run with the JavaScript interface, in Node or in a browser. */

import type { Sequential, SequentialConfig, Unrolled } from '../../wasm/js/types.ts';

/** A text, and how to go on with it after training. */
export interface TextCase {
  /** Words with single blanks between them. */
  words: string;
  prompt: string;
  generate: { temperature: number; topK: number; seed: number; best: number };
}

export interface Case {
  name: string;
  /** The name of a task, or `text`. */
  task: string;
  text?: TextCase;
  samples: number;
  timesteps: number;
  /** Sequence i ends after lengthOf(i) time steps. Besides the training, its figures and one trace are part of the bits. */
  endEarly?: boolean;
  network: { units: number } & Record<string, number | string>;
  epochs: number;
  batchSize?: number;
  optimizer?: Record<string, number | string | boolean>;
}

/** The number of valid time steps of sequence i. */
export const lengthOf = (i: number, timesteps: number): number => 1 + ((5 * i + 3) % timesteps);

/** The sequence that is traced. */
export const TRACED = 2;

/** The bytes of loss and metric, of all predictions, and of the norms of a trace's gradients. */
export const bytesOfFigures = (figures: Iterable<number>, predictions: Iterable<number>, norms: Iterable<number>) =>
  new Uint8Array(
    [Float64Array.from(figures), Float32Array.from(predictions), Float32Array.from(norms)].flatMap((part) => [
      ...new Uint8Array(part.buffer),
    ]),
  );

/** The different words by frequency, equally frequent ones in the order in which they appear. */
function vocabularyOf(tokens: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
}

/** All windows of a text, one-hot, and their next words. */
function windows(tokens: readonly number[], timesteps: number, classes: number): { x: Float32Array; y: Float32Array } {
  const samples = tokens.length - timesteps;
  const x = new Float32Array(samples * timesteps * classes);
  const y = Float32Array.from({ length: samples * timesteps }, (_, i) => {
    const at = Math.floor(i / timesteps) + (i % timesteps);
    x[i * classes + (tokens[at] as number)] = 1;
    return tokens[at + 1] as number;
  });
  return { x, y };
}

/** The bytes of generated tokens, and of the best tokens of each step with their probabilities. */
export const bytesOfGenerated = (
  tokens: Uint32Array,
  best: readonly Uint32Array[],
  p: readonly Float32Array[],
): Uint8Array =>
  Uint8Array.from(
    [tokens, ...best, ...p].flatMap((part) => [...new Uint8Array(part.buffer, part.byteOffset, part.byteLength)]),
  );

async function runText(engine: Unrolled, wanted: Case, text: TextCase): Promise<Uint8Array> {
  const words = text.words.split(' ');
  const vocabulary = vocabularyOf(words);
  const number = (word: string) => vocabulary.indexOf(word);
  const features = vocabulary.length;
  const { timesteps, epochs, batchSize = 32, network, optimizer = {} } = wanted;
  const shape = {
    timesteps,
    features,
    returnSequences: true,
    loss: 'sparse_categorical_crossentropy',
    classes: features,
  };
  const model = engine.sequential({ ...shape, ...network } as unknown as SequentialConfig);
  model.compile(optimizer);
  const { x, y } = windows(words.map(number), timesteps, features);
  await model.fit(x, y, { epochs, batchSize });
  const made = model.generate(text.prompt.split(' ').map(number), text.generate);
  const weights = model.getWeights().map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  model.dispose();
  const generated = bytesOfGenerated(
    made.tokens,
    made.best.map((step) => step.tokens),
    made.best.map((step) => step.probabilities),
  );
  return Uint8Array.from([...weights, generated].flatMap((part) => [...part]));
}

/** What is measured with sequences that end early, and the trace of one of them. */
function figuresOf(model: Sequential, x: Float32Array, y: Float32Array, lengths: Uint32Array): Uint8Array {
  const { timesteps, features } = model;
  const steps = lengths[TRACED] as number;
  const [from, answers] = [TRACED * timesteps * features, y.length / lengths.length];
  const targets = y.slice(TRACED * answers, TRACED * answers + Math.min(answers, steps));
  const trace = model.trace(x.slice(from, from + steps * features), targets);
  return bytesOfFigures(
    Object.values(model.evaluate(x, y, { lengths })),
    model.predict(x, { lengths }),
    trace.layers.flatMap(({ dHNorm }) => [...dHNorm]),
  );
}

/** Runs a case with the JavaScript interface and returns the bytes of the parameters, and of what was generated. */
export async function run(engine: Unrolled, wanted: Case): Promise<Uint8Array> {
  if (wanted.text) return runText(engine, wanted, wanted.text);
  const task = engine.tasks.find(({ name }) => name === wanted.task);
  if (!task) throw new Error(`no task ${wanted.task}`);
  const { samples, timesteps, epochs, batchSize = 32 } = wanted;
  const shape = {
    features: task.features,
    loss: task.loss,
    returnSequences: task.returnSequences ?? false,
    ...(task.classes && { classes: task.classes }),
  };
  const model = engine.sequential({ timesteps, ...shape, ...wanted.network } as unknown as SequentialConfig);
  if (wanted.optimizer) model.compile(wanted.optimizer);
  const { x, y } = engine.task(wanted.task, { samples, timesteps });
  const { endEarly } = wanted;
  const lengths = endEarly && Uint32Array.from({ length: samples }, (_, i) => lengthOf(i, timesteps));
  await model.fit(x, y, { epochs, batchSize, ...(lengths && { lengths }) });
  const weights = model.getWeights();
  const bytes = new Uint8Array(4 * model.parameterCount);
  let at = 0;
  for (const part of weights) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  const figures = lengths ? figuresOf(model, x, y, lengths) : new Uint8Array();
  model.dispose();
  return Uint8Array.from([...bytes, ...figures]);
}
