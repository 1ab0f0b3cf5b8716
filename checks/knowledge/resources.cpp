#include "checks/knowledge/resources.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "dataflow/program.h"
#include "types/lookup.h"
#include "types/package.h"

namespace gdlint::checks::knowledge {
namespace {

struct Row {
  ResourceKind kind;
  std::string_view package;
  std::string_view functions;
  uint32_t result;
  int32_t error;
};

constexpr Row kRows[] = {
#define GDLINT_RESOURCE(kind, package, functions, result, error) \
  {ResourceKind::kind, package, functions, result, error},
#include "checks/knowledge/resources.def"
};

// "F" or "T.M".
std::string NameWithin(const types::Func& func) {
  const std::string name(func.name->text());
  if (func.recv == nullptr) {
    return name;
  }
  const types::Type* recv = types::Unalias(func.recv);
  if (const auto* const pointer = types::TryAs<types::Pointer>(recv)) {
    recv = types::Unalias(pointer->elem);
  }
  const auto* const named = types::TryAs<types::Named>(recv);
  return named == nullptr || named->obj == nullptr
             ? ""
             : std::string(named->obj->name->text()) + "." + name;
}

// `/v2` and `.v2` at the end, and copies in vendor folders.
std::string_view PlainPath(std::string_view path) {
  if (const size_t vendor = path.rfind("/vendor/");
      vendor != std::string_view::npos) {
    path.remove_prefix(vendor + 8);
  }
  const size_t end = path.find_last_not_of("0123456789");
  if (end != std::string_view::npos && end > 0 && end + 1 < path.size() &&
      path[end] == 'v' && (path[end - 1] == '/' || path[end - 1] == '.')) {
    path = path.substr(0, end - 1);
  }
  return path;
}

struct Key {
  std::string_view package;
  std::string_view name;
  friend bool operator==(const Key&, const Key&) = default;
};
struct KeyHash {
  size_t operator()(const Key& key) const {
    return std::hash<std::string_view>()(key.package) * 31 +
           std::hash<std::string_view>()(key.name);
  }
};
struct Table {
  std::unordered_map<Key, Acquisition, KeyHash> rows;
  // What functions and methods are called, without types: nearly every call is
  // of none of these.
  std::unordered_set<std::string_view> names;
};

Table MakeTable() {
  Table table;
  for (const Row& row : kRows) {
    std::string_view rest = row.functions;
    while (!rest.empty()) {
      const size_t blank = std::min(rest.find(' '), rest.size());
      const std::string_view name = rest.substr(0, blank);
      table.rows.emplace(Key{row.package, name},
                         Acquisition{row.kind, row.result, row.error});
      table.names.insert(name.substr(name.rfind('.') + 1));
      rest.remove_prefix(std::min(blank + 1, rest.size()));
    }
  }
  return table;
}

struct Wrapper {
  std::string_view package;
  // A function; empty: all of the package.
  std::string_view name;
  ArgumentUse use;
};
constexpr Wrapper kWrappers[] = {
    {"bufio", "", ArgumentUse::kWraps},
    {"compress/gzip", "", ArgumentUse::kWraps},
    {"compress/zlib", "", ArgumentUse::kWraps},
    {"compress/flate", "", ArgumentUse::kWraps},
    {"compress/lzw", "", ArgumentUse::kWraps},
    {"compress/bzip2", "", ArgumentUse::kWraps},
    {"archive/zip", "", ArgumentUse::kWraps},
    {"archive/tar", "", ArgumentUse::kWraps},
    {"encoding/json", "", ArgumentUse::kWraps},
    {"encoding/xml", "", ArgumentUse::kWraps},
    {"encoding/csv", "", ArgumentUse::kWraps},
    {"encoding/gob", "", ArgumentUse::kWraps},
    {"encoding/base64", "", ArgumentUse::kWraps},
    {"encoding/hex", "", ArgumentUse::kWraps},
    {"mime/multipart", "", ArgumentUse::kWraps},
    {"mime/quotedprintable", "", ArgumentUse::kWraps},
    {"text/tabwriter", "", ArgumentUse::kWraps},
    {"io", "NopCloser", ArgumentUse::kWraps},
    {"io", "LimitReader", ArgumentUse::kWraps},
    {"io", "TeeReader", ArgumentUse::kWraps},
    {"io", "MultiReader", ArgumentUse::kWraps},
    {"io", "MultiWriter", ArgumentUse::kWraps},
    {"io", "NewSectionReader", ArgumentUse::kWraps},
    {"io", "NewOffsetWriter", ArgumentUse::kWraps},
    {"log", "New", ArgumentUse::kWraps},
    {"log/slog", "NewTextHandler", ArgumentUse::kWraps},
    {"log/slog", "NewJSONHandler", ArgumentUse::kWraps},
    {"log", "SetOutput", ArgumentUse::kTakes},
    {"log", "Logger.SetOutput", ArgumentUse::kTakes},
    {"flag", "SetOutput", ArgumentUse::kTakes},
    {"net/http", "MaxBytesReader", ArgumentUse::kWrapsAndOwns},
    {"net/http", "NewRequest", ArgumentUse::kWrapsAndOwns},
    {"net/http", "NewRequestWithContext", ArgumentUse::kWrapsAndOwns},
    {"net/http", "Serve", ArgumentUse::kTakes},
    {"net/http", "ServeTLS", ArgumentUse::kTakes},
    {"net/http", "Server.Serve", ArgumentUse::kTakes},
    {"net/http", "Server.ServeTLS", ArgumentUse::kTakes},
    {"net/http/fcgi", "Serve", ArgumentUse::kTakes},
    {"crypto/tls", "Client", ArgumentUse::kWrapsAndOwns},
    {"crypto/tls", "Server", ArgumentUse::kWrapsAndOwns},
    {"crypto/tls", "NewListener", ArgumentUse::kWrapsAndOwns},
    {"net/smtp", "NewClient", ArgumentUse::kWrapsAndOwns},
    {"net/rpc", "NewClient", ArgumentUse::kWrapsAndOwns},
    {"net/rpc", "NewServer", ArgumentUse::kTakes},
    {"net/rpc", "ServeConn", ArgumentUse::kTakes},
    {"net/rpc", "Server.ServeConn", ArgumentUse::kTakes},
    {"net/rpc", "Accept", ArgumentUse::kTakes},
    {"net/rpc", "Server.Accept", ArgumentUse::kTakes},
    {"net/rpc/jsonrpc", "NewClient", ArgumentUse::kWrapsAndOwns},
    {"net/rpc/jsonrpc", "ServeConn", ArgumentUse::kTakes},
    {"net/textproto", "NewConn", ArgumentUse::kWrapsAndOwns},
    {"runtime", "SetFinalizer", ArgumentUse::kTakes},
    {"runtime", "AddCleanup", ArgumentUse::kTakes},
    {"runtime/pprof", "StartCPUProfile", ArgumentUse::kBorrows},
    {"runtime/trace", "Start", ArgumentUse::kBorrows},
    {"context", "AfterFunc", ArgumentUse::kTakes},
    {"time", "AfterFunc", ArgumentUse::kTakes},
    {"net", "FileConn", ArgumentUse::kBorrows},
    {"net", "FileListener", ArgumentUse::kBorrows},
    {"sync", "Pool.Put", ArgumentUse::kTakes},
    {"sync", "Map.Store", ArgumentUse::kTakes},
    {"sync", "Map.LoadOrStore", ArgumentUse::kTakes},
    {"sync", "Map.Swap", ArgumentUse::kTakes},
    {"sync/atomic", "", ArgumentUse::kTakes},
    {"container/list", "", ArgumentUse::kTakes},
    {"container/heap", "", ArgumentUse::kTakes},
    {"container/ring", "", ArgumentUse::kTakes},
    {"reflect", "", ArgumentUse::kTakes},
    {"slices", "", ArgumentUse::kTakes},
    {"maps", "", ArgumentUse::kTakes},
    {"context", "WithValue", ArgumentUse::kTakes},
    {"testing", "", ArgumentUse::kTakes},
    {"syscall", "", ArgumentUse::kTakes},
};

bool OneOf(std::string_view name,
           std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::string_view KindName(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::kFile:
      return "file";
    case ResourceKind::kNetConn:
      return "net-conn";
    case ResourceKind::kListener:
      return "listener";
    case ResourceKind::kHttpBody:
      return "http-body";
    case ResourceKind::kSqlDb:
      return "sql-db";
    case ResourceKind::kSqlConn:
      return "sql-conn";
    case ResourceKind::kSqlRows:
      return "sql-rows";
    case ResourceKind::kSqlStmt:
      return "sql-stmt";
    case ResourceKind::kSqlTx:
      return "sql-tx";
    case ResourceKind::kWriter:
      return "compressor";
    case ResourceKind::kCancel:
      return "cancel";
    case ResourceKind::kTicker:
      return "ticker";
    case ResourceKind::kTempDir:
      return "temp-dir";
  }
  return "";
}

bool EndsWithProcess(ResourceKind kind) {
  return kind != ResourceKind::kWriter && kind != ResourceKind::kSqlTx &&
         kind != ResourceKind::kTempDir;
}

std::optional<Acquisition> AcquisitionOf(const types::Func& func,
                                         source::LangVersion version) {
  static const Table table = MakeTable();
  if (func.package == nullptr || func.name == nullptr) {
    return std::nullopt;
  }
  if (!table.names.contains(func.name->text())) {
    return std::nullopt;
  }
  const std::string name = NameWithin(func);
  for (const std::string_view path :
       {std::string_view(func.package->path), PlainPath(func.package->path)}) {
    if (const auto found = table.rows.find(Key{path, name});
        found != table.rows.end()) {
      // https://go.dev/doc/go1.23#timer-changes
      return found->second.kind == ResourceKind::kTicker &&
                     version >= source::LangVersion{23}
                 ? std::nullopt
                 : std::optional(found->second);
    }
  }
  return std::nullopt;
}

bool Releases(ResourceKind kind, std::string_view method) {
  if (kind == ResourceKind::kSqlTx) {
    return OneOf(method, {"Commit", "Rollback"});
  }
  if (kind == ResourceKind::kTicker) {
    return method == "Stop";
  }
  return OneOf(method, {"Close", "CloseNow", "CloseWithError", "Quit", "Abort",
                        "Release"});
}

bool ReleasesArgument(ResourceKind kind, const types::Func& func) {
  if (kind != ResourceKind::kTempDir || func.package == nullptr) {
    return false;
  }
  const std::string name = NameWithin(func);
  return (func.package->path == "os" &&
          OneOf(name, {"RemoveAll", "Remove", "Rename"})) ||
         (func.package->path == "syscall" && OneOf(name, {"Rmdir", "Rename"}));
}

bool WorksAfterRelease(ResourceKind kind, std::string_view method) {
  switch (kind) {
    case ResourceKind::kFile:
      return OneOf(method, {"Name", "Close"});
    case ResourceKind::kNetConn:
    case ResourceKind::kListener:
      return OneOf(method, {"Close", "LocalAddr", "RemoteAddr", "Addr"});
    case ResourceKind::kSqlRows:
      return OneOf(method, {"Close", "Err"});
    case ResourceKind::kSqlTx:
      return OneOf(method, {"Rollback"});
    case ResourceKind::kCancel:
    case ResourceKind::kTicker:
    case ResourceKind::kTempDir:
      return true;
    case ResourceKind::kWriter:
      return OneOf(method,
                   {"Close", "Reset", "Boundary", "FormDataContentType"});
    case ResourceKind::kHttpBody:
    case ResourceKind::kSqlDb:
    case ResourceKind::kSqlConn:
    case ResourceKind::kSqlStmt:
      return method == "Close";
  }
  return false;
}

ArgumentUse UseOfArgument(const types::Func& func) {
  const std::string_view path = PlainPath(func.package->path);
  const std::string name = NameWithin(func);
  const auto* const found =
      std::ranges::find_if(kWrappers, [&](const Wrapper& wrapper) {
        return wrapper.package == path &&
               (wrapper.name.empty() || wrapper.name == name);
      });
  return found == std::end(kWrappers) ? ArgumentUse::kBorrows : found->use;
}

}  // namespace gdlint::checks::knowledge
