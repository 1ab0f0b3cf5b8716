// Calls that do not come back to the statement behind them.

#pragma once

#include <string_view>

namespace gdlint::checks::knowledge {

// True for functions such as `os.Exit`, by the import path of their package.
bool PackageFunctionReturnsNot(std::string_view import_path,
                               std::string_view name);

// True for methods that end the goroutine or the process wherever the name is
// used: `Fatalf` of testing.T, log.Logger and most other loggers, `FailNow`.
bool MethodReturnsNot(std::string_view name);

// True for the methods of testing.T, B and F that end a test but are everyday
// names elsewhere: `Skip`.
bool TestingMethodReturnsNot(std::string_view name);

}  // namespace gdlint::checks::knowledge
