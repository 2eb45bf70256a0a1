// A steward at her desk: what was asked again, what ended, what changed, where an address lies, what is one place; each
// decision is one import that can be undone, and nobody else's work is on her desk.
#include "directory/store.hpp"
#include "tests/server/support/desk_town.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::OpenMode;
using directory::Role;
using directory::Store;

namespace {

directory::ServiceRow service_now(StaffTown& town, const std::string& place) {
    const auto store = Store::open(town.store(), OpenMode::read);
    const auto state = store.read_public_state();
    for (const auto& service : state.services) {
        if (service.site != directory::k_no_index && state.sites[service.site].name == place) {
            return service;
        }
    }
    return {};
}

directory::SiteRow site_now(StaffTown& town, const std::string& place) {
    const auto store = Store::open(town.store(), OpenMode::read);
    for (const auto& site : store.read_public_state().sites) {
        if (site.name == place) {
            return site;
        }
    }
    return {};
}

std::size_t imports_of(StaffTown& town) { return Store::open(town.store(), OpenMode::read).history().size(); }

void undo(StaffTown& town, std::int64_t import) {
    Store::open(town.store(), OpenMode::write).undo(import);
    town.desk().note_written();
}

Query stale_fields(const DeskWorker& steward, const std::string& id, const std::string& what) {
    return decided(
        {{"service", id}, {"seen", hidden_value(steward.get("/staff/desk/stale"), id, "seen")}, {"do", what}});
}

/// The form of a service as it is shown, with what was typed into some of its fields.
Query change_fields(const DeskWorker& steward, const std::string& id, const Query& typed) {
    const auto page = steward.get("/staff/desk/services/" + id);
    Query fields{{"seen", hidden_value(page, "<form", "seen")}};
    for (const char* name : {"name", "address", "phone", "url", "whom", "fee", "capacity", "note", "weekdays", "days",
                             "starts", "ends", "rules"}) {
        const auto given = std::ranges::find(typed, name, &Query::value_type::first);
        const std::string field = std::string("id=\"") + name + "\"";
        const auto shown = says(page, field);
        if (given != typed.end()) {
            fields.push_back(*given);
        } else if (shown) {
            const std::string content{page.content()};
            const auto at = content.find("value=\"", content.find(field)) + 7;
            fields.emplace_back(name, content.substr(at, content.find('"', at) - at));
        }
    }
    return decided(fields);
}

} // namespace

TEST_CASE("The desk counts what waits in the own municipality", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const DeskWorker neighbour(town, "neighbour", k_there);
    const auto count_of = [](const Answer& page, std::string_view queue) {
        const std::string content{page.content()};
        const auto at =
            content.find("<strong class=\"count\">", content.find("data-queue=\"" + std::string{queue} + "\""));
        return content.substr(at + 22, content.find('<', at + 22) - at - 22);
    };
    const auto desk = steward.get("/staff/desk");
    REQUIRE(desk.status == 200);
    CHECK(count_of(desk, "stale") == "1");
    CHECK(count_of(desk, "unlocated") == "1");
    CHECK(count_of(desk, "links") == "1");
    CHECK(count_of(desk, "finds") == "0");
    CHECK(count_of(desk, "reports") == "0");
    CHECK(count_of(desk, "answers") == "0");
    const auto theirs = neighbour.get("/staff/desk");
    for (const char* queue : {"stale", "unlocated", "links"}) {
        CHECK(count_of(theirs, queue) == "0");
    }
    for (const char* page : {"/staff/desk/stale", "/staff/desk/unlocated", "/staff/desk/links", "/staff/month"}) {
        const auto answer = neighbour.get(page);
        CHECK(answer.status == 200);
        for (const char* name : {"昔の館", "迷子の館", "はまなす"}) {
            CHECK_FALSE(says(answer, name));
        }
    }
    for (const Role role : {Role::viewer, Role::caseworker, Role::planner, Role::administrator}) {
        const DeskWorker other(town, std::string{directory::code_of(role)}, k_here, role);
        CHECK(other.get("/staff/desk").status == 403);
    }
}

