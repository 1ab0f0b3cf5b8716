#include "driver/lint.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "checks/knowledge/models.h"
#include "checks/registry.h"
#include "driver/analysis.h"
#include "driver/colour.h"
#include "driver/fixes.h"
#include "driver/keep.h"
#include "driver/lint_functions.h"
#include "driver/lint_program.h"
#include "driver/lint_types.h"
#include "driver/output.h"
#include "driver/progress.h"
#include "driver/rule_selection.h"
#include "driver/settings.h"
#include "driver/suggest.h"
#include "driver/suppressions.h"
#include "driver/timings.h"
#include "loader/modules.h"
#include "loader/patterns.h"
#include "report/json.h"
#include "report/summary.h"
#include "report/text.h"
#include "report/unified_diff.h"
#include "support/stopwatch.h"
#include "support/task_pool.h"

namespace gdlint::driver {
namespace {

constexpr std::string_view kStandardInputName = "<standard input>";
constexpr std::string_view kCommandNames[] = {"rules", "explain", "debug",
                                              "help", "version"};

std::vector<Input> MakeInputs(const loader::Selection& selection,
                              loader::ModuleTable& modules) {
  std::vector<Input> inputs;
  inputs.reserve(selection.files.size() + 1);
  if (selection.standard_input) {
    const loader::ModuleIndex module = modules.Find(loader::AbsolutePath("."));
    inputs.push_back({.path = {.path = std::string(kStandardInputName),
                               .module = module,
                               .is_explicit = true,
                               .dir_is_whole = false},
                      .module_version = modules[module].go_mod.version,
                      .is_standard_input = true});
  }
  for (const loader::SourcePath& file : selection.files) {
    inputs.push_back({.path = file,
                      .module_version = modules[file.module].go_mod.version,
                      .is_standard_input = false});
  }
  return inputs;
}

void Count(const FileResult& result, report::Summary& summary) {
  switch (result.outcome) {
    case Outcome::kAnalysed:
      ++summary.files;
      break;
    case Outcome::kExcluded:
      ++summary.excluded;
      break;
    case Outcome::kFailed:
      ++summary.failed;
      break;
  }
  for (const report::Finding& finding : result.findings) {
    summary.fixable += finding.fix.edits.empty() ? 0 : 1;
    switch (finding.severity) {
      case source::Severity::kError:
        ++summary.errors;
        break;
      case source::Severity::kWarning:
        ++summary.warnings;
        break;
      case source::Severity::kInfo:
        ++summary.infos;
        break;
    }
  }
}

// One run, from its arguments to its exit code.
class LintRun {
 public:
  // `is_first`: not after a run that wrote fixes.
  LintRun(const Options& options, const loader::Environment& environment,
          bool is_first = true)
      : options_(options),
        environment_(environment),
        is_first_(is_first),
        context_(loader::BuildContext::Make(options.build, environment)) {}

  // kClean: everything was analysed that could be. Else says what is wrong with
  // the arguments.
  ExitCode Analyse() {
    SettingsResult settings = LoadSettings(options_);
    if (!settings.error.empty()) {
      PrintMessage(settings.error);
      return kUsageError;
    }
    settings_ = std::move(settings.settings);
    if (const std::string error = SetSeverities(); !error.empty()) {
      PrintMessage(error);
      return kUsageError;
    }
    models_ = WithSettings(settings_, checks::knowledge::ModelOf);
    const RuleSelection rules = SelectRules(options_, settings_);
    if (!rules.error.empty()) {
      PrintMessage(rules.error);
      return kUsageError;
    }
    if (!List()) {
      return kUsageError;
    }
    TaskPool pool(JobCount(options_));
    AnalyseAll(rules.checks, pool);
    worker_count_ = pool.worker_count();
    return kClean;
  }

