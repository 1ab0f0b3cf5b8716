#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>

#include "types/checker.h"
#include "types/expr_internal.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

// What indexing a value of some type gives.
struct Indexed {
  // Null if it cannot be indexed.
  const Type* elem = nullptr;
  // Of a map.
  const Type* key = nullptr;
  // Negative if it is not known.
  int64_t length = -1;
  Mode mode = Mode::kVariable;
};

// `is_addressable` is the operand: elements of arrays are addressable with it.
Indexed IndexedUnder(const Type* under, bool is_addressable) {
  switch (under->kind) {
    case TypeKind::kBasic:
      if (IsString(under)) {
        return {.elem = ByteType(), .mode = Mode::kValue};
      }
      return {};
    case TypeKind::kArray:
      return {.elem = As<Array>(under)->elem,
              .length = As<Array>(under)->length,
              .mode = is_addressable ? Mode::kVariable : Mode::kValue};
    case TypeKind::kPointer:
      if (const Array* const array = UnderAs<Array>(As<Pointer>(under)->elem)) {
        return {.elem = array->elem, .length = array->length};
      }
      return {};
    case TypeKind::kSlice:
      return {.elem = As<Slice>(under)->elem};
    case TypeKind::kMap:
      return {.elem = As<Map>(under)->elem,
              .key = As<Map>(under)->key,
              .mode = Mode::kMapIndex};
    default:
      return {};
  }
}

// All types of the type set must have the same element type, and be maps with
// the same key type or none a map.
[[gnu::noinline]] Indexed IndexedTypeParam(const Type* type,
                                           bool is_addressable) {
  Indexed all;
  const bool is_ok = AllUnder(type, [&](const Type* under) {
    if (under == nullptr) {
      return false;
    }
    const Indexed one = IndexedUnder(under, is_addressable);
    if (one.elem == nullptr) {
      return false;
    }
    if (all.elem == nullptr) {
      all = one;
      return true;
    }
    const bool has_same_key = all.key == nullptr || one.key == nullptr
                                  ? all.key == one.key
                                  : Identical(all.key, one.key);
    if (!has_same_key || !Identical(all.elem, one.elem)) {
      return false;
    }
    if (one.length >= 0 && one.length < all.length) {
      all.length = one.length;
    }
    if (one.mode == Mode::kValue) {
      all.mode = Mode::kValue;
    }
    return true;
  });
  return is_ok ? all : Indexed();
}

// The index of `x[i]`; reports that there are several.
ast::ExprId SingleIndex(Checker& checker, const IndexedExpr& expr) {
  if (expr.indices.empty()) {
    checker.Error(checker.AtNode(expr.expr), Code::kInvalidSyntaxTree,
                  Concat("index expression ", checker.Text(expr.expr),
                         " with 0 indices"));
    return ast::ExprId();
  }
  if (expr.indices.size() > 1) {
    checker.Error(checker.AtNode(expr.indices[1]), Code::kInvalidIndex,
                  "invalid operation: more than one index");
  }
  return expr.indices[0];
}

bool IsGenericFunction(const Operand& x) {
  if (x.mode != Mode::kValue) {
    return false;
  }
  const Signature* const signature = UnderAs<Signature>(x.type);
  return signature != nullptr && !signature->type_params.empty();
}

// What slicing needs to know of the types of an operand.
struct SlicedTypes {
  // The common underlying type, with strings as slices of bytes; null after an
  // error.
  const Type* under = nullptr;
  bool has_string = false;
};

[[gnu::noinline]] SlicedTypes CommonSlicedType(Checker& checker,
                                               const Operand& x) {
  SlicedTypes result;
  const Type* first = nullptr;
  const auto fail = [&](std::string cause) {
    checker.Error(
        checker.AtOperand(x), Code::kNonSliceableOperand,
        Concat("cannot slice ", checker.Text(x), ": ", std::move(cause)));
    result.under = nullptr;
    return false;
  };
  ForEachInTypeSet(x.type, [&](const Type* type, const Type* under) {
    if (under == nullptr) {
      return fail(Concat("no specific type in ", checker.Text(x.type)));
    }
    if (IsString(under)) {
      under = checker.types.SliceOf(ByteType());
      result.has_string = true;
    }
    if (result.under == nullptr) {
      first = type;
      result.under = under;
      return true;
    }
    if (!Identical(result.under, under)) {
      return fail(Concat(checker.Text(first), " and ", checker.Text(type),
                         " have different underlying types"));
    }
    return true;
  });
  return result;
}

// The type as which `x` is sliced; null after an error.
const Type* SlicedType(Checker& checker, const Operand& x) {
  if (!IsTypeParam(x.type)) {
    return Under(x.type);
  }
  const SlicedTypes common = CommonSlicedType(checker, x);
  return common.has_string ? BasicType(BasicKind::kString) : common.under;
}

