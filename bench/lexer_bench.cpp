// How fast a whole tree of Go source is lexed, on one thread, from memory.

#include <benchmark/benchmark.h>

#include "bench/corpus.h"
#include "lexer/lexer.h"
#include "source/emitter.h"

namespace gdlint::bench {
namespace {

void LexCorpus(benchmark::State& state) {
  const Corpus& corpus = TheCorpus();
  lexer::TokenBuffer buffer;
  size_t token_count = 0;
  size_t comment_count = 0;
  for (auto _ : state) {
    token_count = 0;
    comment_count = 0;
    for (const source::SourceFile& file : corpus.files) {
      source::Emitter errors;
      lexer::Lex(file, buffer, errors);
      token_count += buffer.tokens().size();
      comment_count += buffer.comments().size();
    }
    benchmark::DoNotOptimize(token_count);
  }
  state.SetLabel(corpus.root);
  state.SetBytesProcessed(
      static_cast<int64_t>(state.iterations() * corpus.bytes));
  state.counters["tokens/s"] =
      benchmark::Counter(static_cast<double>(token_count),
                         benchmark::Counter::kIsIterationInvariantRate);
  state.counters["tokens"] = static_cast<double>(token_count);
  state.counters["comments"] = static_cast<double>(comment_count);
}
BENCHMARK(LexCorpus)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gdlint::bench

BENCHMARK_MAIN();
