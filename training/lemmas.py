#!/usr/bin/env python3
"""Builds the word list and the ending rules of the lemma stage from Universal Dependencies treebanks.

    lemmas.py TRAIN.conllu[.gz] … --out ../src/annotate/lemma/en

Standard library only; the same treebanks give the same files, byte for byte. Two files come out:

words.tsv   forms whose lemma the rules would not find: form, Penn tag, lemma. A form in lower case stands for any
            case; a form with capitals only for itself.
rules.tsv   for each Penn tag, endings with what to do: ending, letters to cut, letters to add. The longest ending
            that fits decides.

How: every (form, tag) votes for its commonest lemma. Lemma and form give an edit (cut n letters, add s). For each
tag, each ending of up to 6 letters (and the empty one) votes for its commonest edit among the *words* (not their
occurrences) that end so; an ending is kept when its edit is not the one that the next shorter ending gives, and when
it is sure enough. What is still wrong goes into the word list.
"""
import argparse
import collections
import gzip
import os

# Tags whose lemma is made by endings; all others are the form in lower case unless the list says otherwise.
ENDINGS = ["NNS", "NNPS", "VBD", "VBN", "VBG", "VBZ", "JJR", "JJS", "RBR", "RBS"]
LONGEST = 6
# Tags whose lemma is the form as written: addresses, foreign words, marks.
KEPT = ["ADD", "FW", "SYM", "NFP", "LS", ":", "AFX"]
# Endings of adjectives that keep their capital: "Syrian", "Turkish", "Maltese", "Omani".
NATIONAL = ("an", "ish", "ese", "i")
# Words that the treebanks disagree on, or whose lemma is better a word of its own.
FIXED = {("people", "NNS"): "people", ("whom", "WP"): "whom", ("goods", "NNS"): "goods",
         ("series", "NNS"): "series", ("species", "NNS"): "species", ("earnings", "NNS"): "earnings",
         ("fled", "VBD"): "flee", ("fled", "VBN"): "flee"}
# Dashes and cut-off words, whatever their tag.
DASHES = {("—", tag): "—" for tag in (",", ":", "HYPH", "NFP", "SYM")}
CUT = {("etc", "FW"): "etc."}


