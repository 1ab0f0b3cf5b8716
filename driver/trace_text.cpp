#include <fmt/format.h>

#include <iterator>

#include "driver/trace_print.h"
#include "report/escape.h"

namespace gdlint::driver {
namespace {

std::string ValueList(const std::vector<TraceValue>& values) {
  std::string text;
  for (const TraceValue& value : values) {
    if (!text.empty()) {
      text += ", ";
    }
    if (!value.name.empty()) {
      text += value.name + " = ";
    }
    text += value.text;
  }
  return text;
}

std::string FirstValue(const TraceEvent& event) {
  return event.values.empty() ? "" : event.values.front().text;
}

// What happens, without where.
std::string Message(const TraceEvent& event) {
  switch (event.kind) {
    case TraceKind::kDefer:
      return fmt::format("defer {}: {}({})", event.id, event.what,
                         ValueList(event.values));
    case TraceKind::kRun:
      return fmt::format("{} runs deferred call {}, {} ({})", event.owner,
                         event.id, event.what, event.why);
    case TraceKind::kEnd:
      return fmt::format("deferred call {} {}", event.id,
                         event.is_normal ? "returns" : "does not return");
    case TraceKind::kResult:
      return fmt::format("result {}", ValueList(event.values));
    case TraceKind::kReturn:
      return fmt::format("{} returns ({})", event.function,
                         ValueList(event.values));
    case TraceKind::kPanic:
      return fmt::format("panic {}: {}", event.id, FirstValue(event));
    case TraceKind::kReplaced:
      return event.other == 0
                 ? fmt::format("panic {} is dropped", event.id)
                 : fmt::format("panic {} takes the place of panic {}",
                               event.other, event.id);
    case TraceKind::kRecovered:
      return fmt::format("recover stops panic {}: {}", event.id,
                         FirstValue(event));
    case TraceKind::kIneffective:
      return fmt::format("recover gives nil: {}", event.why);
    case TraceKind::kGoexit:
      return "runtime.Goexit";
    case TraceKind::kSkipped:
      return fmt::format("{} deferred call{} never run{}: {}", event.other,
                         event.other == 1 ? "" : "s",
                         event.other == 1 ? "s" : "", event.why);
    case TraceKind::kOpened:
      return "opens " + ResourceText(event.what, event.why);
    case TraceKind::kClosed:
      return "closes " + ResourceText(event.what, event.why);
    case TraceKind::kGoroutine:
      return fmt::format("go {}: goroutine {}", event.what, event.id);
    case TraceKind::kGoroutineEnd:
      return fmt::format("goroutine {} ends", event.goroutine);
    case TraceKind::kOutput:
      return event.what;
  }
  return "";
}

std::string_view BaseName(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

// Where messages begin, without indentation.
constexpr size_t kPlaceWidth = 20;
// Deeper calls are indented no further.
constexpr uint32_t kMaxIndent = 30;

}  // namespace

void TraceText::AppendOutput(std::string_view text, std::string& out) {
  while (!text.empty()) {
    if (!is_in_line_) {
      out += "| ";
    }
    const size_t end = text.find('\n');
    out += text.substr(0, end);
    is_in_line_ = end == std::string_view::npos;
    if (is_in_line_) {
      return;
    }
    out += '\n';
    text.remove_prefix(end + 1);
  }
}

std::string TraceText::Print(const TraceEvent& event) {
  std::string out;
  if (event.kind == TraceKind::kOutput) {
    AppendOutput(event.what, out);
    return out;
  }
  if (is_in_line_) {
    out += "⏎\n";
    is_in_line_ = false;
  }
  if (event.goroutine != goroutine_ && event.goroutine != 0) {
    goroutine_ = event.goroutine;
    out += fmt::format("goroutine {}:\n", goroutine_);
  }
  const std::string place =
      event.line == 0 ? std::string()
                      : fmt::format("{}:{}", BaseName(event.file), event.line);
  fmt::format_to(std::back_inserter(out), "{:<{}} {:{}}{}\n",
                 report::EscapeForTerminal(place), kPlaceWidth, "",
                 2 * std::min(event.depth, kMaxIndent),
                 report::EscapeForTerminal(Message(event)));
  return out;
}

std::string TraceText::Finish(const TraceLog& log, int exit_code) {
  std::string out;
  if (is_in_line_) {
    out += "⏎\n";
    is_in_line_ = false;
  }
  for (const auto& [kind, name] : log.OpenResources()) {
    out += fmt::format("never closed: {}\n",
                       report::EscapeForTerminal(ResourceText(kind, name)));
  }
  out += fmt::format("exit code {}\n", exit_code);
  return out;
}

}  // namespace gdlint::driver
