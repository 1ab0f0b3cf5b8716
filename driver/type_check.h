// Type-checks loaded packages, with all that they import.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ast/tree.h"
#include "loader/package.h"
#include "parser/parser.h"
#include "source/lang_version.h"
#include "support/stopwatch.h"
#include "support/task_pool.h"
#include "types/check_package.h"
#include "types/package.h"
#include "types/type_table.h"

namespace gdlint::driver {

// What packages are made of, and what was found out about them. Everything
// lives until it is destroyed.
struct CheckedPackages {
  explicit CheckedPackages(const types::Sizes& sizes) : table(sizes) {}

  loader::PackageGraph graph;
  // By PackageGraph::sources.
  std::vector<parser::ParsedFile> parsed;
  // Likewise: without bodies, where `parsed` has them and packages use the file
  // whose bodies are not checked; else null. See
  // TypeCheckOptions::only_widest_variant.
  std::vector<std::unique_ptr<const ast::Tree>> declarations;
  types::TypeTable table;
  // By PackageGraph::packages.
  std::vector<std::unique_ptr<types::Package>> packages;
  // What could not be checked to the end, and why: "out of memory". In no
  // certain order.
  std::vector<loader::Problem> failures;
};

struct TypeCheckOptions {
  // For all files of roots, whatever they and their modules say.
  std::optional<source::LangVersion> lang;
  // Check bodies of roots. Without, only the API of everything.
  bool bodies = true;
  // Let the variant of a package that has its tests too stand for it where that
  // can be (see merge_variants.h), and check the bodies of the latter only. Of
  // all packages whose bodies are not checked, objects and trees alone are
  // kept; of the others not the names.
  bool only_widest_variant = false;
  // Take a package with syntax errors for one that is not there: nothing is
  // said about its types, nor about what others use of it.
  bool skip_syntax_errors = false;
  // Without, trees and side tables of a package go when it is finished; its API
  // and its errors stay.
  bool keep_facts = true;
};

// How long the phases took; only the wall-clock time means something, as all
// threads of the pool work.
struct TypeCheckTimes {
  TimeSpent parse;
  TimeSpent api;
  // With what needs all bodies of a package.
  TimeSpent bodies;
};

// Parses every file: roots' in full, dependencies' without their bodies; then
// checks the API of every package, in import order, and the bodies of roots.
// The result does not depend on the number of threads. `times` may be null.
void CheckPackages(CheckedPackages& checked, const TypeCheckOptions& options,
                   TaskPool& pool, TypeCheckTimes* times = nullptr);

// A package that is not loaded: loose files, checked with what has been.
struct LoosePackage {
  std::string path;
  std::vector<std::unique_ptr<source::SourceFile>> sources;
  std::vector<parser::ParsedFile> parsed;
  std::unique_ptr<types::Package> package;
};

// Adds a parsed file to a package.
void AddFile(types::Package& package, const source::SourceFile& source,
             const ast::Tree& tree, source::LangVersion version,
             const std::string& base_name);

// Checks one package, whose imports are checked, with its bodies.
void CheckWholePackage(types::TypeTable& table, types::Package& package);

}  // namespace gdlint::driver
