// Linking as a function of a set: no order, no chain through what is surely apart, nothing hidden that shows.
#include "directory/linking/link_places.hpp"
#include "search_random_town.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

StatedPlace stated(const std::string& id, std::int64_t list, const std::string& name, const std::string& address,
                   const std::string& phone = "") {
    StatedPlace place;
    place.id = id;
    place.shown_name = name;
    place.name = read_place_name(name, "潮見野市", "");
    place.address = read_place_address(address, "潮見野市");
    place.municipality = "99201";
    place.lists = {list};
    if (!phone.empty()) {
        place.phones = {phone};
    }
    return place;
}

/// The id each place's site goes by.
std::map<std::string, std::string> sites_of(const std::vector<StatedPlace>& places,
                                            const std::vector<LinkDecision>& decisions = {}) {
    const auto linked = link_places(places, decisions);
    std::map<std::string, std::string> sites;
    for (std::size_t i = 0; i < places.size(); ++i) {
        sites[places[i].id] = places[linked.site[i]].id;
    }
    return sites;
}

std::vector<StatedPlace> random_places(Dice& dice, std::size_t count) {
    const std::vector<std::string> names{"浜児童館",   "潮見野市立浜児童館", "浜児童センター", "第一浜児童館",
                                         "北浜児童館", "浜児童館分館",       "港児童館",       "児童館"};
    const std::vector<std::string> addresses{"", "浜町", "浜町1-2", "浜町1-2-3", "浜町1丁目2番3号", "浜町1-4", "港町5"};
    const std::vector<std::string> phones{"", "0000000001", "0000000002"};
    std::vector<StatedPlace> places;
    for (std::size_t i = 0; i < count; ++i) {
        places.push_back(stated("id" + std::to_string(100 + i), static_cast<std::int64_t>(dice.below(5)),
                                names[dice.below(names.size())], addresses[dice.below(addresses.size())],
                                phones[dice.below(phones.size())]));
        if (dice.one_in(4)) {
            places.back().visibility = dice.one_in(2) ? Visibility::staff : Visibility::coordinator;
            places.back().owner = dice.one_in(2) ? "99201" : "99341";
        }
    }
    return places;
}

} // namespace

TEST_CASE("In whatever order places are given, the same ones are one and the same pairs are doubtful") {
    Dice dice(7);
    std::size_t linked_somewhere = 0;
    for (int round = 0; round < 200; ++round) {
        auto places = random_places(dice, 12);
        const auto sites = sites_of(places);
        const auto doubts = [&] {
            std::set<std::pair<std::string, std::string>> pairs;
            for (const auto& pair : link_places(places, {}).doubts) {
                pairs.emplace(places[pair.a].id, places[pair.b].id);
            }
            return pairs;
        };
        const auto doubtful = doubts();
        for (std::size_t i = places.size(); i > 1; --i) {
            std::swap(places[i - 1], places[dice.below(i)]);
        }
        REQUIRE(sites_of(places) == sites);
        REQUIRE(doubts() == doubtful);
        linked_somewhere += std::ranges::any_of(sites, [](const auto& entry) { return entry.first != entry.second; });
    }
    CHECK(linked_somewhere > 100);
}

TEST_CASE("No site holds two places that are surely apart, through however many others they are linked") {
    Dice dice(8);
    for (int round = 0; round < 200; ++round) {
        const auto places = random_places(dice, 14);
        const auto linked = link_places(places, {});
        for (std::size_t i = 0; i < places.size(); ++i) {
            for (std::size_t j = i + 1; j < places.size(); ++j) {
                // What two municipalities hide comes to the public's place by itself each.
                const bool of_two =
                    !places[i].owner.empty() && !places[j].owner.empty() && places[i].owner != places[j].owner;
                if (linked.site[i] == linked.site[j] && !of_two) {
                    INFO(places[i].shown_name << " / " << places[j].shown_name);
                    REQUIRE_FALSE(is_surely_apart(compare(places[i], places[j]).objection));
                }
            }
        }
    }
}

