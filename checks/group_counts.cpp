#include "checks/group_counts.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "checks/resources/place_paths.h"
#include "dataflow/access_path.h"
#include "dataflow/accesses.h"
#include "dataflow/cycle.h"
#include "dataflow/program.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"

namespace gdlint::checks {
namespace {

using dataflow::Access;
using dataflow::AccessKind;
using dataflow::AccessPath;
using resources::Held;
using resources::PlaceExit;
using resources::PlacePaths;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// More counters than that, and nothing is known.
constexpr size_t kMaxCounters = 16;

bool IsWaitGroup(const types::Type* type) {
  const types::Named* const named = types::AsNamed(type);
  return named != nullptr && named->obj != nullptr &&
         named->obj->package != nullptr &&
         named->obj->package->path == "sync" &&
         named->obj->name->text() == "WaitGroup";
}

// "Add" of a call of the wait group's method; "" of others.
std::string_view MethodOf(const Access& access) {
  const Inst& inst = access.function->inst(access.inst);
  const types::Func* const named =
      access.kind == AccessKind::kPassed && !access.is_part &&
              access.operand == 1 && ModeOf(inst) == ssa::CallMode::kStatic
          ? dataflow::NamedCallee(*access.function, inst)
          : nullptr;
  return named != nullptr && named->recv != nullptr &&
                 named->package != nullptr && named->package->path == "sync"
             ? named->name->text()
             : "";
}

// Each way out of the goroutine has called Done of the place, once.
bool SurelyDone(PackagePass& pass, const Function& body,
                const AccessPath& path) {
  const auto& all = pass.Get<resources::FunctionPlaces>(body).all();
  const auto found = std::ranges::find(all, path, &PlacePaths::path);
  if (found == all.end() || found->is_incomplete || !found->clashes.empty()) {
    return false;
  }
  size_t returns = 0;
  for (const PlaceExit& exit : found->exits) {
    if (body.inst(exit.exit).op != Op::kReturn) {
      continue;
    }
    ++returns;
    if (exit.held != Held::kDone ||
        dataflow::IsInCycle(body, body.inst(exit.by).block)) {
      return false;
    }
  }
  return returns > 0;
}

class Collector {
 public:
  Collector(PackagePass& pass, const Function& function, Value alloc)
      : pass_(pass), function_(function) {
    use_.group = alloc;
  }

  std::optional<GroupUse> Run() {
    for (const Access& access : dataflow::AccessesOf(function_, use_.group)) {
      const bool is_known =
          access.function == &function_ ? AddOwn(access) : AddOther(access);
      if (!is_known) {
        return std::nullopt;
      }
    }
    for (const auto& [go, path] : starts_) {
      const Function* const body =
          dataflow::BodyOfCall(function_, function_.inst(go), pass_.program());
      if (body == nullptr || !SurelyDone(pass_, *body, path)) {
        return std::nullopt;
      }
      use_.steps.push_back({go, -1});
    }
    std::ranges::sort(use_.steps, {},
                      [](const GroupStep& step) { return step.at.index; });
    return std::move(use_);
  }

 private:
  // False: nobody knows.
  bool AddOwn(const Access& access) {
    const Inst& inst = function_.inst(access.inst);
    if (access.kind == AccessKind::kStore) {
      return !access.is_part &&
             dataflow::IsZeroConst(function_, function_.Operands(inst)[1]);
    }
    if (access.kind == AccessKind::kPassed && inst.op == Op::kGo) {
      return AddStart(access);
    }
    const std::string_view method = MethodOf(access);
    if (method == "Wait") {
      use_.is_waited_for_elsewhere |= inst.op == Op::kDefer;
      if (inst.op == Op::kCall) {
        use_.waits.push_back(access.inst);
      }
      return true;
    }
    if (inst.op != Op::kCall) {
      return false;
    }
    if (method == "Done") {
      use_.steps.push_back({access.inst, -1});
      return true;
    }
    const auto by =
        method == "Add"
            ? types::constant::Int64Value(ConstOf(function_.Operands(inst)[2]))
            : std::nullopt;
    if (by) {
      use_.steps.push_back({access.inst, *by});
    }
    return by.has_value() || method == "Go";
  }

  types::Value ConstOf(Value value) const {
    return value.kind() == Value::Kind::kConst
               ? function_.consts()[value.index()].value
               : types::Value();
  }

