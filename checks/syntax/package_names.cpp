#include "checks/syntax/package_names.h"

#include "checks/syntax/file_index.h"
#include "checks/syntax/names.h"

namespace gdlint::checks::syntax {
namespace {

std::string_view NameOf(const File& file, const ast::Ident& ident) {
  return file.text.substr(ident.pos.offset(), ident.length);
}

// True if `call` calls something by `name`.
bool Calls(const File& file, const ast::CallExpr& call, std::string_view name) {
  const ast::Tree& tree = *file.tree;
  ast::ExprId callee = Unparen(tree, call.fun);
  if (const auto* selector = tree.TryGet<ast::SelectorExpr>(callee)) {
    callee = selector->sel;
  }
  const auto* ident = tree.TryGet<ast::Ident>(callee);
  return ident != nullptr && NameOf(file, *ident) == name;
}

template <typename StmtT>
size_t CountStatements(const File& file, std::string_view name) {
  size_t count = 0;
  for (const StmtT& stmt : file.tree->All<StmtT>()) {
    const auto* call = file.tree->TryGet<ast::CallExpr>(stmt.call);
    count += call != nullptr && Calls(file, *call, name) ? 1 : 0;
  }
  return count;
}

// The variable or constant that `decl` declares by `name` with a literal.
bool DeclaresTable(const File& file, ast::DeclId id, std::string_view name) {
  const ast::Tree& tree = *file.tree;
  const auto* decl = tree.TryGet<ast::GenDecl>(id);
  for (const ast::SpecId spec_id :
       tree.Items(decl == nullptr ? ast::List<ast::SpecId>{} : decl->specs)) {
    const auto* spec = tree.TryGet<ast::ValueSpec>(spec_id);
    if (spec != nullptr && spec->names.size == 1 && spec->values.size == 1 &&
        NameOf(file, tree.Get(tree.Items(spec->names)[0])) == name) {
      return tree.Items(spec->values)[0].kind() == ast::NodeKind::kCompositeLit;
    }
  }
  return false;
}

bool Declares(const File& file, ast::DeclId id, std::string_view name) {
  const ast::Tree& tree = *file.tree;
  if (const auto* function = tree.TryGet<ast::FuncDecl>(id)) {
    return !function->recv.has_value() && function->name.has_value() &&
           NameOf(file, tree.Get(function->name)) == name;
  }
  const auto* decl = tree.TryGet<ast::GenDecl>(id);
  for (const ast::SpecId spec_id :
       tree.Items(decl == nullptr ? ast::List<ast::SpecId>{} : decl->specs)) {
    if (const auto* type = tree.TryGet<ast::TypeSpec>(spec_id)) {
      if (NameOf(file, tree.Get(type->name)) == name) {
        return true;
      }
    } else if (const auto* value = tree.TryGet<ast::ValueSpec>(spec_id)) {
      for (const ast::Ref<ast::Ident> ident : tree.Items(value->names)) {
        if (NameOf(file, tree.Get(ident)) == name) {
          return true;
        }
      }
    }
  }
  return false;
}

}  // namespace

FunctionUses CountUses(const Package& package, std::string_view name) {
  FunctionUses uses;
  size_t idents = 0;
  size_t calls = 0;
  for (const File& file : package.files) {
    for (const ast::Ident& ident : file.tree->All<ast::Ident>()) {
      idents += NameOf(file, ident) == name ? 1 : 0;
    }
    for (const ast::CallExpr& call : file.tree->All<ast::CallExpr>()) {
      calls += Calls(file, call, name) ? 1 : 0;
    }
    uses.defers += CountStatements<ast::DeferStmt>(file, name);
    uses.go_calls += CountStatements<ast::GoStmt>(file, name);
  }
  uses.calls = calls - uses.defers - uses.go_calls;
  uses.others = idents - calls - 1;
  return uses;
}

bool IsExportedByDirective(const Package& package, std::string_view name) {
  for (const File& file : package.files) {
    for (const lexer::Comment& comment : file.comments) {
      const std::string_view text =
          file.text.substr(comment.offset, comment.length);
      if ((text.starts_with("//go:linkname") || text.starts_with("//export")) &&
          text.find(name) != text.npos) {
        return true;
      }
    }
  }
  return false;
}

bool RangesOverPackageTable(const Package& package, const FileIndex& index,
                            ast::NodeId loop) {
  const auto* range = index.tree().TryGet<ast::RangeStmt>(loop);
  if (range == nullptr || range->x.kind() != ast::NodeKind::kIdent) {
    return false;
  }
  const auto ident = ast::Ref<ast::Ident>::FromNode(range->x);
  if (Resolve(index, ident).kind != NameKind::kElsewhere) {
    return false;
  }
  for (const File& file : package.files) {
    for (const ast::DeclId decl : file.tree->decls()) {
      if (DeclaresTable(file, decl, index.Name(ident))) {
        return true;
      }
    }
  }
  return false;
}

bool PackageDeclares(const Package& package, std::string_view name) {
  for (const File& file : package.files) {
    for (const ast::DeclId decl : file.tree->decls()) {
      if (Declares(file, decl, name)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace gdlint::checks::syntax
