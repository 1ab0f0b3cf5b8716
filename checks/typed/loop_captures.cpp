#include "checks/typed/loop_captures.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "checks/typed/outlives.h"
#include "dataflow/values.h"
#include "ssa/dominators.h"
#include "types/predicates.h"

namespace gdlint::checks::typed {
namespace {

using ast::NodeId;
using ast::NodeKind;
using dataflow::BlockSet;
using dataflow::Origin;
using dataflow::Paths;
using dataflow::VariableUse;
using dataflow::VariableUses;
using ssa::BlockId;
using ssa::Function;
using ssa::FunctionKind;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// So many instructions are looked through to see what a value is made of.
constexpr size_t kMaxParts = 64;

// A loop around a place of a function, and how the place is reached there.
struct LoopAround {
  NodeId loop;
  Iteration iteration;
};

class Finder {
 public:
  Finder(const Source& source, const Function& function,
         dataflow::Analyses& analyses)
      : source_(source),
        tree_(source.tree()),
        function_(function),
        analyses_(analyses) {}

  std::vector<LoopCapture> Run() {
    for (const auto& child : function_.children()) {
      if (child->kind() == FunctionKind::kLiteral) {
        ExamineLiteral(*child);
      }
    }
    for (const Inst& inst : function_.insts()) {
      if (inst.op == Op::kGo || inst.op == Op::kDefer) {
        ExamineAddresses(inst);
      }
    }
    return std::move(found_);
  }

 private:
  const Paths& PathsOf(const Function& function) {
    return analyses_.Get<Paths>(function);
  }

  // The loops around `inst` of `function_` in which it can run again, up to the
  // function that has the variable; innermost first.
  std::vector<LoopAround> LoopsAround(InstId inst, NodeId node,
                                      const Function* home) {
    std::vector<LoopAround> around;
    const Function* function = &function_;
    while (true) {
      for (const NodeId loop : EnclosingLoops(source_, node)) {
        const source::Span span = ast::SpanOf(tree_, loop);
        const Paths& paths = PathsOf(*function);
        if (function->kind() == FunctionKind::kRangeBody &&
            function->syntax() == loop) {
          around.push_back({loop,
                            {.function = function,
                             .blocks = paths.AllBlocks(),
                             .header = {},
                             .span = span}});
          const auto creation = dataflow::CreationOf(*function);
          if (!creation || function == home) {
            return around;
          }
          inst = *creation;
          function = function->parent();
          continue;
        }
        BlockSet cycle = paths.CycleOf(inst, paths.BlocksIn(span));
        if (!cycle.empty()) {
          const BlockId header = dataflow::HeaderOf(*function, cycle);
          around.push_back({loop,
                            {.function = function,
                             .blocks = std::move(cycle),
                             .header = header,
                             .span = span}});
        }
      }
      const auto creation = dataflow::CreationOf(*function);
      if (function == home || !creation || function->parent() == nullptr) {
        return around;
      }
      node = function->syntax();
      inst = *creation;
      function = function->parent();
    }
  }

  bool IsSameUnit(const Function& function) const {
    return function.unit() == &source_.unit;
  }

  void ExamineLiteral(const Function& literal) {
    const auto creation = dataflow::CreationOf(literal);
    if (!creation || function_.inst(*creation).op != Op::kMakeClosure ||
        !IsSameUnit(literal)) {
      return;
    }
    std::optional<LoopCapture> first;
    for (uint32_t i = 0; i < literal.free_vars().size(); ++i) {
      const Value name(Value::Kind::kFreeVar, i);
      const Origin variable = dataflow::VariableOf(literal, name);
      if (literal.free_vars()[i].var == nullptr ||
          variable.function == nullptr || !variable.value.is_inst()) {
        continue;
      }
      const auto use = FirstRead(literal, name);
      if (!use) {
        continue;
      }
      auto capture = ExamineCapture(literal, *creation, variable,
                                    *literal.free_vars()[i].var, *use);
      if (capture && (!first || capture->use < first->use)) {
        first = std::move(capture);
      }
    }
    if (first) {
      found_.push_back(*first);
    }
  }

