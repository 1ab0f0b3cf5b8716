// What must be given back, by what, and what functions do with it meanwhile.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "source/lang_version.h"
#include "types/object.h"

namespace gdlint::checks::knowledge {

// Numbers behind these are kinds of the user's (user_models.h).
enum class ResourceKind : uint8_t {
#define GDLINT_RESOURCE_KIND(id, name, releases, works_after, traits, wording) \
  id,
#include "checks/knowledge/resource_kinds.def"
};

// "file", "http-body", as findings name it.
std::string_view KindName(ResourceKind kind);
// The kernel takes it back when the process ends.
bool EndsWithProcess(ResourceKind kind);
// Data is lost if the release fails.
bool ErrorMatters(ResourceKind kind);
// A kind of the user's.
bool IsOfUser(ResourceKind kind);
// A second release does harm: the user says so.
bool IsReleasedOnce(ResourceKind kind);
// It is a function, and calling it releases.
bool IsReleasedByCall(ResourceKind kind);

// How findings speak of it: "`f` may be STATE", "VERB it", "nothing VERBS".
struct Wording {
  std::string_view state;
  std::string_view release;
  std::string_view releases;
};
Wording WordingOf(ResourceKind kind);

struct Acquisition {
  ResourceKind kind;
  uint32_t result;
  // -1: none.
  int32_t error;
  // The result that is a function which releases it when it is called; -1:
  // none. It may be `result` itself.
  int32_t cleanup = -1;
  // A file that is opened for writing, surely.
  bool is_writable = false;
};
// Of a function or method that gives a fresh resource. `version` is that of the
// package that calls it.
std::optional<Acquisition> AcquisitionOf(const types::Func& func,
                                         source::LangVersion version);

// What it gives besides.
std::optional<Acquisition> SecondAcquisitionOf(const types::Func& func);

// Of a method of the user's interface that a type of the standard library has,
// by its name and what it gives: `QueryContext` with a *sql.Rows and an error.
std::optional<Acquisition> AcquisitionLike(const types::Func& method);

// True if the method of this name releases.
bool Releases(ResourceKind kind, std::string_view method);

// As above, or a method by that name ends the use of what holds the resource
// (`Stop`, `Discard`), whatever its body may be.
bool MayRelease(ResourceKind kind, std::string_view method);
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
  // The first result is it.
  kReturns,
};
// What a function does with a resource that it is given, if the settings or the
// table (argument_uses.def) say so: that counts before its body. The table has
// nothing to say of a method's receiver.
std::optional<ArgumentUse> StatedUseOf(const types::Func& func,
                                       bool is_receiver);
// The same of any function without a body.
ArgumentUse UseOfArgument(const types::Func& func);
// What it is given as its variadic parameter it only makes text of. Not those
// of package testing: what a test that fails prints is often what should not
// be.
bool FormatsItsList(const types::Func& func);

}  // namespace gdlint::checks::knowledge
