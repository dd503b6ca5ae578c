#!/bin/sh
# Packs the crates as a registry would get them, looks at their sizes, and runs the tests of the packed code far from this repository.
# usage: package.sh [ARGUMENTS OF CARGO TEST]        (in the repository; nothing is published)
set -eu
root=$(pwd)
# Always the same place, so that what was compiled before is replaced and not kept beside the new.
away=${SAYSO_PACKAGE:-$HOME/.cache/sayso-ci/package}
rm -rf "$away"
mkdir -p "$away"
cargo package --quiet --workspace --no-verify --allow-dirty
for crate in sayso sayso-weights sayso-gazetteer; do
    file=$(ls -t "${CARGO_TARGET_DIR:-target}/package/$crate"-[0-9]*.crate | head -1)
    size=$(wc -c < "$file")
    # The code is to stay small; a registry takes ten megabytes of anything.
    [ "$crate" = sayso ] && most=8000000 || most=10000000
    echo "$crate: $size bytes packed, at most $most"
    [ "$size" -lt "$most" ]
    mkdir "$away/$crate"
    # Files are as old as their unpacking: in the package all bear one day, by which cargo could not tell what changed.
    tar xzmf "$file" -C "$away/$crate" --strip-components 1
done
[ ! -e "$away/sayso/src/lexicon/known" ] && [ ! -e "$away/sayso/src/annotate/syntax/en" ]
# Dependencies are compiled where the repository's are; the crates of data come from beside, as no registry has them yet.
cd "$away/sayso"
CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target} cargo test \
    --config "patch.crates-io.sayso-weights.path='$away/sayso-weights'" \
    --config "patch.crates-io.sayso-gazetteer.path='$away/sayso-gazetteer'" "$@"
