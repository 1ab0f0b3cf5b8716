// Which statement can run after which, in one activation of one function.
//
// The control-flow graph is not built but asked for, one point at a time: a
// rule wants to know of a handful of statements, and deep nesting needs no
// recursion so. What is not understood ends the flow, so that nothing is
// concluded from it.

#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checks/syntax/file_index.h"

namespace gdlint::checks::syntax {

enum class Phase : uint8_t {
  // Before the statement.
  kEnter,
  // Behind it, where control goes that leaves it in the ordinary way.
  kAfter,
  // Of a `for` statement: before an iteration, when its condition decides.
  kTest,
};

struct Point {
  ast::NodeId stmt;
  Phase phase = Phase::kEnter;
  friend bool operator==(Point, Point) = default;
};

class Flow {
 public:
  explicit Flow(const FileIndex& index) : index_(index), tree_(index.tree()) {}

  // The points that directly follow `point`, added to `out`.
  void AddSuccessors(Point point, std::vector<Point>& out);

  // True once a file has asked for more steps than are made for one. From then
  // on nothing is reachable.
  bool is_exhausted() const { return steps_left_ == 0; }

  // Calls `fn` for every point that can follow `from`, each once; `from` itself
  // too if it can follow itself. Goes on behind a point only where `fn` returns
  // true.
  template <typename Fn>
  void ForEachReachable(Point from, Fn&& fn) {
    std::vector<bool> seen(size_t{tree_.node_count()} * kPhases);
    std::vector<Point> work;
    // Clearing the marks is work too.
    Spend(seen.size() / 64);
    AddSuccessors(from, work);
    while (!work.empty() && !is_exhausted()) {
      Spend(1);
      const Point point = work.back();
      work.pop_back();
      auto is_seen = seen[tree_.DenseIndex(point.stmt) * kPhases +
                          static_cast<size_t>(point.phase)];
      if (is_seen) {
        continue;
      }
      is_seen = true;
      if (fn(point)) {
        AddSuccessors(point, work);
      }
    }
  }

  // True if `to` can run after `from`, without leaving `within` if that is
  // given.
  bool Reaches(Point from, Point to, ast::NodeId within = {});

  // True if the call never comes back, such as `panic(x)` or `os.Exit(1)`;
  // functions of this file are looked into.
  bool NeverReturns(const ast::CallExpr& call);

 private:
  static constexpr size_t kPhases = 3;
  // So many functions are followed from one to the next to see whether they
  // return.
  static constexpr int kMaxDepth = 4;
  // So many points are visited for one file, in all questions together. No file
  // of the standard library comes to the end of it.
  static constexpr uint64_t kMaxSteps = 1'000'000;

  void Spend(uint64_t steps) { steps_left_ -= std::min(steps, steps_left_); }

  void AfterStmt(ast::NodeId stmt, std::vector<Point>& out);
  void EnterBody(ast::List<ast::StmtId> stmts, ast::NodeId owner,
                 std::vector<Point>& out);
  void EnterClauses(ast::NodeId stmt, ast::Ref<ast::BlockStmt> body,
                    std::vector<Point>& out);
  void EnterBranch(ast::NodeId stmt, const ast::BranchStmt& branch,
                   std::vector<Point>& out);
  void EnterStmt(ast::NodeId stmt, std::vector<Point>& out);
  void TestLoop(ast::NodeId stmt, std::vector<Point>& out);
  ast::NodeId BranchTarget(ast::NodeId stmt,
                           const ast::BranchStmt& branch) const;
  ast::NodeId GotoTarget(ast::NodeId stmt, ast::Ref<ast::Ident> label);
  bool BodyNeverEnds(ast::NodeId function_decl);

  const FileIndex& index_;
  const ast::Tree& tree_;
  // By function and name; built at the first goto.
  std::map<std::pair<ast::NodeId, std::string_view>, ast::NodeId> labels_;
  // By raw handle of the FuncDecl. Holds false while a body is looked into, so
  // that recursion comes to an end.
  std::unordered_map<uint32_t, bool> never_ends_;
  int depth_ = 0;
  uint64_t steps_left_ = kMaxSteps;
};

}  // namespace gdlint::checks::syntax
