#include "importers/cleaning/schedule_doubts.hpp"

#include "importers/cleaning/cursor.hpp"

#include <algorithm>

namespace shirube::importers {

namespace {

using Points = std::u32string_view;

/// How far a word reaches into its sentence, in code points: コロナ対策のため開催日と時間を変更する場合.
constexpr std::size_t k_reach = 24;

/// The next words of the same sentence.
Points sentence_ahead(Points text) { return text.substr(0, std::min(k_reach, text.find_first_of(U"。※"))); }

bool has_any(Points text, std::initializer_list<Points> words) {
    return std::ranges::any_of(words, [&](Points word) { return text.find(word) != Points::npos; });
}

/// Whether the words ahead say "it may happen that", of what was just said.
bool says_may(Points ahead) { return has_any(ahead, {U"場合", U"可能性", U"ことがあ", U"ことも", U"こともあ"}); }

bool take_cancellation(Points& text) {
    return take_any(text, {U"中止", U"休止", U"休業", U"休館", U"お休み", U"休み"});
}

/// "中止の場合があります", "休みになることも": the days are the rule. "現在休止中" leaves none.
std::optional<Doubt> take_cancelled(Points& text) {
    if (!take_cancellation(text)) {
        return std::nullopt;
    }
    constexpr std::size_t k_near = 10;
    const Points near = sentence_ahead(text).substr(0, k_near);
    return says_may(near.substr(0, near.find_first_of(U"、,("))) ? Doubt::may_fail : Doubt::may_differ;
}

/// "雨天の場合は中止", "予約により変更の可能性": what follows happens now and then. 月によって第3もしくは第4 is no such
/// thing.
std::optional<Doubt> take_condition(Points& text) {
    Points rest = text;
    if (take_any(rest, {U"場合により", U"場合によって", U"場合には", U"場合は", U"場合", U"雨天時", U"荒天時", U"雨天",
                        U"荒天"})) {
        take_any(rest, {U"は", U"、"});
        take_cancellation(rest);
        text = rest;
        return Doubt::may_fail;
    }
    if (!take_any(rest, {U"によっては", U"によって", U"によります", U"により", U"よって"})) {
        return std::nullopt;
    }
    const bool conditional = has_any(sentence_ahead(rest), {U"変更", U"変動"}) || says_may(sentence_ahead(rest));
    take(rest, U"、");
    const bool cancelled = take_cancellation(rest);
    if (cancelled) {
        take_any(rest, {U"または", U"又は", U"もしくは", U"若しくは", U"や"}); // 中止または弁当の配布
    }
    text = rest;
    return conditional || cancelled ? Doubt::may_fail : Doubt::may_differ;
}

/// "夏休みはお休み", "夏休み期間は週1開催": a season of its own rhythm, beside which the days are the rule. A season
/// that has days of its own (夏休みは毎日) leaves nobody knows what.
std::optional<Doubt> take_season(Points& text) {
    Points rest = text;
    if (!take_any(rest, {U"夏休み", U"冬休み", U"春休み", U"長期休暇", U"長期休み", U"学校休業日", U"お盆"})) {
        return std::nullopt;
    }
    const Points clause = rest.substr(0, rest.find_first_of(U"、。※()"));
    const bool says_days = clause.size() > k_reach || has_any(clause, {U"第", U"曜", U"毎"});
    if (says_days || !has_any(clause, {U"休", U"除", U"なし", U"無し", U"中止", U"週1", U"週2", U"週3"})) {
        text = rest;
        return Doubt::may_differ;
    }
    text = rest.substr(clause.size());
    return Doubt::may_fail;
}

/// A reason for something that follows in its sentence, or in whose light all before has to be read.
std::optional<Doubt> take_reason(Points& text) {
    if (!take_any(text, {U"コロナ", U"感染", U"都合"})) {
        return std::nullopt;
    }
    const Points ahead = sentence_ahead(text);
    return says_may(ahead) || has_any(ahead, {U"によって", U"により"}) ? Doubt::may_fail : Doubt::may_differ;
}

} // namespace

std::optional<Doubt> take_doubt(Points& text) {
    if (take_any(text, {U"休憩", U"夏季", U"夏期", U"冬季", U"冬期", U"後ろ倒し", U"前倒し", U"早め", U"なくなり次第",
                        U"無くなり次第", U"時間変更", U"時間を変更", U"時間の変更"})) {
        return Doubt::times_may_differ;
    }
    if (take_any(text, {U"不定期", U"不定", U"随時", U"決まっておらず", U"決まっていない", U"未定"})) {
        return Doubt::irregular;
    }
    if (take_any(text, {U"または", U"又は", U"もしくは", U"若しくは", U"あるいは", U"いずれか", U"どちらか", U"どれか",
                        U"どこか", U"のうち"})) {
        return Doubt::alternatives;
    }
    if (take_any(text, {U"原則として", U"原則", U"基本的に", U"基本", U"変動", U"変更", U"主に"})) {
        return Doubt::as_a_rule;
    }
    if (take_any(text, {U"要問合せ", U"要問い合わせ", U"要問合わせ", U"問い合わせ", U"問合せ", U"要確認", U"お知らせ",
                        U"可能性", U"ことがあ", U"ことも", U"おおむね", U"概ね", U"だいたい", U"ほぼ"})) {
        return Doubt::may_fail;
    }
    for (const auto& take_one : {take_cancelled, take_condition, take_season, take_reason}) {
        if (const auto doubt = take_one(text)) {
            return doubt;
        }
    }
    if (take_any(text, {U"要相談", U"応相談", U"程度", U"目安", U"予定", U"長期休", U"学校休", U"除", U"お休", U"調整",
                        U"検討", U"友引", U"ただし", U"但し"})) {
        return Doubt::may_differ;
    }
    if (take_any(text, {U"その他", U"そのほか", U"ほか", U"他", U"など", U"等"})) {
        return Doubt::others;
    }
    if (take_any(text, {U"頃", U"ごろ"})) {
        return Doubt::rough_times;
    }
    return std::nullopt;
}

bool take_or(Points& text) {
    if (take_any(text, {U"or", U"OR", U"Or"})) {
        return true;
    }
    const bool other_word = text.starts_with(U"から") || text.starts_with(U"かつ") || text.starts_with(U"かも") ||
                            text.starts_with(U"か月") || text.starts_with(U"か所");
    return !other_word && take(text, U"か");
}

} // namespace shirube::importers
