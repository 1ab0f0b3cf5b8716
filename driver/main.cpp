// The command `gdlint`.

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "driver/debug_commands.h"
#include "driver/exit_code.h"
#include "driver/help.h"
#include "driver/lint.h"
#include "driver/options.h"
#include "driver/output.h"
#include "driver/process.h"
#include "driver/rule_commands.h"
#include "driver/run_program.h"
#include "driver/trace.h"

namespace gdlint::driver {
namespace {

std::optional<std::string> GetEnvironment(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr) {
    return std::nullopt;
  }
  return value;
}

ExitCode RunCommand(const Options& options, Output& out) {
  switch (options.command) {
    case Command::kLint:
      return RunLint(options, GetEnvironment);
    case Command::kRules:
      return RunRules(options, out);
    case Command::kExplain:
      return RunExplain(options, GetEnvironment, out);
    case Command::kDebug:
      return RunDebug(options, GetEnvironment, out);
    case Command::kRun:
      return static_cast<ExitCode>(
          RunProgram(options, GetEnvironment, /*observer=*/nullptr));
    case Command::kTrace:
      return static_cast<ExitCode>(RunTrace(options, GetEnvironment, out));
    case Command::kHelp:
      out.Write(HelpText());
      return kClean;
    case Command::kVersion:
      out.Write(VersionText());
      return kClean;
  }
  return kUsageError;
}

ExitCode Main(std::vector<std::string> arguments) {
  const ParsedOptions parsed = ParseOptions(std::move(arguments));
  if (!parsed.error.empty()) {
    PrintMessage(parsed.error);
    PrintMessage("`gdlint --help` shows how it is used");
    return kUsageError;
  }
  Output out(STDOUT_FILENO);
  const ExitCode code = RunCommand(parsed.options, out);
  out.Flush();
  if (out.error() == EPIPE) {
    return kBrokenPipe;
  }
  if (out.error() != 0) {
    PrintMessage("cannot write: " +
                 std::generic_category().message(out.error()));
    return kUsageError;
  }
  return code;
}

}  // namespace
}  // namespace gdlint::driver

int main(int argc, char** argv) {
  using namespace gdlint::driver;
  PrepareProcess();
  try {
    return Main({argv + 1, argv + argc});
  } catch (const std::bad_alloc&) {
    PrintMessage("out of memory");
  } catch (const std::exception& error) {
    PrintMessage(std::string("internal error: ") + error.what());
  }
  return kIncomplete;
}
