"""A stand-in for the safetensors package: load_file and the metadata of safe_open, by the format's description."""
import json
import sys

import numpy as np


def read_header(path):
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    return data, start, json.loads(data[8:start])


class safe_open:
    def __init__(self, path, framework):
        assert framework == "np"
        self.header = read_header(path)[2]

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def metadata(self):
        return self.header.get("__metadata__")


def load_file(path):
    data, start, header = read_header(path)
    header.pop("__metadata__", None)
    places = {name: (entry["shape"], start + entry["data_offsets"][0], start + entry["data_offsets"][1]) for name, entry in header.items()}
    return {name: np.frombuffer(data[begin:end], "<f4").reshape(shape) for name, (shape, begin, end) in places.items()}


sys.modules["safetensors.numpy"] = sys.modules[__name__]
