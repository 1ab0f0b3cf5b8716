#include <set>
#include <string_view>

#include "checks/check.h"
#include "checks/package_pass.h"
#include "checks/places.h"
#include "checks/resources/package_lifetimes.h"
#include "checks/resources/place_names.h"
#include "checks/resources/place_paths.h"
#include "checks/resources/returned_error.h"
#include "dataflow/program.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "lexer/token.h"

namespace gdlint::checks {
namespace {

using resources::LateUse;
using resources::Lifetime;

void ReportSends(PackagePass& pass, const ssa::Function& function) {
  for (const resources::PlacePaths& paths :
       pass.Get<resources::FunctionPlaces>(function).all()) {
    for (const resources::PlaceClash& clash : paths.clashes) {
      if (clash.kind != resources::PlaceClash::Kind::kSendAfterClose ||
          paths.is_incomplete) {
        continue;
      }
      const resources::PlaceEvent* const event = resources::EventAt(
          pass.Get<resources::FunctionPlaces>(function).events(), paths.path,
          clash.at);
      const bool is_by_helper = event != nullptr && event->is_by_helper;
      pass.Report(function, SpanOfInst(pass, function, clash.at),
                  "`{}` {} closed at line {}: the send panics; {} before, or "
                  "close it later",
                  resources::PlaceText(function, clash.at),
                  is_by_helper ? "sends on the channel that was" : "was",
                  LineOf(function, function.inst(clash.before).pos),
                  is_by_helper ? "call it" : "send")
          .Note(SpanOfInst(pass, function, clash.before), "it is closed here");
    }
  }
}

// Deferred calls run last first.
void ReportDefer(PackagePass& pass, const ssa::Function& function,
                 const Lifetime& lifetime, const LateUse& late) {
  const ssa::Inst& use = function.inst(late.use);
  const ssa::Inst& release = function.inst(late.release);
  const bool is_deferred = release.op == ssa::Op::kDefer;
  Finding finding = pass.Report(
      function, DeferSpanOf(pass, function, late.use),
      "`{}`, deferred here, runs when {} is closed already{}: the call fails; "
      "{}",
      CalleeNameOf(function, use),
      resources::ResourcePhrase(function, lifetime),
      release.node.has_value() && release.op != ssa::Op::kRunDefers
          ? fmt::format(" ({}line {})", is_deferred ? "deferred at " : "at ",
                        resources::LineOf(function, release))
          : "",
      is_deferred ? "deferred calls run last first: defer it behind the Close"
                  : "call it before the Close");
  if (release.node.has_value() && release.op != ssa::Op::kRunDefers) {
    finding.Note(release.node, "it is closed by this");
  }
}

bool IsOfTesting(const types::Func* func) {
  return func != nullptr && func->package != nullptr &&
         func->package->path == "testing";
}

// `require.Error(t, err)`, `errors.Is(err, net.ErrClosed)`.
bool AsksForFailure(const ssa::Function& function, const ssa::Inst& call) {
  const types::Func* const named = dataflow::NamedCallee(function, call);
  if (named == nullptr || named->package == nullptr) {
    return false;
  }
  const std::string_view name = named->name->text();
  const std::string_view path = named->package->path;
  return (path == "errors" && name == "Is") ||
         ((path.ends_with("testify/assert") ||
           path.ends_with("testify/require")) &&
          (name.starts_with("Error") || name.starts_with("EqualError") ||
           name.starts_with("NotNil")));
}

// `err == nil` leads to `t.Fatal`, or `err != io.ErrClosedPipe` does.
bool FailsWithout(const ssa::Function& function, ssa::InstId comparison) {
  const ssa::Inst& inst = function.inst(comparison);
  const auto sides = function.Operands(inst);
  const bool is_equal =
      static_cast<lexer::TokenKind>(inst.detail) == lexer::TokenKind::kEql;
  const bool is_nil = std::ranges::any_of(sides, [&](ssa::Value side) {
    return dataflow::IsNilConst(function, side);
  });
  for (const ssa::InstId user : function.UsersOf(comparison)) {
    const ssa::Inst& branch = function.inst(user);
    if (branch.op == ssa::Op::kIf) {
      const ssa::BlockId next =
          function.Succs(branch.block)[is_equal == is_nil ? 0 : 1];
      return std::ranges::any_of(
          function.InstsOf(next), [&](const ssa::Inst& call) {
            return call.op == ssa::Op::kCall &&
                   IsOfTesting(dataflow::NamedCallee(function, call));
          });
    }
  }
  return false;
}

// A test that wants the use to fail says so.
bool IsMeantToFail(const ssa::Function& function, const ssa::Inst& use) {
  std::vector<ssa::Value> errors;
  const ssa::Value self(function.IdOf(use));
  if (dataflow::IsErrorType(use.type)) {
    errors.push_back(self);
  }
  for (const ssa::InstId user : function.UsersOf(self)) {
    const ssa::Inst& part = function.inst(user);
    if (part.op == ssa::Op::kExtract && dataflow::IsErrorType(part.type)) {
      errors.emplace_back(user);
    }
  }
  return std::ranges::any_of(errors, [&](ssa::Value error) {
    return std::ranges::any_of(function.UsersOf(error), [&](ssa::InstId user) {
      const ssa::Inst& inst = function.inst(user);
      if (inst.op == ssa::Op::kChangeInterface) {
        // As `any`.
        return std::ranges::any_of(
            function.UsersOf(ssa::Value(user)), [&](ssa::InstId taker) {
              const ssa::Inst& call = function.inst(taker);
              return call.op == ssa::Op::kCall &&
                     AsksForFailure(function, call);
            });
      }
      return inst.op == ssa::Op::kCall
                 ? AsksForFailure(function, inst)
                 : inst.op == ssa::Op::kBinOp && FailsWithout(function, user);
    });
  });
}

void ReportUse(PackagePass& pass, const ssa::Function& function,
               const LateUse& late, std::string_view what) {
  const ssa::Inst& use = function.inst(late.use);
  const ssa::Inst& release = function.inst(late.release);
  if (IsMeantToFail(function, use)) {
    return;
  }
  pass.Report(function, use.node,
              "{} is used by `{}` after it was closed at line {}: the "
              "call fails; use it before, or close it later",
              what, resources::CalleeText(function, use),
              resources::LineOf(function, release))
      .Note(release.node, "it is closed here");
}

// "`p.conn`" of `p.conn.Close()`.
std::string ReceiverPhrase(const ssa::Function& function, const LateUse& late) {
  const std::string_view callee =
      resources::CalleeText(function, function.inst(late.release));
  const size_t dot = callee.rfind('.');
  return dot == callee.npos ? "what is closed"
                            : fmt::format("`{}`", callee.substr(0, dot));
}

void Run(PackagePass& pass) {
  for (const ssa::Function* const function : pass.functions()) {
    if (function->unit() == nullptr) {
      continue;
    }
    ReportSends(pass, *function);
    std::set<ssa::InstId> reported;
    for (const Lifetime& lifetime :
         pass.Get<resources::FunctionLifetimes>(*function).all()) {
      for (const LateUse& late : lifetime.late_uses) {
        // Where an error is returned nobody expects what was written.
        const bool is_after_failure =
            late.exit.has_value() &&
            resources::ReturnedErrorAt(*function, late.exit, pass.analyses()) ==
                resources::Known::kNonNil;
        if (late.is_release || lifetime.is_incomplete || is_after_failure ||
            !reported.insert(late.use).second) {
          continue;
        }
        if (late.exit.has_value()) {
          ReportDefer(pass, *function, lifetime, late);
          continue;
        }
        ReportUse(pass, *function, late,
                  resources::ResourcePhrase(*function, lifetime));
      }
    }
    if (PackagePass::IsTest(*function)) {
      // What a connection does that was closed is what they are about.
      continue;
    }
    for (const Lifetime& lifetime : resources::ReleasesOfOthers(
             *function, pass.analyses().Shared<resources::Fates>())) {
      for (const LateUse& late : lifetime.late_uses) {
        if (!late.is_release && !late.exit.has_value() &&
            !lifetime.is_incomplete && reported.insert(late.use).second) {
          ReportUse(pass, *function, late, ReceiverPhrase(*function, late));
        }
      }
    }
  }
}

constexpr std::string_view kWhat = R"(
A file, connection, response body, set of rows and the like that is used on a way on which it was closed before, also by a
deferred call that was registered before the deferred Close and so runs behind it (`defer w.Flush()` before `defer f.Close()`);
what the function was given counts as well, and the Flush or Close of a writer over a file that is closed;
a send on a channel that was closed, also by a helper of the same package.
)";

constexpr std::string_view kWhy = R"(
The use fails, at best with an error that nobody expected: what should be written is lost, what should be read is
missing.
)";

