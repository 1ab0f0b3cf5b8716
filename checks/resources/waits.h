// What makes a function wait: for others, for time to pass, for the network.

#pragma once

#include <string>
#include <string_view>

#include "dataflow/program.h"
#include "ssa/function.h"

namespace gdlint::checks::resources {

// A receive, a blocking select, or a call that surely waits, such as a sleep,
// an endless server or a request. Also of a function of the program each of
// whose ways back does so. Short sleeps and sends do not count.
bool IsWait(const ssa::Function& function, ssa::InstId id,
            const dataflow::Program& program);

// The instruction as a message names it: "`time.Sleep`", "the receive".
std::string WaitPhrase(const ssa::Function& function, ssa::InstId id);

}  // namespace gdlint::checks::resources
