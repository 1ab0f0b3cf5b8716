#include "dataflow/call_targets.h"

#include <algorithm>
#include <utility>

#include "types/lookup.h"
#include "types/predicates.h"

namespace gdlint::dataflow {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// An interface with more types says little about a call.
constexpr size_t kMaxTypes = 8;
constexpr size_t kMaxFlow = 64;

class Resolver {
 public:
  Resolver(const ProgramState& state, const Function& caller)
      : state_(state), caller_(caller) {}

  CallTargets Resolve(const Inst& call) {
    targets_.is_complete = true;
    const Value callee = caller_.Operands(call)[0];
    switch (ModeOf(call)) {
      case ssa::CallMode::kBuiltin:
        break;
      case ssa::CallMode::kStatic:
        Static(callee, call);
        break;
      case ssa::CallMode::kDynamic:
        Dynamic(callee);
        break;
      case ssa::CallMode::kInvoke:
        Invoke(*caller_.methods()[call.aux], callee);
        break;
    }
    std::ranges::sort(targets_.functions);
    const auto repeats = std::ranges::unique(targets_.functions);
    targets_.functions.erase(repeats.begin(), repeats.end());
    return std::move(targets_);
  }

 private:
  void Add(FunctionId id) {
    if (id.has_value()) {
      targets_.functions.push_back(id);
    } else {
      targets_.is_complete = false;
    }
  }

  void Static(Value callee, const Inst& call) {
    const ssa::Callee& target = caller_.callees()[callee.index()];
    if (target.child != nullptr) {
      Add(state_.Find(target.child));
      return;
    }
    // `I.M(x)` is x.M().
    const auto operands = caller_.Operands(call);
    if (IsInterfaceMethod(*target.key.func) && operands.size() > 1) {
      Invoke(*target.key.func, operands[1]);
    } else {
      Add(state_.Find(*target.key.func));
    }
  }

  void Dynamic(Value callee) {
    const Origins origins = OriginsOf(caller_, callee);
    targets_.is_complete &= origins.is_complete;
    for (const Origin& origin : origins.values) {
      if (IsNilConst(*origin.function, origin.value)) {
        continue;
      }
      const std::optional<FunctionValue> value = FunctionOf(origin);
      if (!value) {
        AddVariable(origin, origins.is_complete);
      } else if (value->func != nullptr && IsInterfaceMethod(*value->func)) {
        AddMethod(*value->func, *value->closure.function, value->receiver);
      } else {
        Add(NodeOf(state_, *value));
      }
    }
  }

  // A value that OriginsOf did not see through: of a package-level variable all
  // stores are known.
  void AddVariable(const Origin& origin, bool was_complete) {
    const Function& function = *origin.function;
    if (origin.value.is_inst()) {
      const Inst& inst = function.inst(origin.value.inst());
      if (inst.op == Op::kLoad) {
        const Origin variable =
            VariableOf(function, function.Operands(inst)[0]);
        if (variable.function != nullptr &&
            variable.value.kind() == Value::Kind::kGlobal) {
          const types::Var& var =
              *variable.function->globals()[variable.value.index()];
          const auto found = state_.function_variables.find(KeyOf(var));
          if (found != state_.function_variables.end()) {
            targets_.functions.insert(targets_.functions.end(),
                                      found->second.functions.begin(),
                                      found->second.functions.end());
            // The load was what made the origins incomplete.
            targets_.is_complete =
                found->second.is_complete &&
                (was_complete ||
                 targets_.functions.size() == found->second.functions.size());
            return;
          }
        }
      }
    }
    targets_.is_complete = false;
  }

  void AddMethod(const types::Func& method, const Function& function,
                 Value receiver) {
    if (receiver.has_value()) {
      InvokeIn(method, function, receiver);
    } else {
      targets_.is_complete = false;
    }
  }

  void Invoke(const types::Func& method, Value receiver) {
    InvokeIn(method, caller_, receiver);
  }

