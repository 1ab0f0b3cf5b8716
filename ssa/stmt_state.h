// What the lowering of statements keeps while it is within a function. Internal
// to the stage.

#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "ast/nodes.h"
#include "lexer/token.h"
#include "ssa/function_builder.h"
#include "support/small_vector.h"
#include "types/object.h"

namespace gdlint::ssa {

// The handles of a list, to be passed as a span.
using ExprSpan = SmallVector<ast::ExprId, 4>;
inline ExprSpan ExprsOf(const ast::Tree& tree, ast::List<ast::ExprId> list) {
  ExprSpan exprs;
  for (const ast::ExprId expr : tree.Items(list)) {
    exprs.push_back(expr);
  }
  return exprs;
}

// A statement that a break or continue in it can mean.
struct BranchTarget {
  // Null without a label.
  const types::Object* label = nullptr;
  BlockId on_break;
  // None for a switch or select.
  BlockId on_continue;
};

// What the range-over-func loops of one outermost such loop share. gc's
// rewriting of these loops decides what happens when an iterator misbehaves, so
// its variables are here as well.
struct RangeFuncNest {
  // A branch to a label that is not in the body of the innermost loop.
  struct Exit {
    lexer::TokenKind keyword;
    const types::Object* label;
    friend bool operator==(const Exit&, const Exit&) = default;
  };

  // Of the function whose statement the outermost loop is.
  FunctionBuilder* root = nullptr;
  // A block of it, before the outermost loop, that is open as long as the loop
  // is lowered: what the bodies turn out to need is declared there.
  BlockId setup;
  // Allocs of `root`, made when first needed. What is to be done once the
  // iterators have returned: 0 nothing, kReturn, other negative numbers
  // branches, positive ones break or continue of an enclosing loop.
  Value next;
  // Holds the DeferStack.
  Value defers;
  // For results without a cell.
  std::vector<Value> results;
  std::vector<Exit> exits;

  static constexpr int64_t kReturn = -1;
  // The number of a branch: kReturn - 1 and below.
  int64_t NumberOf(const Exit& exit);
};

// One range-over-func loop.
struct RangeFuncLoop {
  RangeFuncNest* nest = nullptr;
  // The loop whose body this one is directly in, or null.
  RangeFuncLoop* outer = nullptr;
  // 1 for the outermost.
  int depth = 1;
  const types::Object* label = nullptr;
  const ast::RangeStmt* stmt = nullptr;
  // Of the function that the statement is in, and its Alloc for the state.
  FunctionBuilder* owner = nullptr;
  Value state;

  // Which checks the code after the loop has to make.
  bool checks_return = false;
  bool checks_break = false;
  bool checks_continue = false;
  std::vector<RangeFuncNest::Exit> checks_exits;

  // The value of RangeFuncNest::next for leaving the loop itself, and for going
  // on with its next element.
  int64_t BreakNumber() const { return 2 * int64_t{depth}; }
  int64_t ContinueNumber() const { return BreakNumber() - 1; }
  // The labelled statement is in the loop's body.
  bool Contains(const ast::Tree& tree, const types::Object& labelled) const;
  bool ChecksNext() const {
    return checks_return || checks_break || checks_continue ||
           !checks_exits.empty();
  }
};

struct FunctionBuilder::StmtState {
  // Innermost last.
  std::vector<BranchTarget> targets;
  // Where labels lead, for goto.
  std::unordered_map<const types::Object*, BlockId> label_blocks;
  // The label of the statement that is lowered next, or null.
  const types::Object* pending_label = nullptr;
  // The body of the next clause.
  BlockId fallthrough;
  // The loop that this function is the body of, or null.
  RangeFuncLoop* loop = nullptr;

  const types::Object* TakeLabel() {
    const types::Object* const label = pending_label;
    pending_label = nullptr;
    return label;
  }
};

}  // namespace gdlint::ssa
