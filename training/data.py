"""Readers of the training data. Every reader gives documents: lists of sentences.

A sentence is a dict: words, paragraph (starts one), and where the source has them upos, xpos, heads, rels, names, speech.
"""

import gzip
import json
import re
from pathlib import Path

NAMES = ["O"] + [b + k for k in ("PER", "ORG", "LOC", "NORP", "MISC") for b in ("B-", "I-")]
SPEECH = ["O"] + [b + k for k in ("SOURCE", "CUE", "CONTENT") for b in ("B-", "I-")]


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            yield line.rstrip("\n")


def conllu(path):
    docs, doc, sent, par, spaces = [], [], None, True, []

    def close():
        nonlocal sent, par
        if sent and sent["words"]:
            sent["paragraph"] = par
            par = False
            doc.append(sent)
        sent = None

    for line in lines(path):
        if line.startswith("# newdoc"):
            if doc:
                docs.append(doc)
            doc = []
            par = True
        elif line.startswith("# newpar"):
            par = True
        elif line.startswith("#"):
            continue
        elif not line:
            close()
        else:
            c = line.split("\t")
            if not c[0].isdigit():
                continue
            if sent is None:
                sent = dict(words=[], upos=[], xpos=[], heads=[], rels=[], misc=[])
            sent["words"].append(c[1])
            sent["upos"].append(c[3])
            sent["xpos"].append(c[4])
            sent["heads"].append(int(c[6]))
            sent["rels"].append(c[7])
            sent["misc"].append(c[9])
    close()
    if doc:
        docs.append(doc)
    return docs


# ---------------------------------------------------------------- names

WORLDWIDE = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC", "NORP": "NORP",
             "Misc": "MISC", "Product": "MISC", "Date": None, "Money": None}
RE3D = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP"}
WNUT = {"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG", "product": "MISC", "creative-work": "MISC"}
PLAIN = {k: k for k in ("PER", "ORG", "LOC", "MISC")}


HYPHENED = re.compile(r"(?<=[A-Za-z])(-)(?=[A-Za-z])")


def bio(path, kinds, sep=None, column=1, sentences=True):
    """Token lines with labels; IO and BIO both become BIO."""
    docs, doc, words, labels = [], [], [], []
    last = "O"

    def close():
        nonlocal words, labels, last
        if words:
            doc.append(dict(words=words, names=labels, paragraph=True))
        words, labels, last = [], [], "O"

    for line in lines(path):
        if line.startswith("# newdoc"):
            close()
            if doc:
                docs.append(doc)
            doc = []
            continue
        if line.startswith("# ") and "\t" not in line:
            continue
        if not line.strip() or line.strip().startswith("-DOCSTART-"):
            close()
            continue
        c = line.split(sep)
        if len(c) <= column:
            continue
        if column == 2 and not c[0].isdigit():
            continue
        label = c[column]
        kind = kinds.get(label[2:]) if label != "O" else None
        if kind is None:
            out = "O"
        elif label[0] == "I" and last == kind:
            out = "I-" + kind
        else:
            out = "B-" + kind
        last = kind if kind else "O"
        pieces = HYPHENED.split(c[column - 1]) if column == 1 and HYPHENED.search(c[column - 1]) else [c[column - 1]]
        for piece in filter(None, pieces):
            words.append(piece)
            labels.append(out)
            out = out.replace("B-", "I-")
    close()
    if doc:
        docs.append(doc)
    return docs


TITLES = set("""president vice mr mrs ms miss dr doctor prof professor senator sen judge justice king queen sir lady lord prince princess
pope father captain general colonel gen col minister mayor governor representative chancellor""".split())
ENTITY = re.compile(r"\((\d+)-([a-z]+)-[^()]*|(\d+)\)")


