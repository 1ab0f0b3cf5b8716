#include "checks/quick_calls.h"

#include <algorithm>
#include <string_view>

#include "dataflow/cycle.h"
#include "dataflow/values.h"

namespace gdlint::checks {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::Op;

// Tells a client of a server of ours that it is accepted, or how it failed.
bool AnswersRequest(const types::Func& func) {
  constexpr std::string_view kAnswers[] = {
      "(net/http.ResponseWriter).Header",
      "(net/http.ResponseWriter).Write",
      "(net/http.ResponseWriter).WriteHeader",
      "(net/http.Header).Set",
      "(net/http.Header).Add",
      "net/http.Error",
      "net/http.NotFound",
      "net/http.Redirect"};
  return func.package->path == "net/http" &&
         std::ranges::find(kAnswers, dataflow::FullName(func)) !=
             std::end(kAnswers);
}

// A write is over when it is on its way; nothing waits for an answer.
bool IsWrite(const types::Func& func) {
  constexpr std::string_view kPackages[] = {"net", "os", "io", "bufio"};
  const std::string_view name = func.name->text();
  return std::ranges::find(kPackages, func.package->path) !=
             std::end(kPackages) &&
         (name.starts_with("Write") || name == "Flush" ||
          (name.starts_with("Set") && name.ends_with("Deadline")));
}

// How deep IsQuick looks into functions of the program.
constexpr int kMaxQuickDepth = 3;

bool IsQuickTo(const dataflow::Program& program, const Function& function,
               const Inst& call, int depth);

// All that it does is over at once.
bool IsQuickBody(const dataflow::Program& program, const Function& body,
                 int depth) {
  return std::ranges::all_of(body.insts(), [&](const Inst& inst) {
    switch (inst.op) {
      case Op::kRecv:
      case Op::kSend:
      case Op::kSelect:
      case Op::kGo:
      case Op::kDefer:
        return false;
      case Op::kCall:
        return IsQuickTo(program, body, inst, depth) &&
               !dataflow::IsInCycle(body, inst.block);
      default:
        return true;
    }
  });
}

bool IsQuickTo(const dataflow::Program& program, const Function& function,
               const Inst& call, int depth) {
  if (ModeOf(call) == ssa::CallMode::kBuiltin) {
    return true;
  }
  const types::Func* const named = dataflow::NamedCallee(function, call);
  if (named == nullptr || named->package == nullptr) {
    return false;
  }
  constexpr std::string_view kQuick[] = {
      "fmt",         "errors",  "log",     "log/slog",
      "strings",     "strconv", "context", "sync",
      "sync/atomic", "time",    "bytes",   "sort",
      "slices",      "maps",    "math",    "encoding/binary",
      "unicode/utf8"};
  const std::string_view name = named->name->text();
  if (AnswersRequest(*named) || IsWrite(*named)) {
    return true;
  }
  const dataflow::FunctionId id = depth < kMaxQuickDepth
                                      ? program.TargetsOf(function, call).only()
                                      : dataflow::FunctionId();
  if (id.has_value() && program.node(id).body != nullptr) {
    return IsQuickBody(program, *program.node(id).body, depth + 1);
  }
  return std::ranges::find(kQuick, named->package->path) != std::end(kQuick) &&
         name != "Sleep" && name != "Wait" && name != "Do" &&
         !name.starts_with("Scan") && !name.starts_with("Fscan");
}

}  // namespace

bool IsQuick(const dataflow::Program& program, const Function& function,
             const Inst& call) {
  return IsQuickTo(program, function, call, 0);
}

}  // namespace gdlint::checks
