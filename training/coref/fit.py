#!/usr/bin/env python3
"""Fits the weights of the ranking of common nouns and pronouns to decisions written by the example `coref-decisions`.

usage: fit.py DECISIONS[=WEIGHT] … [--test DECISIONS] [--l2 X] [--epochs N] [--scale N] > src/annotate/coref/en/weights.tsv

A log-linear model over the candidates of each decision ("none" is one of them), trained with AdaGrad in a fixed order and
rounded to whole weights. `--test` prints per form: decisions, how many are right, links right / made / wanted.
Standard library only.
"""
import math
import random
import sys
from collections import defaultdict


# "Rosa told Vera she would pay": grammar is surer of this than the few examples are. The least a weight may be.
LEAST = {"teller\the-she\t1": 1.1}


def read(path):
    for line in open(path, encoding="utf-8"):
        _, form, *candidates = line.rstrip("\n").split("\t")
        rows = [[f"{x.rsplit(':', 1)[0]}\t{form}\t{x.rsplit(':', 1)[1]}" for x in c[1:].split()] for c in candidates]
        right = [i for i, c in enumerate(candidates) if c[0] == "+"]
        if right:
            yield form, rows, right


def score(weights, rows):
    return [sum(weights.get(f, 0) for f in row) for row in rows]


def fit(data, l2, epochs, seed=7):
    weights, squares = defaultdict(float), defaultdict(lambda: 1e-6)
    order = list(range(len(data)))
    rng = random.Random(seed)
    total = sum(w for *_, w in data)
    for _ in range(epochs):
        rng.shuffle(order)
        for i in order:
            _, rows, right, weight = data[i]
            scores = score(weights, rows)
            top = max(scores)
            exps = [math.exp(s - top) for s in scores]
            z = sum(exps)
            zr = sum(exps[j] for j in right)
            for j, row in enumerate(rows):
                g = exps[j] / z - (exps[j] / zr if j in right else 0.0)
                if abs(g) < 1e-4:
                    continue
                for f in row:
                    d = weight * g + l2 * weights[f] / total * 50
                    squares[f] += d * d
                    weights[f] = max(weights[f] - 0.15 * d / math.sqrt(squares[f]), LEAST.get(f, -math.inf))
    return weights


def test(weights, data, name, margin=0):
    table = defaultdict(lambda: [0, 0, 0, 0, 0])
    for form, rows, right, _ in data:
        scores = score(weights, rows)
        scores[0] += margin
        best = max(range(len(rows)), key=lambda j: (scores[j], -j))
        for key in (form, "all"):
            row = table[key]
            row[0] += 1
            row[1] += best in right
            row[2] += best != 0 and best in right
            row[3] += best != 0
            row[4] += right != [0]
    for key in sorted(table):
        n, ok, good, made, wanted = table[key]
        print(f"{name} {key:8} n {n:5} right {100 * ok / n:5.1f}  links P {100 * good / max(made, 1):5.1f} R {100 * good / max(wanted, 1):5.1f}  ({wanted} wanted)", file=sys.stderr)


def main():
    args, files, tests, options = sys.argv[1:], [], [], {"l2": 1.0, "epochs": 12, "scale": 100, "margin": 0}
    while args:
        a = args.pop(0)
        if a == "--test":
            tests.append(args.pop(0))
        elif a.startswith("--"):
            options[a[2:]] = float(args.pop(0))
        else:
            files.append(a)
    if not files:
        sys.exit(__doc__)
    data = []
    for f in files:
        path, _, weight = f.partition("=")
        data += [(*row, float(weight or 1)) for row in read(path)]
    weights = fit(data, options["l2"], int(options["epochs"]))
    whole = {f: round(w * options["scale"]) for f, w in weights.items()}
    for path in tests:
        test(whole, [(*row, 1) for row in read(path)], path.rsplit("/", 1)[-1], options["margin"])
    print("# Weights of the ranking of common nouns and pronouns: feature, form, value, weight (training/coref/README.md).")
    for f in sorted(f for f, w in whole.items() if w):
        print(f"{f}\t{whole[f]}")


if __name__ == "__main__":
    main()
