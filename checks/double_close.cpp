#include <algorithm>
#include <string>
#include <string_view>

#include "checks/check.h"
#include "checks/package_pass.h"
#include "checks/places.h"
#include "checks/resources/package_lifetimes.h"
#include "checks/resources/place_names.h"
#include "checks/resources/place_paths.h"

namespace gdlint::checks {
namespace {

using resources::FunctionPlaces;
using resources::LateUse;
using resources::Lifetime;
using resources::PlaceClash;
using resources::PlaceEvent;
using resources::PlaceOp;
using resources::PlacePaths;
using resources::PlaceSite;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;

// Of two releases the one to speak of: an explicit one that a deferred one
// follows, else the second.
InstId PlaceOf(const Function& function, InstId second, InstId first) {
  return function.inst(second).op == Op::kDefer &&
                 function.inst(first).op == Op::kCall
             ? first
             : second;
}

void ReportPlace(PackagePass& pass, const Function& function,
                 const PlacePaths& paths, const PlaceClash& clash) {
  const PlaceEvent* const event = resources::EventAt(
      pass.Get<FunctionPlaces>(function).events(), paths.path, clash.at);
  // The next iteration comes to a `close` on a condition that holds once.
  if (event == nullptr || event->op == PlaceOp::kDone ||
      clash.at == clash.before) {
    return;
  }
  const InstId at = PlaceOf(function, clash.at, clash.before);
  const InstId other = at == clash.at ? clash.before : clash.at;
  const PlaceSite site = resources::SiteOf(pass, function, paths, at);
  const std::string_view name = resources::PlaceText(*site.function, site.inst);
  const uint32_t line = LineOf(function, function.inst(other).pos);
  const std::string_view when = at == clash.at ? "before" : "again";
  const std::string what =
      event->op == PlaceOp::kClose
          ? fmt::format(
                "`{}` is closed here and {} at line {}: the second "
                "`close` panics",
                name, when, line)
          : fmt::format(
                "`{}` is unlocked here and {} at line {} with no Lock "
                "between: the second Unlock ends the program",
                name, when, line);
  Finding finding =
      pass.Report(function, SpanOfInst(pass, *site.function, site.inst),
                  "{}; release it once on each way", what);
  finding.As(source::Severity::kError);
  finding.Note(SpanOfInst(pass, function, other), "the other release");
}

// What a second Close does to something that writes; "" if it does nothing.
std::string_view HarmOf(const Function& function, const Lifetime& lifetime,
                        bool is_checked) {
  if (knowledge::IsReleasedOnce(lifetime.what.kind)) {
    return "by `.gdlint.toml` it can be released once only";
  }
  if (lifetime.what.kind != knowledge::ResourceKind::kWriter) {
    return "";
  }
  const types::Func* const maker =
      dataflow::NamedCallee(function, function.inst(lifetime.acquisition));
  if (maker == nullptr || maker->package == nullptr) {
    return "";
  }
  const std::string_view path = maker->package->path;
  if (path == "mime/multipart") {
    return "the second one writes another closing boundary";
  }
  if (path == "compress/zlib") {
    return "the second one writes another checksum";
  }
  if (path == "archive/zip" && is_checked) {
    return "the second one returns an error";
  }
  return "";
}

bool IsResultUsed(const Function& function, InstId call) {
  return function.inst(call).op == Op::kCall && !function.UsersOf(call).empty();
}

// A deferred literal looks at the error of a Close of the same type.
bool IsDeferredChecked(const Function& function, const Lifetime& lifetime) {
  const types::Type* const type = function.inst(lifetime.acquisition).type;
  return std::ranges::any_of(function.insts(), [&](const Inst& inst) {
    if (inst.op != Op::kDefer || ModeOf(inst) != ssa::CallMode::kDynamic ||
        !function.Operands(inst)[0].is_inst()) {
      return false;
    }
    const Inst& closure = function.inst(function.Operands(inst)[0].inst());
    const Function* const literal =
        closure.op != Op::kMakeClosure
            ? nullptr
            : function.callees()[function.Operands(closure)[0].index()].child;
    return literal != nullptr &&
           std::ranges::any_of(literal->insts(), [&](const Inst& call) {
             return call.op == Op::kCall &&
                    CalleeNameOf(*literal, call) == "Close" &&
                    ModeOf(call) == ssa::CallMode::kStatic &&
                    literal->Operands(call).size() > 1 &&
                    literal->TypeOf(literal->Operands(call)[1]) == type &&
                    IsResultUsed(*literal, literal->IdOf(call));
           });
  });
}

void ReportLifetime(PackagePass& pass, const Function& function,
                    const Lifetime& lifetime, const LateUse& late) {
  // Not by a method that only may close it.
  const auto is_close = [&](InstId id) {
    const Inst& inst = function.inst(id);
    return inst.op == Op::kRunDefers ||
           CalleeNameOf(function, inst) == "Close" ||
           knowledge::IsOfUser(lifetime.what.kind);
  };
  if (!is_close(late.use) || !is_close(late.release)) {
    return;
  }
  const std::string_view harm =
      HarmOf(function, lifetime,
             IsResultUsed(function, late.use) ||
                 (late.is_deferred && IsDeferredChecked(function, lifetime)));
  if (harm.empty()) {
    return;
  }
  // At the end of the function it is a deferred call that releases.
  const InstId at = late.is_deferred ? late.release : late.use;
  const bool is_of_user = knowledge::IsOfUser(lifetime.what.kind);
  pass.Report(function, SpanOfInst(pass, function, at),
              "{} is {} twice on one way: {}; {} it once",
              resources::ResourcePhrase(function, lifetime),
              is_of_user ? "released" : "closed", harm,
              is_of_user ? "release" : "close");
}

void Run(PackagePass& pass) {
  for (const Function* const function : pass.functions()) {
    if (function->unit() == nullptr) {
      continue;
    }
    for (const PlacePaths& paths : pass.Get<FunctionPlaces>(*function).all()) {
      for (const PlaceClash& clash : paths.clashes) {
        if (clash.kind == PlaceClash::Kind::kReleasedTwice &&
            !paths.is_incomplete) {
          ReportPlace(pass, *function, paths, clash);
        }
      }
    }
    for (const Lifetime& lifetime :
         pass.Get<resources::FunctionLifetimes>(*function).all()) {
      const auto late = std::ranges::find_if(
          lifetime.late_uses,
          [](const LateUse& use) { return use.is_release; });
      if (late != lifetime.late_uses.end() && !lifetime.is_incomplete) {
        ReportLifetime(pass, *function, lifetime, *late);
      }
    }
  }
}

constexpr std::string_view kWhat = R"(
The same thing released twice on one way through a function: `close` of a channel that was closed, `Unlock` of a lock that was
unlocked, also by a deferred call or a helper of the same package; a second Close of a writer that writes its end again
(`multipart.Writer`, `zlib.Writer`) or complains (`zip.Writer`, if the error is looked at). The finding is at the explicit
release where a deferred one follows it, else at the second.
)";

constexpr std::string_view kWhy = R"(
The second `close` of a channel panics. The second `Unlock` ends the program, and no recover stops that. A second trailer
makes the output invalid.
)";

