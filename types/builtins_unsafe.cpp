// The built-ins of package unsafe.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>

#include <fmt/format.h>

#include "types/builtins_internal.h"
#include "types/constant.h"
#include "types/lookup.h"
#include "types/sizes.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

const Type* Uintptr() { return Typ(BasicKind::kUintptr); }

// `known` has the answers so far, true for types that are being looked at: they
// are cyclic unless that turns out otherwise.
bool HasVariableSize(const Type* type,
                     std::unordered_map<const Type*, bool>& known) {
  const Type* const under = Under(type);
  switch (under->kind) {
    case TypeKind::kArray:
    case TypeKind::kStruct:
      break;
    case TypeKind::kInterface:
      return IsTypeParam(type);
    default:
      return false;
  }
  // Cycles lead through a Named; the others are kept to look at each once.
  const Type* const key = AsNamed(type) != nullptr ? AsNamed(type) : under;
  if (const auto [at, is_new] = known.emplace(key, true); !is_new) {
    return at->second;
  }
  bool result = false;
  if (const Array* const array = TryAs<Array>(under)) {
    result = HasVariableSize(array->elem, known);
  } else {
    for (const Var* const field : As<Struct>(under)->fields) {
      if (HasVariableSize(field->type, known)) {
        result = true;
        break;
      }
    }
  }
  known[key] = result;
  return result;
}

// What a defined or literal pointer to a struct points to; other types are
// themselves.
const Type* StructBehind(const Type* type) {
  const Pointer* const pointer = UnderAs<Pointer>(type);
  return pointer != nullptr && UnderAs<Struct>(pointer->elem) != nullptr
             ? pointer->elem
             : type;
}

// The offset of a field of a field and so on; nothing if it exceeds int64.
std::optional<int64_t> OffsetOfPath(const Sizes& sizes, const Type* type,
                                    std::span<const uint32_t> path) {
  int64_t sum = 0;
  for (const uint32_t index : path) {
    const Struct* const fields = UnderAs<Struct>(type);
    if (fields == nullptr) {
      return std::nullopt;
    }
    const std::optional<int64_t> offset = sizes.OffsetOf(fields, index);
    if (!offset || *offset < 0 || __builtin_add_overflow(sum, *offset, &sum)) {
      return std::nullopt;
    }
    type = fields->fields[index]->type;
  }
  return sum;
}

// The field that the argument of Offsetof selects from `base`; `b.x` is what it
// is selected from. No object after an error.
LookupResult SelectedField(BuiltinCall& b, ast::Ref<ast::SelectorExpr> selector,
                           const Type* base) {
  Checker& checker = b.checker;
  const Name* const name = checker.NameOf(checker.Get(selector).sel);
  LookupResult found = LookupFieldOrMethod(base, false, &checker.package, name);
  if (found.object == nullptr) {
    b.Fail(b.x, Code::kMissingFieldOrMethod,
           fmt::format("invalid argument: {} has no single field {}",
                       checker.Text(base), name->text()));
  } else if (found.object->kind != ObjectKind::kVar) {
    checker.Error(checker.AtNode(b.exprs[0]), Code::kInvalidOffsetof,
                  fmt::format("invalid argument: {} is a method value",
                              checker.Text(b.exprs[0])));
    found.object = nullptr;
  } else if (found.is_indirect) {
    b.Fail(b.x, Code::kInvalidOffsetof,
           fmt::format("invalid argument: field {} is embedded via a pointer "
                       "in {}",
                       name->text(), checker.Text(base)));
    found.object = nullptr;
  }
  return found;
}

}  // namespace

bool HasVariableSize(const Type* type) {
  std::unordered_map<const Type*, bool> known;
  return HasVariableSize(type, known);
}

bool CheckUnsafeAdd(BuiltinCall& b) {
  Checker& checker = b.checker;
  checker.VerifyVersion(checker.AtNode(b.call.fun), 17, "unsafe.Add");
  const Type* const pointer = Typ(BasicKind::kUnsafePointer);
  checker.Assignment(b.x, pointer, "argument to unsafe.Add");
  if (!b.x.is_valid() ||
      !checker.IsValidIndex(b.args[1], Code::kInvalidUnsafeAdd, "length",
                            true)) {
    return false;
  }
  b.Give(Mode::kValue, pointer);
  b.RecordSignature(pointer, {pointer, b.args[1].type});
  return true;
}

bool CheckAlignof(BuiltinCall& b) {
  Operand& x = b.x;
  b.checker.Assignment(x, nullptr, "argument to unsafe.Alignof");
  if (!x.is_valid()) {
    return false;
  }
  if (HasVariableSize(x.type)) {
    b.RecordSignature(Uintptr(), {x.type});
    b.Give(Mode::kValue, Uintptr());
  } else {
    b.GiveConstant(Uintptr(), constant::MakeInt64(
                                  b.checker.table.sizes().AlignOf(x.type)));
  }
  return true;
}

