// Type inference, after the spec's section of that name.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "types/lookup.h"
#include "types/operand.h"
#include "types/type.h"

namespace gdlint::types {

class TypeContext;

// What is known and what is to be found.
struct InferenceInput {
  std::span<const TypeParam* const> type_params;
  // As many as type_params, null where not given; or fewer.
  std::span<const Type* const> type_args;
  // Of the call: parameter i belongs to argument i.
  std::span<const Param> params;
  std::span<const Operand> args;
  // Go 1.21 and up: untyped constants of different kinds go together, and
  // interface inference is enabled.
  uint32_t minor_version;
  // Assignment of a generic function to a variable: see go/types' `reverse`.
  bool reverse = false;
};

struct InferenceResult {
  // One for each type parameter; empty if inference failed.
  std::vector<const Type*> type_args;
  // go/types' words: "cannot infer T", "type X of y does not match Y (…)".
  std::string error;
  // The argument that does not fit, or -1: the place is then the call's.
  int arg_index = -1;
};

// `describe(operand)` is the text of an argument in messages.
InferenceResult Infer(
    TypeContext& context, const InferenceInput& input,
    const ResolveObject& resolve,
    const std::function<std::string(const Operand&)>& describe);

// Type parameters of their own for a use of what is generic in `type_params`,
// and `type` in terms of them. Needed before Infer where the types of the
// arguments may mention the same type parameters: in recursive calls, and for
// generic functions as arguments. The type parameters that a generic signature
// itself lists stay; see TypeContext::SignatureOf.
struct RenamedTypeParams {
  std::span<const TypeParam* const> type_params;
  const Type* type = nullptr;
};
RenamedTypeParams RenameTypeParams(
    TypeContext& context, std::span<const TypeParam* const> type_params,
    const Type* type);

// The core of it. Finds type arguments that make pairs of types identical (or
// assignable), after the spec's "Type unification".
class Unifier {
 public:
  enum ModeBits : unsigned {
    kAssign = 1 << 0,
    kExact = 1 << 1,
  };

  Unifier(TypeContext& context, std::span<const TypeParam* const> type_params,
          std::span<const Type* const> type_args,
          bool enable_interface_inference, const ResolveObject& resolve);
  ~Unifier();

  bool Unify(const Type* x, const Type* y, unsigned mode);
  // Null if not known.
  const Type* At(const TypeParam* type_param) const;
  void Set(const TypeParam* type_param, const Type* type);
  bool Join(const TypeParam* x, const TypeParam* y);
  unsigned unknown_count() const;
  // In the order of the type parameters, null where not known.
  std::vector<const Type*> Inferred(
      std::span<const TypeParam* const> type_params) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gdlint::types
