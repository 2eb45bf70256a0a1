#include "importers/layouts/p14.hpp"

#include "importers/locating/locator.hpp"

#include <catch2/catch.hpp>

using namespace shirube;
using namespace shirube::importers;
using directory::PositionQuality;

namespace {

const std::vector<std::string> k_header_2011{"P14_001", "P14_002", "P14_003", "P14_004", "P14_005",
                                             "P14_006", "P14_007", "P14_008", "P14_009", "P14_010",
                                             "P14_011", "@lon",    "@lat"};
const std::vector<std::string> k_header_2021{"P14_001", "P14_002", "P14_003", "P14_004", "P14_005", "P14_006",
                                             "P14_007", "P14_008", "P14_009", "P14_010", "@lon",    "@lat"};

RowOutcome read(const std::vector<std::string>& header, std::vector<std::string> cells,
                const std::string& municipality = {}) {
    static const Locator nowhere{{}};
    const LayoutContext context{
        .taxonomy = directory::Taxonomy::shipped(), .locator = nowhere, .municipality = municipality, .language = "en"};
    return make_p14_layout()->read(header, {.row = 4, .cells = std::move(cells)}, context);
}

RowOutcome read_2011(const std::string& small_class, const std::string& capacity = "-1") {
    return read(k_header_2011, {"千葉県", "船橋市", "三咲3-5", "19", "19008", small_class, "三咲児童ホーム", "3",
                                capacity, "数値地図", "15jidou.xls", "140.02", "35.74"});
}

RowOutcome read_2021(const std::string& middle, const std::string& small, const std::string& accuracy = "1") {
    return read(k_header_2021, {"東京都", "三鷹市", "13204", "新川6-37-1", "05", middle, small, "東児童館", "3",
                                accuracy, "139.57", "35.68"});
}

std::string programme(const RowOutcome& outcome) {
    return outcome.reading ? outcome.reading->services.at(0).programme : "";
}

} // namespace

TEST_CASE("Of the 2011 edition children's centres and homes are taken, every other class is out of scope") {
    CHECK(programme(read_2011("402")) == "nyujiin");
    CHECK(programme(read_2011("407")) == "jidokan_small");
    CHECK(programme(read_2011("408")) == "jidokan");
    CHECK(programme(read_2011("409")) == "jidokan_center");
    CHECK(programme(read_2011("411")) == "jido_yogo_shisetsu");
    CHECK(programme(read_2011("423")) == "jido_katei_shien_center");
    for (const char* other : {"401", "403", "410", "412", "105", ""}) {
        const RowOutcome outcome = read_2011(other);
        CHECK(outcome.bin == Bin::out_of_scope);
        CHECK(outcome.issues.empty());
    }
}

TEST_CASE("A file of the years between, without the eleventh column, is read as the edition of 2011") {
    const auto outcome = read(k_header_2021, {"千葉県", "船橋市", "三咲3-5", "19", "19008", "409", "三咲児童ホーム",
                                              "3", "-1", "数値地図", "140.02", "35.74"});
    CHECK(programme(outcome) == "jidokan_center");
    CHECK(outcome.reading->site.official_name == "三咲児童ホーム");
    CHECK(outcome.reading->site.address == "三咲3-5");
}

TEST_CASE("Every programme of the table stands in the taxonomy") {
    for (const auto& code : {"402", "407", "408", "409", "411", "423"}) {
        CHECK(directory::Taxonomy::shipped().by_code(programme(read_2011(code))));
    }
    for (const auto& code : {"051301", "051302", "051303", "051304", "051305", "051306", "991304", "991305"}) {
        CHECK(directory::Taxonomy::shipped().by_code(programme(read_2021(std::string(code).substr(0, 4), code))));
    }
    for (const auto& code : {"0502", "0503", "0507", "0512"}) {
        CHECK(directory::Taxonomy::shipped().by_code(programme(read_2021(code, ""))));
    }
    for (const auto& code : make_p14_layout()->default_programmes()) {
        CHECK(directory::Taxonomy::shipped().by_code(code));
    }
}

