"""A stand-in for Keras 3, of what the exported files use: the same names and arguments, the forward passes by the equations of Keras's
documentation in double, no training. https://keras.io/api/layers/recurrent_layers"""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


class regularizers:
    class L2:
        def __init__(self, l2=0.01):
            assert type(l2) is float
            self.l2 = l2


class Optimizer:
    def __init__(self, **numbers):
        for name, number in numbers.items():
            expected = bool if name == "nesterov" else float  # Keras does not take a whole number as a learning rate
            assert number is None or type(number) is expected, f"{name}={number!r}: expected a {expected.__name__}"


class optimizers:
    class Adam(Optimizer):
        def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, clipvalue=None, global_clipnorm=None):
            super().__init__(learning_rate=learning_rate, beta_1=beta_1, beta_2=beta_2, epsilon=epsilon, clipvalue=clipvalue,
                             global_clipnorm=global_clipnorm)

    class SGD(Optimizer):
        def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False, clipvalue=None, global_clipnorm=None):
            super().__init__(learning_rate=learning_rate, momentum=momentum, nesterov=nesterov, clipvalue=clipvalue,
                             global_clipnorm=global_clipnorm)

    class RMSprop(Optimizer):
        def __init__(self, learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-7, clipvalue=None, global_clipnorm=None):
            super().__init__(learning_rate=learning_rate, rho=rho, momentum=momentum, epsilon=epsilon, clipvalue=clipvalue,
                             global_clipnorm=global_clipnorm)


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

    def __call__(self, x, mask, kernel, recurrent, bias):
        h = c = np.zeros((len(x), self.units))
        states = []
        for t in range(x.shape[1]):
            valid = mask[:, t, None]  # at a masked time step the states stay
            h, c = (np.where(valid, new, old) for new, old in zip(self.step(x[:, t], h, c, kernel, recurrent, bias), (h, c)))
            states.append(h)
        return np.stack(states, axis=1) if self.return_sequences else h

    def penalty(self, kernel, recurrent, bias):
        return sum(r.l2 * np.sum(w**2) for r, w in zip(self.regularizers, (kernel, recurrent)) if r)


class layers:
    class Masking:
        def __init__(self, mask_value=0.0):
            self.mask_value = np.float32(mask_value)

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

        def __call__(self, x, mask, kernel, bias):
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
        self.shape, self.masking = first.shape, None
        if isinstance(self.layers[0], layers.Masking):
            self.masking = self.layers.pop(0)
        features, self.shapes = self.shape[-1], []
        for layer in self.layers:
            self.shapes.append(layer.shapes(features))
            features = layer.units

    def compile(self, optimizer, loss, metrics=None, weighted_metrics=None):
        self.loss, (self.metric,), self.weighted = loss, metrics or weighted_metrics, bool(weighted_metrics)
        assert isinstance(optimizer, Optimizer)

    def summary(self):
        pass

    def set_weights(self, weights):
        flat = [shape for shapes in self.shapes for shape in shapes]
        assert [w.shape for w in weights] == flat, f"expected {flat}, got {[w.shape for w in weights]}"
        rest = [np.asarray(w, np.float64) for w in weights]
        self.weights = [[rest.pop(0) for _ in shapes] for shapes in self.shapes]

    def mask_of(self, x):
        return np.any(x != self.masking.mask_value, axis=-1) if self.masking else np.ones(x.shape[:2], bool)

    def predict(self, x, batch_size=32, verbose="auto"):
        assert x.shape[2:] == self.shape[1:] and self.shape[0] in (None, x.shape[1]) and x.dtype == np.float32
        mask = self.mask_of(x)
        x = x * mask[..., None]
        for layer, weights in zip(self.layers, self.weights):
            x = layer(x, mask, *weights)
        return x

    def evaluate(self, x, y, sample_weight=None, batch_size=32, verbose="auto"):
        p = self.predict(x)
        assert y.shape == (*p.shape[:-1], 1), (y.shape, p.shape)
        if self.loss == "sparse_categorical_crossentropy":
            assert y.dtype == np.int32
            loss, right = -np.log(np.take_along_axis(p, y, -1)), p.argmax(-1)[..., None] == y
        elif self.loss == "binary_crossentropy":
            loss, right = -np.log(np.where(y == 1, p, 1 - p)), (p > 0.5) == (y > 0.5)
        else:
            assert self.metric == "mean_absolute_error"
            loss, right = (p - y) ** 2, np.abs(p - y)
        weights = np.ones(y.shape) if sample_weight is None else sample_weight[..., None]
        if y.ndim == 3:
            # The mask reaches the loss, of which evaluate gives the mean over the batches. A metric without weights ignores the mask
            mask = self.mask_of(x)[..., None]
            assert mask.all() or batch_size >= len(x)
            loss = loss * weights * mask * (mask.size / mask.sum())
        right = np.average(right, weights=weights) if self.weighted else right.mean()
        penalty = sum(layer.penalty(*weights) for layer, weights in zip(self.layers, self.weights))
        return [loss.mean() + penalty, right]

    def fit(self, x, y, sample_weight=None, epochs=1, batch_size=32, shuffle=True, validation_data=None, validation_freq=1):
        for part in ((x, y, sample_weight), *([validation_data] if validation_data else [])):
            print("fit would read", len(part[0]), "sequences, loss:", self.evaluate(*part, batch_size=len(part[0]))[0])
        print("fit would run", epochs, "epochs in batches of", batch_size, "shuffled" if shuffle else "in order")
