"""Counts the rows of a store's tables by the tools that people open them with; all have to agree.

usage: tables.py SAYSO STORE      (duckdb, pandas, polars, networkx and datasette are used where installed)
"""
import json, pathlib, socket, sqlite3, subprocess, sys, tempfile, time, urllib.error, urllib.request

sayso, store = sys.argv[1:3]
TABLES = ["articles", "comparisons", "events", "incidents", "quantities", "speakers", "statements", "times"]
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
        told("datasette", {t: json.loads(page(f"{t}.json?_size=0"))["filtered_table_rows_count"] for t in TABLES})
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
    (folder / "statements.csv").write_bytes(run("export", "--format", "csv", "--table", "statements"))
    base = sqlite3.connect(folder / "news.sqlite")
    expected = {t: base.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in TABLES}
    searched = base.execute("SELECT count(*) FROM statements_fts WHERE statements_fts MATCH ?", [WORD]).fetchone()[0]
    print("sqlite3:", ", ".join(f"{count} {table}" for table, count in expected.items()))
    for table, what in [("statements", "?x a sayso:Statement"), ("articles", "?x a sayso:Document"), ("quantities", "?c sayso:quantity ?x")]:
        answer = json.loads(run("query", f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {what} }}", "--format", "json"))
        assert int(answer["results"]["bindings"][0]["n"]["value"]) == expected[table], (table, answer)
    parquet = {t: str(folder / f"tables/{t}.parquet") for t in TABLES}
    if duckdb := installed("duckdb"):
        told("duckdb", {t: duckdb.sql(f"SELECT count(*) FROM '{p}'").fetchall()[0][0] for t, p in parquet.items()})
        csv = duckdb.sql(f"SELECT count(*) FROM read_csv('{folder}/statements.csv')").fetchall()[0][0]
        assert csv == expected["statements"], csv
    if pandas := installed("pandas"):
        told("pandas", {t: len(pandas.read_parquet(p)) for t, p in parquet.items()})
        told("pandas, from SQLite", {t: len(pandas.read_sql(f"SELECT * FROM {t}", base)) for t in TABLES})
        assert len(pandas.read_csv(folder / "statements.csv")) == expected["statements"]
    if polars := installed("polars"):
        told("polars", {t: polars.read_parquet(p).height for t, p in parquet.items()})
    base.close()
    if installed("datasette"):
        datasette(str(folder / "news.sqlite"))
