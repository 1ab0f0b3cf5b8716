// Finds function literals that run after the loop variable they use has
// changed.

#pragma once

#include <cstdint>
#include <vector>

#include "checks/syntax/file_index.h"
#include "checks/syntax/names.h"
#include "source/lang_version.h"

namespace gdlint::checks::syntax {

// Why the literal runs later than the iteration.
enum class Delay : uint8_t { kDefer, kGo, kKept };

struct LoopCapture {
  Delay delay = Delay::kKept;
  ast::Ref<ast::FuncLit> literal;
  // What delays it: the `defer` or `go` statement, else the literal.
  ast::NodeId cause;
  ast::NodeId loop;
  // The variable that iterations share, and a use of it in the literal.
  Declaration variable;
  ast::Ref<ast::Ident> use;
  // True if the loop's own clause declares the variable, so that Go 1.22 mends
  // it.
  bool declared_by_loop = false;
};

struct LoopCaptures {
  // In source order, one for each literal.
  std::vector<LoopCapture> found;
  // False if the file asks for more work than is done for one, and some may be
  // missing.
  bool is_complete = true;
};

LoopCaptures FindLoopCaptures(const FileIndex& index, source::LangVersion lang);

}  // namespace gdlint::checks::syntax
