"""Asks pySHACL whether a store satisfies ontology/shapes.ttl, whether each example does what its name says, and whether
`sayso check` names the same offenders as pySHACL in graphs broken on purpose: in one way for each constraint of each
shape, and in many ways at random.

usage: shacl.py SAYSO STORE [ROUNDS]      (ROUNDS of random breaking, 12 by default)
"""
import collections, logging, pathlib, random, subprocess, sys, tempfile

try:
    import pyshacl, rdflib
except ImportError:
    print("skipped: pyshacl is not installed")
    sys.exit(0)
from rdflib import RDF, RDFS, XSD, BNode, Literal, Namespace, URIRef
from rdflib.collection import Collection

SH, SAYSO, EX = Namespace("http://www.w3.org/ns/shacl#"), Namespace("https://w3id.org/sayso/ns#"), Namespace("https://example.org/fault/")
logging.disable()  # rdflib tells of every ill-formed literal
sayso, store = sys.argv[1:3]
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 12
root = pathlib.Path(__file__).resolve().parents[2] / "ontology"
shapes = rdflib.Graph().parse(root / "shapes.ttl")
ontology = rdflib.Graph().parse(root / "sayso.ttl")
scratch = pathlib.Path(tempfile.mkdtemp())


def local(term):
    return str(term).rsplit("#", 1)[-1]


def theirs(graph):
    """The offences that pySHACL finds: focus and shape. Blank nodes have no name to compare."""
    _, report, text = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=ontology, inference="none")
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        found.add(("_:" if isinstance(focus, BNode) else str(focus), local(report.value(result, SH.sourceShape))))
    return found, text


def ours(graph):
    """The offences against shapes that the program finds."""
    path = scratch / "graph.nt"
    graph.serialize(path, format="nt", encoding="utf-8")
    run = subprocess.run([sayso, "check", "--quiet", "--store", path], capture_output=True, text=True)
    rows = [line.split("\t") for line in run.stdout.splitlines()]
    assert run.returncode == bool(rows), (run.returncode, run.stderr)
    return {("_:" if focus.startswith("_:") else focus, shape) for shape, focus, *_ in rows if not shape.startswith("consistency")}


def union(text):
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format="nquads")
    graph = rdflib.Graph()
    for s, p, o, _ in dataset.quads():
        graph.add((s, p, o))
    return graph


def copy(graph):
    other = rdflib.Graph()
    for triple in graph:
        other.add(triple)
    return other


def agree(graph, what):
    found, text = theirs(graph)
    mine = ours(graph)
    if found != mine:
        sys.exit(f"{what}: pySHACL alone {sorted(found - mine)[:5]}, sayso alone {sorted(mine - found)[:5]}\n{text[:1500]}")
    return found


# ---------------------------------------------------------------- the store and the examples

whole = union(subprocess.run([sayso, "export", "--quiet", "--store", store, "--format", "nquads"], check=True, capture_output=True).stdout.decode())
assert agree(whole, "the store") == set(), "the store conforms"
print("pySHACL: the store conforms,", len(whole), "triples; so says sayso check")

good = bad = 0
valid = {}
for path in sorted((root / "examples").glob("*.ttl")):
    graph = rdflib.Graph().parse(path)
    offences = agree(graph, path.name)
    if path.name.endswith(".invalid.ttl"):
        assert offences, f"{path.name} should be refused"
        bad += 1
    else:
        assert not offences, f"{path.name}: {offences}"
        valid[path.stem] = graph
        good += 1
print("pySHACL:", good, "valid examples accepted,", bad, "invalid examples refused; so says sayso check")

# ---------------------------------------------------------------- one fault for each constraint of each shape


def right_value(shape):
    """A value that satisfies a property shape but for its count."""
    if allowed := shapes.value(shape, SH["in"]):
        return list(Collection(shapes, allowed))
    if datatype := shapes.value(shape, SH.datatype):
        # Two dates long before, two numbers near zero: not beyond what other properties bound.
        words = {XSD.date: ["0001-01-02", "0001-01-03"], XSD.integer: ["0", "1"], XSD.decimal: ["0.125", "0.25"], XSD.boolean: ["true", "false"]}
        return [Literal(w, datatype=datatype) for w in words.get(datatype, ["some words", "other words"])]
    return [EX.one, EX.two]


