// What is surely reached and what possibly, where places are unconfirmed, known by their town alone, or not listed.
#include "ascii_town.hpp"
#include "geo/distance.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::scenarios;

namespace {

Place unconfirmed() {
    Place place;
    place.service.certainty = Certainty::reported;
    return place;
}

Place within(double accuracy_m, Place place = {}) {
    place.accuracy_m = accuracy_m;
    return place;
}

Policy minutes(double walk_minutes) {
    Policy policy = policy_of({"jidokan"});
    policy.travel.minutes = walk_minutes;
    policy.travel.detour = 1;
    return policy;
}

/// "10..40 of 50": surely, at most, all.
std::string reached(const DistrictCoverage& of) {
    const auto told = [](const std::optional<std::int64_t>& count) { return count ? std::to_string(*count) : "?"; };
    return told(of.children_covered) + ".." + told(of.children_covered_at_most) + " of " + told(of.children);
}

} // namespace

TEST_CASE("An unconfirmed place reaches nobody surely, and whoever lives near it possibly") {
    // 292 m a cell; 320 m reach the next one.
    const auto reader = AsciiTown("A1 A A2 A A")
                            .mark('1', {})
                            .mark('2', unconfirmed())
                            .children("1 2 4 8 16")
                            .complete_list("jidokan")
                            .reader();
    const auto answer = ask(reader, minutes(4));
    CHECK(reached(answer.of.at('A')) == "3..15 of 31");
    CHECK(answer.coverage.totals.children_covered == 3);
    CHECK(answer.coverage.totals.children_covered_at_most == 15);
    CHECK(answer.of.at('A').services_at_most == 2);
    CHECK(answer.of.at('A').per_1000_children == Approx(1000.0 / 31));
    CHECK(answer.of.at('A').per_1000_children_at_most == Approx(2000.0 / 31));
    CHECK(answer.coverage.totals.places_per_district == 1.0);
    CHECK(answer.coverage.totals.places_per_district_at_most == 2.0);
}

TEST_CASE("A place known by its town is surely near to whom it cannot be far from") {
    // 900 m reach three cells; the place is within 300 m of the middle of the second.
    const auto reader = AsciiTown("A A1 A A A A A A")
                            .mark('1', within(300))
                            .children("1 2 4 8 16 32 64 128")
                            .complete_list("jidokan")
                            .reader();
    const auto answer = ask(reader, minutes(900.0 / 80));
    // Surely up to 600 m of its middle (two cells), possibly up to 1,200 (four).
    CHECK(reached(answer.of.at('A')) == "15..63 of 255");
    CHECK(answer.of.at('A').services == 1); // whatever its corner of the district
    CHECK(answer.of.at('A').nearest_m_median == Approx(6 * 291.5).margin(10));
}

TEST_CASE("Where lists do not say what there is, everybody may be reached, and none is no figure") {
    const auto reader = AsciiTown("A A B B1 C")
                            .mark('1', {})
                            .children("10 10 10 10 10")
                            .belongs_to('C', "99203")
                            .list({.claims = {{"jidokan", "99201", false}}})
                            .reader();
    const auto answer = ask(reader, minutes(4));
    CHECK(answer.tiers() == "A unconfirmed, B full, C no_data");
    CHECK(reached(answer.of.at('A')) == "0..20 of 20");
    CHECK(reached(answer.of.at('B')) == "20..20 of 20");
    CHECK(reached(answer.of.at('C')) == "?..? of 10");
    CHECK_FALSE(answer.of.at('A').per_1000_children);
    CHECK_FALSE(answer.of.at('A').services_told());
    CHECK_FALSE(answer.of.at('A').services_at_most);
    CHECK_FALSE(answer.of.at('A').per_1000_children_at_most);
    CHECK(answer.of.at('B').per_1000_children == Approx(50)); // at least
    CHECK_FALSE(answer.of.at('C').per_1000_children);
    CHECK(answer.coverage.totals.places_per_district == 0.5); // at least
    CHECK_FALSE(answer.coverage.totals.places_per_district_at_most);

    // And where nothing at all is confirmed, nothing is the figure of the whole.
    const auto nothing = AsciiTown("A B").children("10 10").list({.claims = {{"jidokan", "99201", false}}}).reader();
    const auto totals = ask(nothing, minutes(4)).coverage.totals;
    CHECK_FALSE(totals.places_per_district);
    CHECK_FALSE(totals.per_1000_children);
    // A complete list says that there is none.
    const auto none = AsciiTown("A B").children("10 10").complete_list("jidokan").reader();
    CHECK(ask(none, minutes(4)).coverage.totals.places_per_district == 0.0);
    CHECK(ask(none, minutes(4)).of.at('A').per_1000_children == 0.0);
    CHECK(reached(ask(none, minutes(4)).of.at('A')) == "0..0 of 10");
}