// Makes `x`, which is sliced as `under`, what slicing it gives, and sets
// `length` if it is known. Invalidates it after an error.
void SliceOperand(Checker& checker, Operand& x, const ast::SliceExpr& node,
                  ast::ExprId expr, const Type* under, int64_t& length) {
  const auto fail = [&](At at, Code code, std::string message) {
    checker.Error(at, code, std::move(message));
    x.Invalidate();
  };
  switch (under->kind) {
    case TypeKind::kBasic:
      if (!IsString(under)) {
        break;
      }
      if (node.slice3) {
        return fail(checker.AtNode(node.max.has_value() ? node.max : expr),
                    Code::kInvalidSliceExpr,
                    "invalid operation: 3-index slice of string");
      }
      if (x.mode == Mode::kConstant &&
          x.value.kind() == ConstantKind::kString) {
        length = static_cast<int64_t>(constant::StringSize(x.value));
      }
      if (IsUntypedBasic(x.type)) {
        x.type = BasicType(BasicKind::kString);
      }
      x.mode = Mode::kValue;
      return;
    case TypeKind::kArray:
      if (x.mode != Mode::kVariable) {
        return fail(
            checker.AtOperand(x), Code::kNonSliceableOperand,
            Concat("cannot slice unaddressable value ", checker.Text(x)));
      }
      length = As<Array>(under)->length;
      x.type = checker.types.SliceOf(As<Array>(under)->elem);
      x.mode = Mode::kValue;
      return;
    case TypeKind::kPointer:
      if (const Array* const array = UnderAs<Array>(As<Pointer>(under)->elem)) {
        length = array->length;
        x.type = checker.types.SliceOf(array->elem);
        x.mode = Mode::kValue;
        return;
      }
      break;
    case TypeKind::kSlice:
      x.mode = Mode::kValue;
      return;
    default:
      break;
  }
  fail(checker.AtOperand(x), Code::kNonSliceableOperand,
       Concat("cannot slice ", checker.Text(x)));
}

// Checks the indices of a slice expression; constant ones must ascend.
void CheckSliceIndices(Checker& checker, const ast::SliceExpr& node,
                       int64_t length) {
  const std::array<ast::ExprId, 3> exprs = {node.low, node.high, node.max};
  // Negative where not known.
  std::array<int64_t, 3> values;
  for (size_t i = 0; i < exprs.size(); ++i) {
    if (exprs[i].has_value()) {
      // The length of what has a known one is also its capacity.
      values[i] = checker.Index(exprs[i], length >= 0 ? length + 1 : -1);
    } else {
      values[i] = i == 0 ? 0 : std::max<int64_t>(length, -1);
    }
  }
  for (size_t i = 0; i + 1 < exprs.size(); ++i) {
    if (values[i] <= 0) {
      continue;
    }
    for (size_t j = i + 1; j < exprs.size(); ++j) {
      if (values[j] >= 0 && values[j] < values[i] && exprs[j].has_value()) {
        checker.Error(
            checker.AtNode(exprs[j]), Code::kSwappedSliceIndices,
            Concat("invalid slice indices: ", std::to_string(values[j]), " < ",
                   std::to_string(values[i])));
        return;
      }
    }
  }
}

// Which indices of an array or slice literal were seen. Without keys they come
// in order, so that a number suffices.
class SeenIndices {
 public:
  // False if it was seen already.
  bool Add(int64_t index) {
    if (index == dense_) {
      ++dense_;
      return others_.empty() || others_.count(index) == 0;
    }
    return (index < 0 || index > dense_) && others_.insert(index).second;
  }

 private:
  // All below were seen.
  int64_t dense_ = 0;
  std::unordered_set<int64_t> others_;
};

}  // namespace

bool Checker::IndexExpr(Operand& x, const IndexedExpr& expr) {
  ExprOrType(x, expr.x, true);
  if (!x.is_valid()) {
    Use(expr.indices);
    return false;
  }
  if (x.mode == Mode::kTypeExpr) {
    x.Invalidate();
    x.type = VarType(expr.expr);
    if (IsValid(x.type)) {
      x.mode = Mode::kTypeExpr;
    }
    return false;
  }
  if (IsGenericFunction(x)) {
    return true;
  }
  RequireInstance(*this, nullptr, x);
  if (!x.is_valid()) {
    return false;
  }

  const bool is_addressable = x.mode == Mode::kVariable;
  const Type* const under = Under(x.type);
  Indexed indexed = IsTypeParam(x.type)
                        ? IndexedTypeParam(x.type, is_addressable)
                        : IndexedUnder(under, is_addressable);
  if (indexed.elem == nullptr) {
    Error(AtOperand(x), Code::kNonIndexableOperand,
          Concat("cannot index ", Text(x)));
    Use(expr.indices);
    x.Invalidate();
    return false;
  }
  if (x.mode == Mode::kConstant && x.value.kind() == ConstantKind::kString) {
    indexed.length = static_cast<int64_t>(constant::StringSize(x.value));
  }
  const ast::ExprId index = SingleIndex(*this, expr);
  if (!index.has_value()) {
    x.Invalidate();
    return false;
  }
  x.mode = indexed.mode;
  x.type = indexed.elem;
  x.expr = expr.expr;
  if (indexed.key == nullptr) {
    Index(index, indexed.length);
    return false;
  }
  Operand key;
  Expr(nullptr, key, index);
  Assignment(key, indexed.key, "map index");
  return false;
}

