#include "dataflow/named_results.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace gdlint::dataflow {
namespace {

using ssa::BlockId;
using ssa::Function;
using ssa::FunctionKind;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// Beyond so many pairs of blocks and writes, every write is taken to reach
// every exit.
constexpr size_t kMaxFacts = 1 << 22;
// Of a result with more writes than people write it is not known what comes
// out.
constexpr size_t kMaxWrites = 2048;

bool IsLoopBodyOf(const Function& function, const Function& outermost) {
  return &function == &outermost ||
         (function.kind() == FunctionKind::kRangeBody &&
          function.outermost() == &outermost);
}

// The only use of the literal's value is to be the function of `defer_inst`.
bool IsOnlyDeferred(const Function& literal, const Function& function,
                    InstId defer_inst) {
  if (literal.parent() != &function) {
    return false;
  }
  const std::optional<InstId> creation = CreationOf(literal);
  if (!creation) {
    return false;
  }
  if (*creation == defer_inst) {
    return true;
  }
  const auto users = function.UsersOf(*creation);
  return users.size() == 1 && users[0] == defer_inst;
}

}  // namespace

DeferredCalls::DeferredCalls(const Function& function, Analyses& analyses)
    : analyses_(analyses) {
  Collect(function);
  std::ranges::stable_sort(calls_, {}, [](const DeferredCall& call) {
    return call.function->inst(call.inst).pos;
  });
}

void DeferredCalls::Collect(const Function& function) {
  for (const Inst& inst : function.insts()) {
    if (inst.op != Op::kDefer) {
      continue;
    }
    DeferredCall call{.function = &function, .inst = function.IdOf(inst)};
    call.body = BodyOfCall(function, inst, analyses_.program());
    call.is_own_literal =
        call.body != nullptr && IsOnlyDeferred(*call.body, function, call.inst);
    calls_.push_back(call);
  }
  for (const auto& child : function.children()) {
    if (child->kind() == FunctionKind::kRangeBody) {
      Collect(*child);
    }
  }
}

const DeferredCall* DeferredCalls::RunBy(const Function& function) const {
  for (const DeferredCall& call : calls_) {
    if (call.is_own_literal && IsWithin(function, *call.body)) {
      return &call;
    }
  }
  return nullptr;
}

bool DeferredCalls::MayFollow(const Function& earlier_in, InstId earlier,
                              const Function& later_in, InstId later) const {
  if (&earlier_in == &later_in) {
    return analyses_.Get<FlowOrder>(earlier_in).MayFollow(earlier, later) ||
           // The iterator may call the body again.
           earlier_in.kind() == FunctionKind::kRangeBody;
  }
  // Up from the deeper one to where its loop stands.
  const auto depth = [](const Function& function) {
    int count = 0;
    for (const Function* at = function.parent(); at != nullptr;
         at = at->parent()) {
      ++count;
    }
    return count;
  };
  const bool from_earlier = depth(earlier_in) >= depth(later_in);
  const Function& deeper = from_earlier ? earlier_in : later_in;
  const std::optional<InstId> creation = CreationOf(deeper);
  if (!creation || deeper.parent() == nullptr) {
    return true;
  }
  const Function& parent = *deeper.parent();
  if (from_earlier) {
    return (&parent == &later_in && *creation == later) ||
           MayFollow(parent, *creation, later_in, later);
  }
  return MayFollow(earlier_in, earlier, parent, *creation);
}

NamedResults::NamedResults(const Function& function, Analyses& analyses)
    : function_(function),
      analyses_(analyses),
      deferred_(analyses.Get<DeferredCalls>(function)) {
  const auto results = static_cast<uint32_t>(function.result_cells().size());
  is_known_.assign(results, true);
  for (uint32_t result = 0; result < results; ++result) {
    CollectWrites(result);
  }
  std::ranges::stable_sort(writes_, {}, [](const ResultWrite& write) {
    return std::tuple(write.result, write.function->inst(write.inst).pos,
                      write.inst);
  });
  FindExits();
  for (uint32_t result = 0; result < results; ++result) {
    const auto count =
        std::ranges::count(writes_, result, &ResultWrite::result);
    if (static_cast<size_t>(count) > kMaxWrites) {
      is_known_[result] = false;
    } else {
      Reach(result);
    }
  }
  // A write that no path lets out is lost; one that could get out, but for what
  // comes after it, is overwritten.
  fates_.assign(writes_.size(), WriteFate::kOverwritten);
  for (uint32_t i = 0; i < writes_.size(); ++i) {
    const bool is_seen = std::ranges::any_of(exits_, [&](const ResultExit& e) {
      return std::ranges::binary_search(e.seen[writes_[i].result], i);
    });
    if (is_seen || !is_known_[writes_[i].result]) {
      fates_[i] = WriteFate::kSeen;
    } else if (exits_.empty()) {
      fates_[i] = WriteFate::kLost;
    }
  }
}

