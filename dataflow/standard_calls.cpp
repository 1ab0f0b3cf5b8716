#include "dataflow/standard_calls.h"

#include <algorithm>

#include "types/package.h"
#include "types/type.h"

namespace gdlint::dataflow {
namespace {

// First elements of the import paths of the standard library.
// Packages whose functions and methods do not panic, but for kPanicking.
constexpr std::string_view kQuietPackages[] = {
    "bufio",
    "bytes",
    "cmp",
    "compress/gzip",
    "compress/zlib",
    "context",
    "crypto/md5",
    "crypto/rand",
    "crypto/sha1",
    "crypto/sha256",
    "crypto/sha512",
    "database/sql",
    "encoding/base64",
    "encoding/csv",
    "encoding/hex",
    "encoding/json",
    "encoding/xml",
    "errors",
    "fmt",
    "html",
    "io",
    "io/fs",
    "io/ioutil",
    "log",
    "log/slog",
    "maps",
    "math",
    "mime",
    "net",
    "net/http",
    "net/mail",
    "net/url",
    "os",
    "os/exec",
    "os/signal",
    "path",
    "path/filepath",
    "runtime/debug",
    "slices",
    "sort",
    "strconv",
    "strings",
    "sync",
    "sync/atomic",
    "syscall",
    "text/tabwriter",
    "time",
    "unicode",
    "unicode/utf16",
    "unicode/utf8",
};

struct Member {
  std::string_view package;
  std::string_view name;
  friend bool operator==(const Member&, const Member&) = default;
};

// Functions and methods of kQuietPackages that panic for arguments that happen,
// or are there to panic.
constexpr Member kPanicking[] = {{"bytes", "Repeat"},
                                 {"bytes", "Grow"},
                                 {"bytes", "Truncate"},
                                 {"crypto/rand", "Int"},
                                 {"crypto/rand", "Prime"},
                                 {"log", "Panic"},
                                 {"log", "Panicf"},
                                 {"log", "Panicln"},
                                 {"net/http", "Handle"},
                                 {"net/http", "HandleFunc"},
                                 {"slices", "Grow"},
                                 {"slices", "Insert"},
                                 {"slices", "Delete"},
                                 {"slices", "Replace"},
                                 {"slices", "Repeat"},
                                 {"slices", "Max"},
                                 {"slices", "Min"},
                                 {"slices", "MaxFunc"},
                                 {"slices", "MinFunc"},
                                 {"slices", "Chunk"},
                                 {"strings", "Repeat"},
                                 {"strings", "Grow"},
                                 {"sync/atomic", "Store"},
                                 {"sync/atomic", "Swap"},
                                 {"sync/atomic", "CompareAndSwap"},
                                 {"time", "NewTicker"},
                                 {"time", "Tick"},
                                 {"time", "Reset"},
                                 {"net/http", "ServeHTTP"},
                                 {"database/sql", "Register"}};

// Of `sync/atomic`: Value.Store panics, those of the typed integers do not.
constexpr std::string_view kAtomicValue = "Value";

// How names of functions begin that fill what they are given pointers to.
constexpr std::string_view kFillers[] = {"As",   "Decode", "Fscan",
                                         "Scan", "Sscan",  "Unmarshal"};

std::string_view PackageOf(const types::Func& func) {
  return func.package == nullptr ? std::string_view() : func.package->path;
}

std::string_view NameOf(const types::Object& object) {
  return object.name == nullptr ? std::string_view() : object.name->text();
}

std::string_view ReceiverName(const types::Func& func) {
  const types::Type* recv = types::Unalias(func.recv);
  if (const auto* const pointer = types::TryAs<types::Pointer>(recv)) {
    recv = pointer->elem;
  }
  const types::Named* const named =
      recv == nullptr ? nullptr : types::AsNamed(recv);
  return named == nullptr ? std::string_view() : NameOf(*named->obj);
}

}  // namespace

bool PanicsNever(const types::Func& func) {
  const std::string_view package = PackageOf(func);
  if (!std::ranges::binary_search(kQuietPackages, package)) {
    return false;
  }
  if (!std::ranges::count(kPanicking, Member{package, NameOf(func)})) {
    return true;
  }
  return package == "sync/atomic" && func.is_method() &&
         ReceiverName(func) != kAtomicValue;
}

bool MethodPanicsNever(const types::Func& method) {
  if (method.package == nullptr) {
    // error.Error.
    return true;
  }
  const std::string_view package = PackageOf(method);
  return package == "context" || package == "testing" ||
         (package == "net" && ReceiverName(method) == "Conn") ||
         (package == "net" && ReceiverName(method) == "Listener") ||
         (package == "sync" && ReceiverName(method) == "Locker");
}

bool ValuePanicsNever(const types::Type* type) {
  const types::Named* const named =
      type == nullptr ? nullptr : types::AsNamed(type);
  return named != nullptr && named->obj->package != nullptr &&
         named->obj->package->path == "context";
}

bool KeepsNoPointer(const types::Func& func) {
  const std::string_view package = PackageOf(func);
  if (package == "sync/atomic") {
    return !func.is_method();
  }
  return func.package != nullptr && func.package->is_standard &&
         std::ranges::any_of(kFillers, [&](std::string_view prefix) {
           return NameOf(func).starts_with(prefix);
         });
}

}  // namespace gdlint::dataflow
