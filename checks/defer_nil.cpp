#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/nil_use.h"
#include "checks/package_pass.h"
#include "checks/phrases.h"
#include "checks/places.h"
#include "checks/resources/ways.h"
#include "checks/syntax/file_index.h"
#include "dataflow/fallible_call.h"
#include "dataflow/flow_order.h"
#include "dataflow/panic_reach.h"
#include "dataflow/program.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "lexer/token.h"
#include "types/constant.h"
#include "types/predicates.h"

namespace gdlint::checks {
namespace {

using dataflow::FallibleCall;
using dataflow::FallibleUse;
using dataflow::FlowOrder;
using dataflow::Origin;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

constexpr int kMaxPhis = 16;

// What a `defer` cannot do without.
struct Needed {
  Value value;
  // It panics at the statement, not when the call runs.
  bool is_at_once = false;
};

// How surely something is nil.
enum class IsNil : uint8_t { kNo, kOnSomePath, kAlways };

class Finder {
 public:
  Finder(PackagePass& pass, const Function& function)
      : pass_(pass),
        nil_(pass.program()),
        function_(function),
        order_(pass.Get<FlowOrder>(function)) {}

  void Look() {
    for (const Inst& inst : function_.insts()) {
      if (inst.op == Op::kDefer) {
        LookAtOperands(inst);
        LookAtLiteral(inst);
      }
    }
    LookAtErrors();
  }

 private:
  // A test that recovers what the nil brings about.
  bool IsTestOfPanic() const {
    return PackagePass::IsTest(function_) &&
           std::ranges::any_of(function_.insts(), [&](const Inst& inst) {
             return inst.op == Op::kDefer &&
                    dataflow::RecoversOf(function_, inst, pass_.analyses()) !=
                        dataflow::Recovers::kNot;
           });
  }

  // The function, interface or receiver of a deferred call.
  std::optional<Needed> NeededBy(const Inst& defer) const {
    const auto operands = function_.Operands(defer);
    switch (ModeOf(defer)) {
      case ssa::CallMode::kBuiltin:
        return std::nullopt;
      case ssa::CallMode::kDynamic:
        return Needed{operands[0], false};
      case ssa::CallMode::kInvoke:
        return Needed{operands[0], true};
      case ssa::CallMode::kStatic:
        break;
    }
    const types::Func* const callee = dataflow::NamedCallee(function_, defer);
    if (callee == nullptr || !callee->is_method() || operands.size() < 2) {
      return std::nullopt;
    }
    if (const auto copied = PointerCopiedFrom(operands[1])) {
      return Needed{*copied, true};
    }
    // `func (c Closer) Close() error { return c() }`.
    if (types::UnderAs<types::Signature>(function_.TypeOf(operands[1])) !=
        nullptr) {
      const dataflow::Summary& summary = pass_.program().SummaryOf(callee);
      return summary.is_known && !summary.params.empty() &&
                     summary.params[0].nil_panics
                 ? std::optional(Needed{operands[1], false})
                 : std::nullopt;
    }
    const bool is_pointer = types::UnderAs<types::Pointer>(
                                function_.TypeOf(operands[1])) != nullptr;
    if (!is_pointer || nil_.OfReceiver(*callee) != NilFate::kPanics) {
      return std::nullopt;
    }
    return Needed{operands[1], false};
  }

  // p, for the copy `*p` that a value method gets.
  std::optional<Value> PointerCopiedFrom(Value receiver) const {
    if (!receiver.is_inst()) {
      return std::nullopt;
    }
    const Inst& load = function_.inst(receiver.inst());
    if (load.op != Op::kLoad ||
        types::UnderAs<types::Pointer>(load.type) != nullptr ||
        types::IsInterface(load.type)) {
      return std::nullopt;
    }
    return function_.Operands(load)[0];
  }

  void LookAtOperands(const Inst& defer) {
    const auto needed = NeededBy(defer);
    if (!needed.has_value() || IsTestOfPanic()) {
      return;
    }
    if (IsFoundNil(needed->value, defer)) {
      Report(defer, "is nil here",
             needed->is_at_once ? "this statement panics"
                                : "the deferred call panics when it runs");
      return;
    }
    if (IsTested(needed->value, defer)) {
      return;
    }
    Value nil_at;
    IsNil is_nil = IsNilThere(needed->value, defer, nil_at);
    if (is_nil == IsNil::kNo) {
      return;
    }
    Report(defer, is_nil == IsNil::kAlways ? "is nil here" : "may be nil here",
           needed->is_at_once ? "this statement panics"
                              : "the deferred call panics when it runs");
  }

