#include "types/checker.h"

#include <utility>

#include "types/declaration.h"

namespace gdlint::types {

Checker::Checker(TypeTable& of_table, Package& of_package)
    : table(of_table),
      types(of_table),
      package(of_package),
      state(*of_package.state) {}

Checker::~Checker() = default;

void Checker::Later(std::function<void()> action) {
  delayed.push_back({env, std::move(action)});
  // What an inherited initialiser delays concerns the types in it, not the
  // constant that repeats it.
  delayed.back().env.error_at.reset();
}

void Checker::ProcessDelayed(size_t first) {
  if (delayed.size() <= first) {
    return;
  }
  const Environment outer = env;
  // Actions may add more, which moves the list.
  for (size_t i = first; i < delayed.size(); ++i) {
    env = delayed[i].env;
    const std::function<void()> action = std::move(delayed[i].action);
    action();
  }
  delayed.resize(first);
  env = outer;
}

std::string_view Checker::SourceText(source::Span span) const {
  const std::string_view text = env.unit->file->source->text();
  if (!span.begin.is_valid() || span.end < span.begin ||
      span.end.offset() > text.size()) {
    return {};
  }
  return text.substr(span.begin.offset(), span.end.raw - span.begin.raw);
}

ast::ExprId Checker::Unparen(ast::ExprId expr) const {
  while (const auto* const paren = TryGet<ast::ParenExpr>(expr)) {
    expr = paren->x;
  }
  return expr;
}

ast::Ref<ast::Ident> Checker::AsIdent(ast::ExprId expr) const {
  return expr.kind() == ast::NodeKind::kIdent
             ? ast::Ref<ast::Ident>::FromNode(expr)
             : ast::Ref<ast::Ident>();
}

Scope* Checker::OpenScope(bool is_function) {
  Arena& memory = is_body ? scratch : state.scopes;
  env.scope = memory.New<Scope>(memory, env.scope, is_function);
  return env.scope;
}

Var* Checker::NewVar(VarKind kind, source::Pos pos, const Name* name,
                     const Type* type) {
  Var* const var = NewObject<Var>(pos, name, type);
  var->var_kind = kind;
  var->origin = var;
  return var;
}

ExprIds Checker::Exprs(ast::List<ast::ExprId> list) const {
  const ast::ListView<ast::ExprId> items = tree().Items(list);
  ExprIds result;
  result.reserve(items.size());
  for (const ast::ExprId item : items) {
    result.push_back(item);
  }
  return result;
}

}  // namespace gdlint::types
