// What the planner's pages draw and count beside the map: children as squares, one district's hours, the threshold of
// what is told.
#include "directory/coverage/layer_children.hpp"
#include "directory/coverage/strips.hpp"
#include "directory/policy/policy_book.hpp"
#include "server/pages/coverage_drawing.hpp"
#include "server/pages/planner/children_squares.hpp"
#include "server/pages/planner/policy_conditions.hpp"
#include "server/pages/words.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>
#include <regex>
#include <string>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;

namespace {

const directory::Layer& chugakkoku() { return *the_small_town().reader().find_layer("chugakkoku"); }

directory::LayerChildren children_at(const std::vector<std::pair<geo::LonLat, int>>& cells) {
    directory::LayerChildren children;
    children.basis = "census mesh 250 m, ages 0-14, by area";
    for (const auto& [centre, people] : cells) {
        children.centres.push_back(centre);
        children.people.push_back(people);
    }
    return children;
}

std::int64_t all_children(const ChildrenSquares& squares) {
    std::int64_t sum = 0;
    for (const auto& square : squares.squares) {
        sum += square.children;
    }
    return sum;
}

} // namespace

TEST_CASE("A square stands where its children live, and its surface is their number") {
    const CoverageDrawing drawing(the_small_town().reader(), chugakkoku());
    const std::vector<std::pair<geo::LonLat, int>> cells{
        {{137.005, 33.2}, 9}, {{137.008125, 33.2}, 36}, {{137.01125, 33.2}, 100}};
    const auto squares = children_squares(children_at(cells), drawing, 1);
    REQUIRE(squares.squares.size() == 3);
    // The path as a script reads it, laid on the earth by the frame.
    const auto frame = drawing.frame();
    const std::string path = squares.path();
    const std::regex one(R"(M(-?[\d.]+) (-?[\d.]+)h([\d.]+))");
    std::size_t i = 0;
    double surface_of_one = 0;
    for (auto it = std::sregex_iterator(path.begin(), path.end(), one); it != std::sregex_iterator(); ++it, ++i) {
        const double side = std::stod((*it)[3]);
        const double x = std::stod((*it)[1]) + side / 2;
        const double y = std::stod((*it)[2]) + side / 2;
        CHECK(frame.lon + x * frame.lon_per_unit == Approx(cells[i].first.lon).margin(frame.lon_per_unit));
        CHECK(frame.lat - y * frame.lat_per_unit == Approx(cells[i].first.lat).margin(frame.lat_per_unit));
        const double surface = side * side / cells[i].second;
        surface_of_one = surface_of_one == 0 ? surface : surface_of_one;
        CHECK(surface == Approx(surface_of_one).epsilon(0.1));
    }
    CHECK(i == 3);
    CHECK(squares.most() == 100);
}

