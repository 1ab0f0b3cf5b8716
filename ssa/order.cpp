// The order of evaluation, which is gc's. The language only orders calls,
// receives and logical operators; when variables, elements and fields are read
// between them is up to a compiler. gc evaluates some expressions ahead, from
// left to right, each into a temporary, and then reads all others.

#include <optional>

#include "lexer/operator.h"
#include "ssa/function_builder.h"
#include "types/pointer_shape.h"
#include "types/predicates.h"
#include "types/type_set.h"
#include "types/universe.h"

namespace gdlint::ssa {

using ast::NodeKind;
using lexer::TokenKind;
using types::BuiltinId;
using types::Mode;

namespace {

bool HasPointers(const types::Type* type) {
  const types::Type* const under = types::Under(type);
  switch (under->kind) {
    case types::TypeKind::kBasic: {
      const types::BasicKind kind = types::As<types::Basic>(under)->basic;
      return kind == types::BasicKind::kString ||
             kind == types::BasicKind::kUnsafePointer;
    }
    case types::TypeKind::kStruct:
      for (const types::Var* const field :
           types::As<types::Struct>(under)->fields) {
        if (HasPointers(field->type)) {
          return true;
        }
      }
      return false;
    case types::TypeKind::kArray:
      return types::As<types::Array>(under)->length > 0 &&
             HasPointers(types::As<types::Array>(under)->elem);
    default:
      return true;
  }
}

// The only component of structs and arrays of one.
const types::Type* SoleComponent(const types::Type* type) {
  const types::Type* under = types::Under(type);
  while (true) {
    if (const auto* const fields = types::TryAs<types::Struct>(under);
        fields != nullptr && fields->fields.size() == 1) {
      under = types::Under(fields->fields[0]->type);
    } else if (const auto* const array = types::TryAs<types::Array>(under);
               array != nullptr && array->length == 1) {
      under = types::Under(array->elem);
    } else {
      return under;
    }
  }
}

// gc hands such a value to an interface by the address of a copy.
bool IsBoxedByAddress(const types::Sizes& sizes, const types::Type* type) {
  const std::optional<int64_t> size = sizes.SizeOf(type);
  const int64_t align = sizes.AlignOf(type);
  if (size == 2 && align == 2) {
    return false;
  }
  if ((size == 4 && align == 4) || (size == 8 && align == 8)) {
    if (!HasPointers(type)) {
      return false;
    }
  }
  const types::Type* const sole = SoleComponent(type);
  return !types::IsString(sole) && types::TryAs<types::Slice>(sole) == nullptr;
}

bool IsByteSlice(const types::Type* type) {
  return types::UnderAs<types::Slice>(type) != nullptr;
}

}  // namespace

ast::ExprId FunctionBuilder::Unparen(ast::ExprId expr) const {
  while (const auto* const paren = tree().TryGet<ast::ParenExpr>(expr)) {
    expr = paren->x;
  }
  return expr;
}

void FunctionBuilder::Ahead(ast::ExprId expr, bool is_target) {
  expr = Unparen(expr);
  if (AheadWithin(expr) && !is_target) {
    Hoist(expr);
  }
}

void FunctionBuilder::Hoist(ast::ExprId expr) {
  const Value value = LateNode(expr);
  ahead_[expr.raw()] = value;
}

void FunctionBuilder::HoistUnlessAddressable(ast::ExprId expr) {
  expr = Unparen(expr);
  const Mode mode = info().TypeOf(expr).mode();
  if (mode != Mode::kVariable && mode != Mode::kConstant &&
      mode != Mode::kNilValue && !ahead_.contains(expr.raw())) {
    Hoist(expr);
  }
}

void FunctionBuilder::AheadAs(ast::ExprId expr, const types::Type* to) {
  Ahead(expr, false);
  if (to == nullptr || !types::IsNonTypeParamInterface(to)) {
    return;
  }
  const types::TypeAndValue fact = info().TypeOf(expr);
  if (fact.mode() != Mode::kValue && fact.mode() != Mode::kMapIndex &&
      fact.mode() != Mode::kCommaOk) {
    return;
  }
  const types::Type* const from = TypeOf(expr);
  if (types::IsInterface(from) || types::IsTypeParam(from) ||
      types::TryAs<types::Tuple>(from) != nullptr || types::IsUntyped(from) ||
      !IsBoxedByAddress(types().table().sizes(), from)) {
    return;
  }
  HoistUnlessAddressable(expr);
}

bool FunctionBuilder::AheadWithin(ast::ExprId expr) {
  expr = Unparen(expr);
  const types::TypeAndValue fact = info().TypeOf(expr);
  if (fact.mode() == Mode::kConstant || fact.mode() == Mode::kTypeExpr ||
      (!ahead_.empty() && ahead_.contains(expr.raw()))) {
    return false;
  }
  switch (expr.kind()) {
    case NodeKind::kSelectorExpr: {
      const auto ref = ast::Ref<ast::SelectorExpr>::FromNode(expr);
      const types::Selection* const selection = info().SelectionOf(ref);
      if (selection != nullptr &&
          selection->kind != types::SelectionKind::kMethodExpr) {
        Ahead(tree().Get(ref).x, false);
      }
      return false;
    }
    case NodeKind::kIndexExpr: {
      const auto& index = *tree().TryGet<ast::IndexExpr>(expr);
      if (IsTypeExpr(index.index)) {
        return false;
      }
      Ahead(index.x, false);
      Ahead(index.index, false);
      // m[string(bytes)] looks the bytes up as they are now.
      if (fact.mode() != Mode::kMapIndex) {
        return false;
      }
      const auto* const key =
          tree().TryGet<ast::CallExpr>(Unparen(index.index));
      return key != nullptr && key->args.size == 1 && IsTypeExpr(key->fun) &&
             IsByteSlice(TypeOf(tree().Items(key->args)[0]));
    }
    case NodeKind::kSliceExpr: {
      const auto& slice = *tree().TryGet<ast::SliceExpr>(expr);
      for (const ast::ExprId part :
           {slice.x, slice.low, slice.high, slice.max}) {
        if (part.has_value()) {
          Ahead(part, false);
        }
      }
      return true;
    }
    case NodeKind::kTypeAssertExpr: {
      const auto& assertion = *tree().TryGet<ast::TypeAssertExpr>(expr);
      Ahead(assertion.x, false);
      return assertion.type.has_value() &&
             !types::IsPointerShaped(TypeOf(assertion.type));
    }
    case NodeKind::kStarExpr:
      Ahead(tree().TryGet<ast::StarExpr>(expr)->x, false);
      return false;
    case NodeKind::kUnaryExpr: {
      const auto& unary = *tree().TryGet<ast::UnaryExpr>(expr);
      const ast::ExprId x = Unparen(unary.x);
      if (unary.op == TokenKind::kAnd && x.kind() == NodeKind::kCompositeLit) {
        AheadOfLiteral(ast::Ref<ast::CompositeLit>::FromNode(x));
        return false;
      }
      Ahead(x, false);
      return unary.op == TokenKind::kArrow;
    }
    case NodeKind::kBinaryExpr: {
      const auto& binary = *tree().TryGet<ast::BinaryExpr>(expr);
      if (binary.op == TokenKind::kLand || binary.op == TokenKind::kLor) {
        return true;
      }
      if (!lexer::IsComparison(binary.op)) {
        Ahead(binary.x, false);
        Ahead(binary.y, false);
        return false;
      }
      const types::Type* const x = TypeOf(binary.x);
      const types::Type* const y = TypeOf(binary.y);
      AheadAs(binary.x, y);
      AheadAs(binary.y, x);
      const types::TypeKind kind = types::Under(x)->kind;
      if (kind == types::TypeKind::kStruct || kind == types::TypeKind::kArray) {
        HoistUnlessAddressable(binary.x);
        HoistUnlessAddressable(binary.y);
      }
      return false;
    }
    case NodeKind::kCompositeLit: {
      const auto ref = ast::Ref<ast::CompositeLit>::FromNode(expr);
      const types::Type* type = TypeOf(expr);
      if (const types::Type* const core = CoreOf(type);
          core != nullptr && core->kind == types::TypeKind::kMap) {
        return !tree().Get(ref).elts.empty();
      }
      AheadOfLiteral(ref);
      return false;
    }
    case NodeKind::kCallExpr: {
      const auto ref = ast::Ref<ast::CallExpr>::FromNode(expr);
      const ast::CallExpr& call = tree().Get(ref);
      const types::TypeAndValue fun = info().TypeOf(call.fun);
      if (fun.is_type()) {
        const types::Type* const to = Subst(fun.type());
        const ast::ExprId arg = tree().Items(call.args)[0];
        AheadAs(arg, to);
        // A string's bytes or runes are copied at their place.
        return types::IsBytesOrRunes(to) && types::IsString(TypeOf(arg));
      }
      if (fun.mode() == Mode::kBuiltin) {
        const ast::ExprId name = Unparen(call.fun);
        const auto* const selector = tree().TryGet<ast::SelectorExpr>(name);
        const ast::Ref<ast::Ident> ident =
            selector != nullptr ? selector->sel
                                : ast::Ref<ast::Ident>::FromNode(name);
        return AheadOfBuiltin(
            call, types::TryAs<types::Builtin>(info().UsedObject(ident))->id);
      }
      AheadOfCall(ref);
      return true;
    }
    default:
      return false;
  }
}

void FunctionBuilder::AheadOfCall(ast::Ref<ast::CallExpr> ref) {
  const ast::CallExpr& call = tree().Get(ref);
  Ahead(call.fun, false);
  const types::Signature* const signature =
      types::TryAs<types::Signature>(CoreOf(TypeOf(call.fun)));
  const auto args = tree().Items(call.args);
  const auto params = signature->params->params;
  const bool packs = signature->variadic && !call.ellipsis.is_valid();
  for (size_t i = 0; i < args.size(); ++i) {
    const types::Type* to = nullptr;
    if (packs && i + 1 >= params.size()) {
      to = types::As<types::Slice>(params.back().type)->elem;
    } else if (i < params.size()) {
      to = params[i].type;
    }
    AheadAs(args[i], to);
  }
}

bool FunctionBuilder::AheadOfBuiltin(const ast::CallExpr& call, BuiltinId id) {
  const auto args = tree().Items(call.args);
  switch (id) {
    case BuiltinId::kAlignof:
    case BuiltinId::kOffsetof:
    case BuiltinId::kSizeof:
      return false;
    case BuiltinId::kMake:
    case BuiltinId::kNew:
      for (const ast::ExprId arg : args) {
        if (!IsTypeExpr(arg)) {
          Ahead(arg, false);
        }
      }
      return true;
    case BuiltinId::kPanic:
      AheadAs(args[0], types().universe().any_type());
      return false;
    case BuiltinId::kAppend: {
      const types::Slice* const slice =
          types::TryAs<types::Slice>(CoreOf(TypeOf(args[0])));
      for (size_t i = 0; i < args.size(); ++i) {
        AheadAs(args[i], i > 0 && slice != nullptr && !call.ellipsis.is_valid()
                             ? slice->elem
                             : nullptr);
      }
      return true;
    }
    default:
      for (const ast::ExprId arg : args) {
        Ahead(arg, false);
      }
      break;
  }
  switch (id) {
    case BuiltinId::kCap:
    case BuiltinId::kComplex:
    case BuiltinId::kCopy:
    case BuiltinId::kImag:
    case BuiltinId::kLen:
    case BuiltinId::kMax:
    case BuiltinId::kMin:
    case BuiltinId::kReal:
    case BuiltinId::kRecover:
      return true;
    default:
      return false;
  }
}

void FunctionBuilder::AheadOfLiteral(ast::Ref<ast::CompositeLit> ref) {
  const ast::CompositeLit& literal = tree().Get(ref);
  const auto elts = tree().Items(literal.elts);
  if (elts.empty()) {
    return;
  }
  const types::Type* core = CoreOf(TypeOf(ref));
  if (!literal.type.has_value()) {
    if (const auto* const pointer = types::TryAs<types::Pointer>(core)) {
      core = CoreOf(pointer->elem);
    }
  }
  const auto* const fields = types::TryAs<types::Struct>(core);
  const types::Type* elem = nullptr;
  if (const auto* const slice = types::TryAs<types::Slice>(core)) {
    elem = slice->elem;
  } else if (const auto* const array = types::TryAs<types::Array>(core)) {
    elem = array->elem;
  } else if (core != nullptr && core->kind == types::TypeKind::kMap) {
    // `&map[K]V{…}`: the map is made ahead.
    if (!ahead_.contains(ref.raw())) {
      Hoist(ref);
    }
    return;
  }
  for (size_t i = 0; i < elts.size(); ++i) {
    const auto* const pair = tree().TryGet<ast::KeyValueExpr>(elts[i]);
    const ast::ExprId value = pair != nullptr ? pair->value : elts[i];
    const types::Type* to = elem;
    // The fields' types are only needed for what becomes an interface.
    if (fields != nullptr && pair == nullptr) {
      to = fields->fields[i]->type;
    } else if (fields != nullptr) {
      const auto* const field = types::TryAs<types::Var>(info().UsedObject(
          ast::Ref<ast::Ident>::FromNode(Unparen(pair->key))));
      to = field != nullptr ? Subst(field->type) : nullptr;
    }
    AheadAs(value, to);
  }
}

}  // namespace gdlint::ssa
