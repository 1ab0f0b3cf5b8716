#include "loader/go_mod.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "loader/go_version.h"
#include "loader/text_lines.h"

namespace gdlint::loader {
namespace {

// The language of a module whose go.mod does not name one.
constexpr source::LangVersion kUnstated = {16};

// More words than any line that matters has.
constexpr size_t kMaxWords = 4;

// The length of the word at the front of `line`, quotes and all.
size_t WordLength(std::string_view line) {
  const char first = line.front();
  if (first == '(' || first == ')') {
    return 1;
  }
  if (first == '"' || first == '`') {
    size_t at = 1;
    while (at < line.size() && line[at] != first) {
      at += first == '"' && line[at] == '\\' ? 2 : 1;
    }
    return std::min(at + 1, line.size());
  }
  size_t at = 0;
  while (at < line.size() && !IsSpace(line[at]) && line[at] != '(' &&
         line[at] != ')' && !line.substr(at).starts_with("//")) {
    ++at;
  }
  return std::max<size_t>(at, 1);
}

std::string Unquoted(std::string_view word) {
  const char quote = word.front();
  if ((quote != '"' && quote != '`') || word.size() < 2 ||
      word.back() != quote) {
    return std::string(word);
  }
  std::string result;
  for (size_t i = 1; i + 1 < word.size(); ++i) {
    if (quote == '"' && word[i] == '\\' && i + 2 < word.size()) {
      ++i;
    }
    result += word[i];
  }
  return result;
}

// The first words of a line, up to a comment.
std::vector<std::string> SplitWords(std::string_view line) {
  std::vector<std::string> words;
  line = TrimSpace(line);
  while (!line.empty() && !line.starts_with("//") && words.size() < kMaxWords) {
    const size_t length = WordLength(line);
    words.push_back(Unquoted(line.substr(0, length)));
    line = TrimSpace(line.substr(length));
  }
  return words;
}

class GoModParser {
 public:
  GoMod Parse(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) {
      text.remove_prefix(3);
    }
    while (!text.empty()) {
      Line(SplitWords(TakeLine(text)));
    }
    if (!has_version_) {
      result_.version = kUnstated;
    }
    return std::move(result_);
  }

 private:
  void Line(const std::vector<std::string>& words) {
    if (words.empty()) {
      return;
    }
    if (words[0] == ")") {
      block_.clear();
    } else if (!block_.empty()) {
      Directive(block_, words[0]);
    } else if (words.size() >= 2 && words[1] == "(" && words[0] != "(") {
      block_ = words[0];
    } else if (words.size() >= 2) {
      Directive(words[0], words[1]);
    }
  }

  void Directive(const std::string& verb, const std::string& value) {
    if (verb == "module" && result_.module_path.empty()) {
      result_.module_path = value;
    } else if (verb == "go" && !has_version_) {
      SetVersion(value);
    } else if (verb == "ignore") {
      result_.ignored.push_back(value);
    }
  }

  void SetVersion(const std::string& value) {
    has_version_ = true;
    // "go1.22" is for `//go:build` lines only.
    const std::optional<source::LangVersion> version =
        value.starts_with("go") ? std::nullopt : ParseGoVersion(value);
    const std::string newest = source::kNewestLang.Name();
    if (!version) {
      result_.warnings.push_back("invalid go version `" + value +
                                 "`: taken to be " + newest);
    } else if (*version > source::kNewestLang) {
      result_.warnings.push_back(
          "go " + value + " is newer than " + newest +
          ", the newest version supported: taken to be " + newest);
    } else {
      result_.version = *version;
    }
  }

  GoMod result_;
  bool has_version_ = false;
  // The verb of the parenthesised block that the line is in.
  std::string block_;
};

}  // namespace

GoMod ParseGoMod(std::string_view text) { return GoModParser().Parse(text); }

}  // namespace gdlint::loader
