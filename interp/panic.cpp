// Panics, Goexit, recovery and what ends the process.
//
// A panic's deferred calls run on top of the frames that it will leave, as gc's
// do: only a recovery takes these away.

#include <fmt/format.h>

#include <algorithm>

#include "interp/execution.h"
#include "interp/format_value.h"

namespace gdlint::interp {
namespace {

uint64_t CountPending(const Machine& machine) {
  uint64_t pending = 0;
  for (const auto& goroutine : machine.goroutines()) {
    for (const Frame* frame = goroutine->top; frame != nullptr;
         frame = frame->caller) {
      for (const DeferRecord* record = frame->defers; record != nullptr;
           record = record->next) {
        ++pending;
      }
    }
  }
  return pending;
}

// As gc's printindented: a crash message's further lines are indented.
std::string Indented(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c;
    if (c == '\n') {
      out += '\t';
    }
  }
  return out;
}

// `text` in memory of the heap, as a Go string.
StringValue TextOf(Machine& machine, std::string_view text) {
  return machine.heap().Constant(text);
}

}  // namespace

Next Executor::CallRuntime(Machine& machine, Goroutine& goroutine,
                           RuntimeCall call, const void* args,
                           size_t args_size) {
  Callable* const callable =
      StateOf(machine).runtime_calls[static_cast<size_t>(call)];
  if (callable == nullptr) {
    return CannotRun(machine, "the program has no package runtime");
  }
  return Push(machine, goroutine, callable->closure(), args, args_size, nullptr,
              0) == nullptr
             ? Next::kLeave
             : Next::kReload;
}

Next Executor::PanicError(Machine& machine, Goroutine& goroutine,
                          std::string_view text) {
  const StringValue value = TextOf(machine, text);
  return CallRuntime(machine, goroutine, RuntimeCall::kPanicError, &value,
                     sizeof(value));
}

Next Executor::PanicPlain(Machine& machine, Goroutine& goroutine,
                          std::string_view text) {
  const StringValue value = TextOf(machine, text);
  return CallRuntime(machine, goroutine, RuntimeCall::kPanicPlain, &value,
                     sizeof(value));
}

Next Executor::PanicMemory(Machine& machine, Goroutine& goroutine,
                           uintptr_t address) {
  goroutine.has_signal = true;
  goroutine.signal_address = address;
  return CallRuntime(machine, goroutine, RuntimeCall::kPanicMemory, &address,
                     sizeof(address));
}

Next Executor::PanicBounds(Machine& machine, Goroutine& goroutine, int64_t x,
                           bool is_signed, int64_t y, uint8_t code) {
  const int64_t args[] = {x, is_signed ? 1 : 0, y, code};
  return CallRuntime(machine, goroutine, RuntimeCall::kPanicBounds, args,
                     sizeof(args));
}

std::string Executor::PanicWrapText(const RunType* type,
                                    const types::Func* method) {
  return fmt::format("value method {}.{} called using nil *{} pointer",
                     type->elem()->name(), method->name->text(),
                     type->elem()->local_name());
}

Next Executor::PanicWrap(Machine& machine, Goroutine& goroutine,
                         const RunType* type, const types::Func* method) {
  return PanicPlain(machine, goroutine, PanicWrapText(type, method));
}

Next Executor::Raise(Machine& machine, Goroutine& goroutine,
                     InterfaceValue value) {
  PanicRecord* const panic = new PanicRecord();
  panic->previous = goroutine.panics;
  panic->value = value;
  panic->id = ++StateOf(machine).last_panic;
  panic->frame = goroutine.top;
  goroutine.panics = panic;
  if (Observer* const observer = machine.observer(); observer != nullptr) {
    // What the event tells of the value is the interface itself.
    observer->OnPanic(machine.PlaceOf(goroutine), panic->id,
                      {"", machine.run_types().any(), &panic->value});
  }
  return GoOn(machine, goroutine, *panic);
}

Next Executor::Goexit(Machine& machine, Goroutine& goroutine) {
  PanicRecord* const panic = new PanicRecord();
  panic->previous = goroutine.panics;
  panic->frame = goroutine.top;
  panic->is_goexit = true;
  goroutine.panics = panic;
  if (Observer* const observer = machine.observer(); observer != nullptr) {
    observer->OnGoexit(machine.PlaceOf(goroutine));
  }
  return GoOn(machine, goroutine, *panic);
}