TEST_CASE("A place that nobody can locate may be near to everybody of its municipality, and across its border") {
    const auto reader = AsciiTown("A A B B B")
                            .belongs_to('B', "99202")
                            .children("1 2 4 8 16")
                            .unlocated({})
                            .list({.claims = {{"jidokan", "99201", true}, {"jidokan", "99202", true}}})
                            .reader();
    const auto answer = ask(reader, minutes(4));
    CHECK(reached(answer.of.at('A')) == "0..3 of 3");
    CHECK(reached(answer.of.at('B')) == "0..4 of 28"); // 146 m from the border, then 438
    CHECK(answer.of.at('A').services_at_most == 1);
    CHECK(answer.of.at('B').services_at_most == 0);
    CHECK(answer.of.at('B').per_1000_children == 0.0);
    CHECK_FALSE(answer.of.at('A').per_1000_children);
}

TEST_CASE("A district is out of reach only where it would be, however doubtful places turn out") {
    Policy policy = minutes(4);
    policy.reading = ReadingKind::reach;
    policy.reach_share = 0.8;
    const auto town = [](Place second) {
        return AsciiTown("A1 A A A2 A")
            .mark('1', {})
            .mark('2', std::move(second))
            .children("10 10 10 10 10")
            .complete_list("jidokan")
            .reader();
    };
    Place closed;
    closed.service.status = Status::closed;
    CHECK(ask(town({}), policy).tiers() == "A full");
    CHECK(ask(town(closed), policy).tiers() == "A out_of_reach");
    const auto unsure = town(unconfirmed());
    const auto answer = ask(unsure, policy);
    CHECK(answer.tiers() == "A unconfirmed");
    CHECK(answer.notes('A', "reach_unconfirmed"));
    CHECK_FALSE(answer.notes('A', "reach_unknown"));
    CHECK(answer.of.at('A').share_covered == Approx(0.4));
    CHECK(answer.of.at('A').share_covered_at_most == Approx(1.0));
}

TEST_CASE("Capacity that may be more is said so, and none of it is no figure") {
    Policy policy = minutes(4);
    policy.reading = ReadingKind::supply;
    policy.supply = Supply{};
    policy.supply->reach_m = 320;
    const auto holding = [](Place place) {
        place.service.capacity = 20;
        return place;
    };
    const auto reader = AsciiTown("A1 A2 A B3 B C C")
                            .mark('1', holding({}))
                            .mark('2', holding(unconfirmed()))
                            .mark('3', holding(unconfirmed()))
                            .children("10 10 10 10 10 10 10")
                            .complete_list("jidokan")
                            .reader();
    const auto answer = ask(reader, policy);
    CHECK(answer.of.at('A').supply_ratio == Approx(20.0 / 30)); // at least
    CHECK(answer.of.at('A').supply == Approx(20));
    CHECK(answer.notes('A', "supply_unconfirmed"));
    CHECK_FALSE(answer.of.at('B').supply_ratio);
    CHECK(answer.of.at('C').supply_ratio == 0.0); // nothing that is or may be is near
    CHECK_FALSE(answer.notes('C', "supply_unconfirmed"));
}

