#include "dataflow/accesses.h"

#include <algorithm>
#include <optional>

#include "dataflow/standard_calls.h"

namespace gdlint::dataflow {
namespace {

using ssa::CallMode;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// Calls are followed so deep.
constexpr int kMaxDepth = 4;

class AccessFinder {
 public:
  std::vector<Access> Find(const Function& function, Value address) {
    Add({&function, address}, false);
    while (!work_.empty()) {
      const Item item = work_.back();
      work_.pop_back();
      for (const InstId user :
           item.address.function->UsersOf(item.address.value)) {
        Use(item, user);
      }
    }
    return std::move(accesses_);
  }

 private:
  struct Item {
    Origin address;
    bool is_part;
  };

  void Add(const Origin& address, bool is_part) {
    if (std::ranges::find(seen_, address) == seen_.end()) {
      seen_.push_back(address);
      work_.push_back({address, is_part});
    }
  }

  void Found(const Item& item, InstId inst, AccessKind kind,
             uint32_t operand = 0) {
    accesses_.push_back({.function = item.address.function,
                         .inst = inst,
                         .kind = kind,
                         .is_part = item.is_part,
                         .operand = operand});
  }

  void Use(const Item& item, InstId user) {
    const Function& function = *item.address.function;
    const Value address = item.address.value;
    const Inst& inst = function.inst(user);
    const auto operands = function.Operands(inst);
    switch (inst.op) {
      case Op::kLoad:
        Found(item, user, AccessKind::kLoad);
        break;
      case Op::kStore:
        if (operands[0] == address) {
          Found(item, user, AccessKind::kStore);
        }
        if (operands[1] == address && !FindInList(item, operands[0])) {
          Found(item, user, AccessKind::kEscape);
        }
        break;
      case Op::kFieldAddr:
      case Op::kIndexAddr:
        Add({&function, user}, true);
        break;
      case Op::kMakeInterface:
      case Op::kChangeInterface:
      case Op::kChangeType:
        Add({&function, user}, item.is_part);
        break;
      case Op::kBinOp:
        // A comparison of pointers.
        break;
      case Op::kMakeClosure:
        UseInClosure(item, user);
        break;
      case Op::kCall:
      case Op::kDefer:
      case Op::kGo:
        for (uint32_t i = 0; i < operands.size(); ++i) {
          if (operands[i] == address) {
            Found(item, user, AccessKind::kPassed, i);
          }
        }
        break;
      default:
        Found(item, user, AccessKind::kEscape);
        break;
    }
  }

  // The address is stored to an element of the array that a variadic call
  // makes: whoever is called has it.
  bool FindInList(const Item& item, Value element) {
    const Function& function = *item.address.function;
    if (!element.is_inst() ||
        function.inst(element.inst()).op != Op::kIndexAddr) {
      return false;
    }
    const Value array = function.Operands(function.inst(element.inst()))[0];
    if (!array.is_inst() || function.inst(array.inst()).op != Op::kAlloc ||
        function.inst(array.inst()).aux != ssa::kNoAux) {
      return false;
    }
    bool is_passed = false;
    for (const InstId user : function.UsersOf(array)) {
      if (function.inst(user).op == Op::kIndexAddr) {
        continue;
      }
      if (function.inst(user).op != Op::kSlice) {
        return false;
      }
      for (const InstId call : function.UsersOf(user)) {
        const Op op = function.inst(call).op;
        if (op != Op::kCall && op != Op::kDefer && op != Op::kGo) {
          return false;
        }
        const auto operands = function.Operands(function.inst(call));
        const auto place = std::ranges::find(operands, Value(user));
        accesses_.push_back(
            {.function = &function,
             .inst = call,
             .kind = AccessKind::kPassed,
             .is_part = item.is_part,
             .in_list = true,
             .operand = static_cast<uint32_t>(place - operands.begin())});
        is_passed = true;
      }
    }
    return is_passed;
  }

  void UseInClosure(const Item& item, InstId user) {
    const Function& function = *item.address.function;
    const auto operands = function.Operands(function.inst(user));
    const Function* const child =
        operands[0].kind() == Value::Kind::kFunction
            ? function.callees()[operands[0].index()].child
            : nullptr;
    if (child == nullptr) {
      Found(item, user, AccessKind::kEscape);
      return;
    }
    for (uint32_t i = 1; i < operands.size(); ++i) {
      if (operands[i] == item.address.value) {
        Add({child, Value(Value::Kind::kFreeVar, i - 1)}, item.is_part);
      }
    }
  }