def faults(shape, focus, graph, path):
    """Name and broken copy of a graph, for each constraint of a property shape."""

    # An ill-formed date that is also compared makes pySHACL stop with an error: faults of the datatype stand alone.
    compared = list(shapes.objects(shape, SH.lessThanOrEquals)) + [
        shapes.value(other, SH.path) for other in shapes.subjects(SH.lessThanOrEquals, path)
    ]

    def broken(remove=False, add=(), also=(), alone=False):
        other = copy(graph)
        for bound in compared if alone else []:
            other.remove((focus, bound, None))
        if remove:
            other.remove((focus, path, None))
        for value in add:
            other.add((focus, path, value))
        for triple in also:
            other.add(triple)
        return other

    for name, value in shapes.predicate_objects(shape):
        match local(name):
            case "minCount":
                yield "missing", broken(remove=True)
            case "maxCount":
                yield "too many", broken(add=right_value(shape))
            case "datatype":
                yield "another datatype", broken(True, [Literal("yesterday", datatype=XSD.token)])
                yield "an IRI for a literal", broken(True, [EX.thing])
                yield "a language", broken(True, [Literal("words", lang="en")])
                if value != XSD.string:
                    yield "ill-formed", broken(True, [Literal("not so", datatype=value, normalize=False)], alone=True)
                if value == XSD.date:
                    yield "no such day", broken(True, [Literal("2031-02-30", datatype=value, normalize=False)], alone=True)
            case "class":
                yield "dangling link", broken(True, [EX.nowhere])
                yield "of another class", broken(True, [EX.other], [(EX.other, RDF.type, SAYSO.Run), (EX.other, RDF.type, EX.Unknown)])
                yield "a literal for a thing", broken(True, [Literal("a thing")])
                yield "a blank node for a thing", broken(True, [BNode()])
            case "in":
                yield "not of the list", broken(True, [SAYSO.whatever])
                yield "the name of a value", broken(True, [Literal(local(Collection(shapes, value)[0]) + "?")])
            case "nodeKind":
                yield "of another kind", broken(True, [Literal("https://example.org/")])
                yield "a blank node", broken(True, [BNode()])
            case "minInclusive":
                yield "too small", broken(True, [Literal("-1", datatype=shapes.value(shape, SH.datatype))])
            case "maxInclusive":
                yield "too great", broken(True, [Literal("1.5", datatype=shapes.value(shape, SH.datatype))])
            case "minLength":
                yield "empty", broken(True, [Literal("")])
            case "pattern":
                yield "another pattern", broken(True, [Literal("nothing like it"), EX["nothing-like-it"]])
            case "lessThanOrEquals":
                sample = right_value(shape)
                other = broken(True, [sample[1]])
                other.remove((focus, value, None))
                other.add((focus, value, sample[0]))
                yield "out of order", other
                mixed = copy(other)
                mixed.remove((focus, value, None))
                mixed.add((focus, value, Literal("words")))
                yield "not to be compared", mixed
            case "disjoint":
                yield "in both", broken(also=[(focus, value, v) for v in graph.objects(focus, path)])
            case "path" | "message" | "type":
                pass
            case other:
                sys.exit(f"no fault is known for sh:{other}")


counts, missed = collections.Counter(), []
for node_shape in sorted(shapes.subjects(RDF.type, SH.NodeShape)):
    for target in sorted(shapes.objects(node_shape, SH.targetClass)):
        graph = valid[local(target)]
        focus = sorted(graph.subjects(RDF.type, target))[0]
        for shape in sorted(shapes.objects(node_shape, SH.property)):
            path = shapes.value(shape, SH.path)
            if isinstance(path, BNode):
                path = shapes.value(path, SH.inversePath)
                other = copy(graph)
                other.remove((None, path, focus))
                cases = [("pointed at by nobody", other)]
                stranger = copy(other)
                stranger.add((EX.stranger, path, focus))
                cases.append(("pointed at by a stranger", stranger))
            else:
                cases = faults(shape, focus, graph, path)
            for what, broken in cases:
                found = agree(broken, f"{local(target)}, {local(shape)}, {what}")
                counts[what] += 1
                if not any(name == local(shape) for _, name in found):
                    missed.append(f"{local(target)}: {local(shape)} {what}")
        # A blank node instead of the thing itself.
        blank, node = rdflib.Graph(), BNode()
        for triple in graph:
            blank.add(tuple(node if term == focus else term for term in triple))
        found = agree(blank, f"{local(target)}, a blank node")
        assert ("_:", local(node_shape)) in found, (target, found)
        counts["a blank node for itself"] += 1
        for name, alternatives in shapes.predicate_objects(node_shape):
            if name == SH["or"]:
                other = copy(graph)
                for branch in Collection(shapes, alternatives):
                    other.remove((focus, shapes.value(branch, SH.path), None))
                assert (str(focus), local(node_shape)) in agree(other, f"{local(target)}, no alternative")
                counts["no alternative"] += 1
            if name == SH.pattern:
                renamed = rdflib.Graph()
                for triple in graph:
                    renamed.add(tuple(EX.named_otherwise if term == focus else term for term in triple))
                assert (str(EX.named_otherwise), local(node_shape)) in agree(renamed, f"{local(target)}, renamed")
                counts["an IRI of another pattern"] += 1
print("pySHACL and sayso check name the same offenders in", sum(counts.values()), "graphs with one fault:", ", ".join(f"{n} {what}" for what, n in sorted(counts.items())))
assert not missed, f"a fault was no offence against the shape it was made for: {missed}"

# ---------------------------------------------------------------- many faults at random

chance = random.Random(7)
documents = sorted(whole.subjects(RDF.type, SAYSO.Document))
offences = 0
for number in range(rounds):
    # A document and what is within two steps of its statements.
    inside, edge = set(), {chance.choice(documents)}
    for _ in range(3):
        inside |= edge
        edge = {s for thing in edge for s in whole.subjects(None, thing)} | {o for thing in edge for o in whole.objects(thing) if isinstance(o, URIRef)} - inside
        edge = set(chance.sample(sorted(edge), min(len(edge), 150)))
    graph = rdflib.Graph()
    for thing in inside | edge:
        for p, o in whole.predicate_objects(thing):
            graph.add((thing, p, o))
    triples = sorted(graph)
    things = sorted({s for s, _, _ in triples})
    values = sorted({o for _, _, o in triples}, key=str)
    for s, p, o in chance.sample(triples, min(40, len(triples))):
        match chance.randrange(5):
            case 0:
                graph.remove((s, p, o))
            case 1:
                graph.add((s, p, chance.choice(values)))
            case 2:
                graph.remove((s, p, o))
                graph.add((s, p, Literal(str(o))))
            case 3:
                graph.add((chance.choice(things), p, o))
            case 4:
                graph.add((s, RDF.type, chance.choice([SAYSO.Claim, SAYSO.Statement, SAYSO.Quantity, SAYSO.Event, SAYSO.Person, SAYSO.Comparison])))
    offences += len(agree(graph, f"round {number} of random breaking"))
print("pySHACL and sayso check name the same", offences, "offenders in", rounds, "graphs broken at random")
