// Traces as text, as JSON and as a Mermaid diagram.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "driver/trace_log.h"

namespace gdlint::driver {

// A line of its own for each event, indented by the depth of calls; lines that
// the program writes follow a `|`.
class TraceText {
 public:
  // What to print for the next event.
  std::string Print(const TraceEvent& event);
  // The rest of the program's output, what was never closed, and the exit code.
  std::string Finish(const TraceLog& log, int exit_code);

 private:
  void AppendOutput(std::string_view text, std::string& out);

  // The program is within a line of its output.
  bool is_in_line_ = false;
  // The goroutine of the event before.
  uint32_t goroutine_ = 1;
};

// `{"events": […], "open": […], "exit_code": N}`; what an event does not have
// is left out.
std::string TraceJson(const std::vector<TraceEvent>& events,
                      const TraceLog& log, int exit_code);

// A sequence diagram: functions are its participants.
std::string TraceMermaid(const std::vector<TraceEvent>& events,
                         const TraceLog& log, int exit_code);

}  // namespace gdlint::driver