  // Where the literal, or one in it, reads the variable first.
  std::optional<source::Span> FirstRead(const Function& literal, Value name) {
    std::optional<source::Span> first;
    const auto add = [&](source::Span span) {
      if (span.begin.is_valid() && (!first || span < *first)) {
        first = span;
      }
    };
    for (const InstId user : literal.UsersOf(name)) {
      const Inst& inst = literal.inst(user);
      if (inst.op == Op::kStore && literal.Operands(inst)[0] == name) {
        continue;
      }
      if (inst.op == Op::kMakeClosure) {
        const auto operands = literal.Operands(inst);
        const Function* const inner =
            literal.callees()[operands[0].index()].child;
        for (uint32_t i = 1; inner != nullptr && i < operands.size(); ++i) {
          if (operands[i] == name) {
            if (const auto use =
                    FirstRead(*inner, Value(Value::Kind::kFreeVar, i - 1))) {
              add(*use);
            }
          }
        }
        continue;
      }
      add(inst.node.has_value() ? ast::SpanOf(tree_, inst.node)
                                : source::Span{inst.pos, inst.pos + 1});
    }
    return first;
  }

  std::optional<LoopCapture> ExamineCapture(const Function& literal,
                                            InstId creation,
                                            const Origin& variable,
                                            const types::Var& var,
                                            source::Span use) {
    const NodeId node = literal.syntax();
    for (const LoopAround& around :
         LoopsAround(creation, node, variable.function)) {
      if (!Shares(around, variable, var, creation) ||
          TripCount(source_, around.loop) == 1) {
        continue;
      }
      LoopCapture capture{
          .function = &function_,
          .cause = node,
          .literal = ast::Ref<ast::FuncLit>::FromNode(node),
          .loop = around.loop,
          .variable = &var,
          .use = use,
          .declared_by_loop = IsDeclaredIn(source_, var, around.loop)};
      if (FindDelay(literal, creation, around, capture)) {
        return capture;
      }
    }
    return {};
  }

  // True if the iterations share the variable and the loop changes it from one
  // to the next.
  bool Shares(const LoopAround& around, const Origin& variable,
              const types::Var& var, InstId creation) {
    const Base base{variable.function, variable.value};
    if (IsOfIteration(around.iteration, base) ||
        var.place.file != source_.unit.file) {
      return false;
    }
    const VariableUses uses = dataflow::UsesOf(variable);
    const source::Pos body = tree_.Get(LoopBody(tree_, around.loop)).lbrace;
    const source::Span clause = {around.iteration.span.begin, body};
    const bool by_loop = IsDeclaredIn(source_, var, around.loop);
    bool changes = false;
    for (const VariableUse& store : uses.stores) {
      const Inst& inst = store.function->inst(store.inst);
      if (store.function != around.iteration.function ||
          !around.iteration.blocks[inst.block.index]) {
        continue;
      }
      changes = changes || by_loop ||
                (clause.begin <= inst.pos && inst.pos < clause.end);
    }
    return changes ||
           (!by_loop && IsSetByBody(around, variable, var, uses, creation));
  }

  // True for a variable from outside that each iteration sets before the
  // literal is made, from what is the iteration's own, and that nothing else
  // reads: a loop variable in all but name.
  bool IsSetByBody(const LoopAround& around, const Origin& variable,
                   const types::Var& var, const VariableUses& uses,
                   InstId creation) {
    const Iteration& iteration = around.iteration;
    if (var.var_kind != types::VarKind::kLocalVar || uses.escapes ||
        !uses.parts.empty() || &function_ != iteration.function ||
        types::IsBoolean(var.type) || IsError(var.type)) {
      return false;
    }
    ssa::FlowGraph graph;
    graph.Assign(function_);
    ssa::DominatorTree dominators;
    dominators.Compute(graph);
    bool is_set = false;
    for (const VariableUse& store : uses.stores) {
      const Inst& inst = store.function->inst(store.inst);
      if (store.function != &function_) {
        return false;
      }
      if (!iteration.blocks[inst.block.index]) {
        continue;
      }
      const Value value = function_.Operands(inst)[1];
      if (!IsOfIteration(iteration, {&function_, value}) ||
          IsMadeOf(value, variable.value)) {
        return false;
      }
      const BlockId there = function_.inst(creation).block;
      is_set = is_set ||
               (inst.block == there ? store.inst < creation
                                    : dominators.Dominates(inst.block, there));
    }
    return is_set && !WaitsSomewhere(iteration) &&
           std::ranges::none_of(uses.loads, [&](const VariableUse& load) {
             const Inst& inst = load.function->inst(load.inst);
             return inst.pos < iteration.span.begin ||
                    inst.pos >= iteration.span.end;
           });
  }

