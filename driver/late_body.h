// A body of a dependency that was left out of its file's tree, read when
// something asks for it.

#pragma once

#include <memory>
#include <optional>

#include "ast/node_id.h"
#include "parser/parser.h"
#include "types/check_package.h"
#include "types/package.h"
#include "types/type_table.h"

namespace gdlint::driver {

struct LateBody {
  // The only declaration of the tree, which has only the body.
  static constexpr ast::Ref<ast::FuncDecl> kDecl{0};

  parser::ParsedFile parsed;
  std::unique_ptr<types::Unit> unit;
};

// Parses and checks the body of `task`, whose declaration has body_begin. What
// the types made of it; nothing if it does not parse.
std::optional<types::BodyResult> ReadLateBody(const types::Package& package,
                                              const types::BodyTask& task,
                                              types::TypeTable& table,
                                              parser::Parser& parser,
                                              types::BodyChecker& checker,
                                              LateBody& late);

}  // namespace gdlint::driver
