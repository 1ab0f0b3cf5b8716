// Build constraint expressions: `//go:build linux && (amd64 || !cgo)` and the
// older
// `// +build linux,amd64 !cgo`.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/lang_version.h"

namespace gdlint::loader {

// True for a `//go:build` or `// +build` line, whether or not its expression is
// well-formed. `line` has no newline.
bool IsGoBuildLine(std::string_view line);
bool IsPlusBuildLine(std::string_view line);

struct ParsedConstraint;

// A boolean expression over build tags.
class Constraint {
 public:
  // The go command's own limits: so many operands, and no more work than that.
  static constexpr size_t kMaxGoBuildSize = 1000;
  static constexpr size_t kMaxPlusBuildOperators = 100;

  // `line` is a whole line for which IsGoBuildLine or IsPlusBuildLine holds.
  static ParsedConstraint ParseLine(std::string_view line);

  bool Eval(const std::function<bool(std::string_view tag)>& has_tag) const;

  // The lowest version of Go that the expression cannot be true without, if it
  // needs one: go1.20 for `go1.20 && linux || go1.22`, none for `go1.20 ||
  // linux`.
  std::optional<source::LangVersion> MinVersion() const;

 private:
  friend class GoBuildParser;
  friend class PlusBuildParser;

  enum class Op : uint8_t { kTag, kNot, kAnd, kOr };
  struct Node {
    Op op;
    // Indices of operands, which come before; for kTag, of tags_.
    uint32_t lhs = 0;
    uint32_t rhs = 0;
  };

  uint32_t AddTag(std::string_view tag);
  uint32_t Add(Op op, uint32_t lhs, uint32_t rhs = 0);

  // Operands before operators; the last is the root.
  std::vector<Node> nodes_;
  std::vector<std::string> tags_;
};

struct ParsedConstraint {
  // Absent if, and only if, there is an error.
  std::optional<Constraint> constraint;
  // "missing close paren"
  std::string error;
};

}  // namespace gdlint::loader