TEST_CASE("The public is not told of a few children by the range of those reached") {
    // 40 surely, 3 more possibly: their difference is a count of a few.
    const auto reader = AsciiTown("A1 A2 A A A")
                            .mark('1', {})
                            .mark('2', unconfirmed())
                            .children("40 20 3 60 70")
                            .complete_list("jidokan")
                            .reader();
    const auto policy = minutes(4);
    CHECK(reached(ask(reader, policy).of.at('A')) == "60..63 of 193");
    const auto told = compute_coverage(reader, policy, *reader.find_layer("chugakkoku"), at("2026-11-21"));
    CHECK(told.districts[0].children == 193);
    CHECK_FALSE(told.districts[0].children_covered);
    CHECK_FALSE(told.districts[0].children_covered_at_most);
    CHECK(told.districts[0].covered_withheld);
    CHECK_FALSE(told.districts[0].children_withheld);
    CHECK_FALSE(told.totals.children_covered_at_most);
    CHECK(told.totals.covered_withheld);
    CHECK_FALSE(told.totals.children_withheld);
}

namespace {

constexpr int k_rows = 5;
constexpr int k_columns = 9;
constexpr std::array<const char*, 3> k_municipalities{"99201", "99202", "99203"};

/// A town of three municipalities with six districts of random cells, strewn with places of every certainty.
class RandomTown {
  public:
    explicit RandomTown(unsigned seed) : dice_(seed) {
        std::string picture;
        std::string children;
        for (int row = 0; row < k_rows; ++row) {
            for (int column = 0; column < k_columns; ++column) {
                const char district = static_cast<char>('A' + column / 3 * 2 + pick(2));
                districts_.push_back(district);
                people_.push_back(pick(4) == 0 ? 0 : pick(40));
                picture += fmt::format("{} ", district);
                children += fmt::format("{} ", people_.back());
            }
            picture += "\n";
            children += "\n";
        }
        for (int i = 0; i < 5; ++i) {
            strew();
        }
        for (const auto& [cell, place] : places_) {
            const char mark = static_cast<char>('a' + marks_.size());
            marks_.emplace_back(mark, place);
            // Each place takes the letter of its cell's word.
            picture.insert(position_of(picture, cell), 1, mark);
        }
        AsciiTown town(picture);
        for (const auto& [mark, place] : marks_) {
            town.mark(mark, place);
        }
        town.children(children);
        for (char district = 'A'; district <= 'F'; ++district) {
            town.belongs_to(district, municipality_of(district));
        }
        TownList list;
        for (std::size_t i = 0; i < k_municipalities.size(); ++i) {
            complete_[i] = pick(4) != 0;
            list.claims.push_back({"jidokan", k_municipalities.at(i), complete_[i]});
        }
        town.list(list);
        if (pick(4) == 0) {
            Place nowhere = pick(2) == 0 ? Place{} : unconfirmed();
            nowhere.municipality = k_municipalities.at(static_cast<std::size_t>(pick(3)));
            unlocated_ = nowhere.municipality;
            town.unlocated(nowhere);
        }
        for (int row = 0; row < k_rows; ++row) {
            for (int column = 0; column < k_columns; ++column) {
                middles_.push_back(town.middle(static_cast<std::size_t>(row), static_cast<std::size_t>(column)));
            }
        }
        reader_.emplace(town.reader());
    }

    [[nodiscard]] const Reader& reader() const { return *reader_; }

    struct Reached {
        std::int64_t children = 0;
        std::int64_t surely = 0;
        std::int64_t at_most = 0;
    };
    /// Cell by cell and place by place. \param is_close set where a distance is too near the reach to be judged
    [[nodiscard]] Reached by_hand(char district, double reach_m, bool& is_close) const {
        Reached out;
        for (std::size_t cell = 0; cell < people_.size(); ++cell) {
            if (districts_[cell] != district) {
                continue;
            }
            double surely_m = std::numeric_limits<double>::infinity();
            double possibly_m = surely_m;
            for (const auto& [at, place] : places_) {
                const double distance_m = geo::distance_m(middles_[cell], middles_[at]);
                const double radius_m = place.accuracy_m.value_or(0);
                if (place.programme != "jidokan" || place.service.status == Status::closed) {
                    continue;
                }
                possibly_m = std::min(possibly_m, distance_m - radius_m);
                if (place.service.certainty == Certainty::confirmed) {
                    surely_m = std::min(surely_m, distance_m + radius_m);
                }
            }
            for (std::size_t other = 0; other < people_.size(); ++other) {
                if (may_be_anywhere(municipality_of(districts_[other]))) {
                    possibly_m = std::min(possibly_m, to_square_m(middles_[cell], middles_[other]));
                }
            }
            is_close = is_close || std::abs(surely_m - reach_m) < 3 || std::abs(possibly_m - reach_m) < 3;
            out.children += people_[cell];
            out.surely += surely_m <= reach_m ? people_[cell] : 0;
            out.at_most += surely_m <= reach_m || possibly_m <= reach_m ? people_[cell] : 0;
        }
        return out;
    }

