#include "checks/knowledge/release_names.h"

#include <algorithm>
#include <cctype>
#include <span>
#include <string>

namespace gdlint::checks::knowledge {
namespace {

constexpr std::string_view kUnlock[] = {"unlock", "runlock", "unflock"};

constexpr std::string_view kRelease[] = {
    "cancel",     "cleanup",     "clean",    "close",    "dealloc",
    "delete",     "deregister",  "destroy",  "detach",   "disconnect",
    "dispose",    "done",        "drop",     "end",      "finalize",
    "finish",     "flush",       "free",     "kill",     "logout",
    "put",        "recycle",     "release",  "remove",   "rollback",
    "runlock",    "shutdown",    "stop",     "teardown", "unflock",
    "unlink",     "unlock",      "unlisten", "unmap",    "unmount",
    "unregister", "unsubscribe", "unwatch",
};

constexpr std::string_view kEndUse[] = {
    "Abort",      "Cancel",   "Cleanup",  "Commit",    "Destroy",
    "Discard",    "Dispose",  "End",      "Finalize",  "Finish",
    "Disconnect", "Free",     "Quit",     "Release",   "Shutdown",
    "Stop",       "TearDown", "Teardown", "Terminate",
};

constexpr std::string_view kAcquire[] = {
    "acquire", "attach", "begin",  "checkout",  "connect", "dial", "enter",
    "get",     "init",   "listen", "lock",      "mount",   "open", "reserve",
    "rlock",   "setup",  "start",  "subscribe", "take",
};

constexpr std::string_view kKeep[] = {
    "add",  "append", "attach",   "enqueue", "insert", "keep",  "link",
    "push", "put",    "register", "save",    "set",    "store", "track",
};

constexpr std::string_view kWrap[] = {"new", "wrap", "make", "from", "with"};

// Compares without regard to case: `closeAll` and `Close` both begin with
// "close".
bool BeginsWithAny(std::string_view name,
                   std::span<const std::string_view> words) {
  std::string lower(name.substr(0, 16));
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return std::tolower(c); });
  return std::ranges::any_of(
      words, [&](std::string_view word) { return lower.starts_with(word); });
}

}  // namespace

bool NamesUnlock(std::string_view name) { return BeginsWithAny(name, kUnlock); }
bool NamesRelease(std::string_view name) {
  return BeginsWithAny(name, kRelease);
}
bool EndsUse(std::string_view name) {
  return std::ranges::find(kEndUse, name) != std::ranges::end(kEndUse);
}
bool NamesAcquire(std::string_view name) {
  return BeginsWithAny(name, kAcquire);
}
bool NamesKeep(std::string_view name) { return BeginsWithAny(name, kKeep); }
bool NamesWrap(std::string_view name) { return BeginsWithAny(name, kWrap); }

}  // namespace gdlint::checks::knowledge
