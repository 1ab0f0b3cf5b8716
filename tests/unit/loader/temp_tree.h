// A directory of small files for one test, removed afterwards.

#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loader/build_context.h"

namespace gdlint::loader {

class TempTree {
 public:
  TempTree() {
    std::string name =
        (std::filesystem::temp_directory_path() / "gdlint-XXXXXX").string();
    root_ = std::filesystem::canonical(mkdtemp(name.data())).string();
  }
  ~TempTree() { std::filesystem::remove_all(root_); }
  TempTree(const TempTree&) = delete;
  TempTree& operator=(const TempTree&) = delete;

  const std::string& root() const { return root_; }
  std::string operator/(std::string_view name) const {
    return root_ + "/" + std::string(name);
  }

  void Write(const std::string& name, std::string_view text) const {
    const std::filesystem::path path = *this / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

  // A package of one file that imports `imports`.
  void Package(const std::string& dir, const std::string& name,
               const std::vector<std::string>& imports = {}) const {
    Write(dir + "/" + name + ".go", FileText(name, imports));
  }

  static std::string FileText(const std::string& package,
                              const std::vector<std::string>& imports) {
    std::string text = "package " + package + "\n";
    for (const std::string& import : imports) {
      text += "import _ \"" + import + "\"\n";
    }
    return text;
  }

  // A module of the module cache in `cache`, with its go.mod; its source is
  // written with Package.
  std::string Module(const std::string& path, const std::string& version,
                     const std::string& go_mod) const {
    Write("cache/cache/download/" + path + "/@v/" + version + ".mod",
          "module " + path + "\n" + go_mod);
    return "cache/" + path + "@" + version;
  }

 private:
  std::string root_;
};

// Variables that are set; all others are not.
class Variables {
 public:
  explicit Variables(std::map<std::string, std::string> values)
      : values_(std::move(values)) {}

  std::optional<std::string> operator()(const char* name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::map<std::string, std::string> values_;
};

}  // namespace gdlint::loader
