// Lowers functions from syntax trees to SSA: the stage's entry point.

#pragma once

#include <memory>
#include <span>

#include "ast/node_id.h"
#include "ssa/function.h"
#include "types/package.h"
#include "types/type_table.h"

namespace gdlint::ssa {

// The source of a function that is not synthetic.
struct FunctionSource {
  const types::Package* package = nullptr;
  // Its tree holds the declaration, and its facts are complete.
  const types::Unit* unit = nullptr;
  ast::Ref<ast::FuncDecl> decl;
  const types::Func* func = nullptr;
  // For an instance: what replaces the type parameters. Empty: the function
  // itself, generic or not.
  std::span<const types::Type* const> type_args;
  // Of a body that was parsed by itself (parser::ParseBody), whose tree has
  // nothing else: the receiver, parameters and results, as the declaration's
  // facts have them.
  std::span<types::Var* const> vars;
};

// The initialisation of package-level variables: `var lhs… = rhs`.
struct VarInitSource {
  const types::Package* package = nullptr;
  const types::Unit* unit = nullptr;
  // Null for `_`.
  std::span<const types::Var* const> lhs;
  ast::ExprId rhs;
  // Tells apart the initialisations of one package.
  uint32_t index = 0;
};

struct BuildOptions {
  // Variables stay loads and stores.
  bool is_naive = false;
  // Verify (verify.h) after each pass; a violation is a broken invariant
  // (support/invariant.h).
  bool verify = false;
};

// Builds functions, each with the literals and loop bodies in it. One for each
// thread; keeps memory from one function to the next.
class Builder {
 public:
  Builder(types::TypeTable& table, const BuildOptions& options);
  ~Builder();

  // The function's facts must be free of errors where control can get. Never
  // fails; deep nesting is bounded by the parser's limit.
  std::unique_ptr<Function> Build(const FunctionSource& source);
  std::unique_ptr<Function> Build(const VarInitSource& source);
  // A kWrapper, kBound or kThunk.
  std::unique_ptr<Function> BuildWrapper(const FunctionKey& key);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gdlint::ssa
