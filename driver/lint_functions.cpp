#include "driver/lint_functions.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "checks/package_pass.h"
#include "checks/registry.h"
#include "dataflow/analyses.h"
#include "driver/discover.h"
#include "driver/keep.h"
#include "driver/lower.h"
#include "support/invariant.h"
#include "support/stopwatch.h"

namespace gdlint::driver {
namespace {

void AddWithChildren(const ssa::Function& function,
                     std::vector<const ssa::Function*>& functions) {
  functions.push_back(&function);
  for (const std::unique_ptr<ssa::Function>& child : function.children()) {
    AddWithChildren(*child, functions);
  }
}

class FunctionRun {
 public:
  FunctionRun(const LintProgram& program, const FunctionChecks& wanted,
              TaskPool& pool, std::vector<loader::Problem>& failures)
      : packages_(program.packages()),
        wanted_(wanted),
        pool_(pool),
        failures_(failures),
        functions_(packages_.size()),
        found_(packages_.size()),
        too_large_(packages_.size()),
        times_(pool.worker_count(),
               std::vector<TimeSpent>(wanted.checks.size())) {}

  void Lower(dataflow::ProgramBuilder& builder) {
    // Tasks of packages that share a table are lowered together.
    for (size_t begin = 0; begin < packages_.size();) {
      size_t end = begin;
      std::vector<LowerTask> tasks;
      std::vector<size_t> package_of;
      for (; end < packages_.size() &&
             packages_[end].table == packages_[begin].table;
           ++end) {
        std::vector<LowerTask> more =
            KnownLowerTasksOf(*packages_[end].package);
        package_of.insert(package_of.end(), more.size(), end);
        std::ranges::move(more, std::back_inserter(tasks));
      }
      LowerTasks(*packages_[begin].table, tasks, package_of, builder);
      begin = end;
    }
    for (const LintPackage& package : packages_) {
      if (IsProgram(package)) {
        builder.SetWhole(*package.package);
      }
    }
  }

  void Check(const dataflow::Program& program) {
    pool_.ParallelFor(packages_.size(), [&](size_t i, unsigned worker) {
      const types::Package& package = *packages_[i].package;
      const InvariantScope scope("checking the functions of package",
                                 package.path);
      FileResult outcome;
      GuardFile(outcome, [&] {
        dataflow::Analyses analyses(program);
        const checks::PackageView view = {
            .package = &package,
            .program = &program,
            .analyses = &analyses,
            .functions = functions_[i],
            .is_program = IsProgram(packages_[i])};
        found_[i] = checks::RunPackageChecks(view, wanted_.checks,
                                             wanted_.is_timed
                                                 ? std::span(times_[worker])
                                                 : std::span<TimeSpent>());
        for (const ssa::Function* function : functions_[i]) {
          if (function->unit() != nullptr && analyses.IsTooLarge(*function)) {
            too_large_[i].push_back(function);
          }
        }
      });
      if (outcome.outcome == Outcome::kFailed) {
        const std::lock_guard lock(mutex_);
        failures_.push_back(
            {.path = package.path, .message = std::move(outcome.failure)});
      }
    });
  }

  std::vector<CheckTime> CheckTimes() const {
    std::vector<CheckTime> times;
    for (size_t i = 0; i < wanted_.checks.size(); ++i) {
      CheckTime& time = times.emplace_back(wanted_.checks[i]->name);
      for (const std::vector<TimeSpent>& of_worker : times_) {
        time.time += of_worker[i];
      }
    }
    return times;
  }

  // Names the functions that were not followed to their ends.
  void AddRemarks(std::vector<std::string>& remarks) const {
    for (const std::vector<const ssa::Function*>& functions : too_large_) {
      for (const ssa::Function* function : functions) {
        const types::File& file = *function->unit()->file;
        const source::LineColumn at = file.Lines().Find(function->pos());
        remarks.push_back(fmt::format(
            "{}:{}:{}: `{}` is too large to be followed on all paths: there "
            "may be more to find in it",
            file.display_name, at.line, at.column, function->name()));
      }
    }
  }

