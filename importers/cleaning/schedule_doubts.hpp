// The words of a schedule that take back, or blur, what it says of days and times.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace shirube::importers {

/// What a word takes back of the days and times beside it.
enum class Doubt : std::uint8_t {
    irregular,       ///< 不定期, 随時: there is no rule
    alternatives,    ///< または: one of them, nobody knows which
    as_a_rule,       ///< 原則, 変更あり: the days are the rule; without an ordinal not even the weekday is certain
    may_fail,        ///< 要問合せ, 中止の場合あり: the days are the rule, one of them may fail
    may_differ,      ///< 休止中, 都合により: nobody knows what remains of the days
    others,          ///< 他, など: what is said holds, and there is more
    rough_times,     ///< 頃
    times_may_differ ///< 夏季, 休憩
};

/// A word or phrase of doubt off the front of `text`; what follows in the same sentence may soften it:
/// コロナのため休止中 leaves nothing, コロナのため休止する場合あり leaves the rule.
std::optional<Doubt> take_doubt(std::u32string_view& text);

/// "か", "or" between two days; only right behind one: else they are part of other words.
bool take_or(std::u32string_view& text);

} // namespace shirube::importers
