#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

#include "checks/check.h"
#include "checks/package_pass.h"
#include "checks/recover_mistakes.h"
#include "checks/recovered_value.h"
#include "checks/syntax/file_index.h"
#include "dataflow/dominance.h"
#include "dataflow/function_runs.h"
#include "dataflow/panic_points.h"
#include "dataflow/panic_reach.h"
#include "dataflow/recover_calls.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "types/predicates.h"

namespace gdlint::checks {
namespace {

using dataflow::FunctionRuns;
using dataflow::RecoverCall;
using dataflow::RecoverCalls;
using dataflow::RecoverVerdict;
using dataflow::RunKind;
using dataflow::RunSite;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// What comments say of a panic that is dropped on purpose.
constexpr std::string_view kPurposes[] = {
    "already closed", "best effort",    "best-effort",   "deliberate",
    "don't care",     "expected",       "harmless",      "ignore",
    "ignoring",       "intention",      "not important", "on purpose",
    "safe to",        "workaround",     "that is fine",  "that's fine",
    "return nil on",  "returns nil on", "guard",         "if we panic",
    "might panic",    "prevent",        "cannot panic",  "swallow possible",
};

bool IsTestingType(const types::Type* type) {
  type = types::Unalias(type);
  if (const auto* const pointer = types::TryAs<types::Pointer>(type)) {
    type = pointer->elem;
  }
  const types::Named* const named = types::AsNamed(type);
  return named != nullptr && named->obj->package != nullptr &&
         named->obj->package->path == "testing";
}

class Examiner {
 public:
  explicit Examiner(PackagePass& pass) : pass_(pass) {}

  void Run(const ssa::Function& function) {
    if (function.unit() == nullptr || PackagePass::IsTest(function) ||
        IsTestHelper(function)) {
      return;
    }
    for (const RecoverCall& call : pass_.Get<RecoverCalls>(function).all()) {
      if (call.verdict != RecoverVerdict::kNever && !HasMistake(call.inst) &&
          UseOfRecovered(function, call.inst, pass_.analyses()) ==
              RecoveredUse::kDropped) {
        Report(function, call);
      }
    }
  }

  // What other rules say of calls of `recover`, by the calls' functions.
  void CollectMistakes() {
    for (const ssa::Function* const function : pass_.functions()) {
      for (const RecoverMistake& mistake :
           pass_.Get<RecoverMistakes>(*function).all()) {
        if (mistake.rule == RecoverRule::kUnrecoverable) {
          mistaken_.push_back(mistake.related);
        } else {
          mistaken_.push_back(mistake.place);
        }
      }
    }
  }

 private:
  bool HasMistake(InstId recover) const {
    return std::ranges::any_of(mistaken_, [&](const SsaPlace& place) {
      return place.function == current_ && place.inst == recover;
    });
  }

  // It looks for panics that should be there.
  static bool IsTestHelper(const ssa::Function& function) {
    for (const ssa::Function* at = &function; at != nullptr;
         at = at->parent()) {
      if (std::ranges::any_of(at->params(), [](const ssa::Param& param) {
            return IsTestingType(param.type);
          })) {
        return true;
      }
    }
    return false;
  }

  void Report(const ssa::Function& function, const RecoverCall& call) {
    if (IsFailureTold(function)) {
      return;
    }
    const ast::NodeId node = NodeOf(function, call.inst);
    const bool is_discarded = IsAssignedToBlank(function, node);
    Finding finding = pass_.Report(
        function, node,
        "the panic that this `recover` stops is dropped: {} returns as if "
        "nothing had happened; return it as an error, log it, or panic again",
        CallerName(function));
    if (is_discarded || GuardsChannel(function) ||
        IsDocumented(function, call.inst)) {
      finding.As(source::Severity::kInfo);
    }
  }

  // The function whose caller sees nothing.
  std::string CallerName(const ssa::Function& function) {
    const auto& runs = pass_.Get<FunctionRuns>(*function.outermost());
    for (const RunSite& site : runs.sites()) {
      if (site.kind == RunKind::kDeferred && runs.sites().size() == 1) {
        return NameOf(*site.function->outermost());
      }
    }
    return "the function that defers it";
  }

