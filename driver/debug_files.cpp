#include "driver/debug_files.h"

#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "driver/belonging.h"
#include "loader/file_header.h"
#include "loader/modules.h"
#include "loader/package.h"
#include "loader/patterns.h"
#include "parser/parser.h"
#include "source/read_file.h"
#include "support/deep_stack.h"
#include "support/task_pool.h"

namespace gdlint::driver {
namespace {

// The arguments from the second on: what follows the name of the dump.
std::vector<std::string> Patterns(const Options& options) {
  std::vector<std::string> patterns(options.arguments.begin() + 1,
                                    options.arguments.end());
  if (patterns.empty()) {
    patterns.emplace_back("./...");
  }
  return patterns;
}

// The files that the arguments, from the second on, stand for, and whose
// contents let them belong.
class Members {
 public:
  Members(const Options& options, const loader::Environment& environment)
      : options_(options),
        context_(loader::BuildContext::Make(options.build, environment)) {
    selection_ = loader::SelectFiles(
        Patterns(options),
        {.include_tests = options.tests, .goroot = options.goroot}, context_,
        environment, modules_);
    RunOnDeepStack([this] {
      for (const loader::SourcePath& path : selection_.files) {
        Judge(path);
      }
    });
  }

  const std::vector<loader::SourcePath>& members() const { return members_; }

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
      members_.push_back(path);
    }
  }

  const Options& options_;
  loader::BuildContext context_;
  loader::ModuleTable modules_;
  loader::Selection selection_;
  parser::Parser parser_;
  std::vector<loader::SourcePath> members_;
};

// The files as `go list` has them: cgo's are on a list of their own.
std::string GoFiles(const loader::Package& package) {
  std::string files;
  for (const loader::PackageFile& file : package.files) {
    if (!file.imports_c) {
      files += (files.empty() ? "" : " ") + file.base_name;
    }
  }
  return files;
}

// The packages that each of `roots` needs, itself included.
std::vector<bool> Closure(const loader::PackageGraph& graph,
                          const std::vector<loader::PackageIndex>& roots) {
  std::vector<bool> needed(graph.packages.size(), false);
  for (const loader::PackageIndex root : roots) {
    needed[root] = true;
  }
  // What a package needs comes before it.
  for (size_t i = graph.packages.size(); i-- > 0;) {
    if (!needed[i]) {
      continue;
    }
    for (const loader::Import& import : graph.packages[i].imports) {
      if (loader::IsLoaded(import.package)) {
        needed[import.package] = true;
      }
    }
    for (const loader::PackageIndex implicit :
         graph.packages[i].implicit_imports) {
      needed[implicit] = true;
    }
  }
  return needed;
}

// The closure as `go list -deps` has it. A program with a profile beside it is
// compiled from copies of all that it needs, if it is not the only package that
// was named; they make no difference to an analysis.
std::vector<std::string> ClosureLines(const loader::PackageGraph& graph,
                                      bool tests) {
  std::vector<loader::PackageIndex> plain;
  std::vector<loader::PackageIndex> profiled;
  for (const loader::PackageIndex root : graph.roots) {
    const loader::Package& package = graph.packages[root];
    const bool has_profile =
        !tests && graph.roots.size() > 1 && package.name == "main" &&
        access((package.dir + "/default.pgo").c_str(), F_OK) == 0;
    (has_profile ? profiled : plain).push_back(root);
  }
  std::vector<std::string> lines;
  const auto add = [&](size_t index, const std::string& suffix) {
    const loader::Package& package = graph.packages[index];
    if (!package.is_test_main) {
      lines.push_back(package.import_path + suffix + "\t" + GoFiles(package) +
                      "\n");
    }
  };
  const std::vector<bool> needed = Closure(graph, plain);
  for (size_t i = 0; i < needed.size(); ++i) {
    if (needed[i]) {
      add(i, "");
    }
  }
  for (const loader::PackageIndex root : profiled) {
    const std::vector<bool> copied = Closure(graph, {root});
    for (size_t i = 0; i < copied.size(); ++i) {
      if (i == root && !needed[i]) {
        add(i, "");
      } else if (copied[i] && i != root) {
        add(i, " [" + graph.packages[root].import_path + "]");
      }
    }
  }
  return lines;
}

// Those that were named.
std::vector<std::string> RootLines(const loader::PackageGraph& graph) {
  std::vector<std::string> lines;
  for (const loader::PackageIndex root : graph.roots) {
    const loader::Package& package = graph.packages[root];
    lines.push_back(package.import_path + "\t" + GoFiles(package) + "\n");
  }
  return lines;
}

// Names what went wrong.
ExitCode Report(const loader::PackageGraph& graph) {
  for (const std::string& error : graph.usage_errors) {
    PrintMessage(error);
  }
  std::vector<loader::Problem> problems = graph.problems;
  for (const loader::Package& package : graph.packages) {
    problems.insert(problems.end(), package.problems.begin(),
                    package.problems.end());
  }
  const std::vector<loader::Problem> imports = loader::ImportProblems(graph);
  problems.insert(problems.end(), imports.begin(), imports.end());
  for (const loader::Problem& problem : problems) {
    PrintMessage(problem.path + ": " + problem.message);
  }
  for (const std::string& warning : graph.warnings) {
    PrintMessage(warning);
  }
  if (!graph.usage_errors.empty()) {
    return kUsageError;
  }
  return problems.empty() ? kClean : kIncomplete;
}

}  // namespace

ExitCode RunDebugFiles(const Options& options,
                       const loader::Environment& environment, Output& out) {
  const std::vector<std::string> patterns = Patterns(options);
  const bool tests = options.tests_given && options.tests;
  TaskPool pool(JobCount(options));
  const loader::PackageGraph graph = loader::LoadPackages(
      patterns,
      {.tests = tests,
       .goroot = options.goroot,
       .max_file_size = options.max_file_size,
       .implicit_imports = options.deps,
       .test_mains = options.deps},
      loader::BuildContext::Make(options.build, environment), environment,
      &pool);
  std::vector<std::string> lines =
      options.deps ? ClosureLines(graph, tests) : RootLines(graph);
  std::ranges::sort(lines);
  for (const std::string& line : lines) {
    out.Write(line);
  }
  return Report(graph);
}

ExitCode RunDebugInputs(const Options& options,
                        const loader::Environment& environment, Output& out) {
  const Members members(options, environment);
  for (const loader::SourcePath& member : members.members()) {
    out.Write(member.path + "\n");
  }
  return members.Finish();
}

}  // namespace gdlint::driver