TEST_CASE("A place of the 2011 edition stands where its point stands") {
    const RowOutcome outcome = read_2011("409");
    CHECK(outcome.bin == Bin::accepted);
    CHECK(outcome.source_class == "409");
    const auto& site = outcome.reading->site;
    CHECK(site.official_name == "三咲児童ホーム");
    CHECK(site.municipality_name == "船橋市");
    CHECK(site.municipality.empty());
    CHECK(site.position == geo::LonLat{140.02, 35.74});
    CHECK(site.quality == PositionQuality::exact);
    CHECK(outcome.reading->organization.kind == "市区町村");
    CHECK(outcome.reading->organization.name.empty());
    CHECK(outcome.reading->services[0].certainty == directory::Certainty::confirmed);
}

TEST_CASE("A capacity of minus one is unknown, not none") {
    CHECK_FALSE(read_2011("409").reading->services[0].capacity);
    CHECK(read_2011("411", "80").reading->services[0].capacity == 80);
}

TEST_CASE("Protected kinds of the 2021 edition are for coordinators only") {
    for (const RowOutcome& outcome :
         {read_2021("0503", ""), read_2021("9913", "991304"), read_2021("9913", "991305")}) {
        REQUIRE(outcome.reading);
        CHECK(outcome.reading->services[0].visibility == directory::Visibility::coordinator);
    }
    CHECK_FALSE(read_2021("0513", "051301").reading->services[0].visibility);
    CHECK(read_2021("0504", "050401").bin == Bin::out_of_scope);
    CHECK(read_2021("9913", "991302").bin == Bin::out_of_scope);
}

TEST_CASE("A representative point is no exact position, and a municipality's own point is none at all") {
    CHECK(read_2021("0513", "051301").reading->site.municipality == "13204");
    CHECK(read_2021("0513", "051301", "2").reading->site.quality == PositionQuality::block);
    CHECK(read_2021("0513", "051301", "2").reading->site.accuracy_m > 0);
    const RowOutcome town = read_2021("0513", "051301", "3");
    CHECK(town.bin == Bin::flagged);
    CHECK(town.reading->site.quality == PositionQuality::town);
    CHECK(town.reading->site.accuracy_m > 500);
    const RowOutcome municipality = read_2021("0513", "051301", "4");
    CHECK_FALSE(municipality.reading->site.position);
    CHECK(municipality.reading->site.quality == PositionQuality::none);
    CHECK(municipality.issues.at(0).code == "facility_position_rough");
}

TEST_CASE("A point outside Japan is not used, and a place without a name is rejected") {
    const RowOutcome swapped = read(k_header_2011, {"千葉県", "船橋市", "三咲3-5", "19", "19008", "409",
                                                    "三咲児童ホーム", "3", "-1", "数値地図", "x", "35.74", "140.02"});
    CHECK(swapped.bin == Bin::flagged);
    CHECK_FALSE(swapped.reading->site.position);
    CHECK(swapped.issues.at(0).code == "facility_outside_japan");
    const RowOutcome nameless = read(k_header_2011, {"千葉県", "船橋市", "三咲3-5", "19", "19008", "409", "", "3", "-1",
                                                     "数値地図", "x", "140.02", "35.74"});
    CHECK(nameless.bin == Bin::rejected);
    CHECK_FALSE(nameless.reading);
}

TEST_CASE("A header without a class or a position is not P14") {
    const auto fit = make_p14_layout()->fit(std::vector<std::string>{"P14_001", "P14_002", "名称"});
    CHECK_FALSE(fit.missing.empty());
    CHECK(make_p14_layout()->fit(k_header_2011).missing.empty());
    CHECK(make_p14_layout()->fit(k_header_2021).understood[7] == "name");
    CHECK(make_p14_layout()->fit(k_header_2011).understood[6] == "name");
}
