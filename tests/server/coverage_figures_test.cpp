// Figures that are sure to some degree alone, in words: known, between two ends, at least, at most, withheld, unknown.
#include "directory/policy.hpp"
#include "server/cli/coverage_words.hpp"
#include "server/pages/drawing_text.hpp"
#include "server/pages/figures.hpp"
#include "server/pages/planner/coverage_view.hpp"
#include "server/pages/planner/planner_words.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace shirube::server {

namespace {

const Texts& japanese() { return Texts::in("ja"); }

} // namespace

TEST_CASE("a figure is told as it is known: whole, between two ends, by one end, withheld, not at all") {
    directory::DistrictCoverage of;
    CHECK(range_in_words(not_reached_range(of), japanese()) == "わかりません");
    of.children = 1240;
    of.children_covered = 1000;
    of.children_covered_at_most = 1000;
    CHECK(range_in_words(not_reached_range(of), japanese()) == "240");
    of.children_covered_at_most = 1240;
    CHECK(range_in_words(not_reached_range(of), japanese()) == "多くて240、少なくて0");
    CHECK(range_in_words(not_reached_range(of), Texts::in("en")) == "at most 240, at least 0");
    of.share_covered = 0.5;
    of.share_covered_at_most = 1;
    CHECK(range_in_words(share_covered_range(of), japanese()) == "多くて100.0%、少なくて50.0%");
    of.share_covered_at_most = 0.50004; // the same as it is written
    CHECK(range_in_words(share_covered_range(of), japanese()) == "50.0%");

    of.per_1000_children = 1.5;
    CHECK(range_in_words(per_1000_range(of), japanese()) == "1.50以上"); // lists do not say what there is besides
    of.per_1000_children_at_most = 2;
    CHECK(range_in_words(per_1000_range(of), japanese()) == "多くて2.00、少なくて1.50");
    of.per_1000_children.reset(); // none is confirmed
    CHECK(range_in_words(per_1000_range(of), japanese()) == "多くて2.00");

    of.children_covered.reset();
    of.children_covered_at_most.reset();
    of.covered_withheld = true;
    CHECK(range_in_words(not_reached_range(of), japanese()) == "少ない人数のため伏せています");
    directory::CoverageTotals totals;
    totals.covered_withheld = true;
    CHECK(range_in_words(not_reached_range(totals), japanese()) == "少ない人数のため伏せています");
    totals.covered_withheld = false;
    CHECK(range_in_words(not_reached_range(totals), japanese()) == "わかりません");
}

TEST_CASE("a half is rounded up, and what is small does not vanish") {
    CHECK(as_decimal(1.125, 2) == "1.13");
    CHECK(as_decimal(0.125, 2) == "0.13");
    CHECK(as_decimal(2.3449, 2) == "2.34");
    CHECK(as_decimal(0.0004, 2) == "0.0004");
    CHECK(as_decimal(0, 2) == "0.00");
}

TEST_CASE("totals that are withheld say so where totals that nobody knows say that") {
    const auto& reader = tests::the_small_town().reader();
    auto coverage = compute_coverage(reader, *directory::find_policy("jidokan_per_chugakkoku"),
                                     *reader.find_layer("chugakkoku"), tests::saturday_morning());
    const auto line = [&] {
        const auto words = coverage_in_words(reader, coverage, japanese());
        const auto at = words.find("時間内に届かない子ども");
        return words.substr(at, words.find('\n', at) - at);
    };
    CHECK(line() == "時間内に届かない子ども: わかりません");
    coverage.totals.covered_withheld = true;
    CHECK(line() == "時間内に届かない子ども: 少ない人数のため伏せています");
}

TEST_CASE("a window over midnight says that it ends on the next day") {
    const directory::TimeWindow night{directory::k_every_weekday, 20 * 60, 32 * 60};
    CHECK(window_in_words(night, japanese()) == "毎日 20:00–翌8:00");
    CHECK(window_in_words({directory::k_every_weekday, 18 * 60, 24 * 60}, japanese()) == "毎日 18:00–24:00");
    CHECK(window_in_words({0b0010000, 18 * 60, 24 * 60 + 5}, japanese()) == "金曜日 18:00–翌0:05");
}

TEST_CASE("strips of hours show the night where a policy asks for it") {
    directory::Policy policy;
    const auto hours = [&](std::optional<directory::TimeWindow> when) {
        policy.when = when;
        const auto of = strip_hours(policy);
        return std::pair{of.first, of.last};
    };
    CHECK(hours({}) == std::pair{7, 22});
    CHECK(hours(directory::TimeWindow{0b1, 0, 24 * 60}) == std::pair{7, 22}); // a day, whatever the hour
    CHECK(hours(directory::TimeWindow{directory::k_every_weekday, 17 * 60, 20 * 60}) == std::pair{7, 22});
    CHECK(hours(directory::TimeWindow{directory::k_every_weekday, 20 * 60, 32 * 60}) == std::pair{0, 24});
    CHECK(hours(directory::TimeWindow{directory::k_every_weekday, 5 * 60, 8 * 60}) == std::pair{0, 24});
}

TEST_CASE("Latin letters are set narrower than Japanese ones") {
    CHECK(width_in_ems("塩屋中") == 3);
    CHECK(width_in_ems("20人") == Approx(2.2));
    CHECK(width_in_ems("") == 0);
}

TEST_CASE("a way of going there that is given to no district is noted beside the answer", "[api]") {
    const auto& reader = tests::the_small_town().reader();
    auto policy = *directory::find_policy("jidokan_per_chugakkoku");
    const std::string known = reader.districts()[reader.find_layer("chugakkoku")->first].code;
    policy.local_travel = {{{known, "99201-nowhere"}, {}}};
    const auto coverage = compute_coverage(reader, policy, *reader.find_layer("chugakkoku"), tests::saturday_morning());
    CHECK(coverage.unknown_districts == std::vector<std::string>{"99201-nowhere"});
}

} // namespace shirube::server
