#!/usr/bin/env python3
"""Is it said to have happened? UDS It-Happened against the output of `sayso annotate`.

    python3 tests/oracles/factuality_uds.py --input uds_ih2_dev.jsonl > in.conllu
    sayso annotate --input conllu --format conllu in.conllu > out.conllu
    python3 tests/oracles/factuality_uds.py uds_ih2_dev.jsonl out.conllu [--errors]

Each event word has a score from -3 (did not happen) to 3 (happened). The label of the predicate (`Factuality=` in the last column) is put
on that scale by its mean on one half of the development sentences (what lies ahead counts as not yet happened, as the annotators
counted); a word that is no predicate gets the mean of such words. The other half is printed apart.
Printed: Pearson's r, and how often the sign is right. Python standard library only.
"""
import json
import math
import sys
from collections import Counter

SCALE = {"asserted": 1.7, "probable": 0.8, "possible": -0.7, "unknown": 0.4, "conditional": -0.6, "future": -1.3, "denied": -0.3}
MEAN = 0.5


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(x) for x in lines]


def labels_of(path):
    """The factuality of each token of each sentence: CoNLL-U, `Factuality=` in the last column."""
    out, name = {}, None
    for line in open(path, encoding="utf-8"):
        if line.startswith("# newdoc id = "):
            name = line[14:].strip()
            out[name] = []
        elif line[:1].isdigit():
            cells = line.rstrip("\n").split("\t")
            if "-" not in cells[0]:
                out[name].append(next((x[11:] for x in cells[9].split("|") if x.startswith("Factuality=")), None))
    return out


def main(gold_path, out_path, errors):
    out = labels_of(out_path)
    pairs, labels = [], Counter()
    for g in rows(gold_path):
        said = out[g["id"]]
        for t in g["targets"]:
            label = said[t["token"]] if t["token"] < len(said) else None
            labels[label] += 1
            pairs.append((t["score"], SCALE.get(label, MEAN), label, g["tokens"][t["token"]], " ".join(g["tokens"])))
    n = len(pairs)
    mx, my = (sum(p[i] for p in pairs) / n for i in (0, 1))
    cov = sum((p[0] - mx) * (p[1] - my) for p in pairs)
    r = cov / math.sqrt(sum((p[0] - mx) ** 2 for p in pairs) * sum((p[1] - my) ** 2 for p in pairs))
    clear = [p for p in pairs if p[0] != 0]
    signs = sum((p[0] > 0) == (p[1] > 0) for p in clear)
    print(f"events {n}  r {r:.3f}  sign {100 * signs / len(clear):.1f} %  {dict(labels)}")
    for label in [*SCALE, None]:
        scores = [p[0] for p in pairs if p[2] == label]
        if scores:
            print(f"  {label or 'none':12} {len(scores):5}  mean of the annotators {sum(scores) / len(scores):5.2f}")
    if errors:
        for p in sorted(pairs, key=lambda p: -abs(p[0] - p[1]))[:300]:
            print(f"{p[0]:.1f} | {p[2]} | {p[3]} | {p[4]}")


def conllu(path):
    for g in rows(path):
        print(f"# newdoc id = {g['id']}\n# sent_id = {g['id']}-1")
        for i, token in enumerate(g["tokens"], 1):
            print("\t".join([str(i), token, "_", "_", "_", "_", "_", "_", "_", "_"]))
        print()


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if not a.startswith("-")]
    if "--input" in sys.argv and len(arguments) == 1:
        conllu(arguments[0])
    elif len(arguments) == 2:
        main(*arguments, "--errors" in sys.argv)
    else:
        sys.exit(__doc__)
