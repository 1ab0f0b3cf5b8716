#include "loader/patterns.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <re2/re2.h>

#include "loader/directory.h"
#include "loader/goroot.h"

namespace gdlint::loader {
namespace {

constexpr std::string_view kWildcard = "...";

std::string Clean(const std::string& path) {
  std::string clean = std::filesystem::path(path).lexically_normal().string();
  if (clean.size() > 1 && clean.ends_with('/')) {
    clean.pop_back();
  }
  return clean;
}

bool Exists(const std::string& path) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0;
}

// True for what can only be a place in the file system.
bool LooksLocal(std::string_view argument) {
  return argument.starts_with('/') || argument.starts_with("./") ||
         argument.starts_with("../") || argument == "." || argument == ".." ||
         argument.starts_with(kWildcard) || argument.ends_with(".go");
}

// The directory that all matches of a clean pattern are at or below.
std::string BaseOf(const std::string& pattern) {
  const size_t slash = pattern.rfind('/', pattern.find(kWildcard));
  if (slash == std::string::npos) {
    return ".";
  }
  return slash == 0 ? "/" : pattern.substr(0, slash);
}

// `...` is any string; at the end, `/...` is the empty one too.
std::string PatternRegexp(std::string_view pattern) {
  std::string regexp;
  while (!pattern.empty()) {
    if (pattern == "/...") {
      return regexp + "(/.*)?";
    }
    if (pattern.starts_with(kWildcard)) {
      regexp += ".*";
      pattern.remove_prefix(kWildcard.size());
    } else {
      regexp += re2::RE2::QuoteMeta(pattern.substr(0, 1));
      pattern.remove_prefix(1);
    }
  }
  return regexp;
}

class Selector {
 public:
  Selector(const SelectOptions& options, const BuildContext& context,
           const Environment& environment, ModuleTable& modules)
      : options_(options),
        context_(context),
        environment_(environment),
        modules_(modules) {}

  void Add(const std::string& argument) {
    if (argument == "-") {
      out_.standard_input = true;
    } else if (argument.empty()) {
      out_.usage_errors.emplace_back("an argument is empty");
    } else if (argument.find(kWildcard) != std::string::npos) {
      AddPattern(argument);
    } else if (Exists(argument)) {
      AddExisting(argument);
    } else if (LooksLocal(argument)) {
      out_.usage_errors.push_back(argument + ": no such file or directory");
    } else {
      AddImportPath(argument);
    }
  }

  Selection Finish() {
    Deduplicate();
    for (const Module& module : modules_.modules()) {
      const std::string name = JoinPath(module.root, "go.mod");
      if (!module.error.empty()) {
        list_.problems.push_back({.path = name, .message = module.error});
      }
      for (const std::string& warning : module.go_mod.warnings) {
        out_.warnings.push_back(name + ": " + warning);
      }
    }
    out_.files = std::move(list_.files);
    out_.problems = std::move(list_.problems);
    out_.excluded_by_name = list_.excluded_by_name;
    return std::move(out_);
  }

 private:
  void AddExisting(const std::string& argument) {
    const std::string path = Clean(argument);
    if (IsDirectory(path)) {
      Walk(argument, path,
           {.recursive = true,
            .enter_modules = true,
            .include_tests = true,
            .matches = {}});
    } else if (!path.ends_with(".go")) {
      out_.usage_errors.push_back(argument + ": not a Go file or a directory");
    } else {
      const std::string dir =
          std::filesystem::path(AbsolutePath(path)).parent_path();
      list_.files.push_back({.path = path,
                             .module = modules_.Find(dir),
                             .is_explicit = true,
                             .dir_is_whole = false});
    }
  }

  void AddPattern(const std::string& argument) {
    const std::string pattern = Clean(argument);
    if (LooksLocal(argument) ||
        (BaseOf(pattern) != "." && IsDirectory(BaseOf(pattern)))) {
      WalkPattern(argument, pattern);
    } else {
      AddImportPath(argument);
    }
  }

