#!/usr/bin/env python3
"""Fits the weights of "this noun phrase gives that figure", and tells what they find on texts that they have not seen.

    cargo run --release --example train-statement -- ITEMS.jsonl - --write-givers candidates.jsonl
    python3 training/figure/ranking.py ../shared/eval/score_figures.py ITEMS.jsonl candidates.jsonl [ITEMS candidates]...
        --articles ARTICLES.jsonl candidates.jsonl [--out src/annotate/statement/en/ranking.tsv]

    python3 training/figure/ranking.py --cases tests/cases/figure/sources.txt > cases.jsonl

The third writes the cases of the tests as ITEMS (they were given twice). ITEMS is short texts with annotated quantities (the shape of data/figures; tests/gold/figures-e.jsonl), ARTICLES real news
with annotated attributions (PolNeAR, training part): a number within a content is its source's, any other the writer's. Real
articles teach how rarely a number without a construction is somebody's; of those whose source a construction finds every
fourth article is taken. A candidate is right where its words or its entity's label name the source, as the scorer compares
names. The chances of all candidates of a number and of "nobody" add up to one (multinomial logistic regression with a small
penalty, Adam with a fixed number of steps); what is printed is made by cross-validation over texts (four parts). Needs numpy.
"""
import importlib.util
import json
import os
import sys
from collections import Counter

import numpy as np

# What says more together than each for itself.
TOGETHER = [
    ("arm down", "arm up"),
    ("case", "hangs on"),
    ("case", "kind"),
    ("figure's case", "figure's verb"),
    ("figure's verb", "arm up"),
    ("figure's verb may tell", "hangs as"),
    ("followed by", "stands"),
    ("gives another figure", "where"),
    ("hangs on", "hangs as"),
    ("its verb may tell", "clause up"),
    ("its verb may tell", "followed by"),
    ("its verb may tell", "hangs as"),
    ("its verb may tell", "its verb hangs as"),
    ("its verb may tell", "its verb takes"),
    ("its verb seen as a cue", "seen as a source"),
    ("its verb", "its verb is"),
    ("its verb's field", "arm up"),
    ("its verb's field", "hangs as"),
    ("kind", "hangs as"),
    ("kind", "its verb"),
    ("likeliest source", "figure seen as content"),
    ("meet", "arm up"),
    ("meet", "clause up"),
    ("meet", "hangs as"),
    ("number", "its verb's field"),
    ("preceded by", "stands"),
    ("seen as a source", "figure seen as content"),
    ("sentence begins", "where"),
    ("sentence in", "verb before"),
    ("sentence in", "where"),
    ("speaks", "sentence begins"),
    ("speaks", "where"),
    ("stands", "between"),
    ("steps up", "clause up"),
    ("told by", "where"),
    ("verb before's field", "of the verb before"),
]
# A fact that so few candidates have is not learned.
RARE = 4
# Weights below this, in hundredths, are not written.
LIGHT = 3
PENALTY = 1.0
STEPS = 300


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def load(path):
    spec = importlib.util.spec_from_file_location("scorer", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def with_pairs(facts):
    known = dict(fact.split("\t") for fact in facts)
    return facts + [f"{a}\t{known[a]}\t{b}\t{known[b]}" for a, b in TOGETHER if a in known and b in known]


class Figure:
    """A number with all who may give it."""

    def __init__(self, text, candidates, right, has_source, is_real):
        self.text, self.has_source, self.is_real = text, has_source, is_real
        self.facts = [with_pairs(c["facts"]) for c in candidates]
        self.right = [bool(r and has_source) for r in right]
        # Whether a construction has given it to somebody.
        self.is_told = any(f in c["facts"] for c in candidates for f in ("told by\tthem", "told by\tanother"))


def items(scorer, gold_path, candidates_path, number):
    """Numbers of short texts; those whose source is not scored are left out."""
    gold = {d["id"]: d for d in lines(gold_path)}
    for row in lines(candidates_path):
        item, number = gold[row["id"]], number + 1
        for figure in row["figures"] if not item.get("language") else []:
            quantity = max(item["quantities"], key=lambda q: scorer.overlap(q["span"], figure["span"]), default=None)
            if quantity is None or not scorer.overlap(quantity["span"], figure["span"]):
                continue
            names = quantity.get("attributed_to")
            if names is None or names and quantity.get("narrator_ok"):
                continue
            right = [any(scorer.same_name(a, b) for a in (c["words"], c["label"]) if a for b in names) for c in figure["candidates"]]
            yield Figure(number, figure["candidates"], right, bool(names), False)


def articles(scorer, gold_path, candidates_path, number):
    """Numbers of real articles, by the innermost content that holds each."""
    gold = {d["id"]: d for d in lines(gold_path)}
    for at, row in enumerate(lines(candidates_path)):
        article, number = gold[row["id"]], number + 1
        text = article["text"]
        for figure in row["figures"]:
            start, end = figure["span"]
            holding = [a for a in article["attributions"] if any(s < end and start < e for s, e in a["content"])]
            inner = min(holding, key=lambda a: sum(e - s for s, e in a["content"])) if holding else None
            if inner and not inner["source"]:
                continue
            names = [text[s:e] for s, e in inner["source"]] if inner else []
            right = [any(scorer.same_name(c["words"], name) for name in names) for c in figure["candidates"]]
            found = Figure(number, figure["candidates"], right, bool(names), True)
            if (not found.is_told or at % 4 == 0) and (not names or any(right)):
                yield found


class Matrix:
    """Facts of candidates as numbers."""

    def __init__(self, figures, known=None):
        self.figures = figures
        counts = Counter(f for figure in figures for facts in figure.facts for f in facts)
        self.known = known or {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= RARE))}
        row, column, group, right = [], [], [], []
        for number, figure in enumerate(figures):
            for facts, is_right in zip(figure.facts, figure.right):
                here = [self.known[f] for f in facts if f in self.known]
                row += [len(group)] * len(here)
                column += here
                group.append(number)
                right.append(is_right)
        self.row, self.column = np.array(row, int), np.array(column, int)
        self.group, self.right = np.array(group, int), np.array(right, float)

    def scores(self, weights):
        return np.bincount(self.row, weights=weights[self.column], minlength=len(self.group))

    def chances(self, weights):
        """The chance of every candidate, and of nobody for every figure."""
        odds = np.exp(np.clip(self.scores(weights), -30, 30))
        total = 1 + np.bincount(self.group, weights=odds, minlength=len(self.figures))
        return odds / total[self.group], 1 / total


