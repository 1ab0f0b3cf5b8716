#include "checks/scratch_files.h"

#include <algorithm>
#include <string_view>

#include "checks/places.h"
#include "dataflow/program.h"

namespace gdlint::checks {
namespace {

using resources::Lifetime;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

bool IsCall(const Inst& inst) {
  return inst.op == Op::kCall || inst.op == Op::kDefer;
}

bool IsResult(const Function& function, Value value, InstId call) {
  if (!value.is_inst()) {
    return false;
  }
  const Inst& inst = function.inst(value.inst());
  return inst.op == Op::kExtract && function.Operands(inst)[0] == Value(call);
}

// The variable that the call's result is stored in, where literals share it.
Value VariableOf(const Function& function, InstId call) {
  for (const Inst& inst : function.insts()) {
    if (inst.op == Op::kStore &&
        IsResult(function, function.Operands(inst)[1], call)) {
      return function.Operands(inst)[0];
    }
  }
  return {};
}

bool IsFile(const Function& function, Value value, InstId acquisition) {
  if (IsResult(function, value, acquisition)) {
    return true;
  }
  if (!value.is_inst() || function.inst(value.inst()).op != Op::kLoad) {
    return false;
  }
  const Value variable = VariableOf(function, acquisition);
  return variable.is_inst() &&
         function.Operands(function.inst(value.inst()))[0] == variable;
}

// `f.Name()` of any file; `of` tells which file is meant.
bool IsNameOf(const Function& function, Value value, const auto& of) {
  if (!value.is_inst()) {
    return false;
  }
  const Inst& inst = function.inst(value.inst());
  return inst.op == Op::kCall && CalleeNameOf(function, inst) == "Name" &&
         of(function.Operands(inst)[1]);
}

bool IsRemove(const Function& function, const Inst& inst, const auto& of) {
  if (!IsCall(inst)) {
    return false;
  }
  const types::Func* const callee = dataflow::NamedCallee(function, inst);
  if (callee == nullptr) {
    return false;
  }
  const std::string name = dataflow::FullName(*callee);
  return (name == "os.Remove" || name == "os.RemoveAll") &&
         IsNameOf(function, function.Operands(inst)[1], of);
}

// A literal removes a file that it shares with the function around.
bool Removes(const Function& literal) {
  return std::ranges::any_of(literal.insts(), [&](const Inst& inst) {
    return IsRemove(literal, inst, [&](Value file) {
      return file.is_inst() && literal.inst(file.inst()).op == Op::kLoad;
    });
  });
}

// The literal that is deferred, if it is one.
const Function* LiteralOf(const Function& function, const Inst& defer) {
  const Value callee = function.Operands(defer)[0];
  if (!callee.is_inst() ||
      function.inst(callee.inst()).op != Op::kMakeClosure) {
    return nullptr;
  }
  const Value literal = function.Operands(function.inst(callee.inst()))[0];
  return literal.kind() == Value::Kind::kFunction
             ? function.callees()[literal.index()].child
             : nullptr;
}

// By what is called, however it does it.
bool IsRename(std::string_view name) {
  return name.find("ename") != name.npos || name.find("Link") != name.npos ||
         name.find("Move") != name.npos || name.starts_with("move");
}

bool MayRename(const Function& function) {
  return std::ranges::any_of(function.insts(),
                             [&](const Inst& inst) {
                               return IsCall(inst) &&
                                      IsRename(CalleeNameOf(function, inst));
                             }) ||
         std::ranges::any_of(function.children(), [](const auto& child) {
           return MayRename(*child);
         });
}

}  // namespace

bool IsRemovedWhenClosed(const Function& function, const Lifetime& lifetime,
                         InstId release) {
  if (function.inst(release).op != Op::kDefer || MayRename(function)) {
    return false;
  }
  return std::ranges::any_of(function.insts(), [&](const Inst& inst) {
    if (inst.op != Op::kDefer) {
      return false;
    }
    const Function* const literal = LiteralOf(function, inst);
    return literal != nullptr
               ? function.IdOf(inst) == release && Removes(*literal)
               : IsRemove(function, inst, [&](Value file) {
                   return IsFile(function, file, lifetime.acquisition);
                 });
  });
}

}  // namespace gdlint::checks
