#include "checks/syntax/names.h"

#include <optional>

namespace gdlint::checks::syntax {
namespace {

using ast::NodeId;
using ast::NodeKind;
using lexer::TokenKind;
using MaybeDecl = std::optional<Declaration>;

// The path of an import without its quotes.
std::string_view PathOf(const FileIndex& index, const ast::ImportSpec& spec) {
  std::string_view text = index.Text(spec.path);
  return text.size() < 2 ? text : text.substr(1, text.size() - 2);
}

// The name that a package most likely has: the last element of its path that is
// no major version.
std::string_view LikelyName(std::string_view path) {
  auto slash = path.rfind('/');
  std::string_view last = path.substr(slash + 1);
  if (slash != path.npos && last.size() > 1 && last[0] == 'v' &&
      last.find_first_not_of("0123456789", 1) == last.npos) {
    path = path.substr(0, slash);
    last = path.substr(path.rfind('/') + 1);
  }
  return last.substr(0, last.find('.'));
}

// Looks for one name in the scopes around one place, inside out.
class Lookup {
 public:
  Lookup(const FileIndex& index, std::string_view name)
      : index_(index), tree_(index.tree()), name_(name) {}

  Declaration Climb(NodeId child) {
    for (NodeId scope = index_.Parent(child); scope.has_value();
         child = scope, scope = index_.Parent(scope)) {
      if (MaybeDecl found = InScope(scope, child)) {
        return *found;
      }
    }
    return InFile();
  }

  // What the `lhs` of a definition declares in the scope that it stands in:
  // itself, unless the scope has the name already.
  MaybeDecl BeforeInSameScope(NodeId stmt) {
    NodeId scope = index_.Parent(stmt);
    while (scope.kind() == NodeKind::kLabeledStmt) {
      stmt = scope;
      scope = index_.Parent(scope);
    }
    MaybeDecl found = InScope(scope, stmt);
    if (!found && scope.kind() == NodeKind::kBlockStmt) {
      // Parameters share the scope of the function's body.
      const NodeId function = index_.Parent(scope);
      if (function.kind() == NodeKind::kFuncLit ||
          function.kind() == NodeKind::kFuncDecl) {
        found = InScope(function, scope);
      }
    }
    return found;
  }

 private:
  bool Is(ast::Ref<ast::Ident> ident) const {
    return ident.has_value() && index_.Name(ident) == name_;
  }

  MaybeDecl Local(ast::Ref<ast::Ident> ident, NodeId node) const {
    return Declaration{.kind = NameKind::kLocal, .ident = ident, .node = node};
  }

  MaybeDecl AmongExprs(ast::ListView<ast::ExprId> exprs, NodeId node) const {
    for (const ast::ExprId expr : exprs) {
      if (expr.kind() == NodeKind::kIdent &&
          Is(ast::Ref<ast::Ident>::FromNode(expr))) {
        return Local(ast::Ref<ast::Ident>::FromNode(expr), node);
      }
    }
    return {};
  }

  MaybeDecl InFields(ast::Ref<ast::FieldList> list) const {
    if (!list.has_value()) {
      return {};
    }
    for (const ast::Ref<ast::Field> field :
         tree_.Items(tree_.Get(list).fields)) {
      for (const ast::Ref<ast::Ident> ident :
           tree_.Items(tree_.Get(field).names)) {
        if (Is(ident)) {
          return Local(ident, field);
        }
      }
    }
    return {};
  }

  MaybeDecl InSpec(ast::SpecId id) const {
    if (const auto* value = tree_.TryGet<ast::ValueSpec>(id)) {
      for (const ast::Ref<ast::Ident> ident : tree_.Items(value->names)) {
        if (Is(ident)) {
          return Local(ident, id);
        }
      }
    } else if (const auto* type = tree_.TryGet<ast::TypeSpec>(id)) {
      if (Is(type->name)) {
        return Local(type->name, id);
      }
    }
    return {};
  }

  MaybeDecl InSpecs(const ast::GenDecl& decl, NodeId before) const {
    for (const ast::SpecId spec : tree_.Items(decl.specs)) {
      // A type may refer to itself, a variable may not.
      if (spec == before && spec.kind() != NodeKind::kTypeSpec) {
        break;
      }
      if (MaybeDecl found = InSpec(spec)) {
        return found;
      }
      if (spec == before) {
        break;
      }
    }
    return {};
  }

  // What a statement declares in the block that it stands in.
  MaybeDecl InStmt(NodeId id) const {
    while (const auto* labeled = tree_.TryGet<ast::LabeledStmt>(id)) {
      id = labeled->stmt;
    }
    if (const auto* assign = tree_.TryGet<ast::AssignStmt>(id)) {
      if (assign->op == TokenKind::kDefine) {
        return AmongExprs(tree_.Items(assign->lhs), id);
      }
    } else if (const auto* stmt = tree_.TryGet<ast::DeclStmt>(id)) {
      if (const auto* decl = tree_.TryGet<ast::GenDecl>(stmt->decl)) {
        return InSpecs(*decl, {});
      }
    }
    return {};
  }

