#include "driver/type_facts.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <string_view>
#include <unordered_map>

#include "ast/tree.h"
#include "source/line_table.h"
#include "types/constant.h"
#include "types/predicates.h"
#include "types/type_string.h"

namespace gdlint::driver {
namespace {

using types::Mode;
using types::ObjectKind;

std::string_view KindName(const types::Object* object) {
  if (object == nullptr) {
    return "none";
  }
  switch (object->kind) {
    case ObjectKind::kPkgName:
      return "package";
    case ObjectKind::kConst:
      return "const";
    case ObjectKind::kTypeName:
      return "type";
    case ObjectKind::kVar:
      return "var";
    case ObjectKind::kFunc:
      return "func";
    case ObjectKind::kLabel:
      return "label";
    case ObjectKind::kBuiltin:
      return "builtin";
    case ObjectKind::kNil:
      return "nil";
  }
  return "none";
}

std::string_view ModeName(const types::TypeAndValue& fact) {
  switch (fact.mode()) {
    case Mode::kNoValue:
      return "void";
    case Mode::kTypeExpr:
      return "type";
    case Mode::kBuiltin:
      return "builtin";
    case Mode::kNilValue:
      return "nil";
    case Mode::kConstant:
      return "const";
    case Mode::kVariable:
      return "variable";
    case Mode::kMapIndex:
      return "mapindex";
    case Mode::kCommaOk:
    case Mode::kCommaErr:
      return "commaok";
    case Mode::kValue:
      return fact.type() == types::Typ(types::BasicKind::kUntypedNil) ? "nil"
                                                                      : "value";
    default:
      return "value";
  }
}

void AppendNumber(uint32_t number, std::string& out) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof(digits), number).ptr;
  out.append(digits, end);
}

void AppendPlace(source::LineColumn place, std::string& out) {
  AppendNumber(place.line, out);
  out += ':';
  AppendNumber(place.column, out);
}

class FactWriter {
 public:
  explicit FactWriter(const types::Package& package) : package_(package) {}

  std::vector<std::string> Write() {
    for (const auto& file : package_.files) {
      file_ = file.get();
      lines_of_file_ = &LinesOf(*file);
      WriteFile(*file->unit);
    }
    std::ranges::sort(lines_);
    return std::move(lines_);
  }

 private:
  const source::LineTable& LinesOf(const types::File& file) {
    std::unique_ptr<source::LineTable>& table = tables_[&file];
    if (!table) {
      table = std::make_unique<source::LineTable>(file.source->text());
    }
    return *table;
  }

  const std::string& TypeName(const types::Type* type) {
    const auto [known, is_new] = names_.try_emplace(type);
    if (is_new) {
      known->second = type == nullptr ? "-" : types::TypeString(type);
    }
    return known->second;
  }

  std::string Line(std::string_view fact, source::Pos pos) {
    std::string line(fact);
    line += '\t';
    line += file_->display_name;
    line += ':';
    AppendPlace(lines_of_file_->Find(pos), line);
    return line;
  }

  void WriteFile(const types::Unit& unit) {
    WriteExpressions(unit);
    const auto idents = unit.tree->All<ast::Ident>();
    for (uint32_t i = 0; i < idents.size(); ++i) {
      WriteIdent(unit, ast::Ref<ast::Ident>(i));
    }
  }

  void WriteExpressions(const types::Unit& unit) {
    const auto write_all = [&]<typename NodeT>() {
      if constexpr (NodeT::kCategory == ast::Category::kExpr) {
        const uint32_t count =
            static_cast<uint32_t>(unit.tree->All<NodeT>().size());
        for (uint32_t i = 0; i < count; ++i) {
          WriteExpression(unit, ast::Ref<NodeT>(i));
        }
      }
    };
#define AST_NODE(Name, Category) write_all.template operator()<ast::Name>();
#include "ast/node_kind.def"
    for (const ast::IncDecStmt& stmt : unit.tree->All<ast::IncDecStmt>()) {
      WriteStep(unit, stmt);
    }
    for (const ast::TypeSpec& spec : unit.tree->All<ast::TypeSpec>()) {
      WriteBounds(unit, spec.type_params);
    }
    for (const ast::FuncType& type : unit.tree->All<ast::FuncType>()) {
      WriteBounds(unit, type.type_params);
    }
  }

