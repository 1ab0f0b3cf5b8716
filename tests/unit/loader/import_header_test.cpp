#include "loader/import_header.h"

#include <doctest/doctest.h>

#include <string>

namespace gdlint::loader {
namespace {

// "p: a b"
std::string Read(std::string_view text) {
  const ImportHeader header = ReadImportHeader(text);
  std::string result = header.package_name + ":";
  for (const ImportHeader::Import& import : header.imports) {
    CHECK((text[import.offset] == '"' || text[import.offset] == '`'));
    result += " " + import.path;
  }
  return result;
}

TEST_CASE("imports in all their forms") {
  CHECK(Read("package p") == "p:");
  CHECK(Read("\xef\xbb\xbf// c\n/* c\n*/package /**/ p // d\nimport \"a\"\n") ==
        "p: a");
  CHECK(Read("package p;import(\"a\";b `b`\n. \"c\";;_\"d\")\nimport()"
             "\nimport \"e\"\nvar x = 1\nimport \"f\"") == "p: a b c d e");
  CHECK(Read("package p\r\n\r\nimport (\r\n\tx \"a/b\" // c\r\n)\r\n") ==
        "p: a/b");
  CHECK(Read("package p\nimport \"a\\x62\"\n") == "p: ab");
  CHECK(Read("package \xc3\xa9\nimport _ \"a\"") == "\xc3\xa9: a");
  CHECK(Read("package p /*\n*/ import \"a\"") == "p: a");
  CHECK(ReadImportHeader("package p\nimport \"C\"\n").ImportsC());
}

TEST_CASE("what is no Go ends the reading") {
  for (const char* const text :
       {"", "packagep\n", "pack", "\"package\"", "/*", "//", "\0"}) {
    CAPTURE(text);
    CHECK(Read(text) == ":");
  }
  for (const char* const text :
       {"package p import \"a\"", "package p\nimport \"a",
        "package p\nimport a", "package p\nimport (\"\na\")",
        "package p\nimports \"a\"", "package p\nimport (",
        "package p\nimport \"a\\\"", "package p /*"}) {
    CAPTURE(text);
    CHECK(Read(text) == "p:");
  }
  CHECK(Read("package p\nimport (\"a\" + \"b\")\nimport \"c\"") == "p: a");
}

}  // namespace
}  // namespace gdlint::loader
