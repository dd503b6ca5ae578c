#!/usr/bin/env python3
"""Score coreference: MUC, B-cubed, CEAF-e and their mean (CoNLL F1), predicted mentions, singletons left out.

usage: score_coref.py GOLD.jsonl PRED.jsonl [--exact] [--docs PREFIX] [--by-genre]
       score_coref.py --selftest

GOLD: what training/coref/gold.py writes. PRED: what `sayso annotate --format jsonl` writes (mentions with an entity).
Entities of one mention are left out on both sides, after mentions without an entity. Mentions are matched one to one: equal
spans first; then, unless --exact, a predicted mention that holds the gold head and lies inside the gold mention (or the other way
round), the nearest in length first, as the partial match of CorefUD's scorer does. Counts are added over the documents
before P, R and F1 are taken. Standard library only.
"""
import json
import sys
from collections import defaultdict


def read(path):
    rows = [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]
    return {row["id"]: row for row in rows}


def gold_clusters(doc):
    clusters = []
    for e in doc["entities"]:
        mentions = {tuple(m["span"]): tuple(m["head"]) for m in e["mentions"]}
        if len(mentions) > 1:
            clusters.append(sorted((span, head) for span, head in mentions.items()))
    return clusters


def pred_clusters(doc):
    of = defaultdict(set)
    for m in doc.get("mentions", []):
        if m.get("entity"):
            of[m["entity"]].add(tuple(m["span"]))
    return [sorted(c) for c in of.values() if len(c) > 1]


def match(gold, pred, exact):
    """Number the mentions: the same number where they match."""
    golds = [(span, head) for c in gold for span, head in c]
    preds = [span for c in pred for span in c]
    number, taken = {}, set()
    index = {span: i for i, (span, _) in enumerate(golds)}
    for span in preds:
        if span in index and index[span] not in taken:
            number[span] = index[span]
            taken.add(index[span])
    if not exact:
        pairs = []
        for span in preds:
            if span in number:
                continue
            for i, (gspan, head) in enumerate(golds):
                if i in taken:
                    continue
                holds = span[0] <= head[0] and head[1] <= span[1]
                inside = gspan[0] <= span[0] and span[1] <= gspan[1]
                around = span[0] <= gspan[0] and gspan[1] <= span[1]
                if holds and (inside or around):
                    pairs.append((abs((span[1] - span[0]) - (gspan[1] - gspan[0])), span, i))
        for _, span, i in sorted(pairs):
            if span not in number and i not in taken:
                number[span] = i
                taken.add(i)
    key, n, at = [], len(golds), 0
    for c in gold:
        key.append(frozenset(range(at, at + len(c))))
        at += len(c)
    response = []
    for c in pred:
        ids = []
        for span in c:
            if span in number:
                ids.append(number[span])
            else:
                ids.append(n)
                n += 1
        response.append(frozenset(ids))
    return key, response


def muc(key, response):
    """Links kept of the clusters of `key`: numerator, denominator."""
    of = {m: i for i, c in enumerate(response) for m in c}
    num = den = 0
    for c in key:
        parts = {of.get(m, ("alone", m)) for m in c}
        num += len(c) - len(parts)
        den += len(c) - 1
    return num, den


def b3(key, response):
    of = {m: c for c in response for m in c}
    num = den = 0
    for c in key:
        for m in c:
            num += len(c & of.get(m, frozenset())) / len(c)
            den += 1
    return num, den


def phi4(a, b):
    return 2 * len(a & b) / (len(a) + len(b))


def assignment(costs):
    """Least cost assignment of rows to columns (rows <= columns), by shortest augmenting paths."""
    n, m = len(costs), len(costs[0]) if costs else 0
    u, v, p, way = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        p[0], j0 = i, 0
        minv, used = [float("inf")] * (m + 1), [False] * (m + 1)
        while True:
            used[j0] = True
            i0, delta, j1 = p[j0], float("inf"), 0
            for j in range(1, m + 1):
                if not used[j]:
                    cur = costs[i0 - 1][j - 1] - u[i0] - v[j]
                    if cur < minv[j]:
                        minv[j], way[j] = cur, j0
                    if minv[j] < delta:
                        delta, j1 = minv[j], j
            for j in range(m + 1):
                if used[j]:
                    u[p[j]] += delta
                    v[j] -= delta
                else:
                    minv[j] -= delta
            j0 = j1
            if p[j0] == 0:
                break
        while j0:
            p[j0], j0 = p[way[j0]], way[j0]
    return [(p[j] - 1, j - 1) for j in range(1, m + 1) if p[j]]


