// Deciding doubtful pairs as a steward does: write them to a file, say 同じ or 別, import it.
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::tests {

namespace {

using nlohmann::json;

std::string list(std::string_view programme, std::string_view name) {
    return "ID,事業,名称,住所,市区町村コード\r\n1," + std::string(programme) + "," + std::string(name) +
           ",浜町1-2-3,992011\r\n";
}

std::size_t sites_of(const fs::path& store) {
    std::set<std::string> sites;
    const auto ran = run_shirube({"search", "--store", store, "--format", "json"});
    REQUIRE(ran.status == 0);
    const auto document = json::parse(ran.output);
    for (const auto& feature : document.at("without_position").at("features")) {
        sites.insert(feature.at("properties").at("site").get<std::string>());
    }
    return sites.size();
}

std::size_t doubts_of(const fs::path& store) {
    const auto ran = run_shirube({"links", "--store", store, "--format", "json"});
    REQUIRE(ran.status == 0);
    return json::parse(ran.output).at("doubtful");
}

} // namespace

TEST_CASE("a doubtful pair is written to a file, decided there and imported", "[cli]") {
    const ScratchFolder folder;
    const auto store = folder / "town.shirube";
    const auto load = [&](const std::string& kind, const fs::path& file, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"import", kind, file, "--store", store};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_shirube(arguments);
    };
    REQUIRE(load("resources", folder.write("a.csv", list("kodomo_shokudo", "はまなす")), {"--list", "a"}).status == 0);
    REQUIRE(load("resources", folder.write("b.csv", list("jidokan_small", "はまなす児童館")), {"--list", "b"}).status ==
            0);
    REQUIRE(sites_of(store) == 2);
    REQUIRE(doubts_of(store) == 1);

    const auto ran = run_shirube({"links", "--store", store, "--format", "csv"});
    REQUIRE(ran.status == 0);
    std::string sheet = ran.output;
    const auto heading = sheet.find('\n');
    // The fifth cell of the one row is the decision, left empty for the steward.
    std::size_t at = heading + 1;
    for (int cells = 0; cells < 4; ++cells) {
        at = sheet.find(',', at) + 1;
    }
    REQUIRE(sheet.at(at) == ',');

    SECTION("undecided, it stays a question") {
        CHECK(load("corrections", folder.write("pairs.csv", sheet)).status != 1);
        CHECK(doubts_of(store) == 1);
    }
    SECTION("one place") {
        sheet.insert(at, "同じ");
        CHECK(load("corrections", folder.write("pairs.csv", sheet)).status == 0);
        CHECK(sites_of(store) == 1);
        CHECK(doubts_of(store) == 0);
    }
    SECTION("two places, and nobody is asked again") {
        sheet.insert(at, "別");
        CHECK(load("corrections", folder.write("pairs.csv", sheet)).status == 0);
        CHECK(sites_of(store) == 2);
        CHECK(doubts_of(store) == 0);
    }
    SECTION("neither word is refused with its cell") {
        sheet.insert(at, "たぶん");
        const auto refused = load("corrections", folder.write("pairs.csv", sheet));
        CHECK(refused.status == 3);
        CHECK((refused.output + refused.errors).find("判定") != std::string::npos);
        CHECK(doubts_of(store) == 1);
    }
    SECTION("a spreadsheet takes the place of the text where the name says so") {
        const auto written = run_shirube({"links", "--store", store, "-o", folder / "pairs.xlsx"});
        CHECK(written.status == 0);
        CHECK(fs::file_size(folder / "pairs.xlsx") > 1'000);
    }
}

} // namespace shirube::tests
