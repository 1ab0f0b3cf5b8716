#include "checks/typed/outlives.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "checks/knowledge/release_names.h"
#include "dataflow/values.h"
#include "types/predicates.h"
#include "types/universe.h"

namespace gdlint::checks::typed {
namespace {

using dataflow::Program;
using ssa::BlockId;
using ssa::CallMode;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// So many uses are followed for one question; more than any function by hand.
constexpr int kMaxSteps = 20'000;
// Calls are followed so deep.
constexpr int kMaxDepth = 3;
constexpr int kMaxTypeDepth = 4;

// True if a value of the type can hold on to a resource.
bool CanHold(const types::Type* type, bool strings, int depth) {
  if (type == nullptr) {
    return false;
  }
  const types::Named* const named = types::AsNamed(type);
  if (named != nullptr && named->obj->package == nullptr) {
    return false;  // error
  }
  const types::Type* const under = types::Under(type);
  switch (under->kind) {
    case types::TypeKind::kBasic:
      return strings && types::IsString(under);
    case types::TypeKind::kSlice:
      return CanHold(types::As<types::Slice>(under)->elem, strings, depth);
    case types::TypeKind::kArray:
      return CanHold(types::As<types::Array>(under)->elem, strings, depth);
    case types::TypeKind::kStruct:
      return depth == 0 ||
             std::ranges::any_of(types::As<types::Struct>(under)->fields,
                                 [&](const types::Var* field) {
                                   return CanHold(field->type, strings,
                                                  depth - 1);
                                 });
    default:
      return true;
  }
}

Value OperandAt(const Function& function, const Inst& inst, size_t i) {
  const auto operands = function.Operands(inst);
  return i < operands.size() ? operands[i] : Value::None();
}

// Where control and values come from and go to.
class Follower {
 public:
  Follower(const Program& program, const Iteration& iteration,
           const OutlivesOptions& options, int depth)
      : program_(program),
        iteration_(iteration),
        options_(options),
        depth_(depth) {}

  std::vector<WayOut> Run(std::span<const Base> sources) {
    for (const Base& source : sources) {
      Add(*source.function, source.value, false);
    }
    while (!work_.empty() && --steps_left_ > 0) {
      const Item item = work_.back();
      work_.pop_back();
      for (const InstId user : item.function->UsersOf(item.value)) {
        Use(item, *item.function, user);
      }
    }
    return std::move(ways_);
  }

  // Parameters of the function into which a value was stored.
  const std::set<uint32_t>& into_params() const { return into_params_; }

 private:
  struct Item {
    const Function* function;
    Value value;
    // It comes from an iteration before.
    bool is_carried;
  };

  void Add(const Function& function, Value value, bool is_carried) {
    if (!value.has_value()) {
      return;
    }
    const std::tuple key(&function, static_cast<int>(value.kind()),
                         value.index(), is_carried);
    if (seen_.insert(key).second) {
      work_.push_back({&function, value, is_carried});
    }
  }
  void AddResult(const Item& item, const Function& function, InstId id) {
    const types::Type* const type = function.inst(id).type;
    const bool is_tuple =
        type != nullptr && type->kind == types::TypeKind::kTuple;
    if (is_tuple || CanHold(type, options_.strings, kMaxTypeDepth)) {
      Add(function, id, item.is_carried);
    }
  }

  void Leaves(Way way, const Function& function, InstId inst,
              Value variable = {}) {
    ways_.push_back({.way = way,
                     .function = &function,
                     .inst = inst,
                     .variable = variable});
  }

  void Use(const Item& item, const Function& function, InstId id) {
    if (&function == options_.ignored_in &&
        std::ranges::count(options_.ignored, id) > 0) {
      return;
    }
    const Inst& inst = function.inst(id);
    if (options_.all_uses) {
      Leaves(Way::kUsed, function, id);
    }
    if (inst.op == Op::kPhi) {
      const bool is_header =
          &function == iteration_.function && inst.block == iteration_.header;
      AddResult({.function = &function,
                 .value = item.value,
                 .is_carried =
                     item.is_carried || is_header || IsBehind(function, inst)},
                function, id);
      return;
    }
    if (IsReal(item, function, inst) &&
        (item.is_carried || IsBehind(function, inst))) {
      Leaves(Way::kCarried, function, id);
    }
    Pass(item, function, id);
  }

  // Behind the loop, where nothing of it is any more.
  bool IsBehind(const Function& function, const Inst& inst) const {
    return &function == iteration_.function && iteration_.span.end.is_valid() &&
           !iteration_.Has(function, inst) && inst.pos.is_valid() &&
           inst.pos >= iteration_.span.end;
  }

