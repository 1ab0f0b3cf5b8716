#include "driver/merge_variants.h"

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "source/source_file.h"

namespace gdlint::driver {
namespace {

// A graph of packages without files, or with one whose text is given.
class Graph {
 public:
  // Packages come after those that they import.
  Graph& Add(const std::string& path, const std::vector<std::string>& imports,
             const std::string& test_text = "") {
    loader::Package& package = graph_.packages.emplace_back();
    const auto index =
        static_cast<loader::PackageIndex>(graph_.packages.size() - 1);
    package.import_path = path;
    package.is_root = true;
    for (const std::string& import : imports) {
      package.imports.push_back(
          {.path = import, .package = index_[import], .problem = ""});
    }
    if (!test_text.empty()) {
      graph_.sources.push_back(std::make_unique<source::SourceFile>(
          source::SourceFile::FromText("p_test.go", test_text)));
      loader::PackageFile& file = package.files.emplace_back();
      file.source_index = static_cast<uint32_t>(graph_.sources.size() - 1);
      file.source = graph_.sources.back().get();
      file.is_test = true;
    }
    index_[path] = index;
    graph_.roots.push_back(index);
    return *this;
  }

  // "p: imports" by package, in order.
  std::string Merged() {
    parser::Parser parser;
    std::vector<parser::ParsedFile> parsed;
    for (const auto& source : graph_.sources) {
      parsed.push_back(parser.Parse(*source, parser::Mode::kWholeFile));
    }
    MergeTestVariants(graph_, parsed);
    std::string text;
    for (const loader::Package& package : graph_.packages) {
      text += text.empty() ? "" : "; ";
      text += package.import_path + ":";
      for (const loader::Import& import : package.imports) {
        text += " " + graph_.packages[import.package].import_path;
      }
    }
    return text;
  }

  size_t root_count() const { return graph_.roots.size(); }

 private:
  loader::PackageGraph graph_;
  std::map<std::string, loader::PackageIndex> index_;
};

TEST_CASE("the variant with the tests stands for the package") {
  Graph graph;
  graph.Add("a", {}).Add("a [a.test]", {}).Add("b", {"a"});
  CHECK(graph.Merged() == "a [a.test]:; b: a [a.test]");
  CHECK(graph.root_count() == 2);
}

TEST_CASE("what is built anew for external tests is not needed then") {
  Graph graph;
  graph.Add("a", {})
      .Add("a [a.test]", {})
      .Add("b", {"a"})
      .Add("b [a.test]", {"a [a.test]"})
      .Add("a_test [a.test]", {"a [a.test]", "b [a.test]"});
  CHECK(graph.Merged() ==
        "a [a.test]:; b: a [a.test]; a_test [a.test]: a [a.test] b");
}

TEST_CASE("a package that only tests import is built for them alone") {
  Graph graph;
  graph.Add("a", {})
      .Add("a [a.test]", {})
      .Add("b [a.test]", {"a [a.test]"})
      .Add("a_test [a.test]", {"a [a.test]", "b [a.test]"});
  CHECK(graph.Merged() ==
        "a [a.test]:; b [a.test]: a [a.test]; "
        "a_test [a.test]: a [a.test] b [a.test]");
}

TEST_CASE("tests that would import each other") {
  Graph graph;
  graph.Add("a", {})
      .Add("b", {})
      .Add("a [a.test]", {"b"})
      .Add("b [b.test]", {"a"})
      .Add("c", {"a", "b"});
  CHECK(graph.Merged() ==
        "b:; a [a.test]: b; b [b.test]: a [a.test]; c: a [a.test] b");
}

TEST_CASE("tests that cannot be read, or whose names may clash") {
  Graph broken;
  broken.Add("a", {})
      .Add("a [a.test]", {}, "package a\nfunc f( {\n")
      .Add("b", {"a"});
  CHECK(broken.Merged() == "a:; a [a.test]:; b: a");
  Graph dot;
  dot.Add("a", {})
      .Add("a [a.test]", {})
      .Add("b", {"a"}, "package b\nimport . \"a\"\n");
  CHECK(dot.Merged() == "a:; a [a.test]:; b: a");
  // They have it in any case.
  Graph own;
  own.Add("a", {})
      .Add("a [a.test]", {})
      .Add("a_test [a.test]", {"a [a.test]"},
           "package a_test\nimport . \"a\"\n");
  CHECK(own.Merged() == "a [a.test]:; a_test [a.test]: a [a.test]");
}

}  // namespace
}  // namespace gdlint::driver
