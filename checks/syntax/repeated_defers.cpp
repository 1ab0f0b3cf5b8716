#include "checks/syntax/repeated_defers.h"

#include <algorithm>
#include <utility>

#include "checks/syntax/flow.h"
#include "checks/syntax/loops.h"
#include "checks/syntax/names.h"

namespace gdlint::checks::syntax {
namespace {

using ast::NodeId;
using ast::NodeKind;
using lexer::TokenKind;

class Finder {
 public:
  explicit Finder(const FileIndex& index)
      : index_(index), tree_(index.tree()), flow_(index) {}

  RepeatedDefers Run() {
    std::vector<RepeatedDefer> found;
    for (const ast::DeferStmt& stmt : tree_.All<ast::DeferStmt>()) {
      const auto ref = RefTo(tree_, stmt);
      if (flow_.is_exhausted()) {
        break;
      }
      if (!index_.EnclosingFunction(ref).has_value()) {
        continue;
      }
      if (auto repeated = Examine(ref)) {
        found.push_back(*repeated);
      }
    }
    std::ranges::sort(found, {}, [&](const RepeatedDefer& repeated) {
      return tree_.Get(repeated.stmt).pos;
    });
    return {.found = std::move(found), .is_complete = !flow_.is_exhausted()};
  }

 private:
  std::optional<RepeatedDefer> Examine(ast::Ref<ast::DeferStmt> stmt) {
    const auto loops = EnclosingLoops(index_, stmt);
    if (loops.empty() && tree_.All<ast::LabeledStmt>().empty()) {
      return {};
    }
    RepeatedDefer repeated{.stmt = stmt, .loop = {}, .jump = {}, .times = 1};
    for (const NodeId loop : loops) {
      // From behind the statement to the loop's next iteration, and from there
      // back.
      if (!flow_.Reaches({stmt, Phase::kEnter}, {loop, Phase::kTest}, loop) ||
          !flow_.Reaches({loop, Phase::kTest}, {stmt, Phase::kEnter}, loop) ||
          IsPassedOnce(stmt, loop)) {
        continue;
      }
      const auto count = TripCount(index_, loop);
      repeated.times =
          count && repeated.times
              ? std::optional(*count *
                              std::min<uint64_t>(*repeated.times, UINT32_MAX))
              : std::nullopt;
      if (!repeated.loop.has_value()) {
        repeated.loop = loop;
      }
    }
    if (repeated.loop.has_value()) {
      return repeated.times && *repeated.times < 2 ? std::nullopt
                                                   : std::optional(repeated);
    }
    repeated.jump = JumpBack(stmt);
    repeated.times = {};
    return repeated.jump.has_value() ? std::optional(repeated) : std::nullopt;
  }

  // The goto by which control comes from behind `stmt` to before it.
  NodeId JumpBack(ast::Ref<ast::DeferStmt> stmt) {
    const Point start = {stmt, Phase::kEnter};
    NodeId jump;
    bool comes_back = false;
    flow_.ForEachReachable(start, [&](Point point) {
      comes_back = comes_back || point == start;
      const auto* branch = tree_.TryGet<ast::BranchStmt>(point.stmt);
      if (branch != nullptr && branch->keyword == TokenKind::kGoto &&
          branch->pos > tree_.Get(stmt).pos && flow_.Reaches(point, start)) {
        std::vector<Point> target;
        flow_.AddSuccessors(point, target);
        if (!target.empty() &&
            ast::Begin(tree_, target[0].stmt) <= tree_.Get(stmt).pos) {
          jump = point.stmt;
        }
      }
      return true;
    });
    return comes_back ? jump : NodeId();
  }

  // True if an `if` between the loop and `stmt` lets control pass in one
  // iteration only: it asks for a variable from outside the loop that its
  // branch sets, or compares a variable of the loop with something.
  bool IsPassedOnce(NodeId stmt, NodeId loop) const {
    for (NodeId at = stmt; at != loop; at = index_.Parent(at)) {
      const auto* branch = tree_.TryGet<ast::IfStmt>(index_.Parent(at));
      if (branch == nullptr || at != branch->body) {
        continue;
      }
      if (AsksForFlag(*branch, loop) ||
          AsksForOneIteration(branch->cond, loop)) {
        return true;
      }
    }
    return false;
  }

  bool AsksForFlag(const ast::IfStmt& branch, NodeId loop) const {
    ast::ExprId x = Unparen(tree_, branch.cond);
    if (const auto* unary = tree_.TryGet<ast::UnaryExpr>(x)) {
      x = Unparen(tree_, unary->x);
    } else if (const auto* binary = tree_.TryGet<ast::BinaryExpr>(x)) {
      if (binary->op != TokenKind::kEql ||
          !IsPredeclared(index_, binary->y, "nil")) {
        return false;
      }
      x = Unparen(tree_, binary->x);
    }
    if (x.kind() != NodeKind::kIdent) {
      return false;
    }
    const auto ident = ast::Ref<ast::Ident>::FromNode(x);
    const Declaration decl = Resolve(index_, ident);
    return decl.ident.has_value() && !index_.Contains(loop, decl.node) &&
           !index_.Name(ident).starts_with("err") &&
           IsAssignedBelow(index_, decl, branch.body);
  }

  bool AsksForOneIteration(ast::ExprId cond, NodeId loop) const {
    const auto* binary = tree_.TryGet<ast::BinaryExpr>(Unparen(tree_, cond));
    if (binary == nullptr) {
      return false;
    }
    if (binary->op == TokenKind::kLand) {
      return AsksForOneIteration(binary->x, loop) ||
             AsksForOneIteration(binary->y, loop);
    }
    return binary->op == TokenKind::kEql &&
           (IsCounter(binary->x, loop) || IsCounter(binary->y, loop));
  }

  // True for the counter of a `for` clause and for the key of a range with two
  // variables.
  bool IsCounter(ast::ExprId expr, NodeId loop) const {
    if (expr.kind() != NodeKind::kIdent) {
      return false;
    }
    const Declaration decl =
        Resolve(index_, ast::Ref<ast::Ident>::FromNode(expr));
    if (const auto* range = tree_.TryGet<ast::RangeStmt>(loop)) {
      return decl.node == loop && decl.ident == range->key &&
             range->value.has_value();
    }
    return decl.node.has_value() &&
           decl.node == tree_.TryGet<ast::ForStmt>(loop)->init;
  }

  const FileIndex& index_;
  const ast::Tree& tree_;
  Flow flow_;
};

}  // namespace

RepeatedDefers FindRepeatedDefers(const FileIndex& index) {
  return Finder(index).Run();
}

}  // namespace gdlint::checks::syntax
