// Memory that runs out in the midst of checking: what comes after must not
// notice.

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "parser/parser.h"
#include "source/source_file.h"
#include "types/check_package.h"
#include "types/package.h"
#include "types/type_table.h"

namespace {

// So many allocations of this thread succeed before one fails; none fails if it
// is negative.
thread_local int64_t successes_left = -1;

void* AllocateOrThrow(size_t size) {
  if (successes_left >= 0 && successes_left-- == 0) {
    throw std::bad_alloc();
  }
  void* const memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) {
    throw std::bad_alloc();
  }
  return memory;
}

}  // namespace

// For the whole program of unit tests.
void* operator new(size_t size) { return AllocateOrThrow(size); }
void* operator new[](size_t size) { return AllocateOrThrow(size); }
void* operator new(size_t size, const std::nothrow_t&) noexcept {
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, size_t) noexcept { std::free(memory); }

namespace gdlint::types {
namespace {

constexpr std::string_view kSource = R"(package p

type Pair[A, B any] struct { a A; b B }

func (p *Pair[A, B]) Swap() *Pair[B, A] { return &Pair[B, A]{p.b, p.a} }

type Shape interface { Area() float64; Name() string }

type Square struct{ side float64 }

func (s Square) Area() float64 { return s.side * s.side }

const big = 1<<100 + 1

var table = map[string][]int{"a": {1, 2}, "b": nil}

func Map[A, B any](list []A, f func(A) B) (result []B) {
	for _, a := range list {
		result = append(result, f(a))
	}
	return
}

func Long(s uint) (n int, err error) {
	type local struct{ Pair[int, *local]; next []local }
	var unused local
	x := 1 << s
	y := Map([]string{"a", "b"}, func(text string) local { return local{} })
outer:
	for i := range y {
		switch v := any(y[i]).(type) {
		case int, local:
			if v == nil { break outer }
			goto missing
		case Shape:
			defer func() { _ = v.Name() + big }()
		}
		select { case <-make(chan int): default: }
	}
	var shape Shape = Square{1.5}
	p := &Pair[string, local]{"x", y[0]}
	n = p.Swap().b + x
	return len(table["abc"]) + int(shape.Area()), nil, undefined
}

func Short(x int) string {
	for {
		return x + table
	}
	y := 1
}
)";

constexpr std::string_view kImporter = R"(package q

import "p"

type Embedding struct{ p.Square }

var v = p.Map([]int{1}, func(int) *p.Pair[int, string] { return nil })

func f() (float64, error) {
	var e Embedding
	return e.Area(), v[0].Swap()
}
)";

struct Parsed {
  Parsed(const char* name, std::string_view text)
      : source(source::SourceFile::FromText(name, text)),
        file(parser::Parser().Parse(source, parser::Mode::kWholeFile)) {
    REQUIRE(file.errors.empty());
  }

  source::SourceFile source;
  parser::ParsedFile file;
};

void AddFile(Package& package, const Parsed& parsed) {
  auto file = std::make_unique<File>();
  file->package = &package;
  file->source = &parsed.source;
  file->tree = &parsed.file.tree;
  file->display_name = package.path + ".go";
  package.files.push_back(std::move(file));
}

std::vector<std::string> Messages(const std::vector<TypeError>& errors) {
  std::vector<std::string> messages;
  for (const TypeError& error : errors) {
    messages.push_back(error.diagnostic.text);
  }
  return messages;
}

// Runs `fn` with memory for only so many allocations; whether that was enough.
template <typename Fn>
bool RunWithAllocations(int64_t count, const Fn& fn) {
  bool has_succeeded = false;
  successes_left = count;
  try {
    fn();
    has_succeeded = true;
  } catch (const std::bad_alloc&) {
  }
  successes_left = -1;
  return has_succeeded;
}

struct World {
  World() {
    package.path = "p";
    package.name = "p";
  }

  TypeTable table{Sizes::ForArchitecture("amd64")};
  Package package;
};

const BodyTask& TaskOf(const Package& package, std::string_view name) {
  for (const BodyTask& task : package.bodies) {
    if (task.func->name->text() == name) {
      return task;
    }
  }
  FAIL("no such function");
  return package.bodies.front();
}

TEST_CASE("a body after one for which memory ran out is checked as by itself") {
  const Parsed parsed("p.go", kSource);
  std::vector<std::string> wanted;
  bool has_enough = false;
  int64_t allocations = 0;
  for (; !has_enough; ++allocations) {
    World world;
    AddFile(world.package, parsed);
    CheckApi(world.table, world.package);
    const BodyTask& first = TaskOf(world.package, "Long");
    const BodyTask& second = TaskOf(world.package, "Short");
    if (wanted.empty()) {
      BodyChecker alone(world.table);
      wanted = Messages(alone.Check(world.package, second).errors);
      REQUIRE(wanted.size() == 3);
      continue;
    }
    BodyChecker checker(world.table);
    has_enough = RunWithAllocations(
        allocations, [&] { checker.Check(world.package, first); });
    CHECK(Messages(checker.Check(world.package, second).errors) == wanted);
  }
  CHECK(allocations > 100);
}

TEST_CASE("a package for whose declarations memory ran out can be imported") {
  const Parsed parsed("p.go", kSource);
  const Parsed importing("q.go", kImporter);
  bool has_enough = false;
  int64_t allocations = 0;
  for (; !has_enough; ++allocations) {
    World world;
    AddFile(world.package, parsed);
    has_enough = RunWithAllocations(
        allocations, [&] { CheckApi(world.table, world.package); });
    world.package.is_fake = !has_enough;
    Package importer;
    importer.path = "q";
    importer.name = "q";
    importer.imports.push_back(
        {.path = "p", .package = &world.package, .problem = {}});
    AddFile(importer, importing);
    CheckApi(world.table, importer);
    BodyChecker checker(world.table);
    std::vector<BodyResult> results;
    for (const BodyTask& task : importer.bodies) {
      results.push_back(checker.Check(importer, task));
    }
    FinishPackage(world.table, importer, std::move(results));
    // What is unknown is not wrong.
    for (const TypeError& error : importer.errors) {
      INFO(error.diagnostic.text);
      CHECK((has_enough || error.is_about_unknown));
    }
    CHECK((!has_enough || importer.errors.size() == 1));
  }
  CHECK(allocations > 100);
}

}  // namespace
}  // namespace gdlint::types
