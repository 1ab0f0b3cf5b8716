// Expressions.

#include <array>

#include "parser/descent.h"

namespace gdlint::parser {
namespace {

// Spec, "Operator precedence"; 0 for what is no binary operator.
constexpr auto kPrecedence = [] {
  std::array<int8_t, 256> table = {};
  const auto set = [&table](int8_t precedence,
                            std::initializer_list<TokenKind> kinds) {
    for (const TokenKind kind : kinds) {
      table[static_cast<size_t>(kind)] = precedence;
    }
  };
  set(1, {TokenKind::kLor});
  set(2, {TokenKind::kLand});
  set(3, {TokenKind::kEql, TokenKind::kNeq, TokenKind::kLss, TokenKind::kLeq,
          TokenKind::kGtr, TokenKind::kGeq});
  set(4, {TokenKind::kAdd, TokenKind::kSub, TokenKind::kOr, TokenKind::kXor});
  set(5, {TokenKind::kMul, TokenKind::kQuo, TokenKind::kRem, TokenKind::kShl,
          TokenKind::kShr, TokenKind::kAnd, TokenKind::kAndNot});
  return table;
}();

int Precedence(TokenKind kind) {
  return kPrecedence[static_cast<size_t>(kind)];
}

}  // namespace

// Expression = UnaryExpr | Expression binary_op Expression . `lhs` is the
// leftmost operand if it was parsed already. A chain of one precedence is a
// loop here, of any length, and a tree that leans to the left.
ExprId Descent::ParseBinaryExpr(ExprId lhs, int min_precedence) {
  ExprId x = lhs.has_value() ? lhs : ParseUnaryExpr();
  for (;;) {
    const TokenKind op = kind_;
    const int precedence = Precedence(op);
    if (precedence <= min_precedence) {
      return x;
    }
    const Pos op_pos = pos();
    Next();
    const ExprId y = ParseBinaryExpr(ExprId(), precedence);
    x = Add(ast::BinaryExpr{x, op_pos, y, op});
  }
}

// UnaryExpr = PrimaryExpr | unary_op UnaryExpr .
ExprId Descent::ParseUnaryExpr() {
  // Most operands are names. Asking for one first spares two jumps by table,
  // which processors foretell badly.
  if (kind_ == TokenKind::kIdent) {
    return ParsePrimaryExpr(ParseIdent());
  }
  const Pos op_pos = pos();
  const TokenKind op = kind_;
  switch (op) {
    case TokenKind::kAdd:
    case TokenKind::kSub:
    case TokenKind::kNot:
    case TokenKind::kXor:
    case TokenKind::kAnd:
    case TokenKind::kTilde: {
      const Nesting nesting(*this);
      Next();
      return Add(ast::UnaryExpr{op_pos, ParseUnaryExpr(), op});
    }
    case TokenKind::kMul: {
      const Nesting nesting(*this);
      Next();
      return Add(ast::StarExpr{op_pos, ParseUnaryExpr()});
    }
    case TokenKind::kArrow:
      return ParseReceiveOrChanType();
    default:
      return ParsePrimaryExpr(ParseOperand());
  }
}

// `<-x` receives from x, unless x is a channel type: then the arrow belongs to
// it.
ExprId Descent::ParseReceiveOrChanType() {
  const Nesting nesting(*this);
  const Pos arrow = pos();
  Next();
  const ExprId x = ParseUnaryExpr();
  if (x.kind() != ast::NodeKind::kChanType) {
    return Add(ast::UnaryExpr{arrow, x, TokenKind::kArrow});
  }
  TurnIntoReceiveOnly(x, arrow);
  return x;
}

// Spec, "Channel types": `<-` binds to the leftmost `chan` possible. So in
// `<-chan<- T` the second arrow goes on to the element type: `<-chan (<-T)`.
void Descent::TurnIntoReceiveOnly(NodeId type, Pos arrow) {
  ast::ChanDir dir = ast::ChanDir::kSend;
  while (dir == ast::ChanDir::kSend) {
    auto* const chan = builder_.TryGet<ast::ChanType>(type);
    if (chan == nullptr) {
      Error<Code::kNotAChanType>(SpanOf(type), TextOf(type));
      return;
    }
    dir = chan->dir;
    if (dir == ast::ChanDir::kReceive) {
      Error<Code::kNotAChanType>(Span{chan->arrow, chan->arrow + 2}, "<-");
    }
    const Pos next_arrow = chan->arrow;
    chan->pos = arrow;
    chan->arrow = arrow;
    chan->dir = ast::ChanDir::kReceive;
    type = chan->value;
    arrow = next_arrow;
  }
}

// PrimaryExpr = Operand | Conversion | MethodExpr | PrimaryExpr Selector | … ,
// behind the operand. A loop, like binary chains.
ExprId Descent::ParsePrimaryExpr(ExprId operand) {
  ExprId x = operand;
  for (;;) {
    if (kind_ == TokenKind::kPeriod) {
      x = ParseSelectorOrAssertion(x);
    } else if (kind_ == TokenKind::kLparen) {
      x = ParseCall(x);
    } else if (kind_ == TokenKind::kLbrack) {
      x = ParseIndexSliceOrInstance(x);
    } else if (kind_ != TokenKind::kLbrace) {
      return x;
    } else {
      const ExprId type = ExprId::FromNode(Unparen(x));
      if (!MayBeLiteralType(type)) {
        return x;
      }
      if (type != x) {
        Error<Code::kParenthesizedLiteralType>();
      }
      x = ParseCompositeLit(x);
    }
  }
}

// Operand = Literal | OperandName [ TypeArgs ] | "(" Expression ")" . A type is
// an operand too: of a conversion, a composite literal or a method expression.
ExprId Descent::ParseOperand() {
  switch (kind_) {
    case TokenKind::kIdent:
      return ParseIdent();
    case TokenKind::kInt:
    case TokenKind::kFloat:
    case TokenKind::kImag:
    case TokenKind::kChar:
    case TokenKind::kString:
      return ParseBasicLit();
    case TokenKind::kLparen:
      return ParseParenExpr();
    case TokenKind::kFunc:
      return ParseFuncTypeOrLit();
    case TokenKind::kLbrack:
    case TokenKind::kChan:
    case TokenKind::kMap:
    case TokenKind::kStruct:
    case TokenKind::kInterface:
      return ParseType();
    default: {
      const Pos begin = pos();
      Unexpected(", expected expression");
      Advance({TokenKind::kRparen, TokenKind::kRbrack, TokenKind::kRbrace});
      return AddBadExpr(begin);
    }
  }
}

ExprId Descent::ParseParenExpr() {
  const Nesting nesting(*this);
  const Pos lparen = pos();
  Next();
  ++expr_level_;
  const ExprId x = ParseExpr();
  --expr_level_;
  return Add(ast::ParenExpr{lparen, x, Want(TokenKind::kRparen)});
}

// FunctionLit = "func" Signature FunctionBody .
ExprId Descent::ParseFuncTypeOrLit() {
  const Nesting nesting(*this);
  const Pos func_pos = pos();
  Next();
  const auto type = ParseFuncType(func_pos, "function type");
  if (kind_ != TokenKind::kLbrace) {
    return type;
  }
  // The body is no longer part of a header; and it is not one level up from it,
  // so the level is not counted but begun anew.
  const int level = expr_level_;
  expr_level_ = 0;
  const auto body = ParseFuncBody();
  expr_level_ = level;
  return Add(ast::FuncLit{type, body});
}

// Selector = "." identifier . TypeAssertion = "." "(" Type ")" , or with the
// keyword `type` in a type switch.
ExprId Descent::ParseSelectorOrAssertion(ExprId x) {
  Next();
  if (kind_ == TokenKind::kIdent) {
    return Add(ast::SelectorExpr{x, ParseIdent()});
  }
  if (kind_ != TokenKind::kLparen) {
    const Ref<ast::Ident> missing = Add(ast::Ident{pos(), 0});
    Unexpected(", expected name or (");
    Advance({TokenKind::kSemicolon, TokenKind::kRparen});
    return Add(ast::SelectorExpr{x, missing});
  }
  const Nesting nesting(*this);
  const Pos lparen = pos();
  Next();
  const ExprId type = Got(TokenKind::kType) ? ExprId() : ParseType();
  return Add(ast::TypeAssertExpr{x, lparen, type, Want(TokenKind::kRparen)});
}

// Index = "[" Expression "]" ; Slice; or the type arguments of a generic
// function or type. With one argument only the type checker can tell.
ExprId Descent::ParseIndexSliceOrInstance(ExprId x) {
  const Nesting nesting(*this);
  const Pos lbrack = pos();
  Next();
  ExprId index;
  if (kind_ == TokenKind::kRbrack) {
    Unexpected(", expected operand");
    index = AddBadExpr(pos());
  } else if (kind_ != TokenKind::kColon) {
    ++expr_level_;
    index = ParseExpr();
    --expr_level_;
  }
  if (kind_ == TokenKind::kComma) {
    const size_t mark = list_mark();
    PushItem(index);
    Next();
    PushTypeArgs();
    const Pos rbrack = Want(TokenKind::kRbrack);
    return AddIndexExpr(x, lbrack, mark, rbrack);
  }
  if (kind_ == TokenKind::kRbrack) {
    const Pos rbrack = pos();
    Next();
    return Add(ast::IndexExpr{x, lbrack, index, rbrack});
  }
  return ParseSliceTail(x, lbrack, index);
}

// Slice = "[" [ Expression ] ":" [ Expression ] "]" |
//         "[" [ Expression ] ":" Expression ":" Expression "]" .
ExprId Descent::ParseSliceTail(ExprId x, Pos lbrack, ExprId low) {
  ast::SliceExpr slice{.x = x,
                       .lbrack = lbrack,
                       .low = low,
                       .high = {},
                       .max = {},
                       .rbrack = {}};
  if (!Got(TokenKind::kColon)) {
    Unexpected(", expected comma, : or ]");
    Advance({TokenKind::kComma, TokenKind::kColon, TokenKind::kRbrack});
  }
  ++expr_level_;
  if (kind_ != TokenKind::kColon && kind_ != TokenKind::kRbrack) {
    slice.high = ParseExpr();
  }
  if (kind_ == TokenKind::kColon) {
    slice.slice3 = true;
    if (!slice.high.has_value()) {
      Error<Code::kMiddleIndexMissing>();
      slice.high = AddBadExpr(pos());
    }
    Next();
    if (kind_ != TokenKind::kRbrack) {
      slice.max = ParseExpr();
    } else {
      Error<Code::kFinalIndexMissing>();
      slice.max = AddBadExpr(pos());
    }
  }
  --expr_level_;
  slice.rbrack = Want(TokenKind::kRbrack);
  return Add(slice);
}

// Arguments = "(" [ ExpressionList [ "..." ] [ "," ] ] ")" . Types are
// arguments too, of built-in functions.
ExprId Descent::ParseCall(ExprId fun) {
  const Nesting nesting(*this);
  ast::CallExpr call{
      .fun = fun, .lparen = pos(), .args = {}, .ellipsis = {}, .rparen = {}};
  Next();
  const size_t mark = list_mark();
  ++expr_level_;
  call.rparen =
      ParseList("argument list", TokenKind::kComma, TokenKind::kRparen, [&] {
        PushItem(ParseExpr());
        const Pos ellipsis = pos();
        if (!Got(TokenKind::kEllipsis)) {
          return false;
        }
        call.ellipsis = ellipsis;
        return true;
      });
  --expr_level_;
  call.args = TakeList<ExprId>(mark);
  return Add(call);
}

// True if a `{` behind `x` begins the value of a composite literal. In the
// header of a control clause a name there is a condition, and the brace begins
// the block.
bool Descent::MayBeLiteralType(ExprId x) const {
  switch (x.kind()) {
    case ast::NodeKind::kIdent:
    case ast::NodeKind::kSelectorExpr:
      return expr_level_ >= 0;
    case ast::NodeKind::kIndexExpr:
    case ast::NodeKind::kIndexListExpr:
      return expr_level_ >= 0 && !IsValue(x);
    case ast::NodeKind::kArrayType:
    case ast::NodeKind::kStructType:
    case ast::NodeKind::kMapType:
      return true;
    default:
      return false;
  }
}

// LiteralValue = "{" [ ElementList [ "," ] ] "}" .
ExprId Descent::ParseCompositeLit(ExprId type) {
  const Nesting nesting(*this);
  ast::CompositeLit literal{
      .type = type, .lbrace = pos(), .elts = {}, .rbrace = {}};
  Next();
  const size_t mark = list_mark();
  ++expr_level_;
  literal.rbrace = ParseList("composite literal", TokenKind::kComma,
                             TokenKind::kRbrace, [this] {
                               PushItem(ParseElement());
                               return false;
                             });
  --expr_level_;
  literal.elts = TakeList<ExprId>(mark);
  return Add(literal);
}

// KeyedElement = [ Key ":" ] Element .
ExprId Descent::ParseElement() {
  const ExprId x = ParseElementValue();
  if (kind_ != TokenKind::kColon) {
    return x;
  }
  const Pos colon = pos();
  Next();
  return Add(ast::KeyValueExpr{x, colon, ParseElementValue()});
}

// Element = Expression | LiteralValue .
ExprId Descent::ParseElementValue() {
  return kind_ == TokenKind::kLbrace ? ParseCompositeLit(ExprId())
                                     : ParseExpr();
}

Ref<ast::Ident> Descent::AddMissingIdent() {
  const Ref<ast::Ident> missing = Add(ast::Ident{pos(), 0});
  Unexpected(", expected name");
  SkipToken();
  return missing;
}

Ref<ast::BasicLit> Descent::ParseBasicLit() {
  const auto literal = Add(ast::BasicLit{
      .pos = pos(), .length = tokens_.Length(*at_), .token = kind_});
  Next();
  return literal;
}

size_t Descent::PushExprList() {
  size_t count = 0;
  do {
    PushItem(ParseExpr());
    ++count;
  } while (Got(TokenKind::kComma));
  return count;
}

List<ExprId> Descent::ParseExprList() {
  const size_t mark = list_mark();
  PushExprList();
  return TakeList<ExprId>(mark);
}

NodeId Descent::Unparen(NodeId x) const {
  while (x.kind() == ast::NodeKind::kParenExpr) {
    x = builder_.All<ast::ParenExpr>()[x.index()].x;
  }
  return x;
}

// True if `x` is certainly a value and not a type, so that no literal value can
// follow.
bool Descent::IsValue(ExprId x) const {
  for (;;) {
    switch (x.kind()) {
      case ast::NodeKind::kBasicLit:
      case ast::NodeKind::kCompositeLit:
      case ast::NodeKind::kFuncLit:
      case ast::NodeKind::kSliceExpr:
      case ast::NodeKind::kTypeAssertExpr:
      case ast::NodeKind::kCallExpr:
      case ast::NodeKind::kUnaryExpr:
      case ast::NodeKind::kBinaryExpr:
        return true;
      case ast::NodeKind::kParenExpr:
        x = builder_.All<ast::ParenExpr>()[x.index()].x;
        break;
      case ast::NodeKind::kIndexExpr: {
        const ast::IndexExpr& index = builder_.All<ast::IndexExpr>()[x.index()];
        // Chains of indices lean to the left: only the index costs stack.
        if (IsValue(index.index)) {
          return true;
        }
        x = index.x;
        break;
      }
      default:
        return false;
    }
  }
}

}  // namespace gdlint::parser
