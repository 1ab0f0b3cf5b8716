#!/usr/bin/env bash
# Instructions per byte of lexing and of parsing generated source: callgrind.sh [PROFILE-DIR]
#
# Counted by valgrind, so the figures do not depend on what else the machine does.
# With PROFILE-DIR the profile of parsing is kept there, for callgrind_annotate.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=$root/build/bench/parse_all
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[[ -x $program ]] || "$root/dev" bench --benchmark_filter=nothing >/dev/null
python3 "$root/bench/inputs/generate.py" "$work/go" 2
bytes=$(cat "$work"/go/*.go | wc -c)

# Instructions of a run with PASSES passes over the files.
count() {
  valgrind --tool=callgrind --callgrind-out-file="$work/$1.$2.out" \
    "$program" "${@:3}" --passes="$2" "$work/go" 2>&1 >/dev/null |
    sed -n 's/.*Collected *: *//p'
}

# A second pass has warm buffers, and no start-up: the difference is the stage alone.
for stage in lexing parsing; do
  flags=()
  [[ $stage == lexing ]] && flags=(--lex-only)
  once=$(count "$stage" 1 "${flags[@]}")
  twice=$(count "$stage" 2 "${flags[@]}")
  echo "$stage $bytes $((twice - once))" |
    awk '{ printf "%-8s %6.1f instructions per byte (%d bytes)\n", $1, $3 / $2, $2 }'
done
if [[ $# -gt 0 ]]; then
  mkdir -p "$1"
  cp "$work/parsing.2.out" "$1/callgrind.out.parsing"
fi
