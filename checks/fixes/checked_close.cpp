#include "checks/fixes/checked_close.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "checks/fixes/lines.h"
#include "checks/fixes/statements.h"
#include "checks/places.h"
#include "checks/resources/returned_error.h"

namespace gdlint::checks::fixes {
namespace {

using ast::NodeId;
using ast::NodeKind;
using ssa::Function;

// A name for the error result, and what gives it to the result.
struct ErrorName {
  std::string name;
  std::vector<Edit> edits;
};

class Naming {
 public:
  Naming(const Source& source, const Function& function)
      : source_(source),
        tree_(source.tree()),
        function_(function.syntax()),
        body_(BodyOfFunction(tree_, function_)) {}

  std::optional<ErrorName> Name() const {
    const ast::Ref<ast::FuncType> type = TypeOfFunction(tree_, function_);
    if (!type.has_value() || !tree_.Get(type).results.has_value()) {
      return std::nullopt;
    }
    const ast::FieldList& results = tree_.Get(tree_.Get(type).results);
    const auto fields = tree_.Items(results.fields);
    const ast::Field& last = tree_.Get(fields.back());
    const auto names = tree_.Items(last.names);
    if (!names.empty() && source_.index.Name(names.back()) != "_") {
      return ErrorName{std::string(source_.index.Name(names.back())), {}};
    }
    const std::string name = FreeName(type);
    if (name.empty()) {
      return std::nullopt;
    }
    if (!names.empty()) {
      return ErrorName{name, {{ast::SpanOf(tree_, names.back()), name}}};
    }
    return ErrorName{name, NameAll(results, name)};
  }

 private:
  static Edit Insertion(source::Pos at, std::string text) {
    return {.span = {at, at}, .text = std::move(text)};
  }

  // `(int, error)` becomes `(_ int, err error)`.
  std::vector<Edit> NameAll(const ast::FieldList& results,
                            const std::string& name) const {
    const auto fields = tree_.Items(results.fields);
    if (!results.opening.is_valid()) {
      const source::Span type =
          ast::SpanOf(tree_, tree_.Get(fields.front()).type);
      return {Insertion(type.begin, "(" + name + " "),
              Insertion(type.end, ")")};
    }
    std::vector<Edit> edits;
    for (size_t i = 0; i < fields.size(); ++i) {
      edits.push_back(Insertion(ast::Begin(tree_, tree_.Get(fields[i]).type),
                                i + 1 < fields.size() ? "_ " : name + " "));
    }
    return edits;
  }

  std::string FreeName(ast::Ref<ast::FuncType> type) const {
    if (!IsNameUsed(source_, type, "err") && MayBeNamedErr()) {
      return "err";
    }
    return IsNameUsed(source_, function_, "retErr") ? "" : "retErr";
  }

  // The body's own `err`, if there is one, can be the result instead: each
  // statement that declares it declares something else too, no literal shares
  // it, and no other `err` is meant.
  bool MayBeNamedErr() const {
    bool may_be = true;
    syntax::ForEachBelow(tree_, body_, [&](NodeId id) {
      if (id.kind() == NodeKind::kFuncLit) {
        may_be = may_be && !IsNameUsed(source_, id, "err");
        return false;
      }
      if (id.kind() == NodeKind::kIdent && source_.index.Text(id) == "err") {
        may_be = may_be && IsOwn(ast::Ref<ast::Ident>::FromNode(id));
      }
      return may_be;
    });
    return may_be && std::ranges::none_of(tree_.Items(tree_.Get(body_).stmts),
                                          [&](ast::StmtId stmt) {
                                            return DeclaresOnlyErr(stmt);
                                          });
  }

  bool IsOwn(ast::Ref<ast::Ident> ident) const {
    const auto* const var =
        types::TryAs<types::Var>(source_.unit.info.ObjectOf(ident));
    return var != nullptr && (var->var_kind == types::VarKind::kFieldVar ||
                              typed::IsDeclaredIn(source_, *var, function_));
  }

