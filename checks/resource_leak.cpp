#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/fixes/added_release.h"
#include "checks/package_pass.h"
#include "checks/resources/package_lifetimes.h"
#include "dataflow/dominance.h"
#include "dataflow/flow_order.h"
#include "dataflow/program.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"

namespace gdlint::checks {
namespace {

using knowledge::ResourceKind;
using resources::Leak;
using resources::Lifetime;

// What one call gives that is left open: of `os.Pipe` both ends, perhaps.
struct Leaked {
  const Lifetime* lifetime = nullptr;
  const Leak* leak = nullptr;
  const Lifetime* second = nullptr;
  const Leak* second_leak = nullptr;
};

std::string Subject(const ssa::Function& function, const Leaked& leaked) {
  const std::string first =
      resources::ResourcePhrase(function, *leaked.lifetime);
  if (leaked.second == nullptr) {
    return first;
  }
  const std::string second =
      resources::ResourcePhrase(function, *leaked.second);
  return second == first ? first : fmt::format("{} and {}", first, second);
}

std::string Message(const ssa::Function& function, const Leaked& leaked) {
  const Lifetime& lifetime = *leaked.lifetime;
  const Leak& leak = *leaked.leak;
  const std::string what = Subject(function, leaked);
  const std::string_view callee =
      resources::AcquisitionText(function, lifetime);
  const std::string_view part =
      lifetime.what.kind == ResourceKind::kHttpBody ? "the body of " : "";
  const knowledge::Wording words = knowledge::WordingOf(lifetime.what.kind);
  if (leak.has_ended) {
    return fmt::format(
        "{} may be {} when a panic leaves {}: only a `Next` that says that "
        "there are no more closes it; `defer` its Close ({})",
        what, words.state, resources::FunctionPhrase(function),
        knowledge::KindName(lifetime.what.kind));
  }
  if (leak.exit == lifetime.acquisition) {
    return fmt::format(
        "{}{} {} {} when the loop comes back to `{}`; {} {} in each "
        "iteration",
        part, what, leaked.second == nullptr ? "is" : "are", words.state,
        callee, words.release, leaked.second == nullptr ? "it" : "them");
  }
  return fmt::format(
      "{}{} may be {} when {} returns at line {}: `{}` succeeded, and nothing "
      "on that way {} ({})",
      part, what, words.state, resources::FunctionPhrase(function),
      resources::LineOf(function, function.inst(leak.exit)), callee,
      resources::ReleasePhrase(function, lifetime),
      knowledge::KindName(lifetime.what.kind));
}

void Report(PackagePass& pass, const ssa::Function& function,
            const Leaked& leaked) {
  const Lifetime& lifetime = *leaked.lifetime;
  const Leak& leak = *leaked.leak;
  const bool is_by_literal = lifetime.literal != nullptr;
  const ast::NodeId place =
      is_by_literal ? lifetime.literal->inst(lifetime.in_literal).node
                    : function.inst(lifetime.acquisition).node;
  Finding finding =
      pass.Report(function, place, "{}", Message(function, leaked));
  if (!is_by_literal && !leak.kept_by.has_value()) {
    finding.Propose(fixes::AddRelease(pass, function, lifetime));
  }
  const bool is_fixture = (lifetime.what.kind == ResourceKind::kTempDir ||
                           lifetime.what.kind == ResourceKind::kServer) &&
                          pass.IsTest(function);
  // It is gone when its time has come.
  const bool is_brief = lifetime.what.kind == ResourceKind::kTimer;
  if (is_fixture || is_brief || leak.has_ended ||
      (PackagePass::IsMain(function) &&
       knowledge::EndsWithProcess(lifetime.what.kind))) {
    finding.As(source::Severity::kInfo);
  }
  if (leak.has_ended) {
    return;
  }
  if (leak.kept_by.has_value()) {
    finding.Note(function.inst(leak.kept_by).node,
                 "what is deferred here {} only under a condition that is not "
                 "met on that way",
                 resources::ReleasePhrase(function, lifetime));
  }
  if (leak.branch.has_value() && leak.exit != lifetime.acquisition) {
    const ssa::Inst& branch = function.inst(leak.branch);
    if (branch.node.has_value()) {
      finding.Note(branch.node, "this decides whether it comes to that");
    }
  }
  const ssa::Inst& exit = function.inst(leak.exit);
  if (exit.node.has_value() && leak.exit != lifetime.acquisition &&
      exit.node != function.syntax()) {
    finding.Note(exit.node, "it returns here");
  }
  if (leaked.second == nullptr || leaked.second_leak->exit == leak.exit) {
    return;
  }
  const ssa::Inst& second_exit = function.inst(leaked.second_leak->exit);
  if (second_exit.node.has_value() && second_exit.node != function.syntax()) {
    finding.Note(second_exit.node, "{} may be left here",
                 resources::ResourcePhrase(function, *leaked.second));
  }
}

// A response to HEAD has no body: its connection is free at once.
bool HasNoBody(const ssa::Function& function, const Lifetime& lifetime) {
  const types::Func* const named =
      lifetime.literal != nullptr
          ? dataflow::NamedCallee(*lifetime.literal,
                                  lifetime.literal->inst(lifetime.in_literal))
          : dataflow::NamedCallee(function,
                                  function.inst(lifetime.acquisition));
  return lifetime.what.kind == ResourceKind::kHttpBody && named != nullptr &&
         named->name->text() == "Head" && resources::IsStandard(*named);
}

// Some folders are kept on purpose, for people to look at.
bool IsRemovedSomewhere(const ssa::Function& function) {
  return std::ranges::any_of(function.insts(), [&](const ssa::Inst& inst) {
    if (inst.op != ssa::Op::kCall && inst.op != ssa::Op::kDefer) {
      return false;
    }
    const types::Func* const callee = dataflow::NamedCallee(function, inst);
    return callee != nullptr &&
           knowledge::ReleasesArgument(ResourceKind::kTempDir, *callee);
  });
}

// Whoever gets the channel of a timer waits for it.
bool GivesChannelAway(const ssa::Function& function) {
  return std::ranges::any_of(function.insts(), [&](const ssa::Inst& inst) {
    if (inst.op != ssa::Op::kLoad || !function.Operands(inst)[0].is_inst()) {
      return false;
    }
    const ssa::InstId addr = function.Operands(inst)[0].inst();
    return function.inst(addr).op == ssa::Op::kFieldAddr &&
           resources::IsField(function, addr, "C") &&
           std::ranges::any_of(
               function.UsersOf(function.IdOf(inst)), [&](ssa::InstId user) {
                 const ssa::Op op = function.inst(user).op;
                 return op != ssa::Op::kRecv && op != ssa::Op::kSelect;
               });
  });
}

// It may return an error.
bool ReportsError(const ssa::Function& function, const ssa::Inst& exit) {
  return exit.op == ssa::Op::kReturn && !function.result_types().empty() &&
         dataflow::IsErrorType(function.result_types().back()) &&
         !dataflow::IsNilConst(function, function.Operands(exit).back());
}

// `return f.Sync()`, `return os.Rename(from, to)`: the last step, which mostly
// goes well.
bool IsLastStep(const ssa::Function& function, const ssa::Inst& call) {
  if (call.op != ssa::Op::kCall) {
    return false;
  }
  const types::Func* const callee = dataflow::NamedCallee(function, call);
  if (callee == nullptr || callee->package == nullptr) {
    return false;
  }
  const std::string_view name = callee->name->text();
  return name == "Close" || name == "Sync" || name == "Flush" ||
         name == "Commit" ||
         (callee->package->path == "os" && callee->recv == nullptr &&
          name != "NewSyscallError");
}

// `_, err := w.Write(data); return err`, `return t.Execute(w, data)`: nobody
// asks whether it is nil, and mostly it is.
bool IsUntestedResult(const ssa::Function& function, const Lifetime& lifetime,
                      ssa::Value error) {
  if (!error.is_inst()) {
    return false;
  }
  const ssa::Inst& made = function.inst(error.inst());
  const ssa::Op op = made.op;
  // By what it calls, too: `return filepath.Walk(root, func…)`.
  const auto is_closure = [&](ssa::Value operand) {
    while (operand.is_inst() &&
           function.inst(operand.inst()).op == ssa::Op::kChangeType) {
      operand = function.Operands(function.inst(operand.inst()))[0];
    }
    return operand.is_inst() &&
           function.inst(operand.inst()).op == ssa::Op::kMakeClosure;
  };
  const bool is_of_use =
      op == ssa::Op::kCall &&
      (std::ranges::find(lifetime.uses, error.inst()) != lifetime.uses.end() ||
       std::ranges::any_of(function.Operands(made), is_closure) ||
       IsLastStep(function, made));
  return (op == ssa::Op::kExtract || is_of_use) &&
         std::ranges::none_of(function.UsersOf(error), [&](ssa::InstId user) {
           const ssa::Op use = function.inst(user).op;
           return use == ssa::Op::kBinOp || use == ssa::Op::kPhi ||
                  use == ssa::Op::kStore;
         });
}

// The error that the function returns tells that it has failed.
bool IsFailure(const ssa::Function& function, const Lifetime& lifetime,
               const ssa::Inst& exit) {
  return ReportsError(function, exit) &&
         !IsUntestedResult(function, lifetime, function.Operands(exit).back());
}

bool ReturnsOnlyZeros(const ssa::Function& function, const ssa::Inst& exit) {
  return std::ranges::all_of(function.Operands(exit), [&](ssa::Value value) {
    return value.kind() == ssa::Value::Kind::kConst &&
           dataflow::IsZeroConst(function, value);
  });
}

// There is no error to return: nothing but zero values, where another way out
// returns more, is a failure, as in `return nil`.
bool SaysFailure(const ssa::Function& function, const ssa::Inst& exit) {
  return !dataflow::IsErrorType(function.result_types().back()) &&
         ReturnsOnlyZeros(function, exit) &&
         std::ranges::any_of(function.insts(), [&](const ssa::Inst& other) {
           return other.op == ssa::Op::kReturn &&
                  !ReturnsOnlyZeros(function, other);
         });
}

// On the way to `exit` an error has been found since: who cannot return it has
// told it to someone else, as in `pw.CloseWithError(err)`.
bool FoundError(PackagePass& pass, const ssa::Function& function,
                const Lifetime& lifetime, const ssa::Inst& exit) {
  const auto& dominance = pass.Get<dataflow::Dominance>(function);
  return dominance.AnyCondition(
      exit.block, [&](ssa::Value condition, bool is_true) {
        const auto test = dataflow::NilTestOf(function, condition);
        return test && test->is_equal != is_true && condition.is_inst() &&
               dataflow::IsErrorType(function.TypeOf(test->tested)) &&
               dominance.Precedes(lifetime.acquisition, condition.inst());
      });
}

// A compressor holds nothing but memory: on a way that reports an error anyway
// nothing is lost.
bool Matters(PackagePass& pass, const ssa::Function& function,
             const Lifetime& lifetime, const Leak& leak) {
  const ssa::Inst& exit = function.inst(leak.exit);
  if (lifetime.what.kind == ResourceKind::kTimer) {
    return !GivesChannelAway(function);
  }
  if (lifetime.what.kind == ResourceKind::kTempDir) {
    return !IsRemovedSomewhere(function) || ReportsError(function, exit);
  }
  if (!knowledge::ErrorMatters(lifetime.what.kind) ||
      knowledge::IsOfUser(lifetime.what.kind) || exit.op != ssa::Op::kReturn) {
    return true;
  }
  if (function.result_types().empty()) {
    return !FoundError(pass, function, lifetime, exit);
  }
  if (SaysFailure(function, exit)) {
    return false;
  }
  return !IsFailure(function, lifetime, exit);
}

// The leak of it that is worth a finding; null if there is none.
const Leak* LeakOf(PackagePass& pass, const ssa::Function& function,
                   const Lifetime& lifetime) {
  if (lifetime.what.kind == ResourceKind::kCancel || lifetime.is_incomplete ||
      HasNoBody(function, lifetime)) {
    return nullptr;
  }
  auto leak = std::ranges::find_if(lifetime.leaks, [&](const Leak& candidate) {
    return !candidate.has_ended && Matters(pass, function, lifetime, candidate);
  });
  if (leak == lifetime.leaks.end()) {
    leak = std::ranges::find_if(lifetime.leaks, &Leak::has_ended);
  }
  return leak == lifetime.leaks.end() ? nullptr : &*leak;
}

// Both are pipes of one command, which is waited for once.
bool IsOfSameCommand(const ssa::Function& function, const Lifetime& one,
                     const Lifetime& other) {
  const auto command = [&](const Lifetime& lifetime) {
    return function.Operands(function.inst(lifetime.acquisition))[1];
  };
  return one.what.kind == ResourceKind::kProcessPipe &&
         other.what.kind == ResourceKind::kProcessPipe &&
         command(one) == command(other);
}

void ExamineFunction(PackagePass& pass, const ssa::Function& function) {
  std::vector<Leaked> found;
  const auto& lifetimes = pass.Get<resources::FunctionLifetimes>(function);
  for (const Lifetime& lifetime : lifetimes.by_literals()) {
    if (const Leak* const leak = LeakOf(pass, function, lifetime)) {
      found.push_back({.lifetime = &lifetime, .leak = leak});
    }
  }
  for (const Lifetime& lifetime : lifetimes.all()) {
    const Leak* const leak = LeakOf(pass, function, lifetime);
    if (leak == nullptr ||
        std::ranges::any_of(found, [&](const Leaked& leaked) {
          return IsOfSameCommand(function, *leaked.lifetime, lifetime);
        })) {
      continue;
    }
    if (!found.empty() && found.back().lifetime->literal == nullptr &&
        found.back().lifetime->acquisition == lifetime.acquisition) {
      found.back().second = &lifetime;
      found.back().second_leak = leak;
    } else {
      found.push_back({.lifetime = &lifetime, .leak = leak});
    }
  }
  for (const Leaked& leaked : found) {
    Report(pass, function, leaked);
  }
}

void Run(PackagePass& pass) {
  for (const ssa::Function* const function : pass.functions()) {
    ExamineFunction(pass, *function);
  }
}

constexpr std::string_view kWhat = R"(
A file, pipe, connection, response body, set of rows, statement, transaction, compressor and the like that some way out of
the function leaves open: the finding says which return, and by which branch. Deferred calls, closures, helpers in other
packages and the error that goes with the acquisition are taken into account.
)";

constexpr std::string_view kWhy = R"(
What is not given back is held until the process ends: file descriptors and connections run out, pools are exhausted, rows
keep their connection, and what a compressor still has in its buffer is never written. It happens on the ways that tests
do not take: an early return between the acquisition and the release.
)";

