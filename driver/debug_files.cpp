#include "driver/debug_files.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "driver/belonging.h"
#include "loader/file_header.h"
#include "loader/modules.h"
#include "loader/patterns.h"
#include "parser/parser.h"
#include "source/read_file.h"
#include "support/deep_stack.h"

namespace gdlint::driver {
namespace {

struct Member {
  loader::SourcePath path;
  bool imports_c = false;
};

// The files that the arguments, from the second on, stand for, and whose
// contents let them belong.
class Members {
 public:
  Members(const Options& options, const loader::Environment& environment)
      : options_(options),
        context_(loader::BuildContext::Make(options.build, environment)) {
    std::vector<std::string> arguments(options.arguments.begin() + 1,
                                       options.arguments.end());
    if (arguments.empty()) {
      arguments.emplace_back("./...");
    }
    selection_ = loader::SelectFiles(
        arguments, {.include_tests = options.tests, .goroot = options.goroot},
        context_, environment, modules_);
    RunOnDeepStack([this] {
      for (const loader::SourcePath& path : selection_.files) {
        Judge(path);
      }
    });
  }

  const std::vector<Member>& members() const { return members_; }
  const loader::ModuleTable& modules() const { return modules_; }

  // Names what went wrong.
  ExitCode Finish() const {
    for (const std::string& error : selection_.usage_errors) {
      PrintMessage(error);
    }
    for (const loader::Problem& problem : selection_.problems) {
      PrintMessage(problem.path + ": " + problem.message);
    }
    if (!selection_.usage_errors.empty()) {
      return kUsageError;
    }
    return selection_.problems.empty() ? kClean : kIncomplete;
  }

 private:
  void Judge(const loader::SourcePath& path) {
    const source::ReadResult read =
        source::ReadFile(path.path, path.path, options_.max_file_size);
    if (!read.file) {
      selection_.problems.push_back(
          {.path = path.path, .message = read.message});
      return;
    }
    const std::string_view text = read.file->text();
    const parser::ParsedFile parsed =
        parser_.Parse(*read.file, parser::Mode::kDeclarations);
    const bool belongs = loader::ReadFileHeader(text, context_).matches &&
                         !IsLeftOut(parsed.tree, text, context_);
    if (path.is_explicit || belongs) {
      members_.push_back(
          {.path = path, .imports_c = ImportsC(parsed.tree, text)});
    }
  }

  const Options& options_;
  loader::BuildContext context_;
  loader::ModuleTable modules_;
  loader::Selection selection_;
  parser::Parser parser_;
  std::vector<Member> members_;
};

std::string ImportPath(const std::string& absolute_dir,
                       const loader::Module& module) {
  if (module.root.empty()) {
    return "_" + absolute_dir;
  }
  std::string below = absolute_dir.substr(module.root.size());
  // The standard library's module is the one whose path is not part of its
  // packages'.
  if (module.go_mod.module_path == "std") {
    return below.empty() ? "std" : below.substr(1);
  }
  return module.go_mod.module_path + below;
}

}  // namespace

ExitCode RunDebugFiles(const Options& options,
                       const loader::Environment& environment, Output& out) {
  const Members members(options, environment);
  std::map<std::string, std::string> packages;
  for (const Member& member : members.members()) {
    const std::filesystem::path absolute =
        loader::AbsolutePath(member.path.path);
    std::string& files = packages[ImportPath(
        absolute.parent_path(), members.modules()[member.path.module])];
    if (!loader::IsTestFileName(member.path.path) && !member.imports_c) {
      files += (files.empty() ? "" : " ") + absolute.filename().string();
    }
  }
  for (const auto& [import_path, files] : packages) {
    out.Write(import_path + "\t" + files + "\n");
  }
  return members.Finish();
}

ExitCode RunDebugInputs(const Options& options,
                        const loader::Environment& environment, Output& out) {
  const Members members(options, environment);
  for (const Member& member : members.members()) {
    out.Write(member.path.path + "\n");
  }
  return members.Finish();
}

}  // namespace gdlint::driver
