"""Prints the table of `src/annotate/syntax/kernel/gate.rs`: the logistic function by 32 cubic pieces.

    python gates.py

The pieces are three quarters wide and centred on multiples of it from -12 to 11.25; each is the least-squares cubic at 64 Chebyshev
nodes, in y = 4/3 x. A row holds one coefficient of every piece, piece k at k modulo 32. The error is below 1.3e-5.
"""

import numpy as np

DEGREE = 3


def pieces():
    table = np.zeros((32, DEGREE + 1))
    nodes = np.cos((2 * np.arange(64) + 1) / 128 * np.pi) / 2
    for k in range(-16, 16):
        values = 1 / (1 + np.exp(-0.75 * (k + nodes)))
        local = np.linalg.lstsq(np.vander(nodes, DEGREE + 1, increasing=True), values, rcond=None)[0]
        moved = np.poly1d(local[::-1])(np.poly1d([1, -k])).coeffs[::-1]
        table[k % 32] = np.pad(moved, (0, DEGREE + 1 - len(moved)))
    return table.astype(np.float32)


def main():
    table = pieces()
    for row in table.T:
        print("    [")
        for at in range(0, 32, 4):
            print("        " + ", ".join(f"{float(v):.8e}" for v in row[at:at + 4]) + ",")
        print("    ],")
    x = np.linspace(-14, 14, 2_000_001).astype(np.float32)
    y = np.clip(x * np.float32(4 / 3), np.float32(-16), np.float32(15.49))
    k = (y + np.float32(12_582_912)).view(np.int32) & 31
    value = table[k, DEGREE]
    for d in range(DEGREE - 1, -1, -1):
        value = value * y + table[k, d]
    print("// largest error:", np.abs(value - 1 / (1 + np.exp(-x.astype(float)))).max())


if __name__ == "__main__":
    main()
