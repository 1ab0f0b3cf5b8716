#include "checks/guarded_accesses.h"

#include <algorithm>
#include <vector>

#include "checks/places.h"
#include "checks/resources/waits.h"
#include "dataflow/accesses.h"
#include "dataflow/cycle.h"
#include "dataflow/value_flow.h"

namespace gdlint::checks {
namespace {

using dataflow::AccessPath;
using resources::PlaceEvent;
using resources::PlaceOp;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

bool IsStandardCall(const Function& function, const Inst& call) {
  if (ModeOf(call) == ssa::CallMode::kBuiltin) {
    return true;
  }
  const types::Func* const named = dataflow::NamedCallee(function, call);
  return named != nullptr && named->package != nullptr &&
         (dataflow::IsErrorType(named->recv) || named->package->is_standard) &&
         named->package != function.package();
}

// What is reached from the variable that has the lock.
class Guarded {
 public:
  Guarded(const Function& function, const AccessPath& lock)
      : function_(function),
        lock_(lock),
        from_(function.insts().size()),
        refers_(function.insts().size()) {
    // Values are defined before they are used, but for phis and loops.
    for (int round = 0; round < 3; ++round) {
      for (const Inst& inst : function.insts()) {
        Visit(inst);
      }
    }
  }

  // It comes from there, if only as a number.
  bool IsFrom(Value value) const {
    return value.is_inst() ? from_[value.inst().index] : IsRoot(value);
  }
  // It leads there: a pointer, map, channel …
  bool Refers(Value value) const {
    return value.is_inst() ? refers_[value.inst().index] : IsRoot(value);
  }

 private:
  bool IsRoot(Value value) const {
    switch (value.kind()) {
      case Value::Kind::kGlobal:
        return lock_.global != nullptr &&
               function_.globals()[value.index()]->package ==
                   lock_.global->package;
      case Value::Kind::kFreeVar:
        return lock_.function != nullptr &&
               dataflow::PathOf(function_, value).root == lock_.root;
      default:
        return lock_.function == &function_ && value == lock_.root;
    }
  }

  void Visit(const Inst& inst) {
    const InstId id = function_.IdOf(inst);
    const std::span<const Value> operands = function_.Operands(inst);
    if (inst.op == Op::kStore) {
      if (operands[0].is_inst() && Refers(operands[1]) &&
          function_.inst(operands[0].inst()).op == Op::kAlloc) {
        from_[operands[0].inst().index] = true;
        refers_[operands[0].inst().index] = true;
      }
      return;
    }
    if (lock_.function == &function_ && lock_.root == Value(id)) {
      from_[id.index] = true;
      refers_[id.index] = true;
      return;
    }
    if (inst.type == nullptr ||
        std::ranges::none_of(operands, [&](Value v) { return IsFrom(v); })) {
      return;
    }
    from_[id.index] = true;
    // What a function of the standard library returns is its own.
    const bool is_new = inst.op == Op::kCall && IsStandardCall(function_, inst);
    refers_[id.index] =
        !is_new &&
        (inst.op == Op::kFieldAddr || inst.op == Op::kIndexAddr ||
         inst.op == Op::kRange ||
         types::Under(inst.type)->kind != types::TypeKind::kBasic) &&
        std::ranges::any_of(operands, [&](Value v) { return Refers(v); });
  }

  const Function& function_;
  const AccessPath& lock_;
  std::vector<bool> from_;
  std::vector<bool> refers_;
};

class Search {
 public:
  Search(PackagePass& pass, const Function& function, const AccessPath& path)
      : pass_(pass),
        function_(function),
        path_(path),
        guarded_(function, path) {}

  std::optional<IdleHold> Run(InstId lock, InstId release) {
    const auto& paths = pass_.Get<dataflow::Paths>(function_);
    const dataflow::BlockSet locked = paths.Behind(lock, paths.AllBlocks());
    for (const Inst& inst : function_.insts()) {
      const InstId id = function_.IdOf(inst);
      if (!Follows(locked, lock, id) || !Waits(inst)) {
        continue;
      }
      const dataflow::BlockSet behind = paths.Behind(id, paths.AllBlocks());
      InstId last;
      bool is_touched_after = false;
      for (const Inst& other : function_.insts()) {
        const InstId at = function_.IdOf(other);
        if (at == id || at == release || at == lock) {
          continue;
        }
        if (Follows(behind, id, at)) {
          is_touched_after |= MayTouch(other);
        } else if (Follows(locked, lock, at) && Touches(other)) {
          last = at;
        }
      }
      if (last.has_value() && !is_touched_after && !IsShared()) {
        return IdleHold{.release = release, .last = last, .wait = id};
      }
    }
    return std::nullopt;
  }

