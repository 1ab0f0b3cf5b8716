#include "checks/knowledge/declared_resources.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string>

#include "checks/knowledge/package_path.h"
#include "dataflow/value_flow.h"
#include "types/method_set.h"
#include "types/object.h"
#include "types/package.h"
#include "types/predicates.h"
#include "types/type.h"

namespace gdlint::checks::knowledge {
namespace {

// What the function must look like, the type of its result aside.
enum class Asks : uint8_t {
  kNothing,
  // It takes a string, such as a path, if it has no name.
  kString,
  // It has a name.
  kName,
};

struct Row {
  std::string_view package;
  std::string_view type;
  ResourceKind kind;
  // One of these is part of its name, in lower case; none: whatever the name.
  std::array<std::string_view, 3> words;
  Asks asks;
};

// Results that only their receiver can release. Others, such as sql.DB, are
// shared too often.
constexpr Row kRows[] = {
    {"net/http", "Response", ResourceKind::kHttpBody, {}, Asks::kNothing},
    {"net", "Conn", ResourceKind::kNetConn, {"dial"}, Asks::kString},
    {"net", "Listener", ResourceKind::kListener, {"listen"}, Asks::kString},
    {"os", "File", ResourceKind::kFile, {"open", "create"}, Asks::kString},
    {"io", "ReadCloser", ResourceKind::kObject, {}, Asks::kString},
    {"io", "ReadSeekCloser", ResourceKind::kObject, {}, Asks::kString},
    {"io", "WriteCloser", ResourceKind::kObject, {}, Asks::kString},
    {"io", "ReadWriteCloser", ResourceKind::kObject, {}, Asks::kString},
    {"database/sql", "Rows", ResourceKind::kSqlRows, {}, Asks::kNothing},
    {"github.com/jmoiron/sqlx",
     "Rows",
     ResourceKind::kSqlRows,
     {},
     Asks::kNothing},
    {"github.com/jackc/pgx",
     "Rows",
     ResourceKind::kSqlRows,
     {"query"},
     Asks::kName},
    {"database/sql", "Tx", ResourceKind::kSqlTx, {"begin"}, Asks::kName},
};

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return lower;
}

// The declared type that `type` is or points to; null for others.
const types::Named* NamedAt(const types::Type* type) {
  type = types::Unalias(type);
  if (const auto* const pointer = types::TryAs<types::Pointer>(type)) {
    type = types::Unalias(pointer->elem);
  }
  const auto* const named = types::TryAs<types::Named>(type);
  return named == nullptr || named->obj == nullptr ||
                 named->obj->package == nullptr || named->obj->name == nullptr
             ? nullptr
             : named;
}

bool TakesString(const types::Signature& signature) {
  return std::ranges::any_of(
      signature.params->params,
      [](const types::Param& param) { return types::IsString(param.type); });
}

bool Fits(const Row& row, std::string_view name,
          const types::Signature& signature) {
  if (name.empty()) {
    return row.asks == Asks::kNothing ||
           (row.asks == Asks::kString && TakesString(signature));
  }
  const std::string lower = Lower(name);
  if (lower.ends_with("pipe")) {
    // One end, which whoever has the other one closes: `cmd.StdinPipe()`.
    return false;
  }
  if (row.words[0].empty()) {
    // Without any parameter it may give what it has.
    return !signature.params->params.empty();
  }
  return std::ranges::any_of(row.words, [&](std::string_view word) {
    return !word.empty() && lower.find(word) != std::string::npos;
  });
}

// A file of somebody's own: it reads or writes, and is closed.
bool IsLikeFile(const types::Type* type) {
  bool is_stream = false;
  bool is_closed = false;
  for (const auto& entry : types::MethodSetOf(type)) {
    const std::string_view name = entry.method->name->text();
    is_stream |= name == "Read" || name == "Write" || name == "ReadAt" ||
                 name == "WriteAt";
    is_closed |= name == "Close";
  }
  return is_stream && is_closed;
}

std::optional<ResourceKind> KindBy(std::string_view name,
                                   const types::Signature& signature,
                                   const types::Type* type) {
  const types::Named* const named = NamedAt(type);
  if (named != nullptr) {
    const std::string package = UnversionedPath(named->obj->package->path);
    const std::string_view type_name = named->obj->name->text();
    for (const Row& row : kRows) {
      if (row.package == package && row.type == type_name) {
        if (Fits(row, name, signature)) {
          return row.kind;
        }
        break;
      }
    }
  }
  return (name.starts_with("Open") || name.starts_with("Create")) &&
                 IsLikeFile(type)
             ? std::optional(ResourceKind::kFile)
             : std::nullopt;
}

}  // namespace

std::optional<Acquisition> AcquisitionByDeclaration(
    std::string_view name, const types::Signature& signature) {
  const auto results = signature.results->params;
  if (results.size() != 2 || !dataflow::IsErrorType(results[1].type)) {
    return std::nullopt;
  }
  const types::Type* const type = results[0].type;
  // It may be the one that it is given.
  if (std::ranges::any_of(signature.params->params,
                          [&](const types::Param& param) {
                            return types::Identical(param.type, type);
                          })) {
    return std::nullopt;
  }
  const auto kind = KindBy(name, signature, type);
  return kind ? std::optional(Acquisition{*kind, 0, 1}) : std::nullopt;
}

}  // namespace gdlint::checks::knowledge
