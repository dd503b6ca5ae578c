"""Asks pySHACL whether a store satisfies ontology/shapes.ttl, and whether each example does what its name says.

usage: shacl.py SAYSO STORE
"""
import pathlib, subprocess, sys

try:
    import pyshacl, rdflib
except ImportError:
    print("skipped: pyshacl is not installed")
    sys.exit(0)

sayso, store = sys.argv[1:3]
root = pathlib.Path(__file__).resolve().parents[2] / "ontology"
shapes = rdflib.Graph().parse(root / "shapes.ttl")
ontology = rdflib.Graph().parse(root / "sayso.ttl")


def conforms(graph):
    verdict, _, text = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=ontology, inference="none")
    return verdict, text


data = subprocess.run([sayso, "export", "--quiet", "--store", store, "--format", "nquads"], check=True, capture_output=True).stdout
dataset = rdflib.Dataset()
dataset.parse(data=data.decode(), format="nquads")
union = rdflib.Graph()
for s, p, o, _ in dataset.quads():
    union.add((s, p, o))
verdict, text = conforms(union)
assert verdict, text[:3000]
print("pySHACL: the store conforms,", len(union), "triples")

good = bad = 0
for path in sorted((root / "examples").glob("*.ttl")):
    verdict, text = conforms(rdflib.Graph().parse(path))
    if path.name.endswith(".invalid.ttl"):
        assert not verdict, f"{path.name} should be refused"
        bad += 1
    else:
        assert verdict, f"{path.name}: {text[:2000]}"
        good += 1
print("pySHACL:", good, "valid examples accepted,", bad, "invalid examples refused")
