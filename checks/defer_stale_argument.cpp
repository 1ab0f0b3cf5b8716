#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/deferred_operands.h"
#include "checks/knowledge/release_names.h"
#include "checks/knowledge/snapshot_names.h"
#include "checks/package_pass.h"
#include "checks/phrases.h"
#include "checks/places.h"
#include "checks/syntax/file_index.h"
#include "checks/value_changes.h"
#include "dataflow/dominance.h"
#include "dataflow/value_flow.h"
#include "types/predicates.h"

namespace gdlint::checks {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// How a value is used by those who get it.
enum class ValueKind {
  // It says how something ended: an old one is wrong.
  kError,
  kBool,
  // Numbers, strings, structs, slices.
  kData,
  // It names something that lives elsewhere: what changes there is seen.
  kHandle,
};

bool IsNamed(const types::Type* type, std::string_view package,
             std::string_view name) {
  const types::Named* const named = types::AsNamed(type);
  return named != nullptr && named->obj->package != nullptr &&
         named->obj->package->path == package &&
         named->obj->name->text() == name;
}

ValueKind KindOf(const types::Type* type) {
  if (dataflow::IsErrorType(type)) {
    return ValueKind::kError;
  }
  // A reflect.Value refers to what it is of.
  if (types::IsTypeParam(type) || IsNamed(type, "reflect", "Value")) {
    return ValueKind::kHandle;
  }
  if (types::IsBoolean(type)) {
    return ValueKind::kBool;
  }
  switch (types::Under(type)->kind) {
    case types::TypeKind::kBasic:
    case types::TypeKind::kArray:
    case types::TypeKind::kSlice:
    case types::TypeKind::kStruct:
      return ValueKind::kData;
    default:
      return ValueKind::kHandle;
  }
}

bool IsContext(const types::Type* type) {
  return IsNamed(type, "context", "Context");
}

class DeferCheck {
 public:
  DeferCheck(PackagePass& pass, const Function& function, InstId defer,
             ast::Ref<ast::DeferStmt> stmt)
      : pass_(pass),
        function_(function),
        defer_(defer),
        stmt_(stmt),
        tree_(PackagePass::TreeOf(function)),
        index_(pass.IndexOf(function)),
        order_(pass.Get<dataflow::FlowOrder>(function)) {}

  void Run() {
    const auto* const call = tree_.TryGet<ast::CallExpr>(tree_.Get(stmt_).call);
    if (call == nullptr) {
      return;
    }
    call_ = call;
    found_ = OperandsOf(*function_.unit(),
                        PackagePass::FileOf(function_).source->text(), *call);
    if (found_.callee.has_value()) {
      callee_ = index_.Name(found_.callee);
    }
    if (found_.elapsed.has_value()) {
      ReportElapsed();
      return;
    }
    const bool is_restore = knowledge::NamesRestore(callee_);
    for (const DeferredOperand& operand : found_.operands) {
      if (operand.type != nullptr && (!is_restore || IsErrorResult(operand)) &&
          Check(operand)) {
        return;
      }
    }
  }

 private:
  // `defer span.SetError(err)`: what the function returns is no state that it
  // found and puts back.
  bool IsErrorResult(const DeferredOperand& operand) const {
    return !operand.is_receiver && !operand.is_nested && operand.path.empty() &&
           KindOf(operand.type) == ValueKind::kError && IsResult(operand.var);
  }

  // True if it reported.
  bool Check(const DeferredOperand& operand) {
    if (operand.var->name == nullptr || operand.var->name->is_blank ||
        operand.var->var_kind == types::VarKind::kFieldVar ||
        IsContext(operand.type) || IsRestoredByLiteral(operand) ||
        IsMark(operand) || IsOwnedElsewhere(operand)) {
      return false;
    }
    const ValueHistory history(pass_, function_, defer_, operand);
    // Of a map that does not itself go to the call it is its length.
    const bool is_length =
        operand.is_nested && types::UnderAs<types::Map>(operand.type);
    const ValueKind kind = is_length || operand.is_viewed
                               ? ValueKind::kData
                               : KindOf(operand.type);
    std::vector<ValueChange> changes;
    if (operand.through_pointer && kind == ValueKind::kHandle) {
      changes = history.RootChanges();
    } else {
      changes = history.Changes();
    }
    for (const ValueChange& change : changes) {
      if (!IsOfTheLoop(operand, change) &&
          !IsTakenBack(operand, history, change) &&
          Counts(operand, kind, history, change)) {
        Report(operand, change);
        return true;
      }
    }
    return false;
  }

