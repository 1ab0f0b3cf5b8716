#include "checks/knowledge/no_return.h"

#include <algorithm>

namespace gdlint::checks::knowledge {
namespace {

struct PackageFunction {
  std::string_view import_path;
  std::string_view name;
  friend bool operator==(const PackageFunction&,
                         const PackageFunction&) = default;
};

constexpr PackageFunction kFunctions[] = {
    {"log", "Fatal"},    {"log", "Fatalf"},     {"log", "Fatalln"},
    {"log", "Panic"},    {"log", "Panicf"},     {"log", "Panicln"},
    {"os", "Exit"},      {"runtime", "Goexit"}, {"syscall", "Exit"},
    {"syscall", "Exec"},
};

constexpr std::string_view kMethods[] = {
    "FailNow", "Fatal",  "Fatalf",  "Fatalln", "FatalDepth", "Fatalw",
    "Panic",   "Panicf", "Panicln", "Panicw",  "SkipNow",    "Goexit",
};

constexpr std::string_view kTestingMethods[] = {"Skip", "Skipf"};

}  // namespace

bool PackageFunctionReturnsNot(std::string_view import_path,
                               std::string_view name) {
  return std::ranges::count(kFunctions, PackageFunction{import_path, name}) > 0;
}

bool MethodReturnsNot(std::string_view name) {
  return std::ranges::count(kMethods, name) > 0;
}

bool TestingMethodReturnsNot(std::string_view name) {
  return std::ranges::count(kTestingMethods, name) > 0;
}

}  // namespace gdlint::checks::knowledge
