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

// What is known of a file that can be checked.
struct LoadedFile {
  // Null if the file cannot be checked.
  const source::SourceFile* source = nullptr;
  const parser::ParsedFile* parsed = nullptr;
  // What they point to, unless the package was loaded.
  std::unique_ptr<source::SourceFile> own_source;
  std::unique_ptr<parser::ParsedFile> own_parsed;
  source::LangVersion lang;
  // Of every file that has been read; empty if it has none.
  std::string package_name;
};

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

}  // namespace

void GuardFile(FileResult& result, const std::function<void()>& fn) {
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

struct Analysis::State {
  State(std::span<const Input> all_inputs, const AnalysisOptions& all_options,
        unsigned worker_count)
      : inputs_(all_inputs),
        options_(all_options),
        results_(all_inputs.size()),
        files_(all_inputs.size()),
        workers_(worker_count) {
    for (size_t i = 0; i < inputs_.size(); ++i) {
      // Standard input is a package of its own; no folder has this name.
      folders_[inputs_[i].is_standard_input ? std::string("\0", 1)
                                            : FolderOf(inputs_[i].path.path)]
          .push_back(i);
    }
  }

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

    file.source = input.source;
    if (file.source == nullptr) {
      source::ReadResult read = Read(input);
      if (!read.file) {
        result.outcome = Outcome::kFailed;
        result.failure = std::move(read.message);
        return;
      }
      file.own_source =
          std::make_unique<source::SourceFile>(std::move(*read.file));
      file.source = file.own_source.get();
    }
    const std::string_view text = file.source->text();
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
    file.parsed = input.parsed;
    if (file.parsed == nullptr) {
      // Of a file that is left out only the package clause matters.
      file.own_parsed =
          std::make_unique<parser::ParsedFile>(worker.parser.Parse(
              *file.source,
              wanted ? parser::Mode::kWholeFile : parser::Mode::kDeclarations));
      file.parsed = file.own_parsed.get();
    }
    file.package_name = PackageName(file.parsed->tree, text);
    meter.Charge(worker.timings.parse, text, /*count_lines=*/true);

    if (result.outcome != Outcome::kFailed) {
      Judge(input, wanted, file, result);
    }
    if (result.outcome != Outcome::kAnalysed) {
      file.source = nullptr;
      file.parsed = nullptr;
      file.own_source.reset();
      file.own_parsed.reset();
    }
  }

  // Decides whether a parsed file is checked.
  void Judge(const Input& input, bool wanted, const LoadedFile& file,
             FileResult& result) const {
    if (!wanted ||
        (!input.path.is_explicit &&
         IsLeftOut(file.parsed->tree, file.source->text(), options_.context))) {
      result.outcome = Outcome::kExcluded;
      return;
    }
    std::vector<source::Diagnostic> errors = file.parsed->errors;
    errors.insert(errors.end(), file.parsed->late_errors.begin(),
                  file.parsed->late_errors.end());
    if (errors.empty()) {
      return;
    }
    result.outcome = Outcome::kFailed;
    const std::string_view text = file.source->text();
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

  // The files of a folder that can be checked, by package.
  std::map<std::string_view, std::vector<size_t>> PackagesOf(
      const std::vector<size_t>& folder) const {
    std::map<std::string_view, std::vector<size_t>> packages;
    for (const size_t input : folder) {
      if (results_[input].outcome == Outcome::kAnalysed) {
        packages[files_[input].package_name].push_back(input);
      }
    }
    return packages;
  }

  void Check(const std::vector<size_t>& folder, Worker& worker) {
    for (const auto& [name, members] : PackagesOf(folder)) {
      CheckPackage(folder, name, members, worker);
    }
  }

  // True if every file that may belong to package `name` is there to be looked
  // at.
  bool IsWhole(const std::vector<size_t>& folder, std::string_view name) const {
    return std::ranges::all_of(folder, [&](size_t input) {
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

  void CheckPackage(const std::vector<size_t>& folder, std::string_view name,
                    std::span<const size_t> members, Worker& worker) {
    std::vector<checks::File> files;
    for (const size_t input : members) {
      const LoadedFile& file = files_[input];
      files.push_back({.name = file.source->name(),
                       .text = file.source->text(),
                       .tree = &file.parsed->tree,
                       .comments = file.parsed->comments,
                       .lang = file.lang});
    }
    const checks::Package package = {.files = files,
                                     .is_whole = IsWhole(folder, name)};
    for (size_t i = 0; i < members.size(); ++i) {
      const InvariantScope scope("checking", files[i].name);
      Meter meter(options_.measure);
      FileResult& result = results_[members[i]];
      GuardFile(result, [&] { CheckFile(package, files[i], result); });
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
  std::vector<FileResult> results_;
  std::vector<LoadedFile> files_;
  std::vector<Worker> workers_;
  std::map<std::string, std::vector<size_t>> folders_;
};

Analysis::Analysis(std::span<const Input> inputs,
                   const AnalysisOptions& options, unsigned worker_count)
    : state_(std::make_unique<State>(inputs, options, worker_count)) {}

Analysis::~Analysis() = default;

void Analysis::Load(TaskPool& pool, const std::function<void()>& file_done) {
  pool.ParallelFor(state_->inputs_.size(), [&](size_t input, unsigned worker) {
    GuardFile(state_->results_[input],
              [&] { state_->Load(input, state_->workers_[worker]); });
    file_done();
  });
}

void Analysis::CheckSyntax(TaskPool& pool) {
  if (std::ranges::none_of(state_->options_.checks,
                           [](const checks::Check* check) {
                             return check->needs == checks::Needs::kSyntax;
                           })) {
    return;
  }
  std::vector<const std::vector<size_t>*> folders;
  for (const auto& [path, folder] : state_->folders_) {
    folders.push_back(&folder);
  }
  pool.ParallelFor(folders.size(), [&](size_t i, unsigned worker) {
    // What fails for the folder as a whole fails for each of its files.
    FileResult outcome;
    GuardFile(outcome,
              [&] { state_->Check(*folders[i], state_->workers_[worker]); });
    if (outcome.outcome == Outcome::kFailed) {
      for (const size_t input : *folders[i]) {
        if (state_->results_[input].outcome == Outcome::kAnalysed) {
          state_->results_[input] = outcome;
        }
      }
    }
  });
}

Analysis::FileView Analysis::ViewOf(size_t input) const {
  const LoadedFile& file = state_->files_[input];
  return {.source = file.source, .parsed = file.parsed};
}

std::vector<LoosePackageFiles> Analysis::LoosePackages() const {
  std::vector<LoosePackageFiles> packages;
  for (const auto& [path, folder] : state_->folders_) {
    for (const auto& [name, members] : state_->PackagesOf(folder)) {
      LoosePackageFiles package;
      for (const size_t input : members) {
        const LoadedFile& file = state_->files_[input];
        if (file.own_parsed != nullptr) {
          package.files.push_back({.input = input,
                                   .source = file.source,
                                   .parsed = file.parsed,
                                   .version = file.lang});
        }
      }
      if (!package.files.empty()) {
        packages.push_back(std::move(package));
      }
    }
  }
  return packages;
}

std::vector<FileResult>& Analysis::results() { return state_->results_; }

void Analysis::AddTimings(Timings& timings) const {
  for (const State::Worker& worker : state_->workers_) {
    timings += worker.timings;
  }
}

}  // namespace gdlint::driver