  // `defer p.unwind(len(p.stack))`: how far the method is to go back.
  bool IsMark(const DeferredOperand& operand) const {
    if (!operand.is_nested || operand.path.empty()) {
      return false;
    }
    return std::ranges::any_of(
        found_.operands, [&](const DeferredOperand& other) {
          return other.is_receiver && other.var == operand.var &&
                 other.path.size() <= operand.path.size() &&
                 std::ranges::equal(
                     other.path,
                     std::span(operand.path).first(other.path.size()));
        });
  }

  // Of a loop body that is a function: the variables around it change with
  // the loop.
  bool IsOwnedElsewhere(const DeferredOperand& operand) const {
    return function_.kind() == ssa::FunctionKind::kRangeBody &&
           operand.var->var_kind != types::VarKind::kPackageVar &&
           !IsWithin(function_.syntax(), operand.var->place.pos);
  }

  bool IsWithin(ast::NodeId node, source::Pos pos) const {
    if (!node.has_value()) {
      return false;
    }
    const source::Span span = ast::SpanOf(tree_, node);
    return span.begin <= pos && pos < span.end;
  }

  // `return "", err` of a named result: what there was is what the call is for.
  bool IsTakenBack(const DeferredOperand& operand, const ValueHistory& history,
                   const ValueChange& change) const {
    return change.value.has_value() &&
           dataflow::IsZeroConst(function_, change.value) &&
           IsResult(operand.var) && KindOf(operand.type) == ValueKind::kData &&
           !history.IsZeroBefore();
  }

  bool IsResult(const types::Var* var) const {
    return std::ranges::any_of(function_.result_cells(), [&](Value cell) {
      return VarOf(dataflow::Origin{&function_, cell}) == var;
    });
  }

  // `defer func(old int) { level = old }(level)`.
  bool IsRestoredByLiteral(const DeferredOperand& operand) const {
    if (!found_.literal.has_value() || operand.is_receiver ||
        operand.is_function) {
      return false;
    }
    const ast::FuncLit& literal = tree_.Get(found_.literal);
    const auto params = function_.unit()->info.Params(literal.type);
    if (operand.arg >= params.size()) {
      return false;
    }
    const types::Var* const param = params[operand.arg];
    if (param == nullptr || param->name == nullptr) {
      return false;
    }
    if (knowledge::NamesOldValue(param->name->text())) {
      return true;
    }
    bool is_restored = false;
    syntax::ForEachBelow(tree_, literal.body, [&](ast::NodeId id) {
      is_restored |= Restores(id, param, operand);
      return !is_restored;
    });
    return is_restored;
  }

  bool IsUseOf(ast::ExprId expr, const types::Var* var) const {
    const ast::ExprId inner = syntax::Unparen(tree_, expr);
    return inner.kind() == ast::NodeKind::kIdent &&
           function_.unit()->info.ObjectOf(
               ast::Ref<ast::Ident>::FromNode(inner)) == var;
  }

  bool Restores(ast::NodeId id, const types::Var* param,
                const DeferredOperand& operand) const {
    if (const auto* const assign = tree_.TryGet<ast::AssignStmt>(id)) {
      const auto lhs = tree_.Items(assign->lhs);
      const auto rhs = tree_.Items(assign->rhs);
      for (size_t i = 0; i < lhs.size() && i < rhs.size(); ++i) {
        if (index_.Text(lhs[i]) != index_.Text(operand.expr)) {
          continue;
        }
        bool is_used = false;
        syntax::ForEachBelow(tree_, rhs[i], [&](ast::NodeId below) {
          is_used |= below.kind() == ast::NodeKind::kIdent &&
                     IsUseOf(ast::ExprId::FromNode(below), param);
          return !is_used;
        });
        if (is_used) {
          return true;
        }
      }
    }
    if (const auto* const call = tree_.TryGet<ast::CallExpr>(id)) {
      const ast::ExprId fun = syntax::Unparen(tree_, call->fun);
      const auto* const selector = tree_.TryGet<ast::SelectorExpr>(fun);
      const std::string_view name =
          selector != nullptr ? index_.Name(selector->sel) : index_.Text(fun);
      return knowledge::NamesRestore(name) &&
             std::ranges::any_of(tree_.Items(call->args), [&](ast::ExprId arg) {
               return IsUseOf(arg, param);
             });
    }
    return false;
  }