TEST_CASE("Of fewer children than are told there is no square, and where there are too many cells they go together") {
    const CoverageDrawing drawing(the_small_town().reader(), chugakkoku());
    const auto few = children_squares(children_at({{{137.005, 33.2}, 4}, {{137.01, 33.2}, 5}}), drawing, 5);
    REQUIRE(few.squares.size() == 1);
    CHECK(few.squares.front().children == 5);
    CHECK(children_squares(children_at({}), drawing, 5).squares.empty());

    std::mt19937 dice(7);
    std::vector<std::pair<geo::LonLat, int>> cells;
    std::int64_t people = 0;
    const auto& box = drawing.box();
    for (int i = 0; i < 9000; ++i) {
        const double across = std::uniform_real_distribution<double>(0, 1)(dice);
        const double up = std::uniform_real_distribution<double>(0, 1)(dice);
        const int count = std::uniform_int_distribution<int>(1, 50)(dice);
        cells.push_back({{box.west + across * (box.east - box.west), box.south + up * (box.north - box.south)}, count});
        people += count;
    }
    const auto many = children_squares(children_at(cells), drawing, 1);
    CHECK(many.squares.size() < 9000);
    CHECK(all_children(many) == people); // nobody is lost, nobody counted twice
    CHECK(many.path().size() < std::size_t{250'000});
}

TEST_CASE("A district's page counts what its strips count") {
    const auto& reader = the_small_town().reader();
    const auto& layer = chugakkoku();
    const auto& policy = reader.find_policy("jidokan_per_chugakkoku")->policy;
    const auto strips = directory::strips_of(reader, policy, layer, saturday_morning().day);
    const auto answer =
        the_small_town().get("/districts/chugakkoku/" + percent_encode(reader.districts()[layer.first].code) +
                                 "?policy=jidokan_per_chugakkoku",
                             "text/html");
    REQUIRE(answer.status == 200);
    const std::string page{answer.content()};
    // The first table of hours: seven rows from 7 to 21 o'clock.
    const std::regex cell(R"re(<td class="step-(\d)">(\d+)(?:<span class="more">\+(\d+)</span>)?</td>)re");
    const auto from = page.find("id=\"when-heading\"");
    REQUIRE(from != std::string::npos);
    auto it = std::sregex_iterator(page.begin() + static_cast<std::ptrdiff_t>(from), page.end(), cell);
    for (int weekday = 0; weekday < 7; ++weekday) {
        for (int hour = 7; hour < 22; ++hour, ++it) {
            REQUIRE(it != std::sregex_iterator());
            const auto& wanted = strips.weeks[0][static_cast<std::size_t>(weekday * 24 + hour)];
            CHECK(std::stoi((*it)[2]) == wanted.surely);
            CHECK(((*it)[3].matched ? std::stoi((*it)[3]) : 0) == wanted.possibly);
        }
    }
    for (int year = 0; year < directory::k_strip_years; ++year, ++it) {
        REQUIRE(it != std::sregex_iterator());
        CHECK(std::stoi((*it)[2]) == strips.ages[0][static_cast<std::size_t>(year)].surely);
    }
}

TEST_CASE("An operator says how few children the public is not told of, and answers of another threshold are others") {
    auto state = small_state();
    const Loaded usual = loaded_of(state);
    Loaded lower = usual;
    lower.least_children_told = 1;
    const auto now = saturday_morning();
    const Context told{lower, now, "ja"};
    const Context withheld{usual, now, "ja"};
    CHECK(told.edition_told() != withheld.edition_told());
    CHECK(withheld.edition_told() == usual.reader.edition());
}

TEST_CASE("Every condition that a policy may have is told, in every language") {
    const auto& taxonomy = directory::Taxonomy::shipped();
    directory::Policy policy = *directory::find_policy("consultation_per_area"); // outreach in each constituent
    policy.functions = {{{"拠点", "きょてん", "base"}, {0}}};
    policy.entry = {directory::Entry::drop_in, directory::Entry::apply};
    policy.residents_only = true;
    policy.count_planned = true;
    policy.count_unconfirmed = true;
    policy.cells_by_centre = true;
    policy.need = directory::NeedWeight{"不登校", ""};
    policy.local_travel = {{{"A", "B"}, {"car", 12.5, 500, 1.25}}};
    policy.supply = directory::Supply{true, 400, 1200, directory::UnknownCapacity::fixed, 7};
    policy.list_valid_months = 36;
    for (const auto language : k_languages) {
        const auto conditions = conditions_in_words(policy, taxonomy, Texts::in(language));
        CHECK(conditions.size() == 13);
        for (const auto& condition : conditions) {
            INFO(condition);
            CHECK(condition.find('{') == std::string::npos);
        }
        const auto line = conditions_in_a_line(policy, taxonomy, Texts::in(language));
        for (const auto* figure : {"12.5", "1200", "36", "7", "不登校"}) {
            CHECK(line.find(figure) != std::string::npos);
        }
    }
    // A page tells them too.
    const auto page = the_small_town().get("/planner?policy=walk_15_minutes", "text/html");
    CHECK(page.content().find("24か月") != std::string_view::npos);
}

TEST_CASE("All but a few is not all, and hardly any is not none") {
    CHECK(percent(1) == "100.0%");
    CHECK(percent(0.99981) == ">99.9%");
    CHECK(percent(0.9991) == "99.9%");
    CHECK(percent(0.0001) == "<0.1%");
    CHECK(percent(0) == "0.0%");
}
