// The words of a schedule that are neither days nor times nor doubts: those that say nothing about when, and those that
// name another activity at the same place.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace shirube::importers {

/// Punctuation, numbering of parts and words that leave the days and times as they are: 開催日は, 昼, お弁当, 二部制.
bool take_harmless(std::u32string_view& text);

/// Which activity the words around speak of, in a list of cafeterias.
enum class Activity : std::uint8_t { cafeteria, another };

/// "こども食堂", "学習支援・プレイパーク", "高齢者居場所づくり": a row of names is the cafeteria's where one is.
std::optional<Activity> take_activity(std::u32string_view& text);

} // namespace shirube::importers