constexpr std::string_view kNotFlagged = R"(
- what is returned, stored in a field, a global variable, a slice, a map or a channel, or passed to a function that keeps
  or closes it;
- ways on which the acquisition failed: its error was not nil, or the value is nil;
- what a deferred or spawned closure, `t.Cleanup`, `context.AfterFunc` or a helper closes, on some path at least;
- ways that end in a panic or in the end of the process;
- rows that `Next` has closed because there are no more: information only, as a panic in the loop leaves them open;
- temporary folders and servers of net/http/httptest in tests: information only;
- pipes of a command that was not started, or that someone else has too;
- `main`, for what the kernel takes back: that is information only, and so are timers below Go 1.23, which end by themselves.
)";

constexpr GoFact kFacts[] = {
    {.claim = "A file is open until it is closed; leaving the function does "
              "nothing to it.",
     .program = R"(package main

import (
	"fmt"
	"os"
)

var last *os.File

func read(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	last = f
}

func main() {
	read(os.Args[0])
	_, err := last.Stat()
	fmt.Println("still open:", err == nil)
}
)",
     .output = "still open: true\n"},
};

constexpr std::string_view kAka[] = {"bodyclose", "sqlclosecheck", "G307"};

}  // namespace

extern const Check resource_leak = {
    .name = "resource-leak",
    .doc = {.summary = "something acquired that some way out leaves open",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package p

import (
	"io"
	"os"
)

func copyFile(to, from string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	dst, err := os.Create(to)
	if err != nil {
		return err
	}
	defer src.Close()
	_, err = io.Copy(dst, src)
	if cerr := dst.Close(); err == nil {
		err = cerr
	}
	return err
}
)",
            .good = R"(package p

import (
	"io"
	"os"
)

func copyFile(to, from string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(dst, src)
	if cerr := dst.Close(); err == nil {
		err = cerr
	}
	return err
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = kAka},
    .severity = source::Severity::kWarning,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
