// What programs of the oracle cannot say: strings of any length, hashes, other
// threads, and hostile sizes.

#include "types/constant.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <ctime>
#include <limits>
#include <string>
#include <thread>
#include <vector>

namespace gdlint::types::constant {
namespace {

using lexer::TokenKind;

Value Int(Arena& arena, std::string_view literal) {
  return MakeFromLiteral(arena, TokenKind::kInt, literal);
}
Value Float(Arena& arena, std::string_view literal) {
  return MakeFromLiteral(arena, TokenKind::kFloat, literal);
}
bool Equal(Arena& arena, Value x, Value y) {
  return Compare(arena, x, TokenKind::kEql, y);
}

TEST_CASE("a value is unknown unless made") {
  Arena arena;
  CHECK(Value().kind() == ConstantKind::kUnknown);
  CHECK(Sign(Value()) == 1);
  CHECK(BinaryOp(arena, Value(), TokenKind::kAdd, MakeInt64(1)).is_unknown());
  CHECK_FALSE(Compare(arena, Value(), TokenKind::kNeq, MakeInt64(1)));
  CHECK(ToInt(arena, Value()).is_unknown());
  CHECK(ShortString(Value()) == "unknown");
}

TEST_CASE("what an operation is not defined for is unknown") {
  Arena arena;
  const Value one = MakeInt64(1);
  const Value zero = MakeInt64(0);
  const Value half = Float(arena, "0.5");
  const Value text = MakeString(arena, "x");
  CHECK(BinaryOp(arena, one, TokenKind::kAdd, text).is_unknown());
  CHECK(BinaryOp(arena, text, TokenKind::kSub, text).is_unknown());
  CHECK(BinaryOp(arena, half, TokenKind::kRem, half).is_unknown());
  CHECK(BinaryOp(arena, one, TokenKind::kLand, one).is_unknown());
  CHECK(UnaryOp(arena, TokenKind::kNot, one, 0).is_unknown());
  CHECK(UnaryOp(arena, TokenKind::kSub, text, 0).is_unknown());
  CHECK(Shift(arena, half, TokenKind::kShl, 1).is_unknown());
  for (const Value x : {one, half, MakeImag(arena, one), Int(arena, "1e1"),
                        Int(arena, "0x10000000000000000")}) {
    const Value nothing =
        x.kind() == ConstantKind::kFloat ? ToFloat(arena, zero) : zero;
    CHECK(BinaryOp(arena, x, TokenKind::kQuo, nothing).is_unknown());
    CHECK(BinaryOp(arena, x, TokenKind::kQuo, nothing, true).is_unknown());
    CHECK(BinaryOp(arena, x, TokenKind::kRem, nothing).is_unknown());
  }
}

TEST_CASE("int64 is left where it no longer holds a result") {
  Arena arena;
  constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
  const Value least = MakeInt64(kLeast);
  const Value beyond = UnaryOp(arena, TokenKind::kSub, least, 0);
  CHECK_FALSE(IsInt64(beyond));
  CHECK(Uint64Value(beyond) == uint64_t{1} << 63);
  CHECK(IsInt64(UnaryOp(arena, TokenKind::kSub, beyond, 0)));
  CHECK(BitLength(least) == 64);
  CHECK(ExactString(BinaryOp(arena, least, TokenKind::kMul, least)) ==
        "85070591730234615865843651857942052864");
  // As go/constant.
  CHECK(Int64Value(BinaryOp(arena, least, TokenKind::kQuo, MakeInt64(-1),
                            true)) == kLeast);
  CHECK(Int64Value(BinaryOp(arena, least, TokenKind::kRem, MakeInt64(-1))) ==
        0);
  CHECK(arena.byte_size() < 10'000);
}

TEST_CASE("strings are joined when someone asks, and once") {
  Arena arena;
  Value x = MakeString(arena, "");
  std::string expected;
  for (int i = 0; i < 100'000; ++i) {
    const std::string piece = std::to_string(i);
    expected += piece;
    x = BinaryOp(arena, x, TokenKind::kAdd, MakeString(arena, piece));
  }
  CHECK(StringSize(x) == expected.size());
  const size_t before = arena.byte_size();
  CHECK(before < 20'000'000);
  CHECK(ShortString(x) == '"' + expected.substr(0, 68) + "...");
  CHECK(arena.byte_size() == before);
  const std::string_view bytes = StringValue(arena, x);
  CHECK(bytes == expected);
  CHECK(StringValue(arena, x).data() == bytes.data());
  // An arena that may live less long keeps a copy for itself.
  const Value y = BinaryOp(arena, x, TokenKind::kAdd, x);
  {
    Arena other;
    CHECK(StringValue(other, y) == expected + expected);
  }
  CHECK(StringValue(arena, y) == expected + expected);
}

TEST_CASE("doublings of a string take memory when asked for, and end") {
  Arena arena;
  Value x = MakeString(arena, "0123456789abcdef");
  std::vector<Value> doublings;
  while (!x.is_unknown()) {
    doublings.push_back(x);
    x = BinaryOp(arena, x, TokenKind::kAdd, x);
  }
  CHECK(doublings.size() == 25);
  CHECK(StringSize(doublings.back()) == kMaxConstantString);
  CHECK(arena.byte_size() < 10'000);
  CHECK(ShortString(doublings.back()).size() == 72);
  CHECK(arena.byte_size() < 10'000);
  // Walked through by the nodes, not by the million pieces.
  const std::string_view bytes = StringValue(arena, doublings[20]);
  CHECK(bytes.size() == size_t{16} << 20);
  CHECK(bytes.substr(bytes.size() - 17) == "f0123456789abcdef");
}

TEST_CASE("a frozen string may be read by many threads") {
  Arena arena;
  Value x = MakeString(arena, std::string(100, 'x'));
  for (int i = 0; i < 100; ++i) {
    x = BinaryOp(arena, x, TokenKind::kAdd, MakeString(arena, "y"));
  }
  std::vector<std::thread> threads;
  std::vector<size_t> sizes(4);
  for (size_t& size : sizes) {
    threads.emplace_back([&size, x] {
      Arena own;
      size = StringValue(own, x).size();
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  CHECK(sizes == std::vector<size_t>(4, 200));
}

TEST_CASE("equal constants have equal hashes") {
  Arena arena;
  const auto check = [&](Value x, Value y) {
    CAPTURE(ExactString(x));
    CAPTURE(ExactString(y));
    REQUIRE(Equal(arena, x, y));
    CHECK(Hash(arena, x) == Hash(arena, y));
  };
  check(MakeInt64(7),
        BinaryOp(arena, MakeInt64(3), TokenKind::kAdd, MakeInt64(4)));
  check(Float(arena, "0.5"), Float(arena, "0x1p-1"));
  // The same number as a fraction and as a float.
  const Value big = Float(arena, "1e1300");
  const Value third =
      BinaryOp(arena, Float(arena, "1."), TokenKind::kQuo, Float(arena, "3."));
  const Value rounded =
      BinaryOp(arena, BinaryOp(arena, third, TokenKind::kMul, big),
               TokenKind::kQuo, big);
  const Value half = Float(arena, "0.5");
  check(half, BinaryOp(arena, BinaryOp(arena, half, TokenKind::kMul, big),
                       TokenKind::kQuo, big));
  CHECK(Hash(arena, rounded) != Hash(arena, half));
  check(MakeImag(arena, MakeInt64(2)), MakeImag(arena, Float(arena, "2.")));
  const std::string text(100, 'x');
  check(MakeString(arena, text),
        BinaryOp(arena, MakeString(arena, text.substr(1)), TokenKind::kAdd,
                 MakeString(arena, "x")));
  CHECK(Hash(arena, MakeInt64(1)) != Hash(arena, MakeInt64(2)));
  CHECK(Hash(arena, MakeInt64(1)) != Hash(arena, MakeInt64(-1)));
}

// How much longer than in a release build a test may take.
double TimeScale() {
  const char* const scale = std::getenv("GDLINT_TIME_SCALE");
  return scale == nullptr ? 1 : std::atof(scale);
}

TEST_CASE("hostile numbers take little time and memory") {
  const std::clock_t start = std::clock();
  Arena arena;
  // The longest literals: terms of 33,000 bits.
  const std::string nines(9'990, '9');
  const Value x = Float(arena, "0." + nines);
  const Value y = Float(arena, "0.7" + nines.substr(0, 9'000));
  CHECK(Int(arena, nines).kind() == ConstantKind::kInt);
  CHECK(Int(arena, std::string(100'000, '9')).is_unknown());
  for (int i = 0; i < 20; ++i) {
    for (const TokenKind op :
         {TokenKind::kAdd, TokenKind::kMul, TokenKind::kQuo}) {
      CHECK(BinaryOp(arena, x, op, y).kind() == ConstantKind::kFloat);
    }
    CHECK(Compare(arena, x, TokenKind::kGtr, y));
  }
  // Exponents far apart.
  const Value huge = Float(arena, "1e600000000");
  const Value tiny = Float(arena, "1e-600000000");
  CHECK(Equal(arena, BinaryOp(arena, huge, TokenKind::kAdd, tiny), huge));
  CHECK(Equal(arena, BinaryOp(arena, tiny, TokenKind::kSub, huge),
              UnaryOp(arena, TokenKind::kSub, huge, 0)));
  CHECK(BinaryOp(arena, huge, TokenKind::kMul, huge).is_unknown());
  CHECK(Sign(BinaryOp(arena, tiny, TokenKind::kMul, tiny)) == 0);
  CHECK(ToInt(arena, huge).is_unknown());
  CHECK(ShortString(huge) == "1e+600000000");
  CHECK(Float(arena, "1e1000000000").is_unknown());
  CHECK(Sign(Float(arena, "1e-1000000000")) == 0);
  CHECK(Float(arena, "0x1p+2147483647").is_unknown());
  // Shifts.
  const Value one = MakeInt64(1);
  CHECK(Shift(arena, one, TokenKind::kShl, 1'000'000'000).is_unknown());
  CHECK(BitLength(Shift(arena, one, TokenKind::kShl, kMaxConstantShift)) ==
        kMaxConstantShift + 1);
  CHECK(Int64Value(Shift(arena, UnaryOp(arena, TokenKind::kSub, one, 0),
                         TokenKind::kShr, ~uint64_t{0})) == -1);
  // Squares, until the exponent overflows.
  Value power = Float(arena, "1.5");
  int squares = 0;
  for (; !power.is_unknown(); ++squares) {
    power = BinaryOp(arena, power, TokenKind::kMul, power);
  }
  CHECK(squares == 32);
  const double seconds =
      static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  CHECK(seconds < 2 * TimeScale());
  CHECK(arena.byte_size() < 2'000'000);
}

}  // namespace
}  // namespace gdlint::types::constant
