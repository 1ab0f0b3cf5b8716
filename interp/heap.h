// The memory of an interpreted program: everything that a Go pointer can point
// to, but for registers.
//
// One range of addresses is reserved, and divided into spans of objects of one
// size, so that the object an address lies in can be found: for the checks of
// package unsafe and for the collector. That is a conservative mark-and-sweep
// collector: each word of a root or of an object with pointers that is an
// address in an object keeps it. It runs only when Collect is called, so that
// code in C++ may hold pointers between two safe points of the machine.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "interp/run_type.h"

namespace gdlint::interp {

struct HeapOptions {
  // Bytes of all objects together. More is std::bad_alloc.
  int64_t limit = int64_t{4} << 30;
  // Where the first collection is wanted.
  int64_t first_collection = int64_t{64} << 20;
};

// What runtime.MemStats and runtime/metrics tell.
struct HeapStatistics {
  uint64_t live_bytes = 0;
  uint64_t total_bytes = 0;
  uint64_t allocations = 0;
  uint64_t frees = 0;
  uint64_t collections = 0;
  // What is taken from the system.
  uint64_t mapped_bytes = 0;
};

// runtime.SetFinalizer(object, function).
struct Finalizer {
  void* object = nullptr;
  // The dynamic type of `object` in the call.
  const RunType* object_type = nullptr;
  InterfaceValue function;
};

// runtime.AddCleanup: a func() value to call.
struct Cleanup {
  uint64_t id = 0;
  void* function = nullptr;
};

class Heap {
 public:
  explicit Heap(const HeapOptions& options = {});
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  // Zeroed, aligned to 8. All objects of no size are one. std::bad_alloc if the
  // limit would be exceeded: the run ends then.
  std::byte* Allocate(int64_t size, bool has_pointers);
  std::byte* Allocate(const RunType* type) {
    return Allocate(type->size, type->has_pointers);
  }
  // `count` elements; the product must not overflow.
  std::byte* AllocateArray(const RunType* elem, int64_t count);
  // Never freed, and a root of the collector: package-level variables, and what
  // code in C++ holds on to.
  std::byte* AllocatePermanent(int64_t size, bool has_pointers);
  // The text, for good, at the same address for equal texts.
  StringValue Constant(std::string_view text);
  StringValue NewString(std::string_view text);

  struct Object {
    std::byte* begin;
    // Of its size class; at least what was asked for.
    int64_t size;
    std::byte* end() const { return begin + size; }
  };
  // The object that an address lies in, if any.
  std::optional<Object> Find(const void* address) const;
  // `size` bytes from `address` lie in one object (or `size` is 0).
  bool IsInOneObject(const void* address, int64_t size) const;
  // What package unsafe may do with `size` bytes at `address` as far as the
  // heap knows: kElsewhere is null, a register, or nothing that exists.
  enum class Access : uint8_t { kAllowed, kForbidden, kElsewhere };
  Access CheckAccess(const void* address, int64_t size) const {
    return !Contains(address)             ? Access::kElsewhere
           : IsInOneObject(address, size) ? Access::kAllowed
                                          : Access::kForbidden;
  }
  bool Contains(const void* address) const {
    return static_cast<uint64_t>(static_cast<const std::byte*>(address) -
                                 begin_) < static_cast<uint64_t>(reserved_);
  }

  // The machine should call Collect at its next safe point.
  bool wants_collection() const { return live_bytes_ >= next_collection_; }
  // So many bytes more would exceed the limit: Collect before asking for them.
  bool IsNearLimit(int64_t size) const { return size > limit_ - live_bytes_; }
  // Tells, during Collect, what is reachable from outside of the heap.
  class Marker {
   public:
    // Every word of it may be a pointer.
    void MarkRange(const void* begin, const void* end);
    void MarkPointer(const void* address);

   private:
    friend class Heap;
    explicit Marker(Heap& heap) : heap_(heap) {}
    Heap& heap_;
  };
  // Frees what cannot be reached.
  void Collect(const std::function<void(Marker&)>& mark_roots);

  // An object has one finalizer at most. False if `object` is not the begin of
  // an object of the heap. A null function takes it away.
  bool SetFinalizer(const Finalizer& finalizer);
  bool has_finalizer(const void* object) const {
    return finalizers_.contains(object);
  }
  // `address` anywhere in an object.
  uint64_t AddCleanup(const void* address, void* function);
  void StopCleanup(uint64_t id);
  // What collections have found to be due, in the order to run it; empties the
  // list. Until then the heap keeps it alive.
  std::vector<Finalizer> TakeFinalizers();
  std::vector<Cleanup> TakeCleanups();

  // weak.Pointer: the handle of an object, the same for equal addresses. Its
  // only word is the address, and null once the object is gone.
  void* WeakHandle(void* address);

  HeapStatistics statistics() const;

 private:
  struct Impl;

  std::byte* AllocateKind(int64_t size, int kind);

  // Of what is reserved.
  std::byte* begin_ = nullptr;
  int64_t reserved_ = 0;
  int64_t limit_ = 0;
  int64_t live_bytes_ = 0;
  int64_t next_collection_ = 0;
  std::unordered_map<const void*, Finalizer> finalizers_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gdlint::interp
