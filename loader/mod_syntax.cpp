#include "loader/mod_syntax.h"

#include <algorithm>
#include <vector>

#include "loader/text_lines.h"

namespace gdlint::loader {
namespace {

// More words than any line that matters has: `replace a v1 => b v2`.
constexpr size_t kMaxWords = 7;

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
void SplitWords(std::string_view line, std::vector<std::string>& words) {
  words.clear();
  line = TrimSpace(line);
  while (!line.empty() && !line.starts_with("//") && words.size() < kMaxWords) {
    const size_t length = WordLength(line);
    words.push_back(Unquoted(line.substr(0, length)));
    line = TrimSpace(line.substr(length));
  }
}

}  // namespace

void ForEachDirective(
    std::string_view text,
    const std::function<void(std::string_view verb,
                             std::span<const std::string> arguments)>& fn) {
  if (text.starts_with("\xef\xbb\xbf")) {
    text.remove_prefix(3);
  }
  // The verb of the parenthesised block that the line is in.
  std::string block;
  std::vector<std::string> words;
  while (!text.empty()) {
    SplitWords(TakeLine(text), words);
    if (words.empty()) {
      continue;
    }
    if (words[0] == ")") {
      block.clear();
    } else if (!block.empty()) {
      fn(block, words);
    } else if (words.size() >= 2 && words[1] == "(" && words[0] != "(") {
      block = words[0];
    } else if (words.size() >= 2) {
      fn(words[0], std::span(words).subspan(1));
    }
  }
}

}  // namespace gdlint::loader
