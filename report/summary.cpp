#include "report/summary.h"

#include <string_view>

#include <fmt/format.h>

namespace gdlint::report {
namespace {

std::string Counted(size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string BySeverity(const Summary& summary) {
  std::string text;
  const auto add = [&text](size_t count, std::string_view noun) {
    if (count > 0) {
      text += (text.empty() ? "" : ", ") + Counted(count, noun);
    }
  };
  add(summary.errors, "error");
  add(summary.warnings, "warning");
  if (summary.infos > 0) {
    text += fmt::format("{}{} info", text.empty() ? "" : ", ", summary.infos);
  }
  return text;
}

}  // namespace

std::string SummaryLine(const Summary& summary) {
  std::string line;
  if (summary.fixed > 0) {
    line = Counted(summary.fixed, "finding") + " fixed in " +
           Counted(summary.fixed_files, "file") + "; left: ";
  }
  line += Counted(summary.findings(), "finding");
  if (summary.findings() > 0) {
    line += " (" + BySeverity(summary) + ")";
  }
  line += " in " + Counted(summary.files, "file");
  if (summary.fixable > 0) {
    line += fmt::format("; {} can be fixed with --fix", summary.fixable);
  }
  if (summary.excluded > 0) {
    line += "; " + Counted(summary.excluded, "file") +
            " excluded by build constraints";
  }
  if (summary.failed > 0) {
    line += fmt::format("; {} could not be analysed", summary.failed);
  }
  if (summary.broken_packages > 0) {
    line += fmt::format(
        "; {} not compile",
        summary.broken_packages == 1
            ? "1 package does"
            : std::to_string(summary.broken_packages) + " packages do");
  }
  return line;
}

}  // namespace gdlint::report
