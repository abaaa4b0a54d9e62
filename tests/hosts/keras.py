"""A stand-in for Keras 3, of what the exported files use: the same names and arguments, the forward passes by the equations of Keras's
documentation in double, no training. https://keras.io/api/layers/recurrent_layers"""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


class regularizers:
    class L2:
        def __init__(self, l2=0.01):
            self.l2 = l2


class optimizers:
    class Adam:
        def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, amsgrad=False, weight_decay=None, clipnorm=None,
                     clipvalue=None, global_clipnorm=None):
            pass

    class SGD:
        def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False, weight_decay=None, clipnorm=None, clipvalue=None,
                     global_clipnorm=None):
            pass

    class RMSprop:
        def __init__(self, learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-7, centered=False, weight_decay=None, clipnorm=None,
                     clipvalue=None, global_clipnorm=None):
            pass


class Input:
    def __init__(self, shape):
        self.shape = shape


class Recurrent:
    biases = None

    def __init__(self, units, activation="tanh", return_sequences=False, kernel_regularizer=None, recurrent_regularizer=None):
        self.units, self.activation, self.return_sequences = units, activation, return_sequences
        self.regularizers = (kernel_regularizer, recurrent_regularizer)

    def shapes(self, features):
        width = self.gates * self.units
        return [(features, width), (self.units, width), (2, width) if self.gates == 3 else (width,)]

    def __call__(self, x, kernel, recurrent, bias):
        h = c = np.zeros((len(x), self.units))
        states = []
        for t in range(x.shape[1]):
            h, c = self.step(x[:, t], h, c, kernel, recurrent, bias)
            states.append(h)
        return np.stack(states, axis=1) if self.return_sequences else h

    def penalty(self, kernel, recurrent, bias):
        return sum(r.l2 * np.sum(w**2) for r, w in zip(self.regularizers, (kernel, recurrent)) if r)


class layers:
    class SimpleRNN(Recurrent):
        gates = 1

        def step(self, x, h, c, kernel, recurrent, bias):
            z = x @ kernel + h @ recurrent + bias
            return (np.tanh(z) if self.activation == "tanh" else np.maximum(z, 0)), c

    class GRU(Recurrent):
        gates = 3  # reset_after, the default

        def step(self, x, h, c, kernel, recurrent, bias):
            xz, xr, xh = np.split(x @ kernel + bias[0], 3, axis=1)
            hz, hr, hh = np.split(h @ recurrent + bias[1], 3, axis=1)
            z, r = sigmoid(xz + hz), sigmoid(xr + hr)
            return z * h + (1 - z) * np.tanh(xh + r * hh), c

    class LSTM(Recurrent):
        gates = 4

        def step(self, x, h, c, kernel, recurrent, bias):
            i, f, g, o = np.split(x @ kernel + h @ recurrent + bias, 4, axis=1)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            return sigmoid(o) * np.tanh(c), c

    class Dense:
        def __init__(self, units, activation=None):
            self.units, self.activation = units, activation

        def shapes(self, features):
            return [(features, self.units), (self.units,)]

        def __call__(self, x, kernel, bias):
            z = x @ kernel + bias
            if self.activation == "softmax":
                e = np.exp(z - z.max(axis=-1, keepdims=True))
                return e / e.sum(axis=-1, keepdims=True)
            return sigmoid(z) if self.activation == "sigmoid" else z

        def penalty(self, kernel, bias):
            return 0


class Sequential:
    def __init__(self, parts):
        (first, *self.layers), self.weights = parts, None
        self.shape = first.shape
        features, self.shapes = self.shape[-1], []
        for layer in self.layers:
            self.shapes.append(layer.shapes(features))
            features = layer.units

    def compile(self, optimizer, loss, metrics):
        self.loss, (self.metric,) = loss, metrics
        assert type(optimizer) in (optimizers.Adam, optimizers.SGD, optimizers.RMSprop)

    def summary(self):
        pass

    def set_weights(self, weights):
        flat = [shape for shapes in self.shapes for shape in shapes]
        assert [w.shape for w in weights] == flat, f"expected {flat}, got {[w.shape for w in weights]}"
        rest = [np.asarray(w, np.float64) for w in weights]
        self.weights = [[rest.pop(0) for _ in shapes] for shapes in self.shapes]

    def predict(self, x, batch_size=32, verbose="auto"):
        assert x.shape[1:] == self.shape and x.dtype == np.float32
        for layer, weights in zip(self.layers, self.weights):
            x = layer(x, *weights)
        return x

    def evaluate(self, x, y, batch_size=32, verbose="auto"):
        p = self.predict(x)
        assert y.shape == (*p.shape[:-1], 1), (y.shape, p.shape)
        if self.loss == "sparse_categorical_crossentropy":
            assert y.dtype == np.int32
            loss, right = -np.log(np.take_along_axis(p, y, -1)), p.argmax(-1) == y[..., 0]
        elif self.loss == "binary_crossentropy":
            loss, right = -np.log(np.where(y == 1, p, 1 - p)), (p > 0.5) == (y > 0.5)
        else:
            assert self.metric == "mean_absolute_error"
            loss, right = (p - y) ** 2, np.abs(p - y)
        penalty = sum(layer.penalty(*weights) for layer, weights in zip(self.layers, self.weights))
        return [loss.mean() + penalty, right.mean()]

    def fit(self, x, y, epochs=1, batch_size=32, shuffle=True, validation_data=None, validation_freq=1):
        for part in ((x, y), *([validation_data] if validation_data else [])):
            print("fit would read", len(part[0]), "sequences, loss:", self.evaluate(*part)[0])
        print("fit would run", epochs, "epochs in batches of", batch_size, "shuffled" if shuffle else "in order")
