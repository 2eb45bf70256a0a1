// Whoever agrees to one place being public agrees to no other; and rows of lists that this desk cannot renew are told
// to whoever keeps the list.
#include "directory/store.hpp"
#include "importers/import.hpp"
#include "tests/scratch_folder.hpp"
#include "tests/server/support/file_sender.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::OpenMode;
using directory::Store;

namespace {

bool is_public(StaffTown& town, const std::string& name) {
    const auto state = Store::open(town.store(), OpenMode::read).read_public_state();
    return std::ranges::any_of(state.sites, [&](const auto& site) { return site.name == name; });
}

/// A hidden place, and what the file says of it.
directory::BatchRow hidden_row(std::int64_t number, const std::string& name, const std::string& named_in_cells) {
    directory::ResourceReading reading;
    reading.site.official_name = name;
    reading.site.address = "浜町" + std::to_string(number);
    reading.site.municipality = k_here;
    directory::ServiceReading service;
    service.programme = "kodomo_shokudo";
    service.visibility = directory::Visibility::staff;
    reading.services.push_back(service);
    directory::BatchRow row;
    row.key = name;
    row.file = "list.csv";
    row.row = number + 1;
    row.cells = R"(["kodomo_shokudo",")" + named_in_cells + R"(","職員"])";
    row.reading = std::move(reading);
    return row;
}

/// A list as stores may have it from before such names were reserved.
void add_list(StaffTown& town, const std::string& name, std::vector<directory::BatchRow> rows) {
    directory::BatchList list;
    list.name = name;
    list.profile = "shirube-template";
    list.as_of = "2026-10-01";
    list.headers = {{.file = "list.csv", .sheet = {}, .columns = R"(["事業","名称","公開範囲"])"}};
    list.rows = std::move(rows);
    directory::Batch batch;
    batch.lists.push_back(std::move(list));
    batch.files = "[]";
    batch.report = "{}";
    Store::open(town.store(), OpenMode::write).append(batch);
    town.desk().note_written();
}

void import_list(StaffTown& town, const std::string& list, const std::string& publisher, const std::string& csv) {
    const auto folder = new_scratch_folder("shirube-consent");
    std::ofstream(folder / "list.csv", std::ios::binary) << csv;
    importers::ImportOptions options;
    options.files = {folder / "list.csv"};
    options.list = list;
    options.publisher = publisher;
    options.completeness = importers::Completeness::partial;
    auto store = Store::open(town.store(), OpenMode::write);
    const auto report = importers::run_import(store, options, {});
    std::filesystem::remove_all(folder);
    REQUIRE(report.has_value());
    town.desk().note_written();
}

std::size_t imports_of(StaffTown& town) { return Store::open(town.store(), OpenMode::read).history().size(); }

Query agreed(const std::string& id) { return {{"service", id}, {"on", "2026-11-20"}, {"role", "runner"}}; }

const std::string k_header = "事業,名称,住所,市区町村コード,公開同意日,公開同意者\r\n";

} // namespace

TEST_CASE("No file becomes a list of places found in the field", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const std::string rows =
        "事業,名称,住所,市区町村コード,公開範囲\r\nkodomo_shokudo,ひとつめ,浜町1,99201,職員\r\n"
        "kodomo_shokudo,ふたつめ,浜町2,99201,職員\r\n";
    const auto imports = imports_of(town);
    CHECK(send_file(steward, "一覧.csv", rows, {{"new_list", "現場で見つけた場所"}}).status == 422);
    const auto sent = send_file(steward, "一覧.csv", rows);
    REQUIRE(looked_at(steward, sent).status == 200);
    const auto refused =
        steward.post(header_of(sent, "Location"), {{"do", "again"}, {"list", ""}, {"new_list", "現場で見つけた場所"}});
    CHECK(refused.status == 422);
    CHECK(says(refused, "その名前は使えません"));
    CHECK(imports_of(town) == imports);
}

TEST_CASE("An agreement to one place makes no other public, whatever its list is called", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    add_list(town, "現場で見つけた場所（潮見野市）",
             {hidden_row(1, "ひとつめ", "ひとつめ"), hidden_row(2, "ふたつめ", "ふたつめ")});
    add_list(town, "現場で見つけた場所（潮見野市）0123456789", {hidden_row(3, "みっつめ", "べつの所")});
    const auto imports = imports_of(town);
    const auto page = steward.get("/staff/desk/finds");
    for (const char* name : {"ひとつめ", "ふたつめ", "みっつめ"}) {
        INFO(name);
        CHECK(says(page, name));
        const auto id = service_id(town, name);
        REQUIRE_FALSE(id.empty());
        CHECK(says(page, "name=\"service\" value=\"" + id + "\"") == (std::string_view{name} == "みっつめ"));
        CHECK(steward.post("/staff/desk/finds", agreed(id)).status == 409);
        CHECK_FALSE(is_public(town, name));
    }
    CHECK(imports_of(town) == imports);
}

TEST_CASE("A row of a list that the desk cannot renew is told to whoever keeps the list", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    import_list(town, "二つの町の現場", "潮見野市・沖ノ浜町",
                k_header + "kodomo_shokudo,浜の路地,浜町1,99201,,\r\nkodomo_shokudo,沖の路地,元町1,99341,,\r\n");
    import_list(town, "二つの町の学びの場", "",
                k_header + "kodomo_shokudo,浜の二階,浜町3,99201,,\r\nkodomo_shokudo,沖の二階,元町3,99341,,\r\n");
    auto page = steward.get("/staff/desk/finds");
    CHECK(says(page, "浜の路地"));
    CHECK_FALSE(says(page, "沖の路地"));
    CHECK(says(page, "「二つの町の現場」の場所です。この一覧は潮見野市・沖ノ浜町が作っていて"));
    CHECK(says(page, "立場を潮見野市・沖ノ浜町に伝えてください"));
    CHECK(says(page, "一覧を作っているところに伝えてください"));
    CHECK_FALSE(says(page, "もういちど取り込んでください"));
    import_list(town, "潮見野の台帳", "潮見野市", k_header + "kodomo_shokudo,浜の裏,浜町2,99201,,\r\n");
    page = steward.get("/staff/desk/finds");
    CHECK(says(page, "「潮見野の台帳」の場所です。"));
    CHECK(says(page, "もういちど取り込んでください"));
}