  void Report(const LintProgram& program, std::vector<FileResult>& results) {
    for (const std::vector<checks::PackageFinding>& found : found_) {
      for (const checks::PackageFinding& finding : found) {
        const auto input = program.InputOf(*finding.file);
        if (input && results[*input].outcome == Outcome::kAnalysed) {
          std::vector<report::Finding>& findings = results[*input].findings;
          findings.push_back(
              report::MakeFinding(finding.diagnostic, finding.file->Lines()));
          findings.back().fix =
              report::MakeFix(finding.fix, finding.file->Lines());
        }
      }
    }
    for (FileResult& result : results) {
      report::SortFindings(result.findings);
    }
  }

 private:
  // Nothing outside of it can use what it declares.
  static bool IsProgram(const LintPackage& package) {
    return package.package->name == "main" ||
           package.package->name.ends_with("_test");
  }

  void LowerTasks(types::TypeTable& table, std::span<const LowerTask> tasks,
                  std::span<const size_t> package_of,
                  dataflow::ProgramBuilder& builder) {
    std::vector<std::unique_ptr<ssa::Function>> lowered(tasks.size());
    std::vector<loader::Problem> failures;
    LowerAll(
        table, tasks, {}, pool_,
        [&](size_t i, std::unique_ptr<ssa::Function> function) {
          lowered[i] = std::move(function);
        },
        failures);
    std::ranges::copy_if(failures, std::back_inserter(failures_),
                         [](const loader::Problem& failure) {
                           return failure.message != kPartlyKnown;
                         });
    for (size_t i = 0; i < tasks.size(); ++i) {
      if (lowered[i] != nullptr) {
        AddWithChildren(*lowered[i], functions_[package_of[i]]);
        builder.AddFunction(std::move(lowered[i]), /*is_root=*/true);
      }
    }
  }

  const std::vector<LintPackage>& packages_;
  const FunctionChecks& wanted_;
  TaskPool& pool_;
  std::mutex mutex_;
  // Guarded by mutex_ while threads work.
  std::vector<loader::Problem>& failures_;
  // By package.
  std::vector<std::vector<const ssa::Function*>> functions_;
  std::vector<std::vector<checks::PackageFinding>> found_;
  std::vector<std::vector<const ssa::Function*>> too_large_;
  // By worker, then check.
  std::vector<std::vector<TimeSpent>> times_;
};

}  // namespace

void CheckFunctions(const LintProgram& program, const FunctionChecks& wanted,
                    TaskPool& pool, std::vector<FileResult>& results,
                    std::vector<loader::Problem>& failures,
                    std::vector<std::string>& remarks, Timings& timings) {
  if (std::ranges::none_of(wanted.checks, [](const checks::Check* check) {
        return check->needs == checks::Needs::kProgram;
      })) {
    return;
  }
  Stopwatch watch;
  FunctionRun run(program, wanted, pool, failures);
  dataflow::ProgramBuilder builder(wanted.models);
  run.Lower(builder);
  const auto discovery = std::make_shared<Discovery>(program.all_checked(),
                                                     DiscoveryLimits(), pool);
  discovery->Run(builder);
  std::ranges::move(discovery->TakeFailures(), std::back_inserter(failures));
  if (std::string remark = discovery->Remark(); !remark.empty()) {
    remarks.push_back(std::move(remark));
  }
  timings.lower.time = watch.Lap();
  const std::shared_ptr<const dataflow::Program> whole = builder.Finish(pool);
  KeepToEnd(whole);
  discovery->KeepOnly(*whole);
  KeepToEnd(discovery);
  timings.summarise.time = watch.Lap();
  run.Check(*whole);
  run.Report(program, results);
  run.AddRemarks(remarks);
  timings.rules.time = watch.Lap();
  if (wanted.is_timed) {
    timings.checks = run.CheckTimes();
  }
}

}  // namespace gdlint::driver
