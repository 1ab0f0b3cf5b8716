#include "types/substitute.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <unordered_map>
#include <utility>
#include <vector>

#include "types/object.h"
#include "types/package.h"
#include "types/type_internal.h"
#include "types/type_table.h"
#include "types/universe.h"

namespace gdlint::types {
namespace {

// What one call of Substitute may do. Types written with aliases may be
// exponentially larger than their text.
constexpr uint32_t kMaxSteps = 1 << 18;
// Results are looked up only from here on: most types are small.
constexpr uint32_t kFewSteps = 64;

// How deeply a type is nested. Parts that occur several times are measured
// once.
class DepthMeter {
 public:
  int Measure(const Type* type, int limit);

 private:
  int MeasureParts(const Type* type, int limit);
  template <typename List>
  int Max(const List& types, int limit) {
    int depth = 0;
    for (const Type* const type : types) {
      depth = std::max(depth, Measure(type, limit));
    }
    return depth;
  }
  int MaxParam(const Tuple* tuple, int limit) {
    int depth = 0;
    for (const Param& param : tuple->params) {
      depth = std::max(depth, Measure(param.type, limit));
    }
    return depth;
  }

  uint32_t steps_ = 0;
  std::unordered_map<const Type*, int> known_;
};

int DepthMeter::Measure(const Type* type, int limit) {
  if (type == nullptr || limit == 0) {
    return 0;
  }
  type = Unalias(type);
  if (++steps_ < kFewSteps) {
    return 1 + MeasureParts(type, limit - 1);
  }
  // A cycle is no nesting.
  const auto [it, is_new] = known_.try_emplace(type, 0);
  if (!is_new) {
    return it->second;
  }
  const int depth = 1 + MeasureParts(type, limit - 1);
  known_[type] = depth;
  return depth;
}

int DepthMeter::MeasureParts(const Type* type, int limit) {
  switch (type->kind) {
    case TypeKind::kArray:
      return Measure(As<Array>(type)->elem, limit);
    case TypeKind::kSlice:
      return Measure(As<Slice>(type)->elem, limit);
    case TypeKind::kPointer:
      return Measure(As<Pointer>(type)->elem, limit);
    case TypeKind::kChan:
      return Measure(As<Chan>(type)->elem, limit);
    case TypeKind::kMap:
      return std::max(Measure(As<Map>(type)->key, limit),
                      Measure(As<Map>(type)->elem, limit));
    case TypeKind::kNamed:
      return Max(As<Named>(type)->type_args, limit);
    case TypeKind::kTuple:
      return MaxParam(As<Tuple>(type), limit);
    case TypeKind::kSignature:
      return std::max(Measure(As<Signature>(type)->params, limit),
                      Measure(As<Signature>(type)->results, limit));
    case TypeKind::kStruct: {
      int depth = 0;
      for (const Var* const field : As<Struct>(type)->fields) {
        depth = std::max(depth, Measure(field->type, limit));
      }
      return depth;
    }
    case TypeKind::kInterface: {
      int depth = Max(As<Interface>(type)->embeddeds, limit);
      for (const Func* const method : As<Interface>(type)->methods) {
        depth = std::max(depth, Measure(method->type, limit));
      }
      return depth;
    }
    case TypeKind::kUnion: {
      int depth = 0;
      for (const Term& term : As<Union>(type)->terms) {
        depth = std::max(depth, Measure(term.type, limit));
      }
      return depth;
    }
    case TypeKind::kBasic:
    case TypeKind::kAlias:
    case TypeKind::kTypeParam:
      break;
  }
  return 0;
}

// One of `types` is nested more deeply than kMaxTypeDepth.
bool IsTooDeep(std::span<const Type* const> types) {
  DepthMeter meter;
  return std::ranges::any_of(types, [&](const Type* type) {
    return meter.Measure(type, kMaxTypeDepth + 1) > kMaxTypeDepth;
  });
}

thread_local bool has_given_up = false;

const Type* GiveUp() {
  NoteGivenUp();
  return InvalidType();
}

// What a substitution and those nested in it share.
struct Work {
  uint32_t steps = 0;
  std::map<std::pair<const Alias*, std::vector<const Type*>>, const Type*>
      aliases;
};

// Type parameters of a function can be in scope where it is declared.
bool IsLocal(const Named* type) {
  const TypeName* const object = type->obj;
  return object->package != nullptr && object->parent != nullptr &&
         object->parent != object->package->scope;
}

class Substituter {
 public:
  Substituter(TypeContext& context, const Substitution& substitution,
              Work& work)
      : context_(context), substitution_(substitution), work_(work) {}

