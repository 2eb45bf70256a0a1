// The snapshot's answers against a naive search over the same rows, for thousands of random questions.
#include "directory/reader.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "search_naive.hpp"
#include "search_random_town.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>
#include <thread>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

const State& town() {
    static const State state = random_town(20261121);
    return state;
}

const Reader& reader() {
    static const Reader built(Snapshot::build(town(), Taxonomy::shipped(), Holidays::shipped()));
    return built;
}

const NaiveSearch& naive() {
    static const NaiveSearch search(town());
    return search;
}

geo::LonLat random_point(Dice& dice) {
    constexpr double k_around = 0.02; // some questions come from outside the land
    return {dice.between(k_land.west - k_around, k_land.east + k_around),
            dice.between(k_land.south - k_around, k_land.north + k_around)};
}

/// A radius about `wish_m` that no place lies so near to that a distance within 0.1 % could decide otherwise.
double clear_radius(geo::LonLat from, double wish_m) {
    auto distances = naive().distances_m(from);
    std::ranges::sort(distances);
    double radius_m = wish_m;
    for (int tries = 0; tries < 1'000; ++tries, radius_m *= 1.0031) {
        const auto next = std::ranges::lower_bound(distances, radius_m * 0.9985);
        if (next == distances.end() || *next > radius_m * 1.0015) {
            return radius_m;
        }
    }
    return 100'000;
}

