"""Asks the reconciliation service of a store and holds every answer against the schemas of the API, both versions; sends
the examples of queries that the API gives. And the other way round: `sayso link reconcile` asks that service, and its requests
are held against the schema of queries.

usage: reconcile.py SAYSO STORE [SCHEMAS]      (SCHEMAS: a copy of the API's schemas and examples; pip install jsonschema)
Without the schemas the requests are made and counted, and not more.
"""
import csv, http.server, io, json, pathlib, shutil, subprocess, sys, tempfile, threading, urllib.parse, urllib.request

from serving import serving

sayso, store = sys.argv[1:3]
folder = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else pathlib.Path(__file__).parents[3] / "shared/data/reconciliation"
schemas = folder.is_dir()
try:
    import jsonschema, referencing
except ImportError:
    schemas = False


def validator(version):
    registry, schemas = referencing.Registry(), {}
    for path in sorted((folder / version / "schemas").glob("*.json")):
        schema = json.loads(path.read_text())
        schema["$schema"] = "http://json-schema.org/draft-07/schema#"
        schemas[path.stem] = schema
        resource = referencing.Resource.from_contents(schema, default_specification=referencing.jsonschema.DRAFT7)
        base = schema.get("$id", path.name)
        registry = registry.with_resource(base, resource).with_resource(urllib.parse.urljoin(base, path.name), resource)
        if path.stem == "openapi":
            registry = registry.with_resource("http://swagger.io/v2/schema.json", resource)
    return lambda name, value: jsonschema.Draft7Validator(schemas[name], registry=registry).validate(value)


if schemas:
    import referencing.jsonschema

base = "http://127.0.0.1:7893/reconcile"


def ask(path, body=None, form=None):
    data, kind = None, {}
    if body is not None:
        data, kind = json.dumps(body).encode(), {"content-type": "application/json"}
    if form is not None:
        data = urllib.parse.urlencode({n: json.dumps(v) for n, v in form.items()}).encode()
    with urllib.request.urlopen(urllib.request.Request(base + path, data=data, headers=kind), timeout=60) as answer:
        return json.load(answer)


def asked_by_us():
    """What `sayso link reconcile` sends: it asks a copy of the service that notes each form."""
    forms = []

    class Noting(http.server.BaseHTTPRequestHandler):
        def answer(self, data):
            with urllib.request.urlopen(urllib.request.Request(base, data=data), timeout=60) as given:
                body = given.read()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            self.answer(None)

        def do_POST(self):
            data = self.rfile.read(int(self.headers["content-length"]))
            forms.append(urllib.parse.parse_qs(data.decode(), strict_parsing=True))
            self.answer(data)

        def log_message(self, *_):
            pass

    noting = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    threading.Thread(target=noting.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(store, f"{place}/sayso-store")
        command = [sayso, "link", "reconcile", "-q", "--store", f"{place}/sayso-store", "--format", "csv", "--limit", "45",
                   "--endpoint", f"http://127.0.0.1:{noting.server_port}/reconcile", "--type", "person=Person"]
        rows = [list(csv.DictReader(io.StringIO(subprocess.run(command, check=True, capture_output=True, text=True).stdout))) for _ in range(2)]
    noting.shutdown()
    assert rows[0] == rows[1], "the answers that are kept are the answers"
    batches = [json.loads(one) for form in forms for one in form.pop("queries")]
    assert all(not form for form in forms) and all(0 < len(batch) <= 10 for batch in batches), forms
    names = {row["name"] for row in rows[0]}
    # The store knows its own names, each by itself; what is asked is asked once.
    asked = [query["query"] for batch in batches for query in batch.values()]
    assert set(asked) == names and len(asked) <= 45, (asked, names)
    for name in names:
        assert any(row["label"] == name and float(row["score"]) == 100 for row in rows[0] if row["name"] == name), name
    return batches


with serving(sayso, store, 7893):
    checked = 0
    batches = asked_by_us()
    print(f"reconciliation: {sum(map(len, batches))} names asked by `sayso link reconcile` in {len(batches)} requests")
    if not schemas:
        sys.exit(print("skipped: the API's schemas, or jsonschema, are not there"))
    old, new = validator("0.2"), validator("1.0-draft")
    for batch in batches:
        old("reconciliation-query-batch", batch)

    def check(validate, name, value):
        global checked
        validate(name, value)
        checked += 1
        return value

    check(old, "manifest", ask(""))
    check(new, "manifest", ask("/draft"))
    named = check(old, "suggest-entities-response", ask("/suggest/entity?prefix=s"))["result"]
    assert named, "entities whose name begins with s"
    check(new, "suggest-entities-response", ask("/draft/suggest/entity?prefix=s"))
    for part in ["properties", "types"]:
        single = {"properties": "property", "types": "type"}[part]
        check(old, f"suggest-{part}-response", ask(f"/suggest/{single}?prefix="))
        check(new, f"suggest-{part}-response", ask(f"/draft/suggest/{single}?prefix="))
    check(old, "data-extension-property-proposal", ask("/properties?type=Person&limit=5"))
    check(new, "data-extension-property-proposal", ask("/draft/extend/propose?type=Person&limit=5"))
    # Each entity that was suggested is found by its own name, first of all.
    queries = {f"q{n}": {"query": row["name"]} for n, row in enumerate(named)}
    result = check(old, "reconciliation-result-batch", ask("", form={"queries": queries}))
    for key, query in queries.items():
        assert result[key]["result"][0]["name"] == query["query"], (query, result[key])
    conditions = [{"conditions": [{"matchType": "id", "propertyValue": row["id"]}]} for row in named]
    result = check(new, "reconciliation-result-batch", ask("/draft/match", body={"queries": conditions}))
    for row, answer in zip(named, result["results"]):
        assert [c["id"] for c in answer["candidates"]] == [row["id"]] and answer["candidates"][0]["match"], answer
    wanted = {"ids": [row["id"] for row in named], "properties": [{"id": p["id"]} for p in ask("/properties")["properties"]]}
    check(old, "data-extension-response", ask("", form={"extend": wanted}))
    check(new, "data-extension-response", ask("/draft/extend", body=wanted))
    for path in sorted((folder / "0.2/examples/reconciliation-query-batch/valid").iterdir()):
        check(old, "reconciliation-result-batch", ask("", form={"queries": json.loads(path.read_text())}))
    for path in sorted((folder / "1.0-draft/examples/reconciliation-query-batch/valid").iterdir()):
        check(new, "reconciliation-result-batch", ask("/draft/match", body=json.loads(path.read_text())))
    for version, send in [("0.2", lambda v: ask("", form={"extend": v})), ("1.0-draft", lambda v: ask("/draft/extend", body=v))]:
        for path in sorted((folder / version / "examples/data-extension-query/valid").iterdir()):
            check(old if version == "0.2" else new, "data-extension-response", send(json.loads(path.read_text())))
    print(f"reconciliation: {checked} answers valid, {len(named)} entities found by name and id")
