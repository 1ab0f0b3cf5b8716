#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "source/line_table.h"
#include "types/checker.h"
#include "types/decl_internal.h"
#include "types/expr_string.h"
#include "types/lookup.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

std::string_view CodeText(Code code) {
  static constexpr std::string_view kTexts[] = {
#define TYPE_CODE(Name, Text) Text,
#include "types/codes.def"
  };
  return kTexts[static_cast<size_t>(code)];
}

// Names of packages that messages must tell apart by their paths.
class PackageNames {
 public:
  void Visit(const Package* package) {
    if (package == nullptr || !seen_.insert(package).second) {
      return;
    }
    const auto [known, is_new] =
        paths_.emplace(package->name, std::string_view(package->path));
    if (!is_new && known->second != package->path) {
      ambiguous_.insert(package->name);
    }
    for (const ImportedPackage& import : package->imports) {
      Visit(import.package);
    }
  }
  std::unordered_set<std::string_view> Take() { return std::move(ambiguous_); }

 private:
  std::unordered_set<const Package*> seen_;
  std::unordered_map<std::string_view, std::string_view> paths_;
  std::unordered_set<std::string_view> ambiguous_;
};

// The same error again, because what is wrong is evaluated once for each of
// several variables. Copies follow each other closely.
bool IsRepeated(std::span<const TypeError> errors, const At& at,
                std::string_view message) {
  constexpr size_t kLookBack = 8;
  const auto recent = errors.last(std::min(errors.size(), kLookBack));
  return std::ranges::any_of(recent, [&](const TypeError& error) {
    return error.file == at.file &&
           error.diagnostic.span.begin == at.span.begin &&
           error.diagnostic.text == message;
  });
}

std::string_view ModeText(Mode mode) {
  switch (mode) {
    case Mode::kInvalid:
      return "invalid operand";
    case Mode::kNoValue:
      return "no value";
    case Mode::kBuiltin:
      return "built-in";
    case Mode::kTypeExpr:
      return "type";
    case Mode::kConstant:
      return "constant";
    case Mode::kVariable:
      return "variable";
    case Mode::kMapIndex:
      return "map index expression";
    case Mode::kValue:
    case Mode::kNilValue:
      return "value";
    case Mode::kCommaOk:
      return "comma, ok expression";
    case Mode::kCommaErr:
      return "comma, error expression";
    case Mode::kCgoFunc:
      return "cgo function";
  }
  return "";
}

// " of struct type T": what follows the mode in an operand's text.
std::string OperandTypeText(const Checker& checker, const Type* type) {
  if (!IsValid(type)) {
    return " with invalid type";
  }
  std::string text = IsGeneric(type) ? " of generic " : " of ";
  const auto* const type_param = TryAs<TypeParam>(Unalias(type));
  if (type_param == nullptr &&
      (type->kind == TypeKind::kAlias || type->kind == TypeKind::kNamed)) {
    const std::string_view kind = CompositeKindText(type);
    text += kind.empty() ? As<Basic>(Under(type))->name : kind;
    text += ' ';
  }
  text += "type ";
  text += checker.Text(type);
  if (type_param != nullptr && type_param->bound != nullptr) {
    text += " constrained by ";
    text += checker.Text(type_param->bound);
    if (HasEmptyTypeSet(type_param)) {
      text += " with empty type set";
    }
  }
  return text;
}

std::string OperandExprText(const Checker& checker, const Operand& x) {
  if (x.expr.has_value()) {
    return checker.Text(x.expr);
  }
  switch (x.mode) {
    case Mode::kBuiltin:
      return std::string(checker.universe().builtin(x.builtin)->name->text());
    case Mode::kTypeExpr:
      return checker.Text(x.type);
    case Mode::kConstant:
      return constant::ShortString(x.value);
    default:
      return "";
  }
}

}  // namespace

bool IsFollowOnMessage(std::string_view message) {
  for (const std::string_view phrase : {"invalid operand", "invalid type"}) {
    const size_t at = message.find(phrase);
    if (at != std::string_view::npos && at > 0) {
      return true;
    }
  }
  return false;
}

std::string_view CompositeKindText(const Type* type) {
  switch (Under(type)->kind) {
    case TypeKind::kArray:
      return "array";
    case TypeKind::kSlice:
      return "slice";
    case TypeKind::kStruct:
      return "struct";
    case TypeKind::kPointer:
      return "pointer";
    case TypeKind::kSignature:
      return "func";
    case TypeKind::kInterface:
      return "interface";
    case TypeKind::kMap:
      return "map";
    case TypeKind::kChan:
      return "chan";
    case TypeKind::kTuple:
      return "tuple";
    case TypeKind::kUnion:
      return "union";
    default:
      return "";
  }
}

std::string_view ObjectKindText(const Object* object) {
  switch (object->kind) {
    case ObjectKind::kPkgName:
      return "package name";
    case ObjectKind::kConst:
      return "constant";
    case ObjectKind::kTypeName:
      if (IsAlias(static_cast<const TypeName*>(object))) {
        return "type alias";
      }
      return TryAs<TypeParam>(object->type) != nullptr ? "type parameter"
                                                       : "defined type";
    case ObjectKind::kVar:
      switch (static_cast<const Var*>(object)->var_kind) {
        case VarKind::kPackageVar:
          return "package-level variable";
        case VarKind::kLocalVar:
          return "local variable";
        case VarKind::kRecvVar:
          return "receiver";
        case VarKind::kParamVar:
          return "parameter";
        case VarKind::kResultVar:
          return "result variable";
        case VarKind::kFieldVar:
          return "struct field";
      }
      return "";
    case ObjectKind::kFunc:
      return static_cast<const Func*>(object)->is_method() ? "method"
                                                           : "function";
    case ObjectKind::kLabel:
      return "label";
    case ObjectKind::kBuiltin:
      return "built-in function";
    case ObjectKind::kNil:
      return "untyped nil";
  }
  return "";
}

