#include "loader/build_constraint.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <utf8proc.h>

#include "loader/text_lines.h"

namespace gdlint::loader {
namespace {

constexpr std::string_view kGoBuild = "//go:build";
constexpr std::string_view kSlashes = "//";
constexpr std::string_view kPlusBuild = "+build";
// No file is built with this tag by default.
constexpr std::string_view kNever = "ignore";

// The expression behind a keyword, if `rest`, what follows it, is set off by a
// space.
std::optional<std::string_view> AfterKeyword(std::string_view rest) {
  const std::string_view trimmed = TrimSpace(rest);
  if (trimmed.size() == rest.size() && !rest.empty()) {
    return std::nullopt;
  }
  return trimmed;
}

std::optional<std::string_view> SplitGoBuild(std::string_view line) {
  if (!line.starts_with(kGoBuild)) {
    return std::nullopt;
  }
  return AfterKeyword(TrimSpace(line).substr(kGoBuild.size()));
}

std::optional<std::string_view> SplitPlusBuild(std::string_view line) {
  if (!line.starts_with(kSlashes)) {
    return std::nullopt;
  }
  line = TrimSpace(line.substr(kSlashes.size()));
  if (!line.starts_with(kPlusBuild)) {
    return std::nullopt;
  }
  return AfterKeyword(line.substr(kPlusBuild.size()));
}

// The length in bytes of the character at the front of `text` if it may be part
// of a tag, else 0.
size_t TagCharLength(std::string_view text) {
  utf8proc_int32_t rune = 0;
  const auto length =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &rune);
  if (length <= 0) {
    return 0;
  }
  switch (utf8proc_category(rune)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
      return static_cast<size_t>(length);
    default:
      return rune == '_' || rune == '.' ? 1 : 0;
  }
}

size_t TagLength(std::string_view text) {
  size_t length = 0;
  while (length < text.size()) {
    const size_t next = TagCharLength(text.substr(length));
    if (next == 0) {
      break;
    }
    length += next;
  }
  return length;
}

bool IsValidTag(std::string_view word) {
  return !word.empty() && TagLength(word) == word.size();
}

// N of "go1.N", 0 of "go1", else -1.
int64_t VersionOfTag(std::string_view tag) {
  if (tag == "go1") {
    return 0;
  }
  constexpr std::string_view kPrefix = "go1.";
  if (!tag.starts_with(kPrefix)) {
    return -1;
  }
  tag.remove_prefix(kPrefix.size());
  uint32_t minor = 0;
  const auto [end, error] =
      std::from_chars(tag.data(), tag.data() + tag.size(), minor);
  return error == std::errc() && end == tag.data() + tag.size() ? int64_t{minor}
                                                                : -1;
}

}  // namespace

bool IsGoBuildLine(std::string_view line) {
  return SplitGoBuild(line).has_value();
}
bool IsPlusBuildLine(std::string_view line) {
  return SplitPlusBuild(line).has_value();
}

uint32_t Constraint::AddTag(std::string_view tag) {
  tags_.emplace_back(tag);
  return Add(Op::kTag, static_cast<uint32_t>(tags_.size() - 1));
}

uint32_t Constraint::Add(Op op, uint32_t lhs, uint32_t rhs) {
  nodes_.push_back({.op = op, .lhs = lhs, .rhs = rhs});
  return static_cast<uint32_t>(nodes_.size() - 1);
}

// Recursive descent; its depth is bounded by kMaxGoBuildSize, as every
// parenthesis begins an operand. After an error every token is the end.
class GoBuildParser {
 public:
  explicit GoBuildParser(std::string_view text) : text_(text) {}

  ParsedConstraint Parse() {
    ParseOr();
    if (error_.empty() && !token_.empty()) {
      Fail(UnexpectedToken());
    }
    if (!error_.empty()) {
      return {.constraint = std::nullopt, .error = std::move(error_)};
    }
    return {.constraint = std::move(result_), .error = {}};
  }

 private:
  // Each expects its first token not yet read, and leaves the one behind it
  // read.
  uint32_t ParseOr() {
    uint32_t lhs = ParseAnd();
    while (token_ == "||") {
      const uint32_t rhs = ParseAnd();
      lhs = result_.Add(Constraint::Op::kOr, lhs, rhs);
    }
    return lhs;
  }

  uint32_t ParseAnd() {
    uint32_t lhs = ParseNot();
    while (token_ == "&&") {
      const uint32_t rhs = ParseNot();
      lhs = result_.Add(Constraint::Op::kAnd, lhs, rhs);
    }
    return lhs;
  }

  uint32_t ParseNot() {
    if (++size_ > Constraint::kMaxGoBuildSize) {
      return Fail("build expression too large");
    }
    Advance();
    if (token_ != "!") {
      return ParseOperand();
    }
    Advance();
    if (token_ == "!") {
      return Fail("double negation not allowed");
    }
    const uint32_t operand = ParseOperand();
    return result_.Add(Constraint::Op::kNot, operand);
  }

  // Expects its first token read.
  uint32_t ParseOperand() {
    if (token_ == "(") {
      const uint32_t inner = ParseOr();
      if (token_ != ")") {
        return Fail("missing close paren");
      }
      Advance();
      return inner;
    }
    if (!is_tag_) {
      return Fail(token_.empty() ? "unexpected end of expression"
                                 : UnexpectedToken());
    }
    const uint32_t tag = result_.AddTag(token_);
    Advance();
    return tag;
  }

