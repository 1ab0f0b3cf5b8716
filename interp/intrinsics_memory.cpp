// internal/runtype: memory and maps, as reflection uses them.

#include <cstring>

#include "interp/equal.h"
#include "interp/intrinsics.h"
#include "interp/map.h"

namespace gdlint::interp {
namespace {

const RunType* TypeArg(const Call& call) { return call.Arg<const RunType*>(0); }

template <typename T>
Outcome Done(const Call& call, const T& value) {
  call.Return(0, value);
  return Outcome::kDone;
}

Map* MapArg(const Call& call, size_t slot) { return call.Arg<Map*>(slot); }

Outcome Unhashable(const Call& call, const RunType* type) {
  return call.PanicError(UnhashableText(type));
}

}  // namespace

Outcome MemoryNew(Call& call) {
  return Done(call, call.machine.heap().Allocate(TypeArg(call)));
}

Outcome MemoryNewArray(Call& call) {
  const auto count = call.Arg<int64_t>(1);
  const int64_t size = TypeArg(call)->size;
  if (count < 0 || (size != 0 && count > (int64_t{1} << 47) / size)) {
    return call.PanicPlain("reflect: array too large");
  }
  return Done(call, call.machine.heap().AllocateArray(TypeArg(call), count));
}

Outcome MemoryCopy(Call& call) {
  const int64_t size = TypeArg(call)->size * call.Arg<int64_t>(3);
  if (size > 0) {
    auto* const to = call.Arg<void*>(1);
    const auto* const from = call.Arg<const void*>(2);
    if (to == nullptr || from == nullptr) {
      return call.PanicMemory();
    }
    std::memmove(to, from, static_cast<size_t>(size));
  }
  return Outcome::kDone;
}

Outcome MemoryClear(Call& call) {
  const int64_t size = TypeArg(call)->size * call.Arg<int64_t>(2);
  if (size > 0) {
    std::memset(call.Arg<void*>(1), 0, static_cast<size_t>(size));
  }
  return Outcome::kDone;
}

Outcome MemoryEqual(Call& call) {
  const Equality equality =
      Equal(TypeArg(call), call.Arg<const void*>(1), call.Arg<const void*>(2));
  if (equality.uncomparable != nullptr) {
    return call.PanicError(UncomparableText(equality.uncomparable));
  }
  return Done(call, static_cast<uint8_t>(equality.equal));
}

Outcome MemoryAdd(Call& call) {
  return Done(call, call.Arg<std::byte*>(0) + call.Arg<int64_t>(1));
}

Outcome MemoryLoadInt(Call& call) {
  const auto* const from = call.Arg<const void*>(0);
  if (from == nullptr) {
    return call.PanicMemory();
  }
  switch (call.Arg<int64_t>(1)) {
    case 1:
      return Done(call, int64_t{*static_cast<const int8_t*>(from)});
    case 2:
      return Done(call, int64_t{*static_cast<const int16_t*>(from)});
    case 4:
      return Done(call, int64_t{*static_cast<const int32_t*>(from)});
    default:
      return Done(call, *static_cast<const int64_t*>(from));
  }
}

Outcome MemoryLoadUint(Call& call) {
  const auto* const from = call.Arg<const void*>(0);
  if (from == nullptr) {
    return call.PanicMemory();
  }
  switch (call.Arg<int64_t>(1)) {
    case 1:
      return Done(call, uint64_t{*static_cast<const uint8_t*>(from)});
    case 2:
      return Done(call, uint64_t{*static_cast<const uint16_t*>(from)});
    case 4:
      return Done(call, uint64_t{*static_cast<const uint32_t*>(from)});
    default:
      return Done(call, *static_cast<const uint64_t*>(from));
  }
}

Outcome MemoryLoadPointer(Call& call) {
  const auto* const from = call.Arg<void* const*>(0);
  return from == nullptr ? call.PanicMemory() : Done(call, *from);
}

Outcome MemoryStoreInt(Call& call) {
  auto* const to = call.Arg<void*>(0);
  if (to == nullptr) {
    return call.PanicMemory();
  }
  const auto value = call.Arg<uint64_t>(2);
  std::memcpy(to, &value, static_cast<size_t>(call.Arg<int64_t>(1)));
  return Outcome::kDone;
}

Outcome MemoryStorePointer(Call& call) {
  auto* const to = call.Arg<void**>(0);
  if (to == nullptr) {
    return call.PanicMemory();
  }
  *to = call.Arg<void*>(1);
  return Outcome::kDone;
}

// Strings and interfaces: two words.
Outcome MemoryLoadString(Call& call) {
  const auto* const from = call.Arg<const StringValue*>(0);
  return from == nullptr ? call.PanicMemory() : Done(call, *from);
}

Outcome MemoryStoreString(Call& call) {
  auto* const to = call.Arg<StringValue*>(0);
  if (to == nullptr) {
    return call.PanicMemory();
  }
  *to = call.Arg<StringValue>(1);
  return Outcome::kDone;
}

Outcome MemoryLoadBytes(Call& call) {
  const auto* const from = call.Arg<const SliceValue*>(0);
  return from == nullptr ? call.PanicMemory() : Done(call, *from);
}

Outcome MapMake(Call& call) {
  return Done(call, NewMap(call.machine.heap(), TypeArg(call),
                           call.Arg<int64_t>(1), call.machine.Random()));
}

Outcome MapLength(Call& call) {
  const Map* const map = MapArg(call, 0);
  return Done(call, map == nullptr ? int64_t{0} : MapSize(map));
}

Outcome MapGet(Call& call) {
  const MapSlot slot =
      MapFind(TypeArg(call), MapArg(call, 1), call.Arg<const void*>(2));
  return slot.unhashable != nullptr ? Unhashable(call, slot.unhashable)
                                    : Done(call, slot.elem);
}

Outcome MapSet(Call& call) {
  Map* const map = MapArg(call, 1);
  if (map == nullptr) {
    return call.PanicPlain("assignment to entry in nil map");
  }
  const MapSlot slot =
      MapInsert(call.machine.heap(), map, call.Arg<const void*>(2));
  if (slot.unhashable != nullptr) {
    return Unhashable(call, slot.unhashable);
  }
  const auto size = static_cast<size_t>(MapType(map)->elem()->size);
  if (size > 0) {
    std::memcpy(slot.elem, call.Arg<const void*>(3), size);
  }
  return Outcome::kDone;
}

Outcome MapRemove(Call& call) {
  const RunType* const unhashable =
      MapDelete(TypeArg(call), MapArg(call, 1), call.Arg<const void*>(2));
  return unhashable != nullptr ? Unhashable(call, unhashable) : Outcome::kDone;
}

Outcome MapRemoveAll(Call& call) {
  if (Map* const map = MapArg(call, 1); map != nullptr) {
    MapClear(map);
  }
  return Outcome::kDone;
}

// runtype.MapIter is laid out as MapIterator.
Outcome MapIterStart(Call& call) {
  if (Map* const map = MapArg(call, 1); map != nullptr) {
    MapIterate(*call.Arg<MapIterator*>(0), map, call.machine.Random());
  }
  return Outcome::kDone;
}

Outcome MapIterNext(Call& call) {
  MapIterator& iterator = *call.Arg<MapIterator*>(0);
  return Done(
      call, static_cast<uint8_t>(iterator.map != nullptr && MapNext(iterator)));
}

Outcome MapsClone(Call& call) {
  InterfaceValue value = call.Arg<InterfaceValue>(0);
  if (value.data != nullptr) {
    value.data =
        MapClone(call.machine.heap(), static_cast<const Map*>(value.data));
  }
  return Done(call, value);
}

}  // namespace gdlint::interp
