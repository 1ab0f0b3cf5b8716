#include "parser/late_checks.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "source/line_table.h"

namespace gdlint::parser {
namespace {

using ast::List;
using ast::NodeId;
using ast::NodeKind;
using ast::StmtId;
using lexer::TokenKind;
using source::Code;
using source::Pos;
using source::Span;

// The labels and branches of one function, the literals in it apart.
class BranchChecker {
 public:
  BranchChecker(std::string_view text, const ast::Tree& tree,
                source::Emitter& errors)
      : text_(text), tree_(tree), errors_(errors) {}

  void CheckFunction(ast::Ref<ast::BlockStmt> body);

 private:
  static constexpr size_t kNoBlock = static_cast<size_t>(-1);

  struct Block {
    size_t parent;
    Pos begin;
    // Where variables are declared in this block itself, ascending.
    std::vector<Pos> variables;
  };
  struct Label {
    std::string_view name;
    Span span;
    size_t block;
    bool used = false;
  };
  struct Goto {
    std::string_view name;
    Pos pos;
    Span label_span;
    size_t block;
  };
  // A labeled statement that we are in.
  struct Enclosing {
    std::string_view name;
    NodeId stmt;
  };
  // What `break`, `continue` and `fallthrough` refer to.
  struct Context {
    NodeId breaks;
    NodeId continues;
    // A statement of the list of this clause, not of a block in it.
    std::optional<size_t> clause;
    bool is_last_stmt = false;
  };

  void VisitList(Pos begin, List<StmtId> stmts, Context context);
  void Visit(StmtId stmt, Context context);
  void VisitBlock(NodeId block, Context context);
  void VisitClauses(NodeId owner, ast::Ref<ast::BlockStmt> body,
                    Context context);
  void VisitLabeled(const ast::LabeledStmt& stmt, Context context);
  void VisitBranch(const ast::BranchStmt& stmt, const Context& context);
  void CheckUnlabeled(const ast::BranchStmt& stmt, const Context& context);
  void CheckLabeledBreak(const ast::BranchStmt& stmt);
  void CheckLabeledContinue(const ast::BranchStmt& stmt);
  void CheckFallthrough(const ast::BranchStmt& stmt, const Context& context);
  void Declare(const ast::LabeledStmt& stmt);
  void CheckGotos();
  void CheckJump(const Goto& jump, const Label& label);
  bool IsWithin(size_t block, size_t outer) const;
  Label* FindLabel(std::string_view name);
  // The statement of that label around us, or none.
  NodeId FindEnclosing(std::string_view name);

  std::string_view Name(ast::Ref<ast::Ident> ident) const {
    const ast::Ident& node = tree_.Get(ident);
    return text_.substr(node.pos.offset(), node.length);
  }
  Span SpanOf(NodeId id) const { return ast::SpanOf(tree_, id); }
  uint32_t LineOf(Pos pos) {
    if (!lines_) {
      lines_.emplace(text_);
    }
    return lines_->Find(pos).line;
  }

