// The recursive-descent parser of one file. Private to parser/.
//
// The grammar is that of the Go specification 1.26; productions are named in
// front of the functions that parse them. A file is accepted when go/parser
// accepts it. Where the error is placed, and where parsing goes on behind it,
// follows the strategy of the gc compiler's syntax phase, so that messages look
// familiar.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "ast/tree_builder.h"
#include "lexer/lexer.h"
#include "parser/parser.h"
#include "parser/token_set.h"
#include "source/emitter.h"
#include "support/pod_vector.h"

namespace gdlint::parser {

using ast::ExprId;
using ast::List;
using ast::NodeId;
using ast::Ref;
using ast::StmtId;
using lexer::Token;
using lexer::TokenKind;
using source::Code;
using source::Pos;
using source::Span;

// What is reused from file to file.
struct Buffers {
  lexer::TokenBuffer tokens;
  ast::TreeBuilder builder;
  // Lists under construction, innermost last.
  PodVector<NodeId> list_stack;
};

// The deepest nesting that is parsed: as many levels as go/parser counts, but
// fewer where the thread's stack is small.
uint32_t MaxNesting();

class Descent {
 public:
  // `late` takes the errors that do not make a file unacceptable.
  Descent(const source::SourceFile& file, Buffers& buffers,
          source::Emitter& errors, source::Emitter& late, Mode mode);

  void ParseSourceFile();
  // Of a function; the tokens must begin at its opening brace.
  Ref<ast::BlockStmt> ParseFuncBody();

 private:
  // --- Tokens (parser.cpp)
  TokenKind kind() const { return kind_; }
  Pos pos() const { return at_->pos(); }
  // Where a token that is missing is taken to be: here, but within the file,
  // so that no node ends behind it.
  Pos missing_pos() const {
    return pos() == end_->pos() && pos().raw > 1 ? Pos{pos().raw - 1} : pos();
  }
  // Behind the previous token.
  Pos previous_end() const;
  void Next() {
    // Giving up leaves the callers, who have seen another token, at the end.
    at_ += kind_ != TokenKind::kEof;
    kind_ = at_->kind();
  }
  bool Got(TokenKind wanted) {
    if (kind_ == wanted) {
      Next();
      return true;
    }
    return false;
  }
  // The position of the token `wanted`, which is consumed; an error if it is
  // another.
  Pos Want(TokenKind wanted) {
    const Pos here = pos();
    if (!Got(wanted)) [[unlikely]] {
      return ReportMissing(wanted);
    }
    return here;
  }
  Pos ReportMissing(TokenKind wanted);
  bool GotAssign();
  std::string_view Text(Token token) const {
    return tokens_.Text(text_, token);
  }
  std::string_view TextOf(Pos begin, Pos end) const;
  std::string_view TextOf(NodeId id) const {
    return TextOf(builder_.Begin(id), builder_.End(id));
  }

  // --- Errors and recovery (parser.cpp)
  Span TokenSpan() const;
  bool ReportsErrors() const;
  // "unexpected TOKEN" and `context`, such as ", expected name" or " in
  // argument list".
  void Unexpected(std::string_view context) {
    UnexpectedAt(TokenSpan(), context);
  }
  void UnexpectedAt(Span span, std::string_view context);
  template <Code kCode, typename... Args>
  void Error(Span span, const Args&... args) {
    if (ReportsErrors()) {
      errors_.Emit<kCode>(span, args...);
    }
  }
  template <Code kCode, typename... Args>
  void Error(const Args&... args) {
    Error<kCode>(TokenSpan(), args...);
  }
  Span SpanOf(NodeId id) const {
    return {builder_.Begin(id), builder_.End(id)};
  }
  // Skips tokens up to one in `follow`, in a function also up to a keyword that
  // begins a statement.
  void Advance(TokenSet follow);
  // Skips one token, unless at the end.
  void SkipToken();
  // The current token as messages name it.
  std::string CurrentTokenName() const;
  ExprId AddBadExpr(Pos begin) { return Add(ast::BadExpr{begin, pos()}); }

  // Counts one level of nesting while it lives.
  class Nesting {
   public:
    explicit Nesting(Descent& parser) : parser_(parser) {
      if (++parser_.depth_ > parser_.max_depth_) [[unlikely]] {
        parser_.GiveUpTooDeep();
      }
    }
    ~Nesting() { --parser_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    Descent& parser_;
  };
  // One error, and the rest of the file is taken for its end.
  void GiveUpTooDeep();

  // --- Lists (here)
  // Parses `{ element sep } close` after the opening token; `element` returns
  // true to end the list early. Returns the position of `close`.
  template <typename Fn>
  Pos ParseList(std::string_view context, TokenKind sep, TokenKind close,
                Fn element);
  Pos UnclosedList(std::string_view context, TokenKind sep, TokenKind close);
  size_t list_mark() const { return list_stack_.size(); }
  void PushItem(NodeId id) { list_stack_.push_back(id); }
  std::span<const NodeId> ItemsSince(size_t mark) const {
    return std::span<const NodeId>(list_stack_).subspan(mark);
  }
  // The items pushed since `mark`, as a list of the tree.
  template <typename IdT>
  List<IdT> TakeList(size_t mark) {
    const List<IdT> list = builder_.AddList<IdT>(ItemsSince(mark));
    list_stack_.truncate(mark);
    return list;
  }
  template <typename NodeT>
  Ref<NodeT> Add(const NodeT& node) {
    return builder_.Add(node);
  }

