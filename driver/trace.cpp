#include "driver/trace.h"

#include <vector>

#include "driver/run_program.h"
#include "driver/trace_log.h"
#include "driver/trace_print.h"

namespace gdlint::driver {

int RunTrace(const Options& options, const loader::Environment& environment,
             Output& out) {
  const TraceFilter filter{.function = options.trace_function,
                           .is_whole = options.trace_whole};
  const bool is_text = options.trace_form == TraceForm::kText;
  TraceText text;
  std::vector<TraceEvent> events;
  TraceLog log(filter, [&](const TraceEvent& event) {
    if (is_text) {
      // One may look while it runs.
      out.Write(text.Print(event));
      out.Flush();
    } else {
      events.push_back(event);
    }
  });
  const int exit_code = RunProgram(options, environment, &log);
  switch (options.trace_form) {
    case TraceForm::kText:
      out.Write(text.Finish(log, exit_code));
      break;
    case TraceForm::kJson:
      out.Write(TraceJson(events, log, exit_code));
      break;
    case TraceForm::kMermaid:
      out.Write(TraceMermaid(events, log, exit_code));
      break;
  }
  return exit_code;
}

}  // namespace gdlint::driver
