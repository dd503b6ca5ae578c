#!/usr/bin/env python3
"""B-cubed F1 of incidents on ECB+: articles of one seminal event belong together, those of its look-alike do not.

    zcat $DATA/ecbplus/dev.jsonl.gz > ecb.jsonl && sayso build ecb.jsonl --store ecb
    sayso ask incidents --store ecb --format jsonl | python training/compare/bcubed.py ecb.jsonl -
"""
import json, sys

gold, found = {}, {}
for line in open(sys.argv[1], encoding="utf-8"):
    row = json.loads(line)
    gold[row["id"]] = (row["topic"], row["subtopic"])
for line in sys.stdin if sys.argv[2] == "-" else open(sys.argv[2], encoding="utf-8"):
    row = json.loads(line)
    for document in row["documents"]:
        found[document] = row["incident"]
sizes = lambda of: {key: {d for d in gold if of(d) == key} for key in {of(d) for d in gold}}
mine = lambda d: found.get(d, d)
clusters, events = sizes(mine), sizes(lambda d: gold[d])
precision = sum(len(clusters[mine(d)] & events[gold[d]]) / len(clusters[mine(d)]) for d in gold) / len(gold)
recall = sum(len(clusters[mine(d)] & events[gold[d]]) / len(events[gold[d]]) for d in gold) / len(gold)
f1 = 2 * precision * recall / (precision + recall)
print(f"{len(gold)} articles, {len(events)} events, {len(clusters)} incidents: B-cubed P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f}")
