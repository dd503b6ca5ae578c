#!/usr/bin/env python3
"""Learns the weights of disputes without numbers: src/graph/compare/en/disputes.tsv.

    python training/compare/disputes.py GOLD.jsonl=DUMP.txt … DUMP.txt=real=WEIGHT > disputes.tsv
    python training/compare/disputes.py --folds 6 GOLD.jsonl=DUMP.txt … DUMP.txt=real=WEIGHT
    python training/compare/disputes.py --by disputes.tsv GOLD.jsonl=DUMP.txt …

A GOLD is a file of conflict sets with `disputes`; its DUMP is what `cargo run --example compare-features STORE` prints for a
store of its articles. A pair of clauses is a dispute of the GOLD by the test of `score_disputes.py`; of several pairs that are
one dispute the likest is it, and the others teach nothing. A DUMP of real articles, of which nobody has marked the quarrels, counts as one
without any, each pair WEIGHT times one that is marked.

Each clause chooses among its pairs and none: a log-linear model, with a penalty on the squares of the weights. What a
dispute is about, and of which kind it is, are learned from the disputes alone. Weights are in hundredths of a natural
logarithm. `--folds` gives precision, recall and F1 by the least chance, each set scored by weights learned without it and the other sets of its
fold; `--by` the same for weights that are given. Needs numpy.
"""
import argparse, collections, json, math, random, re, sys
import numpy as np

QUESTIONS = ["responsible", "cause", "place", "day", "happened", "identity", "intent"]
KINDS = ["contradict", "deny", "differ"]
ABOUT = set(QUESTIONS) | {"base", "refused", "refusals", "one article"}


def words(text):
    return re.findall(r"\w+", text.lower())


def likeness(a, b):
    """How alike two stretches of words are, by the test of the scorer."""
    x, y = words(a), words(b)
    if not x or not y:
        return 0.0
    small, big = sorted((x, y), key=len)
    if len(small) >= 3 and " ".join(small) in " ".join(big):
        return 1.0
    share = len(set(x) & set(y)) / len(set(x) | set(y))
    return share if share >= 0.3 else 0.0


class Pair:
    __slots__ = ("weight", "sides", "features", "is_dispute", "is_other", "dispute", "chance", "sums")


