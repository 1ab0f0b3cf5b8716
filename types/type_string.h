// Types, objects and signatures as text.

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "types/object.h"
#include "types/type.h"

namespace gdlint::types {

// What stands before a name from another package.
enum class Qualify : uint8_t {
  // The full path: go/types' TypeString(t, nil).
  kPath,
  // The package's name; nothing for `relative_to`: messages.
  kName,
};

struct TypeStringOptions {
  Qualify qualify = Qualify::kPath;
  const Package* relative_to = nullptr;
  // With kName: where a package's name is among these, its path stands instead,
  // quoted. May be null.
  const std::unordered_set<std::string_view>* ambiguous_names = nullptr;
  // Names of parameters and results are left out if false.
  bool param_names = true;
  // Longer text is cut with "…".
  size_t max_size = size_t{1} << 20;
};

// What messages say where nothing is known of the one they are for.
inline constexpr TypeStringOptions kMessageText = {.qualify = Qualify::kName};

// go/types' TypeString.
std::string TypeString(const Type* type, const TypeStringOptions& options = {});
void AppendTypeString(const Type* type, const TypeStringOptions& options,
                      std::string& out);
// `(a int, b string) error`: without `func`.
void AppendSignature(const Signature* signature,
                     const TypeStringOptions& options, std::string& out);
// go/types' ObjectString.
std::string ObjectString(const Object* object,
                         const TypeStringOptions& options = {});

}  // namespace gdlint::types
