// Signatures: receivers, type parameters, parameters and results.

#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "types/checker.h"
#include "types/decl_internal.h"
#include "types/substitute.h"

namespace gdlint::types {
namespace {

// The type that pointers lead to in the end.
const Type* Unpointer(const Type* type) {
  while (const auto* const pointer = TryAs<Pointer>(type)) {
    type = pointer->elem;
  }
  return type;
}

// `1 type parameter`, `2 type parameters`.
std::string CountText(size_t count, std::string_view unit) {
  return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
}

// Records the type of each part of a receiver's type, `(*(T[P]))`, down to
// T[P].
void RecordReceiverTypes(Checker& checker, ast::ExprId expr, const Type* type) {
  for (;;) {
    checker.RecordTypeAndValue(expr, Mode::kTypeExpr, type);
    if (const auto* const paren = checker.TryGet<ast::ParenExpr>(expr)) {
      expr = paren->x;
      continue;
    }
    const auto* const star = checker.TryGet<ast::StarExpr>(expr);
    const auto* const pointer = TryAs<Pointer>(type);
    if (star == nullptr || pointer == nullptr) {
      return;
    }
    expr = star->x;
    type = pointer->elem;
  }
}

bool IsCgoName(const TypeName* object) {
  if (object->name->text().starts_with("_Ctype_")) {
    return true;
  }
  if (object->place.file == nullptr) {
    return false;
  }
  std::string_view file = object->place.file->source->name();
  file.remove_prefix(file.rfind('/') + 1);
  return file.starts_with("_cgo_");
}

// Reports a receiver whose type may have no methods.
void ValidateReceiver(Checker& checker, ast::ExprId at, const Type* recv) {
  const Type* const type = Deref(recv);
  const Type* const actual = Unalias(type);
  if (!IsValid(actual)) {
    return;
  }
  const auto report = [&](std::string message) {
    checker.Error(checker.AtNode(at), Code::kInvalidRecv, std::move(message));
  };
  const auto* const named = TryAs<Named>(actual);
  if (named == nullptr) {
    if (actual->kind == TypeKind::kBasic) {
      report(fmt::format("cannot define new methods on non-local type {}",
                         checker.Text(type)));
    } else {
      report(fmt::format("invalid receiver type {}", checker.Text(recv)));
    }
    return;
  }
  if (named->obj->package != &checker.package || IsCgoName(named->obj)) {
    report(fmt::format("cannot define new methods on non-local type {}",
                       checker.Text(type)));
    return;
  }
  const Type* const under = Under(named);
  std::string_view cause;
  if (const auto* const basic = TryAs<Basic>(under)) {
    if (basic->basic == BasicKind::kUnsafePointer) {
      cause = "unsafe.Pointer";
    }
  } else if (under->kind == TypeKind::kPointer ||
             under->kind == TypeKind::kInterface) {
    cause = "pointer or interface type";
  }
  if (!cause.empty()) {
    report(fmt::format("invalid receiver type {} ({})", checker.Text(type),
                       cause));
  }
}

// Checks one function type.
class FuncTypeChecker {
 public:
  FuncTypeChecker(Checker& checker, ast::Ref<ast::FieldList> recv,
                  const ast::FuncType& type)
      : checker_(checker), recv_list_(recv), type_(type) {}

  FuncTypeResult Run(ast::Ref<ast::FuncType> ref, Func* declared);

 private:
  // One list's part of vars_.
  struct Section {
    size_t begin = 0;
    size_t size = 0;
  };

  const Type* ReceiverType(const ast::Field& field);
  const Type* PlainReceiverType(const ast::Field& field,
                                const ReceiverParts& parts);
  const Type* GenericReceiverType(const ast::Field& field,
                                  const ReceiverParts& parts);
  const Named* GenericReceiverBase(const ReceiverParts& parts);
  void DeclareReceiverTypeParams(const ReceiverParts& parts);
  bool BindReceiverTypeParams(const Named* base, const ReceiverParts& parts);
  void CollectReceiver(const ast::Field& field);
  Section CollectParams(VarKind kind, ast::Ref<ast::FieldList> list);
  const Type* ParamType(VarKind kind, const ast::Field& field, bool is_last);
  void MakeVariadic(const ast::Field& field);
  void DeclareParams(ast::Ref<ast::FieldList> list, Section section);
  const Tuple* TupleOf(Section section);

