// Declarations of constants, variables and functions, and the order in which
// objects are declared.

#include <utility>

#include <fmt/format.h>

#include "types/checker.h"
#include "types/decl_internal.h"
#include "types/declaration.h"
#include "types/substitute.h"

namespace gdlint::types {
namespace {

// What a cycle of declarations consists of.
struct CycleContent {
  bool is_through_type_params = false;
  size_t values = 0;
  size_t defined_types = 0;
};

CycleContent ContentOf(const Checker& checker, std::span<Object* const> cycle) {
  CycleContent content;
  for (const Object* const object : cycle) {
    switch (object->kind) {
      case ObjectKind::kConst:
      case ObjectKind::kVar:
        ++content.values;
        break;
      case ObjectKind::kTypeName:
        if (checker.env.in_type_param_list && object->type != nullptr &&
            IsGeneric(object->type)) {
          content.is_through_type_params = true;
          return content;
        }
        if (!IsAlias(static_cast<const TypeName*>(object))) {
          ++content.defined_types;
        }
        break;
      default:
        break;
    }
  }
  return content;
}

// A position in the package's files that can be ordered.
std::pair<size_t, uint32_t> SourceKey(const Package& package,
                                      const Place& place) {
  size_t index = 0;
  while (index < package.files.size() &&
         package.files[index].get() != place.file) {
    ++index;
  }
  // What is elsewhere comes first.
  return {index == package.files.size() ? 0 : index + 1, place.pos.raw};
}

// A target for an initialiser if the variable is known to be a function.
std::optional<Target> TargetFor(const Var& var) {
  if (var.type != nullptr) {
    if (const auto* const signature = UnderAs<Signature>(var.type)) {
      return Target{signature, std::string(var.name->text())};
    }
  }
  return std::nullopt;
}

// Declares what a declaration among statements declares.
class LocalDeclarations {
 public:
  explicit LocalDeclarations(Checker& checker) : checker_(checker) {}

  void Import(ast::Ref<ast::ImportSpec>) {}

  void Const(const ConstSpec& spec) {
    const size_t first_delayed = checker_.delayed.size();
    const auto names = checker_.tree().Items(spec.spec->names);
    const auto values = checker_.tree().Items(spec.values);
    std::vector<types::Const*> objects;
    for (size_t i = 0; i < names.size(); ++i) {
      auto* const object = checker_.NewObject<types::Const>(
          checker_.Get(names[i]).pos, checker_.NameOf(names[i]), nullptr);
      object->value = constant::MakeInt64(spec.spec->iota);
      objects.push_back(object);
      checker_.ConstDecl(object, spec.type,
                         i < values.size() ? values[i] : ast::ExprId(),
                         spec.is_inherited);
    }
    // Function literals see the scope as it is before.
    checker_.ProcessDelayed(first_delayed);
    for (size_t i = 0; i < names.size(); ++i) {
      checker_.Declare(checker_.env.scope, names[i], objects[i]);
    }
  }

  void Var(const ast::ValueSpec& spec) {
    const size_t first_delayed = checker_.delayed.size();
    const auto names = checker_.tree().Items(spec.names);
    const auto values = checker_.tree().Items(spec.values);
    std::vector<types::Var*> objects;
    for (const ast::Ref<ast::Ident> name : names) {
      objects.push_back(checker_.NewVar(VarKind::kLocalVar,
                                        checker_.Get(name).pos,
                                        checker_.NameOf(name), nullptr));
    }
    const bool is_paired = values.size() == names.size();
    for (size_t i = 0; i < objects.size(); ++i) {
      const bool is_shared = !is_paired && values.size() == 1;
      const ast::ExprId init = is_shared           ? values[0]
                               : i < values.size() ? values[i]
                                                   : ast::ExprId();
      checker_.VarDecl(objects[i],
                       is_shared ? std::span<types::Var* const>(objects)
                                 : std::span<types::Var* const>(),
                       spec.type, init);
      if (values.size() == 1) {
        // All variables have a type now.
        break;
      }
    }
    checker_.ProcessDelayed(first_delayed);
    for (size_t i = 0; i < objects.size(); ++i) {
      checker_.Declare(checker_.env.scope, names[i], objects[i]);
    }
  }

  void Type(ast::Ref<ast::TypeSpec> ref) {
    const ast::Ref<ast::Ident> ident = checker_.Get(ref).name;
    auto* const object = checker_.NewObject<TypeName>(
        checker_.Get(ident).pos, checker_.NameOf(ident), nullptr);
    checker_.Declare(checker_.env.scope, ident, object);
    object->path_index = static_cast<int32_t>(checker_.object_path.size());
    checker_.object_path.push_back(object);
    checker_.TypeDecl(object, ref);
    checker_.object_path.pop_back();
    object->path_index = -1;
  }

