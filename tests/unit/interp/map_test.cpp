// Maps, equality and hashes.

#include "interp/map.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <map>
#include <set>
#include <vector>

#include "interp/equal.h"
#include "tests/unit/interp/interp_maker.h"

namespace gdlint::interp {
namespace {

struct IntMap : InterpMaker {
  const RunType* type = MapType(int_type, int_type);
  Map* map = NewMap(heap, type, 0, 7);

  void Set(int64_t key, int64_t value) {
    std::memcpy(MapInsert(heap, map, &key).elem, &value, 8);
  }
  // -1 if it is not there.
  int64_t Get(int64_t key) {
    const MapSlot slot = MapFind(type, map, &key);
    int64_t value = -1;
    if (slot.elem != nullptr) {
      std::memcpy(&value, slot.elem, 8);
    }
    return value;
  }
  void Delete(int64_t key) { MapDelete(type, map, &key); }
};

int64_t ReadInt(const std::byte* at) {
  int64_t value;
  std::memcpy(&value, at, 8);
  return value;
}

std::vector<int64_t> KeysOf(Map* map, uint64_t random) {
  std::vector<int64_t> keys;
  MapIterator iterator;
  MapIterate(iterator, map, random);
  while (MapNext(iterator)) {
    keys.push_back(ReadInt(iterator.key));
  }
  return keys;
}

TEST_CASE("a map holds what std::map holds") {
  IntMap m;
  std::map<int64_t, int64_t> expected;
  uint64_t state = 1;
  for (int i = 0; i < 20000; ++i) {
    state = state * 6364136223846793005 + 1442695040888963407;
    const auto key = static_cast<int64_t>(state >> 33) % 700;
    if ((state >> 20) % 3 == 0) {
      m.Delete(key);
      expected.erase(key);
    } else {
      m.Set(key, i);
      expected[key] = i;
    }
    REQUIRE(MapSize(m.map) == static_cast<int64_t>(expected.size()));
  }
  for (int64_t key = 0; key < 700; ++key) {
    const auto it = expected.find(key);
    CHECK(m.Get(key) == (it == expected.end() ? -1 : it->second));
  }
  const std::vector<int64_t> keys = KeysOf(m.map, 99);
  CHECK(keys.size() == expected.size());
  CHECK(std::set<int64_t>(keys.begin(), keys.end()).size() == keys.size());
}

TEST_CASE("the order of an iteration depends on its seed alone") {
  IntMap m;
  for (int64_t i = 0; i < 5; ++i) {
    m.Set(i, i);
  }
  std::set<std::vector<int64_t>> orders;
  for (uint64_t random = 0; random < 20; ++random) {
    CHECK(KeysOf(m.map, random) == KeysOf(m.map, random));
    orders.insert(KeysOf(m.map, random));
  }
  CHECK(orders.size() > 1);
}

TEST_CASE("changes during an iteration") {
  IntMap m;
  for (int64_t i = 0; i < 100; ++i) {
    m.Set(i, i);
  }
  for (const bool grow : {false, true}) {
    CAPTURE(grow);
    MapIterator iterator;
    MapIterate(iterator, m.map, 42);
    std::multiset<int64_t> seen;
    std::set<int64_t> deleted;
    while (MapNext(iterator)) {
      const int64_t key = ReadInt(iterator.key);
      seen.insert(key);
      CHECK_FALSE(deleted.contains(key));
      if (key < 100 && key % 2 == 0) {
        const int64_t other = (key + 50) % 100;
        m.Delete(other);
        if (!seen.contains(other)) {
          deleted.insert(other);
        }
      }
      if (grow && seen.size() == 10) {
        for (int64_t i = 1000; i < 2000; ++i) {
          m.Set(i, i);
        }
        m.Set(key, -7);
      }
    }
    for (const int64_t key : seen) {
      CHECK(seen.count(key) == 1);
    }
    for (int64_t i = 1; i < 100; i += 2) {
      CHECK(seen.contains(i));
    }
    for (int64_t i = 0; i < 100; ++i) {
      m.Set(i, i);
    }
  }
  // A value that changes after the map has grown is the one that comes.
  IntMap n;
  for (int64_t i = 0; i < 8; ++i) {
    n.Set(i, i);
  }
  MapIterator iterator;
  MapIterate(iterator, n.map, 0);
  CHECK(MapNext(iterator));
  for (int64_t i = 0; i < 50; ++i) {
    n.Set(i, 1000 + i);
  }
  while (MapNext(iterator)) {
    CHECK(ReadInt(iterator.elem) == 1000 + ReadInt(iterator.key));
  }
  MapIterate(iterator, n.map, 0);
  CHECK(MapNext(iterator));
  MapClear(n.map);
  CHECK_FALSE(MapNext(iterator));
  CHECK_FALSE(MapNext(iterator));
}

TEST_CASE("a nil map") {
  InterpMaker make;
  const RunType* const type = make.MapType(make.int_type, make.int_type);
  const int64_t key = 1;
  CHECK(MapSize(nullptr) == 0);
  CHECK(MapFind(type, nullptr, &key).elem == nullptr);
  CHECK(MapDelete(type, nullptr, &key) == nullptr);
  MapClear(nullptr);
  CHECK(MapClone(make.heap, nullptr) == nullptr);
  MapIterator iterator;
  MapIterate(iterator, nullptr, 1);
  CHECK_FALSE(MapNext(iterator));
}

TEST_CASE("floating-point keys") {
  InterpMaker make;
  const RunType* const type =
      make.MapType(types::Typ(types::BasicKind::kFloat64), make.int_type);
  Map* const map = NewMap(make.heap, type, 0, 1);
  const double nan = std::nan("");
  const double zero = 0;
  const double minus_zero = -0.0;
  for (int64_t i = 0; i < 20; ++i) {
    std::memcpy(MapInsert(make.heap, map, &nan).elem, &i, 8);
  }
  CHECK(MapSize(map) == 20);
  CHECK(MapFind(type, map, &nan).elem == nullptr);
  MapDelete(type, map, &nan);
  CHECK(MapSize(map) == 20);
  MapInsert(make.heap, map, &zero);
  CHECK(MapFind(type, map, &minus_zero).elem != nullptr);
  // The key is the one that was stored last.
  const MapSlot slot = MapInsert(make.heap, map, &minus_zero);
  CHECK(MapSize(map) == 21);
  double key;
  std::memcpy(&key, slot.key, 8);
  CHECK(std::signbit(key));

  // Entries with a NaN come once, also if the map grows meanwhile.
  MapIterator iterator;
  MapIterate(iterator, map, 5);
  int nans = 0;
  int count = 0;
  while (MapNext(iterator)) {
    std::memcpy(&key, iterator.key, 8);
    nans += std::isnan(key) ? 1 : 0;
    if (++count == 3) {
      for (double d = 1; d < 100; ++d) {
        MapInsert(make.heap, map, &d);
      }
    }
  }
  CHECK(nans == 20);
  MapClear(map);
  CHECK(MapSize(map) == 0);
  MapIterate(iterator, map, 5);
  CHECK_FALSE(MapNext(iterator));
}

TEST_CASE("keys of interfaces, strings, structs and arrays") {
  InterpMaker make;
  const RunType* const ints = make.Of(make.int_type);
  const RunType* const strings = make.Of(make.string_type);
  const RunType* const type = make.MapType(make.any(), make.int_type);
  Map* const map = NewMap(make.heap, type, 100, 1);
  const InterfaceValue one = make.Interface(ints, int64_t{1});
  const InterfaceValue text = make.Interface(strings, make.Text("a"));
  const InterfaceValue nil;
  for (const InterfaceValue& key : {one, text, nil}) {
    CHECK(MapInsert(make.heap, map, &key).elem != nullptr);
  }
  CHECK(MapSize(map) == 3);
  const InterfaceValue same_text =
      make.Interface(strings, make.Text(std::string("a")));
  CHECK(MapFind(type, map, &same_text).elem != nullptr);
  const InterfaceValue other_one =
      make.Interface(make.Of(types::BasicKind::kInt32), int32_t{1});
  CHECK(MapFind(type, map, &other_one).elem == nullptr);

  const RunType* const slice = make.Of(make.context.SliceOf(make.int_type));
  const InterfaceValue bad = make.Interface(slice, SliceValue{});
  CHECK(MapFind(type, map, &bad).unhashable == slice);
  CHECK(MapInsert(make.heap, map, &bad).unhashable == slice);
  CHECK(MapDelete(type, map, &bad) == slice);
  CHECK(MapFind(type, nullptr, &bad).unhashable == slice);
  CHECK(UnhashableText(slice) == "hash of unhashable type []int");
  CHECK(UncomparableText(slice) == "comparing uncomparable type []int");

  // struct { a uint8; _ int; s string }: neither padding nor blanks count.
  const auto* const s = make.NewStruct({make.Field("a", types::ByteType()),
                                        make.Field("_", make.int_type),
                                        make.Field("s", make.string_type)});
  const RunType* const struct_type = make.Of(s);
  struct Value {
    uint8_t a;
    int64_t blank;
    StringValue text;
  };
  Value x;
  Value y;
  std::memset(static_cast<void*>(&x), 0, sizeof(x));
  std::memset(static_cast<void*>(&y), 0xff, sizeof(y));
  x.a = y.a = 3;
  x.text = make.Text("t");
  y.text = make.Text("t");
  CHECK(struct_type->equal == EqualKind::kStruct);
  CHECK(Equal(struct_type, &x, &y).equal);
  CHECK(Hash(struct_type, &x, 1).hash == Hash(struct_type, &y, 1).hash);
  y.text = make.Text("u");
  CHECK_FALSE(Equal(struct_type, &x, &y).equal);

  const RunType* const array =
      make.Of(make.context.ArrayOf(make.string_type, 2));
  const StringValue a[] = {make.Text("p"), make.Text("q")};
  const StringValue b[] = {make.Text("p"), make.Text("q")};
  CHECK(Equal(array, a, b).equal);
  CHECK(Hash(array, a, 1).hash == Hash(array, b, 1).hash);
}

TEST_CASE("kinds of equality") {
  InterpMaker make;
  const auto kind = [&](const types::Type* type) {
    return make.Of(type)->equal;
  };
  const types::Type* const byte = types::ByteType();
  CHECK(kind(make.NewStruct({make.Field("a", make.int_type),
                             make.Field("b", make.int_type)})) ==
        EqualKind::kMemory);
  // Padding.
  CHECK(kind(make.NewStruct(
            {make.Field("a", byte), make.Field("b", make.int_type)})) ==
        EqualKind::kStruct);
  CHECK(kind(make.NewStruct({make.Field("a", make.int_type),
                             make.Field("b", byte)})) == EqualKind::kStruct);
  CHECK(kind(make.NewStruct({make.Field("f", make.Func({}))})) ==
        EqualKind::kNone);
  CHECK(kind(make.context.ArrayOf(make.any(), 3)) == EqualKind::kArray);
  CHECK(kind(make.context.ArrayOf(byte, 3)) == EqualKind::kMemory);
  CHECK(kind(make.context.MapOf(byte, byte)) == EqualKind::kNone);
  CHECK(make.Of(make.context.ArrayOf(make.any(), 3))->may_be_unhashable);
  CHECK_FALSE(make.Of(make.string_type)->may_be_unhashable);

  // Comparing what cannot be compared, at the first part that decides.
  const RunType* const slice = make.Of(make.context.SliceOf(byte));
  const InterfaceValue x = make.Interface(slice, SliceValue{});
  CHECK(EqualInterfaces(x, x).uncomparable == slice);
  const InterfaceValue one = make.Interface(make.Of(byte), uint8_t{1});
  CHECK_FALSE(EqualInterfaces(x, one).equal);
  const RunType* const pair = make.Of(make.context.ArrayOf(make.any(), 2));
  const InterfaceValue a[] = {one, x};
  const InterfaceValue b[] = {InterfaceValue{}, x};
  CHECK(Equal(pair, a, a).uncomparable == slice);
  CHECK(Equal(pair, a, b).uncomparable == nullptr);
  CHECK_FALSE(Equal(pair, a, b).equal);
}

TEST_CASE("maps survive a collection, and clones are apart") {
  IntMap m;
  for (int64_t i = 0; i < 1000; ++i) {
    m.Set(i, i * i);
  }
  m.heap.Collect([&](Heap::Marker& marker) { marker.MarkPointer(m.map); });
  Map* const clone = MapClone(m.heap, m.map);
  m.Set(5, -5);
  m.Delete(6);
  CHECK(MapSize(clone) == 1000);
  const int64_t key = 5;
  CHECK(ReadInt(MapFind(m.type, clone, &key).elem) == 25);
  CHECK(m.Get(999) == 999 * 999);
  CHECK(m.Get(6) == -1);
}

}  // namespace
}  // namespace gdlint::interp
