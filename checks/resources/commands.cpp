#include "checks/resources/commands.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "dataflow/program.h"
#include "dataflow/values.h"

namespace gdlint::checks::resources {
namespace {

std::string CalleeName(const ssa::Function& function, const ssa::Inst& call) {
  const types::Func* const named = dataflow::NamedCallee(function, call);
  return named == nullptr ? std::string() : dataflow::FullName(*named);
}

bool IsMade(const ssa::Function& function, ssa::Value command) {
  if (!command.is_inst() ||
      function.inst(command.inst()).op != ssa::Op::kCall) {
    return false;
  }
  const std::string maker = CalleeName(function, function.inst(command.inst()));
  return maker == "os/exec.Command" || maker == "os/exec.CommandContext";
}

// A field of the command is set or looked at. `cmd.Process` can be waited for,
// too: only signals are sent to it here.
bool IsPlainField(const ssa::Function& function, ssa::InstId field) {
  return std::ranges::all_of(function.UsersOf(field), [&](ssa::InstId user) {
    const ssa::Inst& inst = function.inst(user);
    if (inst.op == ssa::Op::kStore) {
      return function.Operands(inst)[0] == ssa::Value(field);
    }
    return inst.op == ssa::Op::kLoad &&
           std::ranges::all_of(function.UsersOf(user), [&](ssa::InstId use) {
             const ssa::Inst& of = function.inst(use);
             const std::string name =
                 of.op == ssa::Op::kCall ? CalleeName(function, of) : "";
             return of.op == ssa::Op::kBinOp || of.op == ssa::Op::kFieldAddr ||
                    name == "(*os.Process).Kill" ||
                    name == "(*os.Process).Signal";
           });
  });
}

// A method of the command, and not in a goroutine.
bool IsMethodCall(const ssa::Function& function, const ssa::Inst& inst,
                  ssa::Value command) {
  const std::span<const ssa::Value> operands = function.Operands(inst);
  return (inst.op == ssa::Op::kCall || inst.op == ssa::Op::kDefer) &&
         ModeOf(inst) == ssa::CallMode::kStatic && operands.size() > 1 &&
         operands[1] == command && std::ranges::count(operands, command) == 1 &&
         CalleeName(function, inst).starts_with("(*os/exec.Cmd).");
}

}  // namespace

ssa::Value OwnCommandOf(const ssa::Function& function, const ssa::Inst& call) {
  if (ModeOf(call) != ssa::CallMode::kStatic ||
      function.Operands(call).size() < 2) {
    return {};
  }
  const ssa::Value command = function.Operands(call)[1];
  const auto is_own_use = [&](ssa::InstId user) {
    const ssa::Inst& inst = function.inst(user);
    return inst.op == ssa::Op::kFieldAddr
               ? IsPlainField(function, user)
               : IsMethodCall(function, inst, command);
  };
  return IsMade(function, command) &&
                 std::ranges::all_of(function.UsersOf(command), is_own_use)
             ? command
             : ssa::Value();
}

CommandStep StepOf(const ssa::Function& function, const ssa::Inst& call,
                   ssa::Value command) {
  if (!IsMethodCall(function, call, command)) {
    return CommandStep::kNone;
  }
  const std::string name = CalleeName(function, call);
  if (name == "(*os/exec.Cmd).Start") {
    return CommandStep::kStarts;
  }
  return name == "(*os/exec.Cmd).Wait" || name == "(*os/exec.Cmd).Run"
             ? CommandStep::kWaits
             : CommandStep::kNone;
}

}  // namespace gdlint::checks::resources
