#include "driver/replace_file.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace gdlint::driver {
namespace {

namespace fs = std::filesystem;

// A folder with one file, removed at the end.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "gdlint.XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string root() const { return path_.string(); }
  std::string file() const { return (path_ / "a.go").string(); }
  void Write(const std::string& text) const { std::ofstream(file()) << text; }
  std::string Read() const {
    std::ifstream in(file());
    return {std::istreambuf_iterator<char>(in), {}};
  }
  size_t file_count() const {
    return static_cast<size_t>(
        std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }

 private:
  fs::path path_;
};

TEST_CASE("a file gets its new text") {
  const Folder folder;
  folder.Write("old");
  CHECK(ReplaceFile(folder.file(), folder.root(), "old", "new") == "");
  CHECK(folder.Read() == "new");
  CHECK(folder.file_count() == 1);
}

TEST_CASE("a file that is not what was read stays as it is") {
  const Folder folder;
  for (const std::string text : {"", "ol", "older", "neu"}) {
    folder.Write(text);
    CHECK(ReplaceFile(folder.file(), folder.root(), "old", "new") ==
          "it has changed since it was read; run again");
    CHECK(folder.Read() == text);
    CHECK(folder.file_count() == 1);
  }
}

TEST_CASE("a file that has gone does not come back") {
  const Folder folder;
  CHECK(ReplaceFile(folder.file(), folder.root(), "", "new") ==
        "No such file or directory");
  CHECK(folder.file_count() == 0);
}

}  // namespace
}  // namespace gdlint::driver
