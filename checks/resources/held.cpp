// What structs keep that their constructors, or methods that these call, have
// acquired. See lifetime.h.

#include "checks/resources/held.h"

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "checks/resources/holders.h"
#include "checks/resources/lifetime.h"
#include "dataflow/values.h"
#include "types/method_set.h"
#include "types/predicates.h"

namespace gdlint::checks::resources {

bool IsHeldByStructs(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::kFile:
    case ResourceKind::kNetConn:
    case ResourceKind::kListener:
    case ResourceKind::kHttpBody:
    case ResourceKind::kSqlDb:
    case ResourceKind::kSqlConn:
    case ResourceKind::kSqlRows:
    case ResourceKind::kSqlStmt:
    case ResourceKind::kSqlTx:
      return true;
    default:
      return false;
  }
}

bool HasMethodToRelease(const types::Type* type, ResourceKind kind) {
  return std::ranges::any_of(types::MethodSetOf(type), [&](const auto& entry) {
    return types::IsInterface(type)
               ? knowledge::Releases(kind, NameOf(entry.method))
               : knowledge::MayRelease(kind, NameOf(entry.method));
  });
}

std::vector<ssa::Value> CopiesOf(const ssa::Function& function,
                                 ssa::Value root) {
  std::vector<ssa::Value> copies = {root};
  std::vector<ssa::Value> cells;
  const auto has = [](const std::vector<ssa::Value>& list, ssa::Value value) {
    return std::ranges::find(list, value) != list.end();
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (const ssa::Inst& inst : function.insts()) {
      const std::span<const ssa::Value> operands = function.Operands(inst);
      const ssa::Value self(function.IdOf(inst));
      bool is_copy = false;
      switch (inst.op) {
        case ssa::Op::kStore:
          if (has(copies, operands[1]) && !has(cells, operands[0])) {
            cells.push_back(operands[0]);
            changed = true;
          }
          break;
        case ssa::Op::kLoad:
          // Of a struct that is returned itself, not a pointer to it.
          is_copy = has(cells, operands[0]) || operands[0] == root;
          break;
        case ssa::Op::kPhi:
        case ssa::Op::kChangeType:
        case ssa::Op::kMakeInterface:
        case ssa::Op::kChangeInterface:
          is_copy = std::ranges::any_of(
              operands, [&](ssa::Value value) { return has(copies, value); });
          break;
        default:
          break;
      }
      if (is_copy && !has(copies, self)) {
        copies.push_back(self);
        changed = true;
      }
    }
  }
  return copies;
}

namespace {

// The result of that number; none if nothing looks at it.
ssa::Value ResultOf(const ssa::Function& function, const ssa::Inst& call,
                    uint32_t result) {
  const ssa::InstId id = function.IdOf(call);
  if (call.type == nullptr || call.type->kind != types::TypeKind::kTuple) {
    return ssa::Value(id);
  }
  for (const ssa::InstId user : function.UsersOf(ssa::Value(id))) {
    const ssa::Inst& extract = function.inst(user);
    if (extract.op == ssa::Op::kExtract && extract.aux == result) {
      return ssa::Value(user);
    }
  }
  return ssa::Value::None();
}

// Where in its receiver a method puts `root` or a struct made around it.
std::optional<KeptPart> PartThatKeeps(const ssa::Function& method,
                                      ssa::Value root) {
  std::vector<ssa::Value> roots = {root};
  for (size_t i = 0; i < roots.size(); ++i) {
    for (const ssa::Value copy : CopiesOf(method, roots[i])) {
      for (const ssa::InstId user : method.UsersOf(copy)) {
        const ssa::Inst& store = method.inst(user);
        const std::span<const ssa::Value> operands = method.Operands(store);
        if (store.op != ssa::Op::kStore || operands[1] != copy) {
          continue;
        }
        if (const auto part = PartOfReceiver(method, operands[0])) {
          return part;
        }
        const auto holder = HolderOf(method, operands[0]);
        if (holder && std::ranges::find(roots, holder->outer) == roots.end()) {
          roots.push_back(holder->outer);
        }
      }
    }
  }
  return std::nullopt;
}

}  // namespace

