// Traces as text, JSON and Mermaid.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "driver/trace_log.h"
#include "driver/trace_print.h"
#include "interp/run_type.h"
#include "tests/unit/types/type_maker.h"

namespace gdlint::driver {
namespace {

using interp::EventPlace;
using interp::EventValue;

struct Trace {
  types::TypeMaker make;
  interp::RunTypes run_types{make.table};
  std::vector<TraceEvent> events;
  TraceLog log{{},
               [this](const TraceEvent& event) { events.push_back(event); }};

  const interp::RunType* int_type() { return run_types.Of(make.int_type); }

  // A panic, recovered; a file that stays open; two goroutines.
  void Fill() {
    const int64_t seven = 7;
    const EventValue x{"x", int_type(), &seven};
    EventPlace place;
    place.goroutine = 1;
    log.OnResourceOpened(place, 1, "file", "a.txt");
    place.depth = 1;
    log.OnDeferRegistered(place, 1, "main.f.func1", std::span(&x, 1));
    log.OnOutput(1, "one\ntw");
    log.OnOutput(2, "o");
    log.OnPanic(place, 1, {"", int_type(), &seven});
    EventPlace deeper = place;
    deeper.depth = 5;
    log.OnDeferredCallBegins(deeper, 1, "main.f.func1",
                             interp::DeferReason::kPanic);
    log.OnRecovered(deeper, 1, {"", int_type(), &seven});
    log.OnDeferredCallEnds(deeper, 1, true);
    EventPlace other;
    other.goroutine = 2;
    log.OnGoroutineStart(place, 2, "main.worker");
    log.OnGoexit(other);
    log.OnPanicReplaced(other, 1, 2);
    log.OnDefersSkipped(other, "os.Exit", 1);
    log.OnRecoverIneffective(other, "why");
    log.OnGoroutineEnd(other);
  }
};

TEST_CASE("as text") {
  Trace trace;
  trace.Fill();
  TraceText text;
  std::string out;
  for (const TraceEvent& event : trace.events) {
    out += text.Print(event);
  }
  out += text.Finish(trace.log, 3);
  const std::string pad(21, ' ');
  CHECK(out == pad + "opens file a.txt\n" +                             //
                   pad + "  defer 1: main.f.func1(x = 7)\n" +           //
                   "| one\n" +                                          //
                   "| two⏎\n" +                                         //
                   pad + "  panic 1: 7\n" +                             //
                   pad +                                                //
                   "   runs deferred call 1, main.f.func1 (panic)\n" +  //
                   pad + "          recover stops panic 1: 7\n" +       //
                   pad + "  deferred call 1 returns\n" +                //
                   pad + "  go main.worker: goroutine 2\n" +            //
                   "goroutine 2:\n" +                                   //
                   pad + "runtime.Goexit\n" +                           //
                   pad + "panic 2 takes the place of panic 1\n" +       //
                   pad + "1 deferred call never runs: os.Exit\n" +      //
                   pad + "recover gives nil: why\n" +                   //
                   pad + "goroutine 2 ends\n" +                         //
                   "never closed: file a.txt\n" +                       //
                   "exit code 3\n");
}

TEST_CASE("as JSON") {
  Trace trace;
  trace.Fill();
  const std::string json = TraceJson(trace.events, trace.log, 0);
  CHECK(json.starts_with(
      "{\"events\": [\n"
      "  {\"event\": \"opened\", \"goroutine\": 1, \"depth\": 0, \"time\": 0, "
      "\"id\": 1, \"kind\": \"file\", \"name\": \"a.txt\"},\n"
      "  {\"event\": \"defer\", \"goroutine\": 1, \"depth\": 1, \"time\": 0, "
      "\"id\": 1, \"call\": \"main.f.func1\", \"values\": [{\"name\": \"x\", "
      "\"type\": \"int\", \"text\": \"7\"}]},\n"
      "  {\"event\": \"output\", \"fd\": 1, \"text\": \"one\\ntw\"},\n"));
  CHECK(json.ends_with(
      "\n], \"open\": [{\"kind\": \"file\", \"name\": \"a.txt\"}], "
      "\"exit_code\": 0}\n"));
  Trace empty;
  CHECK(TraceJson({}, empty.log, 1) ==
        "{\"events\": [], \"open\": [], \"exit_code\": 1}\n");
  TraceEvent odd;
  odd.id = 2;
  odd.what = "\"\\\t\x01\xff";
  CHECK(TraceJson({odd}, empty.log, 0) ==
        "{\"events\": [\n"
        "  {\"event\": \"output\", \"fd\": 2, \"text\": "
        "\"\\\"\\\\\\t\\u0001\xef\xbf\xbd\"}\n"
        "], \"open\": [], \"exit_code\": 0}\n");
}

TEST_CASE("as a Mermaid diagram") {
  Trace trace;
  trace.Fill();
  const std::string diagram = TraceMermaid(trace.events, trace.log, 0);
  CHECK(
      diagram.starts_with("sequenceDiagram\n    participant p1 as runtime\n"));
  CHECK(diagram.find("    participant p2 as main.f.func1\n") !=
        std::string::npos);
  CHECK(diagram.find("    p1->>p2: deferred call 1 (panic)\n") !=
        std::string::npos);
  CHECK(diagram.find("    p2-->>p1: returns\n") != std::string::npos);
  CHECK(diagram.find("main.worker (goroutine 2)") != std::string::npos);
  CHECK(diagram.ends_with(": exit code 0\n"));
  // No character that Mermaid would read as its own.
  Trace odd;
  EventPlace place;
  place.goroutine = 1;
  odd.log.OnResourceOpened(place, 1, "file", "a;b#\n{\"");
  CHECK(TraceMermaid(odd.events, odd.log, 0)
            .find("opens file a#59;b#35;#10;#123;#34;\n") != std::string::npos);
}

TEST_CASE("what is not told of") {
  Trace trace;
  std::vector<TraceEvent> events;
  TraceLog log({.function = "main.f"},
               [&](const TraceEvent& event) { events.push_back(event); });
  EventPlace place;
  // Nowhere in Go code, so not in main.f.
  log.OnDeferRegistered(place, 1, "g", {});
  log.OnDeferredCallBegins(place, 1, "g", interp::DeferReason::kReturn);
  log.OnDeferredCallEnds(place, 1, true);
  log.OnReturn(place, {});
  CHECK(events.empty());
  log.OnOutput(1, "x");
  CHECK(events.size() == 1);
}

}  // namespace
}  // namespace gdlint::driver
