// Built-in functions.

#include <cmath>
#include <cstring>

#include "interp/channel.h"
#include "interp/equal.h"
#include "interp/format_value.h"
#include "interp/map.h"
#include "interp/slice.h"
#include "interp/slow.h"

namespace gdlint::interp::slow {

Next LenMap(Execution& at, const CodeInst& inst, const Site& site) {
  const Map* const map = at.Reg<Map*>(site.operands[0]);
  at.Reg<int64_t>(inst.a) = map == nullptr ? 0 : MapSize(map);
  return Next::kContinue;
}

Next LenChan(Execution& at, const CodeInst& inst, const Site& site) {
  const Channel* const channel = at.Reg<Channel*>(site.operands[0]);
  at.Reg<int64_t>(inst.a) = channel == nullptr ? 0 : channel->size;
  return Next::kContinue;
}

Next CapChan(Execution& at, const CodeInst& inst, const Site& site) {
  const Channel* const channel = at.Reg<Channel*>(site.operands[0]);
  at.Reg<int64_t>(inst.a) = channel == nullptr ? 0 : channel->capacity;
  return Next::kContinue;
}

Next Append(Execution& at, const CodeInst& inst, const Site& site) {
  const SliceValue slice = at.Reg<SliceValue>(site.operands[0]);
  if (site.operands.size() < 2 || site.operands[1] < 0) {
    at.Reg<SliceValue>(inst.a) = slice;
    return Next::kContinue;
  }
  // A string or a slice: the first two words are alike.
  const StringValue more = at.Reg<StringValue>(site.operands[1]);
  int64_t size = 0;
  if (__builtin_add_overflow(slice.size, more.size, &size)) {
    return Executor::PanicError(at.machine, at.goroutine, kGrowText);
  }
  if (size <= slice.capacity) {
    if (more.size != 0) {
      std::memmove(slice.data + slice.size * site.size, more.data,
                   static_cast<size_t>(more.size * site.size));
    }
    at.Reg<SliceValue>(inst.a) = {slice.data, size, slice.capacity};
    return Next::kContinue;
  }
  CollectIfWanted(at.machine);
  const Grown grown =
      interp::Append(at.heap(), site.type, slice, more.data, more.size);
  if (grown.is_too_long) {
    return Executor::PanicError(at.machine, at.goroutine, kGrowText);
  }
  at.Reg<SliceValue>(inst.a) = grown.slice;
  return Next::kContinue;
}

Next Copy(Execution& at, const CodeInst& inst, const Site& site) {
  const StringValue from = at.Reg<StringValue>(site.operands[1]);
  at.Reg<int64_t>(inst.a) = CopySlice(
      site.type, at.Reg<SliceValue>(site.operands[0]), from.data, from.size);
  return Next::kContinue;
}

Next Close(Execution& at, const CodeInst&, const Site& site) {
  Channel* const channel = at.Reg<Channel*>(site.operands[0]);
  if (channel == nullptr) {
    return Executor::PanicPlain(at.machine, at.goroutine,
                                "close of nil channel");
  }
  if (!CloseChannel(at.machine, channel)) {
    return Executor::PanicPlain(at.machine, at.goroutine,
                                "close of closed channel");
  }
  return Next::kContinue;
}

Next Delete(Execution& at, const CodeInst&, const Site& site) {
  Map* const map = at.Reg<Map*>(site.operands[0]);
  if (MapIsWritten(map)) {
    return Executor::Throw(at.machine, &at.goroutine, "concurrent map writes");
  }
  const RunType* const unhashable =
      MapDelete(site.type, map, at.registers + site.operands[1]);
  if (unhashable != nullptr) {
    if (map == nullptr || MapSize(map) == 0) {
      return Executor::PanicPlain(
          at.machine, at.goroutine,
          "hash of unhashable type: " + std::string(unhashable->name()));
    }
    return Executor::PanicError(at.machine, at.goroutine,
                                UnhashableText(unhashable));
  }
  return Next::kContinue;
}

Next ClearMap(Execution& at, const CodeInst&, const Site& site) {
  if (Map* const map = at.Reg<Map*>(site.operands[0]); map != nullptr) {
    MapClear(map);
  }
  return Next::kContinue;
}

Next ClearSlice(Execution& at, const CodeInst&, const Site& site) {
  const SliceValue slice = at.Reg<SliceValue>(site.operands[0]);
  if (slice.size != 0) {
    std::memset(slice.data, 0, static_cast<size_t>(slice.size * site.size));
  }
  return Next::kContinue;
}

namespace {

template <typename T>
T Extreme(T x, T y, bool is_max) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(x) || std::isnan(y)) {
      return std::isnan(x) ? x : y;
    }
    if (x == 0 && y == 0) {
      // -0 is less than +0.
      return std::signbit(x) != is_max ? x : y;
    }
  }
  return (is_max ? x < y : y < x) ? y : x;
}

}  // namespace