TEST_CASE("What is hidden changes nothing among places the public sees") {
    Dice dice(9);
    for (int round = 0; round < 200; ++round) {
        const auto places = random_places(dice, 14);
        auto open = places;
        std::erase_if(open, [](const StatedPlace& place) { return place.visibility != Visibility::everyone; });
        const auto with_hidden = sites_of(places);
        for (const auto& [id, site] : sites_of(open)) {
            REQUIRE(with_hidden.at(id) == site);
        }
    }
}

TEST_CASE("A place between two house numbers is linked to one of them, and the other is asked about") {
    const std::vector<StatedPlace> places{stated("a", 1, "浜児童館", "浜町1-2-3", "0000000001"),
                                          stated("b", 2, "浜児童館", "浜町1-2", "0000000001"),
                                          stated("c", 3, "浜児童館", "浜町1-2-9")};
    const auto linked = link_places(places, {});
    CHECK(linked.site[0] == linked.site[1]);
    CHECK(linked.site[2] == 2);
    CHECK_FALSE(linked.doubts.empty());
    CHECK(linked.reason[1].find("same name") != std::string::npos);
}

TEST_CASE("What a person decides goes before every weight") {
    const std::vector<StatedPlace> places{stated("a", 1, "浜児童館", "浜町1-2-3"),
                                          stated("b", 2, "浜児童館", "浜町1-2-3 しるべビル"),
                                          stated("c", 3, "みらいの家", "港町9")};
    CHECK(sites_of(places).at("b") == "a");
    CHECK(sites_of(places, {{"a", "b", false}}).at("b") == "b");
    CHECK(sites_of(places, {{"c", "a", true}}).at("c") == "a");
    CHECK(sites_of(places, {{"c", "a", true}, {"b", "c", false}}).at("b") == "b");
}

TEST_CASE("What was decided of something hidden moves nothing that the public sees") {
    constexpr auto k_hidden = Visibility::staff;
    std::vector<StatedPlace> places{stated("a", 1, "浜児童館", "浜町1-2-3"),
                                    stated("b", 2, "浜児童館", "浜町1-2-3 しるべビル"),
                                    stated("c", 3, "みらいの家", "港町9")};
    CHECK(sites_of(places, {{"a", "b", false, k_hidden}}).at("b") == "a");
    CHECK(sites_of(places, {{"c", "a", true, k_hidden}}).at("c") == "c");
    places[2].visibility = Visibility::staff;
    CHECK(sites_of(places, {{"c", "a", true, k_hidden}}).at("c") == "a");
    // There it goes before what the public's own ids say, in whatever order the two are given.
    CHECK(sites_of(places, {{"c", "a", true}, {"c", "a", false, k_hidden}}).at("c") == "c");
    CHECK(sites_of(places, {{"c", "a", true, k_hidden}, {"c", "a", false}}).at("c") == "a");
}

TEST_CASE("A place that another list knows by its public name is the same place; like names elsewhere are not") {
    auto base = stated("base", 1, "浜町児童育成支援拠点", "浜町1-2-3", "");
    base.public_name = read_place_name("みなとのいえ", "潮見野市", "");
    const auto cafeteria = stated("cafeteria", 2, "みなとのいえ", "浜町1-2-3", "");
    const auto far = stated("far", 2, "みなとのいえ", "丘町9", "");
    const auto generic = stated("generic", 3, "児童館", "浜町1-2-3", "");
    CHECK(sites_of({base, cafeteria})["base"] == sites_of({base, cafeteria})["cafeteria"]);
    CHECK(sites_of({base, far})["far"] == "far");

    auto unnamed = base;
    unnamed.public_name.reset();
    CHECK(sites_of({unnamed, cafeteria})["cafeteria"] == "cafeteria"); // nothing else tells that they are one

    auto called_by_kind = base;
    called_by_kind.public_name = read_place_name("児童館", "潮見野市", "");
    CHECK(sites_of({called_by_kind, generic})["generic"] == "generic"); // 児童館 is the name of many
}
