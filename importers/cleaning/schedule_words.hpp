// The words of a schedule that are neither days nor times: those that take back, those that say nothing about when, and
// those that name another activity at the same place.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace shirube::importers {

/// What a word takes back of the days and times beside it.
enum class Doubt : std::uint8_t {
    irregular,       ///< 不定期, 随時: there is no rule
    alternatives,    ///< または: one of them, nobody knows which
    days_may_differ, ///< 原則, 変更: not even the weekday is certain
    may_differ,      ///< 要問合せ, 休止中: a day that is named may fail
    others,          ///< 他, など: what is said holds, and there is more
    rough_times,     ///< 頃
    times_may_differ ///< 夏季, 休憩
};
std::optional<Doubt> take_doubt(std::u32string_view& text);

/// "か", "or" between two days; only right behind one: else they are part of other words.
bool take_or(std::u32string_view& text);

/// Punctuation, numbering of parts and words that leave the days and times as they are: 開催日は, 昼, お弁当, 二部制.
bool take_harmless(std::u32string_view& text);

/// Which activity the words around speak of, in a list of cafeterias.
enum class Activity : std::uint8_t { cafeteria, another };

/// "こども食堂", "学習支援・プレイパーク", "高齢者居場所づくり": a row of names is the cafeteria's where one is.
std::optional<Activity> take_activity(std::u32string_view& text);

} // namespace shirube::importers
