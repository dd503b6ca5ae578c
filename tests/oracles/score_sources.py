#!/usr/bin/env python3
"""Score kind of source, title, reason for not naming and time of saying of the statements that were found.

usage: score_sources.py GOLD.jsonl PRED.jsonl [--errors]

GOLD: tests/gold/sources-{a,b}.jsonl, labelled by hand before any output was seen (a: tuned on, b: looked at when the
rules were done). A document a line: "id", "date", "text", "statements": each with "cue" and "content" (spans in code
points) and lists of what is accepted for "kind", "title", "reason" and "said" (null: none). The texts are our own, CC0.
PRED: what `sayso annotate --format jsonl GOLD.jsonl` writes.

A statement is found when its words overlap the content of a prediction by half (Jaccard), or when cue and content share
words. For each field: "all", the share of the found statements where the prediction is accepted, none for none
included; and for the fields that most statements lack, "stated": the same among those where labels or prediction have a
value. "said" counts only what the statement's own clause states (rule "stated"), by its words without a preposition;
titles without article, and for reasons it is enough that one holds the other and both share two thirds of their words.
"""
import json
import re
import sys


def words(text, spans):
    return {(m.start() + s, m.group().lower()) for s, e in spans for m in re.finditer(r"\w+", text[s:e])}


def plain(value):
    if value is None:
        return None
    value = re.sub(r"^(?:on|in|the|a|an|at|by|because|for)\s+", "", value.strip().lower().replace("’", "'"))
    return re.sub(r"^(?:the|a|an)\s+", "", value).strip(" .,")


def close(wanted, got):
    if wanted is None or got is None:
        return wanted is got
    a, b = set(plain(wanted).split()), set(plain(got).split())
    return bool(a and b) and len(a & b) * 3 >= 2 * len(a | b)


def main(gold_path, pred_path, errors):
    pred = {d["id"]: d for d in map(json.loads, open(pred_path, encoding="utf-8"))}
    count, right = {}, {}

    def tally(key, ok):
        count[key] = count.get(key, 0) + 1
        right[key] = right.get(key, 0) + bool(ok)

    total = found = 0
    for gold in map(json.loads, open(gold_path, encoding="utf-8")):
        text, rows = gold["text"], pred[gold["id"]]["attributions"]
        if pred[gold["id"]]["text"] != text:
            sys.exit(f"{gold['id']}: the text differs")
        for want in gold["statements"]:
            total += 1
            content, cue = words(text, want["content"]), words(text, want["cue"])

            def fit(row):
                other = words(text, row["content"])
                overlap = len(content & other) / max(1, len(content | other))
                shared = bool(cue & words(text, row["cue"]))
                return (overlap + 0.5 * shared) if overlap >= 0.5 or shared and content & other else 0

            best = max(rows, key=fit, default=None)
            if best is None or not fit(best):
                continue
            found += 1
            said = best.get("said") or {}
            span = said.get("span") if said.get("rule") == "stated" else None
            got = {
                "kind": best.get("source_kind"),
                "title": (best.get("title") or {}).get("text"),
                "reason": (best.get("reason") or {}).get("text"),
                "said": text[span[0]:span[1]] if span else None,
            }
            for field, value in got.items():
                wanted = want[field]
                if field == "kind":
                    ok = value in wanted
                elif field == "reason":
                    ok = any(close(w, value) for w in wanted)
                else:
                    ok = any(plain(w) == plain(value) for w in wanted)
                tally((field, "all"), ok)
                if field != "kind" and (value is not None or None not in wanted):
                    tally((field, "stated"), ok)
                if errors and not ok:
                    cue_words = " ".join(text[s:e] for s, e in want["cue"])
                    print(f"{gold['id']} {field}: wanted {wanted}, got {value!r} | {cue_words} | {text[want['content'][0][0]:][:60]!r}")
    print(f"{total} labelled statements, {found} found ({100 * found / total:.1f} %)")
    for field in ("kind", "title", "reason", "said"):
        parts = []
        for how in ("all", "stated"):
            n = count.get((field, how), 0)
            if n:
                parts.append(f"{how} {100 * right[(field, how)] / n:.1f} % of {n}")
        print(f"{field:7}", "   ".join(parts))


if __name__ == "__main__":
    args = [a for a in sys.argv[1:] if a != "--errors"]
    if len(args) != 2 or "-h" in args:
        sys.exit(__doc__)
    main(args[0], args[1], "--errors" in sys.argv)
