#include "interp/conversion.h"

#include <array>
#include <cstddef>
#include <cstring>
#include <limits>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "interp/size_class.h"
#include "support/utf8.h"

namespace gdlint::interp {
namespace {

template <typename T>
T Read(const void* address) {
  T value;
  std::memcpy(&value, address, sizeof(T));
  return value;
}
template <typename T>
void Write(void* address, T value) {
  std::memcpy(address, &value, sizeof(T));
}

template <typename From, typename To>
To ConvertNumber(From value) {
  if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>) {
    // There are instructions for 32 and 64 bits, signed.
    if constexpr (std::is_same_v<To, uint64_t>) {
      return FloatToUint64(value);
    } else if constexpr (std::is_same_v<To, int64_t> ||
                         std::is_same_v<To, uint32_t>) {
      return static_cast<To>(FloatToInt64(value));
    } else {
      return static_cast<To>(FloatToInt32(value));
    }
  } else {
    return static_cast<To>(value);
  }
}

template <typename From, typename To>
void ConvertNumberAt(Heap& /*heap*/, const void* from, void* to) {
  Write(to, ConvertNumber<From, To>(Read<From>(from)));
}

// As the kinds from kInt to kFloat64 follow each other.
using Numbers =
    std::tuple<int64_t, int8_t, int16_t, int32_t, int64_t, uint64_t, uint8_t,
               uint16_t, uint32_t, uint64_t, uint64_t, float, double>;
constexpr size_t kNumberCount = std::tuple_size_v<Numbers>;
static_assert(static_cast<size_t>(Kind::kFloat64) -
                  static_cast<size_t>(Kind::kInt) + 1 ==
              kNumberCount);

template <typename From, size_t... To>
constexpr std::array<Conversion, kNumberCount> ConversionsFrom(
    std::index_sequence<To...>) {
  return {&ConvertNumberAt<From, std::tuple_element_t<To, Numbers>>...};
}
template <size_t... From>
constexpr std::array<std::array<Conversion, kNumberCount>, kNumberCount>
AllConversions(std::index_sequence<From...>) {
  return {ConversionsFrom<std::tuple_element_t<From, Numbers>>(
      std::make_index_sequence<kNumberCount>())...};
}
constexpr auto kNumberConversions =
    AllConversions(std::make_index_sequence<kNumberCount>());

bool IsNumber(Kind kind) {
  return kind >= Kind::kInt && kind <= Kind::kFloat64;
}
bool IsInteger(Kind kind) {
  return kind >= Kind::kInt && kind <= Kind::kUintptr;
}
size_t NumberIndex(Kind kind) {
  return static_cast<size_t>(kind) - static_cast<size_t>(Kind::kInt);
}
// Its 64 bits are the same number or, for a signed one, the same number modulo
// 2^64.
bool IsSameInteger(Kind a, Kind b) {
  const auto is_word = [](Kind kind) {
    return kind == Kind::kInt || kind == Kind::kInt64 || kind == Kind::kUint ||
           kind == Kind::kUint64 || kind == Kind::kUintptr;
  };
  return a == b || (is_word(a) && is_word(b));
}

template <typename From, typename To>
void ConvertComplexAt(Heap& /*heap*/, const void* from, void* to) {
  const auto parts = Read<std::array<From, 2>>(from);
  Write(to, std::array<To, 2>{static_cast<To>(parts[0]),
                              static_cast<To>(parts[1])});
}

template <typename T>
void IntegerToStringAt(Heap& heap, const void* from, void* to) {
  Write(to, RuneToString(heap, static_cast<int64_t>(Read<T>(from))));
}

template <size_t... From>
constexpr std::array<Conversion, kNumberCount> IntegerToStrings(
    std::index_sequence<From...>) {
  return {[]() -> Conversion {
    using T = std::tuple_element_t<From, Numbers>;
    if constexpr (std::is_integral_v<T>) {
      return &IntegerToStringAt<T>;
    } else {
      return nullptr;
    }
  }()...};
}
constexpr auto kIntegerToString =
    IntegerToStrings(std::make_index_sequence<kNumberCount>());

bool IsSliceOf(const RunType* type, Kind elem) {
  return type->kind == Kind::kSlice && type->elem()->kind == elem;
}

}  // namespace

int32_t FloatToInt32(double value) {
  return value > -0x1p31 - 1 && value < 0x1p31
             ? static_cast<int32_t>(value)
             : std::numeric_limits<int32_t>::min();
}

