#include "interp/program.h"

#include <algorithm>

#include "interp/code.h"
#include "interp/heap.h"
#include "types/substitute.h"

namespace gdlint::interp {
namespace {

using ssa::FunctionKind;

// A FunctionKey whose types are replaced by their identities.
struct CanonicalKey {
  FunctionKind kind;
  const types::Func* func;
  const RunType* recv;
  std::vector<const RunType*> type_args;

  friend bool operator==(const CanonicalKey&, const CanonicalKey&) = default;
};

struct CanonicalKeyHash {
  size_t operator()(const CanonicalKey& key) const {
    size_t hash = std::hash<const void*>()(key.func);
    hash = hash * 31 + std::hash<const void*>()(key.recv);
    hash = hash * 31 + static_cast<size_t>(key.kind);
    for (const RunType* const arg : key.type_args) {
      hash = hash * 31 + std::hash<const void*>()(arg);
    }
    return hash;
  }
};

struct MethodKey {
  const RunType* type;
  const types::Func* method;

  friend bool operator==(const MethodKey&, const MethodKey&) = default;
};

struct MethodKeyHash {
  size_t operator()(const MethodKey& key) const {
    return std::hash<const void*>()(key.type) * 31 +
           std::hash<const void*>()(key.method);
  }
};

// `T` of a receiver of type `T`, `*T`, `T[P]`.
std::string ReceiverName(const types::Type* type) {
  bool is_pointer = false;
  if (const types::Pointer* const pointer =
          types::TryAs<types::Pointer>(types::Unalias(type));
      pointer != nullptr) {
    is_pointer = true;
    type = pointer->elem;
  }
  const types::Named* const named = types::AsNamed(type);
  std::string name = named == nullptr ? std::string("interface")
                                      : std::string(named->obj->name->text());
  return is_pointer ? "(*" + name + ")" : name;
}

}  // namespace

struct Program::State {
  explicit State(types::TypeTable& table, const ProgramOptions& options)
      : builder(table, {.is_naive = false, .verify = options.verify}) {}

