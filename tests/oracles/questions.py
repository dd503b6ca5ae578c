#!/usr/bin/env python3
"""rdflib gives the same rows as expected of every ready-made question on the fixture, with the file unchanged.

    questions.py
"""
import pathlib, sys

try:
    import rdflib
except ImportError:
    sys.exit(print("skipped: rdflib is not installed (pip install rdflib)"))

root = pathlib.Path(__file__).resolve().parents[2]
data = rdflib.Dataset(default_union=True)
data.parse(root / "ontology/examples/fixture.trig", format="trig")


def shown(term):
    text = "" if term is None else str(term)
    return text.replace("http://www.wikidata.org/entity/", "wd:") if isinstance(term, rdflib.URIRef) else text


wrong = asked = 0
for path in sorted((root / "ontology/questions").glob("*.rq")):
    text = path.read_text()
    if "# engine: rdf-1.2" in text:
        continue
    answer = data.query(text)
    rows = ["\t".join(map(str, answer.vars))] + ["\t".join(shown(t) for t in row) for row in answer]
    expected = (root / "tests/cases/questions" / f"{path.stem}.tsv").read_text().splitlines()
    asked += 1
    if rows != expected:
        wrong += 1
        print("WRONG", path.stem, *(set(rows) ^ set(expected)), sep="\n  ")
sys.exit(f"{wrong} of {asked} answers differ" if wrong else print(f"all {asked} answers agree"))
