#include "dataflow/defer_registration.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "dataflow/control_ends.h"
#include "dataflow/program.h"
#include "dataflow/solver.h"
#include "dataflow/values.h"

namespace gdlint::dataflow {
namespace {

using ssa::Block;
using ssa::BlockId;
using ssa::Function;
using ssa::FunctionKind;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

bool HasSites(const Function& function) {
  if (std::ranges::any_of(function.insts(), [](const Inst& inst) {
        return inst.op == Op::kDefer;
      })) {
    return true;
  }
  return std::ranges::any_of(function.children(), [](const auto& child) {
    return child->kind() == FunctionKind::kRangeBody && HasSites(*child);
  });
}

// The loop body that an iterator is called with.
const Function* BodyCalledAt(const Function& function, const Inst& call) {
  for (const Value operand : function.Operands(call)) {
    if (!operand.is_inst()) {
      continue;
    }
    const Inst& closure = function.inst(operand.inst());
    if (closure.op != Op::kMakeClosure) {
      continue;
    }
    const Value callee = function.Operands(closure)[0];
    if (callee.kind() != Value::Kind::kFunction) {
      continue;
    }
    const Function* const child = function.callees()[callee.index()].child;
    if (child != nullptr && child->kind() == FunctionKind::kRangeBody) {
      return child;
    }
  }
  return nullptr;
}

}  // namespace

// The problem that the solver is given, and all that is found.
struct DeferRegistration::State {
  // What is registered in one function or loop body: the lattice and what
  // instructions do.
  class Problem : public DeferLattice {
   public:
    static constexpr Direction kDirection = Direction::kForward;

    Problem(State& state, const Function& function, DeferState entry)
        : state_(state), function_(function), entry_(std::move(entry)) {}

    DeferState Boundary(BlockId) const { return entry_; }
    void Apply(const Inst& inst, DeferState& fact) const {
      if (inst.op == Op::kDefer) {
        if (const auto found = state_.numbers.find(&inst);
            found != state_.numbers.end()) {
          fact.Push(found->second);
        }
      } else if (inst.op == Op::kCall && fact.is_reached()) {
        if (const Function* const body = BodyCalledAt(function_, inst)) {
          state_.ApplyBody(*body, fact);
        }
        if ((state_.EndsOf(function_, inst) & kReturns) == 0) {
          fact = {};
        }
      }
    }

   private:
    State& state_;
    const Function& function_;
    const DeferState entry_;
  };

  struct Solved {
    Problem problem;
    Solution<Problem> solution;
  };

  explicit State(const Program& the_program) : program(the_program) {}

  // Returns what is registered at returns.
  DeferState Solve(const Function& function, const DeferState& entry) {
    auto next = std::make_unique<Solved>(Problem(*this, function, entry),
                                         Solution<Problem>());
    next->solution = dataflow::Solve(function, next->problem);
    is_cut |= next->solution.is_cut();
    DeferState at_returns;
    for (uint32_t i = 0; i < function.blocks().size(); ++i) {
      const Inst& last = function.Terminator(BlockId{i});
      if (last.op == Op::kReturn) {
        at_returns.Join(next->solution.At(function.IdOf(last)));
      }
    }
    solved[&function] = std::move(next);
    return at_returns;
  }

  // The iterations of a loop over a function: none, or some.
  void ApplyBody(const Function& body, DeferState& fact) {
    if (is_frozen) {
      if (const auto after = after_bodies.find(&body);
          after != after_bodies.end()) {
        fact = after->second;
      }
      return;
    }
    while (!is_cut && fact.Join(Solve(body, fact))) {
    }
    after_bodies[&body] = fact;
    during_bodies[&body] = fact;
    JoinPoints(body, during_bodies[&body]);
  }

  // What is registered where a panic may arise in a loop's body: it passes the
  // call of the iterator, or this one stops it.
  void JoinPoints(const Function& body, DeferState& at_any) {
    const bool was_frozen = std::exchange(is_frozen, true);
    const auto& solution = solved[&body]->solution;
    for (uint32_t i = 0; i < body.blocks().size(); ++i) {
      at_any.Join(solution.At(BlockId{i}));
      solution.ForEach(BlockId{i}, [&](const Inst& inst, const DeferState& at) {
        const bool may_panic =
            (ssa::InfoOf(inst.op).traits & ssa::kMayPanic) != 0;
        if (may_panic || inst.op == Op::kCall) {
          at_any.Join(at);
        }
        const Function* const inner =
            inst.op == Op::kCall ? BodyCalledAt(body, inst) : nullptr;
        if (inner != nullptr && during_bodies.contains(inner)) {
          at_any.Join(during_bodies[inner]);
        }
      });
    }
    is_frozen = was_frozen;
  }

  // What may be registered where `inst` is an exit, other than by returning.
  DeferState AtExit(const Function& function, const Inst& inst,
                    const DeferState& before) {
    const Function* body = nullptr;
    if (inst.op == Op::kCall) {
      body = BodyCalledAt(function, inst);
    } else if (inst.op == Op::kRangePanic) {
      body = BodyBefore(function, inst);
    }
    const auto during = during_bodies.find(body);
    if (during == during_bodies.end()) {
      return before;
    }
    DeferState state = before;
    state.Join(during->second);
    return state;
  }