  std::vector<Access> accesses_;
  std::vector<Origin> seen_;
  std::vector<Item> work_;
};

// The one literal that result `index` of `maker` is, if it is not nil.
const Function* LiteralReturned(const Function& maker, uint32_t index) {
  const Function* found = nullptr;
  for (const Inst& inst : maker.insts()) {
    if (inst.op != Op::kReturn || inst.block == maker.recover_block() ||
        index >= maker.Operands(inst).size()) {
      continue;
    }
    const Value returned = maker.Operands(inst)[index];
    if (IsNilConst(maker, returned)) {
      continue;
    }
    const std::optional<FunctionValue> value = FunctionOf(maker, returned);
    if (!value || value->literal == nullptr ||
        (found != nullptr && found != value->literal)) {
      return nullptr;
    }
    found = value->literal;
  }
  return found;
}

// Of `tx, finish, err := begin()`: the literal that `finish` is.
const Function* LiteralOfCall(const Function& function, Value value,
                              const Program& program) {
  const Origins origins = OriginsOf(function, value);
  if (!origins.is_complete || origins.values.size() != 1 ||
      !origins.values[0].value.is_inst()) {
    return nullptr;
  }
  const Function& at = *origins.values[0].function;
  const Inst* made = &at.inst(origins.values[0].value.inst());
  uint32_t index = 0;
  if (made->op == Op::kExtract && at.Operands(*made)[0].is_inst()) {
    index = made->aux;
    made = &at.inst(at.Operands(*made)[0].inst());
  }
  if (made->op != Op::kCall || ModeOf(*made) != CallMode::kStatic) {
    return nullptr;
  }
  const Function* const maker = BodyOfCall(at, *made, program);
  return maker == nullptr ? nullptr : LiteralReturned(*maker, index);
}

uint8_t EffectOfPassing(const Access& passed, const Program& program,
                        int depth) {
  const PassedTo target = ParamOf(passed, program);
  if (target.body == nullptr && passed.operand != 0) {
    const types::Func* const named =
        NamedCallee(*passed.function, passed.function->inst(passed.inst));
    if (named != nullptr && KeepsNoPointer(*named)) {
      return kMayRead | kMayWrite;
    }
  }
  if (passed.in_list || target.body == nullptr || depth == kMaxDepth) {
    return kMayRead | kMayWrite | kMayDoAnything;
  }
  uint8_t effect = kNoEffect;
  for (const Access& access : AccessesOf(*target.body, target.param)) {
    switch (access.kind) {
      case AccessKind::kLoad:
        effect |= kMayRead;
        break;
      case AccessKind::kStore:
        effect |= kMayWrite;
        break;
      case AccessKind::kPassed:
        effect |= EffectOfPassing(access, program, depth + 1);
        break;
      case AccessKind::kEscape:
        effect |= kMayRead | kMayWrite | kMayDoAnything;
        break;
    }
  }
  return effect;
}

}  // namespace

std::vector<Access> AccessesOf(const Function& function, Value address) {
  return AccessFinder().Find(function, address);
}

const Function* BodyOfCall(const Function& caller, const Inst& call,
                           const Program& program) {
  const Value callee = caller.Operands(call)[0];
  const types::Func* func = nullptr;
  switch (ModeOf(call)) {
    case CallMode::kStatic: {
      const ssa::Callee& target = caller.callees()[callee.index()];
      if (target.child != nullptr) {
        return target.child;
      }
      if (target.key.kind != ssa::FunctionKind::kDeclared) {
        return nullptr;
      }
      func = target.key.func;
      break;
    }
    case CallMode::kDynamic: {
      const std::optional<FunctionValue> value = FunctionOf(caller, callee);
      if (!value) {
        return LiteralOfCall(caller, callee, program);
      }
      if (value->receiver.has_value()) {
        return nullptr;
      }
      if (value->literal != nullptr) {
        return value->literal;
      }
      // Only what is named as it is: a method expression has other parameters.
      func = value->func != nullptr && !value->func->is_method() ? value->func
                                                                 : nullptr;
      break;
    }
    default:
      return nullptr;
  }
  if (func == nullptr) {
    return nullptr;
  }
  const FunctionId id = program.Find(func);
  return id.has_value() ? program.node(id).body : nullptr;
}

PassedTo ParamOf(const Access& passed, const Program& program) {
  const Inst& call = passed.function->inst(passed.inst);
  const Function* const body =
      passed.operand == 0 ? nullptr
                          : BodyOfCall(*passed.function, call, program);
  if (body == nullptr || passed.operand - 1 >= body->params().size()) {
    return {};
  }
  return {body, Value(Value::Kind::kParam, passed.operand - 1)};
}

uint8_t EffectOf(const Access& passed, const Program& program) {
  return EffectOfPassing(passed, program, 0);
}

bool IsWithin(const Function& function, const Function& outer) {
  for (const Function* at = &function; at != nullptr; at = at->parent()) {
    if (at == &outer) {
      return true;
    }
  }
  return false;
}

}  // namespace gdlint::dataflow
