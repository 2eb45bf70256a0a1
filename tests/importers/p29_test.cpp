#include "importers/layouts/p29.hpp"

#include "directory/store.hpp"
#include "importers/import.hpp"
#include "importers/locating/locator.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>

#include <map>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;

namespace {

const std::vector<std::string> k_header_2013{"P29_001", "P29_002", "P29_003", "P29_004", "P29_005",
                                             "P29_006", "P29_007", "@lon",    "@lat"};
const std::vector<std::string> k_header_2021{"P29_001", "P29_002", "P29_003", "P29_004", "P29_005", "P29_006",
                                             "P29_007", "P29_008", "P29_009", "@lon",    "@lat"};

RowOutcome read(const std::vector<std::string>& header, std::vector<std::string> cells) {
    static const Locator nowhere{{}};
    const LayoutContext context{
        .taxonomy = directory::Taxonomy::shipped(), .locator = nowhere, .municipality = {}, .language = "en"};
    return make_p29_layout()->read(header, {.row = 4, .cells = std::move(cells)}, context);
}

RowOutcome read_2013(const std::string& school_class) {
    return read(k_header_2013,
                {"99201", "16", school_class, school_class, "浜学校", "港町1-2", "3.000000", "137.1", "33.2"});
}

RowOutcome read_2021(const std::string& school_class, const std::string& suspended) {
    return read(k_header_2021, {"99201", "C199220100001", school_class, "浜学校", "潮見野市港町1-2", "3", suspended,
                                "00", "", "137.1", "33.2"});
}

std::string programmes(const RowOutcome& outcome) {
    std::string all;
    if (outcome.reading) {
        for (const auto& service : outcome.reading->services) {
            all += (all.empty() ? "" : " ") + service.programme;
        }
    }
    return all;
}

} // namespace

TEST_CASE("Elementary and middle schools are taken, a compulsory-education school is both, others are out of scope") {
    CHECK(programmes(read_2013("16001")) == "shogakko");
    CHECK(programmes(read_2013("16002")) == "chugakko");
    CHECK(programmes(read_2021("16014", "1")) == "shogakko chugakko");
    for (const auto* other : {"16003", "16004", "16007", "16012", ""}) {
        CHECK(read_2021(other, "1").bin == Bin::out_of_scope);
        CHECK(read_2013(other).bin == Bin::out_of_scope);
    }
}

TEST_CASE("The seventh column is who runs the school in one edition, and whether it rests in the other") {
    CHECK(read_2013("16002").reading->services[0].status == directory::Status::active);
    CHECK(read_2013("16002").reading->organization.kind == "市区町村");
    CHECK(read_2021("16002", "1").reading->services[0].status == directory::Status::active);
    CHECK(read_2021("16002", "2").reading->services[0].status == directory::Status::suspended);
    CHECK(read_2021("16002", "2.000000").reading->services[0].status == directory::Status::suspended);
}

TEST_CASE("A school stands where its point stands, under its municipality") {
    const auto outcome = read_2021("16002", "1");
    CHECK(outcome.bin == Bin::accepted);
    CHECK(outcome.covers == "99");
    CHECK(outcome.reading->site.municipality == "99201");
    CHECK(outcome.reading->site.position == geo::LonLat{137.1, 33.2});
    CHECK(outcome.reading->site.quality == directory::PositionQuality::exact);
}

TEST_CASE("Both editions are recognised, and nothing less") {
    const auto layout = make_p29_layout();
    CHECK(layout->fit(k_header_2013).missing.empty());
    CHECK(layout->fit(k_header_2021).missing.empty());
    CHECK(layout->fit(std::vector<std::string>{"P29_001", "@lon", "@lat"}).missing.size() == 6);
}

TEST_CASE("Chiba's schools: 1,543 rows, of them 838 elementary and 408 middle schools") {
    const fs::path file = real_data("chiba/P29-13_12.shp");
    if (file.empty()) {
        return;
    }
    ScratchFolder folder;
    auto store = directory::Store::open(folder.path() / "town.shirube", directory::OpenMode::write_or_create);
    ImportOptions options;
    options.kind = directory::ImportKind::resources;
    options.files = {file};
    const auto report = run_import(store, options, {});
    REQUIRE(report);
    CHECK(report->profiles == std::vector<std::string>{"p29"});
    CHECK(report->rows.read == 1543);
    CHECK(report->rows.accepted + report->rows.flagged == 838 + 408);
    CHECK(report->rows.rejected == 0);
    CHECK(report->rows.out_of_scope == 1543 - 838 - 408);
    // As counted by ogrinfo: SELECT P29_004, count(*) … GROUP BY P29_004
    std::map<std::string, int> services;
    for (const auto& service : store.read_public_state().services) {
        ++services[directory::Taxonomy::shipped().at(service.programme).code];
    }
    CHECK(services["shogakko"] == 838);
    CHECK(services["chugakko"] == 408);
}
