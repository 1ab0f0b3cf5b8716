// Functions, calls and summaries as text for people: dumps and golden files.

#pragma once

#include <string>

#include "dataflow/program.h"
#include "dataflow/summary.h"

namespace gdlint::dataflow {

// "p.F", "(*p.T).M", "p.F$1" for the first literal in it.
std::string NameOf(const Program& program, FunctionId id);

// "returns, panics" or "never".
std::string EndsText(uint8_t ends);

// What is known, in one line, without a line break:
//
//   returns, exits if param 0 is non-nil; tells; param 1: called, kept
std::string SummaryText(const Summary& summary);

// A line for each call in a function, with what it may run; indented by two.
void PrintCalls(const Program& program, FunctionId id, std::string& out);

}  // namespace gdlint::dataflow
