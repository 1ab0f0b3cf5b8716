#include "dataflow/defer_state.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gdlint::dataflow {
namespace {

bool Has(const std::vector<bool>& sites, uint16_t site) {
  return site < sites.size() && sites[site];
}

void Add(std::vector<bool>& sites, uint16_t site) {
  if (site >= sites.size()) {
    sites.resize(size_t{site} + 1);
  }
  sites[site] = true;
}

// Returns whether `to` grew.
bool AddAll(std::vector<bool>& to, const std::vector<bool>& from) {
  bool grew = false;
  for (size_t i = 0; i < from.size(); ++i) {
    if (from[i] && !Has(to, static_cast<uint16_t>(i))) {
      Add(to, static_cast<uint16_t>(i));
      grew = true;
    }
  }
  return grew;
}

// Without what is false at the end, so that equal sets are equal.
bool KeepOnly(std::vector<bool>& sites, const std::vector<bool>& others) {
  bool shrank = false;
  for (size_t i = 0; i < sites.size(); ++i) {
    if (sites[i] && !Has(others, static_cast<uint16_t>(i))) {
      sites[i] = false;
      shrank = true;
    }
  }
  while (!sites.empty() && !sites.back()) {
    sites.pop_back();
  }
  return shrank;
}

const DeferEntry* Find(const DeferStack& stack, uint16_t site) {
  const auto found = std::ranges::find(stack, site, &DeferEntry::site);
  return found == stack.end() ? nullptr : &*found;
}

bool Matches(const DeferStack& stack, std::span<const uint16_t> calls) {
  size_t next = 0;
  for (size_t i = 0; i < stack.size();) {
    if (!stack[i].repeats) {
      if (next == calls.size() || calls[next] != stack[i].site) {
        return false;
      }
      ++next;
      ++i;
      continue;
    }
    size_t end = i + 1;
    while (end < stack.size() && stack[end].joined) {
      ++end;
    }
    const auto group = std::span(stack).subspan(i, end - i);
    const size_t begin = next;
    while (next < calls.size() &&
           std::ranges::count(group, calls[next], &DeferEntry::site) > 0) {
      ++next;
    }
    const auto run = calls.subspan(begin, next - begin);
    if (!std::ranges::all_of(group, [&](const DeferEntry& entry) {
          return std::ranges::count(run, entry.site) > 0;
        })) {
      return false;
    }
    i = end;
  }
  return next == calls.size();
}

}  // namespace

DeferStack Pushed(const DeferStack& stack, uint16_t site) {
  DeferStack result = stack;
  auto first = std::ranges::find(result, site, &DeferEntry::site);
  if (first == result.end()) {
    result.push_back({.site = site});
    return result;
  }
  while (first->joined) {
    --first;
  }
  // Each is there once, so sorting makes the group a set.
  std::ranges::sort(first, result.end(), {}, &DeferEntry::site);
  for (auto entry = first; entry != result.end(); ++entry) {
    entry->repeats = true;
    entry->joined = entry != first;
  }
  return result;
}

DeferState DeferState::Empty() {
  DeferState state;
  state.stacks_.emplace_back();
  return state;
}

bool DeferState::Must(uint16_t site) const {
  if (is_bounds_) {
    return Has(must_, site);
  }
  return !stacks_.empty() &&
         std::ranges::all_of(stacks_, [&](const DeferStack& stack) {
           return Find(stack, site) != nullptr;
         });
}

bool DeferState::May(uint16_t site) const {
  if (is_bounds_) {
    return Has(may_, site);
  }
  return std::ranges::any_of(stacks_, [&](const DeferStack& stack) {
    return Find(stack, site) != nullptr;
  });
}

bool DeferState::Many(uint16_t site) const {
  if (is_bounds_) {
    return Has(many_, site);
  }
  return std::ranges::any_of(stacks_, [&](const DeferStack& stack) {
    const DeferEntry* const entry = Find(stack, site);
    return entry != nullptr && entry->repeats;
  });
}

std::vector<uint16_t> DeferState::Possible() const {
  std::vector<uint16_t> sites;
  if (is_bounds_) {
    for (size_t i = 0; i < may_.size(); ++i) {
      if (may_[i]) {
        sites.push_back(static_cast<uint16_t>(i));
      }
    }
    return sites;
  }
  for (const DeferStack& stack : stacks_) {
    for (const DeferEntry& entry : stack) {
      sites.push_back(entry.site);
    }
  }
  std::ranges::sort(sites);
  sites.erase(std::ranges::unique(sites).begin(), sites.end());
  return sites;
}

bool DeferState::NeverEmpty() const {
  if (is_bounds_) {
    return never_empty_;
  }
  return !stacks_.empty() && !stacks_.front().empty();
}

bool DeferState::Allows(std::span<const uint16_t> calls) const {
  if (!is_bounds_) {
    return std::ranges::any_of(stacks_, [&](const DeferStack& stack) {
      return Matches(stack, calls);
    });
  }
  for (size_t i = 0; i < must_.size(); ++i) {
    if (must_[i] && std::ranges::count(calls, i) == 0) {
      return false;
    }
  }
  return !(never_empty_ && calls.empty()) &&
         std::ranges::all_of(calls, [&](uint16_t site) {
           return Has(may_, site) &&
                  (Has(many_, site) || std::ranges::count(calls, site) == 1);
         });
}

void DeferState::ToBounds() {
  if (is_bounds_) {
    return;
  }
  bool is_first = true;
  for (const DeferStack& stack : stacks_) {
    Sites on_it;
    for (const DeferEntry& entry : stack) {
      Add(on_it, entry.site);
      Add(may_, entry.site);
      if (entry.repeats) {
        Add(many_, entry.site);
      }
    }
    if (is_first) {
      must_ = on_it;
      is_first = false;
    } else {
      KeepOnly(must_, on_it);
    }
  }
  never_empty_ = NeverEmpty();
  stacks_.clear();
  is_bounds_ = true;
}

void DeferState::Push(uint16_t site) {
  if (!is_reached()) {
    return;
  }
  if (!is_bounds_) {
    for (DeferStack& stack : stacks_) {
      stack = Pushed(stack, site);
    }
    std::ranges::sort(stacks_);
    stacks_.erase(std::ranges::unique(stacks_).begin(), stacks_.end());
    if (std::ranges::any_of(stacks_, [](const DeferStack& stack) {
          return stack.size() > kMaxDepth;
        })) {
      ToBounds();
    }
    return;
  }
  if (Has(may_, site)) {
    Add(many_, site);
  }
  Add(may_, site);
  Add(must_, site);
  never_empty_ = true;
}

bool DeferState::Join(const DeferState& other) {
  if (!other.is_reached()) {
    return false;
  }
  if (!is_reached()) {
    *this = other;
    return true;
  }
  if (!is_bounds_ && !other.is_bounds_) {
    std::vector<DeferStack> both;
    std::ranges::set_union(stacks_, other.stacks_, std::back_inserter(both));
    if (both.size() == stacks_.size()) {
      return false;
    }
    stacks_ = std::move(both);
    if (stacks_.size() > kMaxStacks) {
      ToBounds();
    }
    return true;
  }
  DeferState bounds = other;
  bounds.ToBounds();
  bool changed = !is_bounds_;
  ToBounds();
  changed |= KeepOnly(must_, bounds.must_);
  changed |= AddAll(may_, bounds.may_);
  changed |= AddAll(many_, bounds.many_);
  if (never_empty_ && !bounds.never_empty_) {
    never_empty_ = false;
    changed = true;
  }
  return changed;
}

}  // namespace gdlint::dataflow