  Checker& checker_;
  ast::Ref<ast::FieldList> recv_list_;
  const ast::FuncType& type_;
  FuncTypeResult result_;
  // Of a generic receiver.
  std::vector<const TypeParam*> recv_type_params_;
  // Receiver, parameters and results.
  std::span<Var*> vars_;
  size_t var_count_ = 0;
  bool is_variadic_ = false;
};

FuncTypeResult FuncTypeChecker::Run(ast::Ref<ast::FuncType> ref,
                                    Func* declared) {
  const ast::Tree& tree = checker_.tree();
  const bool has_recv = FieldCount(tree, recv_list_) > 0;
  vars_ = checker_.arena().NewArray<Var*>((has_recv ? 1 : 0) +
                                          FieldCount(tree, type_.params) +
                                          FieldCount(tree, type_.results));
  if (has_recv) {
    const auto fields = tree.Items(tree.Get(recv_list_).fields);
    if (fields.size() > 1) {
      checker_.Error(checker_.AtNode(fields[fields.size() - 1]),
                     Code::kInvalidRecv, "method has multiple receivers");
    }
    CollectReceiver(tree.Get(fields[0]));
  }
  std::span<const TypeParam* const> type_params;
  if (type_.type_params.has_value()) {
    if (recv_list_.has_value()) {
      checker_.Error(checker_.AtNode(type_.type_params),
                     Code::kInvalidMethodTypeParams,
                     "methods cannot have type parameters");
    }
    type_params = checker_.CollectTypeParams(type_.type_params);
    if (declared != nullptr) {
      declared->type =
          checker_.types.SignatureOf(type_params, nullptr, nullptr, false);
    }
  }
  const Section params = CollectParams(VarKind::kParamVar, type_.params);
  const Section results = CollectParams(VarKind::kResultVar, type_.results);

  // Names are in scope behind the signature only.
  if (result_.recv != nullptr && result_.recv->name != nullptr) {
    const ast::Field& field =
        tree.Get(tree.Items(tree.Get(recv_list_).fields)[0]);
    checker_.Declare(checker_.env.scope, tree.Items(field.names)[0],
                     result_.recv);
  }
  DeclareParams(type_.params, params);
  DeclareParams(type_.results, results);

  result_.params = vars_.subspan(params.begin, params.size);
  result_.results = vars_.subspan(results.begin, results.size);
  result_.signature = checker_.types.SignatureOf(
      type_params, TupleOf(params), TupleOf(results), is_variadic_);
  checker_.info().RecordParams(ref, vars_);
  return result_;
}

void FuncTypeChecker::CollectReceiver(const ast::Field& field) {
  const ReceiverParts parts = UnpackReceiver(checker_, field.type);
  const Type* const type = parts.has_type_params
                               ? GenericReceiverType(field, parts)
                               : PlainReceiverType(field, parts);
  const auto names = checker_.tree().Items(field.names);
  if (names.size() > 1) {
    checker_.Error(checker_.AtNode(names.back()), Code::kInvalidRecv,
                   "method has multiple receivers");
  }
  const Name* name = nullptr;
  source::Pos pos = ast::Begin(checker_.tree(), field.type);
  if (!names.empty() && checker_.NameOf(names[0])->size != 0) {
    name = checker_.NameOf(names[0]);
    pos = checker_.Get(names[0]).pos;
  }
  result_.recv = checker_.NewVar(VarKind::kRecvVar, pos, name, type);
  vars_[var_count_++] = result_.recv;
  result_.recv_type_params = checker_.arena().Copy(recv_type_params_);
  checker_.Later([&checker = checker_, at = parts.base, type] {
    ValidateReceiver(checker, at, type);
  });
}

const Type* FuncTypeChecker::PlainReceiverType(const ast::Field& field,
                                               const ReceiverParts& parts) {
  if (const auto* const dots = checker_.TryGet<ast::Ellipsis>(field.type)) {
    checker_.Error(checker_.AtNode(field.type), Code::kInvalidRecv,
                   "invalid use of ...");
    return checker_.VarType(dots->elt);
  }
  const Type* const type = checker_.VarType(field.type);
  // Instances have no methods of their own, whatever they are called.
  const auto* alias = TryAs<Alias>(Unpointer(type));
  while (alias != nullptr && alias->from_rhs != nullptr) {
    const Type* const base = Unpointer(alias->from_rhs);
    const auto* const named = TryAs<Named>(base);
    const auto* const next = TryAs<Alias>(base);
    if ((named != nullptr && !TypeParamsOf(named).empty()) ||
        (next != nullptr && !next->origin->type_params.empty())) {
      checker_.Error(
          checker_.AtNode(parts.base), Code::kInvalidRecv,
          fmt::format("cannot define new methods on instantiated type {}",
                      checker_.Text(base)));
      return InvalidType();
    }
    alias = next;
  }
  return type;
}

// The generic type whose method is declared, or null.
const Named* FuncTypeChecker::GenericReceiverBase(const ReceiverParts& parts) {
  std::string cause;
  const Type* const type = checker_.GenericType(parts.base, &cause);
  const At at = checker_.AtNode(parts.base);
  if (!IsValid(type)) {
    if (!cause.empty()) {
      checker_.Error(at, Code::kInvalidRecv, std::move(cause));
    }
    return nullptr;
  }
  if (type->kind == TypeKind::kAlias) {
    checker_.Error(
        at, Code::kInvalidRecv,
        fmt::format("cannot define new methods on generic alias type {}",
                    checker_.Text(type)));
    return nullptr;
  }
  return TryAs<Named>(type);
}

void FuncTypeChecker::DeclareReceiverTypeParams(const ReceiverParts& parts) {
  for (const ast::ExprId arg : parts.type_params) {
    const ast::Ref<ast::Ident> ident = checker_.AsIdent(arg);
    if (!ident.has_value() && arg.has_value() &&
        arg.kind() != ast::NodeKind::kBadExpr) {
      checker_.Error(
          checker_.AtNode(arg), Code::kBadDecl,
          fmt::format("receiver type parameter {} must be an identifier",
                      checker_.Text(arg)));
    }
    const TypeParam* const type_param = DeclareTypeParam(
        checker_, ident,
        arg.has_value() ? ast::Begin(checker_.tree(), arg) : source::Pos(),
        static_cast<uint32_t>(recv_type_params_.size()));
    recv_type_params_.push_back(type_param);
    // These are uses too, of a type parameter that they declare themselves.
    if (ident.has_value()) {
      checker_.RecordUse(ident, type_param->obj);
      checker_.RecordTypeAndValue(ident, Mode::kTypeExpr, type_param);
    }
  }
}

// Gives the receiver's type parameters the constraints of the type's own.
bool FuncTypeChecker::BindReceiverTypeParams(const Named* base,
                                             const ReceiverParts& parts) {
  const std::span<const TypeParam* const> declared = base->type_params;
  if (declared.size() != recv_type_params_.size()) {
    checker_.Error(
        checker_.AtNode(parts.base), Code::kBadRecv,
        fmt::format("receiver declares {}, but receiver base type declares {}",
                    CountText(recv_type_params_.size(), "type parameter"),
                    declared.size()));
    return false;
  }
  const std::vector<const Type*> renamed(recv_type_params_.begin(),
                                         recv_type_params_.end());
  for (size_t i = 0; i < declared.size(); ++i) {
    const Type* const bound = declared[i]->bound;
    const_cast<TypeParam*>(recv_type_params_[i])->bound =
        bound == nullptr
            ? InvalidType()
            : Substitute(checker_.types, bound, {declared, renamed});
  }
  return true;
}

const Type* FuncTypeChecker::GenericReceiverType(const ast::Field& field,
                                                 const ReceiverParts& parts) {
  // The base is resolved before type parameters of the same name hide it.
  const Named* const base = GenericReceiverBase(parts);
  DeclareReceiverTypeParams(parts);
  if (base == nullptr || !BindReceiverTypeParams(base, parts)) {
    return InvalidType();
  }
  checker_.VerifyVersion(checker_.AtNode(parts.base), 18, "type instantiation");
  const std::vector<const Type*> type_args(recv_type_params_.begin(),
                                           recv_type_params_.end());
  const Type* type = checker_.types.InstanceOf(base, type_args);
  checker_.RecordInstance(parts.base, type_args, type);
  if (parts.is_pointer) {
    type = checker_.types.PointerTo(type);
  }
  RecordReceiverTypes(checker_, field.type, type);
  return type;
}

const Type* FuncTypeChecker::ParamType(VarKind kind, const ast::Field& field,
                                       bool is_last) {
  const auto* const dots = checker_.TryGet<ast::Ellipsis>(field.type);
  if (dots == nullptr) {
    return checker_.VarType(field.type);
  }
  // The parser has reported it elsewhere.
  if (kind == VarKind::kParamVar && is_last && field.names.size <= 1) {
    is_variadic_ = true;
  }
  return checker_.VarType(dots->elt);
}

FuncTypeChecker::Section FuncTypeChecker::CollectParams(
    VarKind kind, ast::Ref<ast::FieldList> list) {
  Section section{var_count_, 0};
  if (!list.has_value()) {
    return section;
  }
  const ast::Tree& tree = checker_.tree();
  const auto fields = tree.Items(tree.Get(list).fields);
  bool has_named = false;
  bool has_anonymous = false;
  for (size_t i = 0; i < fields.size(); ++i) {
    const ast::Field& field = tree.Get(fields[i]);
    const Type* const type = ParamType(kind, field, i + 1 == fields.size());
    for (const ast::Ref<ast::Ident> ident : tree.Items(field.names)) {
      const Name* const name = checker_.NameOf(ident);
      vars_[var_count_++] =
          checker_.NewVar(kind, tree.Get(ident).pos, name, type);
      has_named = true;
    }
    if (field.names.empty()) {
      const auto* const dots = checker_.TryGet<ast::Ellipsis>(field.type);
      const ast::ExprId at = dots != nullptr ? dots->elt : field.type;
      vars_[var_count_++] = checker_.NewVar(
          kind, at.has_value() ? ast::Begin(tree, at) : source::Pos(), nullptr,
          type);
      has_anonymous = true;
    }
  }
  if (has_named && has_anonymous) {
    checker_.Error(checker_.AtNode(list), Code::kInvalidSyntaxTree,
                   "list contains both named and anonymous parameters");
  }
  if (kind == VarKind::kParamVar && is_variadic_) {
    MakeVariadic(tree.Get(fields[fields.size() - 1]));
  }
  section.size = var_count_ - section.begin;
  return section;
}

void FuncTypeChecker::MakeVariadic(const ast::Field& field) {
  Var* const last = vars_[var_count_ - 1];
  last->type = checker_.types.SliceOf(last->type);
  checker_.RecordTypeAndValue(field.type, Mode::kTypeExpr, last->type);
}

void FuncTypeChecker::DeclareParams(ast::Ref<ast::FieldList> list,
                                    Section section) {
  if (!list.has_value()) {
    return;
  }
  const ast::Tree& tree = checker_.tree();
  size_t at = section.begin;
  for (const ast::Ref<ast::Field> ref : tree.Items(tree.Get(list).fields)) {
    const ast::Field& field = tree.Get(ref);
    if (field.names.empty()) {
      ++at;
    }
    for (const ast::Ref<ast::Ident> ident : tree.Items(field.names)) {
      checker_.Declare(checker_.env.scope, ident, vars_[at++]);
    }
  }
}

const Tuple* FuncTypeChecker::TupleOf(Section section) {
  constexpr size_t kFew = 16;
  Param few[kFew];
  std::vector<Param> many;
  std::span<Param> params(few);
  if (section.size > kFew) {
    many.resize(section.size);
    params = many;
  }
  params = params.first(section.size);
  for (size_t i = 0; i < section.size; ++i) {
    const Var* const var = vars_[section.begin + i];
    params[i] = {var->name, var->type};
  }
  return checker_.types.TupleOf(params);
}

}  // namespace

FuncTypeResult Checker::CheckFuncType(ast::Ref<ast::FieldList> recv,
                                      ast::Ref<ast::FuncType> type,
                                      Func* declared) {
  return FuncTypeChecker(*this, recv, Get(type)).Run(type, declared);
}

}  // namespace gdlint::types
