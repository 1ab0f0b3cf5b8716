#include "checks/phrases.h"

#include "checks/syntax/file_index.h"

namespace gdlint::checks {
namespace {

// Longer calls are named by their callee.
constexpr size_t kLongCall = 40;

bool IsOneLine(std::string_view text) { return text.find('\n') == text.npos; }

}  // namespace

std::string CallPhrase(const syntax::FileIndex& index, ast::ExprId expr) {
  const ast::Tree& tree = index.tree();
  const auto* call = tree.TryGet<ast::CallExpr>(expr);
  const ast::ExprId callee =
      call == nullptr ? expr : syntax::Unparen(tree, call->fun);
  if (callee.kind() == ast::NodeKind::kFuncLit) {
    return "a function literal";
  }
  const std::string_view text = index.Text(expr);
  if (text.size() <= kLongCall && IsOneLine(text)) {
    return fmt::format("`{}`", text);
  }
  const std::string_view name = index.Text(callee);
  return name.size() <= kLongCall && IsOneLine(name)
             ? fmt::format("`{}(…)`", name)
             : "a call";
}

std::string CallPhrase(const Pass& pass, ast::ExprId expr) {
  return CallPhrase(pass.index(), expr);
}

std::string FunctionPhrase(const syntax::FileIndex& index, ast::NodeId id) {
  const ast::NodeId function = index.EnclosingFunction(id);
  const auto* decl = index.tree().TryGet<ast::FuncDecl>(function);
  return decl == nullptr ? "the function literal around it"
                         : fmt::format("`{}`", index.Name(decl->name));
}

std::string FunctionPhrase(const Pass& pass, ast::NodeId id) {
  return FunctionPhrase(pass.index(), id);
}

void ReportIncomplete(Pass& pass) {
  pass.Report(
          pass.tree().package_name(),
          "the control flow of this file is too large to follow to its end: "
          "there may be more to find")
      .As(source::Severity::kInfo);
}

source::Span LiteralSpan(const syntax::FileIndex& index,
                         ast::Ref<ast::FuncLit> literal) {
  const ast::Tree& tree = index.tree();
  const source::Span all = ast::SpanOf(tree, literal);
  return IsOneLine(index.Text(literal))
             ? all
             : source::Span{all.begin, ast::End(tree, tree.Get(literal).type)};
}

source::Span LiteralSpan(const Pass& pass, ast::Ref<ast::FuncLit> literal) {
  return LiteralSpan(pass.index(), literal);
}

source::Span StatementSpan(const syntax::FileIndex& index, ast::NodeId stmt) {
  const source::Span all = ast::SpanOf(index.tree(), stmt);
  const std::string_view text = index.Text(stmt);
  if (IsOneLine(text)) {
    return all;
  }
  // Up to the end of the first line, without the brace that opens a body there.
  std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  line = line.substr(0, line.find_last_not_of(" \t{") + 1);
  return {all.begin, all.begin + static_cast<uint32_t>(line.size())};
}

source::Span StatementSpan(const Pass& pass, ast::NodeId stmt) {
  return StatementSpan(pass.index(), stmt);
}

}  // namespace gdlint::checks