  // All that is known to defer it has results that say that it failed.
  bool IsFailureTold(const ssa::Function& function) {
    const auto& runs = pass_.Get<FunctionRuns>(*function.outermost());
    bool any = false;
    for (const RunSite& site : runs.sites()) {
      if (site.kind != RunKind::kDeferred) {
        continue;
      }
      any = true;
      if (!SaysFailure(*site.function->outermost(), site.inst,
                       site.function->outermost() == site.function)) {
        return false;
      }
    }
    return any;
  }

  // `defer func() { recover() }(); close(c)`: all that can go wrong is that the
  // channel is closed already.
  bool GuardsChannel(const ssa::Function& function) {
    const auto& runs = pass_.Get<FunctionRuns>(function);
    constexpr uint16_t kOthers = dataflow::kAnyPanic & ~dataflow::kWeakPanic;
    return !runs.sites().empty() &&
           std::ranges::all_of(runs.sites(), [&](const RunSite& site) {
             if (site.kind != RunKind::kDeferred ||
                 (site.function->inst(site.inst).detail & ssa::kOnDeferStack) !=
                     0) {
               return false;
             }
             const dataflow::Guarded guarded(*site.function, site.inst,
                                             pass_.analyses());
             return guarded.FirstOf(dataflow::kChannel) &&
                    !guarded.FirstOf(kOthers);
           });
  }

  // The results of `function` after a panic differ from those of success: false
  // where it returns true, nil where there is no error to go with it, or an
  // error that was set before.
  bool SaysFailure(const ssa::Function& function, InstId defer,
                   bool is_in_function) {
    const auto results = function.result_types();
    if (results.empty()) {
      return false;
    }
    bool has_error = false;
    for (size_t n = 0; n < results.size(); ++n) {
      if (types::IsBoolean(results[n])) {
        return true;
      }
      if (dataflow::IsErrorType(results[n])) {
        has_error = true;
        if (is_in_function && IsSetBefore(function, n, defer)) {
          return true;
        }
      }
    }
    // A list or a table that is nil is an empty one.
    return !has_error && std::ranges::all_of(results, [](const auto* type) {
      return types::HasNil(type) &&
             types::UnderAs<types::Slice>(type) == nullptr &&
             types::UnderAs<types::Map>(type) == nullptr;
    });
  }

  // `err = errors.New("not finished")` ahead, to be cleared at the end.
  bool IsSetBefore(const ssa::Function& function, size_t result, InstId defer) {
    if (result >= function.result_cells().size()) {
      return false;
    }
    const Value cell = function.result_cells()[result];
    const auto& dominance = pass_.Get<dataflow::Dominance>(function);
    return std::ranges::any_of(function.insts(), [&](const Inst& inst) {
      return inst.op == Op::kStore && function.Operands(inst)[0] == cell &&
             !dataflow::IsNilConst(function, function.Operands(inst)[1]) &&
             dominance.Precedes(function.IdOf(inst), defer);
    });
  }

  // `_ = recover()`.
  bool IsAssignedToBlank(const ssa::Function& function, ast::NodeId call) {
    const syntax::FileIndex& index = pass_.IndexOf(function);
    const auto* const assign =
        index.tree().TryGet<ast::AssignStmt>(index.ParentPastParens(call));
    if (assign == nullptr) {
      return false;
    }
    const auto lhs = index.tree().Items(assign->lhs);
    return lhs.size() == 1 && index.Text(lhs[0]) == "_";
  }

  // A comment on the line of the call or of the `defer`, or right above one of
  // them, says that it is meant.
  bool IsDocumented(const ssa::Function& function, InstId recover) {
    std::vector<SsaPlace> places{{&function, recover, {}}};
    for (const RunSite& site :
         pass_.Get<FunctionRuns>(*function.outermost()).sites()) {
      if (site.kind == RunKind::kDeferred) {
        places.push_back({site.function, site.inst, {}});
      }
    }
    return std::ranges::any_of(places, [](const SsaPlace& place) {
      const types::File& file = PackagePass::FileOf(*place.function);
      const source::LineTable& lines = file.Lines();
      const source::Pos pos = place.function->inst(place.inst).pos;
      const uint32_t line = lines.Find(pos).line;
      if (SaysPurpose(lines.Line(line)) || IsEmptyBut(lines, line)) {
        return true;
      }
      for (uint32_t above = line - 1; above > 0; --above) {
        std::string_view text = lines.Line(above);
        text.remove_prefix(
            std::min(text.find_first_not_of(" \t"), text.size()));
        if (text.starts_with("if ") || text.starts_with("defer ") ||
            text.starts_with("func() {")) {
          continue;
        }
        if (!text.starts_with("//")) {
          return false;
        }
        if (SaysPurpose(text)) {
          return true;
        }
      }
      return false;
    });
  }