// Runs the next deferred call of the frames from `panic.frame` outwards.
Next Executor::GoOn(Machine& machine, Goroutine& goroutine,
                    PanicRecord& panic) {
  Observer* const observer = machine.observer();
  for (Frame* frame = panic.frame; frame != nullptr; frame = frame->caller) {
    if (observer != nullptr) {
      observer->OnUnwindingReaches(machine.PlaceOf(goroutine, *frame),
                                   panic.is_goexit);
    }
    if (frame->defers != nullptr) {
      panic.frame = frame;
      RunDefer(machine, goroutine, frame, &panic);
      return StateOf(machine).is_stopped ? Next::kLeave : Next::kReload;
    }
    if ((frame->flags & kPrintCall) != 0) {
      if (panic.is_goexit) {
        return Throw(machine, &goroutine, "panic while printing panic value");
      }
      const RunType* const type = panic.value.type;
      return Throw(
          machine, &goroutine,
          "panic while printing panic value: " +
              (type != nullptr &&
                       type == machine.run_types().Of(types::BasicKind::kString)
                   ? std::string(
                         static_cast<const StringValue*>(panic.value.data)
                             ->view())
                   : "type " +
                         std::string(type == nullptr ? "nil" : type->name())));
    }
    if (observer != nullptr) {
      observer->OnUnwindingLeaves(machine.PlaceOf(goroutine, *frame),
                                  panic.is_goexit);
    }
    if (observer != nullptr &&
        (frame->flags & (kPanicCall | kDeferredCall)) != 0) {
      observer->OnDeferredCallEnds(machine.PlaceOf(goroutine), frame->defer_id,
                                   false);
      // A Goexit goes on when the panic is recovered.
      if ((frame->flags & kPanicCall) != 0 && !frame->panic->is_goexit) {
        observer->OnPanicReplaced(machine.PlaceOf(goroutine), frame->panic->id,
                                  panic.id);
      }
    }
  }
  panic.frame = nullptr;
  if (panic.is_goexit) {
    if (&goroutine == StateOf(machine).main) {
      StateOf(machine).main_has_exited = true;
    }
    End(machine, goroutine);
    return Next::kLeave;
  }
  goroutine.is_crashing = true;
  return Crash(machine, goroutine);
}

Next Executor::AfterPanicCall(Machine& machine, Goroutine& goroutine,
                              PanicRecord& panic, Frame* returned) {
  if (!panic.is_recovered) {
    Pop(goroutine);
    return GoOn(machine, goroutine, panic);
  }
  // All panics are gone whose deferred call is left now; but a Goexit among
  // them goes on from here.
  Frame* const owner = panic.frame;
  PanicRecord* goexit = nullptr;
  const auto leave = [&](PanicRecord* left) {
    PanicRecord** link = &goroutine.panics;
    while (*link != nullptr && *link != left) {
      link = &(*link)->previous;
    }
    if (*link == left) {
      *link = left->previous;
    }
    if (left->is_goexit) {
      delete goexit;
      goexit = left;
    } else {
      delete left;
    }
  };
  for (Frame* frame = returned; frame != owner; frame = frame->caller) {
    if ((frame->flags & kPanicCall) != 0) {
      leave(frame->panic);
    }
  }
  // The call of a deferred function that is nil has no frame.
  for (PanicRecord* record = goroutine.panics; record != nullptr;) {
    PanicRecord* const previous = record->previous;
    if (record->frame == owner) {
      leave(record);
    }
    record = previous;
  }
  goroutine.top = owner;
  goroutine.TrimChunks();
  if (goexit != nullptr) {
    goexit->previous = goroutine.panics;
    goroutine.panics = goexit;
    goexit->frame = owner;
    return GoOn(machine, goroutine, *goexit);
  }
  owner->pc = &owner->code->insts[static_cast<size_t>(owner->code->recover_at)];
  return Next::kReload;
}

// Facts R5: the newest panic, if exactly one frame that is no wrapper lies
// between its run of deferred calls and the call of recover.
InterfaceValue Executor::Recover(Machine& machine, Goroutine& goroutine) {
  PanicRecord* const panic = goroutine.panics;
  if (panic == nullptr || panic->is_goexit || panic->is_recovered) {
    return {};
  }
  Observer* const observer = machine.observer();
  const auto ineffective = [&](std::string_view why) {
    if (observer != nullptr) {
      observer->OnRecoverIneffective(machine.PlaceOf(goroutine), why);
    }
    return InterfaceValue();
  };
  Frame* frame = goroutine.top;
  while (frame->code->is_wrapper) {
    if ((frame->flags & kPanicCall) != 0) {
      return ineffective("recover itself was deferred");
    }
    frame = frame->caller;
    if (frame == nullptr) {
      return ineffective("it was not called by a deferred function");
    }
  }
  while ((frame->flags & kPanicCall) == 0) {
    frame = frame->caller;
    if (frame == nullptr || !frame->code->is_wrapper) {
      return ineffective("it was not called directly by a deferred function");
    }
  }
  if (frame->panic != panic) {
    return ineffective("the deferred function runs for an older panic");
  }
  panic->is_recovered = true;
  if (observer != nullptr) {
    observer->OnRecovered(machine.PlaceOf(goroutine), panic->id,
                          {"", machine.run_types().any(), &panic->value});
  }
  return panic->value;
}

