// Whose a resource is that was given to a function of which nothing is known.
// See explorer.h.

#include <algorithm>
#include <string_view>
#include <vector>

#include "checks/resources/explorer.h"
#include "dataflow/access_path.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "lexer/token.h"
#include "types/predicates.h"

namespace gdlint::checks::resources {
namespace {

// Of an If on whether an error is nil, the successor where it is; -1 for other
// branches.
int WhereNil(const ssa::Function& function, const ssa::Inst& branch) {
  const ssa::Value condition = function.Operands(branch)[0];
  if (!condition.is_inst() ||
      function.inst(condition.inst()).op != ssa::Op::kBinOp) {
    return -1;
  }
  const ssa::Inst& test = function.inst(condition.inst());
  const std::span<const ssa::Value> sides = function.Operands(test);
  if (!dataflow::IsErrorType(function.TypeOf(sides[0])) ||
      !dataflow::IsNilConst(function, sides[1])) {
    return -1;
  }
  switch (static_cast<lexer::TokenKind>(test.detail)) {
    case lexer::TokenKind::kNeq:
      return 1;
    case lexer::TokenKind::kEql:
      return 0;
    default:
      return -1;
  }
}

bool IsCommand(const types::Type* pointer) {
  const auto* const to = types::UnderAs<types::Pointer>(pointer);
  const auto* const named =
      to == nullptr ? nullptr : types::TryAs<types::Named>(to->elem);
  return named != nullptr && named->obj->name->text() == "Cmd" &&
         named->obj->package != nullptr &&
         named->obj->package->path == "os/exec";
}

bool IsStreamOfCommand(const ssa::Function& function, ssa::Value addr) {
  return addr.is_inst() &&
         function.inst(addr.inst()).op == ssa::Op::kFieldAddr &&
         (IsField(function, addr.inst(), "Stdout") ||
          IsField(function, addr.inst(), "Stderr") ||
          IsField(function, addr.inst(), "Stdin")) &&
         IsCommand(
             function.TypeOf(function.Operands(function.inst(addr.inst()))[0]));
}

// The function runs the command of the stream, and nobody else gets that.
bool IsOfOwnCommand(const ssa::Function& function, ssa::Value addr) {
  const ssa::Value command = function.Operands(function.inst(addr.inst()))[0];
  bool is_run = false;
  for (const ssa::InstId user : function.UsersOf(command)) {
    const ssa::Inst& inst = function.inst(user);
    const std::span<const ssa::Value> operands = function.Operands(inst);
    if (inst.op == ssa::Op::kFieldAddr) {
      continue;
    }
    if (inst.op != ssa::Op::kCall || ModeOf(inst) != ssa::CallMode::kStatic ||
        operands[1] != command || std::ranges::count(operands, command) > 1) {
      return false;
    }
    const types::Func* const named = dataflow::NamedCallee(function, inst);
    is_run |= named != nullptr &&
              (NameOf(named) == "Run" || NameOf(named) == "Start" ||
               NameOf(named) == "Output" || NameOf(named) == "CombinedOutput");
  }
  return is_run;
}

// Someone else is to look after it: it is kept somewhere else, returned, or
// captured by a literal.
bool HasOwnerBesides(const ssa::Function& function, ssa::Value value) {
  return std::ranges::any_of(function.UsersOf(value), [&](ssa::InstId user) {
    const ssa::Inst& inst = function.inst(user);
    const std::span<const ssa::Value> operands = function.Operands(inst);
    switch (inst.op) {
      case ssa::Op::kMakeClosure:
      case ssa::Op::kReturn:
        return true;
      case ssa::Op::kStore:
        return operands[1] == value &&
               !IsStreamOfCommand(function, operands[0]);
      case ssa::Op::kMakeInterface:
        return HasOwnerBesides(function, ssa::Value(user));
      default:
        return false;
    }
  });
}

}  // namespace

bool IsLentToCommand(const ssa::Function& function, ssa::Value addr,
                     ssa::Value stream) {
  if (!IsStreamOfCommand(function, addr)) {
    return false;
  }
  const ssa::Value given = dataflow::StripConversions(function, stream);
  const bool is_loaded =
      given.is_inst() && function.inst(given.inst()).op == ssa::Op::kLoad;
  return IsOfOwnCommand(function, addr) || HasOwnerBesides(function, given) ||
         (is_loaded &&
          HasOwnerBesides(function,
                          function.Operands(function.inst(given.inst()))[0]));
}

bool Explorer::ReleasesOrReads(const ssa::Inst& inst,
                               const dataflow::AccessPath& path) const {
  const types::Func* const named = inst.op == ssa::Op::kCall
                                       ? dataflow::NamedCallee(function_, inst)
                                       : nullptr;
  if (named != nullptr && knowledge::ReleasesArgument(what_.kind, *named)) {
    const auto arguments = function_.Operands(inst).subspan(1);
    return std::ranges::any_of(arguments, [&](ssa::Value argument) {
      return dataflow::PathOf(function_, argument) == path;
    });
  }
  if (named == nullptr || named->recv == nullptr) {
    return false;
  }
  const std::string_view name = NameOf(named);
  const size_t at = ModeOf(inst) == ssa::CallMode::kInvoke ? 0 : 1;
  return (knowledge::Releases(what_.kind, name) ||
          (what_.kind == ResourceKind::kSqlRows && name == "Next")) &&
         dataflow::PathOf(function_, function_.Operands(inst)[at]) == path;
}

bool IsOption(const ssa::Function& function, const ssa::Inst& call) {
  const std::span<const ssa::Value> operands = function.Operands(call);
  if (call.op != ssa::Op::kCall ||
      (ModeOf(call) != ssa::CallMode::kDynamic &&
       ModeOf(call) != ssa::CallMode::kInvoke) ||
      operands.size() != 2 ||
      types::UnderAs<types::Pointer>(function.TypeOf(operands[1])) == nullptr) {
    return false;
  }
  // Nothing or an error comes back.
  if (call.type != nullptr && !dataflow::IsErrorType(call.type) &&
      (call.type->kind != types::TypeKind::kTuple ||
       !types::As<types::Tuple>(call.type)->params.empty())) {
    return false;
  }
  constexpr ssa::Op kWay[] = {ssa::Op::kLoad, ssa::Op::kIndexAddr};
  ssa::Value option = operands[0];
  for (const ssa::Op op : kWay) {
    if (!option.is_inst() || function.inst(option.inst()).op != op) {
      return false;
    }
    option = function.Operands(function.inst(option.inst()))[0];
  }
  return option.kind() == ssa::Value::Kind::kParam;
}

bool Explorer::IsReleasedAfter(ssa::InstId call, ssa::Value operand) const {
  const dataflow::AccessPath path = dataflow::PathOf(function_, operand);
  const auto in = [&](ssa::BlockId block, uint32_t from) {
    for (uint32_t i = from; i < function_.block(block).insts_end; ++i) {
      if (ReleasesOrReads(function_.inst(ssa::InstId{i}), path)) {
        return true;
      }
    }
    return false;
  };
  const ssa::BlockId first = function_.inst(call).block;
  if (in(first, call.index + 1)) {
    return true;
  }
  std::vector<bool> seen(function_.blocks().size());
  std::vector<ssa::BlockId> work;
  const auto leave = [&](ssa::BlockId block) {
    const ssa::Inst& last = function_.Terminator(block);
    const int only = last.op == ssa::Op::kIf ? WhereNil(function_, last) : -1;
    const std::span<const ssa::BlockId> succs = function_.Succs(block);
    for (size_t i = 0; i < succs.size(); ++i) {
      // What is released where something failed may be the callee's else.
      if (only < 0 || static_cast<size_t>(only) == i) {
        work.push_back(succs[i]);
      }
    }
  };
  leave(first);
  while (!work.empty()) {
    const ssa::BlockId block = work.back();
    work.pop_back();
    // Where it is acquired there is another one.
    if (seen[block.index] || block == function_.inst(call_).block) {
      continue;
    }
    seen[block.index] = true;
    if (in(block, function_.block(block).insts_begin)) {
      return true;
    }
    leave(block);
  }
  return false;
}

}  // namespace gdlint::checks::resources
