#include "driver/analysis.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

#include "checks/registry.h"
#include "driver/belonging.h"
#include "loader/file_header.h"
#include "loader/go_version.h"
#include "parser/parser.h"
#include "source/line_table.h"
#include "source/read_file.h"
#include "support/invariant.h"
#include "support/stopwatch.h"

namespace gdlint::driver {
namespace {

constexpr size_t kMaxErrorsShown = 10;

// What is kept of a file until its package has been checked.
struct LoadedFile {
  // Present if the file can be checked.
  std::optional<source::SourceFile> text;
  parser::ParsedFile parsed;
  source::LangVersion lang;
  // Of every file that has been read; empty if it has none.
  std::string package_name;
};

// The files of one folder. The thread that has loaded the last of them checks
// them all.
struct Folder {
  std::vector<size_t> inputs;
  std::atomic<size_t> to_load = 0;
};

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

// Runs `fn`. What only hostile input or a bug can cause becomes a failure of
// the file.
template <typename Fn>
void Guarded(FileResult& result, Fn fn) {
  const auto fail = [&result](std::string message) {
    result.outcome = Outcome::kFailed;
    result.findings.clear();
    result.failure = std::move(message);
  };
  try {
    fn();
  } catch (const std::bad_alloc&) {
    fail("out of memory");
  } catch (const std::exception& error) {
    fail(std::string("internal error: ") + error.what());
  }
}

// The state of one call of Analyse.
class Analysis {
 public:
  Analysis(std::span<const Input> inputs, const AnalysisOptions& options,
           unsigned worker_count, const std::function<void()>& file_done)
      : inputs_(inputs),
        options_(options),
        file_done_(file_done),
        results_(inputs.size()),
        files_(inputs.size()),
        workers_(worker_count) {
    MakeFolders();
  }

  // Which inputs to hand out one after the other: a folder's follow each other,
  // so that few folders are in memory at a time.
  void Run(TaskPool& pool) {
    pool.ParallelFor(order_.size(), [this](size_t at, unsigned worker) {
      const size_t input = order_[at];
      Guarded(results_[input], [&] { Load(input, workers_[worker]); });
      Folder& folder = *folder_of_[input];
      if (folder.to_load.fetch_sub(1) == 1) {
        CheckGuarded(folder, workers_[worker]);
      }
    });
  }

  std::vector<FileResult> TakeResults() { return std::move(results_); }

  void AddTimings(Timings& timings) const {
    for (const Worker& worker : workers_) {
      timings += worker.timings;
    }
  }

 private:
  struct Worker {
    parser::Parser parser;
    Timings timings;
  };

  // Adds the time since `watch` began, or was last asked, to a stage.
  class Meter {
   public:
    explicit Meter(bool enabled) : enabled_(enabled) {}
    void Charge(StageTotals& stage, std::string_view text,
                bool count_lines = false) {
      if (!enabled_) {
        return;
      }
      stage.time += watch_.Lap();
      stage.files += 1;
      stage.bytes += text.size();
      if (count_lines) {
        stage.lines += static_cast<size_t>(std::ranges::count(text, '\n'));
        // Counting is not the stage's work.
        watch_.Lap();
      }
    }

   private:
    bool enabled_;
    Stopwatch watch_;
  };

  void MakeFolders() {
    folder_of_.resize(inputs_.size());
    for (size_t i = 0; i < inputs_.size(); ++i) {
      const Input& input = inputs_[i];
      // Standard input is a package of its own; no folder has this name.
      const std::string name = input.is_standard_input
                                   ? std::string("\0", 1)
                                   : FolderOf(input.path.path);
      Folder& folder = folders_[name];
      folder.inputs.push_back(i);
      folder_of_[i] = &folder;
    }
    for (auto& [path, folder] : folders_) {
      folder.to_load = folder.inputs.size();
      order_.insert(order_.end(), folder.inputs.begin(), folder.inputs.end());
    }
  }

  source::ReadResult Read(const Input& input) const {
    return input.is_standard_input
               ? source::ReadDescriptor(STDIN_FILENO, input.path.path,
                                        options_.max_file_size)
               : source::ReadFile(input.path.path, input.path.path,
                                  options_.max_file_size);
  }

  void Load(size_t index, Worker& worker) {
    const Input& input = inputs_[index];
    FileResult& result = results_[index];
    LoadedFile& file = files_[index];
    const InvariantScope scope("reading and parsing", input.path.path);
    Meter meter(options_.measure);

    source::ReadResult read = Read(input);
    if (!read.file) {
      result.outcome = Outcome::kFailed;
      result.failure = std::move(read.message);
      return;
    }
    file.text = std::move(read.file);
    const std::string_view text = file.text->text();
    meter.Charge(worker.timings.read, text);

    const loader::FileHeader header =
        loader::ReadFileHeader(text, options_.context);
    file.lang = options_.lang.value_or(
        loader::FileVersion(input.module_version, header.version));
    const bool wanted = input.path.is_explicit || header.matches;
    if (!wanted && !header.error.empty()) {
      result.outcome = Outcome::kFailed;
      result.failure = header.error;
    }
    // Of a file that is left out only the package clause matters.
    file.parsed =
        worker.parser.Parse(*file.text, wanted ? parser::Mode::kWholeFile
                                               : parser::Mode::kDeclarations);
    file.package_name = PackageName(file.parsed.tree, text);
    meter.Charge(worker.timings.parse, text, /*count_lines=*/true);

    if (result.outcome != Outcome::kFailed) {
      Judge(input, wanted, file, result);
    }
    if (result.outcome != Outcome::kAnalysed) {
      file.text.reset();
      file.parsed = {};
    }
  }

