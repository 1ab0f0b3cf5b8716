#include "interp/machine.h"

#include <cstdlib>
#include <new>

#include "interp/execution.h"

namespace gdlint::interp {

Machine::Machine(Program& program, Host& host, const MachineOptions& options)
    : program_(program),
      host_(host),
      options_(options),
      state_(std::make_unique<State>()) {
  state_->random = options.seed * 0x2545f4914f6cdd1d + 1;
  size_t index = 0;
#define RUNTIME_CALL(Name, Function, Signature) \
  state_->runtime_calls[index++] = program.FindFunction("runtime", Function);
#include "interp/runtime_calls.def"
}

Machine::~Machine() {
  for (const auto& goroutine : goroutines_) {
    for (Frame* frame = goroutine->top; frame != nullptr;
         frame = frame->caller) {
      while (frame->defers != nullptr) {
        DeferRecord* const record = frame->defers;
        frame->defers = record->next;
        std::free(record);
      }
    }
  }
}

int Machine::Run(Callable* main) {
  std::vector<Callable*> calls;
  for (const ProgramPackage& package : program_.packages()) {
    for (const ssa::VarInitSource& source : package.initializers) {
      calls.push_back(program_.CallableOf(source));
    }
    for (const types::Func* const init : package.inits) {
      ssa::FunctionKey key;
      key.func = init;
      calls.push_back(program_.CallableOf(key));
    }
  }
  calls.push_back(main);
  state_->start_calls.assign(calls.rbegin(), calls.rend());
  Callable* const first = state_->start_calls.back();
  state_->start_calls.pop_back();
  try {
    Goroutine& goroutine = Start(first->closure(), nullptr, 0);
    state_->main = &goroutine;
    if (goroutine.top != nullptr) {
      goroutine.top->flags =
          (goroutine.top->flags & ~uint32_t{kGoroutineBase}) | kStartCall;
    }
    Executor::Schedule(*this);
  } catch (const std::bad_alloc&) {
    WriteError("fatal error: runtime: out of memory\n");
    Executor::Exit(*this, 2, "out of memory");
  }
  return state_->exit_code;
}

EventPlace Machine::PlaceOf(const Goroutine& goroutine) const {
  // Of a run-time error it is where the program made it.
  const auto is_of_runtime = [](const Callable& callable) {
    const types::Func* const func = callable.key.func;
    return func != nullptr && func->package != nullptr &&
           func->package->path == "runtime";
  };
  const Frame* frame = goroutine.top;
  while (frame != nullptr && frame->caller != nullptr &&
         is_of_runtime(*frame->code->callable)) {
    frame = frame->caller;
  }
  if (frame != nullptr) {
    return PlaceOf(goroutine, *frame);
  }
  EventPlace place;
  place.goroutine = static_cast<uint32_t>(goroutine.id);
  place.time = now_;
  return place;
}

EventPlace Machine::PlaceOf(const Goroutine& goroutine,
                            const Frame& frame) const {
  const CodeInst* const before =
      frame.pc > frame.code->insts.data() ? frame.pc - 1 : frame.pc;
  EventPlace place;
  place.goroutine = static_cast<uint32_t>(goroutine.id);
  place.depth = frame.depth;
  place.callable = frame.code->callable;
  place.pos = frame.code->PosOf(before);
  place.inst = frame.code->SourceOf((frame.flags & kRunsDefers) != 0 ? frame.pc
                                                                     : before);
  place.time = now_;
  return place;
}

void Machine::VisitRoots(void (*visit)(void* context, const void* begin,
                                       size_t size),
                         void* context) const {
  for (const auto& goroutine : goroutines_) {
    if (goroutine->top == nullptr) {
      continue;
    }
    goroutine->TrimChunks();
    for (size_t i = 0; i != goroutine->chunk_count; ++i) {
      const Goroutine::Chunk& chunk = goroutine->chunks[i];
      // What lies above the last frame is arguments being passed, or garbage.
      const uint8_t* const end =
          i + 1 == goroutine->chunk_count ? goroutine->top->end() : chunk.end();
      visit(context, chunk.begin(), static_cast<size_t>(end - chunk.begin()));
    }
    for (const Frame* frame = goroutine->top; frame != nullptr;
         frame = frame->caller) {
      for (DeferRecord* record = frame->defers; record != nullptr;
           record = record->next) {
        visit(context, &record->closure, sizeof(record->closure));
        visit(context, record->args(), record->args_size);
      }
    }
    for (const PanicRecord* panic = goroutine->panics; panic != nullptr;
         panic = panic->previous) {
      visit(context, &panic->value, sizeof(panic->value));
    }
    visit(context, goroutine->text_result, sizeof(goroutine->text_result));
  }
  for (const auto& [key, timer] : state_->timers) {
    visit(context, &timer.function, sizeof(timer.function));
    visit(context, timer.args.data(), timer.args.size());
  }
}

}  // namespace gdlint::interp
