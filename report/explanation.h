// What `gdlint explain FUNC` says of one function: every way out of it, what
// runs there, and what the caller sees. Needs the program no longer.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "report/finding.h"

namespace gdlint::report {

// A value that a defer statement evaluates and keeps for the call.
struct KeptValue {
  // As in the source: `name`, `time.Now()`.
  std::string text;
  // The call is given its address, so that it sees what becomes of it.
  bool is_address = false;
  // Each thing that it may be, as the end of a sentence: "the parameter", "the
  // result of `f()` at line 12". Empty for constants.
  std::vector<std::string> origins;
};

// Whether a deferred call stops a panic.
enum class Stops : uint8_t { kNever, kPerhaps, kAlways };

// A defer statement. They are numbered from 1, in the order of this list.
struct DeferredCall {
  Place place;
  std::vector<KeptValue> values;
  // Variables of the function around that a deferred literal uses, as they are
  // when it runs.
  std::vector<std::string> reads;
  std::vector<std::string> writes;
  Stops stops = Stops::kNever;
  // Why a panic may leave the call itself.
  std::vector<std::string> panics;
};

// Deferred calls that run, the first to run first. Those of a group that
// repeats run once or more, in any order.
struct StackGroup {
  std::vector<uint32_t> calls;
  bool repeats = false;
};
using Stack = std::vector<StackGroup>;

// A deferred call where there are too many stacks to name each.
struct PossibleCall {
  uint32_t call = 0;
  bool is_certain = false;
  bool repeats = false;
};

struct PossibleStacks {
  // One of these runs; empty if there are too many.
  std::vector<Stack> stacks;
  // Then: the calls that may run, the first to run first.
  std::vector<PossibleCall> calls;
};

// What stores to a result.
struct ResultStore {
  Place place;
  // The statement, in one line.
  std::string text;
  // The deferred call that does; 0 for the function itself.
  uint32_t by = 0;
  bool is_part = false;
  // Given its address, it may store or not.
  bool is_perhaps = false;
};

struct ResultSeen {
  // Its name, or "result 1".
  std::string name;
  // Any of them may be what the caller sees.
  std::vector<ResultStore> stores;
  bool may_be_zero = false;
  // Nothing else can change it.
  bool is_known = true;
};

// Something acquired that must be given back, or a lock.
struct Resource {
  // Where it is acquired; of a lock, where the function first uses it.
  Place place;
  // "`f`", "what `os.Open` returns", "`s.mu`".
  std::string name;
  // "file", "http-body", …, "lock".
  std::string kind;
  // False: there are more paths than are followed.
  bool is_known = true;
  // It may still be open where a loop acquires the next.
  bool is_left_in_loop = false;
};

enum class Holding : uint8_t {
  kOpen,
  kReleased,
  // Someone else has it, and sees to it or not.
  kHandedOver,
  kReturned,
  // Of locks.
  kLocked,
  kReadLocked,
  kUnlocked,
};
// "open", "released", …: for programs.
const char* HoldingName(Holding holding);

// How a resource may be left at an exit.
struct ResourceState {
  // Its number in Explanation::resources, from 1.
  uint32_t resource = 0;
  Holding holding = Holding::kOpen;
  // The same in words: "still open", "closed", "locked".
  std::string words;
  // What made it so, with the statement in one line; no line if nothing did or
  // if that is not known.
  Place place;
  std::string text;
  // The deferred call that does; 0 for others.
  uint32_t by = 0;
  // A deferred call does, but which is not known.
  bool is_deferred = false;
};

enum class ExitKind : uint8_t {
  kReturn,
  // An explicit panic, of the function or of what it calls.
  kPanic,
  // Panics that cannot be excluded.
  kPossiblePanics,
  // It returns after a deferred call has stopped a panic.
  kRecovered,
  kGoexit,
  kProcessEnd,
  kEndless,
};
// "return", "panic", …: for programs.
const char* ExitKindName(ExitKind kind);

struct Exit {
  ExitKind kind = ExitKind::kReturn;
  // A call that may or may not end so.
  bool is_perhaps = false;
  // One, but for kPossiblePanics (any number) and kRecovered (none). The
  // messages say why, if there is something to say.
  std::vector<Place> places;
  // What is deferred there. It runs, unless the process ends or there is no
  // end.
  PossibleStacks stacks;
  // Of kReturn and kRecovered.
  std::vector<ResultSeen> results;
  // Of panics: whether deferred calls stop it, and which may.
  Stops stops = Stops::kNever;
  std::vector<uint32_t> stopped_by;
  // By resource; several of one are possibilities. None of what this way does
  // not come by.
  std::vector<ResourceState> resources;

  bool runs_deferred() const {
    return kind != ExitKind::kProcessEnd && kind != ExitKind::kEndless;
  }
};

// A call of `recover` in the function or in a literal within.
struct RecoverCall {
  Place place;
  Stops stops = Stops::kNever;
};

struct Explanation {
  // "example.com/m.(*T).M".
  std::string name;
  std::string file;
  Place place;
  // How it ends, as its caller sees it: "returns", "panics", …
  std::vector<std::string> ends;
  std::vector<DeferredCall> deferred;
  // There are more defer statements than can be told apart.
  bool is_cut = false;
  std::vector<RecoverCall> recovers;
  std::vector<Resource> resources;
  // Where a pointer, an interface or a function may be nil that is used; not
  // among the exits.
  std::vector<Place> nil_uses;
  // In the order of the source; kPossiblePanics and kRecovered last.
  std::vector<Exit> exits;
};

// The name of resources[number - 1], with its line if another one has it too.
std::string ResourceName(const Explanation& explanation, uint32_t number);
// "3, 5–8, 12"; `lines` are sorted.
std::string LineRanges(std::span<const uint32_t> lines);

// For people.
void AppendText(const Explanation& explanation, bool colour, std::string& out);

// `{"functions": […]}`.
std::string ExplanationsAsJson(std::span<const Explanation> explanations);

}  // namespace gdlint::report