def fit(matrix):
    """The weights: gradients of the penalised likelihood by Adam, always the same number of steps."""
    weights = np.zeros(len(matrix.known))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    penalty = np.full(len(weights), PENALTY)
    penalty[matrix.known["all\tcandidates"]] = 0
    for step in range(1, STEPS + 1):
        chance, _ = matrix.chances(weights)
        of_right = np.bincount(matrix.group, weights=chance * matrix.right, minlength=len(matrix.figures))[matrix.group]
        wanted = np.where(of_right > 0, chance * matrix.right / np.maximum(of_right, 1e-12), 0)
        gradient = np.bincount(matrix.column, weights=(chance - wanted)[matrix.row], minlength=len(weights)) + penalty * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        weights -= 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return np.round(weights, 2)


def judged(figures, parts=4):
    """(figure, chances of its candidates) by weights that have not seen its text."""
    out = []
    for part in range(parts):
        learned = Matrix([f for f in figures if f.text % parts != part])
        held = Matrix([f for f in figures if f.text % parts == part], learned.known)
        chance, _ = held.chances(fit(learned))
        places = np.split(chance, np.cumsum([len(f.facts) for f in held.figures])[:-1])
        out += list(zip(held.figures, places))
    return out


def report(results):
    for is_real, name in ((False, "short texts"), (True, "real articles")):
        mine = [(f, c) for f, c in results if f.is_real == is_real and len(c)]
        free = [(f, c) for f, c in mine if not f.is_told]
        print(f"{name}: {len(mine)} numbers; {len(free)} that no construction gives to anybody, {sum(f.has_source for f, _ in free)} of them somebody's")
        for floor in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            given = [f.right[int(c.argmax())] for f, c in free if c.max() >= floor]
            print(f"  from {floor}: {len(given)} given, {sum(given)} right")


def cases(path):
    """Prints the cases of the tests ("sentence | number=source | number=-") as items."""
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split(" | ") for line in file if line.strip() and not line.startswith("#")]
    for number, (text, *cells) in enumerate(rows):
        found = [cell.rstrip("!").split("=", 1) for cell in cells]
        quantities = [
            {"span": [text.index(n), text.index(n) + len(n)], "of": None, "attributed_to": [] if s.strip() == "-" else [s.strip()]}
            for n, s in found
            if n in text
        ]
        print(json.dumps({"id": f"case-{number}", "date": "2024-05-14", "text": text, "quantities": quantities, "attributions": []}))


def main(arguments):
    scorer, figures, out = load(arguments[0]), [], None
    arguments, read = arguments[1:], items
    while arguments:
        if arguments[0] == "--out":
            out, arguments = arguments[1], arguments[2:]
        elif arguments[0] == "--articles":
            arguments, read = arguments[1:], articles
        else:
            last = figures[-1].text if figures else 0
            figures += read(scorer, arguments[0], arguments[1], last)
            arguments = arguments[2:]
    report(judged(figures))
    if out:
        matrix = Matrix(figures)
        weights = fit(matrix)
        with open(out, "w", encoding="utf-8") as table:
            table.write("# Weights of what is known of a noun phrase that may give a figure, in hundredths of log-odds: kind, value (of two\n")
            table.write("# together: both), weight. Made by training/figure/ranking.py.\n")
            for fact, at in sorted(matrix.known.items()):
                if abs(round(100 * weights[at])) >= LIGHT:
                    table.write(f"{fact}\t{round(100 * weights[at])}\n")


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--cases":
        sys.exit(cases(sys.argv[2]))
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(sys.argv[1:])
