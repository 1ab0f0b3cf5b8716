#include "types/predicates.h"

#include <algorithm>
#include <unordered_set>

#include "types/object.h"
#include "types/type_set.h"
#include "types/type_string.h"

namespace gdlint::types {

bool IsBasic(const Type* type, uint16_t info) {
  const Basic* const basic = UnderAs<Basic>(type);
  return basic != nullptr && (basic->info & info) != 0;
}

bool AllBasic(const Type* type, uint16_t info) {
  const TypeParam* const type_param = TryAs<TypeParam>(Unalias(type));
  if (type_param == nullptr) {
    return IsBasic(type, info);
  }
  const TypeSet* const set = TypeSetOf(ConstraintInterface(type_param));
  return set->HasTerms() &&
         std::ranges::all_of(set->terms, [info](const TypeTerm& term) {
           return IsBasic(term.type, info);
         });
}

bool IsTyped(const Type* type) {
  const Basic* const basic = TryAs<Basic>(type);
  return basic == nullptr || (basic->info & kIsUntyped) == 0;
}

bool IsUntypedNumeric(const Type* type) {
  const Basic* const basic = TryAs<Basic>(type);
  return basic != nullptr && (basic->info & kIsUntyped) != 0 &&
         (basic->info & kIsNumeric) != 0;
}

bool IsNonTypeParamInterface(const Type* type) {
  return !IsTypeParam(type) && IsInterface(type);
}

bool HasTypeName(const Type* type) {
  switch (Unalias(type)->kind) {
    case TypeKind::kBasic:
    case TypeKind::kNamed:
    case TypeKind::kTypeParam:
      return true;
    default:
      return false;
  }
}

bool IsGeneric(const Type* type) {
  if (const Alias* const alias = TryAs<Alias>(type)) {
    if (!alias->type_params.empty() && alias->type_args.empty()) {
      return true;
    }
  }
  const Named* const named = AsNamed(type);
  return named != nullptr && !named->is_instance() &&
         !named->type_params.empty();
}

bool IsTypeLiteral(const Type* type) {
  const TypeKind kind = Unalias(type)->kind;
  return kind != TypeKind::kNamed && kind != TypeKind::kTypeParam;
}

namespace {

// Asks each type once, so that neither cycles nor doublings matter: what was
// seen before is comparable, or else the whole question has been answered.
class ComparableQuestion {
 public:
  explicit ComparableQuestion(const TypeStringOptions& text) : text_(text) {}

  bool Ask(const Type* type, bool dynamic, std::string* cause) {
    const Type* const under = Under(type);
    switch (under->kind) {
      case TypeKind::kBasic:
        // What is invalid was reported.
        return As<Basic>(under)->basic != BasicKind::kUntypedNil;
      case TypeKind::kPointer:
      case TypeKind::kChan:
        return true;
      case TypeKind::kInterface:
        return (dynamic && !IsTypeParam(type)) || !seen_.insert(type).second ||
               AskInterface(As<Interface>(under), cause);
      case TypeKind::kStruct:
        return !seen_.insert(type).second ||
               AskStruct(As<Struct>(under), dynamic, cause);
      case TypeKind::kArray:
        if (!seen_.insert(type).second ||
            Ask(As<Array>(under)->elem, dynamic, nullptr)) {
          return true;
        }
        Tell(cause, "", type, " cannot be compared");
        return false;
      default:
        return false;
    }
  }

 private:
  void Tell(std::string* cause, std::string_view before, const Type* type,
            std::string_view after) const {
    if (cause != nullptr) {
      *cause = before;
      AppendTypeString(type, text_, *cause);
      *cause += after;
    }
  }

  bool AskStruct(const Struct* type, bool dynamic, std::string* cause) {
    for (const Var* const field : type->fields) {
      if (!Ask(field->type, dynamic, nullptr)) {
        Tell(cause, "struct containing ", field->type, " cannot be compared");
        return false;
      }
    }
    return true;
  }

  bool AskInterface(const Interface* type, std::string* cause) {
    const TypeSet* const set = TypeSetOf(type);
    // Strictly: interfaces in the type set do not count.
    const auto is_comparable = [this](const TypeTerm& term) {
      return Ask(term.type, /*dynamic=*/false, nullptr);
    };
    if (set->HasTerms() ? std::ranges::all_of(set->terms, is_comparable)
                        : set->comparable) {
      return true;
    }
    if (cause != nullptr) {
      *cause =
          set->IsEmpty() ? "empty type set" : "incomparable types in type set";
    }
    return false;
  }

  const TypeStringOptions& text_;
  std::unordered_set<const Type*> seen_;
};

}  // namespace

bool Comparable(const Type* type, bool dynamic, std::string* cause,
                const TypeStringOptions& text) {
  if (cause != nullptr) {
    cause->clear();
  }
  return ComparableQuestion(text).Ask(type, dynamic, cause);
}

bool HasNil(const Type* type) {
  const Type* const under = Under(type);
  switch (under->kind) {
    case TypeKind::kBasic:
      return As<Basic>(under)->basic == BasicKind::kUnsafePointer;
    case TypeKind::kSlice:
    case TypeKind::kPointer:
    case TypeKind::kSignature:
    case TypeKind::kMap:
    case TypeKind::kChan:
      return true;
    case TypeKind::kInterface:
      return !IsTypeParam(type) || AllUnder(type, [](const Type* each) {
        return each != nullptr && HasNil(each);
      });
    default:
      return false;
  }
}

namespace {

class TypeParamSearch {
 public:
  explicit TypeParamSearch(std::span<const TypeParam* const> type_params)
      : type_params_(type_params) {}