  // `if f == nil { defer f() }`.
  bool IsFoundNil(Value value, const Inst& defer) const {
    for (const dataflow::Condition& condition :
         order_.ConditionsOf(defer.block)) {
      const auto test = dataflow::NilTestOf(function_, condition.value);
      if (test.has_value() && test->tested == value) {
        return test->is_equal == condition.holds;
      }
    }
    return false;
  }

  // Some condition on the way to `defer` is about the value, or is met only
  // later than the value was chosen and may be about it.
  bool IsTested(Value value, const Inst& defer) const {
    for (const dataflow::Condition& condition :
         order_.ConditionsOf(defer.block)) {
      const auto test = dataflow::NilTestOf(function_, condition.value);
      if (test.has_value() && IsSame(test->tested, value)) {
        return true;
      }
    }
    return false;
  }

  bool IsSame(Value a, Value b) const {
    if (a == b) {
      return true;
    }
    if (!a.is_inst() || !b.is_inst()) {
      return false;
    }
    const Inst& x = function_.inst(a.inst());
    const Inst& y = function_.inst(b.inst());
    return x.op == y.op && x.aux == y.aux &&
           (x.op == Op::kLoad || x.op == Op::kFieldAddr ||
            x.op == Op::kField) &&
           IsSame(function_.Operands(x)[0], function_.Operands(y)[0]);
  }

  IsNil IsNilThere(Value value, const Inst& defer, Value& nil_at) const {
    if (dataflow::IsNilConst(function_, value)) {
      nil_at = value;
      return IsNil::kAlways;
    }
    if (!value.is_inst()) {
      return IsNil::kNo;
    }
    const Inst& inst = function_.inst(value.inst());
    switch (inst.op) {
      case Op::kPhi: {
        int phis = 0;
        return HasNilEdge(value.inst(), defer, phis) ? IsNil::kOnSomePath
                                                     : IsNil::kNo;
      }
      case Op::kLoad:
        return IsLoadNil(value, inst, defer);
      case Op::kCall:
        return IsResultNil(inst) ? IsNil::kOnSomePath : IsNil::kNo;
      default:
        return IsNil::kNo;
    }
  }

  // Nil comes in from where control joins, not in a loop, and no condition
  // stands between that and the `defer`.
  bool HasNilEdge(InstId phi, const Inst& defer, int& phis) const {
    const Inst& inst = function_.inst(phi);
    if (++phis > kMaxPhis || order_.IsInLoop(inst.block) ||
        HasFurtherConditions(inst.block, defer.block)) {
      return false;
    }
    const auto operands = function_.Operands(inst);
    for (size_t i = 0; i < operands.size(); ++i) {
      const ssa::BlockId from = function_.Preds(inst.block)[i];
      if (dataflow::IsNilConst(function_, operands[i])) {
        if (IsOneOfThese(from, inst.block)) {
          continue;
        }
        return true;
      }
      if (operands[i].is_inst() &&
          function_.inst(operands[i].inst()).op == Op::kPhi &&
          !IsFoundNonNil(operands[i], from, inst.block) &&
          HasNilEdge(operands[i].inst(), defer, phis)) {
        return true;
      }
    }
    return false;
  }

  // `if kind == "a" { … } else if kind == "b" { … }`, behind a test of `kind`,
  // or what it was chosen from, against the same: it is one of them.
  bool IsOneOfThese(ssa::BlockId from, ssa::BlockId to) const {
    std::vector<dataflow::Condition> failed = order_.ConditionsOf(from);
    const Inst& last = function_.InstsOf(from).back();
    if (last.op == Op::kIf) {
      failed.push_back({function_.Operands(last)[0],
                        function_.Succs(from)[0] == to, function_.IdOf(last)});
    }
    std::erase_if(failed, [&](const dataflow::Condition& condition) {
      return condition.holds || !ComparedWith(condition.value).has_value();
    });
    return std::ranges::count_if(failed, [&](const auto& condition) {
             return IsAskedElsewhere(condition.value, failed);
           }) > 1;
  }

