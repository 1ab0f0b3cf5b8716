#include <span>
#include <string>
#include <utility>

#include "types/lookup_internal.h"
#include "types/predicates.h"
#include "types/substitute.h"
#include "types/type_set.h"
#include "types/type_string.h"
#include "types/type_table.h"
#include "types/universe.h"

namespace gdlint::types {
namespace {

constexpr source::LangVersion kInterfacesAreComparable = {20};

// One question whether a type implements another, or satisfies it.
class ImplementsCheck {
 public:
  ImplementsCheck(TypeContext& context, const Type* type,
                  const Type* constraint, bool is_constraint,
                  const ResolveObject& resolve, std::string* cause)
      : context_(context),
        type_(type),
        constraint_(constraint),
        is_constraint_(is_constraint),
        resolve_(resolve),
        cause_(cause) {}

  bool Run();

 private:
  bool CheckTypeSets(const Interface* interface);
  bool CheckComparable(const TypeSet& wanted);
  bool CheckTerms(const Interface* interface, const TypeSet& wanted);
  bool IsInvalid() const;

  std::string_view Verb() const {
    return is_constraint_ ? "satisfy" : "implement";
  }
  std::string TypeText() const { return resolve_.Text(type_); }
  std::string ConstraintText() const { return resolve_.Text(constraint_); }
  // "T does not implement I".
  std::string DoesNot() const {
    return TypeText() + " does not " + std::string(Verb()) + " " +
           ConstraintText();
  }
  std::string NotAnInterface() const;
  std::string NotInTerms(const Interface* interface,
                         const TypeSet& wanted) const;
  template <typename Text>
  bool Fail(const Text& text) {
    if (cause_ != nullptr) {
      *cause_ = text();
    }
    return false;
  }