  // Takes back what was written and does not compile, and writes what else can
  // be fixed. True if files are other than they were.
  bool Fix(FixWriter& writer) const {
    bool is_changed = false;
    for (size_t i = 0; i < results_.size(); ++i) {
      const FileResult& result = results_[i];
      const size_t errors = result.errors.size() + result.more_errors;
      const std::string path = loader::AbsolutePath(inputs_[i].path.path);
      if (writer.TakeBackIfBroken(path, errors)) {
        is_changed = true;
      } else if (!result.findings.empty()) {
        writer.Write(path, modules_[inputs_[i].path.module],
                     files_->ViewOf(i).source->text(), errors,
                     PlanFixes(result.findings));
      }
    }
    return writer.TakeWritten() > 0 || is_changed;
  }

  void WriteTimes() {
    Output out(STDERR_FILENO);
    if (options_.time_checks) {
      out.Write(CheckTimesTable(timings_.checks));
    }
    if (options_.timings) {
      out.Write(TimingsTable(timings_, total_.Elapsed(), worker_count_));
    }
    out.Flush();
  }

  // `writer`: null if nothing was to be written.
  ExitCode Finish(const FixWriter* writer) {
    if (writer != nullptr) {
      summary_.fixed = writer->findings();
      summary_.fixed_files = writer->files();
    }
    const ExitCode written = Report();
    WriteTimes();
    if (writer != nullptr && !writer->problems().empty()) {
      std::ranges::for_each(writer->problems(), PrintMessage);
      return kUsageError;
    }
    if (written != kClean) {
      return written;
    }
    if (summary_.failed > 0 || summary_.broken_packages > 0) {
      return kIncomplete;
    }
    return summary_.findings() > 0 ? kFindings : kClean;
  }

 private:
  // False if the arguments are wrong; says so.
  bool List() {
    Stopwatch watch;
    std::vector<std::string> arguments = options_.arguments;
    if (arguments.empty()) {
      arguments.emplace_back("./...");
    }
    const loader::SelectOptions select = {.include_tests = options_.tests,
                                          .goroot = options_.goroot};
    selection_ = loader::SelectFiles(arguments, select, context_, environment_,
                                     modules_);
    inputs_ = MakeInputs(selection_, modules_);
    timings_.list.time = watch.Elapsed();
    timings_.list.files = inputs_.size();
    PrintUsageErrors();
    if (!selection_.usage_errors.empty()) {
      return false;
    }
    if (options_.fix && selection_.standard_input) {
      PrintMessage(
          "--fix cannot change standard input; --diff shows what it "
          "would change");
      return false;
    }
    if (!options_.quiet && is_first_) {
      for (const std::string& warning : selection_.warnings) {
        PrintMessage(warning);
      }
    }
    if (inputs_.empty() && selection_.problems.empty() &&
        selection_.excluded_by_name == 0) {
      PrintMessage("nothing to analyse: no Go files");
      return false;
    }
    return true;
  }

  void PrintUsageErrors() const {
    for (const std::string& error : selection_.usage_errors) {
      std::string hint;
      if (options_.arguments.size() <= 2) {
        hint = DidYouMean(options_.arguments[0], kCommandNames);
      }
      PrintMessage(error + hint);
    }
  }

  void AnalyseAll(std::span<const checks::Check* const> checks,
                  TaskPool& pool) {
    const AnalysisOptions analysis = {.context = context_,
                                      .checks = checks,
                                      .lang = options_.lang,
                                      .max_file_size = options_.max_file_size,
                                      .measure = options_.timings};
    Stopwatch watch;
    const auto kept = std::make_shared<LintProgram>(inputs_, options_, context_,
                                                    environment_);
    KeepToEnd(kept);
    LintProgram& program = *kept;
    AddFailure("types", [&] { program.Load(inputs_, pool); });
    timings_.types.time = watch.Lap();
    Progress progress(!options_.quiet && isatty(STDERR_FILENO) == 1,
                      inputs_.size());
    files_ = std::make_unique<Analysis>(inputs_, analysis, pool.worker_count());
    Analysis& files = *files_;
    files.Load(pool, [&progress] { progress.FileDone(); });
    files.CheckSyntax(pool);
    files.AddTimings(timings_);
    watch.Lap();
    const TypeCheckSummary types =
        AddTypeErrors(program, options_, files.results());
    summary_.broken_packages = types.broken_packages;
    remarks_ = types.warnings;
    const std::vector<LoosePackageFiles> loose = files.LoosePackages();
    AddFailure("types", [&] { program.AddLoose(loose, pool); });
    std::ranges::move(program.TakeFailures(),
                      std::back_inserter(selection_.problems));
    timings_.types.time += watch.Lap();
    AddFailure("rules", [&] {
      CheckFunctions(program,
                     {.checks = checks,
                      .models = models_,
                      .is_timed = options_.time_checks},
                     pool, files.results(), selection_.problems, remarks_,
                     timings_);
    });
    pool.ParallelFor(inputs_.size(), [&](size_t i, unsigned) {
      FileResult& result = files.results()[i];
      GuardFile(result, [&] { Filter(files.ViewOf(i), checks, i, result); });
    });
    results_ = std::move(files.results());
  }

