#include "dataflow/fallible_call.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "dataflow/program.h"
#include "dataflow/standard.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "types/object.h"
#include "types/predicates.h"
#include "types/type.h"

namespace gdlint::dataflow {
namespace {

using ssa::BlockId;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// Of one call.
constexpr size_t kMaxSteps = 20'000;
// Of all calls of one function.
constexpr size_t kMaxFunctionSteps = 300'000;
constexpr size_t kMaxStatesPerBlock = 24;

// Functions that look at an error without acting on it.
constexpr std::string_view kHarmless[] = {
    "errors.As",    "errors.Is",     "errors.Join",   "errors.Unwrap",
    "fmt.Errorf",   "os.IsExist",    "os.IsNotExist", "os.IsPermission",
    "os.IsTimeout", "(error).Error",
};

// A set of values that the path knows to be the same thing.
class Aliases {
 public:
  bool Has(Value value) const {
    return std::ranges::find(values_, value) != values_.end();
  }
  void Set(Value value, bool is_in) {
    const auto found = std::ranges::find(values_, value);
    if (is_in && found == values_.end()) {
      values_.insert(std::ranges::upper_bound(values_, Key(value), {}, Key),
                     value);
    } else if (!is_in && found != values_.end()) {
      values_.erase(found);
    }
  }
  template <typename Fn>
  void KeepIf(const Fn& fn) {
    std::erase_if(values_, [&](Value value) { return !fn(value); });
  }
  friend bool operator==(const Aliases&, const Aliases&) = default;

 private:
  static uint64_t Key(Value value) {
    return uint64_t{static_cast<uint8_t>(value.kind())} << 32 | value.index();
  }
  std::vector<Value> values_;
};

// One way on which control may have come.
struct Path {
  ErrorKnown known = kNotLooked;
  // The value is nil.
  bool is_nil = false;
  Aliases error;
  Aliases error_cells;
  Aliases value;
  Aliases value_cells;
  // Addresses and contents of what the value points to or holds.
  Aliases parts;
  friend bool operator==(const Path&, const Path&) = default;
};

struct NilTest {
  Value tested;
  bool is_equal;
};

std::optional<NilTest> NilTestAt(const Function& function, const Inst& branch,
                                 bool& is_true) {
  Value condition = function.Operands(branch)[0];
  while (condition.is_inst()) {
    const Inst& inst = function.inst(condition.inst());
    const auto operands = function.Operands(inst);
    const auto op = static_cast<lexer::TokenKind>(inst.detail);
    if (inst.op == Op::kUnOp && op == lexer::TokenKind::kNot) {
      is_true = !is_true;
      condition = operands[0];
      continue;
    }
    if (inst.op != Op::kBinOp ||
        (op != lexer::TokenKind::kEql && op != lexer::TokenKind::kNeq)) {
      return std::nullopt;
    }
    const bool is_equal = op == lexer::TokenKind::kEql;
    if (IsNilConst(function, operands[1])) {
      return NilTest{operands[0], is_equal};
    }
    if (IsNilConst(function, operands[0])) {
      return NilTest{operands[1], is_equal};
    }
    return std::nullopt;
  }
  return std::nullopt;
}

// Follows control from the call on, along each way that tells something apart.
class Walker {
 public:
  Walker(const FallibleCall& call, Analyses& analyses, size_t max_steps)
      : max_steps_(std::min(max_steps, kMaxSteps)),
        call_(call),
        function_(*call.function),
        program_(analyses.program()),
        seen_(function_.blocks().size()) {}

  std::vector<FallibleUse> Walk() {
    Run(function_.inst(call_.call).block, call_.call.index + 1, Path());
    while (!work_.empty() && !is_cut_) {
      auto [block, path] = std::move(work_.back());
      work_.pop_back();
      Run(block, function_.block(block).insts_begin, std::move(path));
    }
    if (is_cut_) {
      return {};
    }
    std::vector<FallibleUse> uses;
    for (const auto& [key, use] : uses_) {
      uses.push_back(use);
    }
    return uses;
  }

  size_t steps() const { return steps_; }
  bool is_cut() const { return is_cut_; }

 private:
  void Run(BlockId block, uint32_t begin, Path path) {
    for (uint32_t i = begin; i < function_.block(block).insts_end; ++i) {
      if (++steps_ > max_steps_) {
        is_cut_ = true;
        return;
      }
      const InstId id{i};
      // Another acquisition begins.
      if (id == call_.call || !Apply(function_.inst(id), id, path)) {
        return;
      }
    }
    const auto succs = function_.Succs(block);
    for (uint32_t i = 0; i < succs.size(); ++i) {
      Path next = path;
      if (Refine(block, i, next)) {
        Enter(block, i, std::move(next));
      }
    }
  }

