#include "checks/resources/archives.h"

#include <string>

#include "dataflow/program.h"

namespace gdlint::checks::resources {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::Op;
using ssa::Value;

// The first operand, if an instruction of that kind makes `value`.
Value From(const Function& function, Value value, Op op) {
  return value.is_inst() && function.inst(value.inst()).op == op
             ? function.Operands(function.inst(value.inst()))[0]
             : Value::None();
}

}  // namespace

Value ArchiveOfEntry(const Function& function, const Inst& call) {
  const types::Func* const named = dataflow::NamedCallee(function, call);
  if (named == nullptr || named->package == nullptr ||
      named->package->path != "archive/zip" || named->recv == nullptr ||
      ModeOf(call) != ssa::CallMode::kStatic) {
    return Value::None();
  }
  const std::string name = dataflow::FullName(*named);
  const Value receiver = function.Operands(call)[1];
  if (name == "(*archive/zip.Reader).Open") {
    return receiver;
  }
  if (name != "(*archive/zip.File).Open" &&
      name != "(*archive/zip.File).OpenRaw") {
    return Value::None();
  }
  // `*&(*&zr.File)[i]`
  Value value = receiver;
  for (const Op op : {Op::kLoad, Op::kIndexAddr, Op::kLoad, Op::kFieldAddr}) {
    value = From(function, value, op);
  }
  return value;
}

}  // namespace gdlint::checks::resources
