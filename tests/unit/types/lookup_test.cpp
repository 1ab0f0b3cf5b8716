#include "types/lookup.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/unit/types/type_world.h"
#include "types/method_set.h"
#include "types/predicates.h"
#include "types/substitute.h"
#include "types/type_string.h"

namespace gdlint::types {
namespace {

LookupResult Find(TypeWorld& world, const Type* type, std::string_view name,
                  bool addressable = false) {
  return LookupFieldOrMethod(type, addressable, &world.package,
                             world.Intern(name));
}

TEST_CASE("the least depth wins, and two at one depth are ambiguous") {
  TypeWorld w;
  Named* const a =
      w.NewNamed("A", w.StructOf({w.Field("x", Int()), w.Field("y", Int())}));
  Named* const b =
      w.NewNamed("B", w.StructOf({w.Field("x", Int()), w.Field("z", Int())}));
  Named* const c =
      w.NewNamed("C", w.StructOf({w.Embedded("A", w.types.PointerTo(a)),
                                  w.Embedded("B", b), w.Field("z", Int())}));

  const LookupResult y = Find(w, c, "y");
  REQUIRE(y.object != nullptr);
  CHECK(y.index == std::vector<uint32_t>{0, 1});
  CHECK(y.is_indirect);
  CHECK(Find(w, c, "z").index == std::vector<uint32_t>{2});
  const LookupResult x = Find(w, c, "x");
  CHECK(x.object == nullptr);
  CHECK(x.is_ambiguous);
  CHECK_FALSE(Find(w, c, "none").is_ambiguous);
  CHECK(Find(w, c, "_").object == nullptr);
}

TEST_CASE("a type embedded twice at one depth hides its members") {
  TypeWorld w;
  Named* const base = w.NewNamed("Base", w.StructOf({w.Field("x", Int())}));
  Named* const a = w.NewNamed("A", w.StructOf({w.Embedded("Base", base)}));
  Named* const b = w.NewNamed("B", w.StructOf({w.Embedded("Base", base)}));
  const Struct* const both =
      w.StructOf({w.Embedded("A", a), w.Embedded("B", b)});
  CHECK(Find(w, both, "x").is_ambiguous);
  // Shadowed by the same type at lesser depth.
  const Struct* const also =
      w.StructOf({w.Embedded("A", a), w.Embedded("Base", base)});
  CHECK(Find(w, also, "x").index == std::vector<uint32_t>{1, 0});
}

TEST_CASE("pointer receivers need a pointer or a variable") {
  TypeWorld w;
  Named* const t = w.NewNamed("T", w.StructOf({}));
  Func* const m = w.Method("m", w.types.PointerTo(t), w.FuncOf({}, {}));
  w.SetMethods(t, {m});
  const LookupResult by_value = Find(w, t, "m");
  CHECK(by_value.object == nullptr);
  CHECK(by_value.needs_pointer);
  CHECK(Find(w, t, "m", true).object == m);
  CHECK(Find(w, w.types.PointerTo(t), "m").object == m);
  CHECK(Find(w, w.types.PointerTo(w.types.PointerTo(t)), "m").object ==
        nullptr);
  // A defined pointer type has the fields of its base, not its methods.
  Named* const p = w.NewNamed("P", w.types.PointerTo(t));
  CHECK(Find(w, p, "m").object == nullptr);

  CHECK(MethodSetOf(t).empty());
  const auto methods = MethodSetOf(w.types.PointerTo(t));
  REQUIRE(methods.size() == 1);
  CHECK(methods[0].method == m);
  CHECK(methods[0].owner == t);
  CHECK(MethodSetOf(p).empty());
}

TEST_CASE("method sets are sorted by Id and leave out what collides") {
  TypeWorld w;
  Named* const t = w.NewNamed("T", w.StructOf({}));
  w.SetMethods(t, {w.Method("b", t, w.FuncOf({}, {})),
                   w.Method("Z", t, w.FuncOf({}, {})),
                   w.Method("A", t, w.FuncOf({}, {}))});
  const Struct* const s = w.StructOf({w.Embedded("T", t), w.Field("Z", Int())});
  std::string names;
  for (const MethodSetEntry& entry : MethodSetOf(s)) {
    names += entry.method->name->text();
    CHECK(entry.index.size() == 2);
  }
  CHECK(names == "Ab");
}

TEST_CASE("methods of instances speak of the type arguments") {
  TypeWorld w;
  TypeParam* const p = w.NewTypeParam("P", 0, w.any());
  Named* const list = w.NewGeneric("List", {p});
  list->from_rhs = w.StructOf({w.Field("elem", p)});
  TypeParam* const q = w.NewTypeParam("Q", 0, w.any());
  const Type* const recv_arg = q;
  Func* const get = w.Method("Get", w.types.InstanceOf(list, {&recv_arg, 1}),
                             w.FuncOf({}, {w.types.SliceOf(q)}));
  const TypeParam* const recv_param = q;
  get->recv_type_params = w.types.arena().Copy(std::span(&recv_param, 1));
  w.SetMethods(list, {get});

  const Type* const arg = Int();
  const Named* const ints = w.types.InstanceOf(list, {&arg, 1});
  const LookupResult found = Find(w, ints, "Get");
  CHECK(found.object == get);
  CHECK(found.method_owner == ints);
  CHECK(TypeString(MethodSignature(w.types, get, ints)) == "func() []int");
  const LookupResult field = Find(w, ints, "elem");
  REQUIRE(field.object != nullptr);
  CHECK(field.object->type == Int());
  CHECK(TryAs<Var>(field.object)->origin ==
        As<Struct>(list->from_rhs)->fields[0]);
}

TEST_CASE("causes of missing methods") {
  TypeWorld w;
  const Interface* const wanted =
      w.InterfaceOf({w.Method("M", Int(), w.FuncOf({Int()}, {}))}, {});
  const ResolveObject resolve(
      [](Object*) {},
      [&w] { return TypeStringOptions{Qualify::kName, &w.package}; });
  const auto cause = [&](const Type* type) {
    return FindMissingMethod(w.types, type, wanted, true, resolve).cause;
  };
  Named* const t = w.NewNamed("T", w.StructOf({}));
  CHECK(cause(t) == "(missing method M)");
  CHECK(cause(w.types.PointerTo(wanted)) ==
        "(type *interface{M(int)} is pointer to interface, not interface)");
  Func* const m = w.Method("m", t, w.FuncOf({String()}, {}));
  w.SetMethods(t, {m});
  CHECK(cause(t) == "(missing method M)\n\t\thave m(string)\n\t\twant M(int)");
  m->name = w.Intern("M");
  CHECK(cause(t) ==
        "(wrong type for method M)\n\t\thave M(string)\n\t\twant M(int)");
  m->type = w.FuncOf({Int()}, {});
  CHECK(cause(t).empty());
  m->has_pointer_recv = true;
  CHECK(cause(t) == "(method M has pointer receiver)");
  CHECK(cause(w.NewNamed("F", w.StructOf({w.Field("M", Int())}))) ==
        "(F.M is a field, not a method)");
  // What is invalid might have any method.
  std::string text;
  CHECK(AssertableTo(w.types, wanted,
                     w.StructOf({w.Embedded("X", InvalidType())}), resolve,
                     &text));
  CHECK(text.empty());
}

TEST_CASE("constraints") {
  TypeWorld w;
  const ResolveObject resolve(
      [](Object*) {},
      [&w] { return TypeStringOptions{Qualify::kName, &w.package}; });
  const auto cause = [&](const Type* type, const Type* constraint) {
    std::string text;
    const bool ok = Implements(w.types, type, constraint, true, resolve, &text);
    CHECK(ok == text.empty());
    return text;
  };
  Named* const my_int = w.NewNamed("MyInt", Int());
  Named* const exact = w.NewNamed(
      "C", w.InterfaceOf({}, {w.UnionOf({{Int(), false}, {String(), false}})}));
  CHECK(cause(Int(), exact).empty());
  CHECK(cause(my_int, exact) ==
        "MyInt does not satisfy C (possibly missing ~ for int in C)");
  CHECK(cause(Typ(BasicKind::kBool), exact) ==
        "bool does not satisfy C (bool missing in int | string)");
  const Type* const comparable = w.table.universe().comparable_type();
  CHECK(cause(w.types.SliceOf(Int()), comparable) ==
        "[]int does not satisfy comparable");
  CHECK(cause(w.any(), comparable).empty());
  CHECK(cause(Int(), String()) ==
        "int does not satisfy string (string is not an interface)");
}

TEST_CASE("endless and enormous embedding ends") {
  TypeWorld w;
  TypeParam* const p = w.NewTypeParam("P", 0, w.any());
  Named* const t = w.NewGeneric("T", {p});
  const Type* const slice = w.types.SliceOf(p);
  const Type* const chan = w.types.ChanOf(p, ChanDirection::kBoth);
  t->from_rhs = w.StructOf(
      {w.Embedded("A", w.types.PointerTo(w.types.InstanceOf(t, {&slice, 1})))});
  const Type* const arg = Int();
  CHECK(Find(w, w.types.InstanceOf(t, {&arg, 1}), "x").object == nullptr);

  Named* const u = w.NewGeneric("U", {p});
  u->from_rhs = w.StructOf(
      {w.Embedded("A", w.types.PointerTo(w.types.InstanceOf(u, {&slice, 1}))),
       w.Embedded("B", w.types.PointerTo(w.types.InstanceOf(u, {&chan, 1})))});
  CHECK(Find(w, w.types.InstanceOf(u, {&arg, 1}), "x").is_too_complex);
}

}  // namespace
}  // namespace gdlint::types