  // The nearest loop around the `defer` in the same function.
  ast::NodeId Loop() const {
    for (ast::NodeId at = stmt_; at.has_value() && at != function_.syntax();
         at = index_.Parent(at)) {
      if (at.kind() == ast::NodeKind::kFuncLit ||
          at.kind() == ast::NodeKind::kFuncDecl) {
        break;
      }
      if (at.kind() == ast::NodeKind::kForStmt ||
          at.kind() == ast::NodeKind::kRangeStmt) {
        return at;
      }
    }
    return {};
  }

  // `defer f(i)` in a loop that changes i: each call has the value of its own
  // iteration, as it is meant to be.
  bool IsOfTheLoop(const DeferredOperand& operand,
                   const ValueChange& change) const {
    if (!order_.IsInLoop(function_.inst(defer_).block) ||
        !order_.Reaches(change.block, function_.inst(defer_).block)) {
      return false;
    }
    const ast::NodeId loop = Loop();
    if (!loop.has_value()) {
      return true;
    }
    const ast::NodeId body =
        loop.kind() == ast::NodeKind::kForStmt
            ? ast::NodeId(tree_.TryGet<ast::ForStmt>(loop)->body)
            : ast::NodeId(tree_.TryGet<ast::RangeStmt>(loop)->body);
    // A variable of the iteration changes within it or not at all.
    return !IsWithin(body, operand.var->place.pos) ||
           change.pos < function_.inst(defer_).pos;
  }

  // `defer s.finish(s.count)`: what it is given is a message.
  bool TellsEnd() const {
    return callee_.starts_with("done") || callee_.starts_with("Done") ||
           callee_.starts_with("end") || callee_.starts_with("End") ||
           callee_.starts_with("finish") || callee_.starts_with("Finish");
  }

  bool IsRelease() const { return knowledge::NamesRelease(callee_); }

  bool Counts(const DeferredOperand& operand, ValueKind kind,
              const ValueHistory& history, const ValueChange& change) {
    switch (kind) {
      case ValueKind::kError:
        return !(history.IsKnownNonNil() && change.value.has_value() &&
                 history.IsDerived(change.value));
      case ValueKind::kBool:
        return true;
      case ValueKind::kData:
        return (operand.copied_by != nullptr && !IsCutOff(history, change)) ||
               (!IsRelease() && !IsOneOfSeveral(history, change)) ||
               TellsEnd() || history.IsZeroBefore();
      case ValueKind::kHandle:
        return CountsForHandle(operand, history, change);
    }
    return false;
  }

  // `defer chain.Release()`, `chain = chain[n:]`: all of it is to be released.
  bool IsCutOff(const ValueHistory& history, const ValueChange& change) const {
    return IsRelease() && change.value.is_inst() &&
           function_.inst(change.value.inst()).op == Op::kSlice &&
           history.IsDerived(change.value);
  }

  // `id = run(); defer remove(id)` once more: each call is for its own.
  bool IsOneOfSeveral(const ValueHistory& history,
                      const ValueChange& change) const {
    return change.value.has_value() &&
           history.IsFromSameFunction(change.value) && IsReleasedLater(change);
  }

  bool CountsForHandle(const DeferredOperand& operand,
                       const ValueHistory& history, const ValueChange& change) {
    if (!change.value.has_value() || operand.is_nested ||
        dataflow::IsZeroConst(function_, change.value) ||
        history.IsDerived(change.value) || IsReleasedLater(change)) {
      return false;
    }
    if (!operand.through_pointer && history.IsZeroBefore()) {
      return true;
    }
    // What the `defer` found is given back, as it must be. The question is who
    // gives back the new one.
    const bool is_function = operand.is_function;
    if (is_function) {
      return !IsHandedOver(change.value);
    }
    return IsRelease() &&
           (operand.is_receiver || tree_.Items(call_->args).size() == 1) &&
           history.IsFromSameFunction(change.value) &&
           !IsHandedOver(change.value);
  }

  // The new value has a name, and a `defer` of the same kind, of its own.
  bool HasOwnDefer(Value value) const {
    value = dataflow::StripConversions(function_, value);
    return value.is_inst() &&
           std::ranges::any_of(function_.UsersOf(value), [&](InstId user) {
             const Inst& inst = function_.inst(user);
             return inst.op == Op::kDefer && user != defer_ &&
                    (CalleeNameOf(function_, inst) == callee_ ||
                     function_.Operands(inst)[0] == value);
           });
  }

