"""Counts the rows of a store's tables by the tools that people open them with; all have to agree.

usage: tables.py SAYSO STORE      (duckdb, pandas, polars, networkx and datasette are used where installed)
"""
import csv, json, pathlib, re, socket, sqlite3, subprocess, sys, tempfile, time, urllib.error, urllib.request

sayso, store = sys.argv[1:3]
# Each table, and what the graph has a row of it for.
TABLES = {
    "articles": "?x a sayso:Document",
    "speakers": "VALUES ?c { sayso:Person sayso:Organization sayso:Group sayso:UnnamedSource sayso:Place sayso:Agent sayso:Entity } ?x a ?c",
    "statements": "?x a sayso:Statement",
    "quantities": "?c sayso:quantity ?x",
    "times": "?x a sayso:Time",
    "events": "?x a sayso:Event",
    "incidents": "?a a sayso:Document ; sayso:incident ?i BIND(CONCAT(STR(?a), STR(?i)) AS ?x)",
    "comparisons": "?x a sayso:Comparison",
}
# What is not in the graph: pairs of figures that were judged, sure or not. `sayso ask comparisons` lists them.
PAIRS = "candidate_pairs"
ALL = [*TABLES, PAIRS]
# The index of full text is asked for a word by one tool and by another.
WORD = "trucks"


def run(*arguments):
    return subprocess.run([sayso, *map(str, arguments), "--store", store, "-q"], check=True, capture_output=True).stdout


def installed(name):
    try:
        return __import__(name)
    except ImportError:
        print(f"skipped: {name} is not installed")


def told(name, counts):
    assert counts == expected, (name, counts, expected)
    print(f"{name}: the same")


def datasette(base):
    """The rows that pages of Datasette count, a facet, and the search box, asked over HTTP."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([sys.executable, "-m", "datasette", base, "--port", str(port)], **quiet)

    def page(path):
        for _ in range(120):
            try:
                return urllib.request.urlopen(f"http://127.0.0.1:{port}/news/{path}").read().decode()
            except urllib.error.HTTPError:
                raise
            except OSError:
                time.sleep(0.5)
        raise TimeoutError("datasette does not answer")

    try:
        told("datasette", {t: json.loads(page(f"{t}.json?_size=0"))["filtered_table_rows_count"] for t in ALL})
        facet = json.loads(page("statements.json?_facet=mode&_size=0"))["facet_results"]["mode"]["results"]
        assert sum(row["count"] for row in facet) == expected["statements"], facet
        found = json.loads(page(f"statements.json?_search={WORD}&_size=0"))["filtered_table_rows_count"]
        assert found == searched > 0 and 'type="search"' in page("statements"), (found, searched)
        print(f"datasette: facet of {len(facet)} modes, {found} statements with {WORD}")
    finally:
        server.terminate()


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    run("export", "-o", folder / "news.sqlite")
    run("export", "--format", "parquet", "-o", folder / "tables")
    for table in ALL:
        (folder / f"{table}.csv").write_bytes(run("export", "--format", "csv", "--table", table))
    base = sqlite3.connect(folder / "news.sqlite")
    expected = {t: base.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ALL}
    searched = base.execute("SELECT count(*) FROM statements_fts WHERE statements_fts MATCH ?", [WORD]).fetchone()[0]
    print("sqlite3:", ", ".join(f"{count} {table}" for table, count in expected.items()))
    assert not base.execute("PRAGMA foreign_key_check").fetchall()
    asked = {}
    for table, what in TABLES.items():
        answer = json.loads(run("query", f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {what} }}", "--format", "json"))
        asked[table] = int(answer["results"]["bindings"][0]["n"]["value"])
    listed = [json.loads(line)["pairs"] for line in run("ask", "comparisons", "--format", "jsonl").splitlines()]
    told("graph, by SPARQL, and sayso ask comparisons", {**asked, PAIRS: sum(map(len, listed))})
    # The sure ones of all pairs are those of the graph, each once.
    sure = sum(pair[6] for pairs in listed for pair in pairs)
    linked = base.execute(f"SELECT count(comparison), count(DISTINCT comparison) FROM {PAIRS}").fetchone()
    assert linked == (sure, sure) and sure == expected["comparisons"], (linked, sure)
    told("csv", {t: sum(1 for _ in csv.DictReader((folder / f"{t}.csv").open(encoding="utf-8", newline=""))) for t in ALL})
    # As a graph of properties: a node a row, of incidents a relationship.
    run("export", "--format", "neo4j", "-o", folder / "neo4j")
    rows = [row for path in (folder / "neo4j").glob("nodes-*.csv") for row in csv.DictReader(path.open(encoding="utf-8", newline=""))]
    labels = [set(row[":LABEL"].split("\x1f")) for row in rows]
    classes = {t: set(re.findall(r"sayso:([A-Z]\w+)", what)) for t, what in TABLES.items()}
    classes["quantities"] = {"Quantity"}
    nodes = {t: sum(1 for of in labels if of & names) for t, names in classes.items()}
    documents = {row["iri:ID"] for row, of in zip(rows, labels) if "Document" in of}
    path = folder / "neo4j/relationships-INCIDENT.csv"
    links = list(csv.DictReader(path.open(encoding="utf-8", newline=""))) if path.exists() else []
    nodes["incidents"] = sum(1 for row in links if row[":START_ID"] in documents)
    told("neo4j", {**nodes, PAIRS: expected[PAIRS]})
    parquet = {t: str(folder / f"tables/{t}.parquet") for t in ALL}
    if duckdb := installed("duckdb"):
        told("duckdb", {t: duckdb.sql(f"SELECT count(*) FROM '{p}'").fetchall()[0][0] for t, p in parquet.items()})
        told("duckdb, from CSV", {t: duckdb.sql(f"SELECT count(*) FROM read_csv('{folder}/{t}.csv')").fetchall()[0][0] for t in ALL})
    if pandas := installed("pandas"):
        told("pandas", {t: len(pandas.read_parquet(p)) for t, p in parquet.items()})
        told("pandas, from SQLite", {t: len(pandas.read_sql(f"SELECT * FROM {t}", base)) for t in ALL})
        told("pandas, from CSV", {t: len(pandas.read_csv(folder / f"{t}.csv")) for t in ALL})
    if polars := installed("polars"):
        told("polars", {t: polars.read_parquet(p).height for t, p in parquet.items()})
    base.close()
    if installed("datasette"):
        datasette(str(folder / "news.sqlite"))
