// What a check is, and what it is given.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ast/tree.h"
#include "checks/fix.h"
#include "lexer/token.h"
#include "source/diagnostic.h"
#include "source/lang_version.h"

namespace gdlint::types {
struct File;
}

namespace gdlint::checks {

namespace syntax {
class FileIndex;
}

// A claim about Go that a check rests on, and a whole program that proves it.
struct GoFact {
  // Markdown, a sentence or two.
  std::string_view claim;
  // A complete main package, and what it prints (standard output).
  std::string_view program;
  std::string_view output;
};

// The page of a check. Printed by `gdlint explain`; docs/rules/ is made from
// it.
struct CheckDoc {
  // One line, no final period: "a deferred call that piles up in a loop".
  std::string_view summary;
  // Markdown: what the check reports.
  std::string_view what;
  // Markdown: what the mistake does to the program.
  std::string_view why;
  // A complete Go file that the check reports, and its corrected form.
  std::string_view bad;
  std::string_view good;
  // Markdown: a list of look-alikes that are silent, and known misses.
  std::string_view not_flagged;
  std::span<const GoFact> facts;
  // The first release that has the check.
  std::string_view since;
  // Other tools' names for it, accepted in suppressions.
  std::span<const std::string_view> aka;
};

// What must be built before the check runs. A run builds only what some enabled
// check needs.
enum class Needs : uint8_t {
  // The file's tree: `run`.
  kSyntax,
  // Types, SSA and summaries of the whole program: `run_package`.
  kProgram,
};

class Pass;
class PackagePass;

struct Check {
  // As users see it, such as "defer-in-loop". Says the mistake; never changes.
  std::string_view name;
  CheckDoc doc;
  // A finding may differ from it; see Finding::As.
  source::Severity severity = source::Severity::kWarning;
  Needs needs = Needs::kSyntax;
  bool on_by_default = true;
  // One of them, by `needs`.
  void (*run)(Pass& pass) = nullptr;
  void (*run_package)(PackagePass& pass) = nullptr;
};

// A parsed file, as checks see it. Views only: whoever runs checks owns the
// rest.
struct File {
  // The path; `_test.go` files are known by it.
  std::string_view name;
  std::string_view text;
  const ast::Tree* tree = nullptr;
  std::span<const lexer::Comment> comments;
  source::LangVersion lang = source::kNewestLang;

  bool is_test() const { return name.ends_with("_test.go"); }
};

// The files of one package: those of one folder with one package clause, test
// files among them.
struct Package {
  std::span<const File> files;
  // True if no file of the package is missing, whatever build constraints say.
  // If false, a check must reckon with uses that it cannot see.
  bool is_whole = false;
};

// A finding being written. Valid until the next Report.
class Finding {
 public:
  // Gives it another severity than the check's own.
  Finding& As(source::Severity severity);

  // Proposes what to change; nothing if `fix` has no edits.
  Finding& Propose(Fix fix);

  // Adds a related place, such as "the loop starts here".
  template <typename... Args>
  Finding& Note(ast::NodeId node, fmt::format_string<Args...> text,
                Args&&... args) {
    return AddNote(ast::SpanOf(*tree_, node),
                   fmt::format(text, std::forward<Args>(args)...));
  }
  template <typename... Args>
  Finding& Note(source::Span span, fmt::format_string<Args...> text,
                Args&&... args) {
    return AddNote(span, fmt::format(text, std::forward<Args>(args)...));
  }
  // In whatever file.
  template <typename... Args>
  Finding& Note(const types::File& file, source::Span span,
                fmt::format_string<Args...> text, Args&&... args) {
    return AddNote(file, span, fmt::format(text, std::forward<Args>(args)...));
  }

 private:
  friend class Pass;
  friend class PackagePass;
  // `fix` may be null: what is proposed is dropped.
  Finding(const ast::Tree& tree, source::Diagnostic& diagnostic, Fix* fix)
      : tree_(&tree), diagnostic_(&diagnostic), fix_(fix) {}
  Finding& AddNote(source::Span span, std::string text);
  Finding& AddNote(const types::File& file, source::Span span,
                   std::string text);

  const ast::Tree* tree_;
  source::Diagnostic* diagnostic_;
  Fix* fix_;
};

// One check's view of one file.
class Pass {
 public:
  // `index` must be that of `file`, which must be one of `package`.
  Pass(const Check& check, const Package& package, const File& file,
       const syntax::FileIndex& index)
      : check_(check), package_(package), file_(file), index_(index) {}

  const File& file() const { return file_; }
  const Package& package() const { return package_; }
  std::string_view text() const { return file_.text; }
  const ast::Tree& tree() const { return *file_.tree; }
  source::LangVersion lang() const { return file_.lang; }
  // Parents, scopes and the like of this file.
  const syntax::FileIndex& index() const { return index_; }

  // Reports at the extent of `node`, or at `span`.
  template <typename... Args>
  Finding Report(ast::NodeId node, fmt::format_string<Args...> text,
                 Args&&... args) {
    return Add(ast::SpanOf(tree(), node),
               fmt::format(text, std::forward<Args>(args)...));
  }
  template <typename... Args>
  Finding Report(source::Span span, fmt::format_string<Args...> text,
                 Args&&... args) {
    return Add(span, fmt::format(text, std::forward<Args>(args)...));
  }

  std::vector<source::Diagnostic> Take() {
    return std::exchange(diagnostics_, {});
  }

 private:
  Finding Add(source::Span span, std::string text);

  const Check& check_;
  const Package& package_;
  const File& file_;
  const syntax::FileIndex& index_;
  std::vector<source::Diagnostic> diagnostics_;
};

}  // namespace gdlint::checks