  // A later `defer` of the same, or a call of it, is for the new value.
  bool IsReleasedLater(const ValueChange& change) const {
    if (HasOwnDefer(change.value)) {
      return true;
    }
    const std::string_view text = index_.Text(tree_.Get(stmt_).call);
    for (const Inst& inst : function_.insts()) {
      const InstId id = function_.IdOf(inst);
      const bool is_call = inst.op == Op::kCall;
      if ((!is_call && inst.op != Op::kDefer && inst.op != Op::kGo &&
           inst.op != Op::kMakeClosure) ||
          id == defer_ || !inst.node.has_value() || !Follows(change, id) ||
          (is_call && IsForOldValue(change, inst))) {
        continue;
      }
      ast::NodeId node = inst.node;
      if (!is_call && inst.op != Op::kMakeClosure) {
        const ast::NodeId stmt = StatementOf(pass_, function_, id);
        node = stmt.has_value() ? stmt : node;
      }
      if (index_.Text(node).find(text) != std::string_view::npos) {
        return true;
      }
    }
    return false;
  }

  // `conn.Close()` ahead of `conn = dial()` in a loop: the last one of all is
  // not released by that.
  bool IsForOldValue(const ValueChange& change, const Inst& release) const {
    const auto& dominance = pass_.Get<dataflow::Dominance>(function_);
    return release.block == change.block
               ? release.pos < change.pos
               : dominance.Dominates(release.block, change.block);
  }

  bool Follows(const ValueChange& change, InstId later) const {
    if (change.inst.has_value()) {
      return order_.MayFollow(change.inst, later);
    }
    const Inst& inst = function_.inst(later);
    return (inst.block == change.block && inst.pos > change.pos) ||
           order_.Reaches(change.block, inst.block);
  }

  // It is returned, or stored where others find it.
  bool IsHandedOver(Value value) const {
    if (!value.is_inst()) {
      return true;
    }
    return std::ranges::any_of(function_.UsersOf(value), [&](InstId user) {
      const Inst& inst = function_.inst(user);
      if (inst.op == Op::kStore) {
        const dataflow::Origin target =
            dataflow::VariableOf(function_, function_.Operands(inst)[0]);
        return target.function == nullptr ||
               target.value.kind() == Value::Kind::kGlobal ||
               (target.function == &function_ &&
                std::ranges::count(function_.result_cells(), target.value) > 0);
      }
      return inst.op == Op::kReturn || inst.op == Op::kSend ||
             inst.op == Op::kMapUpdate;
    });
  }

  void ReportElapsed() {
    pass_.Report(function_, DeferSpanOf(pass_, function_, defer_),
                 "`{}` is evaluated by the `defer` statement, not when the "
                 "function ends: it measures next to nothing; put the call "
                 "into a function literal: `defer func() {{ … }}()`",
                 ShortText(found_.elapsed));
  }

  std::string_view ShortText(ast::NodeId node) const {
    const std::string_view text = index_.Text(node);
    return text.substr(0, std::min(text.find('\n'), size_t{60}));
  }

  void Report(const DeferredOperand& operand, const ValueChange& change) {
    const std::string_view name = ShortText(operand.expr);
    const uint32_t line = LineOf(function_, change.pos);
    const bool copies = operand.copied_by != nullptr;
    Finding finding =
        copies
            ? pass_.Report(
                  function_, DeferSpanOf(pass_, function_, defer_),
                  "`{}` is copied by the `defer` statement, since `{}` has a "
                  "value receiver, and changes at line {}: the deferred call "
                  "sees the old value; call it in a function literal: "
                  "`defer func() {{ … }}()`",
                  name, callee_, line)
            : pass_.Report(
                  function_, DeferSpanOf(pass_, function_, defer_),
                  "`{}` is evaluated by the `defer` statement and changes at "
                  "line {}: the deferred call gets the old value; read it in "
                  "a function literal: `defer func() {{ … }}()`",
                  name, line);
    finding.Note(ChangeSpan(change), "`{}` changes here", name);
  }

  source::Span ChangeSpan(const ValueChange& change) {
    if (change.inst.has_value()) {
      const ast::NodeId node = StatementOf(pass_, function_, change.inst);
      if (node.has_value() && node.kind() != ast::NodeKind::kRangeStmt) {
        return StatementSpan(index_, node);
      }
    }
    return {change.pos, change.pos + 1};
  }

