// Maps, and iteration over maps and strings.

#include <cstring>
#include <string>

#include "interp/equal.h"
#include "interp/map.h"
#include "interp/slow.h"
#include "support/utf8.h"

namespace gdlint::interp::slow {
namespace {

// `is_empty`: gc has other words where there is nothing to look up.
Next HashPanic(Execution& at, const RunType* type, bool is_empty) {
  if (is_empty) {
    return Executor::PanicPlain(
        at.machine, at.goroutine,
        "hash of unhashable type: " + std::string(type->name()));
  }
  return Executor::PanicError(at.machine, at.goroutine, UnhashableText(type));
}

// No map operation is divided here. So that programs without the
// synchronisation that they need show it, as they do with gc, a goroutine now
// and then gives way in the middle of a write: what others do with the map
// meanwhile ends the process. With a lock held nobody gets to the map.
constexpr uint64_t kWritesBetweenStops = 61;

Next AfterWrite(Execution& at, Map* map) {
  if (at.machine.goroutine_count() < 2 ||
      ++Executor::StateOf(at.machine).map_writes % kWritesBetweenStops != 0) {
    return Next::kContinue;
  }
  MapSetWritten(map, true);
  at.goroutine.written_map = map;
  at.machine.Yield(at.goroutine);
  return Next::kLeave;
}

}  // namespace

Next MakeMap(Execution& at, const CodeInst& inst, const Site& site) {
  CollectIfWanted(at.machine);
  const int64_t reserve =
      site.operands[0] < 0 ? 0 : at.Reg<int64_t>(site.operands[0]);
  at.Reg<Map*>(inst.a) =
      NewMap(at.heap(), site.type, reserve, at.machine.Random());
  return Next::kContinue;
}

Next Lookup(Execution& at, const CodeInst& inst, const Site& site) {
  const Map* const map = at.Reg<Map*>(site.operands[0]);
  if (MapIsWritten(map)) {
    return Executor::Throw(at.machine, &at.goroutine,
                           "concurrent map read and map write");
  }
  const MapSlot slot = MapFind(site.type, map, at.registers + site.operands[1]);
  if (slot.unhashable != nullptr) {
    return HashPanic(at, slot.unhashable, map == nullptr || MapSize(map) == 0);
  }
  uint8_t* const to = at.registers + inst.a;
  if (slot.elem != nullptr) {
    std::memcpy(to, slot.elem, static_cast<size_t>(site.size));
  } else {
    std::memset(to, 0, static_cast<size_t>(site.size));
  }
  if (site.flag) {
    to[site.length] = slot.elem != nullptr;
  }
  return Next::kContinue;
}

Next MapUpdate(Execution& at, const CodeInst&, const Site& site) {
  Map* const map = at.Reg<Map*>(site.operands[0]);
  if (map == nullptr) {
    return Executor::PanicPlain(at.machine, at.goroutine,
                                "assignment to entry in nil map");
  }
  if (MapIsWritten(map)) {
    return Executor::Throw(at.machine, &at.goroutine, "concurrent map writes");
  }
  CollectIfWanted(at.machine);
  const MapSlot slot =
      MapInsert(at.heap(), map, at.registers + site.operands[1]);
  if (slot.unhashable != nullptr) {
    return HashPanic(at, slot.unhashable, false);
  }
  std::memcpy(slot.elem, at.registers + site.operands[2],
              static_cast<size_t>(site.size));
  return AfterWrite(at, map);
}

Next RangeMap(Execution& at, const CodeInst& inst, const Site& site) {
  MapIterator& iterator = *new (at.registers + inst.a) MapIterator();
  MapIterate(iterator, at.Reg<Map*>(site.operands[0]), at.machine.Random());
  return Next::kContinue;
}

Next NextMap(Execution& at, const CodeInst& inst, const Site& site) {
  MapIterator& iterator = at.Reg<MapIterator>(site.operands[0]);
  uint8_t* const to = at.registers + inst.a;
  if (MapIsWritten(iterator.map)) {
    return Executor::Throw(at.machine, &at.goroutine,
                           "concurrent map iteration and map write");
  }
  to[0] = MapNext(iterator);
  if (to[0] != 0) {
    const std::byte* const values[] = {iterator.key, iterator.elem};
    for (size_t i = 0; i != site.moves.size(); ++i) {
      std::memcpy(to + site.moves[i].to, values[i],
                  static_cast<size_t>(site.moves[i].size));
    }
  }
  return Next::kContinue;
}

namespace {

struct StringIterator {
  StringValue string;
  int64_t next;
};

}  // namespace

Next RangeString(Execution& at, const CodeInst& inst, const Site& site) {
  at.Reg<StringIterator>(inst.a) = {at.Reg<StringValue>(site.operands[0]), 0};
  return Next::kContinue;
}

Next NextString(Execution& at, const CodeInst& inst, const Site& site) {
  StringIterator& iterator = at.Reg<StringIterator>(site.operands[0]);
  uint8_t* const to = at.registers + inst.a;
  to[0] = iterator.next < iterator.string.size;
  if (to[0] == 0) {
    return Next::kContinue;
  }
  const int64_t index = iterator.next;
  int32_t rune = static_cast<uint8_t>(iterator.string.data[index]);
  if (rune < 0x80) {
    ++iterator.next;
  } else {
    const Utf8Character decoded =
        DecodeUtf8(iterator.string.view().substr(static_cast<size_t>(index)));
    rune = static_cast<int32_t>(decoded.value);
    iterator.next += decoded.length;
  }
  // What is left out by the statement has no size.
  if (site.moves[0].size != 0) {
    std::memcpy(to + site.moves[0].to, &index, sizeof(index));
  }
  if (site.moves.size() > 1 && site.moves[1].size != 0) {
    std::memcpy(to + site.moves[1].to, &rune, sizeof(rune));
  }
  return Next::kContinue;
}

}  // namespace gdlint::interp::slow
