#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "types/call_internal.h"
#include "types/checker.h"
#include "types/expr_internal.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

// ---- Structs ----------------------------------------------------------------

// Finds the fields of a struct by name, in bounded time for thousands of them.
class FieldFinder {
 public:
  // `searches`: about how often Find will be called.
  FieldFinder(const Struct* type, const Package* package, size_t searches)
      : type_(type), package_(package) {
    constexpr size_t kFewSteps = 4096;
    if (type->fields.size() * searches > kFewSteps) {
      by_name_.reserve(type->fields.size());
      for (size_t i = 0; i < type->fields.size(); ++i) {
        by_name_.emplace(type->fields[i]->name, static_cast<int>(i));
      }
    }
  }

  // The index of a field, or -1.
  int Find(const Name* name) const {
    if (by_name_.empty()) {
      return FieldIndex(type_, package_, name, false);
    }
    const auto found = by_name_.find(name);
    return found != by_name_.end() && !name->is_blank &&
                   SameId(type_->fields[found->second], package_, name, false)
               ? found->second
               : -1;
  }

 private:
  const Struct* type_;
  const Package* package_;
  std::unordered_map<const Name*, int> by_name_;
};

// Which fields were given; without memory of its own for most structs.
class SeenFields {
 public:
  explicit SeenFields(size_t count) : others_(count > kFew ? count : 0) {}

  // False if it was given already.
  bool Add(size_t index) {
    if (!others_.empty()) {
      if (others_[index]) {
        return false;
      }
      others_[index] = true;
      return true;
    }
    const uint64_t bit = uint64_t{1} << index;
    const bool is_new = (few_ & bit) == 0;
    few_ |= bit;
    return is_new;
  }

 private:
  static constexpr size_t kFew = 64;

  uint64_t few_ = 0;
  std::vector<bool> others_;
};

[[gnu::noinline, gnu::cold]] void ReportUnknownField(Checker& checker,
                                                     const Struct* fields,
                                                     const Type* type,
                                                     ast::ExprId key,
                                                     const Name* name) {
  const int similar = FieldIndex(fields, &checker.package, name, true);
  checker.Error(
      checker.AtNode(key), Code::kMissingLitField,
      LookupErrorText(checker, type, name,
                      similar >= 0 ? fields->fields[similar] : nullptr,
                      /*is_struct_literal=*/true));
}

constexpr std::string_view kMixture =
    "mixture of field:value and value elements in struct literal";

// `T{name: value}`; `type` is T and `fields` its underlying type.
void CheckKeyedFields(Checker& checker, Operand& x,
                      ast::ListView<ast::ExprId> elts, const Struct* fields,
                      const Type* type) {
  const FieldFinder finder(fields, &checker.package, elts.size());
  SeenFields seen(fields->fields.size());
  for (const ast::ExprId elt : elts) {
    const auto* const pair = checker.TryGet<ast::KeyValueExpr>(elt);
    if (pair == nullptr) {
      checker.Error(checker.AtNode(elt), Code::kMixedStructLit,
                    std::string(kMixture));
      continue;
    }
    // Before the key, so that nothing is left out if that is wrong.
    checker.Expr(nullptr, x, pair->value);
    const ast::Ref<ast::Ident> key = checker.AsIdent(pair->key);
    if (!key.has_value()) {
      checker.Error(checker.AtNode(elt), Code::kInvalidLitField,
                    Concat("invalid field name ", checker.Text(pair->key),
                           " in struct literal"));
      continue;
    }
    const Name* const name = checker.NameOf(key);
    const int index = finder.Find(name);
    if (index < 0) {
      ReportUnknownField(checker, fields, type, key, name);
      continue;
    }
    Var* const field = fields->fields[index];
    checker.RecordUse(key, field);
    checker.Assignment(x, field->type, "struct literal");
    if (!seen.Add(static_cast<size_t>(index))) {
      checker.Error(
          checker.AtNode(elt), Code::kDuplicateLitField,
          Concat("duplicate field name ", name->text(), " in struct literal"));
    }
  }
}

// `T{value}`.
void CheckPositionalFields(Checker& checker, Operand& x,
                           const ast::CompositeLit& node, const Struct* fields,
                           const Type* type) {
  const ast::ListView<ast::ExprId> elts = checker.tree().Items(node.elts);
  for (size_t i = 0; i < elts.size(); ++i) {
    if (elts[i].kind() == ast::NodeKind::kKeyValueExpr) {
      checker.Error(checker.AtNode(elts[i]), Code::kMixedStructLit,
                    std::string(kMixture));
      continue;
    }
    checker.Expr(nullptr, x, elts[i]);
    if (i >= fields->fields.size()) {
      checker.Error(checker.AtOperand(x), Code::kInvalidStructLit,
                    Concat("too many values in struct literal of type ",
                           checker.Text(type)));
      break;
    }
    const Var* const field = fields->fields[i];
    if (!field->name->is_exported && field->package != &checker.package) {
      checker.Error(checker.AtOperand(x), Code::kUnexportedLitField,
                    Concat("implicit assignment to unexported field ",
                           field->name->text(), " in struct literal of type ",
                           checker.Text(type)));
      continue;
    }
    checker.Assignment(x, field->type, "struct literal");
  }
  if (elts.size() < fields->fields.size()) {
    checker.Error(checker.AtPos(node.rbrace), Code::kInvalidStructLit,
                  Concat("too few values in struct literal of type ",
                         checker.Text(type)));
  }
}

