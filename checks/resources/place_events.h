// What functions do with locks, channels and wait groups, which are known by
// the way in which they are reached: `s.mu`, a global, a local variable.

#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "dataflow/access_path.h"
#include "dataflow/program.h"
#include "ssa/function.h"

namespace gdlint::checks::resources {

enum class PlaceOp : uint8_t {
  kLock,
  kRLock,
  kTryLock,
  kTryRLock,
  kUnlock,
  kRUnlock,
  // A callee locks and unlocks.
  kBriefLock,
  kBriefRLock,
  // Of a channel.
  kClose,
  kSend,
  // The place gets a new value.
  kAssign,
  // Of a sync.WaitGroup.
  kDone,
  // Others see to it from here on, or who knows.
  kLost,
};

struct PlaceEvent {
  dataflow::AccessPath path;
  PlaceOp op;
  // A Call, Defer, Go, Send, Select, Store or MakeClosure.
  ssa::InstId inst;
  // A function that is called does it.
  bool is_by_helper = false;
};

// What a whole call does to a place that its caller may know, in the function's
// own terms. Net effects hold on every way back.
struct PlaceEffect {
  dataflow::AccessPath path;
  PlaceOp op;
  // Parameters by which the function may decide whether it does it.
  std::vector<uint32_t> deciding;
};

// A local variable of type sync.Mutex or the like, a field of one, a channel …
// True if it is made by `inst` of its function.
bool IsMadeBy(const dataflow::AccessPath& path, const ssa::Function& function,
              ssa::InstId inst);
// Assigning to what `prefix` names gives `path` a new meaning.
bool ChangesMeaning(const dataflow::AccessPath& prefix,
                    const dataflow::AccessPath& path);

// Of all functions of a package, kept (dataflow::Analyses::Shared).
class PlaceEvents {
 public:
  explicit PlaceEvents(const dataflow::Program& program) : program_(program) {}

  // In the order of instructions.
  const std::vector<PlaceEvent>& Of(const ssa::Function& function);
  const std::vector<PlaceEffect>& EffectsOf(const ssa::Function& function);
  // A lock from outside of a literal that is unlocked by the function around it
  // and not by the literal itself.
  bool IsUnlockedAround(const ssa::Function& function,
                        const dataflow::AccessPath& path);

  const dataflow::Program& program() const { return program_; }

 private:
  void Collect(const ssa::Function& function, std::vector<PlaceEvent>& events);
  void AddCall(const ssa::Function& function, const ssa::Inst& call,
               std::vector<PlaceEvent>& events);
  void AddCallee(const ssa::Function& function, const ssa::Inst& call,
                 std::vector<PlaceEvent>& events);
  void AddClosure(const ssa::Function& function, const ssa::Inst& closure,
                  std::vector<PlaceEvent>& events);
  // Locks that goroutines hand to each other: what `body`, a literal in the
  // function which runs at its own time, unlocks before it locks it, or locks
  // and never unlocks.
  void AddShared(const ssa::Function& body, ssa::InstId at,
                 std::vector<PlaceEvent>& events);
  std::vector<PlaceEffect> Summarise(const ssa::Function& function);

  const dataflow::Program& program_;
  std::map<const ssa::Function*, std::vector<PlaceEvent>> events_;
  std::map<const ssa::Function*, std::vector<PlaceEffect>> effects_;
  int depth_ = 0;
};

// `txn := s.Write()`: what the function returns, of a type of its package, has
// a method that gives locks back.
bool GivesHolder(const ssa::Function& function);

}  // namespace gdlint::checks::resources
