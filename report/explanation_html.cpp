#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "report/explanation.h"
#include "report/flow_picture.h"
#include "report/function_page.h"
#include "report/html_assets.h"
#include "report/html_text.h"

namespace gdlint::report {
namespace {

const char* ClassOf(TokenClass kind) {
  switch (kind) {
    case TokenClass::kPlain:
      return "";
    case TokenClass::kKeyword:
      return "tk";
    case TokenClass::kString:
      return "ts";
    case TokenClass::kNumber:
      return "tn";
    case TokenClass::kComment:
      return "tc";
  }
  return "";
}

// One function's part of the page.
class FunctionPrinter {
 public:
  // `id`: of the part, unique on the page.
  FunctionPrinter(const FunctionPage& page, std::string id, std::string& out)
      : page_(page),
        explanation_(page.explanation),
        id_(std::move(id)),
        out_(out) {}

  void Print() {
    Add("<article id=\"{}\">\n", id_);
    PrintTargets();
    out_ += "<header><h1>";
    AppendHtml(explanation_.name, out_);
    out_ += "</h1><p>";
    AppendHtml(explanation_.file, out_);
    Add(":{}: ", explanation_.place.begin.line);
    std::string ends;
    for (const std::string& text : explanation_.ends) {
      ends += (ends.empty() ? "" : "; ") + text;
    }
    AppendHtml(ends, out_);
    out_ += "</p></header>\n<div class=\"panes\">\n";
    PrintExits();
    PrintSource();
    out_ += "<section class=\"graph\"><h2>Control flow</h2>\n";
    AppendPicture(page_, out_);
    out_ += "</section>\n</div>\n</article>\n";
  }

 private:
  template <typename... Args>
  void Add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format,
                   std::forward<Args>(args)...);
  }

  // What the address's fragment names, and what lights up then. The elements
  // stand before all that they light up, so that style sheets can tell.
  void PrintTargets() {
    out_ += "<style>\n";
    for (size_t i = 1; i <= page_.ways.size(); ++i) {
      const std::string head = fmt::format("#{}x{}:target~.panes ", id_, i);
      Add("{0}:is(.line,.node,.edge):not(.w{1}){{opacity:var(--dim)}}"
          "{0}.w{1}{{--on:var(--may);--ink:var(--may-ink)}}"
          "{0}.s{1}{{--on:var(--sure)}}"
          "{0}.x{1}{{--on:var(--exit)}}"
          "{0}.c{1}{{--card:var(--exit)}}\n",
          head, i);
    }
    out_ += "</style>\n";
    for (size_t i = 1; i <= page_.ways.size(); ++i) {
      Add("<i class=\"way\" id=\"{}x{}\"></i>", id_, i);
    }
    out_ += '\n';
  }

  void PrintExits() {
    Add("<section class=\"told\"><h2>Ways out</h2>\n<p class=\"hint\">Click "
        "one "
        "to light up what runs before it; <a href=\"#{}\">show all "
        "again</a>.</p>\n<ol class=\"exits\">\n",
        id_);
    for (size_t i = 0; i < explanation_.exits.size(); ++i) {
      PrintExit(i + 1, explanation_.exits[i]);
    }
    out_ += "</ol>\n";
    if (explanation_.exits.size() > page_.ways.size()) {
      Add("<p class=\"note\">Only the first {} of {} ways out can be lit "
          "up.</p>\n",
          page_.ways.size(), explanation_.exits.size());
    }
    PrintDeferred();
    PrintResources();
    PrintNilUses();
    out_ += "</section>\n";
  }

  void PrintExit(size_t number, const Exit& exit) {
    Add("<li class=\"card c{} k-{}\">", number, ExitKindName(exit.kind));
    std::string title = ExitTitle(exit);
    if (exit.places.size() == 1 && exit.kind != ExitKind::kPossiblePanics) {
      title += fmt::format(", line {}", exit.places[0].begin.line);
      if (!exit.places[0].message.empty()) {
        title += ": " + exit.places[0].message;
      }
    }
    if (number <= page_.ways.size()) {
      Add("<a href=\"#{}x{}\">", id_, number);
      AppendHtmlWithCode(title, out_);
      out_ += "</a>";
    } else {
      AppendHtmlWithCode(title, out_);
    }
    PrintList(ExitDetails(explanation_, exit));
    out_ += "</li>\n";
  }

  void PrintList(const std::vector<std::string>& lines) {
    if (lines.empty()) {
      return;
    }
    out_ += "<ul>";
    for (const std::string& line : lines) {
      out_ += line.starts_with(' ') ? "<li class=\"more\">" : "<li>";
      AppendHtmlWithCode(line, out_);
      out_ += "</li>";
    }
    out_ += "</ul>";
  }

