// Puts a new text in the place of a file's old one.

#pragma once

#include <string>
#include <string_view>

namespace gdlint::driver {

// Writes `text` under another name beside the file and renames it, so that
// whoever reads the file, or ends the process, meets the old text or the new
// one and nothing between. Permissions, and the owner if that is allowed, stay;
// of a symbolic link the file that it leads to is replaced, unless that is
// outside of `root`. Nothing is done if the file no longer has the text `old`.
//
// Returns why it was not done; empty if it was.
std::string ReplaceFile(const std::string& path, const std::string& root,
                        std::string_view old, std::string_view text);

}  // namespace gdlint::driver
