#include "driver/debug_ssa.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "driver/debug_packages.h"
#include "driver/lower.h"
#include "driver/type_check.h"
#include "ssa/dot.h"
#include "ssa/print.h"
#include "ssa/verify.h"
#include "support/task_pool.h"

namespace gdlint::driver {
namespace {

// What functions consist of, children included.
struct Counts {
  size_t functions = 0;
  size_t blocks = 0;
  size_t insts = 0;
  size_t phis = 0;
  size_t allocs = 0;
  size_t loads = 0;
  size_t stores = 0;
  size_t bindings = 0;

  void Add(const ssa::Function& function) {
    ++functions;
    blocks += function.blocks().size();
    insts += function.insts().size();
    bindings += function.bindings().size();
    for (const ssa::Inst& inst : function.insts()) {
      phis += inst.op == ssa::Op::kPhi ? 1 : 0;
      allocs += inst.op == ssa::Op::kAlloc ? 1 : 0;
      loads += inst.op == ssa::Op::kLoad ? 1 : 0;
      stores += inst.op == ssa::Op::kStore ? 1 : 0;
    }
    for (const std::unique_ptr<ssa::Function>& child : function.children()) {
      Add(*child);
    }
  }
  void Add(const Counts& other) {
    functions += other.functions;
    blocks += other.blocks;
    insts += other.insts;
    phis += other.phis;
    allocs += other.allocs;
    loads += other.loads;
    stores += other.stores;
    bindings += other.bindings;
  }
};

// The functions of that name, in `function` or in what is within it.
void FindNamed(const ssa::Function& function, const std::string& name,
               std::vector<const ssa::Function*>& found) {
  if (function.name() == name) {
    found.push_back(&function);
    return;
  }
  for (const std::unique_ptr<ssa::Function>& child : function.children()) {
    FindNamed(*child, name, found);
  }
}

struct Lowered {
  std::string text;
  Counts counts;
  std::vector<std::string> violations;
};

// What is to be known of one function; it is not needed afterwards.
Lowered Describe(const ssa::Function& function, const Options& options) {
  Lowered lowered;
  if (options.verify) {
    lowered.violations = ssa::Verify(function);
  }
  if (options.stats) {
    lowered.counts.Add(function);
    return lowered;
  }
  std::vector<const ssa::Function*> wanted;
  if (options.func) {
    FindNamed(function, *options.func, wanted);
  } else {
    wanted.push_back(&function);
  }
  for (const ssa::Function* const one : wanted) {
    if (options.dot) {
      ssa::PrintDot(*one, lowered.text);
    } else {
      lowered.text += lowered.text.empty() ? "" : "\n";
      ssa::Print(*one, lowered.text);
    }
  }
  return lowered;
}

class SsaDump {
 public:
  SsaDump(const Options& options, bool is_naive, CheckedPackages& checked,
          TaskPool& pool)
      : options_(options),
        is_naive_(is_naive),
        checked_(checked),
        pool_(pool) {}

  void Print(const types::Package& package, Output& out) {
    const std::vector<LowerTask> tasks = LowerTasksOf(package);
    std::vector<Lowered> lowered(tasks.size());
    Lower(tasks, is_naive_, lowered);
    if (options_.verify && !is_naive_) {
      // The passes one by one: what lifting is given must hold as well.
      std::vector<Lowered> naive(tasks.size());
      Lower(tasks, true, naive);
      for (const Lowered& one : naive) {
        AddViolations(package, "naive", one);
      }
    }
    for (const Lowered& one : lowered) {
      AddViolations(package, "", one);
      counts_.Add(one.counts);
      if (!one.text.empty()) {
        out.Write(is_first_ ? "" : "\n");
        out.Write(one.text);
        is_first_ = false;
      }
    }
  }

  // True if all is well.
  bool Finish(Output& out) {
    if (options_.stats) {
      const Counts& c = counts_;
      out.Write(fmt::format(
          "{} functions, {} blocks, {} instructions: {} phis, {} allocs, {} "
          "loads, {} stores; {} bindings; {} violations\n",
          c.functions, c.blocks, c.insts, c.phis, c.allocs, c.loads, c.stores,
          c.bindings, violation_count_));
    }
    for (const loader::Problem& failure : checked_.failures) {
      PrintMessage(failure.path + ": " + failure.message);
    }
    if (options_.func && is_first_) {
      PrintMessage("there is no function `" + *options_.func + "`");
      return false;
    }
    return checked_.failures.empty() && violation_count_ == 0;
  }

 private:
  void Lower(const std::vector<LowerTask>& tasks, bool is_naive,
             std::vector<Lowered>& lowered) {
    LowerAll(checked_, tasks, {.is_naive = is_naive, .verify = false}, pool_,
             [&](size_t i, std::unique_ptr<ssa::Function> function) {
               if (function != nullptr) {
                 lowered[i] = Describe(*function, options_);
               }
             });
  }

  void AddViolations(const types::Package& package, const std::string& form,
                     const Lowered& lowered) {
    for (const std::string& violation : lowered.violations) {
      ++violation_count_;
      PrintMessage(package.path + (form.empty() ? ": " : " (" + form + "): ") +
                   violation);
    }
  }

  const Options& options_;
  bool is_naive_;
  CheckedPackages& checked_;
  TaskPool& pool_;
  Counts counts_;
  size_t violation_count_ = 0;
  bool is_first_ = true;
};

}  // namespace

ExitCode RunDebugSsa(const Options& options,
                     const loader::Environment& environment, bool is_naive,
                     Output& out) {
  const std::unique_ptr<DebugPackages> packages =
      CheckForDebug(options, environment);
  if (packages == nullptr) {
    return kUsageError;
  }
  SsaDump dump(options, is_naive, packages->checked, packages->pool);
  for (const loader::PackageIndex index : packages->order) {
    if (out.error() != 0) {
      break;
    }
    dump.Print(*packages->checked.packages[index], out);
  }
  const bool has_errors = PrintErrors(*packages);
  return dump.Finish(out) && !has_errors ? kClean : kIncomplete;
}

}  // namespace gdlint::driver
