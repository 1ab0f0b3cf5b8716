#include "interp/goroutine.h"

#include <algorithm>

namespace gdlint::interp {
namespace {

constexpr size_t kFirstChunk = 8 << 10;
constexpr size_t kLargestChunk = 4 << 20;

}  // namespace

Goroutine::~Goroutine() {
  while (panics != nullptr) {
    PanicRecord* const previous = panics->previous;
    delete panics;
    panics = previous;
  }
}

Frame* Goroutine::AllocateFrame(size_t size, size_t max, uint32_t& flags) {
  size = (sizeof(Frame) + size + 15) & ~size_t{15};
  uint8_t* at = nullptr;
  if (top != nullptr) {
    TrimChunks();
    at = top->end();
    if (at + size <= limit) {
      return reinterpret_cast<Frame*>(at);
    }
    flags |= kFirstInChunk;
  } else {
    while (chunk_count > 1) {
      LeaveChunk();
    }
    if (chunk_count == 1) {
      at = chunks[0].begin();
      if (at + size <= limit) {
        return reinterpret_cast<Frame*>(at);
      }
      // Too small for the very first frame: it goes.
      stack_size -= chunks[0].size;
      chunk_count = 0;
    }
  }
  if (chunk_count < chunks.size() && chunks[chunk_count].size < size) {
    chunks.resize(chunk_count);
  }
  if (chunk_count == chunks.size()) {
    const size_t wanted = chunks.empty()
                              ? kFirstChunk
                              : std::min(chunks.back().size * 2, kLargestChunk);
    Chunk chunk;
    chunk.size = std::max(wanted, size);
    if (stack_size + chunk.size > max) {
      return nullptr;
    }
    // Zero, for the collector.
    chunk.memory = std::make_unique<uint8_t[]>(chunk.size);
    chunks.push_back(std::move(chunk));
  } else if (stack_size + chunks[chunk_count].size > max) {
    return nullptr;
  }
  const Chunk& chunk = chunks[chunk_count++];
  stack_size += chunk.size;
  limit = chunk.end();
  return reinterpret_cast<Frame*>(chunk.begin());
}

void Goroutine::TrimChunks() {
  const uint8_t* const begin = reinterpret_cast<uint8_t*>(top);
  while (begin < chunks[chunk_count - 1].begin() ||
         begin >= chunks[chunk_count - 1].end()) {
    LeaveChunk();
  }
}

void Goroutine::LeaveChunk() {
  --chunk_count;
  stack_size -= chunks[chunk_count].size;
  limit = chunk_count == 0 ? nullptr : chunks[chunk_count - 1].end();
  // One spare chunk stays.
  if (chunks.size() > chunk_count + 1) {
    chunks.resize(chunk_count + 1);
  }
}

}  // namespace gdlint::interp
