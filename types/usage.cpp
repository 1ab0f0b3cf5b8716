// Bodies of functions as a whole.

#include <string>
#include <utility>

#include <fmt/format.h>

#include "types/checker.h"
#include "types/stmt_internal.h"

namespace gdlint::types {

void Checker::FuncBody(const Signature* signature,
                       std::span<Var* const> results,
                       ast::Ref<ast::BlockStmt> body) {
  const Environment outer = env;
  std::vector<Var*> outer_vars = std::exchange(local_vars, {});
  env.signature = signature;
  env.results = results;
  env.has_label = false;
  env.error_at.reset();
  env.in_type_param_list = false;
  env.has_call_or_recv = false;

  const ast::BlockStmt& block = Get(body);
  CheckStmtList(*this, 0, block.stmts);
  if (env.has_label) {
    Labels(body);
  }
  if (signature->results != nullptr && !signature->results->params.empty() &&
      !IsTerminating(body, nullptr)) {
    Error(AtPos(block.rbrace), Code::kMissingReturn, "missing return");
  }
  Usage();

  local_vars = std::move(outer_vars);
  env = outer;
}

void Checker::Usage() {
  for (const Var* const var : local_vars) {
    if (var->var_kind == VarKind::kLocalVar && !var->is_used) {
      SoftError(AtObject(var), Code::kUnusedVar,
                fmt::format("declared and not used: {}", var->name->text()));
    }
  }
}

}  // namespace gdlint::types
