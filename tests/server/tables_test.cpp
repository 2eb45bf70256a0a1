// The tables by municipality over HTTP: as JSON, as CSV that a spreadsheet opens safely, and as pages whose cells lead
// to the search that shows what they count.
#include "importers/files/csv.hpp"
#include "importers/files/decode.hpp"
#include "server/http.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <regex>
#include <string>

namespace shirube::server {

namespace {

using nlohmann::json;
using tests::SmallTown;
using tests::the_small_town;

/// The small town, with a neighbour, departments and a complete list of bases.
directory::State two_towns() {
    auto state = tests::small_state();
    for (auto& service : state.services) {
        service.department = "=子育て支援課";
    }
    state.lists.front().claims.push_back({"shien_kyoten", "99201", true});
    state.lists.front().claims.push_back({"jidokan", "99341", true});
    return state;
}

importers::Table table_of(const Answer& answer) {
    const auto decoded = importers::decode(answer.content());
    REQUIRE(decoded);
    auto table = importers::read_table(decoded->text, importers::Limits{});
    REQUIRE(table);
    return *std::move(table);
}

json cell_of(const json& table, const std::string& programme, const std::string& stage) {
    for (const auto& group : table.at("groups")) {
        for (const auto& row : group.at("rows")) {
            if (row.at("programme") != programme) {
                continue;
            }
            for (const auto& cell : row.at("cells")) {
                if (cell.at("stage") == stage) {
                    return cell;
                }
            }
        }
    }
    return {};
}

std::string unescaped(std::string text) { return std::regex_replace(text, std::regex("&amp;"), "&"); }

} // namespace

TEST_CASE("the stage table says what is there, what complete lists deny, and what nobody tells", "[api]") {
    const SmallTown town(two_towns());
    const auto table = town.json("/api/v1/stages?municipality=99201");
    CHECK(table.at("municipality").at("name") == "潮見野市");
    CHECK(table.at("at") == "2026-11-21");
    CHECK(table.at("stages").size() == 8);
    const auto centres = cell_of(table, "jidokan", "elementary");
    CHECK(centres.at("surely").get<std::size_t>() + centres.at("possibly").get<std::size_t>() == tests::k_centres);
    CHECK(cell_of(table, "shien_kyoten", "infant").at("presence") == "none");
    CHECK(cell_of(table, "wakamono_ibasho", "youth").at("presence") == "unknown");
    std::size_t programmes = 0;
    for (const auto& group : table.at("groups")) {
        programmes += group.at("rows").size();
    }
    for (const auto& stage : table.at("stages")) {
        std::size_t sum = 0;
        for (const auto& [name, count] : stage.at("programmes").items()) {
            sum += count.get<std::size_t>();
        }
        CHECK(sum == programmes);
    }
    for (const char* wrong : {"?municipality=00000", "?by=size", "?at=soon", "?f=xlsx"}) {
        CHECK(town.get(std::string("/api/v1/stages") + wrong).status == 400);
        if (std::string(wrong).find("f=") == std::string::npos) {
            CHECK(town.get(std::string("/stages") + wrong, "text/html").status == 400);
        }
    }
    CHECK(town.get("/api/v1/stages?colour=red").status == 400);
    // An empty field of the form asks for nothing.
    CHECK(town.json("/api/v1/stages?municipality=&by=&at=").at("municipality").at("code") == "99201");
}

TEST_CASE("a stage table as CSV says in every line what it is of, and nothing in it is a formula", "[api]") {
    const SmallTown town(two_towns());
    const auto answer = town.get("/api/v1/stages?municipality=99201&by=department&f=csv");
    REQUIRE(answer.status == 200);
    CHECK(answer.content_type == "text/csv; charset=utf-8");
    CHECK(tests::header_of(answer, "Content-Disposition") == "attachment; filename=\"stages-2026-11-21.csv\"");
    CHECK(answer.content().find(",\"'=子育て支援課\",") != std::string_view::npos);
    const auto read = table_of(answer);
    const auto document = town.json("/api/v1/stages?municipality=99201&by=department");
    std::size_t cells = 0;
    for (const auto& group : document.at("groups")) {
        cells += group.at("rows").size() * 8;
    }
    CHECK(read.records.size() == cells);
    for (const auto& record : read.records) {
        CHECK(record.cells.size() == read.header.size());
        CHECK(record.cells[0] == "99201");
    }
    CHECK(town.get("/api/v1/stages?f=csv&lang=en").content().find("presence_label") != std::string_view::npos);
}

TEST_CASE("a cell leads to the search that finds what it counts", "[pages]") {
    const SmallTown town(two_towns());
    const std::string page{town.get("/stages?municipality=99201&lang=en", "text/html").content()};
    const std::regex link(R"re(<a class="count" href="/search\?([^"]*)">(\d+)(?:<span class="more">\+(\d+))?)re");
    std::size_t links = 0;
    for (std::sregex_iterator it(page.begin(), page.end(), link), end; it != end; ++it, ++links) {
        const std::string query = unescaped((*it)[1]);
        const int counted = std::stoi((*it)[2]) + ((*it)[3].matched ? std::stoi((*it)[3]) : 0);
        const auto found = town.json("/api/v1/resources?limit=1&" + query);
        CAPTURE(query);
        CHECK(found.at("numberMatched").get<int>() + found.at("without_position").at("numberMatched").get<int>() ==
              counted);
        CHECK(town.get("/search?" + query, "text/html").status == 200);
    }
    CHECK(links > 5);
    CHECK(page.find("presence-none") != std::string::npos);
    CHECK(page.find("presence-unknown") != std::string::npos);
}

TEST_CASE("the matrix has a row a municipality, and its sums add up", "[api]") {
    const SmallTown town(two_towns());
    const auto matrix = town.json("/api/v1/matrix");
    CHECK(matrix.at("year") == 2026);
    CHECK(matrix.at("day") == "2026-04-01");
    REQUIRE(matrix.at("municipalities").size() == 2);
    CHECK(matrix.at("municipalities")[1].at("code") == "99341");
    CHECK(matrix.at("municipalities")[1].at("name").is_null());
    const auto& programmes = matrix.at("programmes");
    for (std::size_t p = 0; p < programmes.size(); ++p) {
        std::map<std::string, int> counted;
        for (const auto& municipality : matrix.at("municipalities")) {
            ++counted[municipality.at("cells")[p].at("presence").get<std::string>()];
        }
        for (const char* presence : {"some", "possible", "none", "unknown"}) {
            CHECK(programmes[p].at("municipalities").at(presence) == counted[presence]);
        }
        if (programmes[p].at("programme") == "jidokan") {
            CHECK(matrix.at("municipalities")[1].at("cells")[p].at("presence") == "none");
        }
    }
    const auto places = town.json("/api/v1/matrix?family=places&year=2025");
    CHECK(places.at("programmes").size() < programmes.size());
    for (const auto& programme : places.at("programmes")) {
        CHECK(programme.at("family") == "places");
    }
    const auto csv = table_of(town.get("/api/v1/matrix?f=csv"));
    CHECK(csv.records.size() == 2 * programmes.size());
    for (const char* wrong : {"?year=26", "?year=x", "?family=jidokan", "?family=carriers", "?at=soon"}) {
        CHECK(town.get(std::string("/api/v1/matrix") + wrong).status == 400);
        CHECK(town.get(std::string("/matrix") + wrong, "text/html").status == 400);
    }
}

TEST_CASE("the pages of tables stand in three languages, name what they rest on, and keep a cell's presence in words",
          "[pages]") {
    for (const char* language : {"ja", "ja-easy", "en"}) {
        for (const char* path : {"/stages?municipality=99201&lang=", "/matrix?lang="}) {
            const auto answer = the_small_town().get(std::string(path) + language, "text/html");
            CHECK(answer.status == 200);
            const std::string page{answer.content()};
            CHECK(page.find("{{") == std::string::npos);
            CHECK(page.find("[[") == std::string::npos);
            CHECK(page.find("source-list") != std::string::npos);
            CHECK(page.find("f=csv") != std::string::npos);
        }
    }
    const std::string desk{the_small_town().get("/planner", "text/html").content()};
    CHECK(desk.find("href=\"/stages\"") != std::string::npos);
    CHECK(desk.find("href=\"/matrix\"") != std::string::npos);
}

TEST_CASE("a town of which no list speaks has no table", "[pages]") {
    directory::State state;
    const SmallTown nowhere(std::move(state));
    CHECK(nowhere.get("/api/v1/stages").status == 404);
    CHECK(nowhere.get("/stages", "text/html").status == 404);
    CHECK(nowhere.json("/api/v1/matrix").at("municipalities").empty());
}

TEST_CASE("staff are given the tables with what is kept for them, and the log says who took one", "[staff]") {
    tests::StaffTown town;
    town.account("mika", directory::Role::planner, tests::k_here);
    const auto token = town.token_of("mika");
    CHECK(town.get("/staff/stages", token).status == 200);
    CHECK(town.get("/staff/matrix", token).status == 200);
    CHECK(town.get("/staff/stages").status == 303);
    const auto table = town.get("/api/v1/staff/stages?f=csv", token);
    CHECK(table.status == 200);
    CHECK(table.caching == Caching::none);
    for (const char* target : {"/api/v1/staff/network", "/api/v1/staff/relations", "/api/v1/staff/relations?f=csv"}) {
        CHECK(town.get(target, token).status == 200);
        CHECK(town.get(target, token).caching == Caching::none);
        CHECK(town.get(target).status == 401);
    }
    // What pictures ask for is looked at; a file of the same days is taken.
    const auto logged = [&] { return town.accounts().audit_log(0, 100).size(); };
    const auto before = logged();
    CHECK(town.get("/api/v1/staff/network?days=all", token).status == 200);
    CHECK(logged() == before);
    CHECK(town.get("/api/v1/staff/network?days=all&f=csv", token).status == 200);
    CHECK(logged() == before + 1);
    const std::string page{town.get("/staff/stages", token).content()};
    CHECK(page.find("/staff/search?") != std::string::npos);
    CHECK(page.find("href=\"/api/v1/stages") == std::string::npos);
}

} // namespace shirube::server
