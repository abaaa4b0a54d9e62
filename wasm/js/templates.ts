/** The Python files that go on with a model. The core fills them (core/data/script.c): $units$ is a value, what stands behind $?gru$ is kept if the
 *  cell is a GRU. The command is built with the same texts. */

export const keras = String.raw`"""A network from Unrolled, to go on with in Keras 3 (and one of its backends: TensorFlow, JAX, PyTorch)."""
from pathlib import Path

import keras
import numpy as np
$!npz$from safetensors.numpy import load_file

here = Path(__file__).resolve().parent

# ---- the data: one sequence a line, its targets y before its x


def read(name):
    table = np.loadtxt(here / name, delimiter=",", skiprows=1, dtype=np.float32, ndmin=2, encoding="utf-8-sig")
$?return_sequences$    y, x = table[:, :$timesteps$, None], table[:, $timesteps$:]
$!return_sequences$    y, x = table[:, :1], table[:, 1:]
$?sparse_categorical_crossentropy$    y = y.astype("int32")
    return x.reshape(-1, $timesteps$, $features$), y


x, y = read($data$)
$?validation_data$x_val, y_val = read($validation_data$)
$?validation_split$split = int(len(x) * (1 - $validation_split$))  # the last part, as Keras takes it
$?validation_split$x, x_val, y, y_val = x[:split], x[split:], y[:split], y[split:]
print("x", x.shape, "y", y.shape)

# ---- the network

$?l2$l2 = {"kernel_regularizer": keras.regularizers.L2($l2$), "recurrent_regularizer": keras.regularizers.L2($l2$)}
model = keras.Sequential([
    keras.Input(($timesteps$, $features$)),
$?third_layer$    keras.layers.$?simple_rnn$SimpleRNN$;$$?gru$GRU$;$$?lstm$LSTM$;$($units$, $?relu$activation="relu", $;$return_sequences=True$?l2$, **l2$;$),
$?second_layer$    keras.layers.$?simple_rnn$SimpleRNN$;$$?gru$GRU$;$$?lstm$LSTM$;$($units$, $?relu$activation="relu", $;$return_sequences=True$?l2$, **l2$;$),
    keras.layers.$?simple_rnn$SimpleRNN$;$$?gru$GRU$;$$?lstm$LSTM$;$($units$$?relu$, activation="relu"$;$$?return_sequences$, return_sequences=True$;$$?l2$, **l2$;$),
$?binary_crossentropy$    keras.layers.Dense($outputs$, activation="sigmoid"),
$?sparse_categorical_crossentropy$    keras.layers.Dense($outputs$, activation="softmax"),
$?mean_squared_error$    keras.layers.Dense($outputs$),
])
model.compile(
$?adam$    optimizer=keras.optimizers.Adam(learning_rate=$learning_rate$, beta_1=$beta_1$, beta_2=$beta_2$, epsilon=$epsilon$$?global_clipnorm$, global_clipnorm=$global_clipnorm$$;$$?clipvalue$, clipvalue=$clipvalue$$;$),
$?sgd$    optimizer=keras.optimizers.SGD(learning_rate=$learning_rate$$?momentum$, momentum=$momentum$$;$$?nesterov$, nesterov=True$;$$?global_clipnorm$, global_clipnorm=$global_clipnorm$$;$$?clipvalue$, clipvalue=$clipvalue$$;$),
$?rmsprop$    optimizer=keras.optimizers.RMSprop(learning_rate=$learning_rate$, rho=$rho$$?momentum$, momentum=$momentum$$;$, epsilon=$epsilon$$?global_clipnorm$, global_clipnorm=$global_clipnorm$$;$$?clipvalue$, clipvalue=$clipvalue$$;$),
    loss="$loss$",
    metrics=["$metric$"],
)
model.summary()

# ---- the weights, in the order of get_weights()

$?npz$weights = np.load(here / $weights$)
$!npz$weights = load_file(here / $weights$)
layers = ["$cell$"$?second_layer$, "$cell$_1"$;$$?third_layer$, "$cell$_2"$;$]
names = [f"{layer}/{part}" for layer in layers for part in ("kernel", "recurrent_kernel", "bias")]
model.set_weights([weights[name] for name in [*names, "dense/kernel", "dense/bias"]])

# ---- what it says

loss, metric = model.evaluate(x, y, batch_size=$batch_size$, verbose=0)
predictions = model.predict(x, batch_size=$batch_size$, verbose=0)
print(f"loss: {loss:.6f}, $metric$: {metric:.6f}")
print("first predictions:", predictions[:3].tolist())

# ---- and on

if __name__ == "__main__":
    model.fit(x, y, epochs=$epochs$, batch_size=$batch_size$$!shuffle$, shuffle=False$;$$?validates$, validation_data=(x_val, y_val)$?validation_freq$, validation_freq=$validation_freq$$;$$;$)
`;

