#!/usr/bin/env python3
"""What each rule of the statement stage is worth: the scores with it less those without it, on several sets.

    python3 training/statement/rules.py target/release/sayso [--shared ../shared] [--every K] [--offset I] [RULE …]

Sets: PolNeAR dev (who-said-what F1), data/speakers dev and more (strict F1, who F1), the corpus's own gold (who-said-what
F1). `--every K --offset I` takes every K-th article of each set from the I-th, so that a rule is judged on a part that was
not looked at while it was written. Standard library only.
"""
import argparse, gzip, json, re, subprocess, sys, tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def lines(path):
    with (gzip.open(path, "rt") if path.suffix == ".gz" else open(path)) as f:
        return [json.loads(line) for line in f]


def corpus(folder):
    """The corpus's gold as one list of documents."""
    return [json.loads(p.read_text()) for p in sorted(folder.rglob("*.gold.json"))]


def score(scorer, gold, predicted, key):
    out = subprocess.run([sys.executable, scorer, gold, predicted, "--json"], capture_output=True, text=True, check=True).stdout
    value = json.loads(out)
    for part in key:
        value = value[part]
    return 100 * value


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--offset", type=int, default=0)
    parser.add_argument("rules", nargs="*")
    arguments = parser.parse_args()
    data, scorers = arguments.shared / "data", arguments.shared / "eval"
    attribution, speakers = scorers / "score_attribution.py", scorers / "score_speakers.py"
    sets = [
        ("polnear", lines(data / "polnear/dev.jsonl.gz"), attribution, ["relation", "who_said_what", "f1"]),
        ("speakers who", lines(data / "speakers/dev.jsonl") + lines(data / "speakers/more.jsonl"), speakers, ["who", "f1"]),
        ("speakers strict", lines(data / "speakers/dev.jsonl") + lines(data / "speakers/more.jsonl"), speakers, ["strict", "f1"]),
    ]
    gold = corpus(ROOT / "corpus")
    if gold:
        sets.append(("corpus", gold, attribution, ["relation", "who_said_what", "f1"]))
    names = arguments.rules or re.findall(r'(?:one|paragraph|whole)\("([^"]+)"', (ROOT / "src/annotate/statement/rules.rs").read_text())
    with tempfile.TemporaryDirectory() as folder:
        folder, cut, outputs = Path(folder), {}, {}
        for name, documents, *_ in sets:
            part = documents[arguments.offset :: arguments.every]
            cut[name] = folder / (name.replace(" ", "-") + ".jsonl")
            cut[name].write_text("".join(json.dumps(d) + "\n" for d in part))

        def run(without):
            values = []
            for name, _, scorer, key in sets:
                source = cut[name]
                out = folder / "out.jsonl"
                digest = (source.read_bytes(), without)
                if digest not in outputs:
                    switch = ["--without", without] if without else []
                    with open(source) as given:
                        outputs[digest] = subprocess.run(
                            [arguments.program, "annotate", "--quiet", *switch, "-"], stdin=given, capture_output=True, check=True
                        ).stdout
                out.write_bytes(outputs[digest])
                values.append(score(scorer, source, out, key))
            return values

        base = run(None)
        print(f"{'':28}" + "".join(f"{name:>17}" for name, *_ in sets))
        print(f"{'all rules':28}" + "".join(f"{v:17.2f}" for v in base))
        for rule in names:
            worth = [b - w for b, w in zip(base, run(rule))]
            print(f"{rule:28}" + "".join(f"{v:+17.2f}" for v in worth), flush=True)


if __name__ == "__main__":
    main()
