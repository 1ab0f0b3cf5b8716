#include "dataflow/panic_reach.h"

#include <algorithm>
#include <optional>
#include <string>

#include "dataflow/dominance.h"
#include "dataflow/program.h"
#include "dataflow/recover_calls.h"
#include "dataflow/standard_calls.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "ssa/exits.h"
#include "types/object.h"
#include "types/package.h"
#include "types/predicates.h"

namespace gdlint::dataflow {
namespace {

using ssa::BlockId;
using ssa::CallMode;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// Chains of calls that are looked along; beyond, summaries say what they can.
constexpr int kMaxDepth = 12;
// Functions that are looked at for one answer.
constexpr int kMaxFunctions = 2'000;

bool IsDefer(const Inst& inst) {
  return inst.op == Op::kDefer && (inst.detail & ssa::kOnDeferStack) == 0;
}

// What is being found out of one function. Functions that call each other ask
// for what is under way: they get nothing then, and the first of them, which
// gets to an end after all others, has everything.
struct Leaving {
  Leaving(const ssa::Function&, Analyses&) {}
  mutable std::optional<uint16_t> known;
  mutable bool is_under_way = false;
};

class Finder {
 public:
  explicit Finder(Analyses& analyses) : analyses_(analyses) {}

  uint16_t Leaving(const ssa::Function& function) {
    const auto& memo = analyses_.Get<dataflow::Leaving>(function);
    if (memo.known) {
      return *memo.known;
    }
    if (memo.is_under_way) {
      was_cut_ = true;
      return kNoPanic;
    }
    if (depth_ >= kMaxDepth || ++functions_ > kMaxFunctions) {
      was_cut_ = true;
      return FromSummary(function);
    }
    memo.is_under_way = true;
    ++depth_;
    const bool was_cut_before = std::exchange(was_cut_, false);
    const uint16_t sources = Compute(function);
    --depth_;
    memo.is_under_way = false;
    if (!was_cut_ || depth_ == 0) {
      memo.known = sources;
    }
    was_cut_ |= was_cut_before;
    return sources;
  }

  uint16_t At(const ssa::Function& function, const Inst& inst) {
    const uint16_t own =
        analyses_.Get<PanicPoints>(function).SourcesOf(function.IdOf(inst));
    return inst.op == Op::kCall ? own | OfCall(function, inst) : own;
  }

  uint16_t OfCall(const ssa::Function& function, const Inst& call) {
    const CallMode mode = ModeOf(call);
    const auto operands = function.Operands(call);
    if (mode == CallMode::kBuiltin) {
      return OfBuiltin(operands[0]);
    }
    const types::Func* const named = NamedCallee(function, call);
    if (named != nullptr) {
      if (const auto exit = ssa::ExitOf(named)) {
        return *exit == ssa::ExitKind::kNoReturn ? kPanicStatement : kNoPanic;
      }
      if (mode == CallMode::kInvoke ? MethodPanicsNever(*named)
                                    : PanicsNever(*named)) {
        return OfArguments(function, call) | OfCounter(*named) |
               ReceiverOf(function, call);
      }
    } else if (ValuePanicsNever(function.TypeOf(operands[0]))) {
      return kNoPanic;
    }
    return OfTargets(function, call, named);
  }

 private:
  static uint16_t OfBuiltin(Value builtin) {
    switch (static_cast<types::BuiltinId>(builtin.index())) {
      case types::BuiltinId::kPanic:
        return kPanicStatement;
      case types::BuiltinId::kClose:
        return kChannel;
      case types::BuiltinId::kDelete:
        return kUnlikely;
      default:
        return kNoPanic;
    }
  }

  uint16_t OfTargets(const ssa::Function& function, const Inst& call,
                     const types::Func* named) {
    const Program& program = analyses_.program();
    const CallTargets targets = program.TargetsOf(function, call);
    // A method may be that of a nil pointer within.
    uint16_t sources = ModeOf(call) == CallMode::kInvoke ? kUnlikely : kNoPanic;
    for (const FunctionId target : targets.functions) {
      const Node& node = program.node(target);
      sources |= node.body != nullptr
                     ? AsCallee(Leaving(*node.body), ReceiverOf(function, call))
                     : FromSummary(program.SummaryOf(target));
    }
    if (!targets.is_complete || targets.functions.empty()) {
      if (named != nullptr && ModeOf(call) == CallMode::kStatic) {
        sources |= FromSummary(program.SummaryOf(named));
      } else {
        sources |= OfUnknown(*function.TypeOf(function.Operands(call)[0]));
      }
    }
    return sources;
  }