  // It would not compile beside a result of that name.
  bool DeclaresOnlyErr(ast::StmtId stmt) const {
    if (stmt.kind() == NodeKind::kLabeledStmt) {
      return true;
    }
    if (stmt.kind() == NodeKind::kDeclStmt) {
      return IsNameUsed(source_, stmt, "err");
    }
    const auto* assign = tree_.TryGet<ast::AssignStmt>(stmt);
    if (assign == nullptr || assign->op != lexer::TokenKind::kDefine) {
      return false;
    }
    bool declares_err = false;
    bool declares_other = false;
    for (const ast::ExprId expr : tree_.Items(assign->lhs)) {
      const auto ident = ast::Ref<ast::Ident>::FromNode(expr);
      const std::string_view name = source_.index.Name(ident);
      const bool is_new =
          source_.unit.info.DefinedObject(ident) != nullptr && name != "_";
      declares_err = declares_err || (is_new && name == "err");
      declares_other = declares_other || (is_new && name != "err");
    }
    return declares_err && !declares_other;
  }

  const Source& source_;
  const ast::Tree& tree_;
  NodeId function_;
  ast::Ref<ast::BlockStmt> body_;
};

Fix CheckDeferred(const Source& source, const Function& function, NodeId stmt) {
  const ast::Tree& tree = source.tree();
  const auto& defer = tree.Get(ast::Ref<ast::DeferStmt>::FromNode(stmt));
  const std::string_view call = source.index.Text(defer.call);
  // Deeper down another variable may have the result's name.
  if (source.index.Parent(stmt) !=
          NodeId(BodyOfFunction(tree, function.syntax())) ||
      call.find('\n') != call.npos || IsNameUsed(source, defer.call, "cerr")) {
    return {};
  }
  auto error = Naming(source, function).Name();
  if (!error) {
    return {};
  }
  error->edits.push_back(
      Replace(source.index, stmt,
              {"defer func() {",
               fmt::format("\tif cerr := {}; {} == nil {{", call, error->name),
               fmt::format("\t\t{} = cerr", error->name), "\t}", "}()"}));
  return {
      fmt::format("return the error of `{}` through `{}`", call, error->name),
      std::move(error->edits)};
}

// `f.Close()` and then `return nil`.
Fix ReturnIt(const Source& source, const Function& function, NodeId stmt) {
  const ast::Tree& tree = source.tree();
  const ast::StmtId next = source.index.Next(stmt);
  const auto* last =
      next.has_value() ? tree.TryGet<ast::ReturnStmt>(next) : nullptr;
  if (last == nullptr || last->results.size != 1 ||
      function.result_types().size() != 1 ||
      source.index.Text(tree.Items(last->results)[0]) != "nil") {
    return {};
  }
  const source::Span first = ast::SpanOf(tree, stmt);
  const source::Span second = ast::SpanOf(tree, next);
  const std::string_view between = source.index.text().substr(
      first.end.offset(), second.begin.offset() - first.end.offset());
  if (between.find_first_not_of(" \t\r\n") != between.npos) {
    return {};
  }
  const std::string_view call = source.index.Text(stmt);
  return {fmt::format("return what `{}` returns", call),
          {{{first.begin, second.end}, fmt::format("return {}", call)}}};
}

}  // namespace

Fix ReturnCloseError(PackagePass& pass, const Function& function,
                     ssa::InstId close) {
  if (!resources::ReturnsError(function) ||
      function.kind() == ssa::FunctionKind::kRangeBody) {
    return {};
  }
  const Source source{*function.unit(), pass.IndexOf(function)};
  const NodeId stmt = StatementOf(pass, function, close);
  const ssa::Inst& inst = function.inst(close);
  const types::Func* const callee = dataflow::NamedCallee(function, inst);
  if (!stmt.has_value() || callee == nullptr || !callee->is_method() ||
      !callee->signature()->params->params.empty() ||
      callee->signature()->results->params.size() != 1 ||
      source.index.EnclosingFunction(stmt) != function.syntax()) {
    return {};
  }
  if (inst.op == ssa::Op::kDefer) {
    return CheckDeferred(source, function, stmt);
  }
  return stmt.kind() == NodeKind::kExprStmt ? ReturnIt(source, function, stmt)
                                            : Fix();
}

}  // namespace gdlint::checks::fixes
