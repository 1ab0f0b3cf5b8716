// Finding fields and methods, and asking whether a type has an interface's.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "source/lang_version.h"
#include "support/small_vector.h"
#include "types/object.h"
#include "types/type.h"
#include "types/type_string.h"

namespace gdlint::types {

class TypeContext;

// What the one who asks brings along. May be made of nullptr: then all objects
// are known, messages name every package, and the language is the newest.
class ResolveObject {
 public:
  ResolveObject() = default;
  ResolveObject(std::nullptr_t) {}
  // `resolve(Object*)` makes sure that an object's type is known: while its
  // package is being checked that means checking its declaration.
  // `text_options()` says how messages name types.
  template <typename Resolve>
    requires std::is_invocable_v<const Resolve&, Object*>
  ResolveObject(Resolve resolve,
                std::function<TypeStringOptions()> text_options = {},
                source::LangVersion version = source::kNewestLang)
      : resolve_(std::move(resolve)),
        text_options_(std::move(text_options)),
        version_(version) {}

  void operator()(Object* object) const {
    if (resolve_) {
      resolve_(object);
    }
  }
  source::LangVersion version() const { return version_; }
  TypeStringOptions TextOptions() const {
    return text_options_ ? text_options_() : kMessageText;
  }
  // The text of a type in messages.
  std::string Text(const Type* type) const {
    return TypeString(type, TextOptions());
  }

 private:
  std::function<void(Object*)> resolve_;
  std::function<TypeStringOptions()> text_options_;
  source::LangVersion version_ = source::kNewestLang;
};

struct LookupResult {
  // A field's Var (of an instance: the substituted one) or a method's Func (the
  // origin's, see MethodSignature). Null if there is none or no single one.
  Object* object = nullptr;
  // The path: field indices, then the index of the field in its struct or of
  // the method in its list.
  SmallVector<uint32_t, 4> index;
  // For a method of a Named: whose method it is; an instance for methods of
  // generic types. Null for interface methods and fields.
  const Named* method_owner = nullptr;
  // There was a pointer on the way.
  bool is_indirect = false;
  // Without an object: several at the least depth. `index` leads to one.
  bool is_ambiguous = false;
  // Without an object: there is a method, but it has a pointer receiver and the
  // type is not addressable.
  bool needs_pointer = false;
  // Without an object: given up, as there are too many embedded fields.
  bool is_too_complex = false;
};

// The field or method `name` of `type` at the least depth, after the spec's
// section on selectors. `addressable`: `type`'s methods include those of
// `*type`. Without `fold_case`, names match as they are.
LookupResult LookupFieldOrMethod(const Type* type, bool addressable,
                                 const Package* package, const Name* name,
                                 bool fold_case = false);

// The signature of a method that was found on `owner`: that of `method` with
// the receiver's type parameters replaced by the owner's type arguments. The
// method's own type must be known.
const Signature* MethodSignature(TypeContext& context, const Func* method,
                                 const Named* owner);

// What `type`, or what it points to, embeds is of invalid type, at any depth:
// it may have any field and any method, and as a constraint any type in its
// type set.
bool HasUnknownEmbedded(const Type* type);

// A method that `type` lacks for `interface`; null method if it has all.
// `static_only` is go/types' `static`: an interface `type` must have the method
// (else it only must not contradict).
struct MissingMethod {
  const Func* method = nullptr;
  bool has_wrong_type = false;
  // For people, with go/types' words and parentheses: "(missing method Foo)",
  // "(method Foo has pointer receiver)", "(wrong type for method
  // Foo)\n\t\thave …\n\t\twant …".
  std::string cause;
};
MissingMethod FindMissingMethod(TypeContext& context, const Type* type,
                                const Interface* interface, bool static_only,
                                const ResolveObject& resolve);

// True if `type` has all methods and is in the type set of `constraint`.
// `constraint_position` is go/types' `constraint`: the question comes from type
// argument verification.
bool Implements(TypeContext& context, const Type* type, const Type* constraint,
                bool constraint_position, const ResolveObject& resolve,
                std::string* cause);

// `x.(type)` can succeed.
bool AssertableTo(TypeContext& context, const Type* from, const Type* to,
                  const ResolveObject& resolve, std::string* cause);

// The index of a field of `struct_type`, or -1.
int FieldIndex(const Struct* struct_type, const Package* package,
               const Name* name, bool fold_case);
// The index of a declared method of `named`'s origin, or -1.
int MethodIndex(const Named* named, const Package* package, const Name* name,
                bool fold_case);

}  // namespace gdlint::types
