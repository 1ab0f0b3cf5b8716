#include <string>

#include "types/checker.h"
#include "types/expr_internal.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

// Puts `text` before what `cause` says already.
void Prepend(std::string* cause, std::string text) {
  if (cause == nullptr) {
    return;
  }
  if (!cause->empty()) {
    text += "\n\t";
    text += *cause;
  }
  *cause = std::move(text);
}

bool IsInterfacePointer(const Type* under) {
  const Pointer* const pointer = TryAs<Pointer>(under);
  return pointer != nullptr && IsInterface(pointer->elem);
}

// An untyped `x` may be assigned to what it can become; for a type parameter
// each type of its type set.
bool UntypedAssignableTo(Checker& checker, const Operand& x,
                         const Type* target) {
  Operand copy = x;
  if (!IsTypeParam(target)) {
    return checker.ImplicitTypeAndValue(copy, target).type != nullptr;
  }
  return ForEachInTypeSet(target, [&](const Type* term, const Type*) {
    return term != nullptr &&
           checker.ImplicitTypeAndValue(copy, term).type != nullptr;
  });
}

// `x` is assignable to each type of the type set of `target`.
bool AssignableToTypeParam(Checker& checker, const Operand& x,
                           const Type* target, std::string* cause, Code* code) {
  return ForEachInTypeSet(target, [&](const Type* term, const Type*) {
    if (term == nullptr) {
      return false;
    }
    if (checker.AssignableTo(x, term, cause, code)) {
      return true;
    }
    if (cause != nullptr) {
      Prepend(cause,
              Concat("cannot assign ", checker.Text(x.type), " to ",
                     checker.Text(term), " (in ", checker.Text(target), ")"));
    }
    return false;
  });
}

// Values of each type of the type set of `type`, which `x` has, are assignable
// to `target`.
bool AssignableFromTypeParam(Checker& checker, const Operand& x,
                             const Type* type, const Type* target,
                             std::string* cause, Code* code) {
  Operand copy = x;
  return ForEachInTypeSet(type, [&](const Type* term, const Type*) {
    if (term == nullptr) {
      return false;
    }
    copy.type = term;
    if (checker.AssignableTo(copy, Unalias(target), cause, code)) {
      return true;
    }
    if (cause != nullptr) {
      Prepend(cause, Concat("cannot assign ", checker.Text(term), " (in ",
                            checker.Text(type), ") to ", checker.Text(target)));
    }
    return false;
  });
}

}  // namespace

bool Checker::AssignableTo(const Operand& x, const Type* type,
                           std::string* cause, Code* code) {
  if (!x.is_valid() || !IsValid(type)) {
    return true;
  }
  const Type* const from = Unalias(x.type);
  const Type* const to = Unalias(type);
  if (Identical(from, to)) {
    return true;
  }
  Code ignored;
  Code& why = code != nullptr ? *code : ignored;
  why = Code::kIncompatibleAssign;

  const Type* const from_under = Under(from);
  const Type* const to_under = Under(to);
  if (IsUntypedBasic(from_under)) {
    return UntypedAssignableTo(*this, x, to);
  }

  const bool from_param = from->kind == TypeKind::kTypeParam;
  const bool to_param = to->kind == TypeKind::kTypeParam;
  // Asked only where something else depends on it.
  const auto one_is_unnamed = [&] {
    return !HasTypeName(from) || !HasTypeName(to);
  };
  if (!from_param && !to_param && one_is_unnamed() &&
      Identical(from_under, to_under)) {
    return true;
  }

  // A pointer to an interface is asked too, for the cause.
  if ((to_under->kind == TypeKind::kInterface && !to_param) ||
      IsInterfacePointer(to_under)) {
    if (Implements(types, from, to, false, Resolver(), cause)) {
      return true;
    }
    if (!from_param) {
      why = Code::kInvalidIfaceAssign;
      return false;
    }
    if (cause != nullptr) {
      cause->clear();
    }
  }

  if (from_under->kind == TypeKind::kInterface && !from_param &&
      Implements(types, to, from, false, Resolver(), nullptr)) {
    if (cause != nullptr) {
      *cause = "need type assertion";
    }
    return false;
  }

  const Chan* const from_chan = TryAs<Chan>(from_under);
  const Chan* const to_chan = TryAs<Chan>(to_under);
  if (from_chan != nullptr && to_chan != nullptr &&
      from_chan->direction == ChanDirection::kBoth &&
      Identical(from_chan->elem, to_chan->elem)) {
    why = Code::kInvalidChanAssign;
    return one_is_unnamed();
  }

  if (to_param && !HasTypeName(from)) {
    return AssignableToTypeParam(*this, x, to, cause, code);
  }
  if (from_param && !HasTypeName(to)) {
    return AssignableFromTypeParam(*this, x, from, type, cause, code);
  }
  return false;
}

}  // namespace gdlint::types