  // A panic of whoever answers a request is that of a wrapper gone wrong.
  static uint16_t OfUnknown(const types::Type& type) {
    const types::Named* const named = types::AsNamed(&type);
    const bool is_answer = named != nullptr && named->obj->package != nullptr &&
                           named->obj->package->path == "net/http" &&
                           named->obj->name->text() == "ResponseWriter";
    return is_answer ? kNil : kCallback;
  }

  // What the functions and interfaces given to a standard function may do.
  uint16_t OfArguments(const ssa::Function& function, const Inst& call) {
    const auto arguments = function.Operands(call).subspan(1);
    const Summary summary = analyses_.program().SummaryOfCall(function, call);
    const bool encodes = Encodes(function, call);
    uint16_t sources = kNoPanic;
    for (size_t n = 0; n < arguments.size(); ++n) {
      const Value argument = arguments[n];
      const types::Type* const type = function.TypeOf(argument);
      if (type == nullptr || IsCalledElsewhere(summary, n)) {
        continue;
      }
      if (types::UnderAs<types::Signature>(type) != nullptr) {
        sources |= OfFunctionValue(function, argument);
      } else if (encodes && MayBeEncoded(function, argument, *type)) {
        sources |= kCallback;
      } else if (MayCallBack(function, argument, *type)) {
        sources |=
            OfUnknown(*function.TypeOf(StripConversions(function, argument)));
      }
    }
    return sources;
  }

  // A counter that is below zero then; a copy that is used.
  static uint16_t OfCounter(const types::Func& func) {
    const std::string name = FullName(func);
    if (name == "(*sync.WaitGroup).Done") {
      return kChannel;
    }
    return name == "(*sync.WaitGroup).Add" || name.starts_with("(*sync.Cond).")
               ? kUnlikely
               : kNoPanic;
  }

  // It is kept, or run in a goroutine, and not called now.
  static bool IsCalledElsewhere(const Summary& summary, size_t param) {
    if (!summary.is_known || param >= summary.params.size()) {
      return false;
    }
    const uint16_t use = summary.params[param].func_use;
    return use != kUsedNot && (use & (kCalled | kDeferred)) == 0;
  }

  uint16_t OfFunctionValue(const ssa::Function& function, Value value) {
    if (ValuePanicsNever(function.TypeOf(value))) {
      return kNoPanic;
    }
    const auto found = FunctionOf(function, value);
    if (!found) {
      return value.kind() == Value::Kind::kConst ? kNoPanic : kCallback;
    }
    if (found->literal != nullptr) {
      return AsCallee(Leaving(*found->literal));
    }
    if (found->func == nullptr || PanicsNever(*found->func)) {
      return kNoPanic;
    }
    const Program& program = analyses_.program();
    const FunctionId id = program.Find(found->func);
    if (id.has_value() && program.node(id).body != nullptr) {
      return AsCallee(Leaving(*program.node(id).body));
    }
    return FromSummary(program.SummaryOf(found->func));
  }

  // encoding/json and the like call methods of the value, and do not recover
  // what is not theirs; fmt and text/template do.
  static bool Encodes(const ssa::Function& function, const Inst& call) {
    const types::Func* const named = NamedCallee(function, call);
    return named != nullptr && named->package != nullptr &&
           named->package->path.starts_with("encoding/");
  }

  // A value that may have methods of someone else, or has parts that do.
  static bool MayBeEncoded(const ssa::Function& function, Value value,
                           const types::Type& type) {
    if (types::UnderAs<types::Interface>(&type) == nullptr ||
        !value.is_inst()) {
      return false;
    }
    const Inst& made = function.inst(value.inst());
    return made.op != Op::kMakeInterface ||
           HasForeignParts(function.TypeOf(function.Operands(made)[0]));
  }

