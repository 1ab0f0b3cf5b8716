#include "checks/resources/path_context.h"

#include <algorithm>

namespace gdlint::checks::resources {
namespace {

// So many blocks with facts are looked at, and so many sets of them for one
// block.
constexpr size_t kMaxStates = 2000;
constexpr size_t kMaxSets = 8;
// So many bits, in words, are kept of which facts are live.
constexpr size_t kMaxLiveWords = 1 << 20;
constexpr size_t kWordBits = 64;

}  // namespace

size_t EdgeOf(const ssa::Function& function, ssa::BlockId from,
              ssa::BlockId to) {
  const std::span<const ssa::BlockId> preds = function.Preds(to);
  return static_cast<size_t>(std::ranges::find(preds, from) - preds.begin());
}

void PathContext::EnterFacts(ssa::BlockId from, ssa::BlockId to,
                             Values& facts) const {
  const size_t edge = EdgeOf(function_, from, to);
  const Values before = facts;
  for (const ssa::Inst& inst : function_.InstsOf(to)) {
    if (inst.op != ssa::Op::kPhi) {
      break;
    }
    conditions_.Enter(RawOf(ssa::Value(function_.IdOf(inst))),
                      function_.Operands(inst)[edge], before, facts);
  }
  conditions_.Forget(to, facts);
  KeepLive(to, facts);
  conditions_.Count(from, to, before, facts);
}

void PathContext::FindLiveFacts() {
  const size_t blocks = function_.blocks().size();
  words_ = (conditions_.fact_count() + kWordBits - 1) / kWordBits;
  if (words_ == 0 || blocks > kMaxLiveWords / words_) {
    return;
  }
  const auto set = [&](std::vector<uint64_t>& bits, uint32_t block,
                       const Values& facts) {
    for (const uint32_t fact : facts) {
      bits[block * words_ + fact / kWordBits] |= uint64_t{1}
                                                 << fact % kWordBits;
    }
  };
  live_.resize(blocks * words_);
  std::vector<uint64_t> forgotten(blocks * words_);
  for (uint32_t b = 0; b < blocks; ++b) {
    set(live_, b, conditions_.AskedAt(ssa::BlockId{b}));
    set(forgotten, b, conditions_.ForgottenAt(ssa::BlockId{b}));
  }
  // Before the first round over a block, what it asks for of its own values is
  // among its bits; the round takes them out.
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t b = blocks; b-- > 0;) {
      for (size_t w = 0; w < words_; ++w) {
        uint64_t bits = live_[b * words_ + w];
        for (const ssa::BlockId succ :
             function_.Succs(ssa::BlockId{static_cast<uint32_t>(b)})) {
          bits |= live_[succ.index * words_ + w];
        }
        bits &= ~forgotten[b * words_ + w];
        changed |= bits != live_[b * words_ + w];
        live_[b * words_ + w] = bits;
      }
    }
  }
}

void PathContext::KeepLive(ssa::BlockId block, Values& facts) const {
  if (!live_.empty()) {
    std::erase_if(facts, [&](uint32_t fact) {
      return (live_[block.index * words_ + fact / kWordBits] >>
                  fact % kWordBits &
              1) == 0;
    });
  }
}

void PathContext::FindFacts() {
  facts_.emplace();
  facts_->emplace(0, Values());
  std::vector<std::pair<ssa::BlockId, Values>> work = {{ssa::BlockId{0}, {}}};
  while (!work.empty()) {
    const auto [block, facts] = std::move(work.back());
    work.pop_back();
    if (facts_->size() > kMaxStates) {
      facts_.reset();
      return;
    }
    const ssa::Inst& last = function_.Terminator(block);
    const std::span<const ssa::BlockId> succs = function_.Succs(block);
    for (uint32_t i = 0; i < succs.size(); ++i) {
      Values next = facts;
      if (last.op == ssa::Op::kIf &&
          !conditions_.Refine(function_.Operands(last)[0], i == 0, next)) {
        continue;
      }
      EnterFacts(block, succs[i], next);
      if (facts_->emplace(succs[i].index, next).second) {
        work.emplace_back(succs[i], std::move(next));
      }
    }
  }
}

std::vector<Values> PathContext::FactsAt(ssa::BlockId block) {
  if (conditions_.empty()) {
    return {};
  }
  if (!std::exchange(has_facts_, true)) {
    FindFacts();
  }
  if (!facts_) {
    return {};
  }
  std::vector<Values> found;
  for (auto at = facts_->lower_bound(std::pair(block.index, Values()));
       at != facts_->end() && at->first == block.index; ++at) {
    found.push_back(at->second);
    if (found.size() > kMaxSets) {
      return {};
    }
  }
  return found;
}

}  // namespace gdlint::checks::resources
