// Conversions, slices, strings and the text of values, as gc has them on amd64.

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

#include "interp/conversion.h"
#include "interp/format_value.h"
#include "interp/slice.h"
#include "tests/unit/interp/growth_rows.h"
#include "tests/unit/interp/interp_maker.h"

namespace gdlint::interp {
namespace {

using types::BasicKind;
using types::Typ;

template <typename To, typename From>
To Convert(InterpMaker& make, BasicKind from, BasicKind to, From value) {
  const Conversion conversion = ConversionOf(make.Of(from), make.Of(to));
  REQUIRE((conversion != nullptr));
  To result{};
  conversion(make.heap, &value, &result);
  return result;
}

TEST_CASE("floating-point numbers to integers") {
  struct Row {
    double value;
    int8_t i8;
    int16_t i16;
    int32_t i32;
    int64_t i64;
    uint8_t u8;
    uint16_t u16;
    uint32_t u32;
    uint64_t u64;
  };
  constexpr int32_t kLeast32 = std::numeric_limits<int32_t>::min();
  constexpr int64_t kLeast64 = std::numeric_limits<int64_t>::min();
  constexpr uint64_t kTop = uint64_t{1} << 63;
  const Row rows[] = {
      {1.5, 1, 1, 1, 1, 1, 1, 1, 1},
      {-1.5, -1, -1, -1, -1, 255, 65535, 4294967295, UINT64_MAX},
      {128, -128, 128, 128, 128, 128, 128, 128, 128},
      {255.9, -1, 255, 255, 255, 255, 255, 255, 255},
      {-129, 127, -129, -129, -129, 127, 65407, 4294967167,
       18446744073709551487U},
      {70000.7, 112, 4464, 70000, 70000, 112, 4464, 70000, 70000},
      {2147483647.5, -1, -1, 2147483647, 2147483647, 255, 65535, 2147483647,
       2147483647},
      {2147483648, 0, 0, kLeast32, 2147483648, 0, 0, 2147483648, 2147483648},
      {4294967295.5, 0, 0, kLeast32, 4294967295, 0, 0, 4294967295, 4294967295},
      {5e9, 0, 0, kLeast32, 5000000000, 0, 0, 705032704, 5000000000},
      {-5e9, 0, 0, kLeast32, -5000000000, 0, 0, 3589934592,
       18446744068709551616U},
      {9.3e18, 0, 0, kLeast32, kLeast64, 0, 0, 0, 9300000000000000000U},
      {1.9e19, 0, 0, kLeast32, kLeast64, 0, 0, 0, kTop},
      {-9.3e18, 0, 0, kLeast32, kLeast64, 0, 0, 0, kTop},
      {std::numeric_limits<double>::infinity(), 0, 0, kLeast32, kLeast64, 0, 0,
       0, kTop},
      {std::nan(""), 0, 0, kLeast32, kLeast64, 0, 0, 0, kTop},
      {-0.9, 0, 0, 0, 0, 0, 0, 0, 0},
  };
  InterpMaker make;
  const auto from = BasicKind::kFloat64;
  for (const Row& row : rows) {
    const double v = row.value;
    CAPTURE(v);
    CHECK(Convert<int8_t>(make, from, BasicKind::kInt8, v) == row.i8);
    CHECK(Convert<int16_t>(make, from, BasicKind::kInt16, v) == row.i16);
    CHECK(Convert<int32_t>(make, from, BasicKind::kInt32, v) == row.i32);
    CHECK(Convert<int64_t>(make, from, BasicKind::kInt, v) == row.i64);
    CHECK(Convert<uint8_t>(make, from, BasicKind::kUint8, v) == row.u8);
    CHECK(Convert<uint16_t>(make, from, BasicKind::kUint16, v) == row.u16);
    CHECK(Convert<uint32_t>(make, from, BasicKind::kUint32, v) == row.u32);
    CHECK(Convert<uint64_t>(make, from, BasicKind::kUintptr, v) == row.u64);
  }
}

TEST_CASE("integers to others") {
  InterpMaker make;
  const auto u64 = BasicKind::kUint64;
  const uint64_t big = 0x8000008000000001;
  CHECK(std::bit_cast<uint64_t>(Convert<double>(make, u64, BasicKind::kFloat64,
                                                big)) == 0x43e0000010000000);
  CHECK(std::bit_cast<uint32_t>(
            Convert<float>(make, u64, BasicKind::kFloat32, big)) == 0x5f000001);
  CHECK(std::bit_cast<uint32_t>(Convert<float>(
            make, BasicKind::kInt, BasicKind::kFloat32, big)) == 0xdeffffff);
  CHECK(Convert<int64_t>(make, BasicKind::kInt8, BasicKind::kInt, int8_t{-1}) ==
        -1);
  CHECK(Convert<uint64_t>(make, BasicKind::kInt8, u64, int8_t{-1}) ==
        UINT64_MAX);
  CHECK(Convert<uint64_t>(make, BasicKind::kUint8, u64, uint8_t{255}) == 255);
  CHECK(Convert<int8_t>(make, BasicKind::kInt, BasicKind::kInt8,
                        int64_t{0x1ff}) == -1);
  CHECK((ConversionOf(make.Of(BasicKind::kInt), make.Of(u64)) == nullptr));
  const double pair[] = {0.1, -2};
  float narrow[2];
  ConversionOf(make.Of(BasicKind::kComplex128), make.Of(BasicKind::kComplex64))(
      make.heap, pair, narrow);
  CHECK(narrow[0] == 0.1F);
  CHECK(narrow[1] == -2);
}

TEST_CASE("strings, bytes and characters") {
  InterpMaker make;
  Heap& heap = make.heap;
  CHECK(RuneToString(heap, 'x').view() == "x");
  CHECK(RuneToString(heap, 0x1f600).view() == "\xf0\x9f\x98\x80");
  for (const int64_t bad : {int64_t{-1}, int64_t{0xd800}, int64_t{0x110000},
                            int64_t{1} << 32 | 'x'}) {
    CHECK(RuneToString(heap, bad).view() == "\xef\xbf\xbd");
  }
  const SliceValue bytes = StringToBytes(heap, "hello");
  CHECK(bytes.size == 5);
  CHECK(bytes.capacity == 8);
  CHECK(StringToBytes(heap, "hello", true).capacity == 5);
  CHECK(BytesToString(heap, bytes).view() == "hello");
  CHECK(BytesToString(heap, {}).size == 0);

  // An ill-formed byte is one character.
  const SliceValue runes = StringToRunes(heap, "a\xff\xc3\xa9\xe2\x82");
  REQUIRE(runes.size == 5);
  CHECK(runes.capacity == 6);
  int32_t values[5];
  std::memcpy(values, runes.data, sizeof(values));
  CHECK(values[0] == 'a');
  CHECK(values[1] == 0xfffd);
  CHECK(values[2] == 0xe9);
  CHECK(values[4] == 0xfffd);
  CHECK(RunesToString(heap, runes).view() ==
        "a\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd");
  const int64_t letter = 65;
  StringValue text;
  ConversionOf(make.Of(make.int_type), make.Of(make.string_type))(heap, &letter,
                                                                  &text);
  CHECK(text.view() == "A");

  const StringValue parts[] = {make.Text("a"), make.Text(""), make.Text("bc")};
  CHECK(Concatenate(heap, parts).view() == "abc");
  // One part alone is not copied.
  CHECK(Concatenate(heap, std::span(parts, 2)).data == parts[0].data);
  CHECK(Concatenate(heap, {}).size == 0);
  CHECK(CompareStrings(make.Text("a"), make.Text("b")) < 0);
  CHECK(CompareStrings(make.Text("b"), make.Text("a")) > 0);
  CHECK(CompareStrings(make.Text("a\xff"), make.Text("a")) > 0);
  CHECK(CompareStrings(make.Text("\x80"), make.Text("z")) > 0);
  CHECK(CompareStrings(make.Text("a"), make.Text("a")) == 0);
}

TEST_CASE("capacities after append") {
  InterpMaker make;
  for (const GrowthRow& row : kGrowth) {
    CAPTURE(row.elem_size);
    CAPTURE(row.has_pointers);
    CAPTURE(row.old_capacity);
    CAPTURE(row.new_size);
    // An array with such a size, and a pointer in it or none.
    const types::Type* elem =
        row.has_pointers
            ? static_cast<const types::Type*>(make.context.ArrayOf(
                  make.context.PointerTo(make.int_type), row.elem_size / 8))
            : make.context.ArrayOf(types::ByteType(), row.elem_size);
    const RunType* const type = make.Of(elem);
    const SliceValue slice{make.heap.AllocateArray(type, row.old_capacity),
                           row.old_capacity, row.old_capacity};
    const Grown grown = GrowSlice(make.heap, type, slice, row.new_size);
    CHECK(grown.slice.size == row.new_size);
    CHECK(grown.slice.capacity == row.new_capacity);
    make.heap.Collect({});
  }
}

TEST_CASE("append and copy") {
  InterpMaker make;
  const RunType* const type = make.Of(make.int_type);
  SliceValue slice;
  for (int64_t i = 0; i < 100; ++i) {
    slice = Append(make.heap, type, slice, &i, 1).slice;
  }
  CHECK(slice.size == 100);
  CHECK(slice.capacity == 128);
  // From itself.
  const SliceValue twice =
      Append(make.heap, type, slice, slice.data, slice.size).slice;
  CHECK(twice.size == 200);
  int64_t value = 0;
  std::memcpy(&value, twice.data + 8 * 199, 8);
  CHECK(value == 99);
  // There is room: the same memory.
  CHECK(Append(make.heap, type, slice, slice.data, 5).slice.data == slice.data);
  CHECK(Append(make.heap, type, {}, nullptr, 0).slice.data == nullptr);
  CHECK(Append(make.heap, type, slice, slice.data, INT64_MAX).is_too_long);
  CHECK(GrowSlice(make.heap, type, slice, int64_t{1} << 60).is_too_long);

  CHECK(CopySlice(type, {slice.data + 8, 10, 10}, slice.data, 50) == 10);
  std::memcpy(&value, slice.data + 8 * 10, 8);
  CHECK(value == 9);
  CHECK(CopySlice(type, slice, nullptr, 0) == 0);

  SliceValue made;
  CHECK(MakeSlice(make.heap, type, 3, 5, &made) == nullptr);
  CHECK(made.size == 3);
  CHECK(made.capacity == 5);
  CHECK(std::string(MakeSlice(make.heap, type, -1, -1, &made)) ==
        "makeslice: len out of range");
  CHECK(std::string(MakeSlice(make.heap, type, 3, 2, &made)) ==
        "makeslice: cap out of range");
  CHECK(std::string(MakeSlice(make.heap, type, int64_t{1} << 62,
                              int64_t{1} << 62, &made)) ==
        "makeslice: len out of range");
}

TEST_CASE("slicing") {
  using Code = BoundsProblem::Code;
  InterpMaker make;
  const RunType* const type = make.Of(make.int_type);
  SliceValue slice;
  CHECK(MakeSlice(make.heap, type, 5, 10, &slice) == nullptr);
  const auto of = [&](Bounds bounds) {
    return SliceSlice(type, slice, bounds);
  };
  const auto problem = [&](const BoundsProblem& p, Code code, int64_t value,
                           int64_t limit) {
    CHECK(p.exists);
    CHECK(p.code == code);
    CHECK(p.value == value);
    CHECK(p.limit == limit);
  };
  Sliced sliced = of({.low = 2});
  CHECK(sliced.slice.data == slice.data + 16);
  CHECK(sliced.slice.size == 3);
  CHECK(sliced.slice.capacity == 8);
  sliced = of({.low = 1, .high = 10, .has_high = true});
  CHECK(sliced.slice.size == 9);
  sliced =
      of({.low = 1, .high = 3, .max = 4, .has_high = true, .has_max = true});
  CHECK(sliced.slice.size == 2);
  CHECK(sliced.slice.capacity == 3);
  // Nothing points behind the object.
  sliced = of({.low = 10, .high = 10, .has_high = true});
  CHECK(sliced.slice.data == slice.data);
  problem(of({.high = 11, .has_high = true}).problem, Code::kSliceAcap, 11, 10);
  problem(of({.low = 6}).problem, Code::kSliceB, 6, 5);
  problem(of({.low = -1}).problem, Code::kSliceB, -1, 5);
  problem(of({.low = 4, .high = 3, .has_high = true}).problem, Code::kSliceB, 4,
          3);
  problem(of({.high = 1, .max = 11, .has_high = true, .has_max = true}).problem,
          Code::kSlice3Acap, 11, 10);
  problem(of({.high = 8, .max = 7, .has_high = true, .has_max = true}).problem,
          Code::kSlice3B, 8, 7);
  problem(of({.low = 5, .high = 4, .max = 7, .has_high = true, .has_max = true})
              .problem,
          Code::kSlice3C, 5, 4);
  problem(
      SliceArray(type, slice.data, 5, {.high = 6, .has_high = true}).problem,
      Code::kSliceAlen, 6, 5);
  problem(SliceArray(type, slice.data, 5,
                     {.high = 1, .max = 6, .has_high = true, .has_max = true})
              .problem,
          Code::kSlice3Alen, 6, 5);
  const StringValue text = make.Text("hello");
  CHECK(SliceString(text, {.low = 1, .high = 3, .has_high = true})
            .string.view() == "el");
  CHECK(SliceString(text, {.low = 5}).string.size == 0);
  problem(SliceString(text, {.high = 6, .has_high = true}).problem,
          Code::kSliceAlen, 6, 5);
  problem(SliceString(text, {.low = 6}).problem, Code::kSliceB, 6, 5);
}

std::string Printed(double value) {
  std::string text;
  AppendFloat(value, text);
  return text;
}
std::string Printed(float value) {
  std::string text;
  AppendFloat(value, text);
  return text;
}

TEST_CASE("print of floating-point numbers") {
  CHECK(Printed(1e6) == "1e+06");
  CHECK(Printed(123456789.0) == "1.23456789e+08");
  CHECK(Printed(123456.0) == "123456");
  CHECK(Printed(100000.0) == "100000");
  CHECK(Printed(1234567.5) == "1.2345675e+06");
  CHECK(Printed(1.5) == "1.5");
  CHECK(Printed(-12.25) == "-12.25");
  CHECK(Printed(0.0001) == "0.0001");
  CHECK(Printed(0.00001) == "1e-05");
  CHECK(Printed(0.0) == "0");
  CHECK(Printed(-0.0) == "-0");
  CHECK(Printed(5e-324) == "5e-324");
  CHECK(Printed(std::numeric_limits<double>::max()) ==
        "1.7976931348623157e+308");
  CHECK(Printed(12345678901234567890.0) == "1.2345678901234567e+19");
  CHECK(Printed(0.1F) == "0.1");
  CHECK(Printed(16777216.0F) == "1.6777216e+07");
  CHECK(Printed(123456789.0F) == "1.2345679e+08");
  CHECK(Printed(std::nan("")) == "NaN");
  CHECK(Printed(std::numeric_limits<double>::infinity()) == "+Inf");
  CHECK(Printed(-std::numeric_limits<double>::infinity()) == "-Inf");
}

TEST_CASE("print of other values") {
  InterpMaker make;
  const auto printed = [&](const types::Type* type, const auto& value) {
    std::string text;
    AppendPrinted(make.Of(type), &value, text);
    return text;
  };
  CHECK(printed(Typ(BasicKind::kBool), uint8_t{1}) == "true");
  CHECK(printed(Typ(BasicKind::kInt8), int8_t{-5}) == "-5");
  CHECK(printed(types::ByteType(), uint8_t{200}) == "200");
  CHECK(printed(Typ(BasicKind::kUint64), UINT64_MAX) == "18446744073709551615");
  CHECK(printed(Typ(BasicKind::kUintptr), uint64_t{16}) == "16");
  const double numbers[] = {std::nan(""),
                            std::numeric_limits<double>::infinity()};
  CHECK(printed(Typ(BasicKind::kComplex128), numbers) == "(NaN+Infi)");
  const float floats[] = {0.1F, -2};
  CHECK(printed(Typ(BasicKind::kComplex64), floats) == "(0.1-2i)");
  CHECK(printed(make.context.PointerTo(make.int_type),
                reinterpret_cast<void*>(0xc000012345)) == "0xc000012345");
  CHECK(printed(make.context.SliceOf(make.int_type), SliceValue{}) ==
        "[0/0]0x0");
  CHECK(printed(make.any(), InterfaceValue{}) == "(0x0,0x0)");
}

TEST_CASE("values of panics") {
  InterpMaker make;
  const auto text = [&](const InterfaceValue& value) {
    std::string out;
    AppendPanicText(value, out);
    return out;
  };
  const auto named = [&](std::string_view name, const types::Type* rhs) {
    return make.Of(make.NewNamed(name, rhs));
  };
  CHECK(text({}) == "nil");
  CHECK(text(make.Interface(make.Of(make.string_type),
                            make.Text("one\ntwo"))) == "one\n\ttwo");
  CHECK(text(make.Interface(make.Of(make.int_type), int64_t{7})) == "7");
  CHECK(text(make.Interface(named("N", make.int_type), int64_t{7})) ==
        "p.N(7)");
  CHECK(text(make.Interface(named("S", make.string_type), make.Text("a\nb"))) ==
        "p.S(\"a\n\tb\")");
  CHECK(text(make.Interface(named("B", Typ(BasicKind::kBool)), uint8_t{0})) ==
        "p.B(false)");
  struct Complex {
    double real;
    double imaginary;
  };
  CHECK(text(make.Interface(named("C", Typ(BasicKind::kComplex128)),
                            Complex{1, 2})) == "p.C(1+2i)");
  const RunType* const pointer = named("P", make.NewStruct({}))->pointer_to();
  CHECK(text(make.Interface(pointer, reinterpret_cast<void*>(0x1234))) ==
        "(*p.P) 0x1234");
}

}  // namespace
}  // namespace gdlint::interp
