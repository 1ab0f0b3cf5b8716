// What happens to deferred calls while a program runs, for `gdlint trace`.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "interp/run_type.h"
#include "source/pos.h"
#include "ssa/function.h"

namespace gdlint::interp {

struct Callable;

// Where and when.
struct EventPlace {
  uint32_t goroutine = 0;
  // Calls below; 0 for the goroutine's first function.
  uint32_t depth = 0;
  // The function whose code is at `pos`; null outside of Go code.
  const Callable* callable = nullptr;
  source::Pos pos;
  // What it does there, of callable->function. Null if code does not tell of
  // steps (ProgramOptions), for native functions, and where a recovered panic
  // goes on.
  const ssa::Inst* inst = nullptr;
  // Virtual time, in nanoseconds.
  int64_t time = 0;
};

// A value at that moment; `memory` is valid during the event alone.
struct EventValue {
  std::string_view name;
  const RunType* type = nullptr;
  const void* memory = nullptr;
};

// How an activation came to be.
enum class EnteredBy : uint8_t { kCall, kDefer, kGo, kRuntime };

enum class DeferReason : uint8_t { kReturn, kPanic, kGoexit };

// Does nothing by itself. A program pays nothing for events if the machine has
// no observer.
class Observer {
 public:
  virtual ~Observer() = default;

  // `id` is unique. `function` is the name of what will be called: a function,
  // a built-in, or "nil". `values`: arguments as evaluated.
  virtual void OnDeferRegistered(const EventPlace&, uint64_t /*id*/,
                                 std::string_view /*function*/,
                                 std::span<const EventValue> /*values*/) {}
  virtual void OnDeferredCallBegins(const EventPlace&, uint64_t /*id*/,
                                    std::string_view /*function*/,
                                    DeferReason) {}
  // `is_normal`: it returned; else it panicked or the goroutine exits.
  virtual void OnDeferredCallEnds(const EventPlace&, uint64_t /*id*/,
                                  bool /*is_normal*/) {}
  // A return statement evaluated its operands and stored them, or a result
  // parameter was assigned to elsewhere, in a function that has deferred calls.
  virtual void OnResultStored(const EventPlace&, const EventValue&) {}
  // A function with deferred calls returns these.
  virtual void OnReturn(const EventPlace&, std::span<const EventValue>) {}

  virtual void OnPanic(const EventPlace&, uint64_t /*id*/, const EventValue&) {}
  // `id` can no longer be recovered, because of the panic `by`, or of a Goexit
  // if that is 0.
  virtual void OnPanicReplaced(const EventPlace&, uint64_t /*id*/,
                               uint64_t /*by*/) {}
  virtual void OnRecovered(const EventPlace&, uint64_t /*id*/,
                           const EventValue&) {}
  // A recover that gave nil while a panic was on its way: why it has no effect.
  virtual void OnRecoverIneffective(const EventPlace&,
                                    std::string_view /*why*/) {}
  virtual void OnGoexit(const EventPlace&) {}
  // The process ends without running what is registered: os.Exit, a fatal
  // error, or main returned. `pending`: the number of such calls of all
  // goroutines.
  virtual void OnDefersSkipped(const EventPlace&, std::string_view /*why*/,
                               uint64_t /*pending*/) {}

  // Stand-ins of files, response bodies and database handles.
  virtual void OnResourceOpened(const EventPlace&, uint64_t /*id*/,
                                std::string_view /*kind*/,
                                std::string_view /*name*/) {}
  virtual void OnResourceClosed(const EventPlace&, uint64_t /*id*/,
                                std::string_view /*kind*/,
                                std::string_view /*name*/) {}

  // What the program writes to a file descriptor; true if it goes no further.
  virtual bool OnOutput(int /*fd*/, std::string_view /*text*/) { return false; }

  // ---- Steps: only of code that tells of them (ProgramOptions::tells_steps).
  // Places are of the activation itself, which goroutine and depth name.

  // A function with a body begins. `caller`: who called it, with `kCall`; else
  // the activation below, if any.
  virtual void OnEnter(const EventPlace&, EnteredBy,
                       const EventPlace& /*caller*/) {}
  // An Alloc of a result, or a Store, is done: `memory` is its address. A Call
  // returned. A RunDefers is about to run what is registered, if anything.
  virtual void OnStep(const EventPlace&, const void* /*memory*/) {}
  // A Return is about to be done, with these results.
  virtual void OnLeaveByReturn(const EventPlace&, std::span<const EventValue>) {
  }
  // A Defer registered a call on the list of `owner`.
  virtual void OnDeferPushed(const EventPlace&, const EventPlace& /*owner*/,
                             uint64_t /*id*/) {}
  // A panic, or a Goexit, comes to an activation: it runs what is registered
  // there, if anything. Again after each such call.
  virtual void OnUnwindingReaches(const EventPlace&, bool /*is_goexit*/) {}
  // It leaves the activation, where nothing is registered any more.
  virtual void OnUnwindingLeaves(const EventPlace&, bool /*is_goexit*/) {}
  // The process ends in this goroutine.
  virtual void OnProcessEnds(const EventPlace&, std::string_view /*why*/) {}

  virtual void OnGoroutineStart(const EventPlace&, uint32_t /*id*/,
                                std::string_view /*function*/) {}
  virtual void OnGoroutineEnd(const EventPlace&) {}
};

}  // namespace gdlint::interp
