#include "checks/syntax/flow.h"

#include "checks/knowledge/no_return.h"
#include "checks/syntax/names.h"

namespace gdlint::checks::syntax {
namespace {

using ast::NodeId;
using ast::NodeKind;
using lexer::TokenKind;

bool IsLoop(NodeId id) {
  return id.kind() == NodeKind::kForStmt || id.kind() == NodeKind::kRangeStmt;
}

bool IsBreakable(NodeId id) {
  return IsLoop(id) || id.kind() == NodeKind::kSwitchStmt ||
         id.kind() == NodeKind::kTypeSwitchStmt ||
         id.kind() == NodeKind::kSelectStmt;
}

// True if `receiver` is a parameter whose type is testing.T, B, F or TB.
bool IsTestingParam(const FileIndex& index, ast::ExprId receiver) {
  if (receiver.kind() != NodeKind::kIdent) {
    return false;
  }
  const ast::Tree& tree = index.tree();
  const Declaration decl =
      Resolve(index, ast::Ref<ast::Ident>::FromNode(receiver));
  const auto* field = tree.TryGet<ast::Field>(decl.node);
  if (field == nullptr) {
    return false;
  }
  ast::ExprId type = field->type;
  if (const auto* star = tree.TryGet<ast::StarExpr>(type)) {
    type = star->x;
  }
  const auto* selector = tree.TryGet<ast::SelectorExpr>(type);
  return selector != nullptr && ImportPath(index, selector->x) == "testing";
}

}  // namespace

void Flow::AddSuccessors(Point point, std::vector<Point>& out) {
  switch (point.phase) {
    case Phase::kEnter:
      EnterStmt(point.stmt, out);
      break;
    case Phase::kAfter:
      AfterStmt(point.stmt, out);
      break;
    case Phase::kTest:
      TestLoop(point.stmt, out);
      break;
  }
}

bool Flow::Reaches(Point from, Point to, NodeId within) {
  if (is_exhausted()) {
    return false;
  }
  bool found = false;
  ForEachReachable(from, [&](Point point) {
    if (point == to) {
      found = true;
    }
    if (found) {
      return false;
    }
    return !within.has_value() || (point != Point{within, Phase::kAfter} &&
                                   index_.Contains(within, point.stmt));
  });
  return found;
}

// Where control goes behind `stmt` depends on what it stands in.
void Flow::AfterStmt(NodeId stmt, std::vector<Point>& out) {
  if (const ast::StmtId next = index_.Next(stmt); next.has_value()) {
    out.push_back({next, Phase::kEnter});
    return;
  }
  const NodeId parent = index_.Parent(stmt);
  switch (parent.kind()) {
    case NodeKind::kForStmt:
    case NodeKind::kRangeStmt:
      out.push_back({parent, Phase::kTest});
      break;
    case NodeKind::kBlockStmt:
      // The clauses of a switch follow each other in the text alone;
      // AddSuccessors is never asked for what is behind one, but for what is
      // behind its body.
    case NodeKind::kIfStmt:
    case NodeKind::kLabeledStmt:
    case NodeKind::kSwitchStmt:
    case NodeKind::kTypeSwitchStmt:
    case NodeKind::kSelectStmt:
      out.push_back({parent, Phase::kAfter});
      break;
    case NodeKind::kCaseClause:
    case NodeKind::kCommClause:
      // The statement that has the clause: past its block.
      out.push_back({index_.Parent(index_.Parent(parent)), Phase::kAfter});
      break;
    default:
      // The body of a function: the end.
      break;
  }
}

void Flow::EnterBody(ast::List<ast::StmtId> list, NodeId owner,
                     std::vector<Point>& out) {
  const auto stmts = tree_.Items(list);
  if (!stmts.empty()) {
    out.push_back({stmts.front(), Phase::kEnter});
  } else if (owner.kind() == NodeKind::kBlockStmt) {
    out.push_back({owner, Phase::kAfter});
  } else {
    out.push_back({index_.Parent(index_.Parent(owner)), Phase::kAfter});
  }
}

void Flow::EnterClauses(NodeId stmt, ast::Ref<ast::BlockStmt> body,
                        std::vector<Point>& out) {
  // A select waits until a clause can run.
  bool must_enter = stmt.kind() == NodeKind::kSelectStmt;
  for (const ast::StmtId clause : tree_.Items(tree_.Get(body).stmts)) {
    const auto* on_case = tree_.TryGet<ast::CaseClause>(clause);
    must_enter = must_enter || (on_case != nullptr && on_case->is_default);
    out.push_back({clause, Phase::kEnter});
  }
  if (!must_enter) {
    out.push_back({stmt, Phase::kAfter});
  }
}

NodeId Flow::GotoTarget(NodeId stmt, ast::Ref<ast::Ident> label) {
  if (labels_.empty()) {
    for (const ast::LabeledStmt& labeled : tree_.All<ast::LabeledStmt>()) {
      const NodeId id = RefTo(tree_, labeled);
      labels_.try_emplace(
          {index_.EnclosingFunction(id), index_.Name(labeled.label)}, id);
    }
  }
  const auto found =
      labels_.find({index_.EnclosingFunction(stmt), index_.Name(label)});
  return found == labels_.end() ? NodeId() : found->second;
}

// The statement that `break` or `continue` leaves or continues.
NodeId Flow::BranchTarget(NodeId stmt, const ast::BranchStmt& branch) const {
  for (NodeId id = index_.Parent(stmt); id.has_value();
       id = index_.Parent(id)) {
    if (id.kind() == NodeKind::kFuncLit) {
      break;
    }
    if (branch.keyword == TokenKind::kContinue ? !IsLoop(id)
                                               : !IsBreakable(id)) {
      continue;
    }
    if (!branch.label.has_value()) {
      return id;
    }
    const auto* labeled = tree_.TryGet<ast::LabeledStmt>(index_.Parent(id));
    if (labeled != nullptr &&
        index_.Name(labeled->label) == index_.Name(branch.label)) {
      return id;
    }
  }
  return {};
}

void Flow::EnterBranch(NodeId stmt, const ast::BranchStmt& branch,
                       std::vector<Point>& out) {
  NodeId target;
  Phase phase = Phase::kEnter;
  switch (branch.keyword) {
    case TokenKind::kBreak:
      target = BranchTarget(stmt, branch);
      phase = Phase::kAfter;
      break;
    case TokenKind::kContinue:
      target = BranchTarget(stmt, branch);
      phase = Phase::kTest;
      break;
    case TokenKind::kGoto:
      if (branch.label.has_value()) {
        target = GotoTarget(stmt, branch.label);
      }
      break;
    case TokenKind::kFallthrough: {
      NodeId clause = index_.Parent(stmt);
      while (clause.kind() == NodeKind::kLabeledStmt) {
        clause = index_.Parent(clause);
      }
      if (clause.kind() == NodeKind::kCaseClause) {
        target = index_.Next(clause);
      }
      break;
    }
    default:
      break;
  }
  if (target.has_value()) {
    out.push_back({target, phase});
  }
}

void Flow::EnterStmt(NodeId stmt, std::vector<Point>& out) {
  const Point after = {stmt, Phase::kAfter};
  switch (stmt.kind()) {
    case NodeKind::kExprStmt: {
      const ast::ExprId expr =
          Unparen(tree_, tree_.TryGet<ast::ExprStmt>(stmt)->x);
      const auto* call = tree_.TryGet<ast::CallExpr>(expr);
      if (call == nullptr || !NeverReturns(*call)) {
        out.push_back(after);
      }
      break;
    }
    case NodeKind::kReturnStmt:
    case NodeKind::kBadStmt:
      break;
    case NodeKind::kBranchStmt:
      EnterBranch(stmt, *tree_.TryGet<ast::BranchStmt>(stmt), out);
      break;
    case NodeKind::kBlockStmt:
      EnterBody(tree_.TryGet<ast::BlockStmt>(stmt)->stmts, stmt, out);
      break;
    case NodeKind::kCaseClause:
      EnterBody(tree_.TryGet<ast::CaseClause>(stmt)->body, stmt, out);
      break;
    case NodeKind::kCommClause:
      EnterBody(tree_.TryGet<ast::CommClause>(stmt)->body, stmt, out);
      break;
    case NodeKind::kLabeledStmt:
      out.push_back(
          {tree_.TryGet<ast::LabeledStmt>(stmt)->stmt, Phase::kEnter});
      break;
    case NodeKind::kIfStmt: {
      const auto& branch = *tree_.TryGet<ast::IfStmt>(stmt);
      if (!IsPredeclared(index_, branch.cond, "false")) {
        out.push_back({branch.body, Phase::kEnter});
      }
      if (branch.els.has_value()) {
        out.push_back({branch.els, Phase::kEnter});
      } else if (!IsPredeclared(index_, branch.cond, "true")) {
        out.push_back(after);
      }
      break;
    }
    case NodeKind::kSwitchStmt:
      EnterClauses(stmt, tree_.TryGet<ast::SwitchStmt>(stmt)->body, out);
      break;
    case NodeKind::kTypeSwitchStmt:
      EnterClauses(stmt, tree_.TryGet<ast::TypeSwitchStmt>(stmt)->body, out);
      break;
    case NodeKind::kSelectStmt:
      EnterClauses(stmt, tree_.TryGet<ast::SelectStmt>(stmt)->body, out);
      break;
    case NodeKind::kForStmt:
    case NodeKind::kRangeStmt:
      out.push_back({stmt, Phase::kTest});
      break;
    default:
      out.push_back(after);
      break;
  }
}

void Flow::TestLoop(NodeId stmt, std::vector<Point>& out) {
  const Point after = {stmt, Phase::kAfter};
  if (const auto* range = tree_.TryGet<ast::RangeStmt>(stmt)) {
    out.push_back({range->body, Phase::kEnter});
    out.push_back(after);
    return;
  }
  const auto& loop = *tree_.TryGet<ast::ForStmt>(stmt);
  if (!loop.cond.has_value() || IsPredeclared(index_, loop.cond, "true")) {
    out.push_back({loop.body, Phase::kEnter});
    return;
  }
  if (!IsPredeclared(index_, loop.cond, "false")) {
    out.push_back({loop.body, Phase::kEnter});
  }
  out.push_back(after);
}

bool Flow::NeverReturns(const ast::CallExpr& call) {
  const ast::ExprId callee = Unparen(tree_, call.fun);
  if (const auto* selector = tree_.TryGet<ast::SelectorExpr>(callee)) {
    const std::string_view name = index_.Name(selector->sel);
    if (const std::string_view path = ImportPath(index_, selector->x);
        !path.empty()) {
      return knowledge::PackageFunctionReturnsNot(path, name) ||
             knowledge::MethodReturnsNot(name);
    }
    return knowledge::MethodReturnsNot(name) ||
           (knowledge::TestingMethodReturnsNot(name) &&
            IsTestingParam(index_, selector->x));
  }
  if (callee.kind() != NodeKind::kIdent) {
    return false;
  }
  const auto ident = ast::Ref<ast::Ident>::FromNode(callee);
  const Declaration decl = Resolve(index_, ident);
  if (decl.kind == NameKind::kElsewhere) {
    return index_.Name(ident) == "panic";
  }
  return decl.node.kind() == NodeKind::kFuncDecl && BodyNeverEnds(decl.node);
}

// True if neither a `return` nor the end of the body can be reached.
bool Flow::BodyNeverEnds(NodeId function_decl) {
  if (const auto known = never_ends_.find(function_decl.raw());
      known != never_ends_.end()) {
    return known->second;
  }
  const auto body = tree_.TryGet<ast::FuncDecl>(function_decl)->body;
  if (!body.has_value() || depth_ == kMaxDepth) {
    return false;
  }
  never_ends_[function_decl.raw()] = false;
  ++depth_;
  bool ends = false;
  const auto visit = [&](Point point) {
    ends = ends || point == Point{body, Phase::kAfter} ||
           point.stmt.kind() == NodeKind::kReturnStmt;
    return !ends;
  };
  ForEachReachable({body, Phase::kEnter}, visit);
  --depth_;
  never_ends_[function_decl.raw()] = !ends;
  return !ends;
}

}  // namespace gdlint::checks::syntax
