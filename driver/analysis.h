// Analyses files: reads and parses them, and runs the checks that need no
// types.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checks/check.h"
#include "driver/timings.h"
#include "loader/build_context.h"
#include "loader/walk.h"
#include "parser/parser.h"
#include "report/finding.h"
#include "source/lang_version.h"
#include "source/source_file.h"
#include "support/task_pool.h"

namespace gdlint::driver {

// One file to analyse.
struct Input {
  loader::SourcePath path;
  // The version that its module has.
  source::LangVersion module_version;
  // Standard input takes the place of `path`, whose name only is used.
  bool is_standard_input = false;
  // Both null unless its package was loaded: its text, and what it parses to.
  const source::SourceFile* source = nullptr;
  const parser::ParsedFile* parsed = nullptr;
};

struct AnalysisOptions {
  const loader::BuildContext& context;
  std::span<const checks::Check* const> checks;
  // For all files, whatever they and their modules say.
  std::optional<source::LangVersion> lang;
  size_t max_file_size;
  bool measure = false;
};

enum class Outcome : uint8_t {
  // The checks ran.
  kAnalysed,
  // Excluded by a build constraint.
  kExcluded,
  // `errors` or `failure` say why the checks did not run.
  kFailed,
};

struct FileResult {
  Outcome outcome = Outcome::kAnalysed;
  std::vector<report::Finding> findings;
  // The first syntax errors, and how many more there are.
  std::vector<report::Finding> errors;
  size_t more_errors = 0;
  // What is wrong with the file as a whole: "permission denied".
  std::string failure;
};

// Files that are in no package that was loaded, and are checked as one.
struct LoosePackageFiles {
  struct File {
    size_t input;
    const source::SourceFile* source;
    const parser::ParsedFile* parsed;
    source::LangVersion version;
  };
  std::vector<File> files;
};

// The state of analysing files one by one. What it holds of files that were not
// parsed before lives as long as it does.
class Analysis {
 public:
  Analysis(std::span<const Input> inputs, const AnalysisOptions& options,
           unsigned worker_count);
  ~Analysis();
  Analysis(const Analysis&) = delete;
  Analysis& operator=(const Analysis&) = delete;

  // Reads and parses what was not parsed before, and decides which files are
  // analysed. `file_done` is called from any thread, once for each input.
  void Load(TaskPool& pool, const std::function<void()>& file_done);
  // Runs the checks that need no more than a tree.
  void CheckSyntax(TaskPool& pool);

  // Of an input that was analysed.
  struct FileView {
    const source::SourceFile* source;
    const parser::ParsedFile* parsed;
  };
  FileView ViewOf(size_t input) const;

  // In the order of their first inputs.
  std::vector<LoosePackageFiles> LoosePackages() const;
  // Of each input, in the order of the inputs: the same for any number of
  // threads.
  std::vector<FileResult>& results();
  void AddTimings(Timings& timings) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Runs `fn`. What only hostile input or a bug can cause becomes a failure of
// the file.
void GuardFile(FileResult& result, const std::function<void()>& fn);

}  // namespace gdlint::driver
