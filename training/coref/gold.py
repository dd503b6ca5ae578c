#!/usr/bin/env python3
"""Gold entities as the trainer and the scorer read them, one document a line.

usage: gold.py ud FILE.conllu[.gz] [--genre NAME] > gold.jsonl      (GUM: the Entity layer of MISC)
       gold.py speakers FILE.jsonl > gold.jsonl                     (entities with mentions, as in data/speakers)

{"id", "text", "date", "entities": [{"id", "type", "mentions": [{"span": [s, e], "head": [s, e]}]}]}, code points, end
exclusive. The head of a treebank mention is the word whose governor lies outside; of others it is the last word before a
preposition, a comma or a relative.  Standard library only.
"""
import gzip
import json
import re
import sys

STOP = set("of for from in at on with by to below above who whom which whose that as told said".split())


def open_any(path):
    return gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")


def documents(path):
    lines, name = [], None
    for line in open_any(path):
        if line.startswith("# newdoc id = "):
            if name:
                yield name, lines
            name, lines = line.split("= ", 1)[1].strip(), []
        lines.append(line.rstrip("\n"))
    if name:
        yield name, lines


def treebank(path, genre=""):
    for name, lines in documents(path):
        if not name.startswith("GUM_" + genre):
            continue
        text, rows, date = "", [], None
        sentence, multi_end, multi_space, first = [], 0, True, True

        def close():
            rows.append(list(sentence))
            sentence.clear()

        for line in lines:
            if line.startswith("# newpar") and not line.startswith("# newpar_block"):
                text = text.rstrip(" ") + ("\n\n" if text else "")
            elif line.startswith("# meta::dateCreated"):
                date = line.split("= ")[1]
            elif not line:
                if sentence:
                    close()
                multi_end = 0
            elif line[0] != "#":
                cells = line.split("\t")
                if "." in cells[0]:
                    continue
                spaced = "SpaceAfter=No" not in cells[9]
                if "-" in cells[0]:
                    multi_end, multi_space = int(cells[0].split("-")[1]), spaced
                    continue
                n = int(cells[0])
                start = len(text)
                text += cells[1]
                sentence.append((start, len(text), int(cells[6]), cells[9]))
                space = False if n < multi_end else multi_space if n == multi_end else spaced
                text += " " if space else ""
        if sentence:
            close()
        entities, open_ = {}, []
        for words in rows:
            base = {i + 1: w for i, w in enumerate(words)}
            for i, w in base.items():
                found = re.search(r"(?:^|\|)Entity=([^|]*)", w[3])
                if not found:
                    continue
                for part in re.findall(r"\([^()]*\)?|[^()]+\)", found.group(1)):
                    if part.startswith("("):
                        cells = part.strip("()").split("-")
                        open_.append((cells[0], cells[1], i))
                        if part.endswith(")"):
                            finish(entities, open_, cells[0], i, base)
                    else:
                        finish(entities, open_, part.rstrip(")").split("-")[0], i, base)
            open_.clear()
        yield {"id": name, "text": text, "date": date, "entities": list(entities.values())}


def finish(entities, open_, key, end, base):
    for k in range(len(open_) - 1, -1, -1):
        if open_[k][0] == key:
            _, kind, start = open_.pop(k)
            head = next((i for i in range(start, end + 1) if not start <= base[i][2] <= end), end)
            entity = entities.setdefault(key, {"id": key, "type": kind, "mentions": []})
            entity["mentions"].append({"span": [base[start][0], base[end][1]], "head": list(base[head][:2])})
            return


def head_of(text, start, end, kind):
    words = [m for m in re.finditer(r"[\w’'-]+|[,;:()]", text[start:end])]
    best = None
    for m in words:
        word = m.group().lower()
        if best is not None and (word in ",;:()" or word in STOP and kind != "name"):
            break
        if word[0].isalnum() and word not in ("’s", "'s"):
            best = m
    if best is None:
        return [start, end]
    word = re.sub(r"[’']s$", "", best.group())
    return [start + best.start(), start + best.start() + len(word)]


def speakers(path):
    for line in open_any(path):
        doc = json.loads(line)
        text, entities = doc["text"], []
        for e in doc["entities"]:
            kinds = e.get("mention_kinds") or ["name"] * len(e["mentions"])
            rows = [{"span": m, "head": head_of(text, m[0], m[1], k)} for m, k in zip(e["mentions"], kinds)]
            entities.append({"id": e["id"], "type": e["type"], "mentions": rows})
        yield {"id": doc["id"], "text": text, "date": doc.get("date"), "entities": entities}


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in ("ud", "speakers"):
        sys.exit(__doc__)
    genre = sys.argv[sys.argv.index("--genre") + 1] if "--genre" in sys.argv else ""
    rows = treebank(sys.argv[2], genre) if sys.argv[1] == "ud" else speakers(sys.argv[2])
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))
