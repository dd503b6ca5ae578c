#!/usr/bin/env python3
"""Score entities across articles: B-cubed over the mentions of people, bodies and groups in ECB+, beside baselines of names alone.

usage: score_entities.py GOLD.jsonl[.gz] PRED.jsonl [--docs odd|even] [--kinds N]
       score_entities.py --selftest

GOLD: articles with `mentions` (`span`, `type`, `chain`), chains across articles, and `topic`, `subtopic`. PRED: what
`sayso annotate` writes of the same texts. Chains of HUMAN_* mentions that two articles or more share are scored. A mention is
found where one of ours has its span, or holds or is held by it (the nearest in length); what is not found stands alone.

An entity of ours is the same in two articles where its node in the store is: the same Wikidata or GeoNames number, else the same
kind and label of a name (a person's of two words at least); others are their article's own. The baselines group
by the words of the gold mention alone, in all articles or within one story, and by our entities within the article alone.
`--kinds N` counts what is apart and should be together, and the reverse, by what our entities are. Standard library only.
"""
import gzip
import json
import sys
from collections import Counter, defaultdict


def read(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")
    with opened as lines:
        return [json.loads(line) for line in lines if line.strip()]


def node(doc, entity):
    """The key of an entity's node in the store."""
    if entity.get("wikidata") or entity.get("geonames"):
        return ("linked", entity.get("wikidata") or entity.get("geonames"))
    label = " ".join(entity["label"].split())
    shared = {"person": len(label.split()) > 1, "group": False}.get(entity["type"], True)
    if entity["named"] and shared:
        return ("named", entity["type"], label)
    return ("own", doc["id"], entity["id"])


def found(spans, span):
    """The place of the mention of ours that is this one."""
    best = None
    for i, (a, b) in enumerate(spans):
        if (a, b) == tuple(span):
            return i
        if a <= span[0] and span[1] <= b or span[0] <= a and b <= span[1]:
            size = abs((b - a) - (span[1] - span[0]))
            if best is None or size < best[0]:
                best = (size, i)
    return None if best is None else best[1]


def b_cubed(pairs):
    """P, R and F1 of [(gold cluster, our cluster)], one pair a mention."""
    golds, ours, both = Counter(g for g, _ in pairs), Counter(o for _, o in pairs), Counter(pairs)
    n = len(pairs) or 1
    p = sum(both[pair] / ours[pair[1]] for pair in pairs) / n
    r = sum(both[pair] / golds[pair[0]] for pair in pairs) / n
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def selftest():
    assert b_cubed([(1, "a"), (1, "a"), (2, "b")]) == (1.0, 1.0, 1.0)
    p, r, _ = b_cubed([(1, "a"), (1, "b"), (2, "b"), (2, "b")])
    assert abs(p - (1 + 1 / 3 + 2 / 3 + 2 / 3) / 4) < 1e-9 and abs(r - (0.5 + 0.5 + 1 + 1) / 4) < 1e-9
    assert found([(0, 5), (3, 9)], (4, 8)) == 1 and found([(0, 2)], (5, 6)) is None
    print("selftest: well")


def main(args):
    gold, pred = read(args[0]), {d["id"]: d for d in read(args[1])}
    half = args[args.index("--docs") + 1] if "--docs" in args else ""
    kinds = int(args[args.index("--kinds") + 1]) if "--kinds" in args else 0
    topics = sorted({d["topic"] for d in gold})
    of_half = {t for i, t in enumerate(topics) if not half or i % 2 == (half == "odd")}
    gold = [d for d in gold if d["topic"] in of_half]
    in_docs = defaultdict(set)
    for d in gold:
        for m in d["mentions"]:
            if m["type"].startswith("HUMAN") and m["chain"] is not None:
                in_docs[d["topic"], m["chain"]].add(d["id"])
    chains = {c for c, docs in in_docs.items() if len(docs) > 1}
    rows, missed = [], 0
    for d in gold:
        mine = pred.get(d["id"], {"mentions": [], "entities": []})
        entities = {e["id"]: e for e in mine["entities"]}
        with_entity = [m for m in mine["mentions"] if m.get("entity") in entities]
        for m in mine["mentions"]:
            if m.get("entity") in entities:
                entities[m["entity"]].setdefault("named", False)
                entities[m["entity"]]["named"] |= m["kind"] == "name"
        spans = [tuple(m["span"]) for m in with_entity]
        for k, m in enumerate(d["mentions"]):
            chain = (d["topic"], m["chain"])
            if not m["type"].startswith("HUMAN") or chain not in chains:
                continue
            at = found(spans, m["span"])
            entity = entities[with_entity[at]["entity"]] if at is not None else None
            missed += entity is None
            key = node(d, entity) if entity else ("missed", d["id"], k)
            words = " ".join(m["text"].lower().split())
            pronoun = words in PRONOUNS
            rows.append({"chain": chain, "ours": key, "inside": ("own", d["id"], entity["id"]) if entity else key,
                         "name": ("alone", d["id"], k) if pronoun else words,
                         "story": ("alone", d["id"], k) if pronoun else (d["topic"], d["subtopic"], words),
                         "doc": d["id"], "entity": entity, "text": m["text"]})
    print(f"{len(chains)} chains, {len(rows)} mentions, {missed} of them not found")
    for what, key in (("words alone, all articles", "name"), ("words alone, one story", "story"), ("our entities, each article alone", "inside"), ("our nodes", "ours")):
        p, r, f = b_cubed([(row["chain"], row[key]) for row in rows])
        print(f"{what:34} P {p:.3f} R {r:.3f} F1 {f:.3f}")
    if kinds:
        apart, joined, shown = Counter(), Counter(), defaultdict(Counter)
        of_chain, of_node = defaultdict(Counter), defaultdict(Counter)
        for row in rows:
            of_chain[row["chain"]][row["ours"]] += 1
            of_node[row["ours"]][row["chain"]] += 1
        for row in rows:
            best = of_chain[row["chain"]].most_common(1)[0][0]
            if row["ours"] != best:
                e = row["entity"]
                kind = "not found" if e is None else f"{e['type']} {'named' if e['named'] else 'unnamed'} {row['ours'][0]} beside {best[0]}"
                apart[kind] += 1
                shown[kind][f"{row['text']} [{e and e['label']}] / {best[-1]}"] += 1
            if row["chain"] != of_node[row["ours"]].most_common(1)[0][0]:
                joined[row["ours"][0], str(row["ours"][-1])] += 1
        for kind, n in apart.most_common(kinds):
            print(f"apart {n:4} {kind}")
            for text, m in shown[kind].most_common(6):
                print(f"        {m:3} {text}")
        for what, n in joined.most_common(kinds):
            print(f"joined {n:3} {what}")


PRONOUNS = set("i me my mine we us our ours you your he him his she her hers it its they them their who whom whose himself herself itself themselves".split())

if __name__ == "__main__":
    if sys.argv[1:] == ["--selftest"]:
        selftest()
    elif len(sys.argv) < 3:
        sys.exit(__doc__)
    else:
        main(sys.argv[1:])
