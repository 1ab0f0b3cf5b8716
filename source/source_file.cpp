#include "source/source_file.h"

#include <cstring>

namespace gdlint::source {

SourceFile SourceFile::FromText(std::string name, std::string_view text) {
  // Value-initialised: the padding must be zero.
  auto buffer = std::make_unique<char[]>(text.size() + kPadding);
  if (!text.empty()) {
    std::memcpy(buffer.get(), text.data(), text.size());
  }
  return SourceFile(std::move(name), std::move(buffer), text.size());
}

}  // namespace gdlint::source
