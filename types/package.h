// Packages: what the type checker is given, and what it makes of it.

#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ast/tree.h"
#include "source/diagnostic.h"
#include "source/lang_version.h"
#include "source/line_table.h"
#include "source/source_file.h"
#include "support/arena.h"
#include "types/info.h"
#include "types/name_table.h"
#include "types/object.h"
#include "types/scope.h"

namespace gdlint::types {

// A tree with the names of its identifiers and what is known of its nodes: a
// file, or the body of one function that its file's tree left out.
struct Unit {
  Unit(const File& file, const ast::Tree& tree, NameTable& names);

  const File* file;
  const ast::Tree* tree;
  // By the index of the Ident.
  std::vector<const Name*> names;
  Info info;

  const Name* NameOf(ast::Ref<ast::Ident> ident) const {
    return names[ident.index()];
  }
};

// One source file of a package. The one who loads makes it.
struct File {
  Package* package = nullptr;
  const source::SourceFile* source = nullptr;
  const ast::Tree* tree = nullptr;
  // By the package's go.mod and the file's `//go:build` lines.
  source::LangVersion version;
  // "import/path/base.go", for dumps.
  std::string display_name;

  // Made by the checker.
  std::unique_ptr<Unit> unit;
  Scope* scope = nullptr;

  // Made when first asked for, by any thread: messages name places.
  const source::LineTable& Lines() const;

 private:
  mutable std::once_flag lines_once_;
  mutable std::unique_ptr<source::LineTable> lines_;
};

// An error in a package, or a note on it (`source::Diagnostic::notes` are for
// places in the same file; the checker puts other files' places into the text).
struct TypeError {
  const File* file = nullptr;
  source::Diagnostic diagnostic;
  // gc reports it too, but go/types calls it soft: the package's types are all
  // known (unused variables and imports, for example).
  bool is_soft = false;
  // It may be wrong, because a type that it is about has an unknown part. Why
  // that is unknown is another error.
  bool is_about_unknown = false;
};

// A function whose body is yet to be checked: declared, with a body.
struct BodyTask {
  Func* func = nullptr;
  const File* file = nullptr;
  ast::Ref<ast::FuncDecl> decl;
};

// What an import path means to the files of one package.
struct ImportedPackage {
  std::string_view path;
  // Null if it could not be had: then `problem` says why.
  Package* package = nullptr;
  std::string problem;
};

struct DeclInfo;

// One package, as its importers see it: frozen once its API is checked.
struct Package {
  // What types are qualified with: "net/http", "main", "p_test".
  std::string path;
  // From the package clauses.
  std::string name;
  std::vector<std::unique_ptr<File>> files;
  // Sorted by path. "unsafe" and "C" need not be among them.
  std::vector<ImportedPackage> imports;
  source::LangVersion version;
  // Bodies will never be asked for: bodies of function literals outside of
  // functions are left out too, and no error is reported that only bodies can
  // answer (unused imports).
  bool is_dependency = false;
  // Of the standard library: it comes from GOROOT, or from the built-in copy.
  bool is_standard = false;
  // `C` is an opaque package, as go/types' FakeImportC has it.
  bool fake_import_c = true;
  // There is no source: every member of it is of invalid type, without an
  // error. Packages that could not be loaded, and "C".
  bool is_fake = false;

  // From here on made by the checker.
  Scope* scope = nullptr;
  // Types in it may have unknown parts: a package that it imports, directly or
  // through others, could not be had or has errors. Set by who checks many
  // packages.
  bool is_partly_known = false;
  // By name and file: sorted by the place of their declaration.
  std::vector<BodyTask> bodies;
  // Of package-level objects and methods, by Object::order for the former.
  std::vector<TypeError> errors;
  // Scopes, declarations and what else only the package itself needs.
  Arena arena;
  // What CheckBody and FinishPackage need to know of the declarations.
  std::unique_ptr<struct PackageState> state;

  Package();
  ~Package();
};

}  // namespace gdlint::types
