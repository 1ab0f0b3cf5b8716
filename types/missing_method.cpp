#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "types/lookup.h"
#include "types/lookup_internal.h"
#include "types/package.h"
#include "types/predicates.h"
#include "types/type_set.h"
#include "types/type_string.h"
#include "types/type_table.h"
#include "types/universe.h"

namespace gdlint::types {
namespace {

// Why a method counts as missing.
enum class Lack {
  kNothing,
  kNotFound,
  // There is one whose name differs in case only.
  kWrongName,
  // There is one of that name in another package.
  kUnexported,
  kWrongType,
  kAmbiguous,
  kPointerReceiver,
  kField,
};

struct Verdict {
  Lack lack = Lack::kNothing;
  const Func* wanted = nullptr;
  // What was found instead, and as whose method.
  Func* found = nullptr;
  const Named* owner = nullptr;
};

class MethodCheck {
 public:
  MethodCheck(TypeContext& context, const Type* type, bool static_only,
              const EquivalentTypes* equivalent, const ResolveObject& resolve)
      : context_(context),
        type_(type),
        static_only_(static_only),
        equivalent_(equivalent),
        resolve_(resolve) {}

  // The first of `methods` that is lacking.
  Verdict Run(std::span<Func* const> methods);
  std::string Cause(const Verdict& verdict);

 private:
  Verdict CheckInterface(const TypeSet& type_set, Func* wanted);
  Verdict CheckOther(Func* wanted);
  Verdict NotFound(Func* wanted);
  bool HasSameType(Func* found, const Named* owner, Func* wanted);
  std::string NotFoundCause(const Func* wanted);
  std::string WrongTypeCause(const Verdict& verdict);
  std::string HaveWant(std::string_view problem, const Verdict& verdict,
                       const std::string& have, const std::string& want);
  std::string MethodText(const Func* method, const Signature* signature,
                         const TypeStringOptions& options);