  TypeContext& context_;
  const Type* type_;
  const Type* constraint_;
  bool is_constraint_;
  const ResolveObject& resolve_;
  std::string* cause_;
};

// An error has been reported that makes the answer worthless.
bool ImplementsCheck::IsInvalid() const {
  if (!IsValid(Under(type_)) || !IsValid(Under(constraint_))) {
    return true;
  }
  const Pointer* const pointer = UnderAs<Pointer>(type_);
  return pointer != nullptr && !IsValid(Under(pointer->elem));
}

std::string ImplementsCheck::NotAnInterface() const {
  const Pointer* const pointer = UnderAs<Pointer>(constraint_);
  const std::string detail = pointer != nullptr && IsInterface(pointer->elem)
                                 ? "type " + ConstraintText() +
                                       " is pointer to interface, not interface"
                                 : ConstraintText() + " is not an interface";
  return DoesNot() + " (" + detail + ")";
}

bool ImplementsCheck::CheckComparable(const TypeSet& wanted) {
  if (!wanted.IsComparable() || Comparable(type_, false)) {
    return true;
  }
  if (is_constraint_ && Comparable(type_, true)) {
    return resolve_.version() >= kInterfacesAreComparable || Fail([&] {
             return TypeText() + " to " + std::string(Verb()) +
                    " comparable requires go1.20 or later";
           });
  }
  return Fail([&] {
    return TypeText() + " does not " + std::string(Verb()) + " comparable";
  });
}

// `type` occurs in an element or a term of `constraint`, whether it is in the
// type set or not.
bool Mentions(const Type* constraint, const Type* type) {
  if (const Interface* const interface = TryAs<Interface>(constraint)) {
    for (const Type* const embedded : interface->embeddeds) {
      if (Mentions(embedded, type)) {
        return true;
      }
    }
    return false;
  }
  if (const Union* const terms = TryAs<Union>(constraint)) {
    for (const Term& term : terms->terms) {
      if (Mentions(term.type, type)) {
        return true;
      }
    }
    return false;
  }
  return Identical(constraint, type);
}

std::string TermsText(const TypeSet& type_set) {
  std::string text;
  for (const TypeTerm& term : type_set.terms) {
    if (!text.empty()) {
      text += " | ";
    }
    if (term.tilde) {
      text += '~';
    }
    AppendTypeString(term.type, {}, text);
  }
  return text;
}

std::string ImplementsCheck::NotInTerms(const Interface* interface,
                                        const TypeSet& wanted) const {
  for (const TypeTerm& term : wanted.terms) {
    // With a tilde, would it be in?
    if (term.type != nullptr && !term.tilde &&
        Identical(term.type, Under(term.type)) &&
        TermIncludes({term.type, true}, type_)) {
      return "possibly missing ~ for " + resolve_.Text(term.type) + " in " +
             ConstraintText();
    }
  }
  if (Mentions(interface, type_)) {
    return ConstraintText() + " mentions " + TypeText() + ", but " +
           TypeText() + " is not in the type set of " + ConstraintText();
  }
  return TypeText() + " missing in " + TermsText(wanted);
}

bool ImplementsCheck::CheckTerms(const Interface* interface,
                                 const TypeSet& wanted) {
  if (const Interface* const own = UnderAs<Interface>(type_)) {
    return TypeSetOf(own)->SubsetOf(wanted) ? CheckComparable(wanted)
                                            : Fail([&] { return DoesNot(); });
  }
  for (const TypeTerm& term : wanted.terms) {
    if (TermIncludes(term, type_)) {
      return CheckComparable(wanted);
    }
  }
  return Fail(
      [&] { return DoesNot() + " (" + NotInTerms(interface, wanted) + ")"; });
}

bool ImplementsCheck::CheckTypeSets(const Interface* interface) {
  const TypeSet& wanted = *TypeSetOf(interface);
  if (wanted.IsAll()) {
    return true;
  }
  // The empty set is a subset of every set, and no other is one of it.
  const Interface* const own = UnderAs<Interface>(type_);
  if (own != nullptr && TypeSetOf(own)->IsEmpty()) {
    return true;
  }
  if (wanted.IsEmpty()) {
    return Fail([&] {
      return "cannot " + std::string(Verb()) + " " + ConstraintText() +
             " (empty type set)";
    });
  }
  std::string missing;
  if (!HasAllMethods(context_, type_, interface, true, nullptr, resolve_,
                     cause_ != nullptr ? &missing : nullptr)) {
    return Fail([&] { return DoesNot() + " " + missing; });
  }
  return wanted.HasTerms() ? CheckTerms(interface, wanted)
                           : CheckComparable(wanted);
}

bool ImplementsCheck::Run() {
  if (IsInvalid()) {
    return true;
  }
  const Interface* const interface = UnderAs<Interface>(constraint_);
  if (interface == nullptr) {
    return Fail([&] { return NotAnInterface(); });
  }
  return CheckTypeSets(interface);
}

}  // namespace

bool TermIncludes(const TypeTerm& term, const Type* type) {
  return term.type == nullptr ||
         Identical(term.type, term.tilde ? Under(type) : type);
}

const Type* BoundOf(const TypeParam* type_param) {
  const Type* const bound = type_param->bound;
  if (bound == nullptr || IsInterface(bound) || !IsValid(Under(bound))) {
    return bound;
  }
  return ConstraintInterface(type_param);
}

bool Implements(TypeContext& context, const Type* type, const Type* constraint,
                bool constraint_position, const ResolveObject& resolve,
                std::string* cause) {
  return ImplementsCheck(context, type, constraint, constraint_position,
                         resolve, cause)
      .Run();
}

int VerifyTypeArgs(TypeContext& context,
                   std::span<const TypeParam* const> type_params,
                   std::span<const Type* const> type_args,
                   const ResolveObject& resolve, std::string* cause) {
  const Substitution substitution = {type_params, type_args};
  for (size_t i = 0; i < type_params.size() && i < type_args.size(); ++i) {
    // The bound speaks of the parameters, the argument must satisfy what it
    // becomes.
    const Type* const bound =
        Substitute(context, BoundOf(type_params[i]), substitution);
    if (bound != nullptr && type_args[i] != nullptr &&
        !Implements(context, type_args[i], bound, true, resolve, cause)) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

std::span<const TypeParam* const> TypeParamsOfGeneric(const Type* generic) {
  if (const Named* const named = TryAs<Named>(generic)) {
    return TypeParamsOf(named);
  }
  if (const Alias* const alias = TryAs<Alias>(generic)) {
    return alias->origin != nullptr ? alias->origin->type_params
                                    : alias->type_params;
  }
  if (const Signature* const signature = TryAs<Signature>(generic)) {
    return signature->type_params;
  }
  return {};
}

const Type* Instantiate(TypeContext& context, const Type* generic,
                        std::span<const Type* const> type_args) {
  if (const Named* const named = TryAs<Named>(generic)) {
    return context.InstanceOf(named->origin, type_args);
  }
  const std::span<const TypeParam* const> type_params =
      TypeParamsOfGeneric(generic);
  if (type_params.size() != type_args.size()) {
    return InvalidType();
  }
  if (type_params.empty()) {
    return generic;
  }
  const Substitution substitution = {type_params, type_args};
  if (const Alias* const alias = TryAs<Alias>(generic)) {
    const Alias* const origin =
        alias->origin != nullptr ? alias->origin : alias;
    const Type* const rhs =
        origin->from_rhs != nullptr
            ? Substitute(context, origin->from_rhs, substitution)
            : InvalidType();
    return context.InstanceOf(origin, type_args, rhs);
  }
  const Signature* const signature = TryAs<Signature>(
      Substitute(context, As<Signature>(generic), substitution));
  return signature == nullptr
             ? InvalidType()
             : context.SignatureOf({}, signature->params, signature->results,
                                   signature->variadic);
}

}  // namespace gdlint::types
