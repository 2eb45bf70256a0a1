// The store's promises: nothing is lost, nothing is counted twice, everything can be taken back, and what is hidden is
// not there.
#include "store_batches.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

Batch three_centres() {
    return complete(
        resources("児童館", {row_of("1", resource("浜児童館", "浜1-1")), row_of("2", resource("山児童館", "山2-2")),
                             row_of("3", resource("丘児童館", "丘3-3"))}));
}

struct Town {
    StoreFolder folder;
    Store store = Store::open(folder / "town.shirube", OpenMode::write_or_create);

    [[nodiscard]] std::string id_of(const std::string& place) const {
        return service_id(store.read_public_state(), place);
    }
    void check_sound() const {
        for (const auto& finding : store.check()) {
            INFO(finding.code << ": " << finding.sentence_en);
            CHECK_FALSE(finding.is_error);
        }
    }
};

} // namespace

TEST_CASE("A batch adds its rows, and the same batch again changes nothing") {
    Town town;
    const auto first = town.store.append(three_centres());
    CHECK(first.entities.added == 3);
    CHECK(first.entities.unchanged == 0);
    const auto edition = edition_of(town.store);

    const auto again = town.store.append(three_centres());
    CHECK(again.import_id > first.import_id);
    CHECK(again.entities.added == 0);
    CHECK(again.entities.changed == 0);
    CHECK(again.entities.gone == 0);
    CHECK(again.entities.unchanged == 3);
    CHECK(edition_of(town.store) == edition);
    CHECK(town.store.history().size() == 2);
    town.check_sound();
}

TEST_CASE("A changed row keeps its id; a row that is no longer listed is gone, and comes back as itself") {
    Town town;
    town.store.append(three_centres());
    const auto hama = town.id_of("浜児童館");
    const auto yama = town.id_of("山児童館");

    auto changed = resource("浜児童館", "浜1-1");
    changed.services[0].phone = "000-0000-0000";
    const auto second = town.store.append(complete(
        resources("児童館", {row_of("1", changed), row_of("3", resource("丘児童館", "丘3-3"))}, "2026-10-01")));
    CHECK(second.entities.changed == 1);
    CHECK(second.entities.gone == 1);
    CHECK(second.entities.unchanged == 1);
    CHECK(town.id_of("浜児童館") == hama);
    CHECK(town.id_of("山児童館").empty());
    CHECK(town.store.read_public_state().sites.size() == 2);

    town.store.append(three_centres());
    CHECK(town.id_of("山児童館") == yama);
    town.check_sound();
}

TEST_CASE("A place that moves keeps its service, and leaves nothing where it was") {
    Town town;
    town.store.append(three_centres());
    const auto hama = town.id_of("浜児童館");
    auto moved = resource("浜児童館", "港9-9");
    town.store.append(complete(resources("児童館", {row_of("1", moved)})));
    const auto state = town.store.read_public_state();
    REQUIRE(state.services.size() == 1);
    REQUIRE(state.sites.size() == 1);
    CHECK(state.services[0].id == hama);
    CHECK(state.sites[0].address == "港9-9");
    town.check_sound();
}

TEST_CASE("Two lists that speak of the same name at the same address share a site, however they write it") {
    Town town;
    town.store.append(resources("児童館", {row_of("1", resource("浜こどもセンター", "浜三丁目１番２号"))}));
    town.store.append(
        resources("食堂", {row_of("a", resource("浜子どもセンター", "浜3-1-2", "kodomo_shokudo"))}, "2026-05-01"));
    const auto state = town.store.read_public_state();
    REQUIRE(state.services.size() == 2);
    REQUIRE(state.sites.size() == 1);
    CHECK(state.sites[0].name == "浜子どもセンター"); // as the newer list writes it
    CHECK(state.services[0].site == state.services[1].site);
    CHECK(state.organizations.size() == 1);
}

TEST_CASE("A list that only becomes newer is believed from then on, also where its rows stayed as they were") {
    Town town;
    const auto centre = resource("浜こどもセンター", "浜3-1-2");
    town.store.append(resources("児童館", {row_of("1", centre)}, "2025"));
    town.store.append(
        resources("食堂", {row_of("a", resource("浜子どもセンター", "浜3-1-2", "kodomo_shokudo"))}, "2026"));
    const auto name = [&] { return town.store.read_public_state().sites.at(0).name; };
    CHECK(name() == "浜子どもセンター");
    const auto newer = town.store.append(resources("児童館", {row_of("1", centre)}, "2027"));
    CHECK(newer.entities.unchanged == 1);
    CHECK(name() == "浜こどもセンター");
    town.store.undo(newer.import_id);
    CHECK(name() == "浜子どもセンター");

    const auto districts = [](const std::string& list, double width, const std::string& as_of) {
        return batch_of(ImportKind::districts,
                        {list_of(list, {row_of("1", district("浜中学校", 137.0, width))}, as_of)});
    };
    const auto east = [&] {
        return shirube::geo::box_of(town.store.read_public_state().districts.at(0).geometry).east;
    };
    town.store.append(districts("a", 0.1, "2013"));
    town.store.append(districts("b", 0.2, "2016"));
    CHECK(east() == Approx(137.2));
    town.store.append(districts("a", 0.1, "2021"));
    CHECK(east() == Approx(137.1));
}

