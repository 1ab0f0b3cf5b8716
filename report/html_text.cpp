#include "report/html_text.h"

#include "report/escape.h"

namespace gdlint::report {
namespace {

void AppendPlain(std::string_view character, std::string& out) {
  switch (character.front()) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    case '\'':
      out += "&#39;";
      break;
    default:
      out += character;
  }
}

}  // namespace

void AppendHtml(std::string_view text, std::string& out) {
  while (!text.empty()) {
    if (text.front() == '\t') {
      out += '\t';
      text.remove_prefix(1);
      continue;
    }
    const VisibleChar next = FirstVisibleChar(text);
    if (next.is_plain) {
      AppendPlain(text.substr(0, next.length), out);
    } else {
      out += next.escape;
    }
    text.remove_prefix(next.length);
  }
}

void AppendHtmlWithCode(std::string_view text, std::string& out) {
  while (!text.empty()) {
    const size_t open = text.find('`');
    const size_t close =
        open == std::string_view::npos ? open : text.find('`', open + 1);
    AppendHtml(text.substr(0, close == std::string_view::npos ? close : open),
               out);
    if (close == std::string_view::npos) {
      return;
    }
    out += "<code>";
    AppendHtml(text.substr(open + 1, close - open - 1), out);
    out += "</code>";
    text.remove_prefix(close + 1);
  }
}

unsigned WidthOf(std::string_view text) {
  unsigned width = 0;
  while (!text.empty()) {
    const VisibleChar next = FirstVisibleChar(text);
    width += text.front() == '\t' ? 1 : next.width;
    text.remove_prefix(next.length);
  }
  return width;
}

std::string CutToWidth(std::string_view text, unsigned width) {
  if (WidthOf(text) <= width) {
    return std::string(text);
  }
  unsigned used = 1;
  size_t end = 0;
  while (end < text.size()) {
    const VisibleChar next = FirstVisibleChar(text.substr(end));
    if (used + next.width > width) {
      break;
    }
    used += next.width;
    end += next.length;
  }
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace gdlint::report
