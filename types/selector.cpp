// Selectors: members of packages, fields, method values and method
// expressions. After the spec's sections "Qualified identifiers", "Selectors",
// "Method expressions" and "Method values". Also Use, for what an error left
// without a use.

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "support/unicode.h"
#include "support/utf8.h"
#include "types/call_internal.h"
#include "types/checker.h"
#include "types/lookup.h"

namespace gdlint::types {
namespace {

// False for what the parser invents, and for characters that it reported.
bool IsValidName(std::string_view name) {
  bool is_first = true;
  while (!name.empty()) {
    const Utf8Character c = DecodeUtf8(name);
    if (c.value != '_' && !IsUnicodeLetter(c.value) &&
        (is_first || !IsUnicodeDigit(c.value))) {
      return false;
    }
    is_first = false;
    name.remove_prefix(c.length);
  }
  return true;
}

std::string_view WithoutFirstCharacter(std::string_view name) {
  return name.substr(DecodeUtf8(name).length);
}

void Fail(Operand& x, ast::Ref<ast::SelectorExpr> expr) {
  x.Invalidate();
  x.type = InvalidType();
  x.expr = expr;
}

// The first exported member, by name, that is `name` but for the case of
// letters.
const Object* SimilarMember(const Package& package, const Name* name) {
  const Object* best = nullptr;
  for (const Scope::Entry& entry : package.scope->entries()) {
    if (entry.name->is_exported &&
        (best == nullptr || entry.name->text() < best->name->text()) &&
        SameId(entry.object, entry.object->package, name, true)) {
      best = entry.object;
    }
  }
  return best;
}

void ReportMissingMember(Checker& checker, ast::Ref<ast::SelectorExpr> expr,
                         const Package& package, const Name* name) {
  if (package.is_fake || !IsValidName(name->text())) {
    return;
  }
  const Object* const similar = SimilarMember(package, name);
  checker.Error(checker.AtNode(checker.Get(expr).sel),
                Code::kUndeclaredImportedName,
                similar != nullptr
                    ? fmt::format("undefined: {} (but have {})",
                                  checker.Text(expr), similar->name->text())
                    : fmt::format("undefined: {}", checker.Text(expr)));
}

// Makes `x` what a package's member denotes.
void DenoteMember(Operand& x, Object* member) {
  x.type = member->type != nullptr ? member->type : InvalidType();
  switch (member->kind) {
    case ObjectKind::kConst:
      x.mode = Mode::kConstant;
      x.value = static_cast<Const*>(member)->value;
      break;
    case ObjectKind::kTypeName:
      x.mode = Mode::kTypeExpr;
      break;
    case ObjectKind::kVar:
      x.mode = Mode::kVariable;
      break;
    case ObjectKind::kFunc:
      x.mode = Mode::kValue;
      break;
    case ObjectKind::kBuiltin:
      x.mode = Mode::kBuiltin;
      x.builtin = static_cast<types::Builtin*>(member)->id;
      break;
    default:
      x.Invalidate();
      break;
  }
}

void PackageMember(Checker& checker, Operand& x,
                   ast::Ref<ast::SelectorExpr> ref, PkgName* import) {
  const ast::SelectorExpr& expr = checker.Get(ref);
  checker.RecordUse(checker.AsIdent(expr.x), import);
  checker.UseImport(import);
  const Package* const package = import->imported;
  const Name* const name = checker.NameOf(expr.sel);
  // A package whose check did not come to its end is fake too, and of what is
  // in its scope nothing is certain.
  Object* const member = package != nullptr && !package->is_fake
                             ? package->scope->Lookup(name)
                             : nullptr;
  if (member == nullptr) {
    if (package != nullptr && package->scope != nullptr) {
      ReportMissingMember(checker, ref, *package, name);
    }
    Fail(x, ref);
    return;
  }
  if (!name->is_exported) {
    checker.Error(checker.AtNode(expr.sel), Code::kUnexportedName,
                  fmt::format("name {} not exported by package {}",
                              name->text(), package->name));
  }
  checker.RecordUse(expr.sel, member);
  DenoteMember(x, member);
  x.expr = ref;
}

// Why the lookup of `name` in the type of `x` found nothing.
std::string MissingText(Checker& checker, const Operand& x, const Name* name) {
  const Pointer* const pointer = UnderAs<Pointer>(x.type);
  if (pointer != nullptr && IsInterface(pointer->elem)) {
    return fmt::format(
        "type {} is pointer to {}, not {}", checker.Text(x.type),
        IsTypeParam(pointer->elem) ? "type parameter" : "interface",
        IsTypeParam(pointer->elem) ? "type parameter" : "interface");
  }
  const LookupResult similar = LookupFieldOrMethod(
      x.type, x.mode == Mode::kVariable, &checker.package, name, true);
  return LookupErrorText(checker, x.type, name, similar.object, false);
}

void ReportMissing(Checker& checker, const Operand& x,
                   const ast::SelectorExpr& expr, const LookupResult& found) {
  // Of an invalid type anything may be missing.
  if (!IsValid(Under(x.type))) {
    return;
  }
  const At at = checker.AtNode(expr.sel);
  const Name* const name = checker.NameOf(expr.sel);
  if (found.is_too_complex) {
    checker.Error(at, Code::kTooComplex,
                  fmt::format("embedded fields of {} are too complex",
                              checker.Text(x.type)));
    return;
  }
  if (found.is_ambiguous) {
    checker.Error(at, Code::kAmbiguousSelector,
                  fmt::format("ambiguous selector {}.{}", checker.Text(x.expr),
                              name->text()));
    return;
  }
  if (found.needs_pointer) {
    const std::string type = checker.Text(x.type);
    checker.Error(
        at, Code::kInvalidMethodExpr,
        x.mode == Mode::kTypeExpr
            ? fmt::format("invalid method expression {0}.{1} (needs pointer "
                          "receiver (*{0}).{1})",
                          type, name->text())
            : fmt::format("cannot call pointer method {} on {}", name->text(),
                          type));
    return;
  }
  const size_t error_count = checker.errors.size();
  checker.Error(at, Code::kMissingFieldOrMethod,
                fmt::format("{}.{} undefined ({})", checker.Text(x.expr),
                            name->text(), MissingText(checker, x, name)));
  checker.NoteUnknown(error_count, {x.type});
}

// The signature of the method that was found; null while it is being declared.
const Signature* SignatureOfFound(Checker& checker, const LookupResult& found) {
  Func* const method = static_cast<Func*>(found.object);
  // Methods of the package itself are declared when they are first needed.
  if (method->type == nullptr && method->decl != nullptr) {
    checker.ObjDecl(method);
  }
  if (method->type == nullptr) {
    return nullptr;
  }
  const Named* const owner = found.method_owner;
  return owner != nullptr && owner->is_instance()
             ? MethodSignature(checker.types, method, owner)
             : method->signature();
}

// A method of an instance is not the declared one, so that the order of
// initialisation does not see through it.
void DependOnMethod(Checker& checker, const LookupResult& found) {
  if (found.method_owner == nullptr || !found.method_owner->is_instance()) {
    checker.AddDependency(found.object);
  }
}

const Name* ReceiverName(const Checker& checker, const Func* method) {
  const DeclInfo* const decl = method->decl;
  if (decl != nullptr && !decl->func_vars.empty()) {
    const Var* const recv = decl->func_vars.front();
    if (recv->var_kind == VarKind::kRecvVar && recv->name != nullptr) {
      return recv->name;
    }
  }
  return checker.table.names().blank();
}

// `T.m`: a function whose first parameter is the receiver.
void MethodExpression(Checker& checker, Operand& x,
                      ast::Ref<ast::SelectorExpr> ref,
                      const LookupResult& found) {
  const ast::SelectorExpr& expr = checker.Get(ref);
  const Func* const method = TryAs<Func>(found.object);
  if (method == nullptr) {
    const std::string_view name = checker.NameOf(expr.sel)->text();
    checker.Error(
        checker.AtNode(expr.sel), Code::kMissingFieldOrMethod,
        fmt::format("{}.{} undefined (type {} has no method {})",
                    checker.Text(x.expr), name, checker.Text(x.type), name));
    Fail(x, ref);
    return;
  }
  const Signature* const signature = SignatureOfFound(checker, found);
  if (signature == nullptr) {
    checker.RecordUse(expr.sel, found.object);
    checker.Error(checker.AtNode(ref), Code::kInvalidDeclCycle,
                  "illegal cycle in method declaration");
    Fail(x, ref);
    return;
  }
  const std::span<const Param> rest = ParamsOf(signature->params);
  // All parameters have names, or none.
  const bool has_names = !rest.empty() && rest.front().name != nullptr;
  std::vector<Param> params;
  params.reserve(rest.size() + 1);
  params.push_back(
      {has_names ? ReceiverName(checker, method) : nullptr, x.type});
  params.insert(params.end(), rest.begin(), rest.end());
  const Type* const type = checker.types.SignatureOf(
      signature->type_params, checker.types.TupleOf(params), signature->results,
      signature->variadic);
  checker.RecordSelection(ref, SelectionKind::kMethodExpr, x.type, found, type);
  x.mode = Mode::kValue;
  x.type = type;
  x.expr = ref;
  DependOnMethod(checker, found);
}

// `x.f` or `x.m`.
void FieldOrMethodValue(Checker& checker, Operand& x,
                        ast::Ref<ast::SelectorExpr> ref,
                        const LookupResult& found) {
  if (found.object->kind == ObjectKind::kVar) {
    const Type* const type = found.object->type;
    checker.RecordSelection(ref, SelectionKind::kFieldVal, x.type, found, type);
    x.mode = x.mode == Mode::kVariable || found.is_indirect ? Mode::kVariable
                                                            : Mode::kValue;
    x.type = type;
    x.expr = ref;
    return;
  }
  const Signature* signature = SignatureOfFound(checker, found);
  if (signature == nullptr) {
    // In its own declaration, which is reported.
    signature = checker.types.SignatureOf({}, nullptr, nullptr, false);
  }
  checker.RecordSelection(ref, SelectionKind::kMethodVal, x.type, found,
                          signature);
  x.mode = Mode::kValue;
  x.type = signature;
  x.expr = ref;
  DependOnMethod(checker, found);
}

}  // namespace

std::string LookupErrorText(const Checker& checker, const Type* type,
                            const Name* name, const Object* alternative,
                            bool is_struct_literal) {
  enum { kMissing, kMisspelled, kUnexported, kInaccessible } problem = kMissing;
  const std::string_view wanted = name->text();
  std::string_view other;
  std::string_view what;
  if (alternative != nullptr) {
    const Name* const found = alternative->name;
    other = found->text();
    what = alternative->kind == ObjectKind::kVar ? "field" : "method";
    const bool differs_in_first =
        WithoutFirstCharacter(wanted) == WithoutFirstCharacter(other);
    if (alternative->package == &checker.package ||
        (found->is_exported && (name->is_exported || differs_in_first))) {
      problem = kMisspelled;
    } else if (name->is_exported && differs_in_first) {
      problem = kUnexported;
    } else if (name == found) {
      problem = kInaccessible;
    }
  }
  const std::string of_type = checker.Text(type);
  if (is_struct_literal) {
    switch (problem) {
      case kInaccessible:
        return fmt::format(
            "cannot refer to unexported field {} in struct literal of type {}",
            other, of_type);
      case kMisspelled:
        return fmt::format(
            "unknown field {} in struct literal of type {}, but does have {}",
            wanted, of_type, other);
      case kUnexported:
        return fmt::format(
            "unknown field {} in struct literal of type {}, but does have "
            "unexported {}",
            wanted, of_type, other);
      case kMissing:
        break;
    }
    return fmt::format("unknown field {} in struct literal of type {}", wanted,
                       of_type);
  }
  switch (problem) {
    case kInaccessible:
      return fmt::format("cannot refer to unexported {} {}", what, other);
    case kMisspelled:
      return fmt::format(
          "type {} has no field or method {}, but does have {} {}", of_type,
          wanted, what, other);
    case kUnexported:
      return fmt::format(
          "type {} has no field or method {}, but does have unexported {} {}",
          of_type, wanted, what, other);
    case kMissing:
      break;
  }
  return fmt::format("type {} has no field or method {}", of_type, wanted);
}

void Checker::Selector(Operand& x, ast::Ref<ast::SelectorExpr> ref,
                       bool wants_type) {
  const ast::SelectorExpr& expr = Get(ref);
  if (const ast::Ref<ast::Ident> ident = AsIdent(expr.x); ident.has_value()) {
    Object* const object = env.scope->LookupAround(NameOf(ident)).object;
    if (PkgName* const import = TryAs<PkgName>(object)) {
      PackageMember(*this, x, ref, import);
      return;
    }
  }
  ExprOrType(x, expr.x, false);
  if (x.mode == Mode::kBuiltin) {
    Error(AtNode(expr.sel), Code::kUncalledBuiltin,
          fmt::format("invalid use of {} in selector expression", Text(x)));
    x.Invalidate();
  }
  if (!x.is_valid()) {
    Fail(x, ref);
    return;
  }
  // What follows gives no types. The type of `x` may be incomplete here, and
  // must not be looked into.
  if (wants_type) {
    Error(AtNode(expr.sel), Code::kNotAType, Text(ref) + " is not a type");
    Fail(x, ref);
    return;
  }
  const LookupResult found = LookupFieldOrMethod(
      x.type, x.mode == Mode::kVariable, &package, NameOf(expr.sel));
  if (found.object == nullptr) {
    ReportMissing(*this, x, expr, found);
    Fail(x, ref);
  } else if (x.mode == Mode::kTypeExpr) {
    MethodExpression(*this, x, ref, found);
  } else {
    FieldOrMethodValue(*this, x, ref, found);
  }
}

bool Checker::Use(std::span<const ast::ExprId> exprs) {
  bool is_ok = true;
  for (const ast::ExprId expr : exprs) {
    is_ok = UseOne(expr, false) && is_ok;
  }
  return is_ok;
}

bool Checker::UseLhs(std::span<const ast::ExprId> exprs) {
  bool is_ok = true;
  for (const ast::ExprId expr : exprs) {
    is_ok = UseOne(expr, true) && is_ok;
  }
  return is_ok;
}

bool Checker::UseOne(ast::ExprId expr, bool is_lhs) {
  if (!expr.has_value()) {
    return true;
  }
  Operand x;
  x.mode = Mode::kValue;
  const ast::Ref<ast::Ident> ident = AsIdent(Unparen(expr));
  if (!ident.has_value()) {
    RawExpr(nullptr, x, expr, nullptr, true);
    return x.is_valid();
  }
  const Name* const name = NameOf(ident);
  if (name->is_blank) {
    return true;
  }
  // To assign to a variable is not to use it.
  Var* assigned = nullptr;
  if (is_lhs) {
    assigned = TryAs<Var>(env.scope->LookupAround(name).object);
    if (assigned != nullptr && assigned->var_kind == VarKind::kPackageVar) {
      assigned = nullptr;
    }
  }
  const bool was_used = assigned != nullptr && assigned->is_used;
  ExprOrType(x, ident, true);
  if (assigned != nullptr && assigned->is_used != was_used) {
    assigned->is_used = was_used;
  }
  return x.is_valid();
}

}  // namespace gdlint::types
