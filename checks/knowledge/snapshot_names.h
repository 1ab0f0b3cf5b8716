// What names say about the values that a deferred call is given.

#pragma once

#include <string_view>

namespace gdlint::checks::knowledge {

// Puts back what was there before: `restore`, `SetOutput`, `Chdir`. The value
// of the `defer` statement's time is wanted.
bool NamesRestore(std::string_view name);

// Makes a new thing of an old one and a value: `With`, `WithError`.
bool NamesAddition(std::string_view name);

// A method that only says what its receiver is: `Error`, `String`, `Len`.
bool NamesView(std::string_view name);

// A function that marks a beginning, called for that: `trace`, `enter`.
bool NamesBeginning(std::string_view name);

// A function of the standard library whose result depends on its arguments
// alone: "fmt.Sprintf".
bool IsPureFunction(std::string_view full_name);

// A function that stores to what it is given the address of: `Unmarshal`,
// `Scan`.
bool NamesDecode(std::string_view name);

// Changes what it is called on or writes to: `WriteString`, `Add`, `Fprintf`.
bool NamesMutation(std::string_view name);

// A name for a value that is meant to be an old one: `old`, `prevState`.
bool NamesOldValue(std::string_view name);

}  // namespace gdlint::checks::knowledge
