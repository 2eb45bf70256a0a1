// Lengths of drawings as text: a page with thousands of squares spends half its time in a formatter that could write
// any number to any digit.
#pragma once

#include <string>

namespace shirube::server {

/// Appends the number rounded to tenths, halves away from zero: "12", "-0.5", "3.1"; never "-0". What is not a number,
/// or beyond a thousand million, becomes 0: no drawing is as large.
void append_tenths(std::string& text, double number);

} // namespace shirube::server
