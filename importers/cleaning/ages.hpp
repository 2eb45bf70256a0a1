// Ages as lists write them, in months.
#pragma once

#include "importers/cleaning/cell_problem.hpp"

namespace shirube::importers {

/// The ages a cell names, months, half open; an open end is empty. "2歳" is [24, 36).
struct AgeSpan {
    std::optional<int> from_months;
    std::optional<int> to_months;
};

/// "0歳", "6か月", "生後3か月", "1歳6か月", "18歳まで", "18歳未満", "3歳以上", "0～2歳", "乳児", "未就学児", "小学生",
/// "中学生以下", "小学校1年生"…: school stages by the ages a school year has. Problems: age_unreadable.
Cell<AgeSpan> parse_ages(std::string_view cell);

/// The target of two cells, 対象年齢_開始 and 対象年齢_終了 (inclusive: "2歳" holds until the third birthday).
/// Problems: age_unreadable, age_order.
std::expected<AgeSpan, CellProblem> age_span_of(const std::optional<AgeSpan>& from, const std::optional<AgeSpan>& to);

} // namespace shirube::importers
