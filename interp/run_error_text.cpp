#include "interp/run_error_text.h"

#include <cstdint>
#include <cstring>
#include <string_view>

#include <fmt/format.h>

namespace gdlint::interp {
namespace {

// A field of the value at `memory`, which is of that C++ type.
template <typename T>
T Field(const RunType* type, const void* memory, std::string_view name) {
  T value = {};
  for (const RunField& field : type->fields()) {
    if (field.name == name) {
      std::memcpy(&value, static_cast<const std::byte*>(memory) + field.offset,
                  sizeof(T));
    }
  }
  return value;
}

// As boundsTexts of the overlay: what is said of numbers that are too large,
// and of negative ones. {0} is the number, {1} what it was held against.
constexpr struct {
  const char* large;
  const char* negative;
} kBounds[] = {
    {"index out of range [{0}] with length {1}", "index out of range [{0}]"},
    {"slice bounds out of range [:{0}] with length {1}",
     "slice bounds out of range [:{0}]"},
    {"slice bounds out of range [:{0}] with capacity {1}",
     "slice bounds out of range [:{0}]"},
    {"slice bounds out of range [{0}:{1}]", "slice bounds out of range [{0}:]"},
    {"slice bounds out of range [::{0}] with length {1}",
     "slice bounds out of range [::{0}]"},
    {"slice bounds out of range [::{0}] with capacity {1}",
     "slice bounds out of range [::{0}]"},
    {"slice bounds out of range [:{0}:{1}]",
     "slice bounds out of range [:{0}:]"},
    {"slice bounds out of range [{0}:{1}:]",
     "slice bounds out of range [{0}::]"},
    {"cannot convert slice with length {0} to array or pointer to array with "
     "length {1}",
     ""},
};

std::string BoundsText(const RunType* type, const void* memory) {
  const auto x = Field<int64_t>(type, memory, "x");
  const auto y = Field<int64_t>(type, memory, "y");
  const auto code = Field<uint8_t>(type, memory, "code");
  const bool is_signed = Field<bool>(type, memory, "signed");
  if (code >= std::size(kBounds)) {
    return "";
  }
  const auto& texts = kBounds[code];
  const std::string number =
      is_signed ? fmt::to_string(x) : fmt::to_string(static_cast<uint64_t>(x));
  return "runtime error: " +
         fmt::format(
             fmt::runtime(is_signed && x < 0 ? texts.negative : texts.large),
             number, y);
}

std::string AssertionText(const RunType* type, const void* memory) {
  const auto name = [&](const char* field) {
    const auto* const found = Field<const RunType*>(type, memory, field);
    return found == nullptr ? std::string() : std::string(found->name());
  };
  std::string from = name("_interface");
  from = from.empty() ? "interface" : from;
  const std::string found = name("concrete");
  const std::string wanted = name("asserted");
  const auto missing = Field<StringValue>(type, memory, "missingMethod");
  if (found.empty()) {
    return fmt::format("interface conversion: {} is nil, not {}", from, wanted);
  }
  if (missing.size != 0) {
    return fmt::format("interface conversion: {} is not {}: missing method {}",
                       found, wanted, missing.view());
  }
  return fmt::format("interface conversion: {} is {}, not {}", from, found,
                     wanted);
}

}  // namespace

std::string RuntimeErrorText(const RunType* type, const void* memory) {
  if (type->package_path() != "runtime") {
    return "";
  }
  const std::string_view name = type->local_name();
  if (name == "boundsError") {
    return BoundsText(type, memory);
  }
  if (name == "TypeAssertionError") {
    return AssertionText(type, memory);
  }
  if (name == "errorAddressString") {
    return "runtime error: " +
           std::string(Field<StringValue>(type, memory, "msg").view());
  }
  if (name == "PanicNilError") {
    return "panic called with nil argument";
  }
  return "";
}

}  // namespace gdlint::interp
