// Stages of life as towns plan by them (ライフステージ), from pregnancy to 39, and which of them a service is for.
#pragma once

#include "directory/calendar.hpp"
#include "directory/schedule.hpp"
#include "directory/state.hpp"
#include "directory/taxonomy.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace shirube::directory {

/// こども大綱 (2023) speaks of 乳幼児期, 学童期, 思春期 and 青年期 up to 39; plans for children part them at the school
/// years.
enum class LifeStage : std::uint8_t {
    pregnancy,
    infant,      ///< 0–2
    preschool,   ///< 3 until school
    elementary,  ///< 小学生
    junior_high, ///< 中学生
    high,        ///< 高校生年代, in school or not
    youth,       ///< from there to 24
    young_adult  ///< 25–39
};

inline constexpr std::size_t k_life_stages = 8;

struct LifeStageWords {
    LifeStage stage;
    std::string_view code; ///< as the API says it
    Label label;           ///< 小学生
    Label ages;            ///< 6～12歳; empty before birth
};

/// All of them, from the beginning of life.
std::span<const LifeStageWords> life_stages();
const LifeStageWords& words_of(LifeStage stage);
std::optional<LifeStage> parse_life_stage(std::string_view code);

/// Whether a service is for some people of a stage, as its list says:
/// - before birth where it names expecting mothers (対象: 妊婦); ages are children's;
/// - else by its ages, an end that is not stated being open, and by the school stages it names (学校段階);
/// - a year of age that two stages share (a twelve-year-old may be in elementary or in junior high school) counts for
///   the one of which other years are taken in too: 「6～12歳」 is 小学生, 「12歳から」 is 中学生 and after;
/// - ages and school stage that say two things make it possible, and so does a list that states neither.
Openness is_for(const ServiceRow& service, LifeStage stage);

} // namespace shirube::directory
