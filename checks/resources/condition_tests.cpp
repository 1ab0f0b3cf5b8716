// What conditions say of each other: tests of one operand, and counters.

#include <algorithm>
#include <limits>

#include "checks/resources/conditions.h"
#include "dataflow/values.h"
#include "lexer/token.h"
#include "types/method_set.h"
#include "types/predicates.h"
#include "types/type_set.h"

namespace gdlint::checks::resources {
namespace {

constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
constexpr int64_t kMax = std::numeric_limits<int64_t>::max();

}  // namespace

void Conditions::AddTest(ssa::Value value, uint32_t key) {
  while (value.is_inst() && function_.inst(value.inst()).op == ssa::Op::kUnOp) {
    value = function_.Operands(function_.inst(value.inst()))[0];
  }
  if (!value.is_inst()) {
    return;
  }
  const ssa::Inst& inst = function_.inst(value.inst());
  const PureCalls::Comparison by_callee = calls_.ComparisonOf(inst);
  const bool is_own = by_callee.body == nullptr;
  const ssa::Function& in = is_own ? function_ : *by_callee.body;
  auto what = ComparedWith(in, is_own ? inst : *by_callee.inst);
  if (!what && is_own) {
    what = OrderedWith(inst);
  }
  if (!what) {
    return;
  }
  const ssa::Value compared = is_own ? what->first : by_callee.argument;
  Test test = what->second;
  test.key = key;
  const std::string name = NameOf(compared);
  if (test.text.empty() && test.range && name.starts_with("len(")) {
    // FindKey says some of these in another way.
    return;
  }
  std::vector<Test>& tests = tests_[name];
  if (std::ranges::find(tests, test) == tests.end()) {
    tests.push_back(std::move(test));
  }
}

// `x == "unix"`, `strings.HasPrefix(x, "unix")`: `x`, and with what.
std::optional<std::pair<ssa::Value, Conditions::Test>> Conditions::ComparedWith(
    const ssa::Function& function, const ssa::Inst& inst) const {
  std::span<const ssa::Value> sides;
  const bool is_prefix = inst.op == ssa::Op::kCall;
  if (is_prefix) {
    const types::Func* const named = dataflow::NamedCallee(function, inst);
    if (named != nullptr && dataflow::FullName(*named) == "strings.HasPrefix") {
      sides = function.Operands(inst).subspan(1);
    }
  } else if (inst.op == ssa::Op::kBinOp) {
    const auto token = static_cast<lexer::TokenKind>(inst.detail);
    // What stands for the opposite has the same key.
    if (token == lexer::TokenKind::kEql ||
        (token == lexer::TokenKind::kNeq && &function == &function_)) {
      sides = function.Operands(inst);
    }
  }
  if (sides.size() != 2) {
    return std::nullopt;
  }
  const auto constant = dataflow::ConstantOf(function, sides[1]);
  if (!constant || constant->kind() == types::ConstantKind::kBool) {
    return std::nullopt;
  }
  std::string text = types::constant::ExactString(*constant);
  if (constant->kind() == types::ConstantKind::kString && text.size() > 1) {
    text = text.substr(1, text.size() - 2);
  }
  Test test{
      .key = 0, .is_prefix = is_prefix, .text = std::move(text), .range = {}};
  if (const auto number = types::constant::Int64Value(*constant)) {
    test.range = {*number, *number};
  }
  return std::pair(sides[0], std::move(test));
}

std::optional<std::pair<ssa::Value, Conditions::Test>> Conditions::OrderedWith(
    const ssa::Inst& inst) const {
  if (inst.op != ssa::Op::kBinOp ||
      !types::IsInteger(function_.TypeOf(function_.Operands(inst)[0]))) {
    return std::nullopt;
  }
  const auto constant =
      dataflow::ConstantOf(function_, function_.Operands(inst)[1]);
  const auto number =
      constant ? types::constant::Int64Value(*constant) : std::nullopt;
  if (!number) {
    return std::nullopt;
  }
  Test test{.key = 0, .is_prefix = false, .text = "", .range = {}};
  switch (static_cast<lexer::TokenKind>(inst.detail)) {
    // The key says "greater than" of all; see FindKey.
    case lexer::TokenKind::kGtr:
    case lexer::TokenKind::kLeq:
      if (*number == kMax) {
        return std::nullopt;
      }
      test.range = {*number + 1, kMax};
      break;
    case lexer::TokenKind::kLss:
    case lexer::TokenKind::kGeq:
      if (*number == kMin) {
        return std::nullopt;
      }
      test.range = {*number, kMax};
      break;
    default:
      return std::nullopt;
  }
  return std::pair(function_.Operands(inst)[0], std::move(test));
}

bool Conditions::AreExclusive(const Test& one, const Test& other) {
  if (one.range && other.range) {
    return one.range->second < other.range->first ||
           other.range->second < one.range->first;
  }
  if (one.range || other.range) {
    return false;
  }
  if (one.is_prefix) {
    return !other.text.starts_with(one.text) &&
           (!other.is_prefix || !one.text.starts_with(other.text));
  }
  return other.is_prefix ? !one.text.starts_with(other.text)
                         : one.text != other.text;
}

std::optional<std::pair<int64_t, int64_t>> Conditions::RangeOf(const Test& test,
                                                               bool is_true) {
  if (is_true || !test.range) {
    return test.range;
  }
  // Only what orders leaves one range where it is false.
  return test.text.empty() && test.range->first > kMin
             ? std::optional(std::pair(kMin, test.range->first - 1))
             : std::nullopt;
}

std::optional<bool> Conditions::Implied(const Test& one, bool is_true,
                                        const Test& other) {
  const auto range = RangeOf(one, is_true);
  if (range && other.range) {
    if (range->first >= other.range->first &&
        range->second <= other.range->second) {
      return true;
    }
    return range->second < other.range->first ||
                   other.range->second < range->first
               ? std::optional(false)
               : std::nullopt;
  }
  return is_true && AreExclusive(one, other) ? std::optional(false)
                                             : std::nullopt;
}

void Conditions::FindImplied() {
  // A switch of many cases excludes them itself.
  constexpr size_t kMaxTests = 6;
  for (const auto& [name, tests] : tests_) {
    if (tests.size() > kMaxTests) {
      continue;
    }
    for (const Test& one : tests) {
      for (const Test& other : tests) {
        for (const bool is_true : {false, true}) {
          const auto implied = one.key == other.key
                                   ? std::nullopt
                                   : Implied(one, is_true, other);
          if (implied) {
            implied_[{one.key, is_true}].emplace_back(other.key, *implied);
            Insert(repeated_, one.key);
            Insert(repeated_, other.key);
          }
        }
      }
    }
  }
}

void Conditions::FindSteps() {
  for (const ssa::Inst& phi : function_.insts()) {
    if (phi.op != ssa::Op::kPhi || !types::IsInteger(phi.type)) {
      continue;
    }
    for (size_t edge = 0; edge < function_.Operands(phi).size(); ++edge) {
      FindStepsOf(phi, edge);
    }
  }
}

void Conditions::FindStepsOf(const ssa::Inst& phi, size_t edge) {
  constexpr int kLess = static_cast<int>(lexer::TokenKind::kLss);
  constexpr int kEqual = static_cast<int>(lexer::TokenKind::kEql);
  const ssa::Value operand = function_.Operands(phi)[edge];
  const ssa::Value counter = function_.IdOf(phi);
  if (!operand.is_inst() ||
      function_.inst(operand.inst()).op != ssa::Op::kBinOp) {
    return;
  }
  const ssa::Inst& sum = function_.inst(operand.inst());
  if (static_cast<lexer::TokenKind>(sum.detail) != lexer::TokenKind::kAdd ||
      function_.Operands(sum)[0] != counter ||
      NameOf(function_.Operands(sum)[1]) != "c1") {
    return;
  }
  const std::string now = NameOf(counter);
  const std::string next = NameOf(operand);
  const auto follows = [&](int op, const std::string& x, const std::string& y,
                           bool value, uint32_t key, bool then) {
    if (const auto found = keys_.find(std::tuple(op, x, y));
        found != keys_.end()) {
      steps_.push_back({function_.Preds(phi.block)[edge], phi.block,
                        found->second, value, key, then});
      Insert(repeated_, found->second);
      Insert(repeated_, key);
    }
  };
  for (const auto& [asked, key] : keys_) {
    const auto& [op, x, y] = asked;
    if (op == kLess && y == now) {
      follows(kLess, now, x, true, key, false);
      follows(kLess, x, next, false, key, false);
    } else if (op == kLess && x == now) {
      const std::string minus =
          "op" + std::to_string(static_cast<int>(lexer::TokenKind::kSub));
      follows(kEqual, now, minus + "(" + y + ",c1,)", false, key, true);
      follows(kEqual, next, y, false, key, true);
      follows(kLess, next, y, true, key, true);
    }
  }
}

void Conditions::Count(ssa::BlockId from, ssa::BlockId to, const Values& before,
                       Values& facts) const {
  for (const Step& step : steps_) {
    if (step.from != from || step.to != to) {
      continue;
    }
    const auto known = FactOf(step.if_key);
    const auto then = FactOf(step.then_key);
    if (known && then && Has(before, *known + (step.if_value ? 1 : 0))) {
      Insert(facts, *then + (step.then_value ? 1 : 0));
    }
  }
}

bool Conditions::IsSureAssertion(ssa::Value ok) const {
  const auto inst_of = [&](ssa::Value value, ssa::Op op) -> const ssa::Inst* {
    return value.is_inst() && function_.inst(value.inst()).op == op
               ? &function_.inst(value.inst())
               : nullptr;
  };
  const ssa::Inst* const extract = inst_of(ok, ssa::Op::kExtract);
  const ssa::Inst* const assertion =
      extract == nullptr || extract->aux != 1
          ? nullptr
          : inst_of(function_.Operands(*extract)[0], ssa::Op::kTypeAssert);
  const ssa::Inst* const made =
      assertion == nullptr
          ? nullptr
          : inst_of(function_.Operands(*assertion)[0], ssa::Op::kMakeInterface);
  const auto* const tuple =
      made == nullptr ? nullptr : types::TryAs<types::Tuple>(assertion->type);
  const auto* const interface =
      tuple == nullptr
          ? nullptr
          : types::UnderAs<types::Interface>(tuple->params[0].type);
  if (interface == nullptr || types::IsTypeParam(tuple->params[0].type)) {
    return false;
  }
  const auto has =
      types::MethodSetOf(function_.TypeOf(function_.Operands(*made)[0]));
  return std::ranges::all_of(
      types::TypeSetOf(interface)->methods, [&](const types::Func* method) {
        return std::ranges::any_of(has, [&](const auto& entry) {
          return entry.method->name == method->name;
        });
      });
}

}  // namespace gdlint::checks::resources
