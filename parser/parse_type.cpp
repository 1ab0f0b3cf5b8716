// Types other than signatures.

#include "parser/descent.h"

namespace gdlint::parser {

// Type = TypeName [ TypeArgs ] | TypeLit | "(" Type ")" .
ExprId Descent::ParseType() {
  const ExprId type = ParseTypeOrNone();
  if (type.has_value()) {
    return type;
  }
  const Pos begin = pos();
  Unexpected(", expected type");
  Advance({TokenKind::kComma, TokenKind::kColon, TokenKind::kSemicolon,
           TokenKind::kRparen, TokenKind::kRbrack, TokenKind::kRbrace});
  return AddBadExpr(begin);
}

ExprId Descent::ParseTypeOrNone() {
  const Nesting nesting(*this);
  const Pos begin = pos();
  switch (kind_) {
    case TokenKind::kIdent:
      return ParseQualifiedName({});
    case TokenKind::kMul:
      Next();
      return Add(ast::StarExpr{begin, ParseType()});
    case TokenKind::kLparen: {
      Next();
      const ExprId type = ParseType();
      return Add(ast::ParenExpr{begin, type, Want(TokenKind::kRparen)});
    }
    case TokenKind::kLbrack:
      Next();
      return ParseArrayOrSliceType(begin);
    case TokenKind::kChan:
    case TokenKind::kArrow:
      return ParseChanType();
    case TokenKind::kFunc:
      Next();
      return ParseFuncType(begin, "function type");
    case TokenKind::kMap:
      return ParseMapType();
    case TokenKind::kStruct:
      return ParseStructType();
    case TokenKind::kInterface:
      return ParseInterfaceType();
    default:
      return ExprId();
  }
}

// Behind `[`. SliceType = "[" "]" ElementType .
ExprId Descent::ParseArrayOrSliceType(Pos lbrack) {
  if (Got(TokenKind::kRbrack)) {
    return Add(ast::ArrayType{lbrack, ExprId(), ParseType()});
  }
  return ParseArrayType(lbrack, ExprId());
}

// ArrayType = "[" ArrayLength "]" ElementType . The length `...` is taken
// everywhere; that it belongs to a composite literal is for the type checker to
// see.
ExprId Descent::ParseArrayType(Pos lbrack, ExprId len) {
  if (!len.has_value()) {
    const Pos ellipsis = pos();
    if (Got(TokenKind::kEllipsis)) {
      len = Add(ast::Ellipsis{ellipsis, ExprId()});
    } else {
      ++expr_level_;
      len = ParseExpr();
      --expr_level_;
    }
  }
  if (kind_ == TokenKind::kComma) {
    // Type parameter lists may end in a comma, lengths may not.
    Error<Code::kUnexpectedComma>();
    Next();
  }
  Want(TokenKind::kRbrack);
  return Add(ast::ArrayType{lbrack, len, ParseType()});
}

// ChannelType = ( "chan" | "chan" "<-" | "<-" "chan" ) ElementType .
ExprId Descent::ParseChanType() {
  ast::ChanType type{.pos = pos(), .arrow = {}, .value = {}};
  if (Got(TokenKind::kArrow)) {
    type.arrow = type.pos;
    type.dir = ast::ChanDir::kReceive;
    Want(TokenKind::kChan);
  } else {
    Next();
    const Pos arrow = pos();
    if (Got(TokenKind::kArrow)) {
      type.arrow = arrow;
      type.dir = ast::ChanDir::kSend;
    }
  }
  type.value = ParseChanElem();
  return Add(type);
}

ExprId Descent::ParseChanElem() {
  const ExprId type = ParseTypeOrNone();
  if (type.has_value()) {
    return type;
  }
  Error<Code::kMissingChanElem>();
  return AddBadExpr(pos());
}

// MapType = "map" "[" KeyType "]" ElementType .
ExprId Descent::ParseMapType() {
  ast::MapType type{.pos = pos(), .key = {}, .value = {}};
  Next();
  Want(TokenKind::kLbrack);
  type.key = ParseType();
  Want(TokenKind::kRbrack);
  type.value = ParseType();
  return Add(type);
}

// StructType = "struct" "{" { FieldDecl ";" } "}" .
ExprId Descent::ParseStructType() {
  const Pos struct_pos = pos();
  Next();
  const Pos lbrace = Want(TokenKind::kLbrace);
  const size_t mark = list_mark();
  const Pos rbrace = ParseList("struct type", TokenKind::kSemicolon,
                               TokenKind::kRbrace, [this] {
                                 PushItem(ParseFieldDecl());
                                 return false;
                               });
  const auto fields =
      Add(ast::FieldList{lbrace, TakeList<Ref<ast::Field>>(mark), rbrace});
  return Add(ast::StructType{struct_pos, fields});
}

// FieldDecl = ( IdentifierList Type | EmbeddedField ) [ Tag ] .
Ref<ast::Field> Descent::ParseFieldDecl() {
  if (kind_ == TokenKind::kIdent) {
    return ParseNamedOrEmbeddedField();
  }
  if (kind_ == TokenKind::kMul || kind_ == TokenKind::kLparen) {
    return ParseEmbeddedField();
  }
  const Pos begin = pos();
  Unexpected(", expected field name or embedded type");
  Advance({TokenKind::kSemicolon, TokenKind::kRbrace});
  return AddEmbedded(AddBadExpr(begin));
}

Ref<ast::Field> Descent::ParseNamedOrEmbeddedField() {
  const Ref<ast::Ident> name = ParseIdent();
  ast::Field field;
  if (kind_ == TokenKind::kPeriod || kind_ == TokenKind::kString ||
      kind_ == TokenKind::kSemicolon || kind_ == TokenKind::kRbrace) {
    field.type = ParseQualifiedName(name);
    field.tag = ParseTag();
    return Add(field);
  }
  const size_t mark = list_mark();
  PushItem(name);
  while (Got(TokenKind::kComma)) {
    PushItem(ParseIdent());
  }
  bool embedded = false;
  if (kind_ == TokenKind::kLbrack && list_mark() == mark + 1) {
    // `a [n]T` or the embedded `a[T]`.
    const ArrayOrInstance type = ParseArrayOrTypeArgs(name);
    field.type = type.type;
    embedded = type.is_instance;
  } else {
    field.type = ParseType();
  }
  if (embedded) {
    list_stack_.truncate(mark);
  }
  field.names = TakeList<Ref<ast::Ident>>(mark);
  field.tag = ParseTag();
  return Add(field);
}

// EmbeddedField = [ "*" ] TypeName [ TypeArgs ] . Parentheses are parsed and
// refused.
Ref<ast::Field> Descent::ParseEmbeddedField() {
  ast::Field field;
  bool parenthesized = Got(TokenKind::kLparen);
  if (parenthesized) {
    Error<Code::kParenthesizedEmbedded>();
  }
  const Pos star = pos();
  if (Got(TokenKind::kMul)) {
    if (!parenthesized && kind_ == TokenKind::kLparen) {
      Error<Code::kParenthesizedEmbedded>();
      Next();
      parenthesized = true;
    }
    field.type = Add(ast::StarExpr{star, ParseTypeName()});
  } else {
    field.type = ParseTypeName();
  }
  if (parenthesized) {
    Got(TokenKind::kRparen);
  }
  field.tag = ParseTag();
  return Add(field);
}

// Tag = string_lit .
Ref<ast::BasicLit> Descent::ParseTag() {
  return kind_ == TokenKind::kString ? ParseBasicLit() : Ref<ast::BasicLit>();
}

// InterfaceType = "interface" "{" { InterfaceElem ";" } "}" .
ExprId Descent::ParseInterfaceType() {
  const Pos interface_pos = pos();
  Next();
  const Pos lbrace = Want(TokenKind::kLbrace);
  const size_t mark = list_mark();
  const Pos rbrace = ParseList("interface type", TokenKind::kSemicolon,
                               TokenKind::kRbrace, [this] {
                                 PushItem(ParseInterfaceElem());
                                 return false;
                               });
  const auto methods =
      Add(ast::FieldList{lbrace, TakeList<Ref<ast::Field>>(mark), rbrace});
  return Add(ast::InterfaceType{interface_pos, methods});
}

// InterfaceElem = MethodElem | TypeElem .
Ref<ast::Field> Descent::ParseInterfaceElem() {
  if (kind_ != TokenKind::kIdent) {
    return AddEmbedded(ParseUnion(ExprId()));
  }
  return ParseMethodOrEmbedded();
}

// MethodElem = MethodName Signature .
Ref<ast::Field> Descent::ParseMethodOrEmbedded() {
  const Ref<ast::Ident> name = ParseIdent();
  switch (kind_) {
    case TokenKind::kLparen:
      return AddMethod(name);
    case TokenKind::kLbrack:
      return ParseMethodOrInstance(name);
    default:
      return AddEmbedded(ParseUnion(ParseQualifiedName(name)));
  }
}

// At the `[` of an embedded `name[T]`. A method may not have type parameters,
// but they are parsed, for a clear message.
Ref<ast::Field> Descent::ParseMethodOrInstance(Ref<ast::Ident> name) {
  const Pos lbrack = pos();
  Next();
  if (kind_ == TokenKind::kRbrack) {
    const Span rbrack = TokenSpan();
    Next();
    if (kind_ == TokenKind::kLparen) {
      Error<Code::kEmptyTypeParams>(rbrack);
      return AddMethod(name);
    }
    Error<Code::kEmptyTypeArgs>(rbrack);
    return AddEmbedded(name);
  }
  const size_t mark = list_mark();
  const ExprId first = ParseTypeArgOrParamName();
  if (first.kind() == ast::NodeKind::kIdent && kind_ != TokenKind::kComma &&
      kind_ != TokenKind::kRbrack) {
    ParseParams(lbrack, ParamKind::kTypeParameters,
                {Ref<ast::Ident>::FromNode(first), ExprId()});
    Error<Code::kNoTypeParamsAllowed>(Span{lbrack, lbrack + 1},
                                      "interface method");
    return AddMethod(name);
  }
  PushItem(first);
  if (Got(TokenKind::kComma)) {
    PushTypeArgs();
  }
  const Pos rbrack = Want(TokenKind::kRbrack);
  if (kind_ == TokenKind::kLparen) {
    // `m[P, Q any]()` breaks off above; this is `m[P]()`.
    list_stack_.truncate(mark);
    Error<Code::kNoTypeParamsAllowed>(Span{lbrack, lbrack + 1},
                                      "interface method");
    return AddMethod(name);
  }
  return AddEmbedded(ParseUnion(AddIndexExpr(name, lbrack, mark, rbrack)));
}

// At the parameters of a method.
Ref<ast::Field> Descent::AddMethod(Ref<ast::Ident> name) {
  ast::Field field;
  field.type = ParseFuncType(Pos(), "interface method");
  const size_t mark = list_mark();
  PushItem(name);
  field.names = TakeList<Ref<ast::Ident>>(mark);
  return Add(field);
}

Ref<ast::Field> Descent::AddEmbedded(ExprId type) {
  ast::Field field;
  field.type = type;
  return Add(field);
}

// TypeElem = TypeTerm { "|" TypeTerm } .
ExprId Descent::ParseUnion(ExprId x) {
  if (!x.has_value()) {
    x = ParseUnionTerm();
  }
  while (kind_ == TokenKind::kOr) {
    const Pos op_pos = pos();
    Next();
    const ExprId term = ParseUnionTerm();
    x = Add(ast::BinaryExpr{x, op_pos, term, TokenKind::kOr});
  }
  return x;
}

// TypeTerm = Type | "~" Type .
ExprId Descent::ParseUnionTerm() {
  const Pos begin = pos();
  if (Got(TokenKind::kTilde)) {
    return Add(ast::UnaryExpr{begin, ParseType(), TokenKind::kTilde});
  }
  const ExprId type = ParseTypeOrNone();
  if (type.has_value()) {
    return type;
  }
  Unexpected(", expected ~ term or type");
  Advance({TokenKind::kOr, TokenKind::kTilde, TokenKind::kSemicolon,
           TokenKind::kRparen, TokenKind::kRbrack, TokenKind::kRbrace});
  return AddBadExpr(begin);
}

ExprId Descent::ParseTypeName() {
  if (kind_ == TokenKind::kIdent) {
    return ParseQualifiedName({});
  }
  const Ref<ast::Ident> missing = Add(ast::Ident{pos(), 0});
  Unexpected(", expected name");
  Advance({TokenKind::kPeriod, TokenKind::kSemicolon, TokenKind::kRbrace});
  return ParseQualifiedName(missing);
}

// TypeName = identifier | QualifiedIdent , with type arguments.
ExprId Descent::ParseQualifiedName(Ref<ast::Ident> name) {
  ExprId x = name.has_value() ? name : ParseIdent();
  if (Got(TokenKind::kPeriod)) {
    x = Add(ast::SelectorExpr{x, ParseIdent()});
  }
  return kind_ == TokenKind::kLbrack ? ParseTypeInstance(x) : x;
}

// TypeArgs = "[" TypeList [ "," ] "]" .
ExprId Descent::ParseTypeInstance(ExprId x) {
  const Pos lbrack = pos();
  Next();
  const size_t mark = list_mark();
  if (kind_ == TokenKind::kRbrack) {
    Unexpected(", expected type argument list");
    PushItem(AddBadExpr(pos()));
  } else {
    PushTypeArgs();
  }
  const Pos rbrack = Want(TokenKind::kRbrack);
  return AddIndexExpr(x, lbrack, mark, rbrack);
}

// Type arguments up to the closing bracket, a trailing comma included.
void Descent::PushTypeArgs() {
  ++expr_level_;
  while (kind_ != TokenKind::kRbrack && kind_ != TokenKind::kEof) {
    PushItem(ParseType());
    if (!Got(TokenKind::kComma)) {
      break;
    }
  }
  --expr_level_;
}

// An expression, since `name[x` may turn out to begin a method's type
// parameters.
ExprId Descent::ParseTypeArgOrParamName() {
  ++expr_level_;
  const ExprId x = ParseExpr();
  --expr_level_;
  return x;
}

ExprId Descent::AddIndexExpr(ExprId x, Pos lbrack, size_t mark, Pos rbrack) {
  if (list_mark() == mark + 1) {
    const ExprId index = ExprId::FromNode(list_stack_.back());
    list_stack_.truncate(mark);
    return Add(ast::IndexExpr{x, lbrack, index, rbrack});
  }
  return Add(ast::IndexListExpr{x, lbrack, TakeList<ExprId>(mark), rbrack});
}

Descent::ArrayOrInstance Descent::ParseArrayOrTypeArgs(Ref<ast::Ident> name) {
  const Pos lbrack = pos();
  Next();
  if (Got(TokenKind::kRbrack)) {
    return {Add(ast::ArrayType{lbrack, ExprId(), ParseType()}), false};
  }
  const size_t mark = list_mark();
  Pos trailing_comma;
  ++expr_level_;
  PushItem(ParseExpr());
  while (kind_ == TokenKind::kComma) {
    const Pos comma = pos();
    Next();
    if (kind_ == TokenKind::kRbrack) {
      trailing_comma = comma;
      break;
    }
    PushItem(ParseExpr());
  }
  --expr_level_;
  const Pos rbrack = Want(TokenKind::kRbrack);
  if (list_mark() == mark + 1) {
    const ExprId elt = ParseTypeOrNone();
    if (elt.has_value()) {
      if (trailing_comma.is_valid()) {
        Error<Code::kUnexpectedComma>(Span{trailing_comma, trailing_comma + 1});
      }
      const ExprId len = ExprId::FromNode(list_stack_.back());
      list_stack_.truncate(mark);
      return {Add(ast::ArrayType{lbrack, len, elt}), false};
    }
  }
  return {AddIndexExpr(name, lbrack, mark, rbrack), true};
}

}  // namespace gdlint::parser
