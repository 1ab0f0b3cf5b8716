// What a finding proposes to change.

#pragma once

#include <string>
#include <vector>

#include "source/pos.h"

namespace gdlint::checks {

// The bytes of `span` become `text`; an empty span inserts.
struct Edit {
  source::Span span;
  std::string text;
  friend bool operator==(const Edit&, const Edit&) = default;
};

// Edits of the file that the finding is in, sorted and apart from each other.
// Made together they leave a file that compiles and that gofmt would leave as
// it is, if it did before.
struct Fix {
  // What is done, as an order: "move the `defer` below the check".
  std::string title;
  // Empty: there is no fix.
  std::vector<Edit> edits;
};

}  // namespace gdlint::checks