  // False if the path ends here.
  bool Apply(const Inst& inst, InstId id, Path& path) {
    const auto operands = function_.Operands(inst);
    switch (inst.op) {
      case Op::kPhi:
        return true;  // At the edge.
      case Op::kExtract:
        path.value.Set(id, id == call_.value);
        path.error.Set(id, id == call_.error);
        return true;
      case Op::kStore:
        return Store(operands[0], operands[1], path);
      case Op::kLoad:
        Load(operands[0], id, path);
        return true;
      case Op::kFieldAddr:
      case Op::kIndexAddr:
      case Op::kTypeAssert:
      case Op::kSlice:
      case Op::kLookup:
        if (path.value.Has(operands[0])) {
          Use(id, 0, false, path);
        }
        [[fallthrough]];
      case Op::kField:
      case Op::kIndex:
        path.parts.Set(
            id, path.value.Has(operands[0]) || path.parts.Has(operands[0]));
        return true;
      case Op::kChangeType:
      case Op::kChangeInterface:
      case Op::kMakeInterface:
        path.value.Set(id, path.value.Has(operands[0]));
        path.parts.Set(id, path.parts.Has(operands[0]));
        path.error.Set(id, path.error.Has(operands[0]));
        return true;
      case Op::kMakeClosure:
        for (uint32_t i = 0; i < operands.size(); ++i) {
          if (path.value_cells.Has(operands[i])) {
            Use(id, i, false, path);
          }
        }
        return true;
      case Op::kCall:
        return Call(inst, id, path);
      case Op::kDefer:
      case Op::kGo:
        UseOperands(inst, id, path);
        return true;
      default:
        return true;
    }
  }

  bool Store(Value addr, Value stored, Path& path) {
    const bool is_error = path.error.Has(stored);
    const bool is_variable =
        addr.kind() == Value::Kind::kFreeVar ||
        (addr.is_inst() && function_.inst(addr.inst()).op == Op::kAlloc);
    if (!is_variable) {
      // Into a field or a global: it may be looked at there. The list of a
      // variadic call is nobody's.
      return !is_error || (addr.is_inst() &&
                           function_.inst(addr.inst()).op == Op::kIndexAddr);
    }
    path.error_cells.Set(addr, is_error);
    path.value_cells.Set(addr, path.value.Has(stored));
    return true;
  }

  void Load(Value addr, InstId id, Path& path) {
    if (path.value.Has(addr)) {
      Use(id, 0, false, path);
    }
    path.error.Set(id, path.error_cells.Has(addr));
    path.value.Set(id, path.value_cells.Has(addr));
    path.parts.Set(id, path.value.Has(addr) || path.parts.Has(addr));
  }

  bool Call(const Inst& inst, InstId id, Path& path) {
    UseOperands(inst, id, path);
    const Summary summary = program_.SummaryOfCall(function_, inst);
    if (summary.never_returns() ||
        (path.known == kErrorIsSet && MayEndAll(inst, summary))) {
      return false;
    }
    const auto operands = function_.Operands(inst);
    const bool takes_error = std::ranges::any_of(operands, [&](Value operand) {
      return path.error.Has(operand) || CapturesError(operand, path);
    });
    if (path.known == kErrorIsSet && takes_error &&
        (summary.ends & (kGoexits | kExitsProcess)) != 0) {
      // It was given the error to decide on that: `require.NoError(t, err)`.
      return false;
    }
    return !takes_error || path.known != kNotLooked || IsHarmless(inst);
  }

  // Nobody knows what is called: it may be what ends the program after an
  // error.
  bool MayEndAll(const Inst& inst, const Summary& summary) const {
    if (ModeOf(inst) == ssa::CallMode::kBuiltin || summary.is_known) {
      return false;
    }
    const types::Func* const callee = NamedCallee(function_, inst);
    return callee == nullptr || !IsStandard(program_, *callee) ||
           ModeOf(inst) == ssa::CallMode::kInvoke;
  }

  bool CapturesError(Value operand, const Path& path) const {
    if (path.error_cells.Has(operand)) {
      return true;
    }
    if (!operand.is_inst()) {
      return false;
    }
    const Inst& closure = function_.inst(operand.inst());
    return closure.op == Op::kMakeClosure &&
           std::ranges::any_of(function_.Operands(closure), [&](Value cell) {
             return path.error_cells.Has(cell);
           });
  }

  bool IsHarmless(const Inst& inst) const {
    const types::Func* const callee = NamedCallee(function_, inst);
    if (callee == nullptr) {
      return false;
    }
    return std::ranges::count(kHarmless, FullName(*callee)) > 0;
  }

  void UseOperands(const Inst& inst, InstId id, const Path& path) {
    const auto operands = function_.Operands(inst);
    for (uint32_t i = 0; i < operands.size(); ++i) {
      if (path.value.Has(operands[i])) {
        Use(id, i, false, path);
      } else if (path.parts.Has(operands[i])) {
        Use(id, i, true, path);
      }
    }
  }

  void Use(InstId id, uint32_t operand, bool is_part, const Path& path) {
    FallibleUse& use = uses_[{id, operand}];
    use.inst = id;
    use.operand = operand;
    use.is_part |= is_part;
    use.known |= path.is_nil ? kErrorIsSet : path.known;
  }

