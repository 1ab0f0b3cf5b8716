#include "dataflow/link.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "dataflow/call_targets.h"
#include "types/lookup.h"
#include "types/predicates.h"

namespace gdlint::dataflow {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// What one root function says about variables, interfaces and types.
struct Observed {
  struct Stored {
    DeclKey variable;
    // None if it is not known.
    std::optional<FunctionValue> value;
    bool is_test;
  };
  std::vector<Stored> stored;
  // Variables whose address goes elsewhere.
  std::vector<DeclKey> escaped;
  // To a named interface.
  struct Converted {
    DeclKey interface;
    const types::TypeName* name;
    const types::Type* type;
  };
  std::vector<Converted> converted;
  // Interfaces that values come into by another way.
  std::vector<DeclKey> opened;
  // All types that are converted to some interface.
  std::vector<const types::Type*> boxed;
  // Functions whose values are used otherwise than by calls.
  std::vector<FunctionId> valued;
};

bool IsTestFile(const Function& function) {
  return function.unit() != nullptr &&
         std::string_view(function.unit()->file->display_name)
             .ends_with("_test.go");
}

bool IsFunctionType(const types::Type* type) {
  return types::UnderAs<types::Signature>(type) != nullptr;
}

const types::Named* NamedInterface(const types::Type* type) {
  const types::Named* const named = types::AsNamed(type);
  return named != nullptr && !named->is_instance() && named->obj != nullptr &&
                 types::IsInterface(named)
             ? named
             : nullptr;
}

class Observer {
 public:
  Observer(const ProgramState& state, const Function& function,
           Observed& observed)
      : state_(state), function_(function), observed_(observed) {}

  void Run() {
    for (const Inst& inst : function_.insts()) {
      Look(inst);
    }
    LookAtFunctions();
  }

 private:
  void Look(const Inst& inst) {
    const std::span<const Value> operands = function_.Operands(inst);
    for (size_t i = 0; i < operands.size(); ++i) {
      if (operands[i].kind() == Value::Kind::kGlobal) {
        UseVariable(inst, i, operands);
      }
    }
    switch (inst.op) {
      case Op::kMakeInterface: {
        const types::Type* const type = function_.TypeOf(operands[0]);
        observed_.boxed.push_back(type);
        if (const types::Named* const named = NamedInterface(inst.type)) {
          observed_.converted.push_back({KeyOf(*named->obj), named->obj, type});
        }
        break;
      }
      case Op::kTypeAssert:
      case Op::kChangeInterface:
      case Op::kChangeType: {
        const types::Type* type = inst.type;
        if (inst.op == Op::kTypeAssert && inst.detail == ssa::kCommaOk) {
          type = types::As<types::Tuple>(type)->params[0].type;
        }
        if (const types::Named* const named = NamedInterface(type)) {
          observed_.opened.push_back(KeyOf(*named->obj));
        }
        break;
      }
      default:
        break;
    }
  }

  void UseVariable(const Inst& inst, size_t operand,
                   std::span<const Value> operands) {
    const types::Var& var = *function_.globals()[operands[operand].index()];
    if (!IsFunctionType(var.type) || inst.op == Op::kLoad) {
      return;
    }
    if (inst.op != Op::kStore || operand != 0) {
      observed_.escaped.push_back(KeyOf(var));
    } else if (!IsNilConst(function_, operands[1])) {
      observed_.stored.push_back({KeyOf(var),
                                  FunctionOf(function_, operands[1]),
                                  IsTestFile(function_)});
    }
  }

  void LookAtFunctions() {
    const auto callees = function_.callees();
    for (uint32_t i = 0; i < callees.size(); ++i) {
      FunctionValue value;
      value.literal = callees[i].child;
      value.func = callees[i].key.func;
      const FunctionId id = NodeOf(state_, value);
      if (id.has_value() &&
          !IsOnlyCalled(function_, Value(Value::Kind::kFunction, i))) {
        observed_.valued.push_back(id);
      }
    }
  }

  const ProgramState& state_;
  const Function& function_;
  Observed& observed_;
};

class Linker {
 public:
  Linker(ProgramState& state,
         const std::unordered_set<const types::Package*>& whole, TaskPool& pool)
      : state_(state), whole_(whole), pool_(pool) {}

  void Run() {
    Observe();
    AddVariables();
    AddInterfaces();
    AddCalls();
    AddCallers();
    AddOtherCallers();
  }

