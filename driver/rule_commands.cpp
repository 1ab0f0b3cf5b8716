#include "driver/rule_commands.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "checks/page.h"
#include "checks/registry.h"
#include "driver/explain_function.h"
#include "driver/rule_selection.h"

namespace gdlint::driver {

ExitCode RunRules(const Options& options, Output& out) {
  if (!options.arguments.empty()) {
    PrintMessage(
        "`gdlint rules` takes no arguments; `gdlint explain RULE` explains "
        "one");
    return kUsageError;
  }
  size_t width = 0;
  for (const checks::Check* const check : checks::AllChecks()) {
    width = std::max(width, check->name.size());
  }
  for (const checks::Check* const check : checks::AllChecks()) {
    out.Write(fmt::format("{:<{}}  {:<7}  {}{}\n", check->name, width,
                          source::SeverityName(check->severity),
                          check->doc.summary,
                          check->on_by_default ? "" : " (off by default)"));
  }
  return kClean;
}

ExitCode RunExplain(const Options& options,
                    const loader::Environment& environment, Output& out) {
  if (options.arguments.empty()) {
    PrintMessage("usage: gdlint explain RULE, or FUNC [PACKAGES]");
    return kUsageError;
  }
  const std::string& name = options.arguments[0];
  if (options.arguments.size() == 1) {
    if (const checks::Check* const check = checks::FindCheck(name)) {
      if (options.format == Format::kHtml) {
        PrintMessage("`--format html` is for functions; `" + name +
                     "` is a rule");
        return kUsageError;
      }
      out.Write(checks::RenderPage(*check));
      return kClean;
    }
    // No function has a name of this kind.
    if (name.find('-') != std::string::npos &&
        name.find_first_of("./(") == std::string::npos) {
      PrintMessage(UnknownRule(name));
      return kUsageError;
    }
  }
  return RunExplainFunction(options, environment, out);
}

}  // namespace gdlint::driver