Next MinMax(Execution& at, const CodeInst& inst, const Site& site) {
  const auto reduce = [&]<typename T>(T) {
    T value = at.Reg<T>(site.operands[0]);
    for (size_t i = 1; i != site.operands.size(); ++i) {
      value = Extreme(value, at.Reg<T>(site.operands[i]), site.flag);
    }
    at.Reg<T>(inst.a) = value;
  };
  switch (site.type->kind) {
    case Kind::kInt8:
      reduce(int8_t{});
      break;
    case Kind::kInt16:
      reduce(int16_t{});
      break;
    case Kind::kInt32:
      reduce(int32_t{});
      break;
    case Kind::kInt:
    case Kind::kInt64:
      reduce(int64_t{});
      break;
    case Kind::kUint8:
      reduce(uint8_t{});
      break;
    case Kind::kUint16:
      reduce(uint16_t{});
      break;
    case Kind::kUint32:
      reduce(uint32_t{});
      break;
    case Kind::kUint:
    case Kind::kUint64:
    case Kind::kUintptr:
      reduce(uint64_t{});
      break;
    case Kind::kFloat32:
      reduce(float{});
      break;
    case Kind::kFloat64:
      reduce(double{});
      break;
    default: {
      StringValue value = at.Reg<StringValue>(site.operands[0]);
      for (size_t i = 1; i != site.operands.size(); ++i) {
        const StringValue other = at.Reg<StringValue>(site.operands[i]);
        const int order = CompareStrings(other, value);
        if (site.flag ? order > 0 : order < 0) {
          value = other;
        }
      }
      at.Reg<StringValue>(inst.a) = value;
      break;
    }
  }
  return Next::kContinue;
}

Next Print(Execution& at, const CodeInst&, const Site& site) {
  std::string out;
  for (size_t i = 0; i != site.operands.size(); ++i) {
    if (site.flag && i != 0) {
      out += ' ';
    }
    if (site.types[i] == nullptr) {
      out += "nil";
    } else {
      AppendPrinted(site.types[i], at.registers + site.operands[i], out);
    }
  }
  if (site.flag) {
    out += '\n';
  }
  at.machine.WriteError(out);
  return Next::kContinue;
}

Next Recover(Execution& at, const CodeInst& inst, const Site&) {
  at.Reg<InterfaceValue>(inst.a) = Executor::Recover(at.machine, at.goroutine);
  return Next::kContinue;
}

Next UnsafeAdd(Execution& at, const CodeInst& inst, const Site& site) {
  uint8_t* const pointer = at.Reg<uint8_t*>(site.operands[0]);
  at.Reg<uint8_t*>(inst.a) = pointer + at.Reg<int64_t>(site.operands[1]);
  return Next::kContinue;
}

namespace {

Next CheckedLength(Execution& at, const void* pointer, int64_t length,
                   int64_t elem_size, const char* what) {
  if (length < 0 ||
      (elem_size > 0 && length > (int64_t{1} << 46) / elem_size) ||
      // Around the end of the address space.
      (pointer != nullptr && static_cast<uintptr_t>(length * elem_size) >
                                 -reinterpret_cast<uintptr_t>(pointer))) {
    return Executor::PanicError(at.machine, at.goroutine,
                                std::string(what) + ": len out of range");
  }
  if (pointer == nullptr) {
    return length == 0
               ? Next::kContinue
               : Executor::PanicError(
                     at.machine, at.goroutine,
                     std::string(what) + ": ptr is nil and len is not zero");
  }
  if (at.heap().CheckAccess(pointer, length * elem_size) ==
      Heap::Access::kForbidden) {
    return Executor::CannotRun(at.machine,
                               std::string(what) + " beyond one object");
  }
  return Next::kContinue;
}

}  // namespace

Next UnsafeSlice(Execution& at, const CodeInst& inst, const Site& site) {
  std::byte* const pointer = at.Reg<std::byte*>(site.operands[0]);
  const int64_t length = at.Reg<int64_t>(site.operands[1]);
  const Next next =
      CheckedLength(at, pointer, length, site.size, "unsafe.Slice");
  if (next == Next::kContinue) {
    at.Reg<SliceValue>(inst.a) = {pointer, length, length};
  }
  return next;
}

Next UnsafeString(Execution& at, const CodeInst& inst, const Site& site) {
  const char* const pointer = at.Reg<const char*>(site.operands[0]);
  const int64_t length = at.Reg<int64_t>(site.operands[1]);
  const Next next = CheckedLength(at, pointer, length, 1, "unsafe.String");
  if (next == Next::kContinue) {
    at.Reg<StringValue>(inst.a) = {pointer, length};
  }
  return next;
}

}  // namespace gdlint::interp::slow
