#include "driver/lint_types.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "driver/type_check.h"
#include "loader/package.h"
#include "report/finding.h"

namespace gdlint::driver {
namespace {

constexpr size_t kMaxErrorsOfPackage = 10;
constexpr size_t kMaxWarnings = 10;
// As in types/codes.def.
constexpr std::string_view kBrokenImport = "broken-import";

bool Says(const types::TypeError& error, std::string_view words) {
  return error.diagnostic.text.find(words) != std::string::npos;
}

class TypeErrors {
 public:
  TypeErrors(const LintProgram& program, const Options& options,
             std::vector<FileResult>& results)
      : program_(program), options_(options), results_(results) {}

  void Add(const CheckedPackages& checked) {
    const loader::PackageGraph& graph = checked.graph;
    graph_ = &graph;
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

  // What a package does not know all about.
  enum class Lacks : uint8_t {
    kNothing,
    // It uses a package that imports "C".
    kBelow,
    // It imports "C", or a package is missing that it needs: of that nobody
    // knows what it declares, and packages are guessed by their paths.
    kDeclarations,
  };

  bool IsAboutUnknown(const loader::Package& package,
                      const types::TypeError& error) {
    if (error.is_about_unknown || Says(error, "(unknown type")) {
      return true;
    }
    const Lacks lacks = LacksOf(package);
    return lacks == Lacks::kDeclarations ||
           (lacks == Lacks::kBelow &&
            (Says(error, "invalid type") ||
             error.diagnostic.code == "invalid-conversion"));
  }

  Lacks LacksOf(const loader::Package& package) {
    const auto [at, is_new] = lacks_.try_emplace(&package, Lacks::kNothing);
    if (!is_new) {
      return at->second;
    }
    Lacks lacks = Lacks::kNothing;
    if (std::ranges::any_of(package.files, &loader::PackageFile::imports_c)) {
      lacks = Lacks::kDeclarations;
    }
    for (const loader::Import& import : package.imports) {
      if (import.package == loader::kMissing) {
        lacks = Lacks::kDeclarations;
      } else if (loader::IsLoaded(import.package) &&
                 !graph_->packages[import.package].is_standard) {
        const loader::Package& below = graph_->packages[import.package];
        Lacks its = LacksOf(below);
        if (its == Lacks::kDeclarations &&
            std::ranges::any_of(below.files, &loader::PackageFile::imports_c)) {
          its = Lacks::kBelow;
        }
        lacks = std::max(lacks, its);
      }
    }
    return lacks_[&package] = lacks;
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
      const auto input = program_.InputOf(*error.file);
      if (!input || results_[*input].outcome == Outcome::kExcluded ||
          !seen_
               .emplace(*input, error.diagnostic.span.begin,
                        error.diagnostic.text)
               .second) {
        continue;
      }
      AddError(loaded.dir + ":" + package.name, *input, error);
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

  const LintProgram& program_;
  const Options& options_;
  const loader::PackageGraph* graph_ = nullptr;
  std::map<const loader::Package*, Lacks> lacks_;
  std::vector<FileResult>& results_;
  std::set<std::tuple<size_t, source::Pos, std::string>> seen_;
  // By package, how many errors it has.
  std::map<std::string, size_t> broken_;
  TypeCheckSummary summary_;
};

}  // namespace

TypeCheckSummary AddTypeErrors(const LintProgram& program,
                               const Options& options,
                               std::vector<FileResult>& results) {
  if (program.checked() == nullptr) {
    return {};
  }
  TypeErrors errors(program, options, results);
  errors.Add(*program.checked());
  TypeCheckSummary summary = errors.TakeSummary();
  if (!program.has_standard() && !summary.warnings.empty()) {
    summary.warnings = {
        "no Go installation found: the standard library's types are unknown "
        "(--goroot names one)"};
  }
  return summary;
}

}  // namespace gdlint::driver
