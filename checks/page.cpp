#include "checks/page.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>

#include <fmt/format.h>

#include "checks/registry.h"

namespace gdlint::checks {
namespace {

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of('\n');
  if (begin == text.npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of('\n') + 1 - begin);
}

std::string Code(std::string_view language, std::string_view text) {
  return fmt::format("```{}\n{}\n```\n", language, Trim(text));
}

std::string Section(std::string_view title, std::string_view body) {
  return fmt::format("\n## {}\n\n{}\n", title, Trim(body));
}

std::string Names(std::span<const std::string_view> names) {
  std::string list;
  for (const std::string_view name : names) {
    list += fmt::format("{}`{}`", list.empty() ? "" : ", ", name);
  }
  return list;
}

std::string Facts(std::span<const GoFact> facts) {
  std::string text;
  for (const GoFact& fact : facts) {
    text += fmt::format("{}{}\n\n{}\nprints\n\n{}", text.empty() ? "" : "\n",
                        Trim(fact.claim), Code("go", fact.program),
                        Code("text", fact.output));
  }
  return text;
}

bool WriteFile(const std::string& path, std::string_view text,
               std::string& error) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  bool written = file != nullptr;
  if (file != nullptr) {
    written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
    written = std::fclose(file) == 0 && written;
  }
  if (!written) {
    error = fmt::format("{}: {}", path, std::strerror(errno));
  }
  return written;
}

}  // namespace

std::string RenderPage(const Check& check) {
  const CheckDoc& doc = check.doc;
  std::string page = fmt::format(
      "# {}\n\n{}{}.\n\nSeverity: {}. {} Since {}.\n", check.name,
      static_cast<char>(doc.summary[0] & ~0x20), doc.summary.substr(1),
      source::SeverityName(check.severity),
      check.on_by_default ? "On by default." : "Off by default.", doc.since);
  if (!doc.aka.empty()) {
    page += fmt::format("Also known as {}.\n", Names(doc.aka));
  }
  page += Section("What it reports", doc.what);
  page += Section("Why", doc.why);
  page += Section("Reported", Code("go", doc.bad));
  page += Section("Right", Code("go", doc.good));
  page += Section("Not reported", doc.not_flagged);
  page += Section("The facts behind it", Facts(doc.facts));
  return page;
}

std::string RenderIndex() {
  std::string index =
      "# Rules\n\n"
      "Made by `checks_tests . --update` from what stands beside each rule's "
      "code; a test "
      "fails "
      "where they differ.\n\n"
      "| rule | severity | reports |\n| --- | --- | --- |\n";
  for (const Check* check : AllChecks()) {
    index +=
        fmt::format("| [{}]({}.md) | {}{} | {} |\n", check->name, check->name,
                    source::SeverityName(check->severity),
                    check->on_by_default ? "" : ", off", check->doc.summary);
  }
  return index;
}

bool WritePages(const std::string& dir, std::string& error) {
  for (const Check* check : AllChecks()) {
    if (!WriteFile(fmt::format("{}/{}.md", dir, check->name),
                   RenderPage(*check), error)) {
      return false;
    }
  }
  return WriteFile(dir + "/README.md", RenderIndex(), error);
}

}  // namespace gdlint::checks
