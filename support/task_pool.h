// Threads that share a range of independent pieces of work.

#pragma once

#include <pthread.h>

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <vector>

namespace gdlint {

// As many processors as this process may run on, at least 1.
unsigned AvailableProcessors();

// A fixed number of threads, each with kDeepStackSize bytes of stack. Which
// thread gets which piece is not determined; a caller that writes results by
// index gets the same results whatever the number of threads.
class TaskPool {
 public:
  // Starts `thread_count` threads, at least 1 and at most kMaxThreads. If the
  // system grants fewer, with fewer.
  explicit TaskPool(unsigned thread_count);
  ~TaskPool();
  TaskPool(const TaskPool&) = delete;
  TaskPool& operator=(const TaskPool&) = delete;

  static constexpr unsigned kMaxThreads = 256;

  // Numbers from 0 to worker_count()-1 name the threads, for scratch memory per
  // thread.
  unsigned worker_count() const { return worker_count_; }

  // Calls `fn(index, worker)` for each index below `count`, in about rising
  // order, and returns when all calls have. If calls throw, the rest of the
  // indices is not handed out and the first exception is rethrown here. Not to
  // be called from `fn`.
  void ParallelFor(size_t count,
                   const std::function<void(size_t, unsigned)>& fn);

 private:
  struct Worker {
    TaskPool* pool;
    unsigned number;
    pthread_t thread;
  };

  static void* Main(void* argument);
  void Serve(unsigned worker);
  void RunShare(unsigned worker);

  std::vector<Worker> workers_;
  unsigned worker_count_ = 1;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable done_;
  // Guarded by mutex_.
  unsigned generation_ = 0;
  unsigned busy_ = 0;
  bool stopping_ = false;
  std::exception_ptr error_;
  // Set before a generation begins, read by its workers.
  const std::function<void(size_t, unsigned)>* fn_ = nullptr;
  size_t count_ = 0;
  std::atomic<size_t> next_ = 0;
};

}  // namespace gdlint
