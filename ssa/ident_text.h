// The text of identifiers, which is there when a unit's names are not: these
// are only kept until its bodies are checked.

#pragma once

#include <string_view>

#include "ast/tree.h"
#include "types/package.h"

namespace gdlint::ssa {

// Empty where the parser made up a missing name.
inline std::string_view TextOf(const types::Unit& unit,
                               ast::Ref<ast::Ident> name) {
  const ast::Ident& ident = unit.tree->Get(name);
  return ident.pos.is_valid() ? unit.file->source->text().substr(
                                    ident.pos.offset(), ident.length)
                              : std::string_view();
}

inline bool IsBlank(const types::Unit& unit, ast::Ref<ast::Ident> name) {
  return TextOf(unit, name) == "_";
}

}  // namespace gdlint::ssa
