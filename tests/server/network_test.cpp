// The network of organizations over HTTP and on the command line.
#include "importers/files/csv.hpp"
#include "importers/files/decode.hpp"
#include "server/http.hpp"
#include "server/network/network_question.hpp"
#include "server/network/network_words.hpp"
#include "server/pages/texts.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string>

namespace shirube::server {

namespace {

using directory::ForumKind;
using directory::PartyKind;
using directory::RelationKind;
using nlohmann::json;
using tests::SmallTown;

directory::PartyReading party(const std::string& name) { return {.name = name, .municipality = "99201", .layer = {}}; }

/// The small town with a centre that refers to a cafeteria and gets nothing back, a council without one of those who
/// belong there, and names that only ties know.
directory::State tied_state() {
    auto state = tests::small_state();
    const auto add = [&](RelationKind kind, directory::PartyReading from, directory::PartyReading to) -> auto& {
        directory::RelationRow row;
        row.id = "tie" + std::to_string(state.relations.size());
        row.reading.kind = kind;
        row.reading.from = std::move(from);
        row.reading.to = std::move(to);
        row.list = 0;
        return state.relations.emplace_back(std::move(row)).reading;
    };
    auto& referred = add(RelationKind::refers, party("こども家庭センター"), party("うみねこの会"));
    referred.referrals = {.informed = 214, .linked = 27, .fed_back = 0};
    referred.period = "令和7年度";
    auto& silent = add(RelationKind::refers, party("こども家庭センター"), party("はまの会"));
    silent.referrals.informed = 9;
    add(RelationKind::entrusts, party("潮見野市"), party("うみねこの会")).valid_from =
        directory::parse_day("2026-04-01");
    add(RelationKind::entrusts, party("潮見野市"), party("=そとの会")).valid_to = directory::parse_day("2026-03-31");
    directory::ForumRow council;
    council.id = "forum0";
    council.reading.kind = ForumKind::protection_council;
    council.reading.name = "要対協";
    council.reading.municipality = "99201";
    council.reading.members = {party("潮見野市"), party("うみねこの会")};
    council.list = 0;
    council.reading.valid_from = directory::parse_day("2024-04-01");
    council.reading.valid_to = directory::parse_day("2029-03-31");
    state.forums = {council};
    return state;
}

const SmallTown& tied_town() {
    static const SmallTown town(tied_state());
    return town;
}

importers::Table table_of(const Answer& answer) {
    const auto decoded = importers::decode(answer.content());
    REQUIRE(decoded);
    auto table = importers::read_table(decoded->text, importers::Limits{});
    REQUIRE(table);
    return *std::move(table);
}

} // namespace

TEST_CASE("the network is told with its nodes, its edges and what they come to", "[network]") {
    const auto network = tied_town().json("/api/v1/network");
    CHECK(network.at("at").get<std::string>().starts_with("2026-11-21"));
    std::set<std::string> ids;
    for (const auto& node : network.at("nodes")) {
        CHECK(ids.insert(node.at("id").get<std::string>()).second);
    }
    for (const auto& edge : network.at("edges")) {
        CHECK(ids.contains(edge.at("from").get<std::string>()));
        CHECK(ids.contains(edge.at("to").get<std::string>()));
    }
    CHECK(network.at("edges").size() == 5); // three ties that stand, two members
    const auto& referrals = network.at("measures").at("referrals");
    CHECK(referrals.at("one_way") == 1);
    CHECK(referrals.at("unknown") == 1);
    for (const auto& period : referrals.at("periods")) {
        if (period.at("period") == "令和7年度") {
            CHECK(period.at("informed").at("sum") == 214);
            CHECK(period.at("linked").at("sum") == 27);
        } else {
            CHECK(period.at("linked").at("sum").is_null()); // nobody counted: not none
        }
    }
    const auto& change = network.at("measures").at("change");
    CHECK(change.at("since") == "2025-11-21");
    CHECK(change.at("edges_came") == 1);
    CHECK(change.at("edges_ended") == 1);
    CHECK(change.at("ended")[0].at("to").at("name") == "=そとの会");
    CHECK(network.at("measures").at("districts").empty()); // no tie speaks of a district: nobody knows
    CHECK(network.at("measures").at("councils")[0].at("known") == "told");
}

TEST_CASE("ties of every day are told with the days on which they stand, without measures of one", "[network]") {
    const auto all = tied_town().json("/api/v1/network?days=all");
    CHECK(all.at("measures").is_null());
    CHECK(all.at("edges").size() == 6); // the one that has ended too
    for (const std::string day : {"2020-01-01", "2026-03-31", "2026-04-01", "2026-11-21", "2030-01-01"}) {
        std::set<std::string> standing;
        for (const auto& edge : all.at("edges")) {
            const auto bound = [&](const char* member) {
                return edge.at(member).is_null() ? day : edge.at(member).get<std::string>();
            };
            if (bound("stands_from") <= day && day <= bound("stands_to")) {
                standing.insert(edge.at("id").get<std::string>());
            }
        }
        std::set<std::string> told;
        const auto then = tied_town().json("/api/v1/network?at=" + day);
        for (const auto& edge : then.at("edges")) {
            told.insert(edge.at("id").get<std::string>());
        }
        CHECK(standing == told);
    }
    CHECK(tied_town().get("/api/v1/network?days=some").status == 400);
}

TEST_CASE("measures are of ties of every kind, whatever kinds are asked for", "[network]") {
    const auto whole = tied_town().json("/api/v1/network?at=2026-11-21");
    for (const std::string kind : {"refers", "shares", "entrusts,member_of"}) {
        const auto some = tied_town().json("/api/v1/network?at=2026-11-21&kind=" + kind);
        CHECK(some.at("edges") != whole.at("edges"));
        CHECK(some.at("measures") == whole.at("measures"));
    }
}

TEST_CASE("changes are told since the day itself or an earlier one, never since a later", "[network]") {
    const auto change = tied_town().json("/api/v1/network?at=2026-11-21&since=2026-11-21").at("measures").at("change");
    CHECK(change.at("edges_came") == 0);
    CHECK(change.at("edges_ended") == 0);
    const auto late = tied_town().get("/api/v1/network?at=2026-11-21&since=2030-01-01");
    CHECK(late.status == 400);
    const auto problem = json::parse(late.content());
    CHECK(problem.at("code") == "parameter_out_of_range");
    CHECK(problem.at("detail").get<std::string>().find("2026-11-21") != std::string::npos);
}

TEST_CASE("referrals of a pair name their period, and hubs those asked about", "[network]") {
    const auto measures = tied_town().json("/api/v1/network?at=2026-11-21").at("measures");
    int stated = 0;
    for (const auto& pair : measures.at("referrals").at("pairs")) {
        stated += pair.at("period") == "令和7年度" ? 1 : 0;
        CHECK((pair.at("period").is_null() || pair.at("period") == "令和7年度"));
    }
    CHECK(stated == 1);
    CHECK(measures.at("hubs").at("asked") == measures.at("hubs").at("nodes"));
    const auto of_meeting = tied_town().json("/api/v1/network?at=2026-11-21&forum=forum0").at("measures").at("hubs");
    CHECK(of_meeting.at("nodes") == measures.at("hubs").at("nodes"));
    CHECK(of_meeting.at("asked") == 3); // the meeting and its two members
    for (const auto& hub : of_meeting.at("hubs")) {
        const auto& all = measures.at("hubs").at("hubs");
        CHECK(std::ranges::find(all, hub) != all.end());
    }
}

TEST_CASE("an edition without ties has an empty network of which nothing is claimed", "[network]") {
    const auto network = tests::the_small_town().json("/api/v1/network");
    CHECK(network.at("nodes").empty());
    CHECK(network.at("edges").empty());
    const auto& measures = network.at("measures");
    CHECK(measures.at("untied").at("untied") == 0);
    CHECK(measures.at("untied").at("unknown").get<int>() > 0);
    CHECK(measures.at("company").at("bases").at("alone") == 0);
    CHECK(measures.at("hubs").at("hubs").empty());
    for (const std::string_view language : {"ja", "ja-easy", "en"}) {
        const Context context{tests::the_small_town().loaded(), tests::saturday_morning(), language};
        const auto question = read_network_question(tests::request_for("/api/v1/network"), context).value();
        const auto words = measures_in_words(context.reader(), question, Texts::in(language));
        REQUIRE(words.size() == 8);
        for (const auto& measure : words) {
            INFO(measure.code);
            CHECK_FALSE(measure.heading.empty());
            CHECK_FALSE(measure.sentences.empty());
        }
    }
}

TEST_CASE("filters of kinds, days, municipalities and meetings are kept", "[network]") {
    const auto count = [](const std::string& query) {
        return tied_town().json("/api/v1/relations?" + query).at("numberMatched").get<int>();
    };
    CHECK(count("") == 5);
    CHECK(count("kind=refers") == 2);
    CHECK(count("kind=refers,entrusts") == 3);
    CHECK(count("at=2026-03-01") == 5); // the one has not begun, the other has not ended
    CHECK(count("at=2026-03-01&kind=entrusts") == 1);
    CHECK(count("municipality=99341") == 0);
    CHECK(count("forum=forum0") == 3); // two members, and the tie between them
    // What the city runs lies in the first district, and so do its two ties.
    CHECK(count("within=chugakkoku:" + percent_encode(tied_town().reader().districts().front().code)) == 2);
}

TEST_CASE("ties are told a page at a time, and a cursor of another edition is refused", "[network]") {
    std::set<std::string> seen;
    std::string target = "/api/v1/relations?limit=2";
    for (int pages = 0; !target.empty(); ++pages) {
        REQUIRE(pages < 3);
        const auto page = tied_town().json(target);
        CHECK(page.at("numberMatched") == 5);
        for (const auto& tie : page.at("relations")) {
            CHECK(seen.insert(tie.at("id").get<std::string>()).second);
        }
        target = page.at("links").empty() ? "" : page.at("links")[0].at("href").get<std::string>();
    }
    CHECK(seen.size() == 5);
    const auto old = tied_town().get("/api/v1/relations?cursor=0000~2026-11-21T10:00~2");
    CHECK(old.status == 410);
    CHECK(json::parse(old.content()).at("code") == "cursor_expired");
}

TEST_CASE("kinds are parted by commas, or each in a parameter of its own, wherever ties are asked for", "[network]") {
    for (const std::string at : {"/api/v1/network", "/api/v1/relations"}) {
        const auto ties = [&](const std::string& kinds) {
            const auto answer = tied_town().json(at + "?at=2026-11-21&" + kinds);
            return answer.at(at == "/api/v1/network" ? "edges" : "relations");
        };
        const auto both = ties("kind=refers,member_of");
        CHECK(both.size() == 4);
        CHECK(ties("kind=refers&kind=member_of") == both);
        CHECK(ties("kind=&kind=refers&kind=member_of,refers") == both);
        CHECK(ties("kind=refers").size() == 2);
        CHECK(ties("kind=") == ties("municipality="));
        CHECK(tied_town().get(at + "?kind=refers&kind=friends").status == 400);
        CHECK(tied_town().get(at + "?forum=a&forum=b").status == 400); // of all else one is asked
    }
    CHECK(tied_town().json("/api/v1/network?kind=refers&kind=refers").at("scope").at("kinds") == json{"refers"});
    const auto first = tied_town().json("/api/v1/relations?at=2026-11-21&kind=refers&kind=member_of&limit=3");
    const auto rest = tied_town().json(first.at("links")[0].at("href").get<std::string>());
    CHECK(first.at("relations").size() + rest.at("relations").size() == 4);
}

TEST_CASE("an organization has a position where it has one place, and its places wherever they are", "[network]") {
    std::size_t with_places = 0;
    const auto network = tied_town().json("/api/v1/network?days=all");
    for (const auto& node : network.at("nodes")) {
        INFO(node.dump());
        const auto& places = node.at("places");
        if (node.at("kind") != "organization") {
            CHECK(places.empty());
            continue;
        }
        with_places += places.empty() ? 0 : 1;
        std::set<std::string> ids;
        for (const auto& place : places) {
            CHECK(ids.insert(place.at("id").get<std::string>()).second);
            CHECK(tied_town().get("/api/v1/resources/" + node.at("services")[0].at("id").get<std::string>()).status ==
                  200);
        }
        if (!node.at("position").is_null()) {
            REQUIRE(places.size() == 1);
            CHECK(places[0].at("position") == node.at("position"));
        }
        if (places.size() > 1) {
            CHECK(node.at("position").is_null());
        }
    }
    CHECK(with_places > 0);
}

TEST_CASE("wrong parameters of the network are named", "[network]") {
    for (const auto& [query, parameter] :
         {std::pair{"kind=friends", "kind"}, std::pair{"municipality=9920", "municipality"},
          std::pair{"within=chugakkoku", "within"}, std::pair{"within=nothing:1", "within"},
          std::pair{"forum=nothing", "forum"}, std::pair{"at=someday", "at"}, std::pair{"since=someday", "since"},
          std::pair{"since=2026-11-22", "since"}, std::pair{"at=2026-01-01&since=2026-01-02", "since"},
          std::pair{"reach=near", "reach"}, std::pair{"reach=1", "reach"}, std::pair{"f=xlsx", "f"},
          std::pair{"limit=2", "limit"}}) {
        INFO(query);
        const auto answer = tied_town().get(std::string("/api/v1/network?") + query);
        CHECK(answer.status == 400);
        CHECK(json::parse(answer.content()).at("parameter") == parameter);
    }
    for (const auto* query : {"limit=0", "limit=1001", "limit=x", "cursor=x", "reach=100"}) {
        INFO(query);
        CHECK(tied_town().get(std::string("/api/v1/relations?") + query).status == 400);
    }
}

TEST_CASE("ties as CSV leave what nobody knows empty and run nothing in a spreadsheet", "[network]") {
    const auto table = table_of(tied_town().get("/api/v1/relations?f=csv&at=2026-03-01&lang=en"));
    REQUIRE(table.records.size() == 5);
    const auto cell = [&](std::size_t record, const std::string& column) {
        const auto at = std::ranges::find(table.header, column) - table.header.begin();
        return table.records[record].cells.at(static_cast<std::size_t>(at));
    };
    CHECK(cell(0, "informed") == "214");
    CHECK(cell(0, "fed_back") == "0");
    CHECK(cell(1, "linked").empty());
    CHECK(cell(2, "to_name") == "'=そとの会");
    CHECK(tied_town().get("/api/v1/network?f=csv").content_type == "text/csv; charset=utf-8");
    CHECK(tied_town().get("/api/v1/network", "text/csv").content_type == "text/csv; charset=utf-8");
}

TEST_CASE("a year before 29 February is 28 February", "[network]") {
    CHECK(year_before(*directory::parse_day("2024-02-29")) == *directory::parse_day("2023-02-28"));
    CHECK(year_before(*directory::parse_day("2026-11-21")) == *directory::parse_day("2025-11-21"));
}

TEST_CASE("of a network too large to weigh it is said that nobody knows, and what to choose", "[network]") {
    constexpr int k_many = 7800; // nodes times edges beyond directory::k_most_weighed
    auto state = tests::small_state();
    for (int i = 0; i < k_many; ++i) {
        directory::RelationRow row;
        row.id = "tie" + std::to_string(i);
        row.reading.kind = RelationKind::entrusts;
        row.reading.from = party("潮見野市");
        row.reading.to = party("会" + std::to_string(i));
        row.list = 0;
        state.relations.push_back(std::move(row));
    }
    const SmallTown town(std::move(state));
    const Context context{town.loaded(), tests::saturday_morning(), "en"};
    const auto hubs_of = [&](const std::string& target) {
        const auto question = read_network_question(tests::request_for(target), context).value();
        return measures_in_words(context.reader(), question, Texts::in("en")).at(4);
    };
    const auto of_all = hubs_of("/api/v1/network");
    REQUIRE(of_all.code == "hubs");
    CHECK(of_all.sentences.back().find("is not known") != std::string::npos);
    CHECK(of_all.sentences.back().find("Choose a municipality") != std::string::npos);
    const auto of_one = hubs_of("/api/v1/network?municipality=99201");
    CHECK(of_one.sentences.back().find("is not known") != std::string::npos);
    CHECK(of_one.sentences.back().find("Choose") == std::string::npos);
}

TEST_CASE("the sentences say what is one-way, in every language", "[network]") {
    for (const std::string_view language : {"ja", "ja-easy", "en"}) {
        const Context context{tied_town().loaded(), tests::saturday_morning(), language};
        const auto question = read_network_question(tests::request_for("/api/v1/network"), context).value();
        const auto words = measures_in_words(context.reader(), question, Texts::in(language));
        const auto& referrals = words.at(3);
        REQUIRE(referrals.code == "referrals");
        REQUIRE(referrals.list.size() == 2);
        CHECK(referrals.list[0].text.find("令和7年度") != std::string::npos);
        CHECK(referrals.list[1].text.find("令和7年度") == std::string::npos);
        CHECK(referrals.list[0].text.find("214") != std::string::npos);
        CHECK(referrals.list[0].text.find("27") != std::string::npos);
        for (const auto& measure : words) {
            for (const auto& sentence : measure.sentences) {
                CHECK(sentence.find('{') == std::string::npos);
            }
        }
    }
}

} // namespace shirube::server
