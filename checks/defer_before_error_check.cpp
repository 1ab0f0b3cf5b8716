#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "checks/check.h"
#include "checks/fixes/lines.h"
#include "checks/fixes/statements.h"
#include "checks/knowledge/release_names.h"
#include "checks/nil_use.h"
#include "checks/package_pass.h"
#include "checks/phrases.h"
#include "checks/places.h"
#include "checks/syntax/file_index.h"
#include "dataflow/fallible_call.h"
#include "dataflow/program.h"

namespace gdlint::checks {
namespace {

using dataflow::FallibleCall;
using dataflow::FallibleUse;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// The deferred cleanup of a value whose error nobody looked at.
struct Cleanup {
  InstId defer;
  NilFate fate = NilFate::kUnknown;
  // It panics at the statement.
  bool is_at_once = false;
};

bool IsCleanupCall(const Function& function, const Inst& defer,
                   uint32_t operand) {
  const auto mode = ModeOf(defer);
  if (operand == 0) {
    return true;
  }
  const types::Func* const callee = dataflow::NamedCallee(function, defer);
  if (callee == nullptr) {
    return false;
  }
  return (mode == ssa::CallMode::kStatic && operand == 1 &&
          callee->is_method()) ||
         knowledge::NamesRelease(callee->name->text());
}

// The Defer of a statement whose operands `inst` computes.
InstId DeferBehind(PackagePass& pass, const Function& function, InstId inst) {
  if (!DeferStmtOf(pass, function, inst).has_value()) {
    return {};
  }
  const ssa::BlockId block = function.inst(inst).block;
  for (uint32_t i = inst.index + 1; i < function.block(block).insts_end; ++i) {
    if (function.inst(InstId{i}).op == Op::kDefer) {
      return InstId{i};
    }
  }
  return {};
}

std::optional<Cleanup> CleanupAt(PackagePass& pass, const NilUse& nil,
                                 const FallibleCall& call,
                                 const FallibleUse& use) {
  const Function& function = *call.function;
  const Inst& inst = function.inst(use.inst);
  if (inst.op == Op::kCall) {
    // `defer os.Remove(f.Name())`.
    const InstId defer = DeferBehind(pass, function, use.inst);
    return defer.has_value() && nil.OfOperand(function, inst, use.operand) ==
                                    NilFate::kPanics
               ? std::optional(Cleanup{defer, NilFate::kPanics, true})
               : std::nullopt;
  }
  if (inst.op == Op::kDefer) {
    const bool is_invoke = ModeOf(inst) == ssa::CallMode::kInvoke;
    const NilFate fate = use.is_part
                             ? NilFate::kPanics
                             : nil.OfOperand(function, inst, use.operand);
    const bool is_cleanup = IsCleanupCall(function, inst, use.operand);
    if (fate == NilFate::kGuarded ||
        (!is_cleanup && fate != NilFate::kPanics)) {
      return std::nullopt;
    }
    return Cleanup{use.inst, fate,
                   use.is_part || (is_invoke && use.operand == 0)};
  }
  if (inst.op != Op::kMakeClosure || use.operand == 0) {
    return std::nullopt;
  }
  const Value callee = function.Operands(inst)[0];
  const Function* const literal = callee.kind() == Value::Kind::kFunction
                                      ? function.callees()[callee.index()].child
                                      : nullptr;
  if (literal == nullptr) {
    return std::nullopt;
  }
  for (const InstId user : function.UsersOf(Value(use.inst))) {
    const Inst& defer = function.inst(user);
    if (defer.op == Op::kDefer &&
        function.Operands(defer)[0] == Value(use.inst)) {
      const NilFate fate = nil.OfFreeVar(*literal, use.operand - 1);
      if (fate == NilFate::kPanics || fate == NilFate::kHarmless) {
        return Cleanup{user, fate, false};
      }
    }
  }
  return std::nullopt;
}

// The check follows the `defer`, which belongs below it. Not where the cleanup
// may have something to do though the call failed.
Fix MoveBelowCheck(PackagePass& pass, const FallibleCall& call,
                   const Cleanup& cleanup, ast::NodeId stmt) {
  const Function& function = *call.function;
  const typed::Source source{*function.unit(), pass.IndexOf(function)};
  const auto assignment =
      fixes::AssignmentOf(source, function.inst(call.call).node);
  if (!assignment || !assignment->names.back().has_value() ||
      (cleanup.fate == NilFate::kUnknown &&
       NilUse(pass.program()).ValueOnError(call) != NilUse::OnError::kNil)) {
    return {};
  }
  const types::Var* const err = typed::VarOf(source, assignment->names.back());
  const ast::StmtId check = err == nullptr
                                ? ast::StmtId()
                                : fixes::ErrorCheckBehind(source, stmt, *err);
  if (!check.has_value() ||
      source.index.Parent(stmt) != source.index.Parent(assignment->stmt)) {
    return {};
  }
  return {"move the `defer` below the check",
          fixes::MoveBelow(source.index, stmt, check)};
}

void Report(PackagePass& pass, const FallibleCall& call,
            const Cleanup& cleanup) {
  const Function& function = *call.function;
  const syntax::FileIndex& index = pass.IndexOf(function);
  const auto stmt = DeferStmtOf(pass, function, cleanup.defer);
  const Inst& acquire = function.inst(call.call);
  if (!stmt.has_value() || acquire.node.kind() != ast::NodeKind::kCallExpr) {
    return;
  }
  const std::string released = CallPhrase(index, index.tree().Get(stmt).call);
  const std::string acquired =
      CallPhrase(index, ast::ExprId::FromNode(acquire.node));
  const uint32_t line = LineOf(function, acquire.pos);
  const source::Span span = DeferSpanOf(pass, function, cleanup.defer);
  const auto note = [&](Finding finding) {
    finding
        .Note(SpanOfInst(pass, function, call.call),
              "its error comes from here")
        .Propose(MoveBelowCheck(pass, call, cleanup, stmt));
    return finding;
  };
  if (cleanup.fate == NilFate::kHarmless) {
    note(pass.Report(function, span,
                     "{} is deferred before the error of {} at line {} is "
                     "looked at; nil is tolerated, so that it does no harm, "
                     "but the check belongs first",
                     released, acquired, line))
        .As(source::Severity::kInfo);
    return;
  }
  Finding finding = note(pass.Report(
      function, span,
      "{} is deferred before the error of {} at line {} is looked at: if that "
      "fails, there is nothing to release, and {}; check the error first",
      released, acquired, line,
      cleanup.fate == NilFate::kUnknown ? "the call works on nil"
      : cleanup.is_at_once              ? "this statement panics"
                                        : "the deferred call panics"));
  if (cleanup.fate == NilFate::kUnknown) {
    finding.As(source::Severity::kWarning);
  }
}

void Run(PackagePass& pass) {
  const NilUse nil(pass.program());
  for (const Function* const function : pass.functions()) {
    // Of values of one call the first that is released counts.
    std::optional<InstId> reported;
    for (const FallibleCall& call : dataflow::FallibleCallsOf(*function)) {
      if (!call.error.has_value()) {
        continue;
      }
      for (const FallibleUse& use : dataflow::UsesOf(call, pass.analyses())) {
        if ((use.known & dataflow::kNotLooked) == 0) {
          continue;
        }
        const auto cleanup = CleanupAt(pass, nil, call, use);
        if (!cleanup.has_value() || reported == cleanup->defer ||
            nil.NeverFails(call) ||
            nil.ValueOnError(call) == NilUse::OnError::kNotNil) {
          continue;
        }
        reported = cleanup->defer;
        Report(pass, call, *cleanup);
      }
    }
  }
}

constexpr std::string_view kWhat = R"(
`v, err := open()`, and then `defer v.Close()`, or another cleanup of `v`, before `err` was looked at: also if other
statements stand between them, for a field of `v` (`defer resp.Body.Close()`), for a cleanup function that came with
the error, for a helper that releases it, and in a deferred function literal.
)";

constexpr std::string_view kWhy = R"(
When the call fails, `v` is nil as a rule. Calling a method of a nil interface, or reading a field through a nil
pointer, panics at the `defer` statement; a method of a nil pointer, or a nil function, panics when the deferred call
runs. Instead of the error the caller gets a panic, and the error is lost.
)";