  // Another comparison with the same constant comes before.
  bool IsAskedElsewhere(Value condition,
                        const std::vector<dataflow::Condition>& but) const {
    const auto constant = ComparedWith(condition);
    return std::ranges::any_of(function_.insts(), [&](const Inst& inst) {
      const Value other(function_.IdOf(inst));
      return inst.op == Op::kBinOp &&
             other.inst().index < condition.inst().index &&
             std::ranges::none_of(
                 but,
                 [&](const dataflow::Condition& one) {
                   return one.value == other;
                 }) &&
             ComparedWith(other) == constant;
    });
  }

  // The constant in `x == constant`.
  std::optional<std::string> ComparedWith(Value condition) const {
    if (!condition.is_inst()) {
      return std::nullopt;
    }
    const Inst& inst = function_.inst(condition.inst());
    if (inst.op != Op::kBinOp ||
        static_cast<lexer::TokenKind>(inst.detail) != lexer::TokenKind::kEql) {
      return std::nullopt;
    }
    const auto constant =
        dataflow::ConstantOf(function_, function_.Operands(inst)[1]);
    return constant ? std::optional(types::constant::ExactString(*constant))
                    : std::nullopt;
  }

  // `if f == nil { f = other }`: what comes around the branch is not nil.
  bool IsFoundNonNil(Value value, ssa::BlockId from, ssa::BlockId to) const {
    const auto says_so = [&](Value condition, bool holds) {
      const auto test = dataflow::NilTestOf(function_, condition);
      return test.has_value() && test->tested == value &&
             test->is_equal != holds;
    };
    const Inst& last = function_.InstsOf(from).back();
    const auto succs = function_.Succs(from);
    if (last.op == Op::kIf && succs[0] != succs[1] &&
        says_so(function_.Operands(last)[0], succs[0] == to)) {
      return true;
    }
    return std::ranges::any_of(
        order_.ConditionsOf(from), [&](const dataflow::Condition& condition) {
          return says_so(condition.value, condition.holds);
        });
  }

  // On the way from `first` to `then` something is asked: it may be about what
  // the value depends on.
  bool HasFurtherConditions(ssa::BlockId first, ssa::BlockId then) const {
    const auto before = order_.ConditionsOf(first);
    const auto conditions = order_.ConditionsOf(then);
    return std::ranges::any_of(
        conditions, [&](const dataflow::Condition& condition) {
          return !IsOpenedInBetween(condition, first) &&
                 std::ranges::none_of(before, [&](const auto& earlier) {
                   return earlier.test == condition.test;
                 });
        });
  }

  // `f, err := open(name)` after `first`, and `err` was nil: what comes with
  // another result is no test of what the value depends on.
  bool IsOpenedInBetween(const dataflow::Condition& condition,
                         ssa::BlockId first) const {
    const auto test = dataflow::NilTestOf(function_, condition.value);
    if (!test.has_value() || !test->tested.is_inst()) {
      return false;
    }
    const auto origin = dataflow::OnlyOrigin(function_, test->tested);
    if (!origin || origin->function != &function_ || !origin->value.is_inst() ||
        function_.inst(origin->value.inst()).op != Op::kExtract) {
      return false;
    }
    const Value tuple =
        function_.Operands(function_.inst(origin->value.inst()))[0];
    if (!tuple.is_inst() || function_.inst(tuple.inst()).op != Op::kCall ||
        !dataflow::IsErrorType(function_.TypeOf(test->tested))) {
      return false;
    }
    const Inst& call = function_.inst(tuple.inst());
    return ModeOf(call) == ssa::CallMode::kStatic &&
           (call.block == first || order_.Reaches(first, call.block));
  }

