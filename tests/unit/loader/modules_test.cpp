#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "loader/go_flags.h"
#include "loader/go_mod.h"
#include "loader/go_work.h"
#include "loader/module_cache.h"
#include "loader/vendor.h"
#include "tests/unit/loader/temp_tree.h"

namespace gdlint::loader {
namespace {

TEST_CASE("requirements, replacements and exclusions") {
  const GoMod mod = ParseGoMod(
      "module a\ngo 1.20\n"
      "require b v1.0.0 // indirect\n"
      "require (\n\t\"c\" v1.2.3-pre\n\ttoolchain v1.0.0\n)\n"
      "replace b => ../b\n"
      "replace (\n\tb v1.0.0 => c v1.1.0\n\td => /abs // why\n)\n"
      "exclude c v1.0.0\nretract [v1.0.0, v1.1.0]\n"
      "tool x/cmd\ntoolchain go1.99\ngodebug default=go1.21\n");
  CHECK(mod.required ==
        std::vector<ModuleVersion>{{"b", "v1.0.0"}, {"c", "v1.2.3-pre"}});
  REQUIRE(mod.replaced.size() == 3);
  CHECK(mod.replaced[0].from == ModuleVersion{"b", ""});
  CHECK(mod.replaced[0].to == ModuleVersion{"../b", ""});
  CHECK(mod.replaced[1].from == ModuleVersion{"b", "v1.0.0"});
  CHECK(mod.replaced[1].to == ModuleVersion{"c", "v1.1.0"});
  CHECK(mod.replaced[2].to == ModuleVersion{"/abs", ""});
  CHECK(mod.excluded == std::vector<ModuleVersion>{{"c", "v1.0.0"}});
  CHECK(mod.tools == std::vector<std::string>{"x/cmd"});
  CHECK(mod.toolchain == "go1.99");
  CHECK(mod.go_line == "1.20");
  CHECK(mod.warnings.empty());
}

TEST_CASE("lines that are wrong are passed over with a warning") {
  for (const char* const line :
       {"require b", "require b latest", "exclude b master", "replace b",
        "replace b => c", "replace b => ./c v1.0.0", "replace b x => ./c",
        "replace => ./c", "replace b => c latest", "replace b v1 v2 => ./c"}) {
    CAPTURE(line);
    const GoMod mod = ParseGoMod(std::string("module a\n") + line + "\n");
    CHECK(mod.required.empty());
    CHECK(mod.replaced.empty());
    CHECK(mod.excluded.empty());
    CHECK(mod.warnings.size() == 1);
  }
  std::string many = "module a\n";
  for (int i = 0; i < 1000; ++i) {
    many += "require b bad\n";
  }
  CHECK(ParseGoMod(many).warnings.size() == 10);
}

TEST_CASE("go.work") {
  const GoWork work = ParseGoWork(
      "go 1.22\nuse ./a\nuse (\n\t../b // c\n\t/c\n)\nreplace x => ./y\n"
      "toolchain go1.99\n");
  CHECK(work.used == std::vector<std::string>{"./a", "../b", "/c"});
  CHECK(work.version.minor == 22);
  REQUIRE(work.replaced.size() == 1);
  CHECK(ParseGoWork("use ./a\n").version.minor == 18);
  CHECK(ParseGoWork("go 999\n").warnings.size() == 1);
}

Environment Flags(const std::string& text) {
  return Variables(std::map<std::string, std::string>{{"GOFLAGS", text}});
}

TEST_CASE("GOFLAGS") {
  const auto read = [](const std::string& text) {
    return ReadGoFlags(Flags(text));
  };
  const GoFlags flags =
      read(" -mod=vendor --tags=a,b  '-modfile=x y.mod' -v -x=-mod=mod");
  CHECK(flags.mod == "vendor");
  CHECK(flags.tags == "a,b");
  CHECK(flags.modfile == "x y.mod");
  CHECK(read("-mod=vendor -mod=readonly").mod == "readonly");
  CHECK_FALSE(read("").mod.has_value());
  CHECK_FALSE(read("'-mod=").tags.has_value());
  const BuildContext context = BuildContext::Make(
      {.goos = {}, .goarch = {}, .tags = ""}, Flags("-tags=seven,eight"));
  CHECK(context.HasTag("eight"));
  CHECK_FALSE(BuildContext::Make({.goos = {}, .goarch = {}, .tags = "nine"},
                                 Flags("-tags=eight"))
                  .HasTag("eight"));
}

TEST_CASE("the module cache") {
  const auto dir = [](std::map<std::string, std::string> variables) {
    return ModuleCache::Find(Variables(std::move(variables))).dir();
  };
  CHECK(dir({{"GOMODCACHE", "/c"}, {"GOPATH", "/p"}, {"HOME", "/h"}}) == "/c");
  CHECK(dir({{"GOPATH", "/p:/q"}, {"HOME", "/h"}}) == "/p/pkg/mod");
  CHECK(dir({{"HOME", "/h"}}) == "/h/go/pkg/mod");
  CHECK(dir({}).empty());
  const ModuleCache cache("/c");
  const ModuleVersion azure = {"github.com/Azure/x", "v1.0.0-RC1"};
  CHECK(cache.SourceDir(azure) == "/c/github.com/!azure/x@v1.0.0-!r!c1");
  CHECK(cache.GoModFile(azure) ==
        "/c/cache/download/github.com/!azure/x/@v/v1.0.0-!r!c1.mod");
  for (const char* const path :
       {"", "..", "a/../b", "/a", "a//b", "a/", "a!b", "a\\b", "a\nb", ".a",
        "a/.b", "a.", "\xc3\xa9"}) {
    CAPTURE(path);
    CHECK_FALSE(EscapeModulePath(path).has_value());
    CHECK_FALSE(cache.SourceDir({path, "v1.0.0"}).has_value());
  }
  CHECK_FALSE(cache.SourceDir({"a", "../../etc"}).has_value());
}

constexpr std::string_view kModulesTxt =
    "# b v1.0.0\n## explicit; go 1.17\nb\nb/c\n"
    "# d v1.1.0 => ../d\n## explicit\nd\n"
    "# e v0.1.0\ne/x\n"
    "# d => ../d\n";

std::vector<std::string> Disagreements(const std::string& go_mod,
                                       std::string_view modules_txt,
                                       bool is_old = false) {
  const GoMod mod = ParseGoMod(go_mod);
  const GoMod* const mods[] = {&mod};
  return VendorDisagreements(VendorList::Parse(modules_txt), mods, mod.replaced,
                             is_old);
}

TEST_CASE("modules.txt") {
  const VendorList list = VendorList::Parse(kModulesTxt);
  REQUIRE(list.ModuleOf("b/c") != nullptr);
  CHECK(list.ModuleOf("b/c")->module == ModuleVersion{"b", "v1.0.0"});
  CHECK(list.ModuleOf("b/c")->go_line == "1.17");
  CHECK(list.ModuleOf("d")->replacement.path == "../d");
  CHECK_FALSE(list.ModuleOf("e/x")->is_explicit);
  CHECK(list.ModuleOf("e") == nullptr);
  CHECK_FALSE(list.is_for_workspace());
  CHECK(VendorList::Parse("## workspace\n# b v1.0.0\nb\n").is_for_workspace());
  CHECK(VendorList::Parse("# x\nb\n#\n##\n# a => b c d\n").ModuleOf("b") ==
        nullptr);
}

TEST_CASE("modules.txt and go.mod must agree") {
  const std::string good =
      "module a\ngo 1.20\nrequire b v1.0.0\nrequire d v1.1.0\n"
      "replace d => ../d\n";
  CHECK(Disagreements(good, kModulesTxt).empty());
  const auto first = [&](const std::string& go_mod, bool is_old = false) {
    const auto found = Disagreements(go_mod, kModulesTxt, is_old);
    return found.empty() ? std::string() : found[0];
  };
  CHECK(first(good + "require f v1.0.0\n") ==
        "f@v1.0.0: is explicitly required in go.mod, but not marked as "
        "explicit in vendor/modules.txt");
  CHECK(first("require d v1.1.0\nreplace d => ../d\n") ==
        "b@v1.0.0: is marked as explicit in vendor/modules.txt, but not "
        "explicitly required in go.mod");
  CHECK(first("require b v1.0.0\nrequire d v1.1.0\nreplace d => ../other\n") ==
        "d: is replaced by ../other in go.mod, but marked as replaced by ../d "
        "in vendor/modules.txt");
  CHECK(first(good + "replace b => ../b\n") ==
        "b: is replaced in go.mod, but not marked as replaced in "
        "vendor/modules.txt");
  CHECK(first("require b v1.0.0\nrequire d v1.1.0\n") ==
        "d@v1.1.0: is marked as replaced in vendor/modules.txt, but not "
        "replaced in go.mod");
  // Before Go 1.14 nothing was marked.
  CHECK(Disagreements("require b v1.0.0\n", "# b v1.0.0\nb\n", true).empty());
  CHECK(Disagreements("require b v1.1.0\n", "# b v1.0.0\nb\n", true).size() ==
        1);
}

}  // namespace
}  // namespace gdlint::loader
