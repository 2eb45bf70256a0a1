// Pins on paper, held against what an eye would hold them against: nothing covers anything, nothing is lost.
#include "server/pages/leaflet/pins.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>
#include <random>

namespace shirube::server {

namespace {

constexpr PaperBox k_paper{0, 0, 186, 100};
const std::vector<PaperBox> k_taken{{0, 89, 46, 100}, {175, 0, 186, 14}};

std::vector<std::size_t> each_alone(std::size_t count) {
    std::vector<std::size_t> out(count);
    std::iota(out.begin(), out.end(), std::size_t{0});
    return out;
}

double distance_mm(PaperPoint a, PaperPoint b) { return std::hypot(a.x - b.x, a.y - b.y); }

/// The whole promise of lay_out_pins, looked at pair by pair.
void check_promise(const std::vector<Pin>& pins, std::size_t points) {
    std::vector<int> seen(points);
    for (const auto& pin : pins) {
        REQUIRE_FALSE(pin.items.empty());
        CHECK(std::is_sorted(pin.items.begin(), pin.items.end()));
        CHECK(k_paper.contains(pin.box));
        for (const auto item : pin.items) {
            ++seen.at(item);
        }
        for (const auto& box : k_taken) {
            CHECK_FALSE(pin.box.overlaps(box));
        }
        for (const auto& other : pins) {
            if (&pin != &other) {
                CHECK_FALSE(pin.box.overlaps(other.box));
                CHECK_FALSE((pin.beside && line_crosses(pin, other.box)));
            }
        }
        CHECK(distance_mm(pin.middle(), pin.place) < 17);
        CHECK(pin.beside == (distance_mm(pin.middle(), pin.place) > 0.01));
    }
    CHECK(seen == std::vector<int>(points, 1));
}

} // namespace

TEST_CASE("a place that has room has its pin on it", "[leaflet]") {
    const std::vector<PaperPoint> points{{50, 50}, {100, 50}};
    const auto pins = lay_out_pins(points, each_alone(2), k_paper, k_taken);
    REQUIRE(pins.size() == 2);
    CHECK_FALSE(pins[0].beside);
    CHECK(pins[0].middle().x == Approx(50));
    CHECK(pins[0].items == std::vector<std::size_t>{0});
    CHECK_FALSE(pins[1].beside);
}

TEST_CASE("neighbours stand beside each other, with a line to the place", "[leaflet]") {
    const std::vector<PaperPoint> points{{50, 50}, {53, 50}};
    const auto pins = lay_out_pins(points, each_alone(2), k_paper, k_taken);
    REQUIRE(pins.size() == 2);
    CHECK((pins[0].beside || pins[1].beside));
    CHECK(pins[0].place.x == Approx(50));
    CHECK(pins[1].place.x == Approx(53));
    check_promise(pins, 2);
}

TEST_CASE("what is one place has one pin, however much room there is", "[leaflet]") {
    const std::vector<PaperPoint> points{{50, 50}, {120, 50}, {50, 50}};
    const auto pins = lay_out_pins(points, std::vector<std::size_t>{7, 8, 7}, k_paper, k_taken);
    REQUIRE(pins.size() == 2);
    CHECK(pins[0].items == std::vector<std::size_t>{0, 2});
    check_promise(pins, 3);
}

TEST_CASE("where there is no room, neighbours share a pin", "[leaflet]") {
    std::vector<PaperPoint> points;
    for (int i = 0; i < 60; ++i) {
        points.push_back({90 + 1.6 * (i % 8), 45 + 1.6 * static_cast<double>(i / 8)});
    }
    const auto pins = lay_out_pins(points, each_alone(points.size()), k_paper, k_taken);
    CHECK(pins.size() < points.size());
    CHECK(pins.size() >= 4);
    check_promise(pins, points.size());
}

TEST_CASE("sixty places anywhere on the paper, its corners too, keep the promise", "[leaflet]") {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        INFO("seed " << seed);
        std::mt19937 dice(seed);
        // Half of them in one quarter, as towns are.
        std::uniform_real_distribution<double> wide_x(0, 186);
        std::uniform_real_distribution<double> wide_y(0, 100);
        std::normal_distribution<double> near_x(70, 12);
        std::normal_distribution<double> near_y(40, 9);
        std::vector<PaperPoint> points;
        for (int i = 0; i < 60; ++i) {
            points.push_back(
                i % 2 == 0 ? PaperPoint{wide_x(dice), wide_y(dice)}
                           : PaperPoint{std::clamp(near_x(dice), 0.0, 186.0), std::clamp(near_y(dice), 0.0, 100.0)});
        }
        const auto pins = lay_out_pins(points, each_alone(points.size()), k_paper, k_taken);
        check_promise(pins, points.size());
        CHECK(pins.size() > 25);
        // The same question has the same answer.
        const auto again = lay_out_pins(points, each_alone(points.size()), k_paper, k_taken);
        REQUIRE(again.size() == pins.size());
        CHECK(again.back().items == pins.back().items);
    }
}

TEST_CASE("pins are read from above and from the left", "[leaflet]") {
    const std::vector<PaperPoint> points{{150, 80}, {20, 10}, {150, 12}, {20, 80}};
    const auto pins = lay_out_pins(points, each_alone(4), k_paper, {});
    REQUIRE(pins.size() == 4);
    CHECK(pins[0].items.front() == 1);
    CHECK(pins[1].items.front() == 2);
    CHECK(pins[2].items.front() == 3);
    CHECK(pins[3].items.front() == 0);
}

TEST_CASE("numbers that follow each other are drawn together", "[leaflet]") {
    CHECK(numbers_of(3, 1) == "3");
    CHECK(numbers_of(3, 3) == "3–5");
    CHECK(runs_of({1, 4, 5, 6, 9, 10}, "、") == "1、4–6、9–10");
    CHECK(runs_of({}, "、").empty());
}

} // namespace shirube::server