constexpr std::string_view kNotFlagged = R"(
- a cleanup that is deferred after the check, or where the error is known to be nil;
- `if resp != nil { defer resp.Body.Close() }`;
- a deferred literal that tests for itself: `defer func() { if f != nil { f.Close() } }()`;
- an error that was handed to something that may have looked at it: `check(err)`;
- functions of the code under analysis that never fail, or whose value is not nil when they do.

Where the cleanup tolerates nil, as `(*os.File).Close` does, it is an information. An error that is dropped
(`f, _ := os.Open(name)`) is `open-error-ignored`.
)";

constexpr GoFact kFacts[] = {
    {.claim = "The receiver is evaluated by the `defer` statement: a field of "
              "nil panics there; a method of a nil pointer runs, and panics "
              "when it looks into it.",
     .program = R"(package main

import (
	"errors"
	"fmt"
	"io"
)

type response struct{ body io.Closer }

func (r *response) Close() { fmt.Println(r.body) }

func get() (*response, error) { return nil, errors.New("unreachable host") }

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover() != nil) }()
	f()
}

func main() {
	try("field:", func() {
		r, err := get()
		defer r.body.Close()
		fmt.Println("not printed", err)
	})
	try("method:", func() {
		r, err := get()
		defer r.Close()
		fmt.Println("printed:", err)
	})
}
)",
     .output = "field: true\nprinted: unreachable host\nmethod: true\n"},
    {.claim = "`(*os.File).Close` tolerates nil: it returns an error.",
     .program = R"(package main

import (
	"fmt"
	"os"
)

func main() {
	f, err := os.Open("/no/such/file")
	fmt.Println(err != nil, f == nil, f.Close())
}
)",
     .output = "true true invalid argument\n"},
};

constexpr std::string_view kAka[] = {"SA5001", "httpresponse"};

}  // namespace

extern const Check defer_before_error_check = {
    .name = "defer-before-error-check",
    .doc =
        {
            .summary = "a cleanup deferred before the error of what it cleans "
                       "up is looked at",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import (
	"fmt"
	"io"
	"net/http"
)

func fetch(url string) ([]byte, error) {
	resp, err := http.Get(url)
	defer resp.Body.Close()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(resp.Body)
}

func main() {
	b, err := fetch("http://localhost/")
	fmt.Println(len(b), err)
}
)",
            .good = R"(package main

import (
	"fmt"
	"io"
	"net/http"
)

func fetch(url string) ([]byte, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func main() {
	b, err := fetch("http://localhost/")
	fmt.Println(len(b), err)
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = kAka,
        },
    .severity = source::Severity::kError,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
