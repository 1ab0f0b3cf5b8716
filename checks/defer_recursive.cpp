#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/package_pass.h"
#include "checks/phrases.h"
#include "checks/typed/released.h"
#include "dataflow/cycle.h"

namespace gdlint::checks {
namespace {

using dataflow::BlockSet;
using ssa::BlockId;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using typed::Held;
using typed::Released;
using typed::Source;

// What can run behind an instruction.
class Behind {
 public:
  Behind(const Function& function, InstId from, dataflow::Analyses& analyses)
      : function_(function), from_(from) {
    const auto& paths = analyses.Get<dataflow::Paths>(function);
    blocks_ = paths.Behind(from, paths.AllBlocks());
  }

  bool Has(InstId id) const {
    const BlockId block = function_.inst(id).block;
    return blocks_[block.index] ||
           (block == function_.inst(from_).block && id > from_);
  }

 private:
  const Function& function_;
  InstId from_;
  BlockSet blocks_;
};

// True if what the deferred call gives back is of this activation, and nothing
// works with it when the recursive call runs, or later.
bool IsDoneWith(PackagePass& pass, const Function& function, InstId defer,
                InstId call, const Released& released) {
  std::vector<typed::Base> roots;
  for (const typed::ReleasedRoot& root : released.roots) {
    if (root.base.function != &function || !root.base.value.is_inst()) {
      return false;
    }
    roots.push_back(root.base);
  }
  const typed::Iteration all{.function = &function,
                             .blocks = BlockSet(function.blocks().size(), true),
                             .header = {},
                             .span = {}};
  const InstId ignored[] = {defer};
  const std::vector<typed::WayOut> uses =
      typed::WaysOut(pass.program(), all, roots,
                     {.strings = released.by_name,
                      .functions_by_name = true,
                      .all_uses = true,
                      .ignored_in = &function,
                      .ignored = ignored});
  const Behind behind(function, call, pass.analyses());
  return !roots.empty() &&
         std::ranges::none_of(uses, [&](const typed::WayOut& use) {
           if (use.way != typed::Way::kUsed) {
             return use.way != typed::Way::kDeferred;
           }
           if (use.function != &function) {
             return true;
           }
           const Op op = function.inst(use.inst).op;
           const bool is_read = op != Op::kPhi && op != Op::kExtract;
           return is_read && (use.inst == call || behind.Has(use.inst));
         });
}

void ExamineDefer(PackagePass& pass, const Function& function, InstId defer,
                  const std::vector<InstId>& calls) {
  const Source source{*function.unit(), pass.IndexOf(function)};
  const Released released =
      typed::DescribeDeferred(source, function, defer, pass.program());
  if (released.held == Held::kNothing) {
    return;
  }
  const Behind behind(function, defer, pass.analyses());
  for (const InstId call : calls) {
    if (!behind.Has(call) ||
        !IsDoneWith(pass, function, defer, call, released)) {
      continue;
    }
    const auto stmt =
        ast::Ref<ast::DeferStmt>::FromNode(function.inst(defer).node);
    pass.Report(function, StatementSpan(source.index, stmt),
                "{} waits until {} returns, and each level of the recursion "
                "holds on to one more: nothing needs it any more when the "
                "function calls itself; give it back before the call",
                CallPhrase(source.index, source.tree().Get(stmt).call),
                FunctionPhrase(source.index, stmt))
        .Note(function.inst(call).node, "the function calls itself here");
    return;
  }
}

void Run(PackagePass& pass) {
  for (const Function* function : pass.functions()) {
    if (!function->has_defers() || function->unit() == nullptr) {
      continue;
    }
    const dataflow::FunctionId self = pass.program().Find(function);
    std::vector<InstId> calls;
    for (const Inst& inst : function->insts()) {
      if (inst.op == Op::kCall && self.has_value() &&
          pass.program().TargetsOf(*function, inst).only() == self) {
        calls.push_back(function->IdOf(inst));
      }
    }
    for (const Inst& inst : function->insts()) {
      if (inst.op == Op::kDefer && !calls.empty() &&
          inst.node.kind() == ast::NodeKind::kDeferStmt) {
        ExamineDefer(pass, *function, function->IdOf(inst), calls);
      }
    }
  }
}

constexpr std::string_view kWhat = R"(
A function that calls itself behind a `defer`, where what the deferred call gives back (a file, a connection, a
lock) is used by nothing from the call on. Every level of the recursion keeps it until the levels below have
returned.
)";

constexpr std::string_view kWhy = R"(
A walk through a tree of folders that closes each folder by `defer` has as many open at a time as the tree is deep;
how deep it is, the data decides. Give back by hand before the call, or move the first half, with its `defer`, into a
function of its own.

An information, and off: that recursion goes deep is rare.
)";

constexpr std::string_view kNotFlagged = R"(
- what the recursive call is given, or what is used behind it, or in the same loop;
- deferred calls that give nothing back;
- functions that call each other in turn: only a function that calls itself is looked at.
)";

constexpr GoFact kFacts[] = {
    {.claim = "Deferred calls of a recursive function run when the recursion "
              "unwinds, the deepest first.",
     .program = R"(package main

import "fmt"

func down(n int) {
	if n == 0 {
		fmt.Println("bottom")
		return
	}
	defer fmt.Println("deferred", n)
	down(n - 1)
}

func main() {
	down(2)
}
)",
     .output = "bottom\ndeferred 1\ndeferred 2\n"},
};

}  // namespace

extern const Check defer_recursive = {
    .name = "defer-recursive",
    .doc =
        {
            .summary = "deferred work that each level of a recursion keeps",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func walk(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	names, err := f.Readdirnames(-1)
	if err != nil {
		return err
	}
	for _, name := range names {
		fmt.Println(name)
		walk(filepath.Join(dir, name))
	}
	return nil
}

func main() {
	walk(".")
}
)",
            .good = R"(package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func walk(dir string) error {
	names, err := namesIn(dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		fmt.Println(name)
		walk(filepath.Join(dir, name))
	}
	return nil
}

func namesIn(dir string) ([]string, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Readdirnames(-1)
}

func main() {
	walk(".")
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = {},
        },
    .severity = source::Severity::kInfo,
    .needs = Needs::kProgram,
    .on_by_default = false,
    .run_package = Run,
};

}  // namespace gdlint::checks