 private:
  bool Follows(const dataflow::BlockSet& behind, InstId a, InstId b) const {
    const ssa::BlockId block = function_.inst(b).block;
    return behind[block.index] ||
           (block == function_.inst(a).block && b.index > a.index);
  }

  bool IsClient(Value value) const {
    const auto* const pointer =
        types::UnderAs<types::Pointer>(function_.TypeOf(value));
    const types::Named* const named =
        pointer == nullptr ? nullptr : types::AsNamed(pointer->elem);
    return named != nullptr && named->obj->name->text() == "Client" &&
           named->obj->package != nullptr &&
           named->obj->package->path == "net/http";
  }

  // For something that is not what is guarded. A client may be used by many at
  // a time; nobody locks for its sake.
  bool Waits(const Inst& inst) const {
    const InstId id = function_.IdOf(inst);
    if (!resources::IsWait(function_, id, pass_.program())) {
      return false;
    }
    const bool takes_time =
        inst.op != Op::kCall || CalleeNameOf(function_, inst) == "Sleep";
    return std::ranges::none_of(function_.Operands(inst), [&](Value operand) {
      return takes_time ? guarded_.IsFrom(operand)
                        : guarded_.Refers(operand) && !IsClient(operand);
    });
  }

  // It reads or writes what is guarded.
  bool Touches(const Inst& inst) const {
    switch (inst.op) {
      case Op::kLoad:
        return guarded_.Refers(function_.Operands(inst)[0]) &&
               !IsClient(Value(function_.IdOf(inst))) &&
               !IsVariable(function_.Operands(inst)[0]);
      case Op::kStore:
        return guarded_.Refers(function_.Operands(inst)[0]) &&
               !IsVariable(function_.Operands(inst)[0]);
      case Op::kMapUpdate:
      case Op::kLookup:
      case Op::kNext:
      case Op::kSend:
        return guarded_.Refers(function_.Operands(inst)[0]);
      case Op::kCall:
      case Op::kDefer:
      case Op::kGo:
        return std::ranges::any_of(
            function_.Operands(inst),
            [&](Value operand) { return guarded_.Refers(operand); });
      default:
        return false;
    }
  }

  // A goroutine or another literal gets at it: perhaps it is waited for.
  bool IsShared() const {
    return std::ranges::any_of(function_.insts(), [&](const Inst& inst) {
      return (inst.op == Op::kGo || inst.op == Op::kMakeClosure) &&
             std::ranges::any_of(function_.Operands(inst), [&](Value operand) {
               return guarded_.Refers(operand);
             });
    });
  }

  // As Touches, and what nobody can tell: calls of the program's own functions.
  bool MayTouch(const Inst& inst) const {
    const bool is_call =
        inst.op == Op::kCall || inst.op == Op::kDefer || inst.op == Op::kGo;
    return Touches(inst) || (is_call && !IsStandardCall(function_, inst));
  }

  bool IsVariable(Value addr) const {
    return addr.is_inst() && function_.inst(addr.inst()).op == Op::kAlloc &&
           Value(addr.inst()) != path_.root;
  }

  PackagePass& pass_;
  const Function& function_;
  const AccessPath& path_;
  const Guarded guarded_;
};

}  // namespace

std::optional<IdleHold> FindIdleHold(PackagePass& pass,
                                     const Function& function,
                                     std::span<const PlaceEvent> events,
                                     const AccessPath& path) {
  InstId lock;
  InstId release;
  for (const PlaceEvent& event : events) {
    if (event.path != path) {
      continue;
    }
    const bool is_lock =
        event.op == PlaceOp::kLock || event.op == PlaceOp::kRLock;
    const bool is_unlock =
        event.op == PlaceOp::kUnlock || event.op == PlaceOp::kRUnlock;
    const Op op = function.inst(event.inst).op;
    if (event.is_by_helper ||
        !((is_lock && op == Op::kCall && !lock.has_value()) ||
          (is_unlock && op == Op::kDefer && !release.has_value()))) {
      return std::nullopt;
    }
    (is_lock ? lock : release) = event.inst;
  }
  if (!lock.has_value() || !release.has_value() ||
      (path.function != nullptr && path.function != &function)) {
    return std::nullopt;
  }
  return Search(pass, function, path).Run(lock, release);
}

}  // namespace gdlint::checks