// A call of a function that returns a struct around one of `values` whose Close
// closes that as well: `newClient(conn)`.
bool Fates::IsBuiltAround(const ssa::Function& function, ssa::Value call,
                          const std::vector<ssa::Value>& values,
                          ResourceKind kind) {
  if (!call.is_inst() || !IsHeldByStructs(kind)) {
    return false;
  }
  const ssa::Inst& inst = function.inst(call.inst());
  if (inst.op != ssa::Op::kCall || ModeOf(inst) != ssa::CallMode::kStatic) {
    return false;
  }
  const dataflow::FunctionId target = program_.TargetsOf(function, inst).only();
  const ssa::Function* const body =
      target.has_value() ? program_.node(target).body : nullptr;
  if (body == nullptr || body->result_types().empty()) {
    return false;
  }
  const types::Type* const given = body->result_types()[0];
  if (types::IsInterface(given) ? !HasMethodToRelease(given, kind)
                                : !HasReleasingMethod(given, kind)) {
    return false;
  }
  const std::span<const ssa::Value> operands = function.Operands(inst);
  for (uint32_t i = 1; i < operands.size(); ++i) {
    if (std::ranges::find(values, operands[i]) != values.end() &&
        OfParam(*body, i - 1, kind) == Fate::kReturned) {
      return true;
    }
  }
  return false;
}

// Its method by the usual name calls the functions that it holds.
bool Fates::CallsHeldFunction(const types::Type* type, const Holder& holder,
                              ResourceKind kind) {
  return std::ranges::any_of(types::MethodSetOf(type), [&](const auto& entry) {
    const dataflow::FunctionId id =
        entry.index.size() == 1 &&
                knowledge::Releases(kind, NameOf(entry.method))
            ? program_.Find(entry.method)
            : dataflow::FunctionId{};
    const ssa::Function* const body =
        id.has_value() ? program_.node(id).body : nullptr;
    return body != nullptr &&
           CallsFunctionIn(*body, *holder.function, holder.list.has_value());
  });
}

// What a method acquires and keeps in its receiver.
std::optional<Fates::Kept> Fates::KeptByReceiver(const ssa::Function& method) {
  if (const auto found = kept_.find(&method); found != kept_.end()) {
    return found->second;
  }
  kept_[&method] = std::nullopt;
  if (depth_ >= kMaxDepth) {
    return std::nullopt;
  }
  ++depth_;
  std::optional<Kept> result;
  for (const ssa::Inst& inst : method.insts()) {
    if (inst.op != ssa::Op::kCall || result) {
      continue;
    }
    if (const ssa::Function* const other =
            MethodOn(method, inst, ssa::Value(ssa::Value::Kind::kParam, 0))) {
      result = KeptByReceiver(*other);
    } else if (const auto acquired = AcquiredBy(method, inst);
               acquired && acquired->cleanup < 0) {
      if (const auto part =
              PartThatKeeps(method, ResultOf(method, inst, acquired->result))) {
        result = Kept{*acquired, *part};
      }
    }
  }
  --depth_;
  return kept_[&method] = result;
}

// A struct that is made here and returned, and that a method of its own has
// acquired something for: `w := &Writer{}`, `w.open()`.
std::optional<Acquisition> Fates::ReturnedWithKept(
    const ssa::Function& function, const ssa::Inst& call) {
  const std::span<const ssa::Value> operands = function.Operands(call);
  if (ModeOf(call) != ssa::CallMode::kStatic || operands.size() < 2 ||
      !operands[1].is_inst() ||
      function.inst(operands[1].inst()).op != ssa::Op::kAlloc) {
    return std::nullopt;
  }
  const ssa::Function* const method = MethodOn(function, call, operands[1]);
  const auto kept = method == nullptr ? std::nullopt : KeptByReceiver(*method);
  if (!kept) {
    return std::nullopt;
  }
  auto wrapped =
      WrappedIn(function, {HolderWith(function, operands[1], kept->part)},
                kept->what.kind, function.IdOf(call));
  if (wrapped) {
    wrapped->is_writable = kept->what.is_writable;
  }
  return wrapped;
}

// The method that `call` calls on `receiver`, or the function that it gives
// that first, if its body is known.
const ssa::Function* Fates::MethodOn(const ssa::Function& function,
                                     const ssa::Inst& call,
                                     ssa::Value receiver) const {
  const std::span<const ssa::Value> operands = function.Operands(call);
  if (ModeOf(call) != ssa::CallMode::kStatic || operands.size() < 2 ||
      operands[1] != receiver) {
    return nullptr;
  }
  const dataflow::FunctionId target = program_.TargetsOf(function, call).only();
  return target.has_value() ? program_.node(target).body : nullptr;
}

}  // namespace gdlint::checks::resources
