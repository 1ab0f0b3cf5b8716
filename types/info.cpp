#include "types/info.h"

#include <cassert>

namespace gdlint::types {

static_assert(static_cast<int>(ast::NodeKind::kBadExpr) == 1,
              "expressions are the first kinds");

Info::Info(const ast::Tree& tree) : tree_(&tree) {
  // The dense number behind the last expression's is the first statement's.
  expressions_.resize(tree.DenseIndex(ast::NodeId(ast::NodeKind::kBadStmt, 0)));
  idents_.resize(tree.All<ast::Ident>().size());
  selections_.resize(tree.All<ast::SelectorExpr>().size());
  clause_vars_.resize(tree.All<ast::CaseClause>().size());
  params_.resize(tree.All<ast::FuncType>().size());
}

Object* Info::DefinedObject(ast::Ref<ast::Ident> ident) const {
  const IdentFact fact = idents_[ident.index()];
  switch (fact.tag()) {
    case IdentFact::kDefinition:
      return fact.As<Object>();
    case IdentFact::kRecord:
      return fact.As<IdentRecord>()->definition;
    default:
      return nullptr;
  }
}

bool Info::IsDefinition(ast::Ref<ast::Ident> ident) const {
  const IdentFact fact = idents_[ident.index()];
  return fact.tag() == IdentFact::kDefinition ||
         (fact.tag() == IdentFact::kRecord &&
          fact.As<IdentRecord>()->definition != nullptr);
}

Object* Info::UsedObject(ast::Ref<ast::Ident> ident) const {
  const IdentFact fact = idents_[ident.index()];
  switch (fact.tag()) {
    case IdentFact::kUse:
      return fact.As<Object>();
    case IdentFact::kRecord:
      return fact.As<IdentRecord>()->use;
    default:
      return nullptr;
  }
}

Object* Info::ObjectOf(ast::Ref<ast::Ident> ident) const {
  Object* const defined = DefinedObject(ident);
  return defined != nullptr ? defined : UsedObject(ident);
}

const Instance* Info::InstanceOf(ast::Ref<ast::Ident> ident) const {
  const IdentFact fact = idents_[ident.index()];
  return fact.tag() == IdentFact::kRecord ? fact.As<IdentRecord>()->instance
                                          : nullptr;
}

Info::IdentRecord* Info::Widen(Arena& arena, ast::Ref<ast::Ident> ident) {
  IdentFact& fact = idents_[ident.index()];
  switch (fact.tag()) {
    case IdentFact::kRecord:
      return fact.As<IdentRecord>();
    case IdentFact::kUse: {
      IdentRecord* const record =
          arena.New<IdentRecord>(nullptr, fact.As<Object>(), nullptr);
      fact = IdentFact(IdentFact::kRecord, record);
      return record;
    }
    default: {
      IdentRecord* const record =
          arena.New<IdentRecord>(fact.As<Object>(), nullptr, nullptr);
      fact = IdentFact(IdentFact::kRecord, record);
      return record;
    }
  }
}

void Info::RecordDefinition(Arena& arena, ast::Ref<ast::Ident> ident,
                            Object* object) {
  IdentFact& fact = idents_[ident.index()];
  if (fact.tag() == IdentFact::kNothing ||
      fact.tag() == IdentFact::kDefinition) {
    fact = IdentFact(IdentFact::kDefinition, object);
    return;
  }
  Widen(arena, ident)->definition = object;
}

void Info::RecordUse(Arena& arena, ast::Ref<ast::Ident> ident, Object* object) {
  IdentFact& fact = idents_[ident.index()];
  if (fact.tag() == IdentFact::kNothing || fact.tag() == IdentFact::kUse) {
    fact = IdentFact(IdentFact::kUse, object);
    return;
  }
  Widen(arena, ident)->use = object;
}

void Info::RecordInstance(Arena& arena, ast::Ref<ast::Ident> ident,
                          const Instance& instance) {
  Widen(arena, ident)->instance = arena.New<Instance>(instance);
}

}  // namespace gdlint::types
