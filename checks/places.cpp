#include "checks/places.h"

#include "checks/phrases.h"
#include "checks/syntax/file_index.h"
#include "source/line_table.h"
#include "types/package.h"

namespace gdlint::checks {

using ssa::Function;
using ssa::Inst;
using ssa::InstId;

uint32_t LineOf(const Function& function, source::Pos pos) {
  return function.unit()->file->Lines().Find(pos).line;
}

ast::NodeId StatementOf(PackagePass& pass, const Function& function,
                        InstId inst) {
  const syntax::FileIndex& index = pass.IndexOf(function);
  ast::NodeId node = function.inst(inst).node;
  while (node.has_value()) {
    switch (node.kind()) {
      case ast::NodeKind::kAssignStmt:
      case ast::NodeKind::kDeferStmt:
      case ast::NodeKind::kExprStmt:
      case ast::NodeKind::kGoStmt:
      case ast::NodeKind::kIncDecStmt:
      case ast::NodeKind::kReturnStmt:
      case ast::NodeKind::kSendStmt:
      case ast::NodeKind::kRangeStmt:
        return node;
      case ast::NodeKind::kFuncLit:
      case ast::NodeKind::kBlockStmt:
      case ast::NodeKind::kFuncDecl:
        return {};
      default:
        break;
    }
    node = index.Parent(node);
  }
  return {};
}

ast::Ref<ast::DeferStmt> DeferStmtOf(PackagePass& pass,
                                     const Function& function, InstId inst) {
  const ast::NodeId stmt = StatementOf(pass, function, inst);
  return stmt.kind() == ast::NodeKind::kDeferStmt
             ? ast::Ref<ast::DeferStmt>::FromNode(stmt)
             : ast::Ref<ast::DeferStmt>();
}

source::Span DeferSpanOf(PackagePass& pass, const Function& function,
                         InstId inst) {
  const ast::Ref<ast::DeferStmt> stmt = DeferStmtOf(pass, function, inst);
  return stmt.has_value() ? StatementSpan(pass.IndexOf(function), stmt)
                          : SpanOfInst(pass, function, inst);
}

source::Span SpanOfInst(PackagePass& pass, const Function& function,
                        InstId inst) {
  const Inst& i = function.inst(inst);
  return i.node.has_value() && i.node != function.syntax()
             ? StatementSpan(pass.IndexOf(function), i.node)
             : source::Span{i.pos, i.pos + 1};
}

const types::Var* VarOf(const dataflow::Origin& variable) {
  if (variable.function == nullptr) {
    return nullptr;
  }
  const Function& function = *variable.function;
  if (variable.value.kind() == ssa::Value::Kind::kGlobal) {
    return function.globals()[variable.value.index()];
  }
  if (!variable.value.is_inst()) {
    return nullptr;
  }
  const Inst& inst = function.inst(variable.value.inst());
  return inst.op == ssa::Op::kAlloc && inst.aux != ssa::kNoAux
             ? function.vars()[inst.aux]
             : nullptr;
}

std::string_view NameOf(const types::Var* var) {
  return var != nullptr && var->name != nullptr ? var->name->text()
                                                : std::string_view();
}

std::string_view CalleeNameOf(const Function& function, const Inst& call) {
  const types::Func* const func = dataflow::NamedCallee(function, call);
  return func != nullptr && func->name != nullptr ? func->name->text()
                                                  : std::string_view();
}

}  // namespace gdlint::checks
