"""Asks the reconciliation service of a store and holds every answer against the schemas of the API, both versions; sends
the examples of queries that the API gives.

usage: reconcile.py SAYSO STORE [SCHEMAS]      (SCHEMAS: a copy of the API's schemas and examples; pip install jsonschema)
"""
import json, pathlib, subprocess, sys, time, urllib.error, urllib.parse, urllib.request

sayso, store = sys.argv[1:3]
folder = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else pathlib.Path(__file__).parents[3] / "shared/data/reconciliation"
if not folder.is_dir():
    sys.exit(print("skipped: the API's schemas are not there"))
try:
    import jsonschema, referencing
except ImportError:
    sys.exit(print("skipped: jsonschema is not installed"))


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


import referencing.jsonschema

port = "7893"
server = subprocess.Popen([sayso, "serve", "--store", store, "--port", port, "-q"])
base = f"http://127.0.0.1:{port}/reconcile"


def ask(path, body=None, form=None):
    data, kind = None, {}
    if body is not None:
        data, kind = json.dumps(body).encode(), {"content-type": "application/json"}
    if form is not None:
        data = urllib.parse.urlencode({n: json.dumps(v) for n, v in form.items()}).encode()
    with urllib.request.urlopen(urllib.request.Request(base + path, data=data, headers=kind), timeout=60) as answer:
        return json.load(answer)


try:
    for _ in range(100):
        try:
            ask("")
            break
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    checked = 0
    old, new = validator("0.2"), validator("1.0-draft")

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
finally:
    server.terminate()
    server.wait()
