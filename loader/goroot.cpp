#include "loader/goroot.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace gdlint::loader {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kUsualPlaces[] = {"/usr/local/go", "/usr/lib/go",
                                             "/usr/lib/golang", "/usr/share/go",
                                             "/opt/homebrew/opt/go/libexec"};

bool IsGoroot(const fs::path& dir) {
  std::error_code error;
  return fs::is_regular_file(dir / "src" / "runtime" / "proc.go", error);
}

// GOROOT of `GOROOT/bin/go`, through symbolic links.
std::optional<std::string> GorootOfTool(const fs::path& tool) {
  std::error_code error;
  if (!fs::is_regular_file(tool, error) || access(tool.c_str(), X_OK) != 0) {
    return std::nullopt;
  }
  const fs::path real = fs::canonical(tool, error);
  if (error || !IsGoroot(real.parent_path().parent_path())) {
    return std::nullopt;
  }
  return real.parent_path().parent_path().string();
}

std::optional<std::string> GorootFromPath(std::string_view path) {
  while (!path.empty()) {
    const size_t end = std::min(path.find(':'), path.size());
    const std::string_view dir = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    // An entry that depends on the working directory could be of the analysed
    // tree.
    if (dir.starts_with('/')) {
      if (auto found = GorootOfTool(fs::path(dir) / "go")) {
        return found;
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> FindGoroot(const std::optional<std::string>& choice,
                                      const Environment& environment) {
  if (choice) {
    return IsGoroot(*choice) ? choice : std::nullopt;
  }
  const std::string variable = environment("GOROOT").value_or("");
  if (!variable.empty() && IsGoroot(variable)) {
    return variable;
  }
  if (auto found = GorootFromPath(environment("PATH").value_or(""))) {
    return found;
  }
  const auto* const usual = std::ranges::find_if(kUsualPlaces, IsGoroot);
  if (usual == std::end(kUsualPlaces)) {
    return std::nullopt;
  }
  return std::string(*usual);
}

}  // namespace gdlint::loader
