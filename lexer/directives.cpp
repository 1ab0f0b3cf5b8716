#include "lexer/directives.h"

#include <algorithm>
#include <utility>

namespace gdlint::lexer {
namespace {

constexpr std::string_view kSpaces = " \t\r\n\v\f";

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

// The first word of `text` and the trimmed rest.
std::pair<std::string_view, std::string_view> SplitWord(std::string_view text) {
  const size_t end = std::min(text.find_first_of(kSpaces), text.size());
  return {text.substr(0, end), Trim(text.substr(end))};
}

// The rest of `line` if it is `keyword` alone or followed by white space.
std::optional<std::string_view> AfterKeyword(std::string_view line,
                                             std::string_view keyword) {
  if (!line.starts_with(keyword)) {
    return std::nullopt;
  }
  line.remove_prefix(keyword.size());
  if (!line.empty() && kSpaces.find(line.front()) == std::string_view::npos) {
    return std::nullopt;
  }
  return Trim(line);
}

source::Span SpanOf(std::string_view text, std::string_view part) {
  const auto offset = static_cast<uint32_t>(part.data() - text.data());
  const auto begin = source::Pos::At(offset);
  return {begin, begin + static_cast<uint32_t>(part.size())};
}

source::Span SpanOf(Comment comment) {
  const auto begin = source::Pos::At(comment.offset);
  return {begin, begin + comment.length};
}

std::string_view TextOf(std::string_view text, Comment comment) {
  return text.substr(comment.offset, comment.length);
}

// Goes through the lines before the package clause.
class HeaderReader {
 public:
  explicit HeaderReader(std::string_view text) : text_(text) {}

  BuildHeader Read() {
    for (size_t begin = 0; begin < text_.size();) {
      const size_t newline = text_.find('\n', begin);
      const size_t next =
          newline == std::string_view::npos ? text_.size() : newline + 1;
      const std::string_view line = Trim(text_.substr(begin, next - begin));
      begin = next;
      if (!TakeLine(line, next)) {
        break;
      }
    }
    std::erase_if(header_.plus_build, [this](const BuildLine& line) {
      return line.span.begin.offset() >= plus_build_end_;
    });
    return std::move(header_);
  }

 private:
  // Returns false at the first code.
  bool TakeLine(std::string_view line, size_t next) {
    if (line.empty() && !leading_ended_) {
      plus_build_end_ = next;
      return true;
    }
    const bool is_line_comment = line.starts_with("//");
    leading_ended_ = leading_ended_ || !is_line_comment;
    if (!in_comment_ && is_line_comment) {
      TakeLineComment(line);
    }
    return SkipComments(line);
  }

  void TakeLineComment(std::string_view line) {
    if (const auto expression = AfterKeyword(line, "//go:build")) {
      header_.go_build.push_back({SpanOf(text_, line), *expression});
    } else if (const auto plus = AfterKeyword(Trim(line.substr(2)), "+build")) {
      header_.plus_build.push_back({SpanOf(text_, line), *plus});
    }
  }

  // Returns false if there is more on `line` than comments.
  bool SkipComments(std::string_view line) {
    while (!line.empty()) {
      if (in_comment_) {
        const size_t close = line.find("*/");
        if (close == std::string_view::npos) {
          return true;
        }
        in_comment_ = false;
        line = Trim(line.substr(close + 2));
      } else if (line.starts_with("//")) {
        return true;
      } else if (line.starts_with("/*")) {
        in_comment_ = true;
        line = Trim(line.substr(2));
      } else {
        return false;
      }
    }
    return true;
  }

  std::string_view text_;
  BuildHeader header_;
  bool in_comment_ = false;
  // Whether something other than line comments and blank lines was seen.
  bool leading_ended_ = false;
  // The end of the last blank line among the leading comments.
  size_t plus_build_end_ = 0;
};

}  // namespace

BuildHeader ReadBuildHeader(std::string_view text) {
  return HeaderReader(text).Read();
}

std::optional<GoDirective> ParseGoDirective(std::string_view text,
                                            Comment comment) {
  constexpr std::string_view kPrefix = "//go:";
  const std::string_view line = TextOf(text, comment);
  if (!line.starts_with(kPrefix)) {
    return std::nullopt;
  }
  const auto [name, arguments] = SplitWord(line.substr(kPrefix.size()));
  if (name.empty()) {
    return std::nullopt;
  }
  return GoDirective{SpanOf(comment), name, arguments};
}

std::optional<Suppression> ParseSuppression(std::string_view text,
                                            Comment comment) {
  const std::string_view line = TextOf(text, comment);
  const auto lint = [&](std::string_view rest, SuppressionForm form) {
    const auto [codes, reason] = SplitWord(rest);
    return Suppression{form, SpanOf(comment), codes, reason};
  };
  if (const auto rest = AfterKeyword(line, "//lint:ignore")) {
    return lint(*rest, SuppressionForm::kLintIgnore);
  }
  if (const auto rest = AfterKeyword(line, "//lint:file-ignore")) {
    return lint(*rest, SuppressionForm::kLintFileIgnore);
  }
  if (!line.starts_with("//")) {
    return std::nullopt;
  }
  // People write `// nolint` too, and linters take it.
  const std::string_view body = Trim(line.substr(2));
  const size_t second = std::min(body.find("//"), body.size());
  std::string_view reason = body.substr(second);
  reason.remove_prefix(std::min<size_t>(2, reason.size()));
  Suppression nolint = {
      SuppressionForm::kNolint, SpanOf(comment), {}, Trim(reason)};
  const std::string_view head = Trim(body.substr(0, second));
  if (head.starts_with("nolint:")) {
    nolint.codes = Trim(head.substr(std::string_view("nolint:").size()));
    return nolint;
  }
  if (head == "nolint") {
    return nolint;
  }
  return std::nullopt;
}

Directives ReadDirectives(std::string_view text,
                          std::span<const Comment> comments) {
  Directives found;
  for (const Comment comment : comments) {
    if (const auto go = ParseGoDirective(text, comment)) {
      found.go.push_back(*go);
    } else if (const auto suppression = ParseSuppression(text, comment)) {
      found.suppressions.push_back(*suppression);
    }
    const std::string_view whole = TextOf(text, comment);
    const bool begins_line =
        comment.offset == 0 || text[comment.offset - 1] == '\n';
    const bool is_terminated =
        whole[1] == '/' || (whole.size() >= 4 && whole.ends_with("*/"));
    if (!is_terminated || !IsLineDirective(whole, begins_line)) {
      continue;
    }
    const ParsedLineDirective parsed = ParseLineDirective(whole);
    if (const auto* const line = std::get_if<LineDirective>(&parsed)) {
      // A line comment's newline is part of it here.
      const uint32_t end =
          comment.offset + comment.length + (whole[1] == '/' ? 1 : 0);
      found.lines.push_back({source::Pos::At(end), *line});
    }
  }
  return found;
}

}  // namespace gdlint::lexer
