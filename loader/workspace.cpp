#include "loader/workspace.h"

#include <algorithm>
#include <filesystem>

#include "loader/directory.h"
#include "loader/go_work.h"
#include "source/read_file.h"

namespace gdlint::loader {
namespace {

// Far more than a go.mod of a hundred thousand requirements.
constexpr size_t kMaxModFileSize = size_t{16} << 20;
constexpr size_t kMaxVendorListSize = size_t{64} << 20;

// Vendoring says more, and a vendor directory is used by itself, from here on.
constexpr source::LangVersion kVendorByDefault = {14};

std::string Parent(const std::string& absolute) {
  const size_t slash = absolute.rfind('/');
  return absolute.substr(0, slash == 0 ? 1 : slash);
}

// The nearest directory at or above `dir` for which `has` holds; empty if none.
template <typename Fn>
std::string Nearest(std::string dir, Fn has) {
  while (!has(dir)) {
    if (dir.size() <= 1 || dir.front() != '/') {
      return {};
    }
    dir = Parent(dir);
  }
  return dir;
}

std::string Absolute(const std::string& base, const std::string& path) {
  return AbsolutePath(path.starts_with('/') ? path : base + "/" + path);
}

// A directory as modules.txt names it: `./x`, `../x`.
std::string RelativeDir(const std::string& absolute, const std::string& base) {
  std::string relative =
      std::filesystem::path(absolute).lexically_relative(base).string();
  if (relative.empty()) {
    return absolute;
  }
  return IsDirectoryPath(relative) ? relative : "./" + relative;
}

}  // namespace

ModuleSettings ModuleSettings::Make(const Environment& environment) {
  ModuleSettings settings;
  settings.cache = ModuleCache::Find(environment);
  settings.flags = ReadGoFlags(environment);
  settings.go_work = environment("GOWORK").value_or("");
  const std::string temp_dir = environment("TMPDIR").value_or("");
  settings.temp_dir = AbsolutePath(temp_dir.empty() ? "/tmp" : temp_dir);
  return settings;
}

Workspace::Workspace(const std::string& dir, const ModuleSettings& settings,
                     PackageDirs& dirs, std::vector<PackageModule>& modules)
    : settings_(settings), dirs_(dirs), modules_(modules) {
  std::string work_file;
  if (settings.go_work.empty() || settings.go_work == "auto") {
    const std::string found = Nearest(dir, [&](const std::string& at) {
      return IsRegularFile(JoinPath(at, "go.work")) ||
             (!settings.goroot.empty() && at == settings.goroot);
    });
    if (!found.empty() && found != settings.goroot) {
      work_file = JoinPath(found, "go.work");
    }
  } else if (settings.go_work.starts_with('/')) {
    work_file = settings.go_work;
  } else if (settings.go_work != "off") {
    usage_errors_.push_back("GOWORK=" + settings.go_work +
                            ": not an absolute path");
  }
  if (!work_file.empty()) {
    OpenWork(work_file);
  } else {
    const std::string root = Nearest(
        dir, [this](const std::string& at) { return dirs_.HasGoMod(at); });
    if (root == settings.temp_dir && !root.empty()) {
      warnings_.push_back("ignoring go.mod in the directory for temporary " +
                          ("files, " + root));
    } else if (!root.empty()) {
      OpenModule(root);
    }
  }
  SelectRoots();
  ChooseVendoring();
}

void Workspace::OpenWork(const std::string& path) {
  is_workspace_ = true;
  top_ = AbsolutePath(Parent(path));
  const source::ReadResult read = source::ReadFile(path, path, kMaxModFileSize);
  if (!read.file) {
    problems_.push_back({.path = path, .message = read.message});
    return;
  }
  const GoWork work = ParseGoWork(read.file->text());
  version_ = work.version;
  has_go_line_ = !work.go_line.empty();
  for (const std::string& warning : work.warnings) {
    warnings_.push_back(path + ": " + warning);
  }
  if (settings_.flags.modfile) {
    usage_errors_.emplace_back(
        "GOFLAGS: -modfile cannot be used in workspace mode");
  }
  std::set<std::string> roots;
  for (const std::string& used : work.used) {
    const std::string root = Absolute(top_, used);
    if (!roots.insert(root).second) {
      problems_.push_back(
          {.path = path,
           .message = "path " + used + " appears multiple times"});
    } else if (!dirs_.HasGoMod(root)) {
      problems_.push_back(
          {.path = path,
           .message = "cannot load module " + used +
                      " listed in go.work file: there is no go.mod"});
    } else {
      AddMain(root, JoinPath(root, "go.mod"));
    }
  }
  AddReplacements(top_, work.replaced);
}

void Workspace::OpenModule(const std::string& root) {
  top_ = root;
  std::string path = JoinPath(root, "go.mod");
  if (settings_.flags.modfile) {
    path = AbsolutePath(*settings_.flags.modfile);
  }
  AddMain(root, path);
  version_ = main_[0].go_mod.version;
  has_go_line_ = !main_[0].go_mod.go_line.empty();
  AddReplacements(root, {});
}

void Workspace::AddMain(const std::string& root,
                        const std::string& go_mod_path) {
  const source::ReadResult read =
      source::ReadFile(go_mod_path, go_mod_path, kMaxModFileSize);
  GoMod go_mod;
  if (read.file) {
    go_mod = ParseGoMod(read.file->text());
    for (const std::string& warning : go_mod.warnings) {
      warnings_.push_back(go_mod_path + ": " + warning);
    }
    if (go_mod.module_path.empty()) {
      problems_.push_back(
          {.path = go_mod_path, .message = "there is no module line"});
    }
  } else {
    problems_.push_back({.path = go_mod_path, .message = read.message});
  }
  if (IsMain(go_mod.module_path)) {
    problems_.push_back({.path = go_mod_path,
                         .message = "module " + go_mod.module_path +
                                    " appears multiple times in workspace"});
    return;
  }
  const auto index = static_cast<ModuleIndex>(modules_.size());
  modules_.push_back({.path = go_mod.module_path,
                      .version = {},
                      .dir = root,
                      .language = go_mod.version,
                      .is_main = true});
  excluded_.insert(go_mod.excluded.begin(), go_mod.excluded.end());
  main_.push_back({.root = root, .go_mod = std::move(go_mod), .index = index});
}

void Workspace::AddReplacements(const std::string& work_dir,
                                std::span<const Replacement> of_work) {
  std::set<std::string> of_work_paths;
  const auto add = [&](const Replacement& replacement,
                       const std::string& base) {
    if (IsMain(replacement.from.path) && replacement.from.version.empty()) {
      return;
    }
    ModuleVersion to = replacement.to;
    Replacement listed = replacement;
    if (to.version.empty()) {
      to.path = Absolute(base, to.path);
      if (base != work_dir && !listed.to.path.starts_with('/')) {
        listed.to.path = RelativeDir(to.path, work_dir);
      }
    }
    const auto [found, is_new] = replaced_.emplace(replacement.from, to);
    if (is_new) {
      replaced_as_listed_.push_back(std::move(listed));
    } else if (found->second != to) {
      problems_.push_back({.path = base,
                           .message = "conflicting replacements for " +
                                      Describe(replacement.from) + ": " +
                                      Describe(found->second) + ", " +
                                      Describe(to)});
    }
  };
  for (const Replacement& replacement : of_work) {
    of_work_paths.insert(replacement.from.path);
    add(replacement, work_dir);
  }
  for (const MainModule& module : main_) {
    for (const Replacement& replacement : module.go_mod.replaced) {
      if (!of_work_paths.contains(replacement.from.path)) {
        add(replacement, module.root);
      }
    }
  }
}

void Workspace::SelectRoots() {
  if (is_workspace_ || main_.empty()) {
    return;
  }
  for (const ModuleVersion& module : main_[0].go_mod.required) {
    if (excluded_.contains(module)) {
      continue;
    }
    std::string& version = roots_[module.path];
    if (version.empty() || CompareVersions(module.version, version) > 0) {
      version = module.version;
    }
  }
}

void Workspace::ChooseVendoring() {
  if (main_.empty()) {
    return;
  }
  const std::string vendor_dir = JoinPath(top_, "vendor");
  const std::string list_path = JoinPath(vendor_dir, "modules.txt");
  const std::string mod = settings_.flags.mod.value_or("");
  if (!mod.empty() && mod != "vendor") {
    if (mod != "readonly" && (mod != "mod" || is_workspace_)) {
      usage_errors_.push_back("GOFLAGS: -mod=" + mod + " cannot be used here");
    }
    return;
  }
  if (mod.empty() && (!IsDirectory(vendor_dir) || !has_go_line_ ||
                      version_ < kVendorByDefault)) {
    return;
  }
  const source::ReadResult read =
      source::ReadFile(list_path, list_path, kMaxVendorListSize);
  if (read.file) {
    vendor_ = VendorList::Parse(read.file->text());
  }
  if (mod.empty() && vendor_.is_for_workspace() != is_workspace_) {
    vendor_ = {};
    return;
  }
  uses_vendor_ = true;
  CheckVendoring();
}

void Workspace::CheckVendoring() {
  std::vector<const GoMod*> go_mods;
  for (const MainModule& module : main_) {
    go_mods.push_back(&module.go_mod);
  }
  const std::vector<std::string> found =
      VendorDisagreements(vendor_, go_mods, replaced_as_listed_,
                          !is_workspace_ && version_ < kVendorByDefault);
  if (!found.empty()) {
    std::string message = "inconsistent vendoring: " + found[0];
    if (found.size() > 1) {
      message += "; and " + std::to_string(found.size() - 1) + " more";
    }
    problems_.push_back({.path = JoinPath(top_, "vendor/modules.txt"),
                         .message = std::move(message)});
  }
}

bool Workspace::IsMain(std::string_view path) const {
  return std::ranges::any_of(main_, [&](const MainModule& module) {
    return module.go_mod.module_path == path;
  });
}

ModuleVersion Workspace::Replaced(const ModuleVersion& module) const {
  if (const auto found = replaced_.find(module); found != replaced_.end()) {
    return found->second;
  }
  const auto any = replaced_.find({.path = module.path, .version = {}});
  return any == replaced_.end() ? module : any->second;
}

// `module` as it is after replacement: a directory if it has no version.
const GoMod* Workspace::ReadGoMod(const ModuleVersion& module) {
  const auto [found, is_new] = go_mods_.try_emplace(module);
  if (is_new) {
    std::vector<std::string> places;
    if (module.version.empty()) {
      places.push_back(JoinPath(module.path, "go.mod"));
    } else {
      if (auto file = settings_.cache.GoModFile(module)) {
        places.push_back(*std::move(file));
      }
      if (auto dir = settings_.cache.SourceDir(module)) {
        places.push_back(JoinPath(*dir, "go.mod"));
      }
    }
    for (const std::string& path : places) {
      const source::ReadResult read =
          source::ReadFile(path, path, kMaxModFileSize);
      if (read.file) {
        found->second = ParseGoMod(read.file->text());
        break;
      }
    }
    if (!found->second) {
      unread_.push_back(Describe(module));
    }
  }
  return found->second ? &*found->second : nullptr;
}

std::optional<ModuleNeeds> Workspace::NeedsOf(const ModuleVersion& module) {
  const GoMod* go_mod = nullptr;
  if (module.version.empty()) {
    const auto main =
        std::ranges::find(main_, module.path, [](const MainModule& candidate) {
          return candidate.go_mod.module_path;
        });
    go_mod = main == main_.end() ? nullptr : &main->go_mod;
  } else {
    go_mod = ReadGoMod(Replaced(module));
  }
  if (go_mod == nullptr) {
    return std::nullopt;
  }
  // From Go 1.17 on a go.mod names all that its packages need.
  ModuleNeeds needs = {.required = {},
                       .prunes = go_mod->version >= source::LangVersion{17}};
  for (const ModuleVersion& required : go_mod->required) {
    if (!excluded_.contains(required)) {
      needs.required.push_back(required);
    }
  }
  return needs;
}

const ModuleGraph& Workspace::Graph() {
  if (graph_) {
    return *graph_;
  }
  std::vector<std::string> main;
  std::vector<ModuleVersion> roots;
  for (const MainModule& module : main_) {
    main.push_back(module.go_mod.module_path);
    if (is_workspace_) {
      roots.push_back({.path = main.back(), .version = {}});
    }
  }
  Pruning pruning = Pruning::kWorkspace;
  if (!is_workspace_ && !main_.empty()) {
    for (const ModuleVersion& required : main_[0].go_mod.required) {
      if (!excluded_.contains(required)) {
        roots.push_back(required);
      }
    }
    pruning = version_ < source::LangVersion{17} ? Pruning::kUnpruned
                                                 : Pruning::kPruned;
  }
  graph_ = ModuleGraph::Make(
      main, roots, pruning,
      [this](const ModuleVersion& module) { return NeedsOf(module); });
  if (graph_->is_cut_off()) {
    problems_.push_back({.path = JoinPath(top_, "go.mod"),
                         .message = "more than " +
                                    std::to_string(ModuleGraph::kMaxModules) +
                                    " modules are required: the rest is left "
                                    "out"});
  }
  return *graph_;
}

std::vector<std::string> Workspace::Warnings() const {
  std::vector<std::string> warnings = warnings_;
  if (!unread_.empty()) {
    std::string text = unread_[0];
    if (unread_.size() > 1) {
      text += " and " + std::to_string(unread_.size() - 1) + " more modules";
    }
    warnings.push_back(
        text +
        ": no go.mod in the module cache; versions of other modules may "
        "be wrong (`go mod download` gets it)");
  }
  return warnings;
}

}  // namespace gdlint::loader
