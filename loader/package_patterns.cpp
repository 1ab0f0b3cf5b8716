#include "loader/package_patterns.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>
#include <utility>

#include "loader/directory.h"
#include "loader/import_pattern.h"

namespace gdlint::loader {
namespace {

bool IsLocal(std::string_view pattern) {
  return pattern == "." || pattern == ".." || pattern.starts_with("./") ||
         pattern.starts_with("../") || pattern.starts_with('/') ||
         pattern.starts_with(kWildcard);
}

bool HasWildcard(std::string_view pattern) {
  return pattern.find(kWildcard) != std::string_view::npos;
}

std::string JoinImportPath(const std::string& prefix, const std::string& name) {
  return prefix.empty() ? name : prefix + "/" + name;
}

// As `ignore` lines have it: `./x` is below the root only, `x` anywhere.
bool IsIgnoredPath(const std::vector<std::string>& ignored,
                   std::string_view below) {
  if (ignored.empty() || below.empty()) {
    return false;
  }
  const std::string path = "/" + std::string(below) + "/";
  return std::ranges::any_of(ignored, [&](std::string_view pattern) {
    const bool at_root = pattern.starts_with("./");
    pattern.remove_prefix(at_root ? 2 : 0);
    while (pattern.ends_with('/')) {
      pattern.remove_suffix(1);
    }
    while (pattern.starts_with('/')) {
      pattern.remove_prefix(1);
    }
    const std::string wanted = "/" + std::string(pattern) + "/";
    return at_root ? path.starts_with(wanted)
                   : path.find(wanted) != std::string::npos;
  });
}

class Finder {
 public:
  Finder(const std::string& working_dir, const BuildContext& context,
         Workspaces& workspaces, PackageDirs& dirs, TaskPool* pool)
      : working_dir_(working_dir),
        context_(context),
        workspaces_(workspaces),
        dirs_(dirs),
        pool_(pool) {}

  void Add(const std::string& pattern) {
    matched_ = 0;
    if (pattern.empty()) {
      out_.usage_errors.emplace_back("an argument is empty");
    } else if (pattern == "std" || pattern == "cmd") {
      AddStandard(pattern);
    } else if (pattern == "all" || pattern == "work") {
      AddMain(pattern);
    } else if (pattern == "tool") {
      for (const std::string& tool : workspaces_[Workspaces::kHere].Tools()) {
        AddImportPath(tool);
      }
    } else if (pattern.ends_with(".go") && !HasWildcard(pattern) &&
               !IsDirectory(Absolute(pattern))) {
      AddFile(pattern);
    } else if (IsLocal(pattern)) {
      if (HasWildcard(pattern)) {
        AddDirectories(pattern);
      } else {
        AddDirectory(pattern);
      }
    } else if (HasWildcard(pattern)) {
      AddImportPattern(pattern);
    } else {
      AddImportPath(pattern);
    }
  }

  NamedPackages Take() {
    for (auto& [dir, files] : files_) {
      out_.packages.push_back({.import_path = {},
                               .workspace = workspaces_.Of(dir),
                               .dir = dir,
                               .files = std::move(files),
                               .is_literal = true});
    }
    const auto key = [](const NamedPackage& package) {
      return std::pair(package.import_path, package.workspace);
    };
    std::ranges::stable_sort(out_.packages, {}, key);
    std::vector<NamedPackage> unique;
    for (NamedPackage& package : out_.packages) {
      if (!unique.empty() && key(unique.back()) == key(package) &&
          package.files.empty()) {
        unique.back().is_literal |= package.is_literal;
      } else {
        unique.push_back(std::move(package));
      }
    }
    out_.packages = std::move(unique);
    return std::move(out_);
  }

 private:
  // A directory that may be a package.
  struct Found {
    std::string dir;
    std::string name;
  };

  std::string Absolute(const std::string& path) const {
    return AbsolutePath(path.starts_with('/') ? path
                                              : working_dir_ + "/" + path);
  }

  void AddFile(const std::string& pattern) {
    const std::string absolute = Absolute(pattern);
    if (!std::filesystem::exists(absolute)) {
      out_.usage_errors.push_back(pattern + ": no such file or directory");
      return;
    }
    std::vector<std::string>& files =
        files_[std::filesystem::path(absolute).parent_path()];
    if (std::ranges::find(files, pattern) == files.end()) {
      files.push_back(pattern);
    }
  }

