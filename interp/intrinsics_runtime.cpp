// Packages runtime, os and syscall.

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "interp/code.h"
#include "interp/goroutine.h"
#include "interp/intrinsics.h"
#include "interp/library.h"

namespace gdlint::interp {
namespace {

template <typename T>
Outcome Done(const Call& call, const T& value) {
  call.Return(0, value);
  return Outcome::kDone;
}

Outcome Text(const Call& call, std::string_view text) {
  return Done(call, call.machine.heap().NewString(text));
}

// "/dir/file.go:12" in its two parts.
struct FilePlace {
  std::string file;
  uint32_t line = 0;
};

FilePlace PlaceOf(const Callable& callable, source::Pos pos) {
  FilePlace place;
  // Programs see the whole path.
  place.file = Machine::FullPlaceText(callable, pos, &place.line);
  place.file.resize(std::min(place.file.rfind(':'), place.file.size()));
  return place;
}

// Where the program itself called what opens or closes something; where that
// happens if nothing of the program is below.
EventPlace PlaceOfProgram(const Machine& machine, const Goroutine& goroutine) {
  EventPlace place = machine.PlaceOf(goroutine);
  for (const Frame* frame = goroutine.top; frame != nullptr;
       frame = frame->caller) {
    const Code& code = *frame->code;
    if (!code.is_wrapper && !IsOfStandardLibrary(*code.callable)) {
      place.depth = frame->depth;
      place.callable = code.callable;
      place.pos = code.PosOf(frame->pc > code.insts.data() &&
                                     (frame->flags & kRunsDefers) == 0
                                 ? frame->pc - 1
                                 : frame->pc);
      break;
    }
  }
  return place;
}

// What may be named as `kind` "file" and the like.
Outcome NotifyResource(const Call& call, bool is_opened) {
  const size_t first = is_opened ? 0 : 1;
  IntrinsicState& state = IntrinsicState::Current();
  const uint64_t id = is_opened ? ++state.last_resource : call.Arg<uint64_t>(0);
  if (Observer* const observer = call.machine.observer()) {
    const std::string_view kind = call.Arg<StringValue>(first).view();
    const std::string_view name = call.Arg<StringValue>(first + 2).view();
    const EventPlace place = PlaceOfProgram(call.machine, call.goroutine);
    if (is_opened) {
      observer->OnResourceOpened(place, id, kind, name);
    } else {
      observer->OnResourceClosed(place, id, kind, name);
    }
  }
  if (is_opened) {
    call.Return(0, id);
  }
  return Outcome::kDone;
}

}  // namespace

void CollectGarbage(Machine& machine) {
  machine.heap().Collect([&](Heap::Marker& marker) {
    machine.VisitRoots(
        [](void* context, const void* begin, size_t size) {
          static_cast<Heap::Marker*>(context)->MarkRange(
              begin, static_cast<const std::byte*>(begin) + size);
        },
        &marker);
  });
  Callable* const run =
      machine.program().FindFunction("runtime", "runFinalizer");
  for (const Finalizer& finalizer : machine.heap().TakeFinalizers()) {
    const InterfaceValue args[] = {{finalizer.object_type, finalizer.object},
                                   finalizer.function};
    machine.Start(run->closure(), args, sizeof(args), /*is_parked=*/false,
                  /*is_system=*/true);
  }
  for (const Cleanup& cleanup : machine.heap().TakeCleanups()) {
    machine.Start(static_cast<Closure*>(cleanup.function), nullptr, 0,
                  /*is_parked=*/false, /*is_system=*/true);
  }
}

Outcome RuntimeVersion(Call& call) { return Text(call, "go1.26"); }

Outcome RuntimeGoroot(Call& call) {
  return Text(call, IntrinsicState::Current().process().goroot);
}

Outcome RuntimeGoexit(Call& call) { return call.Goexit(); }

Outcome RuntimeGosched(Call& call) {
  call.machine.Yield(call.goroutine);
  return Outcome::kWait;
}

Outcome RuntimeGC(Call& call) {
  CollectGarbage(call.machine);
  // Finalizers may run.
  call.machine.Yield(call.goroutine);
  return Outcome::kWait;
}

Outcome RuntimeNumGoroutine(Call& call) {
  return Done(call, call.machine.goroutine_count());
}

Outcome RuntimeSetFinalizer(Call& call) {
  const auto& object = call.Arg<InterfaceValue>(0);
  const Finalizer finalizer = {object.data, object.type,
                               call.Arg<InterfaceValue>(2)};
  if (finalizer.function.type != nullptr &&
      call.machine.heap().has_finalizer(object.data)) {
    return call.Throw("runtime.SetFinalizer: finalizer already set");
  }
  if (!call.machine.heap().SetFinalizer(finalizer) &&
      call.machine.heap().Contains(object.data) &&
      object.type->elem()->size != 0) {
    return call.Throw(
        "runtime.SetFinalizer: pointer not at beginning of allocated block");
  }
  return Outcome::kDone;
}

Outcome RuntimeAddCleanup(Call& call) {
  return Done(call, call.machine.heap().AddCleanup(call.Arg<void*>(0),
                                                   call.Arg<void*>(1)));
}

Outcome RuntimeStopCleanup(Call& call) {
  call.machine.heap().StopCleanup(call.Arg<uint64_t>(0));
  return Outcome::kDone;
}

Outcome RuntimeMemoryStatistics(Call& call) {
  const HeapStatistics statistics = call.machine.heap().statistics();
  call.Return(0, statistics.live_bytes);
  call.Return(1, statistics.total_bytes);
  call.Return(2, statistics.allocations);
  call.Return(3, statistics.frees);
  call.Return(4, statistics.collections);
  call.Return(5, statistics.mapped_bytes);
  return Outcome::kDone;
}

Outcome RuntimeCallers(Call& call) {
  const auto skip = call.Arg<int64_t>(0);
  const auto& pcs = call.Arg<SliceValue>(1);
  const std::vector<TraceFrame> trace = call.machine.Trace(
      call.goroutine, static_cast<size_t>(std::max<int64_t>(skip, 0)) +
                          static_cast<size_t>(pcs.size));
  int64_t count = 0;
  for (auto i = static_cast<size_t>(std::max<int64_t>(skip, 0));
       i < trace.size() && count < pcs.size; ++i, ++count) {
    reinterpret_cast<uintptr_t*>(pcs.data)[count] =
        IntrinsicState::Current().PcOf(trace[i].callable, trace[i].pos);
  }
  return Done(call, count);
}

Outcome RuntimeDescribe(Call& call) {
  IntrinsicState& state = IntrinsicState::Current();
  const IntrinsicState::CodePlace place = state.PlaceOf(call.Arg<uintptr_t>(0));
  if (place.callable == nullptr) {
    call.Return(0, StringValue());
    call.Return(2, StringValue());
    call.Return(4, int64_t{0});
    call.Return(5, uintptr_t{0});
    return Outcome::kDone;
  }
  const FilePlace file = PlaceOf(*place.callable, place.pos);
  Heap& heap = call.machine.heap();
  call.Return(0, heap.NewString(place.callable->name));
  call.Return(2, heap.NewString(file.file));
  call.Return(4, int64_t{file.line});
  call.Return(5, state.PcOf(place.callable, source::Pos()));
  return Outcome::kDone;
}

Outcome RuntimeStackText(Call& call) {
  std::string out = call.machine.TraceText(call.goroutine, "running");
  if (call.Arg<uint8_t>(0) != 0) {
    for (const auto& goroutine : call.machine.goroutines()) {
      if (goroutine.get() != &call.goroutine && !goroutine->is_system) {
        out +=
            '\n' + call.machine.TraceText(*goroutine, goroutine->wait_reason);
      }
    }
  }
  return Text(call, out);
}

Outcome RuntimeSetPanicOnFault(Call& call) {
  call.goroutine.panics_on_fault = call.Arg<uint8_t>(0) != 0;
  // How it is executed is chosen when it goes on.
  call.machine.Yield(call.goroutine);
  return Outcome::kWait;
}

Outcome RuntimeThrow(Call& call) {
  return call.Throw(call.Arg<StringValue>(0).view());
}

Outcome CannotRunText(Call& call) {
  return call.CannotRun(call.Arg<StringValue>(0).view());
}

Outcome ResourceOpened(Call& call) { return NotifyResource(call, true); }

Outcome ResourceClosed(Call& call) { return NotifyResource(call, false); }

Outcome ProcessExit(Call& call) {
  return call.Exit(static_cast<int>(call.Arg<int64_t>(0)) & 0xff);
}

Outcome ProcessId(Call& call) { return Done(call, int64_t{getpid()}); }

Outcome ProcessWrite(Call& call) {
  const auto& bytes = call.Arg<SliceValue>(1);
  call.machine.host().Write(static_cast<int>(call.Arg<int64_t>(0)),
                            {reinterpret_cast<const char*>(bytes.data),
                             static_cast<size_t>(bytes.size)});
  return Done(call, bytes.size);
}

Outcome ProcessRead(Call& call) {
  const auto& bytes = call.Arg<SliceValue>(1);
  return Done(call,
              call.machine.host().Read(static_cast<int>(call.Arg<int64_t>(0)),
                                       reinterpret_cast<char*>(bytes.data),
                                       static_cast<size_t>(bytes.size)));
}

Outcome ProcessRaise(Call& call) {
  const auto number = static_cast<int>(call.Arg<int64_t>(0));
  signal(number, SIG_DFL);
  raise(number);
  // One that does not end a process.
  return Outcome::kDone;
}

Outcome ProcessEnvironment(Call& call) {
  std::string joined;
  for (const std::string& variable :
       IntrinsicState::Current().process().environment) {
    joined += variable + '\0';
  }
  return Text(call, joined);
}

Outcome ProcessArguments(Call& call) {
  std::string joined;
  for (const std::string& argument :
       IntrinsicState::Current().process().arguments) {
    joined += argument + '\0';
  }
  return Text(call, joined);
}

Outcome FunctionPc(Call& call) {
  const auto& function = call.Arg<InterfaceValue>(0);
  return Done(
      call, IntrinsicState::Current().PcOf(
                static_cast<Closure*>(function.data)->callable, source::Pos()));
}

}  // namespace gdlint::interp
