#!/usr/bin/env python3
"""Fits the weights of "this number's row is right, thing, aspect and source included", and tells whether the chance is calibrated.

    cargo run --release --no-default-features --example train-statement -- ITEMS.jsonl - --write-rows rows.jsonl
    python3 training/figure/certainty.py ../shared/eval/score_figures.py [ITEMS.jsonl rows.jsonl]... [--out en/certainty.tsv]
        [--read rows.jsonl verdicts.tsv]...

ITEMS is short texts with annotated quantities (the shape of data/figures). `--read` adds articles of others whose rows people
have read beside the text: rows as above, and a line "N, ARTICLE.NUMBER, verdict" for each number by its place in the article
(right, usable, wrong). The chance is that nothing which a reader takes from the row is false: rows that are right or usable.
A row of an item counts where the scorer calls everything of it right. How much easier our own items are than articles is a
fact of its own, which is not written. Ordinals and scores are left out: no list of figures shows them. Logistic regression with a small penalty; every judgement below is made by
cross-validation over articles (ten parts), so no article is judged by weights that have seen it. Standard library only.

The shipped weights know 2,735 rows of our own items and 1,305 rows of 208 real articles (all rows, read by six people who had built
nothing), these three times: of the real rows from .70 on 85 in 100 are without fault, with 83 % of these kept (82 with 77 % by the
weights before). With real articles alone it would be 87 with 84 %, but what news seldom has and is right all the same ("Police
estimated the crowd at about 9,000") would be held back: of our own items' right rows 63 % would be kept instead of 88.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "statement"))
from confidence import cross_validated, fit, lines, load, options, reliability, with_pairs, write

# What says more together than each for itself.
TOGETHER = [
    ("kind", "thing"),
    ("aspect", "kind"),
    ("aspect", "change"),
    ("source", "somebody speaks"),
    ("role", "kind"),
    ("told by", "statement"),
    ("thing", "hangs as"),
]
PENALTY = 8.0
# How often a row of a real article counts: they are few beside ours, and news is what is read.
REAL = 3
OWN = "set\town"


def is_shown(row):
    return row.get("kind") not in ("ordinal", "score")


def examples(score, pairs):
    """(number of the item, facts, right or not) of every row."""
    found, number = [], 0
    for gold_path, rows_path in pairs:
        gold = {d["id"]: d for d in lines(gold_path)}
        for predicted in lines(rows_path):
            item, number = gold[predicted["id"]], number + 1
            if item.get("language"):
                continue
            golds, rows = item["quantities"], predicted["quantities"]
            both = sorted(((score.overlap(a["span"], b["span"]), -x, -y) for x, a in enumerate(golds) for y, b in enumerate(rows) if score.overlap(a["span"], b["span"])), reverse=True)
            of_row, taken = {}, set()
            for _, x, y in both:
                if -x not in taken and -y not in of_row:
                    of_row[-y] = -x
                    taken.add(-x)
            for y, row in enumerate(rows):
                if not is_shown(row) or y in of_row and golds[of_row[y]].get("optional"):
                    continue
                right = False
                if y in of_row:
                    one = {**item, "quantities": [golds[of_row[y]]], "must_not": []}
                    result = score.score({item["id"]: one}, {item["id"]: {**predicted, "quantities": [row]}})
                    right = result["ALL"]["f1"] == 100.0
                found.append((number, with_pairs(row["facts"], TOGETHER) + [OWN], right))
    return found


def read(pairs, number):
    """(number of the article, facts, right or not) of the rows that people have read, and which were right in everything."""
    found, whole = [], []
    for rows_path, verdicts_path in pairs:
        with open(verdicts_path, encoding="utf-8") as file:
            cells = (line.rstrip("\n").split("\t") for line in file)
            verdicts = {c[1].strip(): c[2].strip() for c in cells if len(c) > 2 and c[0].strip() == "N"}
        for predicted in lines(rows_path):
            number += 1
            for at, row in enumerate(predicted["quantities"]):
                verdict = verdicts.get(f"{predicted['id']}.{at}")
                if verdict and is_shown(row):
                    found.append((number, with_pairs(row["facts"], TOGETHER), verdict != "wrong"))
                    whole.append(verdict == "right")
    return found, whole


def table(name, judged, whole=None):
    """Prints what is kept from which chance on."""
    right = sum(r for _, r in judged)
    error, brier = reliability(judged)
    base = right / len(judged)
    print(f"{name}: {len(judged)} rows, {100 * base:.1f} % without fault; calibration error {100 * error:.1f}, Brier {brier:.3f} (always the mean {base * (1 - base):.3f})")
    for least in range(30, 95, 5):
        kept = [at for at, (p, _) in enumerate(judged) if 100 * p >= least]
        if kept:
            good = sum(judged[at][1] for at in kept)
            more = f", {100 * sum(whole[at] for at in kept) / len(kept):5.1f} % right in everything" if whole else ""
            print(f"  from {least} %: {len(kept):4} rows, {100 * good / len(kept):5.1f} % without fault{more}, {100 * good / right:5.1f} % of these kept")


def main(arguments):
    out, pairs, (path, *files) = options(arguments)
    own = examples(load(path), list(zip(files[::2], files[1::2])))
    others, whole = read(pairs, max((n for n, *_ in own), default=0))
    rows = own + others * REAL
    judged = cross_validated(rows, 10, PENALTY)
    order = [(n, at) for k in range(10) for at, (n, *_) in enumerate(rows) if n % 10 == k]
    by_place = {at: judged[place] for place, (_, at) in enumerate(order)}
    if own:
        table("written for the test", [by_place[at] for at in range(len(own))])
    if others:
        table("of others", [by_place[len(own) + at] for at in range(len(others))], whole)
    if out:
        write({f: w for f, w in fit(rows, PENALTY).items() if f != OWN}, out, "a number's row", "figure/certainty.py")


if __name__ == "__main__":
    main(sys.argv[1:])
