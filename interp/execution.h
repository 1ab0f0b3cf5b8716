// What the loop, the operations outside of it and the scheduler share. Internal
// to the machine.

#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "interp/code.h"
#include "interp/goroutine.h"
#include "interp/heap.h"
#include "interp/machine.h"
#include "interp/map.h"

namespace gdlint::interp {

// The Go functions of runtime_calls.def.
enum class RuntimeCall : uint8_t {
#define RUNTIME_CALL(Name, Function, Signature) k##Name,
#include "interp/runtime_calls.def"
};
#define RUNTIME_CALL(Name, Function, Signature) +1
inline constexpr size_t kRuntimeCallCount = 0
#include "interp/runtime_calls.def"
    ;

struct Timer {
  int64_t when = 0;
  int64_t period = 0;
  // One of the two.
  Goroutine* goroutine = nullptr;
  Closure* function = nullptr;
  std::vector<uint8_t> args;
};

struct Machine::State {
  // Runs next from the front.
  std::deque<Goroutine*> ready;
  Goroutine* main = nullptr;
  Goroutine* running = nullptr;
  bool main_has_exited = false;
  // By time, then by age.
  std::map<std::pair<int64_t, TimerId>, Timer> timers;
  std::map<TimerId, int64_t> timer_times;
  TimerId last_timer = 0;
  bool is_stopped = false;
  int exit_code = 0;
  uint64_t random = 0;
  uint64_t last_goroutine = 0;
  uint64_t last_defer = 0;
  uint64_t last_panic = 0;
  uint64_t steps = 0;
  uint64_t map_writes = 0;
  Callable* runtime_calls[kRuntimeCallCount] = {};
  // What is still to be called before `main`, last first.
  std::vector<Callable*> start_calls;
  // Where results go that nobody wants.
  alignas(16) uint8_t scratch[kScratchSize] = {};
  std::vector<std::unique_ptr<uint8_t[]>> large_scratch;
  // Goroutines that have ended, for use again.
  std::vector<std::unique_ptr<Goroutine>> spare;
  uint64_t crash_depth = 0;
  bool is_collecting = false;
};

// A goroutine while it runs.
struct Execution {
  Machine& machine;
  Goroutine& goroutine;
  Frame* frame;
  uint8_t* registers;

  template <typename T>
  T& Reg(int32_t offset) const {
    return *reinterpret_cast<T*>(registers + offset);
  }
  Program& program() const { return machine.program(); }
  Heap& heap() const { return machine.heap(); }
};

// The parts of the machine. None of them keeps state of its own.
struct Executor {
  static Machine::State& StateOf(Machine& machine) { return *machine.state_; }

  // exec.cpp: until the goroutine waits or ends, its time is over or the
  // machine stops. Returns the steps that are left of `budget`.
  static int64_t Execute(Machine& machine, Goroutine& goroutine,
                         int64_t budget);

  // call.cpp.

  // Makes sure that `code` is set; else stops the machine.
  static bool Prepare(Machine& machine, Callable& callable);
  // A frame for `closure` on top of the goroutine's. `results` may be null.
  // Returns null if the machine has stopped.
  static Frame* Push(Machine& machine, Goroutine& goroutine, Closure* closure,
                     const void* args, size_t args_size, uint8_t* results,
                     uint32_t flags);
  // Allocates a frame of `code` without arguments; its registers but for the
  // arguments are ready.
  static Frame* PushFrame(Machine& machine, Goroutine& goroutine,
                          Closure* closure, uint8_t* results, uint32_t flags);
  // The top frame, which has flags, has written its results.
  static Next Return(Machine& machine, Goroutine& goroutine);
  static Next AfterIntrinsic(Machine& machine, Outcome outcome);
  static uint8_t* Scratch(Machine& machine, size_t size);
  // Pops the top frame.
  static void Pop(Goroutine& goroutine);

  // panic.cpp. They leave the goroutine where it goes on.
  static Next Raise(Machine& machine, Goroutine& goroutine,
                    InterfaceValue value);
  static Next Goexit(Machine& machine, Goroutine& goroutine);
  static Next GoOn(Machine& machine, Goroutine& goroutine, PanicRecord& panic);
  static Next AfterPanicCall(Machine& machine, Goroutine& goroutine,
                             PanicRecord& panic, Frame* returned);
  static InterfaceValue Recover(Machine& machine, Goroutine& goroutine);
  static Next Crash(Machine& machine, Goroutine& goroutine);
  static Next CallRuntime(Machine& machine, Goroutine& goroutine,
                          RuntimeCall call, const void* args, size_t args_size);
  static Next PanicError(Machine& machine, Goroutine& goroutine,
                         std::string_view text);
  static Next PanicPlain(Machine& machine, Goroutine& goroutine,
                         std::string_view text);
  static Next PanicMemory(Machine& machine, Goroutine& goroutine,
                          uintptr_t address);
  // A method of a value called through a nil pointer in an interface.
  static std::string PanicWrapText(const RunType* type,
                                   const types::Func* method);
  static Next PanicWrap(Machine& machine, Goroutine& goroutine,
                        const RunType* type, const types::Func* method);
  // `code` is gc's boundsErrorCode.
  static Next PanicBounds(Machine& machine, Goroutine& goroutine, int64_t x,
                          bool is_signed, int64_t y, uint8_t code);
  static Next Throw(Machine& machine, Goroutine* goroutine,
                    std::string_view text);
  static Next CannotRun(Machine& machine, std::string_view what);
  static void Exit(Machine& machine, int code, std::string_view why);

  // defer.cpp.
  static DeferRecord* NewDefer(Machine& machine, Closure* closure,
                               size_t args_size);
  static void PushDefer(Machine& machine, Goroutine& goroutine, Frame* owner,
                        DeferRecord* record);
  // Calls the frame's next deferred call; false if there is none.
  static bool RunDefer(Machine& machine, Goroutine& goroutine, Frame* owner,
                       PanicRecord* panic);

  // scheduler.cpp.
  static void End(Machine& machine, Goroutine& goroutine);
  static void Forget(Machine& machine, Goroutine& goroutine);
  static void FireTimers(Machine& machine);
  // Runs goroutines until the machine stops.
  static void Schedule(Machine& machine);
  static void Collect(Machine& machine);
};

// A safe point: what runs is in frames.
inline void CollectIfWanted(Machine& machine) {
  if (machine.heap().wants_collection()) [[unlikely]] {
    Executor::Collect(machine);
  }
}

}  // namespace gdlint::interp
