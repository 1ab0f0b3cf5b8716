#include "source/pos.h"

#include <doctest/doctest.h>

#include "source/source_file.h"

namespace gdlint::source {
namespace {

static_assert(sizeof(Pos) == 4);
static_assert(sizeof(Span) == 8);

TEST_CASE("the first byte of a file is a place, a default Pos is none") {
  CHECK_FALSE(Pos().is_valid());
  CHECK(Pos::At(0).is_valid());
  CHECK(Pos::At(0).offset() == 0);
  CHECK(Pos::At(41) + 1 == Pos::At(42));
}

TEST_CASE("the largest file's end still is a place") {
  const Pos end = Pos::At(static_cast<uint32_t>(SourceFile::kMaxSize));
  CHECK(end.is_valid());
  CHECK(end.offset() == SourceFile::kMaxSize);
}

TEST_CASE("places order by offset, spans by begin and then end") {
  CHECK(Pos() < Pos::At(0));
  CHECK(Pos::At(1) < Pos::At(2));
  CHECK(Span{Pos::At(1), Pos::At(9)} < Span{Pos::At(2), Pos::At(3)});
  CHECK(Span{Pos::At(1), Pos::At(2)} < Span{Pos::At(1), Pos::At(3)});
}

}  // namespace
}  // namespace gdlint::source
