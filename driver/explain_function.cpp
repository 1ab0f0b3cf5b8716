#include "driver/explain_function.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "checks/knowledge/models.h"
#include "dataflow/analyses.h"
#include "dataflow/program.h"
#include "driver/colour.h"
#include "driver/debug_packages.h"
#include "driver/debug_program.h"
#include "driver/explanation.h"
#include "driver/function_page.h"
#include "driver/settings.h"
#include "driver/suggest.h"
#include "report/explanation.h"
#include "report/function_page.h"
#include "ssa/function.h"

namespace gdlint::driver {
namespace {

// `(*T[K]).M` as `T.M`: nobody has two methods that differ by the star.
std::string Plain(std::string_view name) {
  std::string plain;
  int depth = 0;
  for (const char c : name) {
    depth += c == '[' ? 1 : 0;
    if (depth == 0 && c != '(' && c != ')' && c != '*') {
      plain += c;
    }
    depth -= c == ']' && depth > 0 ? 1 : 0;
  }
  return plain;
}

// The names that a function goes by.
struct Names {
  explicit Names(const ssa::Function& function)
      : local(Plain(function.name())),
        in_package(function.package()->name + "." + local),
        full(function.package()->path + "." + local) {}

  // "F" of "F" and of "T.F".
  std::string_view Last() const {
    return std::string_view(local).substr(local.rfind('.') + 1);
  }
  bool Fits(std::string_view query) const {
    return query == local || query == in_package || query == full ||
           (full.ends_with(query) &&
            full[full.size() - query.size() - 1] == '/');
  }

  std::string local;
  std::string in_package;
  std::string full;
};

// Those that are named exactly or, if there are none, methods of the name.
class Matches {
 public:
  Matches(const dataflow::Program& program, std::string_view query)
      : query_(Plain(query)) {
    for (uint32_t i = 0; i < program.nodes().size(); ++i) {
      const dataflow::Node& node = program.nodes()[i];
      if (node.is_root && node.body != nullptr && IsFunction(*node.body)) {
        Add(dataflow::FunctionId{i}, *node.body);
      }
    }
  }

  const std::vector<dataflow::FunctionId>& found() const {
    return exact_.empty() ? methods_ : exact_;
  }

  // What the query may be a slip of.
  std::string Hint() const {
    const std::vector<std::string_view> names(names_.begin(), names_.end());
    return DidYouMean(query_, names);
  }

 private:
  static bool IsFunction(const ssa::Function& function) {
    return function.unit() != nullptr &&
           (function.kind() == ssa::FunctionKind::kDeclared ||
            function.kind() == ssa::FunctionKind::kLiteral);
  }

  void Add(dataflow::FunctionId id, const ssa::Function& function) {
    const Names names(function);
    if (names.Fits(query_)) {
      exact_.push_back(id);
    } else if (names.Last() == query_) {
      methods_.push_back(id);
    }
    if (function.kind() == ssa::FunctionKind::kDeclared) {
      names_.emplace_back(names.Last());
      names_.push_back(names.local);
      names_.push_back(names.in_package);
    }
  }

  const std::string query_;
  std::vector<dataflow::FunctionId> exact_;
  std::vector<dataflow::FunctionId> methods_;
  std::vector<std::string> names_;
};

// The page of each function.
std::string Pages(const std::vector<dataflow::FunctionId>& functions,
                  dataflow::Analyses& analyses) {
  std::vector<report::FunctionPage> pages;
  for (const dataflow::FunctionId id : functions) {
    std::vector<std::vector<ExitPoint>> points;
    report::Explanation explanation = Explain(id, analyses, &points);
    pages.push_back(PageOf(*analyses.program().node(id).body,
                           std::move(explanation), points, analyses));
  }
  return report::FunctionPagesAsHtml(pages);
}

void Print(const std::vector<report::Explanation>& explanations,
           const Options& options, const loader::Environment& environment,
           Output& out) {
  if (options.format == Format::kJson ||
      options.trace_form == TraceForm::kJson) {
    out.Write(report::ExplanationsAsJson(explanations));
    return;
  }
  const bool colour = UsesColour(options.color, environment);
  for (size_t i = 0; i < explanations.size(); ++i) {
    std::string text = i == 0 ? "" : "\n";
    report::AppendText(explanations[i], colour, text);
    out.Write(text);
  }
}

}  // namespace

ExitCode RunExplainFunction(const Options& options,
                            const loader::Environment& environment,
                            Output& out) {
  Options with_packages = options;
  if (options.arguments.size() == 1) {
    with_packages.arguments.emplace_back("./...");
  }
  const SettingsResult settings = LoadSettings(options);
  if (!settings.error.empty()) {
    PrintMessage(settings.error);
    return kUsageError;
  }
  const std::unique_ptr<DebugPackages> packages =
      CheckForDebug(with_packages, environment);
  if (packages == nullptr) {
    return kUsageError;
  }
  const std::unique_ptr<dataflow::Program> program = MakeProgram(
      *packages, WithSettings(settings.settings, checks::knowledge::ModelOf));
  const bool is_incomplete =
      PrintErrors(*packages) || !packages->checked.failures.empty();
  for (const loader::Problem& failure : packages->checked.failures) {
    PrintMessage(failure.path + ": " + failure.message);
  }
  const Matches matches(*program, options.arguments[0]);
  if (matches.found().empty()) {
    PrintMessage("there is no function, and no rule, `" + options.arguments[0] +
                 "`" + matches.Hint());
    if (options.arguments.size() == 1) {
      PrintMessage(
          "it was looked for in ./...; packages to look in can follow it");
    }
    return kUsageError;
  }
  dataflow::Analyses analyses(*program);
  if (options.format == Format::kHtml) {
    out.Write(Pages(matches.found(), analyses));
    return is_incomplete ? kIncomplete : kClean;
  }
  std::vector<report::Explanation> explanations;
  for (const dataflow::FunctionId id : matches.found()) {
    explanations.push_back(Explain(id, analyses));
  }
  Print(explanations, options, environment, out);
  return is_incomplete ? kIncomplete : kClean;
}

}  // namespace gdlint::driver