  // --- Declarations (parse_decl.cpp)
  bool ParsePackageClause();
  void ParseTopLevelDecl();
  ast::DeclId ParseGenDecl();
  ast::SpecId ParseSpec(TokenKind keyword, uint32_t iota);
  ast::SpecId ParseImportSpec();
  ast::SpecId ParseConstSpec(uint32_t iota);
  ast::SpecId ParseVarSpec(uint32_t iota);
  ast::SpecId ParseTypeSpec();
  void ParseTypeSpecInBrackets(ast::TypeSpec& spec);
  ast::DeclId ParseFuncDecl();
  Ref<ast::FieldList> ParseReceiver();
  void ParseOrSkipBody(ast::FuncDecl& decl);
  bool SkipBody(ast::FuncDecl& decl);
  List<Ref<ast::Ident>> ParseIdentList();

  // --- Types (parse_type.cpp)
  ExprId ParseType();
  ExprId ParseTypeOrNone();
  ExprId ParseArrayOrSliceType(Pos lbrack);
  // Behind `[`; `len` is what was parsed of the length already, or none.
  ExprId ParseArrayType(Pos lbrack, ExprId len);
  ExprId ParseChanType();
  ExprId ParseChanElem();
  ExprId ParseMapType();
  ExprId ParseStructType();
  Ref<ast::Field> ParseFieldDecl();
  Ref<ast::Field> ParseEmbeddedField();
  Ref<ast::Field> ParseNamedOrEmbeddedField();
  Ref<ast::BasicLit> ParseTag();
  ExprId ParseInterfaceType();
  Ref<ast::Field> ParseInterfaceElem();
  Ref<ast::Field> ParseMethodOrEmbedded();
  Ref<ast::Field> ParseMethodOrInstance(Ref<ast::Ident> name);
  Ref<ast::Field> AddMethod(Ref<ast::Ident> name);
  Ref<ast::Field> AddEmbedded(ExprId type);
  // `x` is the first term if it was parsed already, or none.
  ExprId ParseUnion(ExprId x);
  ExprId ParseUnionTerm();
  ExprId ParseTypeName();
  // `name` is none if it is still to be parsed.
  ExprId ParseQualifiedName(Ref<ast::Ident> name);
  ExprId ParseTypeInstance(ExprId x);
  void PushTypeArgs();
  ExprId ParseTypeArgOrParamName();
  // `x[indices]` of the items since `mark`: an IndexExpr or an IndexListExpr.
  ExprId AddIndexExpr(ExprId x, Pos lbrack, size_t mark, Pos rbrack);
  struct ArrayOrInstance {
    ExprId type;
    bool is_instance;
  };
  // Behind a name in a field or parameter declaration: `[N]T`, `[]T`, or the
  // type arguments of that name.
  ArrayOrInstance ParseArrayOrTypeArgs(Ref<ast::Ident> name);

  // --- Signatures (parse_params.cpp)
  enum class ParamKind : uint8_t {
    kParameters,
    kResults,
    kReceiver,
    kTypeParameters
  };
  struct Param {
    Ref<ast::Ident> name;
    ExprId type;
  };
  // What precedes the current token in a type parameter list that looked like
  // an array length at first; both none for an ordinary list.
  using FirstParam = Param;
  // `context` names what may not have type parameters, or is empty.
  Ref<ast::FuncType> ParseFuncType(Pos func_pos, std::string_view context);
  Ref<ast::FieldList> ParseTypeParams(std::string_view context);
  Ref<ast::FieldList> ParseResults();
  // Behind the opening token at `opening`.
  Ref<ast::FieldList> ParseParams(Pos opening, ParamKind kind,
                                  FirstParam first);
  Param ParseParam(Ref<ast::Ident> name, ParamKind kind);
  Param ParseParamBehindName(Ref<ast::Ident> name, ParamKind kind);
  ExprId ParseVariadicType();
  // Gives every parameter its name and type; see the spec, "Function types".
  bool DistributeTypes(std::span<Param> params, ParamKind kind, Pos closing);
  void ReportMissingParamPart(bool lacks_types, ParamKind kind, size_t count,
                              Pos closing, Pos leftmost);
  void CheckVariadic(std::span<Param> params, ParamKind kind);
  List<Ref<ast::Field>> AddParamFields(std::span<const Param> params,
                                       bool named);

