#include "importers/cleaning/ages.hpp"

#include "importers/cleaning/cursor.hpp"
#include "importers/cleaning/numbers.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/withheld.hpp"

#include <algorithm>
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

// By the ages that a school year can hold (ages.hpp). Longer words before their beginnings.
constexpr std::array<StageAges, 32> k_stages{
    {{U"乳幼児", 0, 7},        {U"新生児", 0, 1},        {U"乳児", 0, 1},          {U"幼児", 1, 7},
     {U"未就学児童", 0, 7},    {U"未就学児", 0, 7},      {U"未就学", 0, 7},        {U"未就園児", 0, 7},
     {U"小学校就学前", 0, 7},  {U"就学前児童", 0, 7},    {U"就学前", 0, 7},        {U"就園前", 0, 7},
     {U"年少", 3, 5},          {U"年中", 4, 6},          {U"年長", 5, 7},          {U"小学校低学年", 6, 10},
     {U"小学校高学年", 9, 13}, {U"小学生低学年", 6, 10}, {U"小学生高学年", 9, 13}, {U"小中高生", 6, 19},
     {U"小中学生", 6, 16},     {U"小・中学生", 6, 16},   {U"小学校", 6, 13},       {U"小学", 6, 13},
     {U"中高生", 12, 19},      {U"中・高生", 12, 19},    {U"中学校", 12, 16},      {U"中学", 12, 16},
     {U"高等学校", 15, 19},    {U"高校", 15, 19},        {U"児童", 0, 18},         {U"小", 6, 13}}};

/// 3, 三.
std::optional<int> take_age_number(std::u32string_view& text) {
    if (const auto number = take_number(text, 4)) {
        return number;
    }
    return take_kanji_number(text);
}

bool take_months_word(std::u32string_view& text) {
    if (!take_any(text, {U"か月", U"ヶ月", U"ケ月", U"カ月", U"ヵ月", U"箇月", U"月"})) {
        return false;
    }
    take(text, U"児") || take(text, U"齢");
    return true;
}

/// "2歳", "1歳6か月", "満3歳児", "1歳半", "生後3か月", "生後57日", "産後".
std::optional<AgeSpan> take_years_or_months(std::u32string_view& text) {
    std::u32string_view rest = text;
    take(rest, U"満");
    const bool since_birth = take_any(rest, {U"生後", U"産後"});
    const auto number = take_age_number(rest);
    if (!number) {
        return std::nullopt;
    }
    int from = 0;
    int width = 1;
    if (take(rest, U"歳") || take(rest, U"才")) {
        // A class of a nursery holds who was of the age on 1 April, until the next.
        const bool by_class = take_any(rest, {U"児クラス", U"児学級"});
        take(rest, U"児");
        from = *number * k_months_a_year;
        width = by_class ? 2 * k_months_a_year : k_months_a_year;
        std::u32string_view more = rest;
        if (const auto months = take_number(more, 2); months && *months < k_months_a_year && take_months_word(more)) {
            from += *months;
            width = 1;
            rest = more;
        } else if (take(rest, U"半")) {
            from += k_months_a_year / 2;
            width = 1;
        }
    } else if (take_months_word(rest)) {
        from = *number;
    } else if (since_birth && take(rest, U"日")) {
        from = *number / 31; // the month of life that the day is in at the latest
    } else {
        return std::nullopt;
    }
    if (from > k_oldest_years * k_months_a_year) {
        return std::nullopt;
    }
    take_any(rest, {U"頃", U"ごろ"});
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
        const bool has_grades = stage.from_years >= 6; // 未就学3年 is none
        std::u32string_view range_text = rest;
        const auto first = has_grades ? take_age_number(range_text) : std::nullopt;
        const auto last = first && take(range_text, U"~") ? take_age_number(range_text) : std::nullopt;
        if (last && *first >= 1 && *last > *first && *last < to - from && take(range_text, U"年")) { // 小学1～3年生
            to = from + *last + 1;
            from += *first - 1;
            rest = range_text;
        } else if (const auto grade = has_grades ? take_age_number(grade_text) : std::nullopt;
                   grade && *grade >= 1 && *grade < to - from && (take(grade_text, U"年") || stage.word == U"小")) {
            from += *grade - 1;
            to = from + 2;
            rest = grade_text;
        } else if (stage.word == U"小") {
            continue; // 小3 is a grade, a 小 alone is nothing
        }
        take(rest, U"生") || take(rest, U"児");
        take_any(rest, {U"世代", U"年代", U"相当", U"年齢"});
        text = rest;
        return AgeSpan{.from_months = from * k_months_a_year, .to_months = to * k_months_a_year, .by_stage = true};
    }
    return std::nullopt;
}

/// 妊婦: nobody is born yet.
std::optional<AgeSpan> take_pregnancy(std::u32string_view& text) {
    if (!take_any(text, {U"妊娠期", U"妊娠中", U"妊婦", U"出生", U"誕生", U"出産"})) {
        return std::nullopt;
    }
    return AgeSpan{.from_months = 0, .to_months = 1, .by_stage = true};
}