  // The loop body whose iterator has misbehaved: this one, or that which was
  // called at the end of the block before.
  static const Function* BodyBefore(const Function& function,
                                    const Inst& range_panic) {
    const auto preds = function.Preds(range_panic.block);
    for (const BlockId pred : preds) {
      const Function* body = nullptr;
      for (const Inst& inst : function.InstsOf(pred)) {
        if (inst.op == Op::kCall && BodyCalledAt(function, inst) != nullptr) {
          body = BodyCalledAt(function, inst);
        }
      }
      if (body != nullptr) {
        return body;
      }
    }
    return function.kind() == FunctionKind::kRangeBody ? &function : nullptr;
  }

  // What a call may do: bits of Ends.
  uint8_t EndsOf(const Function& function, const Inst& call) {
    if (ModeOf(call) == ssa::CallMode::kBuiltin) {
      return kReturns;
    }
    const auto [found, is_new] = ends.emplace(&call, 0);
    if (is_new) {
      found->second = program.SummaryOfCall(function, call).ends;
    }
    return found->second;
  }

  const DeferState* Keep(const DeferState& state) {
    if (states.empty() || *states.back() != state) {
      states.push_back(std::make_unique<DeferState>(state));
    }
    return states.back().get();
  }

  const Program& program;
  std::unordered_map<const Inst*, uint16_t> numbers;
  // By function or loop body: the last time it was solved, with all that can be
  // registered before it.
  std::unordered_map<const Function*, std::unique_ptr<Solved>> solved;
  // By loop body: what is registered when its iterations are over.
  std::unordered_map<const Function*, DeferState> after_bodies;
  // Likewise: anywhere in one.
  std::unordered_map<const Function*, DeferState> during_bodies;
  std::unordered_map<const Inst*, uint8_t> ends;
  // What exits refer to.
  std::vector<std::unique_ptr<DeferState>> states;
  // Nothing is solved any more.
  bool is_frozen = false;
  bool is_cut = false;
};

std::span<const Value> DeferSite::Snapshots() const {
  auto operands = function->Operands(defer());
  if ((defer().detail & ssa::kOnDeferStack) != 0) {
    operands = operands.first(operands.size() - 1);
  }
  const ssa::CallMode mode = ModeOf(defer());
  const bool has_callee_value =
      mode == ssa::CallMode::kDynamic || mode == ssa::CallMode::kInvoke;
  return has_callee_value ? operands : operands.subspan(1);
}

DeferRegistration::DeferRegistration(const Function& function,
                                     Analyses& analyses)
    : state_(std::make_unique<State>(analyses.program())) {
  if (!HasSites(function)) {
    return;
  }
  CollectSites(function);
  state_->Solve(function, DeferState::Empty());
  state_->is_frozen = true;
  is_complete_ &= !state_->is_cut;
  CollectExits(function);
}

DeferRegistration::~DeferRegistration() = default;

// Facts are as large as there are sites, and there is one for each block,
// changed perhaps once for each loop around.
size_t DeferRegistration::MaxSites(const Function& function) {
  constexpr size_t kMaxWork = 50'000;
  const auto defers = static_cast<size_t>(
      std::ranges::count(function.insts(), Op::kDefer, &Inst::op));
  if (function.blocks().size() > 1'000 && defers > 64) {
    return 0;
  }
  return std::clamp<size_t>(kMaxWork / function.blocks().size(), 8, kMaxSites);
}

void DeferRegistration::CollectSites(const Function& function) {
  for (const Inst& inst : function.insts()) {
    if (inst.op != Op::kDefer) {
      continue;
    }
    if (sites_.size() >= MaxSites(function)) {
      is_complete_ = false;
      return;
    }
    state_->numbers.emplace(&inst, static_cast<uint16_t>(sites_.size()));
    sites_.push_back({&function, function.IdOf(inst)});
  }
  for (const auto& child : function.children()) {
    if (child->kind() == FunctionKind::kRangeBody) {
      CollectSites(*child);
    }
  }
}

std::optional<uint16_t> DeferRegistration::NumberOf(const Function& function,
                                                    InstId defer) const {
  const auto found = state_->numbers.find(&function.inst(defer));
  return found == state_->numbers.end() ? std::nullopt
                                        : std::optional(found->second);
}

DeferState DeferRegistration::StateBefore(const Function& function,
                                          InstId inst) const {
  if (sites_.empty()) {
    return DeferState::Empty();
  }
  const auto found = state_->solved.find(&function);
  return found == state_->solved.end() ? DeferState()
                                       : found->second->solution.At(inst);
}

void DeferRegistration::CollectExits(const Function& function) {
  const auto found = state_->solved.find(&function);
  if (found == state_->solved.end()) {
    return;
  }
  const auto& solution = found->second->solution;
  std::vector<bool> is_reached;
  std::vector<bool> is_left;
  for (uint32_t i = 0; i < function.blocks().size(); ++i) {
    is_reached.push_back(solution.At(BlockId{i}).is_reached());
    is_left.push_back(false);
    solution.ForEach(
        BlockId{i}, [&](const Inst& inst, const DeferState& state) {
          is_left.back() = !state.is_reached();
          const uint8_t ends =
              state.is_reached() ? EndsAt(function, inst) : uint8_t{kEndsNot};
          if (ends != kEndsNot) {
            exits_.push_back(
                {.function = &function,
                 .inst = function.IdOf(inst),
                 .ends = ends,
                 .state = state_->Keep(state_->AtExit(function, inst, state))});
          }
        });
  }
  for (const BlockId loop : EndlessLoops(function, is_reached, is_left)) {
    exits_.push_back({.function = &function,
                      .ends = kEndless,
                      .loop = loop,
                      .state = state_->Keep(solution.At(loop))});
  }
  for (const auto& child : function.children()) {
    if (child->kind() == FunctionKind::kRangeBody) {
      CollectExits(*child);
    }
  }
}

uint8_t DeferRegistration::EndsAt(const Function& function,
                                  const Inst& inst) const {
  return inst.op == Op::kCall ? state_->EndsOf(function, inst) & ~kReturns
                              : EndsAtInst(function, inst);
}

namespace {

// Finds what a literal uses, through what it calls.
class UseCollector {
 public:
  explicit UseCollector(const Function& root) { Visit(root); }

