#include "loader/import_header.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "lexer/literal.h"

namespace gdlint::loader {
namespace {

bool IsNameByte(char c) {
  return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') ||
         ('0' <= c && c <= '9') || c == '_' || (c & 0x80) != 0;
}

class HeaderReader {
 public:
  explicit HeaderReader(std::string_view text) : text_(text) {
    if (text_.starts_with("\xef\xbb\xbf")) {
      at_ = 3;
    }
  }

  ImportHeader Read() {
    if (TakeName() != "package") {
      return {};
    }
    header_.package_name = TakeName();
    if (header_.package_name.empty() || !TakeEnd()) {
      return std::move(header_);
    }
    while (Peek() == ';') {
      ++at_;
    }
    while (PeekName() == "import") {
      TakeName();
      if (!ReadImportDecl() || !TakeEnd()) {
        break;
      }
    }
    return std::move(header_);
  }

 private:
  // One spec, or several in parentheses.
  bool ReadImportDecl() {
    if (Peek() != '(') {
      return ReadSpec();
    }
    ++at_;
    while (true) {
      const char next = Peek();
      if (next == ')') {
        ++at_;
        return true;
      }
      if (next == ';') {
        ++at_;
      } else if (!ReadSpec()) {
        return false;
      }
    }
  }

  bool ReadSpec() {
    if (Peek() == '.') {
      ++at_;
    } else {
      TakeName();
    }
    const char quote = Peek();
    if (quote != '"' && quote != '`') {
      return false;
    }
    const size_t begin = at_;
    size_t end = begin + 1;
    while (end < text_.size() && text_[end] != quote) {
      if (quote == '"' && text_[end] == '\n') {
        return false;
      }
      end += quote == '"' && text_[end] == '\\' ? 2 : 1;
    }
    if (end >= text_.size()) {
      return false;
    }
    at_ = end + 1;
    std::optional<std::string> path =
        lexer::StringValue(text_.substr(begin, at_ - begin));
    if (path) {
      header_.imports.push_back(
          {.path = *std::move(path), .offset = static_cast<uint32_t>(begin)});
    }
    return true;
  }

  // The end of a clause: a semicolon, a new line, or the end of the file.
  bool TakeEnd() {
    const size_t before = at_;
    const char next = Peek();
    if (next == ';') {
      ++at_;
      return true;
    }
    return next == '\0' || text_.substr(before, at_ - before).find('\n') !=
                               std::string_view::npos;
  }

  std::string_view PeekName() {
    Peek();
    size_t end = at_;
    while (end < text_.size() && IsNameByte(text_[end])) {
      ++end;
    }
    return text_.substr(at_, end - at_);
  }

  std::string_view TakeName() {
    const std::string_view name = PeekName();
    at_ += name.size();
    return name;
  }

  // The next byte that is neither space nor in a comment; 0 at the end.
  char Peek() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const std::string_view rest = text_.substr(at_, 2);
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        ++at_;
      } else if (rest == "//") {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (rest == "/*") {
        const size_t end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
      } else {
        return c;
      }
    }
    return '\0';
  }

  std::string_view text_;
  size_t at_ = 0;
  ImportHeader header_;
};

}  // namespace

bool ImportHeader::ImportsC() const {
  return std::ranges::any_of(
      imports, [](const Import& import) { return import.path == "C"; });
}

ImportHeader ReadImportHeader(std::string_view text) {
  return HeaderReader(text).Read();
}

}  // namespace gdlint::loader
