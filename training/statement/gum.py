#!/usr/bin/env python3
"""GUM's gold attributions (eRST, CC BY 4.0) as attribution documents, and a score of the program on them.

    gum.py convert GUM.conllu.gz [MORE …] > gum.jsonl          # id, genre, text, attributions (source, cue, content)
    gum.py speakers SPEAKERS.jsonl [MORE …] > speakers.jsonl   # the same shape of our own articles, outermost statements
    gum.py score gum.jsonl PREDICTED.jsonl [--json]            # source and cue touched, by genre
    gum.py --selftest

An attribution of GUM is a discourse unit (`Discourse=attribution-*` at its first token) attached to the unit that is said.
Its signals name the tokens of the source (`sem-atsrc`) and of the cue (`lex-ind…`). The content is the unit it is attached
to with what depends on that, in the same sentence, without the tokens of the attribution itself. Units without cue (authors'
lines, credits) are left out. `score` counts a gold attribution as found when one predicted attribution touches both its
source and its cue by a token; each predicted one answers one gold one. Standard library only.
"""
import collections, gzip, json, re, sys


def documents(path):
    """Yields (id, [sentence]); a sentence is (new paragraph?, [(form, space after?, misc)])."""
    name, sentences, rows, paragraph = None, [], [], True
    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")
    pending = 0
    for line in opened:
        line = line.rstrip("\n")
        if line.startswith("# newdoc id"):
            if name:
                yield name, sentences
            name, sentences, paragraph = line.split("=")[1].strip(), [], True
        elif line.startswith("# newpar"):
            paragraph = True
        elif not line:
            if rows:
                sentences.append((paragraph, rows))
                rows, paragraph = [], False
            pending = 0
        elif not line.startswith("#"):
            cells = line.split("\t")
            if "-" in cells[0]:
                first, last = map(int, cells[0].split("-"))
                pending = (last, "SpaceAfter=No" not in cells[9], first)
                continue
            if "." in cells[0]:
                continue
            space = "SpaceAfter=No" not in cells[9]
            if pending and pending[2] <= int(cells[0]) <= pending[0]:
                space = pending[1] if int(cells[0]) == pending[0] else False
            rows.append((cells[1], space, cells[9]))
    if name:
        yield name, sentences


def numbers(list_of_ranges):
    out = []
    for part in list_of_ranges.split(","):
        first, _, last = part.partition("-")
        if first.isdigit():
            out.extend(range(int(first), int(last or first) + 1))
    return out


def pieces(tokens, spans):
    """Spans of the text that the tokens (numbers from 1) cover, neighbours joined."""
    out = []
    for t in sorted(set(tokens)):
        if t < 1 or t > len(spans):
            continue
        if out and out[-1][2] + 1 == t:
            out[-1] = [out[-1][0], spans[t - 1][1], t]
        else:
            out.append([spans[t - 1][0], spans[t - 1][1], t])
    return [[a, b] for a, b, _ in out]


