#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "types/checker.h"
#include "types/expr_internal.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

constexpr uint32_t Bit(Mode mode) { return 1u << static_cast<uint32_t>(mode); }
constexpr uint32_t kNotSingleValues =
    Bit(Mode::kNoValue) | Bit(Mode::kBuiltin) | Bit(Mode::kTypeExpr);

[[gnu::noinline, gnu::cold]] void ReportExcluded(Checker& checker, Operand& x,
                                                 uint32_t modes) {
  std::string message = checker.Text(x);
  Code code = Code::kNotAnExpr;
  switch (x.mode) {
    case Mode::kNoValue:
      message += (modes & Bit(Mode::kTypeExpr)) != 0 ? " used as value"
                                                     : " used as value or type";
      code = Code::kTooManyValues;
      break;
    case Mode::kBuiltin:
      message += " must be called";
      code = Code::kUncalledBuiltin;
      break;
    default:
      message += " is not an expression";
      break;
  }
  checker.Error(checker.AtOperand(x), code, std::move(message));
  x.Invalidate();
}

[[gnu::noinline, gnu::cold]] void ReportSeveral(Checker& checker, Operand& x) {
  checker.Error(
      checker.AtOperand(x), Code::kTooManyValues,
      Concat("multiple-value ", checker.Text(x), " in single-value context"));
  x.Invalidate();
}

// Reports an operand whose mode is among `modes`.
void Exclude(Checker& checker, Operand& x, uint32_t modes) {
  if ((Bit(x.mode) & modes) != 0) [[unlikely]] {
    ReportExcluded(checker, x, modes);
  }
}

[[gnu::noinline, gnu::cold]] void ReportGeneric(Checker& checker, Operand& x,
                                                std::string_view what) {
  checker.Error(checker.AtNode(x.expr), Code::kWrongTypeArgCount,
                Concat("cannot use generic ", what, " ", checker.Text(x.expr),
                       " without instantiation"));
  x.Invalidate();
  x.type = InvalidType();
}

[[gnu::noinline, gnu::cold]] void ReportNode(Checker& checker, ast::ExprId expr,
                                             Code code,
                                             std::string_view message) {
  checker.Error(checker.AtNode(expr), code, std::string(message));
}

[[gnu::noinline]] void CheckTypeAssertion(Checker& checker, Operand& x,
                                          ast::ExprId expr,
                                          const ast::TypeAssertExpr& node) {
  checker.Expr(nullptr, x, node.x);
  if (!x.is_valid()) {
    return;
  }
  const auto fail = [&](At at, Code code, std::string message) {
    checker.Error(at, code, std::move(message));
    x.Invalidate();
  };
  if (!node.type.has_value()) {
    return fail(checker.AtNode(expr), Code::kBadTypeKeyword,
                "use of .(type) outside type switch");
  }
  if (IsTypeParam(x.type)) {
    return fail(checker.AtOperand(x), Code::kInvalidAssert,
                Concat("invalid operation: cannot use type assertion on type "
                       "parameter value ",
                       checker.Text(x)));
  }
  if (!IsInterface(x.type)) {
    return fail(
        checker.AtOperand(x), Code::kInvalidAssert,
        Concat("invalid operation: ", checker.Text(x), " is not an interface"));
  }
  const Type* const type = checker.VarType(node.type);
  if (!IsValid(type)) {
    x.Invalidate();
    return;
  }
  checker.TypeAssertion(expr, x, type, false);
  x.mode = Mode::kCommaOk;
  x.type = type;
}

// The element type that all pointers in the type set of `x` point to; null
// after an error.
[[gnu::noinline]] const Type* CommonPointerElem(Checker& checker,
                                                const Operand& x) {
  const Type* elem = nullptr;
  const bool is_ok = AllUnder(x.type, [&](const Type* under) {
    const Pointer* const pointer = TryAs<Pointer>(under);
    if (pointer == nullptr) {
      checker.Error(
          checker.AtOperand(x), Code::kInvalidIndirection,
          Concat("invalid operation: cannot indirect ", checker.Text(x)));
      return false;
    }
    if (elem != nullptr && !Identical(pointer->elem, elem)) {
      checker.Error(checker.AtOperand(x), Code::kInvalidIndirection,
                    Concat("invalid operation: pointers of ", checker.Text(x),
                           " must have identical base types"));
      return false;
    }
    elem = pointer->elem;
    return true;
  });
  return is_ok ? elem : nullptr;
}