  // `if r := recover(); r != nil {`, and nothing but a comment in it.
  static bool IsEmptyBut(const source::LineTable& lines, uint32_t line) {
    const auto text_of = [&](uint32_t at) {
      std::string_view text = lines.Line(at);
      text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
      return text;
    };
    uint32_t next = line + 1;
    while (next < lines.line_count() && text_of(next).starts_with("//")) {
      ++next;
    }
    return text_of(line).starts_with("if ") && next > line + 1 &&
           next <= lines.line_count() && text_of(next).starts_with("}");
  }

  static bool SaysPurpose(std::string_view line) {
    const size_t comment = line.find("//");
    if (comment == std::string_view::npos) {
      return false;
    }
    std::string text(line.substr(comment));
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return std::tolower(c); });
    return std::ranges::any_of(kPurposes, [&](std::string_view purpose) {
      return text.find(purpose) != std::string::npos;
    });
  }

 public:
  void RunAll() {
    CollectMistakes();
    for (const ssa::Function* const function : pass_.functions()) {
      current_ = function;
      Run(*function);
    }
  }

 private:
  PackagePass& pass_;
  const ssa::Function* current_ = nullptr;
  std::vector<SsaPlace> mistaken_;
};

void Run(PackagePass& pass) { Examiner(pass).RunAll(); }

constexpr std::string_view kWhat = R"(
A `recover` that stops a panic and drops its value, so that whoever called the function sees success. The value is not
returned, logged, counted, stored, raised again or looked at (to compare it with nil is not to look at it), and
what runs only after a panic tells nobody: cleaning up does not tell.
)";

constexpr std::string_view kWhy = R"(
A panic is a bug, or a state that nobody reckoned with. Dropped, it leaves a function half done whose caller goes on
with what it has not got: an empty result and a nil error, a queue that no one empties any more. There is no message
and no stack trace to find out from.
)";

constexpr std::string_view kNotFlagged = R"(
- the value or the fact is told: returned, logged, counted, sent, stored, raised again;
- functions whose results say that they failed: a `bool` that is false then, a nil pointer without an error beside it,
  an error that was set before and is cleared at the end (zero, or another variable, in a result beside a nil error says
  nothing);
- tests, and functions that take a `*testing.T`;
- `_ = recover()`, one whose comment says that it is meant, and one around a send or a close alone, whose channel may be closed already: these
  are hints, not warnings;
- a `recover` that stops nothing: other rules speak of those.
)";

constexpr GoFact kFacts[] = {
    {.claim = "After a panic was recovered, unnamed results are zero: a nil "
              "error says success.",
     .program = R"(package main

import "fmt"

func load(name string) (string, error) {
	defer func() { recover() }()
	var table map[string][]string
	return table[name][0], nil
}

func main() {
	text, err := load("a")
	fmt.Printf("%q %v\n", text, err)
}
)",
     .output = "\"\" <nil>\n"},
    {.claim = "Named results keep what they had when the panic came.",
     .program = R"(package main

import "fmt"

func sum(values []int) (total int) {
	defer func() { recover() }()
	for i := range 3 {
		total += values[i]
	}
	return total
}

func main() { fmt.Println(sum([]int{1, 2})) }
)",
     .output = "3\n"},
};

}  // namespace

extern const Check recover_swallowed = {
    .name = "recover-swallowed",
    .doc =
        {
            .summary = "a recovered panic that nobody learns of",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import "fmt"

func apply(change func()) error {
	defer func() { recover() }()
	change()
	return nil
}

func main() {
	err := apply(func() { panic("half done") })
	fmt.Println("applied:", err == nil)
}
)",
            .good = R"(package main

import "fmt"

func apply(change func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("change: %v", r)
		}
	}()
	change()
	return nil
}

func main() {
	err := apply(func() { panic("half done") })
	fmt.Println("applied:", err == nil)
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