  void AddStandard(const std::string& pattern) {
    const std::string& src = workspaces_.standard_dir();
    if (src.empty()) {
      out_.usage_errors.push_back(
          pattern + ": there is no Go installation (see --goroot)");
      return;
    }
    const bool is_cmd = pattern == "cmd";
    Workspace::Tree tree = {.root = is_cmd ? src + "/cmd" : src,
                            .prefix = is_cmd ? "cmd" : "",
                            .stops_at_vendor = false,
                            .stops_at_modules = false,
                            .ignored = {}};
    std::vector<Found> found;
    Walk(
        tree, [](std::string_view) { return true; },
        [&](std::string_view name) {
          return is_cmd || (IsStandardPath(name) && name != "cmd");
        },
        found);
    for (Found& package : Existing(std::move(found))) {
      // The programs that cmd brings along are not its own.
      if (!is_cmd || !package.name.starts_with("cmd/vendor/") ||
          dirs_[package.dir].name != "main") {
        AddFound(std::move(package), Workspaces::kStandard);
      }
    }
  }

  void AddMain(const std::string& pattern) {
    Workspace& workspace = workspaces_[Workspaces::kHere];
    if (!workspace.has_main_module()) {
      out_.usage_errors.push_back(pattern +
                                  ": there is no go.mod in the working "
                                  "directory or above it");
      return;
    }
    std::vector<Found> found;
    const auto any = [](std::string_view) { return true; };
    for (const Workspace::Tree& tree : workspace.MainTrees()) {
      Walk(tree, any, any, found);
    }
    AddAll(std::move(found), Workspaces::kHere);
    if (pattern == "all") {
      out_.with_imports = true;
      for (const std::string& tool : workspace.Tools()) {
        AddImportPath(tool);
      }
    }
  }

  void AddDirectory(const std::string& pattern) {
    const std::string dir = Absolute(pattern);
    if (!IsDirectory(dir)) {
      out_.usage_errors.push_back(pattern + ": no such file or directory");
      return;
    }
    if (!dirs_.HasGoFiles(dir)) {
      out_.usage_errors.push_back(pattern + ": no Go files in " + dir);
      return;
    }
    AddDir(dir, /*is_literal=*/true);
  }

  void AddDir(const std::string& dir, bool is_literal) {
    if (const auto standard = workspaces_.StandardPathOf(dir)) {
      if (!standard->empty() && *standard != "builtin") {
        out_.packages.push_back({.import_path = *standard,
                                 .workspace = Workspaces::kStandard,
                                 .dir = dir,
                                 .files = {},
                                 .is_literal = is_literal});
      } else if (is_literal) {
        out_.usage_errors.push_back(dir + ": not an importable package");
      }
      return;
    }
    const size_t workspace = workspaces_.Of(dir);
    out_.packages.push_back(
        {.import_path =
             workspaces_[workspace].ImportPathOf(dir).value_or("_" + dir),
         .workspace = workspace,
         .dir = dir,
         .files = {},
         .is_literal = is_literal});
  }

  void AddDirectories(const std::string& pattern) {
    // `./x/...y` begins in `./x`.
    const size_t slash = pattern.rfind('/', pattern.find(kWildcard));
    const bool has_base = slash != std::string::npos;
    const std::string base =
        Absolute(has_base ? pattern.substr(0, slash + 1) : ".");
    if (!IsDirectory(base)) {
      out_.usage_errors.push_back(pattern + ": no such directory: " + base);
      return;
    }
    const std::string tail = has_base ? pattern.substr(slash) : "/" + pattern;
    const ImportPattern matcher((base == "/" ? "" : base) + tail);
    Workspace::Tree tree = {
        .root = base,
        .prefix = base,
        .stops_at_vendor = tail.find("vendor") == std::string::npos,
        .stops_at_modules = true,
        .ignored = {}};
    if (!workspaces_.StandardPathOf(base)) {
      for (const Workspace::Tree& main :
           workspaces_[workspaces_.Of(base)].MainTrees()) {
        if (PathBelow(base, main.root) != nullptr) {
          tree.ignored = main.ignored;
          ignored_root_ = main.root;
        }
      }
    }
    std::vector<Found> found;
    Walk(
        tree, [&](std::string_view name) { return matcher.Matches(name); },
        [](std::string_view) { return true; }, found);
    ignored_root_.clear();
    for (const Found& package : Existing(std::move(found))) {
      ++matched_;
      AddDir(package.dir, /*is_literal=*/false);
    }
    WarnUnmatched(pattern);
  }

