// Where a node begins and ends, for Trees and for trees still being built.

#pragma once

#include "ast/node_id.h"
#include "ast/nodes.h"
#include "lexer/token.h"
#include "source/pos.h"

namespace gdlint::ast {

// How to find one end of a node: at `pos`, or at the same end of `next`.
struct SpanStep {
  NodeId next;
  source::Pos pos;

  static SpanStep At(source::Pos pos) { return {NodeId(), pos}; }
  static SpanStep Of(NodeId next) { return {next, source::Pos()}; }
  // Behind the one-byte token at `pos`.
  static SpanStep Behind(source::Pos pos) {
    return At(pos.is_valid() ? pos + 1 : pos);
  }
};

// The steps below take a `Store`: a Tree or a TreeBuilder. Nodes without a line
// of their own begin at their `pos`.
template <typename Store>
struct BeginStep {
  const Store& store;

  SpanStep operator()(const FuncLit& n) const { return SpanStep::Of(n.type); }
  SpanStep operator()(const CompositeLit& n) const {
    return n.type.has_value() ? SpanStep::Of(n.type) : SpanStep::At(n.lbrace);
  }
  SpanStep operator()(const ParenExpr& n) const {
    return SpanStep::At(n.lparen);
  }
  SpanStep operator()(const SelectorExpr& n) const { return SpanStep::Of(n.x); }
  SpanStep operator()(const IndexExpr& n) const { return SpanStep::Of(n.x); }
  SpanStep operator()(const IndexListExpr& n) const {
    return SpanStep::Of(n.x);
  }
  SpanStep operator()(const SliceExpr& n) const { return SpanStep::Of(n.x); }
  SpanStep operator()(const TypeAssertExpr& n) const {
    return SpanStep::Of(n.x);
  }
  SpanStep operator()(const CallExpr& n) const { return SpanStep::Of(n.fun); }
  SpanStep operator()(const StarExpr& n) const { return SpanStep::At(n.star); }
  SpanStep operator()(const UnaryExpr& n) const {
    return SpanStep::At(n.op_pos);
  }
  SpanStep operator()(const BinaryExpr& n) const { return SpanStep::Of(n.x); }
  SpanStep operator()(const KeyValueExpr& n) const {
    return SpanStep::Of(n.key);
  }
  SpanStep operator()(const ArrayType& n) const {
    return SpanStep::At(n.lbrack);
  }
  SpanStep operator()(const FuncType& n) const {
    return n.pos.is_valid() ? SpanStep::At(n.pos) : SpanStep::Of(n.params);
  }
  SpanStep operator()(const DeclStmt& n) const { return SpanStep::Of(n.decl); }
  SpanStep operator()(const LabeledStmt& n) const {
    return SpanStep::Of(n.label);
  }
  SpanStep operator()(const ExprStmt& n) const { return SpanStep::Of(n.x); }
  SpanStep operator()(const SendStmt& n) const { return SpanStep::Of(n.chan); }
  SpanStep operator()(const IncDecStmt& n) const { return SpanStep::Of(n.x); }
  SpanStep operator()(const AssignStmt& n) const {
    return SpanStep::Of(store.Items(n.lhs).front());
  }
  SpanStep operator()(const BlockStmt& n) const {
    return SpanStep::At(n.lbrace);
  }
  SpanStep operator()(const FuncDecl& n) const { return SpanStep::Of(n.type); }
  SpanStep operator()(const ImportSpec& n) const {
    return n.name.has_value() ? SpanStep::Of(n.name) : SpanStep::Of(n.path);
  }
  SpanStep operator()(const ValueSpec& n) const {
    return SpanStep::Of(store.Items(n.names).front());
  }
  SpanStep operator()(const TypeSpec& n) const { return SpanStep::Of(n.name); }
  SpanStep operator()(const Field& n) const {
    return n.names.empty() ? SpanStep::Of(n.type)
                           : SpanStep::Of(store.Items(n.names).front());
  }
  SpanStep operator()(const FieldList& n) const {
    return n.opening.is_valid() || n.fields.empty()
               ? SpanStep::At(n.opening)
               : SpanStep::Of(store.Items(n.fields).front());
  }
  template <typename NodeT>
  SpanStep operator()(const NodeT& n) const {
    return SpanStep::At(n.pos);
  }
};

template <typename Store>
struct EndStep {
  const Store& store;