TEST_CASE("The same name at two addresses, or at none, is not the same place") {
    Town town;
    town.store.append(
        resources("a", {row_of("1", resource("児童館", "浜1-1")), row_of("2", resource("児童館", "山2-2")),
                        row_of("3", resource("児童館", "")), row_of("4", resource("児童館", ""))}));
    CHECK(town.store.read_public_state().sites.size() == 4);
    auto elsewhere = resource("児童館", "浜1-1");
    elsewhere.site.municipality = "99341";
    town.store.append(resources("b", {row_of("1", elsewhere)}));
    CHECK(town.store.read_public_state().sites.size() == 5);
}

TEST_CASE("A row with several programmes is one site with a service for each") {
    Town town;
    auto reading = resource("浜会館", "浜1-1");
    reading.services.push_back(reading.services[0]);
    reading.services[1].programme = "kodomo_shokudo";
    town.store.append(resources("会館", {row_of("1", reading)}));
    const auto state = town.store.read_public_state();
    CHECK(state.sites.size() == 1);
    REQUIRE(state.services.size() == 2);
    CHECK(state.services[0].programme != state.services[1].programme);
}

TEST_CASE("A dry run counts what would change and leaves the store as it was") {
    Town town;
    town.store.append(three_centres());
    const auto edition = edition_of(town.store);
    const auto tried = town.store.append(complete(resources("児童館", {row_of("1", resource("浜児童館", "浜1-1")),
                                                                       row_of("9", resource("新児童館", "新9-9"))})),
                                         Commit::roll_back);
    CHECK(tried.entities.added == 1);
    CHECK(tried.entities.gone == 2);
    CHECK(tried.entities.unchanged == 1);
    CHECK(edition_of(town.store) == edition);
    CHECK(town.store.history().size() == 1);
}

TEST_CASE("An import is taken back once, and one that never was not at all") {
    Town town;
    const auto import_id = town.store.append(three_centres()).import_id;
    const auto undone = town.store.undo(import_id);
    CHECK(undone.gone == 3);
    CHECK(undone.unchanged == 0);
    CHECK(town.store.read_public_state().services.empty());
    CHECK(town.store.read_public_state().lists.empty());
    REQUIRE(town.store.history().size() == 1);
    CHECK_FALSE(town.store.history()[0].undone_at.empty());
    CHECK(refusal([&] { town.store.undo(import_id); }) == "import_undone");
    CHECK(refusal([&] { town.store.undo(4711); }) == "import_unknown");
}

TEST_CASE("Undoing an old import changes nothing while a newer edition of its list is in force") {
    Town town;
    const auto first = town.store.append(three_centres()).import_id;
    town.store.append(complete(resources("児童館", {row_of("1", resource("浜児童館", "浜1-1"))})));
    const auto edition = edition_of(town.store);
    const auto changes = town.store.undo(first);
    CHECK(changes.gone == 0);
    CHECK(changes.unchanged == 1);
    CHECK(edition_of(town.store) == edition);
}

TEST_CASE("Of two lists that draw a district the newest does, and undo counts it honestly") {
    Town town;
    const auto districts = [](const std::string& list, double width, const std::string& as_of) {
        return batch_of(ImportKind::districts,
                        {list_of(list, {row_of("1", district("浜中学校", 137.0, width))}, as_of)});
    };
    town.store.append(districts("A32 2013", 0.1, "2013"));
    const auto edition = edition_of(town.store);
    const auto newer = town.store.append(districts("A32 2016", 0.2, "2016"));
    CHECK(newer.entities.changed == 1);
    CHECK(newer.entities.unchanged == 0);
    const auto drawn = town.store.read_public_state();
    REQUIRE(drawn.districts.size() == 1);
    CHECK(shirube::geo::box_of(drawn.districts[0].geometry).east == Approx(137.2));

    // The older list again: the newer one still draws the district.
    const auto again = town.store.append(districts("A32 2013", 0.15, "2013"));
    CHECK(again.entities.added + again.entities.changed + again.entities.gone == 0);
    CHECK(again.entities.unchanged == 1);
    town.store.undo(again.import_id);

    const auto undone = town.store.undo(newer.import_id);
    CHECK(undone.changed == 1);
    CHECK(undone.gone == 0);
    CHECK(undone.unchanged == 0);
    CHECK(edition_of(town.store) == edition);
    town.check_sound();
}

