#include <utility>

#include "types/checker.h"
#include "types/substitute.h"

namespace gdlint::types {
namespace {

// The identifier that is instantiated in `expr`: `T` of T[int] and p.T[int].
ast::Ref<ast::Ident> InstantiatedIdent(const Checker& checker,
                                       ast::ExprId expr) {
  if (const auto* const index = checker.TryGet<ast::IndexExpr>(expr)) {
    expr = index->x;
  } else if (const auto* const list =
                 checker.TryGet<ast::IndexListExpr>(expr)) {
    expr = list->x;
  }
  if (const auto* const selector = checker.TryGet<ast::SelectorExpr>(expr)) {
    return selector->sel;
  }
  return checker.AsIdent(expr);
}

}  // namespace

void Checker::Record(const Operand& x) {
  if (TakeGivenUp()) {
    ReportGivenUp(AtNode(x.expr));
  }
  if (x.mode == Mode::kNoValue) {
    RecordTypeAndValue(x.expr, x.mode, types.TupleOf({}));
    return;
  }
  RecordTypeAndValue(x.expr, x.mode, x.type, x.value);
}

void Checker::RecordTypeAndValue(ast::ExprId expr, Mode mode, const Type* type,
                                 Value value) {
  if (mode == Mode::kInvalid || !expr.has_value()) {
    return;
  }
  if (mode == Mode::kConstant) {
    info().RecordConstant(arena(), expr, type, value);
  } else {
    info().Record(expr, TypeAndValue(mode, type));
  }
}

void Checker::RecordBuiltinType(ast::ExprId fun, const Signature* signature) {
  RecordTypeAndValue(fun, Mode::kBuiltin, signature);
  while (const auto* const paren = TryGet<ast::ParenExpr>(fun)) {
    fun = paren->x;
    RecordTypeAndValue(fun, Mode::kBuiltin, signature);
  }
}

void Checker::RecordCommaOkTypes(ast::ExprId expr, const Type* first,
                                 const Type* second) {
  const Param params[] = {{nullptr, first}, {nullptr, second}};
  const Tuple* const tuple = types.TupleOf(params);
  while (expr.has_value()) {
    const Mode mode = info().TypeOf(expr).mode();
    if (mode != Mode::kInvalid) {
      info().Record(expr, TypeAndValue(mode, tuple));
    }
    const auto* const paren = TryGet<ast::ParenExpr>(expr);
    expr = paren != nullptr ? paren->x : ast::ExprId();
  }
}

void Checker::RecordInstance(ast::ExprId expr,
                             std::span<const Type* const> type_args,
                             const Type* type) {
  const ast::Ref<ast::Ident> ident = InstantiatedIdent(*this, expr);
  if (ident.has_value()) {
    info().RecordInstance(arena(), ident, {arena().Copy(type_args), type});
  }
}

void Checker::RecordDef(ast::Ref<ast::Ident> ident, Object* object) {
  info().RecordDefinition(arena(), ident, object);
}

void Checker::RecordUse(ast::Ref<ast::Ident> ident, Object* object) {
  info().RecordUse(arena(), ident, object);
}

void Checker::RecordSelection(ast::Ref<ast::SelectorExpr> selector,
                              SelectionKind kind, const Type* recv,
                              const LookupResult& found, const Type* type) {
  RecordUse(Get(selector).sel, found.object);
  info().RecordSelection(
      selector,
      arena().New<Selection>(
          kind, found.is_indirect, recv, found.object,
          arena().Copy(std::span<const uint32_t>(found.index)), type));
}

void Checker::AddDependency(Object* object) {
  // Only package-level objects and methods have declarations.
  if (object->decl == nullptr || object->package != &package) {
    return;
  }
  if (is_body) {
    dependencies.Add(object);
  } else if (env.decl != nullptr) {
    env.decl->dependencies.Add(object);
  }
}

void Checker::UseImport(PkgName* import) {
  std::vector<bool>& used = is_body ? used_imports : state.import_is_used;
  if (used.size() <= import->index) {
    used.resize(size_t{import->index} + 1);
  }
  used[import->index] = true;
}

}  // namespace gdlint::types