def ceafe(key, response):
    if not key or not response:
        return 0.0, len(key), len(response)
    rows, cols = (key, response) if len(key) <= len(response) else (response, key)
    costs = [[-phi4(a, b) for b in cols] for a in rows]
    return -sum(costs[i][j] for i, j in assignment(costs)), len(key), len(response)


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


class Sums:
    def __init__(self):
        self.n = defaultdict(float)

    def add(self, key, response):
        for name, measure in (("muc", muc), ("b3", b3)):
            for side, (num, den) in (("r", measure(key, response)), ("p", measure(response, key))):
                self.n[name + side] += num
                self.n[name + side + "n"] += den
        num, keys, responses = ceafe(key, response)
        self.n["ceafr"] += num
        self.n["ceafp"] += num
        self.n["ceafrn"] += keys
        self.n["ceafpn"] += responses
        golds, preds = frozenset().union(*key), frozenset().union(*response)
        self.n["mentr"] += len(golds & preds)
        self.n["mentp"] += len(golds & preds)
        self.n["mentrn"] += len(golds)
        self.n["mentpn"] += len(preds)

    def figures(self):
        out = {}
        for name in ("ment", "muc", "b3", "ceaf"):
            p, r = (self.n[name + s] / self.n[name + s + "n"] if self.n[name + s + "n"] else 0.0 for s in "pr")
            out[name] = (100 * p, 100 * r, 100 * f1(p, r))
        out["conll"] = sum(out[n][2] for n in ("muc", "b3", "ceaf")) / 3
        return out


def show(name, sums):
    figures = sums.figures()
    cells = "  ".join(f"{label} {p:5.1f} {r:5.1f} {f:5.1f}" for label, (p, r, f) in
                      (("mentions", figures["ment"]), ("MUC", figures["muc"]), ("B3", figures["b3"]), ("CEAFe", figures["ceaf"])))
    print(f"{name:14} CoNLL F1 {figures['conll']:5.1f}   P R F1: {cells}")


def selftest():
    # Worked by hand: key {a b c} {d e f g}; response {a b} {c d} {f g h i}.
    key, response = [frozenset("abc"), frozenset("defg")], [frozenset("ab"), frozenset("cd"), frozenset("fghi")]
    s = Sums()
    s.add(key, response)
    got = s.figures()
    # MUC R: (3-2)+(4-3) of 2+3; P: (2-1)+(2-2)+(4-3) of 1+1+3.
    assert abs(got["muc"][1] - 40) < 1e-9 and abs(got["muc"][0] - 40) < 1e-9, got
    # B3 R: (2/3+2/3+1/3 + 1/4+0+2/4+2/4)/7; P: (1+1+1/2+1/2+2/4+2/4+0+0)/8.
    assert abs(got["b3"][1] - 100 * (5 / 3 + 5 / 4) / 7) < 1e-9 and abs(got["b3"][0] - 50) < 1e-9, got
    # CEAFe: phi4 of {abc},{ab} 4/5 and {defg},{fghi} 4/8.
    assert abs(got["ceaf"][1] - 100 * 1.3 / 2) < 1e-9 and abs(got["ceaf"][0] - 100 * 1.3 / 3) < 1e-9, got
    s = Sums()
    s.add(key, key)
    assert abs(s.figures()["conll"] - 100) < 1e-9
    rows = [[4, 1, 3], [2, 0, 5], [3, 2, 2]]
    assert sum(rows[i][j] for i, j in assignment(rows)) == 5
    key, response = match([[((0, 10), (4, 10)), ((20, 22), (20, 22))]], [[(4, 10), (20, 22)], [(30, 31), (40, 41)]], False)
    assert response[0] == key[0] and not response[1] & key[0]
    print("ok")


def main():
    args = sys.argv[1:]
    if args == ["--selftest"]:
        return selftest()
    exact, genre = "--exact" in args, "--by-genre" in args
    prefix = args[args.index("--docs") + 1] if "--docs" in args else ""
    files = [a for i, a in enumerate(args) if not a.startswith("--") and (i == 0 or args[i - 1] != "--docs")]
    if len(files) != 2:
        sys.exit(__doc__)
    gold, pred = read(files[0]), read(files[1])
    total, parts = Sums(), defaultdict(Sums)
    for name, doc in gold.items():
        if not name.startswith(prefix):
            continue
        key, response = match(gold_clusters(doc), pred_clusters(pred.get(name, {})), exact)
        total.add(key, response)
        parts["_".join(name.split("_")[:2])].add(key, response)
    if genre:
        for name in sorted(parts):
            show(name, parts[name])
    show("all", total)


if __name__ == "__main__":
    main()
