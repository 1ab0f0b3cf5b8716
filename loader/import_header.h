// The package clause and the imports of a source file, without parsing it.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gdlint::loader {

struct ImportHeader {
  struct Import {
    std::string path;
    // Of the string literal.
    uint32_t offset = 0;
  };

  // Empty if there is no package clause.
  std::string package_name;
  // In source order; a path may be there more than once.
  std::vector<Import> imports;

  bool ImportsC() const;
};

// Reads as far as the last import. What is no Go ends the reading; it is the
// parser that reports it.
ImportHeader ReadImportHeader(std::string_view text);

}  // namespace gdlint::loader