TEST_CASE("What was asked is confirmed today, by one import that can be undone", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto id = service_id(town, "昔の館");
    CHECK(says(steward.get("/staff/desk/stale"), "昔の館"));
    const auto before = imports_of(town);
    const auto answer = steward.post("/staff/desk/stale", stale_fields(steward, id, "confirmed"));
    const auto import = kept_import(answer);
    REQUIRE(import > 0);
    CHECK(imports_of(town) == before + 1);
    CHECK(service_now(town, "昔の館").last_confirmed_on == directory::parse_day(k_desk_today));
    CHECK_FALSE(says(steward.get("/staff/desk/stale"), "昔の館"));
    const auto corrections = Store::open(town.store(), OpenMode::read).corrections();
    REQUIRE(corrections.size() == 1);
    CHECK(corrections.front().correction.by == directory::Decider::coordinator);
    CHECK(corrections.front().correction.reason == "電話で聞いた");
    undo(town, import);
    CHECK(service_now(town, "昔の館").last_confirmed_on == directory::parse_day("2024-04-01"));
    CHECK(says(steward.get("/staff/desk/stale"), "昔の館"));
}

TEST_CASE("Who and how are asked for, and what was typed stays", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto id = service_id(town, "昔の館");
    const auto seen = hidden_value(steward.get("/staff/desk/stale"), id, "seen");
    const auto before = imports_of(town);
    const auto post = [&](const Query& more) {
        Query fields{{"service", id}, {"seen", seen}, {"do", "confirmed"}};
        fields.insert(fields.end(), more.begin(), more.end());
        return steward.post("/staff/desk/stale", fields);
    };
    CHECK(post({}).status == 422);
    CHECK(post({{"by", "coordinator"}}).status == 422);
    const auto no_words = post({{"by", "provider"}, {"how", "other"}, {"reason", "  "}});
    CHECK(no_words.status == 422);
    CHECK(says(no_words, "role=\"alert\""));
    CHECK(says(no_words, "value=\"provider\" selected"));
    CHECK(post({{"by", "nobody"}, {"how", "phone"}}).status == 422);
    CHECK(steward.post("/staff/desk/stale", decided({{"service", id}, {"seen", seen}, {"do", "eaten"}})).status == 422);
    CHECK(imports_of(town) == before);
}

TEST_CASE("Of two who decide on one service the second is told", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker one(town, "one", k_here);
    const DeskWorker two(town, "two", k_here);
    const auto id = service_id(town, "昔の館");
    const auto fields_of_two = stale_fields(two, id, "closed");
    REQUIRE(kept_import(one.post("/staff/desk/stale", stale_fields(one, id, "confirmed"))) > 0);
    const auto before = imports_of(town);
    const auto answer = two.post("/staff/desk/stale", fields_of_two);
    CHECK(answer.status == 409);
    CHECK(says(answer, "ほかの人が先に決めたか"));
    CHECK(imports_of(town) == before);
    CHECK_FALSE(service_now(town, "昔の館").valid_to);
}

TEST_CASE("What has ended ended on its day, or on a day nobody knows", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto id = service_id(town, "昔の館");
    auto fields = stale_fields(steward, id, "closed");
    fields.emplace_back("ended", "2026-12-01");
    CHECK(steward.post("/staff/desk/stale", fields).status == 422); // lies ahead
    fields.back().second = "きのう";
    CHECK(steward.post("/staff/desk/stale", fields).status == 422);
    fields.back().second = "2025-03-31";
    const auto dated = kept_import(steward.post("/staff/desk/stale", fields));
    REQUIRE(dated > 0);
    CHECK(service_now(town, "昔の館").valid_to == directory::parse_day("2025-03-31"));
    CHECK_FALSE(says(steward.get("/staff/desk/stale"), "昔の館"));
    undo(town, dated);
    REQUIRE(kept_import(steward.post("/staff/desk/stale", stale_fields(steward, id, "closed"))) > 0);
    CHECK(service_now(town, "昔の館").status == directory::Status::closed);
    CHECK_FALSE(service_now(town, "昔の館").valid_to);
}

