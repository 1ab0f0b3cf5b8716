// Which goroutine runs, and the clock.
//
// Goroutines run in turn, each until it waits or has taken kSlice steps; a seed
// other than 0 chooses the next one and the length of its turn at random. Time
// goes on a little with each step, and jumps to the next timer when all wait.

#include <algorithm>

#include "interp/execution.h"
#include "interp/fault.h"

namespace gdlint::interp {
namespace {

constexpr int64_t kSlice = 20'000;
constexpr int64_t kNanosecondsPerStep = 10;

uint64_t Mix(uint64_t& state) {
  // SplitMix64.
  state += 0x9e3779b97f4a7c15;
  uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

}  // namespace

uint64_t Machine::Random() { return Mix(state_->random); }

uint64_t Machine::IdOf(const Goroutine& goroutine) const {
  return goroutine.id;
}

void Machine::Park(Goroutine& goroutine, WaitReason reason) {
  goroutine.state = GoroutineState::kParked;
  goroutine.wait_reason = reason;
}

void Machine::Ready(Goroutine& goroutine) {
  if (goroutine.state != GoroutineState::kParked) {
    return;
  }
  goroutine.state = GoroutineState::kReady;
  state_->ready.push_back(&goroutine);
}

void Machine::Yield(Goroutine& goroutine) {
  Park(goroutine, "runnable");
  Ready(goroutine);
}

Goroutine& Machine::Start(Closure* function, const void* args, size_t args_size,
                          bool is_parked, bool is_system) {
  std::unique_ptr<Goroutine> made;
  if (!state_->spare.empty()) {
    made = std::move(state_->spare.back());
    state_->spare.pop_back();
  } else {
    made = std::make_unique<Goroutine>();
  }
  Goroutine& goroutine = *made;
  goroutine.id = ++state_->last_goroutine;
  goroutine.is_system = is_system;
  goroutine.state = GoroutineState::kParked;
  goroutine.list_index = goroutines_.size();
  goroutines_.push_back(std::move(made));
  if (!is_system) {
    ++user_goroutines_;
  }
  if (state_->running != nullptr && state_->running->top != nullptr) {
    const std::vector<TraceFrame> trace = Trace(*state_->running, 1);
    goroutine.creator = trace.empty() ? TraceFrame() : trace[0];
    goroutine.creator_id = state_->running->id;
  }
  if (options_.observer != nullptr && !is_system) {
    options_.observer->OnGoroutineStart(
        state_->running == nullptr ? EventPlace() : PlaceOf(*state_->running),
        static_cast<uint32_t>(goroutine.id), function->callable->name);
  }
  Executor::Push(*this, goroutine, function, args, args_size, nullptr,
                 kGoroutineBase);
  if (!is_parked) {
    Ready(goroutine);
  }
  return goroutine;
}

void Executor::End(Machine& machine, Goroutine& goroutine) {
  if (machine.observer() != nullptr && !goroutine.is_system) {
    machine.observer()->OnGoroutineEnd(machine.PlaceOf(goroutine));
  }
  goroutine.state = GoroutineState::kDone;
  goroutine.top = nullptr;
  if (!goroutine.is_system) {
    --machine.user_goroutines_;
  }
}

// After it has run: nobody but the scheduler holds on to it.
void Executor::Forget(Machine& machine, Goroutine& goroutine) {
  Machine::State& state = StateOf(machine);
  const size_t index = goroutine.list_index;
  std::unique_ptr<Goroutine> ended = std::move(machine.goroutines_[index]);
  if (index + 1 != machine.goroutines_.size()) {
    machine.goroutines_[index] = std::move(machine.goroutines_.back());
    machine.goroutines_[index]->list_index = index;
  }
  machine.goroutines_.pop_back();
  while (ended->panics != nullptr) {
    PanicRecord* const previous = ended->panics->previous;
    delete ended->panics;
    ended->panics = previous;
  }
  while (ended->chunk_count > 1) {
    ended->LeaveChunk();
  }
  if (state.main == ended.get()) {
    state.main = nullptr;
  }
  if (state.spare.size() < 64) {
    ended->waiters.clear();
    ended->panic_on_wake = nullptr;
    ended->creator = {};
    ended->is_crashing = false;
    ended->panics_on_fault = false;
    ended->texting = nullptr;
    ended->has_signal = false;
    state.spare.push_back(std::move(ended));
  }
}

TimerId Machine::AddTimer(int64_t when, Goroutine& goroutine) {
  const TimerId id = ++state_->last_timer;
  state_->timers[{when, id}].goroutine = &goroutine;
  state_->timer_times[id] = when;
  return id;
}

TimerId Machine::AddTimer(int64_t when, int64_t period, Closure* function,
                          const void* args, size_t args_size) {
  const TimerId id = ++state_->last_timer;
  Timer& timer = state_->timers[{when, id}];
  timer.period = period;
  timer.function = function;
  const uint8_t* const bytes = static_cast<const uint8_t*>(args);
  timer.args.assign(bytes, bytes + args_size);
  state_->timer_times[id] = when;
  return id;
}

bool Machine::RemoveTimer(TimerId id) {
  const auto found = state_->timer_times.find(id);
  if (found == state_->timer_times.end()) {
    return false;
  }
  state_->timers.erase({found->second, id});
  state_->timer_times.erase(found);
  return true;
}

// Fires what is due.
void Executor::FireTimers(Machine& machine) {
  Machine::State& state = StateOf(machine);
  while (!state.timers.empty() &&
         state.timers.begin()->first.first <= machine.now_) {
    const auto first = state.timers.begin();
    const auto [when, id] = first->first;
    Timer timer = std::move(first->second);
    state.timers.erase(first);
    if (timer.goroutine != nullptr) {
      state.timer_times.erase(id);
      machine.Ready(*timer.goroutine);
      continue;
    }
    machine.Start(timer.function, timer.args.data(), timer.args.size(), false,
                  true);
    if (timer.period > 0) {
      // Ticks that nobody could have seen are left out.
      const int64_t late = (machine.now_ - when) / timer.period;
      const int64_t next = when + (late + 1) * timer.period;
      state.timer_times[id] = next;
      state.timers[{next, id}] = std::move(timer);
    } else {
      state.timer_times.erase(id);
    }
  }
}

void Executor::Schedule(Machine& machine) {
  Machine::State& state = StateOf(machine);
  const uint64_t max_steps = machine.options().max_steps;
  const bool is_random = machine.options().seed != 0;
  while (!state.is_stopped) {
    FireTimers(machine);
    if (state.ready.empty()) {
      if (!state.timers.empty()) {
        machine.now_ = state.timers.begin()->first.first;
        continue;
      }
      Throw(machine, nullptr,
            state.main_has_exited
                ? "no goroutines (main called runtime.Goexit) - deadlock!"
                : "all goroutines are asleep - deadlock!");
      return;
    }
    if (is_random && state.ready.size() > 1) {
      std::swap(state.ready.front(),
                state.ready[machine.Random() % state.ready.size()]);
    }
    Goroutine& goroutine = *state.ready.front();
    state.ready.pop_front();
    int64_t slice = is_random
                        ? 1 + static_cast<int64_t>(machine.Random() % kSlice)
                        : kSlice;
    if (max_steps != 0) {
      slice =
          std::min(slice, static_cast<int64_t>(max_steps - state.steps) + 1);
    }
    goroutine.state = GoroutineState::kRunning;
    state.running = &goroutine;
    if (goroutine.written_map != nullptr) {
      MapSetWritten(goroutine.written_map, false);
      goroutine.written_map = nullptr;
    }
    const int64_t left = goroutine.panics_on_fault
                             ? ExecuteWithFaults(machine, goroutine, slice)
                             : Execute(machine, goroutine, slice);
    state.running = nullptr;
    const int64_t taken = slice - std::max<int64_t>(left, 0);
    state.steps += static_cast<uint64_t>(taken);
    machine.now_ += taken * kNanosecondsPerStep;
    if (state.is_stopped) {
      return;
    }
    if (goroutine.state == GoroutineState::kRunning) {
      goroutine.state = GoroutineState::kReady;
      state.ready.push_back(&goroutine);
    } else if (goroutine.state == GoroutineState::kDone) {
      Forget(machine, goroutine);
    }
    CollectIfWanted(machine);
    if (max_steps != 0 && state.steps > max_steps) {
      CannotRun(machine, "more than the limit of " + std::to_string(max_steps) +
                             " steps");
    }
  }
}

void Executor::Collect(Machine& machine) {
  machine.heap().Collect([&machine](Heap::Marker& marker) {
    machine.VisitRoots(
        [](void* context, const void* begin, size_t size) {
          static_cast<Heap::Marker*>(context)->MarkRange(
              begin, static_cast<const uint8_t*>(begin) + size);
        },
        &marker);
  });
}

}  // namespace gdlint::interp
