#!/usr/bin/env python3
"""Fits the weights of "this row is right, speaker included", and tells whether the chance is calibrated.

    cargo run --release --no-default-features --example train-statement -- GOLD.jsonl - --write-rows rows.jsonl
    python3 training/statement/certainty.py ../shared/eval/score_speakers.py GOLD.jsonl rows.jsonl [--out en/certainty.tsv]
        [--read rows.jsonl verdicts.tsv]...

GOLD is articles with annotated speakers (the shape of data/speakers); several pairs of files may be given one after another.
`--read` adds articles of others whose rows people have read beside the text: rows as above, and a line "ARTICLE.NUMBER, verdict"
for each row by its place in the article (right, usable, wrong; only right is right). They are judged by themselves as well.
A row is right when the scorer calls it strictly right: the statement is one, its speaker is the right person or body, its
polarity and modality are right. Rows that match an optional statement are left out. Logistic regression with a small
penalty; every judgement below is made by cross-validation over articles (ten parts), so no article is judged by weights that
have seen it. Printed: reliability, expected calibration error, Brier score, and the lowest chance at which nine rows in
ten are right, with the share of the right rows that it keeps. Standard library only.
"""
import sys
from confidence import cross_validated, fit, lines, load, options, reliability, with_pairs, write

# What says more together than each for itself: who is named how with which word, joined how; where the words end.
TOGETHER = [
    ("cue", "source"),
    ("source", "joined by"),
    ("mode", "source"),
    ("cue", "mode"),
    ("resolved", "content"),
    ("usable", "cue word"),
    ("content begins", "content ends"),
]
PENALTY = 8.0


def examples(score, pairs):
    """(number of the article, facts, right or not) of every row."""
    found, number = [], 0
    for gold_path, rows_path in pairs:
        gold = {d["id"]: d for d in lines(gold_path)}
        for predicted in lines(rows_path):
            document = gold[predicted["id"]]
            number += 1
            tokens = score.Tokens(document["text"])
            entities = {e["id"]: e for e in predicted.get("entities", [])}
            answers = score.load(predicted, tokens, "rows")
            wanted, _ = score.join_continued(score.load(document, tokens, "gold"), answers)
            matched = {j: i for i, j in score.match(wanted, answers).items()}
            for j, answer in enumerate(answers):
                right = False
                if j in matched:
                    row = wanted[matched[j]]
                    if row["raw"].get("optional"):
                        continue
                    state = score.speaker_state(row, answer, entities, tokens, document)
                    right = state == "right" and all(score.manner_right(row["raw"], answer["raw"]))
                found.append((number, with_pairs(answer["raw"]["facts"], TOGETHER), right))
    return found


def read(pairs, number):
    """(number of the article, facts, right or not) of the rows that people have read, and how many were at least usable."""
    found, usable = [], []
    for rows_path, verdicts_path in pairs:
        with open(verdicts_path, encoding="utf-8") as file:
            cells = (line.rstrip("\n").split("\t") for line in file)
            verdicts = {c[0].strip(): c[1].strip() for c in cells if len(c) > 1}
        for predicted in lines(rows_path):
            number += 1
            for at, row in enumerate(predicted["attributions"]):
                verdict = verdicts.get(f"{predicted['id']}.{at}")
                if verdict:
                    found.append((number, with_pairs(row["facts"], TOGETHER), verdict == "right"))
                    usable.append(verdict != "wrong")
    return found, usable


def main(arguments):
    out, pairs, (path, *files) = options(arguments)
    rows = examples(load(path), list(zip(files[::2], files[1::2])))
    others, _ = read(pairs, max(n for n, *_ in rows))
    if others:
        both = cross_validated(rows + others, 10, PENALTY)
        order = [n for k in range(10) for n, *_ in rows + others if n % 10 == k]
        for name, part in (("written for the test", {n for n, *_ in rows}), ("of others", {n for n, *_ in others})):
            judged = [j for n, j in zip(order, both) if n in part]
            for least in (70, 75, 80):
                kept = [r for p, r in judged if 100 * p >= least]
                print(f"{name}, from {least} %: {len(kept)} rows, {100 * sum(kept) / len(kept):.1f} % right, {100 * sum(kept) / sum(r for _, r in judged):.1f} % kept")
    rows += others
    base = sum(r for *_, r in rows) / len(rows)
    print(f"{len(rows)} rows, {100 * base:.1f} % right")
    judged = cross_validated(rows, 10, PENALTY)
    error, brier = reliability(judged)
    print(f"expected calibration error {100 * error:.1f}, Brier score {brier:.3f} (always the mean: {base * (1 - base):.3f})")
    everything = sum(r for _, r in judged)
    for least in range(30, 100, 5):
        kept = [r for p, r in judged if 100 * p >= least]
        if kept:
            print(f"from {least} %: {len(kept):5} rows, {100 * sum(kept) / len(kept):5.1f} % right, {100 * sum(kept) / everything:5.1f} % of the right rows kept")
    enough = [least for least in range(1, 100) if (kept := [r for p, r in judged if 100 * p >= least]) and sum(kept) >= 0.9 * len(kept)]
    print(f"nine in ten are right from {enough[0] if enough else 'no chance on'} % on")
    if out:
        write(fit(rows, PENALTY), out, "a row", "statement/certainty.py")


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(sys.argv[1:])
