#include "loader/vendor.h"

#include <algorithm>
#include <utility>

#include "loader/text_lines.h"

namespace gdlint::loader {
namespace {

std::vector<std::string_view> Fields(std::string_view line) {
  std::vector<std::string_view> fields;
  line = TrimSpace(line);
  while (!line.empty()) {
    const size_t length =
        static_cast<size_t>(std::ranges::find_if(line, IsSpace) - line.begin());
    fields.push_back(line.substr(0, length));
    line = TrimSpace(line.substr(length));
  }
  return fields;
}

// Calls `fn` with each part of `a; b; c`.
template <typename Fn>
void ForEachAnnotation(std::string_view text, Fn fn) {
  while (!text.empty()) {
    const size_t end = std::min(text.find(';'), text.size());
    fn(TrimSpace(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// A line `# path [version] [=> path [version]]`.
struct ModuleLine {
  ModuleVersion module;
  std::optional<ModuleVersion> replacement;
};

std::optional<ModuleLine> ParseModuleLine(
    std::span<const std::string_view> words) {
  if (words.size() < 2) {
    return std::nullopt;
  }
  ModuleLine line;
  line.module.path = words[0];
  words = words.subspan(1);
  if (IsVersion(words[0])) {
    line.module.version = words[0];
    words = words.subspan(1);
  } else if (words[0] != "=>") {
    return std::nullopt;
  }
  if (words.size() == 2 && words[0] == "=>") {
    line.replacement = {.path = std::string(words[1]), .version = {}};
  } else if (words.size() == 3 && words[0] == "=>" && IsVersion(words[2])) {
    line.replacement = {.path = std::string(words[1]),
                        .version = std::string(words[2])};
  }
  return line;
}

}  // namespace

VendorList VendorList::Parse(std::string_view text) {
  VendorList list;
  bool is_first = true;
  // The module that the lines belong to.
  constexpr size_t kNone = SIZE_MAX;
  size_t current = kNone;
  while (!text.empty()) {
    const std::string_view line = TakeLine(text);
    const bool first = std::exchange(is_first, false);
    if (line.starts_with("# ")) {
      const std::vector<std::string_view> words = Fields(line.substr(2));
      current = kNone;
      if (auto parsed = ParseModuleLine(words)) {
        const auto [found, is_new] =
            list.by_version_.emplace(parsed->module, list.modules_.size());
        if (is_new) {
          list.modules_.push_back(
              {.module = parsed->module, .go_line = {}, .replacement = {}});
        }
        current = found->second;
        if (parsed->replacement) {
          list.modules_[current].replacement = *parsed->replacement;
        }
      }
    } else if (line.starts_with("## ")) {
      ForEachAnnotation(line.substr(3), [&](std::string_view annotation) {
        if (annotation == "workspace" && first) {
          list.is_for_workspace_ = true;
        } else if (annotation == "explicit" && current != kNone) {
          list.modules_[current].is_explicit = true;
        } else if (annotation.starts_with("go ") && current != kNone) {
          list.modules_[current].go_line = annotation.substr(3);
        }
      });
    } else if (current != kNone) {
      if (const auto words = Fields(line); words.size() == 1) {
        list.by_package_[std::string(words[0])] = current;
      }
    }
  }
  return list;
}

const VendoredModule* VendorList::ModuleOf(std::string_view package) const {
  const auto found = by_package_.find(package);
  return found == by_package_.end() ? nullptr : &modules_[found->second];
}

const VendoredModule* VendorList::Find(const ModuleVersion& module) const {
  const auto found = by_version_.find(module);
  return found == by_version_.end() ? nullptr : &modules_[found->second];
}

// One comparison of modules.txt with go.mod files.
class VendorCheck {
 public:
  VendorCheck(const VendorList& list, bool is_before_go_1_14)
      : list_(list), is_before_go_1_14_(is_before_go_1_14) {
    for (const auto& [package, module] : list.by_package_) {
      const ModuleVersion& version = list.modules_[module].module;
      provides_.insert(module);
      std::string& selected = selected_[version.path];
      if (selected.empty() || CompareVersions(version.version, selected) > 0) {
        selected = version.version;
      }
    }
  }

  void CheckRequired(const GoMod& go_mod) {
    for (const ModuleVersion& module : go_mod.required) {
      required_.insert(module);
      const VendoredModule* const found = list_.Find(module);
      if (found != nullptr && found->is_explicit) {
        continue;
      }
      if (!is_before_go_1_14_) {
        Say(module,
            "is explicitly required in go.mod, but not marked as explicit in "
            "vendor/modules.txt");
      } else if (const auto at = selected_.find(module.path);
                 at != selected_.end() && at->second != module.version) {
        Say(module,
            "is explicitly required in go.mod, but vendor/modules.txt "
            "indicates " +
                module.path + "@" + at->second);
      }
    }
  }

  void CheckReplaced(std::span<const Replacement> replaced) {
    for (const Replacement& replacement : replaced) {
      const ModuleVersion& from = replacement.from;
      replaced_.insert(from);
      const VendoredModule* const found = list_.Find(from);
      if (found != nullptr && !found->replacement.path.empty()) {
        if (found->replacement != replacement.to) {
          Say(from, "is replaced by " + Describe(replacement.to) +
                        " in go.mod, but marked as replaced by " +
                        Describe(found->replacement) +
                        " in vendor/modules.txt");
        }
        continue;
      }
      const auto at = selected_.find(from.path);
      if (is_before_go_1_14_ &&
          (from.version.empty() || at == selected_.end() ||
           at->second != from.version)) {
        continue;
      }
      Say(from,
          "is replaced in go.mod, but not marked as replaced in "
          "vendor/modules.txt");
    }
  }

  void CheckListed() {
    for (const size_t index : provides_) {
      const VendoredModule& vendored = list_.modules_[index];
      if (vendored.is_explicit && !required_.contains(vendored.module)) {
        Say(vendored.module,
            "is marked as explicit in vendor/modules.txt, but not explicitly "
            "required in go.mod");
      }
    }
    for (const VendoredModule& vendored : list_.modules_) {
      const ModuleVersion any = {.path = vendored.module.path, .version = {}};
      if (!vendored.replacement.path.empty() &&
          !replaced_.contains(vendored.module) && !replaced_.contains(any)) {
        Say(vendored.module,
            "is marked as replaced in vendor/modules.txt, but not replaced in "
            "go.mod");
      }
    }
  }

  std::vector<std::string> Take() { return std::move(found_); }

 private:
  void Say(const ModuleVersion& module, const std::string& text) {
    found_.push_back(Describe(module) + ": " + text);
  }

  const VendorList& list_;
  const bool is_before_go_1_14_;
  // Modules that have a package, and the highest version of each path.
  std::set<size_t> provides_;
  std::map<std::string, std::string> selected_;
  std::set<ModuleVersion> required_;
  std::set<ModuleVersion> replaced_;
  std::vector<std::string> found_;
};

std::vector<std::string> VendorDisagreements(
    const VendorList& list, std::span<const GoMod* const> main_modules,
    std::span<const Replacement> replaced, bool is_before_go_1_14) {
  VendorCheck check(list, is_before_go_1_14);
  for (const GoMod* const go_mod : main_modules) {
    check.CheckRequired(*go_mod);
  }
  check.CheckReplaced(replaced);
  check.CheckListed();
  return check.Take();
}

}  // namespace gdlint::loader