void Checker::SliceExpr(Operand& x, ast::Ref<ast::SliceExpr> expr) {
  const ast::SliceExpr& node = Get(expr);
  Expr(nullptr, x, node.x);
  if (!x.is_valid()) {
    for (const ast::ExprId index : {node.low, node.high, node.max}) {
      if (index.has_value()) {
        UseOne(index, false);
      }
    }
    return;
  }
  const Type* const under = SlicedType(*this, x);
  if (under == nullptr) {
    x.Invalidate();
    return;
  }
  int64_t length = -1;
  SliceOperand(*this, x, node, expr, under, length);
  if (!x.is_valid()) {
    return;
  }
  if (node.slice3 && (!node.high.has_value() || !node.max.has_value())) {
    Error(AtPos(node.rbrack), Code::kInvalidSyntaxTree,
          "2nd and 3rd index required in 3-index slice");
    x.Invalidate();
    return;
  }
  CheckSliceIndices(*this, node, length);
}

int64_t Checker::Index(ast::ExprId index, int64_t max, const Type** type) {
  const Type* ignored = nullptr;
  const Type*& index_type = type != nullptr ? *type : ignored;
  index_type = InvalidType();

  Operand x;
  Expr(nullptr, x, index);
  if (!IsValidIndex(x, Code::kInvalidIndex, "index", false)) {
    return -1;
  }
  if (x.mode != Mode::kConstant) {
    index_type = x.type;
    return -1;
  }
  const std::optional<int64_t> value = x.value.kind() == ConstantKind::kInt
                                           ? constant::Int64Value(x.value)
                                           : std::nullopt;
  if (!value) {
    return -1;
  }
  if (max >= 0 && *value >= max) {
    Error(AtOperand(x), Code::kInvalidIndex,
          Concat("invalid argument: index ", constant::ShortString(x.value),
                 " out of bounds [0:", std::to_string(max), "]"));
    return -1;
  }
  index_type = x.type;
  return *value;
}

bool Checker::IsValidIndex(Operand& x, Code code, std::string_view what,
                           bool allow_negative) {
  if (!x.is_valid()) {
    return false;
  }
  ConvertUntyped(x, BasicType(BasicKind::kInt));
  if (!x.is_valid()) {
    return false;
  }
  const auto fail = [&](std::string_view problem) {
    Error(AtOperand(x), code,
          Concat("invalid argument: ", what, " ", Text(x), problem));
    return false;
  };
  if (!AllInteger(x.type)) {
    return fail(" must be integer");
  }
  if (x.mode != Mode::kConstant) {
    return true;
  }
  if (!allow_negative && constant::Sign(x.value) < 0) {
    return fail(" must not be negative");
  }
  if (!RepresentableConst(x.value, BasicType(BasicKind::kInt), &x.value)) {
    return fail(" overflows int");
  }
  return true;
}

int64_t Checker::IndexedElts(std::span<const ast::ExprId> elts,
                             const Type* type, int64_t length) {
  SeenIndices seen;
  int64_t index = 0;
  int64_t max = 0;
  for (const ast::ExprId elt : elts) {
    bool is_valid_index = false;
    ast::ExprId value = elt;
    if (const auto* const pair = TryGet<ast::KeyValueExpr>(elt)) {
      const Type* key_type = nullptr;
      const int64_t key = Index(pair->key, length, &key_type);
      if (key >= 0) {
        index = key;
        is_valid_index = true;
      } else if (IsValid(key_type)) {
        Error(AtNode(elt), Code::kInvalidLitIndex,
              Concat("index ", Text(pair->key), " must be integer constant"));
      }
      value = pair->value;
    } else if (length >= 0 && index >= length) {
      Error(AtNode(elt), Code::kOversizeArrayLit,
            Concat("index ", std::to_string(index),
                   " is out of bounds (>= ", std::to_string(length), ")"));
    } else {
      is_valid_index = true;
    }
    if (is_valid_index && !seen.Add(index)) {
      Error(AtNode(elt), Code::kDuplicateLitKey,
            Concat("duplicate index ", std::to_string(index),
                   " in array or slice literal"));
    }
    // May wrap around behind the greatest index.
    index = static_cast<int64_t>(static_cast<uint64_t>(index) + 1);
    max = std::max(max, index);

    Operand x;
    ExprWithHint(x, value, type);
    Assignment(x, type, "array or slice literal");
  }
  return max;
}

}  // namespace gdlint::types
