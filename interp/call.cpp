// Frames that are made and left outside of the loop, and what intrinsics may do
// with their call.

#include <algorithm>

#include "interp/execution.h"

namespace gdlint::interp {

bool Executor::Prepare(Machine& machine, Callable& callable) {
  if (callable.code != nullptr) {
    return true;
  }
  if (!machine.program().Prepare(callable)) {
    CannotRun(machine, machine.program().problem());
    return false;
  }
  return true;
}

uint8_t* Executor::Scratch(Machine& machine, size_t size) {
  Machine::State& state = StateOf(machine);
  if (size <= kScratchSize) {
    return state.scratch;
  }
  // One that is large enough serves all: nobody reads it.
  static_cast<void>(size);
  state.large_scratch.push_back(std::make_unique<uint8_t[]>(size));
  return state.large_scratch.back().get();
}

Frame* Executor::PushFrame(Machine& machine, Goroutine& goroutine,
                           Closure* closure, uint8_t* results, uint32_t flags) {
  Callable& callable = *closure->callable;
  if (!Prepare(machine, callable)) {
    return nullptr;
  }
  const Code* const code = callable.code;
  Frame* const frame =
      goroutine.AllocateFrame(static_cast<size_t>(code->frame_size),
                              machine.options().max_stack, flags);
  if (frame == nullptr) {
    Throw(machine, &goroutine, "stack overflow");
    return nullptr;
  }
  if (results == nullptr) {
    results =
        Scratch(machine, callable.signature == nullptr
                             ? 0
                             : static_cast<size_t>(ResultsSize(
                                   machine.program(), callable.signature)));
  }
  frame->caller = goroutine.top;
  frame->code = code;
  frame->pc = code->insts.data();
  frame->closure = closure;
  frame->results = results;
  frame->defers = nullptr;
  frame->panic = nullptr;
  frame->then = nullptr;
  frame->flags = flags;
  frame->depth = goroutine.top == nullptr ? 0 : goroutine.top->depth + 1;
  frame->defer_id = 0;
  uint8_t* const registers = frame->registers();
  if (code->consts_size != 0) {
    std::memcpy(registers + code->consts_offset, code->consts.data(),
                static_cast<size_t>(code->consts_size));
  }
  if (code->captured_size != 0) {
    std::memcpy(registers + code->captured_offset, closure->captured(),
                static_cast<size_t>(code->captured_size));
  }
  goroutine.top = frame;
  return frame;
}

Frame* Executor::Push(Machine& machine, Goroutine& goroutine, Closure* closure,
                      const void* args, size_t args_size, uint8_t* results,
                      uint32_t flags) {
  Frame* const frame = PushFrame(machine, goroutine, closure, results, flags);
  if (frame != nullptr && args_size != 0) {
    std::memcpy(frame->registers(), args, args_size);
  }
  return frame;
}

void Executor::Pop(Goroutine& goroutine) {
  Frame* const frame = goroutine.top;
  goroutine.top = frame->caller;
  if ((frame->flags & kFirstInChunk) != 0) {
    goroutine.LeaveChunk();
  }
}

Next Executor::Return(Machine& machine, Goroutine& goroutine) {
  Frame* const frame = goroutine.top;
  const uint32_t flags = frame->flags;
  PanicRecord* const panic = frame->panic;
  if ((flags & (kDeferredCall | kPanicCall)) != 0 &&
      machine.observer() != nullptr) {
    machine.observer()->OnDeferredCallEnds(machine.PlaceOf(goroutine),
                                           frame->defer_id, true);
  }
  if ((flags & kPanicCall) != 0) {
    return AfterPanicCall(machine, goroutine, *panic, frame);
  }
  Pop(goroutine);
  if ((flags & kPrintCall) != 0) {
    return Crash(machine, goroutine);
  }
  if ((flags & kStartCall) != 0) {
    Machine::State& state = StateOf(machine);
    if (state.start_calls.empty()) {
      Exit(machine, 0, "main returned");
      return Next::kLeave;
    }
    Callable* const callable = state.start_calls.back();
    state.start_calls.pop_back();
    return Push(machine, goroutine, callable->closure(), nullptr, 0, nullptr,
                kStartCall) == nullptr
               ? Next::kLeave
               : Next::kReload;
  }
  if ((flags & kGoroutineBase) != 0) {
    End(machine, goroutine);
    return Next::kLeave;
  }
  return Next::kReload;
}

Next Executor::AfterIntrinsic(Machine& machine, Outcome outcome) {
  switch (outcome) {
    case Outcome::kDone:
    case Outcome::kEntered:
      return Next::kReload;
    case Outcome::kWait:
    case Outcome::kAgain:
      return Next::kLeave;
    case Outcome::kUnwinds:
      return StateOf(machine).is_stopped ? Next::kLeave : Next::kReload;
  }
  return Next::kLeave;
}

Outcome Call::Enter(Closure* function, const void* arguments, size_t args_size,
                    uint8_t* to, Intrinsic then) const {
  // The call becomes a frame of its own: that of the intrinsic.
  Frame* const native = reinterpret_cast<Frame*>(args) - 1;
  const Code* const code = callable().code;
  if (goroutine.top != native) {
    native->caller = goroutine.top;
    native->code = code;
    native->closure = closure;
    native->results = results;
    native->defers = nullptr;
    native->panic = nullptr;
    native->depth = goroutine.top->depth + 1;
    native->defer_id = 0;
    goroutine.top = native;
  }
  native->then = then;
  native->pc = &code->insts[then != nullptr ? 1 : 2];
  if (function == nullptr) {
    return PanicMemory();
  }
  if (Executor::Push(machine, goroutine, function, arguments, args_size, to,
                     0) == nullptr) {
    return Outcome::kUnwinds;
  }
  return Outcome::kEntered;
}

Outcome Call::Panic(InterfaceValue value) const {
  Executor::Raise(machine, goroutine, value);
  return Outcome::kUnwinds;
}

Outcome Call::PanicError(std::string_view text) const {
  Executor::PanicError(machine, goroutine, text);
  return Outcome::kUnwinds;
}

Outcome Call::PanicPlain(std::string_view text) const {
  Executor::PanicPlain(machine, goroutine, text);
  return Outcome::kUnwinds;
}

Outcome Call::PanicMemory(uintptr_t address) const {
  Executor::PanicMemory(machine, goroutine, address);
  return Outcome::kUnwinds;
}

Outcome Call::Goexit() const {
  Executor::Goexit(machine, goroutine);
  return Outcome::kUnwinds;
}

Outcome Call::Exit(int code) const {
  Executor::Exit(machine, code, "os.Exit");
  return Outcome::kUnwinds;
}

Outcome Call::Throw(std::string_view text) const {
  Executor::Throw(machine, &goroutine, text);
  return Outcome::kUnwinds;
}

Outcome Call::CannotRun(std::string_view what) const {
  Executor::CannotRun(machine, what);
  return Outcome::kUnwinds;
}

}  // namespace gdlint::interp
