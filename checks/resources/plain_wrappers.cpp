#include "checks/resources/plain_wrappers.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "checks/resources/held.h"
#include "checks/resources/lifetime.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "types/method_set.h"
#include "types/predicates.h"

namespace gdlint::checks::resources {
namespace {

// `Read(p []byte) …` and its like; not `(*http.Response).Write(w io.Writer)`.
bool IsStreamMethod(const types::Func& method) {
  const std::string_view name = NameOf(&method);
  const types::Signature* const signature = method.signature();
  if ((name != "Read" && name != "ReadAt" && name != "Write" &&
       name != "WriteAt") ||
      signature == nullptr || signature->params->params.empty()) {
    return false;
  }
  return types::UnderAs<types::Slice>(signature->params->params[0].type) !=
         nullptr;
}

bool IsStream(const types::Type* type, knowledge::ResourceKind kind) {
  bool is_stream = false;
  for (const auto& entry : types::MethodSetOf(type)) {
    if (knowledge::MayRelease(kind, NameOf(entry.method))) {
      return false;
    }
    is_stream |= IsStreamMethod(*entry.method);
  }
  return is_stream;
}

bool WorksAtOnce(std::string_view name) {
  constexpr std::string_view kVerbs[] = {
      "Apply",    "Backup",  "Copy",   "Decode",  "Download",  "Dump",
      "Encode",   "Execute", "Export", "Extract", "Fetch",     "Format",
      "Get",      "Hash",    "Import", "Load",    "Marshal",   "Parse",
      "Print",    "Provide", "Put",    "Read",    "Render",    "Restore",
      "Save",     "Scan",    "Send",   "Store",   "Unmarshal", "Upload",
      "Validate", "Verify",  "Write",
  };
  return std::ranges::any_of(
      kVerbs, [&](std::string_view verb) { return name.starts_with(verb); });
}

const types::Signature* SignatureOf(const ssa::Function& function,
                                    const ssa::Inst& call,
                                    const types::Func* named) {
  if (ModeOf(call) == ssa::CallMode::kInvoke) {
    return named == nullptr ? nullptr : named->signature();
  }
  return types::UnderAs<types::Signature>(
      function.TypeOf(function.Operands(call)[0]));
}

}  // namespace

bool IsPlainWrapper(const types::Type* type, knowledge::ResourceKind kind) {
  const auto* const pointer = types::UnderAs<types::Pointer>(type);
  return pointer != nullptr &&
         types::Under(pointer->elem)->kind == types::TypeKind::kStruct &&
         IsStream(type, kind);
}

ssa::Value PlainWrapperOf(const ssa::Function& function, ssa::Value addr,
                          knowledge::ResourceKind kind) {
  const ssa::Value whole = LocalWhole(function, addr);
  return whole.has_value() && IsPlainWrapper(function.TypeOf(whole), kind)
             ? whole
             : ssa::Value();
}

bool IsOnlyStreamed(Fates& fates, const ssa::Function& function,
                    const ssa::Inst& call, size_t operand,
                    knowledge::ResourceKind kind) {
  const types::Func* const named = dataflow::NamedCallee(function, call);
  const bool is_invoke = ModeOf(call) == ssa::CallMode::kInvoke;
  if (call.op != ssa::Op::kCall || operand == 0 ||
      !(is_invoke || ModeOf(call) == ssa::CallMode::kDynamic)) {
    return false;
  }
  const types::Signature* const signature = SignatureOf(function, call, named);
  if (signature == nullptr || operand > signature->params->params.size()) {
    return false;
  }
  const types::Type* const param = signature->params->params[operand - 1].type;
  const auto results = signature->results->params;
  if (!types::IsInterface(param) || !IsStream(param, kind) ||
      std::ranges::any_of(
          results, [](const auto& result) { return MayHold(result.type); })) {
    return false;
  }
  const bool at_once =
      is_invoke ? WorksAtOnce(NameOf(named))
                : std::ranges::any_of(results, [](const auto& result) {
                    return dataflow::IsErrorType(result.type);
                  });
  const dataflow::CallTargets targets =
      fates.program().TargetsOf(function, call);
  const uint32_t at = ParamGiven(call, operand);
  return at_once &&
         std::ranges::none_of(
             targets.functions, [&](dataflow::FunctionId target) {
               const ssa::Function* const body =
                   fates.program().node(target).body;
               return body != nullptr &&
                      fates.OfParam(*body, at, kind) != Fate::kBorrowed;
             });
}

}  // namespace gdlint::checks::resources