constexpr std::string_view kNotFlagged = R"(
- files, connections, response bodies, rows and transactions: a second Close only returns an error, and `defer f.Close()` as
  a safety net behind a checked `f.Close()` is good style;
- a release that `sync.Once`, a flag or a `select` guards;
- a lock that is locked again in between, and a variable that gets a new channel.
)";

constexpr GoFact kFacts[] = {
    {.claim = "Closing a closed channel panics, also by a deferred call.",
     .program = R"(package main

import "fmt"

func main() {
	defer func() { fmt.Println(recover()) }()
	done := make(chan struct{})
	defer close(done)
	close(done)
}
)",
     .output = "close of closed channel\n"},
    {.claim = "A file that is closed twice returns an error, and that is all.",
     .program = R"(package main

import (
	"errors"
	"fmt"
	"os"
)

func main() {
	f, err := os.Open(os.Args[0])
	if err != nil {
		panic(err)
	}
	fmt.Println(f.Close(), errors.Is(f.Close(), os.ErrClosed))
}
)",
     .output = "<nil> true\n"},
};

}  // namespace

extern const Check double_close = {
    .name = "double-close",
    .doc = {.summary = "something released twice on one way",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package p

import "errors"

func produce(n int) (<-chan int, error) {
	out := make(chan int, 8)
	defer close(out)
	if n > cap(out) {
		close(out)
		return nil, errors.New("too many")
	}
	for i := range n {
		out <- i
	}
	return out, nil
}
)",
            .good = R"(package p

import "errors"

func produce(n int) (<-chan int, error) {
	out := make(chan int, 8)
	defer close(out)
	if n > cap(out) {
		return nil, errors.New("too many")
	}
	for i := range n {
		out <- i
	}
	return out, nil
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
