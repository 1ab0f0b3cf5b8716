// Minimal version selection: which version of each module a build uses.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loader/module_version.h"

namespace gdlint::loader {

// What the go.mod of one module version says, after the main modules' excludes.
struct ModuleNeeds {
  std::vector<ModuleVersion> required;
  // Go 1.17 or later: its go.mod names everything that its packages need, so
  // that what its requirements require in turn need not be read.
  bool prunes = false;
};

// Whether the graph leaves out what modules at Go 1.17 require indirectly.
enum class Pruning : uint8_t { kPruned, kUnpruned, kWorkspace };

// Gets what a module version requires; nothing if that cannot be found out.
using NeedsOf = std::function<std::optional<ModuleNeeds>(const ModuleVersion&)>;

// The requirements that are reachable from the main modules. Of each module the
// highest version that any of them asks for is selected.
class ModuleGraph {
 public:
  // So many module versions are read. A file can name more than anyone has.
  static constexpr size_t kMaxModules = 100'000;

  // `main` are the paths of the main modules, which have no version and win
  // against any. With kWorkspace their requirements come from `needs_of`, and
  // `roots` are the main modules; else they are `roots`. `needs_of` is asked
  // once for each module version.
  static ModuleGraph Make(std::span<const std::string> main,
                          std::span<const ModuleVersion> roots, Pruning pruning,
                          const NeedsOf& needs_of);

  // The empty version for a main module. Nothing if no one requires `path`.
  std::optional<std::string> Selected(std::string_view path) const;

  // By path: the selected version of each module.
  const std::map<std::string, std::string, std::less<>>& selected() const {
    return selected_;
  }
  // True if there were more than kMaxModules and the rest was left out.
  bool is_cut_off() const { return is_cut_off_; }

 private:
  std::map<std::string, std::string, std::less<>> selected_;
  bool is_cut_off_ = false;
};

}  // namespace gdlint::loader
