// `for` statements without a range clause.
//
// From Go 1.22 on each iteration has variables of its own: they are copied
// before the post statement runs, which works on the new ones. Here a variable
// is made anew where an iteration begins, from a carrier that is only ever
// loaded and stored. Where nothing keeps a variable, lifting leaves one phi.

#include "source/lang_version.h"
#include "ssa/stmt_state.h"
#include "types/universe.h"

namespace gdlint::ssa {

using lexer::TokenKind;

struct FunctionBuilder::LoopVars {
  struct Var {
    const types::Var* var;
    source::Pos pos;
    // Allocs: of the loop, and of the current iteration.
    Value carrier;
    Value own;
  };
  std::vector<Var> vars;
};

bool FunctionBuilder::MayLeakVariables(ast::NodeId post) {
  switch (post.kind()) {
    case ast::NodeKind::kFuncLit:
    case ast::NodeKind::kSliceExpr:
      return true;
    case ast::NodeKind::kUnaryExpr:
      if (tree().TryGet<ast::UnaryExpr>(post)->op == TokenKind::kAnd) {
        return true;
      }
      break;
    case ast::NodeKind::kSelectorExpr: {
      const types::Selection* const selection =
          info().SelectionOf(ast::Ref<ast::SelectorExpr>::FromNode(post));
      // The receiver may be the variable's address.
      if (selection != nullptr &&
          selection->kind == types::SelectionKind::kMethodVal) {
        return true;
      }
      break;
    }
    default:
      break;
  }
  bool may = false;
  ast::ForEachChild(tree(), post, [&](ast::NodeId child) {
    may = may || MayLeakVariables(child);
  });
  return may;
}

void FunctionBuilder::For(const ast::ForStmt& stmt, ast::StmtId id) {
  const types::Object* const label = stmts_->TakeLabel();
  LoopVars loop_vars;
  if (stmt.init.has_value()) {
    Stmt(stmt.init);
    const auto* const init = tree().TryGet<ast::AssignStmt>(stmt.init);
    if (init != nullptr && init->op == TokenKind::kDefine &&
        unit_->file->version >= source::kPerIterationLoopVars) {
      for (const ast::ExprId lhs : tree().Items(init->lhs)) {
        const auto ident = ast::Ref<ast::Ident>::FromNode(lhs);
        const auto* const var =
            lhs.kind() == ast::NodeKind::kIdent
                ? types::TryAs<types::Var>(info().DefinedObject(ident))
                : nullptr;
        if (var != nullptr && var->name != nullptr && !var->name->is_blank) {
          const source::Pos pos = tree().Get(ident).pos;
          loop_vars.vars.push_back({var, pos, VarAddress(var, false), {}});
        }
      }
    }
  }
  const bool post_leaks = !loop_vars.vars.empty() && stmt.post.has_value() &&
                          MayLeakVariables(stmt.post);
  // Tells the first iteration, which the post statement does not run before.
  Value is_first;
  if (post_leaks) {
    is_first = AddTemp(types::Typ(types::BasicKind::kBool), stmt.pos, id);
    Store(is_first, BoolConst(true), stmt.pos, id);
  }

  const BlockId head = NewBlock();
  const BlockId body = NewBlock();
  const BlockId done = NewBlock();
  const bool has_step = stmt.post.has_value() || !loop_vars.vars.empty();
  const BlockId step = has_step ? NewBlock() : head;
  const auto run_post = [&] {
    if (stmt.post.has_value()) {
      Stmt(stmt.post);
    }
  };
  const auto use = [&](Value LoopVars::Var::* address) {
    for (const LoopVars::Var& var : loop_vars.vars) {
      addresses_[var.var] = var.*address;
    }
  };

  Jump(head, stmt.pos);
  SetBlock(head);
  for (LoopVars::Var& var : loop_vars.vars) {
    var.own = AddLocal(var.var, var.pos);
    Store(var.own, Load(var.carrier, var.pos, id), var.pos, id);
  }
  if (post_leaks) {
    const BlockId condition = NewBlock();
    const BlockId post = NewBlock();
    If(Load(is_first, stmt.pos, id), condition, post, stmt.pos, id);
    SetBlock(post);
    run_post();
    Jump(condition, stmt.pos);
    SetBlock(condition);
  }
  if (stmt.cond.has_value()) {
    Condition(stmt.cond, body, done);
  } else {
    Jump(body, stmt.pos);
  }

  SetBlock(body);
  stmts_->targets.push_back({label, done, step});
  Body(stmt.body);
  stmts_->targets.pop_back();
  Jump(step, stmt.pos);

  if (has_step) {
    SetBlock(step);
    for (const LoopVars::Var& var : loop_vars.vars) {
      Store(var.carrier, Load(var.own, var.pos, id), var.pos, id);
    }
    if (post_leaks) {
      Store(is_first, BoolConst(false), stmt.pos, id);
    } else {
      use(&LoopVars::Var::carrier);
      run_post();
      use(&LoopVars::Var::own);
    }
    Jump(head, stmt.pos);
  }
  SetBlock(done);
}

}  // namespace gdlint::ssa
