// Allocation, finding objects, and collection.

#include "interp/heap.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <vector>

#include "interp/size_class.h"
#include "tests/unit/interp/interp_maker.h"

namespace gdlint::interp {
namespace {

// A word of an object that holds a pointer.
std::byte*& PointerIn(std::byte* object, int index = 0) {
  return reinterpret_cast<std::byte**>(object)[index];
}

struct SmallHeap : Heap {
  SmallHeap() : Heap({.limit = int64_t{64} << 20, .first_collection = 1024}) {}
  void CollectWith(std::vector<std::byte*> roots) {
    Collect([&](Marker& marker) {
      marker.MarkRange(roots.data(), roots.data() + roots.size());
    });
  }
};

TEST_CASE("an object is found by any address in it") {
  SmallHeap heap;
  for (const int64_t size :
       {1, 8, 9, 24, 100, 512, 1000, 4096, 32768, 40000, 1000000}) {
    CAPTURE(size);
    std::byte* const object = heap.Allocate(size, false);
    std::byte* const other = heap.Allocate(size, false);
    const auto found = heap.Find(object + size - 1);
    REQUIRE(found);
    CHECK(found->begin == object);
    CHECK(found->size >= size);
    CHECK(heap.Find(other)->begin == other);
    CHECK(heap.IsInOneObject(object, size));
    CHECK_FALSE(heap.IsInOneObject(object, found->size + 1));
    CHECK_FALSE(heap.IsInOneObject(object + 1, found->size));
    CHECK(reinterpret_cast<uintptr_t>(object) % 8 == 0);
  }
  int on_stack = 0;
  CHECK_FALSE(heap.Find(&on_stack));
  CHECK_FALSE(heap.Find(nullptr));
  CHECK(heap.CheckAccess(&on_stack, 4) == Heap::Access::kElsewhere);
  CHECK(heap.Allocate(0, true) == heap.Allocate(0, false));
}

TEST_CASE("what is not reached is freed, and its memory is zero again") {
  SmallHeap heap;
  std::byte* const root = heap.Allocate(32, true);
  std::byte* const kept = heap.Allocate(48, true);
  std::byte* const kept_inside = heap.Allocate(5000, false);
  PointerIn(root, 1) = kept;
  // An address within the object keeps it as well.
  PointerIn(kept, 3) = kept_inside + 4999;
  std::vector<std::byte*> garbage;
  for (int i = 0; i < 1000; ++i) {
    garbage.push_back(heap.Allocate(64, true));
    std::memset(garbage.back(), 0xff, 64);
    // Cycles do not keep themselves.
    PointerIn(garbage.back()) = garbage.front();
    PointerIn(garbage.front()) = garbage.back();
  }
  CHECK(heap.wants_collection());
  const uint64_t before = heap.statistics().live_bytes;
  heap.CollectWith({root});
  CHECK(before - heap.statistics().live_bytes == 64 * 1000);
  CHECK(heap.statistics().frees == 1000);
  CHECK(heap.Find(kept));
  CHECK(heap.Find(kept_inside));
  CHECK_FALSE(heap.Find(garbage[5]));
  for (int i = 0; i < 2000; ++i) {
    std::byte* const object = heap.Allocate(64, true);
    CHECK(std::all_of(object, object + 64,
                      [](std::byte b) { return b == std::byte{0}; }));
  }
}

TEST_CASE("objects without pointers are not looked into") {
  SmallHeap heap;
  std::byte* const numbers = heap.Allocate(16, false);
  std::byte* const garbage = heap.Allocate(16, false);
  PointerIn(numbers) = garbage;
  heap.CollectWith({numbers});
  CHECK(heap.Find(numbers));
  CHECK_FALSE(heap.Find(garbage));
}

TEST_CASE("free and live objects of one span") {
  SmallHeap heap;
  std::vector<std::byte*> objects;
  std::vector<std::byte*> kept;
  for (int i = 0; i < 3000; ++i) {
    objects.push_back(heap.Allocate(24, false));
    std::memset(objects.back(), i & 0x7f, 24);
    if (i % 3 == 0) {
      kept.push_back(objects.back());
    }
  }
  heap.CollectWith(kept);
  std::vector<std::byte*> again;
  for (int i = 0; i < 2000; ++i) {
    again.push_back(heap.Allocate(24, false));
    CHECK(std::ranges::find(kept, again.back()) == kept.end());
  }
  // The room between them was used.
  CHECK(std::ranges::find_first_of(again, objects) != again.end());
  for (size_t i = 0; i < kept.size(); ++i) {
    CHECK(kept[i][23] == static_cast<std::byte>(i * 3 & 0x7f));
  }
}

TEST_CASE("permanent objects are roots") {
  SmallHeap heap;
  std::byte* const variable = heap.AllocatePermanent(16, true);
  std::byte* const object = heap.Allocate(16, false);
  PointerIn(variable, 1) = object;
  heap.Collect({});
  CHECK(heap.Find(object));
  PointerIn(variable, 1) = nullptr;
  heap.Collect({});
  CHECK_FALSE(heap.Find(object));
  CHECK(heap.Find(variable));
}

TEST_CASE("constants exist once") {
  SmallHeap heap;
  const StringValue a = heap.Constant("text");
  CHECK(a.data == heap.Constant(std::string("te") + "xt").data);
  CHECK(a.view() == "text");
  CHECK(heap.NewString("text").data != a.data);
  CHECK(heap.Constant("").size == 0);
}

TEST_CASE("the limit") {
  Heap heap({.limit = int64_t{1} << 20});
  CHECK(heap.IsNearLimit(int64_t{1} << 20));
  CHECK_THROWS_AS(heap.Allocate(int64_t{2} << 20, false), std::bad_alloc);
  CHECK_THROWS_AS(heap.Allocate(int64_t{1} << 60, false), std::bad_alloc);
  const auto fill = [&] {
    for (int i = 0; i < 3000; ++i) {
      heap.Allocate(512, false);
    }
  };
  CHECK_THROWS_AS(fill(), std::bad_alloc);
  heap.Collect({});
  heap.Allocate(int64_t{512} << 10, false);
}

TEST_CASE("finalizers") {
  InterpMaker make;
  Heap& heap = make.heap;
  std::byte* const a = heap.Allocate(16, true);
  std::byte* const b = heap.Allocate(16, true);
  PointerIn(a) = b;
  const RunType* const pointer = make.Of(make.int_type)->pointer_to();
  const InterfaceValue function{make.Of(make.Func({})), heap.Allocate(8, true)};
  CHECK(heap.SetFinalizer({b, pointer, function}));
  CHECK(heap.SetFinalizer({a, pointer, function}));
  CHECK_FALSE(heap.SetFinalizer({a + 8, pointer, function}));
  int on_stack = 0;
  CHECK_FALSE(heap.SetFinalizer({&on_stack, pointer, function}));
  heap.Collect([&](Heap::Marker& marker) { marker.MarkPointer(a); });
  CHECK(heap.TakeFinalizers().empty());

  // What a refers to is kept until a is gone.
  heap.Collect({});
  CHECK(heap.Find(function.data));
  const auto first = heap.TakeFinalizers();
  REQUIRE(first.size() == 1);
  CHECK(first[0].object == a);
  CHECK(heap.Find(a));
  CHECK(PointerIn(a) == b);
  CHECK_FALSE(heap.has_finalizer(a));

  heap.Collect({});
  CHECK_FALSE(heap.Find(a));
  const auto second = heap.TakeFinalizers();
  REQUIRE(second.size() == 1);
  CHECK(second[0].object == b);

  std::byte* const c = heap.Allocate(16, true);
  CHECK(heap.SetFinalizer({c, pointer, function}));
  CHECK(heap.SetFinalizer({c, pointer, {}}));
  heap.Collect({});
  CHECK(heap.TakeFinalizers().empty());
  CHECK_FALSE(heap.Find(c));
}

TEST_CASE("cleanups and weak pointers") {
  SmallHeap heap;
  std::byte* const object = heap.Allocate(64, true);
  std::byte* const function = heap.Allocate(8, true);
  std::byte* const stopped = heap.Allocate(8, true);
  const uint64_t id = heap.AddCleanup(object + 8, function);
  heap.StopCleanup(heap.AddCleanup(object, stopped));
  auto* const weak = static_cast<std::byte*>(heap.WeakHandle(object));
  CHECK(heap.WeakHandle(object) == weak);
  CHECK(heap.WeakHandle(object + 8) != weak);
  heap.CollectWith({object});
  CHECK(PointerIn(weak) == object);
  CHECK(heap.TakeCleanups().empty());
  heap.CollectWith({weak});
  CHECK(PointerIn(weak) == nullptr);
  CHECK_FALSE(heap.Find(object));
  const auto due = heap.TakeCleanups();
  REQUIRE(due.size() == 1);
  CHECK(due[0].id == id);
  CHECK(due[0].function == function);
  CHECK(heap.Find(function));
}

TEST_CASE("size classes") {
  CHECK(SizeClasses().size() == 67);
  CHECK(std::ranges::is_sorted(SizeClasses()));
  for (int64_t size = 1; size <= kMaxSmallSize; ++size) {
    const auto index = static_cast<size_t>(SizeClassOf(size));
    REQUIRE(SizeClasses()[index] >= size);
    REQUIRE((index == 0 || SizeClasses()[index - 1] < size));
  }
  CHECK(RoundUpSize(0, true) == 0);
  CHECK(RoundUpSize(513, false) == 576);
  CHECK(RoundUpSize(513, true) == 568);
  CHECK(RoundUpSize(32769, true) == 40960);
}

}  // namespace
}  // namespace gdlint::interp
