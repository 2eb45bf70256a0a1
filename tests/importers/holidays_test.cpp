#include "importers/holidays.hpp"

#include "directory/snapshot/snapshot.hpp"
#include "directory/store.hpp"
#include "importers/import.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::Holidays;

namespace {

constexpr std::string_view k_header = "国民の祝日・休日月日,国民の祝日・休日名称\r\n";

/// "元日" in CP932 behind an ASCII date, under the CP932 header.
const std::string k_cp932 =
    "\x8d\x91\x96\xaf\x82\xcc\x8f\x6a\x93\xfa\x81\x45\x8b\x78\x93\xfa\x8c\x8e\x93\xfa,"
    "\x8d\x91\x96\xaf\x82\xcc\x8f\x6a\x93\xfa\x81\x45\x8b\x78\x93\xfa\x96\xbc\x8f\xcc\r\n"
    "2030/1/1,\x8c\xb3\x93\xfa\r\n2030/1/14,\x90\xac\x90\x6c\x82\xcc\x93\xfa\r\n";

directory::Day day(const char* text) { return *directory::parse_day(text); }

} // namespace

TEST_CASE("The Cabinet Office's list of holidays is read, in CP932 as it is published") {
    Desk desk(directory::ImportKind::holidays);
    const auto list = read_holidays("syukujitsu.csv", k_cp932, desk.intake);
    REQUIRE(list);
    REQUIRE(list->size() == 1);
    REQUIRE(list->front().rows.size() == 2);
    CHECK(desk.report.rows.accepted == 2);
    const auto& first = std::get<directory::HolidayReading>(list->front().rows[0].reading);
    CHECK(first.day == day("2030-01-01"));
    CHECK(first.name == "元日");
    CHECK(list->front().publisher == "内閣府");
}

TEST_CASE("A row that is no holiday is rejected, a day twice too, and another table is refused") {
    Desk desk(directory::ImportKind::holidays);
    const auto list = read_holidays(
        "x.csv",
        std::string(k_header) + "2030/1/1,元日\n2030/1/1,元日\n2030/2/30,無い日\nいつか,日\n9999/1/1,遠い日\n\n",
        desk.intake);
    REQUIRE(list);
    REQUIRE(list->size() == 1);
    CHECK(list->front().rows.size() == 1);
    CHECK(desk.report.rows.rejected == 4);
    CHECK(desk.report.rows.blank == 1);
    CHECK(desk.report.rows.adds_up());
    CHECK(desk.issues("holiday_repeated") == 1);
    CHECK(desk.issues("holiday_date_malformed") == 3);

    const auto other = read_holidays("y.csv", "名前,日付\na,2030/1/1\n", desk.intake);
    REQUIRE_FALSE(other);
    CHECK(other.error().code == "holidays_header_unknown");
}

TEST_CASE("Imported holidays go before the shipped ones, name the edition, and go with an undo") {
    ScratchFolder folder;
    auto store = directory::Store::open(folder.path() / "t.shirube", directory::OpenMode::write_or_create);
    const auto snapshot = [&] {
        return directory::Snapshot::build(store.read_public_state(), directory::Taxonomy::shipped(),
                                          Holidays::shipped());
    };
    const auto before = snapshot();
    CHECK(before->ground->holidays.is_holiday(day("2030-01-14")) == Holidays::Answer::unknown);

    ImportOptions options;
    options.kind = directory::ImportKind::holidays;
    options.files = {folder.write("syukujitsu.csv", k_cp932)};
    const auto report = run_import(store, options, {});
    REQUIRE(report);
    CHECK(report->entities.added == 2);
    const auto after = snapshot();
    CHECK(after->edition != before->edition);
    CHECK(after->ground->holidays.is_holiday(day("2030-01-14")) == Holidays::Answer::yes);
    CHECK(after->ground->holidays.is_holiday(day("2030-12-31")) == Holidays::Answer::no);
    CHECK(after->ground->holidays.is_holiday(day("2031-01-01")) == Holidays::Answer::unknown); // past its last year
    CHECK(after->ground->holidays.is_holiday(day("2026-01-01")) ==
          Holidays::Answer::unknown); // the list in force says nothing

    const auto again = run_import(store, options, {});
    REQUIRE(again);
    CHECK(again->entities.unchanged == 2);
    CHECK(again->entities.added + again->entities.changed + again->entities.gone == 0);
    CHECK(snapshot()->edition == after->edition);

    store.undo(again->import_id);
    store.undo(report->import_id);
    CHECK(snapshot()->edition == before->edition);
    CHECK(store.history().front().kind == directory::ImportKind::holidays);
}
