// Time, locks, conditions and weak pointers.

#include <algorithm>

#include "interp/intrinsics.h"

namespace gdlint::interp {
namespace {

// The start of the program, by the clock that it sees: some time in 2026.
constexpr int64_t kStartSeconds = 1'767'268'800;
constexpr int64_t kSecond = 1'000'000'000;
// runtime.nanotime is never 0.
constexpr int64_t kStartNano = 1'000'000;

template <typename T>
Outcome Done(const Call& call, const T& value) {
  call.Return(0, value);
  return Outcome::kDone;
}

// The holder hands the semaphore over to the one that waited longest, who need
// not look again.
Outcome Acquire(const Call& call, WaitReason reason, bool goes_first) {
  auto* const semaphore = call.Arg<uint32_t*>(0);
  if (semaphore == nullptr) {
    return call.PanicMemory();
  }
  if (*semaphore > 0) {
    --*semaphore;
    return Outcome::kDone;
  }
  std::deque<Goroutine*>& waiting =
      IntrinsicState::Current().semaphores[semaphore];
  if (goes_first) {
    waiting.push_front(&call.goroutine);
  } else {
    waiting.push_back(&call.goroutine);
  }
  call.machine.Park(call.goroutine, reason);
  return Outcome::kWait;
}

// sync.notifyList: the next ticket, and the next one that will be told.
struct NotifyList {
  uint32_t wait;
  uint32_t notify;
};

bool IsBefore(uint32_t a, uint32_t b) {
  return static_cast<int32_t>(a - b) < 0;
}

}  // namespace

Outcome DoNothing(Call&) { return Outcome::kDone; }

Outcome ReturnFalse(Call& call) { return Done(call, uint64_t{0}); }

Outcome TimeSleep(Call& call) {
  const auto duration = call.Arg<int64_t>(0);
  if (duration <= 0) {
    call.machine.Yield(call.goroutine);
    return Outcome::kWait;
  }
  int64_t when = 0;
  if (__builtin_add_overflow(call.machine.Now(), duration, &when)) {
    when = INT64_MAX;
  }
  call.machine.Park(call.goroutine, "sleep");
  call.machine.AddTimer(when, call.goroutine);
  return Outcome::kWait;
}

Outcome TimeStart(Call& call) {
  auto* const function = call.Arg<Closure*>(2);
  return Done(
      call, call.machine.AddTimer(call.Arg<int64_t>(0) - kStartNano,
                                  call.Arg<int64_t>(1), function, nullptr, 0));
}

Outcome TimeStop(Call& call) {
  return Done(call, static_cast<uint8_t>(
                        call.machine.RemoveTimer(call.Arg<TimerId>(0))));
}

Outcome TimeNow(Call& call) {
  const int64_t now = call.machine.Now();
  call.Return(0, kStartSeconds + now / kSecond);
  call.Return(1, static_cast<int32_t>(now % kSecond));
  call.Return(2, now + kStartNano);
  return Outcome::kDone;
}

Outcome TimeNano(Call& call) {
  return Done(call, call.machine.Now() + kStartNano);
}

Outcome Semacquire(Call& call) { return Acquire(call, "semacquire", false); }

Outcome SemacquireWaitGroup(Call& call) {
  return Acquire(call, "sync.WaitGroup.Wait", false);
}

Outcome SemacquireMutex(Call& call) {
  return Acquire(call, "sync.Mutex.Lock", call.Arg<uint8_t>(1) != 0);
}

Outcome SemacquireRWMutexR(Call& call) {
  return Acquire(call, "sync.RWMutex.RLock", call.Arg<uint8_t>(1) != 0);
}

Outcome SemacquireRWMutex(Call& call) {
  return Acquire(call, "sync.RWMutex.Lock", call.Arg<uint8_t>(1) != 0);
}

Outcome Semrelease(Call& call) {
  auto* const semaphore = call.Arg<uint32_t*>(0);
  if (semaphore == nullptr) {
    return call.PanicMemory();
  }
  auto& semaphores = IntrinsicState::Current().semaphores;
  const auto found = semaphores.find(semaphore);
  if (found == semaphores.end()) {
    ++*semaphore;
    return Outcome::kDone;
  }
  Goroutine* const next = found->second.front();
  found->second.pop_front();
  if (found->second.empty()) {
    semaphores.erase(found);
  }
  call.machine.Ready(*next);
  return Outcome::kDone;
}

Outcome NotifyListAdd(Call& call) {
  return Done(call, call.Arg<NotifyList*>(0)->wait++);
}

Outcome NotifyListWait(Call& call) {
  NotifyList* const list = call.Arg<NotifyList*>(0);
  const auto ticket = call.Arg<uint32_t>(1);
  if (IsBefore(ticket, list->notify)) {
    return Outcome::kDone;
  }
  IntrinsicState::Current().conditions[list].push_back(
      {ticket, &call.goroutine});
  call.machine.Park(call.goroutine, "sync.Cond.Wait");
  return Outcome::kWait;
}

Outcome NotifyListNotifyAll(Call& call) {
  NotifyList* const list = call.Arg<NotifyList*>(0);
  list->notify = list->wait;
  auto& conditions = IntrinsicState::Current().conditions;
  if (const auto found = conditions.find(list); found != conditions.end()) {
    const std::deque<IntrinsicState::Ticket> waiting = std::move(found->second);
    conditions.erase(found);
    for (const IntrinsicState::Ticket& ticket : waiting) {
      call.machine.Ready(*ticket.goroutine);
    }
  }
  return Outcome::kDone;
}

Outcome NotifyListNotifyOne(Call& call) {
  NotifyList* const list = call.Arg<NotifyList*>(0);
  if (list->wait == list->notify) {
    return Outcome::kDone;
  }
  const uint32_t number = list->notify++;
  auto& conditions = IntrinsicState::Current().conditions;
  const auto found = conditions.find(list);
  if (found == conditions.end()) {
    return Outcome::kDone;
  }
  const auto ticket =
      std::ranges::find(found->second, number, &IntrinsicState::Ticket::number);
  if (ticket != found->second.end()) {
    Goroutine* const goroutine = ticket->goroutine;
    found->second.erase(ticket);
    if (found->second.empty()) {
      conditions.erase(found);
    }
    call.machine.Ready(*goroutine);
  }
  return Outcome::kDone;
}

Outcome RuntimeRandom(Call& call) { return Done(call, call.machine.Random()); }

Outcome WeakRegister(Call& call) {
  auto* const address = call.Arg<void*>(0);
  return Done(call, address == nullptr
                        ? nullptr
                        : call.machine.heap().WeakHandle(address));
}

Outcome WeakMakeStrong(Call& call) {
  const auto* const handle = call.Arg<void* const*>(0);
  return Done(call, handle == nullptr ? nullptr : *handle);
}

}  // namespace gdlint::interp
