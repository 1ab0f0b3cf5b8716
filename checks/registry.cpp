#include "checks/registry.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "checks/syntax/file_index.h"

namespace gdlint::checks {

#define GDLINT_CHECK(name) extern const Check name;
#include "checks/checks.def"

// A list rather than self-registering objects: the order is fixed, nothing runs
// before main, and a linker cannot drop a check that nobody refers to.
std::span<const Check* const> AllChecks() {
  static constexpr const Check* kChecks[] = {
#define GDLINT_CHECK(name) &name,
#include "checks/checks.def"
  };
  return kChecks;
}

const Check* FindCheck(std::string_view name) {
  for (const Check* check : AllChecks()) {
    if (check->name == name || std::ranges::count(check->doc.aka, name) > 0) {
      return check;
    }
  }
  return nullptr;
}

std::vector<source::Diagnostic> RunChecks(
    const Package& package, const File& file,
    std::span<const Check* const> checks) {
  const syntax::FileIndex index(*file.tree, file.text);
  std::vector<source::Diagnostic> all;
  for (const Check* check : checks) {
    if (check->needs != Needs::kSyntax) {
      continue;
    }
    Pass pass(*check, package, file, index);
    check->run(pass);
    std::ranges::move(pass.Take(), std::back_inserter(all));
  }
  std::ranges::stable_sort(all, {}, [](const source::Diagnostic& finding) {
    return std::tuple(finding.span, finding.code);
  });
  return all;
}

std::vector<PackageFinding> RunPackageChecks(
    const PackageView& view, std::span<const Check* const> checks) {
  FileIndexes indexes;
  std::vector<PackageFinding> all;
  for (const Check* check : checks) {
    if (check->needs != Needs::kProgram) {
      continue;
    }
    PackagePass pass(*check, view, indexes);
    check->run_package(pass);
    std::ranges::move(pass.Take(), std::back_inserter(all));
  }
  const auto number_of = [&](const types::File* file) {
    return std::ranges::find(view.package->files, file,
                             &std::unique_ptr<types::File>::get) -
           view.package->files.begin();
  };
  std::ranges::stable_sort(all, {}, [&](const PackageFinding& finding) {
    return std::tuple(number_of(finding.file), finding.diagnostic.span,
                      finding.diagnostic.code);
  });
  return all;
}

}  // namespace gdlint::checks
