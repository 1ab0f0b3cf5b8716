#include "dataflow/values.h"

#include <algorithm>
#include <unordered_set>

#include "types/predicates.h"

namespace gdlint::dataflow {
namespace {

using ssa::BlockId;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// A value of which more is to be known has more possibilities than anyone can
// use.
constexpr size_t kMaxOrigins = 64;
constexpr int kMaxSteps = 512;
// Blocks that are looked at for the stores before a load.
constexpr int kMaxBlocks = 256;
constexpr int kMaxInsts = 8192;
// Accesses to a variable and its parts.
constexpr int kMaxUses = 4096;

bool IsCall(Op op) {
  return op == Op::kCall || op == Op::kDefer || op == Op::kGo;
}

// The value of `literal` in its parent: the closure, or the function.
std::optional<Value> ValueOfLiteral(const Function& literal) {
  const Function* const parent = literal.parent();
  if (parent == nullptr) {
    return std::nullopt;
  }
  const auto callees = parent->callees();
  for (uint32_t i = 0; i < callees.size(); ++i) {
    if (callees[i].child != &literal) {
      continue;
    }
    const Value function(Value::Kind::kFunction, i);
    for (const InstId user : parent->UsersOf(function)) {
      const Inst& inst = parent->inst(user);
      if (inst.op == Op::kMakeClosure &&
          parent->Operands(inst)[0] == function) {
        return Value(user);
      }
    }
    return function;
  }
  return std::nullopt;
}

// Uses of variables, found through closures.
class UseFinder {
 public:
  VariableUses Find(const Origin& variable) {
    Visit(*variable.function, variable.value, false);
    return std::move(uses_);
  }

 private:
  void Visit(const Function& function, Value address, bool is_part) {
    for (const InstId user : function.UsersOf(address)) {
      if (++count_ > kMaxUses) {
        uses_.escapes = true;
        return;
      }
      Use(function, address, user, is_part);
    }
  }

  void Use(const Function& function, Value address, InstId user, bool is_part) {
    const Inst& inst = function.inst(user);
    const std::span<const Value> operands = function.Operands(inst);
    switch (inst.op) {
      case Op::kLoad:
        if (!is_part) {
          uses_.loads.push_back({&function, user});
        }
        break;
      case Op::kStore:
        if (operands[1] == address) {
          uses_.escapes = true;
        }
        if (operands[0] == address && !is_part) {
          uses_.stores.push_back({&function, user});
        }
        break;
      case Op::kFieldAddr:
      case Op::kIndexAddr:
        if (!is_part) {
          uses_.parts.push_back({&function, user});
        }
        Visit(function, user, true);
        break;
      case Op::kMakeClosure: {
        const Function* const child =
            operands[0].kind() == Value::Kind::kFunction
                ? function.callees()[operands[0].index()].child
                : nullptr;
        if (child == nullptr) {
          uses_.escapes = true;
          break;
        }
        for (uint32_t i = 1; i < operands.size(); ++i) {
          if (operands[i] == address) {
            Visit(*child, Value(Value::Kind::kFreeVar, i - 1), is_part);
          }
        }
        break;
      }
      default:
        uses_.escapes = true;
        break;
    }
  }

  VariableUses uses_;
  int count_ = 0;
};

// Where values come from: a worklist over phis, variables and arguments.
class OriginFinder {
 public:
  Origins Find(const Function& function, Value value) {
    Add(function, value);
    while (!work_.empty()) {
      const Origin next = work_.back();
      work_.pop_back();
      if (++steps_ > kMaxSteps) {
        origins_.is_complete = false;
        break;
      }
      Step(*next.function, next.value);
    }
    return std::move(origins_);
  }

 private:
  void Add(const Function& function, Value value) {
    const Origin origin{&function, value};
    if (std::ranges::find(seen_, origin) == seen_.end()) {
      seen_.push_back(origin);
      work_.push_back(origin);
    }
  }

  void Found(const Function& function, Value value) {
    if (origins_.values.size() == kMaxOrigins) {
      origins_.is_complete = false;
    } else {
      origins_.values.push_back({&function, value});
    }
  }

  // It may be something that is not seen here.
  void Unknown(const Function& function, Value value) {
    Found(function, value);
    origins_.is_complete = false;
  }

  void Step(const Function& function, Value value) {
    switch (value.kind()) {
      case Value::Kind::kParam:
        if (!AddArguments(function, value.index())) {
          Found(function, value);
        }
        return;
      case Value::Kind::kFreeVar: {
        const Origin variable = VariableOf(function, value);
        if (variable.function != nullptr) {
          Found(*variable.function, variable.value);
        } else {
          Unknown(function, value);
        }
        return;
      }
      case Value::Kind::kInst:
        break;
      default:
        Found(function, value);
        return;
    }
    const Inst& inst = function.inst(value.inst());
    const std::span<const Value> operands = function.Operands(inst);
    switch (inst.op) {
      case Op::kPhi:
        for (const Value operand : operands) {
          Add(function, operand);
        }
        break;
      case Op::kChangeType:
      case Op::kChangeInterface:
        Add(function, operands[0]);
        break;
      case Op::kLoad:
        AddStored(function, value.inst(), operands[0]);
        break;
      default:
        Found(function, value);
        break;
    }
  }

