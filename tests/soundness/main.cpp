// Runs a program in the interpreter and holds what the passes of dataflow/ say
// about it against what happens.
//
//     soundness [--blind WHAT] FILE.go|DIR [ARGS]
//
// Tells of each contradiction in a line; the last one says how much was
// compared. Exit code: 0, 1 if there are contradictions, 3 if the program
// cannot be run. Blind to `defers`, `stores` or `recovers` it does not see them
// in the run, and with `ends` it takes all functions to return: it must find
// contradictions then.

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "checks/knowledge/models.h"
#include "driver/load_program.h"
#include "driver/options.h"
#include "driver/run_program.h"
#include "support/deep_stack.h"
#include "support/task_pool.h"
#include "tests/soundness/analysed.h"
#include "tests/soundness/checker.h"

namespace {

using gdlint::soundness::Blindness;

std::optional<std::string> GetEnvironment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::optional<gdlint::dataflow::Summary> Returning(
    const gdlint::types::Func& func) {
  if (func.package == nullptr || func.package->name != "main") {
    return gdlint::checks::knowledge::ModelOf(func);
  }
  gdlint::dataflow::Summary summary;
  summary.is_known = true;
  summary.ends = gdlint::dataflow::kReturns;
  return summary;
}

Blindness BlindnessOf(std::string_view what) {
  return what == "defers"     ? Blindness::kDefers
         : what == "stores"   ? Blindness::kStores
         : what == "recovers" ? Blindness::kRecovers
                              : Blindness::kNone;
}

int Check(const gdlint::driver::Options& options, std::string_view blind_to) {
  gdlint::TaskPool pool(1);
  const gdlint::driver::LoadProgramResult loaded =
      gdlint::driver::LoadProgram(options, GetEnvironment, pool);
  if (loaded.program == nullptr) {
    fmt::print("{}", loaded.errors);
    return 3;
  }
  gdlint::soundness::Analysed analysed(
      *loaded.program, pool,
      blind_to == "ends" ? Returning : gdlint::checks::knowledge::ModelOf);
  gdlint::soundness::Checker checker(
      analysed, [](const std::string& text) { fmt::print("{}\n", text); },
      BlindnessOf(blind_to));
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
  std::string_view blind_to;
  if (first + 1 < argc && std::string_view(argv[first]) == "--blind") {
    blind_to = argv[first + 1];
    first += 2;
  }
  options.arguments.assign(argv + first, argv + argc);
  if (options.arguments.empty()) {
    std::fputs("usage: soundness [--blind WHAT] FILE.go|DIR [ARGS]\n", stderr);
    return 2;
  }
  int code = 3;
  gdlint::RunOnDeepStack([&] { code = Check(options, blind_to); });
  return code;
}
