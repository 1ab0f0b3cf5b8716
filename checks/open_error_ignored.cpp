#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/knowledge/nil_receivers.h"
#include "checks/knowledge/package_path.h"
#include "checks/nil_use.h"
#include "checks/package_pass.h"
#include "checks/phrases.h"
#include "checks/places.h"
#include "checks/syntax/file_index.h"
#include "dataflow/fallible_call.h"
#include "dataflow/program.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"

namespace gdlint::checks {
namespace {

using dataflow::FallibleCall;
using dataflow::FallibleUse;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// True if what is used must not be nil, or gets an error from nil.
bool IsRealUse(const NilUse& nil, const Function& function,
               const FallibleUse& use) {
  const Inst& inst = function.inst(use.inst);
  switch (inst.op) {
    case Op::kCall:
    case Op::kDefer:
    case Op::kGo:
      return use.is_part ||
             nil.OfOperand(function, inst, use.operand) != NilFate::kGuarded;
    case Op::kMakeClosure: {
      const Value callee = function.Operands(inst)[0];
      const Function* const literal =
          callee.kind() == Value::Kind::kFunction
              ? function.callees()[callee.index()].child
              : nullptr;
      return literal != nullptr && use.operand > 0 &&
             nil.OfFreeVar(*literal, use.operand - 1) != NilFate::kGuarded;
    }
    case Op::kTypeAssert:
      // `c, ok := v.(T)` is false for nil.
      return inst.detail != ssa::kCommaOk;
    default:
      return true;
  }
}

// Where a deferred call uses it, if this is such a use.
InstId DeferOf(const Function& function, InstId use) {
  const Inst& inst = function.inst(use);
  if (inst.op == Op::kDefer) {
    return use;
  }
  if (inst.op == Op::kMakeClosure) {
    for (const InstId user : function.UsersOf(Value(use))) {
      if (function.inst(user).op == Op::kDefer) {
        return user;
      }
    }
  }
  return {};
}

// `rows, _ := conn.Query(…)` of pgx: the rows are never nil, and have the
// error.
bool GivesErrorRows(const types::Func& callee) {
  const types::Signature* const signature = callee.signature();
  if (callee.name->text() != "Query" || signature == nullptr ||
      signature->results->params.empty()) {
    return false;
  }
  const types::Named* const rows =
      types::AsNamed(signature->results->params[0].type);
  return rows != nullptr && rows->obj->package != nullptr &&
         rows->obj->name->text() == "Rows" &&
         knowledge::UnversionedPath(rows->obj->package->path) ==
             "github.com/jackc/pgx";
}

bool CannotFail(const NilUse& nil, const FallibleCall& call) {
  const Function& function = *call.function;
  const Inst& inst = function.inst(call.call);
  const types::Func* const callee = dataflow::NamedCallee(function, inst);
  if (callee != nullptr) {
    const std::string name = dataflow::FullName(*callee);
    if (knowledge::FailsOnlyByMistake(name) || GivesErrorRows(*callee)) {
      return true;
    }
  }
  return nil.NeverFails(call) ||
         nil.ValueOnError(call) == NilUse::OnError::kNotNil;
}

// `f, err, _ := open(name)`: another error is looked at.
bool HasOtherError(const Function& function, const FallibleCall& call) {
  return std::ranges::any_of(
      function.UsersOf(Value(call.call)), [&](InstId user) {
        const Inst& part = function.inst(user);
        return part.op == Op::kExtract && part.aux != call.index &&
               dataflow::IsErrorType(part.type) &&
               !function.UsersOf(Value(user)).empty();
      });
}

// Returns whether it is reported.
bool Look(PackagePass& pass, const NilUse& nil, const FallibleCall& call) {
  const Function& function = *call.function;
  const Inst& acquire = function.inst(call.call);
  if (!IsReleasable(function.inst(call.value).type) ||
      HasOtherError(function, call) ||
      acquire.node.kind() != ast::NodeKind::kCallExpr) {
    return false;
  }
  const std::vector<FallibleUse> uses = dataflow::UsesOf(call, pass.analyses());
  const auto first = std::ranges::find_if(uses, [&](const FallibleUse& use) {
    return IsRealUse(nil, function, use);
  });
  if (first == uses.end() || CannotFail(nil, call)) {
    return false;
  }
  const syntax::FileIndex& index = pass.IndexOf(function);
  Finding finding = pass.Report(
      function, acquire.node,
      "the error of {} is dropped and its value used: if it fails, that is "
      "nil; check the error before line {}",
      CallPhrase(index, ast::ExprId::FromNode(acquire.node)),
      LineOf(function, function.inst(first->inst).pos));
  if (PackagePass::IsTest(function)) {
    // It stops there, and says where.
    finding.As(source::Severity::kInfo);
  }
  if (!DeferOf(function, first->inst).has_value()) {
    finding.Note(SpanOfInst(pass, function, first->inst), "used here");
  }
  for (const FallibleUse& use : uses) {
    const InstId defer = DeferOf(function, use.inst);
    if (defer.has_value()) {
      finding.Note(DeferSpanOf(pass, function, defer), "deferred here");
    }
  }
  return true;
}

void Run(PackagePass& pass) {
  const NilUse nil(pass.program());
  for (const Function* const function : pass.functions()) {
    // Of several values of one call the first that is used counts.
    InstId reported;
    for (const FallibleCall& call : dataflow::FallibleCallsOf(*function)) {
      if (!call.error.has_value() && call.call != reported &&
          Look(pass, nil, call)) {
        reported = call.call;
      }
    }
  }
}

constexpr std::string_view kWhat = R"(
`f, _ := os.Open(name)`, and then `f` is used: a call that acquires something that must be released (a file, a
connection, a response, rows, whatever has a method such as `Close`), whose error nobody looks at.
)";

constexpr std::string_view kWhy = R"(
When the call fails its value is nil. Using it panics or, as with `*os.File`, gives errors about something else, far
from the place where the true one was dropped.
)";

constexpr std::string_view kNotFlagged = R"(
- a value that is tested before it is used: `if f != nil`;
- a value that is only returned: the caller may test it;
- values that hold no resource, such as `n, _ := b.Write(p)` or `u, _ := url.Parse(s)`;
- in tests it is information: the test ends there, and fails;
- errors that cannot happen or only tell of a mistake in the program: `gzip.NewWriterLevel`, the pipes of an
  `exec.Cmd`, functions of the code under analysis that always return nil as the error.
)";

constexpr GoFact kFacts[] = {
    {.claim = "A failed `os.Open` gives nil, and a nil `*os.File` hides why: "
              "its methods say \"invalid argument\".",
     .program = R"(package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	f, _ := os.Open("/no/such/file")
	defer f.Close()
	_, err := io.ReadAll(f)
	fmt.Println(f == nil, err)
}
)",
     .output = "true invalid argument\n"},
};

}  // namespace

extern const Check open_error_ignored = {
    .name = "open-error-ignored",
    .doc =
        {
            .summary = "a resource used though the error of acquiring it was "
                       "dropped",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	f, _ := os.Open("config.json")
	defer f.Close()
	b, err := io.ReadAll(f)
	fmt.Println(len(b), err)
}
)",
            .good = R"(package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	f, err := os.Open("config.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	fmt.Println(len(b), err)
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