  std::vector<CapturedUse> Take() {
    // A variable of one of the literals themselves is none from outside.
    std::erase_if(uses_, [&](const CapturedUse& use) {
      return std::ranges::count(visited_, use.owner) > 0;
    });
    return std::move(uses_);
  }

 private:
  void Visit(const Function& function) {
    if (std::ranges::count(visited_, &function) > 0) {
      return;
    }
    visited_.push_back(&function);
    for (const Inst& inst : function.insts()) {
      VisitInst(function, inst);
    }
  }

  void VisitInst(const Function& function, const Inst& inst) {
    const std::span<const Value> operands = function.Operands(inst);
    switch (inst.op) {
      case Op::kLoad:
        Note(function, operands[0], true, false);
        return;
      case Op::kStore:
        Note(function, operands[0], false, true);
        Note(function, operands[1], true, true);
        return;
      case Op::kFieldAddr:
      case Op::kIndexAddr:
        return;
      case Op::kMakeClosure:
        if (operands[0].kind() == Value::Kind::kFunction) {
          if (const Function* const child =
                  function.callees()[operands[0].index()].child) {
            Visit(*child);
            return;
          }
        }
        break;
      case Op::kCall:
      case Op::kDefer:
      case Op::kGo:
        if (ModeOf(inst) == ssa::CallMode::kDynamic) {
          const auto target = FunctionOf(function, operands[0]);
          if (target.has_value() && target->literal != nullptr) {
            Visit(*target->literal);
          }
        }
        break;
      default:
        break;
    }
    // The address goes somewhere: both may happen.
    for (const Value operand : operands) {
      Note(function, operand, true, true);
    }
  }

  // If `value` is the address of a variable or of a part of one.
  void Note(const Function& function, Value value, bool reads, bool writes) {
    while (value.is_inst()) {
      const Inst& inst = function.inst(value.inst());
      if (inst.op != Op::kFieldAddr && inst.op != Op::kIndexAddr) {
        break;
      }
      value = function.Operands(inst)[0];
    }
    if (value.kind() != Value::Kind::kFreeVar) {
      return;
    }
    const Origin variable = VariableOf(function, value);
    if (variable.function == nullptr) {
      return;
    }
    const auto found = std::ranges::find_if(uses_, [&](const auto& use) {
      return use.owner == variable.function && use.variable == variable.value;
    });
    CapturedUse& use = found != uses_.end() ? *found : uses_.emplace_back();
    use.var = function.free_vars()[value.index()].var;
    use.owner = variable.function;
    use.variable = variable.value;
    use.is_read |= reads;
    use.is_written |= writes;
  }

  std::vector<const Function*> visited_;
  std::vector<CapturedUse> uses_;
};

}  // namespace

std::vector<CapturedUse> CapturedUses(const Function& literal) {
  return UseCollector(literal).Take();
}

std::vector<CapturedUse> DeferRegistration::CapturedBy(uint16_t site) const {
  const DeferSite& at = sites_[site];
  const Inst& inst = at.defer();
  const Value callee = at.function->Operands(inst)[0];
  const Function* literal = nullptr;
  if (ModeOf(inst) == ssa::CallMode::kDynamic) {
    const auto target = FunctionOf(*at.function, callee);
    literal = target.has_value() ? target->literal : nullptr;
  } else if (callee.kind() == Value::Kind::kFunction) {
    literal = at.function->callees()[callee.index()].child;
  }
  return literal == nullptr ? std::vector<CapturedUse>()
                            : CapturedUses(*literal);
}

}  // namespace gdlint::dataflow
