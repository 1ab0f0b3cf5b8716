// Packages, imports and declarations.

#include "parser/descent.h"

#include <algorithm>

namespace gdlint::parser {
namespace {

constexpr TokenSet kDeclKeywords = {TokenKind::kImport, TokenKind::kConst,
                                    TokenKind::kType, TokenKind::kVar,
                                    TokenKind::kFunc};

}  // namespace

// SourceFile = PackageClause ";" { ImportDecl ";" } { TopLevelDecl ";" } .
void Descent::ParseSourceFile() {
  if (!ParsePackageClause()) {
    return;  // Most likely not a Go file at all.
  }
  const size_t mark = list_mark();
  TokenKind previous = TokenKind::kImport;
  while (kind_ != TokenKind::kEof) {
    if (kind_ == TokenKind::kImport && previous != TokenKind::kImport) {
      Error<Code::kImportNotFirst>();
    }
    previous = kind_;
    ParseTopLevelDecl();
  }
  builder_.SetDecls(TakeList<ast::DeclId>(mark));
}

// PackageClause = "package" PackageName .
bool Descent::ParsePackageClause() {
  const Pos package_pos = pos();
  if (!Got(TokenKind::kPackage)) {
    Error<Code::kPackageNotFirst>();
    return false;
  }
  builder_.SetPackage(package_pos, ParseIdent());
  Want(TokenKind::kSemicolon);
  // Lexical errors further on do not count.
  return std::ranges::none_of(errors_.diagnostics(), [this](const auto& error) {
    return error.span.begin < pos();
  });
}

// Pushes the declaration.
void Descent::ParseTopLevelDecl() {
  const Pos begin = pos();
  if (kind_ == TokenKind::kFunc) {
    PushItem(ParseFuncDecl());
  } else if (kDeclKeywords.Has(kind_)) {
    PushItem(ParseGenDecl());
  } else {
    const auto* const previous =
        list_stack_.empty()
            ? nullptr
            : builder_.TryGet<ast::FuncDecl>(list_stack_.back());
    if (kind_ == TokenKind::kLbrace && previous != nullptr &&
        !previous->body.has_value() && !previous->body_end.is_valid()) {
      Error<Code::kBraceOnNextLine>();
    } else {
      Error<Code::kNotADeclaration>();
    }
    Advance(kDeclKeywords);
    PushItem(Add(ast::BadDecl{begin, pos()}));
    return;
  }
  if (kind_ != TokenKind::kEof && !Got(TokenKind::kSemicolon)) {
    Unexpected(" after top level declaration");
    Advance(kDeclKeywords);
  }
}

// ImportDecl, ConstDecl, TypeDecl and VarDecl: a keyword, then one spec or a
// parenthesised list.
ast::DeclId Descent::ParseGenDecl() {
  ast::GenDecl decl{
      .pos = pos(), .lparen = {}, .specs = {}, .rparen = {}, .keyword = kind_};
  Next();
  const size_t mark = list_mark();
  if (kind_ == TokenKind::kLparen) {
    decl.lparen = pos();
    Next();
    uint32_t iota = 0;
    decl.rparen = ParseList("grouped declaration", TokenKind::kSemicolon,
                            TokenKind::kRparen, [&] {
                              PushItem(ParseSpec(decl.keyword, iota++));
                              return false;
                            });
  } else {
    PushItem(ParseSpec(decl.keyword, 0));
  }
  decl.specs = TakeList<ast::SpecId>(mark);
  return Add(decl);
}

ast::SpecId Descent::ParseSpec(TokenKind keyword, uint32_t iota) {
  switch (keyword) {
    case TokenKind::kImport:
      return ParseImportSpec();
    case TokenKind::kConst:
      return ParseConstSpec(iota);
    case TokenKind::kVar:
      return ParseVarSpec(iota);
    default:
      return ParseTypeSpec();
  }
}

// ImportSpec = [ "." | PackageName ] ImportPath .
ast::SpecId Descent::ParseImportSpec() {
  ast::ImportSpec spec;
  if (kind_ == TokenKind::kIdent || kind_ == TokenKind::kPeriod) {
    spec.name = AddIdentHere();
    Next();
  }
  if (lexer::IsLiteral(kind_)) {
    if (kind_ != TokenKind::kString) {
      Error<Code::kImportPathNotString>();
    }
    spec.path = ParseBasicLit();
  } else {
    spec.path = Add(ast::BasicLit{.pos = pos(), .token = TokenKind::kString});
    Error<Code::kMissingImportPath>();
    Advance({TokenKind::kSemicolon, TokenKind::kRparen});
  }
  return Add(spec);
}

// ConstSpec = IdentifierList [ [ Type ] "=" ExpressionList ] .
ast::SpecId Descent::ParseConstSpec(uint32_t iota) {
  ast::ValueSpec spec{
      .names = ParseIdentList(), .type = {}, .values = {}, .iota = iota};
  if (kind_ != TokenKind::kEof && kind_ != TokenKind::kSemicolon &&
      kind_ != TokenKind::kRparen) {
    spec.type = ParseTypeOrNone();
    if (GotAssign()) {
      spec.values = ParseExprList();
    }
  }
  return Add(spec);
}

// VarSpec = IdentifierList ( Type [ "=" ExpressionList ] | "=" ExpressionList )
// .
ast::SpecId Descent::ParseVarSpec(uint32_t iota) {
  ast::ValueSpec spec{
      .names = ParseIdentList(), .type = {}, .values = {}, .iota = iota};
  if (GotAssign()) {
    spec.values = ParseExprList();
  } else {
    spec.type = ParseType();
    if (GotAssign()) {
      spec.values = ParseExprList();
    }
  }
  return Add(spec);
}

// TypeSpec = AliasDecl | TypeDef .
// AliasDecl = identifier [ TypeParameters ] "=" Type .
// TypeDef = identifier [ TypeParameters ] Type .
ast::SpecId Descent::ParseTypeSpec() {
  ast::TypeSpec spec;
  spec.name = ParseIdent();
  if (kind_ == TokenKind::kLbrack) {
    ParseTypeSpecInBrackets(spec);
  } else {
    const Pos assign = pos();
    spec.assign = GotAssign() ? assign : Pos();
    spec.type = ParseTypeOrNone();
  }
  if (!spec.type.has_value()) {
    const Pos begin = pos();
    Unexpected(" in type declaration");
    Advance({TokenKind::kSemicolon, TokenKind::kRparen});
    spec.type = AddBadExpr(begin);
  }
  return Add(spec);
}

namespace {

// True if `x` can only be an element of a type constraint, not an array length.
bool IsTypeElem(const ast::TreeBuilder& builder, NodeId x) {
  for (;;) {
    switch (x.kind()) {
      case ast::NodeKind::kArrayType:
      case ast::NodeKind::kStructType:
      case ast::NodeKind::kFuncType:
      case ast::NodeKind::kInterfaceType:
      case ast::NodeKind::kMapType:
      case ast::NodeKind::kChanType:
        return true;
      case ast::NodeKind::kUnaryExpr:
        return builder.All<ast::UnaryExpr>()[x.index()].op == TokenKind::kTilde;
      case ast::NodeKind::kParenExpr:
        x = builder.All<ast::ParenExpr>()[x.index()].x;
        break;
      case ast::NodeKind::kBinaryExpr: {
        // Chains lean to the left: only the right operand costs stack.
        const ast::BinaryExpr binary =
            builder.All<ast::BinaryExpr>()[x.index()];
        if (IsTypeElem(builder, binary.y)) {
          return true;
        }
        x = binary.x;
        break;
      }
      default:
        return false;
    }
  }
}

struct NameAndType {
  Ref<ast::Ident> name;
  ExprId type;
};

// Splits `P*E` and `P(E)` into a type parameter's name and its constraint, if
// that is what they must be, or if `force`.
NameAndType SplitTerm(ast::TreeBuilder& builder, NodeId x, bool force) {
  if (const auto* const product = builder.TryGet<ast::BinaryExpr>(x)) {
    const ast::BinaryExpr binary = *product;
    if (binary.op == TokenKind::kMul &&
        binary.x.kind() == ast::NodeKind::kIdent &&
        (force || IsTypeElem(builder, binary.y))) {
      return {Ref<ast::Ident>::FromNode(binary.x),
              builder.Add(ast::StarExpr{binary.op_pos, binary.y})};
    }
  } else if (const auto* const conversion = builder.TryGet<ast::CallExpr>(x)) {
    const ast::CallExpr call = *conversion;
    if (call.fun.kind() == ast::NodeKind::kIdent && call.args.size == 1 &&
        !call.ellipsis.is_valid()) {
      const ExprId arg = builder.Items(call.args).front();
      if (force || IsTypeElem(builder, arg)) {
        return {Ref<ast::Ident>::FromNode(call.fun),
                builder.Add(ast::ParenExpr{call.lparen, arg, call.rparen})};
      }
    }
  }
  return {};
}

// Splits `x`, parsed as an expression, into the name and the constraint of a
// first type parameter: `P`, `P*E`, `P(E)`, and those followed by `|F|…`.
// `force` says that it cannot be an array length. No name: it is none of these.
NameAndType SplitNameAndType(ast::TreeBuilder& builder, ExprId x, bool force) {
  if (x.kind() == ast::NodeKind::kIdent) {
    return {Ref<ast::Ident>::FromNode(x), ExprId()};
  }
  // Down the left edge of a union.
  NodeId lowest;
  NodeId term = x;
  for (;;) {
    const auto* const binary = builder.TryGet<ast::BinaryExpr>(term);
    if (binary == nullptr || binary->op != TokenKind::kOr) {
      break;
    }
    force = force || IsTypeElem(builder, binary->y);
    lowest = term;
    term = binary->x;
  }
  const NameAndType split = SplitTerm(builder, term, force);
  if (!split.name.has_value() || !lowest.has_value()) {
    return split;
  }
  builder.TryGet<ast::BinaryExpr>(lowest)->x = split.type;
  return {split.name, x};
}

}  // namespace

// At the `[` behind the name: an array or slice type, or type parameters. Which
// one shows only behind a whole expression; see the spec, "Type parameter
// declarations".
void Descent::ParseTypeSpecInBrackets(ast::TypeSpec& spec) {
  const Pos lbrack = pos();
  Next();
  if (kind_ != TokenKind::kIdent) {
    spec.type = ParseArrayOrSliceType(lbrack);
    return;
  }
  ExprId x = ParseIdent();
  if (kind_ != TokenKind::kLbrack) {
    // `P []E` would not parse as an expression; an index is no array length.
    ++expr_level_;
    x = ParseBinaryExpr(ParsePrimaryExpr(x), 0);
    --expr_level_;
  }
  const NameAndType split =
      SplitNameAndType(builder_, x, kind_ == TokenKind::kComma);
  if (!split.name.has_value() ||
      (!split.type.has_value() && kind_ == TokenKind::kRbrack)) {
    spec.type = ParseArrayType(lbrack, x);
    return;
  }
  spec.type_params =
      ParseParams(lbrack, ParamKind::kTypeParameters, {split.name, split.type});
  const Pos assign = pos();
  spec.assign = GotAssign() ? assign : Pos();
  spec.type = ParseTypeOrNone();
}

// FunctionDecl = "func" FunctionName [ TypeParameters ] Signature [
// FunctionBody ] . MethodDecl = "func" Receiver MethodName Signature [
// FunctionBody ] .
ast::DeclId Descent::ParseFuncDecl() {
  const Pos func_pos = pos();
  Next();
  ast::FuncDecl decl;
  std::string_view context;
  if (kind_ == TokenKind::kLparen) {
    context = "method";
    decl.recv = ParseReceiver();
  }
  if (kind_ == TokenKind::kIdent) {
    decl.name = ParseIdent();
    decl.type = ParseFuncType(func_pos, context);
  } else {
    decl.name = Add(ast::Ident{pos(), 0});
    const auto params = Add(ast::FieldList{missing_pos(), {}, missing_pos()});
    decl.type = Add(ast::FuncType{
        .pos = func_pos, .type_params = {}, .params = params, .results = {}});
    Unexpected(context.empty() ? ", expected name or (" : ", expected name");
    Advance({TokenKind::kLbrace, TokenKind::kSemicolon});
  }
  if (kind_ == TokenKind::kLbrace) {
    ParseOrSkipBody(decl);
  }
  return Add(decl);
}

Ref<ast::FieldList> Descent::ParseReceiver() {
  const Pos lparen = pos();
  Next();
  const auto receiver = ParseParams(lparen, ParamKind::kReceiver, {});
  size_t count = 0;
  for (const Ref<ast::Field> field :
       builder_.Items(builder_.Get(receiver).fields)) {
    const size_t names = builder_.Get(field).names.size;
    count += names == 0 ? 1 : names;
  }
  if (count == 0) {
    late_.Emit<Code::kNoReceiver>(SpanOf(receiver));
  } else if (count > 1) {
    late_.Emit<Code::kMultipleReceivers>(SpanOf(receiver));
  }
  return receiver;
}

void Descent::ParseOrSkipBody(ast::FuncDecl& decl) {
  if (mode_ == Mode::kDeclarations && SkipBody(decl)) {
    return;
  }
  decl.body_begin = pos();
  decl.body = ParseFuncBody();
  decl.body_end = previous_end();
}

// By counting braces. False, and nothing is skipped, if the body does not end.
bool Descent::SkipBody(ast::FuncDecl& decl) {
  const Token* token = at_;
  for (uint32_t open = 0; token != end_; ++token) {
    if (token->kind() == TokenKind::kLbrace) {
      ++open;
    } else if (token->kind() == TokenKind::kRbrace && --open == 0) {
      decl.body_begin = pos();
      decl.body_end = token->pos() + 1;
      at_ = token;
      Next();
      return true;
    }
  }
  return false;
}

Ref<ast::BlockStmt> Descent::ParseFuncBody() {
  ++func_depth_;
  const auto body = ParseBlock("");
  --func_depth_;
  return body;
}

List<Ref<ast::Ident>> Descent::ParseIdentList() {
  const size_t mark = list_mark();
  do {
    PushItem(ParseIdent());
  } while (Got(TokenKind::kComma));
  return TakeList<Ref<ast::Ident>>(mark);
}

}  // namespace gdlint::parser