  // The arguments of a literal that is only called where it stands.
  bool AddArguments(const Function& literal, uint32_t param) {
    if (literal.kind() != ssa::FunctionKind::kLiteral) {
      return false;
    }
    const std::optional<Value> closure = ValueOfLiteral(literal);
    if (!closure) {
      return false;
    }
    const Function& parent = *literal.parent();
    const std::span<const InstId> users = parent.UsersOf(*closure);
    const bool is_only_called =
        !users.empty() && std::ranges::all_of(users, [&](InstId user) {
          const Inst& inst = parent.inst(user);
          const auto operands = parent.Operands(inst);
          return IsCall(inst.op) && operands[0] == *closure &&
                 std::ranges::count(operands, *closure) == 1 &&
                 param + 1 < operands.size();
        });
    if (is_only_called) {
      for (const InstId user : users) {
        Add(parent, parent.Operands(parent.inst(user))[param + 1]);
      }
    }
    return is_only_called;
  }

  // What was stored to the variable that `load` reads.
  void AddStored(const Function& function, InstId load, Value address) {
    const Origin variable = VariableOf(function, address);
    if (variable.function == nullptr || !variable.value.is_inst()) {
      Unknown(function, load);
      return;
    }
    const VariableUses uses = UsesOf(variable);
    const bool has_part_stores =
        std::ranges::any_of(uses.parts, [](const VariableUse& part) {
          return HasStores(*part.function, part.inst);
        });
    if (uses.escapes || has_part_stores) {
      Unknown(function, load);
      return;
    }
    const bool others_store = std::ranges::any_of(
        uses.stores,
        [&](const VariableUse& use) { return use.function != &function; });
    Before before;
    FindBefore(function, variable, address, load, before);
    for (const InstId store : before.stores) {
      Add(function, function.Operands(function.inst(store))[1]);
    }
    origins_.may_be_zero |= before.reaches_alloc;
    const bool adds_all = before.gave_up || before.reaches_entry;
    if (adds_all || (before.has_call && others_store)) {
      for (const VariableUse& use : uses.stores) {
        if (adds_all || use.function != &function) {
          Add(*use.function,
              use.function->Operands(use.function->inst(use.inst))[1]);
        }
      }
    }
    if (adds_all && !IsStoredBefore(function, variable)) {
      origins_.may_be_zero = true;
    }
  }

  static bool HasStores(const Function& function, InstId part) {
    return std::ranges::any_of(function.UsersOf(part), [&](InstId user) {
      const Inst& inst = function.inst(user);
      return (inst.op == Op::kStore &&
              function.Operands(inst)[0] == Value(part)) ||
             ((inst.op == Op::kFieldAddr || inst.op == Op::kIndexAddr) &&
              HasStores(function, user)) ||
             inst.op == Op::kMakeClosure;
    });
  }

  // What can be met going backwards from a load.
  struct Before {
    std::vector<InstId> stores;
    bool has_call = false;
    bool reaches_alloc = false;
    bool reaches_entry = false;
    bool gave_up = false;
  };

  static void FindBefore(const Function& function, const Origin& variable,
                         Value address, InstId from, Before& before) {
    std::vector<BlockId> work;
    std::unordered_set<uint32_t> seen;
    int steps = 0;
    // True if the way goes on before the beginning of the block.
    const auto walk = [&](uint32_t begin, uint32_t end) {
      for (uint32_t i = end; i-- > begin;) {
        if (++steps > kMaxInsts) {
          before.gave_up = true;
          return false;
        }
        const Inst& inst = function.inst(InstId{i});
        if (inst.op == Op::kStore && function.Operands(inst)[0] == address) {
          before.stores.push_back(InstId{i});
          return false;
        }
        if (variable.function == &function && variable.value == InstId{i}) {
          before.reaches_alloc = true;
          return false;
        }
        before.has_call |= inst.op == Op::kCall || inst.op == Op::kRunDefers ||
                           (ssa::InfoOf(inst.op).traits & ssa::kMayBlock) != 0;
      }
      return true;
    };
    const auto enter_preds = [&](BlockId block) {
      if (block == function.recover_block()) {
        // It is reached from anywhere.
        before.gave_up = true;
      } else if (block.index == 0) {
        before.reaches_entry = true;
      }
      for (const BlockId pred : function.Preds(block)) {
        if (seen.insert(pred.index).second) {
          work.push_back(pred);
        }
      }
    };
    const BlockId block = function.inst(from).block;
    if (walk(function.block(block).insts_begin, from.index)) {
      enter_preds(block);
    }
    while (!work.empty() && !before.gave_up) {
      const BlockId next = work.back();
      work.pop_back();
      if (seen.size() > kMaxBlocks) {
        before.gave_up = true;
        break;
      }
      const ssa::Block& b = function.block(next);
      if (walk(b.insts_begin, b.insts_end)) {
        enter_preds(next);
      }
    }
  }

