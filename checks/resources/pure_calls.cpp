#include "checks/resources/pure_calls.h"

#include <algorithm>
#include <string_view>

#include "dataflow/access_path.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "lexer/token.h"
#include "types/package.h"
#include "types/predicates.h"
#include "types/universe.h"

namespace gdlint::checks::resources {
namespace {

constexpr int kMaxDepth = 3;
// What asks for more does more than look.
constexpr size_t kMaxInsts = 60;

constexpr std::string_view kPure[] = {
    "errors.Is",
    "os.IsExist",
    "os.IsNotExist",
    "path.Base",
    "path.Ext",
    "path.IsAbs",
    "path/filepath.Base",
    "path/filepath.Ext",
    "path/filepath.IsAbs",
    "strings.Contains",
    "strings.ContainsAny",
    "strings.ContainsRune",
    "strings.Count",
    "strings.EqualFold",
    "strings.HasPrefix",
    "strings.HasSuffix",
    "strings.Index",
    "strings.IndexByte",
    "strings.ToLower",
    "strings.ToUpper",
    "strings.TrimSpace",
};

// `len(x)`; that of a channel changes by itself.
bool IsLength(const ssa::Function& function, const ssa::Inst& call) {
  if (call.op != ssa::Op::kCall || ModeOf(call) != ssa::CallMode::kBuiltin) {
    return false;
  }
  const std::span<const ssa::Value> operands = function.Operands(call);
  return static_cast<types::BuiltinId>(operands[0].index()) ==
             types::BuiltinId::kLen &&
         types::UnderAs<types::Chan>(function.TypeOf(operands[1])) == nullptr;
}

ssa::Value RootOf(const ssa::Function& function, ssa::Value addr) {
  while (addr.is_inst()) {
    const ssa::Inst& inst = function.inst(addr.inst());
    if (inst.op != ssa::Op::kFieldAddr && inst.op != ssa::Op::kIndexAddr) {
      break;
    }
    addr = function.Operands(inst)[0];
  }
  return addr;
}

bool IsOwn(const ssa::Function& body, ssa::Value addr) {
  const ssa::Value root = RootOf(body, addr);
  return root.is_inst() && body.inst(root.inst()).op == ssa::Op::kAlloc;
}

bool IsPointer(const types::Type* type) {
  return type != nullptr && types::UnderAs<types::Basic>(type) == nullptr;
}

}  // namespace

bool IsMap(const types::Type* type) {
  return type != nullptr && types::UnderAs<types::Map>(type) != nullptr;
}

bool MayChangeMap(const ssa::Function& function, ssa::Value map) {
  const dataflow::AccessPath path = dataflow::PathOf(function, map);
  const auto is_it = [&](ssa::Value value) {
    return IsMap(function.TypeOf(value)) &&
           dataflow::PathOf(function, value) == path;
  };
  return std::ranges::any_of(function.insts(), [&](const ssa::Inst& inst) {
    const std::span<const ssa::Value> operands = function.Operands(inst);
    switch (inst.op) {
      case ssa::Op::kMapUpdate:
        return is_it(operands[0]);
      case ssa::Op::kStore:
        return is_it(operands[1]);
      case ssa::Op::kCall:
      case ssa::Op::kDefer:
      case ssa::Op::kGo:
      case ssa::Op::kMakeClosure:
        return !IsLength(function, inst) &&
               std::ranges::any_of(operands.subspan(1), is_it);
      default:
        return false;
    }
  });
}

Looks PureCalls::LooksOfLoad(const ssa::Function& body, ssa::Value addr) const {
  for (int steps = 0; steps < kMaxDepth * 2; ++steps) {
    const ssa::Value root = RootOf(body, addr);
    if (root.kind() == ssa::Value::Kind::kParam) {
      return Looks::kThroughPointers;
    }
    if (!root.is_inst()) {
      return Looks::kUnknown;
    }
    const ssa::Inst& inst = body.inst(root.inst());
    if (inst.op == ssa::Op::kAlloc) {
      return Looks::kAtValues;
    }
    if (inst.op != ssa::Op::kLoad && inst.op != ssa::Op::kField) {
      return Looks::kUnknown;
    }
    if (inst.op == ssa::Op::kLoad && IsOwn(body, body.Operands(inst)[0])) {
      // A pointer that a value holds.
      return Looks::kThroughPointers;
    }
    addr = body.Operands(inst)[0];
  }
  return Looks::kUnknown;
}

Looks PureCalls::LooksOfBody(const ssa::Function& body, int depth) {
  if (body.insts().size() > kMaxInsts || body.has_defers()) {
    return Looks::kUnknown;
  }
  Looks looks = Looks::kAtValues;
  for (const ssa::Inst& inst : body.insts()) {
    switch (inst.op) {
      case ssa::Op::kPhi:
      case ssa::Op::kAlloc:
      case ssa::Op::kFieldAddr:
      case ssa::Op::kField:
      case ssa::Op::kBinOp:
      case ssa::Op::kUnOp:
      case ssa::Op::kChangeType:
      case ssa::Op::kConvert:
      case ssa::Op::kJump:
      case ssa::Op::kIf:
      case ssa::Op::kReturn:
        break;
      case ssa::Op::kStore:
        if (!IsOwn(body, body.Operands(inst)[0])) {
          return Looks::kUnknown;
        }
        break;
      case ssa::Op::kLoad:
        looks = std::max(looks, LooksOfLoad(body, body.Operands(inst)[0]));
        break;
      case ssa::Op::kCall:
        looks = std::max(looks, LooksOf(body, inst, depth));
        break;
      default:
        return Looks::kUnknown;
    }
    if (looks == Looks::kUnknown) {
      break;
    }
  }
  return looks;
}

Looks PureCalls::LooksOf(const ssa::Function& caller, const ssa::Inst& call,
                         int depth) {
  if (IsLength(caller, call)) {
    return IsMap(caller.TypeOf(caller.Operands(call)[1])) ? Looks::kUnknown
                                                          : Looks::kAtValues;
  }
  const types::Func* const named = dataflow::NamedCallee(caller, call);
  if (ModeOf(call) != ssa::CallMode::kStatic || named == nullptr) {
    return Looks::kUnknown;
  }
  if (named->package != nullptr && named->package->is_standard) {
    return std::ranges::binary_search(kPure, dataflow::FullName(*named))
               ? Looks::kAtValues
               : Looks::kUnknown;
  }
  const dataflow::FunctionId target = program_.TargetsOf(caller, call).only();
  const ssa::Function* const body =
      target.has_value() ? program_.node(target).body : nullptr;
  if (body == nullptr || depth == 0 || body->result_types().empty()) {
    return Looks::kUnknown;
  }
  const auto [at, is_new] = bodies_.try_emplace(body, Looks::kUnknown);
  if (is_new) {
    const Looks looks = LooksOfBody(*body, depth - 1);
    bodies_[body] = looks;
    return looks;
  }
  return at->second;
}

// Nobody in the function changes what it points to: it goes to calls that look,
// and parts of it, such as a lock, to others.
bool PureCalls::IsOnlyAsked(ssa::Value pointer) {
  const dataflow::AccessPath path = dataflow::PathOf(function_, pointer);
  const auto is_it = [&](ssa::Value value) {
    return IsPointer(function_.TypeOf(value)) &&
           dataflow::PathOf(function_, value) == path;
  };
  return std::ranges::none_of(function_.insts(), [&](const ssa::Inst& inst) {
    switch (inst.op) {
      case ssa::Op::kStore: {
        const dataflow::AccessPath to =
            dataflow::PathOf(function_, function_.Operands(inst)[0]);
        return to.function == path.function && to.global == path.global &&
               to.root == path.root;
      }
      case ssa::Op::kCall:
      case ssa::Op::kDefer:
      case ssa::Op::kGo:
        return std::ranges::any_of(ArgumentsOf(inst), is_it) &&
               LooksOf(function_, inst, kMaxDepth) == Looks::kUnknown;
      case ssa::Op::kMakeClosure:
        return std::ranges::any_of(ArgumentsOf(inst), is_it);
      default:
        return false;
    }
  });
}

PureCalls::Comparison PureCalls::ComparisonOf(const ssa::Inst& call) const {
  const dataflow::FunctionId target =
      call.op == ssa::Op::kCall && ModeOf(call) == ssa::CallMode::kStatic
          ? program_.TargetsOf(function_, call).only()
          : dataflow::FunctionId{};
  const ssa::Function* const body =
      target.has_value() ? program_.node(target).body : nullptr;
  if (body == nullptr || body->blocks().size() != 1) {
    return {};
  }
  const ssa::Inst& last = body->Terminator(ssa::BlockId{0});
  if (last.op != ssa::Op::kReturn || body->Operands(last).size() != 1 ||
      !body->Operands(last)[0].is_inst()) {
    return {};
  }
  const ssa::Inst& inst = body->inst(body->Operands(last)[0].inst());
  const std::span<const ssa::Value> sides =
      inst.op == ssa::Op::kCall ? body->Operands(inst).subspan(1)
                                : body->Operands(inst);
  if (sides.size() != 2 || sides[0].kind() != ssa::Value::Kind::kParam ||
      sides[0].index() >= ArgumentsOf(call).size()) {
    return {};
  }
  return {body, &inst, ArgumentsOf(call)[sides[0].index()]};
}

std::string PureCalls::CalleeOf(const ssa::Inst& call) {
  if (call.op != ssa::Op::kCall) {
    return "";
  }
  if (ModeOf(call) == ssa::CallMode::kBuiltin) {
    const bool is_stable = IsLength(function_, call) &&
                           (!IsMap(function_.TypeOf(ArgumentsOf(call)[0])) ||
                            !MayChangeMap(function_, ArgumentsOf(call)[0]));
    return is_stable ? "len" : "";
  }
  const Looks looks = LooksOf(function_, call, kMaxDepth);
  if (looks == Looks::kUnknown) {
    return "";
  }
  if (looks == Looks::kThroughPointers &&
      !std::ranges::all_of(ArgumentsOf(call), [&](ssa::Value arg) {
        return !IsPointer(function_.TypeOf(arg)) || IsOnlyAsked(arg);
      })) {
    return "";
  }
  return dataflow::FullName(*dataflow::NamedCallee(function_, call));
}

}  // namespace gdlint::checks::resources
