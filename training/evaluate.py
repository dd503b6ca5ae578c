"""The figures of the model card, through the program and the scorers of ../shared/eval. Without that folder nothing is done.

    python3 training/evaluate.py target/release/sayso [--shared ../shared]
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RELATIONS = "ccomp parataxis appos conj acl:relcl obl nmod nsubj obj".split()
CLASSES = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC"}


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as f:
        return f.read().split("\n")


def annotate(program, text, *options):
    p = subprocess.run([program, "annotate", "-", "--quiet", *options], input=text.encode("utf-8"), stdout=subprocess.PIPE, check=True)
    return p.stdout.decode("utf-8")


def score(shared, gold, system, *options):
    with tempfile.NamedTemporaryFile("w", suffix=".conllu", encoding="utf-8") as f:
        f.write(system)
        f.flush()
        out = subprocess.run([sys.executable, shared / "eval" / "score_parse.py", gold, f.name, "--json", *options],
                             stdout=subprocess.PIPE, check=True).stdout
    return json.loads(out)


def raw_text(path):
    """Each document's paragraphs as one text, as JSON Lines for the program."""
    docs, par, space = [], None, ""
    for line in lines(path):
        if line.startswith("# newdoc") or not docs:
            docs.append([])
            par = True
        if line.startswith("# newpar"):
            par = True
        elif line.startswith("# text = "):
            text = line[9:]
            if par or not docs[-1]:
                docs[-1].append(text)
            else:
                docs[-1][-1] += space + text
            par = False
        elif line and not line.startswith("#"):
            space = "" if "SpaceAfter=No" in line.split("\t")[9] else " "
    return "".join(json.dumps({"id": str(i), "text": "\n\n".join(d)}) + "\n" for i, d in enumerate(docs))


def spans(labels):
    out, start, kind = set(), None, None
    for i, l in enumerate(labels + ["O"]):
        if start is not None and (l == "O" or l[0] == "B" or l[2:] != kind):
            out.add((start, i, kind))
            start = None
        if l != "O" and start is None:
            start, kind = i, l[2:]
    return out


def names(program, path, column):
    """Exact F1 of persons, organisations and places (facilities are places) on given tokens."""
    docs, doc, sent = [], [], []
    for line in lines(path) + [""]:
        if line.startswith("# newdoc"):
            if doc:
                docs.append(doc)
            doc = []
        elif line.startswith("#") and "\t" not in line:
            continue
        elif not line.strip():
            if sent:
                doc.append(sent)
            sent = []
        else:
            c = line.split("\t")
            if column == 2 and not c[0].isdigit():
                continue
            kind = CLASSES.get(c[column][2:])
            sent.append((c[column - 1], c[column][:2] + kind if kind else "O"))
    if doc:
        docs.append(doc)
    if column == 1:
        import data
        docs = [[list(zip(s["words"], s["labels"])) for s in d] for d in data.split_paragraphs(
            [[dict(words=[w for w, _ in s], labels=[l for _, l in s]) for s in d] for d in docs])]
    text = ""
    for d in docs:
        text += "# newdoc\n# newpar\n"
        for s in d:
            text += "".join(f"{i}\t{w}\t_\t_\t_\t_\t_\t_\t_\t_\n" for i, (w, _) in enumerate(s, 1)) + "\n"
    gold = [[l for _, l in s] for d in docs for s in d]
    system, cur = [], []
    for line in annotate(program, text, "--input", "conllu", "--format", "conllu").split("\n"):
        if not line:
            if cur:
                system.append(cur)
            cur = []
        elif line[0] != "#" and line.split("\t")[0].isdigit():
            misc = dict(p.split("=", 1) for p in line.split("\t")[9].split("|") if "=" in p)
            label = misc.get("NER", "O")
            cur.append(label if label[2:] in CLASSES else "O")
    assert [len(s) for s in gold] == [len(s) for s in system]
    tp = fp = fn = 0
    for g, s in zip(gold, system):
        g, s = spans(g), spans(s)
        tp, fp, fn = tp + len(g & s), fp + len(s - g), fn + len(g - s)
    return 200 * tp / (2 * tp + fp + fn)


