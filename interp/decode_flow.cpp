// Jumps, edges with the copies that phis mean, returns.

#include <algorithm>

#include "interp/decoder.h"
#include "interp/slow.h"

namespace gdlint::interp {

using ssa::Op;
using ssa::Value;

void Decoder::Terminator(const ssa::Inst& inst, ssa::BlockId block) {
  switch (inst.op) {
    case Op::kJump:
      Edge(block, 0);
      break;
    case Op::kIf:
      If(inst, block);
      break;
    case Op::kReturn:
      Return(inst);
      break;
    case Op::kPanic: {
      const int32_t reg = Reg(function_.Operands(inst)[0]);
      EmitHelper(slow::Panic).operands = {reg};
      break;
    }
    case Op::kRangePanic:
      EmitHelper(slow::RangePanic).kind = inst.detail;
      break;
    case Op::kExit:
      if (inst.detail == static_cast<uint8_t>(ssa::ExitKind::kNever)) {
        EmitHelper(slow::WaitForEver);
      } else {
        EmitHelper(slow::Exit).kind = inst.detail;
      }
      break;
    default:
      Fail("a block without an end");
      break;
  }
}

bool Decoder::EdgeIsEmpty(ssa::BlockId from, uint32_t succ) {
  return EdgeMoves(from, succ).empty();
}

// What the phis of a successor get, as if all at once.
std::vector<Move> Decoder::EdgeMoves(ssa::BlockId from, uint32_t succ) {
  std::vector<Move> moves;
  const ssa::BlockId to = function_.Succs(from)[succ];
  const auto preds = function_.Preds(to);
  // Which predecessor it is: an If may have the same successor twice.
  size_t which = 0;
  uint32_t before = 0;
  for (uint32_t i = 0; i != succ; ++i) {
    before += function_.Succs(from)[i] == to ? 1 : 0;
  }
  for (; which != preds.size(); ++which) {
    if (preds[which] == from && before-- == 0) {
      break;
    }
  }
  for (const ssa::Inst& phi : function_.InstsOf(to)) {
    if (phi.op != Op::kPhi) {
      break;
    }
    const ValueInfo& info = infos_[function_.IdOf(phi).index];
    if (info.size == 0) {
      continue;
    }
    const Value value = function_.Operands(phi)[which];
    if (const Value root = RootOf(value);
        root.is_inst() && InfoOf(root).form == Form::kPlace) {
      moves.push_back({-1 - InfoOf(root).offset, info.reg, 8});
      continue;
    }
    const int32_t reg = Reg(value);
    if (reg != info.reg) {
      moves.push_back({reg, info.reg, info.size});
    }
  }
  return moves;
}

void Decoder::EmitMoves(std::vector<Move> moves) {
  const auto overlaps = [](int32_t a, int32_t a_size, int32_t b,
                           int32_t b_size) {
    return a < b + b_size && b < a + a_size;
  };
  while (!moves.empty()) {
    // One whose target nobody reads any more.
    const auto free = std::ranges::find_if(moves, [&](const Move& move) {
      return std::ranges::none_of(moves, [&](const Move& other) {
        return &other != &move && other.from >= 0 &&
               overlaps(other.from, other.size, move.to, move.size);
      });
    });
    if (free != moves.end()) {
      if (free->from < 0) {
        Emit(CodeOp::kLocalAddr, free->to, -1 - free->from);
      } else {
        EmitMove(free->to, free->from, free->size);
      }
      moves.erase(free);
      continue;
    }
    // A cycle: one source is set aside.
    Move& move = moves.front();
    const int32_t temp = Temp(move.size);
    EmitMove(temp, move.from, move.size);
    move.from = temp;
  }
}

void Decoder::JumpTo(ssa::BlockId block, ssa::BlockId from) {
  fixups_.push_back({code_->insts.size(), false, block.index});
  Emit(block.index <= from.index ? CodeOp::kJumpBack : CodeOp::kJump);
}

// Passes control to a successor; without a jump if it is next.
void Decoder::Edge(ssa::BlockId from, uint32_t succ) {
  EmitMoves(EdgeMoves(from, succ));
  const ssa::BlockId to = function_.Succs(from)[succ];
  const bool is_next = to.index == from.index + 1 && !in_landings_;
  if (!is_next) {
    JumpTo(to, from);
  }
}

void Decoder::Branch(CodeOp op, int32_t b, int32_t c, int64_t imm,
                     ssa::BlockId from, uint32_t succ) {
  const ssa::BlockId to = function_.Succs(from)[succ];
  if (to.index > from.index && EdgeIsEmpty(from, succ)) {
    fixups_.push_back({code_->insts.size(), false, to.index});
  } else {
    fixups_.push_back(
        {code_->insts.size(), true, static_cast<uint32_t>(landings_.size())});
    landings_.push_back({from, succ, 0, pos_});
  }
  Emit(op, 0, b, c, imm);
}

namespace {

// What is to the list of operations that begins with `to` as `op` is to the one
// that begins with `first`: the lists have the same order.
CodeOp Corresponding(CodeOp op, CodeOp first, CodeOp to) {
  return static_cast<CodeOp>(static_cast<int>(to) + static_cast<int>(op) -
                             static_cast<int>(first));
}

// The jump that a comparison's operation becomes.
CodeOp JumpOf(CodeOp op) {
  if (op >= CodeOp::kEq8 && op <= CodeOp::kEq64) {
    return Corresponding(op, CodeOp::kEq8, CodeOp::kJumpEq8);
  }
  if (op >= CodeOp::kNe8 && op <= CodeOp::kNe64) {
    return Corresponding(op, CodeOp::kNe8, CodeOp::kJumpNe8);
  }
  if (op >= CodeOp::kLtS8 && op <= CodeOp::kLtU64) {
    return Corresponding(op, CodeOp::kLtS8, CodeOp::kJumpLtS8);
  }
  if (op >= CodeOp::kLeS8 && op <= CodeOp::kLeU64) {
    return Corresponding(op, CodeOp::kLeS8, CodeOp::kJumpLeS8);
  }
  switch (op) {
    case CodeOp::kEqF32:
      return CodeOp::kJumpEqF32;
    case CodeOp::kEqF64:
      return CodeOp::kJumpEqF64;
    case CodeOp::kNeF32:
      return CodeOp::kJumpNeF32;
    case CodeOp::kNeF64:
      return CodeOp::kJumpNeF64;
    case CodeOp::kLtF32:
      return CodeOp::kJumpLtF32;
    case CodeOp::kLtF64:
      return CodeOp::kJumpLtF64;
    case CodeOp::kLeF32:
      return CodeOp::kJumpLeF32;
    default:
      return CodeOp::kJumpLeF64;
  }
}

bool IsIntegerJump(CodeOp op) {
  return op >= CodeOp::kJumpEq8 && op <= CodeOp::kJumpLeU64;
}

// The jump that is taken when `op` is not, `b` and `c` changing places if
// `swaps`.
CodeOp Opposite(CodeOp op, bool* swaps) {
  *swaps = false;
  if (op >= CodeOp::kJumpEq8 && op <= CodeOp::kJumpEq64) {
    return Corresponding(op, CodeOp::kJumpEq8, CodeOp::kJumpNe8);
  }
  if (op >= CodeOp::kJumpNe8 && op <= CodeOp::kJumpNe64) {
    return Corresponding(op, CodeOp::kJumpNe8, CodeOp::kJumpEq8);
  }
  *swaps = true;
  if (op >= CodeOp::kJumpLtS8 && op <= CodeOp::kJumpLtU64) {
    return Corresponding(op, CodeOp::kJumpLtS8, CodeOp::kJumpLeS8);
  }
  return Corresponding(op, CodeOp::kJumpLeS8, CodeOp::kJumpLtS8);
}

CodeOp ImmediateOf(CodeOp op) {
  switch (op) {
    case CodeOp::kJumpEq64:
      return CodeOp::kJumpEqI64;
    case CodeOp::kJumpNe64:
      return CodeOp::kJumpNeI64;
    case CodeOp::kJumpLtS64:
      return CodeOp::kJumpLtI64;
    case CodeOp::kJumpLeS64:
      return CodeOp::kJumpLeI64;
    default:
      return op;
  }
}

// With the constant on the left: `5 < x` is `x > 5`.
CodeOp SwappedImmediateOf(CodeOp op) {
  switch (op) {
    case CodeOp::kJumpEq64:
      return CodeOp::kJumpEqI64;
    case CodeOp::kJumpNe64:
      return CodeOp::kJumpNeI64;
    case CodeOp::kJumpLtS64:
      return CodeOp::kJumpGtI64;
    case CodeOp::kJumpLeS64:
      return CodeOp::kJumpGeI64;
    default:
      return op;
  }
}

}  // namespace

void Decoder::If(const ssa::Inst& inst, ssa::BlockId block) {
  const Value condition = function_.Operands(inst)[0];
  CodeOp op = CodeOp::kIf;
  Value x = condition;
  Value y;
  bool is_negated = false;
  if (condition.is_inst() && InfoOf(condition).form == Form::kFusedCompare) {
    Comparison comparison;
    CompareOp(InstOf(condition), &comparison);
    op = JumpOf(comparison.op);
    x = comparison.x;
    y = comparison.y;
    is_negated = comparison.is_negated;
  }
  // The successor when the operation holds, and the other.
  uint32_t taken = is_negated ? 1 : 0;
  uint32_t other = 1 - taken;
  const auto is_next = [&](uint32_t succ) {
    return function_.Succs(block)[succ].index == block.index + 1 &&
           EdgeIsEmpty(block, succ);
  };
  if (is_next(taken) && (op == CodeOp::kIf || IsIntegerJump(op))) {
    if (op == CodeOp::kIf) {
      op = CodeOp::kIfNot;
    } else {
      bool swaps = false;
      op = Opposite(op, &swaps);
      if (swaps) {
        std::swap(x, y);
      }
    }
    std::swap(taken, other);
  }
  if (!y.has_value()) {
    Branch(op, Reg(x), 0, 0, block, taken);
  } else if (const std::optional<int64_t> right = IntOf(y);
             right.has_value() && ImmediateOf(op) != op) {
    Branch(ImmediateOf(op), Reg(x), 0, *right, block, taken);
  } else if (const std::optional<int64_t> left = IntOf(x);
             left.has_value() && SwappedImmediateOf(op) != op) {
    Branch(SwappedImmediateOf(op), Reg(y), 0, *left, block, taken);
  } else {
    const int32_t b = Reg(x);
    const int32_t c = Reg(y);
    Branch(op, b, c, 0, block, taken);
  }
  Edge(block, other);
}

void Decoder::Return(const ssa::Inst& inst) {
  const auto operands = function_.Operands(inst);
  if (program_.options().tells_results || program_.options().tells_steps) {
    TellReturn(inst);
  }
  if (operands.size() == 1 && SizeOf(operands[0]) == 8) {
    const int32_t reg = Reg(operands[0]);
    Emit(CodeOp::kReturn64, 0, reg);
    return;
  }
  std::vector<Move> moves;
  int32_t offset = 0;
  for (const Value operand : operands) {
    const int32_t size = static_cast<int32_t>(SizeOf(operand));
    if (size != 0) {
      moves.push_back({Reg(operand), offset, size});
    }
    offset += static_cast<int32_t>(SlotAlign(size));
  }
  if (moves.empty()) {
    Emit(CodeOp::kReturn0);
    return;
  }
  Site& site = NewSite();
  site.moves = std::move(moves);
  Emit(CodeOp::kReturn).ptr = &site;
}

}  // namespace gdlint::interp
