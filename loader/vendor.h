// vendor/modules.txt: what a vendor directory holds.

#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loader/go_mod.h"
#include "loader/module_version.h"

namespace gdlint::loader {

struct VendoredModule {
  ModuleVersion module;
  // Named by the main module's go.mod (or by one of the workspace's).
  bool is_explicit = false;
  // Empty if not known.
  std::string go_line;
  // An empty path if it is not replaced.
  ModuleVersion replacement;
};

class VendorList {
 public:
  // Never fails; what cannot be understood is passed over.
  static VendorList Parse(std::string_view text);

  // Made by `go work vendor`.
  bool is_for_workspace() const { return is_for_workspace_; }
  const std::vector<VendoredModule>& modules() const { return modules_; }
  // The module that a vendored package belongs to. Null if it is not listed.
  const VendoredModule* ModuleOf(std::string_view package) const;

 private:
  friend class VendorCheck;

  const VendoredModule* Find(const ModuleVersion& module) const;

  bool is_for_workspace_ = false;
  std::vector<VendoredModule> modules_;
  std::map<ModuleVersion, size_t> by_version_;
  std::map<std::string, size_t, std::less<>> by_package_;
};

// What is wrong if modules.txt and the go.mod files disagree: a line for each
// disagreement. `replaced` are the replacements in force, directories relative
// to the directory that has `vendor`. Before Go 1.14 modules.txt says less, and
// less is asked for.
std::vector<std::string> VendorDisagreements(
    const VendorList& list, std::span<const GoMod* const> main_modules,
    std::span<const Replacement> replaced, bool is_before_go_1_14);

}  // namespace gdlint::loader
