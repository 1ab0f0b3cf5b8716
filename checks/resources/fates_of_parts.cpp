// What becomes of the resource in a field of a struct that a function is given.

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include "checks/resources/held.h"
#include "checks/resources/lifetime.h"
#include "checks/resources/ways.h"
#include "dataflow/program.h"
#include "dataflow/values.h"
#include "types/method_set.h"

namespace gdlint::checks::resources {
namespace {

// The values loaded from the field of what the parameter points to.
std::vector<ssa::Value> LoadsOfPart(const ssa::Function& function,
                                    ssa::Value param, uint32_t field) {
  std::vector<ssa::Value> loads;
  for (const ssa::InstId user : function.UsersOf(param)) {
    const ssa::Inst& addr = function.inst(user);
    if (addr.op != ssa::Op::kFieldAddr || addr.aux != field) {
      continue;
    }
    for (const ssa::InstId load : function.UsersOf(user)) {
      if (function.inst(load).op == ssa::Op::kLoad) {
        loads.emplace_back(load);
      }
    }
  }
  return loads;
}

// Something but nil is stored there.
bool IsSet(const ssa::Function& function, ssa::InstId field_addr) {
  return std::ranges::any_of(
      function.UsersOf(field_addr), [&](ssa::InstId user) {
        const ssa::Inst& store = function.inst(user);
        return store.op == ssa::Op::kStore &&
               !dataflow::IsNilConst(function, function.Operands(store)[1]);
      });
}

// The blocks with calls of methods of one of `values` whose name `is_wanted`.
template <typename Fn>
std::vector<ssa::BlockId> CallsOn(const ssa::Function& function,
                                  const std::vector<ssa::Value>& values,
                                  const Fn& is_wanted) {
  std::vector<ssa::BlockId> blocks;
  for (const ssa::Value value : values) {
    for (const ssa::InstId user : function.UsersOf(value)) {
      const ssa::Inst& call = function.inst(user);
      if (call.op != ssa::Op::kCall) {
        continue;
      }
      const types::Func* const named = dataflow::NamedCallee(function, call);
      const size_t at = ModeOf(call) == ssa::CallMode::kInvoke ? 0 : 1;
      if (named != nullptr && named->recv != nullptr &&
          at < function.Operands(call).size() &&
          function.Operands(call)[at] == value && is_wanted(NameOf(named))) {
        blocks.push_back(call.block);
      }
    }
  }
  return blocks;
}

}  // namespace

Fate Fates::OfPart(const ssa::Function& function, uint32_t param,
                   uint32_t field, ResourceKind kind) {
  if (depth_ >= kMaxDepth || param >= function.params().size()) {
    return Fate::kKept;
  }
  ++depth_;
  const Fate fate = PartFlow(function, param, field, kind);
  --depth_;
  return fate;
}

// What one use of the struct does to the field; a call that releases it is
// added to `releases`.
Fate Fates::PartUse(const ssa::Function& function, ssa::Value root,
                    ssa::InstId user, uint32_t field, ResourceKind kind,
                    std::vector<ssa::BlockId>& releases) {
  const ssa::Inst& inst = function.inst(user);
  if (inst.op == ssa::Op::kBinOp ||
      (inst.op == ssa::Op::kFieldAddr && inst.aux != field)) {
    return Fate::kBorrowed;
  }
  if (inst.op == ssa::Op::kFieldAddr) {
    if (IsSet(function, user)) {
      return Fate::kKept;
    }
    const Fate fate = Flow(function, ssa::Value(user), true, kind);
    // Where it is released is in `releases` already, if that is by a method.
    return fate == Fate::kReleased && !releases.empty() ? Fate::kBorrowed
                                                        : fate;
  }
  const dataflow::FunctionId target =
      inst.op == ssa::Op::kCall ? program_.TargetsOf(function, inst).only()
                                : dataflow::FunctionId{};
  const ssa::Function* const body =
      target.has_value() ? program_.node(target).body : nullptr;
  const std::span<const ssa::Value> operands = function.Operands(inst);
  const auto at = std::ranges::find(operands, root) - operands.begin();
  if (body == nullptr || at < 1 || ModeOf(inst) != ssa::CallMode::kStatic) {
    return Fate::kKept;
  }
  const Fate fate = OfPart(*body, static_cast<uint32_t>(at - 1), field, kind);
  if (fate != Fate::kReleased) {
    return fate;
  }
  releases.push_back(inst.block);
  return Fate::kBorrowed;
}

Fate Fates::PartFlow(const ssa::Function& function, uint32_t param,
                     uint32_t field, ResourceKind kind) {
  const ssa::Value root(ssa::Value::Kind::kParam, param);
  const std::vector<ssa::Value> loads = LoadsOfPart(function, root, field);
  std::vector<ssa::BlockId> releases = CallsOn(
      function, loads,
      [&](std::string_view name) { return knowledge::Releases(kind, name); });
  for (const ssa::InstId user : function.UsersOf(root)) {
    if (PartUse(function, root, user, field, kind, releases) !=
        Fate::kBorrowed) {
      return Fate::kKept;
    }
  }
  if (releases.empty()) {
    return Fate::kBorrowed;
  }
  return AreOnAllWays(function, releases, loads) ? Fate::kReleased
                                                 : Fate::kKept;
}

namespace {

// A name of a method, or the beginning of one, that does nothing with what was
// closed; or of a function of the standard library that is given a stream.
bool IsNameOfUse(std::string_view name) {
  constexpr std::string_view kNames[] = {"Read",  "Write",   "Fprint", "Copy",
                                         "Seek",  "Sync",    "Query",  "Exec",
                                         "Begin", "Prepare", "Accept"};
  return std::ranges::any_of(kNames, [name](std::string_view start) {
    return name.starts_with(start);
  });
}

}  // namespace

// The blocks with calls that do something with one of `roots` for which that
// must be open.
void Fates::AddUses(const ssa::Function& function,
                    const std::vector<ssa::Value>& roots, ResourceKind kind,
                    int depth, std::vector<ssa::BlockId>& uses) const {
  std::vector<ssa::Value> copies;
  for (const ssa::Value root : roots) {
    std::ranges::copy(CopiesOf(function, root), std::back_inserter(copies));
  }
  for (const ssa::Inst& inst : function.insts()) {
    const std::span<const ssa::Value> operands = function.Operands(inst);
    const types::Func* const named = inst.op == ssa::Op::kCall
                                         ? dataflow::NamedCallee(function, inst)
                                         : nullptr;
    const auto found = std::ranges::find_if(operands, [&](ssa::Value value) {
      return std::ranges::find(copies, value) != copies.end();
    });
    if (named == nullptr || named->package == nullptr ||
        found == operands.end()) {
      continue;
    }
    const auto at = static_cast<uint32_t>(found - operands.begin());
    const bool is_receiver =
        named->recv != nullptr &&
        at == (ModeOf(inst) == ssa::CallMode::kInvoke ? 0U : 1U);
    const std::string_view name = NameOf(named);
    const dataflow::FunctionId target =
        program_.TargetsOf(function, inst).only();
    const ssa::Function* const body =
        target.has_value() ? program_.node(target).body : nullptr;
    if (is_receiver || IsStandard(*named)
            ? IsNameOfUse(name) && !knowledge::WorksAfterRelease(kind, name)
            : body != nullptr && at > 0 &&
                  UsesParam(*body, ParamGiven(inst, at), kind, depth - 1)) {
      uses.push_back(inst.block);
    }
  }
}

bool Fates::UsesParam(const ssa::Function& function, uint32_t param,
                      ResourceKind kind, int depth) const {
  if (depth == 0 || param >= function.params().size()) {
    return false;
  }
  std::vector<ssa::BlockId> uses;
  AddUses(function, {ssa::Value(ssa::Value::Kind::kParam, param)}, kind, depth,
          uses);
  return !uses.empty() && AreOnAllWays(function, uses, {});
}

bool Fates::UsesPart(const ssa::Function& function, uint32_t param,
                     uint32_t field, ResourceKind kind) const {
  const ssa::Value root(ssa::Value::Kind::kParam, param);
  const std::vector<ssa::Value> loads = LoadsOfPart(function, root, field);
  std::vector<ssa::BlockId> uses =
      CallsOn(function, loads, [&](std::string_view name) {
        return !knowledge::Releases(kind, name) &&
               !knowledge::WorksAfterRelease(kind, name);
      });
  AddUses(function, loads, kind, kMaxUseDepth, uses);
  return !uses.empty() && AreOnAllWays(function, uses, {});
}

namespace {

// A parameter of this type may be written to.
bool IsWriter(const types::Type* type) {
  return std::ranges::any_of(types::MethodSetOf(type), [](const auto& entry) {
    return entry.method->name->text().starts_with("Write");
  });
}

bool IsWrittenBy(const ssa::Function& function, ssa::InstId user,
                 ssa::Value value) {
  const ssa::Inst& inst = function.inst(user);
  const types::Func* const named = inst.op == ssa::Op::kCall
                                       ? dataflow::NamedCallee(function, inst)
                                       : nullptr;
  if (named == nullptr) {
    return false;
  }
  const std::span<const ssa::Value> operands = function.Operands(inst);
  if (ModeOf(inst) == ssa::CallMode::kInvoke && operands[0] == value) {
    return NameOf(named).starts_with("Write");
  }
  const size_t first =
      named->recv != nullptr && ModeOf(inst) == ssa::CallMode::kStatic ? 2 : 1;
  if (first == 2 && operands[1] == value) {
    return NameOf(named).starts_with("Write");
  }
  const auto params = named->signature()->params->params;
  for (size_t i = first; i < operands.size(); ++i) {
    if (operands[i] == value && i - first < params.size() &&
        IsWriter(params[i - first].type)) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool Fates::WritesPart(const ssa::Function& function, uint32_t param,
                       uint32_t field) {
  const ssa::Value root(ssa::Value::Kind::kParam, param);
  return std::ranges::any_of(
      LoadsOfPart(function, root, field), [&](ssa::Value load) {
        return std::ranges::any_of(function.UsersOf(load),
                                   [&](ssa::InstId user) {
                                     return IsWrittenBy(function, user, load);
                                   });
      });
}

}  // namespace gdlint::checks::resources
