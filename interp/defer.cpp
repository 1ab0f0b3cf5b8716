#include <algorithm>
#include <cstdlib>
#include <new>

#include "interp/execution.h"

namespace gdlint::interp {

DeferRecord* Executor::NewDefer(Machine& machine, Closure* closure,
                                size_t args_size) {
  void* const memory = std::malloc(sizeof(DeferRecord) + args_size);
  if (memory == nullptr) {
    throw std::bad_alloc();
  }
  DeferRecord* const record = new (memory) DeferRecord();
  record->next = nullptr;
  record->closure = closure;
  record->id = ++StateOf(machine).last_defer;
  record->args_size = static_cast<uint32_t>(args_size);
  return record;
}

void Executor::PushDefer(Machine& machine, Goroutine& goroutine, Frame* owner,
                         DeferRecord* record) {
  record->next = owner->defers;
  owner->defers = record;
  if (machine.observer() == nullptr) {
    return;
  }
  machine.observer()->OnDeferPushed(machine.PlaceOf(goroutine, *goroutine.top),
                                    machine.PlaceOf(goroutine, *owner),
                                    record->id);
  std::vector<EventValue> values;
  std::string_view name = "nil";
  if (record->closure != nullptr) {
    const Callable& callable = *record->closure->callable;
    name = callable.name;
    int64_t offset = 0;
    const auto add = [&](std::string_view value_name, const types::Type* type) {
      const RunType* const run_type = machine.run_types().Of(type);
      if (offset + run_type->size <= record->args_size) {
        values.push_back({value_name, run_type, record->args() + offset});
      }
      offset += SlotAlign(run_type->size);
    };
    if (callable.receiver != nullptr) {
      add("receiver", callable.receiver);
    }
    if (callable.signature != nullptr &&
        callable.signature->params != nullptr) {
      for (const types::Param& param : callable.signature->params->params) {
        add(param.name == nullptr ? "" : param.name->text(), param.type);
      }
    }
  }
  machine.observer()->OnDeferRegistered(machine.PlaceOf(goroutine), record->id,
                                        name, values);
}

bool Executor::RunDefer(Machine& machine, Goroutine& goroutine, Frame* owner,
                        PanicRecord* panic) {
  DeferRecord* const record = owner->defers;
  if (record == nullptr) {
    return false;
  }
  owner->defers = record->next;
  if (machine.observer() != nullptr) {
    machine.observer()->OnDeferredCallBegins(
        machine.PlaceOf(goroutine), record->id,
        record->closure == nullptr ? "nil" : record->closure->callable->name,
        panic == nullptr   ? DeferReason::kReturn
        : panic->is_goexit ? DeferReason::kGoexit
                           : DeferReason::kPanic);
  }
  if (record->closure == nullptr) {
    std::free(record);
    PanicMemory(machine, goroutine, 0);
    return true;
  }
  Frame* const frame = Push(machine, goroutine, record->closure, record->args(),
                            record->args_size, nullptr,
                            panic != nullptr ? kPanicCall : kDeferredCall);
  if (frame != nullptr) {
    frame->panic = panic;
    frame->defer_id = record->id;
  }
  std::free(record);
  return true;
}

}  // namespace gdlint::interp