  // --- Expressions (parse_expr.cpp)
  ExprId ParseExpr() { return ParseBinaryExpr(ExprId(), 0); }
  ExprId ParseBinaryExpr(ExprId lhs, int min_precedence);
  ExprId ParseUnaryExpr();
  ExprId ParseReceiveOrChanType();
  void TurnIntoReceiveOnly(NodeId type, Pos arrow);
  ExprId ParsePrimaryExpr(ExprId operand);
  ExprId ParseOperand();
  ExprId ParseParenExpr();
  ExprId ParseFuncTypeOrLit();
  ExprId ParseSelectorOrAssertion(ExprId x);
  ExprId ParseIndexSliceOrInstance(ExprId x);
  ExprId ParseSliceTail(ExprId x, Pos lbrack, ExprId low);
  ExprId ParseCall(ExprId fun);
  bool MayBeLiteralType(ExprId x) const;
  ExprId ParseCompositeLit(ExprId type);
  ExprId ParseElement();
  ExprId ParseElementValue();
  Ref<ast::Ident> ParseIdent() {
    if (kind_ != TokenKind::kIdent) [[unlikely]] {
      return AddMissingIdent();
    }
    const Ref<ast::Ident> ident = AddIdentHere();
    Next();
    return ident;
  }
  Ref<ast::Ident> AddMissingIdent();
  Ref<ast::Ident> AddIdentHere() {
    return Add(ast::Ident{pos(), tokens_.Length(*at_)});
  }
  Ref<ast::BasicLit> ParseBasicLit();
  // Pushes the expressions; returns their number.
  size_t PushExprList();
  List<ExprId> ParseExprList();
  NodeId Unparen(NodeId x) const;
  bool IsValue(ExprId x) const;

  // --- Statements (parse_stmt.cpp, parse_clause.cpp)
  struct RangeClause {
    ExprId key;
    ExprId value;
    Pos op_pos;
    Pos range_pos;
    ExprId x;
    TokenKind op = TokenKind::kIllegal;
  };
  // What stands between a keyword and the block of an if, for or switch.
  struct Header {
    StmtId init;
    StmtId cond;
    StmtId post;
    RangeClause range;
  };
  List<StmtId> ParseStmtList();
  StmtId ParseStmtOrNone();
  StmtId ParseSimpleOrLabeledStmt();
  bool EndsWithSemicolon(StmtId stmt) const;
  // At the colon.
  StmtId ParseLabeledStmt(Ref<ast::Ident> label);
  StmtId ParseSimpleStmt();
  // The expressions since `mark` are the left-hand side.
  StmtId ParseSimpleStmtBehind(size_t mark);
  StmtId ParseAssignment(size_t mark);
  StmtId ParseBranchStmt();
  StmtId ParseReturnStmt();
  StmtId ParseGoOrDeferStmt();
  StmtId ParseEmptyStmt();
  // `context` is what the block belongs to, for messages.
  Ref<ast::BlockStmt> ParseBlock(std::string_view context);
  StmtId ParseIfStmt();
  StmtId ParseForStmt();
  StmtId ParseSwitchStmt();
  StmtId ParseSelectStmt();
  StmtId ParseCaseClause();
  StmtId ParseCommClause();
  void RecoverAtClause();
  void CheckCommClause(StmtId comm);
  Ref<ast::BlockStmt> ParseClauses(std::string_view context,
                                   StmtId (Descent::*clause)());
  Header ParseHeader(TokenKind keyword);
  void ParseHeaderStmts(TokenKind keyword, Header& header);
  // Behind the first semicolon, or where it ought to be.
  void ParseForHeaderTail(Header& header);
  bool ParseRangeClause(size_t mark, Header& header);
  void CheckCondition(const Header& header, TokenKind keyword, Token semicolon);
  bool IsTypeSwitchGuard(StmtId stmt);
  void CheckGuardVariable(StmtId guard);
  void ReportNotAValue(StmtId stmt);
  // The expression of a condition; none if there is none or it is no
  // expression.
  ExprId ConditionExpr(StmtId cond);
  std::string Emphasized(NodeId x) const;

  std::string_view text_;
  const lexer::TokenBuffer& tokens_;
  ast::TreeBuilder& builder_;
  PodVector<NodeId>& list_stack_;
  source::Emitter& errors_;
  source::Emitter& late_;
  const Mode mode_;

  const Token* at_;
  const Token* first_;
  const Token* end_;
  TokenKind kind_;
  // Below 0 in the header of a control clause, where `{` begins its block and
  // not a composite literal; brackets and parentheses raise it.
  int expr_level_ = 0;
  // How many function bodies we are in.
  int func_depth_ = 0;
  uint32_t depth_ = 0;
  const uint32_t max_depth_;
  bool gave_up_ = false;
  PodVector<Param> param_stack_;
};

template <typename Fn>
Pos Descent::ParseList(std::string_view context, TokenKind sep, TokenKind close,
                       Fn element) {
  bool done = false;
  while (kind_ != TokenKind::kEof && kind_ != close && !done) {
    done = element();
    if (!Got(sep) && kind_ != close) {
      const Pos end = UnclosedList(context, sep, close);
      if (end.is_valid()) {
        return end;
      }
    }
  }
  return Want(close);
}

}  // namespace gdlint::parser