// Nobody recovered: makes the text of all panics, one call after the other, and
// prints them.
Next Executor::Crash(Machine& machine, Goroutine& goroutine) {
  if (goroutine.texting != nullptr) {
    PanicRecord& panic = *goroutine.texting;
    goroutine.texting = nullptr;
    panic.has_text = true;
    if (goroutine.text_result[16] != 0) {
      StringValue text;
      std::memcpy(&text, goroutine.text_result, sizeof(text));
      panic.text = Indented(text.view());
    } else {
      panic.text = "";
      AppendPanicText(panic.value, panic.text);
    }
  }
  for (PanicRecord* panic = goroutine.panics; panic != nullptr;
       panic = panic->previous) {
    if (panic->has_text || panic->is_goexit) {
      continue;
    }
    if (panic->previous != nullptr &&
        panic->previous->value.type == panic->value.type &&
        panic->previous->value.data == panic->value.data) {
      panic->previous->is_repanicked = true;
      panic->has_text = true;
      continue;
    }
    goroutine.texting = panic;
    Callable* const callable =
        StateOf(machine)
            .runtime_calls[static_cast<size_t>(RuntimeCall::kPanicText)];
    if (callable == nullptr) {
      goroutine.text_result[16] = 0;
      return Crash(machine, goroutine);
    }
    return Push(machine, goroutine, callable->closure(), &panic->value,
                sizeof(panic->value), goroutine.text_result,
                kPrintCall) == nullptr
               ? Next::kLeave
               : Next::kReload;
  }
  std::vector<const PanicRecord*> chain;
  for (const PanicRecord* panic = goroutine.panics; panic != nullptr;
       panic = panic->previous) {
    chain.push_back(panic);
  }
  std::reverse(chain.begin(), chain.end());
  std::string out;
  for (size_t i = 0; i != chain.size(); ++i) {
    const PanicRecord& panic = *chain[i];
    if (i != 0) {
      if (chain[i - 1]->is_repanicked) {
        continue;
      }
      if (!chain[i - 1]->is_goexit) {
        out += '\t';
      }
    }
    if (panic.is_goexit) {
      continue;
    }
    out += "panic: " + panic.text;
    if (panic.is_recovered) {
      out += panic.is_repanicked ? " [recovered, repanicked]" : " [recovered]";
    }
    out += '\n';
  }
  if (goroutine.has_signal) {
    out += fmt::format(
        "[signal SIGSEGV: segmentation violation code=0x1 addr=0x{:x} "
        "pc=0x{:x}]\n",
        goroutine.signal_address, reinterpret_cast<uintptr_t>(goroutine.top));
  }
  out += '\n' + machine.TraceText(goroutine, "running");
  machine.WriteError(out);
  Exit(machine, 2, "panic");
  return Next::kLeave;
}

Next Executor::Throw(Machine& machine, Goroutine* goroutine,
                     std::string_view text) {
  Machine::State& state = StateOf(machine);
  if (state.is_stopped) {
    return Next::kLeave;
  }
  std::string out;
  if (text == "stack overflow") {
    out +=
        "runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: "
        "stack overflow\n\n";
  } else {
    out += fmt::format("fatal error: {}\n\n", text);
  }
  if (goroutine != nullptr) {
    out += machine.TraceText(*goroutine, "running");
  } else {
    for (const auto& waiting : machine.goroutines()) {
      if (!waiting->is_system && waiting->state == GoroutineState::kParked) {
        out += machine.TraceText(*waiting, waiting->wait_reason);
        out += '\n';
      }
    }
  }
  machine.WriteError(out);
  Exit(machine, 2, "fatal error");
  return Next::kLeave;
}

Next Executor::CannotRun(Machine& machine, std::string_view what) {
  Machine::State& state = StateOf(machine);
  if (!state.is_stopped) {
    machine.WriteError(fmt::format("gdlint: cannot run: {}\n", what));
    Exit(machine, 3, "cannot run");
  }
  return Next::kLeave;
}

void Executor::Exit(Machine& machine, int code, std::string_view why) {
  Machine::State& state = StateOf(machine);
  if (state.is_stopped) {
    return;
  }
  state.is_stopped = true;
  state.exit_code = code;
  if (Observer* const observer = machine.observer(); observer != nullptr) {
    observer->OnProcessEnds(state.running == nullptr
                                ? EventPlace()
                                : machine.PlaceOf(*state.running),
                            why);
    if (const uint64_t pending = CountPending(machine); pending != 0) {
      observer->OnDefersSkipped(state.running == nullptr
                                    ? EventPlace()
                                    : machine.PlaceOf(*state.running),
                                why, pending);
    }
  }
}

}  // namespace gdlint::interp