  void InvokeIn(const types::Func& method, const Function& function,
                Value receiver) {
    // A model of the method itself says it all.
    if (const FunctionId modelled = state_.Find(method); modelled.has_value()) {
      targets_.functions.push_back(modelled);
      return;
    }
    const Origins origins = OriginsOf(function, receiver);
    if (origins.is_complete && !origins.values.empty() &&
        std::ranges::all_of(origins.values, IsConcrete)) {
      for (const Origin& origin : origins.values) {
        if (IsNilConst(*origin.function, origin.value)) {
          continue;
        }
        const Inst& inst = origin.function->inst(origin.value.inst());
        AddMethodOf(origin.function->TypeOf(origin.function->Operands(inst)[0]),
                    method);
      }
      return;
    }
    const types::Named* const named = types::AsNamed(function.TypeOf(receiver));
    const auto found =
        named != nullptr && !named->is_instance() && named->obj != nullptr
            ? state_.interfaces.find(KeyOf(*named->obj))
            : state_.interfaces.end();
    if (found == state_.interfaces.end() ||
        found->second.types.size() > kMaxTypes) {
      targets_.is_complete = false;
      return;
    }
    targets_.is_complete &= found->second.is_complete;
    for (const types::Type* const type : found->second.types) {
      AddMethodOf(type, method);
    }
  }

  static bool IsConcrete(const Origin& origin) {
    return IsNilConst(*origin.function, origin.value) ||
           (origin.value.is_inst() &&
            origin.function->inst(origin.value.inst()).op ==
                Op::kMakeInterface);
  }

  void AddMethodOf(const types::Type* type, const types::Func& method) {
    const types::LookupResult found =
        types::LookupFieldOrMethod(type, false, method.package, method.name);
    const auto* const func = types::TryAs<types::Func>(found.object);
    if (func == nullptr || IsInterfaceMethod(*func)) {
      targets_.is_complete = false;
    } else {
      Add(state_.Find(*func));
    }
  }

  const ProgramState& state_;
  const Function& caller_;
  CallTargets targets_;
};

}  // namespace

CallTargets ResolveCall(const ProgramState& state, const Function& caller,
                        const Inst& call) {
  return Resolver(state, caller).Resolve(call);
}

FunctionId NodeOf(const ProgramState& state, const FunctionValue& value) {
  if (value.literal != nullptr) {
    return state.Find(value.literal);
  }
  return state.Find(*value.func);
}

bool IsOnlyCalled(const Function& function, Value value) {
  std::vector<Origin> seen = {{&function, value}};
  const auto add = [&](const Function& in, Value next) {
    if (std::ranges::find(seen, Origin{&in, next}) == seen.end()) {
      seen.push_back({&in, next});
    }
  };
  for (size_t i = 0; i < seen.size(); ++i) {
    if (i > kMaxFlow) {
      return false;
    }
    const Origin at = seen[i];
    const Function& in = *at.function;
    for (const InstId user : in.UsersOf(at.value)) {
      const Inst& inst = in.inst(user);
      const std::span<const Value> operands = in.Operands(inst);
      switch (inst.op) {
        case Op::kCall:
        case Op::kDefer:
        case Op::kGo:
          if (std::ranges::count(operands.subspan(1), at.value) > 0) {
            return false;
          }
          break;
        case Op::kMakeClosure:
          // Of the function that it is made of.
          if (std::ranges::count(operands.subspan(1), at.value) > 0) {
            return false;
          }
          add(in, user);
          break;
        case Op::kPhi:
        case Op::kChangeType:
          add(in, user);
          break;
        case Op::kBinOp:
          // A comparison with nil.
          break;
        case Op::kStore: {
          const Origin variable = VariableOf(in, operands[0]);
          if (variable.function == nullptr || !variable.value.is_inst() ||
              operands[0] == at.value) {
            return false;
          }
          const VariableUses uses = UsesOf(variable);
          if (uses.escapes) {
            return false;
          }
          for (const VariableUse& load : uses.loads) {
            add(*load.function, load.inst);
          }
          break;
        }
        default:
          return false;
      }
    }
  }
  return true;
}

}  // namespace gdlint::dataflow
