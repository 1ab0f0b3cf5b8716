// What becomes of one lock, channel or wait group on every path through a
// function.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "checks/resources/path_context.h"
#include "checks/resources/place_events.h"
#include "checks/resources/watch.h"
#include "dataflow/analyses.h"
#include "ssa/function.h"

namespace gdlint::checks::resources {

enum class Held : uint8_t {
  // As the function was entered: nobody knows.
  kEntry,
  kFree,
  kWrite,
  kRead,
  // Of a channel; kWillClose: a goroutine is going to.
  kClosed,
  kWillClose,
  // Of a wait group.
  kDone,
  kLost,
};

// Two instructions that do not go together on some path.
struct PlaceClash {
  enum class Kind : uint8_t {
    // Locked while it is: by a writer at least, by readers only.
    kLockedTwice,
    kReadLockedTwice,
    // Unlock of a read lock, RUnlock of a write lock.
    kWrongUnlock,
    // Nobody has locked it.
    kNotLocked,
    // Unlock after Unlock, close after close, Done after Done.
    kReleasedTwice,
    kSendAfterClose,
  };
  Kind kind;
  // Where it goes wrong, and what came before (none for kNotLocked).
  ssa::InstId at;
  ssa::InstId before;
};

// A way out, and what the place is there.
struct PlaceExit {
  // A Return or a Panic; or what makes the place anew in a loop; or what the
  // Watch names.
  ssa::InstId exit;
  Held held = Held::kEntry;
  // What made it so.
  ssa::InstId by;
  // The branch taken last before it, if any.
  ssa::InstId branch;
  // The first thing that happened to it was a release: of the caller's lock, or
  // read lock.
  bool was_released_first = false;
  bool was_read_lock = false;
};

struct PlacePaths {
  dataflow::AccessPath path;
  std::vector<PlaceClash> clashes;
  std::vector<PlaceExit> exits;
  // Some path takes it first of all, for writing or reading.
  bool takes_write = false;
  bool takes_read = false;
  // Released for the caller before what it is reached by was assigned anew:
  // `tx.db.mu.Unlock(); tx.db = nil`.
  bool is_released_and_forgotten = false;
  // More paths than are followed: nothing is known.
  bool is_incomplete = false;
};

// Of one place that some event of the function is about.
PlacePaths FollowPlace(const ssa::Function& function,
                       const dataflow::Program& program,
                       std::span<const PlaceEvent> events,
                       const dataflow::AccessPath& path, PathContext& context,
                       const Watch* watch = nullptr);

// An analysis (dataflow/analyses.h): of all places that a function has to do
// with.
class FunctionPlaces {
 public:
  FunctionPlaces(const ssa::Function& function, dataflow::Analyses& analyses);
  const std::vector<PlacePaths>& all() const { return all_; }
  const std::vector<PlaceEvent>& events() const { return *events_; }

 private:
  const std::vector<PlaceEvent>* events_;
  std::vector<PlacePaths> all_;
};

}  // namespace gdlint::checks::resources
