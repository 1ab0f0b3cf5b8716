#include "loader/file_header.h"

#include "loader/build_constraint.h"
#include "loader/text_lines.h"

namespace gdlint::loader {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

struct Header {
  // The leading `//` comments and blank lines, up to the last blank line: where
  // `// +build` counts.
  std::string_view top;
  std::optional<std::string_view> go_build;
  bool has_two_go_builds = false;
};

// Skips the comments that begin on `line`. False if something else is on it.
bool SkipComments(std::string_view line, bool& in_block_comment) {
  while (!line.empty()) {
    if (in_block_comment) {
      const size_t end = line.find("*/");
      if (end == std::string_view::npos) {
        return true;
      }
      in_block_comment = false;
      line = TrimSpace(line.substr(end + 2));
    } else if (line.starts_with("//")) {
      return true;
    } else if (line.starts_with("/*")) {
      in_block_comment = true;
      line = TrimSpace(line.substr(2));
    } else {
      return false;
    }
  }
  return true;
}

Header SplitHeader(std::string_view text) {
  Header header;
  std::string_view rest = text;
  bool only_line_comments = true;
  bool in_block_comment = false;
  while (!rest.empty()) {
    const std::string_view line = TrimSpace(TakeLine(rest));
    if (line.empty() && only_line_comments) {
      header.top = text.substr(0, text.size() - rest.size());
      continue;
    }
    if (!line.starts_with("//")) {
      only_line_comments = false;
    }
    if (!in_block_comment && IsGoBuildLine(line)) {
      if (header.go_build) {
        header.has_two_go_builds = true;
        break;
      }
      header.go_build = line;
    }
    if (!SkipComments(line, in_block_comment)) {
      break;
    }
  }
  return header;
}

bool MatchesPlusBuild(std::string_view top, const BuildContext& context) {
  bool matches = true;
  while (!top.empty()) {
    const std::string_view line = TrimSpace(TakeLine(top));
    if (!IsPlusBuildLine(line)) {
      continue;
    }
    // The go command ignores such lines when they are wrong.
    if (const auto parsed = Constraint::ParseLine(line); parsed.constraint) {
      matches &= parsed.constraint->Eval(
          [&](std::string_view tag) { return context.HasTag(tag); });
    }
  }
  return matches;
}

}  // namespace

FileHeader ReadFileHeader(std::string_view text, const BuildContext& context) {
  if (text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  const Header header = SplitHeader(text);
  if (header.has_two_go_builds) {
    return {.matches = false,
            .error = "multiple //go:build comments",
            .version = {}};
  }
  if (!header.go_build) {
    return {.matches = MatchesPlusBuild(header.top, context),
            .error = {},
            .version = {}};
  }
  ParsedConstraint parsed = Constraint::ParseLine(*header.go_build);
  if (!parsed.constraint) {
    return {.matches = false,
            .error = "parsing //go:build line: " + parsed.error,
            .version = {}};
  }
  return {.matches = parsed.constraint->Eval(
              [&](std::string_view tag) { return context.HasTag(tag); }),
          .error = {},
          .version = parsed.constraint->MinVersion()};
}

}  // namespace gdlint::loader
