/** The words of the lesson, each with one sentence that explains it, and Keras's name where it has one. */

import { translate } from '../shared/translate.ts';

interface Entry {
  name: string;
  /** One sentence or two. */
  text: string;
  /** Keras's name, or '' if it has none. */
  keras: string;
}

export const GLOSSARY = {
  accuracy: {
    name: translate('Accuracy'),
    text: translate(
      'The share of sequences for which the network’s answer is right. Guessing between two classes gives about 0.5.',
    ),
    keras: 'metrics=["accuracy"]',
  },
  adam: {
    name: 'Adam',
    text: translate(
      'A way to turn gradients into changes of the weights, with a step size of its own for each weight.',
    ),
    keras: 'keras.optimizers.Adam',
  },
  backpropagation: {
    name: translate('Backpropagation through time'),
    text: translate('Computes how the loss depends on each weight, from the last time step back to the first.'),
    keras: '',
  },
  batch: {
    name: translate('Batch'),
    text: translate('The sequences that are read before the weights change once.'),
    keras: 'batch_size',
  },
  bias: {
    name: translate('Bias'),
    text: translate('A number that a unit adds to its sum, whatever it reads.'),
    keras: 'bias',
  },
  cell: {
    name: translate('Cell'),
    text: translate('The part of an RNN that is used again at every time step.'),
    keras: 'SimpleRNN, GRU, LSTM',
  },
  clipping: {
    name: translate('Gradient clipping'),
    text: translate(
      'Shortens a gradient that is longer than a chosen limit, so that one step cannot change the weights too much.',
    ),
    keras: 'global_clipnorm',
  },
  epoch: {
    name: translate('Epoch'),
    text: translate('One pass of training through all sequences of the training data.'),
    keras: 'epochs',
  },
  exploding: {
    name: translate('Exploding gradient'),
    text: translate('A gradient that grows with every step back through time, until the training breaks.'),
    keras: '',
  },
  feature: {
    name: translate('Feature'),
    text: translate('One of the numbers that are read together at a time step, such as temperature or humidity.'),
    keras: translate('the last number of x.shape'),
  },
  gradient: {
    name: translate('Gradient'),
    text: translate('For each weight: how much the loss would change if that weight grew a little.'),
    keras: 'tf.GradientTape',
  },
  hiddenState: {
    name: translate('Hidden state'),
    text: translate('The list of numbers that an RNN carries from one time step to the next. It works as its memory.'),
    keras: translate('the output of SimpleRNN'),
  },
  label: {
    name: translate('Label'),
    text: translate('The correct answer that belongs to a sequence, also called the target.'),
    keras: 'y',
  },
  layer: {
    name: translate('Layer'),
    text: translate('A group of units with weights of its own. A second layer reads the hidden states of the first.'),
    keras: 'keras.layers',
  },
  learningRate: {
    name: translate('Learning rate'),
    text: translate('How far the weights are moved at each update. Too small is slow, too large overshoots.'),
    keras: 'learning_rate',
  },
  loss: {
    name: translate('Loss'),
    text: translate('How wrong the answers are, as one number. Training makes it smaller.'),
    keras: 'loss',
  },
  newData: {
    name: translate('New data'),
    text: translate('Sequences that the network never saw in training. Only they show whether it has learned.'),
    keras: 'validation_data',
  },
  oneHot: {
    name: translate('One-hot'),
    text: translate('A word as a list of numbers: 1 at the place of that word, and 0 everywhere else.'),
    keras: 'keras.ops.one_hot',
  },
  overfitting: {
    name: translate('Overfitting'),
    text: translate('The network becomes better on its training data and worse on new data.'),
    keras: '',
  },
  parameter: {
    name: translate('Parameter'),
    text: translate('A number that training changes: a weight or a bias.'),
    keras: 'model.count_params()',
  },
  prediction: {
    name: translate('Prediction'),
    text: translate('The network’s answer. Here p is how likely the answer “yes” is, between 0 and 1.'),
    keras: 'model.predict',
  },
  rnn: {
    name: translate('Recurrent neural network (RNN)'),
    text: translate(
      'A network that reads a sequence step by step and carries a hidden state from each step to the next.',
    ),
    keras: 'SimpleRNN, GRU, LSTM',
  },
  sample: {
    name: translate('Sample'),
    text: translate('One sequence of the data.'),
    keras: translate('the first number of x.shape'),
  },
  seed: {
    name: translate('Seed'),
    text: translate(
      'The number from which all random numbers are made. The same seed gives the same random numbers again.',
    ),
    keras: 'keras.utils.set_random_seed',
  },
  sequence: {
    name: translate('Sequence'),
    text: translate('Data whose order matters, such as the words of a sentence.'),
    keras: translate('one row of x'),
  },
  sigmoid: {
    name: translate('Sigmoid'),
    text: translate('Squashes any number to between 0 and 1, so that it can be read as a probability.'),
    keras: 'activation="sigmoid"',
  },
  tanh: {
    name: 'tanh',
    text: translate('Squashes any number to between −1 and 1. Large sums end near −1 or 1.'),
    keras: 'activation="tanh"',
  },
  timeStep: {
    name: translate('Time step'),
    text: translate('One place of a sequence, and the moment at which it is read.'),
    keras: translate('the second number of x.shape'),
  },
  training: {
    name: translate('Training'),
    text: translate('Changes the weights again and again so that the loss becomes smaller.'),
    keras: 'model.fit',
  },
  unit: {
    name: translate('Unit'),
    text: translate('One of the numbers in the hidden state, with the weights that compute it.'),
    keras: translate('the number in SimpleRNN(8)'),
  },
  unrolling: {
    name: translate('Unrolling'),
    text: translate('Drawing the one cell of an RNN once for every time step.'),
    keras: '',
  },
  vanishing: {
    name: translate('Vanishing gradient'),
    text: translate('A gradient that shrinks with every step back through time, until early steps teach nothing.'),
    keras: '',
  },
  weight: {
    name: translate('Weight'),
    text: translate('A number that says how much one value counts for another. Training chooses all weights.'),
    keras: 'model.get_weights()',
  },
} satisfies Record<string, Entry>;

export type GlossaryName = keyof typeof GLOSSARY;
