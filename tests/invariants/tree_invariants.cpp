#include "tests/invariants/invariants.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ast/tree.h"
#include "source/diagnostic.h"
#include "source/emitter.h"
#include "source/line_table.h"

namespace gdlint::tests {
namespace {

using ast::NodeId;
using ast::NodeKind;
using ast::Tree;
using source::Pos;
using source::SourceFile;

bool Exists(const Tree& tree, NodeId id) {
  switch (id.kind()) {
#define AST_NODE(Name, Category) \
  case NodeKind::k##Name:        \
    return id.index() < tree.All<ast::Name>().size();
#include "ast/node_kind.def"
    case NodeKind::kNone:
      return false;
  }
  return false;
}

std::string Describe(const Tree& tree, NodeId id) {
  return fmt::format("{} #{} [{}, {})", ast::NodeKindName(id.kind()),
                     id.index(), ast::Begin(tree, id).raw,
                     ast::End(tree, id).raw);
}

// Walks a tree without recursion: the input decides how deep it is.
class TreeCheck {
 public:
  TreeCheck(const SourceFile& file, const Tree& tree, bool accepted)
      : file_(file),
        tree_(tree),
        accepted_(accepted),
        seen_(tree.node_count(), false) {}

  std::string Run() {
    for (const ast::DeclId decl : tree_.decls()) {
      Push(decl, {Pos::At(0), EndOfFile()});
    }
    while (problem_.empty() && !open_.empty()) {
      const auto [id, within] = open_.back();
      open_.pop_back();
      CheckSpan(id, within);
      ast::ForEachChild(tree_, id, [&](NodeId child) {
        Push(child, ast::SpanOf(tree_, id));
      });
    }
    return problem_;
  }

 private:
  Pos EndOfFile() const {
    return Pos::At(static_cast<uint32_t>(file_.text().size()));
  }

  void Push(NodeId id, source::Span within) {
    if (!Exists(tree_, id)) {
      problem_ = fmt::format("handle {:#x} names no node", id.raw());
      return;
    }
    const uint32_t number = tree_.DenseIndex(id);
    if (seen_[number]) {
      problem_ = "two parents of " + Describe(tree_, id);
      return;
    }
    seen_[number] = true;
    open_.emplace_back(id, within);
  }

  void CheckSpan(NodeId id, source::Span within) {
    const auto [begin, end] = ast::SpanOf(tree_, id);
    if (!begin.is_valid() || end < begin || EndOfFile() < end) {
      problem_ = "impossible span of " + Describe(tree_, id);
    } else if (accepted_ && (begin < within.begin || within.end < end)) {
      problem_ =
          fmt::format("{} is not within its parent [{}, {})",
                      Describe(tree_, id), within.begin.raw, within.end.raw);
    }
  }