  // What a branch tells. False if it cannot be taken, or if it shows that the
  // call did not fail.
  bool Refine(BlockId block, uint32_t edge, Path& path) {
    const Inst& last = function_.Terminator(block);
    if (last.op != Op::kIf) {
      return true;
    }
    bool is_true = edge == 0;
    const auto test = NilTestAt(function_, last, is_true);
    if (!test.has_value()) {
      return true;
    }
    const bool is_nil = test->is_equal == is_true;
    if (path.value.Has(test->tested)) {
      path.is_nil = is_nil;
      return is_nil;
    }
    if (!path.error.Has(test->tested)) {
      return true;
    }
    path.known = kErrorIsSet;
    return !is_nil;
  }

  void Enter(BlockId from, uint32_t edge, Path path) {
    const BlockId to = function_.Succs(from)[edge];
    const auto preds = function_.Preds(to);
    // Several edges from one block to another carry the same, or differ only in
    // contrived code.
    const auto pred =
        static_cast<uint32_t>(std::ranges::find(preds, from) - preds.begin());
    const Path before = path;
    for (const Inst& phi : function_.InstsOf(to)) {
      if (phi.op != Op::kPhi) {
        break;
      }
      const InstId id = function_.IdOf(phi);
      const Value from_here = function_.Operands(phi)[pred];
      path.error.Set(id, before.error.Has(from_here));
      path.value.Set(id, before.value.Has(from_here));
      path.parts.Set(id, before.parts.Has(from_here));
    }
    // What is only used where it is made does not tell paths apart. The phis
    // are about to be used.
    const auto lives_on = [&](Value value) {
      return !value.is_inst() || function_.inst(value.inst()).block == to ||
             LivesOn(value.inst());
    };
    path.error.KeepIf(lives_on);
    path.value.KeepIf(lives_on);
    path.parts.KeepIf(lives_on);
    auto& seen = seen_[to.index];
    if (std::ranges::find(seen, path) != seen.end()) {
      return;
    }
    if (seen.size() == kMaxStatesPerBlock) {
      is_cut_ = true;
      return;
    }
    seen.push_back(path);
    work_.emplace_back(to, std::move(path));
  }

  bool LivesOn(InstId id) const {
    return std::ranges::any_of(function_.UsersOf(Value(id)), [&](InstId user) {
      const Inst& inst = function_.inst(user);
      return inst.block != function_.inst(id).block || inst.op == Op::kPhi;
    });
  }

  const size_t max_steps_;
  const FallibleCall& call_;
  const Function& function_;
  const Program& program_;
  std::vector<std::vector<Path>> seen_;
  std::vector<std::pair<BlockId, Path>> work_;
  std::map<std::pair<InstId, uint32_t>, FallibleUse> uses_;
  size_t steps_ = 0;
  bool is_cut_ = false;
};

// Several rules ask for the same.
struct KeptUses {
  explicit KeptUses(const Program&) {}

  std::map<std::tuple<const Function*, InstId, InstId>,
           std::vector<FallibleUse>>
      uses;
  std::map<const Function*, size_t> steps;
};

bool IsBound(const Function& function, Value value) {
  return std::ranges::any_of(
      function.bindings(),
      [&](const ssa::Binding& binding) { return binding.value == value; });
}

}  // namespace

std::vector<FallibleCall> FallibleCallsOf(const Function& function) {
  std::vector<FallibleCall> calls;
  for (const Inst& inst : function.insts()) {
    const auto* const tuple = types::TryAs<types::Tuple>(inst.type);
    if (inst.op != Op::kCall || tuple == nullptr || tuple->params.size() < 2 ||
        !IsErrorType(tuple->params.back().type)) {
      continue;
    }
    FallibleCall call{.function = &function,
                      .call = function.IdOf(inst),
                      .value = {},
                      .error = {}};
    std::vector<InstId> values;
    for (const InstId user : function.UsersOf(Value(call.call))) {
      const Inst& extract = function.inst(user);
      if (extract.op != Op::kExtract) {
        continue;
      }
      if (extract.aux + 1 == tuple->params.size()) {
        if (!function.UsersOf(Value(user)).empty() ||
            IsBound(function, Value(user))) {
          call.error = user;
        }
      } else if (types::HasNil(extract.type) ||
                 types::IsTypeParam(extract.type)) {
        // A type argument may be a pointer or an interface.
        values.push_back(user);
      }
    }
    for (const InstId value : values) {
      call.value = value;
      call.index = function.inst(value).aux;
      calls.push_back(call);
    }
  }
  return calls;
}

const std::vector<FallibleUse>& UsesOf(const FallibleCall& call,
                                       Analyses& analyses) {
  auto& kept = analyses.Shared<KeptUses>();
  const auto [at, is_new] =
      kept.uses.try_emplace({call.function, call.call, call.value});
  if (is_new) {
    size_t& steps = kept.steps[call.function];
    Walker walker(call, analyses, kMaxFunctionSteps - steps);
    at->second = walker.Walk();
    steps += std::min(walker.steps(), kMaxFunctionSteps - steps);
    if (walker.is_cut()) {
      analyses.SetTooLarge(*call.function);
    }
  }
  return at->second;
}

}  // namespace gdlint::dataflow
