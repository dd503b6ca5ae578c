"""Runs the blocks of docs/r.md in R and compares the rows they read with those that sayso counts.

usage: r.py SAYSO STORE      (skipped without Rscript; a block is skipped where a package it names is not installed)
"""
import csv, io, json, os, pathlib, re, shutil, subprocess, sys, tempfile

sayso, store = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
if not shutil.which("Rscript"):
    sys.exit(print("skipped: R is not installed"))
page = (pathlib.Path(__file__).resolve().parents[2] / "docs/r.md").read_text(encoding="utf-8")
blocks = re.findall(r"```r\n(.*?)```", page, flags=re.S)
environment = {**os.environ, "PATH": f"{sayso.parent}{os.pathsep}{os.environ['PATH']}", "SAYSO_STORE": str(store), "LC_ALL": "C.UTF-8"}


def run(*arguments):
    return subprocess.run([sayso, *arguments], check=True, capture_output=True, env=environment).stdout.decode()


def table(name):
    return list(csv.DictReader(io.StringIO(run("export", "-q", "--format", "csv", "--table", name), newline="")))


def r(code, folder):
    done = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, cwd=folder, env=environment)
    assert done.returncode == 0, f"{code}\n{done.stderr}"
    return done.stdout


claims = table("statements")
network = json.loads(run("export", "-q", "--format", "cytoscape"))["elements"]
expected = {
    "claims": len(claims),
    "statements": len(claims),
    "quantities": len(table("quantities")),
    "said": len(run("ask", "-q", "who-said", "--about", "trucks", "--format", "jsonl").splitlines()),
    "places": len(json.loads(run("export", "-q", "--format", "geojson"))["features"]),
    "net": len(network["nodes"]),
}
ran = 0
for block in blocks:
    packages = sorted(set(re.findall(r"(\w+)::", block)))
    missing = [p for p in packages if "FALSE" in r(f'cat(requireNamespace("{p}", quietly = TRUE))', None)]
    if missing:
        print(f"skipped: the R package {missing[0]} is not installed")
        continue
    with tempfile.TemporaryDirectory() as folder:
        names = [n for n in re.findall(r"^(\w+) <- ", block, flags=re.M) if n in expected]
        rows = lambda name: f"igraph::vcount({name})" if name == "net" else f"nrow({name})"
        counts = "".join(f'cat("\\n=", "{name}", {rows(name)}, "\\n")\n' for name in names)
        if "claims" in names:
            # The words of all claims, to the letter: CSV in one reader is CSV in the other.
            counts += 'writeLines(claims$words, "words.txt", useBytes = TRUE)\n'
        out = r(block + counts, folder)
        found = {name: int(number) for name, number in re.findall(r"^= (\w+) (\d+)", out, flags=re.M)}
        assert found == {name: expected[name] for name in names}, (found, expected)
        if "claims" in names:
            words = (pathlib.Path(folder) / "words.txt").read_text(encoding="utf-8")
            assert words == "".join(row["words"] + "\n" for row in claims), "the words are the same"
    ran += 1
    print(f"R: {', '.join(packages) or 'no package'}:", ", ".join(f"{n} {c}" for n, c in found.items()))
assert ran, "no block of docs/r.md was run"
