// Identifiers, and expressions that denote types.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "types/checker.h"
#include "types/decl_internal.h"
#include "types/substitute.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

// The type of a name or selector that stands where a type is wanted.
const Type* TypeOfOperand(Checker& checker, const Operand& x) {
  switch (x.mode) {
    case Mode::kTypeExpr:
      return x.type;
    case Mode::kInvalid:
      break;
    case Mode::kNoValue:
      checker.Error(checker.AtOperand(x), Code::kNotAType,
                    fmt::format("{} used as type", checker.Text(x)));
      break;
    default:
      checker.Error(checker.AtOperand(x), Code::kNotAType,
                    fmt::format("{} is not a type", checker.Text(x)));
  }
  return InvalidType();
}

const Type* ArrayTypeOf(Checker& checker, const ast::ArrayType& expr) {
  if (!expr.len.has_value()) {
    return checker.types.SliceOf(checker.VarType(expr.elt));
  }
  int64_t length = -1;
  if (expr.len.kind() == ast::NodeKind::kEllipsis) {
    checker.Error(checker.AtNode(expr.len), Code::kBadDotDotDotSyntax,
                  "invalid use of [...] array (outside a composite literal)");
  } else {
    length = checker.ArrayLength(expr.len);
  }
  const Type* const elem = checker.VarType(expr.elt);
  return length >= 0 ? checker.types.ArrayOf(elem, length) : InvalidType();
}

const Type* MapTypeOf(Checker& checker, const ast::MapType& expr) {
  const Type* const key = checker.VarType(expr.key);
  const Type* const elem = checker.VarType(expr.value);
  // Whether other types are comparable may not be known yet.
  if (key->kind != TypeKind::kBasic || !IsValid(key)) {
    checker.Later([&checker, at = expr.key, key] {
      if (!Comparable(key, /*dynamic=*/true)) {
        checker.Error(
            checker.AtNode(at), Code::kIncomparableMapKey,
            fmt::format(
                "invalid map key type {}{}", checker.Text(key),
                IsTypeParam(key) ? " (missing comparable constraint)" : ""));
      }
    });
  }
  return checker.types.MapOf(key, elem);
}

const Type* ChanTypeOf(Checker& checker, const ast::ChanType& expr) {
  const ChanDirection direction =
      expr.dir == ast::ChanDir::kSend      ? ChanDirection::kSendOnly
      : expr.dir == ast::ChanDir::kReceive ? ChanDirection::kReceiveOnly
                                           : ChanDirection::kBoth;
  return checker.types.ChanOf(checker.VarType(expr.value), direction);
}

const Type* FuncTypeOf(Checker& checker, ast::Ref<ast::FuncType> expr) {
  checker.OpenScope(/*is_function=*/true);
  const FuncTypeResult result = checker.CheckFuncType({}, expr);
  checker.CloseScope();
  return result.signature;
}

// The type that `expr` denotes, without recording it; it may be generic.
const Type* TypeOf(Checker& checker, ast::ExprId expr, TypeName* object) {
  switch (expr.kind()) {
    case ast::NodeKind::kNone:
    case ast::NodeKind::kBadExpr:
    // The parser has reported where it may not be.
    case ast::NodeKind::kEllipsis:
      return InvalidType();
    case ast::NodeKind::kIdent: {
      Operand x;
      checker.Ident(x, ast::Ref<ast::Ident>::FromNode(expr),
                    /*wants_type=*/true);
      return TypeOfOperand(checker, x);
    }
    case ast::NodeKind::kSelectorExpr: {
      Operand x;
      checker.Selector(x, ast::Ref<ast::SelectorExpr>::FromNode(expr),
                       /*wants_type=*/true);
      return TypeOfOperand(checker, x);
    }
    case ast::NodeKind::kIndexExpr:
    case ast::NodeKind::kIndexListExpr: {
      const IndexedExpr indexed = *checker.AsIndexedExpr(expr);
      checker.VerifyVersion(checker.AtPos(indexed.lbrack), 18,
                            "type instantiation");
      return checker.InstantiatedType(indexed);
    }
    case ast::NodeKind::kParenExpr:
      return checker.DeclaredType(checker.TryGet<ast::ParenExpr>(expr)->x,
                                  object);
    case ast::NodeKind::kArrayType:
      return ArrayTypeOf(checker, *checker.TryGet<ast::ArrayType>(expr));
    case ast::NodeKind::kStructType:
      return checker.StructType(ast::Ref<ast::StructType>::FromNode(expr));
    case ast::NodeKind::kStarExpr: {
      const Type* const elem =
          checker.VarType(checker.TryGet<ast::StarExpr>(expr)->x);
      // A pointer to an invalid type would only lead to further errors.
      return IsValid(elem) ? checker.types.PointerTo(elem) : InvalidType();
    }
    case ast::NodeKind::kFuncType:
      return FuncTypeOf(checker, ast::Ref<ast::FuncType>::FromNode(expr));
    case ast::NodeKind::kInterfaceType:
      return checker.InterfaceType(ast::Ref<ast::InterfaceType>::FromNode(expr),
                                   object);
    case ast::NodeKind::kMapType:
      return MapTypeOf(checker, *checker.TryGet<ast::MapType>(expr));
    case ast::NodeKind::kChanType:
      return ChanTypeOf(checker, *checker.TryGet<ast::ChanType>(expr));
    default:
      checker.Error(checker.AtNode(expr), Code::kNotAType,
                    fmt::format("{} is not a type", checker.Text(expr)));
      checker.Use(std::span(&expr, 1));
      return InvalidType();
  }
}

