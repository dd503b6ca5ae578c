#!/usr/bin/env python3
"""Draws verdicts to be read by a person: how many of the disputes that are shown are disputes?

    sayso ask comparisons --store STORE --format jsonl | python training/compare/draw.py differs 50 ARTICLES.jsonl …

Prints so many pairs of the verdict by a fixed seed, each with both sentences, papers and days.
"""
import json, random, re, sys

verdict, count, files = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
texts = {}
for name in files:
    for line in open(name, encoding="utf-8"):
        row = json.loads(line)
        texts[row["id"]] = row["text"]
rows = []
for line in sys.stdin:
    question = json.loads(line)
    for first, second, found, reason, *more in question["pairs"]:
        if found == verdict:
            rows.append((question["measure"], reason, more[0] if more else None, question["claims"][first], question["claims"][second]))
print(f"{len(rows)} of {verdict}")
random.Random(13).shuffle(rows)
for measure, reason, chance, *claims in rows[:count]:
    print(f"\n{measure} | {reason} | {chance}")
    for claim in claims:
        text = texts.get(claim["document"], "")
        begin, end = claim["span"]
        around = text[max(0, begin - 120):begin] + "[[" + text[begin:end] + "]]" + text[end:end + 90]
        around = re.sub(r"\s+", " ", around)
        print(f"   {claim['document']} {claim['published'] or '-'} {claim['speaker'] or 'narrator'}: {around}")
