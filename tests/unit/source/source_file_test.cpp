#include "source/source_file.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace gdlint::source {
namespace {

// The bytes behind the text, which every SourceFile must have.
std::span<const char> Padding(const SourceFile& file) {
  return {file.text().data() + file.text().size(), SourceFile::kPadding};
}

TEST_CASE("a file from text holds a copy of it") {
  std::string text = "package p\n";
  const SourceFile file = SourceFile::FromText("p.go", text);
  text = "overwritten";
  CHECK(file.name() == "p.go");
  CHECK(file.text() == "package p\n");
}

TEST_CASE("zero bytes follow the text, and are not part of it") {
  for (const size_t size : {0, 1, 63, 64, 65, 4096}) {
    CAPTURE(size);
    const SourceFile file =
        SourceFile::FromText("f.go", std::string(size, 'x'));
    CHECK(file.text().size() == size);
    CHECK(std::ranges::all_of(Padding(file), [](char c) { return c == 0; }));
  }
}

TEST_CASE("NUL bytes in the text are kept") {
  using std::string_view_literals::operator""sv;
  CHECK(SourceFile::FromText("f.go", "a\0b"sv).text() == "a\0b"sv);
}

TEST_CASE("moving a file does not move its text") {
  SourceFile file = SourceFile::FromText("f.go", "x");
  const std::string_view view = file.text();
  const SourceFile moved = std::move(file);
  CHECK(moved.text().data() == view.data());
  CHECK(moved.text() == "x");
}

TEST_CASE("a buffer handed over is not copied") {
  auto buffer = std::make_unique<char[]>(3 + SourceFile::kPadding);
  std::ranges::copy("abc", buffer.get());
  const char* const bytes = buffer.get();
  const SourceFile file("f.go", std::move(buffer), 3);
  CHECK(file.text().data() == bytes);
  CHECK(file.text() == "abc");
}

}  // namespace
}  // namespace gdlint::source
