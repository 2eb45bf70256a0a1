// Ages as lists write them, in months.
#pragma once

#include "importers/cleaning/cell_problem.hpp"

namespace shirube::importers {

/// The ages a cell names, months, half open; an open end is empty. "2歳" is [24, 36).
struct AgeSpan {
    std::optional<int> from_months;
    std::optional<int> to_months;
    bool by_stage = false; ///< an end comes from a stage (小学生): the widest ages that it can have, not a stated age
};

/// "0歳", "6か月", "生後3か月", "生後57日", "1歳6か月", "1歳半", "18歳まで", "満3歳未満", "3歳以上", "0～2歳",
/// "0歳6か月～満3歳未満", "二歳", 乳児, 未就学児, 小学生, 中学生以下, 高校生世代, "小学校1年生", "幼児・小学生",
/// "妊娠期～3歳". Before birth counts as 0.
///
/// A school year begins on 1 April for all who are of its age by then (学校教育法第17条), and who is born on 1 April is
/// of the year before (年齢計算ニ関スル法律). So a stage is no age: a first-grader is six on 1 April and turns seven
/// before the next, 小学生 are 6 to 12 years old, and a child of six may be of 幼児 or of 小学生. A stage is read as
/// the widest ages a child in it can have, and says so (`by_stage`). Problems: age_unreadable.
Cell<AgeSpan> parse_ages(std::string_view cell);

/// The target of two cells, 対象年齢_開始 and 対象年齢_終了 (inclusive: "2歳" holds until the third birthday).
/// Problems: age_unreadable, age_order.
std::expected<AgeSpan, CellProblem> age_span_of(const std::optional<AgeSpan>& from, const std::optional<AgeSpan>& to);

} // namespace shirube::importers
