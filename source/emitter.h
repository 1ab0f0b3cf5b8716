// Collects the diagnostics of one file's lexing and parsing.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "source/diagnostic.h"
#include "source/pos.h"

namespace gdlint::source {

enum class Code : uint16_t {
#define FRONT_END_CODE(Name, Text, Format) k##Name,
#include "source/codes.def"
};

// The user-visible name, such as "illegal-utf8".
std::string_view CodeName(Code code);

template <Code kCode>
consteval auto FormatOf() {
#define FRONT_END_CODE(Name, Text, Format) \
  if constexpr (kCode == Code::k##Name) {  \
    return std::string_view(Format);       \
  }
#include "source/codes.def"
}

class Emitter {
 public:
  template <Code kCode, typename... Args>
  void Emit(Span span, const Args&... args) {
    static constexpr std::string_view kFormat = FormatOf<kCode>();
    Add(kCode, span,
        fmt::format(fmt::format_string<const Args&...>(kFormat), args...));
  }

  // In the order emitted; not sorted.
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  std::vector<Diagnostic> Take() { return std::exchange(diagnostics_, {}); }

 private:
  void Add(Code code, Span span, std::string text);

  std::vector<Diagnostic> diagnostics_;
};

// Sorts by place; at one place the order stays. Of the diagnostics that begin
// on one line only the first is kept: what follows on the line is most often
// its echo.
void SortAndKeepFirstPerLine(std::string_view text,
                             std::vector<Diagnostic>& diagnostics);

}  // namespace gdlint::source