  void WriteExpression(const types::Unit& unit, ast::ExprId expr) {
    const types::TypeAndValue fact = unit.info.TypeOf(expr);
    if (fact.is_recorded()) {
      const source::Span span = ast::SpanOf(*unit.tree, expr);
      AddExpression(span, ModeName(fact), fact.type(),
                    fact.is_constant()
                        ? types::constant::ExactString(fact.value())
                        : "-");
    }
  }

  void AddExpression(source::Span span, std::string_view mode,
                     const types::Type* type, std::string_view constant) {
    std::string line = Line("expr", span.begin);
    line += '-';
    AppendPlace(lines_of_file_->Find(span.end), line);
    for (const std::string_view field :
         {mode, std::string_view(TypeName(type)), constant}) {
      line += '\t';
      line += field;
    }
    lines_.push_back(std::move(line));
  }

  // go/types checks `x++` as `x += 1`, with a literal at the place of x.
  void WriteStep(const types::Unit& unit, const ast::IncDecStmt& stmt) {
    const types::TypeAndValue fact = unit.info.TypeOf(stmt.x);
    if (fact.is_recorded() && types::AllNumeric(fact.type())) {
      const source::Pos begin = ast::Begin(*unit.tree, stmt.x);
      AddExpression({begin, begin + 1}, "const", fact.type(), "1");
    }
  }

  // go/types takes a constraint `~T` or `A | B` for an interface without a
  // place around it.
  void WriteBounds(const types::Unit& unit, ast::Ref<ast::FieldList> list) {
    if (!list.has_value()) {
      return;
    }
    for (const ast::Ref<ast::Field> field :
         unit.tree->Items(unit.tree->Get(list).fields)) {
      const ast::ExprId bound = unit.tree->Get(field).type;
      const auto* unary = unit.tree->TryGet<ast::UnaryExpr>(bound);
      const auto* binary = unit.tree->TryGet<ast::BinaryExpr>(bound);
      const bool is_implicit =
          (unary != nullptr && unary->op == lexer::TokenKind::kTilde) ||
          (binary != nullptr && binary->op == lexer::TokenKind::kOr);
      const types::TypeAndValue fact =
          is_implicit ? unit.info.TypeOf(bound) : types::TypeAndValue();
      if (fact.is_recorded()) {
        std::string line = "expr\t--";
        AppendPlace(lines_of_file_->Find(ast::End(*unit.tree, bound)), line);
        line += "\ttype\t" + TypeName(fact.type()) + "\t-";
        lines_.push_back(std::move(line));
      }
    }
  }

  void WriteIdent(const types::Unit& unit, ast::Ref<ast::Ident> ident) {
    const std::string_view name = unit.NameOf(ident)->text();
    const source::Pos pos = unit.tree->Get(ident).pos;
    if (unit.info.IsDefinition(ident)) {
      AddObject("def", pos, name, unit.info.DefinedObject(ident));
    }
    if (const types::Object* const used = unit.info.UsedObject(ident)) {
      AddObject("use", pos, name, used);
    }
    if (const types::Instance* const instance = unit.info.InstanceOf(ident)) {
      AddInstance(pos, *instance);
    }
  }

  void AddObject(std::string_view fact, source::Pos pos, std::string_view name,
                 const types::Object* object) {
    std::string line = Line(fact, pos);
    line += '\t';
    line += KindName(object);
    line += '\t';
    line += name;
    line += '\t';
    if (object == nullptr || !object->place.is_valid()) {
      line += '-';
    } else {
      const types::File& file = *object->place.file;
      line += file.display_name;
      line += ':';
      AppendPlace(LinesOf(file).Find(object->place.pos), line);
    }
    lines_.push_back(std::move(line));
  }

  void AddInstance(source::Pos pos, const types::Instance& instance) {
    std::string line = Line("inst", pos);
    char separator = '\t';
    for (const types::Type* const arg : instance.type_args) {
      line += separator;
      line += TypeName(arg);
      separator = ',';
    }
    line += '\t';
    line += TypeName(instance.type);
    lines_.push_back(std::move(line));
  }

  const types::Package& package_;
  const types::File* file_ = nullptr;
  const source::LineTable* lines_of_file_ = nullptr;
  std::unordered_map<const types::File*, std::unique_ptr<source::LineTable>>
      tables_;
  std::unordered_map<const types::Type*, std::string> names_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> TypeFacts(const types::Package& package) {
  return FactWriter(package).Write();
}

}  // namespace gdlint::driver