def speech(program, path):
    """F1 of the tokens of sources, cues and contents, as the network labels them, before any decoding."""
    raw = gzip.open(path, "rt", encoding="utf-8").read()
    gold = {}
    for line in raw.splitlines():
        d = json.loads(line)
        marks = [set() for _ in d["text"]]
        for a in d["attributions"]:
            for role in ("source", "cue", "content"):
                for s, e in a[role]:
                    for i in range(s, e):
                        marks[i].add(role)
        gold[d["id"]] = (d["text"], marks)
    count = {r: [0, 0, 0] for r in ("source", "cue", "content")}
    text = None
    for line in annotate(program, raw, "--format", "conllu").split("\n"):
        if line.startswith("# newdoc id = "):
            text, marks = gold[line[14:]]
            at = 0
        elif line and line[0] != "#" and line.split("\t")[0].isdigit():
            c = line.split("\t")
            start = text.index(c[1], at)
            at = start + len(c[1])
            misc = dict(p.split("=", 1) for p in c[9].split("|") if "=" in p)
            role = misc.get("Speech", "O")[2:]
            for r, z in count.items():
                here = any(r in marks[i] for i in range(start, at))
                z[0] += here and role == r
                z[1] += role == r
                z[2] += here
    return {r: 200 * z[0] / max(1, z[1] + z[2]) for r, z in count.items()}


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("program")
    p.add_argument("--shared", type=Path, default=Path(__file__).parent.parent.parent / "shared")
    a = p.parse_args()
    sys.path.insert(0, str(Path(__file__).parent))
    if not (a.shared / "eval").is_dir():
        print(f"skipped: no {a.shared / 'eval'}")
        return
    ud, ner = a.shared / "data" / "ud", a.shared / "data" / "ner"
    print("Given tokens, development sets:")
    for name, file, options in (("EWT", "en_ewt-ud-dev", ()), ("GUM", "en_gum-ud-dev-cc", ()), ("GUM news", "en_gum-ud-dev-cc", ("--docs", "GUM_news"))):
        gold = ud / f"{file}.conllu.gz"
        system = annotate(a.program, "\n".join(lines(gold)), "--input", "conllu", "--format", "conllu")
        s = score(a.shared, gold, system, "--labels", *options)
        f1 = lambda k: 100 * s[k]["f1"]
        print(f"  {name}: " + "  ".join(f"{k} {f1(k):.2f}" for k in ("UPOS", "XPOS", "UAS", "LAS", "LASfull", "CLAS", "Lemmas")))
        labels = s.get("labels") or {}
        if labels:
            print("    F1 by relation: " + "  ".join(f"{r} {100 * labels[r]['f1']:.1f}" for r in RELATIONS if r in labels))
    print("Raw text:")
    for name, file in (("EWT", "en_ewt-ud-dev"), ("GUM", "en_gum-ud-dev-cc")):
        gold = ud / f"{file}.conllu.gz"
        s = score(a.shared, gold, annotate(a.program, raw_text(gold), "--format", "conllu"))
        f1 = lambda k: 100 * s[k]["f1"]
        print(f"  {name}: " + "  ".join(f"{k} {f1(k):.2f}" for k in ("Words", "Sentences", "UPOS", "UAS", "LAS", "Lemmas")))
    print("Names (persons, organisations, places), exact F1, given tokens:")
    print(f"  worldwide dev {names(a.program, ner / 'worldwide-dev.bio.gz', 1):.2f}")
    print(f"  UNER EWT dev {names(a.program, ner / 'uner_ewt-dev.iob2.gz', 2):.2f}")
    t = time.time()
    print("Attribution labels, PolNeAR dev, token F1: " + "  ".join(
        f"{r} {v:.1f}" for r, v in speech(a.program, a.shared / "data" / "polnear" / "dev.jsonl.gz").items()))


if __name__ == "__main__":
    main()