def named(docs):
    """Names of GUM's entity layer: mentions with a proper noun as head, cut to the proper nouns around it."""
    out = []
    for doc in docs:
        new = []
        for s in doc:
            n = len(s["words"])
            open_, mentions = [], []
            for i, misc in enumerate(s["misc"]):
                field = next((f[7:] for f in misc.split("|") if f.startswith("Entity=")), "")
                for m in re.finditer(r"\((\d+)-([a-z]+)[^()]*|(\d+)\)|\)", field):
                    if m.group(1):
                        open_.append((m.group(1), m.group(2), i))
                        # a mention of one token closes at once: "(7-abstract-...)"
                    elif m.group(3):
                        for k in range(len(open_) - 1, -1, -1):
                            if open_[k][0] == m.group(3):
                                mentions.append((open_[k][2], i + 1, open_[k][1]))
                                del open_[k]
                                break
                    elif open_:
                        k = open_.pop()
                        mentions.append((k[2], i + 1, k[1]))
            labels = ["O"] * n
            for a, b, kind in sorted(mentions, key=lambda x: x[0] - x[1]):
                heads = [i for i in range(a, b) if not a < s["heads"][i] <= b]
                if not heads or not s["xpos"][heads[0]].startswith("NNP"):
                    continue
                l = r = heads[0]
                proper = lambda i: s["xpos"][i].startswith("NNP") or (s["words"][i] == "-" and a < i < b - 1)
                while l > a and proper(l - 1):
                    l -= 1
                while r + 1 < b and (proper(r + 1) or (kind != "person" and r + 2 < b and s["words"][r + 1] in ("of", "for", "and", "&", "the", "de")
                                                       and s["xpos"][r + 2].startswith("NNP"))):
                    r += 1
                while kind == "person" and l < r and s["words"][l].lower().rstrip(".") in TITLES:
                    l += 1
                if any(x != "O" for x in labels[l:r + 1]):
                    continue
                if kind == "person" and s["xpos"][heads[0]] == "NNPS":
                    kind = "norp"
                k = dict(norp="NORP", person="PER", organization="ORG", place="LOC").get(kind, "MISC")
                labels[l:r + 1] = ["B-" + k] + ["I-" + k] * (r - l)
            new.append(dict(words=s["words"], names=labels, paragraph=s["paragraph"]))
        out.append(new)
    return out


ABBREVIATIONS = set("""mr mrs ms dr prof gen lt col sgt capt maj adm gov sen rep rev hon st jr sr inc ltd co corp vs etc no dept
jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k u.n e.g i.e a.m p.m d.c vol fig est messrs ave""".split())
CLOSING = {'"', "”", "''", "’", "'", ")", "]", "»"}


def ends(words, i):
    """Does a sentence end before words[i]? A rough splitter of tokens, for sources that have paragraphs only."""
    if i == 0:
        return False
    j = i - 1
    while j >= 0 and words[j] in CLOSING:
        j -= 1
    if j < 0:
        return False
    w = words[j]
    if w in ("!", "?") or (w in (".", "...", "…") and w):
        if w in ("...", "…") and not words[i][:1].isupper():
            return False
        if w == "." and j > 0 and (words[j - 1].lower().rstrip(".") in ABBREVIATIONS or (len(words[j - 1]) == 1 and words[j - 1].isupper())) and j == i - 1:
            return False
        first = words[i].lstrip("\"“‘'`([")[:1] or words[i][:1]
        if words[i] in CLOSING and words[i] not in ('"', "'"):
            return False
        if words[i] in ('"', "“", "‘", "``", "(", "["):
            return True
        return first.isupper() or first.isdigit()
    return False


def split_paragraphs(docs):
    """Cuts paragraphs into sentences."""
    out = []
    for doc in docs:
        new = []
        for par in doc:
            words = par["words"]
            cuts = [0]
            quote = False
            for i in range(1, len(words)):
                w = words[i - 1]
                if w == '"':
                    quote = not quote
                if ends(words, i):
                    if words[i] == '"' and quote:
                        continue
                    cuts.append(i)
            cuts.append(len(words))
            for a, b in zip(cuts, cuts[1:]):
                if a == b:
                    continue
                s = {k: (v[a:b] if isinstance(v, list) else v) for k, v in par.items()}
                s["paragraph"] = par.get("paragraph", True) and a == 0
                new.append(s)
        out.append(new)
    return out


# ---------------------------------------------------------------- speech

TOKEN = re.compile(r"""
    https?://\S+ | www\.\S+ | [\w.+-]+@[\w-]+\.[\w.]+ | [@\#]\w+
  | (?:[A-Z]\.){2,} | (?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Gov|Sen|Rep|Rev|St|Jr|Sr|Inc|Ltd|Co|Corp|vs|Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec|No)\.(?=\s|,)
  | [A-Z]\.(?=\s[A-Z])
  | [ap]\.m\. | e\.g\. | i\.e\.
  | \d+(?:[.,:/]\d+)+ | \.\d+ | \d+(?:st|nd|rd|th|s)\b | \d+
  | \w+?(?=n['’]t\b) | n['’]t\b | ['’](?:s|re|ve|ll|d|m|S|RE|VE|LL|D|M)\b
  | \w+
  | \.\.\.+ | --+ | …
  | \S
""", re.X)
SPECIAL = {"cannot": ("can", "not"), "gonna": ("gon", "na"), "wanna": ("wan", "na"), "gotta": ("got", "ta")}


