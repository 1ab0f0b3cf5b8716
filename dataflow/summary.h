// What callers must know of a function: its summary.
//
// Bottom-up over the strongly connected components of the call graph
// (decision 7 of the design). A summary is about one activation, and about all
// of them: "may" facts hold for at least those that are possible, "must" facts
// for each that is.

#pragma once

#include <cstdint>
#include <vector>

namespace gdlint::dataflow {

// The ways in which an activation can end, as its caller sees them; a set of
// bits, so that joining is a bitwise or. All but kReturns and kMayFail rest on
// something that was seen: what is not known never adds them.
enum Ends : uint8_t {
  kEndsNot = 0,
  // It returns to its caller.
  kReturns = 1 << 0,
  // A panic leaves it that some `panic` statement raises, its own or a
  // callee's.
  kPanics = 1 << 1,
  // The process ends, and deferred calls with it: os.Exit, log.Fatal.
  kExitsProcess = 1 << 2,
  // The goroutine ends, after its deferred calls: runtime.Goexit, t.FailNow.
  kGoexits = 1 << 3,
  // It may run for ever, by its control flow: `for {}`, `select {}`.
  kEndless = 1 << 4,
  // A run-time error may leave it (index, nil, a type assertion …), or who
  // knows what: the callee is not known.
  kMayFail = 1 << 5,
};

// A property of an argument that a condition tests.
enum class ArgumentIs : uint8_t { kNil, kNonNil, kTrue, kFalse };

// "Exits the process only if argument 0 is non-nil": what cobra.CheckErr does.
struct ConditionalEnd {
  Ends end;
  // Index among Function::params(), the receiver first.
  uint32_t param;
  ArgumentIs condition;

  friend bool operator==(const ConditionalEnd&,
                         const ConditionalEnd&) = default;
};

// What may happen to the function or closure that a parameter holds; bits.
enum FuncUse : uint16_t {
  kUsedNot = 0,
  // Called before it returns.
  kCalled = 1 << 0,
  // Called on every normal return.
  kCalledAlways = 1 << 1,
  // By a deferred call of this function.
  kDeferred = 1 << 2,
  // In a new goroutine.
  kSpawned = 1 << 3,
  // Stored somewhere, or returned: it may be called at any time later.
  kKept = 1 << 4,
  // Called more than once by one activation, perhaps.
  kRepeated = 1 << 5,
  // Its panics do not leave this function (recovered here).
  kGuarded = 1 << 6,
};

// What may be known of one result; bits of what is possible.
enum ResultIs : uint8_t {
  kMayBeNil = 1 << 0,
  kMayBeNonNil = 1 << 1,
};

struct ParamSummary {
  uint16_t func_use = kUsedNot;  // FuncUse
  // It is dereferenced, called, or used as a method's receiver without a test
  // for nil before it: nil panics, on some path.
  bool nil_may_panic = false;
  // The same on every path to a normal return.
  bool nil_panics = false;

  friend bool operator==(const ParamSummary&, const ParamSummary&) = default;
};

struct ResultSummary {
  uint8_t nilness = kMayBeNil | kMayBeNonNil;  // ResultIs
  // The parameter whose value it always is, or kNone.
  static constexpr uint32_t kNone = 0xffff'ffff;
  uint32_t same_as_param = kNone;
  // A function literal's or named function's value is returned.
  bool is_function = false;

  friend bool operator==(const ResultSummary&, const ResultSummary&) = default;
};

struct Summary {
  // False: nothing is known, all else is the most general.
  bool is_known = false;
  // Given by a model (checks/knowledge/, settings), not by its body.
  bool is_model = false;
  // Of a model: it only says what is likely of a function of its kind. If there
  // is a body, that counts.
  bool yields_to_body = false;
  uint8_t ends = kReturns | kMayFail;  // Ends
  // Ends among `ends` that need a condition on an argument: without it they are
  // not possible. One with several conditions needs all of them. kReturns too:
  // `must(ok)` returns if ok is true.
  std::vector<ConditionalEnd> conditional_ends;
  // It never returns normally, whatever it is given.
  bool never_returns() const { return (ends & kReturns) == 0; }

  // It calls recover itself (facts R5): deferred directly, it recovers.
  bool calls_recover = false;
  // Deferred directly it recovers every panic, and none leaves it.
  bool recovers_always = false;
  // After recovering it may panic again, on purpose.
  bool may_repanic = false;
  // It, or what it calls, tells someone: logs, prints, counts, sends, or stores
  // where others can see it.
  bool has_effects = true;

  std::vector<ParamSummary> params;
  std::vector<ResultSummary> results;

  friend bool operator==(const Summary&, const Summary&) = default;
};

}  // namespace gdlint::dataflow
