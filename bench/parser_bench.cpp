// How fast files are parsed, from memory: bytes, tokens and nodes a second.

#include <cstddef>
#include <cstdint>

#include <benchmark/benchmark.h>

#include "bench/corpus.h"
#include "parser/parser.h"
#include "source/source_file.h"

namespace gdlint::bench {
namespace {

// Parses the files of the corpus that are this thread's share. Each thread has
// its parser, as in the driver.
void Parse(benchmark::State& state, parser::Mode mode) {
  const Corpus& corpus = TheCorpus();
  parser::Parser parser;
  int64_t bytes = 0;
  int64_t tokens = 0;
  int64_t nodes = 0;
  for (auto _ : state) {
    for (size_t i = state.thread_index(); i < corpus.files.size();
         i += state.threads()) {
      const source::SourceFile& file = corpus.files[i];
      const parser::ParsedFile parsed = parser.Parse(file, mode);
      bytes += static_cast<int64_t>(file.text().size());
      tokens += parsed.token_count;
      nodes += parsed.tree.node_count();
      benchmark::DoNotOptimize(&parsed);
    }
  }
  using benchmark::Counter;
  state.SetBytesProcessed(bytes);
  state.counters["tokens"] =
      Counter(static_cast<double>(tokens), Counter::kIsRate);
  state.counters["nodes"] =
      Counter(static_cast<double>(nodes), Counter::kIsRate);
}

BENCHMARK_CAPTURE(Parse, whole, parser::Mode::kWholeFile)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->ThreadRange(1, 2);
BENCHMARK_CAPTURE(Parse, declarations, parser::Mode::kDeclarations)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

// Memory that all trees of the corpus take together, a byte of source.
void TreeSize(benchmark::State& state) {
  const Corpus& corpus = TheCorpus();
  size_t tree_bytes = 0;
  for (auto _ : state) {
    parser::Parser parser;
    tree_bytes = 0;
    for (const source::SourceFile& file : corpus.files) {
      tree_bytes +=
          parser.Parse(file, parser::Mode::kWholeFile).tree.byte_size();
    }
  }
  state.counters["tree_bytes_per_byte"] =
      static_cast<double>(tree_bytes) / static_cast<double>(corpus.bytes);
}
BENCHMARK(TreeSize)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace gdlint::bench

BENCHMARK_MAIN();
