// One package for a package and the variant of it that has its tests.
//
// Where "p" has test files of its own, the go command builds "p [p.test]" for
// its external tests, and builds everything between the two anew: packages far
// down, as those below `testing`, come dozens of times. To look for mistakes
// one of each is enough: all may import the variant with the tests, whose API
// holds that of "p".

#pragma once

#include <span>

#include "loader/package.h"
#include "parser/parser.h"

namespace gdlint::driver {

// Lets "p [p.test]" stand for "p", and "q" for each "q [p.test]", and leaves
// out of `graph` what nothing needs then. Not of a "p" whose tests
//   - import, by what stands for other packages, "p" again: a cycle;
//   - have syntax errors;
//   - could clash in a file that dot-imports "p".
// `parsed` is by PackageGraph::sources. The order of packages stays one in
// which each comes after those that it imports, and depends on `graph` alone.
void MergeTestVariants(loader::PackageGraph& graph,
                       std::span<const parser::ParsedFile> parsed);

}  // namespace gdlint::driver
