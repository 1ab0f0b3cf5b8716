// What a name in one file means, as far as the file tells.

#pragma once

#include <cstdint>
#include <string_view>

#include "checks/syntax/file_index.h"

namespace gdlint::checks::syntax {

enum class NameKind : uint8_t {
  // Not declared in this file: predeclared, or of another file of the package.
  kElsewhere,
  kImport,
  // A declaration at package level.
  kPackage,
  kLocal,
};

// What declares a name.
struct Declaration {
  NameKind kind = NameKind::kElsewhere;
  // The declared name; none if an import has none.
  ast::Ref<ast::Ident> ident;
  // The statement, spec, field or function that declares it; none for
  // kElsewhere.
  ast::NodeId node;

  bool is_variable_like() const { return ident.has_value(); }
  friend bool operator==(const Declaration&, const Declaration&) = default;
};

// The declaration that the identifier `use` refers to by Go's scope rules. An
// identifier that declares something refers to itself. Not for selectors,
// labels and field names; see IsUse.
Declaration Resolve(const FileIndex& index, ast::Ref<ast::Ident> use);

// What `name` would refer to if it stood where `at` begins.
Declaration ResolveAt(const FileIndex& index, std::string_view name,
                      ast::NodeId at);

// True if scope rules apply to `ident`: it is no selector, label, field name or
// struct literal's key.
bool IsUse(const FileIndex& index, ast::Ref<ast::Ident> ident);

// True if `expr` is the identifier of a predeclared function such as `recover`,
// which nothing in this file shadows.
bool IsPredeclared(const FileIndex& index, ast::ExprId expr,
                   std::string_view name);

// The import path of the package that `expr` names; empty if it names none.
std::string_view ImportPath(const FileIndex& index, ast::ExprId expr);

}  // namespace gdlint::checks::syntax