  // A variable that nothing was stored to on some way.
  IsNil IsLoadNil(Value value, const Inst& load, const Inst& defer) const {
    const Origin variable =
        dataflow::VariableOf(function_, function_.Operands(load)[0]);
    if (variable.function != &function_ || !variable.value.is_inst() ||
        function_.inst(variable.value.inst()).op != Op::kAlloc) {
      return IsNil::kNo;
    }
    const dataflow::Origins origins = dataflow::OriginsOf(function_, value);
    if (!origins.is_complete) {
      return IsNil::kNo;
    }
    const auto is_nil = [](const Origin& origin) {
      return dataflow::IsNilConst(*origin.function, origin.value);
    };
    // `func() { f = open() }()`: whether that ran before is not known here.
    const bool is_set_elsewhere =
        std::ranges::any_of(origins.values, [&](const Origin& origin) {
          return origin.function != &function_ && !is_nil(origin);
        });
    if (is_set_elsewhere) {
      return IsNil::kNo;
    }
    if (std::ranges::all_of(origins.values, is_nil)) {
      return origins.may_be_zero || !origins.values.empty() ? IsNil::kAlways
                                                            : IsNil::kNo;
    }
    const bool may_be =
        origins.may_be_zero || std::ranges::any_of(origins.values, is_nil);
    const Inst& alloc = function_.inst(variable.value.inst());
    return may_be && !order_.IsInLoop(defer.block) &&
                   !HasFurtherConditions(alloc.block, defer.block)
               ? IsNil::kOnSomePath
               : IsNil::kNo;
  }

  // A function of the program with one result returns nil somewhere, as far as
  // the arguments say.
  bool IsResultNil(const Inst& call) const {
    const dataflow::FunctionId id =
        pass_.program().TargetsOf(function_, call).only();
    const Function* const body =
        id.has_value() ? pass_.program().node(id).body : nullptr;
    return body != nullptr && body->result_types().size() == 1 &&
           (types::UnderAs<types::Signature>(call.type) != nullptr ||
            types::IsInterface(call.type)) &&
           std::ranges::any_of(body->insts(), [&](const Inst& inst) {
             return inst.op == Op::kReturn &&
                    inst.block != body->recover_block() &&
                    dataflow::IsNilConst(*body, body->Operands(inst)[0]) &&
                    !IsExcluded(call, *body, inst.block);
           });
  }

  // `lock(true)`, of `func lock(wanted bool) func() { if !wanted { return nil }
  // … }`: with these arguments it does not get to `block`.
  bool IsExcluded(const Inst& call, const Function& body,
                  ssa::BlockId block) const {
    return std::ranges::any_of(pass_.Get<FlowOrder>(body).ConditionsOf(block),
                               [&](const dataflow::Condition& condition) {
                                 const auto holds =
                                     HoldsFor(call, body, condition.value);
                                 return holds && *holds != condition.holds;
                               });
  }

  // What a condition on a parameter of `body` is in `call`, whose argument is a
  // constant.
  std::optional<bool> HoldsFor(const Inst& call, const Function& body,
                               Value condition) const {
    if (!condition.is_inst()) {
      const auto given = ConstantGiven(call, condition);
      return given && given->kind() == types::ConstantKind::kBool
                 ? std::optional(types::constant::BoolValue(*given))
                 : std::nullopt;
    }
    const Inst& test = body.inst(condition.inst());
    if (test.op != Op::kBinOp) {
      return std::nullopt;
    }
    const auto op = static_cast<lexer::TokenKind>(test.detail);
    const bool is_equal = op == lexer::TokenKind::kEql;
    const auto given = ConstantGiven(call, body.Operands(test)[0]);
    const auto other = dataflow::ConstantOf(body, body.Operands(test)[1]);
    if (!given || !other || (!is_equal && op != lexer::TokenKind::kNeq)) {
      return std::nullopt;
    }
    return (types::constant::ExactString(*given) ==
            types::constant::ExactString(*other)) == is_equal;
  }

  // The argument for a parameter.
  std::optional<types::Value> ConstantGiven(const Inst& call,
                                            Value param) const {
    const auto arguments = function_.Operands(call).subspan(1);
    return param.kind() == Value::Kind::kParam &&
                   param.index() < arguments.size()
               ? dataflow::ConstantOf(function_, arguments[param.index()])
               : std::nullopt;
  }

  // A deferred literal uses a variable that is assigned only behind the
  // `defer`, and a return stands before that.
  void LookAtLiteral(const Inst& defer) {
    const Value callee = function_.Operands(defer)[0];
    if (!callee.is_inst() ||
        function_.inst(callee.inst()).op != Op::kMakeClosure) {
      return;
    }
    const auto captured = function_.Operands(function_.inst(callee.inst()));
    const Function* const literal =
        captured[0].kind() == Value::Kind::kFunction
            ? function_.callees()[captured[0].index()].child
            : nullptr;
    for (uint32_t i = 1; literal != nullptr && i < captured.size(); ++i) {
      if (IsAssignedTooLate(captured[i], defer) &&
          nil_.OfFreeVar(*literal, i - 1) == NilFate::kPanics) {
        const types::Var* const var = literal->free_vars()[i - 1].var;
        if (var != nullptr) {
          ReportLiteral(defer, *var);
          return;
        }
      }
    }
  }