  TypeContext& context_;
  const Type* type_;
  bool static_only_;
  const EquivalentTypes* equivalent_;
  const ResolveObject& resolve_;
};

bool MethodCheck::HasSameType(Func* found, const Named* owner, Func* wanted) {
  const Signature* const have =
      FoundSignature(context_, found, owner, resolve_);
  const Signature* const want =
      FoundSignature(context_, wanted, nullptr, resolve_);
  return have == want || (equivalent_ != nullptr ? (*equivalent_)(have, want)
                                                 : Identical(have, want));
}

Verdict MethodCheck::CheckInterface(const TypeSet& type_set, Func* wanted) {
  Func* const found =
      type_set.LookupMethod(wanted->package, wanted->name, false);
  if (found == nullptr) {
    return {static_only_ ? Lack::kNotFound : Lack::kNothing, wanted};
  }
  if (!HasSameType(found, nullptr, wanted)) {
    return {Lack::kWrongType, wanted, found};
  }
  return {};
}

Verdict MethodCheck::NotFound(Func* wanted) {
  const LookupResult folded =
      LookupDirectly(type_, false, wanted->package, wanted->name, true);
  Func* const found = TryAs<Func>(folded.object);
  if (found == nullptr) {
    return {Lack::kNotFound, wanted};
  }
  return {found->name == wanted->name ? Lack::kUnexported : Lack::kWrongName,
          wanted, found, folded.method_owner};
}

Verdict MethodCheck::CheckOther(Func* wanted) {
  const LookupResult result =
      LookupDirectly(type_, false, wanted->package, wanted->name);
  if (result.object == nullptr) {
    if (result.is_ambiguous) {
      return {Lack::kAmbiguous, wanted};
    }
    if (result.needs_pointer) {
      return {Lack::kPointerReceiver, wanted};
    }
    return NotFound(wanted);
  }
  Func* const found = TryAs<Func>(result.object);
  if (found == nullptr) {
    return {Lack::kField, wanted};
  }
  if (!HasSameType(found, result.method_owner, wanted)) {
    return {Lack::kWrongType, wanted, found, result.method_owner};
  }
  return {};
}

Verdict MethodCheck::Run(std::span<Func* const> methods) {
  const Interface* const interface = UnderAs<Interface>(type_);
  for (Func* const wanted : methods) {
    const Verdict verdict = interface != nullptr
                                ? CheckInterface(*TypeSetOf(interface), wanted)
                                : CheckOther(wanted);
    if (verdict.lack != Lack::kNothing) {
      return verdict;
    }
  }
  return {};
}

std::string MethodCheck::MethodText(const Func* method,
                                    const Signature* signature,
                                    const TypeStringOptions& options) {
  std::string text(method->name->text());
  AppendSignature(signature, options, text);
  return text;
}

std::string MethodCheck::NotFoundCause(const Func* wanted) {
  const Pointer* const pointer = UnderAs<Pointer>(type_);
  if (pointer != nullptr && IsInterface(pointer->elem)) {
    return "(type " + resolve_.Text(type_) +
           (IsTypeParam(pointer->elem)
                ? " is pointer to type parameter, not type parameter)"
                : " is pointer to interface, not interface)");
  }
  return "(missing method " + std::string(wanted->name->text()) + ")";
}

std::string MethodCheck::HaveWant(std::string_view problem,
                                  const Verdict& verdict,
                                  const std::string& have,
                                  const std::string& want) {
  return "(" + std::string(problem) + " " +
         std::string(verdict.wanted->name->text()) + ")\n\t\thave " + have +
         "\n\t\twant " + want;
}

std::string MethodCheck::WrongTypeCause(const Verdict& verdict) {
  const Signature* const have =
      FoundSignature(context_, verdict.found, verdict.owner, resolve_);
  const Signature* const want = MethodSignature(context_, verdict.wanted, {});
  const bool is_name = verdict.lack == Lack::kWrongName;
  for (TypeStringOptions options :
       {resolve_.TextOptions(), TypeStringOptions()}) {
    options.param_names = false;
    const std::string have_text = MethodText(verdict.found, have, options);
    const std::string want_text = MethodText(verdict.wanted, want, options);
    // If both read the same, try once more with paths.
    if (is_name || have_text != want_text) {
      return HaveWant(is_name ? "missing method" : "wrong type for method",
                      verdict, have_text, want_text);
    }
  }
  return "(wrong type for method " + std::string(verdict.wanted->name->text()) +
         ")";
}

std::string MethodCheck::Cause(const Verdict& verdict) {
  const std::string name(verdict.wanted->name->text());
  switch (verdict.lack) {
    case Lack::kNothing:
      break;
    case Lack::kNotFound:
      return NotFoundCause(verdict.wanted);
    case Lack::kWrongName:
    case Lack::kWrongType:
      return WrongTypeCause(verdict);
    case Lack::kUnexported:
      return "(unexported method " + name + ")";
    case Lack::kAmbiguous:
      return "(ambiguous selector " + resolve_.Text(type_) + "." + name + ")";
    case Lack::kPointerReceiver:
      return "(method " + name + " has pointer receiver)";
    case Lack::kField:
      return "(" + resolve_.Text(type_) + "." + name +
             " is a field, not a method)";
  }
  return {};
}

// `type`, or what it points to, is a struct with an embedded field of invalid
// type, at any depth: it might have any method. As for go/types, interfaces are
// not looked into.
bool HasInvalidEmbedded(const Type* type,
                        std::unordered_set<const Struct*>& seen) {
  const Type* under = Under(type);
  if (const Pointer* const pointer = TryAs<Pointer>(under)) {
    under = Under(pointer->elem);
  }
  const Struct* const struct_type = TryAs<Struct>(under);
  if (struct_type == nullptr || seen.size() > kMaxEmbedded ||
      !seen.insert(struct_type).second) {
    return false;
  }
  for (const Var* const field : struct_type->fields) {
    if (field->is_embedded &&
        (field->type == nullptr || !IsValid(field->type) ||
         HasInvalidEmbedded(field->type, seen))) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool HasUnknownEmbedded(const Type* type) {
  std::vector<const Type*> pending = {type};
  std::unordered_set<const Type*> seen;
  while (!pending.empty() && seen.size() <= kMaxEmbedded) {
    const Type* const next = pending.back();
    pending.pop_back();
    const Type* const under = next != nullptr ? Under(next) : nullptr;
    if (under == nullptr || !IsValid(under)) {
      return true;
    }
    if (!seen.insert(under).second) {
      continue;
    }
    if (const auto* const pointer = TryAs<Pointer>(under)) {
      pending.push_back(pointer->elem);
    } else if (const auto* const interface = TryAs<Interface>(under)) {
      pending.insert(pending.end(), interface->embeddeds.begin(),
                     interface->embeddeds.end());
    } else if (const auto* const one_of = TryAs<Union>(under)) {
      for (const Term& term : one_of->terms) {
        pending.push_back(term.type);
      }
    } else if (const auto* const struct_type = TryAs<Struct>(under)) {
      for (const Var* const field : struct_type->fields) {
        if (field->is_embedded) {
          pending.push_back(field->type);
        }
      }
    }
  }
  return false;
}

const Signature* FoundSignature(TypeContext& context, Func* method,
                                const Named* owner,
                                const ResolveObject& resolve) {
  if (method->type == nullptr || owner != nullptr) {
    resolve(method);
  }
  return MethodSignature(context, method, owner);
}

MissingMethod FindMissingMethod(TypeContext& context, const Type* type,
                                const Interface* interface, bool static_only,
                                const ResolveObject& resolve) {
  MethodCheck check(context, type, static_only, nullptr, resolve);
  const Verdict verdict = check.Run(TypeSetOf(interface)->methods);
  if (verdict.lack == Lack::kNothing) {
    return {};
  }
  return {verdict.wanted,
          verdict.lack == Lack::kWrongType ||
              verdict.lack == Lack::kPointerReceiver,
          check.Cause(verdict)};
}

bool HasAllMethods(TypeContext& context, const Type* type,
                   const Interface* interface, bool static_only,
                   const EquivalentTypes* equivalent,
                   const ResolveObject& resolve, std::string* cause) {
  if (!IsValid(type)) {
    return true;
  }
  MethodCheck check(context, type, static_only, equivalent, resolve);
  const Verdict verdict = check.Run(TypeSetOf(interface)->methods);
  if (verdict.lack == Lack::kNothing) {
    return true;
  }
  std::unordered_set<const Struct*> seen;
  if (HasInvalidEmbedded(type, seen)) {
    return true;
  }
  if (cause != nullptr) {
    *cause = check.Cause(verdict);
  }
  return false;
}

bool AssertableTo(TypeContext& context, const Type* from, const Type* to,
                  const ResolveObject& resolve, std::string* cause) {
  if (IsInterface(to)) {
    return true;
  }
  const Interface* const interface = UnderAs<Interface>(from);
  return interface == nullptr ||
         HasAllMethods(context, to, interface, false, nullptr, resolve, cause);
}

std::string PlaceText(const Place& place) {
  if (place.file == nullptr || place.file->source == nullptr ||
      !place.is_valid()) {
    return "-";
  }
  const source::LineColumn at = place.file->Lines().Find(place.pos);
  return place.file->source->name() + ":" + std::to_string(at.line) + ":" +
         std::to_string(at.column);
}

}  // namespace gdlint::types
