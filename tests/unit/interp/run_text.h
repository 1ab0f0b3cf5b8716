// Go text, run: for tests of the machine.

#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "driver/lower.h"
#include "driver/type_check.h"
#include "interp/events.h"
#include "interp/machine.h"
#include "interp/program.h"
#include "parser/parser.h"
#include "source/source_file.h"
#include "support/deep_stack.h"
#include "types/package.h"
#include "types/type_table.h"

namespace gdlint::interp {

// A package `main` of one file without imports, initialised variables or
// run-time errors: there is no package runtime. Its `func goexit()` is
// runtime.Goexit.
class RunText : private Host, private Observer {
 public:
  explicit RunText(std::string_view text) {
    RunOnDeepStack(
        [&] { Run("package main\nfunc goexit()\n" + std::string(text)); });
  }

  // What print and println wrote, and the message of a crash up to its trace.
  const std::string& output() const { return output_; }
  // What happened to deferred calls and panics, in order.
  const std::vector<std::string>& events() const { return events_; }
  // -1 if the text is not a correct program.
  int exit_code() const { return exit_code_; }

 private:
  void Run(const std::string& text) {
    const source::SourceFile file = source::SourceFile::FromText("p.go", text);
    const parser::ParsedFile parsed =
        parser::Parser().Parse(file, parser::Mode::kWholeFile);
    types::TypeTable table(types::Sizes::ForArchitecture("amd64"));
    types::Package package;
    package.path = "main";
    package.version = source::kNewestLang;
    driver::AddFile(package, file, parsed.tree, package.version, "p.go");
    driver::CheckWholePackage(table, package);
    if (!parsed.errors.empty() || !driver::IsLowerable(package)) {
      return;
    }
    RunTypes run_types(table);
    Heap heap(HeapOptions{.limit = int64_t{64} << 20});
    Program program(table, run_types, heap,
                    {.find_intrinsic = FindGoexit, .verify = true});
    program.AddPackage({.package = &package, .initializers = {}, .inits = {}});
    Callable* const main = program.FindFunction("main", "main");
    if (main == nullptr) {
      return;
    }
    Machine machine(program, *this, {.max_steps = 1'000'000, .observer = this});
    exit_code_ = machine.Run(main);
    if (const size_t trace = output_.find("\n\ngoroutine ");
        trace != std::string::npos) {
      output_.resize(trace + 1);
    }
  }

  static Intrinsic FindGoexit(std::string_view name) {
    constexpr Intrinsic kGoexit = [](Call& call) { return call.Goexit(); };
    return name == "main.goexit" ? kGoexit : nullptr;
  }

  void Write(int, std::string_view text) override { output_ += text; }
  int64_t Read(int, char*, size_t) override { return 0; }

  void OnDeferRegistered(const EventPlace&, uint64_t id, std::string_view,
                         std::span<const EventValue>) override {
    events_.push_back(fmt::format("defer {}", id));
  }
  void OnDeferredCallBegins(const EventPlace&, uint64_t id, std::string_view,
                            DeferReason reason) override {
    events_.push_back(fmt::format("run {} ({})", id,
                                  reason == DeferReason::kReturn  ? "return"
                                  : reason == DeferReason::kPanic ? "panic"
                                                                  : "goexit"));
  }
  void OnDeferredCallEnds(const EventPlace&, uint64_t id,
                          bool is_normal) override {
    if (!is_normal) {
      events_.push_back(fmt::format("left {}", id));
    }
  }
  void OnPanic(const EventPlace&, uint64_t id, const EventValue&) override {
    events_.push_back(fmt::format("panic {}", id));
  }
  void OnPanicReplaced(const EventPlace&, uint64_t id, uint64_t by) override {
    events_.push_back(fmt::format("{} replaces {}", by, id));
  }
  void OnRecovered(const EventPlace&, uint64_t id, const EventValue&) override {
    events_.push_back(fmt::format("recover {}", id));
  }
  void OnRecoverIneffective(const EventPlace&, std::string_view why) override {
    events_.push_back("no recover: " + std::string(why));
  }
  void OnGoexit(const EventPlace&) override { events_.push_back("goexit"); }
  void OnDefersSkipped(const EventPlace&, std::string_view,
                       uint64_t pending) override {
    events_.push_back(fmt::format("{} skipped", pending));
  }

  std::string output_;
  std::vector<std::string> events_;
  int exit_code_ = -1;
};

}  // namespace gdlint::interp
