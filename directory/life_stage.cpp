#include "directory/life_stage.hpp"

#include "directory/stage_ages.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::directory {

namespace {

constexpr int k_months_a_year = 12;

/// In years, ends exclusive.
struct Years {
    int from = 0;
    int to = 0;
};

/// The years that nobody of another stage has, and all that somebody of the stage may have. A school year holds those
/// who turn a year older in it, so neighbours in school share a year.
struct StageYears {
    Years own;
    Years widest;
};

constexpr std::array<StageYears, k_life_stages> k_years{{{{0, 0}, {0, 0}},
                                                         {{0, 3}, {0, 3}},
                                                         {{3, 6}, {3, 7}},
                                                         {{7, 12}, {6, 13}},
                                                         {{13, 15}, {12, 16}},
                                                         {{16, 18}, {15, 19}},
                                                         {{19, 25}, {18, 25}},
                                                         {{25, 40}, {25, 40}}}};

const StageYears& years_of(LifeStage stage) { return k_years.at(static_cast<std::size_t>(stage)); }

bool takes_any(const ServiceRow& service, Years years) {
    return service.from_age_months.value_or(0) < years.to * k_months_a_year &&
           (!service.to_age_months || *service.to_age_months > years.from * k_months_a_year);
}

/// By the ages alone. \pre some are stated
Openness by_ages(const ServiceRow& service, LifeStage stage) {
    const StageYears& years = years_of(stage);
    if (takes_any(service, years.own)) {
        return Openness::yes;
    }
    if (!takes_any(service, years.widest)) {
        return Openness::no;
    }
    const bool is_anothers =
        std::ranges::any_of(k_years, [&](const StageYears& other) { return takes_any(service, other.own); });
    return is_anothers ? Openness::no : Openness::maybe;
}

using Stages = std::uint8_t; ///< a bit each

constexpr Stages bit(LifeStage stage) noexcept { return static_cast<Stages>(1U << static_cast<unsigned>(stage)); }
constexpr Stages bits(LifeStage first, LifeStage last) noexcept {
    Stages all = 0;
    for (auto at = static_cast<unsigned>(first); at <= static_cast<unsigned>(last); ++at) {
        all = static_cast<Stages>(all | 1U << at);
    }
    return all;
}

struct StageWord {
    std::string_view word;
    Stages stages;
};

using enum LifeStage;
constexpr std::array<StageWord, 14> k_stage_words{{{"乳児", bit(infant)},
                                                   {"幼児", bits(infant, preschool)},
                                                   {"未就学", bits(infant, preschool)},
                                                   {"就学前", bits(infant, preschool)},
                                                   {"未就園", bits(infant, preschool)},
                                                   {"小学", bit(elementary)},
                                                   {"小中", bits(elementary, junior_high)},
                                                   {"小・中", bits(elementary, junior_high)},
                                                   {"小中高", bits(elementary, high)},
                                                   {"中学", bit(junior_high)},
                                                   {"中高", bits(junior_high, high)},
                                                   {"高校", bit(high)},
                                                   {"高等学校", bit(high)},
                                                   {"大学", bit(youth)}}};

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// The school stages that 学校段階 names; none where it names none that is known here.
Stages named_stages(std::string_view text) {
    if (has_any(text, {"卒業", "中退"})) { // who is no longer there
        return 0;
    }
    Stages named = 0;
    for (const auto& [word, stages] : k_stage_words) {
        if (text.find(word) != std::string_view::npos) {
            named = static_cast<Stages>(named | stages);
        }
    }
    if (named == 0) {
        return 0;
    }
    // 小学生～高校生, 中学生以上: what lies between is meant too.
    const bool upwards = has_any(text, {"以上", "以降"});
    const bool downwards = has_any(text, {"以下"});
    if (upwards || downwards || has_any(text, {"～", "〜", "~", "から", "まで"})) {
        constexpr auto last_stage = static_cast<unsigned>(young_adult);
        unsigned first = 0;
        while ((named >> first & 1U) == 0) {
            ++first;
        }
        unsigned last = last_stage;
        while ((named >> last & 1U) == 0) {
            --last;
        }
        return bits(downwards ? infant : static_cast<LifeStage>(first),
                    upwards ? young_adult : static_cast<LifeStage>(last));
    }
    return named;
}

bool names(const ServiceRow& service, ForWhom whom) {
    return (service.for_whom >> static_cast<unsigned>(whom) & 1U) != 0;
}

} // namespace

std::span<const LifeStageWords> life_stages() {
    static const std::array<LifeStageWords, k_life_stages> stages{{
        {pregnancy, "pregnancy", {"妊娠期", "おなかに 赤（あか）ちゃんが いる とき", "Pregnancy"}, {}},
        {infant, "infant", {"0～2歳", "0～2歳（さい）", "Ages 0–2"}, {"0～2歳", "0～2歳（さい）", "0–2"}},
        {preschool,
         "preschool",
         {"3歳～就学前", "3歳（さい）から 学校（がっこう）の 前（まえ）まで", "3 to school"},
         {"3～6歳", "3～6歳（さい）", "3–6"}},
        {elementary,
         "elementary",
         {"小学生", "小学生（しょうがくせい）", "Elementary"},
         {"6～12歳", "6～12歳（さい）", "6–12"}},
        {junior_high,
         "junior_high",
         {"中学生", "中学生（ちゅうがくせい）", "Junior high"},
         {"12～15歳", "12～15歳（さい）", "12–15"}},
        {high,
         "high",
         {"高校生年代", "高校生（こうこうせい）の 年（とし）", "High-school age"},
         {"15～18歳", "15～18歳（さい）", "15–18"}},
        {youth, "youth", {"18～24歳", "18～24歳（さい）", "Ages 18–24"}, {"18～24歳", "18～24歳（さい）", "18–24"}},
        {young_adult,
         "young_adult",
         {"25～39歳", "25～39歳（さい）", "Ages 25–39"},
         {"25～39歳", "25～39歳（さい）", "25–39"}},
    }};
    return stages;
}

const LifeStageWords& words_of(LifeStage stage) { return life_stages()[static_cast<std::size_t>(stage)]; }

std::optional<LifeStage> parse_life_stage(std::string_view code) {
    const auto stages = life_stages();
    const auto found = std::ranges::find(stages, code, &LifeStageWords::code);
    return found == stages.end() ? std::nullopt : std::optional(found->stage);
}

bool can_be_in(LifeStage stage, int age_months) {
    const Years& widest = years_of(stage).widest;
    return stage != LifeStage::pregnancy && age_months >= (widest.from - 1) * k_months_a_year &&
           age_months < (widest.to + 1) * k_months_a_year;
}

Openness is_for(const ServiceRow& service, LifeStage stage) {
    const bool states_ages = service.from_age_months || service.to_age_months;
    const Stages named = named_stages(service.stage);
    if (stage == pregnancy) {
        if (names(service, ForWhom::expecting)) {
            return Openness::yes;
        }
        const bool in_own_words = service.for_whom_text.find("妊") != std::string::npos;
        return in_own_words || (!states_ages && named == 0) ? Openness::maybe : Openness::no;
    }
    const bool is_named = (named & bit(stage)) != 0;
    if (!states_ages) {
        return named == 0 ? Openness::maybe : is_named ? Openness::yes : Openness::no;
    }
    const Openness ages = by_ages(service, stage);
    if (named == 0) {
        return ages;
    }
    if (ages == Openness::yes) {
        return is_named ? Openness::yes : Openness::maybe;
    }
    return is_named && takes_any(service, years_of(stage).widest) ? Openness::yes : Openness::no;
}

} // namespace shirube::directory
