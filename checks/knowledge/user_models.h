// What a project says of its own functions, in its settings: like models.def,
// resources.def and argument_uses.def, and before them.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/knowledge/resources.h"

namespace gdlint::checks::knowledge {

// Tells functions by their full names: "(*example.com/app.T).M".
using NameTest = std::function<bool(std::string_view full_name)>;

// A kind of resource of the user's own.
struct UserKind {
  std::string name;
  // As in resource_kinds.def.
  std::string releases;
  std::string works_after;
  // Functions that release what they are given; may be empty.
  NameTest release_functions;
  bool ends_with_process = true;
  bool error_matters = false;
  bool nil_tolerant = false;
  bool idempotent = true;
  // Where what acquires it is, as far as it is known.
  std::vector<std::string> packages;
};

struct UserAcquisition {
  NameTest functions;
  ResourceKind kind;
  uint32_t result = 0;
  // Nothing: the last result, if it is an error or a bool. -1: none.
  std::optional<int32_t> error;
};

struct UserUse {
  NameTest functions;
  ArgumentUse use;
};

struct UserModels {
  std::vector<UserKind> kinds;
  std::vector<UserAcquisition> acquisitions;
  std::vector<UserUse> uses;

  bool empty() const {
    return kinds.empty() && acquisitions.empty() && uses.empty();
  }
};

// That of index `index` in UserModels::kinds.
ResourceKind UserKindAt(size_t index);
// A kind of the table, by its name.
std::optional<ResourceKind> KindNamed(std::string_view name);
// All names of the table, for messages.
std::vector<std::string_view> KindNames();

// The kind that a function or method of that full name releases: a method is
// known by its name and its package. Null if there is none.
const UserKind* UserKindReleasedBy(std::string_view method);

// They hold for the whole process: a run has one set of settings. Called once,
// before anything is analysed.
void SetUserModels(UserModels models);

}  // namespace gdlint::checks::knowledge
