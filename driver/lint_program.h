// The packages of a lint run: loaded and type-checked once, for all that comes
// after.

#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "driver/analysis.h"
#include "driver/options.h"
#include "driver/type_check.h"
#include "loader/build_context.h"
#include "parser/parser.h"
#include "support/task_pool.h"

namespace gdlint::driver {

// A package whose functions are analysed.
struct LintPackage {
  const types::Package* package = nullptr;
  // Null for loose files.
  const loader::Package* loaded = nullptr;
  // Whose types it uses.
  types::TypeTable* table = nullptr;
};

class LintProgram {
 public:
  LintProgram(std::span<const Input> inputs, const Options& options,
              const loader::BuildContext& context,
              const loader::Environment& environment);
  LintProgram(const LintProgram&) = delete;
  LintProgram& operator=(const LintProgram&) = delete;

  // Loads and checks the packages that the inputs are of, with their tests, and
  // gives inputs the texts and trees that come with that. Inputs that are in no
  // package are loose: see AddLoose. May throw std::bad_alloc.
  void Load(std::span<Input> inputs, TaskPool& pool);

  // Checks the files of each as a package: standard input, files of another
  // platform that were named. The files must live as long as this.
  void AddLoose(std::span<const LoosePackageFiles> packages, TaskPool& pool);

  // Null if there was nothing to load.
  const CheckedPackages* checked() const { return checked_.get(); }
  // All tables of packages; null for what there is none of.
  std::array<CheckedPackages*, 2> all_checked() const {
    return {checked_.get(), loose_imports_.get()};
  }
  // Installed, or what is built in.
  bool has_standard() const { return has_standard_; }
  // Those whose bodies were checked, by path; loose ones last.
  const std::vector<LintPackage>& packages() const { return packages_; }
  // The input that a file of `packages` is; none for files nobody asked for.
  std::optional<size_t> InputOf(const types::File& file) const;
  // What could not be checked to the end, by name.
  std::vector<loader::Problem> TakeFailures();

 private:
  std::unique_ptr<types::Package> MakeLoose(const LoosePackageFiles& files);

  const Options& options_;
  const loader::BuildContext& context_;
  const loader::Environment& environment_;
  bool has_standard_ = false;
  std::map<std::string, size_t> input_by_path_;
  std::unordered_map<const source::SourceFile*, size_t> input_by_source_;
  std::unique_ptr<CheckedPackages> checked_;
  std::vector<LintPackage> packages_;
  // Of loose files: what they import, and they themselves.
  std::unique_ptr<CheckedPackages> loose_imports_;
  std::deque<std::unique_ptr<types::Package>> loose_;
  std::set<std::string> paths_;
};

}  // namespace gdlint::driver