def convert(name, sentences):
    text, spans, sentence_of, units = "", [], [], []
    for number, (paragraph, rows) in enumerate(sentences):
        if text:
            text = text.rstrip(" ") + ("\n\n" if paragraph else " ")
        for form, space, misc in rows:
            spans.append((len(text), len(text) + len(form)))
            text += form + (" " if space else "")
            sentence_of.append(number)
            found = re.search(r"Discourse=([^|]*)", misc)
            if found:
                first = found[1].split(";")[0].split(":")
                ids = first[1].split("->") if len(first) > 1 else ["?"]
                units.append((len(spans), ids[0], ids[1] if len(ids) > 1 else None, first[0], first[3] if len(first) > 3 else ""))
    starts = [u[0] for u in units] + [len(spans) + 1]
    own = {u[1]: range(u[0], starts[i + 1]) for i, u in enumerate(units)}
    below = collections.defaultdict(list)
    for _, unit, up, relation, _ in units:
        if up:
            below[up].append((unit, relation))
    attributions = []
    for _, unit, up, relation, signals in units:
        if not relation.startswith("attribution") or up not in own:
            continue
        source = [t for s in re.findall(r"sem-atsrc-([\d,\-]+)", signals) for t in numbers(s)]
        cue = [t for s in re.findall(r"lex-ind[a-z]*-([\d,\-]+)", signals) for t in numbers(s)]
        if not cue or not source:
            continue
        seen, todo, content = {unit}, [up], []
        while todo:
            at = todo.pop()
            if at in seen or at not in own:
                continue
            seen.add(at)
            content.extend(own[at])
            # What is told of the same speaker in further sentences is another matter.
            todo.extend(u for u, r in below[at] if not r.startswith("attribution"))
        home = {sentence_of[t - 1] for t in own[up]}
        content = [t for t in content if sentence_of[t - 1] in home and t not in cue and t not in source]
        marks = lambda t: not any(c.isalnum() for c in text[spans[t - 1][0] : spans[t - 1][1]])
        while content and marks(max(content)):
            content.remove(max(content))
        home = sentence_of[cue[0] - 1]
        near = [t for t in source if sentence_of[t - 1] == home] or source
        attributions.append({"id": f"a{len(attributions)}", "source": pieces(near, spans)[:1], "cue": pieces(cue, spans), "content": pieces(content, spans)})
    return {"id": name, "genre": name.split("_")[1], "text": text.rstrip(), "attributions": attributions}


def outermost(document):
    """Our own articles without what stands inside another statement: the convention of the other corpora."""
    rows = [a for a in document["attributions"] if not a.get("parent") and not a.get("optional")]
    keep = [{k: a[k] for k in ("id", "source", "cue", "content")} for a in rows if a["cue"] and a["content"]]
    return {"id": document["id"], "date": document.get("date"), "text": document["text"], "attributions": keep}


def touches(a, b):
    return any(s < f and e < t for s, t in a for e, f in b)


def score(gold, predicted):
    """(gold, found) by genre."""
    rows = collections.defaultdict(lambda: [0, 0])
    for document in gold:
        answers = list(predicted.get(document["id"], []))
        for a in document["attributions"]:
            hit = next((p for p in answers if touches(a["source"], p["source"]) and touches(a["cue"], p["cue"])), None)
            if hit:
                answers.remove(hit)
            for key in (document["genre"], "all"):
                rows[key][0] += 1
                rows[key][1] += bool(hit)
    return rows


def selftest():
    gold = [{"id": "d", "genre": "news", "attributions": [{"source": [[0, 3]], "cue": [[4, 8]]}]}]
    assert score(gold, {"d": gold[0]["attributions"]})["all"] == [1, 1]
    assert score(gold, {"d": [{"source": [[9, 10]], "cue": [[4, 8]]}]})["all"] == [1, 0]
    assert score(gold, {})["news"] == [1, 0]
    print("ok")


def main():
    if "--selftest" in sys.argv:
        return selftest()
    command, *paths = [a for a in sys.argv[1:] if not a.startswith("--")]
    if command == "convert":
        for path in paths:
            for name, sentences in documents(path):
                print(json.dumps(convert(name, sentences), ensure_ascii=False))
    elif command == "speakers":
        for path in paths:
            for line in open(path, encoding="utf-8"):
                print(json.dumps(outermost(json.loads(line)), ensure_ascii=False))
    elif command == "score":
        gold = [json.loads(line) for line in open(paths[0], encoding="utf-8")]
        predicted = {d["id"]: d["attributions"] for d in map(json.loads, open(paths[1], encoding="utf-8"))}
        rows = score(gold, predicted)
        if "--json" in sys.argv:
            print(json.dumps({k: {"gold": g, "found": f, "recall": f / g} for k, (g, f) in rows.items()}))
        else:
            for key, (g, f) in sorted(rows.items()):
                print(f"{key:14}{g:6} gold {100 * f / g:6.1f} % found")
    else:
        sys.exit(__doc__)


main()
