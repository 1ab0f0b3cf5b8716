#include "interp/fault.h"

#include <csetjmp>

namespace gdlint::interp {
namespace {

// Of the goroutine that runs on this thread, if it has `panics_on_fault`.
struct FaultTarget {
  sigjmp_buf place;
  uintptr_t address = 0;
};
thread_local FaultTarget* target = nullptr;

}  // namespace

// The frames of the goroutine are known (Goroutine::top), the instruction is
// not: traces show the last one that made a call.
int64_t ExecuteWithFaults(Machine& machine, Goroutine& goroutine,
                          int64_t budget) {
  FaultTarget here;
  target = &here;
  if (sigsetjmp(here.place, /*savesigs=*/1) == 0) {
    budget = Executor::Execute(machine, goroutine, budget);
    target = nullptr;
    return budget;
  }
  target = nullptr;
  Executor::PanicMemory(machine, goroutine, here.address);
  return 0;
}

void PanicAtFault(uintptr_t address) {
  if (target != nullptr) {
    target->address = address;
    siglongjmp(target->place, 1);
  }
}

}  // namespace gdlint::interp
