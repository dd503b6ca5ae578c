#!/usr/bin/env python3
"""Makes conflict sets of incidents whose numbers are marked where they stand: tests/gold/incidents-e.jsonl.

    python training/compare/marked.py tests/gold/incidents-e.txt > tests/gold/incidents-e.jsonl

`# id | phenomena` begins an incident, `@ date | publisher | headline` an article; a number stands as
`[about 40|q:dead s:the police v:≈40 t:2 p:children u:EUR]`: the question that it answers (`x` for none), who says so,
value with its bound where the digits alone do not tell it, its state in a running count, the part it is of, its unit.
`! cause deny | 1 | words || 3 | other words` is a quarrel without numbers between the first and the third article.
Numbers of one question are compared by their bounds; two states of one count update each other; a part is of another scope;
all other pairs of two articles are `never`. Standard library only.
"""
import hashlib, itertools, json, re, sys

WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen".split()
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70}
SIGNS = {"≈": "≈", "≥": ">=", "≤": "<=", ">": ">", "<": "<"}
KEYS = re.compile(r" ?\b([qsvtpu]):")


def value_of(text):
    digits = text.replace(",", "")
    if re.fullmatch(r"\d+(\.\d+)?", digits):
        return float(digits) if "." in digits else int(digits)
    total = 0
    for word in re.split(r"[ -]", text.lower()):
        if word in WORDS:
            total += WORDS.index(word)
        elif word in TENS:
            total += TENS[word]
        elif word == "thousand":
            total *= 1000
        else:
            raise SystemExit(f"say the value of {text!r}")
    return total


def number(text, mark):
    relation, value, lower, upper = "=", None, None, None
    if mark is None:
        value = value_of(text)
    elif mark.startswith("vague"):
        relation, (lower, upper) = "vague", map(int, mark[5:].split("-"))
    else:
        relation = SIGNS.get(mark[0], "=")
        value = float(mark.lstrip("≈≥≤><"))
        value = int(value) if value == int(value) else value
    return {"value": value, "lower": lower, "upper": upper, "relation": {">=": "≥", "<=": "≤"}.get(relation, relation)}


def admitted(c):
    v, r = c["value"], c["relation"]
    if r == "vague":
        return c["lower"], True, c["upper"], True
    return {"=": (v, True, v, True), "≈": (v and v * 0.9, True, v and v * 1.1, True), "≥": (v, True, float("inf"), True),
            ">": (v, False, float("inf"), True), "≤": (0, True, v, True), "<": (0, True, v, False)}[r]


def by_number(a, b):
    if all(a[k] == b[k] for k in ("value", "lower", "upper", "relation")):
        return "agree"
    (l, li, u, ui), (m, mi, w, wi) = admitted(a), admitted(b)
    low, high = max((l, not li), (m, not mi)), min((u, ui), (w, wi))
    meets = low[0] < high[0] or low[0] == high[0] and not low[1] and high[1]
    return "compatible" if meets else "differs"


def articles(lines):
    found = None
    for line in lines:
        line = line.rstrip("\n")
        if line.startswith("# "):
            if found:
                yield found
            name, phenomena = line[2:].split(" | ")
            found = {"id": name, "phenomena": phenomena.split(", "), "articles": [], "quarrels": []}
        elif line.startswith("@ "):
            day, publisher, title = line[2:].split(" | ")
            key = hashlib.sha256(f"{found['id']}{day}{title}".encode()).hexdigest()[:8]
            found["articles"].append({"id": f"art-{key}", "date": day, "publisher": publisher, "title": title, "text": ""})
        elif line.startswith("! "):
            found["quarrels"].append(line[2:])
        elif found:
            found["articles"][-1]["text"] += line + "\n"
    yield found


def marked(article, claims):
    text, place = "", 0
    given = article["text"].strip()
    for hit in re.finditer(r"\[([^|\]]+)\|([^\]]*)\]", given):
        text += given[place:hit.start()]
        cells = KEYS.split(" " + hit[2])
        marks = {k: v.strip() for k, v in zip(cells[1::2], cells[2::2])}
        if "q" in marks:
            claims.append({"id": f"c{len(claims) + 1}", "document": article["id"], "span": [len(text), len(text) + len(hit[1])],
                           "text": hit[1], **number(hit[1], marks.get("v")), "unit": marks.get("u", "item"), "of": None,
                           "speaker": marks.get("s") or None, "marks": marks})
        text += hit[1]
        place = hit.end()
    article["text"] = text + given[place:]


def quarrel(line, articles):
    what, *sides = re.split(r" \|\|? ", line)
    question, kind = what.split()


    def side(at, text):
        article = articles[int(at) - 1]
        if article["text"].count(text.strip()) != 1:
            raise SystemExit(f"not once in its article: {text!r}")
        return {"document": article["id"], "text": text.strip()}

    return {"question": question, "left": side(*sides[:2]), "right": side(*sides[2:]), "kind": kind}


def main():
    for found in articles(open(sys.argv[1], encoding="utf-8")):
        claims, pairs, never = [], [], []
        for article in found["articles"]:
            marked(article, claims)
        for a, b in itertools.combinations(claims, 2):
            x, y = a["marks"], b["marks"]
            inside = a["document"] == b["document"]
            is_said = a["speaker"] and b["speaker"] and a["speaker"] != b["speaker"]
            is_one = x["q"] == y["q"] and a["unit"] == b["unit"]
            if inside and not (is_said and is_one and x.get("p") == y.get("p")):
                continue
            if not is_one or x.get("p") and y.get("p") and x["p"] != y["p"]:
                never.append([a["id"], b["id"], "another question"])
            elif x.get("p") != y.get("p"):
                part, whole = (a, b) if x.get("p") else (b, a)
                pairs.append([part["id"], whole["id"], "other-scope", "a part against the whole"])
            elif x.get("t") and y.get("t") and x["t"] != y["t"]:
                newer, older = (a, b) if x["t"] > y["t"] else (b, a)
                pairs.append([newer["id"], older["id"], "updates", "the text gives a newer count"])
            else:
                pairs.append([a["id"], b["id"], by_number(a, b), "by the numbers"])
        for claim in claims:
            del claim["marks"]
        disputes = [quarrel(line, found["articles"]) for line in found.pop("quarrels")]
        print(json.dumps({**found, "claims": claims, "pairs": pairs, "never": never, "disputes": disputes}, ensure_ascii=False))


if __name__ == "__main__":
    main()
