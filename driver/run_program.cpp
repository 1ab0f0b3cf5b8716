#include "driver/run_program.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "driver/exit_code.h"
#include "driver/load_program.h"
#include "driver/output.h"
#include "interp/heap.h"
#include "interp/intrinsics.h"
#include "interp/machine.h"
#include "interp/program.h"
#include "interp/run_type.h"
#include "support/deep_stack.h"
#include "support/task_pool.h"

namespace gdlint::driver {
namespace {

// The process's own streams. What is written to standard output goes out at
// once: a program may end in many ways, and one may look while it runs.
class Streams final : public interp::Host {
 public:
  // `observer` may be null.
  explicit Streams(interp::Observer* observer) : observer_(observer) {}

  void Write(int fd, std::string_view text) override {
    if (observer_ != nullptr && observer_->OnOutput(fd, text)) {
      return;
    }
    while (!text.empty()) {
      const ssize_t count = write(fd, text.data(), text.size());
      if (count < 0) {
        if (errno == EINTR) {
          continue;
        }
        return;
      }
      text.remove_prefix(static_cast<size_t>(count));
    }
  }

  int64_t Read(int fd, char* buffer, size_t size) override {
    while (true) {
      const ssize_t count = read(fd, buffer, size);
      if (count >= 0 || errno != EINTR) {
        return count;
      }
    }
  }

 private:
  interp::Observer* observer_;
};

// A program may make any number a pointer, by way of memory that holds one. The
// machine does not look at every address; that it is none shows here.
void EndAtBadAddress(int, siginfo_t* info, void*) {
  interp::PanicAtFault(reinterpret_cast<uintptr_t>(info->si_addr));
  constexpr std::string_view kText =
      "gdlint: cannot run: use of an address that is not the program's\n";
  (void)!write(STDERR_FILENO, kText.data(), kText.size());
  _exit(kIncomplete);
}

// Does so on this thread while it lives. On a stack of its own: a program may
// have used up the other.
class BadAddressCatcher {
 public:
  BadAddressCatcher() : stack_(kStackSize) {
    stack_t alternate = {};
    alternate.ss_sp = stack_.data();
    alternate.ss_size = stack_.size();
    sigaltstack(&alternate, &old_stack_);
    struct sigaction action = {};
    action.sa_sigaction = EndAtBadAddress;
    action.sa_flags = SA_ONSTACK | SA_SIGINFO;
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, &old_segv_);
    sigaction(SIGBUS, &action, &old_bus_);
  }
  ~BadAddressCatcher() {
    sigaction(SIGBUS, &old_bus_, nullptr);
    sigaction(SIGSEGV, &old_segv_, nullptr);
    sigaltstack(&old_stack_, nullptr);
  }
  BadAddressCatcher(const BadAddressCatcher&) = delete;
  BadAddressCatcher& operator=(const BadAddressCatcher&) = delete;

 private:
  static constexpr size_t kStackSize = size_t{64} << 10;

  std::vector<char> stack_;
  stack_t old_stack_ = {};
  struct sigaction old_segv_ = {};
  struct sigaction old_bus_ = {};
};

}  // namespace

int InterpretProgram(LoadedProgram& loaded, const Options& options,
                     const loader::Environment& environment,
                     interp::Observer* observer, bool tells_steps) {
  Streams streams(observer);
  const BadAddressCatcher catcher;
  interp::HeapOptions heap_options;
  if (options.max_memory != 0) {
    heap_options.limit = static_cast<int64_t>(options.max_memory);
  }
  interp::RunTypes run_types(loaded.checked.table);
  interp::Heap heap(heap_options);
  interp::Program program(loaded.checked.table, run_types, heap,
                          {.find_intrinsic = interp::FindIntrinsic,
                           .tells_results = observer != nullptr && !tells_steps,
                           .tells_steps = tells_steps});
  interp::ProcessInfo process;
  process.arguments.push_back(options.arguments[0]);
  process.arguments.insert(
      process.arguments.end(),
      options.arguments.begin() + static_cast<ptrdiff_t>(loaded.named),
      options.arguments.end());
  for (char** variable = environ; *variable != nullptr; ++variable) {
    process.environment.emplace_back(*variable);
  }
  process.goroot = environment("GOROOT").value_or("/usr/local/go");
  for (interp::ProgramPackage& package : loaded.packages) {
    program.AddPackage(std::move(package));
  }
  interp::Machine machine(program, streams,
                          {.seed = options.seed,
                           .max_steps = options.max_steps,
                           .panic_nil_error = loaded.panic_nil_error,
                           .observer = observer});
  interp::IntrinsicState state(machine, std::move(process));
  interp::Callable* const main =
      program.FindFunction(loaded.main->path, loaded.main_function);
  return machine.Run(main);
}

int RunProgram(const Options& options, const loader::Environment& environment,
               interp::Observer* observer) {
  if (options.arguments.empty()) {
    PrintMessage("usage: gdlint run [flags] FILE.go|DIR [ARGS]");
    return kUsageError;
  }
  int code = kIncomplete;
  RunOnDeepStack([&] {
    TaskPool pool(JobCount(options));
    LoadProgramResult loaded = LoadProgram(options, environment, pool);
    if (loaded.program == nullptr) {
      Streams(nullptr).Write(STDERR_FILENO, loaded.errors);
      code = loaded.exit_code;
      return;
    }
    code = InterpretProgram(*loaded.program, options, environment, observer,
                            /*tells_steps=*/false);
  });
  return code;
}

}  // namespace gdlint::driver