  // Comparing with nil and the like is no use of what a value holds.
  static bool IsReal(const Item&, const Function&, const Inst& inst) {
    return inst.op != Op::kBinOp && inst.op != Op::kIf;
  }

  void Pass(const Item& item, const Function& function, InstId id) {
    const Inst& inst = function.inst(id);
    switch (inst.op) {
      case Op::kStore:
        if (OperandAt(function, inst, 1) == item.value) {
          Stored(item, function, id, OperandAt(function, inst, 0));
        }
        break;
      case Op::kMapUpdate:
        if (OperandAt(function, inst, 2) == item.value ||
            OperandAt(function, inst, 1) == item.value) {
          Stored(item, function, id, OperandAt(function, inst, 0));
        }
        break;
      case Op::kSend:
        if (OperandAt(function, inst, 1) == item.value) {
          Leaves(Way::kSent, function, id);
        }
        break;
      case Op::kGo:
        Leaves(Way::kSpawned, function, id);
        break;
      case Op::kDefer:
        Leaves(Way::kDeferred, function, id);
        break;
      case Op::kReturn:
        if (&function == iteration_.function) {
          Leaves(Way::kReturned, function, id);
        }
        break;
      case Op::kCall:
        Call(item, function, id);
        break;
      case Op::kMakeClosure:
        Closure(item, function, id);
        break;
      case Op::kLookup:
      case Op::kIndexAddr:
      case Op::kIndex:
        if (OperandAt(function, inst, 0) == item.value) {
          AddResult(item, function, id);
        }
        break;
      case Op::kSlice:
        Sliced(item, function, id);
        break;
      case Op::kBinOp:
        if (options_.strings) {
          AddResult(item, function, id);
        }
        break;
      case Op::kUnOp:
      case Op::kIf:
      case Op::kMakeSlice:
      case Op::kMakeMap:
      case Op::kMakeChan:
      case Op::kPanic:
        break;
      default:
        AddResult(item, function, id);
        break;
    }
  }

  // A part of a slice is the same memory, which may be what is released: a
  // buffer of a pool.
  void Sliced(const Item& item, const Function& function, InstId id) {
    if (OperandAt(function, function.inst(id), 0) != item.value) {
      return;
    }
    const types::Type* const type = function.TypeOf(item.value);
    if (type != nullptr && types::UnderAs<types::Slice>(type) != nullptr) {
      Add(function, id, item.is_carried);
    } else {
      AddResult(item, function, id);
    }
  }

  void Stored(const Item& item, const Function& function, InstId id,
              Value into) {
    const Base base = BaseOf(function, into);
    if (IsOfIteration(iteration_, base)) {
      Add(*base.function, base.value, item.is_carried);
      return;
    }
    if (base.value.kind() == Value::Kind::kParam &&
        base.function == iteration_.function) {
      into_params_.insert(base.value.index());
    }
    // A local variable as a whole, by its own address.
    const bool is_variable =
        base.value.is_inst() &&
        base.function->inst(base.value.inst()).op == Op::kAlloc &&
        dataflow::VariableOf(function, into).value == base.value &&
        IsAddress(function, into);
    Leaves(Way::kStored, function, id, is_variable ? base.value : Value());
  }

  static bool IsAddress(const Function& function, Value into) {
    return into.kind() == Value::Kind::kFreeVar ||
           (into.is_inst() && function.inst(into.inst()).op == Op::kAlloc);
  }

  void Closure(const Item& item, const Function& function, InstId id) {
    const Inst& inst = function.inst(id);
    Add(function, id, item.is_carried);
    // Inside it the variable goes by another name.
    const auto operands = function.Operands(inst);
    const ssa::Callee& callee = function.callees()[operands[0].index()];
    for (uint32_t i = 1; i < operands.size() && callee.child != nullptr; ++i) {
      if (operands[i] == item.value) {
        Add(*callee.child, Value(Value::Kind::kFreeVar, i - 1),
            item.is_carried);
      }
    }
  }

  // The function whose body a call runs, if it is the only one.
  const Function* BodyOf(const Function& function, const Inst& call) const {
    const dataflow::FunctionId target =
        program_.TargetsOf(function, call).only();
    return target.has_value() ? program_.node(target).body : nullptr;
  }

