// What happens to deferred calls while a program runs, for `gdlint trace`.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "interp/run_type.h"
#include "source/pos.h"

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
  // Virtual time, in nanoseconds.
  int64_t time = 0;
};

// A value at that moment; `memory` is valid during the event alone.
struct EventValue {
  std::string_view name;
  const RunType* type = nullptr;
  const void* memory = nullptr;
};

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

  virtual void OnGoroutineStart(const EventPlace&, uint32_t /*id*/,
                                std::string_view /*function*/) {}
  virtual void OnGoroutineEnd(const EventPlace&) {}
};

}  // namespace gdlint::interp
