"""Reads the profiles of a store with other people's readers: nanopublications, Web Annotations, schema.org, Neo4j's CSV.

usage: profiles.py SAYSO STORE      (rdflib and nanopub are used where installed)
"""
import csv, datetime, json, pathlib, re, shlex, subprocess, sys, tempfile

sayso, store = sys.argv[1:3]


def export(*arguments):
    return subprocess.run([sayso, "export", "--quiet", "--store", store, *arguments], check=True, capture_output=True).stdout.decode()


statements = {row["id"]: row for row in csv.DictReader(export("--format", "csv").splitlines(keepends=True))}
quantities = list(csv.DictReader(export("--format", "csv", "--table", "quantities").splitlines(keepends=True)))


def neo4j():
    """What the importer demands: typed headers, ids once, ends of relationships known; the script names every file."""
    kinds = {"string": str, "double": float, "long": int, "date": datetime.date.fromisoformat, "boolean": lambda v: {"true": 1, "false": 0}[v]}
    with tempfile.TemporaryDirectory() as folder:
        export("--format", "neo4j", "-o", folder)
        files = sorted(p.name for p in pathlib.Path(folder).glob("*.csv"))
        script = shlex.split(pathlib.Path(folder, "import.sh").read_text().replace("\\\n", " "), comments=True)
        assert sorted(a.split("=")[1] for a in script if a.startswith(("--nodes=", "--relationships="))) == files
        subprocess.run(["sh", "-n", f"{folder}/import.sh"], check=True)
        ids, ends, values = set(), [], 0
        for name in files:
            with open(pathlib.Path(folder, name), newline="", encoding="utf-8") as file:
                header, *rows = csv.reader(file)
            assert rows and all(len(row) == len(header) for row in rows), name
            if name.startswith("nodes-"):
                assert header[0] == "iri:ID" and header[-1] == ":LABEL" and len(set(header)) == len(header), (name, header)
                for row in rows:
                    assert row[0] not in ids, f"{name}: {row[0]} twice"
                    ids.add(row[0])
                    assert name[6:-4] in row[-1].split("\x1f"), (name, row[-1])
                    for title, cell in zip(header[1:-1], row[1:-1]):
                        kind = re.fullmatch(r"\w+:(string|double|long|date|boolean)(\[\])?", title)
                        for value in (cell.split("\x1f") if kind[2] else [cell]) if cell else []:
                            kinds[kind[1]](value)
                            values += 1
            else:
                assert header == [":START_ID", ":END_ID", ":TYPE"], (name, header)
                assert {row[2] for row in rows} == {name[14:-4]}, name
                ends += [row[:2] for row in rows]
        lost = [end for pair in ends for end in pair if end not in ids]
        assert not lost, lost[:3]
        assert set(statements) <= ids and {q["id"] for q in quantities} <= ids
        print(f"csv: neo4j, {len(files)} files, {len(ids)} nodes with {values} typed values, {len(ends)} relationships, every end known")


def nanopublications():
    import rdflib
    from rdflib import RDF, Namespace

    NP, PROV, SAYSO = Namespace("http://www.nanopub.org/nschema#"), Namespace("http://www.w3.org/ns/prov#"), Namespace("https://w3id.org/sayso/ns#")
    data = rdflib.Dataset()
    data.parse(data=export("--format", "nanopub"), format="trig")
    graphs = {g.identifier: g for g in data.graphs() if len(g)}
    used, said = set(), set()
    publications = [(s, g) for name, g in graphs.items() for s in g.subjects(RDF.type, NP.Nanopublication)]
    for publication, head in publications:
        parts = [list(head.objects(publication, p)) for p in (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo)]
        assert all(len(part) == 1 for part in parts), publication
        names = [head.identifier] + [part[0] for part in parts]
        assert len(set(names)) == 4 and not used & set(names), "four graphs of its own"
        used |= set(names)
        assertion, provenance, information = (graphs[n] for n in names[1:])
        assert (names[1], None, None) in provenance, "the provenance tells of the assertion"
        assert (names[1], PROV.wasDerivedFrom, None) in provenance
        assert (publication, None, None) in information, "the information tells of the publication"
        assert not (publication, None, None) in assertion
        [statement] = set(assertion.subjects(RDF.type, SAYSO.Statement)) - set(assertion.objects(None, SAYSO.content))
        said.add(str(statement))
    assert used == set(graphs), "no graph besides"
    assert said == set(statements), "one nanopublication a statement"
    print("rdflib:", len(publications), "nanopublications, each of four graphs, satisfy the structure rules")
    try:
        from nanopub import Nanopub
    except ImportError:
        return print("skipped: nanopub is not installed")
    valid = 0
    for publication, head in publications[:: max(1, len(publications) // 40)]:
        one = rdflib.ConjunctiveGraph()
        for name in [head.identifier] + [head.value(publication, p) for p in (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo)]:
            for triple in graphs[name]:
                one.get_context(name).add(triple)
        assert Nanopub(rdf=one).is_valid
        valid += 1
    print("nanopub:", valid, "of them, evenly drawn, are valid")


# The terms of http://www.w3.org/ns/anno.jsonld that the annotations use, as the Web Annotation Vocabulary defines them.
CONTEXT = {
    "oa": "http://www.w3.org/ns/oa#", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dc": "http://purl.org/dc/elements/1.1/",
    "as": "http://www.w3.org/ns/activitystreams#", "xsd": "http://www.w3.org/2001/XMLSchema#", "id": "@id", "type": "@type",
    "Annotation": "oa:Annotation", "AnnotationPage": "as:OrderedCollectionPage", "SpecificResource": "oa:SpecificResource",
    "TextualBody": "oa:TextualBody", "TextPositionSelector": "oa:TextPositionSelector", "TextQuoteSelector": "oa:TextQuoteSelector",
    "describing": "oa:describing", "identifying": "oa:identifying", "tagging": "oa:tagging",
    "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"}, "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"}, "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"}, "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix", "value": "rdf:value", "format": "dc:format", "language": "dc:language",
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
}