  const Type* Apply(const Type* type);

 private:
  const Type* Lookup(const TypeParam* type_param) const;
  const Type* Composite(const Type* type);
  const Type* Apply(const Struct* type);
  const Tuple* Apply(const Tuple* type);
  const Type* Apply(const Signature* type);
  const Type* Apply(const Union* type);
  const Type* Apply(const Interface* type);
  const Type* Apply(const Alias* type);
  const Type* Apply(const Named* type);
  std::vector<const Type*> LocalArgs(const Named* type);
  // Empty if nothing changes.
  std::vector<const Type*> List(std::span<const Type* const> types);
  std::vector<Func*> Methods(const Interface* type);
  Func* CopyMethod(const Func* method);

  TypeContext& context_;
  const Substitution& substitution_;
  Work& work_;
  std::unordered_map<const Type*, const Type*> known_;
};

const Type* Substituter::Lookup(const TypeParam* type_param) const {
  const auto& from = substitution_.from;
  const auto to = [&](size_t i) -> const Type* {
    const Type* const arg =
        i < substitution_.to.size() ? substitution_.to[i] : nullptr;
    return arg != nullptr ? arg : type_param;
  };
  if (type_param->index < from.size() &&
      from[type_param->index] == type_param) {
    return to(type_param->index);
  }
  for (size_t i = 0; i < from.size(); ++i) {
    if (from[i] == type_param) {
      return to(i);
    }
  }
  return type_param;
}

const Type* Substituter::Apply(const Type* type) {
  if (type == nullptr) {
    return InvalidType();
  }
  if (!type->may_have_type_params) {
    return type;
  }
  if (type->kind == TypeKind::kTypeParam) {
    return Lookup(As<TypeParam>(type));
  }
  if (++work_.steps < kFewSteps) {
    return Composite(type);
  }
  if (work_.steps > kMaxSteps) {
    return GiveUp();
  }
  if (const auto it = known_.find(type); it != known_.end()) {
    return it->second;
  }
  const Type* const result = Composite(type);
  known_.emplace(type, result);
  return result;
}

const Type* Substituter::Composite(const Type* type) {
  switch (type->kind) {
    case TypeKind::kBasic:
    case TypeKind::kTypeParam:
      break;
    case TypeKind::kArray: {
      const auto* const array = As<Array>(type);
      const Type* const elem = Apply(array->elem);
      return elem == array->elem ? type : context_.ArrayOf(elem, array->length);
    }
    case TypeKind::kSlice: {
      const Type* const elem = Apply(As<Slice>(type)->elem);
      return elem == As<Slice>(type)->elem ? type : context_.SliceOf(elem);
    }
    case TypeKind::kPointer: {
      const Type* const elem = Apply(As<Pointer>(type)->elem);
      return elem == As<Pointer>(type)->elem ? type : context_.PointerTo(elem);
    }
    case TypeKind::kMap: {
      const auto* const map = As<Map>(type);
      const Type* const key = Apply(map->key);
      const Type* const elem = Apply(map->elem);
      return key == map->key && elem == map->elem ? type
                                                  : context_.MapOf(key, elem);
    }
    case TypeKind::kChan: {
      const auto* const chan = As<Chan>(type);
      const Type* const elem = Apply(chan->elem);
      return elem == chan->elem ? type : context_.ChanOf(elem, chan->direction);
    }
    case TypeKind::kStruct:
      return Apply(As<Struct>(type));
    case TypeKind::kTuple:
      return Apply(As<Tuple>(type));
    case TypeKind::kSignature:
      return Apply(As<Signature>(type));
    case TypeKind::kInterface:
      return Apply(As<Interface>(type));
    case TypeKind::kNamed:
      return Apply(As<Named>(type));
    case TypeKind::kAlias:
      return Apply(As<Alias>(type));
    case TypeKind::kUnion:
      return Apply(As<Union>(type));
  }
  return type;
}

std::vector<const Type*> Substituter::List(std::span<const Type* const> types) {
  std::vector<const Type*> result;
  for (size_t i = 0; i < types.size(); ++i) {
    const Type* const type = Apply(types[i]);
    if (type != types[i] && result.empty()) {
      result.assign(types.begin(), types.end());
    }
    if (!result.empty()) {
      result[i] = type;
    }
  }
  return result;
}

const Type* Substituter::Apply(const Struct* type) {
  std::vector<Var*> fields;
  for (size_t i = 0; i < type->fields.size(); ++i) {
    const Var* const field = type->fields[i];
    const Type* const field_type = Apply(field->type);
    if (field_type == field->type) {
      continue;
    }
    if (fields.empty()) {
      fields.assign(type->fields.begin(), type->fields.end());
    }
    Var* const copy = context_.arena().New<Var>(*field);
    copy->type = field_type;
    copy->origin = field->origin != nullptr ? field->origin : field;
    fields[i] = copy;
  }
  return fields.empty() ? type : context_.NewStruct(fields, type->tags);
}

const Tuple* Substituter::Apply(const Tuple* type) {
  std::vector<Param> params;
  for (size_t i = 0; i < type->params.size(); ++i) {
    const Type* const param = Apply(type->params[i].type);
    if (param == type->params[i].type) {
      continue;
    }
    if (params.empty()) {
      params.assign(type->params.begin(), type->params.end());
    }
    params[i].type = param;
  }
  return params.empty() ? type : context_.TupleOf(params);
}

// A generic signature keeps its own type parameters.
const Type* Substituter::Apply(const Signature* type) {
  const Tuple* const params =
      type->params != nullptr ? Apply(type->params) : nullptr;
  const Tuple* const results =
      type->results != nullptr ? Apply(type->results) : nullptr;
  if (params == type->params && results == type->results) {
    return type;
  }
  return context_.SignatureOf(type->type_params, params, results,
                              type->variadic);
}

const Type* Substituter::Apply(const Union* type) {
  std::vector<Term> terms(type->terms.begin(), type->terms.end());
  bool has_changed = false;
  for (Term& term : terms) {
    const Type* const old = std::exchange(term.type, Apply(term.type));
    has_changed |= term.type != old;
  }
  return has_changed ? context_.UnionOf(terms) : type;
}

// A copy that knows which method it stems from.
Func* Substituter::CopyMethod(const Func* method) {
  Func* const copy = context_.arena().New<Func>(*method);
  copy->origin = method->origin != nullptr ? method->origin : method;
  return copy;
}

// Copies of the methods whose types change; empty if none does.
std::vector<Func*> Substituter::Methods(const Interface* type) {
  std::vector<Func*> result;
  for (size_t i = 0; i < type->methods.size(); ++i) {
    Func* const method = type->methods[i];
    if (method->type == nullptr) {
      continue;
    }
    const Type* const method_type = Apply(method->type);
    if (method_type == method->type) {
      continue;
    }
    if (result.empty()) {
      result.assign(type->methods.begin(), type->methods.end());
    }
    result[i] = CopyMethod(method);
    result[i]->type = method_type;
  }
  return result;
}

// Methods that the old interface receives are received by the new one. (Those
// that a Named receives are up to its expansion.)
const Type* Substituter::Apply(const Interface* type) {
  std::vector<Func*> methods = Methods(type);
  const std::vector<const Type*> embeddeds = List(type->embeddeds);
  if (methods.empty() && embeddeds.empty()) {
    return type;
  }
  if (methods.empty()) {
    methods.assign(type->methods.begin(), type->methods.end());
  }
  std::vector<Func*> received;
  for (size_t i = 0; i < methods.size(); ++i) {
    if (methods[i]->recv != type) {
      continue;
    }
    if (methods[i] == type->methods[i]) {
      methods[i] = CopyMethod(methods[i]);
    }
    received.push_back(methods[i]);
  }
  const Interface* const result = context_.NewInterface(
      methods,
      embeddeds.empty() ? type->embeddeds
                        : std::span<const Type* const>(embeddeds),
      type->is_implicit);
  for (Func* const method : received) {
    method->recv = result;
  }
  return result;
}

const Type* Substituter::Apply(const Alias* type) {
  const Alias* const origin = type->origin != nullptr ? type->origin : type;
  const size_t count = origin->type_params.size();
  if (count == 0) {
    return type;
  }
  if (type->type_args.size() != count) {
    return InvalidType();
  }
  std::vector<const Type*> args = List(type->type_args);
  if (args.empty()) {
    return type;
  }
  if (IsTooDeep(args)) {
    return GiveUp();
  }
  const auto [it, is_new] =
      work_.aliases.try_emplace({origin, std::move(args)}, InvalidType());
  if (is_new) {
    const std::vector<const Type*>& to = it->first.second;
    const Type* const rhs =
        Substituter(context_, {origin->type_params, to}, work_)
            .Apply(origin->from_rhs);
    it->second = context_.InstanceOf(origin, to, rhs);
  }
  return it->second;
}

// Those of a type that is declared in a function: what replaces the function's
// type parameters, and its own.
std::vector<const Type*> Substituter::LocalArgs(const Named* type) {
  const size_t own = TypeParamsOf(type).size();
  if (type->type_args.size() > own) {
    // Made here before.
    return List(type->type_args);
  }
  std::vector<const Type*> args;
  for (const TypeParam* const param : ImplicitTypeParams(type->origin)) {
    args.push_back(param);
  }
  args.insert(args.end(), type->type_args.begin(), type->type_args.end());
  return List(args);
}

const Type* Substituter::Apply(const Named* type) {
  const size_t count = TypeParamsOf(type).size();
  const bool is_local = IsLocal(type);
  if (is_local ? type->type_args.size() < count
               : type->type_args.size() != count) {
    return InvalidType();
  }
  std::vector<const Type*> args =
      is_local ? LocalArgs(type) : List(type->type_args);
  if (args.empty()) {
    return type;
  }
  // Within its function, where those stand for themselves, a type is written
  // without the function's type parameters: there is one form of each.
  if (is_local && count != 0 && args.size() > count) {
    const std::vector<const TypeParam*> implicit =
        ImplicitTypeParams(type->origin);
    if (std::ranges::equal(implicit,
                           args | std::views::take(implicit.size()))) {
      args.erase(args.begin(),
                 args.begin() + static_cast<ptrdiff_t>(implicit.size()));
    }
  }
  return IsTooDeep(args) ? GiveUp()
                         : static_cast<const Type*>(
                               context_.InstanceOf(type->origin, args));
}

}  // namespace

void NoteGivenUp() { has_given_up = true; }

bool TakeGivenUp() {
  // Mostly there is nothing to write.
  return has_given_up && std::exchange(has_given_up, false);
}

const Type* Substitute(TypeContext& context, const Type* type,
                       const Substitution& substitution) {
  if (type == nullptr || substitution.from.empty() ||
      !type->may_have_type_params) {
    return type;
  }
  Work work;
  return Substituter(context, substitution, work).Apply(type);
}

}  // namespace gdlint::types