TEST_CASE("What has changed is corrected, the newest of a day goes before, and the rest stays", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto id = service_id(town, "昔の館");
    const std::string address = "/staff/desk/services/" + id;
    CHECK(steward.post(address, change_fields(steward, id, {})).status == 422); // nothing is different
    REQUIRE(kept_import(steward.post(
                address, change_fields(steward, id, {{"phone", "000-0000-0102"}, {"note", "裏口から"}}))) > 0);
    CHECK(service_now(town, "昔の館").phone == "000-0000-0102");
    CHECK(service_now(town, "昔の館").note == "裏口から");
    CHECK(service_now(town, "昔の館").schedules.size() == 1); // nobody wrote new times
    for (const char* phone : {"000-0000-0103", "000-0000-0104", "000-0000-0105"}) {
        REQUIRE(kept_import(steward.post(address, change_fields(steward, id, {{"phone", phone}}))) > 0);
        CHECK(service_now(town, "昔の館").phone == phone);
    }
    REQUIRE(kept_import(steward.post(address, change_fields(steward, id, {{"note", ""}}))) > 0);
    CHECK(service_now(town, "昔の館").note.empty());
    REQUIRE(kept_import(steward.post(address, change_fields(steward, id, {{"rules", "月に一度、日は電話で"}}))) > 0);
    const auto schedules = service_now(town, "昔の館").schedules;
    REQUIRE(schedules.size() == 1);
    CHECK(directory::in_words(schedules.front(), "ja").find("月に一度") != std::string::npos);
    const auto wrong = steward.post(address, change_fields(steward, id, {{"capacity", "たくさん"}}));
    CHECK(wrong.status == 422);
    CHECK(says(wrong, "定員"));
    CHECK(says(wrong, "value=\"たくさん\""));
    CHECK_FALSE(service_now(town, "昔の館").capacity);
}

TEST_CASE("After a correction one is back where the form was opened from", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto id = service_id(town, "昔の館");
    const std::string address = "/staff/desk/services/" + id;
    int phone = 200;
    for (const auto& [from, back] : std::vector<std::pair<std::string, std::string>>{{"reports", "/staff/reports"},
                                                                                     {"stale", "/staff/desk/stale"},
                                                                                     {"month", "/staff/month"},
                                                                                     {"service", address},
                                                                                     {"//elsewhere", address}}) {
        INFO(from);
        CHECK(hidden_value(steward.get(address + "?from=" + percent_encode(from)), "<form", "from") ==
              (from == "//elsewhere" ? "service" : from));
        auto fields = change_fields(steward, id, {{"phone", "000-0000-0" + std::to_string(phone++)}});
        fields.emplace_back("from", from);
        const auto kept = steward.post(address, fields);
        const auto import = kept_import(kept);
        REQUIRE(import > 0);
        CHECK(header_of(kept, "Location").starts_with(back + "?kept="));
        CHECK(says(steward.get(header_of(kept, "Location")), "取り込み " + std::to_string(import) + " 番"));
    }
}

TEST_CASE("What a list keeps from the public is not told to everybody by a correction", "[desk]") {
    StaffTown town; // 浜会館 withholds its telephone
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto id = town.services.at("浜会館");
    const auto page = steward.get("/staff/desk/services/" + id);
    REQUIRE(page.status == 200);
    CHECK_FALSE(says(page, "id=\"phone\""));
    CHECK(says(page, "公開しないことになっている項目"));
    auto fields = change_fields(steward, id, {{"note", "二階"}});
    fields.emplace_back("phone", "000-0000-0199");
    REQUIRE(kept_import(steward.post("/staff/desk/services/" + id, fields)) > 0);
    CHECK(service_now(town, "浜会館").note == "二階");
    CHECK(service_now(town, "浜会館").phone.empty());
}

