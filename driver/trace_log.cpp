#include "driver/trace_log.h"

#include "interp/library.h"
#include "interp/machine.h"
#include "interp/value_text.h"

namespace gdlint::driver {
namespace {

using interp::EventPlace;
using interp::EventValue;
using interp::IsOfStandardLibrary;

TraceValue ValueOf(const EventValue& value) {
  TraceValue result;
  result.name = value.name;
  if (value.type != nullptr) {
    result.type = value.type->name();
    result.text = interp::ValueText(value.type, value.memory);
  }
  return result;
}

std::vector<TraceValue> ValuesOf(std::span<const EventValue> values) {
  std::vector<TraceValue> result;
  for (const EventValue& value : values) {
    result.push_back(ValueOf(value));
  }
  return result;
}

// "net/http" of "net/http.(*Server).Serve".
std::string_view PackageOf(std::string_view function) {
  const size_t slash = function.rfind('/', function.find('('));
  return function.substr(
      0, function.find('.', slash == std::string_view::npos ? 0 : slash));
}

}  // namespace

std::string_view NameOf(TraceKind kind) {
  switch (kind) {
    case TraceKind::kDefer:
      return "defer";
    case TraceKind::kRun:
      return "run";
    case TraceKind::kEnd:
      return "end";
    case TraceKind::kResult:
      return "result";
    case TraceKind::kReturn:
      return "return";
    case TraceKind::kPanic:
      return "panic";
    case TraceKind::kReplaced:
      return "replaced";
    case TraceKind::kRecovered:
      return "recovered";
    case TraceKind::kIneffective:
      return "recover-ineffective";
    case TraceKind::kGoexit:
      return "goexit";
    case TraceKind::kSkipped:
      return "skipped";
    case TraceKind::kOpened:
      return "opened";
    case TraceKind::kClosed:
      return "closed";
    case TraceKind::kGoroutine:
      return "goroutine";
    case TraceKind::kGoroutineEnd:
      return "goroutine-end";
    case TraceKind::kOutput:
      return "output";
  }
  return "";
}

std::string ResourceText(const std::string& kind, const std::string& name) {
  return name.empty() ? kind : kind + " " + name;
}

std::vector<std::pair<std::string, std::string>> TraceLog::OpenResources()
    const {
  std::vector<std::pair<std::string, std::string>> open;
  for (const auto& [id, resource] : open_) {
    open.push_back(resource);
  }
  return open;
}

TraceEvent TraceLog::Begin(TraceKind kind, const EventPlace& place) const {
  TraceEvent event;
  event.kind = kind;
  event.goroutine = place.goroutine;
  event.depth = place.depth;
  event.time = place.time;
  if (place.callable != nullptr) {
    event.function = place.callable->name;
    event.is_library = IsOfStandardLibrary(*place.callable);
    const std::string text =
        interp::Machine::PlaceText(*place.callable, place.pos, &event.line);
    if (event.line != 0) {
      event.file = text.substr(0, text.rfind(':'));
    }
  }
  return event;
}

bool TraceLog::IsShown(const EventPlace& place) const {
  if (place.callable == nullptr) {
    return filter_.function.empty();
  }
  if (!filter_.function.empty()) {
    // "main.f", "main.f.func1"; without the package too.
    const auto is_function = [&](std::string_view name) {
      return name.starts_with(filter_.function) &&
             (name.size() == filter_.function.size() ||
              name[filter_.function.size()] == '.' ||
              name[filter_.function.size()] == '[' ||
              name[filter_.function.size()] == '-');
    };
    const std::string_view name = place.callable->name;
    const size_t slash = name.rfind('/');
    const size_t dot =
        name.find('.', slash == std::string_view::npos ? 0 : slash);
    return is_function(name) ||
           (dot != std::string_view::npos && is_function(name.substr(dot + 1)));
  }
  return filter_.is_whole || !IsOfStandardLibrary(*place.callable);
}

void TraceLog::OnDeferRegistered(const EventPlace& place, uint64_t id,
                                 std::string_view function,
                                 std::span<const EventValue> values) {
  TraceEvent event = Begin(TraceKind::kDefer, place);
  const bool is_shown = IsShown(place);
  deferred_[id] = {.call = std::string(function),
                   .owner = event.function,
                   .is_shown = is_shown,
                   .depth = place.depth};
  if (is_shown) {
    event.id = id;
    event.what = function;
    event.values = ValuesOf(values);
    Tell(event);
  }
}

void TraceLog::OnDeferredCallBegins(const EventPlace& place, uint64_t id,
                                    std::string_view function,
                                    interp::DeferReason reason) {
  const Deferred& deferred = deferred_[id];
  if (!deferred.is_shown) {
    return;
  }
  TraceEvent event = Begin(TraceKind::kRun, place);
  // While a panic is on its way the place is where that was raised.
  event.depth = deferred.depth;
  event.id = id;
  event.what = function;
  event.owner = deferred.owner;
  switch (reason) {
    case interp::DeferReason::kReturn:
      event.why = "return";
      break;
    case interp::DeferReason::kPanic:
      event.why = "panic";
      break;
    case interp::DeferReason::kGoexit:
      event.why = "Goexit";
      break;
  }
  Tell(event);
}

void TraceLog::OnDeferredCallEnds(const EventPlace& place, uint64_t id,
                                  bool is_normal) {
  const auto it = deferred_.find(id);
  if (it == deferred_.end()) {
    return;
  }
  if (it->second.is_shown) {
    TraceEvent event = Begin(TraceKind::kEnd, place);
    event.depth = it->second.depth;
    event.id = id;
    event.what = it->second.call;
    event.owner = it->second.owner;
    event.is_normal = is_normal;
    Tell(event);
  }
  deferred_.erase(it);
}

void TraceLog::OnResultStored(const EventPlace& place,
                              const EventValue& value) {
  if (IsShown(place)) {
    TraceEvent event = Begin(TraceKind::kResult, place);
    event.values.push_back(ValueOf(value));
    Tell(event);
  }
}

void TraceLog::OnReturn(const EventPlace& place,
                        std::span<const EventValue> values) {
  if (IsShown(place)) {
    TraceEvent event = Begin(TraceKind::kReturn, place);
    event.values = ValuesOf(values);
    Tell(event);
  }
}

void TraceLog::OnPanic(const EventPlace& place, uint64_t id,
                       const EventValue& value) {
  TraceEvent event = Begin(TraceKind::kPanic, place);
  event.id = id;
  event.values.push_back(ValueOf(value));
  Tell(event);
}

void TraceLog::OnPanicReplaced(const EventPlace& place, uint64_t id,
                               uint64_t by) {
  TraceEvent event = Begin(TraceKind::kReplaced, place);
  event.id = id;
  event.other = by;
  Tell(event);
}

void TraceLog::OnRecovered(const EventPlace& place, uint64_t id,
                           const EventValue& value) {
  TraceEvent event = Begin(TraceKind::kRecovered, place);
  event.id = id;
  event.values.push_back(ValueOf(value));
  Tell(event);
}

void TraceLog::OnRecoverIneffective(const EventPlace& place,
                                    std::string_view why) {
  if (IsShown(place)) {
    TraceEvent event = Begin(TraceKind::kIneffective, place);
    event.why = why;
    Tell(event);
  }
}

void TraceLog::OnGoexit(const EventPlace& place) {
  Tell(Begin(TraceKind::kGoexit, place));
}

void TraceLog::OnDefersSkipped(const EventPlace& place, std::string_view why,
                               uint64_t pending) {
  TraceEvent event = Begin(TraceKind::kSkipped, place);
  event.why = why;
  event.other = pending;
  Tell(event);
}

void TraceLog::OnResourceOpened(const EventPlace& place, uint64_t id,
                                std::string_view kind, std::string_view name) {
  open_[id] = {std::string(kind), std::string(name)};
  TraceEvent event = Begin(TraceKind::kOpened, place);
  event.id = id;
  event.what = kind;
  event.why = name;
  Tell(event);
}

void TraceLog::OnResourceClosed(const EventPlace& place, uint64_t id,
                                std::string_view kind, std::string_view name) {
  open_.erase(id);
  TraceEvent event = Begin(TraceKind::kClosed, place);
  event.id = id;
  event.what = kind;
  event.why = name;
  Tell(event);
}

bool TraceLog::OnOutput(int fd, std::string_view text) {
  TraceEvent event;
  event.id = static_cast<uint64_t>(fd);
  event.what = text;
  Tell(event);
  return true;
}

void TraceLog::OnGoroutineStart(const EventPlace& place, uint32_t id,
                                std::string_view function) {
  // The first one is there from the start.
  if (id == 1) {
    return;
  }
  // The library's own are of no interest; those that it starts for the program
  // are.
  if (!filter_.is_whole && place.callable != nullptr &&
      IsOfStandardLibrary(*place.callable) &&
      PackageOf(function) == PackageOf(place.callable->name)) {
    hidden_goroutines_.insert(id);
    return;
  }
  TraceEvent event = Begin(TraceKind::kGoroutine, place);
  event.id = id;
  event.what = function;
  Tell(event);
}

void TraceLog::OnGoroutineEnd(const EventPlace& place) {
  if (hidden_goroutines_.erase(place.goroutine) != 0) {
    return;
  }
  Tell(Begin(TraceKind::kGoroutineEnd, place));
}

}  // namespace gdlint::driver
