#include "importers/cleaning/ages.hpp"

#include "importers/cleaning/cursor.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/withheld.hpp"

#include <array>

namespace shirube::importers {

namespace {

constexpr int k_months_a_year = 12;
constexpr int k_oldest_years = 120;

struct StageAges {
    std::u32string_view word;
    int from_years;
    int to_years; ///< exclusive: a sixth-grader turns twelve before the year ends
};

// School years begin with the age on 1 April (学校教育法第17条): grade one holds six- and seven-year-olds.
constexpr std::array<StageAges, 21> k_stages{{{U"乳幼児", 0, 7},   {U"乳児", 0, 1},          {U"幼児", 1, 7},
                                              {U"未就学児", 0, 7}, {U"未就園児", 0, 4},      {U"就学前児童", 0, 7},
                                              {U"就学前", 0, 7},   {U"小学校低学年", 6, 10}, {U"小学校高学年", 9, 13},
                                              {U"小学校", 6, 13},  {U"小学生", 6, 13},       {U"小中学生", 6, 16},
                                              {U"中学校", 12, 16}, {U"中学生", 12, 16},      {U"中高生", 12, 19},
                                              {U"高校生", 15, 19}, {U"高等学校", 15, 19},    {U"小学", 6, 13},
                                              {U"中学", 12, 16},   {U"高校", 15, 19},        {U"児童", 0, 18}}};

bool take_months_word(std::u32string_view& text) {
    if (!take_any(text, {U"か月", U"ヶ月", U"ケ月", U"カ月", U"ヵ月", U"箇月", U"月"})) {
        return false;
    }
    take(text, U"児");
    return true;
}

/// "2歳", "1歳6か月", "満3歳児", "生後3か月".
std::optional<AgeSpan> take_years_or_months(std::u32string_view& text) {
    std::u32string_view rest = text;
    take(rest, U"満");
    take(rest, U"生後");
    const auto number = take_number(rest, 4);
    if (!number) {
        return std::nullopt;
    }
    int from = 0;
    int width = 1;
    if (take(rest, U"歳") || take(rest, U"才")) {
        take(rest, U"児");
        from = *number * k_months_a_year;
        width = k_months_a_year;
        std::u32string_view more = rest;
        if (const auto months = take_number(more, 2); months && take_months_word(more)) {
            from += *months;
            width = 1;
            rest = more;
        }
    } else if (take_months_word(rest)) {
        from = *number;
    } else {
        return std::nullopt;
    }
    if (from > k_oldest_years * k_months_a_year) {
        return std::nullopt;
    }
    text = rest;
    return AgeSpan{.from_months = from, .to_months = from + width};
}

/// "小学生", "小学校3年生", "小学3年".
std::optional<AgeSpan> take_stage(std::u32string_view& text) {
    for (const StageAges& stage : k_stages) {
        std::u32string_view rest = text;
        if (!take(rest, stage.word)) {
            continue;
        }
        int from = stage.from_years;
        int to = stage.to_years;
        std::u32string_view grade_text = rest;
        if (const auto grade = take_number(grade_text, 1);
            grade && *grade >= 1 && *grade < to - from && take(grade_text, U"年")) {
            from += *grade - 1;
            to = from + 2;
            rest = grade_text;
        }
        take(rest, U"生");
        text = rest;
        return AgeSpan{.from_months = from * k_months_a_year, .to_months = to * k_months_a_year};
    }
    return std::nullopt;
}

std::optional<AgeSpan> take_age(std::u32string_view& text) {
    if (const auto age = take_years_or_months(text)) {
        return age;
    }
    return take_stage(text);
}

/// Applies まで, 未満, 以上 to what was read before it.
AgeSpan with_bound(AgeSpan span, std::u32string_view& text) {
    if (take(text, U"未満")) {
        return {.from_months = std::nullopt, .to_months = span.from_months};
    }
    if (take(text, U"以下") || take(text, U"まで") || take(text, U"迄")) {
        return {.from_months = std::nullopt, .to_months = span.to_months};
    }
    if (take(text, U"以上") || take(text, U"から")) {
        return {.from_months = span.from_months, .to_months = std::nullopt};
    }
    return span;
}

/// "0~2歳": the unit of the first number stands behind the second.
std::optional<AgeSpan> take_range_with_shared_unit(std::u32string_view& text) {
    std::u32string_view rest = text;
    const auto first = take_number(rest, 4);
    if (!first || !(take(rest, U"~") || take(rest, U"-"))) {
        return std::nullopt;
    }
    std::u32string_view unit = rest;
    const auto last = take_number(unit, 4);
    if (!last) {
        return std::nullopt;
    }
    const bool years = unit.starts_with(U"歳") || unit.starts_with(U"才");
    const auto end = take_years_or_months(rest);
    if (!end) {
        return std::nullopt;
    }
    text = rest;
    return AgeSpan{.from_months = *first * (years ? k_months_a_year : 1), .to_months = end->to_months};
}

} // namespace

Cell<AgeSpan> parse_ages(std::string_view cell) {
    const std::string clean = replaced(plain(clean_text(cell).text), " ", "");
    if (clean.empty() || says_nothing(clean)) {
        return std::nullopt;
    }
    const std::u32string points = plain_points(clean);
    std::u32string_view text = points;
    std::optional<AgeSpan> span = take_range_with_shared_unit(text);
    if (!span) {
        span = take_age(text);
        if (span) {
            span = with_bound(*span, text);
        }
        if (span && (take(text, U"~") || take(text, U"-") || !text.empty())) {
            if (const auto end = take_age(text)) {
                const AgeSpan bounded = with_bound(*end, text);
                span = AgeSpan{.from_months = span->from_months, .to_months = bounded.to_months};
            }
        }
    } else if (!text.empty()) {
        take(text, U"まで");
    }
    if (!span || !text.empty()) {
        return std::unexpected(CellProblem{"age_unreadable"});
    }
    return span;
}

std::expected<AgeSpan, CellProblem> age_span_of(const std::optional<AgeSpan>& from, const std::optional<AgeSpan>& to) {
    const AgeSpan span{.from_months = from ? from->from_months : std::nullopt,
                       .to_months = to ? to->to_months : std::nullopt};
    if (span.from_months && span.to_months && *span.to_months <= *span.from_months) {
        return std::unexpected(CellProblem{"age_order"});
    }
    return span;
}

} // namespace shirube::importers
