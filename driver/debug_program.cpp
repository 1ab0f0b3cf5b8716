#include "driver/debug_program.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "checks/knowledge/models.h"
#include "dataflow/print.h"
#include "driver/discover.h"
#include "driver/keep.h"
#include "driver/lower.h"

namespace gdlint::driver {

std::unique_ptr<dataflow::Program> MakeProgram(DebugPackages& packages,
                                               dataflow::ModelFn models) {
  dataflow::ProgramBuilder builder(std::move(models));
  std::vector<LowerTask> tasks;
  for (const loader::PackageIndex index : packages.order) {
    const types::Package& package = *packages.checked.packages[index];
    for (LowerTask& task : KnownLowerTasksOf(package)) {
      tasks.push_back(std::move(task));
    }
    if (package.name == "main") {
      builder.SetWhole(package);
    }
  }
  std::vector<std::unique_ptr<ssa::Function>> lowered(tasks.size());
  LowerAll(packages.checked, tasks, {}, packages.pool,
           [&](size_t i, std::unique_ptr<ssa::Function> function) {
             lowered[i] = std::move(function);
           });
  for (std::unique_ptr<ssa::Function>& function : lowered) {
    if (function != nullptr) {
      builder.AddFunction(std::move(function), /*is_root=*/true);
    }
  }
  CheckedPackages* const checked[] = {&packages.checked};
  const auto discovery =
      std::make_shared<Discovery>(checked, DiscoveryLimits(), packages.pool);
  discovery->Run(builder);
  std::ranges::move(discovery->TakeFailures(),
                    std::back_inserter(packages.checked.failures));
  if (const std::string remark = discovery->Remark(); !remark.empty()) {
    PrintMessage(remark);
  }
  KeepToEnd(discovery);
  return builder.Finish(packages.pool);
}

namespace {

// Calls `print(program, function, text)` for each root.
template <typename Fn>
ExitCode PrintRoots(const Options& options,
                    const loader::Environment& environment, Output& out,
                    const Fn& print) {
  const std::unique_ptr<DebugPackages> packages =
      CheckForDebug(options, environment);
  if (packages == nullptr) {
    return kUsageError;
  }
  const std::unique_ptr<dataflow::Program> program =
      MakeProgram(*packages, checks::knowledge::ModelOf);
  bool has_printed = false;
  for (uint32_t i = 0; i < program->nodes().size() && out.error() == 0; ++i) {
    const dataflow::FunctionId id{i};
    const dataflow::Node& node = program->node(id);
    if (!node.is_root || (options.func && node.body->name() != *options.func)) {
      continue;
    }
    std::string text;
    print(*program, id, text);
    out.Write(text);
    has_printed = true;
  }
  if (options.func && !has_printed) {
    PrintMessage("there is no function `" + *options.func + "`");
    return kIncomplete;
  }
  for (const loader::Problem& failure : packages->checked.failures) {
    PrintMessage(failure.path + ": " + failure.message);
  }
  const bool has_errors = PrintErrors(*packages);
  return packages->checked.failures.empty() && !has_errors ? kClean
                                                           : kIncomplete;
}

}  // namespace

ExitCode RunDebugCalls(const Options& options,
                       const loader::Environment& environment, Output& out) {
  return PrintRoots(options, environment, out,
                    [](const dataflow::Program& program,
                       dataflow::FunctionId id, std::string& text) {
                      text += NameOf(program, id);
                      text += program.MayHaveOtherCallers(id)
                                  ? " (may have other callers)\n"
                                  : "\n";
                      PrintCalls(program, id, text);
                    });
}

ExitCode RunDebugSummaries(const Options& options,
                           const loader::Environment& environment,
                           Output& out) {
  return PrintRoots(options, environment, out,
                    [](const dataflow::Program& program,
                       dataflow::FunctionId id, std::string& text) {
                      text += NameOf(program, id) + ": " +
                              SummaryText(program.SummaryOf(id)) + "\n";
                    });
}

}  // namespace gdlint::driver
