#include "checks/deferred_work.h"

#include <algorithm>

#include "checks/knowledge/release_names.h"
#include "dataflow/standard.h"
#include "dataflow/values.h"
#include "lexer/token.h"
#include "types/type.h"

namespace gdlint::checks {
namespace {

using dataflow::Origin;
using knowledge::Undone;
using ssa::BlockId;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

bool IsBuiltinCall(const Inst& inst, std::span<const Value> operands,
                   types::BuiltinId id) {
  return inst.op == Op::kCall && ModeOf(inst) == ssa::CallMode::kBuiltin &&
         operands[0].index() == static_cast<uint32_t>(id);
}

bool IsRecover(const Function& function, Value value) {
  if (!value.is_inst()) {
    return false;
  }
  const Inst& inst = function.inst(value.inst());
  return IsBuiltinCall(inst, function.Operands(inst),
                       types::BuiltinId::kRecover);
}

// The successor of an If that is taken when recover() gives nil; nothing if it
// does not depend on that.
std::optional<uint32_t> EdgeWithoutPanic(const Function& function,
                                         const Inst& branch) {
  const Value condition = function.Operands(branch)[0];
  if (!condition.is_inst()) {
    return std::nullopt;
  }
  const Inst& test = function.inst(condition.inst());
  const auto operands = function.Operands(test);
  if (test.op == Op::kBinOp) {
    const bool is_nil_test = (IsRecover(function, operands[0]) &&
                              dataflow::IsNilConst(function, operands[1])) ||
                             (IsRecover(function, operands[1]) &&
                              dataflow::IsNilConst(function, operands[0]));
    const auto op = static_cast<lexer::TokenKind>(test.detail);
    if (is_nil_test && op == lexer::TokenKind::kEql) {
      return 0;
    }
    if (is_nil_test && op == lexer::TokenKind::kNeq) {
      return 1;
    }
  }
  // `err, ok := recover().(error)`.
  if (test.op == Op::kExtract && test.aux == 1 && operands[0].is_inst()) {
    const Inst& assertion = function.inst(operands[0].inst());
    if (assertion.op == Op::kTypeAssert &&
        IsRecover(function, function.Operands(assertion)[0])) {
      return 1;
    }
  }
  return std::nullopt;
}

// context.CancelFunc and CancelCauseFunc.
bool IsCancelFunc(const types::Type* type) {
  const types::Named* const named = types::AsNamed(type);
  return named != nullptr && named->obj->package != nullptr &&
         named->obj->package->path == "context" &&
         (named->obj->name->text() == "CancelFunc" ||
          named->obj->name->text() == "CancelCauseFunc");
}

// A method of `Logger`, `auditLogger` and the like.
bool IsOfLogger(const types::Func& func) {
  const types::Type* type = func.recv;
  if (const auto* const pointer = types::TryAs<types::Pointer>(type)) {
    type = pointer->elem;
  }
  const types::Named* const named = types::AsNamed(type);
  return named != nullptr && (named->obj->name->text().ends_with("Logger") ||
                              named->obj->name->text() == "logger");
}

bool IsDiscard(const Function& function, Value value) {
  const dataflow::Origins origins = dataflow::OriginsOf(function, value);
  return std::ranges::any_of(origins.values, [](const Origin& origin) {
    if (!origin.value.is_inst()) {
      return false;
    }
    const Inst& load = origin.function->inst(origin.value.inst());
    if (load.op != Op::kLoad) {
      return false;
    }
    const Value addr = origin.function->Operands(load)[0];
    if (addr.kind() != Value::Kind::kGlobal) {
      return false;
    }
    const types::Var* const var = origin.function->globals()[addr.index()];
    return var->name->text() == "Discard";
  });
}

}  // namespace

bool IsOnEveryWay(const Function& function, BlockId block) {
  std::vector<bool> seen(function.blocks().size());
  std::vector<BlockId> work = {BlockId{0}};
  if (block.index == 0) {
    return true;
  }
  seen[0] = true;
  while (!work.empty()) {
    const BlockId at = work.back();
    work.pop_back();
    if (function.Terminator(at).op == Op::kReturn) {
      return false;
    }
    for (const BlockId succ : function.Succs(at)) {
      if (succ != block && !seen[succ.index]) {
        seen[succ.index] = true;
        work.push_back(succ);
      }
    }
  }
  return true;
}

namespace {

// What control comes to when a `recover` here gives nil, or does not.
std::vector<bool> BlocksIf(const Function& function, bool panics) {
  std::vector<bool> seen(function.blocks().size());
  std::vector<BlockId> work = {BlockId{0}};
  seen[0] = true;
  while (!work.empty()) {
    const BlockId block = work.back();
    work.pop_back();
    const Inst& last = function.Terminator(block);
    const auto edge =
        last.op == Op::kIf ? EdgeWithoutPanic(function, last) : std::nullopt;
    const auto succs = function.Succs(block);
    for (uint32_t i = 0; i < succs.size(); ++i) {
      const bool is_taken = !edge.has_value() || (*edge == i) != panics;
      if (is_taken && !seen[succs[i].index]) {
        seen[succs[i].index] = true;
        work.push_back(succs[i]);
      }
    }
  }
  return seen;
}

}  // namespace

std::vector<bool> BlocksWithoutPanic(const Function& function) {
  return BlocksIf(function, false);
}

Work DeferredWork::Of(const Function& function, const Inst& call) {
  work_ = {};
  path_.clear();
  AddCall(function, call, 0, true);
  std::ranges::sort(work_.names);
  work_.names.erase(std::ranges::unique(work_.names).begin(),
                    work_.names.end());
  return std::move(work_);
}

void DeferredWork::Add(Undone undone, std::string_view name, int depth,
                       bool is_sure) {
  if (undone == Undone::kMessage && (depth > 1 || !is_sure)) {
    // What is said on the side, for instance that closing failed.
    return;
  }
  work_.undone = std::max(work_.undone, undone);
  if (undone == Undone::kWork) {
    work_.names.emplace_back(name);
  }
}

void DeferredWork::AddCall(const Function& function, const Inst& call,
                           int depth, bool is_sure) {
  const auto operands = function.Operands(call);
  switch (ModeOf(call)) {
    case ssa::CallMode::kBuiltin: {
      const auto id = static_cast<types::BuiltinId>(operands[0].index());
      if (id == types::BuiltinId::kPrint || id == types::BuiltinId::kPrintln) {
        Add(Undone::kMessage, "println", depth, is_sure);
      } else if (id == types::BuiltinId::kClose ||
                 id == types::BuiltinId::kRecover) {
        Add(Undone::kDoneAnyway, "", depth, is_sure);
      }
      return;
    }
    case ssa::CallMode::kStatic:
    case ssa::CallMode::kInvoke:
      if (const types::Func* const func =
              dataflow::NamedCallee(function, call)) {
        AddNamed(*func, function, call, depth, is_sure);
        return;
      }
      break;
    case ssa::CallMode::kDynamic:
      break;
  }
  AddValue(function, operands[0], depth, is_sure);
}

void DeferredWork::AddNamed(const types::Func& func, const Function& caller,
                            const Inst& call, int depth, bool is_sure) {
  const std::string name = dataflow::FullName(func);
  if (const auto known = knowledge::UndoneBy(name)) {
    if (name == "io.Copy" && IsDiscard(caller, caller.Operands(call)[1])) {
      return;
    }
    Add(*known, name, depth, is_sure);
    // What is called with a literal calls it: once.Do.
    for (const Value operand : caller.Operands(call).subspan(1)) {
      const auto target = dataflow::FunctionOf(caller, operand);
      if (target.has_value() && target->literal != nullptr) {
        AddBody(*target->literal, depth + 1, is_sure);
      }
    }
    return;
  }
  if (IsOfLogger(func) && !knowledge::NamesRelease(func.name->text())) {
    Add(Undone::kMessage, name, depth, is_sure);
    return;
  }
  const dataflow::CallTargets targets = program_.TargetsOf(caller, call);
  bool has_bodies = targets.is_complete && !targets.functions.empty();
  for (const dataflow::FunctionId id : targets.functions) {
    if (const Function* const body = program_.node(id).body) {
      AddBody(*body, depth + 1,
              is_sure && targets.functions.size() == 1 &&
                  !knowledge::NamesRelease(func.name->text()));
    } else {
      has_bodies = false;
    }
  }
  if (!has_bodies) {
    // The standard library's is in the table where it matters.
    Add(dataflow::IsStandard(program_, func) && func.name->text() != "Flush"
            ? Undone::kDoneAnyway
            : knowledge::UndoneByName(func.name->text()),
        name, depth, is_sure);
  }
}

void DeferredWork::AddBody(const Function& body, int depth, bool is_sure) {
  if (depth > kMaxDepth || std::ranges::count(path_, &body) > 0) {
    return;
  }
  path_.push_back(&body);
  const std::vector<bool> blocks = BlocksWithoutPanic(body);
  const std::vector<bool> in_panic = BlocksIf(body, true);
  for (uint32_t i = 0; i < body.blocks().size(); ++i) {
    if (!blocks[i] || BlockId{i} == body.recover_block()) {
      continue;
    }
    // What is said where `recover` gave nil, that all went well, is not missed
    // when the process ends otherwise.
    const bool is_sure_here =
        is_sure && in_panic[i] && IsOnEveryWay(body, BlockId{i});
    for (const Inst& inst : body.InstsOf(BlockId{i})) {
      if (inst.op == Op::kCall || inst.op == Op::kDefer || inst.op == Op::kGo) {
        AddCall(body, inst, depth, is_sure_here);
      }
    }
  }
  path_.pop_back();
}

void DeferredWork::AddValue(const Function& function, Value value, int depth,
                            bool is_sure) {
  if (value.kind() == Value::Kind::kFunction) {
    const ssa::Callee& callee = function.callees()[value.index()];
    if (callee.child != nullptr) {
      AddBody(*callee.child, depth + 1, is_sure);
      return;
    }
  }
  if (IsCancelFunc(function.TypeOf(value))) {
    Add(Undone::kDoneAnyway, "", depth, is_sure);
    return;
  }
  const dataflow::Origins origins = dataflow::OriginsOf(function, value);
  bool is_known = origins.is_complete;
  for (const Origin& origin : origins.values) {
    is_known &=
        AddOrigin(origin, depth, is_sure && origins.values.size() == 1) ||
        dataflow::IsNilConst(*origin.function, origin.value);
  }
  if (!is_known) {
    Add(Undone::kUnknown, "", depth, is_sure);
  }
}

bool DeferredWork::AddOrigin(const Origin& origin, int depth, bool is_sure) {
  const auto target = dataflow::FunctionOf(*origin.function, origin.value);
  if (!target.has_value()) {
    return AddReturned(origin, depth, is_sure);
  }
  if (target->literal != nullptr) {
    AddBody(*target->literal, depth + 1, is_sure);
    return true;
  }
  const std::string name = dataflow::FullName(*target->func);
  const dataflow::FunctionId id = program_.Find(target->func);
  if (const auto known = knowledge::UndoneBy(name)) {
    Add(*known, name, depth, is_sure);
  } else if (id.has_value() && program_.node(id).body != nullptr) {
    AddBody(*program_.node(id).body, depth + 1, is_sure);
  } else {
    Add(knowledge::UndoneByName(target->func->name->text()), name, depth,
        is_sure);
  }
  return true;
}

// What a function of the program returns: `defer start()()`.
bool DeferredWork::AddReturned(const Origin& origin, int depth, bool is_sure) {
  const Function& at = *origin.function;
  if (!origin.value.is_inst() || depth >= kMaxDepth) {
    return false;
  }
  const Inst* made = &at.inst(origin.value.inst());
  uint32_t result = 0;
  if (made->op == Op::kExtract && at.Operands(*made)[0].is_inst()) {
    result = made->aux;
    made = &at.inst(at.Operands(*made)[0].inst());
  }
  const dataflow::FunctionId id = made->op == Op::kCall
                                      ? program_.TargetsOf(at, *made).only()
                                      : dataflow::FunctionId();
  const Function* const maker =
      id.has_value() ? program_.node(id).body : nullptr;
  if (maker == nullptr || std::ranges::count(path_, maker) > 0) {
    return false;
  }
  path_.push_back(maker);
  for (const Inst& inst : maker->insts()) {
    if (inst.op != Op::kReturn || inst.block == maker->recover_block() ||
        result >= maker->Operands(inst).size()) {
      continue;
    }
    const Value returned = maker->Operands(inst)[result];
    if (!dataflow::IsNilConst(*maker, returned)) {
      AddValue(*maker, returned, depth + 1, is_sure);
    }
  }
  path_.pop_back();
  return true;
}

}  // namespace gdlint::checks
