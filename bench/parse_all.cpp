// Lexes or parses every Go file below a folder and prints what it took, as one
// JSON object. bench/compare holds it against go/scanner and go/parser.
//
//   parse_all [--lex-only] [--keep] [--threads=N] [--passes=N] FOLDER
//
// All files are read into memory first; of the passes over them the last is
// timed. With --keep every tree and every text stays in memory until the end,
// so that the peak is that of holding the whole program.

#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "lexer/lexer.h"
#include "parser/parser.h"
#include "source/emitter.h"
#include "source/read_file.h"
#include "source/source_file.h"
#include "support/task_pool.h"

namespace gdlint::bench {
namespace {

namespace fs = std::filesystem;

struct Options {
  bool lex_only = false;
  bool keep = false;
  unsigned threads = 1;
  unsigned passes = 2;
  std::string folder;
};

// What one thread did, and what it keeps to do it. Apart from the next worker's
// by more than a cache line.
struct alignas(128) Worker {
  lexer::TokenBuffer tokens;
  std::optional<parser::Parser> parser;
  uint64_t token_count = 0;
  uint64_t node_count = 0;
  uint64_t tree_bytes = 0;
};

bool ParseNumber(std::string_view text, unsigned& number) {
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number > 0;
}

std::optional<Options> ParseOptions(int count, char** arguments) {
  static constexpr std::string_view kThreads = "--threads=";
  static constexpr std::string_view kPasses = "--passes=";
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--lex-only") {
      options.lex_only = true;
    } else if (argument == "--keep") {
      options.keep = true;
    } else if (argument.starts_with(kThreads)) {
      if (!ParseNumber(argument.substr(kThreads.size()), options.threads)) {
        return std::nullopt;
      }
    } else if (argument.starts_with(kPasses)) {
      if (!ParseNumber(argument.substr(kPasses.size()), options.passes)) {
        return std::nullopt;
      }
    } else if (argument.starts_with("-") || !options.folder.empty()) {
      return std::nullopt;
    } else {
      options.folder = argument;
    }
  }
  return options.folder.empty() ? std::nullopt : std::optional(options);
}

std::vector<source::SourceFile> ReadAll(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end;
       it != end && !error; it.increment(error)) {
    if (it->path().extension() == ".go" && !it->is_symlink() &&
        it->is_regular_file()) {
      paths.push_back(it->path().string());
    }
  }
  std::ranges::sort(paths);
  std::vector<source::SourceFile> files;
  for (const std::string& path : paths) {
    source::ReadResult read =
        source::ReadFile(path, path, source::SourceFile::kMaxSize);
    if (read.file) {
      files.push_back(*std::move(read.file));
    } else {
      fmt::print(stderr, "parse_all: {}: {}\n", path, read.message);
    }
  }
  return files;
}

void LexOne(const source::SourceFile& file, Worker& worker) {
  source::Emitter errors;
  lexer::Lex(file, worker.tokens, errors);
  worker.token_count += worker.tokens.tokens().size();
}

parser::ParsedFile ParseOne(const source::SourceFile& file, Worker& worker) {
  if (!worker.parser) {
    worker.parser.emplace();
  }
  parser::ParsedFile parsed =
      worker.parser->Parse(file, parser::Mode::kWholeFile);
  worker.token_count += parsed.token_count;
  worker.node_count += parsed.tree.node_count();
  worker.tree_bytes += parsed.tree.byte_size();
  return parsed;
}

struct Taken {
  double seconds = 0;
  // Of all threads.
  double cpu_seconds = 0;
};

double CpuSeconds() {
  timespec now = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         static_cast<double>(now.tv_nsec) * 1e-9;
}

// What one pass over `files` takes.
Taken Pass(const Options& options, const std::vector<source::SourceFile>& files,
           TaskPool& pool, std::vector<Worker>& workers,
           std::vector<parser::ParsedFile>& kept) {
  for (Worker& worker : workers) {
    worker.token_count = worker.node_count = worker.tree_bytes = 0;
  }
  const double cpu_begin = CpuSeconds();
  const auto begin = std::chrono::steady_clock::now();
  pool.ParallelFor(files.size(), [&](size_t index, unsigned number) {
    Worker& worker = workers[number];
    if (options.lex_only) {
      LexOne(files[index], worker);
      return;
    }
    parser::ParsedFile parsed = ParseOne(files[index], worker);
    if (options.keep) {
      kept[index] = std::move(parsed);
    }
  });
  const std::chrono::duration<double> taken =
      std::chrono::steady_clock::now() - begin;
  return {.seconds = taken.count(), .cpu_seconds = CpuSeconds() - cpu_begin};
}

// In kB, since the process began.
long PeakMemory() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

int Main(int count, char** arguments) {
  const std::optional<Options> options = ParseOptions(count, arguments);
  if (!options) {
    fmt::print(stderr,
               "usage: parse_all [--lex-only] [--keep] [--threads=N] "
               "[--passes=N] FOLDER\n");
    return 2;
  }
  const std::vector<source::SourceFile> files = ReadAll(options->folder);
  if (files.empty()) {
    fmt::print(stderr, "parse_all: no .go file below {}\n", options->folder);
    return 2;
  }
  TaskPool pool(options->threads);
  std::vector<Worker> workers(pool.worker_count());
  std::vector<parser::ParsedFile> kept(options->keep ? files.size() : 0);
  Taken taken;
  for (unsigned i = 0; i < options->passes; ++i) {
    taken = Pass(*options, files, pool, workers, kept);
  }
  uint64_t bytes = 0;
  for (const source::SourceFile& file : files) {
    bytes += file.text().size();
  }
  uint64_t tokens = 0;
  uint64_t nodes = 0;
  uint64_t tree_bytes = 0;
  for (const Worker& worker : workers) {
    tokens += worker.token_count;
    nodes += worker.node_count;
    tree_bytes += worker.tree_bytes;
  }
  fmt::print(
      "{{\"files\": {}, \"bytes\": {}, \"tokens\": {}, \"nodes\": {}, "
      "\"tree_bytes\": {}, "
      "\"threads\": {}, \"seconds\": {:.6f}, \"cpu_seconds\": {:.6f}, "
      "\"peak_rss_kb\": {}}}\n",
      files.size(), bytes, tokens, nodes, tree_bytes, pool.worker_count(),
      taken.seconds, taken.cpu_seconds, PeakMemory());
  return 0;
}

}  // namespace
}  // namespace gdlint::bench

int main(int count, char** arguments) {
  return gdlint::bench::Main(count, arguments);
}
