#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "checks/check.h"
#include "checks/deferred_work.h"
#include "checks/package_pass.h"
#include "checks/places.h"
#include "dataflow/access_path.h"
#include "dataflow/panic_reach.h"

namespace gdlint::checks {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

bool IsTestingMethod(const Function& function, const Inst& inst,
                     std::string_view name) {
  if (inst.op != Op::kCall) {
    return false;
  }
  const types::Func* const named = dataflow::NamedCallee(function, inst);
  return named != nullptr && named->recv != nullptr &&
         named->package != nullptr && named->package->path == "testing" &&
         named->name->text() == name;
}

// `*testing.T`.
bool IsTesting(const types::Type* type) {
  const auto* const pointer =
      type == nullptr ? nullptr : types::UnderAs<types::Pointer>(type);
  const types::Named* const named =
      pointer == nullptr ? nullptr : types::AsNamed(pointer->elem);
  return named != nullptr && named->obj->package != nullptr &&
         named->obj->package->path == "testing";
}

// A parallel subtest.
struct Subtest {
  // The call of t.Run, or of a function that calls it.
  const Inst* run = nullptr;
  // What the literal captures, and what the function is given.
  std::vector<Value> given;
};

// So deep are helpers looked into.
constexpr int kMaxHelpers = 3;

// Itself, or by a helper that it gives its `t`.
bool IsParallel(PackagePass& pass, const Function& body, int depth = 0) {
  const auto is_own = [&](Value value) {
    const dataflow::AccessPath path = dataflow::PathOf(body, value);
    return path.function == &body && path.root.kind() == Value::Kind::kParam;
  };
  return std::ranges::any_of(body.insts(), [&](const Inst& inst) {
    if (IsTestingMethod(body, inst, "Parallel")) {
      return is_own(body.Operands(inst)[1]);
    }
    if (inst.op != Op::kCall || ModeOf(inst) == ssa::CallMode::kInvoke ||
        depth == kMaxHelpers) {
      return false;
    }
    const std::span<const Value> operands = body.Operands(inst);
    const bool has_t =
        std::ranges::any_of(operands.subspan(1), [&](Value value) {
          return IsTesting(body.TypeOf(value)) && is_own(value);
        });
    const Function* const helper =
        has_t ? dataflow::BodiesOf(body, inst, pass.analyses()).only()
              : nullptr;
    return helper != nullptr && IsParallel(pass, *helper, depth + 1);
  });
}

// The closure that a t.Run starts, if that is parallel.
const Inst* ParallelClosure(PackagePass& pass, const Function& function,
                            const Inst& inst) {
  if (!IsTestingMethod(function, inst, "Run") ||
      function.Operands(inst).size() < 4 ||
      !function.Operands(inst)[3].is_inst()) {
    return nullptr;
  }
  const Inst& closure = function.inst(function.Operands(inst)[3].inst());
  if (closure.op != Op::kMakeClosure) {
    return nullptr;
  }
  const Function* const literal =
      function.callees()[function.Operands(closure)[0].index()].child;
  return literal != nullptr && IsParallel(pass, *literal) ? &closure : nullptr;
}

void AddCaptures(const Function& function, const Inst& closure,
                 std::vector<Value>& given) {
  const std::span<const Value> captures = function.Operands(closure).subspan(1);
  given.insert(given.end(), captures.begin(), captures.end());
}

// The parameter that `root` is, or is the variable of; none for others.
Value ParamOf(const Function& function, Value root) {
  if (root.is_inst() && function.inst(root.inst()).op == Op::kAlloc) {
    for (const InstId user : function.UsersOf(root)) {
      const Inst& store = function.inst(user);
      if (store.op == Op::kStore && function.Operands(store)[0] == root) {
        root = function.Operands(store)[1];
        break;
      }
    }
  }
  return root.kind() == Value::Kind::kParam ? root : Value();
}

// `run("one", check)`, for a literal or function that starts parallel subtests
// of this test: what of the arguments and captures these get.
std::optional<Subtest> StartedBy(PackagePass& pass, const Function& function,
                                 const Inst& call) {
  const Function* const helper =
      call.op == Op::kCall && ModeOf(call) != ssa::CallMode::kInvoke
          ? dataflow::BodiesOf(function, call, pass.analyses()).only()
          : nullptr;
  if (helper == nullptr || helper == &function ||
      !PackagePass::IsTest(*helper)) {
    return std::nullopt;
  }
  Subtest subtest{.run = &call, .given = {}};
  for (const Inst& inst : helper->insts()) {
    const Inst* const closure = ParallelClosure(pass, *helper, inst);
    if (closure == nullptr) {
      continue;
    }
    for (const Value capture : helper->Operands(*closure).subspan(1)) {
      const dataflow::AccessPath path = dataflow::PathOf(*helper, capture);
      if (path.function == &function) {
        subtest.given.push_back(path.root);
        continue;
      }
      const Value param = ParamOf(*helper, path.root);
      if (path.function == helper && param.has_value()) {
        subtest.given.push_back(function.Operands(call)[param.index() + 1]);
      }
    }
  }
  return subtest.given.empty() ? std::nullopt : std::optional(subtest);
}

std::vector<Subtest> ParallelSubtests(PackagePass& pass,
                                      const Function& function) {
  std::vector<Subtest> subtests;
  for (const Inst& inst : function.insts()) {
    if (const Inst* const closure = ParallelClosure(pass, function, inst)) {
      subtests.push_back({.run = &inst, .given = {}});
      AddCaptures(function, *closure, subtests.back().given);
    } else if (auto started = StartedBy(pass, function, inst)) {
      subtests.push_back(std::move(*started));
    }
  }
  return subtests;
}

// What a value or variable comes from: the call that made it, together with
// what else that call returned.
Value SourceOf(const Function& function, Value value) {
  for (int i = 0; i < 16; ++i) {
    const dataflow::AccessPath path = dataflow::PathOf(function, value);
    if (path.function != &function || !path.root.is_inst()) {
      return {};
    }
    value = path.root;
    const Inst& inst = function.inst(value.inst());
    if (inst.op == Op::kExtract) {
      value = function.Operands(inst)[0];
      continue;
    }
    if (inst.op != Op::kAlloc) {
      return value;
    }
    Value stored;
    int stores = 0;
    for (const InstId user : function.UsersOf(value)) {
      const Inst& use = function.inst(user);
      if (use.op == Op::kStore && function.Operands(use)[0] == value) {
        stored = function.Operands(use)[1];
        ++stores;
      }
    }
    if (stores != 1 || !stored.is_inst()) {
      return stores == 1 ? Value() : value;
    }
    value = stored;
  }
  return {};
}

// What `source`, that a subtest captures, is or holds: the fields of a struct
// made here, what a constructor was given, what another literal captures.
std::vector<Value> HeldBy(const Function& function, Value source) {
  std::vector<Value> held = {source};
  if (!source.has_value()) {
    return {};
  }
  const Inst& made = function.inst(source.inst());
  if (made.op == Op::kCall && made.type != nullptr &&
      types::UnderAs<types::Pointer>(made.type) != nullptr) {
    for (const Value operand : function.Operands(made).subspan(1)) {
      held.push_back(SourceOf(function, operand));
    }
  }
  if (made.op == Op::kMakeClosure) {
    for (const Value capture : function.Operands(made).subspan(1)) {
      held.push_back(SourceOf(function, capture));
    }
  }
  if (made.op != Op::kAlloc) {
    return held;
  }
  for (const InstId user : function.UsersOf(source)) {
    if (function.inst(user).op != Op::kFieldAddr) {
      continue;
    }
    for (const InstId use : function.UsersOf(user)) {
      const Inst& store = function.inst(use);
      if (store.op == Op::kStore &&
          function.Operands(store)[0] == Value(user)) {
        held.push_back(SourceOf(function, function.Operands(store)[1]));
      }
    }
  }
  return held;
}

// What a deferred call is about: its receiver, its arguments, what its literal
// captures.
std::vector<Value> SourcesOf(const Function& function, const Inst& inst) {
  std::vector<Value> sources;
  for (const Value operand : function.Operands(inst)) {
    if (!operand.is_inst()) {
      continue;
    }
    const Inst& made = function.inst(operand.inst());
    if (made.op == Op::kMakeClosure) {
      for (const Value capture : function.Operands(made).subspan(1)) {
        sources.push_back(SourceOf(function, capture));
      }
    } else {
      sources.push_back(SourceOf(function, operand));
    }
  }
  std::erase(sources, Value());
  return sources;
}

void Examine(PackagePass& pass, const Function& function, const Inst& deferred,
             const std::vector<Subtest>& subtests) {
  // `defer done("…")` that only says something.
  const Work work = DeferredWork(pass.program()).Of(function, deferred);
  if (work.undone == knowledge::Undone::kNothing ||
      work.undone == knowledge::Undone::kMessage) {
    return;
  }
  const std::vector<Value> released = SourcesOf(function, deferred);
  for (const Subtest& subtest : subtests) {
    const bool is_used = std::ranges::any_of(subtest.given, [&](Value capture) {
      return std::ranges::any_of(
          HeldBy(function, SourceOf(function, capture)), [&](Value source) {
            return source.has_value() &&
                   std::ranges::find(released, source) != released.end();
          });
    });
    if (!is_used) {
      continue;
    }
    pass.Report(function, DeferSpanOf(pass, function, function.IdOf(deferred)),
                "this runs when the test function returns, and its parallel "
                "subtests, which use what it releases, run only then; use "
                "`t.Cleanup`")
        .Note(SpanOfInst(pass, function, function.IdOf(*subtest.run)),
              "a subtest that waits until the function has returned");
    return;
  }
}

void Run(PackagePass& pass) {
  for (const Function* const function : pass.functions()) {
    if (function->unit() == nullptr || !function->has_defers()) {
      continue;
    }
    const std::vector<Subtest> subtests = ParallelSubtests(pass, *function);
    for (const Inst& inst : function->insts()) {
      if (inst.op == Op::kDefer && !subtests.empty()) {
        Examine(pass, *function, inst, subtests);
      }
    }
  }
}

constexpr std::string_view kWhat = R"(
A test function that releases by `defer` what its parallel subtests use: a server, a database, a temporary folder, a context.
)";

