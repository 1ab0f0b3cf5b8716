#include "checks/knowledge/snapshot_names.h"

#include <algorithm>
#include <cctype>
#include <span>
#include <string>

namespace gdlint::checks::knowledge {
namespace {

constexpr std::string_view kRestore[] = {
    "attach",         "back",   "chdir",      "chmod",  "chown",  "chtimes",
    "compareandswap", "fchdir", "gomaxprocs", "leave",  "pop",    "putenv",
    "rename",         "reset",  "restore",    "revert", "rewind", "rollback",
    "seek",           "set",    "store",      "swap",   "switch", "truncate",
    "umask",          "undo",   "unset",      "unwind",
};

constexpr std::string_view kView[] = {
    "bytes", "cap", "count", "error", "len", "load", "size", "string",
};

constexpr std::string_view kBeginning[] = {
    "begin", "enter", "log", "mark", "push", "start", "trace", "track",
};

constexpr std::string_view kPurePackages[] = {
    "errors.", "math.",    "net/url.", "path.",         "path/filepath.",
    "slices.", "strconv.", "strings.", "unicode/utf8.",
};

constexpr std::string_view kPure[] = {
    "fmt.Append",        "fmt.Appendf",      "fmt.Appendln",
    "fmt.Errorf",        "fmt.Sprint",       "fmt.Sprintf",
    "fmt.Sprintln",      "log/slog.Any",     "log/slog.Bool",
    "log/slog.Duration", "log/slog.Float64", "log/slog.Group",
    "log/slog.Int",      "log/slog.Int64",   "log/slog.String",
    "log/slog.Time",     "log/slog.Uint64",  "net/http.StatusText",
};

constexpr std::string_view kDecode[] = {
    "as", "bind", "decode", "fscan", "scan", "sscan", "unmarshal",
};

constexpr std::string_view kMutation[] = {
    "add",  "append", "copy", "encode", "fprint", "inc",  "insert",
    "push", "put",    "read", "set",    "store",  "swap", "write",
};

constexpr std::string_view kOld[] = {
    "before", "begin", "former", "init",  "old",
    "orig",   "prev",  "save",   "start", "was",
};

std::string Lower(std::string_view name) {
  std::string lower(name.substr(0, 24));
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return std::tolower(c); });
  return lower;
}

bool BeginsWithAny(std::string_view name,
                   std::span<const std::string_view> words) {
  const std::string lower = Lower(name);
  return std::ranges::any_of(
      words, [&](std::string_view word) { return lower.starts_with(word); });
}

}  // namespace

bool NamesRestore(std::string_view name) {
  return BeginsWithAny(name, kRestore);
}

bool NamesAddition(std::string_view name) {
  return Lower(name).starts_with("with");
}

bool NamesView(std::string_view name) {
  return std::ranges::count(kView, Lower(name)) > 0;
}

bool NamesBeginning(std::string_view name) {
  return BeginsWithAny(name, kBeginning);
}

bool IsPureFunction(std::string_view full_name) {
  return std::ranges::count(kPure, full_name) > 0 ||
         std::ranges::any_of(kPurePackages, [&](std::string_view package) {
           return full_name.starts_with(package);
         });
}

bool NamesDecode(std::string_view name) { return BeginsWithAny(name, kDecode); }

bool NamesMutation(std::string_view name) {
  return BeginsWithAny(name, kMutation);
}

bool NamesOldValue(std::string_view name) { return BeginsWithAny(name, kOld); }

}  // namespace gdlint::checks::knowledge
