// What a parsed file says about where it belongs.

#pragma once

#include <string>
#include <string_view>

#include "ast/tree.h"
#include "loader/build_context.h"

namespace gdlint::driver {

// The name in the package clause; empty if there is none.
std::string PackageName(const ast::Tree& tree, std::string_view text);

// True for a file that uses cgo.
bool ImportsC(const ast::Tree& tree, std::string_view text);

// True if the go command leaves the file out for its contents, whatever its
// build constraints: cgo where that is off, and packages of mere documentation.
bool IsLeftOut(const ast::Tree& tree, std::string_view text,
               const loader::BuildContext& context);

}  // namespace gdlint::driver
