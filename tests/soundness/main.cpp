// Runs a program in the interpreter and holds what the passes of dataflow/ say
// about it against what happens.
//
//     soundness [--seed N] FILE.go|DIR [ARGS]
//
// Tells of each contradiction in a line; the last one says how much was
// compared. Exit code: 0, 1 if there are contradictions, 3 if the program
// cannot be run.

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "driver/load_program.h"
#include "driver/options.h"
#include "driver/run_program.h"
#include "support/deep_stack.h"
#include "support/task_pool.h"
#include "tests/soundness/analysed.h"
#include "tests/soundness/checker.h"

namespace {

std::optional<std::string> GetEnvironment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

int Check(const gdlint::driver::Options& options) {
  gdlint::TaskPool pool(1);
  const gdlint::driver::LoadProgramResult loaded =
      gdlint::driver::LoadProgram(options, GetEnvironment, pool);
  if (loaded.program == nullptr) {
    fmt::print("{}", loaded.errors);
    return 3;
  }
  gdlint::soundness::Analysed analysed(*loaded.program, pool);
  gdlint::soundness::Checker checker(
      analysed, [](const std::string& text) { fmt::print("{}\n", text); });
  const int code = gdlint::driver::InterpretProgram(*loaded.program, options,
                                                    GetEnvironment, &checker,
                                                    /*tells_steps=*/true);
  const gdlint::soundness::Counts& counts = checker.counts();
  fmt::print(
      "exit code {}: {} activations, {} calls, {} exits, {} results, {} "
      "panics, {} recovers: {} contradictions\n",
      code, counts.activations, counts.calls, counts.exits, counts.results,
      counts.panics, counts.recovers, checker.contradictions());
  return checker.contradictions() != 0 ? 1 : code == 3 ? 3 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  gdlint::driver::Options options;
  options.command = gdlint::driver::Command::kRun;
  options.max_steps = 200'000'000;
  int first = 1;
  if (first + 1 < argc && std::string_view(argv[first]) == "--seed") {
    options.seed = std::strtoull(argv[first + 1], nullptr, 10);
    first += 2;
  }
  options.arguments.assign(argv + first, argv + argc);
  if (options.arguments.empty()) {
    std::fputs("usage: soundness [--seed N] FILE.go|DIR [ARGS]\n", stderr);
    return 2;
  }
  int code = 3;
  gdlint::RunOnDeepStack([&] { code = Check(options); });
  return code;
}
