// Bodies that a tree left out, parsed and checked when they are asked for.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "parser/parser.h"
#include "source/source_file.h"
#include "types/check_package.h"
#include "types/package.h"
#include "types/type_string.h"
#include "types/type_table.h"

namespace gdlint::types {
namespace {

constexpr std::string_view kSource = R"(package p

type Stack[E any] struct{ items []E }

func (s *Stack[E]) Push(item E) { s.items = append(s.items, item) }

func (s *Stack[E]) Pop() (item E, ok bool) {
	if len(s.items) == 0 {
		return item, false
	}
	last := len(s.items) - 1
	defer func() { s.items = s.items[:last] }()
	return s.items[last], true
}

var total = Sum(1, 2.5)

func Sum(numbers ...float64) (sum float64) {
	for _, number := range numbers {
		sum += number
	}
	return
}

func Use() int {
	s := new(Stack[int])
	s.Push(len("abc"))
	top, _ := s.Pop()
	return top
}

func Wrong() string { return total }
)";

std::unique_ptr<File> MakeFile(Package& package,
                               const source::SourceFile& source,
                               const ast::Tree& tree) {
  auto file = std::make_unique<File>();
  file->package = &package;
  file->source = &source;
  file->tree = &tree;
  file->display_name = "p/p.go";
  return file;
}

// Each expression of the units, with its type, in source order of each body.
std::vector<std::string> Facts(const Unit& unit, source::Pos begin,
                               source::Pos end) {
  std::vector<std::string> facts;
  const auto idents = unit.tree->All<ast::Ident>();
  for (uint32_t i = 0; i < idents.size(); ++i) {
    const ast::Ref<ast::Ident> ident(i);
    const Object* const object = unit.info.ObjectOf(ident);
    if (idents[i].pos >= begin && idents[i].pos < end && object != nullptr) {
      facts.push_back(std::to_string(idents[i].pos.offset()) + " " +
                      ObjectString(object));
    }
  }
  return facts;
}

TEST_CASE("a body parsed by itself has the types that it has in its file") {
  const source::SourceFile source =
      source::SourceFile::FromText("p.go", kSource);
  parser::Parser parser;
  const parser::ParsedFile whole =
      parser.Parse(source, parser::Mode::kWholeFile);
  const parser::ParsedFile short_file =
      parser.Parse(source, parser::Mode::kDeclarations);
  TypeTable table(Sizes::ForArchitecture("amd64"));

  Package full;
  full.path = "p";
  full.files.push_back(MakeFile(full, source, whole.tree));
  CheckApi(table, full);
  Package dependency;
  dependency.path = "p";
  dependency.is_dependency = true;
  dependency.files.push_back(MakeFile(dependency, source, short_file.tree));
  CheckApi(table, dependency);
  REQUIRE(full.errors.empty());
  REQUIRE(dependency.errors.empty());
  REQUIRE(full.bodies.size() == 5);
  REQUIRE(dependency.bodies.size() == full.bodies.size());

  BodyChecker checker(table);
  for (size_t i = 0; i < full.bodies.size(); ++i) {
    const BodyTask& task = dependency.bodies[i];
    const ast::FuncDecl& decl = short_file.tree.Get(task.decl);
    const parser::ParsedFile body =
        parser.ParseBody(source, decl.body_begin, decl.body_end);
    Unit unit(*task.file, body.tree, table.names());
    const BodyResult alone =
        checker.Check(dependency, task, unit, ast::Ref<ast::FuncDecl>(0));
    const BodyResult in_file = checker.Check(full, full.bodies[i]);
    CHECK(alone.errors.size() == in_file.errors.size());
    CHECK(alone.errors.size() == (i == 4 ? 1 : 0));
    CHECK(alone.dependencies.size() == in_file.dependencies.size());
    const std::vector<std::string> facts =
        Facts(unit, decl.body_begin, decl.body_end);
    CHECK(!facts.empty());
    CHECK(facts == Facts(*full.files[0]->unit, decl.body_begin, decl.body_end));
  }
}

}  // namespace
}  // namespace gdlint::types
