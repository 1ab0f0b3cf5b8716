// One line on the terminal that says how far a long run is.

#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <thread>

namespace gdlint::driver {

// If enabled, shows `DONE of TOTAL files` on standard error from the first
// second on, and takes it away in the end.
class Progress {
 public:
  Progress(bool enabled, size_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // From any thread.
  void FileDone() { done_.fetch_add(1, std::memory_order_relaxed); }

 private:
  void Run();

  size_t total_;
  std::atomic<size_t> done_ = 0;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace gdlint::driver
