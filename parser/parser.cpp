#include "parser/parser.h"

#include <algorithm>
#include <string>
#include <utility>

#include "parser/descent.h"
#include "parser/late_checks.h"
#include "support/deep_stack.h"

namespace gdlint::parser {
namespace {

// As many as go/parser allows.
constexpr uint32_t kMaxNesting = 100'000;
// What one level may take of the stack, the deepest caller included.
constexpr size_t kStackPerLevel = kHasAddressSanitizer ? 32'000 : 5'000;

// Keywords at which a statement begins: good places to go on after an error.
constexpr TokenSet kStmtKeywords = {
    TokenKind::kBreak,       TokenKind::kConst,  TokenKind::kContinue,
    TokenKind::kDefer,       TokenKind::kFor,    TokenKind::kGo,
    TokenKind::kFallthrough, TokenKind::kGoto,   TokenKind::kIf,
    TokenKind::kReturn,      TokenKind::kSelect, TokenKind::kSwitch,
    TokenKind::kType,        TokenKind::kVar,
};

// What a message calls a token that was expected.
std::string ExpectedName(TokenKind kind) {
  switch (kind) {
    case TokenKind::kIdent:
      return "name";
    case TokenKind::kComma:
      return "comma";
    case TokenKind::kSemicolon:
      return "semicolon or newline";
    default:
      break;
  }
  const std::string_view name = lexer::TokenKindName(kind);
  return lexer::IsKeyword(kind) ? "keyword " + std::string(name)
                                : std::string(name);
}

}  // namespace

uint32_t MaxNesting() {
  return static_cast<uint32_t>(
      std::min<size_t>(kMaxNesting, StackSize() / kStackPerLevel));
}

Descent::Descent(const source::SourceFile& file, Buffers& buffers,
                 source::Emitter& errors, source::Emitter& late, Mode mode)
    : text_(file.text()),
      tokens_(buffers.tokens),
      builder_(buffers.builder),
      list_stack_(buffers.list_stack),
      errors_(errors),
      late_(late),
      mode_(mode),
      at_(buffers.tokens.tokens().data()),
      first_(at_),
      end_(at_ + buffers.tokens.tokens().size() - 1),
      kind_(at_->kind()),
      max_depth_(MaxNesting()) {}

Pos Descent::previous_end() const {
  if (at_ == first_) {
    return pos();
  }
  const Token previous = at_[-1];
  return previous.pos() + tokens_.Length(previous);
}

Pos Descent::ReportMissing(TokenKind wanted) {
  const Pos missing = missing_pos();
  Unexpected(", expected " + ExpectedName(wanted));
  SkipToken();
  return missing;
}

bool Descent::GotAssign() {
  if (kind_ == TokenKind::kDefine) {
    Unexpected(", expected =");
    Next();
    return true;
  }
  return Got(TokenKind::kAssign);
}

std::string_view Descent::TextOf(Pos begin, Pos end) const {
  if (!begin.is_valid() || !end.is_valid() || end <= begin) {
    return {};
  }
  return text_.substr(begin.offset(), end.raw - begin.raw);
}

Span Descent::TokenSpan() const {
  return {pos(), pos() + tokens_.Length(*at_)};
}

bool Descent::ReportsErrors() const {
  // At the end of the file, only the first error means something.
  return !gave_up_ &&
         (kind_ != TokenKind::kEof || errors_.diagnostics().empty());
}

void Descent::UnexpectedAt(Span span, std::string_view context) {
  if (ReportsErrors()) {
    errors_.Emit<Code::kUnexpectedToken>(span, CurrentTokenName(), context);
  }
}

std::string Descent::CurrentTokenName() const {
  // A message is one line, whatever a literal holds.
  constexpr size_t kLongestText = 40;
  std::string text(Text(*at_).substr(0, kLongestText));
  std::ranges::replace(text, '\n', ' ');
  if (kind_ == TokenKind::kIdent) {
    return "name " + text;
  }
  if (lexer::IsLiteral(kind_)) {
    return "literal " + text;
  }
  if (kind_ == TokenKind::kEof) {
    return "EOF";
  }
  if (kind_ == TokenKind::kSemicolon) {
    if (!text.empty()) {
      return "semicolon";
    }
    return at_->offset() == text_.size() ? "EOF" : "newline";
  }
  return ExpectedName(kind_);
}

void Descent::Advance(TokenSet follow) {
  if (func_depth_ > 0) {
    follow = follow | kStmtKeywords;
  }
  while (kind_ != TokenKind::kEof && !follow.Has(kind_)) {
    Next();
  }
}

void Descent::SkipToken() {
  if (kind_ != TokenKind::kEof) {
    Next();
  }
}

void Descent::GiveUpTooDeep() {
  if (!gave_up_) {
    errors_.Emit<Code::kNestingTooDeep>(TokenSpan(), max_depth_);
  }
  gave_up_ = true;
  at_ = end_;
  kind_ = TokenKind::kEof;
}

Pos Descent::UnclosedList(std::string_view context, TokenKind sep,
                          TokenKind close) {
  Unexpected(" in " + std::string(context) + "; possibly missing " +
             ExpectedName(sep) + " or " + ExpectedName(close));
  Advance({TokenKind::kRparen, TokenKind::kRbrack, TokenKind::kRbrace});
  return kind_ != close ? missing_pos() : Pos();
}

struct Parser::State {
  Buffers buffers;
};

Parser::Parser() : state_(std::make_unique<State>()) {}
Parser::~Parser() = default;
Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;

namespace {

// Ends parsing: freezes the tree and puts the errors in order.
ParsedFile Collect(const source::SourceFile& file, Buffers& buffers,
                   source::Emitter& errors, source::Emitter& late) {
  if (buffers.builder.overflowed()) {
    const Pos end = Pos::At(static_cast<uint32_t>(file.text().size()));
    errors.Emit<Code::kTooManyNodes>(Span{end, end}, NodeId::kMaxNodes);
    buffers.builder.Clear();
  }
  ParsedFile parsed;
  parsed.tree = buffers.builder.Finish();
  parsed.token_count = static_cast<uint32_t>(buffers.tokens.tokens().size());
  parsed.comments.assign(buffers.tokens.comments().begin(),
                         buffers.tokens.comments().end());
  CheckBranches(file.text(), parsed.tree, errors.diagnostics(), late);
  parsed.errors = errors.Take();
  source::SortAndKeepFirstPerLine(file.text(), parsed.errors);
  parsed.late_errors = late.Take();
  source::SortAndKeepFirstPerLine(file.text(), parsed.late_errors);
  buffers.list_stack.clear();
  return parsed;
}

}  // namespace

ParsedFile Parser::Parse(const source::SourceFile& file, Mode mode) {
  Buffers& buffers = state_->buffers;
  source::Emitter errors;
  source::Emitter late;
  lexer::Lex(file, buffers.tokens, errors);
  Descent(file, buffers, errors, late, mode).ParseSourceFile();
  return Collect(file, buffers, errors, late);
}

ParsedFile Parser::ParseBody(const source::SourceFile& file, Pos body_begin,
                             Pos body_end) {
  Buffers& buffers = state_->buffers;
  // A copy, since the lexer needs zeros behind its text.
  const auto body = source::SourceFile::FromText(
      file.name(),
      file.text().substr(body_begin.offset(), body_end.raw - body_begin.raw));
  // Lexical errors were reported when the file was parsed.
  source::Emitter lexical;
  lexer::Lex(body, buffers.tokens, lexical);
  buffers.tokens.Shift(body_begin.offset());
  source::Emitter errors;
  source::Emitter late;
  ast::FuncDecl decl;
  decl.body_begin = body_begin;
  decl.body_end = body_end;
  decl.body =
      Descent(file, buffers, errors, late, Mode::kWholeFile).ParseFuncBody();
  buffers.builder.Add(decl);
  return Collect(file, buffers, errors, late);
}

}  // namespace gdlint::parser
