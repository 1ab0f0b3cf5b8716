// Mutations of Go source by tokens, for libFuzzer: most results parse, so that
// the stages behind the parser are reached.

#pragma once

#include <cstddef>
#include <cstdint>

namespace gdlint::tests {

// Changes the `size` bytes at `data`, of `max_size`, and returns the new size.
// One of: a token is replaced by another one of the file or of the language, a
// run of tokens (an expression in brackets, often) is copied over another one,
// removed, doubled or swapped, a name becomes another name of the file.
size_t MutateTokens(uint8_t* data, size_t size, size_t max_size, unsigned seed);

}  // namespace gdlint::tests