  void Call(const Item& item, const Function& function, InstId id) {
    const Inst& call = function.inst(id);
    const auto operands = function.Operands(call);
    const CallMode mode = ModeOf(call);
    if (mode == CallMode::kBuiltin) {
      const auto builtin = static_cast<types::BuiltinId>(operands[0].index());
      if (builtin == types::BuiltinId::kAppend) {
        AddResult(item, function, id);
      }
      return;
    }
    const uint32_t first = mode == CallMode::kInvoke ? 0 : 1;
    if (mode == CallMode::kDynamic && operands[0] == item.value) {
      // A closure that runs here: what it captured was followed already.
      return;
    }
    const dataflow::Summary summary = program_.SummaryOfCall(function, call);
    const Function* const body =
        depth_ < kMaxDepth ? BodyOf(function, call) : nullptr;
    for (uint32_t i = first; i < operands.size(); ++i) {
      if (operands[i] != item.value) {
        continue;
      }
      const uint32_t param = i - first;
      if (IsFunction(function, item.value)) {
        if (body == nullptr || summary.is_model || !IsKept(summary, param)) {
          UseOfFunction(summary, param, function, id);
          if (summary.is_known && param < summary.params.size() &&
              summary.params[param].func_use != dataflow::kUsedNot) {
            continue;
          }
        }
      }
      if (body != nullptr && param < body->params().size()) {
        FollowInto(item, function, id, *body, param, first);
      } else {
        JudgeByName(item, function, id, param);
      }
    }
  }

  static bool IsFunction(const Function& function, Value value) {
    const types::Type* const type = function.TypeOf(value);
    return type != nullptr && types::UnderAs<types::Signature>(type) != nullptr;
  }

  static bool IsKept(const dataflow::Summary& summary, uint32_t param) {
    return summary.is_known && param < summary.params.size() &&
           (summary.params[param].func_use & dataflow::kKept) != 0;
  }

  void UseOfFunction(const dataflow::Summary& summary, uint32_t param,
                     const Function& function, InstId id) {
    // All at once: it goes to a function that is not known.
    constexpr uint16_t kUnknown = dataflow::kCalled | dataflow::kDeferred |
                                  dataflow::kSpawned | dataflow::kKept;
    uint16_t use = summary.is_known && param < summary.params.size()
                       ? summary.params[param].func_use
                       : uint16_t{dataflow::kUsedNot};
    if ((use & kUnknown) == kUnknown) {
      use = dataflow::kUsedNot;
    }
    const types::Func* const named =
        dataflow::NamedCallee(function, function.inst(id));
    const std::string_view name =
        named == nullptr ? std::string_view() : named->name->text();
    const bool keeps_by_name =
        name == "AfterFunc" || name == "Cleanup" || name == "HandleFunc";
    if ((use & dataflow::kKept) != 0 || (use == 0 && keeps_by_name)) {
      Leaves(Way::kKept, function, id);
    } else if (((use & dataflow::kSpawned) != 0 &&
                (use & dataflow::kCalled) == 0) ||
               (use == 0 && name == "Go")) {
      // What is called too, as subtests are, is waited for.
      Leaves(Way::kSpawned, function, id);
    }
  }

  // Looks at what the function does with the parameter.
  void FollowInto(const Item& item, const Function& function, InstId id,
                  const Function& body, uint32_t param, uint32_t first) {
    const Iteration all{
        .function = &body,
        .blocks = dataflow::BlockSet(body.blocks().size(), true),
        .header = {},
        .span = {}};
    Follower inside(program_, all,
                    {.strings = options_.strings,
                     .functions_by_name = options_.functions_by_name,
                     .all_uses = false,
                     .ignored_in = nullptr,
                     .ignored = {}},
                    depth_ + 1);
    const Base source[] = {{&body, Value(Value::Kind::kParam, param)}};
    bool kept = false;
    for (const WayOut& way : inside.Run(source)) {
      switch (way.way) {
        case Way::kReturned:
          AddResult(item, function, id);
          break;
        case Way::kSpawned:
          Leaves(Way::kSpawned, function, id);
          break;
        case Way::kSent:
        case Way::kKept:
          kept = true;
          break;
        case Way::kStored:
          kept = kept || StoresAway(way);
          break;
        case Way::kCarried:
        case Way::kDeferred:
        case Way::kUsed:
          break;
      }
    }
    if (kept) {
      Leaves(Way::kKept, function, id);
    }
    const auto operands = function.Operands(function.inst(id));
    for (const uint32_t into : inside.into_params()) {
      if (into != param && into + first < operands.size()) {
        StoredByCall(item, function, id, operands[into + first]);
      }
    }
  }

  // True if a store in a callee goes to package-level memory.
  static bool StoresAway(const WayOut& way) {
    const Inst& inst = way.function->inst(way.inst);
    const Base base = BaseOf(*way.function, way.function->Operands(inst)[0]);
    return base.value.kind() == Value::Kind::kGlobal;
  }

