// Fuzz targets whose input is a package of one file: mutation by tokens, and
// the way through parser and type checker.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parser/parser.h"
#include "source/source_file.h"
#include "types/package.h"
#include "types/type_table.h"

namespace gdlint::tests {

// A package whose only file contains any text. On a deep stack.
class OnePackage {
 public:
  explicit OnePackage(std::string_view text);

  types::TypeTable& table() { return table_; }
  const types::Package& package() const { return package_; }
  bool has_syntax_errors() const { return !parsed_.errors.empty(); }

 private:
  source::SourceFile file_;
  parser::ParsedFile parsed_;
  types::TypeTable table_;
  types::Package package_;
};

// What a target does with each input; it aborts if something is wrong. Runs on
// a deep stack.
void TestPackage(OnePackage& input);

}  // namespace gdlint::tests
