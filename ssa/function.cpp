#include "ssa/function.h"

namespace gdlint::ssa {
namespace {

constexpr OpInfo kOps[] = {
#define SSA_OP(Name, Text, Operands, Traits) {Text, Operands, Traits},
#include "ssa/op.def"
};

}  // namespace

const OpInfo& InfoOf(Op op) { return kOps[static_cast<size_t>(op)]; }

Function::Function() = default;
Function::~Function() = default;

const types::Type* ValueTables::TypeOf(Value value,
                                       std::span<const Inst> insts) const {
  switch (value.kind()) {
    case Value::Kind::kNone:
    case Value::Kind::kBuiltin:
      return nullptr;
    case Value::Kind::kInst:
      return insts[value.index()].type;
    case Value::Kind::kParam:
      return params[value.index()].type;
    case Value::Kind::kFreeVar:
      return free_vars[value.index()].type;
    case Value::Kind::kConst:
      return consts[value.index()].type;
    case Value::Kind::kGlobal:
      return global_types[value.index()];
    case Value::Kind::kFunction:
      return callees[value.index()].type;
  }
  return nullptr;
}

}  // namespace gdlint::ssa