  // The severities that settings and the command line give, the latter last.
  std::string SetSeverities() {
    for (const auto& [check, severity] : settings_.severities) {
      severities_[check->name] = severity;
    }
    for (const std::string& choice : options_.severity) {
      const size_t equals = choice.find('=');
      const bool is_least = equals == std::string::npos;
      const auto severity =
          ParseSeverity(is_least ? choice : choice.substr(equals + 1));
      if (!severity) {
        return "--severity: `" + choice +
               "` is neither RULE=LEVEL nor LEVEL; levels are error, warning "
               "and info";
      }
      if (is_least) {
        least_severity_ = *severity;
        continue;
      }
      const std::string name = choice.substr(0, equals);
      const checks::Check* const check = checks::FindCheck(name);
      if (check == nullptr) {
        return UnknownRule(name);
      }
      severities_[check->name] = *severity;
    }
    return "";
  }

  // What comments and settings leave of the findings in a file.
  void Filter(Analysis::FileView file,
              std::span<const checks::Check* const> checks, size_t input,
              FileResult& result) {
    if (file.parsed == nullptr) {
      return;
    }
    ApplySuppressions({.text = file.source->text(),
                       .tree = file.parsed->tree,
                       .comments = file.parsed->comments},
                      checks, options_.report_unused, result.findings);
    if (result.findings.empty()) {
      return;
    }
    const std::string path = loader::AbsolutePath(inputs_[input].path.path);
    for (report::Finding& finding : result.findings) {
      const auto chosen = severities_.find(finding.rule);
      if (chosen != severities_.end()) {
        finding.severity = chosen->second;
      }
    }
    std::erase_if(result.findings, [&](const report::Finding& finding) {
      return finding.severity > least_severity_ ||
             !settings_.Wants(path, finding.rule);
    });
    if (IsGenerated(file) ||
        IsForeign(path, modules_[inputs_[input].path.module])) {
      for (report::Finding& finding : result.findings) {
        finding.fix.edits.clear();
      }
    }
  }

  // What fails for the program as a whole is named, and the rest goes on.
  void AddFailure(const std::string& name, const std::function<void()>& fn) {
    FileResult outcome;
    GuardFile(outcome, fn);
    if (outcome.outcome == Outcome::kFailed) {
      selection_.problems.push_back(
          {.path = name, .message = std::move(outcome.failure)});
    }
  }

  ExitCode Report() {
    Stopwatch watch;
    summary_.excluded = selection_.excluded_by_name;
    summary_.failed = selection_.problems.size();
    for (const FileResult& result : results_) {
      Count(result, summary_);
    }
    if (options_.fix) {
      // There is nothing left that it could do.
      summary_.fixable = 0;
    }
    Output out(STDOUT_FILENO);
    if (options_.diff) {
      WriteDiff(out);
    } else if (options_.format == Format::kJson) {
      WriteJson(out);
    } else {
      WriteText(out);
    }
    out.Flush();
    timings_.report.time = watch.Elapsed();
    timings_.report.files = results_.size();
    PrintFailures();
    return ExitCodeOf(out);
  }

