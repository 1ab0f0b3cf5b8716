#include "types/infer.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "types/lookup_internal.h"
#include "types/predicates.h"
#include "types/substitute.h"
#include "types/type_set.h"
#include "types/type_table.h"
#include "types/universe.h"

namespace gdlint::types {
namespace {

// From here on interfaces take part in unification, and untyped constants of
// different kinds go together.
constexpr uint32_t kInterfaceInference = 21;

std::string NameOf(const TypeParam* type_param) {
  return std::string(type_param->obj->name->text());
}

// "P", "P and Q", "P, Q, and R".
std::string ListText(std::span<const TypeParam* const> type_params) {
  std::string text = NameOf(type_params.front());
  for (size_t i = 1; i < type_params.size(); ++i) {
    if (type_params.size() > 2) {
      text += ',';
    }
    text += i + 1 == type_params.size() ? " and " : " ";
    text += NameOf(type_params[i]);
  }
  return text;
}

// The type that a constraint is about: its only specific type, or else the
// common underlying type of all of them.
struct CoreTerm {
  const Type* type = nullptr;
  bool tilde = false;
  bool is_single = false;
};

CoreTerm CoreTermOf(TypeContext& context, const TypeParam* type_param) {
  const TypeSet& type_set = *TypeSetOf(ConstraintInterface(type_param));
  if (!type_set.HasTerms()) {
    return {};
  }
  if (type_set.terms.size() == 1) {
    return {type_set.terms[0].type, type_set.terms[0].tilde, true};
  }
  return {CommonUnder(context, type_param),
          std::ranges::any_of(type_set.terms, &TypeTerm::tilde), false};
}

// Forgets types that contain their own type parameter, directly or through
// others: replacing the parameter in them would never end.
class CycleKiller {
 public:
  CycleKiller(std::span<const TypeParam* const> type_params,
              std::vector<const Type*>& inferred)
      : type_params_(type_params), inferred_(inferred) {}

  void Run() {
    for (const TypeParam* const param : type_params_) {
      Visit(param);
    }
  }

 private:
  // Of types on cycles; aliases may make one type part of many.
  static constexpr uint32_t kMaxVisits = 1 << 14;

  void Visit(const Type* type);
  void VisitParam(const TypeParam* type_param);
  void VisitParts(const Type* type);
  void VisitTuple(const Tuple* tuple) {
    if (tuple != nullptr) {
      for (const Param& param : tuple->params) {
        Visit(param.type);
      }
    }
  }
  size_t Find(const Type* type) const {
    const auto it = std::ranges::find(type_params_, type);
    return static_cast<size_t>(it - type_params_.begin());
  }