  MaybeDecl InList(ast::ListView<ast::StmtId> stmts, NodeId before) const {
    for (const ast::StmtId stmt : stmts) {
      if (stmt == before) {
        break;
      }
      if (MaybeDecl found = InStmt(stmt)) {
        return found;
      }
    }
    return {};
  }

  MaybeDecl InInit(ast::StmtId init, NodeId child) const {
    return init.has_value() && init != child ? InStmt(init) : MaybeDecl{};
  }

  MaybeDecl InSignature(ast::Ref<ast::FuncType> ref) const {
    const ast::FuncType& type = tree_.Get(ref);
    for (const auto list : {type.type_params, type.params, type.results}) {
      if (MaybeDecl found = InFields(list)) {
        return found;
      }
    }
    return {};
  }

  MaybeDecl InRange(NodeId id, const ast::RangeStmt& range,
                    NodeId child) const {
    if (range.op != TokenKind::kDefine || child != range.body) {
      return {};
    }
    for (const ast::ExprId expr : {range.key, range.value}) {
      if (expr.kind() == NodeKind::kIdent &&
          Is(ast::Ref<ast::Ident>::FromNode(expr))) {
        return Local(ast::Ref<ast::Ident>::FromNode(expr), id);
      }
    }
    return {};
  }

  MaybeDecl InTypeSwitch(const ast::TypeSwitchStmt& stmt, NodeId child) const {
    if (child == stmt.body) {
      if (MaybeDecl found = InStmt(stmt.assign)) {
        return found;
      }
    }
    return InInit(stmt.init, child);
  }

  // What the node `scope` declares for its child `child`.
  MaybeDecl InScope(NodeId scope, NodeId child) const {
    switch (scope.kind()) {
      case NodeKind::kBlockStmt:
        return InList(tree_.Items(tree_.TryGet<ast::BlockStmt>(scope)->stmts),
                      child);
      case NodeKind::kCaseClause:
        return InList(tree_.Items(tree_.TryGet<ast::CaseClause>(scope)->body),
                      child);
      case NodeKind::kCommClause: {
        const auto& clause = *tree_.TryGet<ast::CommClause>(scope);
        if (MaybeDecl found = InInit(clause.comm, child)) {
          return found;
        }
        return child == clause.comm ? MaybeDecl{}
                                    : InList(tree_.Items(clause.body), child);
      }
      case NodeKind::kIfStmt:
        return InInit(tree_.TryGet<ast::IfStmt>(scope)->init, child);
      case NodeKind::kForStmt:
        return InInit(tree_.TryGet<ast::ForStmt>(scope)->init, child);
      case NodeKind::kSwitchStmt:
        return InInit(tree_.TryGet<ast::SwitchStmt>(scope)->init, child);
      case NodeKind::kTypeSwitchStmt:
        return InTypeSwitch(*tree_.TryGet<ast::TypeSwitchStmt>(scope), child);
      case NodeKind::kRangeStmt:
        return InRange(scope, *tree_.TryGet<ast::RangeStmt>(scope), child);
      case NodeKind::kFuncLit:
        return InSignature(tree_.TryGet<ast::FuncLit>(scope)->type);
      case NodeKind::kFuncDecl: {
        const auto& decl = *tree_.TryGet<ast::FuncDecl>(scope);
        if (MaybeDecl found = InFields(decl.recv)) {
          return found;
        }
        return InSignature(decl.type);
      }
      case NodeKind::kTypeSpec:
        return InFields(tree_.TryGet<ast::TypeSpec>(scope)->type_params);
      case NodeKind::kGenDecl:
        return index_.Parent(scope).has_value()
                   ? InSpecs(*tree_.TryGet<ast::GenDecl>(scope), child)
                   : MaybeDecl{};
      default:
        return {};
    }
  }

  MaybeDecl InImport(ast::SpecId id) const {
    const auto* spec = tree_.TryGet<ast::ImportSpec>(id);
    if (spec == nullptr) {
      return {};
    }
    const bool matches = spec->name.has_value()
                             ? Is(spec->name)
                             : LikelyName(PathOf(index_, *spec)) == name_;
    if (!matches) {
      return {};
    }
    return Declaration{
        .kind = NameKind::kImport, .ident = spec->name, .node = id};
  }

  Declaration InFile() const {
    for (const ast::DeclId id : tree_.decls()) {
      if (const auto* function = tree_.TryGet<ast::FuncDecl>(id)) {
        if (!function->recv.has_value() && Is(function->name)) {
          return {
              .kind = NameKind::kPackage, .ident = function->name, .node = id};
        }
        continue;
      }
      const auto* decl = tree_.TryGet<ast::GenDecl>(id);
      for (const ast::SpecId spec : tree_.Items(
               decl == nullptr ? ast::List<ast::SpecId>{} : decl->specs)) {
        if (MaybeDecl found = InImport(spec)) {
          return *found;
        }
        if (MaybeDecl found = InSpec(spec)) {
          found->kind = NameKind::kPackage;
          return *found;
        }
      }
    }
    return {};
  }

