#include "driver/signals.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

namespace gdlint::driver {
namespace {

// Nothing needs to be put right: no files are written, and the report is as far
// as it is. Waiting for the threads could take longer than a person's patience.
void EndBySignal(int number) { _exit(128 + number); }

void EndOn(int number) {
  struct sigaction old = {};
  if (sigaction(number, nullptr, &old) == 0 && old.sa_handler == SIG_IGN) {
    return;
  }
  struct sigaction action = {};
  action.sa_handler = EndBySignal;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, nullptr);
}

}  // namespace

void PrepareProcess() {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    if (fcntl(fd, F_GETFD) == -1) {
      // The lowest free number is `fd`; read-only, even for outputs.
      open("/dev/null", O_RDONLY);
    }
  }
  EndOn(SIGINT);
  EndOn(SIGTERM);
  signal(SIGPIPE, SIG_IGN);
}

}  // namespace gdlint::driver
