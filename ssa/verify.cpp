#include "ssa/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "lexer/token.h"
#include "ssa/dominators.h"
#include "ssa/verify_types.h"
#include "types/type_string.h"

namespace gdlint::ssa {
namespace {

constexpr size_t kMaxMessages = 100;

class Verifier {
 public:
  Verifier(const Function& function, std::vector<std::string>& messages)
      : function_(function), messages_(messages) {}

  void Run() {
    CheckFrame();
    CheckBlocks();
    // What follows goes by handles, and needs the shape.
    if (is_sound_) {
      graph_.Assign(function_);
      CheckReachable();
    }
    if (is_sound_) {
      tree_.Compute(graph_);
      for (const Inst& inst : function_.insts()) {
        CheckOperands(inst);
      }
      if (is_sound_) {
        for (const Inst& inst : function_.insts()) {
          CheckInst(inst);
        }
        CheckReturns();
        CheckBindings();
      }
    }
    for (const std::unique_ptr<Function>& child : function_.children()) {
      Require(child->parent() == &function_,
              "a child does not know its parent: {}", child->name());
      Require(child->kind() == FunctionKind::kLiteral ||
                  child->kind() == FunctionKind::kRangeBody,
              "a child is neither a literal nor a loop's body: {}",
              child->name());
      Verifier(*child, messages_).Run();
    }
  }

 private:
  template <typename... Args>
  bool Require(bool condition, fmt::format_string<Args...> format,
               const Args&... args) {
    if (!condition && messages_.size() < kMaxMessages) {
      messages_.push_back(
          fmt::format("{}: {}", function_.name(),
                      fmt::vformat(fmt::string_view(format),
                                   fmt::make_format_args(args...))));
    }
    return condition;
  }
  // What later checks rely on.
  template <typename... Args>
  bool RequireShape(bool condition, fmt::format_string<Args...> format,
                    const Args&... args) {
    is_sound_ = is_sound_ && condition;
    return Require(condition, format, args...);
  }
  // Of an instruction.
  bool Require(bool condition, const Inst& inst, std::string_view problem) {
    return condition || Require(false, "{}: {}", Name(inst), problem);
  }
  bool RequireShape(bool condition, const Inst& inst,
                    std::string_view problem) {
    is_sound_ = is_sound_ && condition;
    return Require(condition, inst, problem);
  }

  void CheckFrame() {
    const bool is_range_body = function_.kind() == FunctionKind::kRangeBody;
    const Function* const parent = function_.parent();
    Require(function_.outermost() == (is_range_body && parent != nullptr
                                          ? parent->outermost()
                                          : &function_),
            "the outermost function is not right");
    Require((parent != nullptr) ==
                (is_range_body || function_.kind() == FunctionKind::kLiteral),
            "literals and loops' bodies have a parent, others have none");
    Require(function_.signature() != nullptr, "there is no signature");
    Require(!function_.has_defers() || !is_range_body,
            "a loop's body has a recover block");
    Require(
        function_.result_cells().empty() ||
            function_.result_cells().size() == function_.result_types().size(),
        "there are not as many cells as results");
    for (const Value cell : function_.result_cells()) {
      if (!cell.has_value()) {
        continue;
      }
      RequireShape(cell.is_inst() && cell.index() < function_.insts().size() &&
                       function_.insts()[cell.index()].op == Op::kAlloc,
                   "a result's cell is no alloc");
    }
    for (const FreeVar& free_var : function_.free_vars()) {
      Require(free_var.type != nullptr &&
                  (function_.kind() == FunctionKind::kBound ||
                   types::UnderAs<types::Pointer>(free_var.type) != nullptr),
              "a free variable is no address");
    }
    for (const Callee& callee : function_.callees()) {
      Require(callee.type != nullptr, "a callee has no signature");
      if (callee.child == nullptr) {
        Require(callee.key.func != nullptr, "a callee has no key");
        continue;
      }
      Require(std::ranges::any_of(function_.children(),
                                  [&](const auto& child) {
                                    return child.get() == callee.child;
                                  }),
              "a callee is no child: {}", callee.child->name());
    }
  }

