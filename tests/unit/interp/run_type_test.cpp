// Layouts, canonical types, names and methods.

#include "interp/run_type.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "interp/type_name.h"
#include "tests/unit/interp/interp_maker.h"

namespace gdlint::interp {
namespace {

using types::BasicKind;
using types::ChanDirection;
using types::Typ;

TEST_CASE("layouts") {
  InterpMaker make;
  Layouts& layouts = make.run_types.layouts();
  const types::Type* const byte = types::ByteType();
  const auto* const s = make.NewStruct(
      {make.Field("a", byte), make.Field("b", make.string_type),
       make.Field("c", byte), make.Field("d", make.NewStruct({}))});
  const Layout& layout = layouts.Of(s);
  CHECK(&layout == &layouts.Of(s));
  CHECK(std::vector(layout.offsets.begin(), layout.offsets.end()) ==
        std::vector<int64_t>{0, 8, 24, 25});
  CHECK(layout.size == 32);
  CHECK(layout.align == 8);
  CHECK(layout.has_pointers);
  CHECK_FALSE(layout.is_direct);
  CHECK(layouts.SizeOf(s) == make.table.sizes().SizeOf(s));

  const Layout& tuple =
      layouts.Of(make.TupleOf({Typ(BasicKind::kBool), make.int_type, byte}));
  CHECK(std::vector(tuple.offsets.begin(), tuple.offsets.end()) ==
        std::vector<int64_t>{0, 8, 16});
  CHECK(tuple.size == 24);

  // What an interface holds directly.
  const types::Type* const pointer = make.context.PointerTo(make.int_type);
  CHECK(layouts.Of(pointer).is_direct);
  CHECK(layouts.Of(make.Func({})).is_direct);
  CHECK(layouts.Of(make.context.MapOf(byte, byte)).is_direct);
  CHECK(layouts.Of(make.NewStruct({make.Field("p", pointer)})).is_direct);
  CHECK(layouts.Of(make.context.ArrayOf(pointer, 1)).is_direct);
  CHECK_FALSE(layouts.Of(make.context.ArrayOf(pointer, 2)).is_direct);
  CHECK_FALSE(layouts.Of(make.int_type).is_direct);
  CHECK_FALSE(layouts.Of(make.context.SliceOf(byte)).is_direct);

  CHECK(layouts.Of(make.context.ArrayOf(make.int_type, int64_t{1} << 60))
            .is_too_large);
  CHECK_FALSE(layouts.Of(make.context.ArrayOf(pointer, 0)).has_pointers);
  CHECK(KindOf(types::RuneType()) == Kind::kInt32);
  CHECK(KindOf(make.NewNamed("N", make.string_type)) == Kind::kString);
}

TEST_CASE("identical types are one") {
  InterpMaker make;
  const auto struct_of_int = [&](std::string_view name) {
    return make.NewStruct({make.Field(name, make.int_type)});
  };
  CHECK(make.Of(struct_of_int("A")) == make.Of(struct_of_int("A")));
  CHECK(make.Of(struct_of_int("A")) != make.Of(struct_of_int("B")));
  CHECK(make.Of(types::ByteType()) == make.Of(BasicKind::kUint8));
  CHECK(make.Of(make.any()) == make.run_types.any());
  const auto* const alias = make.NewAlias("Text", make.string_type);
  CHECK(make.Of(make.context.SliceOf(alias)) ==
        make.Of(make.context.SliceOf(make.string_type)));
  CHECK(make.Of(make.NewNamed("N", make.int_type)) != make.Of(make.int_type));
  const types::Signature* const f = make.Func({make.int_type}, {alias});
  CHECK(make.Of(f) == make.Of(make.Func({make.int_type}, {make.string_type})));
  CHECK(make.Of(make.int_type)->pointer_to()->elem() == make.Of(make.int_type));
}

TEST_CASE("a type that contains itself") {
  InterpMaker make;
  auto* const node = make.NewNamed("Node");
  node->from_rhs =
      make.NewStruct({make.Field("next", make.context.PointerTo(node)),
                      make.Field("all", make.context.SliceOf(node))});
  const RunType* const type = make.Of(node);
  REQUIRE(type->fields().size() == 2);
  CHECK(type->fields()[0].type->elem() == type);
  CHECK(type->fields()[1].type->elem() == type);
  CHECK(type->fields()[1].offset == 8);
  CHECK(type->equal == EqualKind::kNone);
}

// Those of Go 1.26.
TEST_CASE("names") {
  InterpMaker make;
  const auto name = [&](const types::Type* type) {
    return std::string(make.Of(type)->name());
  };
  const types::Type* const byte = types::ByteType();
  const types::Type* const any = make.any();
  const types::Type* const error = make.universe().error_type();
  CHECK(name(byte) == "uint8");
  CHECK(name(types::RuneType()) == "int32");
  CHECK(name(any) == "interface {}");
  CHECK(name(error) == "error");
  CHECK(name(Typ(BasicKind::kUnsafePointer)) == "unsafe.Pointer");
  CHECK(name(make.context.MapOf(make.string_type, make.context.SliceOf(any))) ==
        "map[string][]interface {}");
  CHECK(name(make.context.ArrayOf(make.context.PointerTo(byte), 3)) ==
        "[3]*uint8");
  CHECK(name(make.Func({make.int_type, make.context.SliceOf(any)},
                       {make.int_type, error}, true)) ==
        "func(int, ...interface {}) (int, error)");
  CHECK(name(make.Func({}, {error})) == "func() error");

  const auto chan = [&](const types::Type* elem, ChanDirection direction) {
    return make.context.ChanOf(elem, direction);
  };
  const auto* const receive = chan(make.int_type, ChanDirection::kReceiveOnly);
  const auto* const send = chan(make.int_type, ChanDirection::kSendOnly);
  CHECK(name(receive) == "<-chan int");
  CHECK(name(chan(receive, ChanDirection::kSendOnly)) == "chan<- <-chan int");
  CHECK(name(chan(receive, ChanDirection::kBoth)) == "chan (<-chan int)");
  CHECK(name(chan(send, ChanDirection::kBoth)) == "chan chan<- int");

  CHECK(name(make.NewStruct({})) == "struct {}");
  const auto* const s = make.NewStruct(
      {make.Field("A", make.int_type), make.Field("b", make.string_type),
       make.Field("error", error, true)},
      {"json:\"a\"", "", ""});
  CHECK(name(s) == "struct { A int \"json:\\\"a\\\"\"; b string; error }");
  const auto* const i =
      make.NewInterface({make.Method("m", make.Func({make.int_type})),
                         make.Method("A", make.Func({}, {make.string_type}))});
  CHECK(name(i) == "interface { A() string; p.m(int) }");

  // Within type arguments whole paths stand, and fields have packages.
  auto* const p = make.NewTypeParam("P", any);
  auto* const generic = make.NewNamed("T", make.NewStruct({}), {p});
  const types::Type* const named = make.NewNamed("N", make.int_type);
  CHECK(name(named) == "p.N");
  const types::Named* const of_named = make.InstanceOf(generic, {named});
  CHECK(name(of_named) == "p.T[example.com/p.N]");
  CHECK(make.Of(of_named)->local_name() == "T[example.com/p.N]");
  CHECK(make.Of(of_named)->package_path() == "example.com/p");
  CHECK(name(make.InstanceOf(generic, {of_named})) ==
        "p.T[example.com/p.T[example.com/p.N]]");
  CHECK(name(make.InstanceOf(generic,
                             {make.context.MapOf(make.int_type, any)})) ==
        "p.T[map[int]interface {}]");
  CHECK(name(make.InstanceOf(generic, {s})) ==
        "p.T[struct { A int \"json:\\\"a\\\"\"; example.com/p.b string; error "
        "}]");
  CHECK(name(make.InstanceOf(generic, {i})) ==
        "p.T[interface { A() string; example.com/p.m(int) }]");

  CHECK(make.Of(make.int_type)->local_name() == "int");
  CHECK(make.Of(s)->local_name().empty());
  CHECK(make.Of(s)->package_path().empty());
}

TEST_CASE("methods and what implements what") {
  InterpMaker make;
  types::Package other;
  make.Open(other, "example.com/other");
  auto* const named = make.NewNamed("T", make.NewStruct({}));
  const types::Type* const pointer = make.context.PointerTo(named);
  const types::Signature* const nothing = make.Func({});
  types::Func* const by_value = make.Method("ByValue", nothing, named);
  types::Func* const by_pointer =
      make.Method("ByPointer", make.Func({}, {make.int_type}), pointer);
  by_pointer->has_pointer_recv = true;
  types::Func* const hidden = make.Method("hidden", nothing, named);
  named->methods =
      make.context.arena().Copy(std::vector{by_value, by_pointer, hidden});

  const RunType* const t = make.Of(named);
  const RunType* const pt = make.Of(pointer);
  REQUIRE(t->methods().size() == 2);
  CHECK(t->methods()[0].name == "ByValue");
  CHECK(t->methods()[0].is_own);
  CHECK(t->methods()[1].name == "hidden");
  CHECK(t->methods()[1].package_path == "example.com/p");
  REQUIRE(pt->methods().size() == 3);
  CHECK(pt->methods()[0].name == "ByPointer");
  CHECK(pt->methods()[0].is_own);
  CHECK(pt->methods()[0].type == make.Of(by_pointer->type));
  CHECK(pt->methods()[1].name == "ByValue");
  CHECK_FALSE(pt->methods()[1].is_own);

  const auto interface = [&](std::vector<types::Func*> methods) {
    return make.Of(make.NewInterface(methods));
  };
  const RunType* const value_only =
      interface({make.Method("ByValue", nothing)});
  const RunType* const pointer_too =
      interface({make.Method("ByValue", nothing),
                 make.Method("ByPointer", make.Func({}, {make.int_type}))});
  CHECK(t->MissingMethod(value_only) == nullptr);
  REQUIRE(t->MissingMethod(pointer_too) != nullptr);
  CHECK(t->MissingMethod(pointer_too)->name == "ByPointer");
  CHECK(t->MissingMethod(pointer_too)->name == "ByPointer");
  CHECK(pt->MissingMethod(pointer_too) == nullptr);
  CHECK(t->MissingMethod(make.run_types.any()) == nullptr);
  // Another signature, another package.
  CHECK(t->MissingMethod(interface(
            {make.Method("ByValue", make.Func({make.int_type}))})) != nullptr);
  CHECK(t->MissingMethod(interface({make.Method("hidden", nothing)})) ==
        nullptr);
  CHECK(t->MissingMethod(interface(
            {make.Method("hidden", nothing, nullptr, &other)})) != nullptr);
  // Of an interface to another one.
  CHECK(pointer_too->MissingMethod(value_only) == nullptr);
  CHECK(value_only->MissingMethod(pointer_too) != nullptr);

  const types::Func* const wanted = value_only->methods()[0].func;
  CHECK(t->FindMethod(wanted) == &t->methods()[0]);
  CHECK(pt->FindMethod(wanted)->func == by_value);
  CHECK(make.Of(make.int_type)->FindMethod(wanted) == nullptr);

  // Promoted through an embedded field.
  const RunType* const outer =
      make.Of(make.NewStruct({make.Field("T", pointer, true)}));
  REQUIRE(outer->methods().size() == 3);
  CHECK_FALSE(outer->methods()[0].is_own);
  CHECK(outer->methods()[0].func == by_pointer);
}

}  // namespace
}  // namespace gdlint::interp
