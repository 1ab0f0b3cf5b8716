#include "interp/equal.h"

#include <bit>
#include <cstddef>
#include <cstring>

namespace gdlint::interp {
namespace {

template <typename T>
T Read(const void* address) {
  T value;
  std::memcpy(&value, address, sizeof(T));
  return value;
}

const std::byte* Bytes(const void* address) {
  return static_cast<const std::byte*>(address);
}

// Where the value that an interface holds lies.
const void* DataOf(const InterfaceValue& value) {
  return value.type->is_direct ? static_cast<const void*>(&value.data)
                               : value.data;
}

template <typename T>
bool EqualNumbers(const void* a, const void* b, int count) {
  for (int i = 0; i < count; ++i) {
    if (Read<T>(Bytes(a) + i * sizeof(T)) !=
        Read<T>(Bytes(b) + i * sizeof(T))) {
      return false;
    }
  }
  return true;
}

__extension__ typedef unsigned __int128 Uint128;

uint64_t Mix(uint64_t a, uint64_t b) {
  const auto product = static_cast<Uint128>(a ^ 0x9e37'79b9'7f4a'7c15) *
                       (b ^ 0xe703'7ed1'a0b4'28db);
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

uint64_t HashBytes(const void* data, size_t size, uint64_t seed) {
  const std::byte* bytes = Bytes(data);
  uint64_t hash = Mix(seed, size);
  for (; size >= 8; size -= 8, bytes += 8) {
    hash = Mix(hash, Read<uint64_t>(bytes));
  }
  if (size > 0) {
    uint64_t rest = 0;
    std::memcpy(&rest, bytes, size);
    hash = Mix(hash, rest);
  }
  return hash;
}

// +0 and -0 are equal, and no NaN equals another.
uint64_t HashFloat(double value, uint64_t seed) {
  if (value == 0) {
    return Mix(seed, 0);
  }
  if (value != value) {
    static thread_local uint64_t nan_count = 0;
    return Mix(seed, ++nan_count * 0x2545'f491'4f6c'dd1d);
  }
  return Mix(seed, std::bit_cast<uint64_t>(value));
}

}  // namespace

Equality Equal(const RunType* type, const void* a, const void* b) {
  switch (type->equal) {
    case EqualKind::kNone:
      return {.equal = false, .uncomparable = type};
    case EqualKind::kMemory:
      switch (type->size) {
        case 1:
          return {Read<uint8_t>(a) == Read<uint8_t>(b)};
        case 4:
          return {Read<uint32_t>(a) == Read<uint32_t>(b)};
        case 8:
          return {Read<uint64_t>(a) == Read<uint64_t>(b)};
        default:
          return {std::memcmp(a, b, static_cast<size_t>(type->size)) == 0};
      }
    case EqualKind::kFloat32:
      return {EqualNumbers<float>(a, b, 1)};
    case EqualKind::kFloat64:
      return {EqualNumbers<double>(a, b, 1)};
    case EqualKind::kComplex64:
      return {EqualNumbers<float>(a, b, 2)};
    case EqualKind::kComplex128:
      return {EqualNumbers<double>(a, b, 2)};
    case EqualKind::kString:
      return {Read<StringValue>(a).view() == Read<StringValue>(b).view()};
    case EqualKind::kInterface:
      return EqualInterfaces(Read<InterfaceValue>(a), Read<InterfaceValue>(b));
    case EqualKind::kArray: {
      const RunType* const elem = type->elem();
      for (int64_t i = 0; i < type->length(); ++i) {
        const Equality part =
            Equal(elem, Bytes(a) + i * elem->size, Bytes(b) + i * elem->size);
        if (!part.equal) {
          return part;
        }
      }
      return {true};
    }
    case EqualKind::kStruct:
      for (const RunField& field : type->fields()) {
        if (field.name == "_") {
          continue;
        }
        const Equality part =
            Equal(field.type, Bytes(a) + field.offset, Bytes(b) + field.offset);
        if (!part.equal) {
          return part;
        }
      }
      return {true};
  }
  return {};
}

Equality EqualInterfaces(const InterfaceValue& a, const InterfaceValue& b) {
  if (a.type != b.type) {
    return {false};
  }
  if (a.type == nullptr) {
    return {true};
  }
  if (!a.type->is_comparable()) {
    return {.equal = false, .uncomparable = a.type};
  }
  return Equal(a.type, DataOf(a), DataOf(b));
}

KeyHash Hash(const RunType* type, const void* value, uint64_t seed) {
  switch (type->equal) {
    case EqualKind::kNone:
      return {.hash = 0, .unhashable = type};
    case EqualKind::kMemory:
      return {HashBytes(value, static_cast<size_t>(type->size), seed)};
    case EqualKind::kFloat32:
      return {HashFloat(Read<float>(value), seed)};
    case EqualKind::kFloat64:
      return {HashFloat(Read<double>(value), seed)};
    case EqualKind::kComplex64:
      return {HashFloat(Read<float>(Bytes(value) + 4),
                        HashFloat(Read<float>(value), seed))};
    case EqualKind::kComplex128:
      return {HashFloat(Read<double>(Bytes(value) + 8),
                        HashFloat(Read<double>(value), seed))};
    case EqualKind::kString: {
      const auto text = Read<StringValue>(value);
      return {HashBytes(text.data, static_cast<size_t>(text.size), seed)};
    }
    case EqualKind::kInterface: {
      const auto dynamic = Read<InterfaceValue>(value);
      if (dynamic.type == nullptr) {
        return {Mix(seed, 1)};
      }
      return Hash(dynamic.type, DataOf(dynamic), Mix(seed, dynamic.type->hash));
    }
    case EqualKind::kArray: {
      const RunType* const elem = type->elem();
      KeyHash hash{.hash = seed};
      for (int64_t i = 0; i < type->length(); ++i) {
        hash = Hash(elem, Bytes(value) + i * elem->size, hash.hash);
        if (hash.unhashable != nullptr) {
          break;
        }
      }
      return hash;
    }
    case EqualKind::kStruct: {
      KeyHash hash{.hash = seed};
      for (const RunField& field : type->fields()) {
        if (field.name == "_") {
          continue;
        }
        hash = Hash(field.type, Bytes(value) + field.offset, hash.hash);
        if (hash.unhashable != nullptr) {
          break;
        }
      }
      return hash;
    }
  }
  return {};
}

std::string UncomparableText(const RunType* type) {
  return "comparing uncomparable type " + std::string(type->name());
}

std::string UnhashableText(const RunType* type) {
  return "hash of unhashable type " + std::string(type->name());
}

}  // namespace gdlint::interp
