#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/package_pass.h"
#include "checks/phrases.h"
#include "checks/syntax/file_index.h"
#include "types/type.h"

namespace gdlint::checks {
namespace {

using ssa::CallMode;
using ssa::Function;
using ssa::Inst;
using ssa::Op;

// Their result is not needed: it takes back what was asked for.
constexpr std::string_view kResultMayBeDropped[] = {"context.AfterFunc"};

// The type of the function that a Defer calls.
const types::Signature* SignatureOf(const Function& function,
                                    const Inst& inst) {
  const auto operands = function.Operands(inst);
  switch (ModeOf(inst)) {
    case CallMode::kStatic:
      return function.callees()[operands[0].index()].type;
    case CallMode::kDynamic: {
      const types::Type* const type = function.TypeOf(operands[0]);
      return type == nullptr ? nullptr : types::UnderAs<types::Signature>(type);
    }
    case CallMode::kInvoke:
      return function.methods()[inst.aux]->signature();
    case CallMode::kBuiltin:
      break;
  }
  return nullptr;
}

bool IsFunction(const types::Type* type) {
  return types::Unalias(type)->kind != types::TypeKind::kTypeParam &&
         types::UnderAs<types::Signature>(type) != nullptr;
}

// The number of the result that is a function; -1 if there is none.
int FunctionResult(const types::Signature& signature) {
  const auto results = signature.results->params;
  const auto found = std::ranges::find_if(
      results,
      [](const types::Param& param) { return IsFunction(param.type); });
  return found == results.end() ? -1
                                : static_cast<int>(found - results.begin());
}

// True if what is known of the callee tells that nothing is left to be called:
// the result is nil, or the function that the caller gave.
bool IsNothingToCall(const PackagePass& pass, const Function& function,
                     const Inst& inst, size_t result) {
  const types::Func* const callee = dataflow::NamedCallee(function, inst);
  if (callee != nullptr &&
      std::ranges::count(kResultMayBeDropped, dataflow::FullName(*callee)) >
          0) {
    return true;
  }
  const dataflow::Summary summary =
      pass.program().SummaryOfCall(function, inst);
  if (!summary.is_known || result >= summary.results.size()) {
    return false;
  }
  const dataflow::ResultSummary& known = summary.results[result];
  return (known.nilness & dataflow::kMayBeNonNil) == 0 ||
         known.same_as_param != dataflow::ResultSummary::kNone;
}

void Examine(PackagePass& pass, const Function& function, const Inst& inst) {
  const types::Signature* const signature = SignatureOf(function, inst);
  const int result = signature == nullptr || signature->results == nullptr
                         ? -1
                         : FunctionResult(*signature);
  if (result < 0 ||
      IsNothingToCall(pass, function, inst, static_cast<size_t>(result))) {
    return;
  }
  const syntax::FileIndex& index = pass.IndexOf(function);
  const auto* stmt = index.tree().TryGet<ast::DeferStmt>(inst.node);
  if (stmt == nullptr) {
    return;
  }
  const std::string call = CallPhrase(index, stmt->call);
  const std::string where = FunctionPhrase(index, inst.node);
  if (signature->results->params.size() > 1) {
    pass.Report(function, StatementSpan(index, inst.node),
                "{} runs only when {} returns, and the function among its "
                "results is never called; call it now and defer that function",
                call, where);
    return;
  }
  const auto* made = types::UnderAs<types::Signature>(
      signature->results->params[static_cast<size_t>(result)].type);
  Finding finding = pass.Report(
      function, StatementSpan(index, inst.node),
      "{} runs only when {} returns, and the function that it returns "
      "is never called; add {} to call it now and defer its result",
      call, where, made->params->params.empty() ? "`()`" : "the second call");
  if (made->params->params.empty()) {
    const source::Pos end = ast::End(index.tree(), stmt->call);
    finding.Propose({"add `()`", {{{end, end}, "()"}}});
  }
}

void Run(PackagePass& pass) {
  for (const Function* function : pass.functions()) {
    for (const Inst& inst : function->insts()) {
      if (inst.op == Op::kDefer && function->unit() != nullptr) {
        Examine(pass, *function, inst);
      }
    }
  }
}

constexpr std::string_view kWhat = R"(
A deferred call whose result is a function that nothing calls: `defer trace("f")` where `defer trace("f")()` was meant.
It makes no difference whether a function, a method, an interface's method or a function value is called, nor
whether the function is one of several results.
)";

constexpr std::string_view kWhy = R"(
The idiom has two halves. `trace("f")` runs at once and notes the start, takes a lock or changes a setting, and
returns the function that undoes it or notes the end; the `defer` is for the latter. Without the second
pair of parentheses both halves go wrong: the first runs when the function returns, and the second never.
)";

constexpr std::string_view kNotFlagged = R"(
- calls whose results are no functions, values of type parameters among them;
- functions that always return nil, or what they were given;
- `context.AfterFunc`, whose result only takes the call back.
)";

constexpr GoFact kFacts[] = {
    {.claim = "A deferred call's results are dropped; only the outermost call "
              "is deferred, what gives the function is called at once.",
     .program = R"(package main

import "fmt"

func trace(name string) func() {
	fmt.Println("enter", name)
	return func() { fmt.Println("leave", name) }
}

func wrong() {
	defer trace("wrong")
	fmt.Println("work")
}

func right() {
	defer trace("right")()
	fmt.Println("work")
}

func main() {
	wrong()
	right()
}
)",
     .output = "work\nenter wrong\nenter right\nwork\nleave right\n"},
};

}  // namespace

extern const Check defer_result_func = {
    .name = "defer-result-func",
    .doc =
        {
            .summary = "a deferred call whose result should have been "
                       "deferred: `()` is missing",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import (
	"log"
	"time"
)

func timed(name string) func() {
	start := time.Now()
	return func() { log.Printf("%s took %s", name, time.Since(start)) }
}

func main() {
	defer timed("main")
	time.Sleep(time.Millisecond)
}
)",
            .good = R"(package main

import (
	"log"
	"time"
)

func timed(name string) func() {
	start := time.Now()
	return func() { log.Printf("%s took %s", name, time.Since(start)) }
}

func main() {
	defer timed("main")()
	time.Sleep(time.Millisecond)
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = {},
        },
    .severity = source::Severity::kWarning,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