At Checker::AtNode(ast::NodeId node) const {
  return node.has_value() ? AtSpan(ast::SpanOf(tree(), node)) : At();
}

At Checker::AtPos(source::Pos pos) const { return AtSpan({pos, pos}); }

At Checker::AtSpan(source::Span span) const { return {env.unit->file, span}; }

At Checker::AtOperand(const Operand& x) const { return AtNode(x.expr); }

At Checker::AtObject(const Object* object) {
  const source::Pos begin = object->place.pos;
  return {object->place.file, {begin, begin}};
}

void Checker::Error(At at, Code code, std::string message) {
  ErrorWithNotes(at, code, std::move(message), {});
}

void Checker::SoftError(At at, Code code, std::string message) {
  ErrorWithNotes(at, code, std::move(message), {}, /*is_soft=*/true);
}

void Checker::NoteUnknown(size_t error_count,
                          std::initializer_list<const Type*> of) {
  if (errors.size() > error_count) {
    errors.back().is_about_unknown |=
        std::ranges::any_of(of, HasUnknownEmbedded);
  }
}

void Checker::ErrorWithNotes(At at, Code code, std::string message,
                             std::vector<ErrorNote> notes, bool is_soft) {
  if (HasTooManyErrors()) {
    return;
  }
  if (IsFollowOnMessage(message) &&
      (!errors.empty() || (is_body && !package.errors.empty()))) {
    return;
  }
  if (env.error_at.has_value()) {
    at = *env.error_at;
  }
  if (at.file == nullptr && env.unit != nullptr) {
    at.file = env.unit->file;
  }
  if (code == Code::kInvalidSyntaxTree) {
    message.insert(0, "invalid syntax tree: ");
  }
  if (IsRepeated(errors, at, message)) {
    return;
  }
  TypeError error;
  error.file = at.file;
  error.is_soft = is_soft;
  error.diagnostic.code = CodeText(code);
  error.diagnostic.span = at.span;
  for (ErrorNote& note : notes) {
    if (!note.at.span.begin.is_valid()) {
      message += "\n\t" + note.text;
    } else if (note.at.file == at.file) {
      error.diagnostic.notes.push_back(
          {.span = note.at.span, .text = std::move(note.text)});
    } else {
      error.diagnostic.notes.push_back(
          {at.span,
           fmt::format("{}: {}", PlaceText({note.at.file, note.at.span.begin}),
                       note.text)});
    }
  }
  error.diagnostic.text = std::move(message);
  errors.push_back(std::move(error));
  if (HasTooManyErrors()) {
    errors.back().diagnostic.code = CodeText(Code::kTooManyErrors);
    errors.back().diagnostic.text =
        "too many type errors; the rest is not listed";
    errors.back().diagnostic.notes.clear();
  }
}

bool Checker::VerifyVersion(At at, uint32_t minor, std::string_view what) {
  if (AllowVersion(minor)) {
    return true;
  }
  Error(at, Code::kUnsupportedFeature,
        fmt::format("{} requires go1.{} or later", what, minor));
  return false;
}

TypeStringOptions Checker::TextOptions() const {
  if (!ambiguous_names.has_value()) {
    PackageNames names;
    names.Visit(&package);
    ambiguous_names = names.Take();
  }
  // Nobody reads on for longer.
  constexpr size_t kMaxSize = 1024;
  return {.qualify = Qualify::kName,
          .relative_to = &package,
          .ambiguous_names = &*ambiguous_names,
          .max_size = kMaxSize};
}

std::string Checker::Text(const Type* type) const {
  return type == nullptr ? "<nil>" : TypeString(type, TextOptions());
}

std::string Checker::Text(ast::ExprId expr) const {
  // No message will be kept.
  if (HasTooManyErrors()) {
    return {};
  }
  return ExprString(*env.unit, expr);
}

std::string Checker::Text(const Operand& x) const {
  if (x.mode == Mode::kNilValue ||
      (x.mode == Mode::kValue &&
       x.type == gdlint::types::Typ(BasicKind::kUntypedNil))) {
    return "nil";
  }
  const std::string expr = OperandExprText(*this, x);
  std::string text = expr.empty() ? "" : expr + " (";
  const bool may_have_type = x.mode != Mode::kInvalid &&
                             x.mode != Mode::kNoValue &&
                             x.mode != Mode::kBuiltin &&
                             x.mode != Mode::kTypeExpr && x.type != nullptr;
  const bool is_untyped = may_have_type && IsUntyped(x.type);
  if (is_untyped) {
    text += As<Basic>(x.type)->name;
    text += ' ';
  }
  text += ModeText(x.mode);
  if (x.mode == Mode::kConstant) {
    const std::string value = constant::ShortString(x.value);
    if (value != expr) {
      text += ' ' + value;
    }
  }
  if (may_have_type && !is_untyped) {
    text += OperandTypeText(*this, x.type);
  }
  if (!expr.empty()) {
    text += ')';
  }
  return text;
}

std::string Checker::Text(const Object* object) const {
  return ObjectString(object, TextOptions());
}

std::string Checker::QualifiedName(const Object* object) const {
  const std::string name(object->name != nullptr ? object->name->text() : "");
  if (object->package == nullptr || object->package == &package) {
    return name;
  }
  const bool is_ambiguous =
      TextOptions().ambiguous_names->contains(object->package->name);
  return (is_ambiguous ? '"' + object->package->path + '"'
                       : object->package->name) +
         '.' + name;
}

}  // namespace gdlint::types