// `name` is not declared here.
void ReportUndefined(Checker& checker, ast::Ref<ast::Ident> ident,
                     const Name* name) {
  if (name->is_blank) {
    checker.Error(checker.AtNode(ident), Code::kInvalidBlank,
                  "cannot use _ as value or type");
  } else if (name->size != 0) {
    checker.Error(checker.AtNode(ident), Code::kUndeclaredName,
                  fmt::format("undefined: {}", name->text()));
  }
}

// Variables of other packages, and of the package in bodies, are shared with
// other threads.
void MarkUsed(const Checker& checker, Var* var) {
  if (var->package == &checker.package &&
      var->var_kind != VarKind::kPackageVar) {
    var->is_used = true;
  }
}

// The constraint violation of a type that stands where a variable's type does.
void ReportConstraintInterface(Checker& checker, ast::ExprId expr,
                               const Type* type) {
  const auto* const interface = UnderAs<Interface>(type);
  if (interface == nullptr) {
    return;
  }
  const TypeSet* const set = TypeSetOf(interface);
  if (!set->IsMethodSet()) {
    checker.SoftError(
        checker.AtNode(expr), Code::kMisplacedConstraintIface,
        fmt::format(
            "cannot use type {} outside a type constraint: interface {}",
            checker.Text(type),
            set->comparable ? "is (or embeds) comparable"
                            : "contains type constraints"));
  }
}

// Whether the type arguments satisfy their constraints, once these are known.
void VerifyInstance(Checker& checker, const IndexedExpr& expr,
                    std::span<const TypeParam* const> type_params,
                    std::span<const Type* const> type_args) {
  std::string cause;
  const int failed = VerifyTypeArgs(checker.types, type_params, type_args,
                                    checker.Resolver(), &cause);
  if (failed >= 0) {
    const auto index = static_cast<size_t>(failed);
    const size_t error_count = checker.errors.size();
    checker.SoftError(
        checker.AtNode(index < expr.indices.size() ? expr.indices[index]
                                                   : expr.expr),
        Code::kInvalidTypeArg, std::move(cause));
    checker.NoteUnknown(error_count,
                        {type_params[index]->bound, type_args[index]});
    return;
  }
  for (size_t i = 0; i < type_params.size(); ++i) {
    if (type_params[i]->obj->package == &checker.package) {
      const ast::ExprId at =
          i < expr.indices.size() ? expr.indices[i] : expr.expr;
      checker.instantiations.push_back(
          {type_params[i],
           type_args[i],
           {checker.env.unit->file, ast::Begin(checker.tree(), at)}});
    }
  }
}

}  // namespace

