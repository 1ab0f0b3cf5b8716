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

ssa::Value ListOf(const ssa::Function& function, ssa::Value element) {
  if (!element.is_inst() ||
      function.inst(element.inst()).op != ssa::Op::kIndexAddr) {
    return {};
  }
  const ssa::Value array = function.Operands(function.inst(element.inst()))[0];
  if (!array.is_inst() || function.inst(array.inst()).op != ssa::Op::kAlloc) {
    return {};
  }
  ssa::Value list;
  for (const ssa::InstId user : function.UsersOf(array)) {
    const ssa::Op op = function.inst(user).op;
    if (op == ssa::Op::kSlice && !list.has_value()) {
      list = user;
    } else if (op != ssa::Op::kIndexAddr) {
      return {};
    }
  }
  return list;
}

ssa::Value WrappedListOf(const ssa::Function& function, ssa::Value element) {
  const ssa::Value list = ListOf(function, element);
  const bool is_wrapped =
      list.has_value() &&
      std::ranges::all_of(function.UsersOf(list), [&](ssa::InstId user) {
        const ssa::Inst& inst = function.inst(user);
        const types::Func* const named =
            inst.op == ssa::Op::kCall ? dataflow::NamedCallee(function, inst)
                                      : nullptr;
        return named != nullptr && knowledge::UseOfArgument(*named) ==
                                       knowledge::ArgumentUse::kWraps;
      });
  return is_wrapped ? list : ssa::Value();
}

}  // namespace gdlint::checks::resources