  std::span<const TypeParam* const> type_params_;
  std::vector<const Type*>& inferred_;
  // On the path that leads here.
  std::unordered_set<const Type*> path_;
  // No cycle goes through them.
  std::unordered_set<const Type*> done_;
  uint32_t cycles_ = 0;
  uint32_t visits_ = 0;
};

void CycleKiller::Visit(const Type* type) {
  type = Unalias(type);
  if (type == nullptr || !type->may_have_type_params || done_.contains(type)) {
    return;
  }
  if (!path_.insert(type).second) {
    ++cycles_;
    const size_t i = Find(type);
    if (i < type_params_.size()) {
      inferred_[i] = nullptr;
    }
    return;
  }
  const uint32_t cycles = cycles_;
  if (const TypeParam* const param = TryAs<TypeParam>(type)) {
    VisitParam(param);
  } else {
    VisitParts(type);
  }
  path_.erase(type);
  // A cycle may be closed by a type that two parameters share, which is not the
  // place to break it: what leads there is looked at again from elsewhere.
  if (cycles == cycles_ || ++visits_ > kMaxVisits) {
    done_.insert(type);
  }
}

void CycleKiller::VisitParam(const TypeParam* type_param) {
  const size_t i = Find(type_param);
  if (i < type_params_.size() && inferred_[i] != nullptr) {
    Visit(inferred_[i]);
  }
}

void CycleKiller::VisitParts(const Type* type) {
  switch (type->kind) {
    case TypeKind::kArray:
      return Visit(As<Array>(type)->elem);
    case TypeKind::kSlice:
      return Visit(As<Slice>(type)->elem);
    case TypeKind::kPointer:
      return Visit(As<Pointer>(type)->elem);
    case TypeKind::kChan:
      return Visit(As<Chan>(type)->elem);
    case TypeKind::kMap:
      Visit(As<Map>(type)->key);
      return Visit(As<Map>(type)->elem);
    case TypeKind::kTuple:
      return VisitTuple(As<Tuple>(type));
    case TypeKind::kSignature:
      VisitTuple(As<Signature>(type)->params);
      return VisitTuple(As<Signature>(type)->results);
    case TypeKind::kStruct:
      for (const Var* const field : As<Struct>(type)->fields) {
        Visit(field->type);
      }
      return;
    case TypeKind::kUnion:
      for (const Term& term : As<Union>(type)->terms) {
        Visit(term.type);
      }
      return;
    case TypeKind::kInterface:
      for (const Func* const method : As<Interface>(type)->methods) {
        Visit(method->type);
      }
      for (const Type* const embedded : As<Interface>(type)->embeddeds) {
        Visit(embedded);
      }
      return;
    case TypeKind::kNamed:
      for (const Type* const arg : As<Named>(type)->type_args) {
        Visit(arg);
      }
      return;
    case TypeKind::kBasic:
    case TypeKind::kAlias:
    case TypeKind::kTypeParam:
      return;
  }
}

// One call of Infer that has something to find.
class Inference {
 public:
  Inference(TypeContext& context, const InferenceInput& input,
            const ResolveObject& resolve,
            const std::function<std::string(const Operand&)>& describe)
      : context_(context),
        input_(input),
        resolve_(resolve),
        describe_(describe),
        given_(FullArgs(input)),
        unifier_(context, input.type_params, given_,
                 input.minor_version >= kInterfaceInference, resolve) {}

  InferenceResult Run();

 private:
  static std::vector<const Type*> FullArgs(const InferenceInput& input) {
    std::vector<const Type*> args(input.type_args.begin(),
                                  input.type_args.end());
    args.resize(input.type_params.size(), nullptr);
    return args;
  }

  // Each step returns false after an error.
  void ReplaceGiven();
  bool UseArguments();
  bool UseConstraints();
  bool UseConstraint(const TypeParam* type_param);
  bool UseCore(const TypeParam* type_param, const Type* known);
  bool UseMethods(const TypeParam* type_param, const Type* known);
  bool UseUntyped();
  bool Simplify();
  bool CheckComplete();

  void FailArgument(size_t index);
  bool Fail(int arg_index, std::string error) {
    result_.error = std::move(error);
    result_.arg_index = arg_index;
    return false;
  }
  std::string NotSatisfied(const TypeParam* type_param,
                           const Type* known) const {
    return NameOf(type_param) + " (type " + resolve_.Text(known) +
           ") does not satisfy " + resolve_.Text(BoundOf(type_param));
  }
  bool MentionsParams(const Type* type) const {
    return type != nullptr && type->may_have_type_params &&
           IsParameterized(input_.type_params, type);
  }
  const Type* SimplifyOnce(const Type* type, const Substitution& substitution);

