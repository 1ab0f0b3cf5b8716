// How types are made, shared and resolved.

#include "types/type.h"

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

#include "tests/unit/types/type_maker.h"
#include "types/predicates.h"

namespace gdlint::types {
namespace {

TEST_CASE("types made of types exist once as written") {
  TypeMaker make;
  TypeContext other(make.table);
  const Alias* const number = make.NewAlias("Number", make.int_type);
  CHECK(make.context.SliceOf(make.int_type) == other.SliceOf(make.int_type));
  CHECK(make.context.SliceOf(number) != other.SliceOf(make.int_type));
  CHECK(make.context.ArrayOf(number, 1) != make.context.ArrayOf(number, 2));
  CHECK(make.context.ChanOf(number, ChanDirection::kBoth) !=
        make.context.ChanOf(number, ChanDirection::kSendOnly));
  CHECK(make.Func({number}, {}) != make.Func({}, {number}));
  CHECK(make.Func({number}) == make.Func({number}));
  CHECK(make.NewStruct({}) != make.NewStruct({}));
  const TypeParam* const t = make.NewTypeParam("T", make.universe().any_type());
  const Named* const list = make.NewNamed("List", make.NewStruct({}), {t});
  CHECK(make.InstanceOf(list, {number}) == make.InstanceOf(list, {number}));
  CHECK(make.InstanceOf(list, {number}) !=
        make.InstanceOf(list, {make.int_type}));
}

TEST_CASE("types know whether they may have type parameters") {
  TypeMaker make;
  const TypeParam* const t = make.NewTypeParam("T", make.universe().any_type());
  CHECK(make.context.MapOf(make.int_type, t)->may_have_type_params);
  CHECK_FALSE(make.context.PointerTo(make.int_type)->may_have_type_params);
  CHECK(make.NewStruct({make.Field("x", t)})->may_have_type_params);
  CHECK(make.Func({make.context.SliceOf(t)})->may_have_type_params);
  const Named* const list =
      make.NewNamed("List", make.NewStruct({make.Field("x", t)}), {t});
  CHECK_FALSE(list->may_have_type_params);
  CHECK(make.InstanceOf(list, {t})->may_have_type_params);
  CHECK_FALSE(make.InstanceOf(list, {make.int_type})->may_have_type_params);
  CHECK_FALSE(make.universe().any_type()->may_have_type_params);
}

TEST_CASE("underlying types are found through chains") {
  TypeMaker make;
  const Struct* const body = make.NewStruct({});
  const Type* last = body;
  for (int i = 0; i < 20'000; ++i) {
    last = i % 2 == 0 ? static_cast<const Type*>(
                            make.NewNamed("T" + std::to_string(i), last))
                      : make.NewAlias("A" + std::to_string(i), last);
  }
  CHECK(Under(last) == body);
  CHECK(Unalias(last)->kind == TypeKind::kNamed);
}

TEST_CASE("what is still being declared is not decided") {
  TypeMaker make;
  Named* const a = make.NewNamed("A");
  Named* const b = make.NewNamed("B", a);
  Alias* const c = make.NewAlias("C");
  CHECK(Under(b) == InvalidType());
  CHECK(Unalias(c) == InvalidType());
  CHECK_FALSE(IsValid(c));
  const TypeSet* const early = TypeSetOf(make.NewInterface({}, {b}));
  CHECK(early->IsAll());
  a->from_rhs = make.int_type;
  c->from_rhs = b;
  CHECK(Under(c) == make.int_type);
}

TEST_CASE("types that are nothing but each other are invalid") {
  TypeMaker make;
  Named* const a = make.NewNamed("A");
  Alias* const b = make.NewAlias("B", a);
  a->from_rhs = b;
  CHECK(Under(a) == InvalidType());
  Alias* const x = make.NewAlias("X");
  Alias* const y = make.NewAlias("Y", x);
  x->from_rhs = y;
  CHECK(Unalias(x) == InvalidType());
  CHECK(Under(y) == InvalidType());
}

TEST_CASE("instances that need ever more instances are invalid") {
  TypeMaker make;
  const TypeParam* const t = make.NewTypeParam("T", make.universe().any_type());
  Named* const grow = make.NewNamed("Grow", nullptr, {t});
  grow->from_rhs = make.InstanceOf(grow, {make.context.PointerTo(t)});
  CHECK(Under(make.InstanceOf(grow, {make.int_type})) == InvalidType());
}

TEST_CASE("instances are expanded") {
  TypeMaker make;
  const TypeParam* const t = make.NewTypeParam("T", make.universe().any_type());
  Named* const node = make.NewNamed("Node", nullptr, {t});
  node->from_rhs = make.NewStruct(
      {make.Field("next", make.context.PointerTo(make.InstanceOf(node, {t}))),
       make.Field("value", t)});
  const Named* const ints = make.InstanceOf(node, {make.int_type});
  CHECK(TypeString(Under(ints)) ==
        "struct{next *example.com/p.Node[int]; value int}");
  CHECK(Under(ints) == Under(ints));

  // Through another generic type: one underlying type for both.
  const TypeParam* const u = make.NewTypeParam("U", make.universe().any_type());
  const Named* const wrapped =
      make.NewNamed("Wrapped", make.InstanceOf(node, {u}), {u});
  CHECK(Under(make.InstanceOf(wrapped, {make.int_type})) == Under(ints));
  // The wrong number of arguments is an error reported elsewhere.
  CHECK(Under(make.InstanceOf(node, {t, u})) == InvalidType());
}

TEST_CASE("an instance's interface has methods of its own") {
  TypeMaker make;
  const TypeParam* const t = make.NewTypeParam("T", make.universe().any_type());
  Named* const generic = make.NewNamed("G", nullptr, {t});
  generic->from_rhs =
      make.NewInterface({make.Method("Get", make.Func({}, {t}), generic),
                         make.Method("Close", make.Func({}), generic)});
  const Named* const instance = make.InstanceOf(generic, {make.int_type});
  const Interface* const interface = UnderAs<Interface>(instance);
  REQUIRE(interface != nullptr);
  const TypeSet* const set = TypeSetOf(interface);
  REQUIRE(set->methods.size() == 2);
  const Interface* const declared = As<Interface>(generic->from_rhs);
  for (size_t i = 0; i < 2; ++i) {
    CHECK(set->methods[i]->recv == instance);
    CHECK(set->methods[i]->origin == declared->methods[i]);
  }
  CHECK(ObjectString(set->methods[1]) ==
        "func (example.com/p.G[int]).Get() int");
}

TEST_CASE("threads that expand one instance agree") {
  TypeMaker make;
  const TypeParam* const t = make.NewTypeParam("T", make.universe().any_type());
  const Named* const list =
      make.NewNamed("List", make.NewStruct({make.Field("x", t)}), {t});
  const Type* arg = make.int_type;
  std::vector<const Named*> instances;
  for (int i = 0; i < 500; ++i) {
    arg = make.context.PointerTo(arg);
    instances.push_back(make.InstanceOf(list, {arg}));
  }
  std::vector<std::vector<const Type*>> seen(4);
  std::vector<std::thread> threads;
  for (std::vector<const Type*>& mine : seen) {
    threads.emplace_back([&instances, &mine] {
      for (const Named* const instance : instances) {
        mine.push_back(Under(instance));
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (const std::vector<const Type*>& mine : seen) {
    CHECK(mine == seen.front());
  }
}

TEST_CASE("the universe is complete") {
  TypeMaker make;
  const Universe& universe = make.universe();
  // Those of the spec's list of predeclared identifiers.
  CHECK(universe.scope().size() == 22 + 4 + 18);
  CHECK(universe.unsafe_package()->scope->size() == 9);
  const auto text = [&](std::string_view name) {
    return ObjectString(universe.scope().Lookup(make.NameOf(name)));
  };
  CHECK(text("any") == "type any = interface{}");
  CHECK(text("error") == "type error interface{Error() string}");
  CHECK(text("comparable") == "type comparable interface{comparable}");
  CHECK(text("byte") == "type byte");
  CHECK(text("iota") == "const iota untyped int");
  CHECK(text("nil") == "nil");
  CHECK(text("append") == "builtin append");
  CHECK(Typ(BasicKind::kUint8) != ByteType());
  CHECK(TypeString(Typ(BasicKind::kUnsafePointer)) == "unsafe.Pointer");
  for (const std::string_view name : {"assert", "trace", "Pointer"}) {
    CHECK(universe.scope().Lookup(make.NameOf(name)) == nullptr);
  }
}

}  // namespace
}  // namespace gdlint::types