  // `go worker(&wg)`.
  bool AddStart(const Access& access) {
    const dataflow::PassedTo to = dataflow::ParamOf(access, pass_.program());
    if (to.body == nullptr || access.is_part || access.in_list ||
        MayAdd(*to.body, to.param)) {
      return false;
    }
    starts_.emplace(access.inst, dataflow::PathOf(*to.body, to.param));
    return true;
  }

  static bool MayAdd(const Function& body, Value param) {
    return std::ranges::any_of(
        dataflow::AccessesOf(body, param), [](const Access& access) {
          const std::string_view method = MethodOf(access);
          return method != "Done" && method != "Wait";
        });
  }

  // In a literal: that of a goroutine.
  bool AddOther(const Access& access) {
    const std::string_view method = MethodOf(access);
    if (method == "Wait") {
      use_.is_waited_for_elsewhere = true;
      return true;
    }
    if (method != "Done") {
      return false;
    }
    // A literal that nothing but `go` statements run, each of them once.
    for (const Inst& closure : function_.insts()) {
      if (closure.op != Op::kMakeClosure) {
        continue;
      }
      const Function* const literal =
          function_.callees()[function_.Operands(closure)[0].index()].child;
      if (literal == nullptr ||
          !dataflow::IsWithin(*access.function, *literal)) {
        continue;
      }
      const Value value = function_.IdOf(closure);
      for (const InstId user : function_.UsersOf(value)) {
        if (function_.inst(user).op != Op::kGo ||
            function_.Operands(function_.inst(user))[0] != value) {
          return false;
        }
        starts_.emplace(user, dataflow::PathOf(function_, use_.group));
      }
      return true;
    }
    return false;
  }

  PackagePass& pass_;
  const Function& function_;
  GroupUse use_;
  // The goroutines that call Done, and what the wait group is for them.
  std::map<InstId, AccessPath> starts_;
};

using Counters = std::set<int64_t>;

// Follows the counter through blocks none of whose steps is in a loop.
class Counting {
 public:
  Counting(const Function& function, const GroupUse& use)
      : function_(function), use_(use) {}

  std::vector<int64_t> Run() {
    std::vector<Counters> at(function_.blocks().size());
    at[0].insert(0);
    std::vector<ssa::BlockId> work = {ssa::BlockId{0}};
    while (!work.empty() && !is_too_much_) {
      const ssa::BlockId block = work.back();
      work.pop_back();
      const Counters out = Through(block, at[block.index]);
      for (const ssa::BlockId succ : function_.Succs(block)) {
        Counters& in = at[succ.index];
        const size_t before = in.size();
        in.insert(out.begin(), out.end());
        if (in.size() != before) {
          work.push_back(succ);
        }
      }
    }
    return is_too_much_ ? std::vector<int64_t>()
                        : std::vector<int64_t>(found_.begin(), found_.end());
  }

 private:
  Counters Through(ssa::BlockId block, Counters counters) {
    const ssa::Block& b = function_.block(block);
    const auto is_here = [&](InstId id) {
      return id.index >= b.insts_begin && id.index < b.insts_end;
    };
    std::map<InstId, const GroupStep*> events;
    for (const GroupStep& step : use_.steps) {
      if (is_here(step.at)) {
        events.emplace(step.at, &step);
      }
    }
    for (const InstId wait : use_.waits) {
      if (is_here(wait)) {
        events.emplace(wait, nullptr);
      }
    }
    for (const auto& [id, step] : events) {
      if (step == nullptr) {
        found_.insert(counters.begin(), counters.end());
        counters = {0};
        continue;
      }
      Counters next;
      for (const int64_t counter : counters) {
        next.insert(counter + step->change);
      }
      counters = std::move(next);
    }
    if (use_.waits.empty() && use_.is_waited_for_elsewhere &&
        function_.Terminator(block).op == Op::kReturn) {
      found_.insert(counters.begin(), counters.end());
    }
    is_too_much_ |= counters.size() > kMaxCounters;
    return counters;
  }

  const Function& function_;
  const GroupUse& use_;
  Counters found_;
  bool is_too_much_ = false;
};

}  // namespace

std::optional<GroupUse> GroupUseOf(PackagePass& pass, const Function& function,
                                   Value alloc) {
  const auto* const pointer =
      types::UnderAs<types::Pointer>(function.TypeOf(alloc));
  return pointer == nullptr || !IsWaitGroup(pointer->elem)
             ? std::nullopt
             : Collector(pass, function, alloc).Run();
}

std::vector<int64_t> CountersAtWait(const Function& function,
                                    const GroupUse& use) {
  return Counting(function, use).Run();
}

}  // namespace gdlint::checks
