// The documentation of checks, as Markdown. docs/rules/ holds what these
// return.

#pragma once

#include <string>

#include "checks/check.h"

namespace gdlint::checks {

// The page of one check, with a title; also what `gdlint explain` prints.
std::string RenderPage(const Check& check);

// The list of all checks with a link to each page: docs/rules/README.md.
std::string RenderIndex();

// Writes NAME.md for every check and README.md into the folder `dir`, which
// must exist. False if a file could not be written; `error` then says which and
// why.
bool WritePages(const std::string& dir, std::string& error);

}  // namespace gdlint::checks