int64_t FloatToInt64(double value) {
  return value >= -0x1p63 && value < 0x1p63
             ? static_cast<int64_t>(value)
             : std::numeric_limits<int64_t>::min();
}

uint64_t FloatToUint64(double value) {
  // The half that a signed number holds, and the other one moved there.
  constexpr uint64_t kTop = uint64_t{1} << 63;
  return value < 0x1p63
             ? static_cast<uint64_t>(FloatToInt64(value))
             : static_cast<uint64_t>(FloatToInt64(value - 0x1p63)) | kTop;
}

StringValue RuneToString(Heap& heap, int64_t rune) {
  const bool is_character =
      rune >= 0 && rune <= 0x10ffff && !(rune >= 0xd800 && rune <= 0xdfff);
  std::string text;
  AppendUtf8(is_character ? static_cast<char32_t>(rune) : kReplacementCharacter,
             text);
  return heap.NewString(text);
}

StringValue BytesToString(Heap& heap, const SliceValue& bytes) {
  return heap.NewString({reinterpret_cast<const char*>(bytes.data),
                         static_cast<size_t>(bytes.size)});
}

StringValue RunesToString(Heap& heap, const SliceValue& runes) {
  std::string text;
  for (int64_t i = 0; i < runes.size; ++i) {
    const auto rune = Read<int32_t>(runes.data + i * 4);
    const bool is_character =
        rune >= 0 && rune <= 0x10ffff && !(rune >= 0xd800 && rune <= 0xdfff);
    AppendUtf8(
        is_character ? static_cast<char32_t>(rune) : kReplacementCharacter,
        text);
  }
  return heap.NewString(text);
}

SliceValue StringToBytes(Heap& heap, std::string_view text, bool is_exact) {
  const auto size = static_cast<int64_t>(text.size());
  const int64_t capacity =
      is_exact ? size : RoundUpSize(size, /*has_pointers=*/false);
  std::byte* const data = heap.Allocate(capacity, /*has_pointers=*/false);
  if (size > 0) {
    std::memcpy(data, text.data(), text.size());
  }
  return {data, size, capacity};
}

SliceValue StringToRunes(Heap& heap, std::string_view text) {
  int64_t count = 0;
  for (std::string_view rest = text; !rest.empty(); ++count) {
    rest.remove_prefix(DecodeUtf8(rest).length);
  }
  const int64_t bytes = RoundUpSize(count * 4, /*has_pointers=*/false);
  std::byte* const data = heap.Allocate(bytes, /*has_pointers=*/false);
  std::byte* next = data;
  while (!text.empty()) {
    const Utf8Character character = DecodeUtf8(text);
    Write(next, static_cast<int32_t>(character.value));
    next += 4;
    text.remove_prefix(character.length);
  }
  return {data, count, bytes / 4};
}

Conversion ConversionOf(const RunType* from, const RunType* to) {
  if (IsNumber(from->kind) && IsNumber(to->kind)) {
    return IsSameInteger(from->kind, to->kind)
               ? nullptr
               : kNumberConversions[NumberIndex(from->kind)]
                                   [NumberIndex(to->kind)];
  }
  if (from->kind == Kind::kComplex64 && to->kind == Kind::kComplex128) {
    return &ConvertComplexAt<float, double>;
  }
  if (from->kind == Kind::kComplex128 && to->kind == Kind::kComplex64) {
    return &ConvertComplexAt<double, float>;
  }
  if (to->kind == Kind::kString) {
    if (IsInteger(from->kind)) {
      return kIntegerToString[NumberIndex(from->kind)];
    }
    if (IsSliceOf(from, Kind::kUint8)) {
      return [](Heap& heap, const void* value, void* result) {
        Write(result, BytesToString(heap, Read<SliceValue>(value)));
      };
    }
    if (IsSliceOf(from, Kind::kInt32)) {
      return [](Heap& heap, const void* value, void* result) {
        Write(result, RunesToString(heap, Read<SliceValue>(value)));
      };
    }
  }
  if (from->kind == Kind::kString) {
    if (IsSliceOf(to, Kind::kUint8)) {
      return [](Heap& heap, const void* value, void* result) {
        Write(result, StringToBytes(heap, Read<StringValue>(value).view()));
      };
    }
    if (IsSliceOf(to, Kind::kInt32)) {
      return [](Heap& heap, const void* value, void* result) {
        Write(result, StringToRunes(heap, Read<StringValue>(value).view()));
      };
    }
  }
  return nullptr;
}

}  // namespace gdlint::interp
