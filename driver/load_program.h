// Loads a program to be interpreted: its main package with all that it imports,
// every body checked, in the order in which packages are initialised.

#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "driver/options.h"
#include "driver/type_check.h"
#include "interp/program.h"
#include "loader/package.h"
#include "types/init_sequence.h"

namespace gdlint::driver {

struct LoadedProgram {
  // The types that packages are laid out by.
  explicit LoadedProgram(const types::Sizes& sizes) : checked(sizes) {}

  std::deque<loader::Overlay> overlays;
  // What is made for this run: the main function of tests.
  std::deque<std::string> texts;
  CheckedPackages checked;
  // Each after those that it imports.
  std::vector<interp::ProgramPackage> packages;
  // What initializers refer to.
  std::deque<types::InitStep> steps;
  const types::Package* main = nullptr;
  // `main`, or what runs the tests of a package without it.
  std::string main_function;
  // Of panic(nil): by the language version, go:debug lines and GODEBUG.
  bool panic_nil_error = true;
  // How many of Options::arguments name the program.
  size_t named = 0;
};

// The program, or null: then `errors` is what the go command would print, or
// what cannot be run, and `exit_code` goes with it.
struct LoadProgramResult {
  std::unique_ptr<LoadedProgram> program;
  std::string errors;
  int exit_code = 0;
};

// Loads the program that the first of `options.arguments` names: Go files, or
// one directory.
LoadProgramResult LoadProgram(const Options& options,
                              const loader::Environment& environment,
                              TaskPool& pool);

}  // namespace gdlint::driver