  SpanStep operator()(const BadExpr& n) const {
    return SpanStep::At(n.end_pos);
  }
  SpanStep operator()(const Ident& n) const {
    return SpanStep::At(n.pos + n.length);
  }
  SpanStep operator()(const Ellipsis& n) const {
    return n.elt.has_value() ? SpanStep::Of(n.elt) : SpanStep::At(n.pos + 3);
  }
  SpanStep operator()(const BasicLit& n) const {
    return SpanStep::At(n.pos + n.length);
  }
  SpanStep operator()(const FuncLit& n) const { return SpanStep::Of(n.body); }
  SpanStep operator()(const CompositeLit& n) const {
    return SpanStep::Behind(n.rbrace);
  }
  SpanStep operator()(const ParenExpr& n) const {
    return SpanStep::Behind(n.rparen);
  }
  SpanStep operator()(const SelectorExpr& n) const {
    return SpanStep::Of(n.sel);
  }
  SpanStep operator()(const IndexExpr& n) const {
    return SpanStep::Behind(n.rbrack);
  }
  SpanStep operator()(const IndexListExpr& n) const {
    return SpanStep::Behind(n.rbrack);
  }
  SpanStep operator()(const SliceExpr& n) const {
    return SpanStep::Behind(n.rbrack);
  }
  SpanStep operator()(const TypeAssertExpr& n) const {
    return SpanStep::Behind(n.rparen);
  }
  SpanStep operator()(const CallExpr& n) const {
    return SpanStep::Behind(n.rparen);
  }
  SpanStep operator()(const StarExpr& n) const { return SpanStep::Of(n.x); }
  SpanStep operator()(const UnaryExpr& n) const { return SpanStep::Of(n.x); }
  SpanStep operator()(const BinaryExpr& n) const { return SpanStep::Of(n.y); }
  SpanStep operator()(const KeyValueExpr& n) const {
    return SpanStep::Of(n.value);
  }
  SpanStep operator()(const ArrayType& n) const { return SpanStep::Of(n.elt); }
  SpanStep operator()(const StructType& n) const {
    return SpanStep::Of(n.fields);
  }
  SpanStep operator()(const FuncType& n) const {
    return n.results.has_value() ? SpanStep::Of(n.results)
                                 : SpanStep::Of(n.params);
  }
  SpanStep operator()(const InterfaceType& n) const {
    return SpanStep::Of(n.methods);
  }
  SpanStep operator()(const MapType& n) const { return SpanStep::Of(n.value); }
  SpanStep operator()(const ChanType& n) const { return SpanStep::Of(n.value); }
  SpanStep operator()(const BadStmt& n) const {
    return SpanStep::At(n.end_pos);
  }
  SpanStep operator()(const DeclStmt& n) const { return SpanStep::Of(n.decl); }
  SpanStep operator()(const EmptyStmt& n) const {
    return SpanStep::At(n.implicit ? n.pos : n.pos + 1);
  }
  SpanStep operator()(const LabeledStmt& n) const {
    return SpanStep::Of(n.stmt);
  }
  SpanStep operator()(const ExprStmt& n) const { return SpanStep::Of(n.x); }
  SpanStep operator()(const SendStmt& n) const { return SpanStep::Of(n.value); }
  SpanStep operator()(const IncDecStmt& n) const {
    return SpanStep::At(n.op_pos + 2);
  }
  SpanStep operator()(const AssignStmt& n) const {
    return SpanStep::Of(store.Items(n.rhs).back());
  }
  SpanStep operator()(const GoStmt& n) const { return SpanStep::Of(n.call); }
  SpanStep operator()(const DeferStmt& n) const { return SpanStep::Of(n.call); }
  SpanStep operator()(const ReturnStmt& n) const {
    return LastOr(n.results, n.pos + KeywordLength(lexer::TokenKind::kReturn));
  }
  SpanStep operator()(const BranchStmt& n) const {
    return n.label.has_value() ? SpanStep::Of(n.label)
                               : SpanStep::At(n.pos + KeywordLength(n.keyword));
  }
  SpanStep operator()(const BlockStmt& n) const {
    return n.rbrace.is_valid() ? SpanStep::Behind(n.rbrace)
                               : LastOr(n.stmts, n.lbrace + 1);
  }
  SpanStep operator()(const IfStmt& n) const {
    return n.els.has_value() ? SpanStep::Of(n.els) : SpanStep::Of(n.body);
  }
  SpanStep operator()(const CaseClause& n) const {
    return LastOr(n.body, n.colon + 1);
  }
  SpanStep operator()(const SwitchStmt& n) const {
    return SpanStep::Of(n.body);
  }
  SpanStep operator()(const TypeSwitchStmt& n) const {
    return SpanStep::Of(n.body);
  }
  SpanStep operator()(const CommClause& n) const {
    return LastOr(n.body, n.colon + 1);
  }
  SpanStep operator()(const SelectStmt& n) const {
    return SpanStep::Of(n.body);
  }
  SpanStep operator()(const ForStmt& n) const { return SpanStep::Of(n.body); }
  SpanStep operator()(const RangeStmt& n) const { return SpanStep::Of(n.body); }
  SpanStep operator()(const BadDecl& n) const {
    return SpanStep::At(n.end_pos);
  }
  SpanStep operator()(const GenDecl& n) const {
    return n.rparen.is_valid()
               ? SpanStep::Behind(n.rparen)
               : LastOr(n.specs, n.pos + KeywordLength(n.keyword));
  }
  SpanStep operator()(const FuncDecl& n) const {
    if (n.body.has_value()) {
      return SpanStep::Of(n.body);
    }
    return n.body_end.is_valid() ? SpanStep::At(n.body_end)
                                 : SpanStep::Of(n.type);
  }
  SpanStep operator()(const ImportSpec& n) const {
    return SpanStep::Of(n.path);
  }
  SpanStep operator()(const ValueSpec& n) const {
    if (!n.values.empty()) {
      return SpanStep::Of(store.Items(n.values).back());
    }
    return n.type.has_value() ? SpanStep::Of(n.type)
                              : SpanStep::Of(store.Items(n.names).back());
  }
  SpanStep operator()(const TypeSpec& n) const { return SpanStep::Of(n.type); }
  SpanStep operator()(const Field& n) const {
    return n.tag.has_value() ? SpanStep::Of(n.tag) : SpanStep::Of(n.type);
  }
  SpanStep operator()(const FieldList& n) const {
    return n.closing.is_valid() ? SpanStep::Behind(n.closing)
                                : LastOr(n.fields, source::Pos());
  }

 private:
  static uint32_t KeywordLength(lexer::TokenKind keyword) {
    return static_cast<uint32_t>(lexer::TokenKindName(keyword).size());
  }
  template <typename IdT>
  SpanStep LastOr(List<IdT> list, source::Pos otherwise) const {
    return list.empty() ? SpanStep::At(otherwise)
                        : SpanStep::Of(store.Items(list).back());
  }
};

// Follows steps of one kind to a position. A loop, so that chains of 100,000
// links cost no stack.
template <template <typename> typename StepT, typename Store>
source::Pos FollowSteps(const Store& store, NodeId id) {
  while (id.has_value()) {
    const SpanStep step = Visit(store, id, StepT<Store>{store});
    if (!step.next.has_value()) {
      return step.pos;
    }
    id = step.next;
  }
  return source::Pos();
}

}  // namespace gdlint::ast