def rows(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            cell = line.rstrip("\n").split("\t")
            # GW: pieces of words written apart; their lemma is the whole word's.
            if len(cell) == 10 and cell[0].isdigit() and cell[2] != "_" and cell[4] != "GW":
                yield plain(cell[1]), cell[2], cell[4]


def plain(form):
    """Typographic quotes as the program levels them."""
    for old, new in (("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"')):
        form = form.replace(old, new)
    return form


def edit(form, lemma):
    """Letters to cut at the end of form, and what to add, to get lemma."""
    n = 0
    while n < min(len(form), len(lemma)) and form[n] == lemma[n]:
        n += 1
    return len(form) - n, lemma[n:]


def apply(form, cut, add):
    return form[: len(form) - cut] + add


def default(form, tag, rules):
    """The lemma that the program gives a form that is on no list."""
    if tag in rules:
        lower = form.lower()
        for n in range(min(LONGEST, len(lower) - 1), -1, -1):
            found = rules[tag].get(lower[len(lower) - n :])
            if found:
                base = form if tag.startswith("NNP") else lower
                return apply(base, *found)
    if tag.startswith("NNP"):
        return form.capitalize() if len(form) >= 7 and form.isalpha() and form.isupper() else form
    if tag in KEPT:
        return form
    if tag == "CD":
        if form[:1].isdigit():
            return form.replace(",", "")
        return form if form.isupper() and set(form) <= set("IVXLCDM") else form.lower()
    if tag == "JJ" and form[:1].isupper() and not form.isupper() and form.lower().endswith(NATIONAL):
        return form
    if tag in ("NN", "JJ") and form.isupper() and 2 <= len(form) <= 5:
        return form
    return form.lower()


def learn(votes, tag):
    """Ending -> edit for one tag."""
    counts = collections.defaultdict(collections.Counter)
    for (form, t), lemma in votes.items():
        if t != tag:
            continue
        lower, lemma = form.lower(), lemma.lower()
        cut, add = edit(lower, lemma)
        if cut > 4 or len(add) > 3 or cut >= len(lower):
            continue
        for n in range(0, min(LONGEST, len(lower) - 1) + 1):
            if n >= cut or n == 0:
                counts[lower[len(lower) - n :]][(cut, add)] += 1
    rules = {}
    for ending in sorted(counts, key=len):
        (best, n), *rest = sorted(counts[ending].items(), key=lambda kv: (-kv[1], kv[0]))
        total = sum(counts[ending].values())
        if ending and best[0] > len(ending):
            continue
        shorter = None
        for k in range(1, len(ending) + 1):
            if ending[k:] in rules:
                shorter = rules[ending[k:]]
                break
        if ending == "" or (best != shorter and n >= 2 and n / total >= 0.66):
            rules[ending] = best
    return rules


def verbs(path):
    """(form, tag) -> lemma for the irregular verbs, with their prefixes."""
    forms = {}
    for line in open(path, encoding="utf-8"):
        if line.startswith("#"):
            continue
        cells = line.rstrip("\n").split("\t")
        for prefix in [""] + (cells[3].split(",") if len(cells) > 3 else []):
            for tag, written in (("VBD", cells[1]), ("VBN", cells[2])):
                for form in written.split("/"):
                    forms[prefix + form, tag] = prefix + cells[0]
    return forms


def inflected(base):
    """The regular forms of a verb, with tags; for verbs that may double their last letter, both spellings."""
    if not base.isalpha() or len(base) < 3:
        return
    vowels = "aeiou"
    stems = [base]
    ends_cvc = base[-1] not in vowels + "wxy" and base[-2] in vowels and base[-3] not in vowels
    if base.endswith("e"):
        stems = [base[:-1]]
    elif ends_cvc:
        groups = sum(1 for i, c in enumerate(base) if c in vowels and (i == 0 or base[i - 1] not in vowels))
        doubled = base + base[-1]
        stems = [doubled] if groups == 1 else [base, doubled]
    elif base.endswith("c"):
        stems = [base + "k"]
    for stem in stems:
        past = stem + "ed"
        if stem.endswith("y") and len(stem) > 1 and stem[-2] not in vowels:
            past = stem[:-1] + "ied"
        yield past, "VBD"
        yield past, "VBN"
        if base.endswith(("ee", "oe", "ye")):
            yield base + "ing", "VBG"
        elif base.endswith("ie"):
            yield base[:-2] + "ying", "VBG"
        else:
            yield stem + "ing", "VBG"
    third = base + "s"
    if base.endswith(("s", "x", "z", "ch", "sh")):
        third = base + "es"
    elif base.endswith("y") and base[-2] not in vowels:
        third = base[:-1] + "ies"
    yield third, "VBZ"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("train", nargs="+")
    ap.add_argument("--out", required=True)
    a = ap.parse_args()
    seen = collections.defaultdict(collections.Counter)
    for path in a.train:
        for form, lemma, tag in rows(path):
            seen[form, tag][lemma] += 1
    # All cases of a form vote together, except where a capital in the lemma tells them apart.
    lower = collections.defaultdict(collections.Counter)
    for (form, tag), lemmas in seen.items():
        for lemma, n in lemmas.items():
            lower[form.lower(), tag][lemma] += n
    best = lambda c: sorted(c.items(), key=lambda kv: (-kv[1], kv[0]))[0][0]
    votes = {key: best(c) for key, c in lower.items()}
    rules = {tag: learn(votes, tag) for tag in ENDINGS}
    # Verbs of the treebanks in forms that do not occur there, and nouns used as verbs.
    irregular = verbs(os.path.join(os.path.dirname(os.path.abspath(__file__)), "irregular_verbs.tsv"))
    for key in irregular:
        votes.setdefault(key, irregular[key])
    bases = sorted({lemma for (form, tag), lemma in votes.items() if tag.startswith("VB") and lemma.islower()})
    often = collections.Counter()
    for (form, tag), c in seen.items():
        if tag in ("NN", "NNS"):
            often[best(c)] += sum(c.values())
    unlikely = ("ing", "ism", "ist", "ment", "ion", "ness", "ity", "ance", "ence", "ship", "s", "a", "i", "o", "hood", "age")
    nouns = sorted(w for w, n in often.items() if n >= 4 and w.islower() and not w.endswith(unlikely) and w not in set(bases))
    for base in bases + nouns:
        for form, tag in inflected(base):
            others = [votes.get((form, t)) for t in ("VBD", "VBN", "VBG", "VBZ")]
            votes.setdefault((form, tag), next((o for o in others if o), base))
    votes.update(FIXED)
    words = {}
    for (form, tag), lemma in sorted(votes.items()):
        if tag.startswith("NNP"):
            continue
        if default(form, tag, rules) != lemma:
            words[form, tag] = lemma
    for (form, tag), c in sorted(seen.items()):
        lemma = best(c)
        if (form.lower(), tag) in FIXED:
            continue
        # "United Nations", "Rolling Stones": what is a participle elsewhere keeps its form in a name.
        if tag.startswith("NNP") and form.lower().endswith(("ed", "ing")):
            continue
        known = words.get((form.lower(), tag)) or default(form, tag, rules)
        if known != lemma and (sum(c.values()) >= 2 or not tag.startswith("NNP")):
            words[form, tag] = lemma
    # No addresses, no pieces of markup: words alone.
    words = {
        (form, tag): lemma for (form, tag), lemma in words.items()
        if tag not in ("ADD", "FW") and len(form) <= 20
        and (all(c.isalpha() or c in "'.-" for c in form + lemma) or not any(c.isalnum() for c in form + lemma))
    }
    words.update(DASHES)
    words.update(CUT)
    os.makedirs(a.out, exist_ok=True)
    head = "# Made by training/lemmas.py from the English treebanks EWT and GUM of Universal Dependencies; do not edit.\n"
    with open(os.path.join(a.out, "words.tsv"), "w", encoding="utf-8") as out:
        out.write(head + "# form, Penn tag, lemma\n")
        for (form, tag), lemma in sorted(words.items()):
            out.write("%s\t%s\t%s\n" % (form, tag, lemma))
    with open(os.path.join(a.out, "rules.tsv"), "w", encoding="utf-8") as out:
        out.write(head + "# Penn tag, ending, letters to cut, letters to add\n")
        for tag in ENDINGS:
            for ending, (cut, add) in sorted(rules[tag].items()):
                out.write("%s\t%s\t%d\t%s\n" % (tag, ending, cut, add))


if __name__ == "__main__":
    main()
