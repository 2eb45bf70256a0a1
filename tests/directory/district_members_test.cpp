// Districts that are made of others: their area follows theirs, whatever comes, changes or is undone, and when.
#include "directory/coverage.hpp"
#include "directory/policy.hpp"
#include "directory/store/sqlite.hpp"
#include "geo/area.hpp"
#include "store_batches.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

DistrictReading merged(const std::string& name, std::vector<DistrictMember> members,
                       const std::string& layer = "sodan_kuiki") {
    DistrictReading reading;
    reading.layer = layer;
    reading.municipality = "99201";
    reading.name = name;
    reading.members = std::move(members);
    return reading;
}

DistrictMember school(const std::string& name) { return {"chugakkoku", "99201", name}; }

Batch of_layer(const std::string& layer, const std::string& list, std::vector<BatchRow> rows,
               const std::string& as_of = "2026-04-01") {
    auto batch = batch_of(ImportKind::districts, {list_of(list, std::move(rows), as_of)});
    batch.layer = layer;
    return batch;
}

Batch schools(double hama_width = 0.1) {
    return of_layer("chugakkoku", "A32",
                    {row_of("1", district("浜中学校", 137.0, hama_width)), row_of("2", district("山中学校", 137.1)),
                     row_of("3", district("谷中学校", 137.3))});
}

Batch merged_two() {
    return of_layer("sodan_kuiki", "区域",
                    {row_of("1", merged("東", {school("浜中学校"), school("山中学校")})),
                     row_of("2", merged("西", {school("谷中学校"), school("空中学校")}))});
}

struct Town {
    StoreFolder folder;
    Store store = Store::open(folder / "town.shirube", OpenMode::write_or_create);

    /// Square degrees, as SpatiaLite measures what the store keeps; -1 where there is no area.
    double area(const std::string& name, const std::string& layer = "sodan_kuiki") {
        Database database(folder / "town.shirube", Database::Mode::read_only);
        Statement select(database, "SELECT coalesce(ST_Area(geom), -1) FROM district WHERE name = ? AND layer = ?");
        select.bind(name, layer);
        return select.step() ? select.real(0) : -2;
    }

    std::vector<std::string> findings(const std::string& code) {
        std::vector<std::string> found;
        for (const auto& finding : store.check()) {
            CHECK_FALSE(finding.is_error);
            if (finding.code == code) {
                found.push_back(finding.sentence_en);
            }
        }
        return found;
    }
};

const double k_school = 0.1 * 0.2;

} // namespace

TEST_CASE("The area of a merged district is the union of its members', as SpatiaLite makes it") {
    Town town;
    town.store.append(schools());
    const auto result = town.store.append(merged_two());
    CHECK(result.entities.added == 2);
    Database database(town.folder / "town.shirube", Database::Mode::read_only);
    Statement select(database, R"(SELECT ST_Area(d.geom),
        (SELECT ST_Area(ST_Union(m.geom)) FROM district m WHERE m.name IN ('浜中学校', '山中学校')),
        ST_Equals(d.geom, (SELECT ST_Union(m.geom) FROM district m WHERE m.name IN ('浜中学校', '山中学校')))
        FROM district d WHERE d.name = '東')");
    REQUIRE(select.step());
    CHECK(select.real(0) == Approx(select.real(1)));
    CHECK(select.real(0) == Approx(2 * k_school));
    CHECK(select.integer(2) == 1);
}

TEST_CASE("A member nobody has imported is told by a check, and the district is drawn from the others") {
    Town town;
    town.store.append(schools());
    town.store.append(merged_two());
    CHECK(town.area("西") == Approx(k_school));
    const auto findings = town.findings("member_without_geometry");
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].find("空中学校") != std::string::npos);
}

TEST_CASE("Members may come later, change and be undone: the union follows, in any order the same edition") {
    Town town;
    town.store.append(merged_two());
    CHECK(town.area("東") == -1);
    CHECK(town.findings("member_without_geometry").size() == 4);
    const auto first = town.store.append(schools()).import_id;
    CHECK(town.area("東") == Approx(2 * k_school));
    const auto edition = edition_of(town.store);

    const auto wider = town.store.append(schools(0.05)); // a newer edition of the same list
    CHECK(town.area("東") == Approx(1.5 * k_school));
    town.store.undo(wider.import_id);
    CHECK(town.area("東") == Approx(2 * k_school));
    CHECK(edition_of(town.store) == edition);
    town.store.undo(first);
    CHECK(town.area("東") == -1);
    CHECK(town.area("西") == -1);

    Town other;
    other.store.append(schools());
    other.store.append(merged_two());
    town.store.append(schools());
    CHECK(edition_of(other.store) == edition_of(town.store));
}

