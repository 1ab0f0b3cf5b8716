#include "tests/unit/types/constant_replay.h"

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "support/invariant.h"
#include "types/constant.h"

namespace gdlint::types {
namespace {

using lexer::TokenKind;

using Words = std::pair<std::string_view, TokenKind>;

constexpr Words kLiterals[] = {{"int", TokenKind::kInt},
                               {"float", TokenKind::kFloat},
                               {"imag", TokenKind::kImag},
                               {"char", TokenKind::kChar},
                               {"string", TokenKind::kString}};
constexpr Words kBinary[] = {
    {"+", TokenKind::kAdd},   {"-", TokenKind::kSub},
    {"*", TokenKind::kMul},   {"/", TokenKind::kQuo},
    {"div", TokenKind::kQuo}, {"%", TokenKind::kRem},
    {"&", TokenKind::kAnd},   {"|", TokenKind::kOr},
    {"^", TokenKind::kXor},   {"&^", TokenKind::kAndNot},
    {"&&", TokenKind::kLand}, {"||", TokenKind::kLor},
};
constexpr Words kComparison[] = {
    {"==", TokenKind::kEql}, {"!=", TokenKind::kNeq}, {"<", TokenKind::kLss},
    {"<=", TokenKind::kLeq}, {">", TokenKind::kGtr},  {">=", TokenKind::kGeq}};
constexpr Words kUnary[] = {{"pos", TokenKind::kAdd},
                            {"neg", TokenKind::kSub},
                            {"not", TokenKind::kNot},
                            {"com", TokenKind::kXor}};
constexpr Words kShift[] = {{"shl", TokenKind::kShl}, {"shr", TokenKind::kShr}};

template <size_t kSize>
std::optional<TokenKind> Find(const Words (&words)[kSize],
                              std::string_view name) {
  for (const auto& [word, kind] : words) {
    if (word == name) {
      return kind;
    }
  }
  return std::nullopt;
}

uint64_t Number(std::string_view text, int base) {
  uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number, base);
  return number;
}

class Machine {
 public:
  void Run(std::string_view word) {
    const size_t colon = word.find(':');
    const std::string_view name = word.substr(0, colon);
    const std::string_view argument =
        colon == std::string_view::npos ? "" : word.substr(colon + 1);
    if (!RunLiteral(name, argument) && !RunBinary(name)) {
      RunUnary(name, argument);
    }
  }

  Arena& arena() { return arena_; }
  Value top() const { return stack_.back(); }

 private:
  void Push(Value x) { stack_.push_back(x); }
  Value Pop() {
    GDLINT_ASSERT(!stack_.empty());
    const Value x = stack_.back();
    stack_.pop_back();
    return x;
  }

  bool RunLiteral(std::string_view name, std::string_view argument) {
    if (const auto token = Find(kLiterals, name)) {
      Push(constant::MakeFromLiteral(arena_, *token, argument));
    } else if (name == "bool") {
      Push(constant::MakeBool(argument == "true"));
    } else if (name == "unknown") {
      Push(Value());
    } else if (name == "u64") {
      Push(constant::MakeUint64(arena_, Number(argument, 10)));
    } else if (name == "f64") {
      Push(constant::MakeFloat64(arena_,
                                 std::bit_cast<double>(Number(argument, 16))));
    } else {
      return false;
    }
    return true;
  }

  bool RunBinary(std::string_view name) {
    const auto binary = Find(kBinary, name);
    const auto comparison = Find(kComparison, name);
    if (!binary && !comparison) {
      return false;
    }
    const Value y = Pop();
    const Value x = Pop();
    Push(binary ? constant::BinaryOp(arena_, x, *binary, y, name == "div")
                : constant::MakeBool(
                      constant::Compare(arena_, x, *comparison, y)));
    return true;
  }

  void RunUnary(std::string_view name, std::string_view argument) {
    const Value x = Pop();
    if (const auto unary = Find(kUnary, name)) {
      Push(constant::UnaryOp(arena_, *unary, x,
                             static_cast<unsigned>(Number(argument, 10))));
    } else if (const auto shift = Find(kShift, name)) {
      Push(constant::Shift(arena_, x, *shift, Number(argument, 10)));
    } else if (name == "dup") {
      Push(x);
      Push(x);
    } else if (name == "toint") {
      Push(constant::ToInt(arena_, x));
    } else if (name == "tofloat") {
      Push(constant::ToFloat(arena_, x));
    } else if (name == "tocomplex") {
      Push(constant::ToComplex(arena_, x));
    } else if (name == "round32") {
      Push(constant::RoundToFloat32(arena_, x));
    } else if (name == "round64") {
      Push(constant::RoundToFloat64(arena_, x));
    } else if (name == "real") {
      Push(constant::Real(x));
    } else if (name == "imagpart") {
      Push(constant::Imag(x));
    } else if (name == "makeimag") {
      Push(constant::MakeImag(arena_, x));
    } else {
      GDLINT_ASSERT(!"a word of the language");
    }
  }

  Arena arena_;
  std::vector<Value> stack_;
};

// What is long as its length and its FNV-1a hash.
std::string Text(const std::string& text) {
  if (text.size() <= 160) {
    return text;
  }
  uint64_t hash = 14695981039346656037U;
  for (const unsigned char c : text) {
    hash = (hash ^ c) * 1099511628211U;
  }
  return fmt::format("#{}:{:016x}", text.size(), hash);
}

std::string Describe(Arena& arena, Value x) {
  constexpr std::string_view kKinds[] = {"Unknown", "Bool",  "String",
                                         "Int",     "Float", "Complex"};
  std::string out = fmt::format(
      "{}\t{}\t{}", kKinds[static_cast<size_t>(x.kind())],
      Text(constant::ExactString(x)), Text(constant::ShortString(x)));
  const auto add = [&]<typename... Args>(fmt::format_string<Args...> format,
                                         Args&&... args) {
    fmt::format_to(std::back_inserter(out), format,
                   std::forward<Args>(args)...);
  };
  const bool is_real =
      x.kind() == ConstantKind::kInt || x.kind() == ConstantKind::kFloat;
  if (x.kind() == ConstantKind::kString) {
    GDLINT_ASSERT(constant::StringValue(arena, x).size() ==
                  constant::StringSize(x));
    add("\tsize={}", constant::StringSize(x));
  }
  if (x.kind() == ConstantKind::kInt) {
    const auto i64 = constant::Int64Value(x);
    const auto u64 = constant::Uint64Value(x);
    add("\tbits={} i64={},{} u64={},{}", constant::BitLength(x),
        i64.value_or(0), i64.has_value(), u64.value_or(0), u64.has_value());
  }
  if (is_real) {
    add("\tf64={:x} f32={:x}",
        std::bit_cast<uint64_t>(constant::Float64Value(x)),
        std::bit_cast<uint32_t>(constant::Float32Value(x)));
  }
  if (is_real || x.kind() == ConstantKind::kComplex) {
    add("\tsign={}", constant::Sign(x));
  }
  return out;
}

}  // namespace

std::string RunConstantProgram(std::string_view program) {
  Machine machine;
  for (size_t at = 0; at <= program.size();) {
    const size_t end = std::min(program.find(' ', at), program.size());
    machine.Run(program.substr(at, end - at));
    at = end + 1;
  }
  return Describe(machine.arena(), machine.top());
}

}  // namespace gdlint::types
