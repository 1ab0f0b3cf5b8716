#include "interp/run_type.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "interp/type_name.h"
#include "support/invariant.h"
#include "types/lookup.h"
#include "types/method_set.h"
#include "types/package.h"
#include "types/predicates.h"
#include "types/type_set.h"
#include "types/universe.h"

namespace gdlint::interp {

// Parts that are made when first asked for.
struct RunType::Lazy {
  std::string name;
  std::optional<std::string> local_name;
  const RunType* elem = nullptr;
  const RunType* key = nullptr;
  const RunType* pointer = nullptr;
  std::optional<std::vector<RunField>> fields;
  std::optional<std::vector<const RunType*>> params;
  std::optional<std::vector<const RunType*>> results;
  std::optional<std::vector<RunMethod>> methods;
  std::unordered_map<const types::Func*, const RunMethod*> by_interface_method;
  // By interface: the method that is missing, null if none is.
  std::unordered_map<const RunType*, const RunMethod*> missing;
};

RunType::RunType() : lazy(std::make_unique<Lazy>()) {}
RunType::~RunType() = default;

namespace {

std::string_view PathOf(const types::Object* object) {
  return object->name->is_exported || object->package == nullptr
             ? std::string_view()
             : std::string_view(object->package->path);
}

const types::Signature* SignatureOf(types::TypeTable& table,
                                    const types::MethodSetEntry& entry) {
  types::TypeContext context(table);
  return entry.owner != nullptr
             ? types::MethodSignature(context, entry.method, entry.owner)
             : entry.method->signature();
}

void SortMethods(std::vector<RunMethod>& methods) {
  std::ranges::sort(methods, [](const RunMethod& a, const RunMethod& b) {
    return std::tuple(!a.is_exported, a.name, a.package_path) <
           std::tuple(!b.is_exported, b.name, b.package_path);
  });
}

}  // namespace

std::string_view RunType::name() const {
  if (lazy->name.empty()) {
    lazy->name = RunTypeName(type);
  }
  return lazy->name;
}

std::string_view RunType::local_name() const {
  if (!lazy->local_name) {
    if (named != nullptr) {
      lazy->local_name = RunTypeLocalName(named);
    } else if (kind == Kind::kUnsafePointer) {
      lazy->local_name = "Pointer";
    } else {
      lazy->local_name =
          under->kind == types::TypeKind::kBasic ? std::string(name()) : "";
    }
  }
  return *lazy->local_name;
}

std::string_view RunType::package_path() const {
  if (named == nullptr) {
    return kind == Kind::kUnsafePointer ? "unsafe" : "";
  }
  const types::Package* const package = named->obj->package;
  return package == nullptr ? std::string_view() : package->path;
}

const RunType* RunType::elem() const {
  if (lazy->elem == nullptr) {
    const types::Type* elem_type = nullptr;
    switch (under->kind) {
      case types::TypeKind::kArray:
        elem_type = types::As<types::Array>(under)->elem;
        break;
      case types::TypeKind::kSlice:
        elem_type = types::As<types::Slice>(under)->elem;
        break;
      case types::TypeKind::kPointer:
        elem_type = types::As<types::Pointer>(under)->elem;
        break;
      case types::TypeKind::kMap:
        elem_type = types::As<types::Map>(under)->elem;
        break;
      case types::TypeKind::kChan:
        elem_type = types::As<types::Chan>(under)->elem;
        break;
      default:
        return nullptr;
    }
    lazy->elem = table->Of(elem_type);
  }
  return lazy->elem;
}

const RunType* RunType::key() const {
  if (lazy->key == nullptr && kind == Kind::kMap) {
    lazy->key = table->Of(types::As<types::Map>(under)->key);
  }
  return lazy->key;
}

int64_t RunType::length() const {
  return kind == Kind::kArray ? types::As<types::Array>(under)->length : 0;
}

types::ChanDirection RunType::direction() const {
  return types::As<types::Chan>(under)->direction;
}

std::span<const RunField> RunType::fields() const {
  if (!lazy->fields) {
    std::vector<RunField> fields;
    if (const auto* const s = types::TryAs<types::Struct>(under)) {
      for (size_t i = 0; i < s->fields.size(); ++i) {
        const types::Var* const var = s->fields[i];
        fields.push_back({.name = var->name->text(),
                          .package_path = PathOf(var),
                          .tag = s->tags.empty() ? "" : s->tags[i],
                          .type = table->Of(var->type),
                          .offset = layout->offsets[i],
                          .is_embedded = var->is_embedded,
                          .is_exported = var->name->is_exported,
                          .var = var});
      }
    }
    lazy->fields = std::move(fields);
  }
  return *lazy->fields;
}

std::span<const RunType* const> RunType::params() const {
  if (!lazy->params) {
    std::vector<const RunType*> params;
    if (const auto* const s = types::TryAs<types::Signature>(under)) {
      for (const types::Param& param : s->params->params) {
        params.push_back(table->Of(param.type));
      }
    }
    lazy->params = std::move(params);
  }
  return *lazy->params;
}

std::span<const RunType* const> RunType::results() const {
  if (!lazy->results) {
    std::vector<const RunType*> results;
    if (const auto* const s = types::TryAs<types::Signature>(under)) {
      for (const types::Param& param : s->results->params) {
        results.push_back(table->Of(param.type));
      }
    }
    lazy->results = std::move(results);
  }
  return *lazy->results;
}

bool RunType::is_variadic() const {
  const auto* const s = types::TryAs<types::Signature>(under);
  return s != nullptr && s->variadic;
}

std::span<const RunMethod> RunType::methods() const {
  if (lazy->methods) {
    return *lazy->methods;
  }
  std::vector<RunMethod> methods;
  if (is_interface()) {
    const auto* const set =
        types::TypeSetOf(types::As<types::Interface>(under));
    for (const types::Func* const func : set->methods) {
      methods.push_back({.name = func->name->text(),
                         .package_path = PathOf(func),
                         .type = table->Of(func->signature()),
                         .is_exported = func->name->is_exported,
                         .func = func});
    }
  } else {
    const types::Type* const bare = types::Unalias(type);
    const auto* const pointer = types::TryAs<types::Pointer>(bare);
    for (const types::MethodSetEntry& entry : types::MethodSetOf(bare)) {
      const types::Func* const func = entry.method;
      if (func->name->is_blank) {
        continue;
      }
      const bool is_own = entry.index.size() == 1 && entry.owner != nullptr &&
                          func->has_pointer_recv == (pointer != nullptr);
      methods.push_back(
          {.name = func->name->text(),
           .package_path = PathOf(func),
           .type = table->Of(SignatureOf(table->type_table(), entry)),
           .is_exported = func->name->is_exported,
           .func = func,
           .owner = entry.owner,
           .is_own = is_own});
    }
  }
  SortMethods(methods);
  lazy->methods = std::move(methods);
  return *lazy->methods;
}

const RunType* RunType::pointer_to() const {
  if (lazy->pointer == nullptr) {
    types::TypeContext context(table->type_table());
    lazy->pointer = table->Of(context.PointerTo(type));
  }
  return lazy->pointer;
}

const RunMethod* RunType::FindMethod(const RunMethod& wanted) const {
  // Not sorted as a whole: exported ones come first.
  for (const RunMethod& method : methods()) {
    if (method.name == wanted.name &&
        method.package_path == wanted.package_path) {
      return &method;
    }
  }
  return nullptr;
}

const RunMethod* RunType::FindMethod(
    const types::Func* interface_method) const {
  const auto it = lazy->by_interface_method.find(interface_method);
  if (it != lazy->by_interface_method.end()) {
    return it->second;
  }
  RunMethod wanted;
  wanted.name = interface_method->name->text();
  wanted.package_path = PathOf(interface_method);
  const RunMethod* const found = FindMethod(wanted);
  lazy->by_interface_method.emplace(interface_method, found);
  return found;
}

const RunMethod* RunType::MissingMethod(const RunType* interface) const {
  const auto it = lazy->missing.find(interface);
  if (it != lazy->missing.end()) {
    return it->second;
  }
  const RunMethod* missing = nullptr;
  for (const RunMethod& wanted : interface->methods()) {
    const RunMethod* const found = FindMethod(wanted);
    if (found == nullptr || found->type != wanted.type) {
      missing = &wanted;
      break;
    }
  }
  lazy->missing.emplace(interface, missing);
  return missing;
}

RunTypes::RunTypes(types::TypeTable& table)
    : table_(table), layouts_(table.sizes()) {
  any_ = Of(table.universe().empty_interface());
  error_ = Of(table.universe().error_type());
}

RunTypes::~RunTypes() = default;

const RunType* RunTypes::Of(types::BasicKind kind) {
  return Of(types::Typ(kind));
}

const RunType* RunTypes::Of(const types::Type* type) {
  const auto it = by_address_.find(type);
  if (it != by_address_.end()) {
    return it->second;
  }
  const types::Type* const bare = types::Unalias(type);
  const uint32_t hash = types::IdentityHash(bare);
  const auto [begin, end] = by_hash_.equal_range(hash);
  for (auto same = begin; same != end; ++same) {
    if (types::Identical(same->second->type, bare)) {
      by_address_.emplace(type, same->second);
      return same->second;
    }
  }
  all_.push_back(std::make_unique<RunType>());
  RunType& run_type = *all_.back();
  run_type.table = this;
  run_type.id = static_cast<uint32_t>(all_.size());
  run_type.hash = run_type.id * 0x9e37'79b1U;
  // Before its parts are asked for: they may lead here again.
  by_address_.emplace(type, &run_type);
  by_hash_.emplace(hash, &run_type);
  Fill(run_type, bare);
  return &run_type;
}

void RunTypes::Fill(RunType& run_type, const types::Type* type) {
  run_type.type = type;
  run_type.under = types::Under(type);
  run_type.named = types::TryAs<types::Named>(type);
  const Layout& layout = layouts_.Of(type);
  run_type.layout = &layout;
  run_type.size = layout.size;
  run_type.align = layout.align;
  run_type.kind = layout.kind;
  run_type.is_direct = layout.is_direct;
  run_type.has_pointers = layout.has_pointers;
  switch (layout.kind) {
    case Kind::kFloat32:
      run_type.equal = EqualKind::kFloat32;
      break;
    case Kind::kFloat64:
      run_type.equal = EqualKind::kFloat64;
      break;
    case Kind::kComplex64:
      run_type.equal = EqualKind::kComplex64;
      break;
    case Kind::kComplex128:
      run_type.equal = EqualKind::kComplex128;
      break;
    case Kind::kString:
      run_type.equal = EqualKind::kString;
      break;
    case Kind::kInterface:
      run_type.equal = EqualKind::kInterface;
      run_type.may_be_unhashable = true;
      break;
    case Kind::kSlice:
    case Kind::kMap:
    case Kind::kFunc:
    case Kind::kInvalid:
      run_type.equal = EqualKind::kNone;
      break;
    case Kind::kArray: {
      // An array's or struct's parts are smaller, so that this ends.
      const RunType* const elem =
          Of(types::As<types::Array>(run_type.under)->elem);
      run_type.may_be_unhashable = elem->may_be_unhashable;
      run_type.equal =
          elem->equal == EqualKind::kNone || elem->equal == EqualKind::kMemory
              ? elem->equal
              : EqualKind::kArray;
      break;
    }
    case Kind::kStruct: {
      const auto* const s = types::As<types::Struct>(run_type.under);
      bool is_memory = true;
      int64_t end = 0;
      run_type.equal = EqualKind::kStruct;
      for (size_t i = 0; i < s->fields.size(); ++i) {
        const RunType* const field = Of(s->fields[i]->type);
        if (field->equal == EqualKind::kNone) {
          run_type.equal = EqualKind::kNone;
        }
        run_type.may_be_unhashable |= field->may_be_unhashable;
        // Neither padding nor blank fields count.
        is_memory &= field->equal == EqualKind::kMemory &&
                     layout.offsets[i] == end && !s->fields[i]->name->is_blank;
        end = layout.offsets[i] + field->size;
      }
      if (run_type.equal != EqualKind::kNone && is_memory &&
          end == layout.size) {
        run_type.equal = EqualKind::kMemory;
      }
      break;
    }
    default:
      run_type.equal = EqualKind::kMemory;
      break;
  }
}

}  // namespace gdlint::interp