  // Something was stored to the variable before the literal `function`, or the
  // one around it that the variable's function makes, came to be.
  static bool IsStoredBefore(const Function& function, const Origin& variable) {
    const Function* literal = &function;
    while (literal != nullptr && literal->parent() != variable.function) {
      literal = literal->parent();
    }
    const std::optional<InstId> creation =
        literal != nullptr ? CreationOf(*literal) : std::nullopt;
    if (!creation) {
      return false;
    }
    Before before;
    FindBefore(*variable.function, variable, variable.value, *creation, before);
    return !before.reaches_alloc && !before.gave_up && !before.reaches_entry;
  }

  Origins origins_;
  std::vector<Origin> seen_;
  std::vector<Origin> work_;
  int steps_ = 0;
};

}  // namespace

Origins OriginsOf(const Function& function, Value value) {
  return OriginFinder().Find(function, value);
}

std::optional<Origin> OnlyOrigin(const Function& function, Value value) {
  const Origins origins = OriginsOf(function, value);
  return origins.is_complete && !origins.may_be_zero &&
                 origins.values.size() == 1
             ? std::optional(origins.values[0])
             : std::nullopt;
}

Origin VariableOf(const Function& function, Value addr) {
  const Function* in = &function;
  while (addr.kind() == Value::Kind::kFreeVar) {
    const std::optional<InstId> creation = CreationOf(*in);
    if (!creation) {
      return {};
    }
    in = in->parent();
    const Inst& inst = in->inst(*creation);
    const std::span<const Value> operands = in->Operands(inst);
    if (inst.op != Op::kMakeClosure || addr.index() + 1 >= operands.size()) {
      return {};
    }
    addr = operands[addr.index() + 1];
  }
  const bool is_variable =
      addr.kind() == Value::Kind::kGlobal ||
      (addr.is_inst() && in->inst(addr.inst()).op == Op::kAlloc);
  return is_variable ? Origin{in, addr} : Origin{};
}

std::optional<InstId> CreationOf(const Function& literal) {
  const std::optional<Value> value = ValueOfLiteral(literal);
  if (!value) {
    return std::nullopt;
  }
  if (value->is_inst()) {
    return value->inst();
  }
  const std::span<const InstId> users = literal.parent()->UsersOf(*value);
  return users.empty() ? std::nullopt : std::optional(users[0]);
}

VariableUses UsesOf(const Origin& variable) {
  if (variable.function == nullptr || !variable.value.is_inst()) {
    VariableUses uses;
    uses.escapes = true;
    return uses;
  }
  return UseFinder().Find(variable);
}

bool IsNilConst(const Function& function, Value value) {
  if (value.kind() != Value::Kind::kConst) {
    return false;
  }
  const ssa::Const& constant = function.consts()[value.index()];
  return constant.value.is_unknown() && !types::IsTypeParam(constant.type) &&
         types::HasNil(constant.type);
}

std::optional<types::Value> ConstantOf(const Function& function, Value value) {
  if (value.kind() != Value::Kind::kConst) {
    return std::nullopt;
  }
  const types::Value constant = function.consts()[value.index()].value;
  switch (constant.kind()) {
    case types::ConstantKind::kBool:
    case types::ConstantKind::kInt:
    case types::ConstantKind::kString:
      return constant;
    default:
      return std::nullopt;
  }
}

std::optional<FunctionValue> FunctionOf(const Origin& origin) {
  if (origin.function == nullptr) {
    return std::nullopt;
  }
  const Function& function = *origin.function;
  FunctionValue found;
  found.closure = origin;
  Value callee = origin.value;
  if (callee.is_inst()) {
    const Inst& inst = function.inst(callee.inst());
    if (inst.op != Op::kMakeClosure) {
      return std::nullopt;
    }
    const std::span<const Value> operands = function.Operands(inst);
    callee = operands[0];
    if (callee.kind() == Value::Kind::kFunction &&
        function.callees()[callee.index()].key.kind ==
            ssa::FunctionKind::kBound &&
        operands.size() > 1) {
      found.receiver = operands[1];
    }
  }
  if (callee.kind() != Value::Kind::kFunction) {
    return std::nullopt;
  }
  const ssa::Callee& target = function.callees()[callee.index()];
  found.literal = target.child;
  found.func = target.child != nullptr ? nullptr : target.key.func;
  return found.literal != nullptr || found.func != nullptr
             ? std::optional(found)
             : std::nullopt;
}

std::optional<FunctionValue> FunctionOf(const Function& function, Value value) {
  const Origins origins = OriginsOf(function, value);
  std::optional<FunctionValue> found;
  for (const Origin& origin : origins.values) {
    if (IsNilConst(*origin.function, origin.value)) {
      continue;
    }
    if (found) {
      return std::nullopt;
    }
    found = FunctionOf(origin);
    if (!found) {
      return std::nullopt;
    }
  }
  return origins.is_complete ? found : std::nullopt;
}

}  // namespace gdlint::dataflow
