#include "source/read_file.h"

#include <doctest/doctest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

namespace gdlint::source {
namespace {

constexpr size_t kNoLimit = size_t{1} << 30;

// A directory that is removed in the end.
class TemporaryDir {
 public:
  TemporaryDir() {
    std::string name =
        (std::filesystem::temp_directory_path() / "gdlint.XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TemporaryDir() { std::filesystem::remove_all(path_); }
  TemporaryDir(const TemporaryDir&) = delete;
  TemporaryDir& operator=(const TemporaryDir&) = delete;

  std::string operator/(const char* name) const {
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

void Write(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

TEST_CASE("a regular file is read whole and padded") {
  const TemporaryDir dir;
  for (const size_t size : {0, 1, 4095, 4096, 100'000}) {
    Write(dir / "f.go", std::string(size, 'x'));
    const ReadResult read = ReadFile(dir / "f.go", "name", kNoLimit);
    REQUIRE(read.file.has_value());
    CHECK(read.error == ReadError::kNone);
    CHECK(read.file->name() == "name");
    CHECK(read.file->text() == std::string(size, 'x'));
    const char* const end = read.file->text().data() + size;
    CHECK(std::all_of(end, end + SourceFile::kPadding,
                      [](char c) { return c == 0; }));
  }
}

TEST_CASE("the limit is the largest size that is read") {
  const TemporaryDir dir;
  Write(dir / "f.go", "12345");
  CHECK(ReadFile(dir / "f.go", "f.go", 5).file.has_value());
  const ReadResult read = ReadFile(dir / "f.go", "f.go", 4);
  CHECK(read.error == ReadError::kTooLarge);
  CHECK(read.message == "larger than 4 bytes");
}

TEST_CASE("what is no regular file is named for what it is, without waiting") {
  const TemporaryDir dir;
  REQUIRE(mkfifo((dir / "p.go").c_str(), 0600) == 0);
  CHECK(ReadFile(dir / "p.go", "p.go", kNoLimit).message ==
        "is a named pipe, not a regular file");
  REQUIRE(mkdir((dir / "d.go").c_str(), 0700) == 0);
  CHECK(ReadFile(dir / "d.go", "d.go", kNoLimit).message ==
        "is a directory, not a regular file");
  CHECK(ReadFile("/dev/null", "n", kNoLimit).error == ReadError::kNotRegular);
}

TEST_CASE("what is not there is the system's error") {
  const TemporaryDir dir;
  const ReadResult read = ReadFile(dir / "none.go", "none.go", kNoLimit);
  CHECK(read.error == ReadError::kSystem);
  CHECK(read.message == "no such file or directory");
  CHECK_FALSE(read.file.has_value());
}

TEST_CASE("files that do not know their size are read to their end") {
  // stat says 0 bytes.
  const ReadResult read = ReadFile("/proc/self/status", "status", kNoLimit);
  REQUIRE(read.file.has_value());
  CHECK(read.file->text().starts_with("Name:"));
  CHECK(ReadFile("/proc/self/status", "status", 10).error ==
        ReadError::kTooLarge);
}

TEST_CASE("a descriptor is read to its end, whatever it is") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  REQUIRE(write(ends[1], "package p\n", 10) == 10);
  close(ends[1]);
  const ReadResult read = ReadDescriptor(ends[0], "<in>", kNoLimit);
  close(ends[0]);
  REQUIRE(read.file.has_value());
  CHECK(read.file->text() == "package p\n");
}

}  // namespace
}  // namespace gdlint::source
