// One finding or front-end error, before it is rendered.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "source/pos.h"

namespace gdlint::source {

enum class Severity : uint8_t { kError, kWarning, kInfo };

// "error", "warning" or "info".
std::string_view SeverityName(Severity severity);

class LineTable;

// A related place, such as "loop starts here".
struct Note {
  Span span;
  std::string text;
  // Both only if it is in another file: that file's name, and its lines, which
  // must live until the diagnostic is rendered.
  std::string_view file = {};
  const LineTable* lines = nullptr;
};

// Says what is wrong with the bytes of `span` in one file.
struct Diagnostic {
  // The rule or front-end code, such as "defer-in-loop". Points to static
  // storage.
  std::string_view code;
  Severity severity = Severity::kError;
  Span span;
  // Lower case, no final period, code in backticks.
  std::string text;
  std::vector<Note> notes;
};

}  // namespace gdlint::source
