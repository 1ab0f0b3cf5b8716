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

const types::Type* Function::TypeOf(Value value) const {
  switch (value.kind()) {
    case Value::Kind::kNone:
    case Value::Kind::kBuiltin:
      return nullptr;
    case Value::Kind::kInst:
      return insts_[value.index()].type;
    case Value::Kind::kParam:
      return params_[value.index()].type;
    case Value::Kind::kFreeVar:
      return free_vars_[value.index()].type;
    case Value::Kind::kConst:
      return consts_[value.index()].type;
    case Value::Kind::kGlobal:
      return global_types_[value.index()];
    case Value::Kind::kFunction:
      return callees_[value.index()].type;
  }
  return nullptr;
}

}  // namespace gdlint::ssa
