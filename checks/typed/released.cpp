#include "checks/typed/released.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "checks/knowledge/release_names.h"
#include "dataflow/values.h"
#include "types/predicates.h"

namespace gdlint::checks::typed {
namespace {

using ast::NodeId;
using ast::NodeKind;
using dataflow::Program;
using lexer::TokenKind;
using ssa::CallMode;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;
using syntax::Unparen;

// Helpers and literals are looked into so deep.
constexpr int kMaxDepth = 2;

CallMode ModeOf(const Inst& call) {
  return static_cast<CallMode>(call.detail & ssa::kCallModeMask);
}

bool IsCancelFunc(const types::Type* type) {
  const types::Named* const named =
      type == nullptr ? nullptr : types::AsNamed(type);
  if (named == nullptr || named->obj->package == nullptr ||
      named->obj->package->path != "context") {
    return false;
  }
  const std::string_view name = named->obj->name->text();
  return name == "CancelFunc" || name == "CancelCauseFunc";
}

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

// True if an element of something is on the way from a value to its base.
bool IsIndexed(const Function& function, Value value) {
  const Base base = BaseOf(function, value);
  while (value.is_inst() && value != base.value) {
    const Inst& inst = function.inst(value.inst());
    if (inst.op == Op::kIndexAddr || inst.op == Op::kIndex ||
        inst.op == Op::kLookup) {
      return true;
    }
    const auto operands = function.Operands(inst);
    if (operands.empty()) {
      break;
    }
    value = operands[0];
  }
  return false;
}

class Describer {
 public:
  explicit Describer(const Program& program) : program_(program) {}

  Released Run(const Source& source, const Function& function, InstId id) {
    const Inst& inst = function.inst(id);
    if (const auto* stmt = source.tree().TryGet<ast::DeferStmt>(inst.node)) {
      if (const auto* call = source.tree().TryGet<ast::CallExpr>(stmt->call)) {
        name_of_value_ = LastName(source, call->fun);
      }
    }
    Call(function, inst, {}, kMaxDepth);
    return std::move(released_);
  }

 private:
  // The call of a literal or helper that is being looked into.
  struct Frame {
    const Function* caller = nullptr;
    std::vector<Value> args;
    const Frame* outer = nullptr;
    // It takes a lock itself, so that its unlocking gives nothing back.
    bool locks = false;
  };
  struct Place {
    const Function* function = nullptr;
    Value value;
  };

  void Hold(Held held) { released_.held = std::max(released_.held, held); }

  // In terms of the function with the `defer`; nothing if it is not known
  // there.
  static Place Outwards(const Function& function, Value value,
                        const Frame* frame) {
    Place place = {&function, value};
    for (; frame != nullptr && frame->caller != nullptr; frame = frame->outer) {
      const Base base = BaseOf(*place.function, place.value);
      if (base.value.kind() == Value::Kind::kParam &&
          base.function == place.function &&
          base.value.index() < frame->args.size()) {
        place = {frame->caller, frame->args[base.value.index()]};
      } else if (base.value.is_inst() && base.function == place.function) {
        // Made in there, or a parameter's own cell.
        const Inst& inst = base.function->inst(base.value.inst());
        if (inst.op != Op::kAlloc) {
          return {};
        }
        const auto param = ParamOfCell(*base.function, base.value);
        if (!param || *param >= frame->args.size()) {
          return {};
        }
        place = {frame->caller, frame->args[*param]};
      } else {
        place = {base.function, base.value};
      }
    }
    return place;
  }

  static std::optional<uint32_t> ParamOfCell(const Function& function,
                                             Value cell) {
    for (const InstId user : function.UsersOf(cell)) {
      const Inst& inst = function.inst(user);
      if (inst.op == Op::kStore && function.Operands(inst)[0] == cell) {
        const Value stored = function.Operands(inst)[1];
        if (stored.kind() == Value::Kind::kParam) {
          return stored.index();
        }
      }
    }
    return {};
  }

  void AddRoot(const Function& function, Value value, bool is_receiver,
               const Frame* frame) {
    if (value.kind() == Value::Kind::kConst || !value.has_value()) {
      return;
    }
    const Place place = Outwards(function, value, frame);
    if (place.function == nullptr || !place.value.has_value() ||
        place.value.kind() == Value::Kind::kConst) {
      return;
    }
    released_.roots.push_back({.function = place.function,
                               .value = place.value,
                               .base = BaseOf(*place.function, place.value),
                               .is_receiver = is_receiver});
  }