TEST_CASE("Another municipality's services are not on the desk, seen or not", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto never = steward.get("/staff/desk/services/0000000000000");
    CHECK(never.status == 404);
    for (const char* place : {"沖会館", "沖の調整先"}) {
        const auto& id = town.services.at(place);
        const auto page = steward.get("/staff/desk/services/" + id);
        CHECK(page.status == 404);
        CHECK(page.content().size() == never.content().size());
        const auto before = imports_of(town);
        CHECK(steward.post("/staff/desk/stale", decided({{"service", id}, {"seen", ""}, {"do", "confirmed"}})).status ==
              409);
        CHECK(imports_of(town) == before);
    }
}

TEST_CASE("A point given by hand puts the place in its district", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto id = site_id(town, "迷子の館");
    const std::string address = "/staff/desk/unlocated/" + id;
    const auto page = steward.get(address);
    REQUIRE(page.status == 200);
    CHECK(says(page, "どこでもない町5-6"));
    CHECK(says(page, "type=\"image\""));
    const auto seen = hidden_value(page, "id=\"place-form\"", "seen");
    const auto before = imports_of(town);
    const auto keep = [&](const char* lon, const char* lat) {
        return steward.post(address, decided({{"seen", seen}, {"lon", lon}, {"lat", lat}, {"do", "place"}}));
    };
    CHECK(keep("", "").status == 422);
    CHECK(keep("33.2", "137.2").status == 422);  // swapped
    CHECK(keep("137.95", "33.2").status == 422); // outside the municipality
    CHECK(imports_of(town) == before);
    const auto import = kept_import(keep("137.21", "33.21"));
    REQUIRE(import > 0);
    const auto site = site_now(town, "迷子の館");
    REQUIRE(site.position);
    CHECK(site.position->lon == Approx(137.21));
    CHECK(site.quality == directory::PositionQuality::exact);
    const auto district = town.get("/api/v1/staff/resources/" + service_id(town, "迷子の館"), steward.token);
    CHECK(says(district, "浜"));
    CHECK(steward.get(address).status == 404); // it waits no longer
    CHECK(keep("137.22", "33.22").status == 404);
    undo(town, import);
    CHECK_FALSE(site_now(town, "迷子の館").position);
}

TEST_CASE("A click on the map comes nearer and keeps nothing", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const std::string address = "/staff/desk/unlocated/" + site_id(town, "迷子の館");
    const auto before = imports_of(town);
    const auto clicked = steward.post(address, {{"step", "0"}, {"spot.x", "160"}, {"spot.y", "160"}});
    REQUIRE(clicked.status == 200);
    CHECK(hidden_value(clicked, "desk-map", "step") == "1");
    // The middle of the municipality: its district reaches from 137.0, 33.1 to 137.4, 33.3.
    CHECK(std::stod(hidden_value(clicked, "desk-map", "lon")) == Approx(137.2).margin(1e-5));
    CHECK(std::stod(hidden_value(clicked, "desk-map", "lat")) == Approx(33.2).margin(1e-5));
    const auto again = steward.post(address, {{"step", "1"}, {"lon", "137.2"}, {"lat", "33.2"}, {"move", "north"}});
    CHECK(std::stod(hidden_value(again, "desk-map", "lat")) > 33.2);
    CHECK(std::stod(hidden_value(again, "desk-map", "lon")) == Approx(137.2));
    const auto far = steward.post(address, {{"step", "1"}, {"lon", "137.2"}, {"lat", "33.2"}, {"move", "farther"}});
    CHECK(hidden_value(far, "desk-map", "step") == "0");
    // By the keyboard the picture is sent at its corner: that is no click.
    const auto pressed = steward.post(address, {{"step", "0"}, {"spot.x", "0"}, {"spot.y", "0"}});
    CHECK(hidden_value(pressed, "desk-map", "step") == "0");
    CHECK_FALSE(says(pressed, "class=\"chosen\""));
    CHECK(imports_of(town) == before);
}

