#include "ast/tree.h"

#include <vector>

#include <doctest/doctest.h>

#include "ast/tree_builder.h"

using namespace gdlint;
using ast::ExprId;
using ast::NodeId;
using source::Pos;

TEST_CASE("a frozen tree has the nodes that were added") {
  ast::TreeBuilder builder;
  const auto f = builder.Add(ast::Ident{Pos::At(0), 1});
  const auto x = builder.Add(ast::Ident{Pos::At(2), 1});
  const std::vector<NodeId> args = {x};
  const auto call =
      builder.Add(ast::CallExpr{.fun = f,
                                .lparen = Pos::At(1),
                                .args = builder.AddList<ExprId>(args),
                                .ellipsis = {},
                                .rparen = Pos::At(3)});
  const ast::Tree tree = builder.Finish();
  CHECK(tree.node_count() == 3);
  CHECK(tree.All<ast::CallExpr>().size() == 1);
  CHECK(tree.TryGet<ast::Ident>(call) == nullptr);
  CHECK(tree.Get(call).rparen == Pos::At(3));
  CHECK(tree.DenseIndex(x) == 1);
  CHECK(tree.DenseIndex(call) == 2);

  std::vector<NodeId> children;
  ast::ForEachChild(tree, NodeId(call),
                    [&](NodeId id) { children.push_back(id); });
  CHECK(children == std::vector<NodeId>{f, x});
  CHECK(ast::SpanOf(tree, call) == source::Span{Pos::At(0), Pos::At(4)});

  SUBCASE("and the builder is empty again") {
    CHECK(builder.Finish().node_count() == 0);
  }
}

TEST_CASE("nodes stay as small as they are") {
  static_assert(sizeof(ast::Ident) == 8);
  static_assert(sizeof(ast::BinaryExpr) == 16);
  static_assert(sizeof(ast::CallExpr) == 24);
  static_assert(sizeof(NodeId) == 4);
  CHECK(std::string_view(ast::NodeKindName(ast::NodeKind::kDeferStmt)) ==
        "DeferStmt");
}

TEST_CASE("the ends of a long chain are found without recursion") {
  ast::TreeBuilder builder;
  ExprId x = builder.Add(ast::Ident{Pos::At(0), 1});
  for (uint32_t i = 0; i < 500'000; ++i) {
    const auto y = builder.Add(ast::Ident{Pos::At(2 * i + 2), 1});
    x = builder.Add(
        ast::BinaryExpr{x, Pos::At(2 * i + 1), y, lexer::TokenKind::kAdd});
  }
  const ast::Tree tree = builder.Finish();
  CHECK(ast::SpanOf(tree, x) == source::Span{Pos::At(0), Pos::At(1'000'001)});
}
