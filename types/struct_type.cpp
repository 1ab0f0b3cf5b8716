#include <utility>

#include <fmt/format.h>

#include "lexer/literal.h"
#include "types/checker.h"

namespace gdlint::types {
namespace {

// The name of an embedded field of type `T`, `*T`, `p.T` or `T[int]`, or none.
ast::Ref<ast::Ident> EmbeddedFieldIdent(const Checker& checker,
                                        ast::ExprId expr) {
  bool may_be_pointer = true;
  for (;;) {
    switch (expr.kind()) {
      case ast::NodeKind::kIdent:
        return checker.AsIdent(expr);
      case ast::NodeKind::kStarExpr:
        if (!may_be_pointer) {
          return {};
        }
        may_be_pointer = false;
        expr = checker.TryGet<ast::StarExpr>(expr)->x;
        break;
      case ast::NodeKind::kSelectorExpr:
        return checker.TryGet<ast::SelectorExpr>(expr)->sel;
      case ast::NodeKind::kIndexExpr:
        expr = checker.TryGet<ast::IndexExpr>(expr)->x;
        break;
      case ast::NodeKind::kIndexListExpr:
        expr = checker.TryGet<ast::IndexListExpr>(expr)->x;
        break;
      default:
        return {};
    }
  }
}

void CheckEmbeddedType(Checker& checker, ast::ExprId at, const Type* embedded) {
  bool is_pointer = false;
  const Type* const type = Deref(embedded, &is_pointer);
  const Type* const under = Under(type);
  std::string_view problem;
  Code code = Code::kInvalidPtrEmbed;
  switch (under->kind) {
    case TypeKind::kBasic:
      if (IsValid(type) &&
          As<Basic>(under)->basic == BasicKind::kUnsafePointer) {
        problem = "embedded field type cannot be unsafe.Pointer";
      }
      break;
    case TypeKind::kPointer:
      problem = "embedded field type cannot be a pointer";
      break;
    case TypeKind::kInterface:
      if (IsTypeParam(type)) {
        code = Code::kMisplacedTypeParam;
        problem =
            "embedded field type cannot be a (pointer to a) type parameter";
      } else if (is_pointer) {
        problem = "embedded field type cannot be a pointer to an interface";
      }
      break;
    default:
      break;
  }
  if (!problem.empty()) {
    checker.Error(checker.AtNode(at), code, std::string(problem));
  }
}

// Collects the fields of one struct.
class FieldCollector {
 public:
  explicit FieldCollector(Checker& checker) : checker_(checker) {}

  void Collect(const ast::Field& field) {
    const Type* const type = checker_.VarType(field.type);
    const std::string_view tag = Tag(field.tag);
    for (const ast::Ref<ast::Ident> name : checker_.tree().Items(field.names)) {
      Add(name, type, tag, /*is_embedded=*/false);
    }
    if (!field.names.empty()) {
      return;
    }
    const ast::Ref<ast::Ident> name = EmbeddedFieldIdent(checker_, field.type);
    if (!name.has_value()) {
      if (field.type.has_value()) {
        checker_.Error(checker_.AtNode(field.type), Code::kInvalidSyntaxTree,
                       fmt::format("embedded field type {} has no name",
                                   checker_.Text(field.type)));
      }
      Add({}, InvalidType(), "", /*is_embedded=*/true);
      return;
    }
    Add(name, type, tag, /*is_embedded=*/true);
    // The type may still be incomplete.
    checker_.Later([&checker = checker_, at = field.type, type] {
      CheckEmbeddedType(checker, at, type);
    });
  }

  const Struct* Finish() const {
    return checker_.types.NewStruct(fields_, tags_);
  }

 private:
  static constexpr size_t kFew = 16;

  // Without an identifier, a blank field.
  void Add(ast::Ref<ast::Ident> ident, const Type* type, std::string_view tag,
           bool is_embedded) {
    const Name* const name = ident.has_value() ? checker_.NameOf(ident)
                                               : checker_.table.names().blank();
    Var* const field = checker_.NewVar(
        VarKind::kFieldVar,
        ident.has_value() ? checker_.Get(ident).pos : source::Pos(), name,
        type);
    field->is_embedded = is_embedded;
    if (!name->is_blank) {
      if (const Var* const other = Find(name)) {
        checker_.ErrorWithNotes(
            Checker::AtObject(field), Code::kDuplicateDecl,
            fmt::format("{} redeclared", name->text()),
            {{Checker::AtObject(other),
              fmt::format("other declaration of {}", name->text())}});
        return;
      }
    }
    if (!tag.empty() && tags_.empty()) {
      tags_.resize(fields_.size());
      has_tags_ = true;
    }
    if (has_tags_) {
      tags_.push_back(tag);
    }
    fields_.push_back(field);
    if (fields_.size() > kFew) {
      Index();
    }
    if (ident.has_value()) {
      checker_.RecordDef(ident, field);
    }
  }

  // All names are of this package, so equal ones denote the same field.
  const Var* Find(const Name* name) const {
    if (!by_name_.empty()) {
      const auto found = by_name_.find(name);
      return found != by_name_.end() ? found->second : nullptr;
    }
    for (const Var* const field : fields_) {
      if (field->name == name) {
        return field;
      }
    }
    return nullptr;
  }

  void Index() {
    for (size_t i = by_name_.empty() ? 0 : fields_.size() - 1;
         i < fields_.size(); ++i) {
      by_name_.emplace(fields_[i]->name, fields_[i]);
    }
  }

  std::string_view Tag(ast::Ref<ast::BasicLit> literal) {
    if (!literal.has_value()) {
      return {};
    }
    const At at = checker_.AtNode(literal);
    const std::string_view text = checker_.SourceText(at.span);
    if (checker_.Get(literal).token == lexer::TokenKind::kString) {
      if (const std::optional<std::string> value = lexer::StringValue(text)) {
        return checker_.arena().Copy(std::string_view(*value));
      }
    }
    checker_.Error(at, Code::kInvalidSyntaxTree,
                   fmt::format("incorrect tag syntax: {}", text));
    return {};
  }

  Checker& checker_;
  std::vector<Var*> fields_;
  std::vector<std::string_view> tags_;
  bool has_tags_ = false;
  // Of more than a few fields.
  std::unordered_map<const Name*, const Var*> by_name_;
};

}  // namespace

const Type* Checker::StructType(ast::Ref<ast::StructType> expr) {
  FieldCollector fields(*this);
  const ast::Ref<ast::FieldList> list = Get(expr).fields;
  if (list.has_value()) {
    for (const ast::Ref<ast::Field> field : tree().Items(Get(list).fields)) {
      fields.Collect(Get(field));
    }
  }
  return fields.Finish();
}

}  // namespace gdlint::types
