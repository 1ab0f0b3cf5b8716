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

size_t StackSize() {
  // Asking costs a system call or more; a thread's stack never changes.
  static thread_local const size_t size = [] {
    // The usual limit of a main thread, for systems that do not tell.
    size_t bytes = size_t{8} << 20;
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
      pthread_attr_getstacksize(&attributes, &bytes);
      pthread_attr_destroy(&attributes);
    }
    return bytes;
  }();
  return size;
}

}  // namespace gdlint
