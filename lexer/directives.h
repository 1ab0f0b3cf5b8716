// What comments say to tools. All of it is found in the recorded comments, or,
// for build constraints, in the bytes: those are read before a file is lexed.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "lexer/line_directive.h"
#include "lexer/token.h"
#include "source/pos.h"

namespace gdlint::lexer {

// One `//go:build` or `// +build` line, from the slashes to its end.
struct BuildLine {
  source::Span span;
  // What follows `//go:build` or `+build`, trimmed.
  std::string_view expression;
};

struct BuildHeader {
  // More than one is an error, as the go command has it. If there is any, the
  // `+build` lines do not count.
  std::vector<BuildLine> go_build;
  // Only those that count: before the blank line that ends the leading
  // comments.
  std::vector<BuildLine> plus_build;
};

// Reads the part of a file before the package clause as the go command does,
// line by line: it need not be Go.
BuildHeader ReadBuildHeader(std::string_view text);

// `//go:name arguments`, as in `//go:noinline` and `//go:linkname a b`.
struct GoDirective {
  source::Span span;
  // Without "go:".
  std::string_view name;
  std::string_view arguments;
};
std::optional<GoDirective> ParseGoDirective(std::string_view text,
                                            Comment comment);

enum class SuppressionForm : uint8_t { kLintIgnore, kLintFileIgnore, kNolint };

// `//lint:ignore codes reason`, `//lint:file-ignore codes reason` or
// `//nolint:codes // reason`.
struct Suppression {
  SuppressionForm form;
  source::Span span;
  // Separated by commas, as written; empty in a bare `//nolint`, which means
  // all.
  std::string_view codes;
  // Empty if none is given.
  std::string_view reason;
};
std::optional<Suppression> ParseSuppression(std::string_view text,
                                            Comment comment);

// A line directive and where the code that it is about begins.
struct PlacedLineDirective {
  source::Pos begins;
  LineDirective directive;
};

struct Directives {
  std::vector<GoDirective> go;
  std::vector<Suppression> suppressions;
  std::vector<PlacedLineDirective> lines;
};
// All that `comments` of `text` say, each list in source order.
Directives ReadDirectives(std::string_view text,
                          std::span<const Comment> comments);

}  // namespace gdlint::lexer
