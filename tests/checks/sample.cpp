#include "tests/checks/sample.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <fmt/format.h>
#include <re2/re2.h>

#include "checks/registry.h"
#include "source/line_table.h"

namespace gdlint::tests {
namespace {

namespace fs = std::filesystem;

// A comment's demand, or what a check has to say, on one line.
struct OnLine {
  uint32_t line;
  std::string text;
  bool met = false;
};

source::LangVersion LangOf(std::string_view text, const re2::RE2& pattern,
                           source::LangVersion otherwise) {
  uint32_t minor = 0;
  return re2::RE2::PartialMatch(text, pattern, &minor)
             ? source::LangVersion{minor}
             : otherwise;
}

// The patterns behind `word` in the comments of a file.
std::vector<OnLine> Demands(const checks::File& file,
                            const source::LineTable& lines,
                            std::string_view word) {
  static const re2::RE2 kQuoted(R"re((\s*"((?:[^"\\]|\\.)*)"))re");
  std::vector<OnLine> demands;
  for (const lexer::Comment& comment : file.comments) {
    const std::string_view text =
        file.text.substr(comment.offset, comment.length);
    const size_t at = text.find(fmt::format("{} \"", word));
    if (at == text.npos) {
      continue;
    }
    re2::StringPiece rest(text.substr(at + word.size()));
    std::string quoted;
    std::string pattern;
    while (re2::RE2::Consume(&rest, kQuoted, &quoted, &pattern)) {
      demands.push_back(
          {lines.Find(source::Pos::At(comment.offset)).line, pattern, false});
    }
  }
  return demands;
}

void Match(const checks::File& file, std::vector<OnLine>& demands,
           std::vector<OnLine>& answers, std::vector<std::string>& wrong) {
  for (OnLine& demand : demands) {
    const re2::RE2 pattern(demand.text);
    if (!pattern.ok()) {
      wrong.push_back(
          fmt::format("{}:{}: {}", file.name, demand.line, pattern.error()));
      continue;
    }
    for (OnLine& answer : answers) {
      if (!answer.met && answer.line == demand.line &&
          re2::RE2::PartialMatch(answer.text, pattern)) {
        answer.met = demand.met = true;
        break;
      }
    }
    if (!demand.met) {
      wrong.push_back(fmt::format("{}:{}: not found: {}", file.name,
                                  demand.line, demand.text));
    }
  }
}

void CompareFile(const checks::Package& package, const checks::File& file,
                 std::span<const checks::Check* const> checks,
                 std::vector<std::string>& wrong) {
  const source::LineTable lines(file.text);
  std::vector<OnLine> findings;
  std::vector<OnLine> notes;
  for (const source::Diagnostic& finding :
       checks::RunChecks(package, file, checks)) {
    findings.push_back(
        {lines.Find(finding.span.begin).line,
         fmt::format("{}: {} [{}]", source::SeverityName(finding.severity),
                     finding.text, finding.code),
         false});
    for (const source::Note& note : finding.notes) {
      notes.push_back({lines.Find(note.span.begin).line, note.text, false});
    }
  }
  std::vector<OnLine> wants = Demands(file, lines, "want");
  Match(file, wants, findings, wrong);
  std::vector<OnLine> wanted_notes = Demands(file, lines, "note");
  Match(file, wanted_notes, notes, wrong);
  for (const OnLine& finding : findings) {
    if (!finding.met) {
      wrong.push_back(fmt::format("{}:{}: not wanted: {}", file.name,
                                  finding.line, finding.text));
    }
  }
}

std::vector<fs::path> Entries(const fs::path& folder) {
  std::vector<fs::path> entries{fs::directory_iterator(folder),
                                fs::directory_iterator()};
  std::ranges::sort(entries);
  return entries;
}

Sample ReadFolder(const fs::path& folder) {
  static const re2::RE2 kGoLine(R"((?m)^go 1\.(\d+))");
  Sample sample{.name = folder.filename().string(), .files = {}};
  source::LangVersion lang = source::kNewestLang;
  if (fs::exists(folder / "go.mod")) {
    lang = LangOf(ReadText((folder / "go.mod").string()), kGoLine, lang);
  }
  for (const fs::path& path : Entries(folder)) {
    if (path.extension() == ".go") {
      sample.files.push_back(
          ParseSample(path.string(), ReadText(path.string()), lang));
    }
  }
  return sample;
}

}  // namespace

std::string ReadText(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

checks::Package Sample::Package(std::vector<checks::File>& views) const {
  views.clear();
  for (const SampleFile& file : files) {
    views.push_back(file.view);
  }
  // A sample shows one file of a package of more if it says so.
  const bool is_part = std::ranges::any_of(views, [](const checks::File& file) {
    return file.text.find("//package: part") != file.text.npos;
  });
  return {.files = views, .is_whole = !is_part};
}

SampleFile ParseSample(std::string name, std::string_view text,
                       source::LangVersion lang) {
  static const re2::RE2 kBuildLine(R"((?m)^//go:build go1\.(\d+)$)");
  SampleFile file;
  file.source = std::make_unique<source::SourceFile>(
      source::SourceFile::FromText(std::move(name), text));
  file.parsed = std::make_unique<parser::ParsedFile>(
      parser::Parser().Parse(*file.source, parser::Mode::kWholeFile));
  file.view = {.name = file.source->name(),
               .text = file.source->text(),
               .tree = &file.parsed->tree,
               .comments = file.parsed->comments,
               .lang = LangOf(text, kBuildLine, lang)};
  return file;
}

std::vector<Sample> ReadSamples(const std::string& folder) {
  std::vector<Sample> samples;
  for (const fs::path& path : Entries(folder)) {
    if (fs::is_directory(path)) {
      samples.push_back(ReadFolder(path));
    } else if (path.extension() == ".go") {
      samples.push_back({.name = path.filename().string(), .files = {}});
      samples.back().files.push_back(ParseSample(
          path.string(), ReadText(path.string()), source::kNewestLang));
    }
  }
  return samples;
}

std::vector<std::string> Compare(const Sample& sample,
                                 std::span<const checks::Check* const> checks) {
  std::vector<std::string> wrong;
  std::vector<checks::File> views;
  const checks::Package package = sample.Package(views);
  for (size_t i = 0; i < views.size(); ++i) {
    for (const source::Diagnostic& error : sample.files[i].parsed->errors) {
      wrong.push_back(
          fmt::format("{}: does not parse: {}", views[i].name, error.text));
    }
    CompareFile(package, package.files[i], checks, wrong);
  }
  return wrong;
}

}  // namespace gdlint::tests
