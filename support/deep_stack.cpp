#include "support/deep_stack.h"

#include <pthread.h>

#include <exception>

namespace gdlint {
namespace {

struct Call {
  const std::function<void()>& fn;
  std::exception_ptr error;
};

void* Trampoline(void* argument) {
  auto* const call = static_cast<Call*>(argument);
  try {
    call->fn();
  } catch (...) {
    call->error = std::current_exception();
  }
  return nullptr;
}

}  // namespace

void RunOnDeepStack(const std::function<void()>& fn) {
  Call call{fn, nullptr};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kDeepStackSize);
  pthread_t thread;
  const int status = pthread_create(&thread, &attributes, Trampoline, &call);
  pthread_attr_destroy(&attributes);
  if (status != 0) {
    // No address space for the stack (a limit on virtual memory): do with ours.
    fn();
    return;
  }
  pthread_join(thread, nullptr);
  if (call.error) {
    std::rethrow_exception(call.error);
  }
}

}  // namespace gdlint
