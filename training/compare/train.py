#!/usr/bin/env python3
"""Learns the weights of the comparison: src/graph/compare/en/weights.tsv.

    python training/compare/train.py GOLD.jsonl=DUMP.txt[=WEIGHT[=SHARE]] … ECB.jsonl=DUMP.txt=events OLD.tsv=mean > NEW.tsv

A GOLD is a file of conflict sets or of `generate.py`; its DUMP is what `cargo run --example compare-features STORE` prints
for a store of its articles (`score_comparisons.py --articles`). WEIGHT is how much each pair of the file counts (1), SHARE
how many of the pairs that answer no question are kept (1), drawn by a fixed seed.

Two log-linear models are fitted by gradient descent with a penalty on the squares of the weights: whether two figures answer
one question (no, yes, in another scope), and, where they do and their numbers are not the same, whether the newer one is an
update of the other. Weights are written in hundredths of a natural logarithm. Needs numpy.

With `OLD.tsv=mean` the weights of the first model are the mean of those fitted and those of that table, and the second model
stays the table's: two fits on frames of two days err less together than either alone.
"""
import collections, json, random, sys
import numpy as np


def read(gold_file, dump_file):
    gold = [json.loads(line) for line in open(gold_file, encoding="utf-8") if line.strip()]
    claims, given = collections.defaultdict(list), {a["id"] for s in gold for a in s["articles"]}
    for s in gold:
        for c in s["claims"]:
            claims[c["document"]].append((c["span"], (s["id"], c["id"])))
    pairs, never = {}, set()
    for s in gold:
        for a, b, verdict, *_ in s["pairs"]:
            pairs[frozenset(((s["id"], a), (s["id"], b)))] = (verdict, (s["id"], a))
        for a, b, *_ in s["never"]:
            never.add(frozenset(((s["id"], a), (s["id"], b))))
    figures, rows = [], []
    for line in open(dump_file, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if cells[0] == "F":
            document, begin, end = cells[1], int(cells[2]), int(cells[3])
            best = max(((min(end, e) - max(begin, b), key) for (b, e), key in claims[document]), default=(0, None))
            figures.append((document, best[1] if best[0] > 0 else (document, begin)))
        elif cells[0] == "P":
            (da, a), (db, b) = figures[int(cells[1])], figures[int(cells[2])]
            # Of articles that the gold does not have, as those of sets left out, nothing is known.
            if da not in given or db not in given:
                continue
            key = frozenset((a, b))
            verdict, first = pairs.get(key, (None, None))
            if da == db and verdict is None and key not in never:
                continue
            label = 0 if verdict is None else 2 if verdict == "other-scope" else 1
            update = None
            if label == 1 and cells[3] != "Same" and da != db:
                update = int(verdict == "updates" and first == a)
            rows.append((cells[4].split(";"), label, cells[5].split(";"), update))
    return rows


# Signs that are known: what these say for one question, and for the same question in another scope, is no more than this.
LIMITS = {
    "days apart|": (-2.5, -1.0), "days one long ago|": (-1.2, -0.5), "places apart|": (-2.2, -1.8), "places other|": (-2.0, -1.6),
    "aspect change and level|": (-2.5, -2.5), "aspect forecast and level|": (-1.5, -1.5), "window other|": (-1.5, 0.5),
    "measure other class|": (-2.5, -1.6), "measure other class|unit count": (0.0, 0.0), "measure other class|unit share": (0.0, 0.0),
    "measure other class|unit money": (0.0, 0.0), "measure other class|unit measure": (0.0, 0.0),
    "thing apart|unit count": (-0.5, -0.5), "thing apart|unit share": (0.0, 0.0), "thing apart|measure other class": (0.0, 0.0),
    "thing apart|unit money": (0.0, 0.0), "thing apart|unit measure": (0.0, 0.0), "published in days|": (0.2, 0.2),
    "published in a week|": (0.1, 0.1), "published in a month|": (0.0, 0.0), "measure class and word|": (-0.4, -0.2),
    "part one|": (-1.5, 9.0), "part one|measure same class": (0.0, 9.0), "part one|thing same": (0.0, 9.0),
    "part one|thing people, kind of": (0.0, 9.0), "part one|thing said by one": (0.0, 9.0), "part one|thing people": (0.0, 9.0),
    "window one|": (-0.4, 9.0), "area one|": (-0.6, 9.0), "number far|unit count": (0.0, 9.0),
    "owner apart|": (-1.5, -1.0), "articles 0|": (-0.6, -0.6), "rate one|": (-1.2, -0.5), "doers apart|": (-2.5, -2.5), "denied|": (-0.5, -0.5), "namesakes|": (-1.0, -0.6), "owner namesake|": (-0.8, -0.5), "days told close|": (-0.6, -0.3), "published later|": (0.0, 0.0),
}


def read_real(events_file, dump_file, share=0.004):
    """Real articles of known events (ECB+): figures of two events never answer one question; of one event most pairs do
    not, but for equal numbers that are told of alike. So the weights learn how many figures real articles have."""
    event = {}
    for line in open(events_file, encoding="utf-8"):
        row = json.loads(line)
        event[row["id"]] = (row["topic"], row["subtopic"])
    documents, rows, pick = [], [], random.Random(2)
    for line in open(dump_file, encoding="utf-8"):
        cells = line.split("\t")
        if cells[0] == "F":
            documents.append(cells[1])
        elif cells[0] == "P":
            is_one = event[documents[int(cells[1])]] == event[documents[int(cells[2])]]
            told = any(f in cells[4] for f in ("measure same class|;", "tell shared|", "tell alike|"))
            is_equal = cells[3] == "Same" and ("number equal, rich" in cells[4] or "number equal, two" in cells[4])
            # Those that look alike are kept oftener: they teach most.
            kept = share * (6 if told else 1)
            if is_one and is_equal and told:
                rows.append((cells[4].split(";"), 1, None, None, 0.1))
            elif pick.random() < kept and not (is_one and cells[3] == "Same"):
                rows.append((cells[4].split(";"), 0, None, None, (0.25 if is_one else 0.5) / (6 if told else 1) * 2))
    return rows


def fit(rows, classes, penalty, steps=150, rate=0.5):
    """Weights by feature; `rows` are (features, class, importance). Class 0 has no weights."""
    counts = collections.Counter(f for features, _, _ in rows for f in set(features))
    names = sorted(f for f, n in counts.items() if n >= 5)
    place = {f: i for i, f in enumerate(names)}
    width = max(len(f) for f, _, _ in rows)
    index = np.full((len(rows), width), len(names))
    for i, (features, _, _) in enumerate(rows):
        known = [place[f] for f in features if f in place]
        index[i, : len(known)] = known
    target = np.zeros((len(rows), classes))
    target[np.arange(len(rows)), [c for _, c, _ in rows]] = 1
    importance = np.array([w for _, _, w in rows])[:, None]
    weights = np.zeros((len(names) + 1, classes))
    squares = np.full_like(weights, 1e-6)
    for step in range(steps):
        scores = weights[index].sum(1)
        scores[:, 0] = 0
        scores -= scores.max(1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(1, keepdims=True)
        error = (chances - target) * importance
        gradient = np.zeros_like(weights)
        for c in range(1, classes):
            gradient[:, c] = np.bincount(index.ravel(), np.repeat(error[:, c], width), len(names) + 1)
        gradient += penalty * weights
        gradient[-1] = 0
        squares += gradient ** 2
        weights -= rate * gradient / np.sqrt(squares)
        for feature, most in LIMITS.items():
            if classes == 3 and feature in place:
                weights[place[feature], 1:] = np.minimum(weights[place[feature], 1:], most)
    found = {f: weights[place[f]] for f in names}
    if classes == 3:
        for feature, most in LIMITS.items():
            found.setdefault(feature, np.array([0.0, min(0.0, most[0]), min(0.0, most[1])]))
    return found


def main():
    rows, old = [], None
    for given in sys.argv[1:]:
        gold, dump, *numbers = given.split("=")
        if dump == "mean":
            with open(gold, encoding="utf-8") as lines:
                cells = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
            old = {f"{a}|{b}": [int(x) for x in xs] for a, b, *xs in cells}
            continue
        if numbers == ["events"]:
            rows += read_real(gold, dump)
            continue
        weight, share = (float(n) for n in (numbers + ["1", "1"])[:2]) if len(numbers) != 1 else (float(numbers[0]), 1.0)
        pick = random.Random(1)
        rows += [(*row, weight) for row in read(gold, dump) if row[1] or share == 1 or pick.random() < share]
    print(f"{len(rows)} pairs, {sum(r[1] == 1 for r in rows)} of one question, {sum(r[1] == 2 for r in rows)} of another scope", file=sys.stderr)
    question = fit([(f, label, w) for f, label, _, _, w in rows], 3, 8.0)
    update = fit([(f, u, w) for _, _, f, u, w in rows if u is not None], 2, 2.0)
    print("# Weights in hundredths of a natural logarithm, by training/compare/train.py. Cells: a feature, a second one (or")
    print("# none) that holds with it; what both say for one question, for the same question in another scope, for an update.")
    table = collections.defaultdict(lambda: [0, 0, 0])
    for f, w in question.items():
        table[f][0], table[f][1] = round(100 * w[1]), round(100 * w[2])
    for f, w in update.items():
        table[f][2] = round(100 * w[1])
    for f in set(table) | set(old or ()) if old is not None else ():
        mine, theirs = table[f], old.get(f, [0, 0, 0])
        table[f] = [round((mine[0] + theirs[0]) / 2), round((mine[1] + theirs[1]) / 2), theirs[2]]
    for f in sorted(table):
        if any(table[f]):
            print(f.split("|")[0], f.split("|")[1], *table[f], sep="\t")


if __name__ == "__main__":
    main()
