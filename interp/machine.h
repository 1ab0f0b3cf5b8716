// The machine that runs a Program: goroutines, their frames, and what functions
// implemented here (intrinsics) may ask of it.
//
// One thread. Whatever a run depends on (the order of goroutines, of maps, the
// clock) follows from the program, its input and the seed.

#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "interp/closure.h"
#include "interp/events.h"
#include "interp/heap.h"
#include "interp/program.h"
#include "interp/run_type.h"
#include "source/pos.h"

namespace gdlint::interp {

class Machine;
struct CodeInst;
struct DeferRecord;
struct Frame;
struct Goroutine;
struct PanicRecord;

// What an intrinsic says when it returns.
enum class Outcome : uint8_t {
  // Its results are written: the caller goes on.
  kDone,
  // It called Park. When the goroutine is made ready the caller goes on; who
  // makes it ready writes the results before, if there are any (their memory
  // stays).
  kWait,
  // It called Park, and is called again with the same arguments when the
  // goroutine is made ready.
  kAgain,
  // It called Enter: the caller goes on when that function has returned.
  kEntered,
  // It called one of the Panic functions, Goexit, Exit, Throw or CannotRun:
  // the caller does not go on.
  kUnwinds,
};

// One call of an intrinsic.
class Call {
 public:
  Machine& machine;
  Goroutine& goroutine;
  // What is called, with what it captured.
  Closure* closure;
  // Each at the next multiple of kSlotSize; the receiver first.
  uint8_t* args;
  // Likewise; not initialised. Never null.
  uint8_t* results;

  Callable& callable() const { return *closure->callable; }

  // The argument that begins in slot `slot`. A string takes two slots, a slice
  // three, an interface two, all others of up to 8 bytes one.
  template <typename T>
  const T& Arg(size_t slot) const {
    return *reinterpret_cast<const T*>(args + slot * kSlotSize);
  }
  // The result that begins in slot `slot`.
  template <typename T>
  void Return(size_t slot, const T& value) const {
    std::memcpy(results + slot * kSlotSize, &value, sizeof(T));
  }

  // Calls a Go function; its results go to `to` (null: they are dropped), which
  // must stay while it runs: `results`, or heap memory. `args_size` is a
  // multiple of kSlotSize. `then`, if given, is called with this Call (args and
  // results as they are now) when it has returned, before the caller goes on.
  Outcome Enter(Closure* function, const void* arguments, size_t args_size,
                uint8_t* to, Intrinsic then = nullptr) const;

  // Raises a panic with a value, a run-time error by its text ("runtime error:
  // " goes before it), or one of the few without that prefix.
  Outcome Panic(InterfaceValue value) const;
  Outcome PanicError(std::string_view text) const;
  Outcome PanicPlain(std::string_view text) const;
  // A nil dereference.
  Outcome PanicMemory(uintptr_t address = 0) const;
  Outcome Goexit() const;
  Outcome Exit(int code) const;
  // "fatal error: " + text, exit code 2; nothing can stop it.
  Outcome Throw(std::string_view text) const;
  // "gdlint: cannot run: " + what, exit code 3.
  Outcome CannotRun(std::string_view what) const;
};

// Where the program's output goes, and its input comes from.
class Host {
 public:
  virtual ~Host() = default;
  virtual void Write(int fd, std::string_view text) = 0;
  // The number of bytes, 0 at the end, -1 on an error.
  virtual int64_t Read(int fd, char* buffer, size_t size) = 0;
};

// For a handler of SIGSEGV and SIGBUS: if the goroutine that runs on this
// thread wants faults to be panics (debug.SetPanicOnFault), it goes on with
// one, and the handler is left; else returns.
void PanicAtFault(uintptr_t address);

// What a goroutine waits for, in words of gc's traces: "chan receive".
using WaitReason = const char*;

using TimerId = uint64_t;

struct MachineOptions {
  uint64_t seed = 0;
  // Backward jumps and calls; 0 for no limit.
  uint64_t max_steps = 0;
  // Bytes of one goroutine's stack.
  uint64_t max_stack = uint64_t{512} << 20;
  // Of panic(nil): a *runtime.PanicNilError. By the main module's language
  // version and GODEBUG panicnil.
  bool panic_nil_error = true;
  Observer* observer = nullptr;
};

// One frame of a trace, the innermost first.
struct TraceFrame {
  const Callable* callable;
  // Of the call that it is at; invalid in functions without source.
  source::Pos pos;
};

class Machine {
 public:
  Machine(Program& program, Host& host, const MachineOptions& options);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  // Initialises all packages in order, then calls `main`; returns the exit code
  // of the process. Uncaught panics and fatal errors are printed as gc does.
  int Run(Callable* main);