void ask_for_a_place(Dice& dice, SearchQuery& query) {
    if (dice.one_in(2)) {
        query.near = random_point(dice);
        query.sort = dice.one_in(3) ? Sort::name : dice.one_in(2) ? Sort::distance : Sort::best;
        if (!dice.one_in(4)) {
            query.radius_m = clear_radius(*query.near, dice.between(50, 8'000));
        }
    }
    if (dice.one_in(4)) {
        const auto a = random_point(dice);
        const auto b = random_point(dice);
        query.bbox = geo::Box::empty();
        query.bbox->expand(a);
        query.bbox->expand(b);
    }
    if (dice.one_in(4)) {
        for (std::size_t i = 1 + dice.below(3); i > 0; --i) {
            query.within.push_back(static_cast<std::uint32_t>(dice.below(town().districts.size())));
        }
    }
}

void ask_for_a_time(Dice& dice, SearchQuery& query) {
    const auto some_minute = [&] { return static_cast<int>(15 * dice.below(96)); };
    if (dice.one_in(4)) {
        query.weekdays = static_cast<std::uint8_t>(1 + dice.below(127));
    }
    if (dice.one_in(4)) {
        query.minute = some_minute();
    }
    if (dice.one_in(6)) {
        query.open_day = *parse_day("2026-01-01") + std::chrono::days{dice.below(730)};
    }
    if (dice.one_in(5)) {
        query.open_at = Instant{*parse_day("2026-01-01") + std::chrono::days{dice.below(730)}, some_minute()};
    }
}

SearchQuery random_query(Dice& dice) {
    SearchQuery query;
    query.at = Instant{*parse_day("2026-01-01") + std::chrono::days{dice.below(730)}, 600};
    query.sort = dice.one_in(2) ? Sort::updated : Sort::name;
    ask_for_a_place(dice, query);
    if (dice.one_in(3)) {
        query.text = dice.of(words_of_random_town());
        if (dice.one_in(4)) {
            query.text += " " + dice.of(words_of_random_town());
        }
    }
    if (dice.one_in(2)) {
        const auto count = Taxonomy::shipped().programmes().size();
        const auto programme =
            dice.one_in(2) ? *Taxonomy::shipped().by_code("places") : static_cast<ProgrammeIndex>(dice.below(count));
        query.programmes = Taxonomy::shipped().with_descendants(programme);
    }
    if (dice.one_in(6)) {
        query.for_whom = static_cast<std::uint8_t>(1 + dice.below(31));
    }
    if (dice.one_in(4)) {
        const int from = static_cast<int>(dice.below(200));
        query.age = AgeRange{from, from + (dice.one_in(2) ? 1 : 12)};
    }
    if (dice.one_in(3)) {
        ask_for_a_time(dice, query);
    }
    if (dice.one_in(8)) {
        query.entry = static_cast<Entry>(dice.below(6));
    }
    if (dice.one_in(8)) {
        query.fee = static_cast<Fee>(dice.below(3));
    }
    if (dice.one_in(8)) {
        query.transports = static_cast<std::uint8_t>(1 + dice.below(63));
    }
    if (dice.one_in(8)) {
        query.features = static_cast<std::uint8_t>(1U << dice.below(8));
    }
    query.without_phone = dice.one_in(10);
    if (dice.one_in(6)) {
        query.residents_of = dice.one_in(2) ? "13101" : "99999";
        if (dice.one_in(2)) {
            query.use_contract = dice.one_in(2) ? Contract::mutual : Contract::entrusted;
        }
    }
    return query;
}

std::string in_words(const SearchQuery& query) {
    std::ostringstream out;
    out << to_string(query.at) << " near " << query.near.has_value() << " radius " << query.radius_m.value_or(-1)
        << " bbox " << query.bbox.has_value() << " within " << query.within.size() << " q '" << query.text
        << "' programmes " << query.programmes.size() << " for " << int(query.for_whom) << " age "
        << (query.age ? query.age->from_months : -1) << " weekday " << int(query.weekdays) << " minute "
        << query.minute.value_or(-1) << " open " << query.open_at.has_value() << " features " << int(query.features)
        << " residents " << query.residents_of << " contract " << (query.use_contract ? int(*query.use_contract) : -1)
        << " sort " << int(query.sort);
    return out.str();
}

/// All pages, one after the other; each must say the same total.
std::vector<Hit> all_pages(SearchQuery query, std::size_t page_size, std::size_t expected) {
    std::vector<Hit> all;
    query.limit = page_size;
    for (query.offset = 0;; query.offset += page_size) {
        const auto page = reader().search(query);
        REQUIRE(page.number_matched == expected);
        REQUIRE(page.hits.size() <= page_size);
        if (query.offset > 0) {
            REQUIRE(page.without_position.empty()); // they stand on the first page
        }
        all.insert(all.end(), page.hits.begin(), page.hits.end());
        if (page.hits.size() < page_size) {
            return all;
        }
    }
}

/// Where a distance is off by more than 0.1 % or out of order; the number of hits where none is.
std::size_t first_wrong_distance(const std::vector<Hit>& hits, const NaiveAnswer& expected, const SearchQuery& query) {
    std::vector<double> by_service(town().services.size(), -2);
    std::vector<int> unsure(town().services.size());
    for (const auto& hit : expected.hits) {
        by_service[hit.service] = hit.distance_m;
        unsure[hit.service] = hit.unsure;
    }
    const bool is_ordered_by_way = query.sort == Sort::distance || query.sort == Sort::best;
    const auto key = [&](const Hit& hit) {
        const double further_m = query.sort == Sort::best ? 500.0 * unsure[hit.service] : 0;
        return std::tuple(hit.distance_m + further_m, hit.distance_m, hit.service);
    };
    for (std::size_t i = 0; i < hits.size(); ++i) {
        const double naive_m = by_service[hits[i].service];
        const bool is_right = std::abs(hits[i].distance_m - naive_m) <= 0.001 * std::abs(naive_m) + 0.02;
        const bool in_order = !is_ordered_by_way || i == 0 || key(hits[i - 1]) < key(hits[i]);
        if (!is_right || !in_order) {
            return i;
        }
    }
    return hits.size();
}

template <class Hits>
std::vector<std::pair<std::uint32_t, Openness>> services_of(const Hits& hits) {
    std::vector<std::pair<std::uint32_t, Openness>> services;
    for (const auto& hit : hits) {
        services.emplace_back(hit.service, hit.open);
    }
    return services;
}

} // namespace

TEST_CASE("The snapshot answers thousands of random questions as a naive search does") {
    Dice dice(4711);
    std::size_t found = 0;
    std::size_t found_apart = 0;
    std::size_t empty = 0;
    constexpr int k_questions = 4'000;
    for (int i = 0; i < k_questions; ++i) {
        const SearchQuery query = random_query(dice);
        INFO("question " << i << ": " << in_words(query));
        const NaiveAnswer expected = naive().answer(query);
        const std::size_t page_size = dice.one_in(2) ? 1'000 : 1 + expected.hits.size() / 8 + dice.below(40);
        const auto hits = all_pages(query, page_size, expected.hits.size());
        REQUIRE(first_wrong_distance(hits, expected, query) == hits.size());

        auto services = services_of(hits);
        auto wanted = services_of(expected.hits);
        if (query.sort == Sort::distance || query.sort == Sort::best) {
            std::ranges::sort(services);
            std::ranges::sort(wanted);
        }
        REQUIRE(services == wanted);

        SearchQuery first_page = query;
        first_page.limit = page_size;
        const auto page = reader().search(first_page);
        REQUIRE(page.without_position_matched == expected.without_position.size());
        auto apart = services_of(expected.without_position);
        apart.resize(std::min(apart.size(), page_size));
        REQUIRE(services_of(page.without_position) == apart);

        found += hits.size();
        found_apart += apart.size();
        empty += hits.empty() ? 1 : 0;
    }
    // The dice must ask about something: neither nothing but empty answers nor never one.
    CHECK(found > 100'000);
    CHECK(found_apart > 10'000);
    CHECK(empty > 100);
    CHECK(empty < k_questions * 3 / 4);
}

TEST_CASE("A page beyond the last is empty and says the same total") {
    SearchQuery query;
    query.at = Instant{*parse_day("2026-11-21"), 600};
    const auto total = reader().search(query).number_matched;
    REQUIRE(total > 1'000);
    query.offset = total + 5;
    const auto page = reader().search(query);
    CHECK(page.number_matched == total);
    CHECK(page.hits.empty());
}

TEST_CASE("Every question can be asked from several threads at once") {
    // Scratch space is a thread's own; the snapshot is only read.
    SearchQuery query;
    query.at = Instant{*parse_day("2026-11-21"), 600};
    query.near = geo::LonLat{139.75, 35.7};
    query.radius_m = 3'000;
    query.sort = Sort::distance;
    query.limit = 1'000;
    const auto expected = services_of(reader().search(query).hits);
    REQUIRE_FALSE(expected.empty());
    std::array<bool, 4> same{};
    std::vector<std::thread> threads;
    for (auto& is_same : same) {
        threads.emplace_back([&] {
            is_same = true;
            for (int i = 0; i < 200; ++i) {
                is_same = is_same && services_of(reader().search(query).hits) == expected;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(same == std::array<bool, 4>{true, true, true, true});
}
