// Where instructions and variables are in the source, for messages.

#pragma once

#include <string>
#include <string_view>

#include "ast/tree.h"
#include "checks/package_pass.h"
#include "dataflow/values.h"
#include "source/pos.h"
#include "ssa/function.h"

namespace gdlint::checks {

// The line of a place in the file of `function`, from 1.
uint32_t LineOf(const ssa::Function& function, source::Pos pos);

// The `defer` statement of a Defer; none if it has none.
ast::Ref<ast::DeferStmt> DeferStmtOf(PackagePass& pass,
                                     const ssa::Function& function,
                                     ssa::InstId inst);

// The extent of a Defer's statement, or of its first line.
source::Span DeferSpanOf(PackagePass& pass, const ssa::Function& function,
                         ssa::InstId inst);

// The node of an instruction widened to the statement that it is in.
ast::NodeId StatementOf(PackagePass& pass, const ssa::Function& function,
                        ssa::InstId inst);

// The extent of an instruction's node, or of its first line; its position if it
// has no node.
source::Span SpanOfInst(PackagePass& pass, const ssa::Function& function,
                        ssa::InstId inst);

// The variable that an Alloc or a global is; null if it has no name.
const types::Var* VarOf(const dataflow::Origin& variable);
// Its name, or "".
std::string_view NameOf(const types::Var* var);

// The name of the function or method that a call names: `Close` of `f.Close()`.
// Empty for calls of values and literals.
std::string_view CalleeNameOf(const ssa::Function& function,
                              const ssa::Inst& call);

}  // namespace gdlint::checks
