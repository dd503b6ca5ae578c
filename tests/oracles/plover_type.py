#!/usr/bin/env python3
"""Is the type of the event right? PLOVER records against the output of `sayso annotate`.

    python3 tests/oracles/plover_type.py --input plover_dev.jsonl > in.jsonl
    sayso annotate - < in.jsonl > out.jsonl
    python3 tests/oracles/plover_type.py plover_dev.jsonl out.jsonl src/annotate/event/en/types.tsv [--errors]

`deed`: as `first`, with PLOVER's own rule for what has not been done: a friendly deed announced is AGREE, a hostile one THREATEN, a friendly
one refused REJECT (here these are the deed and its factuality).
`first`: the first event found that has a PLOVER type has the record's; `any`: one of the events found has it.
Older names count as the newer: DISAPPROVE is ACCUSE, DEMAND is REQUEST, FIGHT is ASSAULT. Python standard library only.
"""
import json
import sys
from collections import Counter

NEWER = {"DISAPPROVE": "ACCUSE", "DEMAND": "REQUEST", "FIGHT": "ASSAULT"}


FRIENDLY = {"CONSULT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "SUPPORT"}
HOSTILE = {"PROTEST", "SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "REJECT"}


def deed(root, event):
    if event["factuality"] in ("future", "conditional"):
        return "AGREE" if root in FRIENDLY else "THREATEN" if root in HOSTILE else root
    if event["factuality"] == "denied" and root in FRIENDLY | {"AGREE"}:
        return "REJECT"
    return root


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(x) for x in lines]


def main(gold_path, out_path, types_path, errors):
    root = {c[0]: (c[0].upper() if c[2][0] == "(" else c[2]) for c in (x.rstrip("\n").split("\t") for x in open(types_path, encoding="utf-8") if x[0] != "#")}
    out = {d["id"]: d for d in rows(out_path)}
    count, missed, wrong = Counter(), Counter(), []
    for g in rows(gold_path):
        wanted = NEWER.get(g["event"], g["event"])
        events = out[g["id"]]["events"]
        said = [(NEWER.get(root.get(e["type"], "-"), root.get(e["type"], "-")), e) for e in events]
        said = [(r, e) for r, e in said if r != "-"]
        count["total"] += 1
        first = bool(said) and said[0][0] == wanted
        count["first"] += first
        count["deed"] += bool(said) and deed(*said[0]) == wanted
        count["any"] += any(r == wanted for r, _ in said)
        if not first:
            missed[wanted] += 1
            wrong.append((wanted, [(r, g["text"][slice(*e["trigger"])]) for r, e in said], g["trigger"], g["text"]))
    for key in ("first", "deed", "any"):
        print(f"{key:6} {count[key]}/{count['total']} = {100 * count[key] / count['total']:.1f} %")
    if errors:
        print(missed)
        for row in wrong:
            print(*row, sep=" | ")


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if not a.startswith("-")]
    if "--input" in sys.argv and len(arguments) == 1:
        for g in rows(arguments[0]):
            print(json.dumps({"id": g["id"], "text": g["text"]}))
    elif len(arguments) == 3:
        main(*arguments, "--errors" in sys.argv)
    else:
        sys.exit(__doc__)
