#include "tests/fuzz/token_mutator.h"

#include <algorithm>
#include <cstring>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lexer/lexer.h"
#include "source/emitter.h"
#include "source/source_file.h"

namespace gdlint::tests {
namespace {

using lexer::Token;
using lexer::TokenKind;

// What a token may be replaced by: what the type checker distinguishes.
constexpr std::string_view kWords[] = {
    "int",        "string",      "any",         "error",
    "comparable", "float64",     "uint8",       "bool",
    "complex128", "uintptr",     "nil",         "iota",
    "true",       "len",         "append",      "make",
    "new",        "min",         "clear",       "copy",
    "panic",      "recover",     "func()",      "struct{}",
    "[]",         "*",           "&",           "<-",
    "chan",       "map[string]", "...",         "~",
    "|",          "[T any]",     "[int]",       "interface{}",
    "1<<100",     "1e400",       "'a'",         "\"s\"",
    "1i",         "0",           "-1",          "+",
    "<<",         "==",          "&&",          "=",
    ":=",         "type",        "const",       "var",
    "return",     "defer",       "go",          "range",
    "switch",     "case",        "default",     "goto",
    "break",      "continue",    "fallthrough", "unsafe.Sizeof",
    "[...]int{}",
};

class Mutation {
 public:
  Mutation(std::string_view text, unsigned seed)
      : file_(source::SourceFile::FromText("fuzz.go", text)), random_(seed) {
    source::Emitter errors;
    lexer::Lex(file_, buffer_, errors);
  }

  std::string Run() {
    if (tokens().size() < 2) {
      return std::string(text());
    }
    switch (Below(7)) {
      case 0:
        return Replace(One(), Text(One()));
      case 1:
        return Replace(One(), std::string(kWords[Below(std::size(kWords))]));
      case 2:
        return Replace(Run(Below(12)), "");
      case 3: {
        const Range run = Run(Below(24));
        return Replace({run.begin, run.begin}, Text(run) + " ");
      }
      case 4:
        return Replace(Bracketed(), Text(Bracketed()));
      case 5:
        return Replace(Name(), Text(Name()));
      default:
        return Replace(Run(Below(12)), Text(Run(Below(24))));
    }
  }

 private:
  // Bytes of the text.
  struct Range {
    size_t begin;
    size_t end;
  };

  std::string_view text() const { return file_.text(); }
  std::span<const Token> tokens() const { return buffer_.tokens(); }
  size_t Below(size_t limit) { return random_() % limit; }

  Range RangeOf(size_t first, size_t last) const {
    return {tokens()[first].offset(),
            tokens()[last].offset() + buffer_.Length(tokens()[last])};
  }
  // Not the end of the file.
  size_t Any() { return Below(tokens().size() - 1); }
  Range One() {
    const size_t i = Any();
    return RangeOf(i, i);
  }
  Range Run(size_t length) {
    const size_t first = Any();
    return RangeOf(first, std::min(first + length, tokens().size() - 2));
  }

  Range Name() {
    for (int attempt = 0; attempt < 20; ++attempt) {
      const size_t i = Any();
      if (tokens()[i].kind() == TokenKind::kIdent) {
        return RangeOf(i, i);
      }
    }
    return One();
  }

  // From an opening bracket to the one that closes it.
  Range Bracketed() {
    for (int attempt = 0; attempt < 20; ++attempt) {
      const size_t first = Any();
      if (!Opens(tokens()[first].kind())) {
        continue;
      }
      size_t depth = 0;
      for (size_t i = first; i + 1 < tokens().size(); ++i) {
        depth += Opens(tokens()[i].kind()) ? 1 : 0;
        depth -= Closes(tokens()[i].kind()) && depth > 0 ? 1 : 0;
        if (depth == 0) {
          return RangeOf(first, i);
        }
      }
    }
    return One();
  }

  static bool Opens(TokenKind kind) {
    return kind == TokenKind::kLparen || kind == TokenKind::kLbrace ||
           kind == TokenKind::kLbrack;
  }
  static bool Closes(TokenKind kind) {
    return kind == TokenKind::kRparen || kind == TokenKind::kRbrace ||
           kind == TokenKind::kRbrack;
  }

  std::string Text(Range range) const {
    return std::string(text().substr(range.begin, range.end - range.begin));
  }
  std::string Replace(Range range, const std::string& by) const {
    return std::string(text().substr(0, range.begin)) + by +
           std::string(text().substr(range.end));
  }

  source::SourceFile file_;
  lexer::TokenBuffer buffer_;
  std::minstd_rand random_;
};

}  // namespace

size_t MutateTokens(uint8_t* data, size_t size, size_t max_size,
                    unsigned seed) {
  const std::string result =
      Mutation({reinterpret_cast<const char*>(data), size}, seed).Run();
  if (result.empty() || result.size() > max_size) {
    return size;
  }
  std::memcpy(data, result.data(), result.size());
  return result.size();
}

}  // namespace gdlint::tests
