// What the analysis needs of go.mod files.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loader/module_version.h"
#include "source/lang_version.h"

namespace gdlint::loader {

// `replace from => to`.
struct Replacement {
  // Without a version it stands for all versions that have no line of their
  // own.
  ModuleVersion from;
  // Without a version it is a directory.
  ModuleVersion to;
};

struct GoMod {
  // Empty if there is no module line.
  std::string module_path;
  // Of a module without a go line that of go1.16.
  source::LangVersion version;
  // As in the go line; empty if there is none.
  std::string go_line;
  // The directories that patterns pass over. "./a/b" is below the module's root
  // only; "a/b" is anywhere.
  std::vector<std::string> ignored;
  // Those of Go and its toolchain, which some old files have, are left out.
  std::vector<ModuleVersion> required;
  std::vector<Replacement> replaced;
  std::vector<ModuleVersion> excluded;
  // Import paths.
  std::vector<std::string> tools;
  // Data; nothing acts on it.
  std::string toolchain;
  std::vector<std::string> godebug;
  // For people, about what was taken to be otherwise: "go 999 is newer than …".
  std::vector<std::string> warnings;
};

// Never fails: a line that cannot be understood becomes a warning at most.
// Lines that do not concern the analysis are not looked at.
GoMod ParseGoMod(std::string_view text);

// The arguments of a `replace` line. Nothing, and a warning, if they are wrong.
std::optional<Replacement> ParseReplacement(
    std::span<const std::string> arguments, std::vector<std::string>& warnings);

// The language version that a `go` line names. What is wrong or too new becomes
// the newest, and a warning.
source::LangVersion ParseGoLine(const std::string& value,
                                std::vector<std::string>& warnings);

// True for a directory where a module path may stand: `./x`, `../x`, `/x`, `.`.
bool IsDirectoryPath(std::string_view path);

}  // namespace gdlint::loader