  // Before it starts another one, it seems.
  bool WaitsSomewhere(const Iteration& iteration) const {
    return std::ranges::any_of(function_.insts(), [&](const Inst& inst) {
      const types::Func* const callee =
          inst.op == Op::kCall && iteration.blocks[inst.block.index]
              ? dataflow::NamedCallee(function_, inst)
              : nullptr;
      return callee != nullptr && callee->name->text().starts_with("Wait");
    });
  }

  static bool IsError(const types::Type* type) {
    const types::Named* const named = types::AsNamed(type);
    return named != nullptr && named->obj->package == nullptr;
  }

  // True if the value is computed from what the variable held before.
  bool IsMadeOf(Value value, Value variable) const {
    std::vector<Value> work = {value};
    std::set<uint32_t> seen;
    while (!work.empty()) {
      const Value at = work.back();
      work.pop_back();
      if (seen.size() > kMaxParts || at == variable) {
        return true;
      }
      if (at.is_inst() && seen.insert(at.index()).second) {
        const auto operands = function_.Operands(function_.inst(at.inst()));
        work.insert(work.end(), operands.begin(), operands.end());
      }
    }
    return false;
  }

  // Says in `capture` how the literal comes to run after its iteration; false
  // if it does not.
  bool FindDelay(const Function& literal, InstId creation,
                 const LoopAround& around, LoopCapture& capture) {
    const Base source{&function_, creation};
    const std::vector<WayOut> ways =
        WaysOut(analyses_.program(), around.iteration, std::span(&source, 1),
                {.strings = false,
                 .functions_by_name = false,
                 .all_uses = false,
                 .ignored_in = nullptr,
                 .ignored = {}});
    for (const WayOut& way : ways) {
      if (!IsSameUnit(*way.function)) {
        continue;
      }
      const Inst& inst = way.function->inst(way.inst);
      switch (way.way) {
        case Way::kDeferred:
          if (way.function->outermost() ==
              around.iteration.function->outermost()) {
            capture.delay = Delay::kDefer;
            capture.cause = inst.node;
            return true;
          }
          break;
        case Way::kSpawned:
          if (!IsAwaited(*way.function, way.inst, around.iteration) &&
              !IsWorkedWithLater(literal, way, around.iteration)) {
            capture.delay = Delay::kGo;
            capture.cause =
                inst.op == Op::kGo ? inst.node : NodeId(capture.literal);
            return true;
          }
          break;
        case Way::kStored:
          if (!IsUsedWithin(way, around.iteration) &&
              (!way.variable.has_value() || IsReadBehind(way, around))) {
            return Keep(capture);
          }
          break;
        case Way::kKept:
          if (!IsHandlerOfTest(*way.function, inst)) {
            return Keep(capture);
          }
          break;
        case Way::kSent:
        case Way::kCarried:
          return Keep(capture);
        case Way::kReturned:
        case Way::kUsed:
          break;
      }
    }
    return IsParallelSubtest(literal, creation, capture) && Keep(capture);
  }

  // A test registers a handler for the request that it makes next.
  static bool IsHandlerOfTest(const Function& function, const Inst& call) {
    const types::Func* const named =
        call.op == Op::kCall ? dataflow::NamedCallee(function, call) : nullptr;
    return named != nullptr && named->name->text().starts_with("Handle") &&
           function.unit()->file->display_name.ends_with("_test.go");
  }

  static bool Keep(LoopCapture& capture) {
    capture.delay = Delay::kKept;
    capture.cause = capture.literal;
    return true;
  }

  // Calls `fn` with what can run behind `inst` before the iteration ends, until
  // it returns true.
  template <typename Fn>
  bool AnyBehind(const Function& function, InstId inst,
                 const Iteration& iteration, Fn&& fn) {
    const Paths& paths = PathsOf(function);
    BlockSet within = paths.AllBlocks();
    if (&function == iteration.function) {
      within = paths.BlocksIn(iteration.span);
      if (iteration.header.has_value()) {
        within[iteration.header.index] = false;
      }
    }
    const BlockSet behind = paths.Behind(inst, within);
    const BlockId here = function.inst(inst).block;
    for (uint32_t i = inst.index + 1; i < function.block(here).insts_end; ++i) {
      if (fn(function.inst(InstId{i}))) {
        return true;
      }
    }
    for (uint32_t b = 0; b < behind.size(); ++b) {
      if (behind[b] && std::ranges::any_of(function.InstsOf(BlockId{b}), fn)) {
        return true;
      }
    }
    return false;
  }

