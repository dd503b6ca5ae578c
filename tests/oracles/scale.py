"""Runs the scripts of docs/scale.md on a few articles: parts, resuming, one file of errors, hashes, Spark.

usage: scale.py SAYSO      (Spark where Java and pyspark are there; its second program where the wheel is, too)
"""
import json, os, pathlib, re, shutil, subprocess, sys, tempfile

sayso = pathlib.Path(sys.argv[1]).resolve()
root = pathlib.Path(__file__).resolve().parents[2]
page = (root / "docs/scale.md").read_text(encoding="utf-8")
blocks = re.findall(r"```(\w+)\n(.*?)```", page, flags=re.S)
script = next(text for kind, text in blocks if kind == "sh" and text.startswith("#!/bin/sh"))
pipe, arrow = [text for kind, text in blocks if kind == "python"]
environment = {**os.environ, "PATH": f"{sayso.parent}{os.pathsep}{os.environ['PATH']}", "JOBS": "2"}


def run(*arguments, data=None):
    done = subprocess.run([sayso, *arguments], input=data, capture_output=True)
    assert done.returncode <= 1, done.stderr.decode()
    return done.stdout


with tempfile.TemporaryDirectory() as work:
    work = pathlib.Path(work)
    lines = run("annotate", root / "corpus", "-q").decode().splitlines()
    articles = [{k: row[k] for k in ("id", "date", "text")} for row in map(json.loads, lines)]
    (work / "in").mkdir()
    for number in range(3):
        rows = [json.dumps(a) for a in articles[number::3]] + (['{"id": "broken"}'] if number == 1 else [])
        (work / f"in/{number}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (work / "parts.sh").write_text(script)
    parts = lambda: subprocess.run(["sh", work / "parts.sh", work / "in", work / "parts"], env=environment, check=True)
    parts()
    made = sorted((work / "parts").glob("*.nq.gz"))
    assert [p.name for p in made] == ["0.jsonl.nq.gz", "1.jsonl.nq.gz", "2.jsonl.nq.gz"], made
    read = lambda part: subprocess.run(["gzip", "-dc", part], capture_output=True, check=True).stdout.decode().splitlines()
    together = sorted(line for part in made for line in read(part))
    whole = run("triples", *sorted((work / "in").iterdir()), "-q", "--format", "nquads").decode().splitlines()
    assert together == sorted(whole), "the parts together are what one run gives"
    errors = (work / "parts/errors.txt").read_text()
    assert "1.jsonl" in errors and "without text" in errors, errors
    version = (work / "parts/read-with.txt").read_text()
    hashes = version.split("\n", 1)[1].strip()
    assert hashes, version
    told = "\n".join(together)
    assert all(part in told for part in hashes.split()[:1]), "the hashes stand in the parts"
    before = {p.name: (p.stat().st_mtime_ns, p.read_bytes()) for p in made}
    made[2].unlink()
    parts()
    after = {p.name: (p.stat().st_mtime_ns, p.read_bytes()) for p in made}
    assert {n: b for n, (_, b) in before.items()} == {n: b for n, (_, b) in after.items()}, "the same bytes"
    assert [n for n in before if before[n][0] == after[n][0]] == [p.name for p in made[:2]], "only what was missing"
    print(f"xargs: {len(articles)} articles in 3 parts, {len(together)} quads, resumed, one loss named")

    if not shutil.which("java"):
        sys.exit(print("skipped: Spark needs Java"))
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        sys.exit(print("skipped: pyspark is not installed"))
    os.environ["PATH"] = environment["PATH"]
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    source, target = str(work / "articles.jsonl"), str(work / "annotated")
    (work / "articles.jsonl").write_text("\n".join(map(json.dumps, articles)) + "\n", encoding="utf-8")
    exec(pipe, {"spark": spark, "source": source, "target": target})
    rows = [json.loads(l) for p in pathlib.Path(target).glob("part-*") for l in p.read_text(encoding="utf-8").splitlines()]
    said = {row["id"]: len(row.get("attributions", [])) for row in rows}
    expected = {row["id"]: len(row["attributions"]) for row in map(json.loads, lines)}
    assert said == expected
    print(f"Spark by a pipe: {len(said)} articles, {sum(said.values())} statements")
    try:
        import sayso as wheel
    except ImportError:
        sys.exit(print("skipped: the wheel is not installed"))
    target = str(work / "statements")
    exec(arrow, {"spark": spark, "source": source, "target": target})
    count = spark.read.parquet(target).count()
    assert count == sum(expected.values()), (count, sum(expected.values()))
    print(f"Spark by Arrow: {count} statements")
