#include "checks/typed/released.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "checks/knowledge/release_names.h"
#include "dataflow/values.h"
#include "ssa/ident_text.h"
#include "types/predicates.h"

namespace gdlint::checks::typed {
namespace {

using ast::NodeKind;
using dataflow::Program;
using ssa::CallMode;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;
using syntax::Unparen;

// Helpers and literals are looked into so deep.
constexpr int kMaxDepth = 2;

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

  static constexpr size_t kMaxSteps = 2'000;
  size_t steps_ = 0;

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
    // Functions with thousands of calls, of each other perhaps.
    if (++steps_ > kMaxSteps) {
      return;
    }
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
    if (!is_cancel && frame == nullptr) {
      // A variable that is named like what it does: `defer putBuffer(b)`.
      AddArgs(function, operands.subspan(1), frame);
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
    return name.has_value() && Judge(ssa::TextOf(*unit, name), frame);
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

}  // namespace

Released DescribeDeferred(const Source& source, const Function& function,
                          InstId inst, const Program& program) {
  return Describer(program).Run(source, function, inst);
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
