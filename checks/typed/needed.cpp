#include "checks/typed/released.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "checks/knowledge/release_names.h"
#include "dataflow/values.h"
#include "types/package.h"
#include "types/predicates.h"

namespace gdlint::checks::typed {
namespace {

using ast::NodeId;
using ast::NodeKind;
using dataflow::Program;
using lexer::TokenKind;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;
using syntax::Unparen;

// The call whose result, or one of whose results, a value is.
std::optional<InstId> CallOf(const Function& function, Value value) {
  if (!value.is_inst()) {
    return {};
  }
  const Inst* inst = &function.inst(value.inst());
  InstId id = value.inst();
  if (inst->op == Op::kExtract) {
    const Value tuple = function.Operands(*inst)[0];
    if (!tuple.is_inst()) {
      return {};
    }
    id = tuple.inst();
    inst = &function.inst(id);
  }
  return inst->op == Op::kCall ? std::optional(id) : std::nullopt;
}

// Looks at one loop for signs that what it releases outlives an iteration.
class NeedFinder {
 public:
  NeedFinder(const Source& source, const RepeatedDefer& repeated,
             const Released& released, const Program& program)
      : source_(source),
        tree_(source.tree()),
        repeated_(repeated),
        iteration_(repeated.iteration),
        released_(released),
        program_(program) {}

  bool Run() {
    if (repeated_.loop.has_value() && (IsGuardedFromOutside() || OnlyWaits() ||
                                       (EndsIteration() && IsForLater()))) {
      return true;
    }
    if (WereThereBefore()) {
      return true;
    }
    return LeavesIteration();
  }

 private:
  const ast::FuncLit* DeferredLiteral() const {
    const auto* call =
        tree_.TryGet<ast::CallExpr>(tree_.Get(repeated_.stmt).call);
    return call == nullptr
               ? nullptr
               : tree_.TryGet<ast::FuncLit>(Unparen(tree_, call->fun));
  }

  // `defer func() { <-done }()`: the function waits for all at its end.
  bool OnlyWaits() const {
    const ast::FuncLit* const literal = DeferredLiteral();
    if (literal == nullptr) {
      return false;
    }
    const auto stmts = tree_.Items(tree_.Get(literal->body).stmts);
    const auto* expr =
        stmts.size() == 1 ? tree_.TryGet<ast::ExprStmt>(stmts[0]) : nullptr;
    const auto* unary =
        expr == nullptr ? nullptr
                        : tree_.TryGet<ast::UnaryExpr>(Unparen(tree_, expr->x));
    return unary != nullptr && unary->op == TokenKind::kArrow;
  }

  // `if done { return }`.
  bool OnlyReturns(const ast::IfStmt& branch) const {
    const auto stmts = tree_.Items(tree_.Get(branch.body).stmts);
    return stmts.size() == 1 && !branch.els.has_value() &&
           stmts[0].kind() == NodeKind::kReturnStmt;
  }

  // `defer func() { if err != nil { … } }()`, where the function's outcome
  // decides; also `defer func() { if err == nil { return }; … }()`.
  bool IsGuardedFromOutside() const {
    const ast::FuncLit* const literal = DeferredLiteral();
    if (literal == nullptr) {
      return false;
    }
    const auto stmts = tree_.Items(tree_.Get(literal->body).stmts);
    const auto* branch =
        stmts.empty() ? nullptr : tree_.TryGet<ast::IfStmt>(stmts[0]);
    if (branch == nullptr || (stmts.size() > 1 && !OnlyReturns(*branch))) {
      return false;
    }
    bool guarded = false;
    syntax::ForEachBelow(tree_, branch->cond, [&](NodeId id) {
      if (id.kind() == NodeKind::kIdent) {
        const types::Var* const var = VarOf(source_, ast::ExprId::FromNode(id));
        guarded = guarded || (var != nullptr &&
                              var->var_kind != types::VarKind::kPackageVar &&
                              var->var_kind != types::VarKind::kFieldVar &&
                              !IsDeclaredIn(source_, *var, repeated_.loop));
      }
      return true;
    });
    return guarded;
  }

  // True if nothing stands behind the `defer` in its iteration.
  bool EndsIteration() const {
    const syntax::FileIndex& index = source_.index;
    for (NodeId at = repeated_.stmt; at != repeated_.loop;
         at = index.Parent(at)) {
      const bool is_clause = at.kind() == NodeKind::kCaseClause ||
                             at.kind() == NodeKind::kCommClause;
      if (!is_clause && index.Next(at).has_value()) {
        return false;
      }
    }
    return true;
  }

