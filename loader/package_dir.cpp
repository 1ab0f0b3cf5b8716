#include "loader/package_dir.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "loader/directory.h"
#include "loader/file_header.h"
#include "loader/modules.h"
#include "loader/package.h"
#include "source/read_file.h"

namespace gdlint::loader {
namespace {

// Decides which package is the directory's own, which files are external tests
// of it, and says if there are several packages.
void NamePackage(const std::string& dir, PackageDir& out) {
  const GoFile* first = nullptr;
  for (GoFile& file : out.files) {
    std::string name = file.header.package_name;
    if (name.empty()) {
      // The parser will say what is wrong with it.
      continue;
    }
    if (file.is_test && name.ends_with("_test") && name != out.name) {
      file.is_external_test = true;
      name.resize(name.size() - std::string_view("_test").size());
    }
    if (first == nullptr) {
      first = &file;
      out.name = name;
    } else if (name != out.name) {
      out.problems.push_back({.path = dir,
                              .message = "found packages " + out.name + " (" +
                                         first->base_name + ") and " + name +
                                         " (" + file.base_name + ")"});
    }
  }
}

const Overlay::File* FileOf(const Overlay* overlay, std::string_view name) {
  if (overlay == nullptr) {
    return nullptr;
  }
  const auto found =
      std::ranges::find(overlay->files, name, &Overlay::File::base_name);
  return found == overlay->files.end() ? nullptr : &*found;
}

// The name that a function's declaration gives it: "F", "T.M" for a method of T
// or *T. `line` begins behind "func "; `at` is set to where the last part of
// the name begins.
std::string DeclaredName(std::string_view line, size_t& at) {
  std::string name;
  at = 0;
  if (line.starts_with('(')) {
    const size_t end = line.find(')');
    if (end == std::string_view::npos) {
      return "";
    }
    std::string_view receiver = line.substr(1, end - 1);
    receiver.remove_prefix(receiver.find_last_of(" *") + 1);
    name = receiver.substr(0, receiver.find('['));
    name += '.';
    at = std::min(end + 2, line.size());
  }
  const std::string_view rest = line.substr(at);
  name += rest.substr(0, rest.find_first_of("(["));
  return name;
}

// The text with other names in the declarations of `renamed`; lines stay.
std::string WithRenamed(std::string_view text,
                        std::span<const std::string> renamed) {
  constexpr std::string_view kFunc = "\nfunc ";
  std::string out;
  while (true) {
    const size_t found = text.find(kFunc);
    if (found == std::string_view::npos) {
      out += text;
      return out;
    }
    const size_t begin = found + kFunc.size();
    const std::string_view line =
        text.substr(begin, text.find('\n', begin) - begin);
    size_t at = 0;
    if (std::ranges::find(renamed, DeclaredName(line, at)) == renamed.end()) {
      at = 0;
      out += text.substr(0, begin);
    } else {
      out += text.substr(0, begin + at);
      out += "std_";
    }
    text.remove_prefix(begin + at);
  }
}

}  // namespace

PackageDirs::PackageDirs(const BuildContext& context, size_t max_file_size)
    : context_(context),
      max_file_size_(max_file_size),
      working_dir_(AbsolutePath(".")) {
  if (!working_dir_.ends_with('/')) {
    working_dir_ += '/';
  }
}

void PackageDirs::SetOverlay(const std::string& dir, const Overlay& overlay) {
  entries_[dir].overlay = &overlay;
}

PackageDirs::Entry& PackageDirs::List(const std::string& dir) {
  Entry& entry = entries_[dir];
  if (entry.is_listed) {
    return entry;
  }
  entry.is_listed = true;
  DirList list = ReadDirectory(dir);
  entry.error = std::move(list.error);
  bool has_go_mod = false;
  for (DirEntry& found : list.entries) {
    if (found.kind == EntryKind::kDir) {
      entry.subdirectories.push_back(std::move(found.name));
      continue;
    }
    if (found.name == "go.mod") {
      has_go_mod = found.kind != EntryKind::kLink ||
                   !IsDirectory(JoinPath(dir, found.name));
    }
    if (!found.name.ends_with(".go")) {
      continue;
    }
    if (found.kind == EntryKind::kLink) {
      const std::string path = JoinPath(dir, found.name);
      if (IsDirectory(path)) {
        continue;
      }
      entry.has_go_files |= IsRegularFile(path);
    } else {
      entry.has_go_files |= found.kind == EntryKind::kFile;
    }
    if (!IsHiddenName(found.name) && context_.MatchesFileName(found.name)) {
      entry.go_files.push_back(std::move(found.name));
    }
  }
  entry.has_go_mod = has_go_mod;
  if (entry.overlay != nullptr) {
    const Overlay& overlay = *entry.overlay;
    std::erase_if(entry.go_files, [&](const std::string& name) {
      return FileOf(&overlay, name) != nullptr ||
             (overlay.replaces_all &&
              std::ranges::find(overlay.kept, name) == overlay.kept.end());
    });
    for (const Overlay::File& file : overlay.files) {
      entry.go_files.push_back(file.base_name);
    }
    entry.has_go_files = !entry.go_files.empty();
    entry.error.clear();
  }
  std::ranges::sort(entry.go_files);
  std::ranges::sort(entry.subdirectories);
  return entry;
}

bool PackageDirs::HasGoFiles(const std::string& dir) {
  return List(dir).has_go_files;
}

bool PackageDirs::HasGoMod(const std::string& dir) {
  Entry& entry = entries_[dir];
  if (!entry.has_go_mod) {
    struct stat status = {};
    entry.has_go_mod = stat(JoinPath(dir, "go.mod").c_str(), &status) == 0 &&
                       !S_ISDIR(status.st_mode);
  }
  return *entry.has_go_mod;
}

const std::vector<std::string>& PackageDirs::Subdirectories(
    const std::string& dir) {
  return List(dir).subdirectories;
}

PackageDir& PackageDirs::operator[](const std::string& dir) {
  return *entries_.at(dir).contents;
}

void PackageDirs::Read(std::span<const std::string> dirs, TaskPool* pool) {
  std::vector<std::pair<const std::string*, Entry*>> work;
  for (const std::string& dir : dirs) {
    Entry& entry = entries_[dir];
    if (entry.contents == nullptr) {
      entry.contents = std::make_unique<PackageDir>();
      work.emplace_back(&dir, &entry);
    }
  }
  // Listing changes the table's entries only, never the table.
  for (const auto& [dir, entry] : work) {
    List(*dir);
  }
  if (pool == nullptr || work.size() < 2) {
    for (const auto& [dir, entry] : work) {
      ReadEntry(*dir, *entry);
    }
    return;
  }
  pool->ParallelFor(work.size(), [&](size_t i, unsigned) {
    ReadEntry(*work[i].first, *work[i].second);
  });
}

void PackageDirs::ReadEntry(const std::string& dir, Entry& entry) const {
  PackageDir& out = *entry.contents;
  if (!entry.error.empty()) {
    out.problems.push_back({.path = dir, .message = entry.error});
  }
  for (const std::string& name : entry.go_files) {
    std::string path = JoinPath(dir, name);
    if (path.starts_with(working_dir_)) {
      path.erase(0, working_dir_.size());
    }
    if (auto file = ReadOne(name, std::move(path), /*is_named=*/false,
                            entry.overlay, out)) {
      out.files.push_back(*std::move(file));
    }
  }
  NamePackage(dir, out);
}

std::unique_ptr<PackageDir> PackageDirs::ReadFiles(
    std::span<const std::string> paths) {
  auto out = std::make_unique<PackageDir>();
  for (const std::string& path : paths) {
    if (auto file = ReadOne(std::filesystem::path(path).filename(), path,
                            /*is_named=*/true, /*overlay=*/nullptr, *out)) {
      out->files.push_back(*std::move(file));
    }
  }
  std::ranges::sort(out->files, {}, &GoFile::base_name);
  NamePackage(paths.empty() ? "" : paths[0], *out);
  return out;
}

std::optional<GoFile> PackageDirs::ReadOne(std::string base_name,
                                           std::string path, bool is_named,
                                           const Overlay* overlay,
                                           PackageDir& out) const {
  source::ReadResult read;
  if (const Overlay::File* const text = FileOf(overlay, base_name)) {
    read.file = source::SourceFile::FromText(path, text->text);
  } else {
    read = source::ReadFile(path, path, max_file_size_);
  }
  if (!read.file) {
    out.problems.push_back(
        {.path = std::move(path), .message = std::move(read.message)});
    return std::nullopt;
  }
  if (overlay != nullptr && !overlay->renamed.empty() &&
      FileOf(overlay, base_name) == nullptr) {
    read.file = source::SourceFile::FromText(
        path, WithRenamed(read.file->text(), overlay->renamed));
  }
  const std::string_view text = read.file->text();
  const FileHeader header = ReadFileHeader(text, context_);
  if (!is_named && !header.matches) {
    if (!header.error.empty()) {
      out.problems.push_back(
          {.path = std::move(path), .message = header.error});
    }
    return std::nullopt;
  }
  GoFile file = {.base_name = std::move(base_name),
                 .path = std::move(path),
                 .source = nullptr,
                 .header = ReadImportHeader(text),
                 .version = header.version};
  file.is_test = IsTestFileName(file.base_name);
  file.imports_c = file.header.ImportsC();
  // Cgo is not for tests, whatever the settings.
  if (file.header.package_name == "documentation" ||
      (file.imports_c && (!context_.cgo_enabled() || file.is_test))) {
    return std::nullopt;
  }
  file.source = std::make_unique<source::SourceFile>(*std::move(read.file));
  return file;
}

}  // namespace gdlint::loader
