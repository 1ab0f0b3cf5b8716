// The functions of interpreted programs that are implemented in C++: those of
// the standard library that have no body (assembly, or gc's runtime behind
// them), those of the overlay packages, and some that would be slow otherwise.
// intrinsics.def lists all.

#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "interp/machine.h"
#include "interp/program.h"

namespace gdlint::interp {

// By the name that Callable::name has; null if there is none.
Intrinsic FindIntrinsic(std::string_view name);

// What a program knows of the process that it runs as.
struct ProcessInfo {
  // The program first.
  std::vector<std::string> arguments;
  // "KEY=value".
  std::vector<std::string> environment;
  std::string goroot;
};

// What intrinsics keep between calls. To be made before the machine runs; one
// on a thread.
class IntrinsicState {
 public:
  IntrinsicState(Machine& machine, ProcessInfo process);
  ~IntrinsicState();
  IntrinsicState(const IntrinsicState&) = delete;
  IntrinsicState& operator=(const IntrinsicState&) = delete;

  static IntrinsicState& Current();

  Machine& machine() { return machine_; }
  const ProcessInfo& process() const { return process_; }

  // The number that a place in a function has as a program counter, and back.
  uintptr_t PcOf(const Callable* callable, source::Pos pos);
  struct CodePlace {
    const Callable* callable = nullptr;
    source::Pos pos;
  };
  CodePlace PlaceOf(uintptr_t pc) const;

  // Goroutines that wait for a semaphore, by its address, and for a condition.
  std::unordered_map<const void*, std::deque<Goroutine*>> semaphores;
  struct Ticket {
    uint32_t number;
    Goroutine* goroutine;
  };
  std::unordered_map<const void*, std::deque<Ticket>> conditions;

  // The functions of reflect.MakeFunc, and of methods as values, for a type.
  Callable* MadeFunction(const RunType* type);
  Callable* MethodFunction(const RunType* type);

  uint64_t last_resource = 0;

 private:
  Machine& machine_;
  ProcessInfo process_;
  std::map<std::pair<const Callable*, uint32_t>, uint32_t> pcs_;
  std::vector<CodePlace> places_;
  using MadeCallables =
      std::unordered_map<const RunType*, std::unique_ptr<Callable>>;
  static Callable* Made(MadeCallables& all, const RunType* type,
                        Intrinsic intrinsic, std::string_view name);
  MadeCallables made_;
  MadeCallables made_of_methods_;
};

// Runs the collector, and starts what it found to be due: finalizers and
// cleanups.
void CollectGarbage(Machine& machine);

// Every function of intrinsics.def.
#define INTRINSIC(Name, Function) Outcome Function(Call& call);
#include "interp/intrinsics.def"

}  // namespace gdlint::interp
