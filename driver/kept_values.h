// What a defer statement evaluates and keeps for its call, in words.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ast/node_id.h"
#include "checks/package_pass.h"
#include "dataflow/defer_registration.h"
#include "report/explanation.h"
#include "source/pos.h"
#include "ssa/function.h"

namespace gdlint::driver {

// Receiver, function value and arguments, in the order of the source. Constants
// and literals that stand there themselves have no origins.
std::vector<report::KeptValue> KeptValuesOf(const dataflow::DeferSite& site);

// What `value` may be at the place of a use that is in `around`.
std::vector<std::string> OriginTexts(const ssa::Function& function,
                                     ssa::Value value, source::Span around);

// What a line says.
std::string LineText(const ssa::Function& function, uint32_t line);
// The statement that an instruction is of, in one line.
std::string StatementText(const ssa::Function& function, const ssa::Inst& inst,
                          checks::FileIndexes& indexes);
// The source of a node, in one line.
std::string SourceOf(const ssa::Function& function, ast::NodeId node);
uint32_t LineOf(const ssa::Function& function, source::Pos pos);

}  // namespace gdlint::driver
