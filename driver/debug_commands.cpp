#include "driver/debug_commands.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ast/dump.h"
#include "driver/debug_defers.h"
#include "driver/debug_files.h"
#include "driver/debug_packages.h"
#include "driver/debug_program.h"
#include "driver/debug_ssa.h"
#include "driver/debug_types.h"
#include "driver/suggest.h"
#include "lexer/dump.h"
#include "loader/walk.h"
#include "parser/parser.h"
#include "report/escape.h"
#include "source/line_table.h"
#include "source/read_file.h"
#include "support/invariant.h"
#include "support/task_pool.h"

namespace gdlint::driver {
namespace {

// So many files are dumped before the first is printed: enough for all threads,
// few enough for the memory that dumps take.
constexpr size_t kBatch = 64;

using Dumper = void (*)(const source::SourceFile& file, const Options& options,
                        std::string& out);

parser::ParsedFile Parse(const source::SourceFile& file) {
  return parser::Parser().Parse(file, parser::Mode::kWholeFile);
}

void DumpTokens(const source::SourceFile& file, const Options&,
                std::string& out) {
  out += "# " + file.name() + "\n";
  lexer::DumpTokens(file, out);
}

void DumpParse(const source::SourceFile& file, const Options& options,
               std::string& out) {
  parser::ParsedFile parsed = Parse(file);
  std::vector<source::Diagnostic> errors = std::move(parsed.errors);
  if (options.late) {
    errors.insert(errors.end(), parsed.late_errors.begin(),
                  parsed.late_errors.end());
    source::SortAndKeepFirstPerLine(file.text(), errors);
  }
  if (errors.empty()) {
    out += file.name() + "\tok\n";
    return;
  }
  const source::LineTable lines(file.text());
  for (const source::Diagnostic& error : errors) {
    const source::LineColumn place = lines.Find(error.span.begin);
    fmt::format_to(std::back_inserter(out), "{}\t{}:{}: {}\n", file.name(),
                   place.line, place.column,
                   report::EscapeForTerminal(error.text));
  }
}

void DumpAst(const source::SourceFile& file, const Options&, std::string& out) {
  out += "# " + file.name() + "\n";
  const parser::ParsedFile parsed = Parse(file);
  if (parsed.errors.empty()) {
    ast::Dump(parsed.tree, file.text(), out);
  } else {
    out += "error\n";
  }
}

struct Dump {
  std::string text;
  std::string failure;
};

Dump DumpFile(const std::string& path, Dumper dumper, const Options& options) {
  Dump dump;
  const InvariantScope scope("dumping", path);
  try {
    const source::ReadResult read =
        path == "-" ? source::ReadDescriptor(STDIN_FILENO, "<standard input>",
                                             options.max_file_size)
                    : source::ReadFile(path, path, options.max_file_size);
    if (read.file) {
      dumper(*read.file, options, dump.text);
    } else {
      dump.failure = read.message;
    }
  } catch (const std::bad_alloc&) {
    dump.failure = "out of memory";
  } catch (const std::exception& error) {
    dump.failure = std::string("internal error: ") + error.what();
  }
  return dump;
}

// Each argument as it is, or every Go file below it, sorted.
std::vector<std::string> ExpandFolders(
    const std::vector<std::string>& arguments,
    std::vector<loader::Problem>& problems) {
  std::vector<std::string> paths;
  for (const std::string& argument : arguments) {
    std::error_code error;
    if (!std::filesystem::is_directory(argument, error)) {
      paths.push_back(argument);
      continue;
    }
    loader::FileList list;
    std::string dir =
        std::filesystem::path(argument).lexically_normal().string();
    if (dir.size() > 1 && dir.ends_with('/')) {
      dir.pop_back();
    }
    loader::ListEveryGoFile(dir, list);
    std::ranges::sort(list.files, {}, &loader::SourcePath::path);
    for (loader::SourcePath& file : list.files) {
      paths.push_back(std::move(file.path));
    }
    std::ranges::move(list.problems, std::back_inserter(problems));
  }
  return paths;
}

ExitCode DumpAll(const Options& options, Dumper dumper, Output& out) {
  if (options.arguments.size() < 2) {
    PrintMessage("no files to dump: name files or directories");
    return kUsageError;
  }
  std::vector<loader::Problem> problems;
  const std::vector<std::string> paths = ExpandFolders(
      {options.arguments.begin() + 1, options.arguments.end()}, problems);
  TaskPool pool(JobCount(options));
  for (size_t first = 0; first < paths.size() && out.error() == 0;
       first += kBatch) {
    const size_t count = std::min(kBatch, paths.size() - first);
    std::vector<Dump> dumps(count);
    pool.ParallelFor(count, [&](size_t i, unsigned) {
      dumps[i] = DumpFile(paths[first + i], dumper, options);
    });
    for (size_t i = 0; i < count; ++i) {
      out.Write(dumps[i].text);
      if (!dumps[i].failure.empty()) {
        problems.push_back(
            {.path = paths[first + i], .message = dumps[i].failure});
      }
    }
  }
  for (const loader::Problem& problem : problems) {
    PrintMessage(problem.path + ": " + problem.message);
  }
  return problems.empty() ? kClean : kIncomplete;
}

template <Dumper dumper>
ExitCode RunDump(const Options& options, const loader::Environment&,
                 Output& out) {
  return DumpAll(options, dumper, out);
}

template <bool is_naive>
ExitCode RunSsa(const Options& options, const loader::Environment& environment,
                Output& out) {
  return RunDebugSsa(options, environment, is_naive, out);
}

struct Stage {
  std::string_view name;
  ExitCode (*run)(const Options& options,
                  const loader::Environment& environment, Output& out);
};

constexpr Stage kStages[] = {
    {"tokens", RunDump<DumpTokens>},  {"parse", RunDump<DumpParse>},
    {"ast", RunDump<DumpAst>},        {"files", RunDebugFiles},
    {"inputs", RunDebugInputs},       {"types", RunDebugTypes},
    {"defers", RunDebugDefers},       {"ssa", RunSsa<false>},
    {"ssa-naive", RunSsa<true>},      {"calls", RunDebugCalls},
    {"summaries", RunDebugSummaries},
};

}  // namespace

ExitCode RunDebug(const Options& options,
                  const loader::Environment& environment, Output& out) {
  std::vector<std::string_view> names;
  for (const Stage& stage : kStages) {
    names.push_back(stage.name);
  }
  if (options.arguments.empty()) {
    PrintMessage(fmt::format("usage: gdlint debug {} FILE|DIR...",
                             fmt::join(names, "|")));
    return kUsageError;
  }
  const std::string_view name = options.arguments[0];
  for (const Stage& stage : kStages) {
    if (stage.name == name) {
      return stage.run(options, environment, out);
    }
  }
  PrintMessage("unknown stage `" + std::string(name) + "`" +
               DidYouMean(name, names));
  return kUsageError;
}

}  // namespace gdlint::driver
