#include "driver/lint_types.h"

#include <algorithm>
#include <exception>
#include <map>
#include <new>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "driver/type_check.h"
#include "loader/goroot.h"
#include "loader/modules.h"
#include "loader/package.h"
#include "report/finding.h"

namespace gdlint::driver {
namespace {

constexpr size_t kMaxErrorsOfPackage = 10;
constexpr size_t kMaxWarnings = 10;
// As in types/codes.def.
constexpr std::string_view kBrokenImport = "broken-import";

std::string DirOf(const std::string& path) {
  const std::string absolute = loader::AbsolutePath(path);
  return absolute.substr(0, std::max<size_t>(absolute.rfind('/'), 1));
}

class TypeErrors {
 public:
  TypeErrors(std::span<const Input> inputs, const Options& options,
             std::vector<FileResult>& results)
      : inputs_(inputs), options_(options), results_(results) {
    for (size_t i = 0; i < inputs.size(); ++i) {
      if (!inputs[i].is_standard_input) {
        by_path_[loader::AbsolutePath(inputs[i].path.path)] = i;
        dirs_.insert(DirOf(inputs[i].path.path));
      }
    }
  }

  std::vector<std::string> Dirs() const { return {dirs_.begin(), dirs_.end()}; }

  void Add(const CheckedPackages& checked) {
    const loader::PackageGraph& graph = checked.graph;
    for (const loader::PackageIndex root : graph.roots) {
      const loader::Package& package = graph.packages[root];
      if (!HasSyntaxErrors(checked, package)) {
        AddPackage(package, *checked.packages[root]);
      }
    }
    summary_.broken_packages = broken_.size();
    summary_.warnings = graph.usage_errors;
    AddWarnings(graph);
  }

  TypeCheckSummary TakeSummary() { return std::move(summary_); }

 private:
  static bool HasSyntaxErrors(const CheckedPackages& checked,
                              const loader::Package& package) {
    return std::ranges::any_of(
        package.files, [&](const loader::PackageFile& file) {
          const parser::ParsedFile& parsed = checked.parsed[file.source_index];
          return !parsed.errors.empty() || !parsed.late_errors.empty();
        });
  }

  // Errors that only say that something is unknown come from what is not there:
  // members of package C, and of packages that are missing.
  static bool IsAboutUnknown(const loader::Package& package,
                             const types::TypeError& error) {
    const bool says_so =
        error.diagnostic.text.find("invalid type") != std::string::npos;
    return error.is_about_unknown ||
           (says_so && (std::ranges::any_of(package.files,
                                            &loader::PackageFile::imports_c) ||
                        std::ranges::any_of(
                            package.imports, [](const loader::Import& import) {
                              return import.package == loader::kMissing;
                            })));
  }

  // A package and its test variant have the same errors: each is taken once.
  void AddPackage(const loader::Package& loaded,
                  const types::Package& package) {
    for (const types::TypeError& error : package.errors) {
      // Of what is missing the loader tells, once for all packages.
      if (error.file == nullptr || error.diagnostic.code == kBrokenImport ||
          IsAboutUnknown(loaded, error)) {
        continue;
      }
      const auto input =
          by_path_.find(loader::AbsolutePath(error.file->source->name()));
      if (input == by_path_.end() ||
          results_[input->second].outcome == Outcome::kExcluded ||
          !seen_
               .emplace(input->second, error.diagnostic.span.begin,
                        error.diagnostic.text)
               .second) {
        continue;
      }
      AddError(loaded.dir + ":" + package.name, input->second, error);
    }
  }

  void AddError(const std::string& package, size_t input,
                const types::TypeError& error) {
    FileResult& result = results_[input];
    size_t& count = broken_[package];
    ++count;
    if (!options_.all_errors && count > kMaxErrorsOfPackage) {
      ++result.more_errors;
      return;
    }
    result.errors.push_back(
        report::MakeFinding(error.diagnostic, error.file->Lines()));
  }

  void AddWarnings(const loader::PackageGraph& graph) {
    const std::vector<loader::Problem> problems = loader::ImportProblems(graph);
    for (const loader::Problem& problem : problems) {
      if (summary_.warnings.size() == kMaxWarnings && !options_.all_errors) {
        summary_.warnings.push_back(
            "and " + std::to_string(problems.size() - kMaxWarnings) +
            " more imports are missing (--errors names them all)");
        break;
      }
      summary_.warnings.push_back(problem.path + ": " + problem.message);
    }
  }

  std::span<const Input> inputs_;
  const Options& options_;
  std::vector<FileResult>& results_;
  std::map<std::string, size_t> by_path_;
  std::set<std::string> dirs_;
  std::set<std::tuple<size_t, source::Pos, std::string>> seen_;
  // By package, how many errors it has.
  std::map<std::string, size_t> broken_;
  TypeCheckSummary summary_;
};

}  // namespace

namespace {

TypeCheckSummary CheckTypes(std::span<const Input> inputs,
                            const Options& options,
                            const loader::BuildContext& context,
                            const loader::Environment& environment,
                            TaskPool& pool, std::vector<FileResult>& results) {
  TypeErrors errors(inputs, options, results);
  std::vector<std::string> dirs = errors.Dirs();
  const auto goroot = loader::FindGoroot(options.goroot, environment);
  if (goroot) {
    // It only documents what is built in.
    std::erase(dirs, loader::AbsolutePath(*goroot + "/src/builtin"));
  }
  if (dirs.empty()) {
    return {};
  }
  CheckedPackages checked(types::Sizes::ForArchitecture(context.goarch()));
  checked.graph = loader::LoadPackages(dirs,
                                       {.tests = options.tests,
                                        .goroot = options.goroot,
                                        .max_file_size = options.max_file_size},
                                       context, environment, &pool);
  CheckPackages(checked,
                {.lang = options.lang,
                 .bodies = true,
                 .only_widest_variant = true,
                 .skip_syntax_errors = true,
                 .keep_facts = false},
                pool);
  errors.Add(checked);
  TypeCheckSummary summary = errors.TakeSummary();
  if (!goroot && !summary.warnings.empty()) {
    summary.warnings = {
        "no Go installation found: the standard library's types are unknown "
        "(--goroot names one)"};
  }
  summary.failures = std::move(checked.failures);
  std::ranges::sort(summary.failures, {}, &loader::Problem::path);
  return summary;
}

}  // namespace

TypeCheckSummary AddTypeErrors(std::span<const Input> inputs,
                               const Options& options,
                               const loader::BuildContext& context,
                               const loader::Environment& environment,
                               TaskPool& pool,
                               std::vector<FileResult>& results) {
  TypeCheckSummary summary;
  try {
    return CheckTypes(inputs, options, context, environment, pool, results);
  } catch (const std::bad_alloc&) {
    summary.failures.push_back({.path = "types", .message = "out of memory"});
  } catch (const std::exception& error) {
    summary.failures.push_back(
        {.path = "types",
         .message = std::string("internal error: ") + error.what()});
  }
  return summary;
}

}  // namespace gdlint::driver