  // True if the iteration waits for something behind the `go`, most likely for
  // it.
  bool IsAwaited(const Function& function, InstId inst,
                 const Iteration& iteration) {
    return AnyBehind(function, inst, iteration, [&](const Inst& at) {
      if (at.op == Op::kRecv || at.op == Op::kSelect) {
        return true;
      }
      const types::Func* const callee =
          at.op == Op::kCall ? dataflow::NamedCallee(function, at) : nullptr;
      return callee != nullptr && callee->name->text().starts_with("Wait");
    });
  }

  // True if the iteration goes on to use a variable of its own that the
  // goroutine uses too, or one that came with it, as the two ends of a pipe do:
  // it may wait by that.
  bool IsWorkedWithLater(const Function& literal, const WayOut& way,
                         const Iteration& iteration) {
    std::vector<Base> shared;
    for (uint32_t i = 0; i < literal.free_vars().size(); ++i) {
      const Origin variable =
          dataflow::VariableOf(literal, Value(Value::Kind::kFreeVar, i));
      const Base base{variable.function, variable.value};
      if (base.function == way.function && IsOfIteration(iteration, base) &&
          !IsOfInnerLoop(iteration, base)) {
        shared.push_back(base);
        AddCompanions(base, shared);
      }
    }
    return !shared.empty() &&
           AnyBehind(*way.function, way.inst, iteration, [&](const Inst& at) {
             return std::ranges::any_of(
                 way.function->Operands(at), [&](Value operand) {
                   return IsOneOf(*way.function, operand, shared);
                 });
           });
  }

  // True if a loop within the iteration makes the variable anew.
  bool IsOfInnerLoop(const Iteration& iteration, const Base& base) {
    if (base.function != iteration.function || !base.value.is_inst() ||
        !iteration.header.has_value()) {
      return false;
    }
    BlockSet within = iteration.blocks;
    within[iteration.header.index] = false;
    return !PathsOf(*base.function).CycleOf(base.value.inst(), within).empty();
  }

  static bool IsOneOf(const Function& function, Value value,
                      const std::vector<Base>& bases) {
    const Base base = BaseOf(function, value);
    return std::ranges::any_of(bases, [&](const Base& one) {
      return one.function == base.function && one.value == base.value;
    });
  }

  // What came from the same call as what the variable holds.
  static void AddCompanions(const Base& variable, std::vector<Base>& bases) {
    const Function& function = *variable.function;
    for (const InstId user : function.UsersOf(variable.value)) {
      const Inst& inst = function.inst(user);
      if (inst.op != Op::kStore ||
          function.Operands(inst)[0] != variable.value) {
        continue;
      }
      const Base stored = BaseOf(function, function.Operands(inst)[1]);
      if (!stored.value.is_inst() ||
          function.inst(stored.value.inst()).op != Op::kCall ||
          function.inst(stored.value.inst()).type->kind !=
              types::TypeKind::kTuple) {
        continue;
      }
      bases.push_back(stored);
    }
  }

  // True if the iteration goes on to use what the literal was stored in, and so
  // may run it.
  bool IsUsedWithin(const WayOut& way, const Iteration& iteration) {
    const Inst& store = way.function->inst(way.inst);
    if (store.op != Op::kStore && store.op != Op::kMapUpdate) {
      return false;
    }
    const std::vector<Base> into = {
        BaseOf(*way.function, way.function->Operands(store)[0])};
    return AnyBehind(*way.function, way.inst, iteration, [&](const Inst& at) {
      return std::ranges::any_of(
          way.function->Operands(at),
          [&](Value operand) { return IsOneOf(*way.function, operand, into); });
    });
  }

  bool IsReadBehind(const WayOut& way, const LoopAround& around) const {
    const Inst& store = way.function->inst(way.inst);
    const Origin origin =
        dataflow::VariableOf(*way.function, way.function->Operands(store)[0]);
    if (origin.function == nullptr) {
      return true;
    }
    const VariableUses uses = dataflow::UsesOf(origin);
    return uses.escapes ||
           std::ranges::any_of(uses.loads, [&](const VariableUse& load) {
             const source::Pos pos = load.function->inst(load.inst).pos;
             return pos < around.iteration.span.begin ||
                    pos >= around.iteration.span.end;
           });
  }