def annotations():
    import rdflib
    from rdflib import RDF, Namespace

    OA = Namespace("http://www.w3.org/ns/oa#")
    page = json.loads(export("--format", "webannotation"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"

    def names(value):
        if isinstance(value, dict):
            yield from value
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
            yield from names(inner)

    assert set(names(page)) <= set(CONTEXT) | {"@context"}, "every key is a term of the context"
    data = rdflib.Graph().parse(data=json.dumps(page | {"@context": CONTEXT}), format="json-ld")
    found = set(data.subjects(RDF.type, OA.Annotation))
    assert len(found) == len(statements), (len(found), len(statements))
    places = 0
    for annotation in found:
        assert (annotation, OA.hasBody, None) in data and (annotation, OA.motivatedBy, OA.describing) in data
        targets = list(data.objects(annotation, OA.hasTarget))
        assert targets
        for target in targets:
            selectors = {data.value(s, RDF.type): s for s in data.objects(target, OA.hasSelector)}
            assert set(selectors) == {OA.TextPositionSelector, OA.TextQuoteSelector} and (target, OA.hasSource, None) in data
            place, quote = selectors[OA.TextPositionSelector], selectors[OA.TextQuoteSelector]
            begin, end = (int(data.value(place, p)) for p in (OA.start, OA.end))
            assert 0 <= begin < end and len(data.value(quote, OA.exact)) == end - begin, "the words are as long as their place"
            places += 1
    print("rdflib:", len(found), "Web Annotations with", places, "targets, position and quotation agree")


# The classes of schema.org that we write, with the properties that these or the classes above them have.
SCHEMA = {
    "NewsArticle": {"headline", "datePublished", "url", "identifier", "author", "publisher"},
    "Quotation": {"text", "description", "spokenByCharacter", "isPartOf"},
    "Claim": {"text", "description", "author", "appearance", "about"},
    "Person": {"name", "description", "jobTitle", "sameAs", "disambiguatingDescription"},
    "Organization": {"name", "description", "sameAs", "disambiguatingDescription"},
    "Place": {"name", "sameAs"},
    "Thing": {"name", "description", "sameAs"},
    "QuantitativeValue": {"name", "value", "minValue", "maxValue", "unitText", "unitCode"},
    "MonetaryAmount": {"name", "value", "minValue", "maxValue", "currency"},
}


def schema():
    import rdflib

    text = export("--format", "schemaorg")
    page = json.loads(re.search("<script>(.*?)</script>", f"<script>{text}</script>", re.S)[1])
    things = {thing["@id"]: thing for thing in page["@graph"]}
    assert len(things) == len(page["@graph"]), "each thing once"
    counts = {}

    def check(thing):
        types = thing["@type"] if isinstance(thing["@type"], list) else [thing["@type"]]
        known = set().union(*(SCHEMA[t] for t in types)) | {"@type", "@id"}
        assert set(thing) <= known, (types, set(thing) - known)
        counts[types[0]] = counts.get(types[0], 0) + 1
        for name, value in thing.items():
            for inner in value if isinstance(value, list) else [value]:
                if isinstance(inner, dict) and set(inner) == {"@id"}:
                    kinds = things[inner["@id"]]["@type"]
                    if name in ("spokenByCharacter", "author", "publisher"):
                        assert set(kinds if isinstance(kinds, list) else [kinds]) & {"Person", "Organization"}, (name, kinds)
                elif isinstance(inner, dict):
                    check(inner)

    for thing in page["@graph"]:
        check(thing)
    data = rdflib.Graph().parse(data=json.dumps(page | {"@context": {"@vocab": "https://schema.org/"}}), format="json-ld")
    typed = len(set(data.subjects(rdflib.RDF.type, rdflib.URIRef("https://schema.org/Claim"))))
    assert typed == counts["Claim"] and counts["NewsArticle"] == len({row["document"] for row in statements.values()})
    print("rdflib: schema.org,", ", ".join(f"{n} {name}" for name, n in sorted(counts.items())))


neo4j()
try:
    import rdflib
except ImportError:
    print("skipped: rdflib is not installed")
else:
    nanopublications()
    annotations()
    schema()