constexpr std::string_view kNotFlagged = R"(
- writing after `defer f.Close()`: that runs when the function ends;
- methods that work on what is closed, such as `f.Name()`, `conn.RemoteAddr()` and `rows.Err()`;
- a variable that has got a new value since;
- receiving from a closed channel;
- tests that want the use to fail: `if err == nil { t.Fatal(…) }`, `require.Error(t, err)`, `errors.Is(err, …)`;
- a second Close: that is another matter.
)";

constexpr GoFact kFacts[] = {
    {.claim = "A file that was closed cannot be written; its name is still "
              "known.",
     .program = R"(package main

import (
	"errors"
	"fmt"
	"os"
)

func main() {
	f, err := os.CreateTemp("", "fact")
	if err != nil {
		panic(err)
	}
	defer os.Remove(f.Name())
	f.Close()
	_, err = f.WriteString("late")
	fmt.Println(errors.Is(err, os.ErrClosed), f.Name() != "")
}
)",
     .output = "true true\n"},
    {.claim = "Deferred calls run last first: what is deferred before the "
              "Close runs after it.",
     .program = R"(package main

import (
	"bufio"
	"fmt"
	"os"
)

func save(name string) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	defer func() { fmt.Println("flushed:", w.Flush() == nil) }()
	defer f.Close()
	_, err = w.WriteString("lost")
	return err
}

func main() {
	name := os.Args[0] + ".out"
	defer os.Remove(name)
	if err := save(name); err != nil {
		panic(err)
	}
	b, err := os.ReadFile(name)
	fmt.Println(len(b), err)
}
)",
     .output = "flushed: false\n0 <nil>\n"},
};

}  // namespace

extern const Check use_after_close = {
    .name = "use-after-close",
    .doc = {.summary = "something used after it was closed",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package p

import "os"

func save(name string, b []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	f.Close()
	_, err = f.Write(b)
	return err
}
)",
            .good = R"(package p

import "os"

func save(name string, b []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = {}},
    .severity = source::Severity::kError,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
