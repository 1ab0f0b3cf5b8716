// The spec's type identity, and that it ends soon.

#include <doctest/doctest.h>

#include <string>

#include "tests/unit/types/type_maker.h"
#include "types/predicates.h"

namespace gdlint::types {
namespace {

bool AreIdentical(const Type* x, const Type* y) {
  const bool same = Identical(x, y);
  CHECK(same == Identical(y, x));
  if (same) {
    CHECK(IdentityHash(x) == IdentityHash(y));
  }
  return same;
}

TEST_CASE("spelling does not count") {
  TypeMaker make;
  TypeContext& c = make.context;
  const Type* const i = make.int_type;
  const Type* const alias = make.NewAlias("A", i);
  CHECK(AreIdentical(alias, i));
  CHECK(AreIdentical(c.SliceOf(alias), c.SliceOf(i)));
  CHECK(AreIdentical(ByteType(), Typ(BasicKind::kUint8)));
  CHECK_FALSE(AreIdentical(make.NewNamed("T", i), i));
  const Param named = {make.NameOf("x"), i};
  CHECK(AreIdentical(c.SignatureOf({}, c.TupleOf({&named, 1}), nullptr, false),
                     make.Func({i})));
  CHECK_FALSE(AreIdentical(make.Func({c.SliceOf(i)}),
                           make.Func({c.SliceOf(i)}, {}, true)));
  CHECK_FALSE(AreIdentical(c.ArrayOf(i, 1), c.ArrayOf(i, 2)));
  // An unknown length has a hash of its own.
  CHECK(Identical(c.ArrayOf(i, -1), c.ArrayOf(i, 2)));
  CHECK_FALSE(AreIdentical(c.ChanOf(i, ChanDirection::kBoth),
                           c.ChanOf(i, ChanDirection::kSendOnly)));
}

TEST_CASE("structs") {
  TypeMaker make;
  Package q;
  make.Open(q, "example.com/q");
  Package p_again;
  make.Open(p_again);
  const Type* const i = make.int_type;
  const auto with = [&](Var* field, std::string_view tag = "") {
    return make.NewStruct({field}, {tag});
  };
  CHECK(AreIdentical(with(make.Field("x", i)), with(make.Field("x", i))));
  CHECK(AreIdentical(with(make.Field("X", i)),
                     with(make.Field("X", i, false, &q))));
  CHECK_FALSE(AreIdentical(with(make.Field("x", i)),
                           with(make.Field("x", i, false, &q))));
  CHECK(AreIdentical(with(make.Field("x", i)),
                     with(make.Field("x", i, false, &p_again))));
  CHECK_FALSE(
      AreIdentical(with(make.Field("x", i)), with(make.Field("x", i, true))));
  const Struct* const tagged = with(make.Field("x", i), "a");
  const Struct* const plain = with(make.Field("x", i));
  CHECK_FALSE(AreIdentical(tagged, plain));
  CHECK(IdenticalIgnoreTags(tagged, plain));

  // Tags in type arguments always count.
  const TypeParam* const t = make.NewTypeParam("T", make.universe().any_type());
  const Named* const box =
      make.NewNamed("Box", make.NewStruct({make.Field("v", t)}), {t});
  CHECK_FALSE(IdenticalIgnoreTags(make.InstanceOf(box, {tagged}),
                                  make.InstanceOf(box, {plain})));
  CHECK(AreIdentical(make.InstanceOf(box, {plain}),
                     make.InstanceOf(box, {with(make.Field("x", i))})));
}

TEST_CASE("interfaces are what they contain") {
  TypeMaker make;
  const Signature* const empty = make.Func({});
  const Interface* const both =
      make.NewInterface({make.Method("A", empty), make.Method("B", empty)});
  const Interface* const a = make.NewInterface({make.Method("A", empty)});
  const Interface* const embedding =
      make.NewInterface({make.Method("B", empty)}, {a});
  CHECK(AreIdentical(both, embedding));
  CHECK_FALSE(AreIdentical(both, a));
  const Interface* const numbers = make.NewInterface(
      {}, {make.UnionOf({{make.int_type, true}, {make.string_type, false}})});
  const Interface* const turned = make.NewInterface(
      {}, {make.UnionOf({{make.string_type, false}, {make.int_type, true}})});
  CHECK(AreIdentical(numbers, turned));
  CHECK_FALSE(AreIdentical(
      numbers, make.NewInterface({}, {make.UnionOf({{make.int_type, true}})})));
  CHECK(AreIdentical(make.NewInterface({}, {make.universe().comparable_type()}),
                     make.universe().comparable_type()->from_rhs));
}

TEST_CASE("type parameters of functions may have other names") {
  TypeMaker make;
  const auto generic = [&](std::string_view name, const Type* bound,
                           bool swap) {
    const TypeParam* const t = make.NewTypeParam(name, bound);
    const TypeParam* const u = make.NewTypeParam("U", bound, 1);
    const TypeParam* const list[] = {t, u};
    return make.context.SignatureOf(list, make.TupleOf({swap ? u : t}),
                                    make.TupleOf({make.context.SliceOf(t)}),
                                    false);
  };
  const Type* const any = make.universe().any_type();
  const Type* const comparable = make.universe().comparable_type();
  CHECK(AreIdentical(generic("T", any, false), generic("S", any, false)));
  CHECK_FALSE(AreIdentical(generic("T", any, false), generic("S", any, true)));
  CHECK_FALSE(
      AreIdentical(generic("T", any, false), generic("T", comparable, false)));
}

TEST_CASE("circles end") {
  TypeMaker make;
  // type A interface{ M() interface{ A } }, twice.
  const auto circle = [&](std::string_view name) {
    Named* const named = make.NewNamed(name);
    const Type* const inner = make.NewInterface({}, {named});
    named->from_rhs =
        make.NewInterface({make.Method("M", make.Func({}, {inner}), named)});
    return named->from_rhs;
  };
  CHECK(AreIdentical(circle("A"), circle("B")));
}

TEST_CASE("doubled types take no time") {
  TypeMaker make;
  const auto doubled = [&](const Type* type) {
    for (int i = 0; i < 200; ++i) {
      type = make.NewStruct({make.Field("a", type), make.Field("b", type)});
    }
    return type;
  };
  const Type* const x = doubled(make.int_type);
  CHECK(AreIdentical(x, doubled(make.int_type)));
  CHECK_FALSE(AreIdentical(x, doubled(make.string_type)));
  CHECK(Comparable(x, true));

  const TypeParam* const t = make.NewTypeParam("T", make.universe().any_type());
  const TypeParam* const u =
      make.NewTypeParam("U", make.universe().any_type(), 1);
  const Named* const pair = make.NewNamed("Pair", make.int_type, {t, u});
  const auto pairs = [&](const Type* type) {
    for (int i = 0; i < 200; ++i) {
      type = make.InstanceOf(pair, {type, type});
    }
    return type;
  };
  CHECK(AreIdentical(pairs(make.int_type),
                     pairs(make.NewAlias("I", make.int_type))));
}

TEST_CASE("what may be compared, and why not") {
  TypeMaker make;
  const Type* const slice = make.context.SliceOf(make.int_type);
  const Struct* const holder = make.NewStruct({make.Field("s", slice)});
  const auto cause = [](const Type* type, bool dynamic) {
    std::string text = "?";
    return Comparable(type, dynamic, &text) ? "yes" : text;
  };
  CHECK(cause(make.int_type, true) == "yes");
  CHECK(cause(slice, true).empty());
  CHECK(cause(Typ(BasicKind::kUntypedNil), true).empty());
  CHECK(cause(holder, true) == "struct containing []int cannot be compared");
  const Named* const t = make.NewNamed("T", holder);
  CHECK(cause(make.context.ArrayOf(t, 2), true) == "[2]p.T cannot be compared");
  const Type* const error = make.universe().error_type();
  CHECK(cause(error, true) == "yes");
  CHECK(cause(error, false) == "incomparable types in type set");
  CHECK(cause(make.NewTypeParam("P", error), true) ==
        "incomparable types in type set");
  CHECK(cause(make.NewTypeParam("P", make.universe().comparable_type()),
              true) == "yes");
  const Type* const nothing = make.NewInterface(
      {}, {make.UnionOf({{make.int_type, false}}), make.string_type});
  CHECK(cause(nothing, false) == "empty type set");
  // A type that contains itself through a pointer.
  Named* const node = make.NewNamed("Node");
  node->from_rhs =
      make.NewStruct({make.Field("next", make.context.PointerTo(node))});
  CHECK(cause(node, true) == "yes");
}

TEST_CASE("questions about type parameters") {
  TypeMaker make;
  const TypeParam* const number = make.NewTypeParam(
      "N", make.NewInterface({},
                             {make.UnionOf({{make.int_type, true},
                                            {Typ(BasicKind::kFloat64), true}})},
                             true));
  CHECK(AllNumeric(number));
  CHECK_FALSE(IsNumeric(number));
  CHECK_FALSE(AllInteger(number));
  CHECK_FALSE(HasNil(number));
  CHECK_FALSE(AllNumeric(make.NewTypeParam("A", make.universe().any_type())));
  CHECK_FALSE(IsNonTypeParamInterface(number));
  const Type* const slice = make.context.SliceOf(number);
  const TypeParam* const other =
      make.NewTypeParam("O", make.universe().any_type());
  CHECK(IsParameterized({}, slice));
  CHECK(IsParameterized({&number, 1}, slice));
  CHECK_FALSE(IsParameterized({&other, 1}, slice));
  CHECK(HasNil(make.NewTypeParam("S", make.context.SliceOf(make.int_type))));
  CHECK(HasEmptyTypeSet(make.NewTypeParam(
      "E", make.NewInterface({}, {make.int_type, make.string_type}))));
}

}  // namespace
}  // namespace gdlint::types
