#include "driver/fixes.h"

#include <algorithm>
#include <utility>

#include "driver/replace_file.h"
#include "report/unified_diff.h"

namespace gdlint::driver {
namespace {

using report::Edit;

bool IsSame(const Edit& a, const Edit& b) {
  return a.begin == b.begin && a.end == b.end && a.text == b.text;
}

// Two insertions at one place clash too: which should come first?
bool Clash(const Edit& a, const Edit& b) {
  return !IsSame(a, b) && a.begin <= b.end && b.begin <= a.end;
}

}  // namespace

FilePlan PlanFixes(std::span<const report::Finding> findings) {
  FilePlan plan;
  for (const report::Finding& finding : findings) {
    const std::vector<Edit>& edits = finding.fix.edits;
    const bool clashes = std::ranges::any_of(edits, [&](const Edit& edit) {
      return std::ranges::any_of(
          plan.edits, [&](const Edit& other) { return Clash(edit, other); });
    });
    if (edits.empty() || clashes) {
      continue;
    }
    ++plan.findings;
    std::ranges::copy_if(
        edits, std::back_inserter(plan.edits), [&](const Edit& edit) {
          return std::ranges::none_of(plan.edits, [&](const Edit& other) {
            return IsSame(edit, other);
          });
        });
  }
  std::ranges::sort(plan.edits, {}, &Edit::begin);
  return plan;
}

bool IsGenerated(Analysis::FileView file) {
  constexpr std::string_view kBegin = "// Code generated ";
  constexpr std::string_view kEnd = " DO NOT EDIT.";
  const source::Pos package = file.parsed->tree.package_pos();
  const std::string_view text = file.source->text();
  return std::ranges::any_of(
      file.parsed->comments, [&](const lexer::Comment& comment) {
        std::string_view line = text.substr(comment.offset, comment.length);
        if (line.ends_with('\r')) {
          line.remove_suffix(1);
        }
        const bool begins_line =
            comment.offset == 0 || text[comment.offset - 1] == '\n';
        return begins_line && package.is_valid() &&
               comment.offset < package.offset() && line.starts_with(kBegin) &&
               line.ends_with(kEnd) &&
               line.size() >= kBegin.size() + kEnd.size();
      });
}

bool IsForeign(const std::string& absolute_path, const loader::Module& module) {
  if (module.root.empty()) {
    return false;
  }
  const std::string_view below =
      std::string_view(absolute_path).substr(module.root.size());
  const bool is_cached = module.root.find('@') != std::string::npos;
  const bool is_go =
      module.go_mod.module_path == "std" || module.go_mod.module_path == "cmd";
  return is_cached || below.find("/vendor/") != std::string_view::npos ||
         (is_go &&
          !(loader::AbsolutePath(".") + "/").starts_with(module.root + "/"));
}

void FixWriter::Write(const std::string& path, const loader::Module& module,
                      std::string_view text, size_t errors,
                      const FilePlan& plan) {
  File& file = files_[path];
  if (file.is_given_up || plan.edits.empty()) {
    return;
  }
  file.root =
      module.root.empty() ? path.substr(0, path.rfind('/')) : module.root;
  file.before = text;
  file.now = report::Apply(text, plan.edits);
  file.errors = errors;
  const std::string problem =
      ReplaceFile(path, file.root, file.before, file.now);
  if (!problem.empty()) {
    GiveUp(path, file, "not fixed: " + problem);
    return;
  }
  file.last_findings = plan.findings;
  file.findings += plan.findings;
  ++written_;
}

bool FixWriter::TakeBackIfBroken(const std::string& path, size_t errors) {
  const auto found = files_.find(path);
  if (found == files_.end() || found->second.is_given_up ||
      errors <= found->second.errors) {
    return false;
  }
  File& file = found->second;
  const std::string problem =
      ReplaceFile(path, file.root, file.now, file.before);
  file.findings -= file.last_findings;
  GiveUp(path, file,
         problem.empty()
             ? "it did not compile any more once it was fixed: it has its old "
               "text again; this is a mistake of gdlint, please report it"
             : "it does not compile any more, and cannot be given its old text "
               "back: " +
                   problem);
  return problem.empty();
}

size_t FixWriter::TakeWritten() { return std::exchange(written_, 0); }

size_t FixWriter::findings() const {
  size_t sum = 0;
  for (const auto& [path, file] : files_) {
    sum += file.findings;
  }
  return sum;
}

size_t FixWriter::files() const {
  return static_cast<size_t>(std::ranges::count_if(
      files_, [](const auto& file) { return file.second.findings > 0; }));
}

void FixWriter::GiveUp(const std::string& path, File& file,
                       const std::string& why) {
  file.is_given_up = true;
  problems_.push_back(path + ": " + why);
}

}  // namespace gdlint::driver