TEST_CASE("A mended address is located again", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const std::string address = "/staff/desk/unlocated/" + site_id(town, "迷子の館");
    const auto seen = hidden_value(steward.get(address), "id=\"address-form\"", "seen");
    const auto keep = [&](const char* written) {
        return steward.post(address, decided({{"seen", seen}, {"address", written}, {"do", "address"}}));
    };
    CHECK(keep("").status == 422);
    CHECK(keep("どこでもない町5-6").status == 422); // nothing is different
    REQUIRE(kept_import(keep("浜町5-6")) > 0);
    const auto site = site_now(town, "迷子の館");
    REQUIRE(site.position);
    CHECK(site.position->lon == Approx(137.2));
    CHECK(site.quality == directory::PositionQuality::town);
    CHECK(site.address == "浜町5-6");
}

TEST_CASE("A mended address that still says nowhere leads back to its place, which says so", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const std::string address = "/staff/desk/unlocated/" + site_id(town, "迷子の館");
    const auto before = steward.get(address);
    CHECK_FALSE(says(before, "直した住所からも"));
    const auto seen = hidden_value(before, "id=\"address-form\"", "seen");
    const auto sent =
        steward.post(address, decided({{"seen", seen}, {"address", "ありもしない町7-8"}, {"do", "address"}}));
    REQUIRE(kept_import(sent) > 0);
    CHECK(header_of(sent, "Location").starts_with(address));
    const auto page = steward.get(header_of(sent, "Location"));
    CHECK(page.status == 200);
    CHECK(says(page, "ありもしない町7-8"));
    CHECK(says(page, "直した住所からも、場所はわかりませんでした"));
}

TEST_CASE("A pair is decided once, and the second who decides is told", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker one(town, "one", k_here);
    const DeskWorker two(town, "two", k_here);
    const DeskWorker neighbour(town, "neighbour", k_there);
    const auto page = one.get("/staff/desk/links");
    REQUIRE(page.status == 200);
    CHECK(says(page, "はまなす児童館"));
    CHECK(says(page, "片方だけに種類がある")); // why the program doubts
    CHECK(says(page, "組の一覧1"));
    const Query pair{{"a", hidden_value(page, "data-pair", "a")}, {"b", hidden_value(page, "data-pair", "b")}};
    const auto with_verdict = [&](const char* verdict) {
        auto fields = decided(pair);
        fields.emplace_back("do", verdict);
        return fields;
    };
    CHECK(one.post("/staff/desk/links", with_verdict("later")).status == 422);
    CHECK(neighbour.post("/staff/desk/links", with_verdict("same")).status == 409);
    const auto sites = [&] {
        const auto state = Store::open(town.store(), OpenMode::read).read_public_state();
        return std::ranges::count_if(state.sites, [](const auto& site) { return site.name.starts_with("はまなす"); });
    };
    REQUIRE(sites() == 2);
    const auto import = kept_import(one.post("/staff/desk/links", with_verdict("same")));
    REQUIRE(import > 0);
    CHECK(sites() == 1);
    const auto late = two.post("/staff/desk/links", with_verdict("apart"));
    CHECK(late.status == 409);
    CHECK(says(late, "この組は、ほかの人が先に決めた"));
    CHECK(sites() == 1);
    undo(town, import);
    CHECK(sites() == 2);
    REQUIRE(kept_import(two.post("/staff/desk/links", with_verdict("apart"))) > 0);
    CHECK(sites() == 2);
    CHECK_FALSE(says(one.get("/staff/desk/links"), "はまなす児童館"));
}

TEST_CASE("The log says which import was made, and nothing of what was written", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto id = service_id(town, "昔の館");
    auto fields = change_fields(steward, id, {{"note", "ひみつのことば"}});
    const auto import = kept_import(steward.post("/staff/desk/services/" + id, fields));
    REQUIRE(import > 0);
    const auto log = town.accounts().audit_log(0, 5);
    const auto found = std::ranges::find(log, directory::AuditAction::import, &directory::AuditEntry::action);
    REQUIRE(found != log.end());
    CHECK(found->what == "corrections #" + std::to_string(import));
    const auto without_word = steward.town.post("/staff/desk/stale", fields, steward.token); // no csrf
    CHECK(without_word.status != 303);
}
