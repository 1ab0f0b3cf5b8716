#include "driver/debug_packages.h"

#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "driver/output.h"
#include "driver/type_errors.h"
#include "loader/package.h"

namespace gdlint::driver {
namespace {

void PrintError(std::string_view line) {
  // A broken standard error is nobody's loss.
  (void)!write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace

unsigned JobCount(const Options& options) {
  return options.jobs == 0 ? AvailableProcessors() : options.jobs;
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
                               .max_file_size = options.max_file_size},
                              context, environment, &pool);
}

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

bool PrintErrors(const CheckedPackages& checked,
                 const std::vector<loader::PackageIndex>& order) {
  bool has_errors = false;
  for (const loader::PackageIndex index : order) {
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

}  // namespace gdlint::driver
