#include "driver/progress.h"

#include <unistd.h>

#include <chrono>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

namespace gdlint::driver {
namespace {

constexpr auto kQuietStart = std::chrono::seconds(1);
constexpr auto kInterval = std::chrono::milliseconds(100);
constexpr std::string_view kEraseLine = "\r\x1b[K";

void Show(std::string_view text) {
  // Progress that cannot be shown is not worth a word.
  [[maybe_unused]] const auto written =
      write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

Progress::Progress(bool enabled, size_t total) : total_(total) {
  if (!enabled) {
    return;
  }
  try {
    thread_ = std::thread([this] { Run(); });
  } catch (const std::system_error&) {
    // No thread to spare: no progress line.
  }
}

Progress::~Progress() {
  if (!thread_.joinable()) {
    return;
  }
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

void Progress::Run() {
  std::unique_lock lock(mutex_);
  const auto is_stopping = [this] { return stopping_; };
  if (stop_.wait_for(lock, kQuietStart, is_stopping)) {
    return;
  }
  do {
    const size_t done = done_.load(std::memory_order_relaxed);
    const size_t percent = total_ == 0 ? 100 : done * 100 / total_;
    Show(fmt::format("{}gdlint: {} of {} files ({}%)", kEraseLine, done, total_,
                     percent));
  } while (!stop_.wait_for(lock, kInterval, is_stopping));
  Show(kEraseLine);
}

}  // namespace gdlint::driver
