// What is offered while somebody types.
#include "directory/reader.hpp"
#include "directory/snapshot/snapshot.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace shirube;
using namespace shirube::directory;
using Kind = Suggestion::Kind;

namespace {

Reader town() {
    State state;
    state.lists.emplace_back();
    const auto place = [&](const std::string& name, const std::string& programme, bool located = true) {
        SiteRow site;
        site.id = "site" + std::to_string(state.sites.size());
        site.name = name;
        site.municipality_name = "潮見野市";
        if (located) {
            site.position = geo::LonLat{137.05, 33.2};
        }
        ServiceRow service;
        service.id = "service" + std::to_string(state.services.size());
        service.site = static_cast<std::uint32_t>(state.sites.size());
        service.list = 0;
        service.programme = *Taxonomy::shipped().by_code(programme);
        state.sites.push_back(site);
        state.services.push_back(service);
    };
    place("浜児童館", "jidokan");
    place("丘の上の浜の家", "shien_kyoten");
    place("港のひろば", "shien_kyoten", false);
    state.services.push_back(state.services[0]); // a second programme in the same building
    state.services.back().id = "service9";
    state.services.back().programme = *Taxonomy::shipped().by_code("kodomo_shokudo");
    DistrictRow district;
    district.layer = "chugakkoku";
    district.code = "99201-浜";
    district.name = "浜中学校";
    district.municipality_name = "潮見野市";
    district.geometry = {{{{137.0, 33.1}, {137.1, 33.1}, {137.1, 33.3}, {137.0, 33.3}}, {}}};
    state.districts = {district};
    TownReading reading;
    reading.municipality_name = "潮見野市";
    reading.town = "浜三丁目";
    reading.position = {137.06, 33.21};
    state.towns = {reading};
    return Reader(Snapshot::build(std::move(state), Taxonomy::shipped(), Holidays::shipped()));
}

std::string labels(const std::vector<Suggestion>& suggestions) {
    std::string text;
    for (const auto& suggestion : suggestions) {
        text += (text.empty() ? "" : " ") + suggestion.label;
    }
    return text;
}

} // namespace

TEST_CASE("Districts, towns and places are suggested, those that begin with what was typed first") {
    const auto suggestions = town().suggest("浜", 10);
    CHECK(labels(suggestions) == "浜中学校 浜三丁目 浜児童館 丘の上の浜の家");
    CHECK(suggestions[0].kind == Kind::district);
    CHECK(suggestions[0].id == "chugakkoku:99201-浜");
    CHECK(suggestions[0].detail == "潮見野市");
    REQUIRE(suggestions[0].position);
    CHECK(suggestions[0].position->lon == Approx(137.05).margin(0.05));
    CHECK(suggestions[1].kind == Kind::town);
    CHECK(suggestions[1].id.empty());
    CHECK(suggestions[1].position == geo::LonLat{137.06, 33.21});
    CHECK(suggestions[2].kind == Kind::service);
    CHECK(suggestions[2].detail == "児童館");
    CHECK(suggestions[2].id == "service0");
}

TEST_CASE("A programme is suggested by its label and its aliases") {
    const auto by_label = town().suggest("じどうかん", 10);
    REQUIRE_FALSE(by_label.empty());
    CHECK(by_label[0].kind == Kind::programme); // by the reading that the taxonomy gives it; none is guessed
    CHECK(by_label[0].id == "jidokan");
    const auto centre = town().suggest("児童館", 10);
    REQUIRE_FALSE(centre.empty());
    CHECK(centre[0].kind == Kind::programme);
    CHECK(centre[0].id == "jidokan");
    const auto base = town().suggest("つどいの", 10);
    REQUIRE_FALSE(base.empty());
    CHECK(base[0].id == "shien_kyoten");
    CHECK(town().suggest("子ど", 10).size() == town().suggest("こど", 10).size());
    const auto meals = town().suggest("子供食堂", 10);
    REQUIRE_FALSE(meals.empty());
    CHECK(meals[0].id == "kodomo_shokudo");
}

TEST_CASE("No more is suggested than was asked for, and nothing for nothing") {
    CHECK(town().suggest("浜", 2).size() == 2);
    CHECK(town().suggest("浜", 0).empty());
    CHECK(town().suggest("", 10).empty());
    CHECK(town().suggest("・", 10).empty());
    CHECK(town().suggest("\xff", 10).empty());
    CHECK(town().suggest("浜浜浜", 10).empty());
}

TEST_CASE("A place that is not located is suggested without a position") {
    const auto found = town().suggest("港の", 10);
    REQUIRE(found.size() == 1);
    CHECK_FALSE(found[0].position);
}

TEST_CASE("Protected programmes are not suggested to the public") {
    for (const std::string typed : {"母子生活支援", "女性", "母子寮", "ファミリーホーム"}) {
        for (const auto& suggestion : town().suggest(typed, 20)) {
            if (suggestion.kind == Kind::programme) {
                const auto programme = Taxonomy::shipped().by_code(suggestion.id);
                CHECK(Taxonomy::shipped().at(*programme).visibility == Visibility::everyone);
            }
        }
    }
}
