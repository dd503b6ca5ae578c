#!/usr/bin/env python3
"""Is it said to have happened? UDS It-Happened against the output of `sayso annotate`.

    python3 tests/oracles/factuality_uds.py --input uds_ih2_dev.jsonl > in.conllu
    sayso annotate --input conllu --format conllu in.conllu > out.conllu
    python3 tests/oracles/factuality_uds.py uds_ih2_dev.jsonl out.conllu [--errors]

Each event word has a score from -3 (did not happen) to 3 (happened). The label of the predicate (`Factuality=` in the last column) is put
on that scale by its mean on one half of the development sentences (what lies ahead counts as not yet happened, as the annotators
counted); a word that is no predicate gets the mean of such words. The other half is printed apart, and so is a second scale that has
also the form of the verb where it is asserted: what is told in the past tense has happened more surely than what is so at any time.
Printed: Pearson's r, and how often the sign is right. Python standard library only.
"""
import json
import math
import sys

LABELS = ["asserted", "probable", "possible", "unknown", "conditional", "future", "denied"]


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(x) for x in lines]


def labels_of(path):
    """The factuality and the tag of each token of each sentence: CoNLL-U, `Factuality=` in the last column."""
    out, name = {}, None
    for line in open(path, encoding="utf-8"):
        if line.startswith("# newdoc id = "):
            name = line[14:].strip()
            out[name] = []
        elif line[:1].isdigit():
            cells = line.rstrip("\n").split("\t")
            if "-" not in cells[0]:
                label = next((x[11:] for x in cells[9].split("|") if x.startswith("Factuality=")), None)
                out[name].append((label, cells[4]))
    return out


def main(gold_path, out_path, errors):
    out = labels_of(out_path)
    found = []
    for index, g in enumerate(rows(gold_path)):
        said = out[g["id"]]
        for t in g["targets"]:
            label, tag = said[t["token"]] if t["token"] < len(said) else (None, None)
            found.append((index % 2, t["score"], label, tag, g["tokens"][t["token"]], " ".join(g["tokens"])))
    halves = (("both halves", (0, 1)), ("the half the scale was made of", (0,)), ("the other half", (1,)))
    for title, key in (("by the label", lambda f: f[2]), ("by the label and, where asserted, the form of the verb", lambda f: (f[2], f[3] if f[2] == "asserted" else ""))):
        scale = {k: mean([f[1] for f in found if key(f) == k and f[0] == 0]) for k in {key(f) for f in found if f[0] == 0}}
        print(title)
        for name, half in halves:
            score([(f[1], scale.get(key(f), mean(list(scale.values())))) for f in found if f[0] in half], "  " + name)
    scale = {label: mean([f[1] for f in found if f[2] == label]) for label in [*LABELS, None]}
    for label, value in scale.items():
        print(f"  {label or 'none':12} {sum(f[2] == label for f in found):5}  mean of the annotators {value:5.2f}")
    if errors:
        for half, gold, label, tag, word, text in sorted(found, key=lambda f: -abs(f[1] - scale[f[2]]))[:300]:
            print(f"{half} | {gold:.1f} | {label} | {tag} | {word} | {text}")


def mean(values):
    return sum(values) / len(values) if values else 0.0


def score(pairs, name):
    n = len(pairs)
    mx, my = (mean([p[i] for p in pairs]) for i in (0, 1))
    cov = sum((p[0] - mx) * (p[1] - my) for p in pairs)
    r = cov / math.sqrt(sum((p[0] - mx) ** 2 for p in pairs) * sum((p[1] - my) ** 2 for p in pairs))
    clear = [p for p in pairs if p[0] != 0]
    signs = sum((p[0] > 0) == (p[1] > 0) for p in clear)
    print(f"{name:33} events {n:5}  r {r:.3f}  sign {100 * signs / len(clear):.1f} %")


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
