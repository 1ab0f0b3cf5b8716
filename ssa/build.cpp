#include "ssa/build.h"

#include "ssa/function_builder.h"
#include "ssa/verify.h"
#include "ssa/wrappers.h"
#include "support/invariant.h"
#include "types/type_table.h"

namespace gdlint::ssa {

struct Builder::State {
  State(types::TypeTable& table, const BuildOptions& options) : types(table) {
    context.types = &types;
    context.options = options;
  }

  types::TypeContext types;
  BuilderContext context;
  Draft wrapper;
};

Builder::Builder(types::TypeTable& table, const BuildOptions& options)
    : state_(std::make_unique<State>(table, options)) {}

Builder::~Builder() = default;

std::unique_ptr<Function> Builder::Build(const FunctionSource& source) {
  auto function = std::make_unique<Function>();
  FunctionBuilder(state_->context, nullptr, *function).BuildDeclared(source);
  return function;
}

std::unique_ptr<Function> Builder::Build(const VarInitSource& source) {
  auto function = std::make_unique<Function>();
  FunctionBuilder(state_->context, nullptr, *function).BuildVarInit(source);
  return function;
}

std::unique_ptr<Function> Builder::BuildWrapper(const FunctionKey& key) {
  auto function = std::make_unique<Function>();
  Draft& draft = state_->wrapper;
  draft.Reset();
  WriteWrapper(state_->types, key, draft);
  draft.Freeze(*function);
  if (state_->context.options.verify) {
    GDLINT_ASSERT(Verify(*function).empty());
  }
  return function;
}

}  // namespace gdlint::ssa
