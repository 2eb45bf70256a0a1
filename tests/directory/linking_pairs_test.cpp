// The labelled pairs: invented places, each with what it truly is. What is linked must be one; how much of what is one
// is found is measured.
#include "directory/linking/link_places.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

using namespace shirube::directory;

namespace {

constexpr double k_m_per_degree = 111'000;

struct LabelledPair {
    bool same = false;
    StatedPlace a;
    StatedPlace b;
    std::string about;
};

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
        if (c == ',') {
            cells.emplace_back();
        } else {
            cells.back() += c;
        }
    }
    return cells;
}

StatedPlace place(std::string id, std::int64_t list, const std::string& name, const std::string& address,
                  const std::string& phone) {
    StatedPlace stated;
    stated.id = std::move(id);
    stated.shown_name = name;
    stated.name = read_place_name(name, "潮見野市", "");
    stated.address = read_place_address(address, "潮見野市");
    stated.municipality = "99201";
    stated.lists = {list};
    if (!phone.empty()) {
        stated.phones = {phone};
    }
    return stated;
}

std::vector<LabelledPair> labelled_pairs() {
    std::ifstream in(std::string{SHIRUBE_SOURCE_DIR} + "/tests/directory/linking_pairs.csv");
    std::string line;
    std::getline(in, line);
    std::vector<LabelledPair> pairs;
    while (std::getline(in, line)) {
        const auto cells = cells_of(line);
        REQUIRE(cells.size() == 10);
        LabelledPair pair{cells[0] == "same", place("a", 1, cells[1], cells[2], cells[3]),
                          place("b", 2, cells[4], cells[5], cells[6]), cells[9]};
        if (!cells[7].empty()) {
            pair.a.position = shirube::geo::LonLat{137.0, 33.2};
            pair.b.position = shirube::geo::LonLat{137.0, 33.2 + std::stod(cells[7]) / k_m_per_degree};
        }
        if (!cells[8].empty()) {
            pair.b.municipality = cells[8];
        }
        pairs.push_back(std::move(pair));
    }
    return pairs;
}

} // namespace

TEST_CASE("Of the labelled pairs no two things are linked as one, and most of what is one is found") {
    const auto pairs = labelled_pairs();
    REQUIRE(pairs.size() >= 200);
    std::size_t same = 0;
    std::size_t linked = 0;
    std::size_t asked = 0;
    std::size_t asked_in_vain = 0;
    for (const auto& pair : pairs) {
        const std::vector<StatedPlace> places{pair.a, pair.b};
        const auto result = link_places(places, {});
        const bool is_linked = result.site[0] == result.site[1];
        const bool is_doubtful = !result.doubts.empty();
        INFO(pair.a.shown_name << " / " << pair.b.shown_name << " (" << pair.about
                               << "): " << in_words(compare(pair.a, pair.b), "en"));
        if (std::getenv("SHIRUBE_SHOW_PAIRS") != nullptr && (pair.same != is_linked)) {
            std::cout << (pair.same ? "same " : "diff ")
                      << (is_linked     ? "link  "
                          : is_doubtful ? "doubt "
                                        : "apart ")
                      << pair.a.shown_name << " / " << pair.b.shown_name << " (" << pair.about
                      << "): " << in_words(compare(pair.a, pair.b), "en") << "\n";
        }
        if (pair.same) {
            ++same;
            linked += is_linked ? 1 : 0;
            asked += is_doubtful ? 1 : 0;
        } else {
            CHECK_FALSE(is_linked);
            asked_in_vain += is_doubtful ? 1 : 0;
        }
    }
    std::cout << "linking: " << pairs.size() << " labelled pairs, no false link; of " << same << " that are one "
              << linked << " linked and " << asked << " asked about; of the others " << asked_in_vain
              << " asked about\n";
    CHECK(linked * 100 >= same * 88);
    CHECK(asked_in_vain * 5 <= pairs.size());
}