void Checker::Ident(Operand& x, ast::Ref<ast::Ident> ident, bool wants_type) {
  x.mode = Mode::kInvalid;
  x.expr = ident;
  x.type = InvalidType();
  const Name* const name = NameOf(ident);
  const Scope::Found found = env.scope->LookupAround(name);
  Object* const object = found.object;
  if (object == nullptr) {
    ReportUndefined(*this, ident, name);
    return;
  }
  if (object->package == nullptr && !AllowVersion(18) &&
      (object == universe().comparable_type()->obj ||
       object == universe().any_type()->obj)) {
    VerifyVersion(AtNode(ident), 18,
                  fmt::format("predeclared {}", name->text()));
    return;
  }
  RecordUse(ident, object);

  const bool is_type = object->kind == ObjectKind::kTypeName;
  if (wants_type && !is_type) {
    // Before its own type is asked for, which may be a cycle.
    Error(AtNode(ident), Code::kNotAType,
          fmt::format("{} ({}) is not a type", name->text(),
                      ObjectKindText(object)));
    if (auto* const var = TryAs<Var>(object)) {
      MarkUsed(*this, var);
    }
    return;
  }
  if (object->type == nullptr ||
      (is_type && wants_type && object->package == &package)) {
    ObjDecl(object);
  }
  const Type* const type = object->type;
  if (!state.dot_imports.empty()) {
    const auto import = state.dot_imports.find({found.scope, name});
    if (import != state.dot_imports.end()) {
      UseImport(import->second);
    }
  }
  switch (object->kind) {
    case ObjectKind::kPkgName:
      Error(AtNode(ident), Code::kInvalidPkgUse,
            fmt::format("use of package {} not in selector", name->text()));
      return;
    case ObjectKind::kConst:
      AddDependency(object);
      if (!IsValid(type)) {
        return;
      }
      if (object == universe().iota_object()) {
        if (!env.iota.has_value()) {
          Error(AtNode(ident), Code::kInvalidIota,
                "cannot use iota outside constant declaration");
          return;
        }
        x.value = constant::MakeInt64(*env.iota);
      } else {
        x.value = static_cast<const Const*>(object)->value;
      }
      x.mode = Mode::kConstant;
      break;
    case ObjectKind::kTypeName:
      x.mode = Mode::kTypeExpr;
      break;
    case ObjectKind::kVar:
      MarkUsed(*this, static_cast<Var*>(object));
      AddDependency(object);
      if (!IsValid(type)) {
        return;
      }
      x.mode = Mode::kVariable;
      break;
    case ObjectKind::kFunc:
      AddDependency(object);
      x.mode = Mode::kValue;
      break;
    case ObjectKind::kBuiltin:
      x.builtin = static_cast<const struct Builtin*>(object)->id;
      x.mode = Mode::kBuiltin;
      break;
    case ObjectKind::kNil:
      x.mode = Mode::kNilValue;
      break;
    case ObjectKind::kLabel:
      return;
  }
  x.type = type;
}

const Type* Checker::Typ(ast::ExprId expr) {
  return DeclaredType(expr, nullptr);
}

const Type* Checker::VarType(ast::ExprId expr) {
  const Type* const type = DeclaredType(expr, nullptr);
  ValidVarType(expr, type);
  return type;
}

void Checker::ValidVarType(ast::ExprId expr, const Type* type) {
  const Type* const actual = Unalias(type);
  switch (actual->kind) {
    case TypeKind::kInterface:
      break;
    case TypeKind::kNamed: {
      const Type* const under =
          As<Named>(actual)->underlying.load(std::memory_order_acquire);
      if (under == nullptr) {
        break;
      }
      const auto* const interface = TryAs<Interface>(under);
      if (interface == nullptr) {
        return;
      }
      const TypeSet* const set =
          interface->type_set.load(std::memory_order_acquire);
      if (set != nullptr && set->IsMethodSet()) {
        return;
      }
      break;
    }
    case TypeKind::kBasic:
      if (IsValid(type) || type->kind != TypeKind::kAlias) {
        return;
      }
      // An alias that is still being declared.
      break;
    default:
      return;
  }
  Later([this, expr, type] {
    if (!IsTypeParam(type)) {
      ReportConstraintInterface(*this, expr, type);
    }
  });
}

const Type* Checker::DeclaredType(ast::ExprId expr, TypeName* object) {
  const Type* type = TypeOf(*this, expr, object);
  if (IsGeneric(type)) {
    Error(AtNode(expr), Code::kWrongTypeArgCount,
          fmt::format("cannot use generic type {} without instantiation",
                      Text(type)));
    type = InvalidType();
  }
  RecordTypeAndValue(expr, Mode::kTypeExpr, type);
  return type;
}

const Type* Checker::GenericType(ast::ExprId expr, std::string* cause) {
  const Type* type = TypeOf(*this, expr, nullptr);
  if (IsValid(type) && !IsGeneric(type)) {
    if (cause != nullptr) {
      *cause = fmt::format("{} is not a generic type", Text(type));
    }
    type = InvalidType();
  }
  RecordTypeAndValue(expr, Mode::kTypeExpr, type);
  return type;
}