  // `t.Run(name, func(t *testing.T) { t.Parallel(); … })` runs on from Parallel
  // when the loop is done.
  bool IsParallelSubtest(const Function& literal, InstId creation,
                         const LoopCapture& capture) {
    const bool is_subtest =
        std::ranges::any_of(function_.UsersOf(creation), [&](InstId user) {
          const Inst& inst = function_.inst(user);
          const types::Func* const callee =
              inst.op == Op::kCall ? dataflow::NamedCallee(function_, inst)
                                   : nullptr;
          return callee != nullptr &&
                 dataflow::FullName(*callee) == "(*testing.T).Run";
        });
    if (!is_subtest) {
      return false;
    }
    return std::ranges::any_of(literal.insts(), [&](const Inst& inst) {
      const types::Func* const callee =
          inst.op == Op::kCall ? dataflow::NamedCallee(literal, inst) : nullptr;
      return callee != nullptr &&
             dataflow::FullName(*callee) == "(*testing.T).Parallel" &&
             IsReadBehindCall(literal, literal.IdOf(inst), capture);
    });
  }

  // True if the literal reads the variable behind the call.
  bool IsReadBehindCall(const Function& literal, InstId call,
                        const LoopCapture& capture) {
    const Iteration all{
        .function = nullptr, .blocks = {}, .header = {}, .span = {}};
    return AnyBehind(literal, call, all, [&](const Inst& at) {
      return std::ranges::any_of(literal.Operands(at), [&](Value operand) {
        return operand.kind() == Value::Kind::kFreeVar &&
               literal.free_vars()[operand.index()].var == capture.variable;
      });
    });
  }

  // `defer v.M()` and `go f(&v)`, where v is a loop's variable and goes by its
  // address.
  void ExamineAddresses(const Inst& inst) {
    const auto operands = function_.Operands(inst);
    for (uint32_t i = 0; i < operands.size(); ++i) {
      if (operands[i].kind() != Value::Kind::kFreeVar &&
          !(operands[i].is_inst() &&
            function_.inst(operands[i].inst()).op == Op::kAlloc)) {
        continue;
      }
      const Origin variable = dataflow::VariableOf(function_, operands[i]);
      const types::Var* const var = VarOfAlloc(variable);
      if (var == nullptr || !inst.node.has_value()) {
        continue;
      }
      for (const LoopAround& around :
           LoopsAround(function_.IdOf(inst), inst.node, variable.function)) {
        if (!IsDeclaredIn(source_, *var, around.loop) ||
            !Shares(around, variable, *var, function_.IdOf(inst)) ||
            TripCount(source_, around.loop) == 1) {
          continue;
        }
        if (inst.op == Op::kGo &&
            IsAwaited(function_, function_.IdOf(inst), around.iteration)) {
          continue;
        }
        const bool runs_late =
            inst.op == Op::kGo ||
            function_.outermost() == around.iteration.function->outermost();
        if (runs_late) {
          found_.push_back(
              {.delay = inst.op == Op::kGo ? Delay::kGo : Delay::kDefer,
               .function = &function_,
               .cause = inst.node,
               .literal = {},
               .loop = around.loop,
               .variable = var,
               .use = UseIn(inst.node, *var),
               .declared_by_loop = true});
          return;
        }
      }
    }
  }

  source::Span UseIn(NodeId stmt, const types::Var& var) const {
    source::Span use = ast::SpanOf(tree_, stmt);
    bool found = false;
    syntax::ForEachBelow(tree_, stmt, [&](NodeId id) {
      if (!found && id.kind() == NodeKind::kIdent &&
          VarOf(source_, ast::ExprId::FromNode(id)) == &var) {
        use = ast::SpanOf(tree_, id);
        found = true;
      }
      return !found;
    });
    return use;
  }

  static const types::Var* VarOfAlloc(const Origin& variable) {
    if (variable.function == nullptr || !variable.value.is_inst()) {
      return nullptr;
    }
    const Inst& inst = variable.function->inst(variable.value.inst());
    return inst.op == Op::kAlloc && inst.aux != ssa::kNoAux
               ? variable.function->vars()[inst.aux]
               : nullptr;
  }

  const Source& source_;
  const ast::Tree& tree_;
  const Function& function_;
  dataflow::Analyses& analyses_;
  std::vector<LoopCapture> found_;
};

}  // namespace

std::vector<LoopCapture> FindLoopCaptures(const Source& source,
                                          const Function& function,
                                          dataflow::Analyses& analyses) {
  return Finder(source, function, analyses).Run();
}

}  // namespace gdlint::checks::typed