TEST_CASE("What other imports draw again is not counted as theirs where it stays as it was") {
    Town town;
    town.store.append(schools());
    town.store.append(merged_two());
    const auto again = town.store.append(schools());
    CHECK(again.entities.unchanged == 3);
    CHECK(again.entities.changed == 0);
    CHECK(again.entities.added == 0);
}

TEST_CASE("A member may itself be made of members, and a circle of them stays without what it lacks") {
    Town town;
    town.store.append(schools());
    town.store.append(merged_two());
    town.store.append(of_layer(
        "ken_iki", "圏域",
        {row_of("1", merged("全", {{"sodan_kuiki", "99201", "東"}, {"sodan_kuiki", "99201", "西"}}, "ken_iki"))}));
    CHECK(town.area("全", "ken_iki") == Approx(3 * k_school));
    town.store.append(of_layer("chiku", "輪",
                               {row_of("1", merged("甲", {{"chiku", "99201", "乙"}, school("浜中学校")}, "chiku")),
                                row_of("2", merged("乙", {{"chiku", "99201", "甲"}}, "chiku"))}));
    CHECK(town.area("甲", "chiku") == Approx(k_school));
    CHECK(town.area("乙", "chiku") == Approx(k_school));
}

TEST_CASE("A municipality is a member by its code") {
    Town town;
    auto whole = district("谷町", 137.5);
    whole.layer = "shikuchoson";
    whole.municipality = "99341";
    town.store.append(of_layer("shikuchoson", "N03", {row_of("1", whole)}));
    town.store.append(
        of_layer("ken_iki", "圏域", {row_of("1", merged("圏", {{"shikuchoson", "99341", ""}}, "ken_iki"))}));
    CHECK(town.area("圏", "ken_iki") == Approx(k_school));
}

TEST_CASE("A merged area answers in coverage like any other") {
    Town town;
    town.store.append(schools());
    town.store.append(merged_two());
    auto place = resource("浜児童館", "浜1-1");
    place.site.position = geo::LonLat{137.15, 33.2}; // in the second of its members
    auto services = resources("児童館", {row_of("1", place)});
    services.lists[0].claims = {{"jidokan", "99201", true}};
    town.store.append(services);
    const Reader reader(Snapshot::build(town.store.read_public_state(), Taxonomy::shipped(), Holidays::shipped()));
    const Layer* layer = reader.find_layer("sodan_kuiki");
    REQUIRE(layer != nullptr);
    Policy policy;
    policy.id = "test";
    policy.layer = "sodan_kuiki";
    policy.any_of = {*reader.taxonomy().by_code("jidokan")};
    const auto coverage = compute_coverage(reader, policy, *layer, {*parse_day("2026-11-25"), 600});
    for (const auto& of : coverage.districts) {
        const bool east = reader.districts()[of.district].name == "東";
        CHECK(of.tier == (east ? Tier::full : Tier::blank));
    }
    CHECK(reader.districts_at(*layer, {137.05, 33.2}).size() == 1);
    CHECK(reader.districts_at(*layer, {137.25, 33.2}).empty());
}

TEST_CASE("A district that has ended, or is yet to come, is set apart on that day") {
    Town town;
    town.store.append(schools());
    auto east = merged("東", {school("浜中学校")});
    east.valid_to = parse_day("2026-03-31");
    auto west = merged("西", {school("谷中学校")});
    west.valid_from = parse_day("2026-04-01");
    town.store.append(of_layer("sodan_kuiki", "区域", {row_of("1", east), row_of("2", west)}));
    auto services = resources("児童館", {row_of("1", resource("浜児童館", "浜1-1"))});
    services.lists[0].claims = {{"jidokan", "99201", true}};
    town.store.append(services);
    const Reader reader(Snapshot::build(town.store.read_public_state(), Taxonomy::shipped(), Holidays::shipped()));
    Policy policy;
    policy.layer = "sodan_kuiki";
    policy.any_of = {*reader.taxonomy().by_code("jidokan")};
    const auto set_apart = [&](const char* day) {
        std::string names;
        for (const auto& of :
             compute_coverage(reader, policy, *reader.find_layer("sodan_kuiki"), {*parse_day(day), 600}).districts) {
            names += of.tier == Tier::suspended ? reader.districts()[of.district].name : "";
        }
        return names;
    };
    CHECK(set_apart("2026-03-31") == "西");
    CHECK(set_apart("2026-04-01") == "東");
}