  private:
    int pick(int below) { return std::uniform_int_distribution(0, below - 1)(dice_); }

    void strew() {
        Place place = pick(3) == 0 ? unconfirmed() : Place{};
        if (pick(5) == 0) {
            place.service.status = Status::closed;
        }
        if (pick(6) == 0) {
            place.programme = "shutcho_sodan"; // outreach, which nobody is brought to
        }
        if (pick(2) == 0) {
            place.accuracy_m = 50 + pick(500);
        }
        const auto cell = static_cast<std::size_t>(pick(k_rows * k_columns));
        if (std::ranges::none_of(places_, [&](const auto& of) { return of.first == cell; })) {
            place.municipality = municipality_of(districts_[cell]);
            places_.emplace_back(cell, place);
        }
    }

    static std::size_t position_of(const std::string& picture, std::size_t cell) {
        std::size_t word = 0;
        for (std::size_t i = 0; i < picture.size(); ++i) {
            if (picture[i] == ' ' && word++ == cell) {
                return i;
            }
        }
        return picture.size();
    }

    static std::string municipality_of(char district) {
        return k_municipalities.at(static_cast<std::size_t>(district - 'A') / 2);
    }
    [[nodiscard]] bool may_be_anywhere(const std::string& municipality) const {
        const auto found = std::ranges::find(k_municipalities, municipality) - k_municipalities.begin();
        return !complete_.at(static_cast<std::size_t>(found)) || municipality == unlocated_;
    }
    /// To the nearest corner or edge of the cell of that middle.
    static double to_square_m(geo::LonLat from, geo::LonLat middle) {
        constexpr double k_half_lon = 11.25 / 3600 / 2;
        constexpr double k_half_lat = 7.5 / 3600 / 2;
        return geo::distance_m(from, {std::clamp(from.lon, middle.lon - k_half_lon, middle.lon + k_half_lon),
                                      std::clamp(from.lat, middle.lat - k_half_lat, middle.lat + k_half_lat)});
    }

    std::mt19937 dice_;
    std::vector<char> districts_;
    std::vector<int> people_;
    std::vector<geo::LonLat> middles_;
    std::vector<std::pair<std::size_t, Place>> places_;
    std::vector<std::pair<char, Place>> marks_;
    std::array<bool, 3> complete_{};
    std::string unlocated_;
    std::optional<Reader> reader_;
};

} // namespace

TEST_CASE("In random towns the range is what counting cell by cell gives") {
    int compared = 0;
    int ranges = 0;
    for (unsigned seed = 1; seed <= 400; ++seed) {
        const RandomTown town(seed);
        const double reach_m = 120 + seed % 9 * 110;
        Policy policy = policy_of({"jidokan", "shutcho_sodan"});
        policy.travel = {"walk", reach_m / 80, 80, 1};
        const auto answer = ask(town.reader(), policy);
        for (const auto& [letter, of] : answer.of) {
            bool is_close = false;
            const auto by_hand = town.by_hand(letter, reach_m, is_close);
            if (is_close) {
                continue;
            }
            CAPTURE(seed, letter, reach_m);
            REQUIRE(of.children.value_or(0) == by_hand.children);
            if (!of.children) {
                continue; // nobody lives there
            }
            REQUIRE(of.children_covered == by_hand.surely);
            REQUIRE(of.children_covered_at_most == by_hand.at_most);
            ++compared;
            ranges += by_hand.at_most > by_hand.surely ? 1 : 0;
        }
    }
    CHECK(compared > 1000);
    CHECK(ranges > 300);
}
