"""Splits raw articles into tokens and sentences with the program itself, so that training and running see the same tokens.

    python tokens.py ../target/release/sayso articles.jsonl.gz tokens.json
"""

import gzip
import json
import subprocess
import sys


def main():
    program, articles, out = sys.argv[1:]
    raw = gzip.open(articles).read()
    texts = {d["id"]: d["text"] for d in map(json.loads, raw.decode("utf-8").splitlines())}
    if program.endswith(".conllu"):
        conllu = open(program, encoding="utf-8").read()
    else:
        conllu = subprocess.run([program, "annotate", "-", "--format", "conllu"], input=raw, stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
    docs, doc, sent, at, text = {}, None, None, 0, ""
    for line in conllu.split("\n"):
        if line.startswith("# newdoc id = "):
            name = line[14:]
            doc, text, at = docs.setdefault(name, []), texts[name], 0
        elif line.startswith("# newpar"):
            doc.append([])
        elif line.startswith("#"):
            continue
        elif not line:
            sent = None
        else:
            c = line.split("\t")
            if not c[0].isdigit():
                continue
            if sent is None:
                sent = []
                if not doc:
                    doc.append([])
                doc[-1].append(sent)
            start = text.index(c[1], at)
            assert start - at < 2000, (name, c[1], text[at:at + 60])
            at = start + len(c[1])
            sent.append((start, at))
    json.dump(docs, open(out, "w"))
    n = sum(len(s) for d in docs.values() for p in d for s in p)
    print(f"{len(docs)} articles, {sum(len(p) for d in docs.values() for p in d)} sentences, {n} tokens")


if __name__ == "__main__":
    main()
