// Function literals.

#include <utility>

#include "ssa/function_builder.h"

namespace gdlint::ssa {

Value FunctionBuilder::FuncLit(ast::Ref<ast::FuncLit> ref) {
  auto child = std::make_unique<Function>();
  FunctionBuilder nested(context_, this, *child);
  nested.BuildLiteral(ref);
  return Closure(std::move(child), nested, tree().Get(tree().Get(ref).type).pos,
                 ref);
}

void FunctionBuilder::BuildLiteral(ast::Ref<ast::FuncLit> ref) {
  const ast::FuncLit& literal = tree().Get(ref);
  const auto* const signature = types::As<types::Signature>(TypeOf(ref));
  const std::span<types::Var* const> vars = info().Params(literal.type);
  const size_t result_count = signature->results->params.size();
  std::vector<Param> params;
  std::vector<Param> results;
  for (size_t i = 0; i < vars.size(); ++i) {
    (i + result_count < vars.size() ? params : results)
        .push_back({vars[i], Subst(vars[i]->type)});
  }
  Begin(FunctionKind::kLiteral, signature, params, results, ref,
        tree().Get(literal.type).pos, HasDefers(literal.body));
  Body(literal.body);
  Finish(tree().Get(literal.body).rbrace);
}

}  // namespace gdlint::ssa