  bool IsIn(const Type* type) {
    if (type == nullptr || !type->may_have_type_params) {
      return false;
    }
    switch (type->kind) {
      case TypeKind::kAlias:
        return IsIn(Unalias(type));
      case TypeKind::kArray:
        return IsIn(As<Array>(type)->elem);
      case TypeKind::kSlice:
        return IsIn(As<Slice>(type)->elem);
      case TypeKind::kPointer:
        return IsIn(As<Pointer>(type)->elem);
      case TypeKind::kChan:
        return IsIn(As<Chan>(type)->elem);
      case TypeKind::kTypeParam:
        return type_params_.empty() ||
               std::ranges::find(type_params_, As<TypeParam>(type)) !=
                   type_params_.end();
      default:
        // What was seen before does not have one, or the search would be over.
        return seen_.insert(type).second && IsInParts(type);
    }
  }

 private:
  bool IsInParts(const Type* type) {
    switch (type->kind) {
      case TypeKind::kMap:
        return IsIn(As<Map>(type)->key) || IsIn(As<Map>(type)->elem);
      case TypeKind::kTuple:
        return IsInTuple(As<Tuple>(type));
      case TypeKind::kSignature:
        // Its own type parameters are not what is asked for.
        return IsInTuple(As<Signature>(type)->params) ||
               IsInTuple(As<Signature>(type)->results);
      case TypeKind::kNamed:
        return std::ranges::any_of(
            As<Named>(type)->type_args,
            [this](const Type* arg) { return IsIn(arg); });
      case TypeKind::kStruct:
        return std::ranges::any_of(
            As<Struct>(type)->fields,
            [this](const Var* field) { return IsIn(field->type); });
      case TypeKind::kUnion:
        return std::ranges::any_of(
            As<Union>(type)->terms,
            [this](const Term& term) { return IsIn(term.type); });
      case TypeKind::kInterface:
        return IsInTypeSet(TypeSetOf(As<Interface>(type)));
      default:
        return false;
    }
  }

  bool IsInTuple(const Tuple* tuple) {
    return tuple->may_have_type_params &&
           std::ranges::any_of(tuple->params, [this](const Param& param) {
             return IsIn(param.type);
           });
  }

  // As go/types: all of the specific types must have one.
  bool IsInTypeSet(const TypeSet* set) {
    return std::ranges::any_of(
               set->methods,
               [this](const Func* method) { return IsIn(method->type); }) ||
           (set->HasTerms() &&
            std::ranges::all_of(set->terms, [this](const TypeTerm& term) {
              return IsIn(term.type);
            }));
  }

  std::span<const TypeParam* const> type_params_;
  std::unordered_set<const Type*> seen_;
};

}  // namespace

bool IsParameterized(std::span<const TypeParam* const> type_params,
                     const Type* type) {
  return TypeParamSearch(type_params).IsIn(type);
}

bool IsBytesOrRunes(const Type* type) {
  const Slice* const slice = UnderAs<Slice>(type);
  if (slice == nullptr) {
    return false;
  }
  const Basic* const elem = UnderAs<Basic>(slice->elem);
  return elem != nullptr &&
         (elem->basic == BasicKind::kUint8 || elem->basic == BasicKind::kInt32);
}

bool HasEmptyTypeSet(const Type* type) {
  const TypeParam* const type_param = TryAs<TypeParam>(Unalias(type));
  return type_param != nullptr && type_param->bound != nullptr &&
         TypeSetOf(ConstraintInterface(type_param))->IsEmpty();
}

const Type* Default(const Type* type) {
  const Basic* const basic = TryAs<Basic>(type);
  if (basic == nullptr) {
    return type;
  }
  switch (basic->basic) {
    case BasicKind::kUntypedBool:
      return Typ(BasicKind::kBool);
    case BasicKind::kUntypedInt:
      return Typ(BasicKind::kInt);
    case BasicKind::kUntypedRune:
      return RuneType();
    case BasicKind::kUntypedFloat:
      return Typ(BasicKind::kFloat64);
    case BasicKind::kUntypedComplex:
      return Typ(BasicKind::kComplex128);
    case BasicKind::kUntypedString:
      return Typ(BasicKind::kString);
    default:
      return type;
  }
}

const Type* MaxUntyped(const Type* x, const Type* y) {
  if (x == y) {
    return x;
  }
  if (!IsUntypedNumeric(x) || !IsUntypedNumeric(y)) {
    return nullptr;
  }
  return As<Basic>(x)->basic > As<Basic>(y)->basic ? x : y;
}

const Type* ArrayPointerDeref(const Type* type) {
  const Pointer* const pointer = TryAs<Pointer>(Unalias(type));
  const Array* const array =
      pointer != nullptr ? UnderAs<Array>(pointer->elem) : nullptr;
  return array != nullptr ? array : type;
}

const Type* Deref(const Type* type, bool* is_pointer) {
  const Pointer* const pointer = TryAs<Pointer>(Unalias(type));
  if (is_pointer != nullptr) {
    *is_pointer = pointer != nullptr;
  }
  return pointer != nullptr ? pointer->elem : type;
}

}  // namespace gdlint::types