  void CheckBlocks() {
    const size_t block_count = function_.blocks().size();
    if (!RequireShape(block_count > 0, "there are no blocks")) {
      return;
    }
    uint32_t next_inst = 0;
    for (uint32_t i = 0; i < block_count; ++i) {
      const Block& block = function_.blocks()[i];
      const BlockId id{i};
      if (!RequireShape(block.insts_begin == next_inst &&
                            block.insts_begin < block.insts_end &&
                            block.insts_end <= function_.insts().size(),
                        "block {} is empty, or not where it should be", i)) {
        return;
      }
      next_inst = block.insts_end;
      bool phis_are_over = false;
      for (const Inst& inst : function_.InstsOf(id)) {
        const bool is_last = &inst == &function_.Terminator(id);
        const bool is_terminator = (InfoOf(inst.op).traits & kTerminator) != 0;
        RequireShape(is_terminator == is_last,
                     "block {} has a terminator within, or none at its end", i);
        RequireShape(inst.block == id,
                     "an instruction of block {} names another", i);
        Require(inst.op != Op::kPhi || !phis_are_over,
                "block {} has a phi after others", i);
        phis_are_over = phis_are_over || inst.op != Op::kPhi;
      }
      CheckEdges(id);
    }
    RequireShape(next_inst == function_.insts().size(),
                 "instructions are in no block");
  }

  void CheckEdges(BlockId id) {
    const Inst& last = function_.Terminator(id);
    const size_t expected = last.op == Op::kJump ? 1
                            : last.op == Op::kIf ? 2
                                                 : 0;
    RequireShape(function_.Succs(id).size() == expected,
                 "block {} does not have {} successors", id.index, expected);
    for (const BlockId succ : function_.Succs(id)) {
      if (RequireShape(succ.index < function_.blocks().size(),
                       "block {} has a successor that is not there",
                       id.index)) {
        RequireShape(std::ranges::count(function_.Succs(id), succ) ==
                         std::ranges::count(function_.Preds(succ), id),
                     "the edges from block {} to {} are not both ways",
                     id.index, succ.index);
      }
    }
    for (const BlockId pred : function_.Preds(id)) {
      if (RequireShape(pred.index < function_.blocks().size(),
                       "block {} has a predecessor that is not there",
                       id.index)) {
        RequireShape(std::ranges::find(function_.Succs(pred), id) !=
                         function_.Succs(pred).end(),
                     "block {} has the predecessor {}, which leads elsewhere",
                     id.index, pred.index);
      }
    }
  }

  void CheckReachable() {
    const auto count = static_cast<uint32_t>(function_.blocks().size());
    const BlockId recover = function_.recover_block();
    RequireShape(function_.Preds(BlockId{0}).empty(),
                 "the entry has a predecessor");
    if (recover.has_value()) {
      RequireShape(recover.index + 1 == count && recover.index > 0 &&
                       function_.Preds(recover).empty() &&
                       function_.Terminator(recover).op == Op::kReturn,
                   "the recover block is not the last, or control gets there, "
                   "or it does not return");
    }
    for (uint32_t i = 1; i < count; ++i) {
      const std::span<const BlockId> preds = function_.Preds(BlockId{i});
      RequireShape(BlockId{i} == recover ||
                       std::ranges::any_of(
                           preds, [i](BlockId pred) { return pred.index < i; }),
                   "block {} cannot be reached, or blocks are not in reverse "
                   "postorder",
                   i);
    }
  }

  bool IsInRange(Value value) const {
    switch (value.kind()) {
      case Value::Kind::kNone:
        return value.index() == 0;
      case Value::Kind::kInst:
        return value.index() < function_.insts().size();
      case Value::Kind::kParam:
        return value.index() < function_.params().size();
      case Value::Kind::kFreeVar:
        return value.index() < function_.free_vars().size();
      case Value::Kind::kConst:
        return value.index() < function_.consts().size();
      case Value::Kind::kGlobal:
        return value.index() < function_.globals().size();
      case Value::Kind::kFunction:
        return value.index() < function_.callees().size();
      case Value::Kind::kBuiltin:
        return value.index() <= static_cast<uint32_t>(types::BuiltinId::kTrace);
    }
    return false;
  }

