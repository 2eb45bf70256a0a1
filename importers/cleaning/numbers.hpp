// Counts: digits in either width, with a unit and 約 or 概ね before them.
#pragma once

#include "importers/cleaning/cell_problem.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shirube::importers {

/// "30", "３０人", "約30名程度", "1,200", "30.0" out of a workbook, "三十", "定員30名（先着順）", "20人以上". Zero is
/// refused: a list that counts nobody means that it does not say; so are two numbers, since nobody knows which holds.
/// Problems: number_unreadable.
Cell<int> parse_count(std::string_view cell);

/// The same of places that are free now: there, zero is what a list says most plainly.
Cell<int> parse_vacancy(std::string_view cell);

/// A cell of one number in one width, without blanks and the commas that part thousands ("3,5" keeps its comma, and is
/// none then); nothing where blanks or raised digits make it two.
std::optional<std::string> one_number(std::string_view cell);

/// "1,200" as "1200"; a comma that parts no thousands (30,40) stays.
std::string without_thousands(std::string_view text);

/// A kanji number below 10,000 off the front of `text`: 五, 十, 二十三, 百五十, 二〇. Nothing, and nothing taken, where
/// none stands there or it is no number as one writes it.
std::optional<int> take_kanji_number(std::u32string_view& text);

} // namespace shirube::importers
