"""Weights as PyTorch and numpy write them, with what PyTorch says of sequences: python3 tests/golden/frameworks.py

Needs python3-torch and python3-numpy. Writes into frameworks/ beside this file."""
import json
from pathlib import Path

import numpy as np
import torch

here = Path(__file__).parent / "frameworks"
here.mkdir(exist_ok=True)
torch.manual_seed(7)
FEATURES, UNITS, STEPS, SAMPLES = 2, 3, 5, 6
x = torch.rand(SAMPLES, STEPS, FEATURES)
said = {"x": x.tolist()}


def network(kind, outputs, **options):
    rnn = kind(FEATURES, UNITS, num_layers=2, batch_first=True, **options)
    return torch.nn.ModuleDict({"rnn": rnn, "fc": torch.nn.Linear(UNITS, outputs)})


def answers(model):
    with torch.no_grad():
        return model["fc"](model["rnn"](x)[0][:, -1])


def safetensors(state, path):
    header, data = {}, b""
    for name, value in state.items():
        bytes_ = value.astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(bytes_)]}
        data += bytes_
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


def keras(state, kind):
    """In the order of Keras's get_weights()."""
    blocks = {"gru": [1, 0, 2]}.get(kind, range(4 if kind == "lstm" else 1))

    def gates(array):
        return np.concatenate([np.split(array, len(blocks))[i] for i in blocks])

    arrays = []
    for layer in range(2):
        part = {name: gates(state[f"rnn.{name}_l{layer}"]) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
        both = np.stack([part["bias_ih"], part["bias_hh"]]) if kind == "gru" else part["bias_ih"] + part["bias_hh"]
        arrays += [part["weight_ih"].T, part["weight_hh"].T, both]
    return arrays + [state["fc.weight"].T, state["fc.bias"]]


def paths(kind, first):
    """As Keras 3 calls the weights of the second model of a session."""
    names = []
    for layer in range(2):
        names += [f"sequential_1/{kind}_{first + layer}/{kind}_cell/{part}" for part in ("kernel", "recurrent_kernel", "bias")]
    return names + ["sequential_1/dense_1/kernel", "sequential_1/dense_1/bias"]


for kind, layer, outputs, options in (
    ("simple_rnn", torch.nn.RNN, 1, {"nonlinearity": "relu"}),
    ("gru", torch.nn.GRU, 1, {}),
    ("lstm", torch.nn.LSTM, 4, {}),
):
    model = network(layer, outputs, **options)
    state = {name: value.numpy() for name, value in model.state_dict().items()}
    logits = answers(model)
    said[kind] = (torch.sigmoid(logits) if outputs == 1 else torch.softmax(logits, 1)).tolist()
    arrays = keras(state, kind)
    np.savez(here / f"{kind}_pytorch.npz", **state)
    safetensors(state, here / f"{kind}_pytorch.safetensors")
    np.savez(here / f"{kind}_numbered.npz", *arrays)
    wide = {name: np.asfortranarray(array.astype(np.float64)) for name, array in zip(paths(kind, 2), arrays)}
    np.savez(here / f"{kind}_paths.npz", **dict(reversed(wide.items())))
    np.savez(here / f"{kind}_keras2.npz", **{name.split("/", 1)[1] + ":0": np.ascontiguousarray(a) for name, a in zip(paths(kind, 9), arrays)})
np.savez_compressed(here / "compressed.npz", *arrays)
np.savez(here / "half.npz", *[array.astype(np.float16) for array in arrays])
(here / "said.json").write_text(json.dumps(said) + "\n")