  // For a `defer` that ends its iteration: true if the iteration set something
  // up that it cannot have used through a variable of its own, so that others
  // do, later. `defer set(k, v)()`, `undo := set(k, v); defer undo()`,
  // `create(k); defer remove(k)`.
  bool IsForLater() const {
    const auto* call =
        tree_.TryGet<ast::CallExpr>(tree_.Get(repeated_.stmt).call);
    if (call != nullptr &&
        Unparen(tree_, call->fun).kind() == NodeKind::kCallExpr) {
      return true;
    }
    bool of_iteration = false;
    for (const ReleasedRoot& root : released_.roots) {
      if (IsOfThis(root)) {
        if (root.is_receiver) {
          return false;
        }
        of_iteration = true;
      }
    }
    return of_iteration && released_.held == Held::kResource &&
           !HasCompanions();
  }

  bool IsOfThis(const ReleasedRoot& root) const {
    return IsOfIteration(iteration_, root.base);
  }

  // `ctx, cancel := …`: the iteration has something to use.
  bool HasCompanions() const {
    const auto is_part = [](const Base& value) {
      return value.value.is_inst() &&
             value.function->inst(value.value.inst()).op == Op::kExtract;
    };
    return std::ranges::any_of(released_.roots, [&](const ReleasedRoot& root) {
      std::set<uint32_t> parts;
      for (const Base& value : CompanionsOf(root)) {
        if (is_part(value)) {
          parts.insert(value.value.index());
        }
      }
      return IsOfThis(root) && parts.size() > 1;
    });
  }

  // The values that came from one call together with the root, itself too.
  std::vector<Base> CompanionsOf(const ReleasedRoot& root) const {
    std::vector<Base> values = {root.base};
    if (root.base.function == root.function && root.value.is_inst()) {
      values.push_back({root.function, root.value});
    }
    const auto add_tuple = [&](const Function& function, Value value) {
      const auto call = CallOf(function, value);
      if (!call) {
        return;
      }
      for (const InstId user : function.UsersOf(*call)) {
        const Inst& part = function.inst(user);
        const types::Named* const named =
            part.type == nullptr ? nullptr : types::AsNamed(part.type);
        const bool is_error =
            named != nullptr && named->obj->package == nullptr;
        if (part.op == Op::kExtract && !is_error &&
            !types::IsBoolean(part.type)) {
          values.push_back({&function, user});
        }
      }
    };
    const Function& function = *root.base.function;
    add_tuple(function, root.base.value);
    if (root.base.value.is_inst() &&
        function.inst(root.base.value.inst()).op == Op::kAlloc) {
      for (const InstId user : function.UsersOf(root.base.value)) {
        const Inst& inst = function.inst(user);
        if (inst.op == Op::kStore &&
            function.Operands(inst)[0] == root.base.value) {
          const Value stored = function.Operands(inst)[1];
          values.push_back({&function, stored});
          add_tuple(function, stored);
        }
      }
    } else if (root.base.value.is_inst() && released_.by_name &&
               function.inst(root.base.value.inst()).op == Op::kCall) {
      // `os.Remove(f.Name())`: f.
      const auto operands =
          function.Operands(function.inst(root.base.value.inst()));
      for (const Value operand : operands.subspan(1)) {
        values.push_back(BaseOf(function, operand));
      }
    }
    return values;
  }

  bool LeavesIteration() const {
    std::vector<Base> sources;
    for (const ReleasedRoot& root : released_.roots) {
      if (!IsOfThis(root)) {
        continue;
      }
      for (const Base& value : CompanionsOf(root)) {
        if (value.value.kind() != Value::Kind::kConst &&
            IsOfIteration(iteration_, value)) {
          sources.push_back(value);
        }
      }
      if (IsAfterFunc(root)) {
        return true;
      }
    }
    const InstId ignored[] = {repeated_.inst};
    const std::vector<WayOut> ways = WaysOut(program_, iteration_, sources,
                                             {.strings = released_.by_name,
                                              .functions_by_name = true,
                                              .all_uses = false,
                                              .ignored_in = repeated_.function,
                                              .ignored = ignored});
    return std::ranges::any_of(ways, [&](const WayOut& way) {
      switch (way.way) {
        case Way::kSpawned:
          return WaitsBehindLoop();
        case Way::kSent:
        case Way::kCarried:
        case Way::kKept:
          return true;
        case Way::kStored:
          return !way.variable.has_value() || IsReadBehind(way);
        case Way::kDeferred:
        case Way::kReturned:
        case Way::kUsed:
          return false;
      }
      return false;
    });
  }