  PackagePass& pass_;
  const Function& function_;
  InstId defer_;
  ast::Ref<ast::DeferStmt> stmt_;
  const ast::Tree& tree_;
  const syntax::FileIndex& index_;
  const dataflow::FlowOrder& order_;
  const ast::CallExpr* call_ = nullptr;
  DeferredOperands found_;
  std::string_view callee_;
};

void Run(PackagePass& pass) {
  for (const Function* const function : pass.functions()) {
    if (function->unit() == nullptr) {
      continue;
    }
    for (const Inst& inst : function->insts()) {
      if (inst.op != Op::kDefer) {
        continue;
      }
      const InstId id = function->IdOf(inst);
      const ast::Ref<ast::DeferStmt> stmt = DeferStmtOf(pass, *function, id);
      if (stmt.has_value()) {
        DeferCheck(pass, *function, id, stmt).Run();
      }
    }
  }
}

constexpr std::string_view kWhat = R"(
A `defer` statement evaluates the function, the receiver and the arguments of its call at once; the call is made
later, with these values. Reported is what changes in between, so that the deferred call works on an old value:

- arguments: `defer log.Println(err)`, `defer report(result)`, `defer observe(len(items))`, fields and what a
  pointer leads to (`defer show(*p)`);
- `time.Since(start)` and other times until now as an argument;
- receivers of methods that copy them (`defer s.print()` with `func (s stats) print()`), if the method reads a field
  that changes;
- `defer conn.Close()` where conn is nil and assigned later, or where it gets another value of the same kind that
  nothing closes.
)";

constexpr std::string_view kWhy = R"(
The log says `<nil>` for each failure, the duration is always zero, the count is that of the beginning, and the wrong
connection is closed. A function literal without parameters reads the variables when it runs.
)";

constexpr std::string_view kNotFlagged = R"(
- values that no way to the end of the function changes;
- pointers, maps and channels: what changes where they lead is seen when the call runs;
- values that are put back: `defer restore(old)`, `defer setLevel(level)` before `level = …`,
  `defer func(old int) { level = old }(level)`;
- loops: `defer f(i)` gets the value of its iteration;
- what is released is what was acquired: the lock that was locked, the name of the file that was made;
- a variable whose new value has a `defer` or a call of its own, wraps the old one, is nil, or is returned;
- contexts;
- parameters of a function literal that are called old, prev, start and the like.
)";

constexpr GoFact kFacts[] = {
    {.claim =
         "Arguments are evaluated when the `defer` statement runs; a pointer "
         "is too, but what it points to is read when the call runs.",
     .program = R"(package main

import "fmt"

func val(x int)  { fmt.Println("value", x) }
func ptr(x *int) { fmt.Println("pointer", *x) }

func main() {
	x := 1
	defer val(x)
	defer ptr(&x)
	defer func() { fmt.Println("closure", x) }()
	x = 3
}
)",
     .output = "closure 3\npointer 3\nvalue 1\n"},
    {.claim = "A receiver is copied if the method has a value receiver, also "
              "through a pointer.",
     .program = R"(package main

import "fmt"

type stats struct{ n int }

func (s stats) byValue()    { fmt.Println("by value", s.n) }
func (s *stats) byPointer() { fmt.Println("by pointer", s.n) }

func main() {
	s := &stats{}
	defer s.byValue()
	defer s.byPointer()
	s.n = 7
}
)",
     .output = "by pointer 7\nby value 0\n"},
    {.claim =
         "A slice that grows is another slice: the deferred call has the old "
         "one.",
     .program = R"(package main

import "fmt"

func main() {
	var bad []string
	defer fmt.Println("argument", bad)
	defer func() { fmt.Println("closure", bad) }()
	bad = append(bad, "x")
}
)",
     .output = "closure [x]\nargument []\n"},
};

constexpr std::string_view kAka[] = {"defers"};

}  // namespace

extern const Check defer_stale_argument = {
    .name = "defer-stale-argument",
    .doc =
        {
            .summary = "a deferred call that gets a value from before it "
                       "changed",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import (
	"errors"
	"log"
	"time"
)

func observe(d time.Duration, err error) { log.Println(d, err) }

func work() (err error) {
	defer observe(time.Minute, err)
	return errors.New("failed")
}

func main() { _ = work() }
)",
            .good = R"(package main

import (
	"errors"
	"log"
	"time"
)

func observe(d time.Duration, err error) { log.Println(d, err) }

func work() (err error) {
	defer func() { observe(time.Minute, err) }()
	return errors.New("failed")
}

func main() { _ = work() }
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.2",
            .aka = kAka,
        },
    .severity = source::Severity::kWarning,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
