// Collecting what the files of a package declare, and declaring it in order.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "lexer/literal.h"
#include "support/unicode.h"
#include "support/utf8.h"
#include "types/checker.h"
#include "types/decl_internal.h"
#include "types/declaration.h"

namespace gdlint::types {
namespace {

// Why `path` is no import path, or nothing.
std::string ImportPathProblem(std::string_view path) {
  if (path.empty()) {
    return "empty string";
  }
  constexpr std::string_view kIllegal = "!\"#$%&'()*,:;<=>?[\\]^{|}`";
  while (!path.empty()) {
    const Utf8Character c = DecodeUtf8(path);
    const bool is_illegal_ascii =
        c.value < 0x80 &&
        kIllegal.find(static_cast<char>(c.value)) != std::string_view::npos;
    if (is_illegal_ascii || c.value == ' ' || c.value == 0xfffd ||
        !IsUnicodePrintable(c.value)) {
      const std::string number =
          fmt::format("U+{:04X}", static_cast<uint32_t>(c.value));
      if (!IsUnicodePrintable(c.value)) {
        return "invalid character " + number;
      }
      return fmt::format(
          "invalid character {} '{}'", number,
          c.value == 0xfffd ? "\xef\xbf\xbd" : path.substr(0, c.length));
    }
    path.remove_prefix(c.length);
  }
  return "";
}

std::string_view LastElement(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// Declares what one package's files have outside of functions.
class Collector {
 public:
  explicit Collector(Checker& checker) : checker_(checker) {}

  void Run() {
    Package& package = checker_.package;
    package.scope =
        package.arena.New<Scope>(package.arena, &checker_.universe().scope());
    CheckPackageVersion();
    for (const std::unique_ptr<File>& file : package.files) {
      CollectFile(*file);
    }
    for (const std::unique_ptr<File>& file : package.files) {
      ReportImportConflicts(*file);
    }
    AssociateMethods();
  }

  // For WalkSpecs.
  void Import(ast::Ref<ast::ImportSpec> ref);
  void Const(const ConstSpec& spec);
  void Var(const ast::ValueSpec& spec);
  void Type(ast::Ref<ast::TypeSpec> ref);

 private:
  struct Method {
    Func* func;
    bool is_pointer;
    const Name* base;
  };

  void CheckPackageVersion();
  void CollectFile(File& file);
  bool HasRightPackageName(const File& file);
  Package* ImportPackage(const At& at, std::string_view path);
  Package* MakeFakePackage(std::string_view path, std::string_view name);
  void DotImport(PkgName* import, const At& at);
  void Function(ast::Ref<ast::FuncDecl> ref);
  void DeclareFunction(Func* func, const ast::FuncDecl& decl,
                       bool* has_type_param_error);
  void CollectMethod(Func* func, const ast::FuncDecl& decl);
  void DeclarePackageObject(ast::Ref<ast::Ident> ident, Object* object,
                            DeclInfo* decl);
  void AddObject(Object* object, DeclInfo* decl);
  DeclInfo* NewDecl(ast::Ref<ast::Ident> name);
  void ReportImportConflicts(const File& file);
  void AssociateMethods();
  TypeName* ResolveBase(const Name* name, bool* is_pointer);

  Checker& checker_;
  std::vector<Method> methods_;
};

void Collector::CheckPackageVersion() {
  const Package& package = checker_.package;
  if (package.files.empty() || package.version <= source::kNewestLang) {
    return;
  }
  At at;
  at.file = package.files.front().get();
  const source::Pos pos = at.file->tree->package_pos();
  at.span = {pos, pos};
  checker_.Error(
      at, Code::kTooNew,
      fmt::format("package requires newer Go version {} "
                  "(application built with {})",
                  package.version.Name(), source::kNewestLang.Name()));
}

// Of the package's first file, if it has no name yet, and of all others.
bool Collector::HasRightPackageName(const File& file) {
  Package& package = checker_.package;
  const ast::Ref<ast::Ident> ident = file.tree->package_name();
  if (!ident.has_value()) {
    return true;
  }
  const Name* const name = checker_.NameOf(ident);
  if (package.name.empty() || package.name == "_") {
    if (name->is_blank) {
      checker_.Error(checker_.AtNode(ident), Code::kBlankPkgName,
                     "invalid package name _");
    } else {
      package.name = name->text();
    }
    return true;
  }
  if (name->text() == package.name) {
    return true;
  }
  checker_.Error(checker_.AtPos(file.tree->package_pos()),
                 Code::kMismatchedPkgName,
                 fmt::format("package {}; expected package {}", name->text(),
                             package.name));
  return false;
}

void Collector::CollectFile(File& file) {
  Package& package = checker_.package;
  file.package = &package;
  file.unit = std::make_unique<Unit>(file, *file.tree, checker_.table.names());
  file.scope = package.arena.New<Scope>(package.arena, package.scope);
  checker_.env = {};
  checker_.env.unit = file.unit.get();
  checker_.env.scope = file.scope;
  checker_.env.version = file.version;
  if (!HasRightPackageName(file)) {
    return;
  }
  if (file.tree->package_name().has_value()) {
    checker_.RecordDef(file.tree->package_name(), nullptr);
  }
  for (const ast::DeclId id : file.tree->decls()) {
    if (const auto* const decl = file.tree->TryGet<ast::GenDecl>(id)) {
      WalkSpecs(checker_, *decl, *this);
    } else if (id.kind() == ast::NodeKind::kFuncDecl) {
      Function(ast::Ref<ast::FuncDecl>::FromNode(id));
    }
  }
}

Package* Collector::MakeFakePackage(std::string_view path,
                                    std::string_view name) {
  auto fake = std::make_unique<Package>();
  fake->path = path;
  fake->name = name;
  fake->is_fake = true;
  fake->scope =
      fake->arena.New<Scope>(fake->arena, &checker_.universe().scope());
  checker_.state.fake_packages.push_back(std::move(fake));
  return checker_.state.fake_packages.back().get();
}

Package* Collector::ImportPackage(const At& at, std::string_view path) {
  const Package& package = checker_.package;
  if (path == "unsafe") {
    return checker_.universe().unsafe_package();
  }
  for (const std::unique_ptr<Package>& fake : checker_.state.fake_packages) {
    if (fake->path == path) {
      return fake.get();
    }
  }
  if (path == "C" && package.fake_import_c) {
    return MakeFakePackage(path, path);
  }
  const auto found = std::ranges::lower_bound(package.imports, path, {},
                                              &ImportedPackage::path);
  std::string problem = "package not found";
  if (found != package.imports.end() && found->path == path) {
    Package* const imported = found->package;
    if (imported != nullptr && !imported->name.empty() &&
        imported->name != "_") {
      return imported;
    }
    problem = imported != nullptr
                  ? fmt::format("invalid package name: \"{}\"", imported->name)
                  : found->problem;
  }
  checker_.Error(at, Code::kBrokenImport,
                 fmt::format("could not import {} ({})", path, problem));
  std::string_view name = path;
  if (name.ends_with('/')) {
    name.remove_suffix(1);
  }
  return MakeFakePackage(path, LastElement(name));
}

void Collector::Import(ast::Ref<ast::ImportSpec> ref) {
  const ast::ImportSpec& spec = checker_.Get(ref);
  if (!spec.path.has_value()) {
    return;
  }
  const At at = checker_.AtNode(spec.path);
  const std::optional<std::string> path =
      lexer::StringValue(checker_.SourceText(at.span));
  if (!path.has_value()) {
    // The lexer or the parser has reported it.
    return;
  }
  const std::string problem = ImportPathProblem(*path);
  if (!problem.empty()) {
    checker_.Error(at, Code::kBadImportPath,
                   fmt::format("invalid import path ({})", problem));
    return;
  }
  Package* const imported = ImportPackage(at, *path);
  const Name* name = checker_.table.names().Intern(imported->name);
  if (spec.name.has_value()) {
    name = checker_.NameOf(spec.name);
    if (*path == "C") {
      checker_.Error(checker_.AtNode(spec.name), Code::kImportCRenamed,
                     "cannot rename import \"C\"");
      return;
    }
  }
  if (name->text() == "init") {
    checker_.Error(checker_.AtNode(ref), Code::kInvalidInitDecl,
                   "cannot import package as init - init must be a func");
    return;
  }
  PkgName* const object = checker_.NewObject<PkgName>(
      ast::Begin(checker_.tree(), ref), name, InvalidType());
  object->imported = imported;
  object->index = static_cast<uint32_t>(checker_.state.imports.size());
  if (spec.name.has_value()) {
    checker_.RecordDef(spec.name, object);
  }
  checker_.state.imports.push_back(object);
  checker_.state.import_is_used.push_back(imported->is_fake);
  if (name->text() == ".") {
    DotImport(object, checker_.AtNode(spec.name));
  } else {
    checker_.Declare(checker_.env.scope, {}, object);
  }
}

void Collector::DotImport(PkgName* import, const At& at) {
  if (import->imported->is_fake) {
    return;
  }
  Scope* const scope = checker_.env.scope;
  for (const Scope::Entry& entry : import->imported->scope->entries()) {
    if (!entry.name->is_exported) {
      continue;
    }
    if (const Object* const other = scope->InsertAs(entry.name, entry.object)) {
      std::vector<Checker::ErrorNote> notes;
      if (other->place.is_valid()) {
        notes.push_back(
            {Checker::AtObject(other),
             fmt::format("other declaration of {}", entry.name->text())});
      }
      checker_.ErrorWithNotes(
          at, Code::kDuplicateDecl,
          fmt::format("{} redeclared in this block", entry.name->text()),
          std::move(notes));
    } else {
      checker_.state.dot_imports.emplace(
          PackageState::DotKey{scope, entry.name}, import);
    }
  }
}

DeclInfo* Collector::NewDecl(ast::Ref<ast::Ident> name) {
  checker_.state.declarations.push_back(std::make_unique<DeclInfo>());
  DeclInfo* const decl = checker_.state.declarations.back().get();
  decl->unit = checker_.env.unit;
  decl->file = decl->unit->file;
  decl->scope = checker_.env.scope;
  decl->version = checker_.env.version;
  decl->name = name;
  return decl;
}

void Collector::AddObject(Object* object, DeclInfo* decl) {
  object->decl = decl;
  checker_.state.objects.push_back(object);
  object->order = static_cast<uint32_t>(checker_.state.objects.size());
}

void Collector::DeclarePackageObject(ast::Ref<ast::Ident> ident, Object* object,
                                     DeclInfo* decl) {
  const std::string_view name = object->name->text();
  if (name == "init") {
    checker_.Error(checker_.AtNode(ident), Code::kInvalidInitDecl,
                   "cannot declare init - must be func");
    return;
  }
  if (name == "main" && checker_.package.name == "main") {
    checker_.Error(checker_.AtNode(ident), Code::kInvalidMainDecl,
                   "cannot declare main - must be func");
    return;
  }
  checker_.Declare(checker_.package.scope, ident, object);
  AddObject(object, decl);
}

void Collector::Const(const ConstSpec& spec) {
  const auto names = checker_.tree().Items(spec.spec->names);
  const auto values = checker_.tree().Items(spec.values);
  for (size_t i = 0; i < names.size(); ++i) {
    auto* const object = checker_.NewObject<types::Const>(
        checker_.Get(names[i]).pos, checker_.NameOf(names[i]), nullptr);
    object->value = constant::MakeInt64(spec.spec->iota);
    DeclInfo* const decl = NewDecl(names[i]);
    decl->type = spec.type;
    decl->init = i < values.size() ? values[i] : ast::ExprId();
    decl->is_inherited = spec.is_inherited;
    decl->iota = spec.spec->iota;
    DeclarePackageObject(names[i], object, decl);
  }
}

void Collector::Var(const ast::ValueSpec& spec) {
  const auto names = checker_.tree().Items(spec.names);
  const auto values = checker_.tree().Items(spec.values);
  const std::span<types::Var*> lhs =
      checker_.package.arena.NewArray<types::Var*>(names.size());
  // Variables with one value between them are one declaration.
  DeclInfo* shared = nullptr;
  if (values.size() == 1 && !names.empty()) {
    shared = NewDecl(names[0]);
    shared->lhs = lhs;
    shared->type = spec.type;
    shared->init = values[0];
  }
  for (size_t i = 0; i < names.size(); ++i) {
    lhs[i] = checker_.NewVar(VarKind::kPackageVar, checker_.Get(names[i]).pos,
                             checker_.NameOf(names[i]), nullptr);
    DeclInfo* decl = shared;
    if (decl == nullptr) {
      decl = NewDecl(names[i]);
      decl->type = spec.type;
      decl->init = i < values.size() ? values[i] : ast::ExprId();
    }
    DeclarePackageObject(names[i], lhs[i], decl);
  }
}

void Collector::Type(ast::Ref<ast::TypeSpec> ref) {
  const ast::Ref<ast::Ident> ident = checker_.Get(ref).name;
  auto* const object = checker_.NewObject<TypeName>(
      checker_.Get(ident).pos, checker_.NameOf(ident), nullptr);
  DeclInfo* const decl = NewDecl(ident);
  decl->type_spec = ref;
  DeclarePackageObject(ident, object, decl);
}

void Collector::Function(ast::Ref<ast::FuncDecl> ref) {
  const ast::FuncDecl& decl = checker_.Get(ref);
  Func* const func = checker_.NewObject<Func>(
      checker_.Get(decl.name).pos, checker_.NameOf(decl.name), nullptr);
  func->origin = func;
  bool has_type_param_error = false;
  if (FieldCount(checker_.tree(), decl.recv) == 0) {
    DeclareFunction(func, decl, &has_type_param_error);
  } else {
    CollectMethod(func, decl);
  }
  const ast::Ref<ast::FieldList> type_params =
      checker_.Get(decl.type).type_params;
  if (!has_type_param_error && FieldCount(checker_.tree(), type_params) != 0) {
    checker_.VerifyVersion(checker_.AtNode(checker_.tree().Items(
                               checker_.Get(type_params).fields)[0]),
                           18, "type parameter");
  }
  DeclInfo* const info = NewDecl(decl.name);
  info->func_decl = ref;
  AddObject(func, info);
}

void Collector::DeclareFunction(Func* func, const ast::FuncDecl& decl,
                                bool* has_type_param_error) {
  const ast::Tree& tree = checker_.tree();
  const ast::FuncType& type = checker_.Get(decl.type);
  const std::string_view name = func->name->text();
  if (decl.recv.has_value()) {
    checker_.Error(checker_.AtNode(decl.recv), Code::kBadRecv,
                   "method has no receiver");
  }
  const bool is_init = name == "init";
  if (is_init || (name == "main" && checker_.package.name == "main")) {
    const Code code = is_init ? Code::kInvalidInitDecl : Code::kInvalidMainDecl;
    if (FieldCount(tree, type.type_params) != 0) {
      checker_.SoftError(
          checker_.AtNode(tree.Items(checker_.Get(type.type_params).fields)[0]),
          code, fmt::format("func {} must have no type parameters", name));
      *has_type_param_error = true;
    }
    if (FieldCount(tree, type.params) != 0 || type.results.has_value()) {
      checker_.SoftError(
          checker_.AtNode(decl.name), code,
          fmt::format("func {} must have no arguments and no return values",
                      name));
    }
  }
  if (!is_init) {
    checker_.Declare(checker_.package.scope, decl.name, func);
    return;
  }
  // Nothing can refer to it.
  func->parent = checker_.package.scope;
  checker_.RecordDef(decl.name, func);
  if (!decl.body.has_value() && !decl.body_begin.is_valid()) {
    checker_.SoftError(Checker::AtObject(func), Code::kMissingInitBody,
                       "func init must have a body");
  }
}

void Collector::CollectMethod(Func* func, const ast::FuncDecl& decl) {
  const ast::Tree& tree = checker_.tree();
  const auto fields = tree.Items(checker_.Get(decl.recv).fields);
  const ReceiverParts parts =
      UnpackReceiver(checker_, checker_.Get(fields[0]).type);
  const ast::Ref<ast::Ident> base = checker_.AsIdent(parts.base);
  if (base.has_value() && !func->name->is_blank) {
    methods_.push_back({func, parts.is_pointer, checker_.NameOf(base)});
  }
  checker_.RecordDef(decl.name, func);
}

// A file's imports must not hide what the package declares.
void Collector::ReportImportConflicts(const File& file) {
  for (const Scope::Entry& entry : file.scope->entries()) {
    const Object* const other = checker_.package.scope->Lookup(entry.name);
    if (other == nullptr) {
      continue;
    }
    const auto* const import = TryAs<PkgName>(entry.object);
    const Package* const from =
        import != nullptr ? import->imported : entry.object->package;
    std::vector<Checker::ErrorNote> notes;
    if (entry.object->place.is_valid()) {
      notes.push_back(
          {Checker::AtObject(entry.object),
           fmt::format("other declaration of {}", entry.name->text())});
    }
    checker_.ErrorWithNotes(
        Checker::AtObject(other), Code::kDuplicateDecl,
        fmt::format("{} already declared through {} of package {} (\"{}\")",
                    entry.name->text(),
                    import != nullptr ? "import" : "dot-import",
                    from != nullptr ? from->name : "",
                    from != nullptr ? from->path : ""),
        std::move(notes));
  }
}

void Collector::AssociateMethods() {
  for (const Method& method : methods_) {
    bool is_pointer = method.is_pointer;
    if (const TypeName* const base = ResolveBase(method.base, &is_pointer)) {
      method.func->has_pointer_recv = is_pointer;
      checker_.state.methods[base].push_back(method.func);
    }
  }
}

// The defined type that `name` leads to, by syntax alone, through aliases and
// at most one pointer.
TypeName* Collector::ResolveBase(const Name* name, bool* is_pointer) {
  std::unordered_set<const TypeName*> seen;
  for (;;) {
    auto* const type_name =
        TryAs<TypeName>(checker_.package.scope->Lookup(name));
    if (type_name == nullptr || !seen.insert(type_name).second) {
      return nullptr;
    }
    const Unit& unit = *type_name->decl->unit;
    const ast::TypeSpec& spec = unit.tree->Get(type_name->decl->type_spec);
    if (!spec.assign.is_valid()) {
      return type_name;
    }
    if (spec.type_params.has_value()) {
      return nullptr;
    }
    const auto unparen = [&](ast::ExprId expr) {
      while (const auto* const paren =
                 unit.tree->TryGet<ast::ParenExpr>(expr)) {
        expr = paren->x;
      }
      return expr;
    };
    ast::ExprId type = unparen(spec.type);
    if (const auto* const star = unit.tree->TryGet<ast::StarExpr>(type)) {
      if (*is_pointer) {
        return nullptr;
      }
      *is_pointer = true;
      type = unparen(star->x);
    }
    if (type.kind() != ast::NodeKind::kIdent) {
      return nullptr;
    }
    name = unit.NameOf(ast::Ref<ast::Ident>::FromNode(type));
  }
}

}  // namespace

ReceiverParts UnpackReceiver(const Checker& checker, ast::ExprId type) {
  ReceiverParts parts;
  parts.base = checker.Unparen(type);
  if (const auto* const star = checker.TryGet<ast::StarExpr>(parts.base)) {
    parts.is_pointer = true;
    parts.base = checker.Unparen(star->x);
  }
  if (std::optional<IndexedExpr> indexed = checker.AsIndexedExpr(parts.base)) {
    parts.base = indexed->x;
    parts.has_type_params = true;
    parts.type_params = std::move(indexed->indices);
  }
  return parts;
}

size_t FieldCount(const ast::Tree& tree, ast::Ref<ast::FieldList> list) {
  if (!list.has_value()) {
    return 0;
  }
  size_t count = 0;
  for (const ast::Ref<ast::Field> field : tree.Items(tree.Get(list).fields)) {
    count += std::max<size_t>(tree.Get(field).names.size, 1);
  }
  return count;
}

void Checker::CollectObjects() { Collector(*this).Run(); }

void Checker::PackageObjects() {
  for (Object* const object : state.objects) {
    if (object->kind == ObjectKind::kTypeName && object->type != nullptr) {
      CollectMethods(static_cast<TypeName*>(object));
    }
  }
  // Defined types first, then aliases: so that what an alias stands for has
  // been declared wherever that is possible.
  const auto is_alias = [](const Object* object) {
    const DeclInfo& decl = *object->decl;
    return decl.unit->tree->Get(decl.type_spec).assign.is_valid();
  };
  for (const int pass : {0, 1, 2}) {
    for (Object* const object : state.objects) {
      const int wanted = object->kind != ObjectKind::kTypeName ? 2
                         : is_alias(object)                    ? 1
                                                               : 0;
      if (wanted == pass) {
        ObjDecl(object);
      }
    }
  }
  state.methods.clear();
}

void Checker::UnusedImports() {
  for (const PkgName* const import : state.imports) {
    if (import->name->is_blank || state.import_is_used[import->index]) {
      continue;
    }
    const std::string_view path = import->imported->path;
    const std::string_view name = import->name->text();
    const bool is_plain =
        name.empty() || name == "." || name == LastElement(path);
    SoftError(AtObject(import), Code::kUnusedImport,
              is_plain ? fmt::format("\"{}\" imported and not used", path)
                       : fmt::format("\"{}\" imported as {} and not used", path,
                                     name));
  }
}

}  // namespace gdlint::types
