// What go/types prints for the same types.

#include "types/type_string.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/unit/types/type_maker.h"

namespace gdlint::types {
namespace {

TEST_CASE("composite types") {
  TypeMaker make;
  TypeContext& c = make.context;
  const Type* const i = make.int_type;
  const Named* const t = make.NewNamed("T", i);
  CHECK(TypeString(c.ArrayOf(c.SliceOf(t), 3)) == "[3][]example.com/p.T");
  CHECK(TypeString(c.MapOf(make.string_type, c.PointerTo(i))) ==
        "map[string]*int");
  const Type* const receive = c.ChanOf(i, ChanDirection::kReceiveOnly);
  CHECK(TypeString(c.ChanOf(receive, ChanDirection::kBoth)) ==
        "chan (<-chan int)");
  CHECK(TypeString(c.ChanOf(receive, ChanDirection::kSendOnly)) ==
        "chan<- <-chan int");
  CHECK(TypeString(make.NewStruct(
            {make.Field("T", t, true), make.Field("b", ByteType())},
            {"", "json:\"b\""})) ==
        R"(struct{example.com/p.T; b byte "json:\"b\""})");
}

TEST_CASE("functions") {
  TypeMaker make;
  TypeContext& c = make.context;
  const Type* const i = make.int_type;
  CHECK(TypeString(make.Func({})) == "func()");
  CHECK(TypeString(make.Func({i}, {i})) == "func(int) int");
  CHECK(TypeString(make.Func({i, c.SliceOf(i)}, {i, i}, true)) ==
        "func(int, ...int) (int, int)");
  CHECK(TypeString(make.Func({c.SliceOf(ByteType()), make.string_type}, {},
                             true)) == "func([]byte, string...)");
  const Param named[] = {{make.NameOf("n"), i}, {make.NameOf("_"), i}};
  CHECK(TypeString(c.SignatureOf({}, c.TupleOf(named), c.TupleOf({named, 1}),
                                 false)) == "func(n int, _ int) (n int)");
}

TEST_CASE("interfaces and constraints") {
  TypeMaker make;
  const Universe& universe = make.universe();
  const Type* const i = make.int_type;
  CHECK(TypeString(universe.any_type()->from_rhs) == "any");
  CHECK(TypeString(universe.empty_interface()) == "interface{}");
  const Type* const number =
      make.UnionOf({{i, true}, {make.string_type, false}});
  CHECK(TypeString(make.NewInterface(
            {make.Method("M", make.Func({i})), make.Method("A", make.Func({}))},
            {universe.error_type(), number})) ==
        "interface{A(); M(int); error; ~int | string}");
  CHECK(TypeString(make.NewInterface({}, {number}, true)) == "~int | string");
}

TEST_CASE("generic types") {
  TypeMaker make;
  const Type* const any = make.universe().any_type();
  const TypeParam* const k =
      make.NewTypeParam("K", make.universe().comparable_type());
  const TypeParam* const v = make.NewTypeParam("V", any, 1);
  const TypeParam* const w = make.NewTypeParam("int", any, 2);
  const Named* const pair = make.NewNamed("Pair", make.int_type, {k, v, w});
  CHECK(TypeString(pair) ==
        "example.com/p.Pair[K comparable, V, int/* type parameter */ any]");
  CHECK(TypeString(make.InstanceOf(pair, {k, v, make.int_type})) ==
        "example.com/p.Pair[K, V, int]");
  // Bounds that are no interfaces are each type parameter's own.
  const TypeParam* const a = make.NewTypeParam("A", make.int_type);
  const TypeParam* const b = make.NewTypeParam("B", make.int_type, 1);
  CHECK(TypeString(make.NewNamed("Two", make.int_type, {a, b})) ==
        "example.com/p.Two[A int, B int]");
  CHECK(ObjectString(pair->obj) ==
        "type example.com/p.Pair[K comparable, V, int/* type parameter */ any] "
        "int");
  CHECK(ObjectString(v->obj) == "type parameter V any");
}

TEST_CASE("qualification") {
  TypeMaker make;
  const Named* const t = make.NewNamed("T", make.int_type);
  CHECK(TypeString(t, {.qualify = Qualify::kName}) == "p.T");
  CHECK(TypeString(t, {.qualify = Qualify::kName, .relative_to = &make.p}) ==
        "T");
  CHECK(TypeString(t, {.relative_to = &make.p}) == "T");
  const std::unordered_set<std::string_view> ambiguous = {"p"};
  CHECK(TypeString(
            t, {.qualify = Qualify::kName, .ambiguous_names = &ambiguous}) ==
        "\"example.com/p\".T");
}

TEST_CASE("objects") {
  TypeMaker make;
  const Named* const t = make.NewNamed("T", make.NewStruct({}));
  auto* const var = make.NewObject<Var>("v", t);
  CHECK(ObjectString(var) == "var v example.com/p.T");
  make.p.scope->Insert(var);
  CHECK(ObjectString(var) == "var example.com/p.v example.com/p.T");
  CHECK(ObjectString(make.Field("f", t)) == "field f example.com/p.T");
  CHECK(ObjectString(t->obj) == "type example.com/p.T struct{}");
  CHECK(ObjectString(make.NewAlias("A", t)->obj) ==
        "type example.com/p.A = example.com/p.T");
  CHECK(ObjectString(make.Method("F", make.Func({}))) ==
        "func example.com/p.F()");
  CHECK(ObjectString(
            make.Method("M", make.Func({}), make.context.PointerTo(t))) ==
        "func (*example.com/p.T).M()");
  auto* const import = make.NewObject<PkgName>("q", InvalidType());
  import->imported = &make.p;
  CHECK(ObjectString(import) == "package q (\"example.com/p\")");
  CHECK(ObjectString(make.NewObject<Label>("L", nullptr)) == "label L");
}

TEST_CASE("a text that would be endless is cut") {
  TypeMaker make;
  const TypeParam* const a = make.NewTypeParam("A", make.universe().any_type());
  const TypeParam* const b =
      make.NewTypeParam("B", make.universe().any_type(), 1);
  const Named* const pair = make.NewNamed("Pair", make.int_type, {a, b});
  const Type* type = make.int_type;
  for (int i = 0; i < 200; ++i) {
    type = make.InstanceOf(pair, {type, type});
  }
  const std::string text = TypeString(type);
  CHECK(text.size() <= TypeStringOptions().max_size + 8);
  CHECK(text.ends_with("…"));
}

}  // namespace
}  // namespace gdlint::types
