// Which stage of life a service is for.
#include "directory/life_stage.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <vector>

using namespace shirube::directory;

namespace {

ServiceRow aged(std::optional<int> from_years, std::optional<int> last_year, std::string stage = {}) {
    ServiceRow service;
    if (from_years) {
        service.from_age_months = *from_years * 12;
    }
    if (last_year) { // included, as people say it
        service.to_age_months = (*last_year + 1) * 12;
    }
    service.stage = std::move(stage);
    return service;
}

/// A letter a stage: Y surely, m maybe, a dot where it is not for it.
std::string stages_of(const ServiceRow& service) {
    std::string out;
    for (const auto& words : life_stages()) {
        const Openness fits = is_for(service, words.stage);
        out += fits == Openness::yes ? 'Y' : fits == Openness::maybe ? 'm' : '.';
    }
    return out;
}

/// The stages that people of an age may be in, by the school year: told year by year.
std::set<LifeStage> stages_at(int years) {
    using enum LifeStage;
    if (years <= 2) {
        return {infant};
    }
    if (years <= 5) {
        return {preschool};
    }
    if (years == 6) {
        return {preschool, elementary};
    }
    if (years <= 11) {
        return {elementary};
    }
    if (years == 12) {
        return {elementary, junior_high};
    }
    if (years <= 14) {
        return {junior_high};
    }
    if (years == 15) {
        return {junior_high, high};
    }
    if (years <= 17) {
        return {high};
    }
    if (years == 18) {
        return {high, youth};
    }
    return years <= 24 ? std::set{youth} : years <= 39 ? std::set{young_adult} : std::set<LifeStage>{};
}

Openness by_years(int from_months, int to_months, LifeStage stage) {
    bool touches = false;
    bool takes_others = false;
    for (int years = 0; years < 60; ++years) {
        if (from_months >= (years + 1) * 12 || to_months <= years * 12) {
            continue;
        }
        const auto stages = stages_at(years);
        if (stages == std::set{stage}) {
            return Openness::yes;
        }
        touches = touches || stages.contains(stage);
        takes_others = takes_others || stages.size() == 1;
    }
    return !touches || takes_others ? Openness::no : Openness::maybe;
}

} // namespace

TEST_CASE("Ages tell the stages as people in charge read them") {
    CHECK(stages_of(aged(0, 2)) == ".Y......");
    CHECK(stages_of(aged(0, 5)) == ".YY.....");
    CHECK(stages_of(aged(6, 12)) == "...Y...."); // until they leave elementary school
    CHECK(stages_of(aged(0, 18)) == ".YYYYY.."); // until they leave high school
    CHECK(stages_of(aged(6, 15)) == "...YY...");
    CHECK(stages_of(aged(12, 24)) == "....YYY.");
    CHECK(stages_of(aged(15, 39)) == ".....YYY");
    CHECK(stages_of(aged(12, 12)) == "...mm..."); // a sixth-grader or a seventh-grader
    CHECK(stages_of(aged(3, std::nullopt)) == "..YYYYYY");
    CHECK(stages_of(aged(std::nullopt, 5)) == ".YY.....");
    CHECK(stages_of(aged(40, std::nullopt)) == "........");
}

TEST_CASE("Silence about ages makes every stage possible, none sure and none impossible") {
    CHECK(stages_of({}) == "mmmmmmmm");
    CHECK(stages_of(aged({}, {}, "どなたでも")) == "mmmmmmmm");
}

TEST_CASE("Expecting mothers are named, not counted in years") {
    ServiceRow service = aged(0, 2);
    service.for_whom = 1U << static_cast<unsigned>(ForWhom::expecting);
    CHECK(stages_of(service) == "YY......");
    service = {};
    service.for_whom = 1U << static_cast<unsigned>(ForWhom::expecting);
    CHECK(stages_of(service) == "Ymmmmmmm");
    service = aged(0, 2);
    service.for_whom_text = "妊産婦の方はご相談ください";
    CHECK(stages_of(service) == "mY......");
    service = aged(0, 2);
    service.for_whom = 1U << static_cast<unsigned>(ForWhom::parents);
    CHECK(stages_of(service) == ".Y......");
}

TEST_CASE("School stages tell it where no ages do, and doubt them where they say less") {
    CHECK(stages_of(aged({}, {}, "小学生")) == "...Y....");
    CHECK(stages_of(aged({}, {}, "小学生;高校生")) == "...Y.Y..");
    CHECK(stages_of(aged({}, {}, "小学生～高校生")) == "...YYY..");
    CHECK(stages_of(aged({}, {}, "中学生以上")) == "....YYYY");
    CHECK(stages_of(aged({}, {}, "中学生以下")) == ".YYYY...");
    CHECK(stages_of(aged({}, {}, "未就学児")) == ".YY.....");
    CHECK(stages_of(aged({}, {}, "小中高生")) == "...YYY..");
    CHECK(stages_of(aged({}, {}, "高校を卒業した人")) == "mmmmmmmm"); // who has left it
    CHECK(stages_of(aged(0, 2, "未就学")) == ".Y......");             // the ages say more
    CHECK(stages_of(aged(6, 18, "小学生")) == "...Ymm..");            // two things are said
    CHECK(stages_of(aged(6, 12, "小学生;中学生")) == "...YY...");     // a seventh-grader of twelve
}

TEST_CASE("Every span of ages is for the stages that its years tell, one by one") {
    std::size_t maybe = 0;
    for (int from = 0; from < 45 * 12; from += 5) {
        for (int to = from + 1; to < 46 * 12; to += 7) {
            ServiceRow service;
            service.from_age_months = from;
            service.to_age_months = to;
            for (const auto& words : life_stages()) {
                if (words.stage == LifeStage::pregnancy) {
                    CHECK(is_for(service, words.stage) == Openness::no);
                    continue;
                }
                const Openness expected = by_years(from, to, words.stage);
                if (is_for(service, words.stage) != expected) {
                    CAPTURE(from, to, words.code);
                    CHECK(is_for(service, words.stage) == expected);
                }
                maybe += expected == Openness::maybe ? 1 : 0;
            }
        }
    }
    CHECK(maybe > 0);
}

TEST_CASE("A stage's code is read back, and nothing else is one") {
    for (const auto& words : life_stages()) {
        CHECK(parse_life_stage(words.code) == words.stage);
        CHECK_FALSE(words.label.ja.empty());
        CHECK_FALSE(words.label.ja_easy.empty());
        CHECK_FALSE(words.label.en.empty());
        CHECK(&words_of(words.stage) == &words);
    }
    CHECK_FALSE(parse_life_stage("小学生"));
    CHECK_FALSE(parse_life_stage(""));
}