  // Something in values of the type may have methods that encoders call.
  static bool HasForeignParts(const types::Type* whole) {
    std::vector<const types::Type*> parts = {whole};
    constexpr size_t kMaxParts = 100;
    for (size_t i = 0; i < parts.size(); ++i) {
      const types::Named* const named = types::AsNamed(parts[i]);
      const types::Type* const under = types::Under(parts[i]);
      if (i == kMaxParts || types::TryAs<types::Interface>(under) != nullptr ||
          (named != nullptr &&
           std::ranges::any_of(MethodsOf(named), IsEncoderMethod))) {
        return true;
      }
      const auto add = [&](const types::Type* part) {
        if (std::ranges::find(parts, part) == parts.end()) {
          parts.push_back(part);
        }
      };
      if (const auto* const pointer = types::TryAs<types::Pointer>(under)) {
        add(pointer->elem);
      } else if (const auto* const slice = types::TryAs<types::Slice>(under)) {
        add(slice->elem);
      } else if (const auto* const array = types::TryAs<types::Array>(under)) {
        add(array->elem);
      } else if (const auto* const map = types::TryAs<types::Map>(under)) {
        add(map->key);
        add(map->elem);
      } else if (const auto* const fields =
                     types::TryAs<types::Struct>(under)) {
        for (const types::Var* const field : fields->fields) {
          add(field->type);
        }
      }
    }
    return false;
  }

  static bool IsEncoderMethod(const types::Func* method) {
    const std::string_view name = method->name->text();
    return (method->package == nullptr || !method->package->is_standard) &&
           (name.find("arshal") != std::string_view::npos ||
            name.starts_with("Gob"));
  }

  // An interface with methods that someone else implements. Errors and contexts
  // do no harm; `any` is only printed or encoded.
  static bool MayCallBack(const ssa::Function& function, Value value,
                          const types::Type& type) {
    const auto* const interface = types::UnderAs<types::Interface>(&type);
    if (interface == nullptr || types::IsTypeParam(&type) ||
        (interface->methods.empty() && interface->embeddeds.empty()) ||
        value.kind() == Value::Kind::kConst ||
        value.kind() == Value::Kind::kGlobal) {
      return false;
    }
    const types::Named* const named = types::AsNamed(&type);
    if (named != nullptr && (named->obj->package == nullptr ||
                             named->obj->package->path == "context")) {
      return false;
    }
    if (!value.is_inst()) {
      return true;
    }
    const Inst& made = function.inst(value.inst());
    if (made.op == Op::kChangeInterface) {
      const Value inner = function.Operands(made)[0];
      return MayCallBack(function, inner, *function.TypeOf(inner));
    }
    if (made.op != Op::kMakeInterface) {
      // A global of the standard library such as os.Stdout is a load.
      return made.op != Op::kLoad ||
             function.Operands(made)[0].kind() != Value::Kind::kGlobal;
    }
    const types::Type* inner =
        types::Unalias(function.TypeOf(function.Operands(made)[0]));
    if (const auto* const pointer = types::TryAs<types::Pointer>(inner)) {
      inner = pointer->elem;
    }
    const types::Named* const concrete = types::AsNamed(inner);
    return concrete == nullptr || concrete->obj->package == nullptr ||
           !concrete->obj->package->is_standard;
  }

  static uint16_t FromSummary(const Summary& summary) {
    if (!summary.is_known) {
      return kUnknownFunction;
    }
    return ((summary.ends & kPanics) != 0 ? kPanicStatement : kNoPanic) |
           ((summary.ends & kMayFail) != 0 ? kCalleeMayFail : kNoPanic);
  }
  uint16_t FromSummary(const ssa::Function& function) {
    const FunctionId id = analyses_.program().Find(&function);
    return FromSummary(analyses_.program().SummaryOf(id));
  }

  uint16_t ReceiverOf(const ssa::Function& function, const Inst& call) {
    return analyses_.Get<PanicPoints>(function).ReceiverOf(function.IdOf(call));
  }

  // A nil parameter is here what was given there; `receiver` is what a nil
  // receiver brings here.
  static uint16_t AsCallee(uint16_t sources, uint16_t receiver = kNoPanic) {
    uint16_t here = sources & ~(kNilParam | kNilReceiver);
    if ((sources & kNilParam) != 0) {
      here |= kNil;
    }
    if ((sources & kNilReceiver) != 0) {
      here |= receiver;
    }
    return here;
  }

