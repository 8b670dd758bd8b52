#!/bin/sh
# Runs the bench from an archive that bench/carry.sh made, with nothing but Python and its torch: run.sh FOLDER [options of bench/run.mjs]
set -eu
out=$(mkdir -p "${1:?usage: run.sh FOLDER [options of bench/run.mjs]}" && cd "$1" && pwd)
shift
here=$(cd "$(dirname "$0")" && pwd)
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 - "$here/bench.tar.xz" "$room" <<'UNPACK'
import sys
import tarfile

with tarfile.open(sys.argv[1]) as archive:
    archive.extractall(sys.argv[2])
UNPACK
cd "$room"
DESCENT_CACHE="$room/cache" bin/node bench/run.mjs --json --rounds 3 --out "$out" \
  --only '^(fit-m1|fit-m2|mlp-500-10-first|mlp-500-64|mlp-500-600|cnn1-600|people)$' "$@"
