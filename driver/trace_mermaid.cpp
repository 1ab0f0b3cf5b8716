#include <fmt/format.h>

#include <cctype>
#include <map>

#include "driver/trace_print.h"

namespace gdlint::driver {
namespace {

// What Mermaid takes as text: no line ends, and nothing that it reads as
// syntax.
std::string MermaidText(std::string_view text) {
  constexpr size_t kMaxSize = 120;
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\n':
        out += "#10;";
        break;
      case '#':
      case ';':
      case '<':
      case '>':
      case '"':
      case '{':
      case '}':
      case '%':
        out += '#' + std::to_string(static_cast<int>(c)) + ';';
        break;
      default:
        if (static_cast<unsigned char>(c) >= ' ') {
          out += c;
        }
    }
    if (out.size() > kMaxSize && (static_cast<unsigned char>(c) & 0x80) == 0) {
      return out + "…";
    }
  }
  return out;
}

class Diagram {
 public:
  void Add(const TraceEvent& event) {
    const std::string self = Participant(event.goroutine, event.function);
    switch (event.kind) {
      case TraceKind::kDefer:
        return Note(self, fmt::format("defer {}: {}({})", event.id, event.what,
                                      ValueList(event)));
      case TraceKind::kRun:
        return Arrow(Participant(event.goroutine, event.owner), "->>",
                     Participant(event.goroutine, event.what),
                     fmt::format("deferred call {} ({})", event.id, event.why));
      case TraceKind::kEnd:
        return Arrow(Participant(event.goroutine, event.what),
                     event.is_normal ? "-->>" : "--x",
                     Participant(event.goroutine, event.owner),
                     event.is_normal ? "returns" : "does not return");
      case TraceKind::kResult:
        return Note(self, "result " + ValueList(event));
      case TraceKind::kReturn:
        return Note(self, fmt::format("returns ({})", ValueList(event)));
      case TraceKind::kPanic:
        return Note(self,
                    fmt::format("panic {}: {}", event.id, ValueList(event)));
      case TraceKind::kReplaced:
        return Note(self, fmt::format("panic {} takes the place of panic {}",
                                      event.other, event.id));
      case TraceKind::kRecovered:
        return Note(self, fmt::format("recover stops panic {}: {}", event.id,
                                      ValueList(event)));
      case TraceKind::kIneffective:
        return Note(self, "recover gives nil: " + event.why);
      case TraceKind::kGoexit:
        return Note(self, "runtime.Goexit");
      case TraceKind::kSkipped:
        return Note(self, fmt::format("{} deferred calls never run: {}",
                                      event.other, event.why));
      case TraceKind::kOpened:
        return Note(self, "opens " + ResourceText(event.what, event.why));
      case TraceKind::kClosed:
        return Note(self, "closes " + ResourceText(event.what, event.why));
      case TraceKind::kGoroutine:
        return Arrow(self, "-)",
                     Participant(static_cast<uint32_t>(event.id), event.what),
                     fmt::format("goroutine {}", event.id));
      case TraceKind::kGoroutineEnd:
        return Note(self, fmt::format("goroutine {} ends", event.goroutine));
      case TraceKind::kOutput:
        return;
    }
  }

  void Finish(const TraceLog& log, int exit_code) {
    const std::string self = Participant(1, "main.main");
    for (const auto& [kind, name] : log.OpenResources()) {
      Note(self, "never closed: " + ResourceText(kind, name));
    }
    Note(self, fmt::format("exit code {}", exit_code));
  }

  std::string Text() const {
    return "sequenceDiagram\n" + participants_ + steps_;
  }

 private:
  static std::string ValueList(const TraceEvent& event) {
    std::string text;
    for (const TraceValue& value : event.values) {
      if (!text.empty()) {
        text += ", ";
      }
      text += value.name.empty() ? value.text : value.name + " = " + value.text;
    }
    return text;
  }

  // A function of one goroutine.
  std::string Participant(uint32_t goroutine, const std::string& function) {
    const std::string name = function.empty() ? "runtime" : function;
    const auto [it, is_new] = ids_.emplace(std::pair(goroutine, name),
                                           fmt::format("p{}", ids_.size() + 1));
    if (is_new) {
      participants_ += fmt::format(
          "    participant {} as {}{}\n", it->second, MermaidText(name),
          goroutine <= 1 ? "" : fmt::format(" (goroutine {})", goroutine));
    }
    return it->second;
  }

  void Note(const std::string& over, const std::string& text) {
    steps_ += fmt::format("    Note over {}: {}\n", over, MermaidText(text));
  }
  void Arrow(const std::string& from, std::string_view arrow,
             const std::string& to, const std::string& text) {
    steps_ +=
        fmt::format("    {}{}{}: {}\n", from, arrow, to, MermaidText(text));
  }

  // By goroutine and function.
  std::map<std::pair<uint32_t, std::string>, std::string> ids_;
  std::string participants_;
  std::string steps_;
};

}  // namespace

std::string TraceMermaid(const std::vector<TraceEvent>& events,
                         const TraceLog& log, int exit_code) {
  Diagram diagram;
  for (const TraceEvent& event : events) {
    if (event.kind != TraceKind::kOutput) {
      diagram.Add(event);
    }
  }
  diagram.Finish(log, exit_code);
  return diagram.Text();
}

}  // namespace gdlint::driver
