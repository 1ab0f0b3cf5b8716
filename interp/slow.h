// Operations outside of the loop. Internal to the machine.

#pragma once

#include "interp/code.h"
#include "interp/execution.h"

namespace gdlint::interp::slow {

// Each says what it takes: `a` is the register of the result, `site.operands`
// those of the operands.

// ---- slow_values.cpp

Next Compare(Execution& at, const CodeInst& inst, const Site& site);
Next CompareInterfaces(Execution& at, const CodeInst& inst, const Site& site);
Next Concatenate(Execution& at, const CodeInst& inst, const Site& site);
Next Complex(Execution& at, const CodeInst& inst, const Site& site);
Next Convert(Execution& at, const CodeInst& inst, const Site& site);
Next CheckUnsafe(Execution& at, const CodeInst& inst, const Site& site);
Next MakeInterface(Execution& at, const CodeInst& inst, const Site& site);
Next TypeAssert(Execution& at, const CodeInst& inst, const Site& site);
Next MakeClosure(Execution& at, const CodeInst& inst, const Site& site);
Next SliceOp(Execution& at, const CodeInst& inst, const Site& site);
Next SliceToArrayPointer(Execution& at, const CodeInst& inst, const Site& site);
Next MakeSliceOp(Execution& at, const CodeInst& inst, const Site& site);

// ---- slow_maps.cpp

Next MakeMap(Execution& at, const CodeInst& inst, const Site& site);
Next Lookup(Execution& at, const CodeInst& inst, const Site& site);
Next MapUpdate(Execution& at, const CodeInst& inst, const Site& site);
Next RangeMap(Execution& at, const CodeInst& inst, const Site& site);
Next NextMap(Execution& at, const CodeInst& inst, const Site& site);
Next RangeString(Execution& at, const CodeInst& inst, const Site& site);
Next NextString(Execution& at, const CodeInst& inst, const Site& site);

// ---- slow_channels.cpp

Next MakeChan(Execution& at, const CodeInst& inst, const Site& site);
Next Send(Execution& at, const CodeInst& inst, const Site& site);
Next Receive(Execution& at, const CodeInst& inst, const Site& site);
Next Select(Execution& at, const CodeInst& inst, const Site& site);
Next WaitForEver(Execution& at, const CodeInst& inst, const Site& site);

// ---- slow_calls.cpp

Next Go(Execution& at, const CodeInst& inst, const Site& site);
Next Defer(Execution& at, const CodeInst& inst, const Site& site);
Next DeferStack(Execution& at, const CodeInst& inst, const Site& site);
Next RunDefers(Execution& at, const CodeInst& inst, const Site& site);
Next Panic(Execution& at, const CodeInst& inst, const Site& site);
Next RangePanic(Execution& at, const CodeInst& inst, const Site& site);
Next Exit(Execution& at, const CodeInst& inst, const Site& site);

// ---- decode_events.cpp

Next TellResult(Execution& at, const CodeInst& inst, const Site& site);
Next TellReturn(Execution& at, const CodeInst& inst, const Site& site);
Next TellLeave(Execution& at, const CodeInst& inst, const Site& site);
Next TellEnter(Execution& at, const CodeInst& inst, const Site& site);
Next TellStep(Execution& at, const CodeInst& inst, const Site& site);

// ---- slow_builtins.cpp

Next LenMap(Execution& at, const CodeInst& inst, const Site& site);
Next LenChan(Execution& at, const CodeInst& inst, const Site& site);
Next CapChan(Execution& at, const CodeInst& inst, const Site& site);
Next Append(Execution& at, const CodeInst& inst, const Site& site);
Next Copy(Execution& at, const CodeInst& inst, const Site& site);
Next Close(Execution& at, const CodeInst& inst, const Site& site);
Next Delete(Execution& at, const CodeInst& inst, const Site& site);
Next ClearMap(Execution& at, const CodeInst& inst, const Site& site);
Next ClearSlice(Execution& at, const CodeInst& inst, const Site& site);
Next MinMax(Execution& at, const CodeInst& inst, const Site& site);
Next Print(Execution& at, const CodeInst& inst, const Site& site);
Next Recover(Execution& at, const CodeInst& inst, const Site& site);
Next UnsafeAdd(Execution& at, const CodeInst& inst, const Site& site);
Next UnsafeSlice(Execution& at, const CodeInst& inst, const Site& site);
Next UnsafeString(Execution& at, const CodeInst& inst, const Site& site);

}  // namespace gdlint::interp::slow
