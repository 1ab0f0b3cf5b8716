// The functions of a lint run: lowered, summarised, and given to the rules.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "checks/check.h"
#include "dataflow/program_builder.h"
#include "driver/analysis.h"
#include "driver/lint_program.h"
#include "driver/options.h"
#include "driver/timings.h"
#include "loader/walk.h"
#include "support/task_pool.h"

namespace gdlint::driver {

// What cannot be lowered because its types are not known is silently left out.
// `failures`: what could not be analysed for another reason.
struct FunctionChecks {
  std::span<const checks::Check* const> checks;
  const dataflow::ModelFn& models;
  // Fill Timings::checks.
  bool is_timed = false;
};

// Runs those of the checks that need the whole program on the packages of
// `program`, and adds to `results` what they find. The result does not depend
// on the number of threads. `remarks`: what the user should know.
void CheckFunctions(const LintProgram& program, const FunctionChecks& wanted,
                    TaskPool& pool, std::vector<FileResult>& results,
                    std::vector<loader::Problem>& failures,
                    std::vector<std::string>& remarks, Timings& timings);

}  // namespace gdlint::driver
