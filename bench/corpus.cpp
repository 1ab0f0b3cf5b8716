#include "bench/corpus.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string_view>

namespace gdlint::bench {
namespace {

namespace fs = std::filesystem;

// What `go env GOROOT` prints, or nothing where there is no go command.
std::string GoRoot() {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(
      popen("go env GOROOT 2>/dev/null", "r"), pclose);
  std::array<char, 4096> line;
  if (pipe == nullptr ||
      fgets(line.data(), line.size(), pipe.get()) == nullptr) {
    return "";
  }
  std::string root(line.data());
  root.erase(root.find_last_not_of('\n') + 1);
  return root;
}

std::string CorpusRoot() {
  if (const char* const named = std::getenv("GDLINT_BENCH_CORPUS")) {
    return named;
  }
  if (const std::string go = GoRoot(); !go.empty()) {
    return go + "/src";
  }
  return GDLINT_SOURCE_ROOT;
}

Corpus Load() {
  Corpus corpus{.root = CorpusRoot(), .files = {}, .bytes = 0};
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(corpus.root)) {
    if (entry.path().extension() == ".go" && entry.is_regular_file()) {
      paths.push_back(entry.path());
    }
  }
  // The order of a directory differs from machine to machine.
  std::ranges::sort(paths);
  for (const fs::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    corpus.files.push_back(source::SourceFile::FromText(path.string(), text));
    corpus.bytes += text.size();
  }
  if (corpus.files.empty()) {
    std::fprintf(stderr, "no .go file below %s\n", corpus.root.c_str());
    std::exit(2);
  }
  return corpus;
}

}  // namespace

const Corpus& TheCorpus() {
  static const Corpus corpus = Load();
  return corpus;
}

}  // namespace gdlint::bench