  void AddImportPath(const std::string& path) {
    if (workspaces_.HasStandard(path)) {
      out_.packages.push_back({.import_path = path,
                               .workspace = Workspaces::kStandard,
                               .dir = workspaces_.standard_dir() + "/" + path,
                               .files = {},
                               .is_literal = true});
      return;
    }
    std::string problem = ImportPathProblem(path);
    if (problem.empty()) {
      const PackagePlace& place = workspaces_[Workspaces::kHere].Find(path);
      if (!place.dir.empty()) {
        out_.packages.push_back({.import_path = path,
                                 .workspace = Workspaces::kHere,
                                 .dir = place.dir,
                                 .files = {},
                                 .is_literal = true});
        return;
      }
      problem = place.problem;
    }
    // Nobody writes `dir` for `./dir` but people.
    if (IsDirectory(Absolute(path))) {
      AddDirectory(path);
      return;
    }
    if (workspaces_.standard_dir().empty() && IsStandardPath(path)) {
      problem += "; there is no Go installation to look in (see --goroot)";
    }
    out_.usage_errors.push_back(path + ": no such directory, and " + problem);
  }

  void AddImportPattern(const std::string& pattern) {
    const ImportPattern matcher(pattern);
    const auto matches = [&](std::string_view name) {
      return matcher.Matches(name);
    };
    const auto may_match = [&](std::string_view name) {
      return matcher.MayMatchBelow(name);
    };
    const std::string& src = workspaces_.standard_dir();
    if (!src.empty()) {
      std::vector<Found> found;
      for (const char* const prefix : {"", "cmd"}) {
        if (may_match(prefix)) {
          Walk({.root = *prefix == '\0' ? src : src + "/" + prefix,
                .prefix = prefix,
                .stops_at_vendor = false,
                .stops_at_modules = true,
                .ignored = {}},
               matches, may_match, found);
        }
      }
      AddAll(std::move(found), Workspaces::kStandard);
    }
    // Only where a module can match is the graph of modules worth reading.
    Workspace& workspace = workspaces_[Workspaces::kHere];
    if (workspace.has_main_module() &&
        (matched_ == 0 || !IsStandardPath(pattern))) {
      std::vector<Found> found;
      for (const Workspace::Tree& tree : workspace.AllTrees()) {
        if (may_match(tree.prefix)) {
          Walk(tree, matches, may_match, found);
        }
      }
      AddAll(std::move(found), Workspaces::kHere);
    }
    if (matched_ == 0 &&
        IsDirectory(Absolute(pattern.substr(
            0, pattern.find_last_of('/', pattern.find(kWildcard)))))) {
      AddDirectories("./" + pattern);
      return;
    }
    WarnUnmatched(pattern);
  }

  void WarnUnmatched(const std::string& pattern) {
    if (matched_ == 0) {
      out_.warnings.push_back("\"" + pattern + "\" matched no packages");
    }
  }

  // Adds the directories of a tree whose import paths match. Iterative: the
  // depth of a tree is its author's choice.
  void Walk(const Workspace::Tree& tree,
            const std::function<bool(std::string_view)>& matches,
            const std::function<bool(std::string_view)>& may_match,
            std::vector<Found>& found) {
    std::vector<Found> pending = {{.dir = tree.root, .name = tree.prefix}};
    while (!pending.empty()) {
      Found at = std::move(pending.back());
      pending.pop_back();
      const bool is_root = at.dir == tree.root;
      if (!is_root &&
          (!may_match(at.name) ||
           IsIgnoredPath(tree.ignored, BelowIgnored(tree, at.dir)) ||
           (tree.stops_at_modules && dirs_.HasGoMod(at.dir)))) {
        continue;
      }
      const bool is_vendor = !is_root && at.dir.ends_with("/vendor");
      if (!is_vendor || !tree.stops_at_vendor) {
        for (const std::string& name : dirs_.Subdirectories(at.dir)) {
          if (!IsHiddenName(name) && name != "testdata") {
            pending.push_back({.dir = JoinPath(at.dir, name),
                               .name = JoinImportPath(at.name, name)});
          }
        }
      }
      if (!at.name.empty() && matches(at.name)) {
        found.push_back(std::move(at));
      }
    }
  }

