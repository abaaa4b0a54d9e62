// Makes what TF.js's own layers and gradients make of this folder's data and first weights: NAME.json and
// NAME.gradient.safetensors.
//
//   cd tests/peers && npm ci && cd ../golden && node parity.mjs
//
// Inputs are NAME.csv and NAME.safetensors (README.md says how they were made); what the network is follows from the
// weights and their metadata. TF.js gives the gradients of each batch, in float32; TF.js's own Adam puts epsilon
// elsewhere, so Keras's formula is applied here, in double:
//     m += (1-β₁)(g - m)   v += (1-β₂)(g² - v)   w -= lr √(1-β₂ᵗ)/(1-β₁ᵗ) · m / (√v + ε)
// Batches are taken in order, without shuffling. The gradient in the file is that of the first batch at the first
// weights.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const tf = createRequire(new URL('../peers/package.json', import.meta.url))('@tensorflow/tfjs');

const WORKS = [
  { name: 'notebook', epochs: 10, batchSize: 32, rate: 0.001 },
  { name: 'lstm', epochs: 8, batchSize: 16, rate: 0.003 },
];

const beside = (name) => new URL(name, import.meta.url);

function readData(name) {
  const [header, ...lines] = readFileSync(beside(`${name}.csv`), 'utf8')
    .trim()
    .split('\n');
  const columns = header.split(',').slice(1);
  const timesteps = columns.filter((column) => !column.includes('_') || column.endsWith('_1')).length;
  const features = columns.length / timesteps;
  const rows = lines.map((line) => line.split(',').map(Number));
  const sequence = (row) =>
    Array.from({ length: timesteps }, (_, t) => row.slice(1 + t * features, 1 + (t + 1) * features));
  return { timesteps, features, x: rows.map(sequence), y: rows.map((row) => row[0]) };
}

/** The tensors of a file by name, in the file's order, and its metadata. */
function readWeights(name) {
  const bytes = readFileSync(beside(`${name}.safetensors`));
  const length = Number(bytes.readBigUInt64LE(0));
  const { __metadata__: metadata, ...header } = JSON.parse(bytes.subarray(8, 8 + length).toString('utf8'));
  const tensors = Object.entries(header).map(
    ([
      tensor,
      {
        shape,
        data_offsets: [from, to],
      },
    ]) => {
      const data = bytes.subarray(8 + length + from, 8 + length + to);
      return {
        name: tensor,
        shape,
        values: Float32Array.from({ length: data.length / 4 }, (_, i) => data.readFloatLE(4 * i)),
      };
    },
  );
  return { bytes, metadata, tensors };
}

/** A copy of a file with other numbers. */
function withValues(bytes, values) {
  const made = Buffer.from(bytes);
  const start = 8 + Number(bytes.readBigUInt64LE(0));
  values.forEach((value, i) => made.writeFloatLE(value, start + 4 * i));
  return made;
}

function adam(rate) {
  let t = 0;
  let m;
  let v;
  return (weights, gradients) => {
    m ??= gradients.map((g) => new Float64Array(g.length));
    v ??= gradients.map((g) => new Float64Array(g.length));
    t += 1;
    const alpha = (rate * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
    gradients.forEach((gradient, k) => {
      gradient.forEach((g, i) => {
        m[k][i] += (g - m[k][i]) * (1 - 0.9);
        v[k][i] += (g * g - v[k][i]) * (1 - 0.999);
        weights[k][i] -= (alpha * m[k][i]) / (Math.sqrt(v[k][i]) + 1e-7);
      });
    });
  };
}

/** TF.js's layers for these weights: recurrent layers of one cell, and a readout that gives logits. */
function layersOf({ metadata, tensors }, { timesteps, features }) {
  const kernels = tensors.filter(({ name }) => name.endsWith('/recurrent_kernel'));
  const recurrent = kernels.map(({ shape }, layer) => {
    const place = {
      returnSequences: layer < kernels.length - 1,
      ...(layer === 0 && { inputShape: [timesteps, features] }),
    };
    const options = { units: shape[0], activation: metadata.activation, ...place };
    return metadata.cell === 'lstm'
      ? tf.layers.lstm({ ...options, recurrentActivation: 'sigmoid', unitForgetBias: true })
      : tf.layers.simpleRNN(options);
  });
  return [...recurrent, tf.layers.dense({ units: 1 })];
}

const HEADS = {
  binary_crossentropy: {
    metric: 'accuracy',
    loss: (y, logits) => tf.losses.sigmoidCrossEntropy(y, logits),
    predict: (logits) => tf.sigmoid(logits),
    judge: (prediction, y) => Number(prediction > 0.5 === y > 0),
  },
  mean_squared_error: {
    metric: 'mean_absolute_error',
    loss: (y, logits) => tf.losses.meanSquaredError(y, logits),
    predict: (logits) => logits,
    judge: (prediction, y) => Math.abs(prediction - y),
  },
};

function parity({ name, epochs, batchSize, rate }) {
  const data = readData(name);
  const initial = readWeights(name);
  const head = HEADS[initial.metadata.loss];
  const layers = layersOf(initial, data);
  const model = tf.sequential({ layers });
  const weights = initial.tensors.map(({ values }) => Float64Array.from(values));
  const update = adam(rate);
  const setWeights = () =>
    model.setWeights(weights.map((values, k) => tf.tensor(Float32Array.from(values), initial.tensors[k].shape)));
  const variables = () => layers.flatMap((layer) => layer.trainableWeights.map((weight) => weight.val));
  const history = { loss: [], [head.metric]: [] };
  let first;
  for (let epoch = 0; epoch < epochs; epoch++) {
    let sum = 0;
    let metric = 0;
    for (let from = 0; from < data.y.length; from += batchSize) {
      setWeights();
      const x = tf.tensor3d(data.x.slice(from, from + batchSize));
      const targets = data.y.slice(from, from + batchSize);
      const y = tf.tensor2d(targets.map((target) => [target]));
      const { value, grads } = tf.variableGrads(() => head.loss(y, model.apply(x, { training: true })), variables());
      const gradients = variables().map((variable) => Float64Array.from(grads[variable.name].dataSync()));
      first ??= gradients.flatMap((gradient) => [...gradient]);
      const predictions = head.predict(model.predict(x)).dataSync();
      sum += value.dataSync()[0] * targets.length;
      metric += targets.reduce((total, target, i) => total + head.judge(predictions[i], target), 0);
      update(weights, gradients);
    }
    history.loss.push(sum / data.y.length);
    history[head.metric].push(metric / data.y.length);
  }
  setWeights();
  const predictions = Array.from(head.predict(model.predict(tf.tensor3d(data.x))).dataSync());
  const golden = {
    peer: `@tensorflow/tfjs ${tf.version.tfjs}, cpu`,
    epochs,
    batch_size: batchSize,
    learning_rate: rate,
  };
  writeFileSync(beside(`${name}.json`), `${JSON.stringify({ ...golden, ...history, predictions }, null, 1)}\n`);
  writeFileSync(beside(`${name}.gradient.safetensors`), withValues(initial.bytes, first));
  console.log(name, history.loss.map((value) => value.toFixed(7)).join(' '));
}

await tf.setBackend('cpu');
for (const work of WORKS) parity(work);
