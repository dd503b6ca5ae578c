"""Writes a checkpoint of train.py as the file that the program reads (the format is told in src/annotate/syntax/model.rs)."""

import argparse
import struct

import numpy as np
import torch

import features


def rounded(w):
    """Rows of 8-bit numbers and what a step is worth in each."""
    most = np.abs(w).max(1)
    scale = np.where(most > 1e-12, most / 127, 0).astype(np.float32)
    q = np.round(w / np.where(scale > 0, scale, 1)[:, None])
    return np.clip(q, -127, 127).astype(np.int8), scale


class File:
    def __init__(self):
        self.arrays = []

    def add(self, name, a, rows=None, columns=None):
        a = a if isinstance(a, bytes) else np.ascontiguousarray(a)
        shape = (0, 0) if isinstance(a, bytes) else (a.shape + (1, 1))[:2]
        self.arrays.append((name, rows if rows is not None else shape[0], columns if columns is not None else shape[1],
                            a if isinstance(a, bytes) else a.tobytes()))

    def number(self, name, n):
        self.add(name, np.array([n], np.uint32))

    def matrix(self, name, w, b=None):
        """Panels of 16 outputs by 4 inputs."""
        o, k = w.shape
        width = -(-o // 16) * 16
        q, s = rounded(w)
        full = np.zeros((width, k), np.int8)
        full[:o] = q
        self.add(name + ".w", full.reshape(width // 16, 16, k // 4, 4).transpose(0, 2, 1, 3), o, k)
        pad = lambda v: np.concatenate([v, np.zeros(width - o, v.dtype)]).astype(v.dtype)
        self.add(name + ".s", pad(s))
        self.add(name + ".b", pad(np.zeros(o, np.float32) if b is None else b.astype(np.float32)))
        self.add(name + ".e", (full.astype(np.int32).sum(1) * 128).astype(np.int32))

    def write(self, path):
        head = 16 + 40 * len(self.arrays)
        at, out = -(-head // 64) * 64, []
        directory = b"SAYSONET" + struct.pack("<II", 1, len(self.arrays))
        for name, rows, columns, data in self.arrays:
            directory += name.encode().ljust(24, b"\0") + struct.pack("<IIII", rows, columns, at, len(data))
            out.append((at, data))
            at = -(-(at + len(data)) // 64) * 64
        with open(path, "wb") as f:
            f.write(directory)
            for place, data in out:
                f.write(b"\0" * (place - f.tell()))
                f.write(data)
            return f.tell()


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("checkpoint")
    p.add_argument("vectors")
    p.add_argument("out")
    a = p.parse_args()
    c = torch.load(a.checkpoint, weights_only=False)
    size, labels = c["size"], c["labels"]
    w = {k: v.float().numpy() for k, v in c["state"].items()}
    d, h, e = size["d"], size["h"], 2 * size["h"]
    z = np.load(a.vectors)
    f = File()
    for name, n in dict(d=d, h=h, c=size["c"], layers=size["layers"], arc_size=size["arc"], rel_size=size["rel"], tail_size=size["hidden"],
                        rows=w["rows"].shape[0], vector_width=z["table"].shape[1]).items():
        f.number(name, n)
    for name in ("upos", "xpos", "rel", "names", "speech"):
        f.add("labels." + name, "\n".join(labels[name]).encode())
    f.matrix("vector", w["vector.weight"], w["vector.bias"])
    ww = w["window.weight"]
    f.matrix("window", np.concatenate([ww[:, :d], ww[:, d:2 * d], ww[:, 2 * d:]]),
             np.concatenate([np.zeros(h), w["window.bias"], np.zeros(h)]))
    th = w["tail_hidden.weight"]
    f.matrix("tree", np.concatenate([w["tree.weight"], th[:, :e]]), np.concatenate([w["tree.bias"], w["tail_hidden.bias"]]))
    f.matrix("arc", w["arc.weight"], w["arc.bias"])
    f.matrix("rel", w["rel.weight"], w["rel.bias"])
    f.matrix("context", w["context.linear.weight"], w["context.linear.bias"])
    f.matrix("tail_context", th[:, e:])
    f.matrix("name", w["name.weight"], w["name.bias"])
    f.matrix("speech", w["speech.weight"], w["speech.bias"])
    for i in range(size["layers"]):
        f.matrix(f"layer{i}", w[f"layers.{i}.linear.weight"], w[f"layers.{i}.linear.bias"])
        f.add(f"peep{i}", w[f"layers.{i}.v"].reshape(-1))
    f.add("peep_context", w["context.v"].reshape(-1))
    f.add("arc_root", w["root"])
    f.add("rel_root", w["rel_root"])
    f.add("distance", w["distance"])
    q, s = rounded(w["rows"])
    f.add("rows.q", q)
    f.add("rows.s", s)
    q, s = rounded(z["table"])
    f.add("vectors.q", q)
    f.add("vectors.s", s)
    entries = sorted({features.fnv(k.encode(), 50): int(r) for k, r in reversed(list(zip(z["keys"].tolist(), z["rows"])))}.items())
    hashes = np.array([k for k, _ in entries], np.uint32)
    f.add("keys.starts", np.searchsorted(hashes >> 16, np.arange(65537)).astype(np.uint32))
    f.add("keys", np.stack([hashes & 0xFFFF, np.array([r for _, r in entries])], 1).astype(np.uint16))
    print(f.write(a.out), "bytes")


if __name__ == "__main__":
    main()
