// What statements do to the escape graph.

#include <algorithm>
#include <utility>

#include "lexer/token.h"
#include "source/lang_version.h"
#include "ssa/escape_batch.h"
#include "ssa/escape_frame.h"
#include "ssa/ident_text.h"
#include "types/pointer_shape.h"
#include "types/predicates.h"

namespace gdlint::ssa {

using lexer::TokenKind;
using types::TryAs;

namespace {

// Function literals left out; whether it is compiled or not.
bool HasReturnOfValues(const ast::Tree& tree, ast::NodeId id) {
  if (const auto* const ret = tree.TryGet<ast::ReturnStmt>(id)) {
    return !ret->results.empty();
  }
  bool found = false;
  if (id.kind() != ast::NodeKind::kFuncLit) {
    ast::ForEachChild(tree, id, [&](ast::NodeId child) {
      found = found || HasReturnOfValues(tree, child);
    });
  }
  return found;
}

}  // namespace

void EscapeBatch::StmtList(ast::List<ast::StmtId> list) {
  for (const ast::StmtId stmt : kept_->Statements(list)) {
    Stmt(stmt);
  }
}

// A part of a statement that has a block of its own.
void EscapeBatch::Part(ast::NodeId id) {
  if (id.has_value()) {
    const int depth = frame_->loop_depth;
    Stmt(id);
    frame_->loop_depth = depth;
  }
}

void EscapeBatch::Stmt(ast::NodeId id) {
  switch (id.kind()) {
    case ast::NodeKind::kNone:
      break;
    case ast::NodeKind::kBlockStmt:
      StmtList(tree_->TryGet<ast::BlockStmt>(id)->stmts);
      break;
    case ast::NodeKind::kLabeledStmt: {
      const auto& labeled = *tree_->TryGet<ast::LabeledStmt>(id);
      if (frame_->returns->labels->Has(labeled.label)) {
        ++frame_->loop_depth;
      }
      Stmt(labeled.stmt);
      break;
    }
    case ast::NodeKind::kIfStmt:
      If(*tree_->TryGet<ast::IfStmt>(id));
      break;
    case ast::NodeKind::kForStmt:
      For(*tree_->TryGet<ast::ForStmt>(id));
      break;
    case ast::NodeKind::kRangeStmt:
      Range(ast::Ref<ast::RangeStmt>::FromNode(id));
      break;
    case ast::NodeKind::kSwitchStmt:
      Switch(id);
      break;
    case ast::NodeKind::kTypeSwitchStmt:
      TypeSwitch(*tree_->TryGet<ast::TypeSwitchStmt>(id));
      break;
    case ast::NodeKind::kSelectStmt:
      Select(*tree_->TryGet<ast::SelectStmt>(id));
      break;
    case ast::NodeKind::kExprStmt:
      Discard(tree_->TryGet<ast::ExprStmt>(id)->x);
      break;
    case ast::NodeKind::kSendStmt: {
      const auto& send = *tree_->TryGet<ast::SendStmt>(id);
      Discard(send.chan);
      const auto* const chan = TryAs<types::Chan>(CoreOf(TypeOf(send.chan)));
      ExprAs(graph_.Heap(), send.value, chan != nullptr ? chan->elem : nullptr);
      break;
    }
    case ast::NodeKind::kIncDecStmt:
      MarkReassigned(Target(tree_->TryGet<ast::IncDecStmt>(id)->x));
      break;
    case ast::NodeKind::kAssignStmt:
      Assign(*tree_->TryGet<ast::AssignStmt>(id));
      break;
    case ast::NodeKind::kDeclStmt:
      Declaration(*tree_->TryGet<ast::DeclStmt>(id));
      break;
    case ast::NodeKind::kGoStmt:
      GoOrDefer(tree_->TryGet<ast::GoStmt>(id)->call, /*is_defer=*/false);
      break;
    case ast::NodeKind::kDeferStmt:
      GoOrDefer(tree_->TryGet<ast::DeferStmt>(id)->call, /*is_defer=*/true);
      break;
    case ast::NodeKind::kReturnStmt:
      Return(*tree_->TryGet<ast::ReturnStmt>(id));
      break;
    default:
      break;
  }
}

void EscapeBatch::If(const ast::IfStmt& stmt) {
  Stmt(stmt.init);
  const int condition = kept_->StaticBool(stmt.cond);
  Discard(kept_->Condition(stmt.cond));
  if (condition > 0) {
    Stmt(stmt.body);
  } else if (condition < 0) {
    Stmt(stmt.els);
  } else {
    Part(stmt.body);
    Part(stmt.els);
  }
}

void EscapeBatch::For(const ast::ForStmt& stmt) {
  const bool is_per_iteration =
      unit_->file->version >= source::kPerIterationLoopVars;
  // A variable of each iteration is declared in the body, if it matters.
  frame_->loop_depth += is_per_iteration ? 1 : 0;
  Stmt(stmt.init);
  frame_->loop_depth -= is_per_iteration ? 1 : 0;
  if (kept_->IsBodyDropped(stmt)) {
    Discard(kept_->Condition(stmt.cond));
    return;
  }
  ++frame_->loop_depth;
  if (stmt.cond.has_value()) {
    Discard(stmt.cond);
  }
  Stmt(stmt.post);
  Part(stmt.body);
  --frame_->loop_depth;
}

void EscapeBatch::Range(ast::Ref<ast::RangeStmt> ref) {
  const ast::RangeStmt& stmt = tree_->Get(ref);
  if (IsRangeOverFunc(*unit_, stmt)) {
    RangeFunc(ref);
    return;
  }
  const types::Type* const type = TypeOf(stmt.x);
  const types::Type* const core = CoreOf(type);
  EscapeLocation* const ranged = NewTemp();
  Expr({ranged}, stmt.x);
  ++frame_->loop_depth;
  const auto target = [&](ast::ExprId lhs) {
    if (!lhs.has_value()) {
      return graph_.Discard();
    }
    if (stmt.op == TokenKind::kDefine) {
      const types::Var* const var = LocalVar(lhs);
      return var == nullptr ? graph_.Discard() : Hole{Declare(var)};
    }
    return Target(lhs);
  };
  const Hole key = target(stmt.key);
  const Hole value = target(stmt.value);
  if (core != nullptr && core->kind == types::TypeKind::kArray) {
    graph_.Flow(value, ranged);
  } else if (stmt.value.has_value() && HasPointers(TypeOf(stmt.value))) {
    graph_.Flow(value.Deref(), ranged);
  }
  MarkReassigned(key);
  MarkReassigned(value);
  Part(stmt.body);
  --frame_->loop_depth;
}

// `for v := range f { body }` is `f(func(v T) bool { body; return true })`.
void EscapeBatch::RangeFunc(ast::Ref<ast::RangeStmt> ref) {
  const ast::RangeStmt& stmt = tree_->Get(ref);
  const ast::ExprId fun = Unparen(*tree_, stmt.x);
  const types::Selection* const selection =
      fun.kind() == ast::NodeKind::kSelectorExpr
          ? info_->SelectionOf(ast::Ref<ast::SelectorExpr>::FromNode(fun))
          : nullptr;
  const bool is_method = selection != nullptr &&
                         selection->kind == types::SelectionKind::kMethodVal;
  if (!is_method) {
    Expr({NewTemp()}, stmt.x);
  }
  std::vector<Closure::Captured> captured =
      Capture({stmt.key, stmt.value, stmt.body});
  EscapeLocation* const closure = NewTemp();
  EscapeLocation* const yield = NewTemp();
  graph_.Flow(Hole{yield}.Address(), closure);

  Frame body;
  body.outer = frame_;
  body.function = graph_.NewFunction(frame_->function);
  body.returns = frame_->returns;
  closure->literal = body.function;
  frame_ = &body;
  // What it yields is a parameter of the body: everything may flow to it.
  for (const ast::ExprId lhs : {stmt.key, stmt.value}) {
    if (!lhs.has_value()) {
      continue;
    }
    const types::Var* const var = LocalVar(lhs);
    if (stmt.op == TokenKind::kDefine) {
      if (var != nullptr) {
        Declare(var);
      }
    } else {
      MarkReassigned(Target(lhs));
    }
  }
  Stmt(stmt.body);
  frame_ = body.outer;

  // A return in the body sets the results of the function around.
  if (HasReturnOfValues(*tree_, stmt.body)) {
    for (EscapeLocation* const result : frame_->returns->results) {
      result->is_captured = true;
      result->is_reassigned = true;
      graph_.Flow(Hole{closure}.Address(), result);
    }
  }
  closures_.push_back({{closure}, std::move(captured)});

  Callee callee = CalleeOf(stmt.x);
  BeginInline(callee);
  if (is_method) {
    Expr(ReceiverHole(ParamHole(callee, 0, {}), *selection),
         tree_->TryGet<ast::SelectorExpr>(fun)->x);
  }
  const size_t param =
      callee.func != nullptr && callee.func->is_method() ? 1 : 0;
  graph_.Flow(ParamHole(callee, param, {}), yield);
  if (callee.inlined != nullptr) {
    EndInline(callee);
  }
}

void EscapeBatch::Switch(ast::NodeId id) {
  const ast::NodeId init = tree_->TryGet<ast::SwitchStmt>(id)->init;
  kept_->ForEachChild(id, [this, init](ast::NodeId child) {
    if (const auto* const clause = tree_->TryGet<ast::CaseClause>(child)) {
      for (const ast::ExprId expr : tree_->Items(clause->exprs)) {
        Discard(expr);
      }
      const int depth = frame_->loop_depth;
      StmtList(clause->body);
      frame_->loop_depth = depth;
    } else if (child == init) {
      Stmt(child);
    } else {
      Discard(ast::ExprId::FromNode(child));
    }
  });
}

void EscapeBatch::TypeSwitch(const ast::TypeSwitchStmt& stmt) {
  Stmt(stmt.init);
  ast::ExprId guard;
  if (const auto* const assign = tree_->TryGet<ast::AssignStmt>(stmt.assign)) {
    guard = tree_->Items(assign->rhs)[0];
  } else if (const auto* const expr =
                 tree_->TryGet<ast::ExprStmt>(stmt.assign)) {
    guard = expr->x;
  }
  std::vector<Hole> holes;
  const auto clauses = tree_->Items(tree_->Get(stmt.body).stmts);
  for (const ast::StmtId id : clauses) {
    const auto ref = ast::Ref<ast::CaseClause>::FromNode(id);
    const types::Var* const var = info_->ImplicitVar(ref);
    if (var == nullptr) {
      continue;
    }
    const Hole hole{Declare(var)};
    if (HasPointers(var->type)) {
      holes.push_back(types::IsInterface(var->type) ||
                              types::IsPointerShaped(var->type)
                          ? hole
                          : hole.Deref());
    }
  }
  if (const auto* const assertion =
          tree_->TryGet<ast::TypeAssertExpr>(Unparen(*tree_, guard))) {
    Expr(Tee(holes), assertion->x);
  }
  for (const ast::StmtId id : clauses) {
    const int depth = frame_->loop_depth;
    StmtList(tree_->TryGet<ast::CaseClause>(id)->body);
    frame_->loop_depth = depth;
  }
}

void EscapeBatch::Select(const ast::SelectStmt& stmt) {
  for (const ast::StmtId id : tree_->Items(tree_->Get(stmt.body).stmts)) {
    const auto& clause = *tree_->TryGet<ast::CommClause>(id);
    Stmt(clause.comm);
    const int depth = frame_->loop_depth;
    StmtList(clause.body);
    frame_->loop_depth = depth;
  }
}

void EscapeBatch::MarkReassigned(Hole hole) { hole.dst->is_reassigned = true; }

Hole EscapeBatch::Target(ast::ExprId lhs) {
  const ast::ExprId expr = Unparen(*tree_, lhs);
  if (expr.kind() == ast::NodeKind::kIdent) {
    const auto ident = ast::Ref<ast::Ident>::FromNode(expr);
    if (IsBlank(*unit_, ident)) {
      return graph_.Discard();
    }
    const types::Var* const var = LocalVar(expr);
    return var != nullptr ? Hole{LocationOf(var)} : graph_.Heap();
  }
  if (const auto* const selector = tree_->TryGet<ast::SelectorExpr>(expr)) {
    const types::Selection* const selection =
        info_->SelectionOf(ast::Ref<ast::SelectorExpr>::FromNode(expr));
    if (selection == nullptr) {
      return graph_.Heap();
    }
    if (!selection->is_indirect) {
      return Target(selector->x);
    }
    Discard(selector->x);
  } else if (const auto* const index = tree_->TryGet<ast::IndexExpr>(expr)) {
    Discard(index->index);
    const types::Type* const core = CoreOf(TypeOf(index->x));
    if (core != nullptr && core->kind == types::TypeKind::kArray) {
      return Target(index->x);
    }
    Discard(index->x);
    if (const auto* const map = TryAs<types::Map>(core)) {
      ExprAs(graph_.Heap(), index->index, map->key);
    }
  } else if (const auto* const star = tree_->TryGet<ast::StarExpr>(expr)) {
    Discard(star->x);
  }
  return graph_.Heap();
}

void EscapeBatch::Values(std::span<const Hole> holes,
                         std::span<const types::Type* const> types,
                         ast::ListView<ast::ExprId> rhs) {
  if (rhs.size() == holes.size()) {
    for (size_t i = 0; i < holes.size(); ++i) {
      ExprAs(holes[i], rhs[i], types[i]);
    }
    return;
  }
  if (rhs.size() != 1) {
    return;
  }
  const ast::ExprId expr = Unparen(*tree_, rhs[0]);
  const auto* const call = tree_->TryGet<ast::CallExpr>(expr);
  if (call == nullptr) {
    // `v, ok = …`.
    if (!holes.empty()) {
      const auto* const tuple = TryAs<types::Tuple>(info_->TypeOf(expr).type());
      Hole hole = holes[0];
      if (tuple != nullptr && !tuple->params.empty()) {
        hole = Converted(hole, tuple->params[0].type, types[0]);
      }
      Expr(hole, expr);
    }
    return;
  }
  std::vector<Hole> converted(holes.begin(), holes.end());
  if (const auto* const tuple = TryAs<types::Tuple>(TypeOf(expr))) {
    for (size_t i = 0; i < converted.size() && i < tuple->params.size(); ++i) {
      converted[i] = Converted(holes[i], tuple->params[i].type, types[i]);
    }
  }
  Call(converted, *call, nullptr);
}

void EscapeBatch::Assign(const ast::AssignStmt& stmt) {
  std::vector<Hole> holes;
  std::vector<const types::Type*> types;
  std::vector<bool> is_new;
  for (const ast::ExprId lhs : tree_->Items(stmt.lhs)) {
    const auto ident = ast::Ref<ast::Ident>::FromNode(lhs);
    const bool defines = stmt.op == TokenKind::kDefine &&
                         lhs.kind() == ast::NodeKind::kIdent &&
                         info_->IsDefinition(ident);
    const types::Var* const var = defines ? LocalVar(lhs) : nullptr;
    is_new.push_back(defines);
    types.push_back(TypeOf(lhs));
    if (defines) {
      holes.push_back(var != nullptr ? Hole{Declare(var)} : graph_.Discard());
    } else {
      holes.push_back(Target(lhs));
    }
  }
  // `x op= y` keeps nothing of x but what is there already.
  Values(holes, types, tree_->Items(stmt.rhs));
  for (size_t i = 0; i < holes.size(); ++i) {
    if (!is_new[i]) {
      MarkReassigned(holes[i]);
    }
  }
}

void EscapeBatch::Declaration(const ast::DeclStmt& stmt) {
  const auto* const decl = tree_->TryGet<ast::GenDecl>(stmt.decl);
  if (decl == nullptr || decl->keyword != TokenKind::kVar) {
    return;
  }
  for (const ast::SpecId id : tree_->Items(decl->specs)) {
    const auto* const spec = tree_->TryGet<ast::ValueSpec>(id);
    if (spec == nullptr) {
      continue;
    }
    std::vector<Hole> holes;
    std::vector<const types::Type*> types;
    for (const ast::Ref<ast::Ident> name : tree_->Items(spec->names)) {
      const auto* const var = TryAs<types::Var>(info_->DefinedObject(name));
      types.push_back(var != nullptr ? var->type : nullptr);
      holes.push_back(var != nullptr && !IsBlank(*unit_, name)
                          ? Hole{Declare(var)}
                          : graph_.Discard());
    }
    if (!spec->values.empty()) {
      Values(holes, types, tree_->Items(spec->values));
    }
  }
}

void EscapeBatch::Return(const ast::ReturnStmt& stmt) {
  const Frame& frame = *frame_->returns;
  std::vector<Hole> holes;
  for (EscapeLocation* const result : frame.results) {
    holes.push_back({result});
  }
  if (!stmt.results.empty() && frame.result_types.size() == holes.size()) {
    Values(holes, frame.result_types, tree_->Items(stmt.results));
  }
  // By a bare return too, as far as gc sees.
  for (const Hole hole : holes) {
    MarkReassigned(hole);
  }
}

void EscapeBatch::GoOrDefer(ast::ExprId expr, bool is_defer) {
  const auto* const call = tree_->TryGet<ast::CallExpr>(Unparen(*tree_, expr));
  if (call == nullptr) {
    return;
  }
  Hole hole = graph_.Heap();
  if (is_defer && frame_->loop_depth == 0 && frame_ == frame_->returns) {
    // Arguments last until they are used, on the stack.
    hole = {NewTemp()};
  }
  const auto* const signature =
      TryAs<types::Signature>(CoreOf(TypeOf(call->fun)));
  const bool is_plain =
      signature != nullptr && call->args.empty() &&
      (signature->params == nullptr || signature->params->params.empty()) &&
      (signature->results == nullptr || signature->results->params.empty()) &&
      BuiltinOf(*tree_, *info_, call->fun) == nullptr;
  if (is_plain && StaticFunc(*unit_, call->fun) == nullptr) {
    const ast::ExprId fun = Unparen(*tree_, call->fun);
    const types::Selection* const selection =
        fun.kind() == ast::NodeKind::kSelectorExpr
            ? info_->SelectionOf(ast::Ref<ast::SelectorExpr>::FromNode(fun))
            : nullptr;
    if (selection == nullptr ||
        selection->kind == types::SelectionKind::kFieldVal) {
      Expr(hole, call->fun);
      return;
    }
  }
  // A closure without parameters that calls with copies of the arguments.
  EscapeLocation* const closure = NewTemp();
  graph_.Flow(hole.Address(), closure);
  Call({}, *call, closure);
}

}  // namespace gdlint::ssa