  ssa::Builder builder;
  std::deque<Callable> callables;
  std::unordered_map<CanonicalKey, Callable*, CanonicalKeyHash> by_key;
  std::unordered_map<const ssa::Function*, Callable*> by_child;
  struct Body {
    const types::File* file;
    ast::Ref<ast::FuncDecl> decl;
  };
  std::unordered_map<const types::Func*, Body> bodies;
  std::unordered_map<const Callable*, ssa::VarInitSource> initializers;
  std::unordered_map<const types::Var*, uint8_t*> globals;
  std::unordered_map<std::string_view, const types::Package*> packages;
  std::unordered_map<MethodKey, Method, MethodKeyHash> methods;
  std::vector<std::unique_ptr<ssa::Function>> functions;
  std::vector<std::unique_ptr<Code>> codes;
};

Program::Program(types::TypeTable& table, RunTypes& run_types, Heap& heap,
                 const ProgramOptions& options)
    : table_(table),
      types_(table),
      run_types_(run_types),
      heap_(heap),
      options_(options),
      state_(std::make_unique<State>(table, options)) {}

Program::~Program() = default;

void Program::AddPackage(ProgramPackage package) {
  for (const types::BodyTask& body : package.package->bodies) {
    state_->bodies[body.func] = {body.file, body.decl};
  }
  state_->packages[package.package->path] = package.package;
  packages_.push_back(std::move(package));
}

namespace {

template <typename T>
const T* FindObject(
    const std::unordered_map<std::string_view, const types::Package*>& packages,
    types::TypeTable& table, std::string_view package, std::string_view name) {
  const auto found = packages.find(package);
  if (found == packages.end()) {
    return nullptr;
  }
  return types::TryAs<T>(
      found->second->scope->Lookup(table.names().Intern(name)));
}

}  // namespace

Callable* Program::FindFunction(std::string_view package,
                                std::string_view name) {
  const types::Func* const func =
      FindObject<types::Func>(state_->packages, table_, package, name);
  if (func == nullptr) {
    return nullptr;
  }
  ssa::FunctionKey key;
  key.func = func;
  return CallableOf(key);
}

const types::Var* Program::FindVariable(std::string_view package,
                                        std::string_view name) {
  return FindObject<types::Var>(state_->packages, table_, package, name);
}

const types::Type* Program::FindType(std::string_view package,
                                     std::string_view name) {
  const types::TypeName* const found =
      FindObject<types::TypeName>(state_->packages, table_, package, name);
  return found == nullptr ? nullptr : found->type;
}

Callable* Program::CallableOf(const ssa::FunctionKey& key) {
  CanonicalKey canonical{key.kind, key.func, nullptr, {}};
  if (key.recv != nullptr) {
    canonical.recv = run_types_.Of(key.recv);
  }
  for (const types::Type* const arg : key.type_args) {
    canonical.type_args.push_back(run_types_.Of(arg));
  }
  Callable*& found = state_->by_key[canonical];
  if (found != nullptr) {
    return found;
  }
  Callable& callable = state_->callables.emplace_back();
  found = &callable;
  callable.self = &callable;
  callable.key = key;
  callable.key.type_args = types_.arena().Copy(key.type_args);
  callable.is_wrapper = ssa::IsWrapper(key.kind);
  if (key.func == nullptr) {
    return &callable;
  }
  const types::Func& func = *key.func;
  callable.name =
      func.package == nullptr ? std::string() : func.package->path + ".";
  if (const types::Type* const recv =
          key.recv != nullptr ? key.recv : func.recv;
      recv != nullptr) {
    callable.name += ReceiverName(recv) + ".";
  }
  callable.name += func.name->text();
  if (key.kind == FunctionKind::kBound) {
    callable.name += "-fm";
  }
  if (key.kind == FunctionKind::kDeclared) {
    const types::Substitution substitution{func.is_method()
                                               ? func.recv_type_params
                                               : func.signature()->type_params,
                                           callable.key.type_args};
    const bool is_instance = !callable.key.type_args.empty();
    const types::Type* const type =
        is_instance && !substitution.from.empty()
            ? types::Substitute(
                  types_,
                  func.is_method()
                      ? func.signature()
                      : types_.SignatureOf({}, func.signature()->params,
                                           func.signature()->results,
                                           func.signature()->variadic),
                  substitution)
            : func.signature();
    callable.signature = types::As<types::Signature>(type);
    if (func.recv != nullptr) {
      callable.receiver =
          is_instance ? types::Substitute(types_, func.recv, substitution)
                      : func.recv;
    }
  }
  return &callable;
}

Callable* Program::CallableOf(const ssa::Function& child) {
  Callable*& found = state_->by_child[&child];
  if (found != nullptr) {
    return found;
  }
  Callable& callable = state_->callables.emplace_back();
  found = &callable;
  callable.self = &callable;
  callable.key = child.key();
  callable.function = &child;
  callable.signature = child.signature();
  // gc's names: main.f.func1, main.f.func1.2, main.f-range1.
  const auto parent = state_->by_child.find(child.parent());
  const std::string outer =
      parent != state_->by_child.end() && parent->second != nullptr
          ? parent->second->name
          : std::string(child.parent()->name());
  const std::string_view name = child.name();
  size_t digits = name.size();
  while (digits != 0 && name[digits - 1] >= '0' && name[digits - 1] <= '9') {
    --digits;
  }
  callable.name =
      outer +
      (child.kind() == FunctionKind::kRangeBody           ? "-range"
       : child.parent()->kind() == FunctionKind::kLiteral ? "."
                                                          : ".func") +
      std::string(name.substr(digits));
  return &callable;
}

Callable* Program::CallableOf(const ssa::VarInitSource& source) {
  Callable& callable = state_->callables.emplace_back();
  callable.self = &callable;
  callable.key.kind = FunctionKind::kVarInit;
  callable.name = source.package->path + ".init";
  state_->initializers[&callable] = source;
  return &callable;
}

uint8_t* Program::AddressOf(const types::Var* var) {
  uint8_t*& address = state_->globals[var];
  if (address == nullptr) {
    const RunType* const type = run_types_.Of(var->type);
    address = reinterpret_cast<uint8_t*>(
        heap_.AllocatePermanent(type->size, type->has_pointers));
  }
  return address;
}

bool Program::Prepare(Callable& callable) {
  if (callable.code != nullptr) {
    return true;
  }
  if (callable.key.kind == FunctionKind::kDeclared &&
      callable.function == nullptr && options_.find_intrinsic != nullptr) {
    callable.intrinsic = options_.find_intrinsic(callable.name);
    if (callable.intrinsic != nullptr) {
      state_->codes.push_back(NativeCode(
          callable, ArgsSize(*this, callable.receiver, callable.signature)));
      callable.code = state_->codes.back().get();
      return true;
    }
  }
  if (callable.function == nullptr) {
    std::unique_ptr<ssa::Function> built;
    if (callable.key.kind == FunctionKind::kVarInit) {
      built = state_->builder.Build(state_->initializers[&callable]);
    } else if (ssa::IsWrapper(callable.key.kind)) {
      built = state_->builder.BuildWrapper(callable.key);
    } else {
      const auto body = state_->bodies.find(callable.key.func);
      if (body == state_->bodies.end()) {
        problem_ = callable.name + ", which is not implemented in Go";
        return false;
      }
      ssa::FunctionSource source;
      source.package = callable.key.func->package;
      source.unit = body->second.file->unit.get();
      source.decl = body->second.decl;
      source.func = callable.key.func;
      source.type_args = callable.key.type_args;
      built = state_->builder.Build(source);
    }
    callable.function = built.get();
    state_->by_child[built.get()] = &callable;
    state_->functions.push_back(std::move(built));
  }
  if (callable.signature == nullptr) {
    callable.signature = callable.function->signature();
  }
  std::unique_ptr<Code> code = Decode(*this, callable, problem_);
  if (code == nullptr) {
    problem_ = callable.name + ": " + problem_;
    return false;
  }
  callable.code = code.get();
  state_->codes.push_back(std::move(code));
  return true;
}

const Program::Method* Program::FindMethod(const RunType* type,
                                           const types::Func* method) {
  const MethodKey key{type, method};
  if (const auto found = state_->methods.find(key);
      found != state_->methods.end()) {
    return &found->second;
  }
  const RunMethod* const found = type->FindMethod(method);
  if (found == nullptr) {
    return nullptr;
  }
  ssa::FunctionKey function;
  function.func = found->func;
  Method answer;
  const auto copy = [&answer](const RunType* receiver) {
    answer.copies_receiver = true;
    answer.copied_size = static_cast<uint32_t>(receiver->size);
  };
  const bool is_value_of_pointer = !found->is_own && found->owner != nullptr &&
                                   type->kind == Kind::kPointer &&
                                   !found->func->has_pointer_recv &&
                                   run_types_.Of(found->owner) == type->elem();
  if (found->is_own || is_value_of_pointer) {
    function.type_args = found->owner->type_args;
    if (is_value_of_pointer) {
      copy(type->elem());
      answer.derefs_pointer = true;
    } else if (!type->is_direct) {
      copy(type);
    }
  } else {
    function.kind = FunctionKind::kWrapper;
    function.recv = type->type;
    if (!type->is_direct) {
      copy(type);
    }
  }
  answer.callable = CallableOf(function);
  return &state_->methods.emplace(key, answer).first->second;
}

}  // namespace gdlint::interp