  void StoredByCall(const Item& item, const Function& function, InstId id,
                    Value into) {
    const Base base = BaseOf(function, into);
    if (IsOfIteration(iteration_, base)) {
      Add(*base.function, base.value, item.is_carried);
    } else {
      if (base.value.kind() == Value::Kind::kParam &&
          base.function == iteration_.function) {
        into_params_.insert(base.value.index());
      }
      Leaves(Way::kStored, function, id);
    }
  }

  void JudgeByName(const Item& item, const Function& function, InstId id,
                   uint32_t param) {
    const Inst& call = function.inst(id);
    const types::Func* const callee = dataflow::NamedCallee(function, call);
    if (callee == nullptr) {
      return;
    }
    const std::string_view name = callee->name->text();
    const bool is_receiver = callee->is_method() && param == 0;
    if (is_receiver) {
      // `f.Name()` where the name is what is released.
      if (options_.strings) {
        AddResult(item, function, id);
      }
      return;
    }
    if (knowledge::NamesWrap(name)) {
      AddResult(item, function, id);
    }
    const bool may_keep =
        options_.functions_by_name || !IsFunction(function, item.value);
    if (may_keep && callee->is_method() && knowledge::NamesKeep(name) &&
        !IsReader(function, item.value, *callee, param - 1)) {
      const size_t receiver = ModeOf(call) == CallMode::kInvoke ? 0 : 1;
      StoredByCall(item, function, id, OperandAt(function, call, receiver));
    }
  }

  // True if what is given is only read from: `store.Put(name, file)`.
  static bool IsReader(const Function&, Value, const types::Func& callee,
                       uint32_t param) {
    const types::Signature* const signature = callee.signature();
    if (signature == nullptr || param >= signature->params->params.size()) {
      return false;
    }
    const auto* interface =
        types::UnderAs<types::Interface>(signature->params->params[param].type);
    return interface != nullptr &&
           std::ranges::any_of(interface->methods, [](const types::Func* m) {
             return m->name->text() == "Read";
           });
  }

  const Program& program_;
  const Iteration& iteration_;
  const OutlivesOptions options_;
  int depth_;
  int steps_left_ = kMaxSteps;
  std::vector<Item> work_;
  std::set<std::tuple<const Function*, int, uint32_t, bool>> seen_;
  std::vector<WayOut> ways_;
  std::set<uint32_t> into_params_;
};

}  // namespace

Base BaseOf(const Function& start, Value value) {
  const Function* function = &start;
  for (int steps = 0; steps < kMaxSteps; ++steps) {
    if (value.kind() == Value::Kind::kFreeVar) {
      const dataflow::Origin variable = dataflow::VariableOf(*function, value);
      if (variable.function == nullptr || variable.function == function) {
        break;
      }
      function = variable.function;
      value = variable.value;
      continue;
    }
    if (!value.is_inst()) {
      break;
    }
    const Inst& inst = function->inst(value.inst());
    switch (inst.op) {
      case Op::kFieldAddr:
      case Op::kField:
      case Op::kIndexAddr:
      case Op::kIndex:
      case Op::kLookup:
      case Op::kLoad:
      case Op::kSlice:
      case Op::kChangeType:
      case Op::kConvert:
      case Op::kMultiConvert:
      case Op::kChangeInterface:
      case Op::kMakeInterface:
      case Op::kTypeAssert:
      case Op::kExtract:
        value = function->Operands(inst)[0];
        continue;
      default:
        return {function, value};
    }
  }
  return {function, value};
}

bool IsOfIteration(const Iteration& iteration, const Base& base) {
  if (!base.value.is_inst()) {
    // Parameters of a range-over-func loop's body are the iteration's.
    return base.value.kind() == Value::Kind::kParam &&
           base.function == iteration.function &&
           base.function->kind() == ssa::FunctionKind::kRangeBody;
  }
  const Inst& inst = base.function->inst(base.value.inst());
  if (base.function != iteration.function) {
    // Of a literal within, which runs in an iteration; not of what is around.
    for (const Function* at = base.function; at != nullptr; at = at->parent()) {
      if (at == iteration.function) {
        return true;
      }
    }
    return false;
  }
  return iteration.blocks[inst.block.index] &&
         !(inst.op == Op::kPhi && inst.block == iteration.header);
}

std::vector<WayOut> WaysOut(const Program& program, const Iteration& iteration,
                            std::span<const Base> sources,
                            const OutlivesOptions& options) {
  return Follower(program, iteration, options, 0).Run(sources);
}

}  // namespace gdlint::checks::typed