  // `argument` is an import path or a pattern of some.
  void AddImportPath(const std::string& argument) {
    // The module of GOROOT/src has the path `std`, too.
    const bool is_reserved = argument == "std" || argument == "cmd";
    if (const std::optional<std::string> place = PlaceInModule(argument);
        place && !is_reserved) {
      AddPackages(argument, *place);
      return;
    }
    const std::string first = argument.substr(0, argument.find('/'));
    if (first.find('.') != std::string::npos && !first.ends_with(kWildcard)) {
      out_.usage_errors.push_back(
          argument +
          ": no such file or directory, and no package of this "
          "module or of the standard library");
      return;
    }
    const std::optional<std::string> goroot =
        FindGoroot(options_.goroot, environment_);
    if (!goroot) {
      out_.usage_errors.push_back(
          argument +
          ": no such file or directory; were it a package of the standard "
          "library, it "
          "could not be found as there is no Go installation (see --goroot)");
      return;
    }
    const std::string src = Clean(*goroot) + "/src";
    if (argument == "std") {
      AddPackages(argument, src + "/...");
    } else if (argument == "cmd") {
      AddPackages(argument, src + "/cmd/...");
    } else {
      AddPackages(argument, src + "/" + argument);
    }
  }

  // `place` is a directory, or a pattern of directories.
  void AddPackages(const std::string& argument, const std::string& place) {
    if (place.find(kWildcard) != std::string::npos) {
      WalkPattern(argument, place);
    } else if (IsDirectory(place)) {
      Walk(argument, place,
           {.recursive = false,
            .enter_modules = false,
            .include_tests = true,
            .matches = {}});
    } else {
      out_.usage_errors.push_back(
          argument + ": no such file or directory, and no package " + place);
    }
  }

  // Where an import path is if it belongs to the module of the working
  // directory.
  std::optional<std::string> PlaceInModule(const std::string& import_path) {
    const Module& module = modules_[modules_.Find(AbsolutePath("."))];
    const std::string& prefix = module.go_mod.module_path;
    if (prefix.empty() || !import_path.starts_with(prefix)) {
      return std::nullopt;
    }
    const std::string rest = import_path.substr(prefix.size());
    if (!rest.empty() && rest.front() != '/') {
      return std::nullopt;
    }
    // Relative if that is shorter, as a person would write it.
    const std::string root = Clean(std::filesystem::path(module.root)
                                       .lexically_relative(AbsolutePath(".")));
    return Clean(root + rest);
  }

  void WalkPattern(const std::string& argument, const std::string& pattern) {
    const std::string base = BaseOf(pattern);
    if (!IsDirectory(base)) {
      out_.usage_errors.push_back(argument + ": no such directory: " + base);
      return;
    }
    // Paths are bytes and may hold newlines.
    re2::RE2::Options bytes(re2::RE2::Latin1);
    bytes.set_dot_nl(true);
    bytes.set_log_errors(false);
    const re2::RE2 regexp(PatternRegexp(pattern), bytes);
    if (!regexp.ok()) {
      out_.usage_errors.push_back(argument + ": pattern too long");
      return;
    }
    Walk(argument, base,
         {.recursive = true,
          .enter_modules = false,
          .include_tests = true,
          .matches = [&regexp](const std::string& dir) {
            return re2::RE2::FullMatch(dir, regexp);
          }});
  }

  void Walk(const std::string& argument, const std::string& dir,
            WalkOptions options) {
    options.include_tests = options_.include_tests;
    const size_t files = list_.files.size();
    const size_t excluded = list_.excluded_by_name;
    const size_t problems = list_.problems.size();
    ListGoFiles(dir, options, context_, modules_, list_);
    if (list_.files.size() == files && list_.excluded_by_name == excluded &&
        list_.problems.size() == problems) {
      out_.warnings.push_back(argument + ": no Go files");
    }
  }

  // Of the paths of one file, that of the first argument is kept.
  void Deduplicate() {
    std::unordered_set<std::string> explicit_files;
    for (const SourcePath& file : list_.files) {
      if (file.is_explicit) {
        explicit_files.insert(AbsolutePath(file.path));
      }
    }
    std::unordered_set<std::string> seen;
    std::erase_if(list_.files, [&](SourcePath& file) {
      std::string absolute = AbsolutePath(file.path);
      file.is_explicit = explicit_files.contains(absolute);
      return !seen.insert(std::move(absolute)).second;
    });
    std::ranges::sort(list_.files, {}, &SourcePath::path);
  }

  const SelectOptions& options_;
  const BuildContext& context_;
  const Environment& environment_;
  ModuleTable& modules_;
  FileList list_;
  Selection out_;
};

}  // namespace

Selection SelectFiles(const std::vector<std::string>& arguments,
                      const SelectOptions& options, const BuildContext& context,
                      const Environment& environment, ModuleTable& modules) {
  Selector selector(options, context, environment, modules);
  for (const std::string& argument : arguments) {
    selector.Add(argument);
  }
  return selector.Finish();
}

}  // namespace gdlint::loader
