#include "checks/knowledge/resources.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "checks/knowledge/package_path.h"
#include "checks/knowledge/release_names.h"
#include "checks/knowledge/user_models.h"
#include "dataflow/program.h"
#include "dataflow/value_flow.h"
#include "types/lookup.h"
#include "types/method_set.h"
#include "types/package.h"
#include "types/predicates.h"

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
  // The second lines of functions that have two.
  std::unordered_map<Key, Acquisition, KeyHash> second_rows;
  // What functions and methods are called, without types: nearly every call is
  // of none of these.
  std::unordered_set<std::string_view> names;
  // Methods by the package of their type, and without that.
  std::unordered_map<Key, Acquisition, KeyHash> likes;
};

// All of a package.
constexpr std::string_view kAll = "*";

template <typename Fn>
void ForEachWord(std::string_view words, const Fn& fn) {
  while (!words.empty()) {
    const size_t end = std::min(words.find(' '), words.size());
    fn(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

Table MakeTable() {
  Table table;
  for (const Row& row : kRows) {
    ForEachWord(row.functions, [&](std::string_view name) {
      const Acquisition what{row.kind, row.result, row.error};
      if (!table.rows.emplace(Key{row.package, name}, what).second) {
        table.second_rows.emplace(Key{row.package, name}, what);
      }
      const size_t dot = name.rfind('.');
      table.names.insert(name.substr(dot + 1));
      if (dot != std::string_view::npos) {
        table.likes.emplace(Key{row.package, name.substr(dot + 1)}, what);
      }
    });
  }
  return table;
}

const Table& TableOfResources() {
  static const Table table = MakeTable();
  return table;
}

// A line of argument_uses.def.
struct UseRow {
  ArgumentUse use;
  std::string_view package;
  std::string_view functions;
};
constexpr UseRow kUses[] = {
#define GDLINT_ARGUMENT_USE(use, package, functions) \
  {ArgumentUse::use, package, functions},
#include "checks/knowledge/argument_uses.def"
};

// In a list of words.
bool HasWord(std::string_view words, std::string_view word) {
  bool has = false;
  ForEachWord(words, [&](std::string_view one) { has |= one == word; });
  return has;
}

constexpr Wording kOpen = {"still open", "close", "closes it"};
constexpr Wording kTx = {"neither committed nor rolled back", "end", "ends it"};
constexpr Wording kRunning = {"still running", "stop", "stops it"};
constexpr Wording kThere = {"still there", "remove", "removes it"};
constexpr Wording kAwaited = {"still open", "wait for",
                              "waits for the command"};
constexpr Wording kSpanned = {"not ended", "end", "ends it"};
constexpr Wording kOfUser = {"not released", "release", "releases it"};

enum Trait : uint8_t { kByKernel = 1, kErrorMatters = 2, kOnce = 4 };

constexpr std::string_view kUsual =
    "Close CloseNow CloseWithError Quit Abort Release";

struct Traits {
  std::string_view name;
  std::string_view releases;
  std::string_view works_after;
  uint8_t traits;
  Wording wording;
};
constexpr Traits kKinds[] = {
#define GDLINT_RESOURCE_KIND(id, name, releases, works_after, traits, wording) \
  {name, releases, works_after, traits, wording},
#include "checks/knowledge/resource_kinds.def"
};

// See SetUserModels.
UserModels& Users() {
  static UserModels models;
  return models;
}

const UserKind* UserKindOf(ResourceKind kind) {
  const auto number = static_cast<size_t>(kind);
  return number < std::size(kKinds)
             ? nullptr
             : &Users().kinds[number - std::size(kKinds)];
}

Traits TraitsOf(ResourceKind kind) {
  if (const UserKind* const user = UserKindOf(kind)) {
    const int traits = (user->ends_with_process ? kByKernel : 0) |
                       (user->error_matters ? kErrorMatters : 0) |
                       (user->idempotent ? 0 : kOnce);
    return {user->name, user->releases, user->works_after,
            static_cast<uint8_t>(traits), kOfUser};
  }
  return kKinds[static_cast<size_t>(kind)];
}

// The result that tells whether there is anything: the last one, if it is an
// error or a bool.
int32_t TellingResult(const types::Func& func) {
  const auto results = func.signature()->results->params;
  if (results.size() < 2) {
    return -1;
  }
  const types::Type* const last = results.back().type;
  return types::IsBoolean(last) || dataflow::IsErrorType(last)
             ? static_cast<int32_t>(results.size() - 1)
             : -1;
}

// What a line says, if it is so of the version of the module that is there.
std::optional<Acquisition> AsDeclared(const types::Func& func,
                                      Acquisition what) {
  if (func.signature() == nullptr) {
    return std::nullopt;
  }
  const auto results = func.signature()->results->params;
  if (what.result >= results.size()) {
    return std::nullopt;
  }
  if (what.error >= static_cast<int32_t>(results.size())) {
    what.error = -1;
  }
  const std::string_view releases = TraitsOf(what.kind).releases;
  const bool is_by_method = what.kind != ResourceKind::kHttpBody &&
                            what.kind != ResourceKind::kCancel &&
                            !releases.empty();
  const auto has_release = [&] {
    return std::ranges::any_of(
        types::MethodSetOf(results[what.result].type), [&](const auto& entry) {
          return HasWord(releases, entry.method->name->text());
        });
  };
  return is_by_method && !has_release() ? std::nullopt : std::optional(what);
}

std::optional<Acquisition> UserAcquisitionOf(const types::Func& func) {
  if (Users().acquisitions.empty() || func.signature() == nullptr) {
    return std::nullopt;
  }
  const std::string name = dataflow::FullName(func);
  for (const UserAcquisition& user : Users().acquisitions) {
    if (user.functions(name) &&
        user.result < func.signature()->results->params.size()) {
      return Acquisition{user.kind, user.result,
                         user.error.value_or(TellingResult(func))};
    }
  }
  return std::nullopt;
}

}  // namespace

ResourceKind UserKindAt(size_t index) {
  return static_cast<ResourceKind>(std::size(kKinds) + index);
}

std::optional<ResourceKind> KindNamed(std::string_view name) {
  const auto* const found = std::ranges::find(kKinds, name, &Traits::name);
  return found == std::end(kKinds)
             ? std::nullopt
             : std::optional(static_cast<ResourceKind>(found - kKinds));
}

std::vector<std::string_view> KindNames() {
  std::vector<std::string_view> names;
  for (const Traits& kind : kKinds) {
    names.push_back(kind.name);
  }
  return names;
}

void SetUserModels(UserModels models) { Users() = std::move(models); }

const UserKind* UserKindReleasedBy(std::string_view method) {
  const auto& kinds = Users().kinds;
  const auto found = std::ranges::find_if(kinds, [&](const UserKind& kind) {
    if (kind.release_functions && kind.release_functions(method)) {
      return true;
    }
    const std::string_view name = method.substr(method.rfind('.') + 1);
    if (!method.starts_with('(') || !HasWord(kind.releases, name)) {
      return false;
    }
    const std::string_view type = method.substr(method.find_first_not_of("(*"));
    return std::ranges::any_of(kind.packages, [&](const std::string& package) {
      return type.starts_with(package + ".");
    });
  });
  return found == kinds.end() ? nullptr : &*found;
}

std::string_view KindName(ResourceKind kind) { return TraitsOf(kind).name; }

bool EndsWithProcess(ResourceKind kind) {
  return (TraitsOf(kind).traits & kByKernel) != 0;
}

bool ErrorMatters(ResourceKind kind) {
  return (TraitsOf(kind).traits & kErrorMatters) != 0;
}

bool IsOfUser(ResourceKind kind) { return UserKindOf(kind) != nullptr; }

bool IsReleasedOnce(ResourceKind kind) {
  return (TraitsOf(kind).traits & kOnce) != 0;
}

bool IsReleasedByCall(ResourceKind kind) {
  return HasWord(TraitsOf(kind).releases, "()");
}

Wording WordingOf(ResourceKind kind) { return TraitsOf(kind).wording; }

std::optional<Acquisition> SecondAcquisitionOf(const types::Func& func) {
  if (func.package == nullptr || func.name == nullptr ||
      !TableOfResources().names.contains(func.name->text())) {
    return std::nullopt;
  }
  const auto& rows = TableOfResources().second_rows;
  const auto found =
      rows.find(Key{UnversionedPath(func.package->path), NameWithin(func)});
  return found == rows.end() ? std::nullopt : AsDeclared(func, found->second);
}

std::optional<Acquisition> AcquisitionOf(const types::Func& func,
                                         source::LangVersion version) {
  const Table& table = TableOfResources();
  if (func.package == nullptr || func.name == nullptr) {
    return std::nullopt;
  }
  if (const auto user = UserAcquisitionOf(func)) {
    return user;
  }
  if (!table.names.contains(func.name->text())) {
    return std::nullopt;
  }
  const auto found = table.rows.find(
      Key{UnversionedPath(func.package->path), NameWithin(func)});
  // https://go.dev/doc/go1.23#timer-changes
  return found == table.rows.end() ||
                 ((found->second.kind == ResourceKind::kTicker ||
                   found->second.kind == ResourceKind::kTimer) &&
                  version >= source::LangVersion{23})
             ? std::nullopt
             : AsDeclared(func, found->second);
}

std::optional<Acquisition> AcquisitionLike(const types::Func& method) {
  if (method.name == nullptr || method.signature() == nullptr ||
      !TableOfResources().names.contains(method.name->text())) {
    return std::nullopt;
  }
  const auto results = method.signature()->results->params;
  if (results.size() != 2 || !dataflow::IsErrorType(results[1].type)) {
    return std::nullopt;
  }
  const auto* const pointer = types::TryAs<types::Pointer>(results[0].type);
  const types::Named* const given =
      types::AsNamed(pointer == nullptr ? results[0].type : pointer->elem);
  if (given == nullptr || given->obj->package == nullptr) {
    return std::nullopt;
  }
  const auto found = TableOfResources().likes.find(
      Key{given->obj->package->path, method.name->text()});
  if (found == TableOfResources().likes.end()) {
    return std::nullopt;
  }
  // What a transaction prepares ends with it.
  const Acquisition& what = found->second;
  return what.result != 0 || what.error != 1 ||
                 what.kind == ResourceKind::kSqlStmt
             ? std::nullopt
             : AsDeclared(method, what);
}

bool Releases(ResourceKind kind, std::string_view method) {
  return HasWord(TraitsOf(kind).releases, method);
}

bool MayRelease(ResourceKind kind, std::string_view method) {
  return Releases(kind, method) || EndsUse(method);
}

bool ReleasesArgument(ResourceKind kind, const types::Func& func) {
  if (func.package == nullptr) {
    return false;
  }
  if (const UserKind* const user = UserKindOf(kind)) {
    return user->release_functions &&
           user->release_functions(dataflow::FullName(func));
  }
  const std::string_view path = func.package->path;
  const auto is_one_of = [&](std::string_view package, std::string_view names) {
    return path == package && HasWord(names, NameWithin(func));
  };
  return kind == ResourceKind::kTempDir &&
         (is_one_of("os", "RemoveAll Remove Rename") ||
          is_one_of("syscall", "Rmdir Rename"));
}

bool WorksAfterRelease(ResourceKind kind, std::string_view method) {
  const std::string_view allowed = TraitsOf(kind).works_after;
  return allowed == "*" || HasWord(allowed, method);
}

namespace {

std::optional<ArgumentUse> UserUseOf(const types::Func& func) {
  if (Users().uses.empty()) {
    return std::nullopt;
  }
  const std::string name = dataflow::FullName(func);
  const auto found = std::ranges::find_if(
      Users().uses, [&](const UserUse& user) { return user.functions(name); });
  return found == Users().uses.end() ? std::nullopt : std::optional(found->use);
}

}  // namespace

std::optional<ArgumentUse> StatedUseOf(const types::Func& func,
                                       bool is_receiver) {
  if (func.package == nullptr || func.name == nullptr) {
    return std::nullopt;
  }
  if (const auto user = UserUseOf(func)) {
    return user;
  }
  static const auto table = [] {
    std::unordered_map<Key, ArgumentUse, KeyHash> rows;
    for (const UseRow& row : kUses) {
      ForEachWord(row.functions, [&](std::string_view name) {
        rows.emplace(Key{row.package, name}, row.use);
      });
    }
    return rows;
  }();
  const std::string path = UnversionedPath(func.package->path);
  const std::string name = NameWithin(func);
  if (is_receiver) {
    // Of a method's receiver the table has only what gives it back.
    const auto found = table.find(Key{path, name});
    return found != table.end() && found->second == ArgumentUse::kReturns
               ? std::optional(found->second)
               : std::nullopt;
  }
  for (const std::string_view one : {std::string_view(name), kAll}) {
    if (const auto found = table.find(Key{path, one}); found != table.end()) {
      return found->second;
    }
  }
  return std::nullopt;
}

ArgumentUse UseOfArgument(const types::Func& func) {
  return StatedUseOf(func, /*is_receiver=*/false)
      .value_or(func.package->is_standard ? ArgumentUse::kBorrows
                                          : ArgumentUse::kTakes);
}

bool FormatsItsList(const types::Func& func) {
  const std::string_view path = func.package == nullptr
                                    ? std::string_view()
                                    : std::string_view(func.package->path);
  return path == "fmt" || path == "log" || path == "log/slog";
}

}  // namespace gdlint::checks::knowledge