  uint16_t Compute(const ssa::Function& function) {
    std::vector<InstId> guards;
    uint16_t sources = kNoPanic;
    for (const Inst& inst : function.insts()) {
      if (inst.op != Op::kDefer) {
        continue;
      }
      sources |= OfCall(function, inst);
      if (IsDefer(inst) &&
          RecoversOf(function, inst, analyses_) == Recovers::kAlways) {
        guards.push_back(function.IdOf(inst));
      }
    }
    // Those of other deferred calls may come after the recovering one ran: they
    // stay.
    for (const Inst& inst : function.insts()) {
      if ((ssa::InfoOf(inst.op).traits & ssa::kMayPanic) == 0) {
        continue;
      }
      const InstId id = function.IdOf(inst);
      const uint16_t here = At(function, inst);
      if (here != kNoPanic && !IsGuarded(function, guards, id)) {
        sources |= here;
      }
    }
    for (const auto& child : function.children()) {
      // Deferred by a loop's body: on this function's list.
      if (child->kind() == ssa::FunctionKind::kRangeBody) {
        for (const Inst& inst : child->insts()) {
          if (inst.op == Op::kDefer) {
            sources |= OfCall(*child, inst);
          }
        }
      }
    }
    return sources;
  }

  bool IsGuarded(const ssa::Function& function,
                 const std::vector<InstId>& guards, InstId inst) {
    if (guards.empty()) {
      return false;
    }
    const auto& dominance = analyses_.Get<Dominance>(function);
    return std::ranges::any_of(
        guards, [&](InstId guard) { return dominance.Precedes(guard, inst); });
  }

