#include "checks/resources/conditions.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "dataflow/access_path.h"
#include "dataflow/values.h"
#include "lexer/token.h"
#include "types/predicates.h"

namespace gdlint::checks::resources {
namespace {

constexpr int64_t kMin = std::numeric_limits<int64_t>::min();

// "" for what has no name beyond its own function's values.
std::string PathName(const ssa::Function& function, ssa::Value addr) {
  const dataflow::AccessPath path = dataflow::PathOf(function, addr);
  if (path.global == nullptr && path.steps.empty()) {
    return "";
  }
  std::string name =
      path.global != nullptr
          ? std::to_string(reinterpret_cast<uintptr_t>(path.global))
          : std::to_string(reinterpret_cast<uintptr_t>(path.function)) + ":" +
                std::to_string(RawOf(path.root));
  for (const uint32_t step : path.steps) {
    name += "." + std::to_string(step);
  }
  return name;
}

// Types are one object each.
std::string TypeName(const types::Type* type) {
  return std::to_string(reinterpret_cast<uintptr_t>(types::Unalias(type)));
}

}  // namespace

Conditions::Conditions(const ssa::Function& function,
                       const dataflow::Program& program)
    : function_(function), calls_(function, program) {
  std::map<uint32_t, int> count;
  for (const ssa::Inst& inst : function_.insts()) {
    if (inst.op == ssa::Op::kIf) {
      bool is_negated = false;
      const ssa::Value condition = function_.Operands(inst)[0];
      const uint32_t key = KeyOf(condition, is_negated);
      ++count[key];
      AddTest(condition, key);
    }
  }
  for (const auto& [key, n] : count) {
    if (n > 1) {
      repeated_.push_back(key);
    }
  }
  FindImplied();
  FindSteps();
  for (const ssa::Inst& inst : function_.insts()) {
    if (inst.op == ssa::Op::kPhi && IsBool(inst)) {
      Insert(repeated_, RawOf(ssa::Value(function_.IdOf(inst))));
    }
  }
  FindNilPhis();
  for (const ssa::Inst& inst : function_.insts()) {
    bool is_negated = false;
    if (inst.op == ssa::Op::kIf && !repeated_.empty()) {
      const ssa::Value condition = function_.Operands(inst)[0];
      AddOrigins(condition, KeyOf(condition, is_negated));
    }
  }
}

// What is asked of a phi may be known of what it is made of: after `if err !=
// nil && first == nil { first = err }`, that `first` is not nil.
void Conditions::FindNilPhis() {
  // Each fact may double the paths.
  constexpr size_t kMaxPhis = 12;
  std::vector<uint32_t> work;
  const auto add = [&](ssa::Value value, bool is_asked) {
    if (!value.is_inst() || nil_keys_.contains(RawOf(value))) {
      return;
    }
    const auto key = keys_.find(
        {static_cast<int>(lexer::TokenKind::kEql), NameOf(value), "zero"});
    const bool is_phi = function_.inst(value.inst()).op == ssa::Op::kPhi;
    if (key == keys_.end() && (is_asked || !is_phi)) {
      return;
    }
    nil_keys_[RawOf(value)] = key != keys_.end() ? key->second : RawOf(value);
    if (is_phi) {
      work.push_back(value.inst().index);
    }
  };
  for (const ssa::Inst& inst : function_.insts()) {
    if (inst.op == ssa::Op::kPhi && types::HasNil(inst.type) &&
        !types::IsTypeParam(inst.type)) {
      add(ssa::Value(function_.IdOf(inst)), true);
    }
  }
  for (size_t i = 0; i < work.size(); ++i) {
    if (work.size() > kMaxPhis) {
      nil_keys_.clear();
      return;
    }
    for (const ssa::Value operand :
         function_.Operands(function_.inst(ssa::InstId{work[i]}))) {
      add(operand, false);
    }
  }
  for (const auto& [value, key] : nil_keys_) {
    Insert(repeated_, key);
  }
}

// Where what a condition is made of comes from: its comparison is made where it
// is asked.
void Conditions::AddOrigins(ssa::Value value, uint32_t key) {
  if (!value.is_inst() || !FactOf(key)) {
    return;
  }
  const ssa::Inst& inst = function_.inst(value.inst());
  switch (inst.op) {
    case ssa::Op::kUnOp:
    case ssa::Op::kBinOp:
      for (const ssa::Value operand : function_.Operands(inst)) {
        AddOrigins(operand, key);
      }
      return;
    case ssa::Op::kConvert:
    case ssa::Op::kChangeType:
    case ssa::Op::kLookup:
    case ssa::Op::kExtract:
      if (const Made made = MadeOf(inst); !made.how.empty()) {
        for (const ssa::Value operand : made.of) {
          AddOrigins(operand, key);
        }
        return;
      }
      break;
    case ssa::Op::kPhi:
      if (IsBool(inst) || nil_keys_.contains(RawOf(value))) {
        // Enter sees to it.
        return;
      }
      break;
    case ssa::Op::kCall:
      if (!calls_.CalleeOf(inst).empty()) {
        for (const ssa::Value operand : calls_.ArgumentsOf(inst)) {
          AddOrigins(operand, key);
        }
        return;
      }
      break;
    case ssa::Op::kLoad:
    case ssa::Op::kFieldAddr:
      if (const Made made = MadeOf(inst); !made.how.empty()) {
        for (const ssa::Value operand : made.of) {
          AddOrigins(operand, key);
        }
        return;
      }
      if (NameOf(value).starts_with("*") || inst.op == ssa::Op::kFieldAddr) {
        AddOrigins(function_.Operands(inst)[0], key);
        return;
      }
      if (const dataflow::AccessPath path = dataflow::PathOf(function_, value);
          path.steps.empty() && path.root != value) {
        // A variable that only names another value.
        if (path.function == &function_ && path.root.is_inst()) {
          Insert(made_in_[function_.inst(path.root.inst()).block.index], key);
        }
        return;
      }
      break;
    default:
      break;
  }
  Insert(made_in_[inst.block.index], key);
}

void Conditions::Forget(ssa::BlockId block, Values& facts) const {
  const auto found = made_in_.find(block.index);
  if (found == made_in_.end() || facts.empty()) {
    return;
  }
  for (const uint32_t key : found->second) {
    if (const auto fact = FactOf(key)) {
      Erase(facts, *fact);
      Erase(facts, *fact + 1);
    }
  }
}

Values Conditions::AskedAt(ssa::BlockId block) {
  Values asked;
  const auto add = [&](uint32_t key) {
    if (const auto fact = FactOf(key)) {
      asked.push_back(*fact);
      asked.push_back(*fact + 1);
    }
  };
  const ssa::Inst& last = function_.Terminator(block);
  if (last.op == ssa::Op::kIf) {
    bool is_negated = false;
    add(KeyOf(function_.Operands(last)[0], is_negated));
  }
  for (const ssa::BlockId succ : function_.Succs(block)) {
    for (const ssa::Inst& inst : function_.InstsOf(succ)) {
      if (inst.op != ssa::Op::kPhi) {
        break;
      }
      if (FactOfPhi(RawOf(ssa::Value(function_.IdOf(inst))))) {
        for (const ssa::Value operand : function_.Operands(inst)) {
          const auto key = nil_keys_.find(RawOf(operand));
          add(key != nil_keys_.end() ? key->second : RawOf(operand));
        }
      }
    }
  }
  for (const Step& step : steps_) {
    if (step.from == block) {
      add(step.if_key);
    }
  }
  return asked;
}

Values Conditions::ForgottenAt(ssa::BlockId block) const {
  Values forgotten;
  if (const auto found = made_in_.find(block.index); found != made_in_.end()) {
    for (const uint32_t key : found->second) {
      if (const auto fact = FactOf(key)) {
        forgotten.push_back(*fact);
        forgotten.push_back(*fact + 1);
      }
    }
  }
  return forgotten;
}

bool Conditions::IsBool(const ssa::Inst& inst) {
  const auto* const basic =
      inst.type == nullptr
          ? nullptr
          : types::TryAs<types::Basic>(types::Under(inst.type));
  return basic != nullptr && basic->basic == types::BasicKind::kBool;
}

std::optional<uint32_t> Conditions::FactOf(uint32_t key) const {
  const auto at = std::ranges::lower_bound(repeated_, key);
  return at == repeated_.end() || *at != key
             ? std::nullopt
             : std::optional(static_cast<uint32_t>(at - repeated_.begin()) * 2);
}

std::optional<uint32_t> Conditions::FactOfPhi(uint32_t value) const {
  const auto key = nil_keys_.find(value);
  return FactOf(key != nil_keys_.end() ? key->second : value);
}

uint32_t Conditions::KeyOf(ssa::Value value, bool& is_negated) {
  const auto [at, is_new] = known_keys_.try_emplace(RawOf(value));
  if (is_new) {
    bool is_opposite = false;
    const uint32_t key = FindKey(value, is_opposite);
    at->second = {key, is_opposite};
  }
  is_negated ^= at->second.second;
  return at->second.first;
}

uint32_t Conditions::FindKey(ssa::Value value, bool& is_negated) {
  while (value.is_inst() && function_.inst(value.inst()).op == ssa::Op::kUnOp &&
         static_cast<lexer::TokenKind>(function_.inst(value.inst()).detail) ==
             lexer::TokenKind::kNot) {
    is_negated = !is_negated;
    value = function_.Operands(function_.inst(value.inst()))[0];
  }
  const auto key = [&](int op, std::string x, std::string y) {
    const auto [at, is_new] = keys_.try_emplace(
        std::tuple(op, std::move(x), std::move(y)), RawOf(value));
    return at->second;
  };
  if (!value.is_inst() || function_.inst(value.inst()).op != ssa::Op::kBinOp) {
    return key(-1, NameOf(value), "");
  }
  const ssa::Inst& inst = function_.inst(value.inst());
  auto token = static_cast<lexer::TokenKind>(inst.detail);
  const std::span<const ssa::Value> operands = function_.Operands(inst);
  std::string x = NameOf(operands[0]);
  std::string y = NameOf(operands[1]);
  // Everything is said by `==` and, but of what may be no number, by `<`.
  const bool is_integer = types::IsInteger(function_.TypeOf(operands[0]));
  const bool is_ordered =
      is_integer || types::IsString(function_.TypeOf(operands[0]));
  bool is_swapped = false;
  if (token == lexer::TokenKind::kNeq) {
    is_negated = !is_negated;
    token = lexer::TokenKind::kEql;
  } else if (is_ordered && (token == lexer::TokenKind::kGtr ||
                            token == lexer::TokenKind::kLeq)) {
    is_negated ^= token == lexer::TokenKind::kLeq;
    token = lexer::TokenKind::kLss;
    std::swap(x, y);
    is_swapped = true;
  } else if (is_ordered && token == lexer::TokenKind::kGeq) {
    is_negated = !is_negated;
    token = lexer::TokenKind::kLss;
  }
  if (token == lexer::TokenKind::kLss && is_integer) {
    const auto limit =
        dataflow::ConstantOf(function_, operands[is_swapped ? 0 : 1]);
    const auto number =
        limit ? types::constant::Int64Value(*limit) : std::nullopt;
    if (number && *number > kMin) {
      // `n < 4` is `!(3 < n)`.
      is_negated = !is_negated;
      y = std::exchange(x, "c" + std::to_string(*number - 1));
    }
  }
  // No length is negative.
  if (token == lexer::TokenKind::kLss && x == "c0" && y.starts_with("len(")) {
    is_negated = !is_negated;
    token = lexer::TokenKind::kEql;
    std::swap(x, y);
  } else if (token == lexer::TokenKind::kEql && y == "c\"\"") {
    x = "len(" + x + ",)";
    y = "c0";
  }
  return key(static_cast<int>(token), std::move(x), std::move(y));
}

std::string Conditions::NameOfInst(const ssa::Inst& inst) {
  if (inst.op == ssa::Op::kCall) {
    return CallName(inst);
  }
  const Made made = MadeOf(inst);
  if (made.how.empty()) {
    return "";
  }
  std::string name = made.how + "(";
  for (const ssa::Value operand : made.of) {
    name += NameOf(operand) + ",";
  }
  return name + ")";
}

// `n & 1`, `uint32(n)`, the `ok` of `v.(T)`, `m[k]` and the `ok` of that.
Conditions::Made Conditions::MadeOf(const ssa::Inst& inst) const {
  const std::span<const ssa::Value> operands = function_.Operands(inst);
  const auto is_basic = [](const types::Type* type) {
    return type != nullptr && types::UnderAs<types::Basic>(type) != nullptr;
  };
  switch (inst.op) {
    case ssa::Op::kLoad:
      return IsElement(operands[0])
                 ? Made{"element",
                        function_.Operands(function_.inst(operands[0].inst()))}
                 : Made{};
    case ssa::Op::kBinOp:
      return {"op" + std::to_string(inst.detail), operands};
    case ssa::Op::kConvert:
    case ssa::Op::kChangeType:
      return is_basic(inst.type) && is_basic(function_.TypeOf(operands[0]))
                 ? Made{"to" + TypeName(inst.type), operands}
                 : Made{};
    case ssa::Op::kLookup:
      return IsUnchanged(operands[0]) ? Made{"at", operands} : Made{};
    case ssa::Op::kExtract:
      break;
    default:
      return {};
  }
  if (!operands[0].is_inst()) {
    return {};
  }
  const ssa::Inst& of = function_.inst(operands[0].inst());
  if (of.op == ssa::Op::kLookup && IsUnchanged(function_.Operands(of)[0])) {
    return {"at" + std::to_string(inst.aux), function_.Operands(of)};
  }
  const auto* const tuple = types::TryAs<types::Tuple>(of.type);
  return of.op == ssa::Op::kTypeAssert && tuple != nullptr && inst.aux == 1
             ? Made{"is" + TypeName(tuple->params[0].type),
                    function_.Operands(of)}
             : Made{};
}

// The address of one of a slice, whose elements the function does not assign.
bool Conditions::IsElement(ssa::Value addr) const {
  const auto base_of = [&](ssa::Value of) {
    return of.is_inst() && function_.inst(of.inst()).op == ssa::Op::kIndexAddr
               ? function_.Operands(function_.inst(of.inst()))[0]
               : ssa::Value();
  };
  const ssa::Value base = base_of(addr);
  if (!base.has_value() ||
      types::UnderAs<types::Slice>(function_.TypeOf(base)) == nullptr) {
    return false;
  }
  const dataflow::AccessPath path = dataflow::PathOf(function_, base);
  return std::ranges::none_of(function_.insts(), [&](const ssa::Inst& inst) {
    if (inst.op != ssa::Op::kStore) {
      return false;
    }
    const ssa::Value to = base_of(function_.Operands(inst)[0]);
    return to.has_value() && dataflow::PathOf(function_, to) == path;
  });
}

// No instruction of the function changes the map.
bool Conditions::IsUnchanged(ssa::Value map) const {
  return IsMap(function_.TypeOf(map)) && !MayChangeMap(function_, map);
}

std::string Conditions::CallName(const ssa::Inst& call) {
  std::string name = calls_.CalleeOf(call);
  if (name.empty()) {
    return "";
  }
  name += "(";
  for (const ssa::Value arg : calls_.ArgumentsOf(call)) {
    name += NameOf(arg) + ",";
  }
  return name + ")";
}

std::string Conditions::NameOf(ssa::Value value) {
  if (value.kind() == ssa::Value::Kind::kConst) {
    const ssa::Const& constant = function_.consts()[value.index()];
    return constant.value.is_unknown()
               ? "zero"
               : "c" + types::constant::ExactString(constant.value);
  }
  if (value.is_inst() && function_.inst(value.inst()).op == ssa::Op::kLoad) {
    const ssa::Value addr = function_.Operands(function_.inst(value.inst()))[0];
    const std::string name = PathName(function_, addr);
    if (!name.empty() && !IsAssigned(name)) {
      return "*" + name;
    }
  }
  if (value.is_inst()) {
    if (std::string name = NameOfInst(function_.inst(value.inst()));
        !name.empty()) {
      return name;
    }
  }
  return std::to_string(RawOf(value));
}

bool Conditions::IsAssigned(const std::string& path) {
  if (!assigned_) {
    assigned_.emplace();
    for (const ssa::Inst& inst : function_.insts()) {
      if (inst.op == ssa::Op::kStore) {
        assigned_->insert(PathName(function_, function_.Operands(inst)[0]));
      }
    }
  }
  return assigned_->contains(path);
}

// The `ok` of a receive from a channel of package time, which nobody closes:
// `for range ticker.C`.
bool Conditions::IsTick(ssa::Value ok) const {
  const auto inst_of = [&](ssa::Value value) {
    return value.is_inst() ? &function_.inst(value.inst()) : nullptr;
  };
  const ssa::Inst* const extract = inst_of(ok);
  if (extract == nullptr || extract->op != ssa::Op::kExtract ||
      extract->aux != 1) {
    return false;
  }
  const ssa::Inst* const receive = inst_of(function_.Operands(*extract)[0]);
  if (receive == nullptr || receive->op != ssa::Op::kRecv) {
    return false;
  }
  const ssa::Inst* const channel = inst_of(function_.Operands(*receive)[0]);
  if (channel == nullptr ||
      (channel->op != ssa::Op::kLoad && channel->op != ssa::Op::kCall)) {
    return false;
  }
  if (channel->op == ssa::Op::kCall) {
    const types::Func* const named = dataflow::NamedCallee(function_, *channel);
    return named != nullptr && named->package != nullptr &&
           named->package->path == "time";
  }
  const ssa::Inst* const field = inst_of(function_.Operands(*channel)[0]);
  const auto* const pointer =
      field == nullptr || field->op != ssa::Op::kFieldAddr
          ? nullptr
          : types::UnderAs<types::Pointer>(
                function_.TypeOf(function_.Operands(*field)[0]));
  const types::Named* const of =
      pointer == nullptr ? nullptr : types::AsNamed(pointer->elem);
  return of != nullptr && of->obj->package != nullptr &&
         of->obj->package->path == "time";
}

bool Conditions::Refine(ssa::Value condition, bool is_true, Values& facts) {
  if (const auto constant = dataflow::ConstantOf(function_, condition);
      constant && constant->kind() == types::ConstantKind::kBool) {
    return types::constant::BoolValue(*constant) == is_true;
  }
  if (!is_true && (IsTick(condition) || IsSureAssertion(condition))) {
    return false;
  }
  bool is_negated = false;
  if (const auto fact = FactOf(KeyOf(condition, is_negated))) {
    const bool value = is_true != is_negated;
    if (Has(facts, *fact + (value ? 0 : 1))) {
      return false;
    }
    Insert(facts, *fact + (value ? 1 : 0));
    const auto implied = implied_.find({KeyOf(condition, is_negated), value});
    if (implied == implied_.end()) {
      return true;
    }
    for (const auto& [other, is_so] : implied->second) {
      if (const auto about = FactOf(other)) {
        if (Has(facts, *about + (is_so ? 0 : 1))) {
          return false;
        }
        Insert(facts, *about + (is_so ? 1 : 0));
      }
    }
  }
  return true;
}

void Conditions::Enter(uint32_t phi, ssa::Value operand, const Values& before,
                       Values& facts) const {
  const auto fact = FactOfPhi(phi);
  if (!fact) {
    return;
  }
  Erase(facts, *fact);
  Erase(facts, *fact + 1);
  if (dataflow::IsNilConst(function_, operand)) {
    Insert(facts, *fact + 1);
  } else if (const auto constant = dataflow::ConstantOf(function_, operand);
             constant && constant->kind() == types::ConstantKind::kBool) {
    Insert(facts, *fact + (types::constant::BoolValue(*constant) ? 1 : 0));
  } else if (const auto other = FactOfPhi(RawOf(operand))) {
    for (uint32_t value = 0; value < 2; ++value) {
      if (Has(before, *other + value)) {
        Insert(facts, *fact + value);
      }
    }
  }
}

}  // namespace gdlint::checks::resources