constexpr std::string_view kWhy = R"(
A subtest that calls `t.Parallel` waits until the test function that started it has returned, deferred calls and all: the
server is closed and the folder gone when it goes on. `t.Cleanup` waits for subtests.
)";

constexpr std::string_view kNotFlagged = R"(
- subtests that are not parallel, and parallel ones in a group of their own (`t.Run("group", …)`), which waits for them;
- `t.Cleanup`;
- a deferred call about something that the subtests do not use.
)";

constexpr GoFact kFacts[] = {
    {.claim = "A parallel subtest goes on when the function that started it "
              "has returned, after its deferred calls and before its cleanups.",
     .program = R"(package main

import (
	"fmt"
	"testing"
)

func parent(t *testing.T) {
	t.Cleanup(func() { fmt.Println("cleanup") })
	defer fmt.Println("deferred")
	t.Run("child", func(t *testing.T) {
		t.Parallel()
		fmt.Println("subtest")
	})
}

func main() {
	every := func(string, string) (bool, error) { return true, nil }
	testing.Main(every, []testing.InternalTest{{Name: "parent", F: parent}}, nil, nil)
}
)",
     .output = "deferred\nsubtest\ncleanup\nPASS\n"},
};

}  // namespace

extern const Check defer_before_parallel_subtests = {
    .name = "defer-before-parallel-subtests",
    .doc = {.summary =
                "a test's defer that releases what parallel subtests still use",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package p

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestServer(t *testing.T) {
	srv := httptest.NewServer(http.NotFoundHandler())
	defer srv.Close()
	for _, path := range []string{"/a", "/b"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			resp, err := http.Get(srv.URL + path)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
		})
	}
}
)",
            .good = R"(package p

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestServer(t *testing.T) {
	srv := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(srv.Close)
	for _, path := range []string{"/a", "/b"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			resp, err := http.Get(srv.URL + path)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
		})
	}
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = {}},
    .severity = source::Severity::kWarning,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