void NamedResults::CollectWrites(uint32_t result) {
  const Value cell = function_.result_cells()[result];
  if (!cell.has_value()) {
    return;
  }
  std::vector<std::pair<Origin, uint32_t>> work = {
      {{&function_, cell}, kNoDeferredCall}};
  std::vector<Origin> seen;
  while (!work.empty()) {
    const auto [address, host] = work.back();
    work.pop_back();
    if (std::ranges::find(seen, address) != seen.end()) {
      continue;
    }
    seen.push_back(address);
    for (const Access& access : AccessesOf(address)) {
      uint32_t by = host;
      if (by == kNoDeferredCall && !IsLoopBodyOf(*access.function, function_)) {
        if (const DeferredCall* const call =
                deferred_.RunBy(*access.function)) {
          by = static_cast<uint32_t>(call - deferred_.calls().data());
        } else if (access.kind != AccessKind::kLoad) {
          // A literal that may run at any time.
          is_known_[result] = false;
        }
      }
      ResultWrite write{.result = result,
                        .function = access.function,
                        .inst = access.inst,
                        .by = by,
                        .is_part = access.is_part};
      switch (access.kind) {
        case AccessKind::kLoad:
          break;
        case AccessKind::kStore:
          writes_.push_back(write);
          break;
        case AccessKind::kEscape:
          is_known_[result] = false;
          break;
        case AccessKind::kPassed: {
          const Op op = access.function->inst(access.inst).op;
          const PassedTo target = ParamOf(access, analyses_.program());
          if (op == Op::kDefer && by == kNoDeferredCall &&
              target.body != nullptr && !access.in_list) {
            for (uint32_t i = 0; i < deferred_.calls().size(); ++i) {
              const DeferredCall& call = deferred_.calls()[i];
              if (call.function == access.function &&
                  call.inst == access.inst) {
                work.push_back({{target.body, target.param}, i});
              }
            }
            break;
          }
          const uint8_t effect = EffectOf(access, analyses_.program());
          if ((effect & kMayDoAnything) != 0 || op != Op::kCall) {
            is_known_[result] = false;
          }
          if ((effect & kMayWrite) != 0) {
            write.is_store = false;
            writes_.push_back(write);
          }
          break;
        }
      }
    }
  }
}

void NamedResults::FindExits() {
  const size_t results = function_.result_cells().size();
  const auto add = [&](InstId inst, bool is_recovery) {
    exits_.push_back({.inst = inst,
                      .is_recovery = is_recovery,
                      .seen = std::vector<std::vector<uint32_t>>(results),
                      .may_be_zero = std::vector<bool>(results, false)});
  };
  for (uint32_t b = 0; b < function_.blocks().size(); ++b) {
    const BlockId block{b};
    const Inst& last = function_.Terminator(block);
    if (last.op != Op::kReturn || block == function_.recover_block()) {
      continue;
    }
    InstId exit = function_.IdOf(last);
    for (const Inst& inst : function_.InstsOf(block)) {
      if (inst.op == Op::kRunDefers) {
        exit = function_.IdOf(inst);
      }
    }
    add(exit, false);
  }
  if (function_.recover_block().has_value()) {
    add(function_.IdOf(function_.Terminator(function_.recover_block())), true);
  }
}

std::pair<uint32_t, uint32_t> NamedResults::RangeOf(uint32_t result) const {
  const auto found =
      std::ranges::equal_range(writes_, result, {}, &ResultWrite::result);
  return {static_cast<uint32_t>(found.begin() - writes_.begin()),
          static_cast<uint32_t>(found.end() - writes_.begin())};
}