  // What the iterations start is waited for, perhaps, before the deferred calls
  // run. A server's endless loop that is only left by `return err` waits for
  // nothing, and what it accepted stays open until then.
  bool WaitsBehindLoop() const {
    const Function& function = *iteration_.function;
    const auto* const loop = tree_.TryGet<ast::ForStmt>(repeated_.loop);
    if (&function != repeated_.function || iteration_.blocks.empty() ||
        loop == nullptr || loop->cond.has_value()) {
      return true;
    }
    std::vector<bool> seen(iteration_.blocks);
    std::vector<ssa::BlockId> pending;
    const auto add = [&](ssa::BlockId from) {
      for (const ssa::BlockId next : function.Succs(from)) {
        if (!seen[next.index]) {
          seen[next.index] = true;
          pending.push_back(next);
        }
      }
    };
    for (uint32_t b = 0; b < function.blocks().size(); ++b) {
      if (!iteration_.blocks[b]) {
        continue;
      }
      // An iteration may be there for what another one has started.
      if (std::ranges::any_of(
              function.InstsOf(ssa::BlockId{b}), [](const Inst& inst) {
                return inst.op == Op::kRecv || inst.op == Op::kSelect;
              })) {
        return true;
      }
      add(ssa::BlockId{b});
    }
    while (!pending.empty()) {
      const ssa::BlockId block = pending.back();
      pending.pop_back();
      if (std::ranges::any_of(function.InstsOf(block), [&](const Inst& inst) {
            return MayWait(function, inst);
          })) {
        return true;
      }
      add(block);
    }
    return false;
  }

  static bool MayWait(const Function& function, const Inst& inst) {
    if (inst.op == Op::kRecv || inst.op == Op::kSelect ||
        inst.op == Op::kSend) {
      return true;
    }
    if (inst.op != Op::kCall || ModeOf(inst) == ssa::CallMode::kBuiltin) {
      return false;
    }
    constexpr std::string_view kWaitsNot[] = {"errors",   "fmt",     "log",
                                              "log/slog", "strings", "strconv"};
    const types::Func* const callee = dataflow::NamedCallee(function, inst);
    return callee == nullptr ||
           !(callee->package == nullptr ||
             std::ranges::count(kWaitsNot, callee->package->path) > 0);
  }

  // A variable from outside the loop: true if something reads it that is not of
  // the loop, or may be anything.
  bool IsReadBehind(const WayOut& way) const {
    const Function* home = way.function;
    Value variable = way.variable;
    const dataflow::Origin origin =
        dataflow::VariableOf(*home, home->Operands(home->inst(way.inst))[0]);
    if (origin.function == nullptr) {
      return true;
    }
    home = origin.function;
    variable = origin.value;
    const dataflow::VariableUses uses = dataflow::UsesOf(origin);
    if (uses.escapes) {
      return true;
    }
    const auto is_behind = [&](const dataflow::VariableUse& use) {
      const Inst& inst = use.function->inst(use.inst);
      return !inst.pos.is_valid() || inst.pos < iteration_.span.begin ||
             inst.pos >= iteration_.span.end;
    };
    return std::ranges::any_of(uses.loads, is_behind) ||
           std::ranges::any_of(uses.parts, is_behind);
  }

  // `timer := time.AfterFunc(…)`: it works on without being looked at.
  bool IsAfterFunc(const ReleasedRoot& root) const {
    return std::ranges::any_of(CompanionsOf(root), [](const Base& value) {
      const auto call = CallOf(*value.function, value.value);
      if (!call) {
        return false;
      }
      const types::Func* const callee =
          dataflow::NamedCallee(*value.function, value.function->inst(*call));
      return callee != nullptr && callee->name->text() == "AfterFunc";
    });
  }

  // True if what is released are elements of something from outside the loop,
  // which are there before and after, and the iteration does not acquire them.
  // A lock counts where the iteration does something under it.
  bool WereThereBefore() const {
    std::vector<Base> elements;
    for (const ReleasedRoot& root : released_.roots) {
      if (IsElement(*root.function, root.value, kMaxAliases)) {
        elements.push_back(root.base);
      } else if (IsOfThis(root)) {
        return false;
      }
    }
    if (released_.held == Held::kNothing || elements.empty()) {
      return false;
    }
    return released_.held == Held::kLock
               ? !IsUsedBehindDefer() && !IsWorkDoneBehindDefer()
               : !IsAcquired();
  }