 private:
  Checker& checker_;
};

}  // namespace

int ComparePlaces(const Package& package, const Place& a, const Place& b) {
  const auto x = SourceKey(package, a);
  const auto y = SourceKey(package, b);
  return x < y ? -1 : (y < x ? 1 : 0);
}

size_t FirstInSource(const Package& package, std::span<Object* const> path) {
  size_t first = 0;
  for (size_t i = 1; i < path.size(); ++i) {
    if (ComparePlaces(package, path[i]->place, path[first]->place) < 0) {
      first = i;
    }
  }
  return first;
}

void Checker::Declare(Scope* scope, ast::Ref<ast::Ident> ident,
                      Object* object) {
  if (!object->name->is_blank && object->name->size != 0) {
    if (const Object* const other = scope->Insert(object)) {
      std::vector<ErrorNote> notes;
      if (other->place.is_valid()) {
        notes.push_back({AtObject(other), fmt::format("other declaration of {}",
                                                      other->name->text())});
      }
      ErrorWithNotes(
          AtObject(object), Code::kDuplicateDecl,
          fmt::format("{} redeclared in this block", object->name->text()),
          std::move(notes));
      return;
    }
    auto* const var = TryAs<Var>(object);
    if (var != nullptr && var->var_kind == VarKind::kLocalVar) {
      local_vars.push_back(var);
    }
  }
  if (ident.has_value()) {
    RecordDef(ident, object);
  }
}

void Checker::ObjDecl(Object* object) {
  // An object is unknown (no type), pending (on the path) or known. Referring
  // to a pending one is a cycle, which may be valid.
  if (object->path_index >= 0) {
    const bool is_valid = ValidCycle(object);
    const bool is_value =
        object->kind == ObjectKind::kConst || object->kind == ObjectKind::kVar;
    // A function keeps the empty signature that it has meanwhile.
    if (object->kind != ObjectKind::kFunc &&
        (!is_valid || (is_value && object->type == nullptr))) {
      object->type = InvalidType();
    }
    return;
  }
  if (object->type != nullptr) {
    return;
  }
  DeclInfo* const decl = object->decl;
  if (decl == nullptr || is_body) {
    object->type = InvalidType();
    return;
  }
  object->path_index = static_cast<int32_t>(object_path.size());
  object_path.push_back(object);
  const Environment outer = std::exchange(env, {});
  env.unit = decl->unit;
  env.scope = decl->scope;
  env.version = decl->version;
  switch (object->kind) {
    case ObjectKind::kConst:
      env.decl = decl;
      ConstDecl(static_cast<Const*>(object), decl->type, decl->init,
                decl->is_inherited);
      break;
    case ObjectKind::kVar:
      env.decl = decl;
      VarDecl(static_cast<Var*>(object), decl->lhs, decl->type, decl->init);
      break;
    case ObjectKind::kTypeName:
      TypeDecl(static_cast<TypeName*>(object), decl->type_spec);
      CollectMethods(static_cast<TypeName*>(object));
      break;
    case ObjectKind::kFunc:
      FuncDecl(static_cast<Func*>(object), *decl);
      break;
    default:
      break;
  }
  env = outer;
  object_path.pop_back();
  object->path_index = -1;
  if (object->type == nullptr) {
    object->type = InvalidType();
  }
  if (TakeGivenUp()) {
    ReportGivenUp(AtObject(object));
  }
}

bool Checker::ValidCycle(Object* object) {
  const std::span<Object* const> cycle =
      std::span<Object* const>(object_path).subspan(object->path_index);
  const CycleContent content = ContentOf(*this, cycle);
  if (content.is_through_type_params) {
    return true;
  }
  // Cycles of values alone are reported with the order of initialisation.
  if (content.values == cycle.size()) {
    return true;
  }
  // Types need a definition to refer to, else they are endless.
  if (content.values == 0 && content.defined_types > 0) {
    return true;
  }
  CycleError(cycle, FirstInSource(package, cycle));
  return false;
}

void Checker::CycleError(std::span<Object* const> cycle, size_t start,
                         std::optional<At> place) {
  const Object* object = cycle[start];
  const bool is_type = object->kind == ObjectKind::kTypeName;
  if (const auto* const alias = TryAs<Alias>(is_type ? object->type : nullptr);
      alias != nullptr && object->package == &package) {
    // So that it is not reported again wherever it is used.
    const_cast<Alias*>(alias)->from_rhs = InvalidType();
  }
  const At at = place.value_or(AtObject(object));
  const std::string name = QualifiedName(object);
  if (cycle.size() == 1) {
    Error(at, Code::kInvalidDeclCycle,
          fmt::format("{}: {} refers to itself",
                      is_type ? "invalid recursive type"
                              : "invalid cycle in declaration",
                      name));
    return;
  }
  std::vector<ErrorNote> notes;
  for (size_t i = 0; i < cycle.size(); ++i) {
    const Object* const next = cycle[(start + i + 1) % cycle.size()];
    notes.push_back(
        {AtObject(object), fmt::format("{} refers to {}", QualifiedName(object),
                                       QualifiedName(next))});
    object = next;
  }
  ErrorWithNotes(at, Code::kInvalidDeclCycle,
                 (is_type ? "invalid recursive type "
                          : "invalid cycle in declaration of ") +
                     name,
                 std::move(notes));
}

void Checker::ArityMatch(const ast::ValueSpec& spec,
                         const ast::ValueSpec* inherited) {
  if (spec.names.empty()) {
    return;
  }
  const auto names = tree().Items(spec.names);
  const auto values = tree().Items(spec.values);
  const size_t wanted = names.size();
  const size_t given =
      inherited != nullptr ? inherited->values.size : values.size();
  if (inherited == nullptr && given == 0) {
    if (!spec.type.has_value()) {
      Error(AtNode(names[0]), Code::kWrongAssignCount,
            "missing type or init expr");
    }
  } else if (wanted < given) {
    if (wanted < values.size()) {
      Error(AtNode(values[wanted]), Code::kWrongAssignCount,
            fmt::format("extra init expr {}", Text(values[wanted])));
    } else {
      const auto at = AtNode(tree().Items(inherited->names)[0]);
      Error(AtNode(names[0]), Code::kWrongAssignCount,
            fmt::format("extra init expr at {}",
                        PlaceText({at.file, at.span.begin})));
    }
  } else if (wanted > given && (inherited != nullptr || given != 1)) {
    Error(
        AtNode(names[given]), Code::kWrongAssignCount,
        fmt::format("missing init expr for {}", NameOf(names[given])->text()));
  }
}

void Checker::ConstDecl(Const* object, ast::ExprId type, ast::ExprId init,
                        bool is_inherited) {
  const std::optional<int64_t> outer_iota = env.iota;
  const std::optional<At> outer_error_at = env.error_at;
  env.iota = constant::Int64Value(object->value);
  env.error_at.reset();
  object->value = Value();

  bool has_type_error = false;
  if (type.has_value()) {
    object->type = Typ(type);
    if (!IsConstType(object->type)) {
      if (IsValid(Under(object->type))) {
        Error(AtNode(type), Code::kInvalidConstType,
              fmt::format("invalid constant type {}", Text(object->type)));
      }
      object->type = InvalidType();
      has_type_error = true;
    }
  }
  if (!has_type_error) {
    Operand x;
    if (init.has_value()) {
      if (is_inherited) {
        env.error_at = AtObject(object);
      }
      Expr(nullptr, x, init);
    }
    InitConst(object, x);
  }
  env.iota = outer_iota;
  env.error_at = outer_error_at;
}

void Checker::VarDecl(Var* object, std::span<Var* const> lhs, ast::ExprId type,
                      ast::ExprId init) {
  if (type.has_value()) {
    object->type = VarType(type);
  }
  if (!init.has_value()) {
    if (!type.has_value()) {
      object->type = InvalidType();
    }
    return;
  }
  if (type.has_value() && package.is_dependency && !is_body) {
    // Only the package itself needs to know its value.
    return;
  }
  if (lhs.size() <= 1) {
    const std::optional<Target> target = TargetFor(*object);
    Operand x;
    Expr(target.has_value() ? &*target : nullptr, x, init);
    InitVar(object, x, "variable declaration");
    return;
  }
  if (type.has_value()) {
    for (Var* const var : lhs) {
      var->type = object->type;
    }
  }
  InitVars(lhs, std::span(&init, 1), {});
}

void Checker::FuncDecl(Func* object, DeclInfo& decl) {
  // Until it is known, for cycles.
  object->type = types.SignatureOf({}, nullptr, nullptr, false);
  const ast::FuncDecl& func = Get(decl.func_decl);
  const Scope* const scope = OpenScope(/*is_function=*/true);
  const FuncTypeResult result = CheckFuncType(func.recv, func.type, object);
  CloseScope();
  decl.func_names = package.arena.Copy(scope->entries());
  decl.has_func_names = true;
  object->type = result.signature;
  object->recv = result.recv != nullptr ? result.recv->type : nullptr;
  object->recv_type_params = result.recv_type_params;
  decl.func_vars = info().Params(func.type);
  const bool has_body = func.body.has_value() || func.body_begin.is_valid();
  if (!has_body && FieldCount(tree(), Get(func.type).type_params) > 0) {
    SoftError(AtNode(func.name), Code::kBadDecl,
              "generic function is missing function body");
  }
}

void Checker::DeclStmt(ast::DeclId decl) {
  const auto* const general = TryGet<ast::GenDecl>(decl);
  if (general != nullptr) {
    WalkSpecs(*this, *general, LocalDeclarations(*this));
  }
}

}  // namespace gdlint::types
