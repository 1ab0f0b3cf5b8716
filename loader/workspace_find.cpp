// Workspace: from import paths to directories, and back.

#include <algorithm>
#include <array>

#include "loader/directory.h"
#include "loader/go_version.h"
#include "loader/workspace.h"

namespace gdlint::loader {
namespace {

// The language of a module that does not name one.
constexpr source::LangVersion kUnstated = {16};
// From here on a package that is in vendor but not in modules.txt is not used.
constexpr source::LangVersion kVendorByListOnly = {23};

constexpr size_t kMaxImportPath = 4096;

bool IsImportPathByte(char c) {
  return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') ||
         ('0' <= c && c <= '9') || c == '-' || c == '.' || c == '_' ||
         c == '~' || c == '+' || c == '/';
}

// What is below `prefix`, which may be the whole path; nothing if `path` is not
// below. An empty prefix has everything.
std::optional<std::string_view> Below(std::string_view path,
                                      std::string_view prefix) {
  if (prefix.empty()) {
    return path;
  }
  if (!path.starts_with(prefix)) {
    return std::nullopt;
  }
  path.remove_prefix(prefix.size());
  if (path.empty()) {
    return path;
  }
  return path.front() == '/' ? std::optional(path.substr(1)) : std::nullopt;
}

std::string JoinImportPath(std::string_view prefix, std::string_view rest) {
  std::string path(prefix);
  if (!path.empty() && !rest.empty()) {
    path += '/';
  }
  return path += rest;
}

bool HasVendorElement(std::string_view below) {
  return below.starts_with("vendor/") ||
         below.find("/vendor/") != std::string_view::npos;
}

}  // namespace

bool IsStandardPath(std::string_view path) {
  return path.substr(0, path.find('/')).find('.') == std::string_view::npos;
}

std::string ImportPathProblem(std::string_view path) {
  if (path.empty()) {
    return "invalid import path: empty string";
  }
  if (path == "." || path == ".." || path.starts_with("./") ||
      path.starts_with("../")) {
    return "relative import paths are not supported in module mode";
  }
  const auto malformed = [](std::string why) {
    return "malformed import path: " + std::move(why);
  };
  if (path.size() > kMaxImportPath) {
    return malformed("longer than " + std::to_string(kMaxImportPath) +
                     " bytes");
  }
  if (path.front() == '/') {
    return malformed("leading slash");
  }
  if (path.front() == '-') {
    return malformed("leading dash");
  }
  if (!std::ranges::all_of(path, IsImportPathByte)) {
    return malformed("invalid char");
  }
  for (std::string_view rest = path;;) {
    const size_t slash = std::min(rest.find('/'), rest.size());
    if (slash == 0) {
      return malformed(rest.empty() ? "trailing slash" : "double slash");
    }
    if (rest[slash - 1] == '.') {
      return malformed("trailing dot in path element");
    }
    if (slash == rest.size()) {
      break;
    }
    rest.remove_prefix(slash + 1);
  }
  if (path == "std" || path == "cmd" || path == "all" || path == "work" ||
      path == "tool") {
    return "`" + std::string(path) + "` is not an importable package";
  }
  return {};
}

bool Workspace::IsInMainModule(const std::string& dir) {
  return std::ranges::any_of(main_, [&](const MainModule& module) {
    if (PathBelow(dir, module.root) == nullptr) {
      return false;
    }
    for (std::string at = dir; at.size() > module.root.size();) {
      if (dirs_.HasGoMod(at)) {
        return false;
      }
      at.resize(at.rfind('/'));
    }
    return true;
  });
}

const PackagePlace& Workspace::Find(const std::string& import_path) {
  const auto [found, is_new] = found_.try_emplace(import_path);
  if (is_new) {
    found->second = Search(import_path);
  }
  return found->second;
}

PackagePlace Workspace::Search(const std::string& import_path) {
  if (uses_vendor_) {
    return SearchVendor(import_path);
  }
  // Below Go 1.17 a go.mod need not name all modules, so the graph decides.
  const bool needs_graph =
      !main_.empty() && !is_workspace_ && version_ < source::LangVersion{17};
  if (!needs_graph) {
    if (auto place = SearchModules(import_path, nullptr)) {
      return *std::move(place);
    }
  }
  if (main_.empty()) {
    return Missing(import_path);
  }
  if (auto place = SearchModules(import_path, &Graph())) {
    return *std::move(place);
  }
  return Missing(import_path);
}

std::optional<PackagePlace> Workspace::SearchModules(
    const std::string& import_path, const ModuleGraph* graph) {
  std::vector<Candidate> candidates;
  std::string absent;
  for (std::string_view prefix = import_path; !prefix.empty();
       prefix = prefix.substr(0, prefix.rfind('/') == std::string_view::npos
                                     ? 0
                                     : prefix.rfind('/'))) {
    const auto main =
        std::ranges::find_if(main_, [&](const MainModule& module) {
          return module.go_mod.module_path == prefix;
        });
    if (main != main_.end()) {
      if (auto dir = DirInModule(import_path, prefix, main->root, true)) {
        candidates.push_back(
            {*std::move(dir), main->index, std::string(prefix)});
      }
      continue;
    }
    std::optional<std::string> version;
    if (graph != nullptr) {
      version = graph->Selected(prefix);
    } else if (const auto root = roots_.find(prefix); root != roots_.end()) {
      version = root->second;
    }
    if (!version) {
      continue;
    }
    const ModuleVersion module = {.path = std::string(prefix),
                                  .version = *version};
    Dependency& dependency = Locate(module);
    if (!dependency.is_there) {
      absent = Describe(module) + (dependency.is_local
                                       ? ": replacement directory " +
                                             dependency.dir + " does not exist"
                                       : " is not in the module cache (`go mod "
                                         "download` gets it)");
      continue;
    }
    if (auto dir = DirInModule(import_path, prefix, dependency.dir,
                               dependency.is_local)) {
      candidates.push_back(
          {*std::move(dir), IndexOf(module, dependency), Describe(module)});
    }
  }
  if (candidates.size() > 1) {
    std::string names;
    std::ranges::reverse(candidates);
    for (const Candidate& candidate : candidates) {
      names += (names.empty() ? "" : ", ") + candidate.name;
    }
    return PackagePlace{.dir = {},
                        .problem = "ambiguous import: found package " +
                                   import_path +
                                   " in multiple modules: " + names};
  }
  if (candidates.size() == 1) {
    return PackagePlace{.dir = std::move(candidates[0].dir),
                        .module = candidates[0].index,
                        .problem = {}};
  }
  if (!absent.empty()) {
    return PackagePlace{.dir = {},
                        .problem = "no required module provides package " +
                                   import_path + ": " + absent};
  }
  return std::nullopt;
}

PackagePlace Workspace::SearchVendor(const std::string& import_path) {
  std::vector<Candidate> candidates;
  for (const MainModule& module : main_) {
    if (module.go_mod.module_path.empty()) {
      continue;
    }
    if (auto dir = DirInModule(import_path, module.go_mod.module_path,
                               module.root, true)) {
      candidates.push_back({*std::move(dir), module.index, "the main module"});
    }
  }
  const std::string vendor_dir = JoinPath(top_, "vendor");
  std::string remark =
      " (it is not in the vendor directory, and -mod=vendor is in force)";
  if (auto dir = DirInModule(import_path, "", vendor_dir, false)) {
    const VendoredModule* const vendored = vendor_.ModuleOf(import_path);
    if (vendored != nullptr || version_ < kVendorByListOnly) {
      const VendoredModule unknown;
      const VendoredModule& owner = vendored ? *vendored : unknown;
      const auto [at, is_new] = vendored_modules_.emplace(
          owner.module, static_cast<ModuleIndex>(modules_.size()));
      if (is_new) {
        modules_.push_back(
            {.path = owner.module.path,
             .version = owner.module.version,
             .dir = vendor_dir,
             .language = ParseGoVersion(owner.go_line).value_or(kUnstated)});
      }
      candidates.push_back({*std::move(dir), at->second, "vendor"});
    } else {
      remark =
          " (it is in the vendor directory, but not in vendor/modules.txt)";
    }
  }
  if (candidates.size() > 1) {
    return {.dir = {},
            .problem = "ambiguous import: found package " + import_path +
                       " in the main module and in the vendor directory"};
  }
  if (candidates.empty()) {
    PackagePlace missing = Missing(import_path);
    missing.problem += remark;
    return missing;
  }
  return {.dir = std::move(candidates[0].dir),
          .module = candidates[0].index,
          .problem = {}};
}

// An empty prefix is for the vendor directory, which has all paths.
std::optional<std::string> Workspace::DirInModule(std::string_view import_path,
                                                  std::string_view prefix,
                                                  const std::string& root,
                                                  bool is_local) {
  const std::optional<std::string_view> below = Below(import_path, prefix);
  if (!below) {
    return std::nullopt;
  }
  std::string dir = below->empty() ? root : JoinPath(root, std::string(*below));
  if (is_local) {
    // A go.mod on the way begins another module.
    for (std::string at = dir; at.size() > root.size();
         at.resize(at.rfind('/'))) {
      if (dirs_.HasGoMod(at)) {
        return std::nullopt;
      }
    }
  }
  return dirs_.HasGoFiles(dir) ? std::optional(std::move(dir)) : std::nullopt;
}

PackagePlace Workspace::Missing(const std::string& import_path) const {
  if (main_.empty()) {
    return {.dir = {},
            .problem = "no required module provides package " + import_path +
                       ": go.mod file not found in the directory or any "
                       "parent directory"};
  }
  if (IsStandardPath(import_path)) {
    return {.dir = {},
            .problem = "package " + import_path +
                       " is not in std, and no "
                       "required module provides it"};
  }
  for (const auto& [from, to] : replaced_) {
    if (Below(import_path, from.path) && !roots_.contains(from.path) &&
        !is_workspace_) {
      return {.dir = {},
              .problem = "module " + from.path +
                         ", which may provide package " + import_path +
                         ", is replaced but not required"};
    }
  }
  return {.dir = {},
          .problem = "no required module provides package " + import_path};
}

Workspace::Dependency& Workspace::Locate(const ModuleVersion& module) {
  const auto [found, is_new] = dependencies_.try_emplace(module);
  Dependency& dependency = found->second;
  if (is_new) {
    const ModuleVersion actual = Replaced(module);
    dependency.is_local = actual.version.empty();
    dependency.dir = dependency.is_local
                         ? actual.path
                         : settings_.cache.SourceDir(actual).value_or("");
    dependency.is_there =
        !dependency.dir.empty() && IsDirectory(dependency.dir);
  }
  return dependency;
}

ModuleIndex Workspace::IndexOf(const ModuleVersion& module,
                               Dependency& dependency) {
  if (dependency.index == ModuleTable::kNoModule) {
    dependency.index = static_cast<ModuleIndex>(modules_.size());
    const ModuleVersion actual = Replaced(module);
    const GoMod* const go_mod = ReadGoMod(actual);
    modules_.push_back(
        {.path = module.path,
         .version = module.version,
         .dir = dependency.dir,
         .language = go_mod == nullptr ? kUnstated : go_mod->version});
    if (go_mod != nullptr) {
      for (const std::string& warning : go_mod->warnings) {
        warnings_.push_back(Describe(actual) + ": go.mod: " + warning);
      }
    }
  }
  return dependency.index;
}

std::optional<std::string> Workspace::ImportPathOf(const std::string& dir) {
  const MainModule* nearest = nullptr;
  for (const MainModule& module : main_) {
    if (PathBelow(dir, module.root) != nullptr &&
        (nearest == nullptr || module.root.size() > nearest->root.size())) {
      nearest = &module;
    }
  }
  if (nearest != nullptr) {
    const std::string below = PathBelow(dir, nearest->root);
    if (below.starts_with("vendor/") && uses_vendor_) {
      std::string path = below.substr(std::string_view("vendor/").size());
      return vendor_.ModuleOf(path) == nullptr ? std::nullopt
                                               : std::optional(std::move(path));
    }
    if (!nearest->go_mod.module_path.empty() && IsInMainModule(dir)) {
      return JoinImportPath(nearest->go_mod.module_path, below);
    }
  }
  return uses_vendor_ ? std::nullopt : PathInDependency(dir);
}

std::optional<std::string> Workspace::PathInDependency(const std::string& dir) {
  // The graph is needed only for directories that can be a dependency's.
  const bool may_be =
      (!settings_.cache.dir().empty() &&
       PathBelow(dir, settings_.cache.dir()) != nullptr) ||
      std::ranges::any_of(replaced_, [&](const auto& replacement) {
        return replacement.second.version.empty() &&
               PathBelow(dir, replacement.second.path) != nullptr;
      });
  if (!may_be || main_.empty()) {
    return std::nullopt;
  }
  for (const auto& [path, version] : Graph().selected()) {
    if (version.empty()) {
      continue;
    }
    const std::string& root = Locate({.path = path, .version = version}).dir;
    const char* const below = root.empty() ? nullptr : PathBelow(dir, root);
    if (below != nullptr && !HasVendorElement(below)) {
      return JoinImportPath(path, below);
    }
  }
  return std::nullopt;
}

std::vector<Workspace::Tree> Workspace::MainTrees() const {
  std::vector<Tree> trees;
  for (const MainModule& module : main_) {
    trees.push_back({.root = module.root,
                     .prefix = module.go_mod.module_path,
                     .ignored = module.go_mod.ignored});
  }
  return trees;
}

std::vector<Workspace::Tree> Workspace::AllTrees() {
  std::vector<Tree> trees = MainTrees();
  if (main_.empty()) {
    return trees;
  }
  if (uses_vendor_) {
    trees.push_back({.root = JoinPath(top_, "vendor"),
                     .prefix = {},
                     .stops_at_vendor = true,
                     .stops_at_modules = false,
                     .ignored = {}});
    return trees;
  }
  for (const auto& [path, version] : Graph().selected()) {
    const ModuleVersion module = {.path = path, .version = version};
    if (version.empty() || !Locate(module).is_there) {
      continue;
    }
    const GoMod* const go_mod = ReadGoMod(Replaced(module));
    trees.push_back({.root = Locate(module).dir,
                     .prefix = path,
                     .stops_at_vendor = true,
                     .stops_at_modules = Locate(module).is_local,
                     .ignored = go_mod == nullptr ? std::vector<std::string>()
                                                  : go_mod->ignored});
  }
  return trees;
}

std::vector<std::string> Workspace::Tools() const {
  std::vector<std::string> tools;
  for (const MainModule& module : main_) {
    tools.insert(tools.end(), module.go_mod.tools.begin(),
                 module.go_mod.tools.end());
  }
  return tools;
}

}  // namespace gdlint::loader
