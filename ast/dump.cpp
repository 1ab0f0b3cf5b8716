#include "ast/dump.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "source/line_table.h"
#include "support/quote.h"

namespace gdlint::ast {
namespace {

using lexer::TokenKind;
using lexer::TokenKindName;
using source::LineColumn;
using source::Pos;

class Dumper {
 public:
  Dumper(const Tree& tree, std::string_view text, std::string& out)
      : tree_(tree), text_(text), lines_(text), out_(out) {}

  void Run();

 private:
  struct Pending {
    NodeId id;
    uint32_t depth;
    // Where the node begins if that is known already: at its parent's begin.
    Pos begin;
  };

  void DumpNode(Pending pending);
  void PushChildren(Pending pending);
  void AppendPos(Pos pos);
  void AppendAttributes(NodeId id);
  void Append(std::string_view attribute) {
    out_ += ' ';
    out_ += attribute;
  }
  std::string_view Text(Pos pos, uint32_t length) const {
    return text_.substr(pos.offset(), length);
  }

  const Tree& tree_;
  std::string_view text_;
  source::LineTable lines_;
  std::string& out_;
  // Innermost last. No recursion: a chain of operators is as deep as it is
  // long.
  std::vector<Pending> stack_;
};

void Dumper::Run() {
  if (tree_.package_name().has_value()) {
    const Ident& name = tree_.Get(tree_.package_name());
    out_ += "package";
    Append(Text(name.pos, name.length));
    out_ += ' ';
    AppendPos(name.pos);
    out_ += '\n';
  }
  for (const DeclId decl : tree_.decls()) {
    stack_.push_back({decl, 0, Pos()});
    while (!stack_.empty()) {
      const Pending next = stack_.back();
      stack_.pop_back();
      DumpNode(next);
    }
  }
}

void Dumper::DumpNode(Pending pending) {
  if (!pending.begin.is_valid()) {
    pending.begin = Begin(tree_, pending.id);
  }
  out_.append(size_t{2} * pending.depth, ' ');
  out_ += NodeKindName(pending.id.kind());
  out_ += ' ';
  AppendPos(pending.begin);
  out_ += '-';
  AppendPos(End(tree_, pending.id));
  AppendAttributes(pending.id);
  out_ += '\n';
  PushChildren(pending);
}

void Dumper::PushChildren(Pending pending) {
  const size_t mark = stack_.size();
  ForEachChild(tree_, pending.id, [&](NodeId child) {
    stack_.push_back({child, pending.depth + 1, Pos()});
  });
  if (stack_.size() == mark) {
    return;
  }
  // Finding where a chain begins walks it; passing it down the first operands
  // keeps that linear.
  switch (pending.id.kind()) {
    case NodeKind::kBinaryExpr:
    case NodeKind::kCallExpr:
    case NodeKind::kIndexExpr:
    case NodeKind::kIndexListExpr:
    case NodeKind::kSelectorExpr:
    case NodeKind::kSliceExpr:
    case NodeKind::kTypeAssertExpr:
      stack_[mark].begin = pending.begin;
      break;
    default:
      break;
  }
  std::reverse(stack_.begin() + static_cast<std::ptrdiff_t>(mark),
               stack_.end());
}

// LINE:COLUMN, or - for no position.
void Dumper::AppendPos(Pos pos) {
  if (!pos.is_valid()) {
    out_ += '-';
    return;
  }
  const LineColumn at = lines_.Find(pos);
  out_ += std::to_string(at.line);
  out_ += ':';
  out_ += std::to_string(at.column);
}

void Dumper::AppendAttributes(NodeId id) {
  if (const auto* const ident = tree_.TryGet<Ident>(id)) {
    Append(Text(ident->pos, ident->length));
  } else if (const auto* const literal = tree_.TryGet<BasicLit>(id)) {
    Append(TokenKindName(literal->token));
    std::string value(Text(literal->pos, literal->length));
    if (value.starts_with('`')) {
      std::erase(value, '\r');
    }
    out_ += ' ';
    AppendQuoted(value, out_);
  } else if (const auto* const unary = tree_.TryGet<UnaryExpr>(id)) {
    Append(TokenKindName(unary->op));
  } else if (const auto* const binary = tree_.TryGet<BinaryExpr>(id)) {
    Append(TokenKindName(binary->op));
  } else if (const auto* const inc_dec = tree_.TryGet<IncDecStmt>(id)) {
    Append(TokenKindName(inc_dec->op));
  } else if (const auto* const assign = tree_.TryGet<AssignStmt>(id)) {
    Append(TokenKindName(assign->op));
  } else if (const auto* const branch = tree_.TryGet<BranchStmt>(id)) {
    Append(TokenKindName(branch->keyword));
  } else if (const auto* const decl = tree_.TryGet<GenDecl>(id)) {
    Append(TokenKindName(decl->keyword));
  } else if (const auto* const range = tree_.TryGet<RangeStmt>(id)) {
    Append(TokenKindName(range->op));
  } else if (const auto* const chan = tree_.TryGet<ChanType>(id)) {
    static constexpr std::string_view kDirs[] = {"both", "send", "recv"};
    Append(kDirs[static_cast<size_t>(chan->dir)]);
  } else if (const auto* const call = tree_.TryGet<CallExpr>(id)) {
    if (call->ellipsis.is_valid()) {
      Append("...");
    }
  } else if (const auto* const slice = tree_.TryGet<SliceExpr>(id)) {
    if (slice->slice3) {
      Append("3");
    }
  } else if (const auto* const empty = tree_.TryGet<EmptyStmt>(id)) {
    if (empty->implicit) {
      Append("implicit");
    }
  } else if (const auto* const type = tree_.TryGet<TypeSpec>(id)) {
    if (type->assign.is_valid()) {
      Append("=");
    }
  }
}

}  // namespace

void Dump(const Tree& tree, std::string_view text, std::string& out) {
  Dumper(tree, text, out).Run();
}

}  // namespace gdlint::ast