  // Judges a call by its name; false if that says nothing.
  bool Judge(std::string_view name, const Frame* frame) {
    if (knowledge::NamesUnlock(name)) {
      if (frame != nullptr && frame->locks) {
        return false;
      }
      Hold(Held::kLock);
      return true;
    }
    if (knowledge::NamesRelease(name)) {
      Hold(Held::kResource);
      return true;
    }
    return false;
  }

  // One call, deferred itself or in what is deferred.
  void Call(const Function& function, const Inst& inst, const Frame& around,
            int depth) {
    auto operands = function.Operands(inst);
    if (inst.op == Op::kDefer && (inst.detail & ssa::kOnDeferStack) != 0) {
      operands = operands.first(operands.size() - 1);
    }
    const Frame* const frame = around.caller == nullptr ? nullptr : &around;
    const bool is_deferred_itself = frame == nullptr;
    const size_t subject = ModeOf(inst) == CallMode::kInvoke ? 0 : 1;
    if (frame != nullptr && subject < operands.size() &&
        operands[subject].kind() != Value::Kind::kConst &&
        Outwards(function, operands[subject], frame).function == nullptr) {
      // Of something that was made in there.
      return;
    }
    switch (ModeOf(inst)) {
      case CallMode::kBuiltin:
        if (static_cast<types::BuiltinId>(operands[0].index()) ==
            types::BuiltinId::kClose) {
          Hold(Held::kResource);
          AddRoot(function, operands[1], true, frame);
        }
        return;
      case CallMode::kInvoke: {
        const types::Func* const method = function.methods()[inst.aux];
        if (Judge(method->name->text(), frame) || is_deferred_itself) {
          AddRoot(function, operands[0], true, frame);
          AddArgs(function, operands.subspan(1), frame);
        }
        return;
      }
      case CallMode::kStatic:
        CallOfFunction(function, inst, operands, around, depth);
        return;
      case CallMode::kDynamic:
        CallOfValue(function, inst, operands, around, depth);
        return;
    }
  }

  void AddArgs(const Function& function, std::span<const Value> args,
               const Frame* frame) {
    for (const Value arg : args) {
      AddRoot(function, arg, false, frame);
      const types::Type* const type = function.TypeOf(arg);
      released_.by_name =
          released_.by_name || (type != nullptr && types::IsString(type) &&
                                released_.held != Held::kNothing);
    }
  }

  void CallOfFunction(const Function& function, const Inst& inst,
                      std::span<const Value> operands, const Frame& around,
                      int depth) {
    const Frame* const frame = around.caller == nullptr ? nullptr : &around;
    const ssa::Callee& callee = function.callees()[operands[0].index()];
    if (callee.child != nullptr) {
      Look(*callee.child, function, operands.subspan(1), frame, depth);
      return;
    }
    if (callee.key.func == nullptr) {
      return;
    }
    const bool is_method = callee.key.func->is_method();
    if (Judge(callee.key.func->name->text(), frame) || frame == nullptr) {
      size_t first = 1;
      if (is_method && operands.size() > 1) {
        AddRoot(function, operands[1], true, frame);
        first = 2;
      }
      AddArgs(function, operands.subspan(first), frame);
    }
    if (released_.held == Held::kNothing) {
      // `defer check(f.Close)`.
      for (const Value arg : operands.subspan(1)) {
        JudgeFunctionValue(function, arg, frame);
      }
    }
    const dataflow::FunctionId target =
        program_.TargetsOf(function, inst).only();
    const Function* const body =
        target.has_value() ? program_.node(target).body : nullptr;
    if (released_.held == Held::kNothing && body != nullptr) {
      Look(*body, function, operands.subspan(1), frame, depth);
    }
  }

  // A method value or closure given as an argument, which releases when it is
  // called.
  void JudgeFunctionValue(const Function& function, Value value,
                          const Frame* frame) {
    if (!value.is_inst()) {
      return;
    }
    const Inst& inst = function.inst(value.inst());
    if (inst.op != Op::kMakeClosure) {
      if (IsCancelFunc(function.TypeOf(value))) {
        Hold(Held::kResource);
      }
      return;
    }
    const auto operands = function.Operands(inst);
    const ssa::Callee& callee = function.callees()[operands[0].index()];
    if (callee.child == nullptr && callee.key.func != nullptr &&
        operands.size() > 1 && Judge(callee.key.func->name->text(), frame)) {
      AddRoot(function, operands[1], true, frame);
    }
  }