// The function's own writes that reach each exit, forwards over its blocks;
// what loop bodies and calls write counts where they stand, as may-writes.
void NamedResults::Reach(uint32_t result) {
  std::map<uint32_t, std::vector<uint32_t>> writes_at;
  std::set<uint32_t> own;
  const auto [begin, end] = RangeOf(result);
  for (uint32_t i = begin; i < end; ++i) {
    const ResultWrite& write = writes_[i];
    if (write.by != kNoDeferredCall) {
      continue;
    }
    own.insert(i);
    const Function* at = write.function;
    InstId inst = write.inst;
    while (at != nullptr && at != &function_) {
      const std::optional<InstId> creation = CreationOf(*at);
      at = at->parent();
      inst = creation.value_or(InstId{0});
    }
    writes_at[inst.index].push_back(i);
  }
  constexpr uint32_t kZero = 0xffff'ffff;
  const auto finish = [&](ResultExit& exit, const std::set<uint32_t>& facts) {
    for (const uint32_t fact : facts) {
      if (fact == kZero) {
        exit.may_be_zero[result] = true;
      } else {
        exit.seen[result].push_back(fact);
      }
    }
    AfterDefers(result, exit);
  };
  std::set<uint32_t> everything = own;
  everything.insert(kZero);
  const size_t blocks = function_.blocks().size();
  if (blocks * (own.size() + 1) > kMaxFacts) {
    for (ResultExit& exit : exits_) {
      finish(exit, everything);
    }
    return;
  }
  const auto apply = [&](uint32_t from, uint32_t to,
                         std::set<uint32_t>& facts) {
    for (auto at = writes_at.lower_bound(from);
         at != writes_at.end() && at->first < to; ++at) {
      for (const uint32_t i : at->second) {
        const ResultWrite& write = writes_[i];
        if (write.is_store && !write.is_part && write.function == &function_) {
          facts.clear();
        }
        facts.insert(i);
      }
    }
  };
  std::vector<std::set<uint32_t>> in(blocks);
  in[0].insert(kZero);
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t b = 0; b < blocks; ++b) {
      std::set<uint32_t> facts = in[b];
      if (facts.empty()) {
        continue;
      }
      const ssa::Block& block = function_.block(BlockId{b});
      apply(block.insts_begin, block.insts_end, facts);
      for (const BlockId succ : function_.Succs(BlockId{b})) {
        const size_t before = in[succ.index].size();
        in[succ.index].insert(facts.begin(), facts.end());
        changed |= in[succ.index].size() != before;
      }
    }
  }
  for (ResultExit& exit : exits_) {
    if (exit.is_recovery) {
      // A panic can come from anywhere.
      finish(exit, everything);
      continue;
    }
    const BlockId block = function_.inst(exit.inst).block;
    std::set<uint32_t> facts = in[block.index];
    apply(function_.block(block).insts_begin, exit.inst.index, facts);
    finish(exit, facts);
  }
}

// Whether the call leaves the result changed each time that it returns.
bool NamedResults::SurelyWrites(uint32_t call, uint32_t result) const {
  const DeferredCall& deferred = deferred_.calls()[call];
  if (deferred.body == nullptr || deferred.body->has_defers() ||
      deferred.function != &function_) {
    return false;
  }
  std::vector<InstId> stores;
  const auto [begin, end] = RangeOf(result);
  for (uint32_t i = begin; i < end; ++i) {
    const ResultWrite& write = writes_[i];
    if (write.by == call && write.is_store && !write.is_part &&
        write.function == deferred.body) {
      stores.push_back(write.inst);
    }
  }
  if (stores.empty()) {
    return false;
  }
  const FlowOrder& order = analyses_.Get<FlowOrder>(*deferred.body);
  for (uint32_t b = 0; b < deferred.body->blocks().size(); ++b) {
    const Inst& last = deferred.body->Terminator(BlockId{b});
    if (last.op == Op::kReturn &&
        order.MayReachWithout(deferred.body->IdOf(last), stores)) {
      return false;
    }
  }
  return true;
}

void NamedResults::AfterDefers(uint32_t result, ResultExit& exit) const {
  const FlowOrder& order = analyses_.Get<FlowOrder>(function_);
  const auto [begin, end] = RangeOf(result);
  const auto calls = deferred_.calls();
  // The call that surely overwrites and runs last: what runs before it does not
  // get out.
  uint32_t last = kNoDeferredCall;
  if (!exit.is_recovery) {
    std::set<uint32_t> writers;
    for (uint32_t i = begin; i < end; ++i) {
      if (writes_[i].by != kNoDeferredCall) {
        writers.insert(writes_[i].by);
      }
    }
    for (const uint32_t i : writers) {
      if (calls[i].function == &function_ &&
          order.Dominates(calls[i].inst, exit.inst) &&
          (last == kNoDeferredCall ||
           order.Dominates(calls[i].inst, calls[last].inst)) &&
          SurelyWrites(i, result)) {
        last = i;
      }
    }
  }
  std::vector<uint32_t>& seen = exit.seen[result];
  if (last != kNoDeferredCall) {
    seen.clear();
    exit.may_be_zero[result] = false;
  }
  for (uint32_t i = begin; i < end; ++i) {
    const ResultWrite& write = writes_[i];
    if (write.by == kNoDeferredCall) {
      continue;
    }
    const DeferredCall& call = calls[write.by];
    const bool may_be_registered =
        exit.is_recovery ||
        deferred_.MayFollow(*call.function, call.inst, function_, exit.inst);
    // What is registered before the last one runs after it.
    const bool runs_late = last == kNoDeferredCall || write.by == last ||
                           deferred_.MayFollow(*call.function, call.inst,
                                               function_, calls[last].inst);
    if (may_be_registered && runs_late) {
      seen.push_back(i);
    }
  }
  std::ranges::sort(seen);
}

}  // namespace gdlint::dataflow
