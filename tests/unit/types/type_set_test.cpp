// Type sets of interfaces.

#include "types/type_set.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/unit/types/type_maker.h"
#include "types/predicates.h"

namespace gdlint::types {
namespace {

std::string Terms(const TypeSet* set) {
  std::string text = set->comparable ? "comparable" : "";
  if (set->has_all_terms) {
    return text + "all";
  }
  for (const TypeTerm& term : set->terms) {
    text += (term.tilde ? " ~" : " ") + TypeString(term.type);
  }
  return text;
}

TEST_CASE("terms") {
  TypeMaker make;
  const Type* const i = make.int_type;
  const Type* const s = make.string_type;
  const Type* const my = make.NewNamed("My", i);
  const auto terms = [&](std::vector<const Type*> embeddeds) {
    return Terms(TypeSetOf(make.NewInterface({}, std::move(embeddeds))));
  };
  CHECK(terms({}) == "all");
  CHECK(terms({i}) == " int");
  CHECK(terms({i, s}).empty());
  CHECK(terms({make.UnionOf({{i, true}, {s, false}})}) == " ~int string");
  CHECK(terms({make.UnionOf({{i, false}, {i, true}})}) == " ~int");
  CHECK(terms({make.UnionOf({{i, true}}), my}) == " example.com/p.My");
  CHECK(terms({make.UnionOf({{i, true}, {s, true}}),
               make.UnionOf({{s, false}, {Typ(BasicKind::kBool), false}})}) ==
        " string");
  // There is no type whose underlying type is My.
  CHECK(terms({make.UnionOf({{my, true}, {s, false}})}) == " string");
  CHECK(terms({make.universe().comparable_type()}) == "comparableall");
  CHECK(terms({make.universe().comparable_type(),
               make.UnionOf({{i, false}, {make.context.SliceOf(i), false}})}) ==
        " int");
  CHECK(terms({make.universe().any_type()}) == "all");
  CHECK(terms({make.UnionOf(
            {{make.universe().any_type(), false}, {i, false}})}) == "all");
}

TEST_CASE("methods come from everywhere, once") {
  TypeMaker make;
  Package q;
  make.Open(q, "example.com/q");
  const Signature* const empty = make.Func({});
  const Interface* const first =
      make.NewInterface({make.Method("m", empty), make.Method("B", empty)});
  const Interface* const second =
      make.NewInterface({make.Method("m", empty, nullptr, &q),
                         make.Method("B", empty), make.Method("A", empty)});
  const TypeSet* const set = TypeSetOf(make.NewInterface({}, {first, second}));
  std::string names;
  for (const Func* const method : set->methods) {
    names += std::string(method->name->text()) + " ";
  }
  CHECK(names == "A B m m ");
  CHECK(set->methods[2]->package == &make.p);
  CHECK(set->LookupMethod(&q, make.NameOf("m"), false) == set->methods[3]);
  CHECK(set->LookupMethod(&q, make.NameOf("b"), false) == nullptr);
  uint32_t index = 0;
  CHECK(set->LookupMethod(&q, make.NameOf("b"), true, &index) ==
        set->methods[1]);
  CHECK(index == 1);
  CHECK(set->IsMethodSet());
}

TEST_CASE("problems") {
  TypeMaker make;
  const Signature* const empty = make.Func({});
  const Interface* const a = make.NewInterface({make.Method("A", empty)});
  const Interface* const other =
      make.NewInterface({make.Method("A", make.Func({make.int_type}))});
  const Interface* const twice = make.NewInterface(
      {make.Method("B", empty), make.Method("B", empty)}, {a, a, other});
  // Asking before does not lose them.
  TypeSetOf(twice);
  std::vector<TypeSetProblem> problems;
  TypeSetOf(twice, &problems);
  REQUIRE(problems.size() == 3);
  // One method may come in twice, since go1.14.
  CHECK(problems[0].embedded_index == 1);
  CHECK(problems[0].message == "duplicate method A");
  CHECK(problems[0].needs_minor_version == 14);
  CHECK(problems[1].embedded_index == 2);
  CHECK(problems[1].message == "duplicate method A");
  CHECK(problems[1].needs_minor_version == 0);
  CHECK(problems[2].embedded_index == -1);
  CHECK(problems[2].message == "duplicate method B");

  problems.clear();
  const Interface* const again =
      make.NewInterface({make.Method("A", empty)},
                        {a, make.UnionOf({{make.int_type, true}}),
                         make.universe().comparable_type(), make.int_type});
  TypeSetOf(again, &problems);
  REQUIRE(problems.size() == 4);
  CHECK(problems[0].message == "embedding interface element ~int");
  CHECK(problems[1].message == "embedding constraint interface comparable");
  CHECK(problems[2].message == "embedding non-interface type int");
  CHECK(problems[2].needs_minor_version == 18);
  CHECK(problems[3].needs_minor_version == 14);

  problems.clear();
  std::vector<Term> many;
  for (int i = 0; i < 101; ++i) {
    many.push_back({make.context.ArrayOf(make.int_type, i), false});
  }
  CHECK(TypeSetOf(make.NewInterface({}, {make.UnionOf(many)}), &problems)
            ->IsAll());
  REQUIRE(problems.size() == 2);
  CHECK(problems[1].message ==
        "cannot handle more than 100 union terms (implementation limitation)");
}

TEST_CASE("circles and chains end") {
  TypeMaker make;
  Named* const a = make.NewNamed("A");
  const Interface* const b =
      make.NewInterface({make.Method("B", make.Func({}))}, {a});
  a->from_rhs = make.NewInterface({make.Method("A", make.Func({}))}, {b});
  CHECK(TypeSetOf(b)->methods.size() == 2);
  CHECK(TypeSetOf(As<Interface>(a->from_rhs))->methods.size() == 2);

  // A term that compares interfaces which embed the one being asked for.
  Named* const c = make.NewNamed("C");
  const auto holder = [&] {
    return make.NewStruct({make.Field("f", make.NewInterface({}, {c}))});
  };
  c->from_rhs = make.NewInterface(
      {}, {make.UnionOf({{holder(), false}, {holder(), false}})});
  CHECK(TypeSetOf(As<Interface>(c->from_rhs))->terms.size() == 1);

  const Type* last = make.NewInterface({make.Method("M", make.Func({}))});
  for (int i = 0; i < 5'000; ++i) {
    last = make.NewInterface({}, {last, last});
  }
  CHECK(TypeSetOf(As<Interface>(last))->methods.size() == 1);
}

TEST_CASE("what all types of a type set have in common") {
  TypeMaker make;
  TypeContext& c = make.context;
  const Type* const i = make.int_type;
  const auto common = [&](std::vector<Term> terms) {
    std::string cause;
    const Type* const type = CommonUnder(
        c,
        make.NewTypeParam("T",
                          make.NewInterface({}, {make.UnionOf(terms)}, true)),
        &cause);
    return type != nullptr ? TypeString(type) : cause;
  };
  const Type* const both = c.ChanOf(i, ChanDirection::kBoth);
  const Type* const send = c.ChanOf(i, ChanDirection::kSendOnly);
  const Type* const receive = c.ChanOf(i, ChanDirection::kReceiveOnly);
  CHECK(common({{i, true}}) == "int");
  CHECK(common({{i, false}, {make.NewNamed("My", i), false}}) == "int");
  CHECK(common({{both, false}, {send, false}}) == "chan<- int");
  CHECK(common({{receive, false}, {send, false}}) ==
        "channels <-chan int and chan<- int have conflicting directions");
  CHECK(
      common({{both, false}, {c.ChanOf(both, ChanDirection::kBoth), false}}) ==
      "channels chan int and chan chan int have different element types");
  CHECK(common({{i, false}, {make.string_type, false}}) ==
        "int and string have different underlying types");
  std::string cause;
  CHECK(CommonUnder(c, make.NewTypeParam("T", make.universe().any_type()),
                    &cause) == nullptr);
  CHECK(cause == "no specific type");
}

TEST_CASE("constraints that are no interfaces are wrapped once") {
  TypeMaker make;
  const TypeParam* const t = make.NewTypeParam("T", make.int_type);
  const Interface* const bound = ConstraintInterface(t);
  CHECK(bound->is_implicit);
  CHECK(ConstraintInterface(t) == bound);
  CHECK(Under(t) == bound);
  CHECK(Terms(TypeSetOf(bound)) == " int");
  CHECK(TypeString(bound) == "int");
  CHECK(
      TypeSetOf(ConstraintInterface(make.NewTypeParam("U", nullptr)))->IsAll());
}

}  // namespace
}  // namespace gdlint::types
