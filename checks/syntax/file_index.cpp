#include "checks/syntax/file_index.h"

namespace gdlint::checks::syntax {

FileIndex::FileIndex(const ast::Tree& tree, std::string_view text)
    : tree_(tree),
      text_(text),
      parents_(tree.node_count()),
      functions_(tree.node_count()),
      next_(tree.node_count()) {
  for (const ast::DeclId decl : tree.decls()) {
    ForEachBelow(tree, decl, [&](ast::NodeId id) {
      const bool is_function = id.kind() == ast::NodeKind::kFuncLit ||
                               id.kind() == ast::NodeKind::kFuncDecl;
      const ast::NodeId function = is_function ? id : EnclosingFunction(id);
      ast::ForEachChild(tree, id, [&](ast::NodeId child) {
        parents_[tree.DenseIndex(child)] = id;
        functions_[tree.DenseIndex(child)] = function;
      });
      return true;
    });
  }
  const auto link = [&](ast::List<ast::StmtId> list) {
    const auto stmts = tree.Items(list);
    for (size_t i = 1; i < stmts.size(); ++i) {
      next_[tree.DenseIndex(stmts[i - 1])] = stmts[i];
    }
  };
  for (const ast::BlockStmt& block : tree.All<ast::BlockStmt>()) {
    link(block.stmts);
  }
  for (const ast::CaseClause& clause : tree.All<ast::CaseClause>()) {
    link(clause.body);
  }
  for (const ast::CommClause& clause : tree.All<ast::CommClause>()) {
    link(clause.body);
  }
}

std::string_view FileIndex::Text(ast::NodeId id) const {
  const source::Span span = ast::SpanOf(tree_, id);
  return text_.substr(span.begin.offset(),
                      span.end.offset() - span.begin.offset());
}

std::string_view FileIndex::Name(ast::Ref<ast::Ident> ident) const {
  const ast::Ident& node = tree_.Get(ident);
  return text_.substr(node.pos.offset(), node.length);
}

ast::StmtId FileIndex::Next(ast::NodeId stmt) const {
  return ast::StmtId::FromNode(next_[tree_.DenseIndex(stmt)]);
}

bool FileIndex::Contains(ast::NodeId outer, ast::NodeId inner) const {
  while (inner.has_value() && inner != outer) {
    inner = Parent(inner);
  }
  return inner.has_value();
}

ast::NodeId FileIndex::ParentPastParens(ast::NodeId id) const {
  do {
    id = Parent(id);
  } while (id.kind() == ast::NodeKind::kParenExpr);
  return id;
}

ast::ExprId Unparen(const ast::Tree& tree, ast::ExprId expr) {
  while (const auto* paren = tree.TryGet<ast::ParenExpr>(expr)) {
    expr = paren->x;
  }
  return expr;
}

}  // namespace gdlint::checks::syntax
