#include "loader/module_cache.h"

#include <algorithm>

namespace gdlint::loader {
namespace {

// Upper-case letters behind an exclamation mark. Nothing if a byte is not
// allowed.
std::optional<std::string> EscapeCase(std::string_view text) {
  constexpr std::string_view kPunctuation = "-._~/+";
  std::string escaped;
  for (const char c : text) {
    if ('A' <= c && c <= 'Z') {
      escaped += '!';
      escaped += static_cast<char>(c - 'A' + 'a');
    } else if (('a' <= c && c <= 'z') || ('0' <= c && c <= '9') ||
               kPunctuation.find(c) != std::string_view::npos) {
      escaped += c;
    } else {
      return std::nullopt;
    }
  }
  return escaped;
}

std::optional<std::string> EscapeVersion(std::string_view version) {
  return IsVersion(version) ? EscapeCase(version) : std::nullopt;
}

}  // namespace

std::optional<std::string> EscapeModulePath(std::string_view path) {
  for (std::string_view rest = path;;) {
    const size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view element = rest.substr(0, slash);
    if (element.empty() || element.starts_with('.') || element.ends_with('.')) {
      return std::nullopt;
    }
    if (slash == rest.size()) {
      return EscapeCase(path);
    }
    rest.remove_prefix(slash + 1);
  }
}

ModuleCache ModuleCache::Find(const Environment& environment) {
  const std::string explicit_dir = environment("GOMODCACHE").value_or("");
  if (explicit_dir.starts_with('/')) {
    return ModuleCache(explicit_dir);
  }
  const std::string gopath = environment("GOPATH").value_or("");
  const std::string first = gopath.substr(0, gopath.find(':'));
  if (first.starts_with('/')) {
    return ModuleCache(first + "/pkg/mod");
  }
  const std::string home = environment("HOME").value_or("");
  if (home.starts_with('/')) {
    return ModuleCache(home + "/go/pkg/mod");
  }
  return ModuleCache("");
}

std::optional<std::string> ModuleCache::GoModFile(
    const ModuleVersion& module) const {
  const std::optional<std::string> path = EscapeModulePath(module.path);
  const std::optional<std::string> version = EscapeVersion(module.version);
  if (dir_.empty() || !path || !version) {
    return std::nullopt;
  }
  return dir_ + "/cache/download/" + *path + "/@v/" + *version + ".mod";
}

std::optional<std::string> ModuleCache::SourceDir(
    const ModuleVersion& module) const {
  const std::optional<std::string> path = EscapeModulePath(module.path);
  const std::optional<std::string> version = EscapeVersion(module.version);
  if (dir_.empty() || !path || !version) {
    return std::nullopt;
  }
  return dir_ + "/" + *path + "@" + *version;
}

}  // namespace gdlint::loader