  const SourceFile& file_;
  const Tree& tree_;
  const bool accepted_;
  // By DenseIndex.
  std::vector<bool> seen_;
  std::vector<std::pair<NodeId, source::Span>> open_;
  std::string problem_;
};

// A number made of the kinds and places of all nodes below `root`.
uint64_t Fingerprint(const Tree& tree, NodeId root) {
  uint64_t hash = 1469598103934665603;
  const auto mix = [&](uint32_t value) {
    hash = (hash ^ value) * 1099511628211;
  };
  std::vector<NodeId> open = {root};
  while (!open.empty()) {
    const NodeId id = open.back();
    open.pop_back();
    const auto [begin, end] = ast::SpanOf(tree, id);
    mix(static_cast<uint32_t>(id.kind()));
    mix(begin.raw);
    mix(end.raw);
    ast::ForEachChild(tree, id, [&](NodeId child) { open.push_back(child); });
  }
  return hash;
}

std::string BodyProblem(parser::Parser& parser, const SourceFile& file,
                        const Tree& whole, const ast::FuncDecl& parsed,
                        const ast::FuncDecl& skipped) {
  if (skipped.body.has_value()) {
    return "a body was not skipped";
  }
  if (parsed.body.has_value() != skipped.body_begin.is_valid()) {
    return "a body is there in one mode and not in the other";
  }
  if (!parsed.body.has_value()) {
    return "";
  }
  const source::Span span = ast::SpanOf(whole, parsed.body);
  if (span != source::Span{skipped.body_begin, skipped.body_end}) {
    return fmt::format("body [{}, {}) was skipped as [{}, {})", span.begin.raw,
                       span.end.raw, skipped.body_begin.raw,
                       skipped.body_end.raw);
  }
  const parser::ParsedFile later =
      parser.ParseBody(file, skipped.body_begin, skipped.body_end);
  const auto decls = later.tree.All<ast::FuncDecl>();
  if (!later.errors.empty() || decls.size() != 1 ||
      !decls[0].body.has_value()) {
    return fmt::format("the body at {} parses no more", span.begin.raw);
  }
  if (Fingerprint(whole, parsed.body) !=
      Fingerprint(later.tree, decls[0].body)) {
    return fmt::format("the body at {} parses to other nodes", span.begin.raw);
  }
  return "";
}

}  // namespace

std::string TreeProblem(const SourceFile& file,
                        const parser::ParsedFile& parsed) {
  return TreeCheck(file, parsed.tree, parsed.errors.empty()).Run();
}

std::string ErrorProblem(const SourceFile& file,
                         const parser::ParsedFile& parsed) {
  const source::LineTable lines(file.text());
  uint32_t last_line = 0;
  for (const source::Diagnostic& error : parsed.errors) {
    const auto [begin, end] = error.span;
    if (!begin.is_valid() || end < begin || end.offset() > file.text().size()) {
      return "an error has no place in the file: " + error.text;
    }
    const uint32_t line = lines.Find(begin).line;
    if (line <= last_line) {
      return fmt::format("two errors on line {}, or not in order", line);
    }
    last_line = line;
  }
  return "";
}

std::string SkippedBodyProblem(parser::Parser& parser, const SourceFile& file,
                               const parser::ParsedFile& whole) {
  const parser::ParsedFile declared =
      parser.Parse(file, parser::Mode::kDeclarations);
  if (std::string problem = TreeProblem(file, declared); !problem.empty()) {
    return "with bodies skipped: " + problem;
  }
  if (!whole.errors.empty()) {
    return "";
  }
  if (!declared.errors.empty()) {
    return "rejected with bodies skipped: " + declared.errors[0].text;
  }
  const auto parsed = whole.tree.All<ast::FuncDecl>();
  const auto skipped = declared.tree.All<ast::FuncDecl>();
  if (parsed.size() != skipped.size()) {
    return "more or fewer functions with bodies skipped";
  }
  for (size_t i = 0; i < parsed.size(); ++i) {
    if (std::string problem =
            BodyProblem(parser, file, whole.tree, parsed[i], skipped[i]);
        !problem.empty()) {
      return problem;
    }
  }
  return "";
}

std::string FrontEndProblem(parser::Parser& parser, lexer::TokenBuffer& buffer,
                            const SourceFile& file) {
  source::Emitter errors;
  lexer::Lex(file, buffer, errors);
  if (std::string problem = TokenProblem(file, buffer); !problem.empty()) {
    return problem;
  }
  const parser::ParsedFile whole = parser.Parse(file, parser::Mode::kWholeFile);
  if (!errors.diagnostics().empty() && whole.errors.empty()) {
    return "accepted in spite of: " + errors.diagnostics()[0].text;
  }
  for (std::string problem :
       {ErrorProblem(file, whole), TreeProblem(file, whole),
        SkippedBodyProblem(parser, file, whole)}) {
    if (!problem.empty()) {
      return problem;
    }
  }
  return "";
}

}  // namespace gdlint::tests