def dumped(dump_file, weight):
    """The pairs of clauses that the program prints, none of them a dispute yet."""
    clauses = []
    for line in open(dump_file, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if cells[0] == "C":
            clauses.append((cells[1], int(cells[2]), cells[3], len(clauses)))
        elif cells[0] == "D":
            pair = Pair()
            pair.sides, pair.weight = (clauses[int(cells[1])], clauses[int(cells[2])]), weight
            pair.features, pair.is_dispute, pair.is_other, pair.dispute = cells[3].split(";"), False, False, None
            yield pair


def read(gold_file, dump_file):
    """The sets of a file, each with its pairs; pairs of two sets are dropped."""
    sets = [json.loads(line) for line in open(gold_file, encoding="utf-8") if line.strip()]
    home = {a["id"]: number for number, s in enumerate(sets) for a in s["articles"]}
    pairs = collections.defaultdict(list)
    for pair in dumped(dump_file, 1.0):
        place = home.get(pair.sides[0][0])
        if place is not None and place == home.get(pair.sides[1][0]):
            pairs[place].append(pair)
    found = []
    for number, s in enumerate(sets):
        mine = pairs[number]
        for dispute in s.get("disputes", []):
            (d, left), (e, right) = ((dispute[side]["document"], dispute[side]["text"]) for side in ("left", "right"))
            like = []
            for pair in mine:
                (p, one, *_), (q, two, *_) = ((x[0], x[2]) for x in pair.sides)
                straight = min(likeness(left, one), likeness(right, two)) if (p, q) == (d, e) else 0
                crossed = min(likeness(left, two), likeness(right, one)) if (q, p) == (d, e) else 0
                if max(straight, crossed) > 0:
                    like.append((max(straight, crossed), -len(like), pair))
            like.sort(key=lambda x: x[:2], reverse=True)
            for rank, (_, _, pair) in enumerate(like):
                if rank == 0 and not pair.is_dispute:
                    pair.is_dispute, pair.dispute = True, dispute
                else:
                    pair.is_other = True
        found.append((s, mine))
    return found


def read_real(dump_file, weight):
    """Real articles of which nobody has marked a quarrel, as one set: none of their pairs is a dispute."""
    return {"disputes": []}, list(dumped(dump_file, weight))


def matrix(pairs, place):
    width = max(len(p.features) for p in pairs)
    index = np.full((len(pairs), width), len(place))
    for row, pair in enumerate(pairs):
        known = [place[f] for f in pair.features if f in place]
        index[row, : len(known)] = known
    return index


def descend(index, width, penalty, errors, steps=250, rate=0.3):
    """Weights by gradient descent; `errors` gives what each row's sum is too great by."""
    weights, squares = np.zeros(width + 1), np.full(width + 1, 1e-6)
    for _ in range(steps):
        error = errors(weights[index].sum(1))
        gradient = np.bincount(index.ravel(), np.repeat(error, index.shape[1]), width + 1) + penalty * weights
        gradient[width] = 0
        squares += gradient ** 2
        weights -= rate * gradient / np.sqrt(squares)
    return weights


def fit(sets, penalty):
    pairs = [p for _, mine in sets for p in mine if p.is_dispute or not p.is_other]
    # Words that tell a question tell no dispute.
    counts = collections.Counter(f for p in pairs for f in set(p.features) if f.split("|")[0] not in QUESTIONS)
    names = sorted(f for f, n in counts.items() if n >= 8)
    place = {f: i for i, f in enumerate(names)}
    index = matrix(pairs, place)
    clause = {}
    rows, of = [], []
    for row, pair in enumerate(pairs):
        for side in pair.sides:
            rows.append(row)
            of.append(clause.setdefault((side[0], side[3]), len(clause)))
    rows, of = np.array(rows), np.array(of)
    is_dispute = np.array([float(p.is_dispute) for p in pairs])
    weight = np.array([p.weight for p in pairs])
    right = np.bincount(of, is_dispute[rows], len(clause))
    wanted = np.where(right[of] > 0, is_dispute[rows] / np.maximum(right[of], 1), 0)

    def errors(sums):
        power = np.exp(np.clip(sums, -20, 10))
        rivals = 1 + np.bincount(of, power[rows], len(clause))
        return np.bincount(rows, power[rows] / rivals[of] - wanted, len(pairs)) * weight / 2

    table = {f: [w] for f, w in zip(names, descend(index, len(names), penalty, errors))}
    disputes = [p for p in pairs if p.is_dispute]
    few = {f: i for i, f in enumerate(sorted({f for p in disputes for f in p.features if f.split("|")[0] in ABOUT}))}
    index = matrix(disputes, few)
    for f in few:
        table.setdefault(f, [0.0])
    for key, values in (("question", QUESTIONS), ("kind", KINDS)):
        for value in values:
            target = np.array([float(p.dispute[key] == value) for p in disputes])
            weights = descend(index, len(few), 1.0, lambda sums: 1 / (1 + np.exp(-sums)) - target)
            for f in table:
                table[f].append(weights[few[f]] if f in few else 0.0)
    return {f: [round(100 * w) for w in row] for f, row in table.items()}


def judge(pairs, table):
    """Sets the chance of each pair, as the program does."""
    rivals = collections.defaultdict(lambda: 1.0)
    for pair in pairs:
        rows = [table[f] for f in pair.features if f in table]
        pair.sums = [sum(cells) for cells in zip(*rows)] if rows else [0] * 11
        power = math.exp(max(-2000, min(1000, pair.sums[0])) / 100)
        for side in pair.sides:
            rivals[side[3]] += power
    for pair in pairs:
        power = math.exp(max(-2000, min(1000, pair.sums[0])) / 100)
        pair.chance = 100 * power / math.sqrt(rivals[pair.sides[0][3]] * rivals[pair.sides[1][3]])


def chosen(pairs, least):
    taken, found = set(), []
    for pair in sorted(pairs, key=lambda p: -p.chance):
        if pair.chance < least:
            break
        one, two = pair.sides
        sides = {(one[1], two[0]), (two[1], one[0])}
        if not sides & taken:
            taken |= sides
            found.append(pair)
    return found


def report(sets):
    gold = sum(len(s.get("disputes", [])) for s, _ in sets)
    reached = sum(p.is_dispute for _, mine in sets for p in mine)
    print(f"{sum(len(mine) for _, mine in sets)} pairs, {reached} of {gold} disputes among them")
    for least in (6, 8, 10, 12, 14, 16, 18, 20, 23, 26, 30, 35, 40, 50, 60, 70):
        found = [p for _, mine in sets for p in chosen(mine, least)]
        # Another pair that is one dispute is it as well.
        right = sum(p.is_dispute or p.is_other for p in found)
        precision, recall = right / max(1, len(found)), right / max(1, gold)
        about = [p for p in found if p.is_dispute]
        same = lambda key, names, sums: sum(names[max(range(len(names)), key=lambda i: sums(p)[i])] == p.dispute[key] for p in about) / max(1, len(about))
        question, kind = same("question", QUESTIONS, lambda p: p.sums[1:8]), same("kind", KINDS, lambda p: p.sums[8:])
        print(f"{least:3} %: P {100 * precision:.1f} R {100 * recall:.1f} F1 {200 * precision * recall / max(precision + recall, 1e-9):.1f} ({right} of {len(found)} shown); question {100 * question:.0f}, kind {100 * kind:.0f}")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("given", nargs="+")
    ap.add_argument("--folds", type=int, default=0)
    ap.add_argument("--by")
    ap.add_argument("--penalty", type=float, default=10.0)
    a = ap.parse_args()
    marked = [given.split("=") for given in a.given if given.count("=") == 1]
    sets = [s for given in marked for s in read(*given)]
    real = [read_real(dump, float(weight)) for dump, _, weight in (g.split("=") for g in a.given if g.count("=") == 2)]
    if a.by:
        lines = (line.rstrip("\n").split("\t") for line in open(a.by, encoding="utf-8") if not line.startswith("#"))
        table = {f"{name}|{value}": [int(w) for w in weights] for name, value, *weights in lines}
        for _, mine in sets:
            judge(mine, table)
        return report(sets)
    if a.folds:
        order = list(range(len(sets)))
        random.Random(1).shuffle(order)
        for fold in range(a.folds):
            out = set(order[fold :: a.folds])
            table = fit([s for i, s in enumerate(sets) if i not in out] + real, a.penalty)
            for i in out:
                judge(sets[i][1], table)
        return report(sets)
    table = fit(sets + real, a.penalty)
    print("# Weights in hundredths of a natural logarithm, by training/compare/disputes.py. Cells: a feature, its value; what it says")
    print("# for a dispute, for each question (responsible, cause, place, day, happened, identity, intent), for each kind (contradict, deny, differ).")
    for f in sorted(table):
        if any(table[f]):
            print(*f.split("|"), *table[f], sep="\t")


if __name__ == "__main__":
    main()
