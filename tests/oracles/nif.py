"""Reads with rdflib what `sayso annotate --format nif` writes of a folder, and holds every name against its text and against the
annotations in JSON; then sends the texts to the route of a server in each syntax that rdflib writes, with names and without.

usage: nif.py SAYSO STORE [FOLDER]      (FOLDER: articles, by default the corpus; pip install rdflib)
"""
import json, pathlib, subprocess, sys, urllib.request

from serving import serving

try:
    import rdflib
    from rdflib import RDF, XSD, Literal, Namespace, URIRef
except ImportError:
    sys.exit(print("skipped: rdflib is not installed"))

sayso, store = sys.argv[1:3]
folder = sys.argv[3] if len(sys.argv) > 3 else str(pathlib.Path(__file__).parents[2] / "corpus")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
ITS = Namespace("http://www.w3.org/2005/11/its/rdf#")
WIKIDATA, OWN = "http://www.wikidata.org/entity/", "https://w3id.org/sayso/id/"


def run(form):
    done = subprocess.run([sayso, "annotate", "--format", form, "-q", folder], capture_output=True)
    assert done.returncode in (0, 1), done.stderr.decode()
    return done.stdout.decode()


def graph(text, syntax="turtle"):
    found = rdflib.Graph()
    found.parse(data=text, format=syntax)
    return found


def number(g, node, name):
    value = g.value(node, name, any=False)
    assert value.datatype == XSD.nonNegativeInteger and str(value) == str(int(value)), (node, value)
    return int(value)


def texts(g):
    """The names of each text as {text: {(begin, end): thing}}; every one of them is looked at."""
    assert not any(isinstance(node, rdflib.BNode) for triple in g for node in triple)
    found = {}
    for context in g.subjects(RDF.type, NIF.Context):
        text = str(g.value(context, NIF.isString, any=False))
        assert (number(g, context, NIF.beginIndex), number(g, context, NIF.endIndex)) == (0, len(text)), context
        names = found.setdefault(text, {})
        for name in g.subjects(NIF.referenceContext, context):
            begin, end = number(g, name, NIF.beginIndex), number(g, name, NIF.endIndex)
            words = g.value(name, NIF.anchorOf, any=False)
            assert 0 <= begin < end <= len(text) and str(words) == text[begin:end], (name, words, text[begin:end])
            classes = set(g.objects(name, RDF.type))
            assert {NIF.Phrase, NIF.String} <= classes, name
            assert NIF.RFC5147String not in classes or str(name).endswith(f"#char={begin},{end}"), name
            thing, sure = g.value(name, ITS.taIdentRef, any=False), g.value(name, ITS.taConfidence, any=False)
            assert isinstance(thing, URIRef), name
            # What is known nowhere else has one of our own IRIs, and no confidence.
            assert (sure is None) == str(thing).startswith(OWN), (name, thing, sure)
            assert sure is None or sure.datatype == XSD.double and 0.75 <= float(sure) <= 1, (name, sure)
            names[begin, end] = str(thing)
    return found


written = graph(run("nif"))
found = texts(written)
wanted = {}
for line in run("jsonl").splitlines():
    doc = json.loads(line)
    wanted[doc["text"]] = {tuple(m["span"]): m for m in doc["mentions"] if m["kind"] == "name"}
assert found.keys() == wanted.keys(), "the texts are those of the annotations in JSON"
linked = 0
for text, names in found.items():
    assert names.keys() == wanted[text].keys(), (text[:60], names.keys() ^ wanted[text].keys())
    for span, thing in names.items():
        item = wanted[text][span]["wikidata"]
        assert not item or thing == WIKIDATA + item, (thing, item)
        assert bool(wanted[text][span]["nil"]) == thing.startswith(OWN), (thing, wanted[text][span])
        linked += not thing.startswith(OWN)
assert linked > 50, linked

# One text after another, as GERBIL asks: without names, and with all of them given but what they name.
TOLD = {ITS.taIdentRef, ITS.taConfidence, ITS.taClassRef}
SYNTAXES = [("turtle", "application/x-turtle"), ("nt", "application/n-triples"), ("xml", "application/rdf+xml"), ("json-ld", "application/ld+json")]


def ask(site, g, syntax, kind):
    heads = {"content-type": f"{kind};charset=UTF-8", "accept": kind}
    body = g.serialize(format=syntax, encoding="utf-8")
    request = urllib.request.Request(f"{site}/nif", data=body, headers=heads)
    with urllib.request.urlopen(request, timeout=120) as answer:
        assert answer.headers["content-type"] == kind, answer.headers["content-type"]
        return graph(answer.read().decode(), syntax)


with serving(sayso, store, 7894) as site:
    asked = 0
    for n, context in enumerate(sorted(written.subjects(RDF.type, NIF.Context))):
        text = str(written.value(context, NIF.isString))
        # XML knows one kind of line end.
        for syntax, kind in SYNTAXES[n % 4 :][:1] if "\r" not in text else SYNTAXES[:1]:
            bare, given = rdflib.Graph(), rdflib.Graph()
            for triple in written.triples((context, None, None)):
                bare.add(triple), given.add(triple)
            for name in written.subjects(NIF.referenceContext, context):
                for triple in written.triples((name, None, None)):
                    triple[1] in TOLD or given.add(triple)
            for sent in (bare, given):
                answer = ask(site, sent, syntax, kind)
                assert set(answer.subjects(RDF.type, NIF.Context)) == {context}, context
                # Our own IRIs of things that are nowhere else may hang on what else was known of the article: its title, its day.
                known = lambda names: {span: "" if thing.startswith(OWN) else thing for span, thing in names.items()}
                (own, names), = texts(answer).items()
                assert own == text and known(names) == known(found[text]), (kind, context, known(names).items() ^ known(found[text]).items())
            asked += 2
    print(f"NIF: {len(found)} texts, {sum(map(len, found.values()))} names where they stand, {linked} of them linked; {asked} answers of the route")