 private:
  void Observe() {
    observed_.resize(state_.nodes.size());
    pool_.ParallelFor(state_.nodes.size(), [&](size_t i, unsigned) {
      if (state_.nodes[i].is_root && state_.bodies[i] != nullptr) {
        Observer(state_, *state_.bodies[i], observed_[i]).Run();
      }
    });
  }

  bool IsRootPackage(const types::Package* package) const {
    return root_packages_.contains(package);
  }

  // Variables of the roots that nothing else can assign.
  void AddVariables() {
    for (const Node& node : state_.nodes) {
      if (node.is_root && node.body != nullptr) {
        root_packages_.insert(node.body->package());
      }
    }
    for (size_t i = 0; i < state_.nodes.size(); ++i) {
      const Function* const body = state_.bodies[i];
      if (body == nullptr) {
        continue;
      }
      for (const types::Var* const var : body->globals()) {
        if (IsFunctionType(var->type) && IsRootPackage(var->package) &&
            (!IsExported(var->name) || whole_.contains(var->package))) {
          state_.function_variables.try_emplace(KeyOf(*var));
        }
      }
    }
    DeclMap<FunctionVariable> of_tests;
    for (const Observed& observed : observed_) {
      for (const Observed::Stored& stored : observed.stored) {
        const auto found = state_.function_variables.find(stored.variable);
        if (found == state_.function_variables.end()) {
          continue;
        }
        FunctionVariable& variable =
            stored.is_test ? of_tests[stored.variable] : found->second;
        const FunctionId id =
            stored.value ? NodeOf(state_, *stored.value) : FunctionId{};
        if (id.has_value()) {
          variable.functions.push_back(id);
        } else {
          variable.is_complete = false;
        }
      }
      for (const DeclKey& escaped : observed.escaped) {
        if (const auto found = state_.function_variables.find(escaped);
            found != state_.function_variables.end()) {
          found->second.is_complete = false;
        }
      }
    }
    // What tests put in place of a function is not what the program runs.
    for (auto& [key, variable] : of_tests) {
      FunctionVariable& program = state_.function_variables[key];
      if (program.functions.empty() && program.is_complete) {
        program = std::move(variable);
      }
    }
  }

  static bool IsExported(const types::Name* name) {
    return name != nullptr && name->is_exported;
  }

  void AddInterfaces() {
    for (const Observed& observed : observed_) {
      for (const auto& [key, name, type] : observed.converted) {
        InterfaceTypes& types = state_.interfaces[key];
        if (std::ranges::none_of(types.types, [&](const types::Type* known) {
              return known == type || types::Identical(known, type);
            })) {
          types.types.push_back(type);
        }
      }
    }
    for (const Observed& observed : observed_) {
      for (const DeclKey& key : observed.opened) {
        if (const auto found = state_.interfaces.find(key);
            found != state_.interfaces.end()) {
          found->second.is_complete = false;
        }
      }
    }
    CloseInterfaces();
  }

  // Only the package itself can make values of an interface that it does not
  // export; of those that dependencies declare nothing is known.
  void CloseInterfaces() {
    DeclMap<const types::TypeName*> names;
    for (const Observed& observed : observed_) {
      for (const Observed::Converted& converted : observed.converted) {
        names.emplace(converted.interface, converted.name);
      }
    }
    for (const auto& [key, name] : names) {
      InterfaceTypes& types = state_.interfaces[key];
      if (!IsRootPackage(name->package)) {
        state_.interfaces.erase(key);
      } else if (IsExported(name->name) && !whole_.contains(name->package)) {
        types.is_complete = false;
      }
    }
  }

  void AddCalls() {
    struct Found {
      std::vector<CallRecord> calls;
      std::vector<FunctionId> targets;
    };
    std::vector<Found> found(state_.nodes.size());
    pool_.ParallelFor(state_.nodes.size(), [&](size_t i, unsigned) {
      const Function* const body = state_.bodies[i];
      if (body == nullptr) {
        return;
      }
      for (const Inst& inst : body->insts()) {
        if (!IsCall(inst.op) || ModeOf(inst) == ssa::CallMode::kBuiltin) {
          continue;
        }
        const CallTargets targets = ResolveCall(state_, *body, inst);
        found[i].calls.push_back(
            {body->IdOf(inst),
             inst.op == Op::kCall    ? CallKind::kCall
             : inst.op == Op::kDefer ? CallKind::kDefer
                                     : CallKind::kGo,
             targets.is_complete,
             static_cast<uint32_t>(found[i].targets.size()),
             static_cast<uint32_t>(targets.functions.size())});
        std::ranges::copy(targets.functions,
                          std::back_inserter(found[i].targets));
      }
    });
    state_.calls_begin.reserve(found.size() + 1);
    for (Found& one : found) {
      state_.calls_begin.push_back(static_cast<uint32_t>(state_.calls.size()));
      for (CallRecord& call : one.calls) {
        call.targets_begin += static_cast<uint32_t>(state_.targets.size());
        state_.calls.push_back(call);
      }
      std::ranges::copy(one.targets, std::back_inserter(state_.targets));
    }
    state_.calls_begin.push_back(static_cast<uint32_t>(state_.calls.size()));
  }

