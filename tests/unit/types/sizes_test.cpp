// Sizes as gc lays types out.

#include "types/sizes.h"

#include <doctest/doctest.h>

#include <limits>

#include "tests/unit/types/type_maker.h"
#include "types/pointer_shape.h"

namespace gdlint::types {
namespace {

constexpr int64_t kMost = std::numeric_limits<int64_t>::max();

TEST_CASE("sizes and alignments") {
  TypeMaker make;
  const Sizes amd64 = Sizes::ForArchitecture("amd64");
  const Sizes i386 = Sizes::ForArchitecture("386");
  const Type* const int64 = Typ(BasicKind::kInt64);
  const Type* const complex = Typ(BasicKind::kComplex128);
  CHECK(amd64.SizeOf(make.int_type) == 8);
  CHECK(i386.SizeOf(make.int_type) == 4);
  CHECK(i386.SizeOf(int64) == 8);
  CHECK(i386.AlignOf(int64) == 4);
  CHECK(amd64.AlignOf(complex) == 8);
  CHECK(amd64.AlignOf(Typ(BasicKind::kComplex64)) == 4);
  CHECK(amd64.SizeOf(make.string_type) == 16);
  CHECK(amd64.AlignOf(make.string_type) == 8);
  CHECK(i386.SizeOf(make.context.SliceOf(complex)) == 12);
  CHECK(amd64.SizeOf(make.universe().error_type()) == 16);
  CHECK(amd64.SizeOf(make.Func({})) == 8);
  CHECK(amd64.SizeOf(make.context.ArrayOf(int64, 3)) == 24);
  CHECK(amd64.SizeOf(make.context.ArrayOf(int64, -1)) == 0);
  CHECK(Sizes::ForArchitecture("amd64p32").AlignOf(int64) == 8);
  CHECK(Sizes::ForArchitecture("arm64").word_size == 8);
}

TEST_CASE("structs") {
  TypeMaker make;
  const Sizes& sizes = make.table.sizes();
  const Type* const byte = ByteType();
  const Type* const empty = make.NewStruct({});
  const Struct* const padded =
      make.NewStruct({make.Field("a", byte), make.Field("b", make.int_type),
                      make.Field("c", byte)});
  CHECK(sizes.SizeOf(padded) == 24);
  CHECK(sizes.OffsetOf(padded, 1) == 8);
  CHECK(sizes.OffsetOf(padded, 2) == 16);
  CHECK(sizes.SizeOf(empty) == 0);
  CHECK(sizes.AlignOf(empty) == 1);
  // Room for the address of the last field.
  CHECK(sizes.SizeOf(make.NewStruct(
            {make.Field("a", make.int_type), make.Field("b", empty)})) == 16);
  CHECK(sizes.SizeOf(make.NewStruct(
            {make.Field("a", empty), make.Field("b", empty)})) == 0);

  Package atomic;
  make.Open(atomic, "sync/atomic");
  const Type* const align64 = make.NewNamed("align64", empty, {}, &atomic);
  const Struct* const aligned =
      make.NewStruct({make.Field("a", byte), make.Field("_", align64),
                      make.Field("v", Typ(BasicKind::kInt64))});
  const Sizes i386 = Sizes::ForArchitecture("386");
  CHECK(i386.AlignOf(aligned) == 8);
  CHECK(i386.OffsetOf(aligned, 2) == 8);
}

TEST_CASE("sizes beyond all bounds") {
  TypeMaker make;
  const Sizes& sizes = make.table.sizes();
  const Type* const most = make.context.ArrayOf(ByteType(), kMost);
  CHECK(sizes.SizeOf(most) == kMost);
  CHECK_FALSE(sizes.SizeOf(make.context.ArrayOf(make.int_type, kMost)));
  const Struct* const two =
      make.NewStruct({make.Field("a", most), make.Field("b", most)});
  CHECK(sizes.OffsetOf(two, 1) == kMost);
  CHECK_FALSE(sizes.SizeOf(two));
  const Struct* const rounded =
      make.NewStruct({make.Field("a", most), make.Field("b", make.int_type)});
  CHECK_FALSE(sizes.OffsetOf(rounded, 1));

  // Doubled 60 times: 2^60 bytes, found without 2^60 steps.
  const Type* doubled = ByteType();
  for (int i = 0; i < 60; ++i) {
    doubled =
        make.NewStruct({make.Field("a", doubled), make.Field("b", doubled)});
  }
  CHECK(sizes.SizeOf(doubled) == int64_t{1} << 60);

  Named* const itself = make.NewNamed("Itself");
  itself->from_rhs = make.NewStruct({make.Field("x", itself)});
  CHECK(sizes.SizeOf(itself) == 0);
}

TEST_CASE("what an interface holds directly") {
  TypeMaker make;
  const Type* const pointer = make.context.PointerTo(make.int_type);
  const Type* const empty = make.NewStruct({});
  const auto struct_of = [&](const Type* first, const Type* second) {
    return make.NewStruct({make.Field("a", first), make.Field("b", second)});
  };
  CHECK(IsPointerShaped(pointer));
  CHECK(IsPointerShaped(make.Func({})));
  CHECK(IsPointerShaped(Typ(BasicKind::kUnsafePointer)));
  CHECK(IsPointerShaped(make.context.ArrayOf(pointer, 1)));
  CHECK(IsPointerShaped(make.NewStruct({make.Field("a", pointer)})));
  CHECK(IsPointerShaped(struct_of(empty, pointer)));
  CHECK(IsPointerShaped(
      struct_of(make.context.ArrayOf(make.int_type, 0),
                make.context.ArrayOf(struct_of(empty, pointer), 1))));

  CHECK_FALSE(IsPointerShaped(struct_of(pointer, empty)));
  CHECK_FALSE(IsPointerShaped(struct_of(pointer, pointer)));
  CHECK_FALSE(IsPointerShaped(struct_of(empty, make.int_type)));
  CHECK_FALSE(IsPointerShaped(struct_of(empty, empty)));
  CHECK_FALSE(IsPointerShaped(make.context.ArrayOf(pointer, 2)));
  CHECK_FALSE(IsPointerShaped(Typ(BasicKind::kUintptr)));
  CHECK_FALSE(IsPointerShaped(make.context.SliceOf(pointer)));
  CHECK_FALSE(IsPointerShaped(make.universe().error_type()));
}

}  // namespace
}  // namespace gdlint::types