  bool IsAssignedTooLate(Value variable, const Inst& defer) const {
    if (!variable.is_inst() ||
        function_.inst(variable.inst()).op != Op::kAlloc) {
      return false;
    }
    const types::Type* const type =
        types::As<types::Pointer>(function_.TypeOf(variable))->elem;
    if (!types::HasNil(type) || types::IsTypeParam(type)) {
      return false;
    }
    const dataflow::VariableUses uses =
        dataflow::UsesOf(Origin{&function_, variable});
    std::vector<InstId> stores;
    for (const dataflow::VariableUse& store : uses.stores) {
      if (store.function != &function_) {
        return false;
      }
      stores.push_back(store.inst);
    }
    const InstId from = function_.IdOf(defer);
    if (uses.escapes || std::ranges::any_of(stores, [&](InstId store) {
          return order_.MayFollow(store, from);
        })) {
      return false;
    }
    return std::ranges::any_of(function_.insts(), [&](const Inst& inst) {
      return inst.op == Op::kReturn &&
             inst.block != function_.recover_block() &&
             order_.MayFollowWithout(from, function_.IdOf(inst), stores);
    });
  }

  // The error was looked at, and control goes on with what the failed call
  // gave.
  void LookAtErrors() {
    for (const FallibleCall& call : dataflow::FallibleCallsOf(function_)) {
      if (!call.error.has_value()) {
        continue;
      }
      for (const FallibleUse& use : dataflow::UsesOf(call, pass_.analyses())) {
        if (use.known == dataflow::kErrorIsSet) {
          LookAtUse(call, use);
        }
      }
    }
  }

  bool MayFollow(const FallibleCall& call, InstId defer) const {
    return function_.inst(call.call).block == function_.inst(defer).block ||
           resources::MayFollowFailure(function_, pass_.program(), call.call,
                                       Value(call.error), defer);
  }

  void LookAtUse(const FallibleCall& call, const FallibleUse& use) {
    const Inst& inst = function_.inst(use.inst);
    InstId defer = use.inst;
    NilFate fate = NilFate::kUnknown;
    bool is_at_once = use.is_part;
    if (inst.op == Op::kDefer) {
      fate = use.is_part ? NilFate::kPanics
                         : nil_.OfOperand(function_, inst, use.operand);
      is_at_once |= ModeOf(inst) == ssa::CallMode::kInvoke;
    } else if (inst.op == Op::kMakeClosure && use.operand > 0) {
      const Value callee = function_.Operands(inst)[0];
      const Function* const literal =
          callee.kind() == Value::Kind::kFunction
              ? function_.callees()[callee.index()].child
              : nullptr;
      const auto users = function_.UsersOf(Value(use.inst));
      const auto found = std::ranges::find_if(users, [&](InstId user) {
        return function_.inst(user).op == Op::kDefer;
      });
      if (literal == nullptr || found == users.end()) {
        return;
      }
      defer = *found;
      fate = nil_.OfFreeVar(*literal, use.operand - 1);
    }
    if (function_.inst(defer).op != Op::kDefer || fate != NilFate::kPanics ||
        nil_.ValueOnError(call) != NilUse::OnError::kNil ||
        !MayFollow(call, defer)) {
      return;
    }
    const auto stmt = DeferStmtOf(pass_, function_, defer);
    const Inst& acquire = function_.inst(call.call);
    if (!stmt.has_value() || acquire.node.kind() != ast::NodeKind::kCallExpr) {
      return;
    }
    const syntax::FileIndex& index = pass_.IndexOf(function_);
    pass_
        .Report(
            function_, DeferSpanOf(pass_, function_, defer),
            "{} is deferred also when {} at line {} failed and gave nil: "
            "then {}; return after the error",
            CallPhrase(index, index.tree().Get(stmt).call),
            CallPhrase(index, ast::ExprId::FromNode(acquire.node)),
            LineOf(function_, acquire.pos),
            is_at_once ? "this statement panics" : "the deferred call panics")
        .Note(SpanOfInst(pass_, function_, call.call), "this may fail");
  }