std::optional<AgeSpan> take_age(std::u32string_view& text) {
    take_any(text, {U"おおむね", U"概ね", U"およそ", U"約"});
    if (const auto age = take_years_or_months(text)) {
        return age;
    }
    if (const auto stage = take_stage(text)) {
        return stage;
    }
    return take_pregnancy(text);
}

/// "18歳に達する日以後の最初の3月31日まで": the whole school year in which that birthday lies.
bool take_end_of_school_year(std::u32string_view& text) {
    std::u32string_view rest = text;
    take_any(rest, {U"に達する日", U"に達した日", U"になった日", U"到達", U"になった", U"になる", U"に達する", U"の"});
    take_any(rest, {U"以後の", U"以降の", U"後の", U"以後", U"以降", U"後"});
    if (!take_any(rest, {U"最初の3月31日", U"年度末", U"年度の末日", U"年度の3月31日", U"年度"})) {
        return false;
    }
    text = rest;
    return true;
}

/// Applies まで, 未満, 以上 to what was read before it.
AgeSpan with_bound(AgeSpan span, std::u32string_view& text) {
    if (!span.by_stage && span.from_months && take_end_of_school_year(text)) {
        // Who turns 18 on 2 April is 18 until the next 31 March, a day before 19.
        span.to_months = *span.from_months + k_months_a_year;
        span.by_stage = true;
    }
    if (take(text, U"未満")) {
        return {.from_months = std::nullopt, .to_months = span.from_months, .by_stage = span.by_stage};
    }
    if (take_any(text, {U"以下", U"まで", U"迄"})) {
        return {.from_months = std::nullopt, .to_months = span.to_months, .by_stage = span.by_stage};
    }
    if (take_any(text, {U"以上", U"から", U"以降"})) {
        return {.from_months = span.from_months, .to_months = std::nullopt, .by_stage = span.by_stage};
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

namespace {

/// "3歳", "0歳6か月~満3歳未満", "0歳から5歳まで".
std::optional<AgeSpan> take_span(std::u32string_view& text) {
    if (auto shared = take_range_with_shared_unit(text)) {
        take_any(text, {U"まで", U"以下"});
        return shared;
    }
    auto span = take_age(text);
    if (!span) {
        return std::nullopt;
    }
    *span = with_bound(*span, text);
    std::u32string_view rest = text;
    const bool ranges = take_any(rest, {U"~", U"-"}) || !span->to_months;
    if (!ranges || rest.empty()) {
        if (ranges && rest.size() < text.size()) { // "3歳~"
            span->to_months.reset();
        }
        text = rest;
        return span;
    }
    const auto end = take_age(rest);
    if (!end) {
        return span;
    }
    const AgeSpan bounded = with_bound(*end, rest);
    text = rest;
    return AgeSpan{.from_months = span->from_months,
                   .to_months = bounded.to_months,
                   .by_stage = span->by_stage || bounded.by_stage};
}

/// What either of two spans holds; nothing where a gap lies between them.
std::optional<AgeSpan> united(const AgeSpan& a, const AgeSpan& b) {
    const int a_from = a.from_months.value_or(0);
    const int b_from = b.from_months.value_or(0);
    const bool gap = (a.to_months && *a.to_months < b_from) || (b.to_months && *b.to_months < a_from);
    if (gap) {
        return std::nullopt;
    }
    AgeSpan both{.from_months = std::min(a_from, b_from), .to_months = {}, .by_stage = a.by_stage || b.by_stage};
    if (a.to_months && b.to_months) {
        both.to_months = std::max(*a.to_months, *b.to_months);
    }
    return both;
}

} // namespace

Cell<AgeSpan> parse_ages(std::string_view cell) {
    const std::string clean = replaced(plain(clean_text(cell).text), " ", "");
    if (clean.empty() || says_nothing(clean)) {
        return std::nullopt;
    }
    if (clean == "妊婦" || clean == "妊産婦" || clean == "産婦") {
        return std::nullopt; // whoever they are, no child's age is said
    }
    const std::u32string points = plain_points(clean);
    std::u32string_view text = points;
    std::optional<AgeSpan> span = take_span(text);
    while (span && !text.empty()) {
        const auto more =
            take_any(text, {U"・", U"、", U",", U"及び", U"および", U"と", U"や"}) ? take_span(text) : std::nullopt;
        span = more ? united(*span, *more) : std::nullopt;
    }
    if (!span || (span->from_months && span->to_months && *span->to_months <= *span->from_months)) {
        return std::unexpected(CellProblem{"age_unreadable"});
    }
    return span;
}

std::expected<AgeSpan, CellProblem> age_span_of(const std::optional<AgeSpan>& from, const std::optional<AgeSpan>& to) {
    const AgeSpan span{.from_months = from ? from->from_months : std::nullopt,
                       .to_months = to ? to->to_months : std::nullopt,
                       .by_stage = (from && from->by_stage) || (to && to->by_stage)};
    if (span.from_months && span.to_months && *span.to_months <= *span.from_months) {
        return std::unexpected(CellProblem{"age_order"});
    }
    return span;
}

} // namespace shirube::importers
