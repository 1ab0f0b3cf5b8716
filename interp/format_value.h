// The text of values as gc's run time prints them: print and println, and
// panics that nobody recovered.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "interp/run_type.h"

namespace gdlint::interp {

// Shortest digits that read back as the value, as strconv's 'g' format with
// precision -1.
void AppendFloat(double value, std::string& out);
void AppendFloat(float value, std::string& out);

// As `print` writes a value of that type: any but arrays and structs.
void AppendPrinted(const RunType* type, const void* value, std::string& out);

// The value after "panic: ", unless it is an error or a Stringer: then its own
// text is what AppendPanicText of a string value prints.
void AppendPanicText(const InterfaceValue& value, std::string& out);
// Each line but the first indented by a tab.
void AppendIndented(std::string_view text, std::string& out);

}  // namespace gdlint::interp
