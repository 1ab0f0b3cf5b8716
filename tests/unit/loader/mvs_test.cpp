#include "loader/mvs.h"

#include <doctest/doctest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace gdlint::loader {
namespace {

ModuleVersion Version(const std::string& text) {
  const size_t at = text.find('@');
  return {.path = text.substr(0, at),
          .version = at == std::string::npos ? "" : text.substr(at + 1)};
}

std::vector<ModuleVersion> Versions(const std::string& text) {
  std::istringstream words(text);
  std::vector<ModuleVersion> versions;
  for (std::string word; words >> word;) {
    versions.push_back(Version(word));
  }
  return versions;
}

// Modules: "b@v1" => "c@v1 d@v2", with a star in front for Go 1.17 or later.
using Modules = std::map<std::string, std::string>;

// "b@v1 c@v2": what is selected beside the main module.
std::string Select(const std::string& roots, Pruning pruning,
                   const Modules& modules,
                   const std::vector<std::string>& main = {"a"}) {
  std::map<std::string, int> asked;
  const ModuleGraph graph = ModuleGraph::Make(
      main, Versions(roots), pruning,
      [&](const ModuleVersion& module) -> std::optional<ModuleNeeds> {
        CHECK(++asked[Describe(module)] == 1);
        const auto found = modules.find(Describe(module));
        if (found == modules.end()) {
          return std::nullopt;
        }
        const bool prunes = found->second.starts_with('*');
        return ModuleNeeds{.required = Versions(found->second.substr(prunes)),
                           .prunes = prunes};
      });
  std::string selected;
  for (const auto& [path, version] : graph.selected()) {
    if (!version.empty()) {
      selected += (selected.empty() ? "" : " ") + path + "@" + version;
    }
  }
  return selected;
}

TEST_CASE("the highest version that anyone asks for") {
  // The example of https://research.swtch.com/vgo-mvs.
  const Modules modules = {{"b@v1.2.0", "d@v1.3.0"}, {"c@v1.2.0", "d@v1.4.0"},
                           {"d@v1.3.0", "e@v1.2.0"}, {"d@v1.4.0", "e@v1.2.0"},
                           {"e@v1.2.0", ""},         {"e@v1.3.0", ""}};
  CHECK(Select("b@v1.2.0 c@v1.2.0", Pruning::kUnpruned, modules) ==
        "b@v1.2.0 c@v1.2.0 d@v1.4.0 e@v1.2.0");
}

TEST_CASE("versions that are not selected count as well") {
  // d@v1.0.0 is not used, but it has been asked for, and asks for f.
  const Modules modules = {{"b@v1.0.0", "d@v1.0.0"},
                           {"c@v1.0.0", "d@v1.1.0"},
                           {"d@v1.0.0", "f@v1.0.0"},
                           {"d@v1.1.0", ""},
                           {"f@v1.0.0", ""}};
  CHECK(Select("b@v1.0.0 c@v1.0.0", Pruning::kUnpruned, modules) ==
        "b@v1.0.0 c@v1.0.0 d@v1.1.0 f@v1.0.0");
}

TEST_CASE("cycles, the main module among them, end") {
  const Modules modules = {{"b@v1.0.0", "c@v1.0.0 a@v9.0.0"},
                           {"c@v1.0.0", "b@v1.1.0 c@v1.0.0"},
                           {"b@v1.1.0", "c@v1.0.0"},
                           {"a@v9.0.0", "z@v1.0.0"},
                           {"z@v1.0.0", ""}};
  CHECK(Select("b@v1.0.0", Pruning::kUnpruned, modules) ==
        "b@v1.1.0 c@v1.0.0 z@v1.0.0");
}

TEST_CASE("a pruned graph ends one step behind modules at Go 1.17") {
  const Modules modules = {
      {"b@v1.0.0", "*c@v1.0.0"}, {"c@v1.0.0", "*d@v1.0.0"},
      {"d@v1.0.0", "*e@v1.0.0"}, {"old@v1.0.0", "x@v1.0.0"},
      {"x@v1.0.0", "*y@v1.0.0"}, {"y@v1.0.0", "*z@v1.0.0"},
      {"z@v1.0.0", ""}};
  CHECK(Select("b@v1.0.0", Pruning::kPruned, modules) == "b@v1.0.0 c@v1.0.0");
  CHECK(Select("b@v1.0.0", Pruning::kUnpruned, modules) ==
        "b@v1.0.0 c@v1.0.0 d@v1.0.0 e@v1.0.0");
  // What an old module requires is followed, and all that it leads to.
  CHECK(Select("old@v1.0.0", Pruning::kPruned, modules) ==
        "old@v1.0.0 x@v1.0.0 y@v1.0.0 z@v1.0.0");
}

TEST_CASE("modules that cannot be read require nothing") {
  CHECK(Select("b@v1.0.0", Pruning::kPruned, {}) == "b@v1.0.0");
}

TEST_CASE("workspaces") {
  const Modules modules = {{"a", "*b@v1.0.0"},        {"m", "*b@v1.1.0"},
                           {"b@v1.0.0", "*c@v1.0.0"}, {"b@v1.1.0", "*c@v1.1.0"},
                           {"c@v1.0.0", ""},          {"c@v1.1.0", "*d@v1.0.0"},
                           {"d@v1.0.0", "*e@v1.0.0"}};
  // As m asks for a later b than a does, what b requires is read as if a did.
  CHECK(Select("a m", Pruning::kWorkspace, modules, {"a", "m"}) ==
        "b@v1.1.0 c@v1.1.0 d@v1.0.0");
  CHECK(Select("m", Pruning::kWorkspace, modules, {"m"}) ==
        "b@v1.1.0 c@v1.1.0");
}

TEST_CASE("more modules than anyone has are cut off") {
  const ModuleGraph graph = ModuleGraph::Make(
      std::vector<std::string>{"a"}, Versions("b@v0.0.0"), Pruning::kUnpruned,
      [](const ModuleVersion& module) {
        const std::string next =
            "v0.0." + std::to_string(std::stoi(module.version.substr(5)) + 1);
        return ModuleNeeds{
            .required = {{.path = module.path, .version = next}}};
      });
  CHECK(graph.is_cut_off());
  CHECK(graph.Selected("b") == "v0.0.100000");
}

}  // namespace
}  // namespace gdlint::loader