const Type* Checker::InstantiatedType(const IndexedExpr& expr) {
  std::string cause;
  const Type* const generic = GenericType(expr.x, &cause);
  if (!cause.empty()) {
    Error(AtNode(expr.expr), Code::kNotAGenericType,
          fmt::format("invalid operation: {} ({})", Text(expr.expr), cause));
  }
  if (!IsValid(generic)) {
    return generic;
  }
  std::vector<const Type*> type_args = TypeList(expr.indices);
  if (type_args.empty()) {
    return InvalidType();
  }
  const auto* const alias = TryAs<Alias>(generic);
  const Named* const named = alias == nullptr ? AsNamed(generic) : nullptr;
  const TypeName* const name = alias != nullptr ? alias->obj : named->obj;
  const std::span<const TypeParam* const> type_params =
      alias != nullptr ? alias->type_params : named->type_params;
  if (!ValidateTypeArgCount(AtNode(expr.expr), name->name->text(),
                            type_params.size(), type_args.size())) {
    return InvalidType();
  }
  const Type* instance = nullptr;
  if (named != nullptr) {
    instance = types.InstanceOf(named, type_args);
  } else if (alias->from_rhs != nullptr) {
    instance = Instantiate(types, alias, type_args);
  } else {
    // What it stands for would have to be known to know what it stands for.
    Error(AtNode(expr.expr), Code::kInvalidDeclCycle,
          fmt::format("invalid recursive type: {} refers to itself",
                      name->name->text()));
    return InvalidType();
  }
  RecordInstance(expr.expr, type_args, instance);
  // The constraints may not be known yet.
  Later([this, expr, type_params, type_args = std::move(type_args)] {
    VerifyInstance(*this, expr, type_params, type_args);
  });
  return instance;
}

bool Checker::ValidateTypeArgCount(At at, std::string_view name, size_t wanted,
                                   size_t given) {
  if (given == wanted) {
    return true;
  }
  Error(at, Code::kWrongTypeArgCount,
        fmt::format("{} type arguments for type {}: have {}, want {}",
                    given < wanted ? "not enough" : "too many", name, given,
                    wanted));
  return false;
}

int64_t Checker::ArrayLength(ast::ExprId expr) {
  // A name that is no constant may be meant as a type parameter.
  if (const ast::Ref<ast::Ident> ident = AsIdent(expr); ident.has_value()) {
    const Name* const name = NameOf(ident);
    const Object* const object = env.scope->LookupAround(name).object;
    if (object == nullptr) {
      Error(AtNode(expr), Code::kInvalidArrayLen,
            fmt::format("undefined array length {} or missing type constraint",
                        name->text()));
      return -1;
    }
    if (object->kind != ObjectKind::kConst) {
      Error(AtNode(expr), Code::kInvalidArrayLen,
            fmt::format("invalid array length {}", name->text()));
      return -1;
    }
  }
  Operand x;
  Expr(nullptr, x, expr);
  if (x.mode != Mode::kConstant) {
    if (x.is_valid()) {
      Error(AtOperand(x), Code::kInvalidArrayLen,
            fmt::format("array length {} must be constant", Text(x)));
    }
    return -1;
  }
  if (IsUntyped(x.type) || IsInteger(x.type)) {
    const Value value = constant::ToInt(arena(), x.value);
    if (value.kind() == ConstantKind::kInt &&
        RepresentableConst(value, gdlint::types::Typ(BasicKind::kInt),
                           nullptr)) {
      const std::optional<int64_t> length = constant::Int64Value(value);
      if (length.has_value() && *length >= 0) {
        return *length;
      }
    }
  }
  Error(AtOperand(x), Code::kInvalidArrayLen,
        IsInteger(x.type)
            ? fmt::format("invalid array length {}", Text(x))
            : fmt::format("array length {} must be integer", Text(x)));
  return -1;
}

std::vector<const Type*> Checker::TypeList(std::span<const ast::ExprId> exprs) {
  std::vector<const Type*> list;
  list.reserve(exprs.size());
  bool all_valid = true;
  for (const ast::ExprId expr : exprs) {
    list.push_back(VarType(expr));
    all_valid &= IsValid(list.back());
  }
  if (!all_valid) {
    list.clear();
  }
  return list;
}

std::optional<IndexedExpr> Checker::AsIndexedExpr(ast::ExprId expr) const {
  if (const auto* const index = TryGet<ast::IndexExpr>(expr)) {
    IndexedExpr indexed{expr, index->x, index->lbrack, {}, index->rbrack};
    indexed.indices.push_back(index->index);
    return indexed;
  }
  if (const auto* const list = TryGet<ast::IndexListExpr>(expr)) {
    return IndexedExpr{expr, list->x, list->lbrack, Exprs(list->indices),
                       list->rbrack};
  }
  return std::nullopt;
}

}  // namespace gdlint::types
