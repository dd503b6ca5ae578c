#!/usr/bin/env python3
"""Weighs words by how many articles have them: src/annotate/topic/en/words.tsv.

    zcat $DATA/polnear/*.jsonl.gz | cat - $DATA/linking/newsfair_dev.jsonl $DATA/linking/trnews_dev.jsonl |
        sayso annotate - --format conllu | python training/compare/words.py > src/annotate/topic/en/words.tsv

Only counts are kept, and only of words that three articles or more have. A weight is ten times the natural logarithm of all
articles by those with the word, between 5 and 75; a word that the table does not have weighs more than any in it.
"""
import collections, math, sys

counts, articles, seen = collections.Counter(), 0, None
for line in sys.stdin:
    if line.startswith("# newdoc"):
        if seen is not None:
            counts.update(seen)
        seen, articles = set(), articles + 1
    elif "\t" in line and not line.startswith("#"):
        cells = line.split("\t")
        lemma = cells[2].lower()
        if cells[3] in ("NOUN", "PROPN", "VERB", "ADJ") and len(lemma) > 2 and lemma.replace("-", "").isalpha():
            seen.add(lemma)
counts.update(seen or ())
rows = collections.defaultdict(list)
for word, count in counts.items():
    if count >= 3:
        rows[min(75, max(5, round(10 * math.log(articles / count))))].append(word)
print(f"# Ten times the logarithm of all articles by those that have the word ({articles} articles), then the words.")
for weight in sorted(rows):
    print(f"{weight}\t{' '.join(sorted(rows[weight]))}")