  void CheckOperands(const Inst& inst) {
    const OpInfo& info = InfoOf(inst.op);
    const std::span<const Value> operands = function_.Operands(inst);
    RequireShape(info.operand_count < 0 ||
                     operands.size() == static_cast<size_t>(info.operand_count),
                 inst, "it has too few operands, or too many");
    RequireShape(
        (inst.type != nullptr) == ((info.traits & kProducesValue) != 0), inst,
        "it has a type and no value, or a value and no type");
    Require(inst.pos.is_valid() || IsWrapper(function_.kind()), inst,
            "it has no position");
    for (size_t i = 0; i < operands.size(); ++i) {
      const Value operand = operands[i];
      if (!RequireShape(IsInRange(operand), inst, "an operand is not there")) {
        continue;
      }
      RequireShape(operand.has_value() || MayBeNone(inst, i), inst,
                   "an operand is missing");
      RequireShape(operand.kind() != Value::Kind::kBuiltin ||
                       (i == 0 && IsBuiltinCall(inst)),
                   inst, "an operand is a built-in function");
      if (operand.is_inst() && is_sound_) {
        CheckUse(inst, i, operand.inst());
      }
    }
    if (inst.op == Op::kPhi) {
      RequireShape(operands.size() == function_.Preds(inst.block).size(), inst,
                   "it does not have an operand for each predecessor");
    }
  }

  static bool IsBuiltinCall(const Inst& inst) {
    return (inst.op == Op::kCall || inst.op == Op::kGo ||
            inst.op == Op::kDefer) &&
           ModeOf(inst) == CallMode::kBuiltin;
  }

  bool MayBeNone(const Inst& inst, size_t index) const {
    switch (inst.op) {
      case Op::kSlice:
        return index > 0;
      case Op::kMakeMap:
      case Op::kMakeChan:
      case Op::kMakeSlice:
        return true;
      case Op::kSelect:
        return index % 2 == 1;
      default:
        return IsBuiltinCall(inst) && index == 2;
    }
  }

  void CheckUse(const Inst& inst, size_t index, InstId used) {
    const Inst& def = function_.inst(used);
    if (!RequireShape((InfoOf(def.op).traits & kProducesValue) != 0, inst,
                      "it uses what has no value")) {
      return;
    }
    bool dominates;
    if (inst.op == Op::kPhi) {
      const std::span<const BlockId> preds = function_.Preds(inst.block);
      dominates =
          index < preds.size() && tree_.Dominates(def.block, preds[index]);
    } else if (def.block == inst.block) {
      dominates = used < function_.IdOf(inst);
    } else {
      dominates = tree_.Dominates(def.block, inst.block);
    }
    if (!dominates) {
      Require(false, "{}: {} does not dominate it", Name(inst), Name(def));
    }
  }

  void CheckInst(const Inst& inst) {
    const std::string problem = TypeProblem(function_, inst);
    Require(problem.empty(), inst, problem);
    const bool registers =
        inst.op == Op::kDeferStack || inst.op == Op::kRunDefers ||
        (inst.op == Op::kDefer && (inst.detail & kOnDeferStack) == 0);
    Require(!registers || function_.has_defers(), inst,
            "there is no recover block");
  }

  void CheckReturns() {
    if (!function_.has_defers()) {
      return;
    }
    for (uint32_t i = 0; i < function_.blocks().size(); ++i) {
      const BlockId id{i};
      if (function_.Terminator(id).op != Op::kReturn ||
          id == function_.recover_block()) {
        continue;
      }
      Require(std::ranges::any_of(
                  function_.InstsOf(id),
                  [](const Inst& inst) { return inst.op == Op::kRunDefers; }),
              "block {} returns without running what was deferred", i);
    }
    for (const Value cell : function_.result_cells()) {
      Require(cell.has_value(),
              "a result of a function with defers has no cell");
    }
  }

  void CheckBindings() {
    for (const Binding& binding : function_.bindings()) {
      Require(binding.var != nullptr && binding.value.has_value() &&
                  IsInRange(binding.value) &&
                  binding.block.index < function_.blocks().size(),
              "a binding is of nothing");
    }
  }

  // `t12 = load (line 3)` says enough to find it in a dump.
  std::string Name(const Inst& inst) const {
    return fmt::format("t{} ({} in block {}, byte {})",
                       function_.IdOf(inst).index, InfoOf(inst.op).text,
                       inst.block.index,
                       inst.pos.is_valid() ? inst.pos.offset() : 0);
  }

  const Function& function_;
  std::vector<std::string>& messages_;
  bool is_sound_ = true;
  FlowGraph graph_;
  DominatorTree tree_;
};

}  // namespace

std::vector<std::string> Verify(const Function& function) {
  std::vector<std::string> messages;
  Verifier(function, messages).Run();
  return messages;
}

}  // namespace gdlint::ssa