  void PrintDeferred() {
    out_ += "<h2>Deferred calls</h2>\n";
    if (explanation_.deferred.empty()) {
      out_ += "<p class=\"hint\">None.</p>\n";
      return;
    }
    out_ += "<ol class=\"deferred\">\n";
    for (const DeferredCall& call : explanation_.deferred) {
      Add("<li>line {}", call.place.begin.line);
      PrintList(DeferredDetails(explanation_, call));
      out_ += "</li>\n";
    }
    out_ += "</ol>\n";
    if (explanation_.is_cut) {
      out_ += "<p class=\"note\">And more, which are not told apart.</p>\n";
    }
    for (const RecoverCall& call : explanation_.recovers) {
      Add("<p><code>recover</code>, line {}: ", call.place.begin.line);
      AppendHtmlWithCode(call.place.message, out_);
      out_ += "</p>\n";
    }
  }

  void PrintResources() {
    if (explanation_.resources.empty()) {
      return;
    }
    out_ += "<h2>Acquired or locked</h2>\n<ul class=\"resources\">\n";
    for (const Resource& resource : explanation_.resources) {
      out_ += "<li>";
      AppendHtmlWithCode(resource.name, out_);
      out_ += " (";
      AppendHtml(resource.kind, out_);
      Add("), line {}", resource.place.begin.line);
      if (!resource.is_known) {
        out_ += ": what becomes of it is not known, too many paths";
      } else if (resource.is_left_in_loop) {
        out_ += ": may be left so when a loop comes back";
      }
      out_ += "</li>\n";
    }
    out_ += "</ul>\n";
  }

  void PrintNilUses() {
    std::vector<uint32_t> lines;
    for (const Place& place : explanation_.nil_uses) {
      if (lines.empty() || lines.back() != place.begin.line) {
        lines.push_back(place.begin.line);
      }
    }
    if (!lines.empty()) {
      Add("<p class=\"hint\">Left out: that a pointer, an interface or a "
          "function is nil that is used at line{} {}.</p>\n",
          lines.size() == 1 ? "" : "s", LineRanges(lines));
    }
  }

  void PrintSource() {
    out_ += "<section class=\"source\"><h2>Source</h2>\n<div class=\"code\">";
    for (const SourceLine& line : page_.source) {
      Add("<div class=\"line{}{}\"><b>{}</b><i>{}</i><code>",
          WayClasses(page_, line.number, {&Way::lines, &Way::sure_lines}),
          ExitClasses(line.number), line.number, DeferMark(line.number));
      for (const SourcePiece& piece : line.pieces) {
        if (piece.kind == TokenClass::kPlain) {
          AppendHtml(piece.text, out_);
          continue;
        }
        Add("<span class=\"{}\">", ClassOf(piece.kind));
        AppendHtml(piece.text, out_);
        out_ += "</span>";
      }
      out_ += "</code></div>\n";
    }
    out_ += "</div>\n";
    if (page_.lines_left_out > 0) {
      Add("<p class=\"note\">{} more lines are not shown.</p>\n",
          page_.lines_left_out);
    }
    out_ += "</section>\n";
  }

  // " x3": where it is left by exit 3.
  std::string ExitClasses(uint32_t line) const {
    std::string classes;
    for (size_t i = 0; i < page_.ways.size(); ++i) {
      const auto& places = explanation_.exits[i].places;
      if (std::ranges::any_of(places, [&](const Place& place) {
            return place.begin.line == line;
          })) {
        classes += fmt::format(" x{}", i + 1);
      }
    }
    return classes;
  }

  // "[2]": the defer statements of a line.
  std::string DeferMark(uint32_t line) const {
    std::string mark;
    for (size_t i = 0; i < explanation_.deferred.size(); ++i) {
      if (explanation_.deferred[i].place.begin.line == line) {
        mark += fmt::format("[{}]", i + 1);
      }
    }
    return mark;
  }

  const FunctionPage& page_;
  const Explanation& explanation_;
  const std::string id_;
  std::string& out_;
};

}  // namespace

std::string FunctionPagesAsHtml(std::span<const FunctionPage> pages) {
  std::string out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n";
  out += "<meta charset=\"utf-8\">\n";
  out += fmt::format(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
      "'none'; img-src data:; style-src 'unsafe-inline'; script-src '{}'; "
      "base-uri 'none'; "
      "form-action 'none'\">\n",
      kPageScriptHash);
  out +=
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n<title>";
  AppendHtml(pages.empty() ? "" : pages[0].explanation.name, out);
  out += ": ways out</title>\n<style>";
  out += kPageStyle;
  out += "</style>\n</head>\n<body>\n";
  for (size_t i = 0; i < pages.size(); ++i) {
    FunctionPrinter(pages[i], fmt::format("f{}", i + 1), out).Print();
  }
  out += "<script>";
  out += kPageScript;
  out += "</script>\n</body>\n</html>\n";
  return out;
}

}  // namespace gdlint::report
