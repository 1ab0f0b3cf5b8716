#include "checks/resources/ways.h"

#include <algorithm>
#include <set>
#include <utility>

#include "checks/resources/path_context.h"
#include "dataflow/flow_order.h"
#include "dataflow/values.h"
#include "lexer/token.h"

namespace gdlint::checks::resources {
namespace {

// The side of a branch on which one of `values` is nil; none for others.
ssa::BlockId NilSide(const ssa::Function& function, ssa::BlockId block,
                     const std::vector<ssa::Value>& values) {
  const ssa::Inst& last = function.Terminator(block);
  if (last.op != ssa::Op::kIf || !function.Operands(last)[0].is_inst()) {
    return {};
  }
  const ssa::Inst& test = function.inst(function.Operands(last)[0].inst());
  const auto token = static_cast<lexer::TokenKind>(test.detail);
  if (test.op != ssa::Op::kBinOp ||
      (token != lexer::TokenKind::kEql && token != lexer::TokenKind::kNeq)) {
    return {};
  }
  const std::span<const ssa::Value> operands = function.Operands(test);
  for (size_t i = 0; i < 2; ++i) {
    if (std::ranges::find(values, operands[i]) != values.end() &&
        dataflow::IsNilConst(function, operands[1 - i])) {
      return function.Succs(block)[token == lexer::TokenKind::kEql ? 0 : 1];
    }
  }
  return {};
}

}  // namespace

bool AreOnAllWays(const ssa::Function& function,
                  const std::vector<ssa::BlockId>& blocks,
                  const std::vector<ssa::Value>& values) {
  std::vector<bool> seen(function.blocks().size());
  for (const ssa::BlockId block : blocks) {
    seen[block.index] = true;
  }
  std::vector<ssa::BlockId> work;
  const auto enter = [&](ssa::BlockId block) {
    if (!seen[block.index]) {
      seen[block.index] = true;
      work.push_back(block);
    }
  };
  enter(ssa::BlockId{0});
  while (!work.empty()) {
    const ssa::BlockId block = work.back();
    work.pop_back();
    if (function.Terminator(block).op == ssa::Op::kReturn) {
      return false;
    }
    const ssa::BlockId nil = NilSide(function, block, values);
    for (const ssa::BlockId succ : function.Succs(block)) {
      if (succ != nil) {
        enter(succ);
      }
    }
  }
  return true;
}

bool MayFollowFailure(const ssa::Function& function,
                      const dataflow::Program& program, ssa::InstId call,
                      ssa::Value error, ssa::InstId target) {
  constexpr size_t kMaxStates = 2000;
  PathContext context(function, program);
  const ssa::BlockId start = function.inst(call).block;
  const ssa::BlockId end = function.inst(target).block;
  std::vector<std::pair<ssa::BlockId, Values>> work;
  std::set<std::pair<uint32_t, Values>> seen;
  for (Values& facts : context.FactsAt(start)) {
    work.emplace_back(start, std::move(facts));
  }
  if (work.empty()) {
    work.emplace_back(start, Values());
  }
  while (!work.empty()) {
    const auto [block, facts] = std::move(work.back());
    work.pop_back();
    const std::span<const ssa::BlockId> succs = function.Succs(block);
    const ssa::Inst& last = function.Terminator(block);
    for (uint32_t i = 0; i < succs.size(); ++i) {
      Values next = facts;
      if (last.op == ssa::Op::kIf) {
        const ssa::Value condition = function.Operands(last)[0];
        const auto test = dataflow::NilTestOf(function, condition);
        const bool is_nil =
            test && test->tested == error && test->is_equal == (i == 0);
        if (is_nil || !context.conditions().Refine(condition, i == 0, next)) {
          continue;
        }
      }
      if (succs[i] == end) {
        return true;
      }
      context.EnterFacts(block, succs[i], next);
      if (succs[i] != start && seen.emplace(succs[i].index, next).second) {
        work.emplace_back(succs[i], std::move(next));
      }
    }
    if (seen.size() > kMaxStates) {
      return true;
    }
  }
  return false;
}

}  // namespace gdlint::checks::resources