  void CallOfValue(const Function& function, const Inst& inst,
                   std::span<const Value> operands, const Frame& around,
                   int depth) {
    const Frame* const frame = around.caller == nullptr ? nullptr : &around;
    const Value value = operands[0];
    const auto known = dataflow::FunctionOf(function, value);
    if (known && known->literal != nullptr &&
        known->closure.function != nullptr) {
      Look(*known->literal, function, operands.subspan(1), frame, depth);
      if (released_.held != Held::kNothing || frame != nullptr) {
        return;
      }
    } else if (known && known->func != nullptr && known->receiver.has_value()) {
      if (Judge(known->func->name->text(), frame) || frame == nullptr) {
        AddRoot(*known->closure.function, known->receiver, true, nullptr);
      }
      return;
    }
    const bool is_cancel = IsCancelFunc(function.TypeOf(value));
    if (is_cancel) {
      Hold(Held::kResource);
    } else if (frame == nullptr && !Judge(name_of_value_, frame)) {
      AddRoot(function, value, false, frame);
      AddArgs(function, operands.subspan(1), frame);
      return;
    }
    if (is_cancel || frame == nullptr ||
        ReleasesByValue(function, inst, frame)) {
      AddRoot(function, value, false, frame);
    }
  }

  // `cleanup()` in a literal: by the name of the variable.
  bool ReleasesByValue(const Function& function, const Inst& inst,
                       const Frame* frame) {
    const types::Unit* const unit = function.unit();
    const auto* call = unit == nullptr
                           ? nullptr
                           : unit->tree->TryGet<ast::CallExpr>(inst.node);
    if (call == nullptr) {
      return false;
    }
    const ast::ExprId callee = Unparen(*unit->tree, call->fun);
    const auto* selector = unit->tree->TryGet<ast::SelectorExpr>(callee);
    ast::Ref<ast::Ident> name;
    if (selector != nullptr) {
      name = selector->sel;
    } else if (callee.kind() == NodeKind::kIdent) {
      name = ast::Ref<ast::Ident>::FromNode(callee);
    }
    return name.has_value() && Judge(unit->NameOf(name)->text(), frame);
  }

  // Looks for calls that release in the body of a literal or helper.
  void Look(const Function& body, const Function& caller,
            std::span<const Value> args, const Frame* outer, int depth) {
    if (depth == 0) {
      return;
    }
    const bool locks = std::ranges::any_of(body.insts(), [&](const Inst& inst) {
      return inst.op == Op::kCall && IsLock(body, inst);
    });
    const Frame frame{.caller = &caller,
                      .args = {args.begin(), args.end()},
                      .outer = outer,
                      .locks = locks};
    for (const Inst& inst : body.insts()) {
      if (inst.op == Op::kCall || inst.op == Op::kDefer) {
        Call(body, inst, frame, depth - 1);
      }
    }
  }

  static bool IsLock(const Function& function, const Inst& inst) {
    const types::Func* const callee = dataflow::NamedCallee(function, inst);
    return callee != nullptr && callee->is_method() &&
           (callee->name->text() == "Lock" || callee->name->text() == "RLock");
  }

  const Program& program_;
  Released released_;
  std::string_view name_of_value_;
};

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

  // `defer func() { if err != nil { … } }()`, where the function's outcome
  // decides.
  bool IsGuardedFromOutside() const {
    const ast::FuncLit* const literal = DeferredLiteral();
    if (literal == nullptr) {
      return false;
    }
    const auto stmts = tree_.Items(tree_.Get(literal->body).stmts);
    const auto* branch =
        stmts.size() == 1 ? tree_.TryGet<ast::IfStmt>(stmts[0]) : nullptr;
    if (branch == nullptr) {
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
    return released_.held == Held::kLock ? !IsUsedBehindDefer() : !IsAcquired();
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

Released DescribeDeferred(const Source& source, const Function& function,
                          InstId inst, const Program& program) {
  return Describer(program).Run(source, function, inst);
}

bool IsNeededAfterLoop(const Source& source, const RepeatedDefer& repeated,
                       const Released& released, const Program& program) {
  return NeedFinder(source, repeated, released, program).Run();
}

bool IsEntryOutside(const RepeatedDefer& repeated, const Released& released) {
  return released.by_name && released.held == Held::kResource &&
         std::ranges::any_of(released.roots, [&](const ReleasedRoot& root) {
           return root.is_receiver &&
                  !IsOfIteration(repeated.iteration, root.base);
         });
}

bool IsSameInEveryIteration(const RepeatedDefer& repeated,
                            const Released& released) {
  const auto is_same = [&](const ReleasedRoot& root) {
    const Value base = root.base.value;
    const bool is_phi =
        base.is_inst() && root.base.function->inst(base.inst()).op == Op::kPhi;
    return !is_phi && !IsOfIteration(repeated.iteration, root.base) &&
           !IsIndexed(*root.function, root.value);
  };
  return released.held == Held::kLock && !released.roots.empty() &&
         std::ranges::all_of(released.roots, is_same);
}

}  // namespace gdlint::checks::typed
