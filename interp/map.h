// Go's maps: objects of the heap, named by a pointer that a Go variable of map
// type holds.

#pragma once

#include <cstddef>
#include <cstdint>

#include "interp/heap.h"
#include "interp/run_type.h"

namespace gdlint::interp {

// A map; null is the nil map. Entries lie in the order of insertion in one
// array, found through a table of hashes. An iteration begins at a random entry
// (of the heap's seed) and goes around.
struct Map;

// The place of an element, or why there is none.
struct MapSlot {
  // Null if the key is not there.
  std::byte* elem = nullptr;
  const std::byte* key = nullptr;
  // gc's panic "hash of unhashable type …" for a key.
  const RunType* unhashable = nullptr;
};

// `make(map_type, reserve)`; a negative or absurd `reserve` counts as 0.
Map* NewMap(Heap& heap, const RunType* map_type, int64_t reserve,
            uint64_t seed);

// `len(map)`.
int64_t MapSize(const Map* map);
const RunType* MapType(const Map* map);
// `map[key]`; `map_type` is needed as `map` may be nil. The element may be read
// until the map changes.
MapSlot MapFind(const RunType* map_type, const Map* map, const void* key);
// The place of `map[key]`, added with a zero element if there is none. `map`
// must not be nil. A key of +0 or -0 is overwritten, as gc's.
MapSlot MapInsert(Heap& heap, Map* map, const void* key);
// The type that cannot be hashed, or null. A nil map has no entry.
const RunType* MapDelete(const RunType* map_type, Map* map, const void* key);
// `clear(map)`: entries with a NaN key too. Does nothing to a nil map.
void MapClear(Map* map);
// maps.Clone; nil of a nil map.
Map* MapClone(Heap& heap, const Map* map);

// Whether a goroutine is in the middle of a write to it, as others see it.
// False for nil.
bool MapIsWritten(const Map* map);
void MapSetWritten(Map* map, bool is_written);

// An iteration, in memory of the collector or on a root. What is deleted
// before it is reached does not come, nothing comes twice, and what is added
// meanwhile may come.
struct MapIterator {
  Map* map = nullptr;
  // The entries as they were when it began; the map may have others by now.
  void* entries = nullptr;
  int64_t start = 0;
  int64_t next = 0;
  bool is_around = false;
  uint64_t clears = 0;

  // Of the current entry, in memory that stays as it is until the map changes.
  const std::byte* key = nullptr;
  const std::byte* elem = nullptr;
};

// `random` chooses where it begins.
void MapIterate(MapIterator& iterator, Map* map, uint64_t random);
// Goes to the next entry; false at the end.
bool MapNext(MapIterator& iterator);

}  // namespace gdlint::interp
