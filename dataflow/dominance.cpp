#include "dataflow/dominance.h"

#include <algorithm>

#include "types/constant.h"

namespace gdlint::dataflow {
namespace {

using ssa::Op;
using ssa::Value;

constexpr int kMaxNegations = 8;
// `a.b.c[i].d`: chains of addresses are not longer in code that people read.
constexpr int kMaxSameDepth = 12;

bool SameConstant(const ssa::Function& function, Value a, Value b) {
  if (a.kind() != Value::Kind::kConst || b.kind() != Value::Kind::kConst) {
    return false;
  }
  const types::Value x = function.consts()[a.index()].value;
  const types::Value y = function.consts()[b.index()].value;
  return x.is_int64() && y.is_int64() && x.int64() == y.int64();
}

bool LooksSame(const ssa::Function& function, Value a, Value b, int depth) {
  if (a == b || SameConstant(function, a, b)) {
    return true;
  }
  if (depth == 0 || !a.is_inst() || !b.is_inst()) {
    return false;
  }
  const ssa::Inst& x = function.inst(a.inst());
  const ssa::Inst& y = function.inst(b.inst());
  if (x.op != y.op || x.detail != y.detail || x.aux != y.aux ||
      x.type != y.type) {
    return false;
  }
  switch (x.op) {
    case Op::kLoad:
    case Op::kFieldAddr:
    case Op::kField:
    case Op::kIndexAddr:
    case Op::kIndex:
    case Op::kExtract:
    case Op::kConvert:
    case Op::kChangeType:
    case Op::kBinOp:
    case Op::kUnOp:
      break;
    case Op::kCall: {
      // `len(x)`.
      const auto mode = ModeOf(x);
      if (mode != ssa::CallMode::kBuiltin) {
        return false;
      }
      break;
    }
    default:
      return false;
  }
  return std::ranges::equal(
      function.Operands(x), function.Operands(y),
      [&](Value p, Value q) { return LooksSame(function, p, q, depth - 1); });
}

}  // namespace

Dominance::Dominance(const ssa::Function& function, Analyses&)
    : function_(function) {
  ssa::FlowGraph graph;
  graph.Assign(function);
  tree_.Compute(graph);
}

bool Dominance::Precedes(ssa::InstId a, ssa::InstId b) const {
  const ssa::BlockId block_a = function_.inst(a).block;
  const ssa::BlockId block_b = function_.inst(b).block;
  return block_a == block_b ? a.index < b.index
                            : tree_.Dominates(block_a, block_b);
}

const ssa::Inst* Dominance::BranchTo(ssa::BlockId from, ssa::BlockId to) const {
  const ssa::Inst& last = function_.Terminator(from);
  const auto preds = function_.Preds(to);
  return last.op == Op::kIf && preds.size() == 1 && preds[0] == from &&
                 function_.Succs(from)[0] != function_.Succs(from)[1]
             ? &last
             : nullptr;
}

Value Dominance::WithoutNegations(Value condition, bool& is_true) const {
  for (int n = 0; n < kMaxNegations && condition.is_inst(); ++n) {
    const ssa::Inst& inst = function_.inst(condition.inst());
    if (inst.op != Op::kUnOp ||
        static_cast<lexer::TokenKind>(inst.detail) != lexer::TokenKind::kNot) {
      break;
    }
    condition = function_.Operands(inst)[0];
    is_true = !is_true;
  }
  return condition;
}

bool LooksSame(const ssa::Function& function, Value a, Value b) {
  return LooksSame(function, a, b, kMaxSameDepth);
}

}  // namespace gdlint::dataflow