  void WriteText(Output& out) {
    const bool colour = UsesColour(options_.color, environment_);
    for (size_t i = 0; i < results_.size(); ++i) {
      const std::string& name = inputs_[i].path.path;
      std::string text;
      for (const report::Finding& error : results_[i].errors) {
        report::AppendText(name, error, colour, text);
      }
      if (results_[i].more_errors > 0) {
        report::AppendMoreErrors(name, results_[i].more_errors, colour, text);
      }
      for (const report::Finding& finding : results_[i].findings) {
        report::AppendText(name, finding, colour, text);
      }
      out.Write(text);
    }
    if (options_.summary && !options_.quiet) {
      out.Write(report::SummaryLine(summary_) + "\n");
    }
  }

  void WriteDiff(Output& out) {
    for (size_t i = 0; i < results_.size(); ++i) {
      const FilePlan plan = PlanFixes(results_[i].findings);
      if (!plan.edits.empty()) {
        std::string diff;
        report::AppendUnifiedDiff(inputs_[i].path.path,
                                  files_->ViewOf(i).source->text(), plan.edits,
                                  diff);
        out.Write(diff);
      }
    }
    if (options_.summary && !options_.quiet) {
      out.Flush();
      PrintMessage(report::SummaryLine(summary_));
    }
  }

  void WriteJson(Output& out) {
    report::JsonReport json(loader::AbsolutePath("."));
    for (size_t i = 0; i < results_.size(); ++i) {
      const std::string& name = inputs_[i].path.path;
      for (const report::Finding& finding : results_[i].findings) {
        json.AddFinding(name, finding);
      }
      for (const report::Finding& error : results_[i].errors) {
        json.AddError(name, error);
      }
      if (!results_[i].failure.empty()) {
        json.AddError(name, results_[i].failure);
      }
    }
    for (const loader::Problem& problem : selection_.problems) {
      json.AddError(problem.path, problem.message);
    }
    out.Write(json.Finish(summary_));
  }

  // Names what could not be analysed and is not in the report of findings.
  void PrintFailures() const {
    for (const std::string& remark : remarks_) {
      if (!options_.quiet) {
        PrintMessage(remark);
      }
    }
    for (const loader::Problem& problem : selection_.problems) {
      PrintMessage(problem.path + ": " + problem.message);
    }
    for (size_t i = 0; i < results_.size(); ++i) {
      if (!results_[i].failure.empty()) {
        PrintMessage(inputs_[i].path.path + ": " + results_[i].failure);
      }
    }
  }

  static ExitCode ExitCodeOf(const Output& out) {
    if (out.error() == EPIPE) {
      return kBrokenPipe;
    }
    if (out.error() != 0) {
      PrintMessage("cannot write the report: " +
                   std::generic_category().message(out.error()));
      return kUsageError;
    }
    return kClean;
  }

  const Options& options_;
  const loader::Environment& environment_;
  bool is_first_;
  Stopwatch total_;
  loader::BuildContext context_;
  Settings settings_;
  std::map<std::string_view, source::Severity> severities_;
  source::Severity least_severity_ = source::Severity::kInfo;
  dataflow::ModelFn models_;
  loader::ModuleTable modules_;
  loader::Selection selection_;
  std::vector<Input> inputs_;
  std::vector<FileResult> results_;
  // The texts and trees of all inputs.
  std::unique_ptr<Analysis> files_;
  report::Summary summary_;
  unsigned worker_count_ = 0;
  std::vector<std::string> remarks_;
  Timings timings_;
};

// Runs until there is nothing more to fix, since one fix may stand in the way
// of another.
ExitCode RunFix(const Options& options,
                const loader::Environment& environment) {
  constexpr int kMaxRuns = 8;
  FixWriter writer;
  for (int run_number = 1;; ++run_number) {
    LintRun run(options, environment, run_number == 1);
    if (const ExitCode code = run.Analyse(); code != kClean) {
      return code;
    }
    if (run_number == kMaxRuns || !run.Fix(writer)) {
      return run.Finish(&writer);
    }
  }
}

}  // namespace

ExitCode RunLint(const Options& options,
                 const loader::Environment& environment) {
  if (options.fix) {
    return RunFix(options, environment);
  }
  LintRun run(options, environment);
  const ExitCode code = run.Analyse();
  return code == kClean ? run.Finish(nullptr) : code;
}

}  // namespace gdlint::driver