def tokenise(text, start, end):
    """Tokens of a stretch of raw text as (start, end)."""
    out = []
    for m in TOKEN.finditer(text, start, end):
        a, b = m.span()
        w = m.group().lower()
        if w in SPECIAL:
            k = len(SPECIAL[w][0])
            out += [(a, a + k), (a + k, b)]
        else:
            out.append((a, b))
    return out


def polnear(path, tokens=None):
    """Articles with source, cue and content. `tokens`: {id: paragraphs of sentences of (start, end)} from the program itself."""
    docs = []
    for line in lines(path):
        d = json.loads(line)
        text = d["text"]
        marks = [0] * len(text)
        starts = [False] * (len(text) + 1)
        for role, code in (("content", 3), ("source", 1), ("cue", 2)):
            for a in d["attributions"]:
                for s, e in a[role]:
                    for i in range(s, e):
                        marks[i] = code
                    starts[s] = True
                    if e < len(marks):
                        starts[e] = starts[e]
        doc = []
        if tokens is None:
            paragraphs = []
            for m in re.finditer(r"[^\n]+", text):
                toks = tokenise(text, *m.span())
                if toks:
                    paragraphs.append([toks])
        else:
            paragraphs = tokens[d["id"]]
        for par in paragraphs:
            for k, toks in enumerate(par):
                words, labels, last = [], [], 0
                for s, e in toks:
                    code = 0
                    for i in range(s, e):
                        if marks[i]:
                            code = marks[i]
                            break
                    begin = code and (code != last or any(starts[s:e]))
                    labels.append("O" if not code else ("B-" if begin else "I-") + ("SOURCE", "CUE", "CONTENT")[code - 1])
                    last = code
                    words.append(text[s:e])
                doc.append(dict(words=words, speech=labels, spans=toks, paragraph=k == 0, whole=True))
        docs.append(doc)
    if tokens is None:
        docs = split_paragraphs(docs)
    return docs


def split_by_program(folder, part):
    """What tokens.py wrote for a part of PolNeAR; without it the rough tokeniser above serves."""
    return json.load(open(Path(folder) / f"polnear-{part}.json")) if folder else None


def windows(doc, limit=512):
    """Stretches of whole sentences, at most `limit` tokens (one longer sentence stands alone)."""
    out, cur, n = [], [], 0
    for s in doc:
        k = len(s["words"])
        if cur and n + k > limit:
            out.append(cur)
            cur, n = [], 0
        cur.append(s)
        n += k
    if cur:
        out.append(cur)
    return out


def cut_long(doc, limit=160):
    """Sentences longer than `limit` tokens are cut (no tree may be on them)."""
    out = []
    for s in doc:
        n = len(s["words"])
        if n <= limit or "heads" in s:
            out.append(s)
            continue
        for a in range(0, n, limit):
            out.append({k: (v[a:a + limit] if isinstance(v, list) else (v and a == 0)) for k, v in s.items()})
    return out


def sources(shared, without=(), tokens=None):
    """All training documents by source; each with the heads it can teach."""
    shared = Path(shared)
    ud, ner = shared / "ud", shared / "ner"
    out = {}
    out["ewt"] = conllu(ud / "en_ewt-ud-train.conllu.gz")
    out["gum"] = conllu(ud / "en_gum-ud-train-cc.conllu.gz")
    out["gum_names"] = named(out["gum"]) if "gum" not in without else []
    out["worldwide"] = split_paragraphs(bio(ner / "worldwide-train.bio.gz", WORLDWIDE, "\t"))
    out["wikigold"] = bio(ner / "wikigold.conll.gz", PLAIN)
    out["btc"] = bio(ner / "btc.conll.gz", PLAIN, "\t")
    out["wnut"] = bio(ner / "wnut17-train.conll.gz", WNUT, "\t")
    out["re3d"] = split_paragraphs(bio(ner / "re3d-nobbc.conll.gz", RE3D, "\t"))
    out["polnear"] = polnear(shared / "polnear" / "train.jsonl.gz", split_by_program(tokens, "train"))
    return {k: v for k, v in out.items() if k not in without}
