// Channels and select.

#include <algorithm>
#include <cstring>

#include "interp/channel.h"
#include "interp/slow.h"

namespace gdlint::interp::slow {
namespace {

// gc's limit: the address space less the header.
constexpr int64_t kMaxBuffer = int64_t{1} << 40;

// The goroutine waits as told.
Next Wait(Execution& at, Channel* channel, uint8_t* memory, bool* ok,
          bool is_send) {
  if (channel == nullptr) {
    at.machine.Park(at.goroutine, is_send ? "chan send (nil chan)"
                                          : "chan receive (nil chan)");
    return Next::kLeave;
  }
  at.goroutine.waiters = {{&at.goroutine, channel, memory, ok, nullptr, 0,
                           is_send, nullptr, nullptr}};
  Enqueue(at.goroutine.waiters[0]);
  at.machine.Park(at.goroutine, is_send ? "chan send" : "chan receive");
  return Next::kLeave;
}

}  // namespace

Next MakeChan(Execution& at, const CodeInst& inst, const Site& site) {
  CollectIfWanted(at.machine);
  const int64_t capacity =
      site.operands[0] < 0 ? 0 : at.Reg<int64_t>(site.operands[0]);
  if (capacity < 0 ||
      (site.type->size > 0 && capacity > kMaxBuffer / site.type->size)) {
    return Executor::PanicPlain(at.machine, at.goroutine,
                                "makechan: size out of range");
  }
  at.Reg<Channel*>(inst.a) = NewChannel(at.machine, site.type, capacity);
  return Next::kContinue;
}

Next Send(Execution& at, const CodeInst&, const Site& site) {
  Channel* const channel = at.Reg<Channel*>(site.operands[0]);
  uint8_t* const value = at.registers + site.operands[1];
  if (channel == nullptr) {
    return Wait(at, nullptr, nullptr, nullptr, true);
  }
  switch (TrySend(at.machine, channel, value)) {
    case ChannelResult::kDone:
      return Next::kContinue;
    case ChannelResult::kClosed:
      return Executor::PanicPlain(at.machine, at.goroutine,
                                  "send on closed channel");
    case ChannelResult::kMustWait:
      break;
  }
  return Wait(at, channel, value, nullptr, true);
}

Next Receive(Execution& at, const CodeInst& inst, const Site& site) {
  Channel* const channel = at.Reg<Channel*>(site.operands[0]);
  uint8_t* const to = at.registers + inst.a;
  bool* const ok =
      site.flag ? reinterpret_cast<bool*>(to + site.length) : nullptr;
  if (channel == nullptr) {
    return Wait(at, nullptr, nullptr, nullptr, false);
  }
  const ChannelResult result = TryReceive(at.machine, channel, to);
  if (result == ChannelResult::kMustWait) {
    return Wait(at, channel, to, ok, false);
  }
  if (ok != nullptr) {
    *ok = result == ChannelResult::kDone;
  }
  return Next::kContinue;
}

Next Select(Execution& at, const CodeInst& inst, const Site& site) {
  uint8_t* const to = at.registers + inst.a;
  // The tuple: the index, whether a value came, and the values.
  int64_t* const index = reinterpret_cast<int64_t*>(to);
  bool* const ok = reinterpret_cast<bool*>(to + 8);
  const size_t count = site.moves.size();
  // Cases are tried in random order, as in gc.
  std::vector<size_t> order(count);
  for (size_t i = 0; i != count; ++i) {
    const size_t other = at.machine.Random() % (i + 1);
    order[i] = order[other];
    order[other] = i;
  }
  const auto channel_of = [&](size_t i) {
    return at.Reg<Channel*>(site.operands[2 * i]);
  };
  for (const size_t i : order) {
    Channel* const channel = channel_of(i);
    if (channel == nullptr) {
      continue;
    }
    const Move& state = site.moves[i];
    ChannelResult result;
    if (state.from == 1) {
      result =
          TrySend(at.machine, channel, at.registers + site.operands[2 * i + 1]);
      if (result == ChannelResult::kClosed) {
        return Executor::PanicPlain(at.machine, at.goroutine,
                                    "send on closed channel");
      }
    } else {
      result = TryReceive(at.machine, channel, to + state.to);
    }
    if (result != ChannelResult::kMustWait) {
      *index = static_cast<int64_t>(i);
      *ok = state.from != 1 && result == ChannelResult::kDone;
      return Next::kContinue;
    }
  }
  if (!site.flag) {
    *index = -1;
    *ok = false;
    return Next::kContinue;
  }
  std::vector<Waiter>& waiters = at.goroutine.waiters;
  waiters.clear();
  // They must not move once they are in queues.
  waiters.reserve(count);
  for (size_t i = 0; i != count; ++i) {
    Channel* const channel = channel_of(i);
    if (channel == nullptr) {
      continue;
    }
    const Move& state = site.moves[i];
    const bool is_send = state.from == 1;
    waiters.push_back(
        {&at.goroutine, channel,
         is_send ? at.registers + site.operands[2 * i + 1] : to + state.to,
         is_send ? nullptr : ok, index, static_cast<int64_t>(i), is_send,
         nullptr, nullptr});
  }
  for (Waiter& waiter : waiters) {
    Enqueue(waiter);
  }
  at.machine.Park(at.goroutine, count == 0 ? "select (no cases)" : "select");
  return Next::kLeave;
}

Next WaitForEver(Execution& at, const CodeInst&, const Site&) {
  at.machine.Park(at.goroutine, "select (no cases)");
  return Next::kLeave;
}

}  // namespace gdlint::interp::slow