void CheckStar(Checker& checker, Operand& x, const ast::StarExpr& node) {
  checker.ExprOrType(x, node.x, false);
  if (!x.is_valid()) {
    return;
  }
  if (x.mode == Mode::kTypeExpr) {
    checker.ValidVarType(node.x, x.type);
    x.type = checker.types.PointerTo(x.type);
    return;
  }
  const Pointer* const pointer =
      IsTypeParam(x.type) ? nullptr : UnderAs<Pointer>(x.type);
  const Type* const elem =
      pointer != nullptr ? pointer->elem : CommonPointerElem(checker, x);
  if (elem == nullptr) {
    x.Invalidate();
    return;
  }
  x.mode = Mode::kVariable;
  x.type = elem;
}

void CheckIndex(Checker& checker, const Target* target, Operand& x,
                ast::ExprId expr) {
  const std::optional<IndexedExpr> indexed = checker.AsIndexedExpr(expr);
  if (checker.IndexExpr(x, *indexed)) {
    checker.FuncInst(target, ast::Begin(checker.tree(), expr), x, &*indexed,
                     true);
  }
}

ExprKind ExprInternal(Checker& checker, const Target* target, Operand& x,
                      ast::ExprId expr, const Type* hint) {
  using ast::NodeKind;
  const ast::Tree& tree = checker.tree();
  switch (expr.kind()) {
    case NodeKind::kIdent:
      checker.Ident(x, ast::Ref<ast::Ident>::FromNode(expr), false);
      return ExprKind::kExpression;
    case NodeKind::kBasicLit:
      checker.BasicLit(x, ast::Ref<ast::BasicLit>::FromNode(expr));
      break;
    case NodeKind::kFuncLit:
      checker.FuncLit(x, ast::Ref<ast::FuncLit>::FromNode(expr));
      break;
    case NodeKind::kCompositeLit:
      checker.CompositeLit(x, ast::Ref<ast::CompositeLit>::FromNode(expr),
                           hint);
      break;
    case NodeKind::kParenExpr:
      // A target's type does not reach through parentheses.
      return checker.RawExpr(nullptr, x, tree.TryGet<ast::ParenExpr>(expr)->x,
                             nullptr, false);
    case NodeKind::kSelectorExpr:
      checker.Selector(x, ast::Ref<ast::SelectorExpr>::FromNode(expr), false);
      return ExprKind::kExpression;
    case NodeKind::kIndexExpr:
    case NodeKind::kIndexListExpr:
      CheckIndex(checker, target, x, expr);
      break;
    case NodeKind::kSliceExpr:
      checker.SliceExpr(x, ast::Ref<ast::SliceExpr>::FromNode(expr));
      break;
    case NodeKind::kTypeAssertExpr:
      CheckTypeAssertion(checker, x, expr,
                         *tree.TryGet<ast::TypeAssertExpr>(expr));
      break;
    case NodeKind::kCallExpr:
      return checker.CallExpr(x, ast::Ref<ast::CallExpr>::FromNode(expr));
    case NodeKind::kStarExpr:
      CheckStar(checker, x, *tree.TryGet<ast::StarExpr>(expr));
      break;
    case NodeKind::kUnaryExpr:
      checker.Unary(x, ast::Ref<ast::UnaryExpr>::FromNode(expr));
      // A receive operation may be a statement.
      if (tree.TryGet<ast::UnaryExpr>(expr)->op == lexer::TokenKind::kArrow) {
        return ExprKind::kStatement;
      }
      break;
    case NodeKind::kBinaryExpr: {
      const ast::BinaryExpr& node = *tree.TryGet<ast::BinaryExpr>(expr);
      checker.Binary(x, expr, node.x, node.y, node.op, node.op_pos);
      break;
    }
    case NodeKind::kArrayType:
    case NodeKind::kStructType:
    case NodeKind::kFuncType:
    case NodeKind::kInterfaceType:
    case NodeKind::kMapType:
    case NodeKind::kChanType:
      x.type = checker.Typ(expr);
      x.mode = Mode::kTypeExpr;
      return ExprKind::kExpression;
    case NodeKind::kKeyValueExpr:
      ReportNode(checker, expr, Code::kInvalidSyntaxTree,
                 "no key:value expected");
      break;
    default:
      // The parser has reported a BadExpr, and `...` where it may not be.
      break;
  }
  // What is invalid may stand as a statement: one error is enough.
  return x.is_valid() ? ExprKind::kExpression : ExprKind::kStatement;
}

}  // namespace

void RequireFiniteSize(Checker& checker, Operand& x) {
  switch (x.type->kind) {
    case TypeKind::kNamed: {
      const Named* const named = As<Named>(x.type);
      // What other packages declare is complete.
      if (!named->is_instance() && named->obj->package != &checker.package) {
        return;
      }
      break;
    }
    case TypeKind::kAlias:
    case TypeKind::kArray:
    case TypeKind::kStruct:
      break;
    default:
      return;
  }
  if (!checker.FiniteSize(x.type)) {
    x.Invalidate();
    x.type = InvalidType();
  }
}

