"""Made-up plain clauses with their trees: what treebanks of web text have too few of, past tenses that could be participles.

"The strike destroyed 40 fuel trucks." beside "The trucks destroyed by the strike belonged to the army."
"""

import random

VERBS = """destroyed killed wounded injured attacked bombed damaged seized captured shelled targeted displaced freed detained arrested released
stopped closed opened flooded burned raided rescued evacuated intercepted downed blocked cut reduced doubled hit struck ruined leveled
crushed trapped ordered fired hired lifted raised halted banned fined sentenced approved rejected""".split()
BARE = "strikes raids attacks rebels jets troops police militants soldiers gunmen storms floods drones missiles prosecutors regulators".split()
SINGLE = "strike raid attack blast explosion army fire quake storm flood bomb missile drone navy government court company ministry shelling group".split()
KINDS = "air Russian Syrian American French government police drone rocket car suicide night army border missile".split()
OBJECTS = "people soldiers trucks civilians houses tankers children fighters villages vehicles workers boats homes shops officers bridges jobs".split()
OF = "fuel police army oil border aid factory government".split()
PLACES = "border city town port capital river base market airport village".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NUMBERS = "two three nine 12 15 40 116 500 dozens".split()
ADJECTIVES = {"Russian", "Syrian", "American", "French"}


def clause(rng):
    rows = []  # word, upos, xpos, head (row, -1 root), relation

    def add(w, u, x, h, r):
        rows.append([w, u, x, h, r])
        return len(rows) - 1

    plural = rng.random() < 0.4
    det = None if plural and rng.random() < 0.6 else add("The" if rng.random() < 0.8 else "This" if not plural else "These", "DET", "DT", None, "det")
    kind = None
    if rng.random() < 0.45:
        k = rng.choice(KINDS)
        a = k in ADJECTIVES
        kind = add(k, "ADJ" if a else "NOUN", "JJ" if a else "NN", None, "amod" if a else "compound")
    subject = add(rng.choice(BARE if plural else SINGLE), "NOUN", "NNS" if plural else "NN", None, "nsubj")
    reduced = rng.random() < 0.15
    if reduced:
        v = add(rng.choice(VERBS), "VERB", "VBN", subject, "acl")
        b = add("by", "ADP", "IN", None, "case")
        d = add("the", "DET", "DT", None, "det")
        n = add(rng.choice(SINGLE), "NOUN", "NN", v, "obl:agent")
        rows[b][3] = rows[d][3] = n
    verb = add(rng.choice(VERBS), "VERB", "VBD", -1, "root")
    rows[subject][3] = verb
    for i in (det, kind):
        if i is not None:
            rows[i][3] = subject
    z = rng.random()
    number = rng.choice(NUMBERS)
    mods = []
    if z < 0.6:
        if number == "dozens":
            o = add("dozens", "NOUN", "NNS", verb, "obj")
            c = add("of", "ADP", "IN", None, "case")
            n = add(rng.choice(OBJECTS), "NOUN", "NNS", o, "nmod")
            rows[c][3] = n
        else:
            mods.append(add(number, "NUM", "CD", None, "nummod"))
    elif z < 0.85:
        mods.append(add("the", "DET", "DT", None, "det"))
    if not (z < 0.6 and number == "dozens"):
        if rng.random() < 0.3:
            mods.append(add(rng.choice(OF), "NOUN", "NN", None, "compound"))
        o = add(rng.choice(OBJECTS), "NOUN", "NNS", verb, "obj")
        for i in mods:
            rows[i][3] = o
    if rng.random() < 0.4:
        c = add(rng.choice(["near", "in", "at", "outside"]), "ADP", "IN", None, "case")
        d = add("the", "DET", "DT", None, "det")
        n = add(rng.choice(PLACES), "NOUN", "NN", verb, "obl")
        rows[c][3] = rows[d][3] = n
    if rng.random() < 0.3:
        c = add("on", "ADP", "IN", None, "case")
        n = add(rng.choice(DAYS), "PROPN", "NNP", verb, "obl")
        rows[c][3] = n
    rows[0][0] = rows[0][0][0].upper() + rows[0][0][1:]
    add(".", "PUNCT", ".", verb, "punct")
    return dict(words=[r[0] for r in rows], upos=[r[1] for r in rows], xpos=[r[2] for r in rows], heads=[r[3] + 1 for r in rows],
                rels=[r[4] for r in rows], misc=["_"] * len(rows), paragraph=True)


def clauses(n, seed=1):
    rng = random.Random(seed)
    return [clause(rng) for _ in range(n)]


if __name__ == "__main__":
    for s in clauses(12):
        print(" ".join(f"{w}/{x}/{h}:{r}" for w, x, h, r in zip(s["words"], s["xpos"], s["heads"], s["rels"])))
