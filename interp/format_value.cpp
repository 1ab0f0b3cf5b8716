#include "interp/format_value.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>

namespace gdlint::interp {
namespace {

template <typename T>
T Read(const void* address) {
  T value;
  std::memcpy(&value, address, sizeof(T));
  return value;
}

// Exponents below the first or from the second on are written out. (For fmt's
// %v it is 21.)
constexpr int kLeastPlainExponent = -4;
constexpr int kFirstBigExponent = 6;

template <typename T>
void AppendShortest(T value, std::string& out) {
  if (std::isnan(value)) {
    out += "NaN";
    return;
  }
  if (std::isinf(value)) {
    out += value < 0 ? "-Inf" : "+Inf";
    return;
  }
  if (std::signbit(value)) {
    out += '-';
    value = -value;
  }
  // "d.ddde±xx".
  char buffer[64];
  const auto end = std::to_chars(buffer, buffer + sizeof(buffer), value,
                                 std::chars_format::scientific)
                       .ptr;
  const std::string_view text(buffer, static_cast<size_t>(end - buffer));
  const size_t e = text.find('e');
  const int exponent = std::atoi(std::string(text.substr(e + 1)).c_str());
  std::string digits(text.substr(0, 1));
  if (e > 2) {
    digits += text.substr(2, e - 2);
  }
  const int count = static_cast<int>(digits.size());
  if (exponent < kLeastPlainExponent || exponent >= kFirstBigExponent) {
    out += digits[0];
    if (count > 1) {
      out += '.';
      out.append(digits, 1);
    }
    out += exponent < 0 ? "e-" : "e+";
    const int size = std::abs(exponent);
    if (size < 10) {
      out += '0';
    }
    out += std::to_string(size);
  } else if (exponent < 0) {
    out += "0.";
    out.append(static_cast<size_t>(-exponent - 1), '0');
    out += digits;
  } else if (count <= exponent + 1) {
    out += digits;
    out.append(static_cast<size_t>(exponent + 1 - count), '0');
  } else {
    out.append(digits, 0, static_cast<size_t>(exponent) + 1);
    out += '.';
    out.append(digits, static_cast<size_t>(exponent) + 1);
  }
}

template <typename T>
void AppendComplex(const void* value, std::string& out) {
  out += '(';
  AppendFloat(Read<T>(value), out);
  std::string imaginary;
  AppendFloat(Read<T>(static_cast<const char*>(value) + sizeof(T)), imaginary);
  if (imaginary[0] != '+' && imaginary[0] != '-') {
    out += '+';
  }
  out += imaginary;
  out += "i)";
}

void AppendHex(uint64_t value, std::string& out) {
  char buffer[16];
  const auto end =
      std::to_chars(buffer, buffer + sizeof(buffer), value, 16).ptr;
  out += "0x";
  out.append(buffer, end);
}

void AppendPointer(const void* value, std::string& out) {
  AppendHex(reinterpret_cast<uintptr_t>(value), out);
}

const void* DataOf(const InterfaceValue& value) {
  return value.type->is_direct ? static_cast<const void*>(&value.data)
                               : value.data;
}

bool IsComplex(Kind kind) {
  return kind == Kind::kComplex64 || kind == Kind::kComplex128;
}

// Those that print shows the value of.
bool HasText(Kind kind) {
  return (kind >= Kind::kBool && kind <= Kind::kComplex128) ||
         kind == Kind::kString;
}

}  // namespace

void AppendFloat(double value, std::string& out) { AppendShortest(value, out); }

void AppendFloat(float value, std::string& out) { AppendShortest(value, out); }

void AppendPrinted(const RunType* type, const void* value, std::string& out) {
  switch (type->kind) {
    case Kind::kBool:
      out += Read<uint8_t>(value) != 0 ? "true" : "false";
      return;
    case Kind::kInt:
    case Kind::kInt64:
      out += std::to_string(Read<int64_t>(value));
      return;
    case Kind::kInt8:
      out += std::to_string(Read<int8_t>(value));
      return;
    case Kind::kInt16:
      out += std::to_string(Read<int16_t>(value));
      return;
    case Kind::kInt32:
      out += std::to_string(Read<int32_t>(value));
      return;
    case Kind::kUint:
    case Kind::kUint64:
    case Kind::kUintptr:
      out += std::to_string(Read<uint64_t>(value));
      return;
    case Kind::kUint8:
      out += std::to_string(Read<uint8_t>(value));
      return;
    case Kind::kUint16:
      out += std::to_string(Read<uint16_t>(value));
      return;
    case Kind::kUint32:
      out += std::to_string(Read<uint32_t>(value));
      return;
    case Kind::kFloat32:
      return AppendFloat(Read<float>(value), out);
    case Kind::kFloat64:
      return AppendFloat(Read<double>(value), out);
    case Kind::kComplex64:
      return AppendComplex<float>(value, out);
    case Kind::kComplex128:
      return AppendComplex<double>(value, out);
    case Kind::kString:
      out += Read<StringValue>(value).view();
      return;
    case Kind::kSlice: {
      const auto slice = Read<SliceValue>(value);
      out += '[' + std::to_string(slice.size) + '/' +
             std::to_string(slice.capacity) + ']';
      return AppendPointer(slice.data, out);
    }
    case Kind::kInterface: {
      const auto held = Read<InterfaceValue>(value);
      out += '(';
      AppendPointer(held.type, out);
      out += ',';
      AppendPointer(held.data, out);
      out += ')';
      return;
    }
    case Kind::kPointer:
    case Kind::kMap:
    case Kind::kChan:
    case Kind::kFunc:
    case Kind::kUnsafePointer:
      return AppendPointer(Read<const void*>(value), out);
    case Kind::kArray:
    case Kind::kStruct:
    case Kind::kInvalid:
      return;
  }
}

void AppendPanicText(const InterfaceValue& value, std::string& out) {
  if (value.type == nullptr) {
    out += "nil";
    return;
  }
  const RunType* const type = value.type;
  const void* const data = DataOf(value);
  const bool is_predeclared = type->named == nullptr;
  if (!HasText(type->kind)) {
    out += '(';
    out += type->name();
    out += ") ";
    AppendPointer(value.data, out);
    return;
  }
  if (is_predeclared) {
    if (type->kind == Kind::kString) {
      AppendIndented(Read<StringValue>(data).view(), out);
    } else {
      AppendPrinted(type, data, out);
    }
    return;
  }
  out += type->name();
  // A complex number brings its parentheses along.
  if (IsComplex(type->kind)) {
    AppendPrinted(type, data, out);
    return;
  }
  out += '(';
  if (type->kind == Kind::kString) {
    out += '"';
    AppendIndented(Read<StringValue>(data).view(), out);
    out += '"';
  } else {
    AppendPrinted(type, data, out);
  }
  out += ')';
}

void AppendIndented(std::string_view text, std::string& out) {
  for (const char c : text) {
    out += c;
    if (c == '\n') {
      out += '\t';
    }
  }
}

}  // namespace gdlint::interp
