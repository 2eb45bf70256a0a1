// Lengths of drawings as text: a page with thousands of squares spends half its time in a formatter that could write
// any number to any digit.
#pragma once

#include <string>
#include <string_view>

namespace shirube::server {

/// Appends the number rounded to tenths, halves away from zero: "12", "-0.5", "3.1"; never "-0". What is not a number,
/// or beyond a thousand million, becomes 0: no drawing is as large.
void append_tenths(std::string& text, double number);

/// About how wide a text is set, in sizes of its letters: Latin letters and digits are a little over half as wide as
/// Japanese ones.
double width_in_ems(std::string_view text);

} // namespace shirube::server
