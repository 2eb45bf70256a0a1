// The pages of the network: tables that say what the API says, the story of one, and nothing that the reader may not
// have.
#include "server/http.hpp"
#include "server/network/district_words.hpp"
#include "server/pages/texts.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

namespace shirube::server {

namespace {

using directory::PartyKind;
using directory::RelationKind;
using tests::SmallTown;

directory::PartyReading party(std::string name, PartyKind kind = PartyKind::organization) {
    return {.kind = kind, .name = std::move(name), .municipality = "99201", .layer = {}};
}

/// The small town, where 潮見野市 holds three together that are tied to nobody else, one of them under a hostile name.
directory::State tied_state() {
    auto state = tests::small_state();
    for (const std::string_view other : {"うみねこの会", "はまの会", "<b>かもめ</b>\"'&"}) {
        directory::RelationRow row;
        row.id = "tie" + std::to_string(state.relations.size());
        row.reading.kind = RelationKind::entrusts;
        row.reading.from = party("潮見野市");
        row.reading.to = party(std::string{other});
        row.reading.valid_from = directory::parse_day("2025-04-01");
        row.list = 0;
        state.relations.push_back(std::move(row));
    }
    state.relations.back().reading.valid_to = directory::parse_day("2026-03-31");
    return state;
}

const SmallTown& tied_town() {
    static const SmallTown town(tied_state());
    return town;
}

std::string page(const std::string& target, unsigned status = 200) {
    const auto answer = tied_town().get(target, "text/html");
    REQUIRE(answer.status == status);
    return std::string{answer.content()};
}

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// The key of whoever is called so, as the API tells it.
std::string key_of(std::string_view name) {
    const auto network = tied_town().json("/api/v1/network?at=2026-01-01");
    for (const auto& node : network.at("nodes")) {
        if (node.at("name").get<std::string>() == name) {
            return node.at("id").get<std::string>();
        }
    }
    FAIL("nobody is called " << name);
    return {};
}

} // namespace

TEST_CASE(
    "the page of the network has a row for every tie that the API tells of that day, and for everybody of any day",
    "[pages][network]") {
    const auto whole = tied_town().json("/api/v1/network?days=all");
    std::size_t most_untied = 0;
    for (const std::string at : {"2026-01-01", "2026-11-21", "2020-01-01"}) {
        const auto answer = tied_town().json("/api/v1/network?at=" + at);
        const std::string shown = page("/network?at=" + at);
        const bool is_any = !answer.at("nodes").empty();
        std::set<std::string> tied;
        for (const auto& edge : answer.at("edges")) {
            tied.insert(edge.at("from").get<std::string>());
            tied.insert(edge.at("to").get<std::string>());
        }
        // Who has no tie on the day is told so, not left out.
        const std::size_t untied = is_any ? whole.at("nodes").size() - tied.size() : 0;
        most_untied = std::max(most_untied, untied);
        CHECK(count_of(shown, "<tr data-node=") == (is_any ? whole.at("nodes").size() : 0));
        CHECK(count_of(shown, "class=\"untied\"") == untied);
        CHECK(count_of(shown, "<span class=\"quiet\">この日はつながりなし") == untied);
        CHECK(count_of(shown, "class=\"tied\"") == answer.at("edges").size());
        CHECK(has(shown, "data-network=") == is_any);
    }
    CHECK(most_untied > 0);
}

TEST_CASE("names of a network are text wherever they stand", "[pages][network]") {
    const std::string hostile = "<b>かもめ</b>\"'&";
    for (const std::string& shown :
         {page("/network?at=2026-01-01"), page("/network/nodes/" + percent_encode(key_of(hostile)))}) {
        CHECK_FALSE(has(shown, "<b>かもめ"));
        CHECK(has(shown, "&lt;b&gt;かもめ"));
    }
}

TEST_CASE("the story of one tells its ties of every day, from its own end, and what would fall apart",
          "[pages][network]") {
    const std::string centre = page("/network/nodes/" + percent_encode(key_of("潮見野市")) + "?lang=en");
    CHECK(count_of(centre, "entrusts") >= 3);
    CHECK(has(centre, "(not now)"));
    CHECK(has(centre, "since 1 April 2025"));
    CHECK(has(centre, "would fall into 2 parts")); // of two that still stand; the third has ended
    const std::string other = page("/network/nodes/" + percent_encode(key_of("うみねこの会")) + "?lang=en");
    CHECK(has(other, "is entrusted by"));
    CHECK_FALSE(has(other, "would fall into"));
}

TEST_CASE("several kinds that a form ticks are asked for together", "[pages][network]") {
    CHECK(has(page("/network?kind=refers&kind=entrusts&at=2026-11-21"), "<tr data-node="));
    CHECK_FALSE(has(page("/network?kind=refers&kind=shares&at=2026-11-21"), "<tr data-node="));
    CHECK(has(page("/network?kind=refers&kind=entrusts&at=2026-11-21"), "kind=refers,entrusts"));
    const std::string commas = page("/network?kind=entrusts,member_of&at=2026-11-21");
    CHECK(count_of(commas, " checked") == 2);
    CHECK(count_of(commas, "class=\"tied\"") ==
          tied_town().json("/api/v1/network?kind=member_of&kind=entrusts&at=2026-11-21").at("edges").size());
}

TEST_CASE("where kinds are chosen the page says that its sentences are of all of them", "[pages][network]") {
    constexpr std::string_view k_said = "These sentences are about ties of all kinds";
    CHECK(has(page("/network?lang=en&at=2026-11-21&kind=refers"), k_said));
    CHECK_FALSE(has(page("/network?lang=en&at=2026-11-21"), k_said));
}

TEST_CASE("a school's district is called a district, others as they are", "[pages][network]") {
    const Texts& ja = Texts::in("ja");
    CHECK(district_in_words("chugakkoku", "西中学校", ja) == "西中学校区");
    CHECK(district_in_words("shogakkoku", "西小学校", ja) == "西小学校区");
    CHECK(district_in_words("chugakkoku", "西中学校区", ja) == "西中学校区"); // never twice
    CHECK(district_in_words("chugakkoku", "塩屋中学校（休校）", ja) == "塩屋中学校区（休校）");
    CHECK(district_in_words("chugakkoku", "標学園", ja) == "標学園の区域");
    CHECK(district_in_words("nichijo_seikatsu", "西部", ja) == "西部");
    CHECK(district_in_words("custom", "西中学校", ja) == "西中学校"); // no list says that it is the school's
    CHECK(district_in_words("chugakkoku", "", ja).empty());
    CHECK(district_in_words("chugakkoku", "西中学校", Texts::in("ja-easy")) == "西中学校の 区域");
    CHECK(district_in_words("chugakkoku", "西中学校", Texts::in("en")) == "西中学校 school district");
    const auto called = [&](PartyKind kind, std::string key) {
        directory::NetworkNode node;
        node.kind = kind;
        node.key = std::move(key);
        node.name = "西中学校";
        return node_in_words(node, ja);
    };
    CHECK(called(PartyKind::district, "district:chugakkoku:99201-nishi") == "西中学校区");
    CHECK(called(PartyKind::district, "district:custom:99201-nishi") == "西中学校");
    CHECK(called(PartyKind::district, "name:district:99201:chugakkoku|西中学校") == "西中学校区");
    CHECK(called(PartyKind::district, "name:district:99201:西中学校") == "西中学校"); // of no stated layer
    CHECK(called(PartyKind::organization, "organization:o1") == "西中学校");          // the school itself
}

TEST_CASE("who is chosen has its story beside the pictures, and the data is asked for without", "[pages][network]") {
    const auto with_node = [](const std::string& key) {
        return page("/network?at=2026-01-01&lang=en&node=" + percent_encode(key));
    };
    const std::string none = page("/network?at=2026-01-01&lang=en");
    CHECK(has(none, "aria-labelledby=\"story\" hidden"));
    const std::string city = key_of("潮見野市");
    const std::string chosen = with_node(city);
    CHECK_FALSE(has(chosen, "aria-labelledby=\"story\" hidden"));
    CHECK(has(chosen, "<b data-story-name>潮見野市</b>"));
    CHECK(count_of(chosen, "<li><span>entrusts</span>") == 3);
    CHECK(count_of(with_node(key_of("うみねこの会")), "<li><span>is entrusted by</span>") == 1);
    // Of the day asked about: one of them has ended then.
    CHECK(count_of(page("/network?at=2026-11-21&lang=en&node=" + percent_encode(city)), "<li><span>entrusts</span>") ==
          2);
    const auto pictures = chosen.find("data-network=\"");
    REQUIRE(pictures != std::string::npos);
    CHECK_FALSE(has(chosen.substr(pictures, chosen.find('"', pictures + 14) - pictures), "node="));
    CHECK(has(with_node("organization:nobody"), "No tie names anybody"));
    const std::string hostile = with_node(key_of("<b>かもめ</b>\"'&"));
    CHECK_FALSE(has(hostile, "<b>かもめ"));
    // From its own page one comes back to it.
    CHECK(has(page("/network/nodes/" + percent_encode(city)), "#pictures"));
}

TEST_CASE("who is chosen stays chosen under other conditions, and is no condition of the data", "[pages][network]") {
    const auto with_node = [](const std::string& conditions, const std::string& key) {
        return page("/network?" + conditions + "&node=" + percent_encode(key));
    };
    const auto kept = [](const std::string& key) { return "name=\"node\" value=\"" + key + "\" data-network-kept"; };
    constexpr std::string_view k_nobody = "name=\"node\" value=\"\" disabled";
    CHECK(has(page("/network?at=2026-01-01"), k_nobody));
    CHECK(has(with_node("at=2026-01-01", "organization:nobody"), k_nobody));
    const std::string city = key_of("潮見野市");
    const std::string shown = with_node("at=2026-01-01", city);
    CHECK(has(shown, kept(city)));
    // Conditions that show nothing forget nobody.
    CHECK(has(with_node("at=2026-01-01&municipality=99341", city), kept(city)));
    CHECK(has(with_node("kind=refers", city), kept(city)));
    CHECK_FALSE(has(with_node("at=2026-01-01", key_of("<b>かもめ</b>\"'&")), "<b>かもめ"));
    // The pictures, CSV, JSON and the link to the data.
    std::size_t addresses = 0;
    for (auto at = shown.find("/api/v1/network?"); at != std::string::npos;
         at = shown.find("/api/v1/network?", at + 1)) {
        CHECK_FALSE(has(shown.substr(at, shown.find('"', at) - at), "node="));
        ++addresses;
    }
    CHECK(addresses >= 3);
}

TEST_CASE("heads of the matrix break before a bracket, and paper says where the pictures are", "[pages][network]") {
    auto state = tied_state();
    REQUIRE(state.relations.size() >= 3);
    state.relations[state.relations.size() - 3].reading.to.name = "うみねこの会（架空）(北)";
    const SmallTown town(state);
    auto request = tests::request_for("/network?at=2026-01-01&municipality=99201&lang=en", "text/html");
    request.host = "a.example.jp";
    const auto answer = town.ask(request);
    REQUIRE(answer.status == 200);
    const std::string shown{answer.content()};
    CHECK(has(shown, "<wbr>うみねこの会<wbr>（架空）<wbr>(北)</span></th>"));
    // With what was asked, and in the reader's language.
    CHECK(has(shown, "http://a.example.jp/network?at=2026-01-01&amp;municipality=99201&amp;lang=en</p>"));
    request.host = "b.example.jp";
    CHECK(town.ask(request).etag_basis != answer.etag_basis);
}

TEST_CASE("the matrix says what its letters mean, of those alone that stand in it", "[pages][network]") {
    const std::string shown = page("/network?at=2026-01-01&lang=en");
    CHECK(count_of(shown, "class=\"letters\"") == 1);
    CHECK(has(shown, "<span aria-hidden=\"true\" class=\"letters\">En</span> entrusts"));
    // It is small: what is not stated is said of each cell. Three of twelve say more.
    CHECK(count_of(shown, "no tie stated") == 9);
}

TEST_CASE("areas to choose from are all of a layer that ties speak of, those too where nobody is", "[pages][network]") {
    constexpr std::string_view k_area = "<option value=\"chugakkoku:";
    CHECK(count_of(page("/network"), k_area) == 0); // no tie speaks of districts
    auto state = tied_state();
    directory::RelationRow row;
    row.id = "tie9";
    row.reading.kind = RelationKind::coordinates;
    row.reading.from = party("うみねこの会");
    row.reading.to = party("西中学校", PartyKind::district);
    row.reading.to.layer = "chugakkoku";
    row.list = 0;
    state.relations.push_back(std::move(row));
    const SmallTown town(std::move(state));
    const auto areas = [&](const std::string& target) {
        return count_of(std::string{town.get(target, "text/html").content()}, k_area);
    };
    CHECK(areas("/network") == 3);
    const std::string shown{town.get("/network", "text/html").content()};
    CHECK(has(shown, ">西中学校区</option>"));
    CHECK(has(shown, ">西中学校区</a>"));
    // For the pictures, whose data calls it as its list does.
    CHECK(has(shown, R"(<span data-of="district:chugakkoku:99201-nishi">西中学校区</span>)"));
    CHECK(town.json("/api/v1/network").dump().find("西中学校区") == std::string::npos);
    CHECK(areas("/network?municipality=99201") == 3);
    CHECK(areas("/network?municipality=99341") == 0);
    CHECK(areas("/network?municipality=99341&within=chugakkoku:99201-nishi") == 1); // what is chosen stays chosen
}

TEST_CASE("a day to compare with that is later than the day itself is told so, with what to do", "[pages][network]") {
    CHECK(has(page("/network?at=2026-11-21&since=2030-01-01&lang=en", 400), "Choose that day or an earlier one"));
    const std::string shown = page("/network?at=2026-11-21&since=2026-11-01");
    const auto pictures = shown.find("data-network=\"");
    REQUIRE(pictures != std::string::npos);
    // The pictures go through all days, before that one too.
    CHECK_FALSE(has(shown.substr(pictures, shown.find('"', pictures + 14) - pictures), "since="));
}

TEST_CASE("a kind or an area that is none, and a key that nobody has, are told so", "[pages][network]") {
    CHECK(has(page("/network?kind=friends", 400), "friends"));
    CHECK(has(page("/network?within=chugakkoku:nowhere", 400), "nowhere"));
    CHECK(has(page("/network/nodes/organization%3Anobody", 404), "ありません"));
    CHECK(has(page("/network?kind=refers"), "この条件のつながりは"));
}

} // namespace shirube::server