  void Report(const Inst& defer, std::string_view how,
              std::string_view effect) {
    const InstId id = function_.IdOf(defer);
    const auto stmt = DeferStmtOf(pass_, function_, id);
    if (!stmt.has_value()) {
      return;
    }
    const syntax::FileIndex& index = pass_.IndexOf(function_);
    pass_.Report(function_, DeferSpanOf(pass_, function_, id),
                 "what {} is called on {}: {}; defer it where it is set",
                 CallPhrase(index, index.tree().Get(stmt).call), how, effect);
  }

  void ReportLiteral(const Inst& defer, const types::Var& var) {
    pass_.Report(function_,
                 DeferSpanOf(pass_, function_, function_.IdOf(defer)),
                 "`{}` is nil when the deferred function runs at a return "
                 "before it is set, and using it panics; defer behind the "
                 "assignment, or test it for nil",
                 var.name->text());
  }

  PackagePass& pass_;
  const NilUse nil_;
  const Function& function_;
  const FlowOrder& order_;
};

void Run(PackagePass& pass) {
  for (const Function* const function : pass.functions()) {
    if (std::ranges::any_of(function->insts(), [](const Inst& inst) {
          return inst.op == Op::kDefer;
        })) {
      Finder(pass, *function).Look();
    }
  }
}

constexpr std::string_view kWhat = R"(
A deferred call whose function, interface or receiver is nil on some path:

- a variable that was declared and not set, or set on some paths only;
- the result of a function of the program that returns nil somewhere;
- the value of a call that failed, where the error was looked at (and logged, say) but control goes on;
- a deferred literal that uses a variable which is only set behind the `defer`, with a return before that.
)";

constexpr std::string_view kWhy = R"(
The function value and the receiver are those of the moment of the `defer` statement; setting the variable later
does not help. A nil function panics when the deferred call runs, a method of a nil interface and a value method through
a nil pointer panic at the statement, a method of a nil pointer panics when it looks into it.
)";

constexpr std::string_view kNotFlagged = R"(
- methods that tolerate nil: `(*os.File).Close`, and methods of the program that do not look into a nil receiver;
- values that were tested on the path: `if f != nil { defer f() }`;
- a `defer` under a further condition, which may be the one under which the value is set;
- values of which nothing is known.
)";

constexpr GoFact kFacts[] = {
    {.claim = "A nil function panics when the deferred call runs; setting the "
              "variable later does not help.",
     .program = R"(package main

import "fmt"

func run() {
	var cleanup func()
	defer cleanup()
	cleanup = func() { fmt.Println("not printed") }
	fmt.Println("body runs")
}

func main() {
	defer func() { fmt.Println("panic:", recover() != nil) }()
	run()
}
)",
     .output = "body runs\npanic: true\n"},
    {.claim = "A nil interface, and a value method through a nil pointer, "
              "panic at the `defer` statement.",
     .program = R"(package main

import (
	"fmt"
	"io"
)

type point struct{ x, y int }

func (p point) show() {}

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover() != nil) }()
	f()
}

func main() {
	try("interface:", func() {
		var c io.Closer
		defer c.Close()
		fmt.Println("not printed")
	})
	try("value method:", func() {
		var p *point
		defer p.show()
		fmt.Println("not printed")
	})
}
)",
     .output = "interface: true\nvalue method: true\n"},
};

}  // namespace

extern const Check defer_nil = {
    .name = "defer-nil",
    .doc =
        {
            .summary = "a deferred call of a nil function, or of a method of "
                       "nil",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import (
	"fmt"
	"os"
)

func load(name string, trace bool) (string, error) {
	var done func()
	if trace {
		fmt.Println("begin", name)
		done = func() { fmt.Println("end", name) }
	}
	defer done()
	b, err := os.ReadFile(name)
	return string(b), err
}

func main() {
	fmt.Println(load("config", false))
}
)",
            .good = R"(package main

import (
	"fmt"
	"os"
)

func load(name string, trace bool) (string, error) {
	if trace {
		fmt.Println("begin", name)
		defer fmt.Println("end", name)
	}
	b, err := os.ReadFile(name)
	return string(b), err
}

func main() {
	fmt.Println(load("config", false))
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = {},
        },
    .severity = source::Severity::kError,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