  Program& program() { return program_; }
  Heap& heap() { return program_.heap(); }
  RunTypes& run_types() { return program_.run_types(); }
  Host& host() { return host_; }
  Observer* observer() { return options_.observer; }
  const MachineOptions& options() const { return options_; }

  // ---- For intrinsics.

  // The goroutine that runs gives way; the intrinsic returns kWait or kAgain.
  void Park(Goroutine& goroutine, WaitReason reason);
  // It was parked: it will go on.
  void Ready(Goroutine& goroutine);
  // It goes on later; the intrinsic returns kWait.
  void Yield(Goroutine& goroutine);
  // A new goroutine that calls `function`. Not yet in the queue if `is_parked`.
  // The number of `system` ones is not told to the program.
  Goroutine& Start(Closure* function, const void* args, size_t args_size,
                   bool is_parked = false, bool is_system = false);
  uint64_t goroutine_count() const { return user_goroutines_; }
  uint64_t IdOf(const Goroutine& goroutine) const;

  // Virtual time in nanoseconds since the start of the program.
  int64_t Now() const { return now_; }
  // Makes a parked goroutine ready at that time.
  TimerId AddTimer(int64_t when, Goroutine& goroutine);
  // Starts a system goroutine that calls `function` with `args` at that time;
  // again every `period` if that is not 0.
  TimerId AddTimer(int64_t when, int64_t period, Closure* function,
                   const void* args, size_t args_size);
  // False if it has fired or was removed already.
  bool RemoveTimer(TimerId timer);

  // Deterministic, from the seed.
  uint64_t Random();

  // The frames of a goroutine as runtime.Callers has them: without wrappers,
  // with those of gc's run time below deferred calls of a panic and below all.
  // No more than `limit`.
  std::vector<TraceFrame> Trace(const Goroutine& goroutine,
                                size_t limit = SIZE_MAX) const;
  // What a crash prints of a goroutine.
  std::string TraceText(const Goroutine& goroutine,
                        std::string_view state) const;
  // All goroutines, for traces and the collector.
  const std::vector<std::unique_ptr<Goroutine>>& goroutines() const {
    return goroutines_;
  }
  // Memory that may hold pointers into the heap: stacks, deferred calls,
  // waiters, timers. Calls `visit` with each piece.
  void VisitRoots(void (*visit)(void* context, const void* begin, size_t size),
                  void* context) const;
  // "/dir/file.go:12", the file as it was named, and the line alone.
  static std::string PlaceText(const Callable& callable, source::Pos pos,
                               uint32_t* line = nullptr);
  // Likewise, with the whole path.
  static std::string FullPlaceText(const Callable& callable, source::Pos pos,
                                   uint32_t* line = nullptr);
  EventPlace PlaceOf(const Goroutine& goroutine) const;
  EventPlace PlaceOf(const Goroutine& goroutine, const Frame& frame) const;

  void WriteError(std::string_view text) { host_.Write(2, text); }

 private:
  friend class Call;
  friend struct Executor;
  struct State;

  Program& program_;
  Host& host_;
  MachineOptions options_;
  int64_t now_ = 0;
  uint64_t user_goroutines_ = 0;
  std::vector<std::unique_ptr<Goroutine>> goroutines_;
  std::unique_ptr<State> state_;
};

}  // namespace gdlint::interp
