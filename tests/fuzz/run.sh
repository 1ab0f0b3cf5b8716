#!/usr/bin/env bash
# Runs one libFuzzer target: run.sh TARGET SECONDS. Called by `./dev fuzz`.
#
# Seeds are all Go files of the repository, and Go's own test programs where there is
# a Go installation. What the fuzzer learns stays in the build directory; an input that
# fails is written beside it and named.
set -euo pipefail

target=$1
seconds=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(dirname "$target")/$(basename "$target").work
mkdir -p "$work/seeds" "$work/corpus" "$work/failures"

# Copies every .go file below the folders given, named by its content.
collect() {
  find "$@" -name '*.go' -type f -size -64k -print0 |
    while IFS= read -r -d '' file; do
      cp "$file" "$work/seeds/$(sha1sum <"$file" | cut -c 1-16).go"
    done
}

if [[ -z $(ls "$work/seeds") ]]; then
  collect "$root/tests" "$root/examples"
  if goroot=$(go env GOROOT 2>/dev/null); then
    collect "$goroot/test" "$goroot/src/cmd/compile/internal/syntax/testdata" \
      "$goroot/src/internal/types/testdata"
  fi
fi

echo "fuzzing $(basename "$target") for $seconds s from $(ls "$work/seeds" | wc -l) seeds"
status=0
"$target" -max_total_time="$seconds" -max_len=65536 -timeout=5 -rss_limit_mb=1024 \
  -dict="$here/go.dict" -artifact_prefix="$work/failures/" -print_final_stats=1 \
  "$work/corpus" "$work/seeds" >"$work/log.txt" 2>&1 || status=$?
if [[ $status -eq 0 ]]; then
  grep -E 'stat::number_of_executed_units|stat::slowest|cov:' "$work/log.txt" | tail -3
else
  tail -40 "$work/log.txt"
fi
exit "$status"
