#include <fmt/format.h>

#include <iterator>

#include "driver/trace_print.h"
#include "support/utf8.h"

namespace gdlint::driver {
namespace {

// Bytes that are no UTF-8 become U+FFFD.
void AppendJsonString(std::string_view text, std::string& out) {
  out += '"';
  while (!text.empty()) {
    const Utf8Character character = DecodeUtf8(text);
    switch (character.value) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (character.value < 0x20) {
          fmt::format_to(std::back_inserter(out), "\\u{:04x}",
                         static_cast<uint32_t>(character.value));
        } else {
          AppendUtf8(character.value, out);
        }
    }
    text.remove_prefix(character.length);
  }
  out += '"';
}

// The members of one object, in order.
class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_ += '{'; }
  ~Object() { out_ += '}'; }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  void Key(std::string_view key) {
    if (!is_first_) {
      out_ += ", ";
    }
    is_first_ = false;
    AppendJsonString(key, out_);
    out_ += ": ";
  }
  void Text(std::string_view key, std::string_view value) {
    if (!value.empty()) {
      Key(key);
      AppendJsonString(value, out_);
    }
  }
  void Number(std::string_view key, int64_t value) {
    Key(key);
    out_ += std::to_string(value);
  }

 private:
  std::string& out_;
  bool is_first_ = true;
};

void AppendEvent(const TraceEvent& event, std::string& out) {
  Object object(out);
  object.Text("event", NameOf(event.kind));
  if (event.kind == TraceKind::kOutput) {
    object.Number("fd", static_cast<int64_t>(event.id));
    object.Text("text", event.what);
    return;
  }
  object.Number("goroutine", event.goroutine);
  object.Number("depth", event.depth);
  object.Text("function", event.function);
  object.Text("file", event.file);
  if (event.line != 0) {
    object.Number("line", event.line);
  }
  object.Number("time", event.time);
  const auto id = static_cast<int64_t>(event.id);
  switch (event.kind) {
    case TraceKind::kDefer:
      object.Number("id", id);
      object.Text("call", event.what);
      break;
    case TraceKind::kRun:
      object.Number("id", id);
      object.Text("call", event.what);
      object.Text("owner", event.owner);
      object.Text("reason", event.why);
      break;
    case TraceKind::kEnd:
      object.Number("id", id);
      object.Text("call", event.what);
      object.Text("owner", event.owner);
      object.Key("returned");
      out += event.is_normal ? "true" : "false";
      break;
    case TraceKind::kPanic:
    case TraceKind::kRecovered:
      object.Number("id", id);
      break;
    case TraceKind::kReplaced:
      object.Number("id", id);
      object.Number("by", static_cast<int64_t>(event.other));
      break;
    case TraceKind::kIneffective:
      object.Text("why", event.why);
      break;
    case TraceKind::kSkipped:
      object.Number("calls", static_cast<int64_t>(event.other));
      object.Text("why", event.why);
      break;
    case TraceKind::kOpened:
    case TraceKind::kClosed:
      object.Number("id", id);
      object.Text("kind", event.what);
      object.Text("name", event.why);
      break;
    case TraceKind::kGoroutine:
      object.Number("id", id);
      object.Text("call", event.what);
      break;
    default:
      break;
  }
  if (!event.values.empty()) {
    object.Key("values");
    out += '[';
    bool is_first = true;
    for (const TraceValue& value : event.values) {
      out += is_first ? "" : ", ";
      is_first = false;
      Object item(out);
      item.Text("name", value.name);
      item.Text("type", value.type);
      item.Text("text", value.text);
    }
    out += ']';
  }
}

}  // namespace

std::string TraceJson(const std::vector<TraceEvent>& events,
                      const TraceLog& log, int exit_code) {
  std::string out = "{\"events\": [";
  bool is_first = true;
  for (const TraceEvent& event : events) {
    out += is_first ? "\n  " : ",\n  ";
    is_first = false;
    AppendEvent(event, out);
  }
  out += is_first ? "], " : "\n], ";
  out += "\"open\": [";
  is_first = true;
  for (const auto& [kind, name] : log.OpenResources()) {
    out += is_first ? "" : ", ";
    is_first = false;
    Object object(out);
    object.Text("kind", kind);
    object.Text("name", name);
  }
  out += fmt::format("], \"exit_code\": {}}}\n", exit_code);
  return out;
}

}  // namespace gdlint::driver