void CheckStruct(Checker& checker, Operand& x, const ast::CompositeLit& node,
                 const Struct* fields, const Type* type) {
  const ast::ListView<ast::ExprId> elts = checker.tree().Items(node.elts);
  if (elts.empty()) {
    return;
  }
  if (elts[0].kind() == ast::NodeKind::kKeyValueExpr) {
    CheckKeyedFields(checker, x, elts, fields, type);
  } else {
    CheckPositionalFields(checker, x, node, fields, type);
  }
}

// ---- Maps -------------------------------------------------------------------

// A constant key, such that equal constants of different kinds (1, 1.0 and
// 1.0 + 0i) are equal.
struct ConstantKey {
  enum class Kind : uint8_t {
    kBool,
    kSigned,
    kUnsigned,
    kReal,
    kComplex,
    kText
  };

  Kind kind;
  // An integer, or the numbers that the parts of a float are equal to.
  uint64_t bits = 0;
  double real = 0;
  double imag = 0;
  std::string_view text = {};
  // Of the key, if the map's keys are interfaces: then it counts.
  const Type* type = nullptr;

  friend bool operator==(const ConstantKey& a, const ConstantKey& b) {
    if (a.kind != b.kind || a.bits != b.bits || a.real != b.real ||
        a.imag != b.imag || a.text != b.text) {
      return false;
    }
    return a.type == b.type || Identical(a.type, b.type);
  }
};

struct ConstantKeyHash {
  size_t operator()(const ConstantKey& key) const {
    size_t hash = static_cast<size_t>(key.kind);
    const auto mix = [&](size_t part) {
      hash = (hash ^ part) * 0x9e37'79b9'7f4a'7c15;
      hash ^= hash >> 32;
    };
    mix(key.bits);
    mix(std::hash<double>()(key.real));
    mix(std::hash<double>()(key.imag));
    mix(std::hash<std::string_view>()(key.text));
    mix(key.type == nullptr ? 0 : IdentityHash(key.type));
    return hash;
  }
};

// Nothing for a constant that is not compared: unknown ones, and, as in
// go/types, integers of more than 64 bits.
std::optional<ConstantKey> KeyOf(Arena& arena, Value x, const Type* type) {
  using Kind = ConstantKey::Kind;
  if (x.kind() == ConstantKind::kComplex) {
    const Value real = constant::ToFloat(arena, x);
    if (real.kind() != ConstantKind::kFloat) {
      return ConstantKey{.kind = Kind::kComplex,
                         .real = constant::Float64Value(constant::Real(x)),
                         .imag = constant::Float64Value(constant::Imag(x)),
                         .type = type};
    }
    x = real;
  }
  if (x.kind() == ConstantKind::kFloat) {
    const Value integer = constant::ToInt(arena, x);
    if (integer.kind() != ConstantKind::kInt) {
      return ConstantKey{
          .kind = Kind::kReal, .real = constant::Float64Value(x), .type = type};
    }
    x = integer;
  }
  switch (x.kind()) {
    case ConstantKind::kInt:
      if (const std::optional<int64_t> number = constant::Int64Value(x)) {
        return ConstantKey{.kind = Kind::kSigned,
                           .bits = static_cast<uint64_t>(*number),
                           .type = type};
      }
      if (const std::optional<uint64_t> number = constant::Uint64Value(x)) {
        return ConstantKey{
            .kind = Kind::kUnsigned, .bits = *number, .type = type};
      }
      return std::nullopt;
    case ConstantKind::kString:
      return ConstantKey{.kind = Kind::kText,
                         .text = constant::StringValue(arena, x),
                         .type = type};
    case ConstantKind::kBool:
      return ConstantKey{.kind = Kind::kBool,
                         .bits = constant::BoolValue(x) ? 1u : 0u,
                         .type = type};
    default:
      return std::nullopt;
  }
}

void CheckMap(Checker& checker, Operand& x, ast::ListView<ast::ExprId> elts,
              const Map* map) {
  // Keys of an interface type are equal if their types are, too.
  const bool type_counts = IsNonTypeParamInterface(map->key);
  std::unordered_set<ConstantKey, ConstantKeyHash> seen;
  for (const ast::ExprId elt : elts) {
    const auto* const pair = checker.TryGet<ast::KeyValueExpr>(elt);
    if (pair == nullptr) {
      checker.Error(checker.AtNode(elt), Code::kMissingLitKey,
                    "missing key in map literal");
      continue;
    }
    checker.ExprWithHint(x, pair->key, map->key);
    checker.Assignment(x, map->key, "map literal");
    if (!x.is_valid()) {
      continue;
    }
    if (x.mode == Mode::kConstant && checker.AffordString(x)) {
      const std::optional<ConstantKey> key =
          KeyOf(checker.arena(), x.value, type_counts ? x.type : nullptr);
      if (key && !seen.insert(*key).second) {
        checker.Error(checker.AtOperand(x), Code::kDuplicateLitKey,
                      Concat("duplicate key ", constant::ShortString(x.value),
                             " in map literal"));
        continue;
      }
    }
    checker.ExprWithHint(x, pair->value, map->elem);
    checker.Assignment(x, map->elem, "map literal");
  }
}