bool CheckOffsetof(BuiltinCall& b) {
  Checker& checker = b.checker;
  Operand& x = b.x;
  const ast::ExprId arg = b.exprs[0];
  const ast::ExprId unparenthesised = checker.Unparen(arg);
  if (unparenthesised.kind() != ast::NodeKind::kSelectorExpr) {
    checker.Error(checker.AtNode(arg), Code::kBadOffsetofSyntax,
                  fmt::format("invalid argument: {} is not a selector "
                              "expression",
                              checker.Text(arg)));
    checker.UseOne(arg, false);
    return false;
  }
  const auto selector = ast::Ref<ast::SelectorExpr>::FromNode(unparenthesised);
  checker.Expr(nullptr, x, checker.Get(selector).x);
  if (!x.is_valid()) {
    return false;
  }
  const Type* const base = StructBehind(x.type);
  const LookupResult found = SelectedField(b, selector, base);
  if (found.object == nullptr) {
    return false;
  }
  const Type* const type = found.object->type;
  checker.RecordSelection(selector, SelectionKind::kFieldVal, base, found,
                          type);
  checker.RecordTypeAndValue(
      selector, x.mode == Mode::kVariable ? Mode::kVariable : Mode::kValue,
      type);
  // A field before the variable part counts as variable too, so that the order
  // of fields in memory stays open.
  if (HasVariableSize(base)) {
    b.RecordSignature(Uintptr(), {type});
    b.Give(Mode::kValue, Uintptr());
    return true;
  }
  const std::optional<int64_t> offset =
      OffsetOfPath(checker.table.sizes(), base, found.index);
  if (!offset) {
    return b.Fail(x, Code::kTypeTooLarge, checker.Text(x) + " is too large");
  }
  b.GiveConstant(Uintptr(), constant::MakeInt64(*offset));
  return true;
}

bool CheckSizeof(BuiltinCall& b) {
  Checker& checker = b.checker;
  Operand& x = b.x;
  checker.Assignment(x, nullptr, "argument to unsafe.Sizeof");
  if (!x.is_valid()) {
    return false;
  }
  if (HasVariableSize(x.type)) {
    b.RecordSignature(Uintptr(), {x.type});
    b.Give(Mode::kValue, Uintptr());
    return true;
  }
  const std::optional<int64_t> size = checker.table.sizes().SizeOf(x.type);
  if (!size || *size < 0) {
    return b.Fail(x, Code::kTypeTooLarge, checker.Text(x) + " is too large");
  }
  b.GiveConstant(Uintptr(), constant::MakeInt64(*size));
  return true;
}

bool CheckUnsafeSlice(BuiltinCall& b) {
  Checker& checker = b.checker;
  checker.VerifyVersion(checker.AtNode(b.call.fun), 17, "unsafe.Slice");
  const Pointer* const pointer = TryAs<Pointer>(checker.CommonUnder(b.x.type));
  if (pointer == nullptr) {
    return b.Fail(b.x, Code::kInvalidUnsafeSlice,
                  fmt::format("invalid argument: {} is not a pointer",
                              checker.Text(b.x)));
  }
  if (!checker.IsValidIndex(b.args[1], Code::kInvalidUnsafeSlice, "length",
                            false)) {
    return false;
  }
  b.Give(Mode::kValue, checker.types.SliceOf(pointer->elem));
  b.RecordSignature(b.x.type, {pointer, b.args[1].type});
  return true;
}

bool CheckSliceData(BuiltinCall& b) {
  Checker& checker = b.checker;
  checker.VerifyVersion(checker.AtNode(b.call.fun), 20, "unsafe.SliceData");
  const Slice* const slice = TryAs<Slice>(checker.CommonUnder(b.x.type));
  if (slice == nullptr) {
    return b.Fail(
        b.x, Code::kInvalidUnsafeSliceData,
        fmt::format("invalid argument: {} is not a slice", checker.Text(b.x)));
  }
  b.Give(Mode::kValue, checker.types.PointerTo(slice->elem));
  b.RecordSignature(b.x.type, {slice});
  return true;
}

bool CheckUnsafeString(BuiltinCall& b) {
  Checker& checker = b.checker;
  checker.VerifyVersion(checker.AtNode(b.call.fun), 20, "unsafe.String");
  const Type* const pointer = checker.types.PointerTo(ByteType());
  checker.Assignment(b.x, pointer, "argument to unsafe.String");
  if (!b.x.is_valid() ||
      !checker.IsValidIndex(b.args[1], Code::kInvalidUnsafeString, "length",
                            false)) {
    return false;
  }
  b.Give(Mode::kValue, Typ(BasicKind::kString));
  b.RecordSignature(b.x.type, {pointer, b.args[1].type});
  return true;
}

bool CheckStringData(BuiltinCall& b) {
  Checker& checker = b.checker;
  checker.VerifyVersion(checker.AtNode(b.call.fun), 20, "unsafe.StringData");
  checker.Assignment(b.x, Typ(BasicKind::kString),
                     "argument to unsafe.StringData");
  if (!b.x.is_valid()) {
    return false;
  }
  b.Give(Mode::kValue, checker.types.PointerTo(ByteType()));
  b.RecordSignature(b.x.type, {Typ(BasicKind::kString)});
  return true;
}

}  // namespace gdlint::types
