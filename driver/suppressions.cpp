#include "driver/suppressions.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "ast/category.h"
#include "checks/registry.h"
#include "source/diagnostic.h"

namespace gdlint::driver {
namespace {

constexpr std::string_view kBlanks = " \t\r";

enum class Form : uint8_t { kIgnore, kFileIgnore, kNolint };

struct Suppression {
  Form form;
  source::Span span;
  // Null stands for all rules.
  std::vector<const checks::Check*> rules;
  bool has_reason = false;
  uint32_t first_line = 0;
  uint32_t last_line = 0;
  bool is_used = false;
};

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(kBlanks);
  return begin == std::string_view::npos
             ? std::string_view()
             : text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

// Names of rules, separated by commas; those of other tools are left out.
std::vector<const checks::Check*> RulesOf(std::string_view list) {
  std::vector<const checks::Check*> rules;
  while (!list.empty()) {
    const size_t comma = std::min(list.find(','), list.size());
    const std::string_view name = Trim(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
    if (name == "all") {
      rules.push_back(nullptr);
    } else if (const checks::Check* const check = checks::FindCheck(name)) {
      rules.push_back(check);
    }
  }
  return rules;
}

std::optional<Suppression> Parse(std::string_view comment) {
  Suppression found;
  const auto ignore = [&](std::string_view rest) {
    rest = Trim(rest);
    const size_t end = std::min(rest.find_first_of(kBlanks), rest.size());
    found.rules = RulesOf(rest.substr(0, end));
    found.has_reason = !Trim(rest.substr(end)).empty();
  };
  constexpr std::string_view kIgnore = "//lint:ignore ";
  constexpr std::string_view kFileIgnore = "//lint:file-ignore ";
  constexpr std::string_view kNolint = "//nolint";
  if (comment.starts_with(kIgnore)) {
    found.form = Form::kIgnore;
    ignore(comment.substr(kIgnore.size()));
  } else if (comment.starts_with(kFileIgnore)) {
    found.form = Form::kFileIgnore;
    ignore(comment.substr(kFileIgnore.size()));
  } else if (comment.starts_with(kNolint)) {
    found.form = Form::kNolint;
    std::string_view rest = comment.substr(kNolint.size());
    const size_t reason = rest.find("//");
    found.has_reason = reason != std::string_view::npos &&
                       !Trim(rest.substr(reason + 2)).empty();
    rest = rest.substr(0, reason);
    if (!rest.empty() && rest.front() == ':') {
      // A reason without slashes stands behind a blank.
      rest = Trim(rest.substr(1));
      const size_t end = std::min(rest.find_first_of(kBlanks), rest.size());
      found.has_reason |= !Trim(rest.substr(end)).empty();
      found.rules = RulesOf(rest.substr(0, end));
    } else if (rest.empty() ||
               kBlanks.find(rest.front()) != std::string_view::npos) {
      found.rules = {nullptr};
    }
  }
  return found.rules.empty() ? std::nullopt : std::optional(std::move(found));
}

// A statement that holds others is not meant as a whole by `lint:ignore`.
bool HoldsOthers(ast::NodeKind kind) {
  switch (kind) {
    case ast::NodeKind::kBlockStmt:
    case ast::NodeKind::kIfStmt:
    case ast::NodeKind::kForStmt:
    case ast::NodeKind::kRangeStmt:
    case ast::NodeKind::kSwitchStmt:
    case ast::NodeKind::kTypeSwitchStmt:
    case ast::NodeKind::kSelectStmt:
    case ast::NodeKind::kLabeledStmt:
    case ast::NodeKind::kCaseClause:
    case ast::NodeKind::kCommClause:
    case ast::NodeKind::kFuncDecl:
    case ast::NodeKind::kGenDecl:
      return true;
    default:
      return false;
  }
}

class Suppressor {
 public:
  Suppressor(const SuppressedFile& file,
             std::span<const checks::Check* const> checks)
      : file_(file), checks_(checks), lines_(file.text) {}

  bool Collect() {
    for (const lexer::Comment& comment : file_.comments) {
      const std::string_view text =
          file_.text.substr(comment.offset, comment.length);
      if (auto found = Parse(text)) {
        found->span = {source::Pos::At(comment.offset),
                       source::Pos::At(comment.offset + comment.length)};
        SetLines(*found, comment.offset);
        all_.push_back(std::move(*found));
      }
    }
    if (!all_.empty()) {
      Extend();
    }
    return !all_.empty();
  }

  void Apply(std::vector<report::Finding>& findings) {
    std::erase_if(findings, [this](const report::Finding& finding) {
      bool is_suppressed = false;
      for (Suppression& suppression : all_) {
        if (Holds(suppression, finding)) {
          suppression.is_used = true;
          is_suppressed = true;
        }
      }
      return is_suppressed;
    });
  }

  void Report(bool report_unused, std::vector<report::Finding>& findings) {
    for (const Suppression& suppression : all_) {
      const bool is_nolint = suppression.form == Form::kNolint;
      if (!suppression.has_reason && (!is_nolint || report_unused)) {
        Add("bad-suppression", suppression,
            is_nolint ? "the suppression gives no reason: write `//nolint:rule "
                        "// why`"
                      : "the suppression gives no reason and is not obeyed: "
                        "write `//lint:ignore rule why`",
            findings);
      } else if (report_unused && !suppression.is_used &&
                 MayBeUsed(suppression)) {
        Add("unused-suppression", suppression,
            "nothing is found here that this would suppress; remove it",
            findings);
      }
    }
  }

 private:
  static void ForEach(const ast::Tree& tree, auto fn) {
    std::vector<ast::NodeId> stack(tree.decls().begin(), tree.decls().end());
    while (!stack.empty()) {
      const ast::NodeId node = stack.back();
      stack.pop_back();
      fn(node);
      ast::ForEachChild(
          tree, node, [&stack](ast::NodeId child) { stack.push_back(child); });
    }
  }

  uint32_t LineOf(size_t offset) const {
    return lines_.Find(source::Pos::At(static_cast<uint32_t>(offset))).line;
  }

  // The line that a comment is about: its own if there is code before it, else
  // the next one that is no comment.
  void SetLines(Suppression& suppression, uint32_t offset) const {
    if (suppression.form == Form::kFileIgnore) {
      suppression.last_line = UINT32_MAX;
      return;
    }
    uint32_t line = LineOf(offset);
    const std::string_view whole = lines_.Line(line);
    const uint32_t column = lines_.Find(source::Pos::At(offset)).column - 1;
    if (Trim(whole.substr(0, column)).empty()) {
      do {
        ++line;
      } while (line <= lines_.line_count() &&
               Trim(lines_.Line(line)).starts_with("//"));
    }
    suppression.first_line = suppression.last_line = line;
  }

  // To the end of what begins on the line.
  void Extend() {
    ForEach(file_.tree, [this](ast::NodeId node) {
      const ast::Category category = ast::CategoryOf(node.kind());
      if (category != ast::Category::kStmt &&
          category != ast::Category::kDecl) {
        return;
      }
      const source::Span span = ast::SpanOf(file_.tree, node);
      if (!span.begin.is_valid()) {
        return;
      }
      const uint32_t first = LineOf(span.begin.offset());
      for (Suppression& suppression : all_) {
        if (suppression.first_line == first &&
            (suppression.form == Form::kNolint || !HoldsOthers(node.kind()))) {
          suppression.last_line =
              std::max(suppression.last_line, LineOf(span.end.offset()));
        }
      }
    });
  }

  static bool Holds(const Suppression& suppression,
                    const report::Finding& finding) {
    const uint32_t line = finding.place.begin.line;
    return suppression.first_line <= line && line <= suppression.last_line &&
           (suppression.has_reason || suppression.form == Form::kNolint) &&
           std::ranges::any_of(
               suppression.rules, [&](const checks::Check* rule) {
                 return rule == nullptr || rule->name == finding.rule;
               });
  }

  // Its rules were run; a bare `//nolint` may be meant for other tools.
  bool MayBeUsed(const Suppression& suppression) const {
    return std::ranges::all_of(
        suppression.rules, [this](const checks::Check* rule) {
          return rule != nullptr &&
                 std::ranges::find(checks_, rule) != checks_.end();
        });
  }

  void Add(std::string_view rule, const Suppression& suppression,
           std::string text, std::vector<report::Finding>& findings) const {
    findings.push_back(
        report::MakeFinding({.code = rule,
                             .severity = source::Severity::kWarning,
                             .span = suppression.span,
                             .text = std::move(text),
                             .notes = {}},
                            lines_));
  }

  const SuppressedFile& file_;
  std::span<const checks::Check* const> checks_;
  source::LineTable lines_;
  std::vector<Suppression> all_;
};

}  // namespace

void ApplySuppressions(const SuppressedFile& file,
                       std::span<const checks::Check* const> checks,
                       bool report_unused,
                       std::vector<report::Finding>& findings) {
  const bool may_have =
      std::ranges::any_of(file.comments, [&](const lexer::Comment& comment) {
        const std::string_view text =
            file.text.substr(comment.offset, comment.length);
        return text.starts_with("//lint:") || text.starts_with("//nolint");
      });
  if (!may_have) {
    return;
  }
  Suppressor suppressor(file, checks);
  if (suppressor.Collect()) {
    suppressor.Apply(findings);
    suppressor.Report(report_unused, findings);
    report::SortFindings(findings);
  }
}

}  // namespace gdlint::driver