void RequireInstance(Checker& checker, const Target* target, Operand& x) {
  if (!x.is_valid() || x.mode == Mode::kNoValue) {
    return;
  }
  switch (x.type->kind) {
    case TypeKind::kAlias:
    case TypeKind::kNamed:
      if (IsGeneric(x.type)) [[unlikely]] {
        ReportGeneric(checker, x, "type");
      }
      return;
    case TypeKind::kSignature:
      if (!As<Signature>(x.type)->type_params.empty()) [[unlikely]] {
        if (target != nullptr) {
          checker.FuncInst(target, ast::Begin(checker.tree(), x.expr), x,
                           nullptr, true);
          return;
        }
        ReportGeneric(checker, x, "function");
      }
      return;
    default:
      return;
  }
}

ExprKind Checker::RawExpr(const Target* target, Operand& x, ast::ExprId expr,
                          const Type* hint, bool allow_generic) {
  x.mode = Mode::kInvalid;
  x.type = InvalidType();
  x.expr = expr;
  if (!expr.has_value()) {
    return ExprKind::kStatement;
  }
  const ExprKind kind = ExprInternal(*this, target, x, expr, hint);
  x.expr = expr;
  if (!x.is_valid()) {
    return kind;
  }
  if (x.mode != Mode::kNoValue) {
    if (!allow_generic) {
      RequireInstance(*this, target, x);
    }
    RequireFiniteSize(*this, x);
  }
  if (x.is_valid()) {
    Record(x);
  }
  return kind;
}

void Checker::Expr(const Target* target, Operand& x, ast::ExprId expr) {
  RawExpr(target, x, expr, nullptr, false);
  Exclude(*this, x, kNotSingleValues);
  SingleValue(x);
}

void Checker::GenericExpr(Operand& x, ast::ExprId expr) {
  RawExpr(nullptr, x, expr, nullptr, true);
  Exclude(*this, x, kNotSingleValues);
  SingleValue(x);
}

OperandList Checker::MultiExpr(ast::ExprId expr, bool allow_comma_ok,
                               bool* is_comma_ok) {
  if (is_comma_ok != nullptr) {
    *is_comma_ok = false;
  }
  Operand x;
  RawExpr(nullptr, x, expr, nullptr, false);
  Exclude(*this, x, kNotSingleValues);

  OperandList list;
  const Tuple* const tuple = x.is_valid() ? TryAs<Tuple>(x.type) : nullptr;
  if (tuple != nullptr) {
    list.reserve(tuple->params.size());
    for (const Param& param : tuple->params) {
      list.push_back(Operand{
          .mode = Mode::kValue, .expr = expr, .type = param.type, .value = {}});
    }
    return list;
  }

  const bool has_two =
      allow_comma_ok && (x.mode == Mode::kMapIndex ||
                         x.mode == Mode::kCommaOk || x.mode == Mode::kCommaErr);
  list.reserve(has_two ? 2 : 1);
  list.push_back(x);
  if (has_two) {
    const Type* const second =
        x.mode == Mode::kCommaErr
            ? universe().error_type()
            : static_cast<const Type*>(BasicType(BasicKind::kUntypedBool));
    list.push_back(Operand{
        .mode = Mode::kValue, .expr = expr, .type = second, .value = {}});
    if (is_comma_ok != nullptr) {
      *is_comma_ok = true;
    }
  }
  return list;
}

void Checker::ExprWithHint(Operand& x, ast::ExprId expr, const Type* hint) {
  RawExpr(nullptr, x, expr, hint, false);
  Exclude(*this, x, kNotSingleValues);
  SingleValue(x);
}

void Checker::ExprOrType(Operand& x, ast::ExprId expr, bool allow_generic) {
  RawExpr(nullptr, x, expr, nullptr, allow_generic);
  Exclude(*this, x, Bit(Mode::kNoValue));
  SingleValue(x);
}

void Checker::SingleValue(Operand& x) {
  if (x.mode == Mode::kValue && x.type->kind == TypeKind::kTuple) [[unlikely]] {
    ReportSeveral(*this, x);
  }
}

void Checker::TypeAssertion(ast::ExprId expr, Operand& x, const Type* type,
                            bool is_type_switch) {
  std::string cause;
  if (AssertableTo(types, x.type, type, Resolver(), &cause)) {
    return;
  }
  if (is_type_switch) {
    Error(AtNode(expr), Code::kImpossibleAssert,
          Concat("impossible type switch case: ", Text(expr), "\n\t", Text(x),
                 " cannot have dynamic type ", Text(type), " ", cause));
    return;
  }
  Error(AtNode(expr), Code::kImpossibleAssert,
        Concat("impossible type assertion: ", Text(expr), "\n\t", Text(type),
               " does not implement ", Text(x.type), " ", cause));
}

}  // namespace gdlint::types
