// Figures of need: the one that holds on a day, districts nobody speaks of, districts that come later.
#include "directory/needs.hpp"

#include "store_batches.hpp"

#include <catch2/catch.hpp>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

NeedReading births(const std::string& district, const std::string& from, std::optional<double> value) {
    NeedReading need;
    need.indicator = "出生数";
    need.layer = "chugakkoku";
    need.name = district;
    need.municipality = "99201";
    need.from = parse_day(from);
    need.value = value;
    return need;
}

Batch needs(std::vector<NeedReading> readings, const std::string& name = "需要",
            const std::string& as_of = "2026-04-01") {
    std::vector<BatchRow> rows;
    for (const auto& reading : readings) {
        rows.push_back(row_of(reading.indicator + reading.name + std::string(code_of(reading.unit)) +
                                  (reading.from ? to_string(*reading.from) : ""),
                              reading));
    }
    return batch_of(ImportKind::needs, {list_of(name, std::move(rows), as_of)});
}

Batch two_districts() {
    return batch_of(
        ImportKind::districts,
        {list_of("A32", {row_of("1", district("浜中学校", 137.0)), row_of("2", district("丘中学校", 137.1))})});
}

Reader reader_of(const Store& store) {
    return Reader(Snapshot::build(store.read_public_state(), Taxonomy::shipped(), Holidays::shipped()));
}

Day day(const char* text) { return *parse_day(text); }

} // namespace

TEST_CASE("Of a district's figures the one holds whose period began last; a later one does not hold yet") {
    StoreFolder folder;
    auto store = Store::open(folder / "t", OpenMode::write_or_create);
    store.append(two_districts());
    store.append(needs({births("浜中学校", "2024-04-01", 70), births("浜中学校", "2025-04-01", 61),
                        births("浜中学校", "2027-04-01", 50)}));
    const auto reader = reader_of(store);
    const auto series = need_series(reader);
    REQUIRE(series.size() == 1);
    CHECK(series[0].needs.size() == 3);
    const auto areas = need_areas(reader, series[0], day("2026-11-21"));
    REQUIRE(areas.size() == 2);
    std::map<std::string, std::optional<double>> values;
    for (const auto& area : areas) {
        values[reader.districts()[area.district].name] =
            area.need ? reader.needs()[*area.need].reading.value : std::nullopt;
    }
    CHECK(values.at("浜中学校") == 61);
    CHECK_FALSE(values.at("丘中学校")); // nobody says: unknown, not zero
    const auto earlier = need_areas(reader, series[0], day("2020-01-01"));
    CHECK(std::ranges::none_of(earlier, [](const NeedArea& area) { return area.need.has_value(); }));
}

TEST_CASE("Of a plan for years to come a district has the first year, until it has begun") {
    StoreFolder folder;
    auto store = Store::open(folder / "t", OpenMode::write_or_create);
    store.append(two_districts());
    store.append(needs({births("浜中学校", "2028-04-01", 80), births("浜中学校", "2027-04-01", 70),
                        births("浜中学校", "2029-04-01", 90)}));
    const auto reader = reader_of(store);
    const auto place = reader.district_of_need(0);
    const auto held_on = [&](const char* on) {
        const auto held = needs_of_district(reader, place, day(on));
        REQUIRE(held.size() == 1);
        return reader.needs()[held[0]].reading.value;
    };
    CHECK(held_on("2026-11-21") == 70);
    CHECK(held_on("2028-06-01") == 80);
    CHECK(held_on("2040-01-01") == 90);
}

TEST_CASE("Two units of one indicator are two series") {
    StoreFolder folder;
    auto store = Store::open(folder / "t", OpenMode::write_or_create);
    store.append(two_districts());
    auto households = births("浜中学校", "2025-04-01", 12);
    households.unit = Unit::households;
    store.append(needs({births("浜中学校", "2025-04-01", 61), households}));
    const auto reader = reader_of(store);
    CHECK(need_series(reader).size() == 2);
    const auto place = *reader.find_district("chugakkoku", reader.districts()[0].code);
    const auto other = *reader.find_district("chugakkoku", reader.districts()[1].code);
    CHECK(needs_of_district(reader, place, day("2026-11-21")).size() +
              needs_of_district(reader, other, day("2026-11-21")).size() ==
          2);
}

TEST_CASE("A figure of a district that no list has is kept, told, and found when the district comes") {
    StoreFolder folder;
    auto store = Store::open(folder / "t", OpenMode::write_or_create);
    const auto import = store.append(needs({births("浜中学校", "2025-04-01", 61)})).import_id;
    const auto unknown = [&] {
        return std::ranges::count(store.check(), std::string("need_district_unknown"), &Finding::code);
    };
    CHECK(unknown() == 1);
    {
        const auto reader = reader_of(store);
        REQUIRE(reader.needs().size() == 1);
        CHECK(reader.district_of_need(0) == k_no_index);
        const auto areas = need_areas(reader, need_series(reader)[0], day("2026-11-21"));
        REQUIRE(areas.size() == 1);
        CHECK(areas[0].district == k_no_index);
        CHECK(areas[0].need == 0U);
    }
    store.append(two_districts());
    CHECK(unknown() == 0);
    const auto reader = reader_of(store);
    const auto place = reader.district_of_need(0);
    REQUIRE(place != k_no_index);
    CHECK(reader.districts()[place].name == "浜中学校");
    CHECK(needs_of_district(reader, place, day("2026-11-21")).size() == 1);
    store.undo(import);
    CHECK(reader_of(store).needs().empty());
}

TEST_CASE("The same figures again change nothing, a new edition changes what differs, undo brings it back") {
    StoreFolder folder;
    auto store = Store::open(folder / "t", OpenMode::write_or_create);
    store.append(two_districts());
    const auto first = needs({births("浜中学校", "2025-04-01", 61), births("丘中学校", "2025-04-01", std::nullopt)});
    CHECK(store.append(first).entities.added == 2);
    const auto edition = edition_of(store);
    const auto again = store.append(first).entities;
    CHECK(again.unchanged == 2);
    CHECK(again.added + again.changed + again.gone == 0);
    CHECK(edition_of(store) == edition);
    const auto second = store.append(needs({births("浜中学校", "2025-04-01", 62)}));
    CHECK(second.entities.changed == 1);
    CHECK(second.entities.gone == 1);
    CHECK(edition_of(store) != edition);
    store.undo(second.import_id);
    CHECK(edition_of(store) == edition);
}

TEST_CASE("Of two lists with the same figure the newer one holds") {
    StoreFolder folder;
    auto store = Store::open(folder / "t", OpenMode::write_or_create);
    store.append(two_districts());
    store.append(needs({births("浜中学校", "2025-04-01", 99)}, "新しい", "2026-06-01"));
    store.append(needs({births("浜中学校", "2025-04-01", 11)}, "古い", "2025-06-01"));
    const auto reader = reader_of(store);
    const auto place = reader.district_of_need(0);
    const auto held = needs_of_district(reader, place, day("2026-11-21"));
    REQUIRE(held.size() == 1);
    CHECK(reader.needs()[held[0]].reading.value == 99);
}
