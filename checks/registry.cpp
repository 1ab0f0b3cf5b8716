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
    Pass pass(*check, package, file, index);
    check->run(pass);
    std::ranges::move(pass.Take(), std::back_inserter(all));
  }
  std::ranges::stable_sort(all, {}, [](const source::Diagnostic& finding) {
    return std::tuple(finding.span, finding.code);
  });
  return all;
}

}  // namespace gdlint::checks
