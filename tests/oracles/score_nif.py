"""Measures links as GERBIL does: each text is sent to the route /nif of a server, without names (A2KB) or with the gold ones (D2KB),
and what comes back is held against the gold by strong annotation match: the same place, and the same thing.

usage: score_nif.py SAYSO STORE GOLD.jsonl [a2kb|d2kb [PREDICTIONS.jsonl]]      (pip install rdflib)

GOLD has a text a line: {"id", "text", "mentions": [{"span": [begin, end], "wikidata" or "geonames", or "nil": true}]}; optional mentions
and those whose thing is not known are left aside. PREDICTIONS, if named, are written in the same shape. In KB: names of known things
alone; with NIL: a name of something that is known nowhere is right where the gold says so.
"""
import json, sys, urllib.request

from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef

from serving import serving

sayso, store, gold = sys.argv[1:4]
task = sys.argv[4] if len(sys.argv) > 4 else "a2kb"
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
ITS = Namespace("http://www.w3.org/2005/11/its/rdf#")
SPACES = {"wikidata": "http://www.wikidata.org/entity/", "geonames": "https://sws.geonames.org/"}
docs = [json.loads(line) for line in open(gold, encoding="utf-8")]
scheme = max(SPACES, key=lambda s: sum(bool(m.get(s)) for d in docs for m in d["mentions"]))


def number(n):
    return Literal(str(n), datatype=XSD.nonNegativeInteger)


def stretch(g, node, kind, begin, end):
    for cls in (kind, NIF.String, NIF.RFC5147String):
        g.add((node, RDF.type, cls))
    g.add((node, NIF.beginIndex, number(begin)))
    g.add((node, NIF.endIndex, number(end)))


def ask(site, n, text, spans):
    """The things at their places, as the route tells them."""
    base, g = f"http://example.org/request_{n}", Graph()
    context = URIRef(f"{base}#char=0,{len(text)}")
    stretch(g, context, NIF.Context, 0, len(text))
    g.add((context, NIF.isString, Literal(text)))
    for begin, end in spans:
        name = URIRef(f"{base}#char={begin},{end}")
        stretch(g, name, NIF.Phrase, begin, end)
        g.add((name, NIF.anchorOf, Literal(text[begin:end])))
        g.add((name, NIF.referenceContext, context))
    heads = {"content-type": "application/x-turtle;charset=UTF-8", "accept": "application/x-turtle"}
    address = f"{site}/nif?identifiers={scheme}&any-language=true"
    with urllib.request.urlopen(urllib.request.Request(address, data=g.serialize(format="turtle").encode(), headers=heads), timeout=300) as answer:
        back = Graph().parse(data=answer.read().decode(), format="turtle")
    things = {}
    for name in back.subjects(NIF.referenceContext, context):
        thing = str(back.value(name, ITS.taIdentRef))
        own = thing.removeprefix(SPACES[scheme]).rstrip("/") if thing.startswith(SPACES[scheme]) else None
        things[int(back.value(name, NIF.beginIndex)), int(back.value(name, NIF.endIndex))] = own
    return things


def shown(right, told, wanted):
    p, r = right / max(told, 1), right / max(wanted, 1)
    return f"P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(p + r, 1e-9):.3f}"


out = open(sys.argv[5], "w", encoding="utf-8") if len(sys.argv) > 5 else None
known, nil = [0, 0, 0], [0, 0, 0]
with serving(sayso, store, 7895, "--timeout", "300") as site:
    for n, doc in enumerate(docs):
        text = doc["text"]
        begin, end = doc.get("eval_span") or [0, len(text)]
        inside = lambda span: begin <= span[0] and span[1] <= end
        sure = [m for m in doc["mentions"] if inside(m["span"]) and not m.get("optional") and (m.get(scheme) or m.get("nil"))]
        aside = [m["span"] for m in doc["mentions"] if m not in sure]
        wanted = {tuple(m["span"]): m.get(scheme) or [] for m in sure}
        wanted = {span: set(own if isinstance(own, list) else [own]) for span, own in wanted.items()}
        spans = sorted(wanted) if task == "d2kb" else []
        things = ask(site, n, text, [s for s in spans if s != (0, len(text))])
        if out:
            rows = [{"span": s, scheme: own, "nil": own is None} for s, own in sorted(things.items())]
            print(json.dumps({"id": doc["id"], "mentions": rows}), file=out)
        counts = lambda s: s in wanted or inside(s) and not any(a[0] < s[1] and s[0] < a[1] for a in aside)
        things = {span: own for span, own in things.items() if counts(span)}
        links = {span: own for span, own in things.items() if own}
        for at, value in enumerate([sum(own in wanted.get(s, ()) for s, own in links.items()), len(links), sum(map(bool, wanted.values()))]):
            known[at] += value
        right = sum(s in wanted and (own in wanted[s] if own else not wanted[s]) for s, own in things.items())
        for at, value in enumerate([right, len(things), len(wanted)]):
            nil[at] += value
print(f"{task}, {len(docs)} texts, {scheme}: in KB {shown(*known)}; with NIL {shown(*nil)}")