  TypeContext& context_;
  const InferenceInput& input_;
  const ResolveObject& resolve_;
  const std::function<std::string(const Operand&)>& describe_;
  std::vector<const Type*> given_;
  Unifier unifier_;
  std::vector<const Type*> param_types_;
  // Arguments that are untyped constants, for type parameters.
  std::vector<size_t> untyped_;
  std::vector<const Type*> inferred_;
  InferenceResult result_;
};

// Parameters whose type arguments are given are not matched but assigned to,
// later.
void Inference::ReplaceGiven() {
  const Substitution substitution = {input_.type_params, given_};
  param_types_.reserve(input_.params.size());
  for (const Param& param : input_.params) {
    param_types_.push_back(Substitute(context_, param.type, substitution));
  }
}

void Inference::FailArgument(size_t index) {
  const Operand& arg = input_.args[index];
  const Type* const param = param_types_[index];
  const std::string type = resolve_.Text(arg.type);
  const std::string of = describe_(arg);
  const std::vector<const Type*> known = unifier_.Inferred(input_.type_params);
  const int at = static_cast<int>(index);
  if (std::ranges::all_of(known, [](const Type* t) { return t == nullptr; })) {
    Fail(at, "type " + type + " of " + of + " does not match " +
                 resolve_.Text(param) + " (cannot infer " +
                 ListText(input_.type_params) + ")");
    return;
  }
  const Type* const inferred =
      Substitute(context_, param, {input_.type_params, known});
  if (inferred == param) {
    Fail(at, "type " + type + " of " + of + " does not match " +
                 resolve_.Text(param));
  } else if (input_.reverse) {
    Fail(at, "inferred type " + resolve_.Text(inferred) + " for " +
                 resolve_.Text(param) + " does not match type " + type +
                 " of " + of);
  } else {
    Fail(at, "type " + type + " of " + of + " does not match inferred type " +
                 resolve_.Text(inferred) + " for " + resolve_.Text(param));
  }
}

bool Inference::UseArguments() {
  for (size_t i = 0; i < input_.args.size() && i < param_types_.size(); ++i) {
    const Operand& arg = input_.args[i];
    const Type* const param = param_types_[i];
    if (!MentionsParams(param) && !MentionsParams(arg.type)) {
      continue;
    }
    if (IsTyped(arg.type)) {
      if (!unifier_.Unify(param, arg.type, Unifier::kAssign)) {
        FailArgument(i);
        return false;
      }
    } else if (param->kind == TypeKind::kTypeParam && !arg.is_nil()) {
      untyped_.push_back(i);
    }
  }
  return true;
}

bool Inference::UseCore(const TypeParam* type_param, const Type* known) {
  const CoreTerm core = CoreTermOf(context_, type_param);
  if (core.type == nullptr) {
    return true;
  }
  if (known != nullptr) {
    return unifier_.Unify(known, core.type, 0) ||
           Fail(-1, NotSatisfied(type_param, known));
  }
  if (core.is_single && !core.tilde) {
    unifier_.Set(type_param, core.type);
  }
  return true;
}

bool Inference::UseMethods(const TypeParam* type_param, const Type* known) {
  // The methods of what is still to be replaced are not the final ones.
  if (known == nullptr || MentionsParams(known)) {
    return true;
  }
  const EquivalentTypes unify = [&](const Type* x, const Type* y) {
    return unifier_.Unify(x, y, Unifier::kExact);
  };
  std::string cause;
  return HasAllMethods(context_, known, ConstraintInterface(type_param), true,
                       &unify, resolve_, &cause) ||
         Fail(-1, NotSatisfied(type_param, known) + " " + cause);
}

bool Inference::UseConstraint(const TypeParam* type_param) {
  const Type* const known = unifier_.At(type_param);
  return UseCore(type_param, known) && UseMethods(type_param, known);
}

bool Inference::UseConstraints() {
  unsigned unknown_before = 0;
  do {
    unknown_before = unifier_.unknown_count();
    if (!std::ranges::all_of(input_.type_params, [&](const TypeParam* param) {
          return UseConstraint(param);
        })) {
      return false;
    }
  } while (unifier_.unknown_count() != unknown_before);
  return true;
}

// What is left takes the default type of its untyped constants.
bool Inference::UseUntyped() {
  struct Largest {
    const TypeParam* param;
    const Type* type;
  };
  std::vector<Largest> largest;
  for (const size_t index : untyped_) {
    const auto* const param = As<TypeParam>(param_types_[index]);
    if (unifier_.At(param) != nullptr) {
      continue;
    }
    const Type* const type = input_.args[index].type;
    const auto it = std::ranges::find(largest, param, &Largest::param);
    if (it == largest.end()) {
      largest.push_back({param, type});
      continue;
    }
    const Type* const larger = MaxUntyped(it->type, type);
    if (larger == nullptr) {
      return Fail(static_cast<int>(index),
                  "mismatched types " + resolve_.Text(it->type) + " and " +
                      resolve_.Text(type) + " (cannot infer " + NameOf(param) +
                      ")");
    }
    it->type = larger;
  }
  for (const Largest& item : largest) {
    unifier_.Set(item.param, Default(item.type));
  }
  return true;
}

const Type* Inference::SimplifyOnce(const Type* type,
                                    const Substitution& substitution) {
  const Type* const simpler = Substitute(context_, type, substitution);
  const Signature* const signature = TryAs<Signature>(simpler);
  // A generic function as argument, all of whose parameters are known now, is
  // generic no more.
  if (simpler != type && signature != nullptr &&
      !signature->type_params.empty() && !MentionsParams(signature)) {
    return context_.SignatureOf({}, signature->params, signature->results,
                                signature->variadic);
  }
  return simpler;
}

// Inferred types may speak of other type parameters: replaces those until
// nothing changes.
bool Inference::Simplify() {
  inferred_ = unifier_.Inferred(input_.type_params);
  CycleKiller(input_.type_params, inferred_).Run();
  std::vector<size_t> dirty;
  for (size_t i = 0; i < inferred_.size(); ++i) {
    if (inferred_[i] != nullptr && given_[i] == nullptr) {
      dirty.push_back(i);
    }
  }
  // Without cycles each round settles a parameter.
  for (size_t round = 0; !dirty.empty() && round <= inferred_.size(); ++round) {
    const std::vector<const Type*> before = inferred_;
    const Substitution substitution = {input_.type_params, before};
    std::erase_if(dirty, [&](size_t i) {
      const Type* const simpler = SimplifyOnce(before[i], substitution);
      return std::exchange(inferred_[i], simpler) == simpler;
    });
  }
  return true;
}

bool Inference::CheckComplete() {
  for (size_t i = 0; i < inferred_.size(); ++i) {
    if (inferred_[i] == nullptr || MentionsParams(inferred_[i])) {
      const TypeName* const name = input_.type_params[i]->obj;
      return Fail(-1, "cannot infer " + std::string(name->name->text()) +
                          " (declared at " + PlaceText(name->place) + ")");
    }
  }
  result_.type_args = std::move(inferred_);
  return true;
}

InferenceResult Inference::Run() {
  ReplaceGiven();
  if (UseArguments() && UseConstraints() && UseUntyped() && Simplify()) {
    CheckComplete();
  }
  return std::move(result_);
}

}  // namespace

InferenceResult Infer(
    TypeContext& context, const InferenceInput& input,
    const ResolveObject& resolve,
    const std::function<std::string(const Operand&)>& describe) {
  const auto is_unknown = [](const Type* type) { return type == nullptr; };
  if (input.type_args.size() == input.type_params.size() &&
      std::ranges::none_of(input.type_args, is_unknown)) {
    InferenceResult result;
    result.type_args.assign(input.type_args.begin(), input.type_args.end());
    return result;
  }
  // What an invalid argument would have told is not known, and its error has
  // been reported.
  const auto is_invalid = [](const Operand& arg) { return !arg.is_valid(); };
  if (std::ranges::any_of(input.args, is_invalid)) {
    return {};
  }
  return Inference(context, input, resolve, describe).Run();
}

RenamedTypeParams RenameTypeParams(
    TypeContext& context, std::span<const TypeParam* const> type_params,
    const Type* type) {
  if (type_params.empty()) {
    return {type_params, type};
  }
  std::vector<TypeParam*> renamed;
  std::vector<const Type*> types;
  for (const TypeParam* const param : type_params) {
    TypeName* const name = context.arena().New<TypeName>();
    name->name = param->obj->name;
    name->package = param->obj->package;
    name->place = param->obj->place;
    renamed.push_back(context.NewTypeParam(name, param->index));
    types.push_back(renamed.back());
  }
  const Substitution substitution = {type_params, types};
  for (size_t i = 0; i < renamed.size(); ++i) {
    renamed[i]->bound =
        Substitute(context, BoundOf(type_params[i]), substitution);
  }
  const std::span<const TypeParam*> list =
      context.arena().NewArray<const TypeParam*>(renamed.size());
  std::ranges::copy(renamed, list.begin());
  return {list, Substitute(context, type, substitution)};
}

}  // namespace gdlint::types
