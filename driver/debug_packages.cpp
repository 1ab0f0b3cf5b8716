#include "driver/debug_packages.h"

#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "driver/output.h"
#include "driver/standard_api.h"
#include "driver/type_errors.h"
#include "loader/package.h"

namespace gdlint::driver {
namespace {

void PrintError(std::string_view line) {
  // A broken standard error is nobody's loss.
  (void)!write(STDERR_FILENO, line.data(), line.size());
}

// Names what could not be loaded. False if nothing can be done.
bool ReportProblems(const loader::PackageGraph& graph) {
  for (const std::string& error : graph.usage_errors) {
    PrintMessage(error);
  }
  for (const loader::Problem& problem : graph.problems) {
    PrintMessage(problem.path + ": " + problem.message);
  }
  for (const std::string& warning : graph.warnings) {
    PrintMessage(warning);
  }
  for (const loader::Package& package : graph.packages) {
    for (const loader::Problem& problem : package.problems) {
      PrintMessage(problem.path + ": " + problem.message);
    }
  }
  return graph.usage_errors.empty();
}

// Sorted by import path, without the programs that run tests.
std::vector<loader::PackageIndex> PrintOrder(
    const loader::PackageGraph& graph) {
  std::vector<loader::PackageIndex> order;
  for (const loader::PackageIndex root : graph.roots) {
    if (!graph.packages[root].is_test_main) {
      order.push_back(root);
    }
  }
  std::ranges::sort(order, {}, [&](loader::PackageIndex index) {
    return graph.packages[index].import_path;
  });
  return order;
}

}  // namespace

DebugPackages::DebugPackages(const Options& options,
                             const loader::BuildContext& context)
    : pool(JobCount(options)), checked(SizesOf(context)) {}

std::unique_ptr<DebugPackages> CheckForDebug(
    const Options& options, const loader::Environment& environment) {
  std::vector<std::string> patterns(options.arguments.begin() + 1,
                                    options.arguments.end());
  if (patterns.empty()) {
    patterns.emplace_back(".");
  }
  const auto context = loader::BuildContext::Make(options.build, environment);
  auto packages = std::make_unique<DebugPackages>(options, context);
  CheckedPackages& checked = packages->checked;
  checked.graph = LoadForDebug(patterns, options.tests_given && options.tests,
                               options, context, environment, packages->pool);
  if (!ReportProblems(checked.graph)) {
    return nullptr;
  }
  CheckPackages(checked, {.lang = options.lang, .bodies = true},
                packages->pool);
  packages->order = PrintOrder(checked.graph);
  return packages;
}

bool PrintErrors(const DebugPackages& packages) {
  const CheckedPackages& checked = packages.checked;
  bool has_errors = false;
  for (const loader::PackageIndex index : packages.order) {
    for (const loader::PackageFile& file :
         checked.graph.packages[index].files) {
      for (const std::string& line :
           SyntaxErrorLines(*file.source, checked.parsed[file.source_index])) {
        PrintError(line);
        has_errors = true;
      }
    }
    for (const std::string& line : TypeErrorLines(*checked.packages[index])) {
      PrintError(line);
      has_errors = true;
    }
  }
  return has_errors;
}

types::Sizes SizesOf(const loader::BuildContext& context) {
  return types::Sizes::ForArchitecture(context.goarch());
}

loader::PackageGraph LoadForDebug(const std::vector<std::string>& patterns,
                                  bool tests, const Options& options,
                                  const loader::BuildContext& context,
                                  const loader::Environment& environment,
                                  TaskPool& pool) {
  return loader::LoadPackages(patterns,
                              {.tests = tests,
                               .goroot = options.goroot,
                               .max_file_size = options.max_file_size,
                               .standard = StandardApi()},
                              context, environment, &pool);
}

}  // namespace gdlint::driver