TEST_CASE("Polygons of one school are one district") {
    Town town;
    const auto result = town.store.append(
        batch_of(ImportKind::districts,
                 {list_of("A32", {row_of("1", district("浜中学校", 137.0)), row_of("2", district("浜 中学校", 137.3)),
                                  row_of("3", district("山中学校", 137.6))})}));
    CHECK(result.entities.added == 2);
    const auto state = town.store.read_public_state();
    REQUIRE(state.districts.size() == 2);
    CHECK(std::ranges::count_if(state.districts, [](const auto& row) { return row.geometry.size() == 2; }) == 1);
    CHECK(std::ranges::is_sorted(state.districts, {}, &DistrictRow::code));
}

TEST_CASE("A square that is loaded at a finer level is not counted twice") {
    Town town;
    const auto population = [](const std::string& list, std::vector<std::string> meshes, std::int64_t children) {
        std::vector<BatchRow> rows;
        for (const auto& mesh : meshes) {
            rows.push_back(row_of(mesh, cell(mesh, children)));
        }
        return batch_of(ImportKind::population, {list_of(list, std::move(rows))});
    };
    town.store.append(population("1 km", {"49377000", "49377001"}, 40));
    const auto fine = town.store.append(population("500 m", {"493770001", "493770002", "493770004"}, 10)).import_id;
    const auto finest = town.store.append(population("250 m", {"4937700011", "4937700013"}, 3)).import_id;
    const auto meshes = [&] {
        std::string text;
        for (const auto& row : town.store.read_public_state().cells) {
            text += row.mesh + " ";
        }
        return text;
    };
    CHECK(meshes() == "4937700011 4937700013 493770002 493770004 49377001 ");
    town.store.undo(fine);
    CHECK(meshes() == "4937700011 4937700013 49377001 ");
    town.store.undo(finest);
    CHECK(meshes() == "49377000 49377001 ");
}

TEST_CASE("Of two lists of the same squares the newer counts") {
    Town town;
    const auto population = [](const std::string& list, std::int64_t children, const std::string& as_of) {
        return batch_of(ImportKind::population, {list_of(list, {row_of("1", cell("49377000", children))}, as_of)});
    };
    town.store.append(population("z 2020", 30, "2020"));
    town.store.append(population("a 2015", 50, "2015"));
    const auto cells = town.store.read_public_state().cells;
    REQUIRE(cells.size() == 1);
    CHECK(cells[0].bands.at(0).count == 30);
}

TEST_CASE("A batch that cannot be stored leaves the store as it was") {
    Town town;
    town.store.append(three_centres());
    const auto edition = edition_of(town.store);
    CHECK(refusal([&] {
              town.store.append(resources("食堂", {row_of("1", resource("浜食堂", "浜1-1", "kodomo_shokudo")),
                                                   row_of("2", resource("謎", "謎1-1", "no_such_programme"))}));
          }) == "programme_unknown");
    CHECK(edition_of(town.store) == edition);
    CHECK(town.store.history().size() == 1);

    auto districts = batch_of(ImportKind::districts, {list_of("A32", {row_of("1", district("浜中学校", 137.0))})});
    town.store.append(districts);
    districts.layer = "shogakkoku";
    CHECK(refusal([&] { town.store.append(districts); }) == "list_other_layer");
    CHECK(town.store.history().size() == 2);
    town.check_sound();
}

