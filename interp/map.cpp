#include "interp/map.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "interp/equal.h"

namespace gdlint::interp {
namespace {

// Stands before an array of entries. Each entry is the hash of its key (0 if it
// was deleted), the key and the element.
struct Entries {
  int64_t size;
  int64_t capacity;
};

// Maps of so many entries have no index: the hashes are compared in a row.
constexpr int64_t kFew = 8;
// Values of the index, which are numbers of entries else.
constexpr uint32_t kFree = 0xffff'ffff;
constexpr uint32_t kDeleted = 0xffff'fffe;
// What `make` reserves at most.
constexpr int64_t kMaxReserve = int64_t{1} << 22;

constexpr uint64_t kLive = uint64_t{1} << 63;

}  // namespace

// Lies in the heap, as does what it points to. Arrays of entries are never
// moved within: a map that grows takes another, so that iterations see what
// they began with.
struct Map {
  // First, as gc has it: reflect and others read it there.
  int64_t count;
  const RunType* type;
  uint64_t seed;
  Entries* entries;
  // Open addressing; null for few entries.
  uint32_t* index;
  int64_t index_capacity;
  // Counts calls of MapClear.
  uint64_t clears;
  bool is_written;

  uint32_t key_offset;
  uint32_t elem_offset;
  uint32_t entry_size;