  void AddCallers() {
    const size_t size = state_.nodes.size();
    state_.callers_begin.assign(size + 1, 0);
    const auto for_each = [&](const auto& fn) {
      for (uint32_t i = 0; i < size; ++i) {
        if (!state_.nodes[i].is_root) {
          continue;
        }
        for (const CallRecord& call : state_.CallsOf(FunctionId{i})) {
          for (const FunctionId target : state_.TargetsOf(call)) {
            fn(target, CallSite{FunctionId{i}, call.inst, call.kind});
          }
        }
      }
    };
    for_each([&](FunctionId target, const CallSite&) {
      ++state_.callers_begin[target.index + 1];
    });
    for (size_t i = 0; i < size; ++i) {
      state_.callers_begin[i + 1] += state_.callers_begin[i];
    }
    state_.callers.resize(state_.callers_begin[size]);
    std::vector<uint32_t> next = state_.callers_begin;
    for_each([&](FunctionId target, const CallSite& site) {
      state_.callers[next[target.index]++] = site;
    });
  }

  void AddOtherCallers() {
    state_.has_other_callers.assign(state_.nodes.size(), false);
    // Those of embedded fields too: their methods are promoted.
    std::unordered_set<const types::Named*> boxed;
    for (const Observed& observed : observed_) {
      for (const types::Type* const type : observed.boxed) {
        Box(type, boxed);
      }
      for (const FunctionId id : observed.valued) {
        state_.has_other_callers[id.index] = true;
      }
    }
    for (uint32_t i = 0; i < state_.nodes.size(); ++i) {
      const Node& node = state_.nodes[i];
      if (node.func == nullptr) {
        // Literals: as their values are used. The run time calls initialisers.
        state_.has_other_callers[i] =
            state_.has_other_callers[i] ||
            (node.body != nullptr &&
             node.body->kind() != ssa::FunctionKind::kLiteral);
      } else if (!node.is_root || IsCalledByOthers(*node.func, boxed)) {
        state_.has_other_callers[i] = true;
      }
    }
  }

  static void Box(const types::Type* type,
                  std::unordered_set<const types::Named*>& boxed) {
    const types::Named* const named = types::AsNamed(types::Deref(type));
    if (named != nullptr && !boxed.insert(named->origin).second) {
      return;
    }
    const auto* const fields =
        types::UnderAs<types::Struct>(types::Deref(types::Unalias(type)));
    if (fields == nullptr) {
      return;
    }
    for (const types::Var* const field : fields->fields) {
      if (field->is_embedded) {
        Box(field->type, boxed);
      }
    }
  }

  bool IsCalledByOthers(
      const types::Func& func,
      const std::unordered_set<const types::Named*>& boxed) const {
    const std::string_view name =
        func.name != nullptr ? func.name->text() : std::string_view();
    if (!func.is_method()) {
      return name == "main" || name == "init" || name == "_" ||
             (IsExported(func.name) &&
              (!whole_.contains(func.package) || IsTest(func, name)));
    }
    if (IsExported(func.name) && !whole_.contains(func.package)) {
      return true;
    }
    const types::Named* const recv =
        types::AsNamed(types::Deref(types::Unalias(func.recv)));
    return recv == nullptr || boxed.contains(recv->origin);
  }

  static bool IsTest(const types::Func& func, std::string_view name) {
    return func.place.file != nullptr &&
           std::string_view(func.place.file->display_name)
               .ends_with("_test.go") &&
           (name.starts_with("Test") || name.starts_with("Benchmark") ||
            name.starts_with("Example") || name.starts_with("Fuzz"));
  }

  ProgramState& state_;
  const std::unordered_set<const types::Package*>& whole_;
  TaskPool& pool_;
  std::vector<Observed> observed_;
  std::unordered_set<const types::Package*> root_packages_;
};

}  // namespace

void Link(ProgramState& state,
          const std::unordered_set<const types::Package*>& whole,
          TaskPool& pool) {
  Linker(state, whole, pool).Run();
}

}  // namespace gdlint::dataflow
