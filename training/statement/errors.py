"""Counts the error classes of docs/statement-errors.md.

usage: python3 errors.py FOLDER_OF_SCORER GOLD.jsonl[.gz] PRED.jsonl
"""

import sys
from collections import Counter

sys.path.insert(0, sys.argv[1])
import score_attribution as S  # noqa: E402

gold, found = S.read(sys.argv[2]), S.read(sys.argv[3])
count = Counter()
for name, doc in gold.items():
    tokens = S.Tokens(doc["text"])
    g = [(a, tokens.words(tokens.of(a["content"]))) for a in doc["attributions"]]
    p = [(a, tokens.words(tokens.of(a["content"]))) for a in found[name]["attributions"]]
    pairs = [(S.jaccard(gw, pw), x, y) for x, (_, gw) in enumerate(g) for y, (_, pw) in enumerate(p) if gw]
    mate, taken = {}, set()
    for score, x, y in sorted(pairs, key=lambda t: (-t[0], t[1], t[2])):
        if score >= 0.5 and x not in mate and y not in taken:
            mate[x] = y
            taken.add(y)
    for x, (a, words) in enumerate(g):
        if not words:
            continue
        if x in mate:
            want, got = tokens.of(a["source"]), tokens.of(p[mate[x]][0]["source"])
            right = not want and not got or want and got and (tokens.head(want) in got or S.jaccard(want, got) >= 0.5)
            kind = "right" if right else "invented source" if not want else "wrong source" if got else "source missing"
        else:
            cue = tokens.of(a["cue"])
            best = max(((S.jaccard(words, w), i) for i, (_, w) in enumerate(p)), default=(0, 0))
            if not any(cue & tokens.of(b["cue"]) for b, _ in p):
                kind = "missed, cue reports speech" if S.reporting(tokens, cue) else "missed, cue of another kind"
            elif best[0] == 0:
                kind = "cue found, other content"
            else:
                other = p[best[1]][1]
                kind = "content " + ("cut short" if other < words else "too long" if other > words else "shifted or split")
        count[kind] += 1
    for y, (_, words) in enumerate(p):
        if y not in taken:
            count["extra, overlapping a gold content" if any(words & w for _, w in g) else "extra, elsewhere"] += 1
for kind, n in count.most_common():
    print(f"{n:6} {kind}")
