// What must be given back, by what, and what the standard library does with it
// meanwhile.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "source/lang_version.h"
#include "types/object.h"

namespace gdlint::checks::knowledge {

enum class ResourceKind : uint8_t {
  kFile,
  kNetConn,
  kListener,
  // The Body of an http.Response.
  kHttpBody,
  kSqlDb,
  kSqlConn,
  kSqlRows,
  kSqlStmt,
  kSqlTx,
  // What is written is whole only after Close.
  kWriter,
  // A function to be called.
  kCancel,
  // Below Go 1.23, whose collector takes back what is not stopped.
  kTicker,
  // Its name, a string.
  kTempDir,
};

// "file", "http-body", as findings name it.
std::string_view KindName(ResourceKind kind);
// The kernel takes it back when the process ends.
bool EndsWithProcess(ResourceKind kind);

struct Acquisition {
  ResourceKind kind;
  uint32_t result;
  // -1: none.
  int32_t error;
};
// Of a function or method that gives a fresh resource. `version` is that of the
// package that calls it.
std::optional<Acquisition> AcquisitionOf(const types::Func& func,
                                         source::LangVersion version);

// True if the method of this name releases.
bool Releases(ResourceKind kind, std::string_view method);
// True if a call of `func` releases the resource that it is given.
bool ReleasesArgument(ResourceKind kind, const types::Func& func);
// True if the method may be called after the release.
bool WorksAfterRelease(ResourceKind kind, std::string_view method);

enum class ArgumentUse : uint8_t {
  // Used until the call returns.
  kBorrows,
  // Kept or released: the caller need not care any more.
  kTakes,
  // The result holds it, and releasing the result does not release it.
  kWraps,
  // Releasing the result releases it.
  kWrapsAndOwns,
};
// What a function of the standard library does with a resource that it is
// given.
ArgumentUse UseOfArgument(const types::Func& func);

}  // namespace gdlint::checks::knowledge
