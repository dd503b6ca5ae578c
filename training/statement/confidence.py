#!/usr/bin/env python3
"""Fits the weights of the statements' confidence, and tells whether it is calibrated.

    cargo run --release --no-default-features --example train-statement -- DEV.jsonl.gz - --write-facts facts.jsonl
    python3 training/statement/confidence.py DEV.jsonl.gz facts.jsonl [--out en/confidence.tsv]

A draft is right when its content matches a gold content one to one (word Jaccard of a half) and its source is right, as the
scorer counts. Drafts inside another draft's content are left out: the corpus does not annotate nesting. Logistic
regression with a small penalty, by Newton's method; the table of reliability is made by cross-validation over articles
(five parts), so no article is judged by weights that have seen it. Python standard library only.
"""
import gzip
import importlib.util
import json
import math
import os
import sys


def lines(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")
    with opened as rows:
        return [json.loads(row) for row in rows]


def examples(gold_path, facts_path):
    """(number of the article, facts, right or not) of every draft that is not inside another."""
    gold = {d["id"]: d for d in lines(gold_path)}
    found = []
    for number, doc in enumerate(lines(facts_path)):
        text = gold[doc["id"]]["text"]

        def chars(spans):
            return {i for s, e in spans for i in range(s, e) if text[i].isalnum()}

        golds = [(chars(a["content"]), chars(a["source"])) for a in gold[doc["id"]]["attributions"]]
        drafts = [(chars(a["content"]), chars(a["source"]), chars(a["cue"]), a["facts"]) for a in doc["attributions"]]
        pairs = []
        for i, (content, *_) in enumerate(drafts):
            for j, (other, _) in enumerate(golds):
                both = len(content & other)
                if both * 2 >= len(content | other) and both:
                    pairs.append((-both / len(content | other), i, j))
        taken_i, taken_j, match = set(), set(), {}
        for _, i, j in sorted(pairs):
            if i not in taken_i and j not in taken_j:
                taken_i.add(i)
                taken_j.add(j)
                match[i] = j
        for i, (content, source, cue, facts) in enumerate(drafts):
            nested = any(k != i and content | cue < other for k, (other, *_) in enumerate(drafts))
            right = i in match and (bool(source & golds[match[i]][1]) if golds[match[i]][1] else not source)
            if not nested:
                found.append((number, facts, right))
    return found


def fit(rows, penalty=4.0):
    """Weights by coordinate-wise Newton steps on the penalised likelihood."""
    holders = {}
    for k, (_, facts, _) in enumerate(rows):
        for fact in facts:
            holders.setdefault(fact, []).append(k)
    weights, sums = {f: 0.0 for f in holders}, [0.0] * len(rows)
    for _ in range(60):
        for fact in sorted(holders):
            gradient, curve = 0.0, 0.0
            for k in holders[fact]:
                p = 1 / (1 + math.exp(-sums[k]))
                gradient += rows[k][2] - p
                curve += p * (1 - p)
            free = fact.startswith("all\t")
            step = (gradient - (0 if free else penalty * weights[fact])) / (curve + (1e-6 if free else penalty))
            step = max(-1.0, min(1.0, step))
            weights[fact] += step
            for k in holders[fact]:
                sums[k] += step
    return weights


def chance(weights, facts):
    return 1 / (1 + math.exp(-sum(round(100 * weights.get(f, 0)) / 100 for f in facts)))


def cross_validated(rows, parts, penalty=4.0):
    """(chance, right or not) of every row, by weights that have not seen its article."""
    judged = []
    for part in range(parts):
        weights = fit([r for r in rows if r[0] % parts != part], penalty)
        judged += [(chance(weights, facts), right) for number, facts, right in rows if number % parts == part]
    return judged


def reliability(judged):
    """Prints how often what is said with a chance is right; gives the expected calibration error and the Brier score."""
    print("said        rows   mean   right")
    error = 0
    for low in range(0, 100, 10):
        bin_ = [(p, r) for p, r in judged if low <= 100 * p < low + 10]
        if bin_:
            mean, right = sum(p for p, _ in bin_) / len(bin_), sum(r for _, r in bin_) / len(bin_)
            error += abs(mean - right) * len(bin_) / len(judged)
            print(f"{low:2}-{low + 10:3} %  {len(bin_):6}   {100 * mean:4.1f}   {100 * right:4.1f}")
    return error, sum((p - r) ** 2 for p, r in judged) / len(judged)


def load(path):
    """A scorer as a module."""
    spec = importlib.util.spec_from_file_location(os.path.basename(path)[:-3], path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def with_pairs(facts, together):
    """The facts and the pairs of them that are looked at together."""
    known = dict(fact.split("\t") for fact in facts)
    return facts + [f"{a}\t{known[a]}\t{b}\t{known[b]}" for a, b in together if a in known and b in known]


def options(arguments):
    """(where to write, pairs of files behind `--read`, the rest)."""
    arguments, out, pairs = list(arguments), None, []
    while "--read" in arguments:
        at = arguments.index("--read")
        pairs.append((arguments[at + 1], arguments[at + 2]))
        del arguments[at : at + 3]
    if "--out" in arguments:
        at = arguments.index("--out")
        out = arguments[at + 1]
        del arguments[at : at + 2]
    return out, pairs, arguments


def write(weights, out, what, script):
    """The weights as the table that the program reads."""
    with open(out, "w", encoding="utf-8") as table:
        table.write(f"# Weights of what is known of {what}, in hundredths of log-odds: kind, value (of two together: both), weight.\n")
        table.write(f"# Made by training/{script}.\n")
        for fact in sorted(weights):
            if round(100 * weights[fact]):
                table.write(f"{fact}\t{round(100 * weights[fact])}\n")


def main(gold_path, facts_path, out):
    rows = examples(gold_path, facts_path)
    print(f"{len(rows)} drafts, {100 * sum(r[2] for r in rows) / len(rows):.1f} % right")
    judged = cross_validated(rows, 5)
    print(f"Brier score {reliability(judged)[1]:.3f}")
    for floor in (20, 25, 30, 35, 40, 45, 50):
        kept = [r for p, r in judged if 100 * p >= floor]
        print(f"floor {floor}: {len(kept)} kept, {sum(kept)} right")
    if out:
        write(fit(rows), out, "a statement", "statement/confidence.py")


if __name__ == "__main__":
    out, _, args = options(sys.argv[1:])
    if len(args) != 2:
        sys.exit(__doc__)
    main(*args, out)
