// Conversions, those of assignments and explicit ones.

#include "ssa/function_builder.h"
#include "types/predicates.h"
#include "types/universe.h"

namespace gdlint::ssa {

Value FunctionBuilder::Assigned(Value value, const types::Type* to,
                                source::Pos pos, ast::NodeId node) {
  to = Subst(to);
  const types::Type* from = draft_->TypeOf(value);
  if (from == to || from == nullptr) {
    return value;
  }
  if (const auto* const basic = types::TryAs<types::Basic>(from);
      basic != nullptr && (basic->info & types::kIsUntyped) != 0) {
    if (basic->basic == types::BasicKind::kUntypedNil) {
      return ZeroOf(to);
    }
    const types::Type* const known =
        types::IsNonTypeParamInterface(to) ? types::Default(from) : to;
    if (const Const* const constant = ConstantOf(value)) {
      value = ConstantAs(known, constant->value);
    }
    from = draft_->TypeOf(value);
    if (from == to) {
      return value;
    }
  }
  if (types::Identical(from, to)) {
    return value;
  }
  if (types::IsNonTypeParamInterface(to)) {
    if (!types::IsNonTypeParamInterface(from)) {
      return Emit(Op::kMakeInterface, to, pos, node, {value});
    }
    return Emit(types::Identical(types::Under(from), types::Under(to))
                    ? Op::kChangeType
                    : Op::kChangeInterface,
                to, pos, node, {value});
  }
  if (types::IsTypeParam(from) || types::IsTypeParam(to)) {
    return Emit(Op::kMultiConvert, to, pos, node, {value});
  }
  return Emit(Op::kChangeType, to, pos, node, {value});
}

Value FunctionBuilder::Converted(Value value, const types::Type* to,
                                 source::Pos pos, ast::NodeId node) {
  to = Subst(to);
  const types::Type* const from = draft_->TypeOf(value);
  if (from == to) {
    return value;
  }
  if (types::IsNonTypeParamInterface(to) ||
      from == types::Typ(types::BasicKind::kUntypedNil) ||
      types::Identical(from, to)) {
    return Assigned(value, to, pos, node);
  }
  if (types::IsTypeParam(from) || types::IsTypeParam(to)) {
    return Emit(Op::kMultiConvert, to, pos, node, {value});
  }
  const types::Type* const from_under = types::Under(from);
  const types::Type* const to_under = types::Under(to);
  if (types::IdenticalIgnoreTags(from_under, to_under)) {
    return Emit(Op::kChangeType, to, pos, node, {value});
  }
  // In an instance a constant's type was not known to be of another kind.
  if (const Const* const constant = ConstantOf(value);
      constant != nullptr && !constant->value.is_unknown() &&
      types::IsNumeric(from) && types::IsNumeric(to)) {
    return ConstantAs(to, constant->value);
  }
  const auto* const from_pointer = types::TryAs<types::Pointer>(from_under);
  const auto* const to_pointer = types::TryAs<types::Pointer>(to_under);
  if (from_pointer != nullptr && to_pointer != nullptr) {
    return Emit(Op::kChangeType, to, pos, node, {value});
  }
  if (types::TryAs<types::Chan>(from_under) != nullptr &&
      types::TryAs<types::Chan>(to_under) != nullptr) {
    return Emit(Op::kChangeType, to, pos, node, {value});
  }
  if (types::TryAs<types::Slice>(from_under) != nullptr) {
    if (to_pointer != nullptr) {
      return Emit(Op::kSliceToArrayPointer, to, pos, node, {value});
    }
    if (const auto* const array = types::TryAs<types::Array>(to_under)) {
      if (array->length == 0) {
        // Of a nil slice, too, where the pointer would be nil.
        return ZeroOf(to);
      }
      const Value pointer = Emit(Op::kSliceToArrayPointer,
                                 types().PointerTo(to), pos, node, {value});
      return LoadAs(to, pointer, pos, node);
    }
  }
  return Emit(Op::kConvert, to, pos, node, {value});
}

}  // namespace gdlint::ssa