export const pytorch = String.raw`"""A network from Unrolled, to go on with in PyTorch."""
from pathlib import Path

import numpy as np
import torch
$!npz$from safetensors.numpy import load_file
from torch import nn

here = Path(__file__).resolve().parent

# ---- the data: one sequence a line, its targets y before its x


def read(name):
    table = torch.from_numpy(np.loadtxt(here / name, delimiter=",", skiprows=1, dtype=np.float32, ndmin=2, encoding="utf-8-sig"))
$?return_sequences$    y, x = table[:, :$timesteps$], table[:, $timesteps$:]
$!return_sequences$    y, x = table[:, :1], table[:, 1:]
$?sparse_categorical_crossentropy$    y = y.long()
    return x.reshape(-1, $timesteps$, $features$), y


x, y = read($data$)
$?validation_data$x_val, y_val = read($validation_data$)
$?validation_split$split = int(len(x) * (1 - $validation_split$))  # the last part, as Keras takes it
$?validation_split$x, x_val, y, y_val = x[:split], x[split:], y[:split], y[split:]
print("x", tuple(x.shape), "y", tuple(y.shape))

# ---- the network


class Network(nn.Module):
    def __init__(self):
        super().__init__()
$?simple_rnn$        self.rnn = nn.RNN($features$, $units$, num_layers=$layers$, nonlinearity="$activation$", batch_first=True)
$?gru$        self.rnn = nn.GRU($features$, $units$, num_layers=$layers$, batch_first=True)
$?lstm$        self.rnn = nn.LSTM($features$, $units$, num_layers=$layers$, batch_first=True)
        self.dense = nn.Linear($units$, $outputs$)

    def forward(self, x):
        h, _ = self.rnn(x)
$!return_sequences$        h = h[:, -1:]  # the last time step alone is read out
        return self.dense(h)  # logits (samples, readouts, outputs)


model = Network()
$!gru$for name, parameter in model.rnn.named_parameters():  # PyTorch has two biases where one is enough: the second stays 0
$!gru$    parameter.requires_grad_("bias_hh" not in name)

# ---- the weights, from Keras's layout: matrices transposed$?gru$; of the gates z, r, h the first two change places$;$


def state_of(weights):
    state = {"dense.weight": weights["dense/kernel"].T, "dense.bias": weights["dense/bias"]}
    for layer in range($layers$):
        name = f"$cell$_{layer}" if layer else "$cell$"
        kernel, recurrent_kernel, bias = (weights[f"{name}/{part}"] for part in ("kernel", "recurrent_kernel", "bias"))
$?gru$        order = np.r_[$units$:2 * $units$, :$units$, 2 * $units$:3 * $units$]
$?gru$        kernel, recurrent_kernel, bias = kernel[:, order], recurrent_kernel[:, order], bias[:, order]
        state[f"rnn.weight_ih_l{layer}"] = kernel.T
        state[f"rnn.weight_hh_l{layer}"] = recurrent_kernel.T
$?gru$        state[f"rnn.bias_ih_l{layer}"], state[f"rnn.bias_hh_l{layer}"] = bias
$!gru$        state[f"rnn.bias_ih_l{layer}"], state[f"rnn.bias_hh_l{layer}"] = bias, np.zeros_like(bias)
    return {name: torch.tensor(value) for name, value in state.items()}


$?npz$weights = np.load(here / $weights$)
$!npz$weights = load_file(here / $weights$)
model.load_state_dict(state_of(weights))

# ---- what it says


def loss_of(logits, y):
$?binary_crossentropy$    loss = nn.functional.binary_cross_entropy_with_logits(logits[..., 0], y)
$?sparse_categorical_crossentropy$    loss = nn.functional.cross_entropy(logits.flatten(0, 1), y.flatten())
$?mean_squared_error$    loss = nn.functional.mse_loss(logits[..., 0], y)
$?l2$    loss = loss + $l2$ * sum(w.square().sum() for name, w in model.rnn.named_parameters() if "weight" in name)
    return loss


@torch.no_grad()
def evaluate(x, y):
    logits = model(x)
$?binary_crossentropy$    predictions = torch.sigmoid(logits)
$?binary_crossentropy$    metric = ((predictions[..., 0] > 0.5) == (y > 0.5)).float().mean()
$?sparse_categorical_crossentropy$    predictions = torch.softmax(logits, dim=-1)
$?sparse_categorical_crossentropy$    metric = (predictions.argmax(dim=-1) == y).float().mean()
$?mean_squared_error$    predictions = logits
$?mean_squared_error$    metric = (predictions[..., 0] - y).abs().mean()
    return f"loss: {loss_of(logits, y).item():.6f}, $metric$: {metric.item():.6f}", predictions


figures, predictions = evaluate(x, y)
print(figures)
print("first predictions:", predictions[:3].tolist())

# ---- and on

parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
$?adam$optimizer = torch.optim.Adam(parameters, lr=$learning_rate$, betas=($beta_1$, $beta_2$), eps=$epsilon$)
$?sgd$optimizer = torch.optim.SGD(parameters, lr=$learning_rate$$?momentum$, momentum=$momentum$$;$$?momentum$$?nesterov$, nesterov=True$;$)
$?rmsprop$# Keras adds epsilon below the root, PyTorch behind it
$?rmsprop$optimizer = torch.optim.RMSprop(parameters, lr=$learning_rate$, alpha=$rho$$?momentum$, momentum=$momentum$$;$, eps=$epsilon$**0.5)


def train(epochs, batch_size):
    for epoch in range(1, epochs + 1):
        total = 0
$?shuffle$        for batch in torch.randperm(len(x)).split(batch_size):
$!shuffle$        for batch in torch.arange(len(x)).split(batch_size):
            optimizer.zero_grad()
            loss = loss_of(model(x[batch]), y[batch])
            loss.backward()
$?global_clipnorm$            nn.utils.clip_grad_norm_(parameters, $global_clipnorm$)
$?clipvalue$            nn.utils.clip_grad_value_(parameters, $clipvalue$)
            optimizer.step()
            total += loss.item() * len(batch)
        print(f"epoch {epoch}/{epochs}: loss: {total / len(x):.6f}"$?validates$$!validation_freq$, "validation", evaluate(x_val, y_val)[0]$;$)
$?validates$$?validation_freq$        if epoch % $validation_freq$ == 0:
$?validates$$?validation_freq$            print("validation", evaluate(x_val, y_val)[0])


if __name__ == "__main__":
    train(epochs=$epochs$, batch_size=$batch_size$)
`;
