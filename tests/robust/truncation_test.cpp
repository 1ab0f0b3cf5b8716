// Cuts Go files off at every byte: truncation_test [--files N]
// FILE|DIRECTORY...
//
// A file that is being written, or that a full disk cut short, ends anywhere:
// within a token, a literal, a body. Each prefix must lex and parse, in every
// mode, to results that hold together. With --files, N files evenly spread over
// those found are taken, none longer than 16 KB: the work grows with the square
// of the length.

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "lexer/lexer.h"
#include "parser/parser.h"
#include "source/source_file.h"
#include "tests/invariants/invariants.h"

namespace gdlint::tests {
namespace {

namespace fs = std::filesystem;

constexpr uintmax_t kMaxBytes = 16 << 10;

struct Options {
  size_t max_files = SIZE_MAX;
  std::vector<fs::path> roots;
};

Options ParseArguments(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--files" && i + 1 < argc) {
      const std::string_view number = argv[++i];
      std::from_chars(number.data(), number.data() + number.size(),
                      options.max_files);
    } else {
      options.roots.emplace_back(argument);
    }
  }
  return options;
}

std::vector<fs::path> FindFiles(const std::vector<fs::path>& roots) {
  std::vector<fs::path> files;
  const auto add = [&](const fs::path& path) {
    if (path.extension() == ".go" && fs::is_regular_file(path) &&
        fs::file_size(path) <= kMaxBytes) {
      files.push_back(path);
    }
  };
  for (const fs::path& root : roots) {
    if (!fs::is_directory(root)) {
      add(root);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      add(entry.path());
    }
  }
  // The order of a directory differs from machine to machine.
  std::ranges::sort(files);
  return files;
}

// `count` of `files`, evenly spread.
std::vector<fs::path> Spread(const std::vector<fs::path>& files, size_t count) {
  if (files.size() <= count) {
    return files;
  }
  std::vector<fs::path> chosen;
  for (size_t i = 0; i < count; ++i) {
    chosen.push_back(files[i * files.size() / count]);
  }
  return chosen;
}

// What is wrong with the first bad prefix of the file at `path`, or nothing.
std::string FileProblem(parser::Parser& parser, lexer::TokenBuffer& buffer,
                        const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  for (size_t size = 0; size <= text.size(); ++size) {
    const auto file = source::SourceFile::FromText(
        path.string(), std::string_view(text).substr(0, size));
    const std::string problem = FrontEndProblem(parser, buffer, file);
    if (!problem.empty()) {
      return fmt::format("{}: cut off at byte {}: {}", path.string(), size,
                         problem);
    }
  }
  return "";
}

// The problems of all files, each checked by one of a thread a core.
std::vector<std::string> Problems(const std::vector<fs::path>& files) {
  std::vector<std::string> problems(files.size());
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    parser::Parser parser;
    lexer::TokenBuffer buffer;
    for (size_t i = next++; i < files.size(); i = next++) {
      problems[i] = FileProblem(parser, buffer, files[i]);
    }
  };
  std::vector<std::jthread> workers;
  for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency());
       ++i) {
    workers.emplace_back(work);
  }
  workers.clear();
  return problems;
}

int Run(int argc, char** argv) {
  const Options options = ParseArguments(argc, argv);
  const std::vector<fs::path> files =
      Spread(FindFiles(options.roots), options.max_files);
  size_t failed = 0;
  for (const std::string& problem : Problems(files)) {
    if (!problem.empty()) {
      ++failed;
      fmt::print("{}\n", problem);
    }
  }
  if (files.empty()) {
    fmt::print("no .go file of at most {} bytes was found\n", kMaxBytes);
    failed = 1;
  }
  fmt::print("{} passed, {} failed\n",
             files.size() - std::min(failed, files.size()), failed);
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace gdlint::tests

int main(int argc, char** argv) { return gdlint::tests::Run(argc, argv); }