  std::string_view BelowIgnored(const Workspace::Tree& tree,
                                const std::string& dir) const {
    const char* const below =
        PathBelow(dir, ignored_root_.empty() ? tree.root : ignored_root_);
    return below == nullptr ? std::string_view() : below;
  }

  // Those that have files.
  std::vector<Found> Existing(std::vector<Found> found) {
    std::erase_if(found, [&](const Found& package) {
      return !dirs_.HasGoFiles(package.dir);
    });
    std::vector<std::string> dirs;
    for (const Found& package : found) {
      dirs.push_back(package.dir);
    }
    dirs_.Read(dirs, pool_);
    std::erase_if(found, [&](const Found& package) {
      const PackageDir& contents = dirs_[package.dir];
      return (contents.files.empty() && contents.problems.empty()) ||
             package.name == "builtin" ||
             (package.name == "runtime/cgo" && !context_.cgo_enabled());
    });
    return found;
  }

  void AddAll(std::vector<Found> found, size_t workspace) {
    for (Found& package : Existing(std::move(found))) {
      AddFound(std::move(package), workspace);
    }
  }

  void AddFound(Found package, size_t workspace) {
    ++matched_;
    out_.packages.push_back({.import_path = std::move(package.name),
                             .workspace = workspace,
                             .dir = std::move(package.dir),
                             .files = {}});
  }

  const std::string& working_dir_;
  const BuildContext& context_;
  Workspaces& workspaces_;
  PackageDirs& dirs_;
  TaskPool* const pool_;
  NamedPackages out_;
  // By absolute directory: files that were named.
  std::map<std::string, std::vector<std::string>> files_;
  // Of the pattern at hand.
  size_t matched_ = 0;
  std::string ignored_root_;
};

}  // namespace

Workspaces::Workspaces(const std::string& working_dir,
                       const ModuleSettings& settings, PackageDirs& dirs,
                       std::vector<PackageModule>& modules)
    : settings_(settings), dirs_(dirs), modules_(modules) {
  if (!settings.goroot.empty()) {
    standard_dir_ = JoinPath(settings.goroot, "src");
    std::error_code error;
    real_standard_dir_ = std::filesystem::canonical(standard_dir_, error);
  }
  all_.push_back(
      std::make_unique<Workspace>(working_dir, settings, dirs, modules));
}

std::optional<std::string> Workspaces::StandardPathOf(const std::string& dir) {
  if (standard_dir_.empty()) {
    return std::nullopt;
  }
  const char* below = PathBelow(dir, standard_dir_);
  const bool is_real = below == nullptr && !real_standard_dir_.empty();
  const std::string& root = is_real ? real_standard_dir_ : standard_dir_;
  if (is_real) {
    below = PathBelow(dir, root);
  }
  if (below == nullptr) {
    return std::nullopt;
  }
  // Modules below, such as those in testdata, are modules of their own.
  const std::string cmd = root + "/cmd";
  for (std::string at = dir; at.size() > root.size();
       at.resize(at.rfind('/'))) {
    if (at != cmd && dirs_.HasGoMod(at)) {
      return std::nullopt;
    }
  }
  return below;
}

bool Workspaces::HasStandard(const std::string& import_path) {
  return !standard_dir_.empty() && IsStandardPath(import_path) &&
         ImportPathProblem(import_path).empty() &&
         dirs_.HasGoFiles(standard_dir_ + "/" + import_path);
}

size_t Workspaces::Of(const std::string& dir) {
  if (StandardPathOf(dir)) {
    return kStandard;
  }
  if ((*this)[kHere].IsInMainModule(dir) || (*this)[kHere].ImportPathOf(dir)) {
    return kHere;
  }
  std::string root = dir;
  while (root.size() > 1 && !dirs_.HasGoMod(root)) {
    const size_t slash = root.rfind('/');
    root.resize(slash == 0 ? 1 : slash);
  }
  const auto [found, is_new] = by_root_.emplace(root, end());
  if (is_new) {
    all_.push_back(
        std::make_unique<Workspace>(root, settings_, dirs_, modules_));
  }
  return found->second;
}

NamedPackages FindPackages(const std::vector<std::string>& patterns,
                           const std::string& working_dir,
                           const BuildContext& context, Workspaces& workspaces,
                           PackageDirs& dirs, TaskPool* pool) {
  Finder finder(working_dir, context, workspaces, dirs, pool);
  for (const std::string& pattern : patterns) {
    finder.Add(pattern);
  }
  return finder.Take();
}

}  // namespace gdlint::loader
