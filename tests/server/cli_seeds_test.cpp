// Offers, needs and askings on the command line: in from a table, out as one, the same again.
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace shirube::tests {

namespace {

constexpr std::string_view k_offers =
    "整理番号,運営主体,事業,区域,数,単位,担当,電話,時点,見せる範囲\r\n"
    "S-1,うみねこの会,short_stay,99201,2,人,事務局,000-0000-0001,2026-10-01,すべての職員\r\n"
    "S-2,かもめの会,子育て世帯訪問支援,,,,事務局,000-0000-0002,2026-10-01,\r\n";
constexpr std::string_view k_wants =
    "整理番号,事業,担当,電話,時点\r\nN-1,short_stay,こども家庭課,000-0000-0003,2026-10-01\r\n";
constexpr std::string_view k_askings =
    "ニーズ,シーズ,聞いた人,聞いた日,答え,理由,答えた日\r\n"
    "N-1,S-1,こども家庭課,2026-10-05,断り,人手がない,2026-10-06\r\n";

bool says(const Ran& ran, std::string_view words) { return ran.output.find(words) != std::string::npos; }

struct Town {
    ScratchFolder folder;
    fs::path store = folder / "town.shirube";

    Town() {
        const auto list =
            folder.write("list.csv", "ID,事業,名称,住所,市区町村コード\r\n1,jidokan,浜児童館,浜町1-2-3,992011\r\n");
        REQUIRE(run_shirube({"import", "resources", list, "--store", store, "--list", "a"}).status == 0);
    }
    [[nodiscard]] Ran take(const std::string& table, std::string_view text,
                           const std::string& on = "2026-11-21") const {
        const auto file = folder.write(table + ".csv", text);
        return run_shirube(
            {"seeds", "import", table, file, "--store", store, "--municipality", "992011", "--on", on, "--lang", "ja"});
    }
    [[nodiscard]] Ran out(const std::string& what, const std::string& table) const {
        return run_shirube({"seeds", what, table, "--store", store, "--lang", "ja"});
    }
};

} // namespace

TEST_CASE("offers, needs and askings go in, come out, and go in again without a change", "[cli]") {
    const Town town;
    CHECK(says(town.out("list", "offers"), "まだありません"));
    CHECK(says(town.take("offers", k_offers), "新しい 2"));
    CHECK(says(town.take("wants", k_wants), "新しい 1"));
    CHECK(says(town.take("askings", k_askings), "新しい 1"));
    for (const auto& [table, text] :
         {std::pair{"offers", k_offers}, std::pair{"wants", k_wants}, std::pair{"askings", k_askings}}) {
        const auto again = town.take(table, text);
        CHECK(again.status == 0);
        CHECK(says(again, "新しい 0、変わった 0"));
        const auto exported = town.out("export", table);
        REQUIRE(exported.status == 0);
        const auto once_more = town.take(table, exported.output);
        INFO(once_more.output << once_more.errors);
        CHECK(once_more.status == 0);
        CHECK(says(once_more, "新しい 0、変わった 0"));
    }
    CHECK(says(town.out("list", "offers"), "うみねこの会"));
    CHECK(says(town.out("export", "askings"), "人手がない"));
}

TEST_CASE("a row that cannot be kept is told by row and column, and the others are kept", "[cli]") {
    const Town town;
    const auto ran = town.take("offers", std::string(k_offers) + "S-3,,空飛ぶ事業,,2,,事務局,よびかけ,2027-01-01,\r\n");
    CHECK(ran.status == 3);
    CHECK(says(ran, "新しい 2、変わった 0、同じ 0、取り込めない 1"));
    for (const std::string_view words :
         {"4 行目、列 運営主体", "列 事業：「空飛ぶ事業」", "列 単位", "列 電話", "列 時点：これからの日付"}) {
        INFO(words);
        CHECK(ran.errors.find(words) != std::string::npos);
    }
    CHECK(town.take("askings", k_askings).status == 3); // no such need here
    CHECK(town.take("offers", "名称,住所\r\n浜児童館,浜町\r\n").status == 1);
    CHECK(town.take("offers", k_offers, "soon").status == 2);
    CHECK(run_shirube({"seeds", "import", "offers", town.folder / "nowhere.csv", "--store", town.store,
                       "--municipality", "99201"})
              .status == 1);
    CHECK(run_shirube({"seeds", "export", "offers", "--store", town.store, "-o", town.store}).status == 2);
    CHECK(run_shirube({"seeds", "list", "everything", "--store", town.store}).status == 2);
}

} // namespace shirube::tests
