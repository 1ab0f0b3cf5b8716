// go, defer, panics and what ends control.

#include <cstring>

#include "interp/slow.h"
#include "types/lookup.h"

namespace gdlint::interp::slow {
namespace {

// A call whose function and arguments are evaluated: in `args`, what a frame
// takes. `closure` may be null. kContinue unless it panics.
struct Evaluated {
  Closure* closure = nullptr;
  std::vector<uint8_t> args;
};

Next Evaluate(Execution& at, const Site& site, Evaluated* call) {
  const ssa::CallMode mode = static_cast<ssa::CallMode>(site.kind);
  int32_t shift = 0;
  const uint8_t* receiver = nullptr;
  size_t receiver_size = 0;
  void* pointer = nullptr;
  switch (mode) {
    case ssa::CallMode::kStatic:
    case ssa::CallMode::kBuiltin:
      call->closure = site.callee->closure();
      break;
    case ssa::CallMode::kDynamic:
      call->closure = at.Reg<Closure*>(site.operands[0]);
      break;
    case ssa::CallMode::kInvoke: {
      const InterfaceValue value = at.Reg<InterfaceValue>(site.operands[0]);
      if (value.type == nullptr) {
        return Executor::PanicMemory(at.machine, at.goroutine, 0);
      }
      const Program::Method* const method =
          at.program().FindMethod(value.type, site.method);
      if (method == nullptr) {
        return Executor::CannotRun(at.machine,
                                   "a call of a method that does not exist");
      }
      call->closure = method->callable->closure();
      if (!method->copies_receiver) {
        pointer = value.data;
        receiver = reinterpret_cast<const uint8_t*>(&pointer);
        receiver_size = sizeof(pointer);
      } else {
        if (method->derefs_pointer && value.data == nullptr) {
          // The call panics, not the statement.
          const StringValue text = at.heap().Constant(
              Executor::PanicWrapText(value.type, site.method));
          Callable* const callable =
              Executor::StateOf(at.machine)
                  .runtime_calls[static_cast<size_t>(RuntimeCall::kPanicPlain)];
          if (callable == nullptr) {
            return Executor::CannotRun(at.machine,
                                       "the program has no package runtime");
          }
          call->closure = callable->closure();
          call->args.resize(sizeof(text));
          std::memcpy(call->args.data(), &text, sizeof(text));
          return Next::kContinue;
        }
        receiver = static_cast<const uint8_t*>(value.data);
        receiver_size = method->copied_size;
        shift =
            static_cast<int32_t>(SlotAlign(method->copied_size) - kSlotSize);
      }
      break;
    }
  }
  call->args.assign(static_cast<size_t>(site.args_size + shift), 0);
  if (receiver_size != 0) {
    std::memcpy(call->args.data(), receiver, receiver_size);
  }
  for (const Move& move : site.moves) {
    std::memcpy(call->args.data() + move.to + shift, at.registers + move.from,
                static_cast<size_t>(move.size));
  }
  return Next::kContinue;
}

}  // namespace

Next Go(Execution& at, const CodeInst&, const Site& site) {
  Evaluated call;
  if (const Next next = Evaluate(at, site, &call); next != Next::kContinue) {
    return next;
  }
  if (call.closure == nullptr) {
    return Executor::Throw(at.machine, &at.goroutine, "go of nil func value");
  }
  at.machine.Start(call.closure, call.args.data(), call.args.size());
  return Executor::StateOf(at.machine).is_stopped ? Next::kLeave
                                                  : Next::kContinue;
}

Next Defer(Execution& at, const CodeInst&, const Site& site) {
  Evaluated call;
  if (const Next next = Evaluate(at, site, &call); next != Next::kContinue) {
    return next;
  }
  Frame* const owner =
      site.operands[1] < 0 ? at.frame : at.Reg<Frame*>(site.operands[1]);
  DeferRecord* const record =
      Executor::NewDefer(at.machine, call.closure, call.args.size());
  if (!call.args.empty()) {
    std::memcpy(record->args(), call.args.data(), call.args.size());
  }
  Executor::PushDefer(at.machine, at.goroutine, owner, record);
  return Next::kContinue;
}

Next DeferStack(Execution& at, const CodeInst& inst, const Site&) {
  at.Reg<Frame*>(inst.a) = at.frame;
  return Next::kContinue;
}

Next RunDefers(Execution& at, const CodeInst& inst, const Site&) {
  if (at.frame->defers == nullptr) {
    at.frame->flags &= ~uint32_t{kRunsDefers};
    return Next::kContinue;
  }
  at.frame->flags |= kRunsDefers;
  // Comes back here until there are none.
  at.frame->pc = &inst;
  Executor::RunDefer(at.machine, at.goroutine, at.frame, nullptr);
  return Executor::StateOf(at.machine).is_stopped ? Next::kLeave
                                                  : Next::kReload;
}

Next Panic(Execution& at, const CodeInst&, const Site& site) {
  const InterfaceValue value = at.Reg<InterfaceValue>(site.operands[0]);
  if (value.type == nullptr && at.machine.options().panic_nil_error) {
    return Executor::CallRuntime(at.machine, at.goroutine,
                                 RuntimeCall::kPanicNil, nullptr, 0);
  }
  return Executor::Raise(at.machine, at.goroutine, value);
}

Next RangePanic(Execution& at, const CodeInst&, const Site& site) {
  const char* text = "";
  switch (static_cast<ssa::RangeState>(site.kind)) {
    case ssa::RangeState::kDone:
      text =
          "range function continued iteration after function for loop body "
          "returned false";
      break;
    case ssa::RangeState::kPanic:
      text = "range function continued iteration after loop body panic";
      break;
    case ssa::RangeState::kExhausted:
      text = "range function continued iteration after whole loop exit";
      break;
    case ssa::RangeState::kMissedPanic:
      text =
          "range function recovered a loop body panic and did not resume "
          "panicking";
      break;
    case ssa::RangeState::kReady:
      return Executor::Throw(at.machine, &at.goroutine,
                             "unexpected state set by defer on iterator "
                             "function");
  }
  return Executor::PanicError(at.machine, at.goroutine, text);
}

Next Exit(Execution& at, const CodeInst&, const Site&) {
  return Executor::CannotRun(at.machine,
                             "a function returned that should never");
}

}  // namespace gdlint::interp::slow
