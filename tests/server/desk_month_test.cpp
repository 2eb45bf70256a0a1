// A coordinator's month: a place found in the field is the staff's until somebody agrees, and whoever told us is
// answered.
#include "directory/desk/told.hpp"
#include "directory/store.hpp"
#include "tests/server/support/desk_town.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::OpenMode;
using directory::Role;
using directory::Store;

namespace {

constexpr std::string_view k_teller = "みつばの田中さん";
constexpr std::string_view k_way = "来月の寄り合いで";

Query find_fields(const std::string& name = "路地の食堂") {
    return {{"programme", "kodomo_shokudo"},
            {"name", name},
            {"address", "浜町7-8"},
            {"whom", "小学生"},
            {"weekdays", "水"},
            {"starts", "16:00"},
            {"ends", "18:00"},
            {"rules", ""},
            {"phone", "000-0000-0301"},
            {"teller", std::string{k_teller}},
            {"way", std::string{k_way}}};
}

bool is_public(StaffTown& town, const std::string& name) {
    const auto state = Store::open(town.store(), OpenMode::read).read_public_state();
    return std::ranges::any_of(state.sites, [&](const auto& site) { return site.name == name; });
}

/// Whether a word stands anywhere in the bytes of the store or its log.
bool is_in_store(StaffTown& town, std::string_view word) {
    for (const char* part : {"", "-wal"}) {
        std::ifstream in(town.store().string() + part, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        if (bytes.find(word) != std::string::npos) {
            return true;
        }
    }
    return false;
}

} // namespace

TEST_CASE("A coordinator's month is on one screen", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker coordinator(town, "coordinator", k_here);
    const auto page = coordinator.get("/staff/month");
    REQUIRE(page.status == 200);
    CHECK(says(page, "昔の館"));
    CHECK(says(page, "id=\"find-form\""));
    CHECK(says(page, "返事を待っている人はいません"));
    const auto id = service_id(town, "昔の館");
    const auto answer = coordinator.post(
        "/staff/desk/stale",
        decided({{"service", id}, {"seen", hidden_value(page, id, "seen")}, {"from", "month"}, {"do", "confirmed"}}));
    CHECK(kept_import(answer) > 0);
    CHECK(header_of(answer, "Location").starts_with("/staff/month?"));
    CHECK_FALSE(says(coordinator.get("/staff/month"), "昔の館"));
}

TEST_CASE("A place found in the field is for its own staff until day and role of an agreement are there", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker coordinator(town, "coordinator", k_here);
    const DeskWorker viewer(town, "viewer", k_here, Role::viewer);
    const DeskWorker neighbour(town, "neighbour", k_there);
    const auto found = kept_import(coordinator.post("/staff/month", find_fields()));
    REQUIRE(found > 0);
    CHECK_FALSE(is_public(town, "路地の食堂"));
    const auto id = service_id(town, "路地の食堂");
    REQUIRE_FALSE(id.empty());
    CHECK(viewer.get("/staff/services/" + id).status == 200);
    CHECK(says(viewer.get("/staff/services/" + id), "路地の食堂"));
    CHECK(neighbour.get("/staff/services/" + id).status == 404);
    CHECK_FALSE(says(neighbour.get("/staff/desk/finds"), "路地の食堂"));

    const auto finds = coordinator.get("/staff/desk/finds");
    CHECK(says(finds, "路地の食堂"));
    const auto agree = [&](const DeskWorker& by, const char* on, const char* role) {
        return by.post("/staff/desk/finds", {{"service", id}, {"on", on}, {"role", role}});
    };
    CHECK(agree(coordinator, "", "runner").status == 422);
    CHECK(agree(coordinator, "2026-11-20", "").status == 422);
    CHECK(agree(coordinator, "2026-12-24", "runner").status == 422); // lies ahead
    CHECK(agree(neighbour, "2026-11-20", "runner").status == 409);
    CHECK_FALSE(is_public(town, "路地の食堂"));

    const auto published = kept_import(agree(coordinator, "2026-11-20", "runner"));
    REQUIRE(published > 0);
    CHECK(is_public(town, "路地の食堂"));
    CHECK_FALSE(says(coordinator.get("/staff/desk/finds"), "路地の食堂"));
    CHECK(agree(coordinator, "2026-11-20", "runner").status == 409); // somebody was first
    // Taking the agreement back leaves the find where it was; taking that back too leaves nothing.
    Store::open(town.store(), OpenMode::write).undo(published);
    town.desk().note_written();
    CHECK_FALSE(is_public(town, "路地の食堂"));
    CHECK(says(coordinator.get("/staff/desk/finds"), "路地の食堂"));
    Store::open(town.store(), OpenMode::write).undo(found);
    town.desk().note_written();
    CHECK(service_id(town, "路地の食堂").empty());
}

TEST_CASE("A find is read as every list is", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker coordinator(town, "coordinator", k_here);
    REQUIRE(kept_import(coordinator.post("/staff/month", find_fields())) > 0);
    const auto audience =
        Store::open(town.store(), OpenMode::read)
            .audience_of(std::string{k_here}, directory::Visibility::staff, *directory::parse_day(k_desk_today));
    const auto state = Store::open(town.store(), OpenMode::read).read_state(audience);
    const auto service = std::ranges::find_if(state.services, [&](const auto& row) {
        return row.site != directory::k_no_index && state.sites[row.site].name == "路地の食堂";
    });
    REQUIRE(service != state.services.end());
    CHECK(service->visibility == directory::Visibility::staff);
    CHECK(service->owner == k_here);
    CHECK(service->certainty == directory::Certainty::reported);
    CHECK(service->schedules.size() == 1);
    CHECK(state.sites[service->site].position.has_value()); // 浜町 is in the gazetteer
    CHECK(state.lists[service->list].name.starts_with("現場で見つけた場所"));
}

TEST_CASE("A find that lists would turn away is turned away, and what was typed stays", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker coordinator(town, "coordinator", k_here);
    const auto before = Store::open(town.store(), OpenMode::read).history().size();
    auto no_name = find_fields("");
    CHECK(coordinator.post("/staff/month", no_name).status == 422);
    auto home = find_fields("田中さん宅（里親家庭）");
    const auto refused = coordinator.post("/staff/month", home);
    CHECK(refused.status == 422);
    CHECK(says(refused, "浜町7-8"));
    auto no_programme = find_fields();
    no_programme.front().second = "nothing";
    CHECK(coordinator.post("/staff/month", no_programme).status == 422);
    auto long_one = find_fields(std::string(900, 'x'));
    CHECK(coordinator.post("/staff/month", long_one).status == 422);
    CHECK(Store::open(town.store(), OpenMode::read).history().size() == before);
    REQUIRE(kept_import(coordinator.post("/staff/month", find_fields())) > 0);
    CHECK(coordinator.post("/staff/month", find_fields()).status == 409); // the same place again
}

TEST_CASE("Who told us waits for an answer on no page but their own municipality's, and in no store", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker coordinator(town, "coordinator", k_here);
    const DeskWorker neighbour(town, "neighbour", k_there);
    const DeskWorker viewer(town, "viewer", k_here, Role::viewer);
    REQUIRE(kept_import(coordinator.post("/staff/month", find_fields())) > 0);
    const auto page = coordinator.get("/staff/month");
    CHECK(says(page, k_teller));
    CHECK(says(page, k_way));
    CHECK_FALSE(is_in_store(town, k_teller));
    CHECK_FALSE(is_in_store(town, k_way));
    const auto id = service_id(town, "路地の食堂");
    for (const auto& answer : {neighbour.get("/staff/month"), neighbour.get("/staff/desk"),
                               viewer.get("/staff/services/" + id), viewer.get("/staff")}) {
        CHECK_FALSE(says(answer, k_teller));
        CHECK_FALSE(says(answer, k_way));
    }
    const auto told = hidden_value(page, "owed", "told");
    REQUIRE_FALSE(told.empty());
    CHECK(neighbour.post("/staff/month/answers", {{"told", told}}).status == 409);
    CHECK(viewer.post("/staff/month/answers", {{"told", told}}).status == 403);
    CHECK(coordinator.post("/staff/month/answers", {{"told", told}}).status == 303);
    CHECK(coordinator.post("/staff/month/answers", {{"told", told}}).status == 409);
    const auto after = coordinator.get("/staff/month");
    CHECK(says(after, "2026年11月26日 に返事"));
    CHECK_FALSE(says(after, k_way));
}

TEST_CASE("A report of the public is answered back too", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto send = [&](const char* text) {
        auto request = staff_request("/api/v1/reports", {});
        request.method = Method::post;
        request.accept = "application/json";
        request.content_type = "application/json";
        request.body = R"({"service":")" + town.services.at("浜会館") + R"(","kind":"hours","text":")" + text + R"("})";
        return town.ask(request).status;
    };
    REQUIRE(send("一つめ") < 300);
    REQUIRE(send("二つめ") < 300);
    CHECK(steward.post("/staff/reports", {{"report", "1"}, {"outcome", "corrected"}, {"answer", "1"}}).status == 303);
    CHECK(steward.post("/staff/reports", {{"report", "2"}, {"outcome", "was_right"}}).status == 303);
    const auto month = steward.get("/staff/month");
    CHECK(says(month, "浜会館"));
    const auto told = hidden_value(month, "owed", "told");
    auto done = steward.get("/staff/reports");
    CHECK(says(done, "返事はまだ"));
    REQUIRE(steward.post("/staff/month/answers", {{"told", told}}).status == 303);
    done = steward.get("/staff/reports");
    CHECK_FALSE(says(done, "返事はまだ"));
    CHECK(says(done, "2026年11月26日 に返事"));
}
