// Carries out what findings propose: `--fix`, `--diff`.

#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "driver/analysis.h"
#include "loader/modules.h"
#include "report/finding.h"

namespace gdlint::driver {

// Those fixes of a file that can be made together, sorted and apart.
struct FilePlan {
  std::vector<report::Edit> edits;
  // The findings that have them.
  size_t findings = 0;
};

// Of two fixes that change the same bytes the first is made, the other is left
// to the next run. What both say in the same words is made once.
FilePlan PlanFixes(std::span<const report::Finding> findings);

// True if a comment above the package clause says so in the form that the go
// command knows.
bool IsGenerated(Analysis::FileView file);

// True for files that are not the user's to change: in the module cache, in
// `vendor`, and of Go itself unless the working directory is there.
bool IsForeign(const std::string& absolute_path, const loader::Module& module);

// Writes fixed files over several runs, and takes back what turns out not to
// compile.
class FixWriter {
 public:
  // Makes `plan`, unless the file is given up. `text`: what was analysed;
  // `errors`: how many errors it has.
  void Write(const std::string& path, const loader::Module& module,
             std::string_view text, size_t errors, const FilePlan& plan);
  // Gives a file that now has more errors its old text back, and gives it up.
  // True if it did.
  bool TakeBackIfBroken(const std::string& path, size_t errors);

  // Files written since this was asked last.
  size_t TakeWritten();
  size_t findings() const;
  size_t files() const;
  // What could not be written, and why.
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  struct File {
    std::string root;
    // Before and since the last write.
    std::string before;
    std::string now;
    size_t errors = 0;
    size_t last_findings = 0;
    size_t findings = 0;
    bool is_given_up = false;
  };
  void GiveUp(const std::string& path, File& file, const std::string& why);

  std::map<std::string, File> files_;
  size_t written_ = 0;
  std::vector<std::string> problems_;
};

}  // namespace gdlint::driver
