// The verifier finds each thing that can be wrong.

#include "ssa/verify.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ssa/draft.h"
#include "tests/unit/ssa/draft_maker.h"

namespace gdlint::ssa {
namespace {

// What the verifier says of the function, broken by `breaks`.
template <typename Breaks>
std::string Problems(const Breaks& breaks) {
  DraftMaker maker;
  breaks(maker, maker.draft);
  Function function;
  maker.draft.Freeze(function);
  std::string all;
  for (const std::string& message : Verify(function)) {
    all += message + "\n";
  }
  return all;
}

// One message at least has `text`.
#define CHECK_FOUND(text, ...)                          \
  do {                                                  \
    const std::string problems = Problems(__VA_ARGS__); \
    INFO(problems);                                     \
    CHECK(problems.find(text) != std::string::npos);    \
  } while (false)

using Maker = DraftMaker;

TEST_CASE("what is right is right") {
  CHECK(Problems([](Maker&, Draft&) {}) == "");
}

TEST_CASE("blocks end in one terminator") {
  CHECK_FOUND("terminator", [](Maker&, Draft& draft) {
    draft.block(BlockId{1}).insts.pop_back();
  });
  CHECK_FOUND("terminator", [](Maker& maker, Draft&) {
    maker.Add(1, Op::kJump, nullptr, {});
  });
  CHECK_FOUND("is empty", [](Maker&, Draft& draft) {
    draft.block(BlockId{2}).insts.clear();
  });
}

TEST_CASE("edges go both ways and are as many as the terminator says") {
  CHECK_FOUND("both ways", [](Maker&, Draft& draft) {
    draft.block(BlockId{2}).succs = {BlockId{1}};
  });
  CHECK_FOUND("leads elsewhere", [](Maker&, Draft& draft) {
    draft.block(BlockId{1}).preds.push_back(BlockId{2});
  });
  CHECK_FOUND("does not have 1 successors", [](Maker&, Draft& draft) {
    draft.AddEdge(BlockId{2}, BlockId{1});
  });
  CHECK_FOUND("entry has a predecessor", [](Maker& maker, Draft& draft) {
    draft.inst(maker.ret).op = Op::kJump;
    draft.SetOperands(maker.ret, {});
    draft.AddEdge(BlockId{3}, BlockId{0});
  });
}

TEST_CASE(
    "phis come first, with an operand for each predecessor, of one type") {
  CHECK_FOUND("phi after others", [](Maker& maker, Draft& draft) {
    maker.Add(3, Op::kAlloc, draft.inst(maker.alloc).type, {}, kEscapes);
    std::rotate(draft.block(BlockId{3}).insts.begin(),
                draft.block(BlockId{3}).insts.begin() + 2,
                draft.block(BlockId{3}).insts.end());
  });
  CHECK_FOUND("for each predecessor", [](Maker& maker, Draft& draft) {
    draft.SetOperands(maker.phi, std::vector<Value>{maker.n});
  });
  CHECK_FOUND("do not go together", [](Maker& maker, Draft& draft) {
    draft.SetOperands(maker.phi, std::vector<Value>{maker.sum, maker.c});
  });
  CHECK_FOUND("does not dominate", [](Maker& maker, Draft& draft) {
    draft.SetOperands(maker.phi, std::vector<Value>{maker.sum, maker.sum});
  });
}

TEST_CASE("operands are there, are values, and come before") {
  CHECK_FOUND("too few operands", [](Maker& maker, Draft& draft) {
    draft.SetOperands(maker.store, std::vector<Value>{maker.alloc});
  });
  CHECK_FOUND("an operand is not there", [](Maker& maker, Draft& draft) {
    draft.Operands(maker.store)[1] = Value(Value::Kind::kParam, 99);
  });
  CHECK_FOUND("an operand is missing", [](Maker& maker, Draft& draft) {
    draft.Operands(maker.load)[0] = Value::None();
  });
  CHECK_FOUND("built-in", [](Maker& maker, Draft& draft) {
    draft.Operands(maker.load)[0] = Value(Value::Kind::kBuiltin, 0);
  });
  CHECK_FOUND("has no value", [](Maker& maker, Draft& draft) {
    draft.Operands(maker.load)[0] = maker.store;
  });
  CHECK_FOUND("does not dominate", [](Maker&, Draft& draft) {
    std::swap(draft.block(BlockId{1}).insts[0],
              draft.block(BlockId{1}).insts[1]);
  });
  CHECK_FOUND("does not dominate", [](Maker& maker, Draft&) {
    maker.Insert(2, Op::kStore, nullptr, {maker.alloc, maker.sum});
  });
}

TEST_CASE("types and positions are there, and no others") {
  CHECK_FOUND("a value and no type", [](Maker& maker, Draft& draft) {
    draft.inst(maker.sum).type = nullptr;
  });
  CHECK_FOUND("a type and no value", [](Maker& maker, Draft& draft) {
    draft.inst(maker.store).type = maker.int_type;
  });
  CHECK_FOUND("no position", [](Maker& maker, Draft& draft) {
    draft.inst(maker.sum).pos = {};
  });
}

TEST_CASE("types of operands fit") {
  CHECK_FOUND("do not go together", [](Maker& maker, Draft& draft) {
    draft.Operands(maker.store)[1] = maker.c;
  });
  CHECK_FOUND("do not go together", [](Maker& maker, Draft& draft) {
    draft.Operands(maker.load)[0] = maker.n;
  });
  CHECK_FOUND("do not go together", [](Maker& maker, Draft& draft) {
    draft.Operands(maker.sum)[1] = maker.c;
  });
  CHECK_FOUND("no operator", [](Maker& maker, Draft& draft) {
    draft.inst(maker.sum).detail =
        static_cast<uint8_t>(lexer::TokenKind::kLand);
  });
  CHECK_FOUND("no boolean", [](Maker& maker, Draft& draft) {
    draft.Operands(maker.branch)[0] = maker.n;
  });
  CHECK_FOUND("as many operands as results", [](Maker& maker, Draft& draft) {
    draft.SetOperands(maker.ret, {});
  });
  CHECK_FOUND("is no pointer", [](Maker& maker, Draft& draft) {
    draft.inst(maker.alloc).type = maker.int_type;
  });
  CHECK_FOUND("its variable is not there", [](Maker& maker, Draft& draft) {
    draft.inst(maker.alloc).aux = 5;
  });
  CHECK_FOUND("is no struct", [](Maker& maker, Draft&) {
    maker.Insert(1, Op::kField, maker.int_type, {maker.n}, 0, 0);
  });
  CHECK_FOUND("neither an array nor a string", [](Maker& maker, Draft&) {
    maker.Insert(1, Op::kIndex, maker.int_type, {maker.n, maker.n});
  });
  CHECK_FOUND("is no map", [](Maker& maker, Draft&) {
    maker.Insert(1, Op::kLookup, maker.int_type, {maker.n, maker.n});
  });
  CHECK_FOUND("is no channel", [](Maker& maker, Draft&) {
    maker.Insert(1, Op::kSend, nullptr, {maker.n, maker.n});
  });
  CHECK_FOUND("the component is not there", [](Maker& maker, Draft&) {
    maker.Insert(1, Op::kExtract, maker.int_type, {maker.n}, 0, 0);
  });
  CHECK_FOUND("its states are not there", [](Maker& maker, Draft&) {
    maker.Insert(1, Op::kSelect, maker.int_type, {}, 0, 3);
  });
  CHECK_FOUND("is no interface", [](Maker& maker, Draft&) {
    maker.Insert(1, Op::kMakeInterface, maker.int_type, {maker.n});
  });
}

TEST_CASE("calls have a callee and its arguments") {
  const auto call = [](CallMode mode) { return static_cast<uint8_t>(mode); };
  CHECK_FOUND("operand 0 is no function", [&](Maker& maker, Draft&) {
    maker.Insert(1, Op::kCall, maker.int_type, {maker.n},
                 call(CallMode::kStatic));
  });
  CHECK_FOUND("operand 0 is no function", [&](Maker& maker, Draft&) {
    maker.Insert(1, Op::kCall, maker.int_type, {maker.n},
                 call(CallMode::kDynamic));
  });
  CHECK_FOUND("nothing is called", [&](Maker& maker, Draft&) {
    maker.Insert(1, Op::kCall, maker.int_type, {}, call(CallMode::kDynamic));
  });
  CHECK_FOUND("no built-in", [&](Maker& maker, Draft&) {
    maker.Insert(1, Op::kCall, maker.int_type, {maker.n},
                 call(CallMode::kBuiltin));
  });
  CHECK_FOUND("the method is not there", [&](Maker& maker, Draft&) {
    maker.Insert(1, Op::kCall, maker.int_type, {maker.n},
                 call(CallMode::kInvoke));
  });
  CHECK_FOUND("arguments for", [&](Maker& maker, Draft& draft) {
    static const types::Func kFunc;
    const Value callee = draft.FunctionOf({.kind = FunctionKind::kDeclared,
                                           .func = &kFunc,
                                           .recv = nullptr,
                                           .type_args = {}},
                                          draft.signature);
    maker.Insert(1, Op::kCall, maker.int_type, {callee},
                 call(CallMode::kStatic));
  });
}

TEST_CASE("deferred calls need a recover block, and are run") {
  const auto defer = [](Maker& maker) {
    static const types::Func kFunc;
    const Value callee =
        maker.draft.FunctionOf({.kind = FunctionKind::kDeclared,
                                .func = &kFunc,
                                .recv = nullptr,
                                .type_args = {}},
                               maker.draft.signature);
    maker.Insert(0, Op::kDefer, nullptr, {callee, maker.c, maker.n});
  };
  CHECK_FOUND("there is no recover block",
              [&](Maker& maker, Draft&) { defer(maker); });
  const auto recover = [&](Maker& maker, Draft& draft) {
    defer(maker);
    draft.recover_block = draft.AddBlock();
    const InstId value = maker.Add(4, Op::kLoad, maker.int_type, {maker.alloc});
    maker.Add(4, Op::kReturn, nullptr, {value});
  };
  CHECK_FOUND("without running what was deferred", recover);
  CHECK_FOUND("has no cell", recover);
  CHECK(Problems([&](Maker& maker, Draft& draft) {
          recover(maker, draft);
          draft.result_cells = {maker.alloc};
          maker.Insert(3, Op::kRunDefers, nullptr, {});
        }) == "");
}

TEST_CASE("frames, cells and bindings are sound") {
  CHECK_FOUND("cell is no alloc", [](Maker& maker, Draft& draft) {
    draft.result_cells = {maker.load};
  });
  CHECK_FOUND("as many cells as results", [](Maker& maker, Draft& draft) {
    draft.result_cells = {maker.alloc, maker.alloc};
  });
  CHECK_FOUND("no signature",
              [](Maker&, Draft& draft) { draft.signature = nullptr; });
  CHECK_FOUND("others have none", [](Maker&, Draft& draft) {
    static const Function kParent;
    draft.parent = &kParent;
  });
  CHECK_FOUND("outermost", [](Maker&, Draft& draft) {
    static const Function kOther;
    draft.outermost = &kOther;
  });
  CHECK_FOUND("a free variable is no address", [](Maker& maker, Draft& draft) {
    draft.AddFreeVar({nullptr, maker.int_type});
  });
  CHECK_FOUND("a callee is no child", [](Maker&, Draft& draft) {
    static const Function kStranger;
    draft.ChildOf(&kStranger, draft.signature);
  });
  CHECK_FOUND("a binding is of nothing", [](Maker&, Draft& draft) {
    draft.bindings.push_back({nullptr, Value::None(), {}, BlockId{0}});
  });
}

}  // namespace
}  // namespace gdlint::ssa
