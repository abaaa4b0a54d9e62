// Makes notebook.json: what TF.js's own SimpleRNN and Dense, trained by Keras's Adam, make of the notebook.
//
//   cd tests/peers && npm ci && cd ../golden && node parity.mjs
//
// Inputs are the files beside it (see README.md for how they were made): notebook.csv, 100 × 10 × 1 coin tosses, and
// notebook.safetensors, the first weights. TF.js gives the gradients of each batch, in float32; TF.js's own Adam puts
// epsilon elsewhere, so Keras's formula is applied here, in double:
//     m += (1-β₁)(g - m)   v += (1-β₂)(g² - v)   w -= lr √(1-β₂ᵗ)/(1-β₁ᵗ) · m / (√v + ε)
// Batches are taken in order, without shuffling.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const tf = createRequire(new URL('../peers/package.json', import.meta.url))('@tensorflow/tfjs');

const EPOCHS = 10;
const BATCH = 32;
const RATE = 0.001;

function readData(file) {
  const [header, ...lines] = readFileSync(new URL(file, import.meta.url), 'utf8').trim().split('\n');
  const rows = lines.map((line) => line.split(',').map(Number));
  return { timesteps: header.split(',').length - 1, x: rows.map((row) => row.slice(1)), y: rows.map((row) => row[0]) };
}

function readWeights(file) {
  const bytes = readFileSync(new URL(file, import.meta.url));
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.subarray(8, 8 + length).toString('utf8'));
  return (name) => {
    const { shape, data_offsets: [from, to] } = header[name];
    const data = bytes.subarray(8 + length + from, 8 + length + to);
    return { shape, values: Float32Array.from({ length: data.length / 4 }, (_, i) => data.readFloatLE(4 * i)) };
  };
}

const NAMES = ['simple_rnn/kernel', 'simple_rnn/recurrent_kernel', 'simple_rnn/bias', 'dense/kernel', 'dense/bias'];

function adam() {
  let t = 0;
  let m;
  let v;
  return (weights, gradients) => {
    m ??= gradients.map((g) => new Float64Array(g.length));
    v ??= gradients.map((g) => new Float64Array(g.length));
    t += 1;
    const alpha = (RATE * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
    gradients.forEach((gradient, k) => {
      gradient.forEach((g, i) => {
        m[k][i] += (g - m[k][i]) * (1 - 0.9);
        v[k][i] += (g * g - v[k][i]) * (1 - 0.999);
        weights[k][i] -= (alpha * m[k][i]) / (Math.sqrt(v[k][i]) + 1e-7);
      });
    });
  };
}

await tf.setBackend('cpu');
const data = readData('notebook.csv');
const initial = readWeights('notebook.safetensors');
const tensors = NAMES.map(initial);
const units = tensors[1].shape[0];
const rnn = tf.layers.simpleRNN({ units, activation: 'tanh', inputShape: [data.timesteps, 1] });
const dense = tf.layers.dense({ units: 1 });
const model = tf.sequential({ layers: [rnn, dense] });
const weights = tensors.map(({ values }) => Float64Array.from(values));
const update = adam();

function setWeights() {
  model.setWeights(weights.map((values, k) => tf.tensor(Float32Array.from(values), tensors[k].shape)));
}

const variables = () => [...rnn.trainableWeights, ...dense.trainableWeights].map((weight) => weight.val);
const loss = [];
const accuracy = [];
for (let epoch = 0; epoch < EPOCHS; epoch++) {
  let sum = 0;
  let correct = 0;
  for (let first = 0; first < data.y.length; first += BATCH) {
    setWeights();
    const x = tf.tensor3d(data.x.slice(first, first + BATCH).map((row) => row.map((value) => [value])));
    const labels = data.y.slice(first, first + BATCH);
    const y = tf.tensor2d(labels.map((label) => [label]));
    const { value, grads } = tf.variableGrads(
      () => tf.losses.sigmoidCrossEntropy(y, model.apply(x, { training: true })),
      variables(),
    );
    const gradients = variables().map((variable) => Float64Array.from(grads[variable.name].dataSync()));
    const logits = model.predict(x).dataSync();
    sum += value.dataSync()[0] * labels.length;
    correct += labels.filter((label, i) => logits[i] > 0 === label > 0).length;
    update(weights, gradients);
  }
  loss.push(sum / data.y.length);
  accuracy.push(correct / data.y.length);
}
setWeights();
const all = tf.tensor3d(data.x.map((row) => row.map((value) => [value])));
const probabilities = Array.from(tf.sigmoid(model.predict(all)).dataSync());
const golden = { peer: `@tensorflow/tfjs ${tf.version.tfjs}, cpu`, epochs: EPOCHS, batch_size: BATCH, learning_rate: RATE };
writeFileSync(
  new URL('notebook.json', import.meta.url),
  `${JSON.stringify({ ...golden, loss, accuracy, probabilities }, null, 1)}\n`,
);
console.log(loss.map((value) => value.toFixed(7)).join(' '));