  Analyses& analyses_;
  int depth_ = 0;
  int functions_ = 0;
  bool was_cut_ = false;
};

}  // namespace

uint16_t LeavingPanics(const ssa::Function& function, Analyses& analyses) {
  return Finder(analyses).Leaving(function);
}

uint16_t PanicsAt(const ssa::Function& function, const Inst& inst,
                  Analyses& analyses) {
  return Finder(analyses).At(function, inst);
}

uint16_t PanicsOfCall(const ssa::Function& function, const Inst& call,
                      Analyses& analyses) {
  return Finder(analyses).OfCall(function, call);
}

CalledBodies BodiesOf(const ssa::Function& function, const Inst& call,
                      Analyses& analyses) {
  const Program& program = analyses.program();
  CalledBodies called;
  if (ModeOf(call) == CallMode::kBuiltin) {
    called.is_complete = true;
    return called;
  }
  const CallTargets targets = program.TargetsOf(function, call);
  called.is_complete = targets.is_complete;
  for (const FunctionId target : targets.functions) {
    if (const ssa::Function* const body = program.node(target).body) {
      called.bodies.push_back(body);
    } else {
      called.is_complete = false;
    }
  }
  return called;
}

Recovers RecoversOf(const ssa::Function& function, const Inst& defer,
                    Analyses& analyses) {
  if (ModeOf(defer) == CallMode::kBuiltin) {
    return Recovers::kNot;
  }
  const CalledBodies called = BodiesOf(function, defer, analyses);
  if (called.is_complete && !called.bodies.empty()) {
    bool always = true;
    bool ever = false;
    for (const ssa::Function* const body : called.bodies) {
      const auto& calls = analyses.Get<RecoverCalls>(*body);
      ever |= calls.recovers();
      always &= calls.recovers_always();
    }
    return always ? Recovers::kAlways
                  : (ever ? Recovers::kMaybe : Recovers::kNot);
  }
  const types::Func* const named = NamedCallee(function, defer);
  if (named != nullptr && ModeOf(defer) == CallMode::kStatic &&
      (PanicsNever(*named) ||
       (named->package != nullptr && named->package->is_standard))) {
    return Recovers::kNot;
  }
  if (named == nullptr &&
      ValuePanicsNever(function.TypeOf(function.Operands(defer)[0]))) {
    return Recovers::kNot;
  }
  const Summary summary = analyses.program().SummaryOfCall(function, defer);
  if (summary.is_known) {
    return summary.recovers_always
               ? Recovers::kAlways
               : (summary.calls_recover ? Recovers::kMaybe : Recovers::kNot);
  }
  return Recovers::kMaybe;
}

bool MayRecoverItself(const ssa::Function& function, Analyses& analyses) {
  return std::ranges::any_of(function.insts(), [&](const Inst& inst) {
    return inst.op == Op::kDefer &&
           RecoversOf(function, inst, analyses) != Recovers::kNot;
  });
}

Guarded::Guarded(const ssa::Function& function, InstId defer,
                 Analyses& analyses, uint16_t enough)
    : reached_(function.insts().size()) {
  std::vector<bool> seen(function.blocks().size());
  std::vector<BlockId> pending;
  const auto add_from = [&](uint32_t begin, BlockId block) {
    for (uint32_t n = begin; n < function.block(block).insts_end; ++n) {
      if (!reached_[n]) {
        reached_[n] = true;
        insts_.push_back(InstId{n});
      }
    }
    for (const BlockId next : function.Succs(block)) {
      if (!seen[next.index]) {
        seen[next.index] = true;
        pending.push_back(next);
      }
    }
  };
  add_from(defer.index + 1, function.inst(defer).block);
  while (!pending.empty()) {
    const BlockId block = pending.back();
    pending.pop_back();
    add_from(function.block(block).insts_begin, block);
  }
  std::ranges::sort(insts_);

  // Deferred calls that run before this one and stop every panic.
  std::vector<InstId> stops;
  for (const InstId id : insts_) {
    const Inst& inst = function.inst(id);
    if (IsDefer(inst) && id != defer &&
        RecoversOf(function, inst, analyses) == Recovers::kAlways &&
        !Guarded::Reaches(function, id, defer)) {
      stops.push_back(id);
    }
  }
  const auto& dominance = analyses.Get<Dominance>(function);
  const auto may_panic = [&](InstId id, const Inst& inst) {
    return (ssa::InfoOf(inst.op).traits & ssa::kMayPanic) != 0 &&
           std::ranges::none_of(stops, [&](InstId stop) {
             return dominance.Precedes(stop, id);
           });
  };
  // What instructions raise themselves costs little to ask for.
  const auto& points = analyses.Get<PanicPoints>(function);
  for (const InstId id : insts_) {
    const Inst& inst = function.inst(id);
    const uint16_t own = inst.op == Op::kDefer ? 0 : points.SourcesOf(id);
    if ((own & enough) != 0 && may_panic(id, inst)) {
      points_.push_back({id, own});
      panics_ = own;
      return;
    }
  }
  Finder finder(analyses);
  for (const InstId id : insts_) {
    const Inst& inst = function.inst(id);
    uint16_t sources = kNoPanic;
    if (inst.op == Op::kDefer) {
      // In a loop its own, too: the one before gets it.
      sources |= finder.OfCall(function, inst) | finder.At(function, inst);
    } else if (may_panic(id, inst)) {
      sources = finder.At(function, inst);
    }
    if (sources != kNoPanic) {
      points_.push_back({id, sources});
      panics_ |= sources;
    }
    if ((panics_ & enough) != 0) {
      return;
    }
  }
}

bool Guarded::Reaches(const ssa::Function& function, InstId from, InstId to) {
  const BlockId goal = function.inst(to).block;
  const BlockId start = function.inst(from).block;
  if (start == goal && from.index < to.index) {
    return true;
  }
  std::vector<bool> seen(function.blocks().size());
  std::vector<BlockId> pending{start};
  while (!pending.empty()) {
    const BlockId block = pending.back();
    pending.pop_back();
    for (const BlockId next : function.Succs(block)) {
      if (next == goal) {
        return true;
      }
      if (!seen[next.index]) {
        seen[next.index] = true;
        pending.push_back(next);
      }
    }
  }
  return false;
}

std::optional<InstId> Guarded::FirstOf(uint16_t sources) const {
  for (const Point& point : points_) {
    if ((point.sources & sources) != 0) {
      return point.inst;
    }
  }
  return std::nullopt;
}

}  // namespace gdlint::dataflow