  void Advance() {
    is_tag_ = false;
    while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\t')) {
      text_.remove_prefix(1);
    }
    if (text_.empty()) {
      token_ = {};
      return;
    }
    const char c = text_.front();
    if (c == '(' || c == ')' || c == '!') {
      Take(1);
    } else if (c == '&' || c == '|') {
      if (text_.size() < 2 || text_[1] != c) {
        Fail(std::string("invalid syntax at ") + c);
        return;
      }
      Take(2);
    } else if (const size_t length = TagLength(text_); length > 0) {
      is_tag_ = true;
      Take(length);
    } else {
      Fail("invalid syntax at " + std::string(text_.substr(0, 1)));
    }
  }

  void Take(size_t length) {
    token_ = text_.substr(0, length);
    text_.remove_prefix(length);
  }

  std::string UnexpectedToken() const {
    return "unexpected token " + std::string(token_);
  }

  // Keeps the first error. Returns an operand, so that building can go on.
  uint32_t Fail(std::string error) {
    if (error_.empty()) {
      error_ = std::move(error);
    }
    text_ = {};
    token_ = {};
    is_tag_ = false;
    return result_.AddTag(kNever);
  }

  std::string_view text_;
  std::string_view token_;
  bool is_tag_ = false;
  size_t size_ = 0;
  std::string error_;
  Constraint result_;
};

// `a,b !c` is `(a && b) || !c`. Words that are no tags are never satisfied.
class PlusBuildParser {
 public:
  static ParsedConstraint Parse(std::string_view text) {
    Constraint result;
    std::optional<uint32_t> any;
    size_t operators = 0;
    while (!text.empty()) {
      const auto end = static_cast<size_t>(std::ranges::find_if(text, IsSpace) -
                                           text.begin());
      const uint32_t all = ParseClause(text.substr(0, end), result, operators);
      if (any) {
        ++operators;
      }
      any = any ? result.Add(Constraint::Op::kOr, *any, all) : all;
      if (operators > Constraint::kMaxPlusBuildOperators) {
        return {.constraint = std::nullopt,
                .error = "expression too complex for // +build lines"};
      }
      text = TrimSpace(text.substr(end));
    }
    if (!any) {
      result.AddTag(kNever);
    }
    return {.constraint = std::move(result), .error = {}};
  }

 private:
  static uint32_t ParseClause(std::string_view clause, Constraint& result,
                              size_t& operators) {
    std::optional<uint32_t> all;
    bool more = true;
    // The bound keeps a line of a million commas from building a million nodes.
    while (more && operators <= Constraint::kMaxPlusBuildOperators) {
      const size_t comma = clause.find(',');
      more = comma != std::string_view::npos;
      const uint32_t literal = ParseLiteral(clause.substr(0, comma), result);
      clause.remove_prefix(more ? comma + 1 : clause.size());
      if (all) {
        ++operators;
      }
      all = all ? result.Add(Constraint::Op::kAnd, *all, literal) : literal;
    }
    return *all;
  }

  static uint32_t ParseLiteral(std::string_view literal, Constraint& result) {
    if (literal.starts_with("!!") || literal == "!") {
      return result.AddTag(kNever);
    }
    const bool negated = literal.starts_with('!');
    if (negated) {
      literal.remove_prefix(1);
    }
    const uint32_t tag = result.AddTag(IsValidTag(literal) ? literal : kNever);
    return negated ? result.Add(Constraint::Op::kNot, tag) : tag;
  }
};

ParsedConstraint Constraint::ParseLine(std::string_view line) {
  if (const auto text = SplitGoBuild(line)) {
    return GoBuildParser(*text).Parse();
  }
  if (const auto text = SplitPlusBuild(line)) {
    return PlusBuildParser::Parse(*text);
  }
  return {.constraint = std::nullopt, .error = "not a build constraint"};
}

bool Constraint::Eval(
    const std::function<bool(std::string_view)>& has_tag) const {
  std::vector<bool> values;
  values.reserve(nodes_.size());
  for (const Node& node : nodes_) {
    switch (node.op) {
      case Op::kTag:
        values.push_back(has_tag(tags_[node.lhs]));
        break;
      case Op::kNot:
        values.push_back(!values[node.lhs]);
        break;
      case Op::kAnd:
        values.push_back(values[node.lhs] && values[node.rhs]);
        break;
      case Op::kOr:
        values.push_back(values[node.lhs] || values[node.rhs]);
        break;
    }
  }
  return values.back();
}

std::optional<source::LangVersion> Constraint::MinVersion() const {
  // For each node the version that it, and that its negation, needs; -1 for
  // none.
  struct Needs {
    int64_t holds;
    int64_t fails;
  };
  std::vector<Needs> needs;
  needs.reserve(nodes_.size());
  for (const Node& node : nodes_) {
    if (node.op == Op::kTag) {
      needs.push_back({.holds = VersionOfTag(tags_[node.lhs]), .fails = -1});
      continue;
    }
    const Needs lhs = needs[node.lhs];
    if (node.op == Op::kNot) {
      needs.push_back({.holds = lhs.fails, .fails = lhs.holds});
      continue;
    }
    const Needs rhs = needs[node.rhs];
    if (node.op == Op::kAnd) {
      needs.push_back({.holds = std::max(lhs.holds, rhs.holds),
                       .fails = std::min(lhs.fails, rhs.fails)});
    } else {
      needs.push_back({.holds = std::min(lhs.holds, rhs.holds),
                       .fails = std::max(lhs.fails, rhs.fails)});
    }
  }
  const int64_t minor = needs.back().holds;
  if (minor < 0) {
    return std::nullopt;
  }
  return source::LangVersion{static_cast<uint32_t>(minor)};
}

}  // namespace gdlint::loader