  const FileIndex& index_;
  const ast::Tree& tree_;
  std::string_view name_;
};

// True if `ident` stands where a statement declares names, on the left of `:=`.
bool StandsLeftOfDefine(const FileIndex& index, ast::Ref<ast::Ident> ident) {
  const auto* assign =
      index.tree().TryGet<ast::AssignStmt>(index.Parent(ident));
  if (assign == nullptr || assign->op != TokenKind::kDefine) {
    return false;
  }
  return index.tree().Get(ident).pos < assign->op_pos;
}

// The declaration made by `ident` itself, where its parent declares names.
MaybeDecl DeclaredBy(const FileIndex& index, ast::Ref<ast::Ident> ident) {
  const ast::Tree& tree = index.tree();
  const NodeId parent = index.Parent(ident);
  const auto made = [&](NameKind kind) {
    return Declaration{.kind = kind, .ident = ident, .node = parent};
  };
  switch (parent.kind()) {
    case NodeKind::kField:
      return ident == tree.TryGet<ast::Field>(parent)->type
                 ? MaybeDecl{}
                 : made(NameKind::kLocal);
    case NodeKind::kRangeStmt: {
      const auto& range = *tree.TryGet<ast::RangeStmt>(parent);
      const bool declares = range.op == TokenKind::kDefine && ident != range.x;
      return declares ? made(NameKind::kLocal) : MaybeDecl{};
    }
    case NodeKind::kFuncDecl:
      return made(NameKind::kPackage);
    case NodeKind::kTypeSpec:
    case NodeKind::kValueSpec: {
      const auto* value = tree.TryGet<ast::ValueSpec>(parent);
      const auto* type = tree.TryGet<ast::TypeSpec>(parent);
      bool declares = type != nullptr && type->name == ident;
      for (const auto name :
           tree.Items(value == nullptr ? ast::List<ast::Ref<ast::Ident>>{}
                                       : value->names)) {
        declares = declares || name == ident;
      }
      const bool local = index.Parent(index.Parent(parent)).has_value();
      return declares ? made(local ? NameKind::kLocal : NameKind::kPackage)
                      : MaybeDecl{};
    }
    default:
      return {};
  }
}

// True if `key` is the key of a literal whose keys are expressions.
bool IsExpressionKey(const FileIndex& index, NodeId key_value) {
  const ast::Tree& tree = index.tree();
  const auto* literal = tree.TryGet<ast::CompositeLit>(index.Parent(key_value));
  return literal != nullptr && (literal->type.kind() == NodeKind::kMapType ||
                                literal->type.kind() == NodeKind::kArrayType);
}

}  // namespace

Declaration Resolve(const FileIndex& index, ast::Ref<ast::Ident> use) {
  if (MaybeDecl made = DeclaredBy(index, use)) {
    return *made;
  }
  Lookup lookup(index, index.Name(use));
  if (StandsLeftOfDefine(index, use)) {
    const NodeId stmt = index.Parent(use);
    if (MaybeDecl before = lookup.BeforeInSameScope(stmt)) {
      return *before;
    }
    return {.kind = NameKind::kLocal, .ident = use, .node = stmt};
  }
  return lookup.Climb(use);
}

Declaration ResolveAt(const FileIndex& index, std::string_view name,
                      NodeId at) {
  return Lookup(index, name).Climb(at);
}

bool IsUse(const FileIndex& index, ast::Ref<ast::Ident> ident) {
  const ast::Tree& tree = index.tree();
  const NodeId parent = index.Parent(ident);
  switch (parent.kind()) {
    case NodeKind::kSelectorExpr:
      return tree.TryGet<ast::SelectorExpr>(parent)->sel != ident;
    case NodeKind::kKeyValueExpr:
      return tree.TryGet<ast::KeyValueExpr>(parent)->key != ident ||
             IsExpressionKey(index, parent);
    case NodeKind::kLabeledStmt:
    case NodeKind::kBranchStmt:
    case NodeKind::kImportSpec:
      return false;
    case NodeKind::kField:
      return tree.TryGet<ast::Field>(parent)->type == ident;
    default:
      return parent.has_value();
  }
}

bool IsPredeclared(const FileIndex& index, ast::ExprId expr,
                   std::string_view name) {
  if (expr.kind() != NodeKind::kIdent) {
    return false;
  }
  const auto ident = ast::Ref<ast::Ident>::FromNode(expr);
  return index.Name(ident) == name &&
         Resolve(index, ident).kind == NameKind::kElsewhere;
}

std::string_view ImportPath(const FileIndex& index, ast::ExprId expr) {
  if (expr.kind() != NodeKind::kIdent) {
    return {};
  }
  const Declaration decl = Resolve(index, ast::Ref<ast::Ident>::FromNode(expr));
  const auto* spec = index.tree().TryGet<ast::ImportSpec>(decl.node);
  return spec == nullptr ? std::string_view{} : PathOf(index, *spec);
}

}  // namespace gdlint::checks::syntax
