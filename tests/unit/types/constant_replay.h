// Runs small programs on constants, so that their results can be held against
// those of go/constant (tests/oracle/constants).

#pragma once

#include <string>
#include <string_view>

namespace gdlint::types {

// A program is a line of words, which work on a stack:
//
//   int:L float:L imag:L char:L string:L   the value of the literal L
//   bool:true unknown u64:DECIMAL f64:HEX  other values
//   + - * / div % & | ^ &^ && || == < ...  binary operators
//   neg pos not com:BITS shl:N shr:N       unary ones
//   toint round32 real makeimag dup ...    conversions, and so on
//
// The result is what the last value is: its kind, its exact and its short text,
// and what it is as a machine number, with tabs between.
std::string RunConstantProgram(std::string_view program);

}  // namespace gdlint::types
