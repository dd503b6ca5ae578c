#!/usr/bin/env python3
"""What each rule of the statement stage is worth: the scores with it less those without it, on several sets.

    python3 training/statement/rules.py target/release/sayso [--shared ../shared] [--every K] [--offset I] [RULE …]

Sets: PolNeAR dev and every eighth article of its training part (who-said-what F1), data/speakers dev and more and our own
twelve articles S that nobody has read (who F1, strict F1), figures (all of data/figures; those of tests/gold that nobody has read:
everything about a figure), the corpus's own gold (who-said-what F1). `--every K --offset I` takes every K-th article of each set from
the I-th, so that a rule is judged on a part that was not looked at while it was written. The last column counts our own cases
(tests/cases) that are read otherwise without the rule. Standard library only.
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
    return value if "figures" in str(scorer) else 100 * value


def own_cases(folder):
    """The articles of all cases: between a line that begins with `---` and one of `====`, or before the first `|` of a line."""
    articles = []
    for path in sorted(folder.rglob("*.txt")):
        text = path.read_text()
        if "\n====\n" in text:
            articles += [part.split("\n====\n")[0].partition("\n")[2] for part in re.split(r"(?m)^--- ", text) if "\n====\n" in part]
        else:
            articles += [line.split(" | ")[0] for line in text.splitlines() if " | " in line and not line.startswith("#")]
    return [{"id": f"case-{at}", "text": article} for at, article in enumerate(articles)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--offset", type=int, default=0)
    parser.add_argument("rules", nargs="*")
    arguments = parser.parse_args()
    data, scorers = arguments.shared / "data", arguments.shared / "eval"
    attribution, speakers, figures = (scorers / f"score_{name}.py" for name in ("attribution", "speakers", "figures"))
    speakers_all = lines(data / "speakers/dev.jsonl") + lines(data / "speakers/more.jsonl")
    unread = lines(ROOT / "tests/gold/speakers-s.jsonl")[1::2]
    figures_all = lines(data / "figures/dev.jsonl") + lines(data / "figures/more.jsonl")
    figures_unread = [
        *lines(ROOT / "tests/gold/figures-c.jsonl")[1::2],
        *lines(ROOT / "tests/gold/figures-d.jsonl")[1::2],
        *lines(ROOT / "tests/gold/figures-h.jsonl"),
    ]
    said, all_right = ["relation", "who_said_what", "f1"], ["ALL", "f1"]
    sets = [
        ("polnear", lines(data / "polnear/dev.jsonl.gz"), attribution, said),
        ("pol. train", lines(data / "polnear/train.jsonl.gz")[5::8], attribution, said),
        ("who", speakers_all, speakers, ["who", "f1"]),
        ("strict", speakers_all, speakers, ["strict", "f1"]),
        ("who S", unread, speakers, ["who", "f1"]),
        ("strict S", unread, speakers, ["strict", "f1"]),
        ("figures", figures_all, figures, all_right),
        ("fig. unread", figures_unread, figures, all_right),
    ]
    gold = corpus(ROOT / "corpus")
    if gold:
        sets.append(("corpus", gold, attribution, said))
    names = arguments.rules or re.findall(r'(?:one|paragraph|whole)\("([^"]+)"', (ROOT / "src/annotate/statement/rules.rs").read_text())
    with tempfile.TemporaryDirectory() as folder:
        folder, cut, outputs, scores = Path(folder), {}, {}, {}
        for name, documents, *_ in sets:
            part = documents[arguments.offset :: arguments.every]
            command = [arguments.program, "annotate", "--quiet", "--any-language", "-"]
            given = "".join(json.dumps(d) + "\n" for d in part).encode()
            read = [json.loads(line) for line in subprocess.run(command, input=given, capture_output=True, check=True).stdout.splitlines()]
            # A text that is read otherwise than it stands (letters of another encoding) cannot be scored.
            texts = {d["id"]: d["text"] for d in read}
            part = [d for d in part if texts.get(d["id"]) == d["text"]]
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
                            [arguments.program, "annotate", "--quiet", "--any-language", *switch, "-"], stdin=given, capture_output=True, check=True
                        ).stdout
                found = (name, outputs[digest])
                if found not in scores:
                    out.write_bytes(outputs[digest])
                    scores[found] = score(scorer, source, out, key)
                values.append(scores[found])
            return values

        def of_cases(without):
            switch = ["--without", without] if without else []
            command = [arguments.program, "annotate", "--quiet", "--any-language", *switch, "-"]
            return subprocess.run(command, input=cases, capture_output=True, check=True).stdout.splitlines()

        cases = "".join(json.dumps(d) + "\n" for d in own_cases(ROOT / "tests/cases")).encode()
        base, base_cases = run(None), of_cases(None)
        print(f"{'':28}" + "".join(f"{name:>12}" for name, *_ in sets) + f"{'own cases':>12}")
        print(f"{'all rules':28}" + "".join(f"{v:12.2f}" for v in base) + f"{len(base_cases):12}")
        for rule in names:
            worth = [b - w for b, w in zip(base, run(rule))]
            changed = sum(a != b for a, b in zip(base_cases, of_cases(rule)))
            print(f"{rule:28}" + "".join(f"{v:+12.2f}" for v in worth) + f"{changed:12}", flush=True)


if __name__ == "__main__":
    main()
