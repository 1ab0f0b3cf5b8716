// The Go source that benchmarks run over.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "source/source_file.h"

namespace gdlint::bench {

struct Corpus {
  // Where the files are from, for the report.
  std::string root;
  std::vector<source::SourceFile> files;
  size_t bytes = 0;
};

// Every .go file below $GDLINT_BENCH_CORPUS if that is set, else below src of
// the Go installation (`go env GOROOT`), else below the repository. Read once,
// in memory.
const Corpus& TheCorpus();

}  // namespace gdlint::bench
