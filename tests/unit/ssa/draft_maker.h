// Drafts made by hand, for tests.

#pragma once

#include <cstdint>
#include <initializer_list>

#include "lexer/token.h"
#include "ssa/draft.h"
#include "ssa/function.h"
#include "types/constant.h"
#include "types/sizes.h"
#include "types/type_table.h"
#include "types/universe.h"

namespace gdlint::ssa {

// `func f(c bool, n int) int`, with a variable in memory and a phi:
//
//   0: a = alloc int; *a = n; if c goto 1 else 2
//   1: x = *a; y = x + 1; jump 3
//   2: jump 3
//   3: p = phi [1: y, 2: n]; return p
struct DraftMaker {
  types::TypeTable table{types::Sizes::ForArchitecture("amd64")};
  types::TypeContext types{table};
  const types::Type* int_type = types::Typ(types::BasicKind::kInt);
  const types::Type* bool_type = types::Typ(types::BasicKind::kBool);
  Draft draft;
  Value c, n;
  InstId alloc, store, branch, load, sum, phi, ret;

  DraftMaker() {
    draft.Reset();
    draft.name = "f";
    const types::Param params[] = {{nullptr, bool_type}, {nullptr, int_type}};
    const types::Param results[] = {{nullptr, int_type}};
    draft.signature = types.SignatureOf({}, types.TupleOf(params),
                                        types.TupleOf(results), false);
    draft.result_types = {int_type};
    draft.result_cells = {Value::None()};
    c = draft.AddParam({nullptr, bool_type});
    n = draft.AddParam({nullptr, int_type});
    for (int i = 0; i < 4; ++i) {
      draft.AddBlock();
    }
    alloc = Add(0, Op::kAlloc, types.PointerTo(int_type), {}, kEscapes);
    store = Add(0, Op::kStore, nullptr, {alloc, n});
    branch = Add(0, Op::kIf, nullptr, {c});
    load = Add(1, Op::kLoad, int_type, {alloc});
    sum = Add(1, Op::kBinOp, int_type, {load, Int(1)},
              static_cast<uint8_t>(lexer::TokenKind::kAdd));
    Add(1, Op::kJump, nullptr, {});
    Add(2, Op::kJump, nullptr, {});
    draft.AddEdge(BlockId{0}, BlockId{1});
    draft.AddEdge(BlockId{0}, BlockId{2});
    draft.AddEdge(BlockId{1}, BlockId{3});
    draft.AddEdge(BlockId{2}, BlockId{3});
    phi = Add(3, Op::kPhi, int_type, {sum, n});
    ret = Add(3, Op::kReturn, nullptr, {phi});
  }

  InstId Add(uint32_t block, Op op, const types::Type* type,
             std::initializer_list<Value> operands, uint8_t detail = 0,
             uint32_t aux = kNoAux) {
    return draft.Append(BlockId{block},
                        {.op = op,
                         .detail = detail,
                         .block = {},
                         .pos = source::Pos::At(1),
                         .node = {},
                         .aux = aux,
                         .type = type},
                        operands);
  }
  // Before the terminator of a block.
  InstId Insert(uint32_t block, Op op, const types::Type* type,
                std::initializer_list<Value> operands, uint8_t detail = 0,
                uint32_t aux = kNoAux) {
    const InstId id = Add(block, op, type, operands, detail, aux);
    auto& insts = draft.block(BlockId{block}).insts;
    std::swap(insts[insts.size() - 1], insts[insts.size() - 2]);
    return id;
  }
  Value Int(int64_t value) {
    return draft.ConstOf(int_type, types::constant::MakeInt64(value));
  }
};

}  // namespace gdlint::ssa
