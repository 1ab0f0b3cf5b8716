// Drafts, and what freezing makes of them.

#include "ssa/draft.h"

#include <cstddef>
#include <vector>

#include <doctest/doctest.h>

#include "ssa/verify.h"
#include "tests/unit/ssa/draft_maker.h"
#include "types/constant.h"

namespace gdlint::ssa {
namespace {

TEST_CASE("equal constants, callees and variables are one") {
  DraftMaker maker;
  Draft& draft = maker.draft;
  CHECK(maker.Int(7) == maker.Int(7));
  CHECK(maker.Int(7) != maker.Int(8));
  CHECK(draft.ZeroOf(maker.int_type) == maker.Int(0));
  CHECK(draft.ZeroOf(maker.bool_type) != draft.ZeroOf(maker.int_type));
  CHECK(draft.ConstOf(maker.bool_type, types::constant::MakeBool(true)) !=
        draft.ConstOf(maker.bool_type, types::constant::MakeBool(false)));
  const types::Var var;
  const types::Var other;
  CHECK(draft.VarIndex(&var) == draft.VarIndex(&var));
  CHECK(draft.VarIndex(&var) != draft.VarIndex(&other));
  // Many, so that the index grows.
  for (int64_t i = 100; i < 1100; ++i) {
    maker.Int(i);
  }
  const size_t count = draft.tables().consts.size();
  for (int64_t i = 100; i < 1100; ++i) {
    maker.Int(i);
  }
  CHECK(draft.tables().consts.size() == count);
}

TEST_CASE("freezing numbers what can be reached in reverse postorder") {
  DraftMaker maker;
  Draft& draft = maker.draft;
  // A block that nothing leads to leads to the join.
  const BlockId dead = draft.AddBlock();
  maker.Add(dead.index, Op::kJump, nullptr, {});
  draft.AddEdge(dead, BlockId{3});
  draft.SetOperands(maker.phi, std::vector<Value>{maker.sum, maker.n, maker.n});
  Function function;
  draft.Freeze(function);
  CHECK(Verify(function).empty());
  CHECK(function.blocks().size() == 4);
  CHECK(function.Preds(BlockId{3}).size() == 2);
  const Inst& phi = function.InstsOf(BlockId{3})[0];
  REQUIRE(phi.op == Op::kPhi);
  CHECK(function.Operands(phi).size() == 2);
  CHECK(function.TypeOf(function.Operands(phi)[0]) == maker.int_type);
}

TEST_CASE("an instruction may have very many operands") {
  DraftMaker maker;
  Draft& draft = maker.draft;
  for (const size_t count : {kManyOperands - 1, +kManyOperands, 70'000}) {
    draft.SetOperands(maker.phi, std::vector<Value>(count, maker.n));
    CHECK(draft.Operands(maker.phi).size() == count);
  }
  draft.SetOperands(maker.phi, std::vector<Value>(65'600, maker.sum));
  CHECK(draft.Operands(maker.phi).size() == 65'600);
  CHECK(draft.Operands(maker.phi).back() == maker.sum);

  Function function;
  draft.Freeze(function);
  const Inst& phi = function.InstsOf(BlockId{3})[0];
  const Inst& ret = function.InstsOf(BlockId{3})[1];
  REQUIRE(function.Operands(phi).size() == 65'600);
  CHECK(function.TypeOf(function.Operands(phi).front()) == maker.int_type);
  CHECK(function.Operands(phi).back() == function.Operands(phi).front());
  REQUIRE(function.Operands(ret).size() == 1);
  CHECK(function.Operands(ret)[0] == Value(function.IdOf(phi)));
  CHECK(function.UsersOf(function.Operands(phi)[0]).size() == 1);
}

TEST_CASE("a draft can be used again") {
  DraftMaker maker;
  Function first;
  maker.draft.Freeze(first);
  maker.draft.Reset();
  CHECK(maker.draft.blocks().empty());
  CHECK(maker.draft.insts().empty());
  CHECK(maker.draft.tables().consts.empty());
  const BlockId entry = maker.draft.AddBlock();
  CHECK(entry.index == 0);
  CHECK(maker.draft.block(entry).insts.empty());
  CHECK(maker.draft.block(entry).succs.empty());
  CHECK(first.blocks().size() == 4);
}

}  // namespace
}  // namespace gdlint::ssa
