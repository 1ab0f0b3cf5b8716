#include <string>
#include <string_view>
#include <utility>

#include "types/checker.h"
#include "types/expr_internal.h"

namespace gdlint::types {
namespace {

using lexer::TokenKind;

BasicKind LiteralKind(TokenKind token) {
  switch (token) {
    case TokenKind::kInt:
      return BasicKind::kUntypedInt;
    case TokenKind::kFloat:
      return BasicKind::kUntypedFloat;
    case TokenKind::kImag:
      return BasicKind::kUntypedComplex;
    case TokenKind::kChar:
      return BasicKind::kUntypedRune;
    default:
      return BasicKind::kUntypedString;
  }
}

// What a number literal is called that needs Go 1.13, or nothing.
std::string_view NewNumberForm(TokenKind token, std::string_view text) {
  if (text.size() <= 2) {
    return "";
  }
  if (text.find('_') != std::string_view::npos) {
    return "underscore in numeric literal";
  }
  if (text[0] != '0') {
    return "";
  }
  switch (text[1]) {
    case 'b':
    case 'B':
      return "binary literal";
    case 'o':
    case 'O':
      return "0o/0O-style octal literal";
    case 'x':
    case 'X':
      return token != TokenKind::kInt ? "hexadecimal floating-point literal"
                                      : "";
    default:
      return "";
  }
}

[[gnu::noinline, gnu::cold]] void CheckNumberVersion(Checker& checker,
                                                     ast::ExprId expr,
                                                     TokenKind token,
                                                     std::string_view text) {
  const std::string_view form = NewNumberForm(token, text);
  if (!form.empty()) {
    checker.VerifyVersion(checker.AtNode(expr), 13, form);
  }
}

[[gnu::noinline, gnu::cold]] void Fail(Checker& checker, Operand& x,
                                       ast::ExprId expr, std::string message) {
  checker.Error(checker.AtNode(expr), Code::kInvalidConstVal,
                std::move(message));
  x.Invalidate();
}

}  // namespace

void Checker::BasicLit(Operand& x, ast::Ref<ast::BasicLit> expr) {
  const ast::BasicLit& node = Get(expr);
  const std::string_view text = SourceText({node.pos, node.pos + node.length});
  if (node.token == TokenKind::kInt || node.token == TokenKind::kFloat ||
      node.token == TokenKind::kImag) {
    if (!AllowVersion(13)) {
      CheckNumberVersion(*this, expr, node.token, text);
    }
    if (text.size() > kMaxNumberLiteral) {
      return Fail(*this, x, expr,
                  Concat("excessively long constant: ", text.substr(0, 10),
                         "... (", std::to_string(text.size()), " chars)"));
    }
  }
  x.value = constant::MakeFromLiteral(arena(), node.token, text);
  if (x.value.is_unknown()) {
    return Fail(*this, x, expr, Concat("malformed constant: ", text));
  }
  x.mode = Mode::kConstant;
  x.type = BasicType(LiteralKind(node.token));
  x.expr = expr;
  Overflow(x, node.pos);
}

void Checker::FuncLit(Operand& x, ast::Ref<ast::FuncLit> expr) {
  const ast::FuncLit& node = Get(expr);
  Scope* const scope = OpenScope(true);
  const FuncTypeResult function = CheckFuncType({}, node.type);
  CloseScope();
  RecordTypeAndValue(node.type, Mode::kTypeExpr, function.signature);

  // Its body may refer to the type that is being declared, so that it is
  // checked later; but before more names are declared around it. It belongs to
  // the same declaration and has the same iota.
  const bool is_wanted = is_body || !package.is_dependency;
  if (is_wanted && node.body.has_value()) {
    Later([this, scope, function, body = node.body] {
      Environment inner = env;
      inner.scope = scope;
      inner.error_at.reset();
      inner.in_type_param_list = false;
      inner.signature = function.signature;
      inner.results = function.results;
      inner.has_label = false;
      inner.has_call_or_recv = false;
      const Environment outer = std::exchange(env, std::move(inner));
      FuncBody(function.signature, function.results, body);
      env = outer;
    });
  }
  x.mode = Mode::kValue;
  x.type = function.signature;
}

}  // namespace gdlint::types