  // Decides whether a parsed file is checked.
  void Judge(const Input& input, bool wanted, const LoadedFile& file,
             FileResult& result) const {
    if (!wanted ||
        (!input.path.is_explicit &&
         IsLeftOut(file.parsed.tree, file.text->text(), options_.context))) {
      result.outcome = Outcome::kExcluded;
      return;
    }
    std::vector<source::Diagnostic> errors = file.parsed.errors;
    errors.insert(errors.end(), file.parsed.late_errors.begin(),
                  file.parsed.late_errors.end());
    if (errors.empty()) {
      return;
    }
    result.outcome = Outcome::kFailed;
    const std::string_view text = file.text->text();
    source::SortAndKeepFirstPerLine(text, errors);
    const source::LineTable lines(text);
    for (const source::Diagnostic& error : errors) {
      if (result.errors.size() < kMaxErrorsShown) {
        result.errors.push_back(report::MakeFinding(error, lines));
      } else {
        ++result.more_errors;
      }
    }
  }

  // What fails for the folder as a whole fails for each of its files.
  void CheckGuarded(const Folder& folder, Worker& worker) {
    FileResult outcome;
    Guarded(outcome, [&] { Check(folder, worker); });
    for (const size_t input : folder.inputs) {
      if (outcome.outcome == Outcome::kFailed &&
          results_[input].outcome == Outcome::kAnalysed) {
        results_[input] = outcome;
      }
      files_[input] = {};
      file_done_();
    }
  }

  // Runs the checks on every file of the folder that can be checked.
  void Check(const Folder& folder, Worker& worker) {
    std::map<std::string_view, std::vector<size_t>> packages;
    for (const size_t input : folder.inputs) {
      if (results_[input].outcome == Outcome::kAnalysed) {
        packages[files_[input].package_name].push_back(input);
      }
    }
    for (const auto& [name, members] : packages) {
      CheckPackage(folder, name, members, worker);
    }
  }

  // True if every file that may belong to package `name` is there to be looked
  // at.
  bool IsWhole(const Folder& folder, std::string_view name) const {
    return std::ranges::all_of(folder.inputs, [&](size_t input) {
      if (!inputs_[input].path.dir_is_whole) {
        return false;
      }
      if (results_[input].outcome == Outcome::kAnalysed) {
        return true;
      }
      const std::string& package = files_[input].package_name;
      return !package.empty() && package != name;
    });
  }

  void CheckPackage(const Folder& folder, std::string_view name,
                    std::span<const size_t> members, Worker& worker) {
    std::vector<checks::File> files;
    for (const size_t input : members) {
      const LoadedFile& file = files_[input];
      files.push_back({.name = file.text->name(),
                       .text = file.text->text(),
                       .tree = &file.parsed.tree,
                       .comments = file.parsed.comments,
                       .lang = file.lang});
    }
    const checks::Package package = {.files = files,
                                     .is_whole = IsWhole(folder, name)};
    for (size_t i = 0; i < members.size(); ++i) {
      const InvariantScope scope("checking", files[i].name);
      Meter meter(options_.measure);
      FileResult& result = results_[members[i]];
      Guarded(result, [&] { CheckFile(package, files[i], result); });
      meter.Charge(worker.timings.check, files[i].text);
    }
  }

  void CheckFile(const checks::Package& package, const checks::File& file,
                 FileResult& result) const {
    const std::vector<source::Diagnostic> diagnostics =
        checks::RunChecks(package, file, options_.checks);
    if (diagnostics.empty()) {
      return;
    }
    const source::LineTable lines(file.text);
    for (const source::Diagnostic& diagnostic : diagnostics) {
      result.findings.push_back(report::MakeFinding(diagnostic, lines));
    }
  }

  std::span<const Input> inputs_;
  const AnalysisOptions& options_;
  const std::function<void()>& file_done_;
  std::vector<FileResult> results_;
  std::vector<LoadedFile> files_;
  std::vector<Worker> workers_;
  std::map<std::string, Folder> folders_;
  std::vector<Folder*> folder_of_;
  std::vector<size_t> order_;
};

}  // namespace

std::vector<FileResult> Analyse(std::span<const Input> inputs,
                                const AnalysisOptions& options, TaskPool& pool,
                                const std::function<void()>& file_done,
                                Timings& timings) {
  Analysis analysis(inputs, options, pool.worker_count(), file_done);
  analysis.Run(pool);
  analysis.AddTimings(timings);
  return analysis.TakeResults();
}

}  // namespace gdlint::driver
