#!/usr/bin/env python3
"""Are speakers resolved to the right entity? Annotated articles against the output of `sayso annotate`.

    sayso annotate - < articles.jsonl > out.jsonl
    python3 tests/oracles/seeds_speakers.py annotations.jsonl out.jsonl [--errors]

The gold is JSON Lines with `statements` (source text, spans, entity) and `entities` (mentions, attributive, pronouns).
For each source the mention of the output at the end of its span is looked up, and its entity compared: it is right when
most of that entity's mentions that gold knows belong to the gold entity. Counted apart: sources that are a pronoun or a
short form of the entity's name. Python standard library only.
"""
import json
import sys
from collections import Counter

PRONOUNS = {"he", "she", "it", "they", "we", "i", "his", "her", "their", "its", "our", "my", "him", "them", "us", "me"}


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return {d["id"]: d for d in map(json.loads, lines)}


def main(gold_path, out_path, errors):
    gold, out = rows(gold_path), rows(out_path)
    counts = Counter()
    for name, g in gold.items():
        if name not in out:
            sys.exit(f"{name}: not in {out_path}")
        mentions = out[name]["mentions"]
        owner = {}
        for e in g["entities"]:
            for key in ("mentions", "attributive", "pronouns"):
                for s, t in e.get(key, []):
                    owner[s, t] = e["id"]
        names = {e["id"]: e["name"] for e in g["entities"]}

        def gold_of(span):
            exact = owner.get(tuple(span))
            if exact:
                return exact
            ends = [i for (s, t), i in owner.items() if t == span[1] and abs(s - span[0]) < 40]
            return ends[0] if ends else None

        for s in g["statements"]:
            source = s["source"]
            if not source.get("spans") or not isinstance(source.get("entity"), str):
                continue
            start, end = source["spans"][-1]
            text = g["text"][start:end]
            short = text.lower() in PRONOUNS or text != names[source["entity"]]
            here = [m for m in mentions if m["span"][1] == end and start <= m["span"][0]] or [m for m in mentions if start <= m["span"][0] and m["span"][1] <= end]
            here = max(here, key=lambda m: m["span"][1] - m["span"][0], default=None)
            right, said = False, None
            if here and here["entity"]:
                votes = Counter(gold_of(m["span"]) for m in mentions if m["entity"] == here["entity"])
                votes.pop(None, None)
                said = votes.most_common(1)[0][0] if votes else None
                right = said == source["entity"]
            for group in ["all"] + (["short"] if short else []) + (["pronoun"] if text.lower() in PRONOUNS else []):
                counts[group, right] += 1
            if errors and not right:
                print(name[:3], s["id"], repr(text), "->", names.get(said), "wanted", names[source["entity"]], "" if here else "(no mention)")
    for group in ("all", "short", "pronoun"):
        right, total = counts[group, True], counts[group, True] + counts[group, False]
        print(f"{group:8} {right}/{total} = {100 * right / max(1, total):.1f} %")


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if not a.startswith("-")]
    if len(arguments) != 2:
        sys.exit(__doc__)
    main(*arguments, "--errors" in sys.argv)
