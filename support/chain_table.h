// A hash table that threads share without locks.

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace gdlint {

// Holds nodes that their makers own and that are never changed or removed once
// they are in. A bucket is a chain of nodes through `Node::next_in_chain`

// published). The number of buckets is fixed, so that nothing ever moves:
// choose it for the largest table expected; buckets never used cost no memory,
// as the system gives zero pages on demand.
//
// Node must have `uint32_t chain_hash` and `Node* next_in_chain`.
template <typename Node>
class ChainTable {
 public:
  // `bucket_bits` at most 31.
  explicit ChainTable(unsigned bucket_bits)
      : mask_((uint32_t{1} << bucket_bits) - 1),
        buckets_(static_cast<std::atomic<Node*>*>(std::calloc(
            size_t{1} << bucket_bits, sizeof(std::atomic<Node*>)))) {
    if (buckets_ == nullptr) {
      throw std::bad_alloc();
    }
  }
  ~ChainTable() { std::free(buckets_); }
  ChainTable(const ChainTable&) = delete;
  ChainTable& operator=(const ChainTable&) = delete;

  // The node with that hash for which `equals` holds, or null.
  template <typename Equals>
  Node* Find(uint32_t hash, const Equals& equals) const {
    return FindUntil(buckets_[hash & mask_].load(std::memory_order_acquire),
                     nullptr, hash, equals);
  }

  // Adds `node` under `hash`, unless another thread or an earlier call has
  // added an equal one. Returns the one that is in the table.
  template <typename Equals>
  Node* Insert(uint32_t hash, Node* node, const Equals& equals) {
    std::atomic<Node*>& bucket = buckets_[hash & mask_];
    node->chain_hash = hash;
    Node* seen = nullptr;
    Node* first = bucket.load(std::memory_order_acquire);
    do {
      // Only what came in front since the last look is new.
      if (Node* const found = FindUntil(first, seen, hash, equals)) {
        return found;
      }
      seen = first;
      node->next_in_chain = first;
    } while (!bucket.compare_exchange_weak(
        first, node, std::memory_order_release, std::memory_order_acquire));
    return node;
  }

 private:
  template <typename Equals>
  static Node* FindUntil(Node* node, const Node* end, uint32_t hash,
                         const Equals& equals) {
    for (; node != end; node = node->next_in_chain) {
      if (node->chain_hash == hash && equals(*node)) {
        return node;
      }
    }
    return nullptr;
  }

  uint32_t mask_;
  std::atomic<Node*>* buckets_;
};

}  // namespace gdlint