TEST_CASE("What one person wrote in every field comes back as it was written") {
    Town town;
    auto reading = resource("浜\u3000「児童館」\"\\\n", "浜1-1");
    reading.site.kana = "ハマ";
    reading.site.building = "2階";
    reading.site.accuracy_m = 12.5;
    reading.site.quality = PositionQuality::town;
    reading.organization.kind = "市";
    auto& service = reading.services[0];
    service.from_age_months = 0;
    service.to_age_months = 36;
    service.stage = "小学生";
    service.for_whom = {ForWhom::parents, ForWhom::disability};
    service.for_whom_text = "どなたでも";
    service.entry = Entry::apply;
    service.entry_text = "電話で";
    service.fee = Fee::paid;
    service.fee_text = "300円";
    service.transport = Transport::provider;
    service.capacity = 0;
    service.contract = Contract::entrusted;
    service.department = "子育て支援課";
    service.status = Status::pilot;
    service.certainty = Certainty::stale;
    service.features = {Feature::online, Feature::parking};
    service.serves = {"chugakkoku:浜中学校"};
    service.usable_by = {"99201", "99341"};
    service.phone = "000";
    service.url = "https://example.jp/";
    service.note = "'; DROP TABLE service; --";
    service.valid_from = parse_day("2026-04-01");
    service.valid_to = parse_day("2027-03-31");
    service.last_confirmed_on = parse_day("2026-11-01");
    Schedule schedule;
    schedule.rule = {ScheduleState::dated, 0b0100001,          0b000010,          0x0ff, 1U << 11U,
                     std::int16_t{600},    std::int16_t{1500}, HolidayRule::open, true};
    schedule.venue = "公民館";
    schedule.text = "第2土曜";
    service.schedules = {schedule, Schedule{}};
    town.store.append(resources("児童館", {row_of("1", reading)}));

    const auto state = town.store.read_public_state();
    REQUIRE(state.services.size() == 1);
    const ServiceRow& row = state.services[0];
    const SiteRow& site = state.sites.at(row.site);
    CHECK(site.name == reading.site.official_name);
    CHECK(site.kana == "ハマ");
    CHECK(site.building == "2階");
    CHECK(site.accuracy_m == 12.5);
    CHECK(site.quality == PositionQuality::town);
    CHECK(site.position == reading.site.position);
    CHECK(state.organizations.at(row.organization).kind == "市");
    CHECK(row.from_age_months == 0);
    CHECK(row.to_age_months == 36);
    CHECK(row.stage == "小学生");
    CHECK(row.for_whom == 0b10010);
    CHECK(row.for_whom_text == "どなたでも");
    CHECK(row.entry == Entry::apply);
    CHECK(row.entry_text == "電話で");
    CHECK(row.fee == Fee::paid);
    CHECK(row.fee_text == "300円");
    CHECK(row.transport == Transport::provider);
    CHECK(row.capacity == 0);
    CHECK(row.contract == Contract::entrusted);
    CHECK(row.department == "子育て支援課");
    CHECK(row.status == Status::pilot);
    CHECK(row.certainty == Certainty::stale);
    CHECK(row.features == 0b010001);
    CHECK(row.serves == service.serves);
    CHECK(row.usable_by == service.usable_by);
    CHECK(row.phone == "000");
    CHECK(row.url == "https://example.jp/");
    CHECK(row.note == service.note);
    CHECK(row.valid_from == service.valid_from);
    CHECK(row.valid_to == service.valid_to);
    CHECK(row.last_confirmed_on == service.last_confirmed_on);
    CHECK(row.schedules == service.schedules);
    CHECK(state.lists.at(row.list).publisher == "潮見野市");
}

TEST_CASE("What nobody said stays unknown through the store") {
    Town town;
    auto reading = resource("浜児童館", "");
    reading.site.position.reset();
    reading.site.quality = PositionQuality::withheld;
    reading.organization = {};
    town.store.append(resources("児童館", {row_of("1", reading)}));
    auto population = cell("49377000", 0);
    population.bands = {{0, 15, std::nullopt}};
    population.total.reset();
    town.store.append(batch_of(ImportKind::population, {list_of("人口", {row_of("1", population)})}));

    const auto state = town.store.read_public_state();
    const ServiceRow& row = state.services.at(0);
    CHECK_FALSE(state.sites.at(0).position);
    CHECK_FALSE(state.sites.at(0).accuracy_m);
    CHECK(state.sites.at(0).quality == PositionQuality::withheld);
    CHECK(row.organization == k_no_index);
    CHECK_FALSE(row.from_age_months);
    CHECK_FALSE(row.to_age_months);
    CHECK_FALSE(row.capacity);
    CHECK_FALSE(row.valid_from);
    CHECK(row.entry == Entry::unknown);
    CHECK(row.fee == Fee::unknown);
    CHECK(row.schedules.empty());
    CHECK_FALSE(state.cells.at(0).total);
    CHECK_FALSE(state.cells.at(0).bands.at(0).count);
}

TEST_CASE("An append says how far it is to its end, and never goes back") {
    const StoreFolder folder;
    Store store = Store::open(folder / "town.shirube", OpenMode::write_or_create);
    std::vector<BatchRow> rows;
    for (int i = 0; i < 600; ++i) {
        auto reading = resource("館" + std::to_string(i), "浜" + std::to_string(i));
        reading.site.municipality = i % 3 == 0 ? "99201" : i % 3 == 1 ? "99341" : "99361";
        rows.push_back(row_of(std::to_string(i), reading));
    }
    std::vector<std::pair<std::size_t, std::size_t>> told;
    store.append(resources("館", std::move(rows)), Commit::keep,
                 [&](std::size_t done, std::size_t of) { told.emplace_back(done, of); });
    REQUIRE(told.size() > 4);
    for (std::size_t i = 1; i < told.size(); ++i) {
        CHECK(told[i].first >= told[i - 1].first);
        CHECK(told[i].first <= told[i].second);
        CHECK(told[i].second == told[0].second);
    }
    // What rows make together is a part of the way too.
    CHECK(told.back().first > 1'200);
    CHECK(told.back().second == 1'500);
}
