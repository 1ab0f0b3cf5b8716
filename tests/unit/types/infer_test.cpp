#include "types/infer.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/unit/types/type_world.h"
#include "types/substitute.h"
#include "types/type_string.h"

namespace gdlint::types {
namespace {

class Call {
 public:
  explicit Call(std::vector<const TypeParam*> type_params)
      : type_params_(std::move(type_params)) {}

  Call& Pass(const Type* param, const Type* arg) {
    params_.push_back({nullptr, param});
    Operand operand;
    operand.mode = Mode::kValue;
    operand.type = arg;
    args_.push_back(operand);
    return *this;
  }
  Call& Given(const Type* arg) {
    given_.push_back(arg);
    return *this;
  }
  // The type arguments, or the error.
  std::string Run(TypeWorld& w, uint32_t minor_version = 26) {
    const ResolveObject resolve(
        [](Object*) {},
        [&w] { return TypeStringOptions{Qualify::kName, &w.package}; });
    const InferenceResult result =
        Infer(w.types,
              {.type_params = type_params_,
               .type_args = given_,
               .params = params_,
               .args = args_,
               .minor_version = minor_version},
              resolve, [](const Operand&) { return std::string("x"); });
    if (result.type_args.empty()) {
      return result.error;
    }
    std::string text;
    for (const Type* const type : result.type_args) {
      text += (text.empty() ? "" : ", ") +
              TypeString(type, {Qualify::kName, &w.package});
    }
    return text;
  }