  // True if `value` is, or leads through fields from, an element of a slice,
  // array or map that was there before the iteration, under its own name or
  // another.
  bool IsElement(const Function& start, Value value, int aliases) const {
    const Function* function = &start;
    bool indexed = false;
    for (int steps = 0; steps < kMaxChain; ++steps) {
      if (!value.is_inst()) {
        if (value.kind() != Value::Kind::kFreeVar) {
          return indexed;
        }
        const dataflow::Origin variable =
            dataflow::VariableOf(*function, value);
        if (variable.function == nullptr || variable.function == function) {
          return indexed;
        }
        function = variable.function;
        value = variable.value;
        continue;
      }
      const Inst& inst = function->inst(value.inst());
      if (inst.op == Op::kAlloc) {
        if (!IsOfIteration(iteration_, {function, value})) {
          return indexed;
        }
        // A variable of the iteration: what it holds.
        const auto stored = OnlyStored(*function, value);
        return stored && aliases > 0 &&
               IsElement(*function, *stored, aliases - 1);
      }
      indexed = indexed || inst.op == Op::kIndexAddr || inst.op == Op::kIndex ||
                inst.op == Op::kLookup || inst.op == Op::kNext;
      if (inst.op == Op::kNext || inst.op == Op::kRange) {
        value = function->Operands(inst)[0];
        continue;
      }
      const Base next = BaseOf(*function, value);
      if (next.function == function && next.value == value) {
        return indexed && !IsOfIteration(iteration_, next);
      }
      // One step at a time, to see each index.
      value = function->Operands(inst)[0];
    }
    return false;
  }

  static std::optional<Value> OnlyStored(const Function& function, Value cell) {
    std::optional<Value> only;
    for (const InstId user : function.UsersOf(cell)) {
      const Inst& inst = function.inst(user);
      if (inst.op == Op::kStore && function.Operands(inst)[0] == cell) {
        if (only) {
          return {};
        }
        only = function.Operands(inst)[1];
      }
    }
    return only;
  }

  // The variables of the loop that the deferred call names.
  std::vector<const types::Var*> RootVars() const {
    std::vector<const types::Var*> vars;
    const ast::ExprId call = tree_.Get(repeated_.stmt).call;
    syntax::ForEachBelow(tree_, call, [&](NodeId id) {
      if (id.kind() == NodeKind::kIdent) {
        const types::Var* const var = VarOf(source_, ast::ExprId::FromNode(id));
        if (var != nullptr && repeated_.loop.has_value() &&
            IsDeclaredIn(source_, *var, repeated_.loop)) {
          vars.push_back(var);
        }
      }
      return true;
    });
    return vars;
  }

  bool IsUsedBehindDefer() const {
    if (!repeated_.loop.has_value()) {
      return true;
    }
    const std::vector<const types::Var*> vars = RootVars();
    const source::Pos behind = ast::End(tree_, repeated_.stmt);
    bool used = false;
    syntax::ForEachBelow(
        tree_, LoopBody(tree_, repeated_.loop), [&](NodeId id) {
          if (id.kind() == NodeKind::kIdent &&
              ast::Begin(tree_, id) >= behind) {
            used = used ||
                   std::ranges::count(
                       vars, VarOf(source_, ast::ExprId::FromNode(id))) > 0;
          }
          return !used;
        });
    return used;
  }

  // A lock that is found by a key guards what is found by that elsewhere:
  // whatever the iteration calls under it is reason enough to have it.
  bool IsWorkDoneBehindDefer() const {
    const source::Pos behind = ast::End(tree_, repeated_.stmt);
    const Function& function = *iteration_.function;
    return std::ranges::any_of(function.insts(), [&](const Inst& inst) {
      const types::Func* const callee =
          inst.op == Op::kCall ? dataflow::NamedCallee(function, inst)
                               : nullptr;
      const bool locks = callee != nullptr &&
                         callee->name->text().find("Lock") != std::string::npos;
      return inst.op == Op::kCall && !locks && inst.pos >= behind &&
             inst.pos < iteration_.span.end && MayWait(function, inst);
    });
  }

  // `item.Open()` before `defer item.Close()`.
  bool IsAcquired() const {
    if (!repeated_.loop.has_value()) {
      return true;
    }
    const std::vector<const types::Var*> vars = RootVars();
    const source::Pos before = tree_.Get(repeated_.stmt).pos;
    bool acquired = false;
    syntax::ForEachBelow(
        tree_, LoopBody(tree_, repeated_.loop), [&](NodeId id) {
          const auto* call = tree_.TryGet<ast::CallExpr>(id);
          if (call != nullptr && ast::Begin(tree_, id) < before &&
              knowledge::NamesAcquire(LastName(source_, call->fun))) {
            acquired = acquired || std::ranges::count(
                                       vars, RootVar(source_, call->fun)) > 0;
          }
          return !acquired;
        });
    return acquired;
  }

  // `x := y` is followed so often.
  static constexpr int kMaxAliases = 4;
  static constexpr int kMaxChain = 64;

  const Source& source_;
  const ast::Tree& tree_;
  const RepeatedDefer& repeated_;
  const Iteration& iteration_;
  const Released& released_;
  const Program& program_;
};

}  // namespace

bool IsNeededAfterLoop(const Source& source, const RepeatedDefer& repeated,
                       const Released& released, const Program& program) {
  return NeedFinder(source, repeated, released, program).Run();
}

}  // namespace gdlint::checks::typed
