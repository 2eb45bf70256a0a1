// What comes next at an age.
#include "directory/milestones.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace shirube::directory {

namespace {

std::vector<std::string> codes(AgeRange age, std::size_t most = 100) {
    std::vector<std::string> out;
    for (const auto* milestone : milestones_from(shipped_milestones(), age, most)) {
        out.push_back(milestone->code);
    }
    return out;
}

bool holds(const std::vector<std::string>& all, std::string_view one) {
    return std::ranges::find(all, one) != all.end();
}

} // namespace

TEST_CASE("The shipped milestones reach from pregnancy to school, each with a source and whom to ask") {
    std::set<std::string> seen;
    for (const auto& milestone : shipped_milestones()) {
        INFO(milestone.code);
        CHECK(seen.insert(milestone.code).second);
        CHECK_FALSE(milestone.source.empty());
        CHECK_FALSE(milestone.ask_for.empty());
        for (const auto& words : {milestone.label, milestone.about}) {
            CHECK_FALSE((words.ja.empty() || words.ja_easy.empty() || words.en.empty()));
        }
    }
    CHECK(shipped_milestones().front().from_months < 0);
    CHECK(shipped_milestones().back().from_months >= 66);
}

TEST_CASE("At an age there stands what is now and what begins within a year, and nothing that is over") {
    // The ages the law names: 母子保健法第12条 of one year and six months, and of three years.
    CHECK(holds(codes({18, 19}), "check_18_months"));
    CHECK_FALSE(holds(codes({24, 25}), "check_18_months"));
    CHECK(holds(codes({24, 25}), "check_3_years"));
    CHECK_FALSE(holds(codes({48, 49}), "check_3_years"));
    CHECK(holds(codes({8, 9}), "check_10_months"));
    CHECK(codes(k_expecting).front() == "pregnancy_notice");
    CHECK(holds(codes(k_expecting), "first_visit"));
    CHECK_FALSE(holds(codes({2, 3}), "pregnancy_notice"));
    CHECK(codes({12 * 20, 12 * 20 + 1}).empty());
    CHECK(codes({0, 1}, 2).size() == 2);
}

TEST_CASE("A milestone without an age or of an unknown programme is refused") {
    const auto& taxonomy = Taxonomy::shipped();
    const std::string words = R"({"ja": "a", "ja_easy": "a", "en": "a"})";
    const auto document = [&](std::string_view from, std::string_view ask) {
        return R"({"milestones": [{"code": "x", "from_months": )" + std::string(from) +
               R"(, "to_months": 3, "label": )" + words + R"(, "about": )" + words + R"(, "ask": [)" +
               std::string(ask) + R"(], "source": "s"}]})";
    };
    CHECK(milestones_from_json(document("1", R"("jidokan")"), taxonomy).size() == 1);
    CHECK_THROWS_AS(milestones_from_json(document("3", R"("jidokan")"), taxonomy), std::runtime_error);
    CHECK_THROWS_AS(milestones_from_json(document("1", ""), taxonomy), std::runtime_error);
    CHECK_THROWS_AS(milestones_from_json(document("1", R"("no_such")"), taxonomy), std::runtime_error);
    CHECK_THROWS_AS(milestones_from_json("{", taxonomy), std::runtime_error);
}

} // namespace shirube::directory