 private:
  std::vector<const TypeParam*> type_params_;
  std::vector<const Type*> given_;
  std::vector<Param> params_;
  std::vector<Operand> args_;
};

TEST_CASE("from arguments") {
  TypeWorld w;
  TypeParam* const p = w.NewTypeParam("P", 0, w.any());
  TypeParam* const q = w.NewTypeParam("Q", 1, w.any());
  const Type* const map = w.types.MapOf(p, w.types.SliceOf(q));
  CHECK(Call({p, q})
            .Pass(map, w.types.MapOf(Int(), w.types.SliceOf(String())))
            .Run(w) == "int, string");
  CHECK(Call({p, q}).Pass(map, Int()).Run(w) ==
        "type int of x does not match map[P][]Q (cannot infer P and Q)");
  CHECK(Call({p}).Pass(p, Int()).Pass(p, String()).Run(w) ==
        "type string of x does not match inferred type int for P");
  CHECK(Call({p, q}).Given(Int()).Pass(p, String()).Pass(q, String()).Run(w) ==
        "int, string");
  CHECK(Call({p, q}).Pass(p, Int()).Run(w).starts_with(
      "cannot infer Q (declared at "));
  // A defined type wins, whatever the order.
  Named* const named = w.NewNamed("Ints", w.types.SliceOf(Int()));
  CHECK(Call({p}).Pass(p, w.types.SliceOf(Int())).Pass(p, named).Run(w) ==
        "Ints");
  CHECK(Call({p}).Pass(p, named).Pass(p, w.types.SliceOf(Int())).Run(w) ==
        "Ints");
}

TEST_CASE("untyped constants") {
  TypeWorld w;
  TypeParam* const p = w.NewTypeParam("P", 0, w.any());
  const Type* const untyped_int = Typ(BasicKind::kUntypedInt);
  const Type* const untyped_float = Typ(BasicKind::kUntypedFloat);
  CHECK(Call({p}).Pass(p, untyped_int).Pass(p, untyped_float).Run(w) ==
        "float64");
  CHECK(Call({p})
            .Pass(p, untyped_int)
            .Pass(p, Typ(BasicKind::kUntypedString))
            .Run(w) ==
        "mismatched types untyped int and untyped string (cannot infer P)");
  CHECK(Call({p}).Pass(p, untyped_int).Pass(p, Typ(BasicKind::kInt8)).Run(w) ==
        "int8");
}

TEST_CASE("from constraints") {
  TypeWorld w;
  TypeParam* const e = w.NewTypeParam("E", 1, w.any());
  TypeParam* const s = w.NewTypeParam(
      "S", 0, w.InterfaceOf({}, {w.UnionOf({{w.types.SliceOf(e), true}})}));
  Named* const named = w.NewNamed("Ints", w.types.SliceOf(Int()));
  CHECK(Call({s, e}).Pass(s, named).Run(w) == "Ints, int");
  CHECK(Call({s, e}).Pass(s, String()).Run(w) ==
        "S (type string) does not satisfy interface{~[]E}");

  // From the methods of the argument.
  TypeParam* const q = w.NewTypeParam("Q", 1, w.any());
  TypeParam* const m = w.NewTypeParam(
      "M", 0, w.InterfaceOf({w.Method("Get", Int(), w.FuncOf({}, {q}))}, {}));
  Named* const t = w.NewNamed("T", w.StructOf({}));
  w.SetMethods(t, {w.Method("Get", t, w.FuncOf({}, {String()}))});
  CHECK(Call({m, q}).Pass(m, t).Run(w) == "T, string");
  CHECK(Call({m, q}).Pass(m, Int()).Run(w) ==
        "M (type int) does not satisfy interface{Get() Q} (missing method "
        "Get)");
}

TEST_CASE("cycles are not inferred") {
  TypeWorld w;
  TypeParam* const p = w.NewTypeParam("P", 0, nullptr);
  p->bound = w.InterfaceOf({}, {w.types.PointerTo(p)});
  CHECK(Call({p}).Run(w).starts_with("cannot infer P"));
}

TEST_CASE("interfaces take part since go1.21") {
  TypeWorld w;
  TypeParam* const p = w.NewTypeParam("P", 0, w.any());
  const Type* const func = w.FuncOf({}, {p});
  TypeParam* const q = w.NewTypeParam("P", 0, w.any());
  Named* const generic = w.NewGeneric("I", {q});
  generic->from_rhs =
      w.InterfaceOf({w.Method("Get", generic, w.FuncOf({}, {q}))}, {});
  const Type* const arg = p;
  const Type* const param = w.types.InstanceOf(generic, {&arg, 1});
  Named* const t = w.NewNamed("T", w.StructOf({}));
  w.SetMethods(t, {w.Method("Get", t, w.FuncOf({}, {Int()}))});
  CHECK(Call({p}).Pass(param, t).Run(w) == "int");
  CHECK(Call({p}).Pass(param, t).Run(w, 20) ==
        "type T of x does not match I[P] (cannot infer P)");
  CHECK(Call({p}).Pass(func, w.FuncOf({}, {t})).Run(w) == "T");
}

TEST_CASE("types that double at each step are unified and replaced in time") {
  TypeWorld w;
  TypeParam* const p = w.NewTypeParam("P", 0, w.any());
  const Type* wanted = p;
  const Type* given = Int();
  for (int i = 0; i < 100; ++i) {
    wanted = w.types.MapOf(wanted, wanted);
    given = w.types.MapOf(given, given);
  }
  CHECK(Call({p}).Pass(wanted, given).Run(w) == "int");
  const TypeParam* const from = p;
  const Type* const to = Int();
  CHECK(Substitute(w.types, wanted, {{&from, 1}, {&to, 1}}) == given);
}

TEST_CASE("renamed type parameters have bounds of their own") {
  TypeWorld w;
  TypeParam* const p = w.NewTypeParam("P", 0, w.any());
  TypeParam* const q =
      w.NewTypeParam("Q", 1, w.InterfaceOf({}, {w.types.PointerTo(p)}));
  const TypeParam* const list[] = {p, q};
  const RenamedTypeParams renamed =
      RenameTypeParams(w.types, list, w.TupleOf({p, w.types.SliceOf(q)}));
  REQUIRE(renamed.type_params.size() == 2);
  const Tuple* const tuple = TryAs<Tuple>(renamed.type);
  REQUIRE(tuple != nullptr);
  CHECK(tuple->params[0].type == renamed.type_params[0]);
  CHECK(tuple->params[0].type != p);
  const Interface* const bound =
      TryAs<Interface>(renamed.type_params[1]->bound);
  REQUIRE(bound != nullptr);
  CHECK(bound->embeddeds[0] == w.types.PointerTo(renamed.type_params[0]));
}

}  // namespace
}  // namespace gdlint::types
