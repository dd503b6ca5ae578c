#!/usr/bin/env python3
"""Independent SPARQL engines give the same rows of every ready-made question, with the file unchanged.

    questions.py [SAYSO STORE]

On the fixture the rows are those of tests/cases/questions, which Oxigraph gives in `cargo test`. With the program and
a store, the rows of Oxigraph on the store are compared as well. The engines: rdflib, and Virtuoso where it is
installed (apt-get install virtuoso-opensource-7-bin). An order that differs is told, and is no fault: engines may
order equal keys and unbound values as they like.
"""
import collections, contextlib, csv, decimal, json, pathlib, re, subprocess, sys, tempfile

try:
    import rdflib
except ImportError:
    sys.exit(print("skipped: rdflib is not installed (pip install rdflib)"))
import virtuoso

root = pathlib.Path(__file__).resolve().parents[2]
questions = {p.stem: p.read_text() for p in sorted((root / "ontology/questions").glob("*.rq"))}
questions = {name: text for name, text in questions.items() if "# engine: rdf-1.2" not in text}
PREFIXES = {"http://www.wikidata.org/entity/": "wd:"}


def cell(text, numeric=False):
    """A term as compared: numbers by value, some IRIs by prefix."""
    if numeric:
        # Twelve digits: engines keep a third in 15 to 28.
        return f"{decimal.Context(prec=12).create_decimal(text).normalize()}"
    for namespace, prefix in PREFIXES.items():
        text = text.replace(namespace, prefix) if text.startswith(namespace) else text
    # Virtuoso keeps the coordinates of a point in single precision.
    if text.startswith("POINT("):
        text = re.sub(r"-?\d+\.\d+", lambda m: f"{float(m[0]):.4f}", text)
    return text


NUMERIC = ("integer", "decimal", "double", "float", "int", "long")


def of_json(answer):
    names = answer["head"]["vars"]
    def one(term):
        return "" if term is None else cell(term["value"], term.get("datatype", "").endswith(NUMERIC))
    return names, [tuple(one(row.get(name)) for name in names) for row in answer["results"]["bindings"]]


def of_rdflib(answer):
    def one(term):
        numeric = isinstance(term, rdflib.Literal) and str(term.datatype or "").endswith(NUMERIC)
        return "" if term is None else cell(str(term), numeric)
    return [str(v) for v in answer.vars], [tuple(map(one, row)) for row in answer]


def of_tsv(path, kinds):
    """The expected rows; a column is numeric where the engine's answer is."""
    names, *rows = [line.split("\t") for line in path.read_text().splitlines()]
    return names, [tuple(row) for row in rows]


def is_number(text):
    try:
        return bool(text) and decimal.Decimal(text) is not None
    except decimal.InvalidOperation:
        return False


def even(rows):
    """Numbers written alike, whatever their column; Virtuoso keeps booleans as 1 and 0; IRIs in their short form; lists that
    GROUP_CONCAT made in one order, which SPARQL leaves open."""
    truth = {"true": "1", "false": "0"}
    ordered = lambda text: "; ".join(sorted(text.split("; "))) if isinstance(text, str) else text
    return [tuple(cell(c, True) if is_number(c) else truth.get(c, ordered(cell(c))) for c in row) for row in rows]


def compare(engine, expected, answers, table):
    wrong = 0
    for name, text in questions.items():
        try:
            names, rows = answers(text)
        except TimeoutError:
            # An engine that stands still says nothing of our answers; what it has not been asked is told.
            print(f"{engine} does not answer {name} in time and is asked no more")
            break
        except Exception as error:
            table[name][engine] = "error"
            wrong += 1
            print(f"{engine} cannot answer {name}: {str(error)[:600]}")
            continue
        wanted_names, wanted = expected[name]
        rows, wanted = even(rows), even(wanted)
        if names != wanted_names or collections.Counter(rows) != collections.Counter(wanted):
            wrong += 1
            table[name][engine] = "differs"
            more, fewer = collections.Counter(rows), collections.Counter(wanted)
            print(f"{engine}, {name}: {len(rows)} rows, expected {len(wanted)}", *list((more - fewer).items())[:3], "instead of", *list((fewer - more).items())[:3], sep="\n  ")
        else:
            table[name][engine] = f"{len(rows)}" + ("" if rows == wanted else ", other order")
    return wrong


def engines(quads, expected, what, server):
    table = collections.defaultdict(dict)
    data = rdflib.Dataset(default_union=True)
    data.parse(data=quads, format="nquads")
    wrong = compare("rdflib", expected, lambda text: of_rdflib(data.query(text)), table)
    if server:
        try:
            server.load(quads)
        except (RuntimeError, OSError, subprocess.SubprocessError) as error:
            print(f"without Virtuoso on {what}: it does not load ({error})")
            server = None
    if server:
        wrong += compare("Virtuoso", expected, lambda text: of_json(server.ask(text)), table)
    columns = ["rdflib"] + ["Virtuoso"] * bool(server)
    print(f"\nrows of each question on {what}; `oxigraph` gives the rows they are compared with")
    print(f"{'question':<22}{'oxigraph':>10}" + "".join(f"{c:>20}" for c in columns))
    for name in questions:
        print(f"{name:<22}{len(expected[name][1]):>10}" + "".join(f"{table[name].get(c, ''):>20}" for c in columns))
    return wrong


def run(server):
    fixture = rdflib.Dataset(default_union=True)
    fixture.parse(root / "ontology/examples/fixture.trig", format="trig")
    expected = {name: of_tsv(root / "tests/cases/questions" / f"{name}.tsv", None) for name in questions}
    wrong = engines(fixture.serialize(format="nquads").encode(), expected, "the fixture", server)
    if len(sys.argv) > 2:
        sayso, store = sys.argv[1:3]
        def ask(name):
            done = subprocess.run([sayso, "query", root / f"ontology/questions/{name}.rq", "--store", store, "--format", "json"], capture_output=True, check=True)
            return of_json(json.loads(done.stdout))
        quads = subprocess.run([sayso, "export", "--store", store, "--format", "nquads"], capture_output=True, check=True).stdout
        wrong += engines(quads, {name: ask(name) for name in questions}, store, server)
    sys.exit(f"{wrong} answers differ" if wrong else print("all answers agree"))


with contextlib.ExitStack() as stack:
    server = None
    try:
        if virtuoso.installed():
            server = stack.enter_context(virtuoso.Virtuoso())
        else:
            print("without Virtuoso: virtuoso-t and isql-vt are not installed")
    except (RuntimeError, OSError) as error:
        print(f"without Virtuoso: it does not start ({error})")
    run(server)
