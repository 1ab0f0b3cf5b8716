#include "support/task_pool.h"

#include <sched.h>

#include <algorithm>
#include <utility>

#include "support/deep_stack.h"

namespace gdlint {

unsigned AvailableProcessors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) != 0) {
    return 1;
  }
  return static_cast<unsigned>(std::max(CPU_COUNT(&set), 1));
}

TaskPool::TaskPool(unsigned thread_count) {
  thread_count = std::clamp(thread_count, 1u, kMaxThreads);
  // Their addresses are handed to the threads.
  workers_.reserve(thread_count);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kDeepStackSize);
  for (unsigned i = 0; i < thread_count; ++i) {
    workers_.push_back({.pool = this, .number = i, .thread = {}});
    if (pthread_create(&workers_.back().thread, &attributes, Main,
                       &workers_.back()) != 0) {
      workers_.pop_back();
      break;
    }
  }
  pthread_attr_destroy(&attributes);
  worker_count_ = std::max(1u, static_cast<unsigned>(workers_.size()));
}

TaskPool::~TaskPool() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (const Worker& worker : workers_) {
    pthread_join(worker.thread, nullptr);
  }
}

void TaskPool::ParallelFor(size_t count,
                           const std::function<void(size_t, unsigned)>& fn) {
  std::unique_lock lock(mutex_);
  fn_ = &fn;
  count_ = count;
  next_ = 0;
  error_ = nullptr;
  if (workers_.empty()) {
    // No address space for even one deep stack (a limit on virtual memory).
    lock.unlock();
    RunShare(0);
    lock.lock();
  } else {
    busy_ = static_cast<unsigned>(workers_.size());
    ++generation_;
    wake_.notify_all();
    done_.wait(lock, [&] { return busy_ == 0; });
  }
  fn_ = nullptr;
  if (error_) {
    std::rethrow_exception(std::exchange(error_, nullptr));
  }
}

void* TaskPool::Main(void* argument) {
  const auto* const worker = static_cast<const Worker*>(argument);
  worker->pool->Serve(worker->number);
  return nullptr;
}

void TaskPool::Serve(unsigned worker) {
  unsigned seen = 0;
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return stopping_ || generation_ != seen; });
    if (stopping_) {
      return;
    }
    seen = generation_;
    lock.unlock();
    RunShare(worker);
    lock.lock();
    if (--busy_ == 0) {
      done_.notify_all();
    }
  }
}

void TaskPool::RunShare(unsigned worker) {
  try {
    for (size_t index = next_++; index < count_; index = next_++) {
      (*fn_)(index, worker);
    }
  } catch (...) {
    next_ = count_;
    const std::scoped_lock lock(mutex_);
    if (!error_) {
      error_ = std::current_exception();
    }
  }
}

}  // namespace gdlint