  std::string_view text_;
  const ast::Tree& tree_;
  source::Emitter& errors_;
  std::optional<source::LineTable> lines_;
  std::vector<Block> blocks_;
  std::vector<Label> labels_;
  std::unordered_map<std::string_view, size_t> label_index_;
  std::vector<Goto> gotos_;
  std::vector<Enclosing> enclosing_;
  size_t block_ = kNoBlock;
};

void BranchChecker::CheckFunction(ast::Ref<ast::BlockStmt> body) {
  blocks_.clear();
  labels_.clear();
  label_index_.clear();
  gotos_.clear();
  VisitBlock(body, Context());
  CheckGotos();
  for (const Label& label : labels_) {
    if (!label.used) {
      errors_.Emit<Code::kLabelUnused>(label.span, label.name);
    }
  }
}

void BranchChecker::VisitBlock(NodeId block, Context context) {
  if (const auto* const node = tree_.TryGet<ast::BlockStmt>(block)) {
    context.clause.reset();
    VisitList(node->lbrace, node->stmts, context);
  }
}

void BranchChecker::VisitList(Pos begin, List<StmtId> stmts, Context context) {
  blocks_.push_back({block_, begin, {}});
  const size_t outer = block_;
  block_ = blocks_.size() - 1;
  const auto items = tree_.Items(stmts);
  // A fallthrough is the last statement even if empty ones follow.
  size_t end = items.size();
  while (end > 0 && items[end - 1].kind() == NodeKind::kEmptyStmt) {
    --end;
  }
  for (size_t i = 0; i < items.size(); ++i) {
    context.is_last_stmt = i + 1 == end;
    Visit(items[i], context);
  }
  block_ = outer;
}

void BranchChecker::Visit(StmtId stmt, Context context) {
  switch (stmt.kind()) {
    case NodeKind::kDeclStmt: {
      const auto decl = tree_.TryGet<ast::DeclStmt>(stmt)->decl;
      const auto* const gen = tree_.TryGet<ast::GenDecl>(decl);
      if (gen != nullptr && gen->keyword == TokenKind::kVar) {
        blocks_[block_].variables.push_back(gen->pos);
      }
      break;
    }
    case NodeKind::kAssignStmt: {
      const auto* const assign = tree_.TryGet<ast::AssignStmt>(stmt);
      if (assign->op == TokenKind::kDefine) {
        blocks_[block_].variables.push_back(assign->op_pos);
      }
      break;
    }
    case NodeKind::kLabeledStmt:
      VisitLabeled(*tree_.TryGet<ast::LabeledStmt>(stmt), context);
      break;
    case NodeKind::kBranchStmt:
      VisitBranch(*tree_.TryGet<ast::BranchStmt>(stmt), context);
      break;
    case NodeKind::kBlockStmt:
      VisitBlock(stmt, context);
      break;
    case NodeKind::kIfStmt:
      // A chain of `else if` is a loop, of any length.
      while (const auto* const node = tree_.TryGet<ast::IfStmt>(stmt)) {
        VisitBlock(node->body, context);
        stmt = node->els;
      }
      VisitBlock(stmt, context);
      break;
    case NodeKind::kForStmt:
      context.breaks = context.continues = stmt;
      VisitBlock(tree_.TryGet<ast::ForStmt>(stmt)->body, context);
      break;
    case NodeKind::kRangeStmt:
      context.breaks = context.continues = stmt;
      VisitBlock(tree_.TryGet<ast::RangeStmt>(stmt)->body, context);
      break;
    case NodeKind::kSwitchStmt:
      VisitClauses(stmt, tree_.TryGet<ast::SwitchStmt>(stmt)->body, context);
      break;
    case NodeKind::kTypeSwitchStmt:
      VisitClauses(stmt, tree_.TryGet<ast::TypeSwitchStmt>(stmt)->body,
                   context);
      break;
    case NodeKind::kSelectStmt:
      VisitClauses(stmt, tree_.TryGet<ast::SelectStmt>(stmt)->body, context);
      break;
    default:
      break;
  }
}

void BranchChecker::VisitClauses(NodeId owner, ast::Ref<ast::BlockStmt> body,
                                 Context context) {
  context.breaks = owner;
  size_t index = 0;
  for (const StmtId clause : tree_.Items(tree_.Get(body).stmts)) {
    context.clause = index++;
    if (const auto* const on_case = tree_.TryGet<ast::CaseClause>(clause)) {
      VisitList(on_case->pos, on_case->body, context);
    } else if (const auto* const on_comm =
                   tree_.TryGet<ast::CommClause>(clause)) {
      VisitList(on_comm->pos, on_comm->body, context);
    }
  }
}

void BranchChecker::VisitLabeled(const ast::LabeledStmt& stmt,
                                 Context context) {
  Declare(stmt);
  enclosing_.push_back({Name(stmt.label), stmt.stmt});
  Visit(stmt.stmt, context);
  enclosing_.pop_back();
}

void BranchChecker::Declare(const ast::LabeledStmt& stmt) {
  const std::string_view name = Name(stmt.label);
  if (name == "_") {
    return;
  }
  if (const Label* const other = FindLabel(name)) {
    errors_.Emit<Code::kLabelRedefined>(SpanOf(stmt.label), name,
                                        LineOf(other->span.begin));
    return;
  }
  label_index_.emplace(name, labels_.size());
  labels_.push_back({name, SpanOf(stmt.label), block_});
}

void BranchChecker::VisitBranch(const ast::BranchStmt& stmt,
                                const Context& context) {
  if (stmt.keyword == TokenKind::kGoto) {
    gotos_.push_back({Name(stmt.label), stmt.pos, SpanOf(stmt.label), block_});
  } else if (!stmt.label.has_value()) {
    CheckUnlabeled(stmt, context);
  } else if (stmt.keyword == TokenKind::kBreak) {
    CheckLabeledBreak(stmt);
  } else {
    CheckLabeledContinue(stmt);
  }
}

void BranchChecker::CheckUnlabeled(const ast::BranchStmt& stmt,
                                   const Context& context) {
  const auto length =
      static_cast<uint32_t>(lexer::TokenKindName(stmt.keyword).size());
  const Span span{stmt.pos, stmt.pos + length};
  if (stmt.keyword == TokenKind::kFallthrough) {
    CheckFallthrough(stmt, context);
  } else if (stmt.keyword == TokenKind::kBreak && !context.breaks.has_value()) {
    errors_.Emit<Code::kBreakMisplaced>(span);
  } else if (stmt.keyword == TokenKind::kContinue &&
             !context.continues.has_value()) {
    errors_.Emit<Code::kContinueMisplaced>(span);
  }
}

// Spec, "Break statements": the label is that of an enclosing for, switch or
// select.
void BranchChecker::CheckLabeledBreak(const ast::BranchStmt& stmt) {
  const NodeId target = FindEnclosing(Name(stmt.label));
  switch (target.kind()) {
    case NodeKind::kForStmt:
    case NodeKind::kRangeStmt:
    case NodeKind::kSwitchStmt:
    case NodeKind::kTypeSwitchStmt:
    case NodeKind::kSelectStmt:
      break;
    case NodeKind::kNone:
      if (FindLabel(Name(stmt.label)) == nullptr) {
        errors_.Emit<Code::kBreakLabelUndefined>(SpanOf(stmt.label),
                                                 Name(stmt.label));
        break;
      }
      [[fallthrough]];
    default:
      errors_.Emit<Code::kBreakLabelInvalid>(SpanOf(stmt.label),
                                             Name(stmt.label));
  }
}

// Spec, "Continue statements": the label is that of an enclosing for.
void BranchChecker::CheckLabeledContinue(const ast::BranchStmt& stmt) {
  const NodeId target = FindEnclosing(Name(stmt.label));
  if (!target.has_value() && FindLabel(Name(stmt.label)) == nullptr) {
    errors_.Emit<Code::kContinueLabelUndefined>(SpanOf(stmt.label),
                                                Name(stmt.label));
  } else if (target.kind() != NodeKind::kForStmt &&
             target.kind() != NodeKind::kRangeStmt) {
    errors_.Emit<Code::kContinueLabelInvalid>(SpanOf(stmt.label),
                                              Name(stmt.label));
  }
}

// Spec, "Fallthrough statements": the last statement of a clause of an
// expression switch, but not of its last clause.
void BranchChecker::CheckFallthrough(const ast::BranchStmt& stmt,
                                     const Context& context) {
  const Span span = {stmt.pos, stmt.pos + 11};
  if (context.breaks.kind() == NodeKind::kTypeSwitchStmt) {
    errors_.Emit<Code::kFallthroughTypeSwitch>(span);
    return;
  }
  const auto* const owner = tree_.TryGet<ast::SwitchStmt>(context.breaks);
  if (owner == nullptr || !context.clause || !context.is_last_stmt) {
    errors_.Emit<Code::kFallthroughMisplaced>(span);
  } else if (*context.clause + 1 == tree_.Get(owner->body).stmts.size) {
    errors_.Emit<Code::kFallthroughFinal>(span);
  }
}

void BranchChecker::CheckGotos() {
  for (const Goto& jump : gotos_) {
    if (Label* const label = FindLabel(jump.name)) {
      label->used = true;
      CheckJump(jump, *label);
    } else {
      errors_.Emit<Code::kLabelUndefined>(jump.label_span, jump.name);
    }
  }
}

// Spec, "Goto statements": not into a block, and not over a variable's
// declaration.
void BranchChecker::CheckJump(const Goto& jump, const Label& label) {
  const Block& block = blocks_[label.block];
  if (!IsWithin(jump.block, label.block)) {
    errors_.Emit<Code::kGotoIntoBlock>(jump.label_span, jump.name,
                                       LineOf(block.begin));
    return;
  }
  const auto over = std::ranges::upper_bound(block.variables, jump.pos);
  if (over != block.variables.end() && *over < label.span.begin) {
    errors_.Emit<Code::kGotoOverVariable>(jump.label_span, jump.name,
                                          LineOf(*over));
  }
}

bool BranchChecker::IsWithin(size_t block, size_t outer) const {
  while (block != kNoBlock && block != outer) {
    block = blocks_[block].parent;
  }
  return block == outer;
}

BranchChecker::Label* BranchChecker::FindLabel(std::string_view name) {
  const auto found = label_index_.find(name);
  return found == label_index_.end() ? nullptr : &labels_[found->second];
}

NodeId BranchChecker::FindEnclosing(std::string_view name) {
  // Used, even if not in a valid way: one error is enough.
  if (Label* const label = FindLabel(name)) {
    label->used = true;
  }
  for (size_t i = enclosing_.size(); i-- > 0;) {
    if (enclosing_[i].name == name) {
      return enclosing_[i].stmt;
    }
  }
  return NodeId();
}

}  // namespace

void CheckBranches(std::string_view text, const ast::Tree& tree,
                   std::span<const source::Diagnostic> syntax_errors,
                   source::Emitter& errors) {
  if (tree.All<ast::BranchStmt>().empty() &&
      tree.All<ast::LabeledStmt>().empty()) {
    return;
  }
  std::vector<Pos> bad_places;
  for (const source::Diagnostic& error : syntax_errors) {
    bad_places.push_back(error.span.begin);
  }
  std::ranges::sort(bad_places);
  BranchChecker checker(text, tree, errors);
  const auto check = [&](ast::Ref<ast::BlockStmt> body) {
    const Span span = ast::SpanOf(tree, body);
    const auto bad = std::ranges::lower_bound(bad_places, span.begin);
    if (bad == bad_places.end() || span.end < *bad) {
      checker.CheckFunction(body);
    }
  };
  for (const ast::FuncDecl& decl : tree.All<ast::FuncDecl>()) {
    if (decl.body.has_value()) {
      check(decl.body);
    }
  }
  for (const ast::FuncLit& literal : tree.All<ast::FuncLit>()) {
    check(literal.body);
  }
}

}  // namespace gdlint::parser
