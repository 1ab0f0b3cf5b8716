#include "ssa/exits.h"

#include <algorithm>
#include <string_view>

#include "types/package.h"

namespace gdlint::ssa {
namespace {

struct Exit {
  std::string_view package;
  // A function, or a method of whatever type.
  std::string_view name;
  bool is_method;
  ExitKind kind;
};

constexpr Exit kExits[] = {
    {"os", "Exit", false, ExitKind::kProcess},
    {"syscall", "Exit", false, ExitKind::kProcess},
    {"runtime", "Goexit", false, ExitKind::kGoexit},
    {"log", "Fatal", false, ExitKind::kProcess},
    {"log", "Fatalf", false, ExitKind::kProcess},
    {"log", "Fatalln", false, ExitKind::kProcess},
    {"log", "Fatal", true, ExitKind::kProcess},
    {"log", "Fatalf", true, ExitKind::kProcess},
    {"log", "Fatalln", true, ExitKind::kProcess},
    // These panic.
    {"log", "Panic", false, ExitKind::kNoReturn},
    {"log", "Panicf", false, ExitKind::kNoReturn},
    {"log", "Panicln", false, ExitKind::kNoReturn},
    {"log", "Panic", true, ExitKind::kNoReturn},
    {"log", "Panicf", true, ExitKind::kNoReturn},
    {"log", "Panicln", true, ExitKind::kNoReturn},
    // Of *T, *B, *F and TB. They call runtime.Goexit.
    {"testing", "FailNow", true, ExitKind::kGoexit},
    {"testing", "Fatal", true, ExitKind::kGoexit},
    {"testing", "Fatalf", true, ExitKind::kGoexit},
    {"testing", "Skip", true, ExitKind::kGoexit},
    {"testing", "SkipNow", true, ExitKind::kGoexit},
    {"testing", "Skipf", true, ExitKind::kGoexit},
};

}  // namespace

std::optional<ExitKind> ExitOf(const types::Func* func) {
  if (func->package == nullptr || func->name == nullptr) {
    return std::nullopt;
  }
  const std::string_view package = func->package->path;
  const std::string_view name = func->name->text();
  const auto* const found = std::ranges::find_if(kExits, [&](const Exit& exit) {
    return exit.name == name && exit.package == package &&
           exit.is_method == func->is_method();
  });
  return found == std::end(kExits) ? std::nullopt : std::optional(found->kind);
}

}  // namespace gdlint::ssa
