"""Reads the exports of a store with other people's readers and compares what they hold.

usage: exports.py SAYSO STORE      (networkx and rdflib are used where installed, rapper where on the path)
"""
import csv, datetime, io, json, shutil, subprocess, sys

sayso, store = sys.argv[1:3]


def export(*arguments):
    return subprocess.run([sayso, "export", "--quiet", "--store", store, *arguments], check=True, capture_output=True).stdout


cyto = json.loads(export("--format", "cytoscape"))["elements"]
nodes, edges = len(cyto["nodes"]), len(cyto["edges"])
labels = sorted(n["data"]["label"] for n in cyto["nodes"])
print("json: cytoscape", nodes, "nodes", edges, "edges")
try:
    import networkx
except ImportError:
    print("skipped: networkx is not installed")
else:
    for name, read in [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)]:
        graph = read(io.BytesIO(export("--format", name)))
        assert graph.number_of_nodes() == nodes, (name, graph.number_of_nodes())
        assert graph.number_of_edges() == edges, (name, graph.number_of_edges())
        found = sorted(" ".join(d["label"].split()) for _, d in graph.nodes(data=True))
        assert found == sorted(" ".join(l.split()) for l in labels), name
        dated = 0
        if name == "gexf":
            # Gephi's timeline needs days in order; a node without an early day has its late one alone.
            for _, data in graph.nodes(data=True):
                days = [datetime.date.fromisoformat(data[k]) for k in ("start", "end") if k in data]
                assert days == sorted(days), data
                dated += bool(days)
            assert dated > nodes / 4
        told = f", {dated} nodes with days" if dated else ""
        print("networkx:", name, graph.number_of_nodes(), "nodes", graph.number_of_edges(), "edges, labels equal" + told)

nquads = export("--format", "nquads")
quads = len(nquads.splitlines())
for name in ["statements", "quantities", "events", "entities", "links"]:
    rows = list(csv.DictReader(io.StringIO(export("--format", "csv", "--table", name).decode(), newline="")))
    assert all(None not in row and None not in row.values() for row in rows), name
    print("csv:", name, len(rows), "rows")
    if name == "links":
        assert len(rows) == edges
try:
    import rdflib
except ImportError:
    print("skipped: rdflib is not installed")
else:
    counts = {}
    for name, form in [("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")]:
        data = rdflib.Dataset()
        data.parse(data=export("--format", name).decode(), format=form)
        counts[name] = len(set(data.quads()))
        assert counts[name] == quads, (name, counts[name], quads)
        print("rdflib:", name, counts[name], "quads")
    triples = {}
    for name, form in [("turtle", "turtle"), ("ntriples", "nt"), ("rdfxml", "xml")]:
        triples[name] = set(rdflib.Graph().parse(data=export("--format", name).decode(), format=form))
        assert triples[name] == triples["turtle"], name
        print("rdflib:", name, len(triples[name]), "triples")
if shutil.which("rapper"):
    run = subprocess.run(["rapper", "-q", "-i", "nquads", "-o", "nquads", "-", "http://localhost/"], input=nquads, capture_output=True, check=True)
    assert len(run.stdout.splitlines()) == quads
    print("rapper: nquads", quads, "quads")
    for name in ["turtle", "ntriples", "rdfxml"]:
        run = subprocess.run(["rapper", "-q", "-i", name, "-o", "ntriples", "-", "http://localhost/"], input=export("--format", name), capture_output=True, check=True)
        print("rapper:", name, len(set(run.stdout.splitlines())), "triples")
else:
    print("skipped: rapper is not installed")

# Entities of FollowTheMoney, by its own model.
try:
    from followthemoney import model
except ImportError:
    print("skipped: followthemoney is not installed")
else:
    kinds, ids, ends = {}, set(), set()
    for line in export("--format", "ftm").decode().splitlines():
        row = json.loads(line)
        entity = model.get_proxy(row, cleaned=False)
        schema = model.get(row["schema"])
        assert all(required in row["properties"] for required in schema.required), row
        for name, values in row["properties"].items():
            kept = entity.get(name, quiet=False)
            assert len(kept) == len(set(values)), (row["schema"], name, values, kept)
            if schema.get(name).type.name == "entity":
                ends.update(values)
        ids.add(row["id"])
        kinds[row["schema"]] = kinds.get(row["schema"], 0) + 1
    assert ends <= ids, sorted(ends - ids)[:3]
    print("followthemoney:", ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))

# The tables as Parquet hold what the database of SQLite holds.
try:
    import pyarrow.parquet
except ImportError:
    print("skipped: pyarrow is not installed")
else:
    import pathlib, sqlite3, tempfile
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        export("--format", "parquet", "-o", folder / "tables")
        export("-o", folder / "news.sqlite")
        base = sqlite3.connect(folder / "news.sqlite")
        told = []
        for path in sorted((folder / "tables").glob("*.parquet")):
            table = pyarrow.parquet.read_table(path)
            rows = base.execute(f'SELECT * FROM "{path.stem}" ORDER BY id').fetchall()
            names = [column[1] for column in base.execute(f'PRAGMA table_info("{path.stem}")')]
            assert table.column_names == names, (path.stem, table.column_names, names)
            assert [tuple(row.values()) for row in table.to_pylist()] == rows, path.stem
            told.append(f"{len(rows)} {path.stem}")
        print("pyarrow: parquet", ", ".join(told))
        try:
            import duckdb
        except ImportError:
            print("skipped: duckdb is not installed")
        else:
            counted = duckdb.sql(f"SELECT count(*), count(speaker) FROM '{folder}/tables/statements.parquet'").fetchall()[0]
            assert counted == base.execute("SELECT count(*), count(speaker) FROM statements").fetchone()
            print("duckdb: parquet", counted[0], "statements")

page = json.loads(export("--format", "geojson"))
for feature in page["features"]:
    longitude, latitude = feature["geometry"]["coordinates"]
    assert -180 <= longitude <= 180 and -90 <= latitude <= 90, feature
print("json: geojson", len(page["features"]), "events on the map")
