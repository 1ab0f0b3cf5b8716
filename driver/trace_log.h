// What happens to deferred calls in one run of a program, as data.

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "interp/events.h"

namespace gdlint::driver {

enum class TraceKind : uint8_t {
  // A deferred call was registered.
  kDefer,
  // A deferred call begins, and ends.
  kRun,
  kEnd,
  // A result was stored; a function with deferred calls returned.
  kResult,
  kReturn,
  kPanic,
  kReplaced,
  kRecovered,
  // A recover that gave nil while there was a panic.
  kIneffective,
  kGoexit,
  // The process ended without running deferred calls.
  kSkipped,
  kOpened,
  kClosed,
  kGoroutine,
  kGoroutineEnd,
  // The program wrote something.
  kOutput,
};
// As in JSON: "defer", "run", …
std::string_view NameOf(TraceKind kind);
// "file a.txt"; some kinds have no names.
std::string ResourceText(const std::string& kind, const std::string& name);

struct TraceValue {
  std::string name;
  std::string type;
  std::string text;
};

struct TraceEvent {
  TraceKind kind = TraceKind::kOutput;
  uint32_t goroutine = 0;
  uint32_t depth = 0;
  // Where it is; empty and 0 outside of Go code.
  std::string function;
  std::string file;
  uint32_t line = 0;
  // That is code of the standard library.
  bool is_library = false;
  // Virtual, in nanoseconds.
  int64_t time = 0;
  // Of the deferred call, panic, resource or new goroutine; of output the file
  // descriptor.
  uint64_t id = 0;
  // kReplaced: the panic that replaces it. kSkipped: how many calls.
  uint64_t other = 0;
  // kDefer, kRun, kEnd: what is called. kGoroutine: its function. kOpened,
  // kClosed: the resource's kind. kOutput: the text.
  std::string what;
  // kRun: "return", "panic", "Goexit". kIneffective, kSkipped: why. kOpened,
  // kClosed: the resource's name.
  std::string why;
  // kRun, kEnd: the function that registered the call.
  std::string owner;
  // kEnd: false if it panicked or the goroutine exits.
  bool is_normal = true;
  std::vector<TraceValue> values;
};

struct TraceFilter {
  // "main.f" or "f": only this function, its literals, and the calls that they
  // defer. Empty: all.
  std::string function;
  // Deferred calls of the standard library too.
  bool is_whole = false;
};

// Makes TraceEvents of what the machine tells, and hands each one on. Panics
// and resources are told wherever they are.
class TraceLog final : public interp::Observer {
 public:
  TraceLog(TraceFilter filter, std::function<void(const TraceEvent&)> sink)
      : filter_(std::move(filter)), sink_(std::move(sink)) {}

  // What was opened and not closed: kind, name.
  std::vector<std::pair<std::string, std::string>> OpenResources() const;

  void OnDeferRegistered(const interp::EventPlace& place, uint64_t id,
                         std::string_view function,
                         std::span<const interp::EventValue> values) override;
  void OnDeferredCallBegins(const interp::EventPlace& place, uint64_t id,
                            std::string_view function,
                            interp::DeferReason reason) override;
  void OnDeferredCallEnds(const interp::EventPlace& place, uint64_t id,
                          bool is_normal) override;
  void OnResultStored(const interp::EventPlace& place,
                      const interp::EventValue& value) override;
  void OnReturn(const interp::EventPlace& place,
                std::span<const interp::EventValue> values) override;
  void OnPanic(const interp::EventPlace& place, uint64_t id,
               const interp::EventValue& value) override;
  void OnPanicReplaced(const interp::EventPlace& place, uint64_t id,
                       uint64_t by) override;
  void OnRecovered(const interp::EventPlace& place, uint64_t id,
                   const interp::EventValue& value) override;
  void OnRecoverIneffective(const interp::EventPlace& place,
                            std::string_view why) override;
  void OnGoexit(const interp::EventPlace& place) override;
  void OnDefersSkipped(const interp::EventPlace& place, std::string_view why,
                       uint64_t pending) override;
  void OnResourceOpened(const interp::EventPlace& place, uint64_t id,
                        std::string_view kind, std::string_view name) override;
  void OnResourceClosed(const interp::EventPlace& place, uint64_t id,
                        std::string_view kind, std::string_view name) override;
  bool OnOutput(int fd, std::string_view text) override;
  void OnGoroutineStart(const interp::EventPlace& place, uint32_t id,
                        std::string_view function) override;
  void OnGoroutineEnd(const interp::EventPlace& place) override;

 private:
  // A registered deferred call.
  struct Deferred {
    std::string call;
    std::string owner;
    bool is_shown = true;
    // How deep the function is that registered it.
    uint32_t depth = 0;
  };

  TraceEvent Begin(TraceKind kind, const interp::EventPlace& place) const;
  bool IsShown(const interp::EventPlace& place) const;
  void Tell(const TraceEvent& event) { sink_(event); }

  TraceFilter filter_;
  std::function<void(const TraceEvent&)> sink_;
  std::map<uint64_t, Deferred> deferred_;
  // Of what is open: kind, name.
  std::map<uint64_t, std::pair<std::string, std::string>> open_;
  std::set<uint32_t> hidden_goroutines_;
};

}  // namespace gdlint::driver
