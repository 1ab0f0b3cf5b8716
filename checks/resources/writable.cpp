#include "checks/resources/writable.h"

#include <string>
#include <string_view>

#include "checks/resources/lifetime.h"
#include "dataflow/values.h"
#include "lexer/token.h"
#include "types/constant.h"

namespace gdlint::checks::resources {
namespace {

constexpr int64_t kWriteFlags = 1 | 2;  // os.O_WRONLY, os.O_RDWR

// `flags` has one of kWriteFlags, whatever else is set on some way.
bool HasWriteFlag(const ssa::Function& function, ssa::Value flags, int depth) {
  if (const auto constant = dataflow::ConstantOf(function, flags)) {
    const auto bits = constant->kind() == types::ConstantKind::kInt
                          ? types::constant::Int64Value(*constant)
                          : std::nullopt;
    return bits && (*bits & kWriteFlags) != 0;
  }
  if (!flags.is_inst() || depth == 0) {
    return false;
  }
  const ssa::Inst& inst = function.inst(flags.inst());
  const std::span<const ssa::Value> operands = function.Operands(inst);
  const auto has = [&](ssa::Value operand) {
    return HasWriteFlag(function, operand, depth - 1);
  };
  if (inst.op == ssa::Op::kPhi) {
    return std::ranges::all_of(operands, has);
  }
  return inst.op == ssa::Op::kBinOp &&
         static_cast<lexer::TokenKind>(inst.detail) == lexer::TokenKind::kOr &&
         std::ranges::any_of(operands, has);
}

// What the text begins with, if that is known.
std::string BeginningOf(const ssa::Function& function, ssa::Value value,
                        int depth) {
  if (const auto constant = dataflow::ConstantOf(function, value)) {
    Arena arena;
    return constant->kind() == types::ConstantKind::kString
               ? std::string(types::constant::StringValue(arena, *constant))
               : std::string();
  }
  if (!value.is_inst() || depth == 0) {
    return "";
  }
  const ssa::Inst& inst = function.inst(value.inst());
  const std::span<const ssa::Value> operands = function.Operands(inst);
  if (inst.op == ssa::Op::kBinOp) {
    return BeginningOf(function, operands[0], depth - 1);
  }
  const types::Func* const named = inst.op == ssa::Op::kCall
                                       ? dataflow::NamedCallee(function, inst)
                                       : nullptr;
  return named != nullptr && IsStandard(*named) && NameOf(named) == "Sprintf"
             ? BeginningOf(function, operands[1], depth - 1)
             : "";
}

// What the kernel shows as files and devices: what is written there has had its
// effect, or failed, before the close.
bool IsOfKernel(const ssa::Function& function, ssa::Value path) {
  constexpr int kMaxDepth = 4;
  const std::string text = BeginningOf(function, path, kMaxDepth);
  return text.starts_with("/proc/") || text.starts_with("/sys/") ||
         text.starts_with("/dev/");
}

}  // namespace

bool IsWritable(const ssa::Function& function, const ssa::Inst& call) {
  constexpr int kMaxDepth = 4;
  const std::string_view name = NameOf(dataflow::NamedCallee(function, call));
  if (name == "Create" || name == "CreateTemp" || name == "TempFile") {
    return true;
  }
  // Name, flags, permissions.
  const std::span<const ssa::Value> operands = function.Operands(call);
  return name == "OpenFile" && operands.size() > 3 &&
         HasWriteFlag(function, operands[operands.size() - 2], kMaxDepth) &&
         !IsOfKernel(function, operands[operands.size() - 3]);
}

}  // namespace gdlint::checks::resources
