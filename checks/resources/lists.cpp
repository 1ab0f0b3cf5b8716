#include "checks/resources/lists.h"

#include <algorithm>

#include "checks/knowledge/resources.h"
#include "dataflow/program.h"

namespace gdlint::checks::resources {
namespace {

bool Formats(const ssa::Function& function, ssa::InstId user) {
  const ssa::Inst& call = function.inst(user);
  if (call.op != ssa::Op::kCall && call.op != ssa::Op::kDefer &&
      call.op != ssa::Op::kGo) {
    return false;
  }
  const types::Func* const named = dataflow::NamedCallee(function, call);
  return named != nullptr && knowledge::FormatsItsList(*named);
}

}  // namespace

bool IsOnlyFormatted(const ssa::Function& function, ssa::Value element) {
  if (!element.is_inst() ||
      function.inst(element.inst()).op != ssa::Op::kIndexAddr) {
    return false;
  }
  const ssa::Value array = function.Operands(function.inst(element.inst()))[0];
  if (!array.is_inst() || function.inst(array.inst()).op != ssa::Op::kAlloc ||
      function.inst(array.inst()).aux != ssa::kNoAux) {
    return false;
  }
  return std::ranges::all_of(function.UsersOf(array), [&](ssa::InstId user) {
    const ssa::Op op = function.inst(user).op;
    return op == ssa::Op::kIndexAddr ||
           (op == ssa::Op::kSlice &&
            std::ranges::all_of(function.UsersOf(user), [&](ssa::InstId call) {
              return Formats(function, call);
            }));
  });
}

}  // namespace gdlint::checks::resources
