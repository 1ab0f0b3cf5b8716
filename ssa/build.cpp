#include "ssa/build.h"

#include "ssa/function_builder.h"
#include "types/type_table.h"

namespace gdlint::ssa {

struct Builder::State {
  State(types::TypeTable& table, const BuildOptions& options) : types(table) {
    context.types = &types;
    context.options = options;
  }

  types::TypeContext types;
  BuilderContext context;
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

}  // namespace gdlint::ssa