  std::byte* EntryAt(Entries* array, int64_t i) const {
    return reinterpret_cast<std::byte*>(array + 1) + i * entry_size;
  }
  std::byte* EntryAt(int64_t i) const { return EntryAt(entries, i); }
};

namespace {

uint64_t& HashOf(std::byte* entry) {
  return *reinterpret_cast<uint64_t*>(entry);
}

bool IsSameKey(const RunType* key_type, const void* a, const void* b) {
  return Equal(key_type, a, b).equal;
}

Entries* NewEntries(Heap& heap, const Map& map, int64_t capacity) {
  const bool has_pointers =
      map.type->key()->has_pointers || map.type->elem()->has_pointers;
  auto* const entries = reinterpret_cast<Entries*>(heap.Allocate(
      static_cast<int64_t>(sizeof(Entries)) + capacity * map.entry_size,
      has_pointers));
  entries->capacity = capacity;
  return entries;
}

void AddToIndex(Map& map, uint64_t hash, int64_t entry) {
  const uint64_t mask = static_cast<uint64_t>(map.index_capacity) - 1;
  uint64_t slot = hash & mask;
  while (map.index[slot] < kDeleted) {
    slot = (slot + 1) & mask;
  }
  map.index[slot] = static_cast<uint32_t>(entry);
}

// Room for `capacity` entries, in a new array without those that were deleted.
void Rebuild(Heap& heap, Map& map, int64_t capacity) {
  Entries* const old = map.entries;
  Entries* const entries = NewEntries(heap, map, capacity);
  uint32_t* index = nullptr;
  int64_t index_capacity = 0;
  if (capacity > kFew) {
    index_capacity = static_cast<int64_t>(
        std::bit_ceil(static_cast<uint64_t>(capacity) * 3 / 2));
    index = reinterpret_cast<uint32_t*>(
        heap.Allocate(index_capacity * 4, /*has_pointers=*/false));
    std::memset(index, 0xff, static_cast<size_t>(index_capacity) * 4);
  }
  map.entries = entries;
  map.index = index;
  map.index_capacity = index_capacity;
  for (int64_t i = 0; old != nullptr && i < old->size; ++i) {
    std::byte* const entry = map.EntryAt(old, i);
    if (HashOf(entry) != 0) {
      std::memcpy(map.EntryAt(entries->size), entry, map.entry_size);
      if (index != nullptr) {
        AddToIndex(map, HashOf(entry), entries->size);
      }
      ++entries->size;
    }
  }
}

struct Found {
  // Null if it is not there.
  std::byte* entry = nullptr;
  // Its place in the index, if there is one.
  uint64_t slot = 0;
};

Found FindEntry(const Map& map, uint64_t hash, const void* key) {
  const RunType* const key_type = map.type->key();
  if (map.index == nullptr) {
    for (int64_t i = 0; map.entries != nullptr && i < map.entries->size; ++i) {
      std::byte* const entry = map.EntryAt(i);
      if (HashOf(entry) == hash &&
          IsSameKey(key_type, entry + map.key_offset, key)) {
        return {entry};
      }
    }
    return {};
  }
  const uint64_t mask = static_cast<uint64_t>(map.index_capacity) - 1;
  for (uint64_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const uint32_t i = map.index[slot];
    if (i == kFree) {
      return {};
    }
    if (i == kDeleted) {
      continue;
    }
    std::byte* const entry = map.EntryAt(i);
    if (HashOf(entry) == hash &&
        IsSameKey(key_type, entry + map.key_offset, key)) {
      return {entry, slot};
    }
  }
}

KeyHash HashKey(const RunType* map_type, const void* key, uint64_t seed) {
  KeyHash hash = Hash(map_type->key(), key, seed);
  hash.hash |= kLive;
  return hash;
}

// gc complains of keys that cannot be hashed even if there is no entry.
const RunType* UnhashableKey(const RunType* map_type, const void* key) {
  return map_type->key()->may_be_unhashable
             ? Hash(map_type->key(), key, 0).unhashable
             : nullptr;
}

bool IsEmpty(const Map* map) { return map == nullptr || map->count == 0; }

}  // namespace

Map* NewMap(Heap& heap, const RunType* map_type, int64_t reserve,
            uint64_t seed) {
  auto* const map =
      reinterpret_cast<Map*>(heap.Allocate(sizeof(Map), /*has_pointers=*/true));
  const RunType* const key = map_type->key();
  const RunType* const elem = map_type->elem();
  map->type = map_type;
  map->seed = seed;
  map->key_offset =
      static_cast<uint32_t>(AlignUp(sizeof(uint64_t), key->align));
  map->elem_offset =
      static_cast<uint32_t>(AlignUp(map->key_offset + key->size, elem->align));
  map->entry_size =
      static_cast<uint32_t>(AlignUp(map->elem_offset + elem->size, 8));
  if (reserve > kFew) {
    Rebuild(heap, *map, std::min(reserve, kMaxReserve));
  }
  return map;
}

int64_t MapSize(const Map* map) { return map == nullptr ? 0 : map->count; }

bool MapIsWritten(const Map* map) { return map != nullptr && map->is_written; }

void MapSetWritten(Map* map, bool is_written) { map->is_written = is_written; }

const RunType* MapType(const Map* map) { return map->type; }

MapSlot MapFind(const RunType* map_type, const Map* map, const void* key) {
  if (IsEmpty(map)) {
    return {.unhashable = UnhashableKey(map_type, key)};
  }
  const KeyHash hash = HashKey(map_type, key, map->seed);
  if (hash.unhashable != nullptr) {
    return {.unhashable = hash.unhashable};
  }
  const Found found = FindEntry(*map, hash.hash, key);
  if (found.entry == nullptr) {
    return {};
  }
  return {.elem = found.entry + map->elem_offset,
          .key = found.entry + map->key_offset};
}

MapSlot MapInsert(Heap& heap, Map* map, const void* key) {
  const RunType* const key_type = map->type->key();
  const KeyHash hash = HashKey(map->type, key, map->seed);
  if (hash.unhashable != nullptr) {
    return {.unhashable = hash.unhashable};
  }
  const auto key_size = static_cast<size_t>(key_type->size);
  std::byte* entry = FindEntry(*map, hash.hash, key).entry;
  if (entry == nullptr) {
    Entries* entries = map->entries;
    if (entries == nullptr || entries->size == entries->capacity) {
      // Twice as many; as many again if half of them were deleted.
      Rebuild(heap, *map, std::max(kFew, map->count * 2));
      entries = map->entries;
    }
    entry = map->EntryAt(entries->size);
    HashOf(entry) = hash.hash;
    if (map->index != nullptr) {
      AddToIndex(*map, hash.hash, entries->size);
    }
    ++entries->size;
    ++map->count;
    std::memcpy(entry + map->key_offset, key, key_size);
  } else if (key_type->equal != EqualKind::kMemory) {
    std::memcpy(entry + map->key_offset, key, key_size);
  }
  return {.elem = entry + map->elem_offset, .key = entry + map->key_offset};
}

const RunType* MapDelete(const RunType* map_type, Map* map, const void* key) {
  if (IsEmpty(map)) {
    return UnhashableKey(map_type, key);
  }
  const KeyHash hash = HashKey(map_type, key, map->seed);
  if (hash.unhashable != nullptr) {
    return hash.unhashable;
  }
  const Found found = FindEntry(*map, hash.hash, key);
  if (found.entry != nullptr) {
    std::memset(found.entry, 0, map->entry_size);
    if (map->index != nullptr) {
      map->index[found.slot] = kDeleted;
    }
    --map->count;
  }
  return nullptr;
}

void MapClear(Map* map) {
  if (map == nullptr) {
    return;
  }
  map->count = 0;
  map->entries = nullptr;
  map->index = nullptr;
  map->index_capacity = 0;
  ++map->clears;
}

Map* MapClone(Heap& heap, const Map* map) {
  if (map == nullptr) {
    return nullptr;
  }
  // With the same seed the hashes hold.
  Map* const clone = NewMap(heap, map->type, 0, map->seed);
  if (map->count > 0) {
    clone->count = map->count;
    clone->entries = map->entries;
    Rebuild(heap, *clone, std::max(kFew, map->count));
  }
  return clone;
}

void MapIterate(MapIterator& iterator, Map* map, uint64_t random) {
  iterator = {};
  if (IsEmpty(map)) {
    return;
  }
  iterator.map = map;
  iterator.entries = map->entries;
  iterator.start =
      static_cast<int64_t>(random % static_cast<uint64_t>(map->entries->size));
  iterator.next = iterator.start;
  iterator.clears = map->clears;
}

bool MapNext(MapIterator& iterator) {
  Map* const map = iterator.map;
  if (map == nullptr || iterator.clears != map->clears) {
    iterator.key = nullptr;
    iterator.elem = nullptr;
    return false;
  }
  auto* const entries = static_cast<Entries*>(iterator.entries);
  const RunType* const key_type = map->type->key();
  while (true) {
    if (!iterator.is_around && iterator.next >= entries->size) {
      iterator.is_around = true;
      iterator.next = 0;
    }
    if (iterator.is_around && iterator.next >= iterator.start) {
      iterator.map = nullptr;
      iterator.key = nullptr;
      iterator.elem = nullptr;
      return false;
    }
    std::byte* entry = map->EntryAt(entries, iterator.next++);
    const uint64_t hash = HashOf(entry);
    if (hash == 0) {
      continue;
    }
    const std::byte* const key = entry + map->key_offset;
    // The map has grown since: what it has now counts. A key that does not
    // equal itself cannot have been deleted.
    if (entries != map->entries && IsSameKey(key_type, key, key)) {
      entry = FindEntry(*map, hash, key).entry;
      if (entry == nullptr) {
        continue;
      }
    }
    iterator.key = entry + map->key_offset;
    iterator.elem = entry + map->elem_offset;
    return true;
  }
}

}  // namespace gdlint::interp