// ---- All of them ------------------------------------------------------------

// The type of a literal.
struct LiteralType {
  const Type* type = nullptr;
  // What it is made of: `type`, or behind a pointer that was left out.
  const Type* base = nullptr;
  // It was left out.
  bool is_elided = false;
};

LiteralType FindType(Checker& checker, ast::Ref<ast::CompositeLit> expr,
                     const Type* hint) {
  const ast::CompositeLit& node = checker.Get(expr);
  LiteralType result;
  if (node.type.has_value()) {
    const auto* const array = checker.TryGet<ast::ArrayType>(node.type);
    const auto* const ellipsis =
        array == nullptr || !array->len.has_value()
            ? nullptr
            : checker.TryGet<ast::Ellipsis>(array->len);
    if (ellipsis != nullptr && !ellipsis->elt.has_value()) {
      result.type = checker.types.ArrayOf(checker.VarType(array->elt), -1);
    } else {
      result.type = checker.Typ(node.type);
    }
    result.base = result.type;
    return result;
  }
  if (hint != nullptr) {
    result.type = hint;
    result.base = hint;
    result.is_elided = true;
    // `&T` may be left out too.
    const Type* const under =
        IsTypeParam(hint) ? checker.CommonUnder(hint) : Under(hint);
    if (const Pointer* const pointer = TryAs<Pointer>(under)) {
      result.base = pointer->elem;
    }
    return result;
  }
  checker.Error(checker.AtNode(expr), Code::kUntypedLit,
                "missing type in composite literal");
  // The elements are still looked at.
  result.type = InvalidType();
  result.base = InvalidType();
  return result;
}

// An array without a (valid) length has as many elements as are given.
void CheckArray(Checker& checker, const ast::CompositeLit& node,
                const Array* array, LiteralType& type) {
  const ExprIds elts = checker.Exprs(node.elts);
  const int64_t length = checker.IndexedElts(elts, array->elem, array->length);
  if (array->length >= 0) {
    return;
  }
  const Array* const completed = checker.types.ArrayOf(array->elem, length);
  if (type.type == array) {
    type.type = completed;
  }
  if (node.type.has_value()) {
    checker.RecordTypeAndValue(node.type, Mode::kTypeExpr, completed);
  }
}

// For a type that has no literals: the elements are looked at, but not keys,
// which may be names of fields.
void CheckInvalid(Checker& checker, Operand& x,
                  ast::Ref<ast::CompositeLit> expr, const Type* under,
                  const LiteralType& type) {
  const ast::CompositeLit& node = checker.Get(expr);
  for (const ast::ExprId elt : checker.tree().Items(node.elts)) {
    const auto* const pair = checker.TryGet<ast::KeyValueExpr>(elt);
    checker.UseOne(pair != nullptr ? pair->value : elt, false);
  }
  if (under == InvalidType()) {
    x.mode = Mode::kValue;
    return;
  }
  checker.Error(
      checker.AtNode(expr), Code::kInvalidLit,
      Concat("invalid composite literal", type.is_elided ? " element" : "",
             " type ", checker.Text(type.type),
             under == nullptr ? " (no common underlying type)" : ""));
  x.Invalidate();
}

}  // namespace

void Checker::CompositeLit(Operand& x, ast::Ref<ast::CompositeLit> expr,
                           const Type* hint) {
  const ast::CompositeLit& node = Get(expr);
  LiteralType type = FindType(*this, expr, hint);
  const Type* const under =
      IsTypeParam(type.base) ? CommonUnder(type.base) : Under(type.base);
  x.mode = Mode::kValue;
  switch (under == nullptr ? TypeKind::kBasic : under->kind) {
    case TypeKind::kStruct:
      CheckStruct(*this, x, node, As<Struct>(under), type.base);
      break;
    case TypeKind::kArray:
      CheckArray(*this, node, As<Array>(under), type);
      break;
    case TypeKind::kSlice:
      IndexedElts(Exprs(node.elts), As<Slice>(under)->elem, -1);
      break;
    case TypeKind::kMap:
      CheckMap(*this, x, tree().Items(node.elts), As<Map>(under));
      break;
    default:
      CheckInvalid(*this, x, expr, under, type);
      if (!x.is_valid()) {
        return;
      }
      break;
  }
  x.mode = Mode::kValue;
  x.type = type.type;
}

}  // namespace gdlint::types
