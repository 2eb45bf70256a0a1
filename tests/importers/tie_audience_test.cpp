// Whose ties may be written, and who sees them at most.
#include "importers/relations/tie_audience.hpp"

#include "directory/network/tie_visibility.hpp"
#include "importers/relations/relations.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <variant>
#include <vector>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::ForumReading;
using directory::ImportKind;
using directory::RelationReading;
using directory::Visibility;

namespace {

const std::string k_ties = "つながり,から,からの市町村,へ,への種類,への市町村,公開範囲\n";
const std::string k_meetings = "会議体,市町村,構成員,公開範囲\n";

/// What somebody who writes for 99201 is left with.
struct Writing {
    Desk desk{ImportKind::relations};
    Locator locator{{}};
    directory::HiddenNames hidden{{{"夜の縁側", "99201", Visibility::coordinator},
                                   {"路地裏の勉強会", "99201", Visibility::staff},
                                   {"路地裏の勉強会", "99341", Visibility::coordinator}}};

    explicit Writing(const std::string& owner = "99201") {
        desk.options.owner = owner;
        desk.options.municipality = owner;
    }

    template <class Kind>
    std::vector<Kind> taken(const std::string& csv) {
        const auto lists = read_relations(
            "list.csv", csv, {.taxonomy = directory::Taxonomy::shipped(), .locator = locator, .hidden = &hidden},
            desk.intake);
        REQUIRE(lists);
        std::vector<Kind> readings;
        for (const auto& list : *lists) {
            for (const auto& row : list.rows) {
                readings.push_back(std::get<Kind>(row.reading));
            }
        }
        return readings;
    }
};

} // namespace

TEST_CASE("Ties of two others are not written, and what another's organization does is for one's own staff",
          "[network]") {
    Writing writing;
    const auto read = writing.taken<RelationReading>(k_ties +
                                                     "委託,標市,,なみの会,,,公開\n"
                                                     "委託,隣の会,99341,隣の館,,99341,公開\n"
                                                     "紹介,隣の会,99341,なみの会,,99201,公開\n"
                                                     "構成員,なみの会,,隣の要対協,会議体,99341,公開\n"
                                                     "相互利用,隣の館,99341,,市町村,99201,公開\n"
                                                     "委託,標市,,隣の会,,99341,公開\n");
    REQUIRE(read.size() == 5);
    CHECK(writing.desk.issues("tie_of_others") == 1);
    CHECK(writing.desk.issues("tie_of_another") == 2);
    CHECK(directory::visibility_of(read[0]) == Visibility::everyone);
    CHECK(directory::visibility_of(read[1]) == Visibility::staff);
    CHECK(directory::visibility_of(read[2]) == Visibility::staff);
    CHECK(directory::visibility_of(read[3]) == Visibility::everyone); // an agreement is both sides'
    CHECK(directory::visibility_of(read[4]) == Visibility::everyone);
    // Whoever runs the program may bring in a prefecture's list.
    Writing all("");
    CHECK(all.taken<RelationReading>(k_ties + "委託,隣の会,99341,隣の館,,99341,公開\n").size() == 1);
    CHECK(all.desk.issues("tie_of_others") == 0);
}

TEST_CASE("A tie that names a place kept for staff says so; for whom it is editions settle", "[network]") {
    Writing writing;
    const auto read = writing.taken<RelationReading>(k_ties +
                                                     "委託,標市,,夜の縁側,場所,,公開\n"
                                                     "委託,標市,,路地裏の勉強会,場所,,\n"
                                                     "委託,標市,,路地裏の勉強会,場所,99341,公開\n"
                                                     "委託,標市,,路地裏の勉強会,場所,,調整機関\n"
                                                     "委託,標市,,路地表の勉強会,場所,,公開\n");
    REQUIRE(read.size() == 5);
    CHECK(writing.desk.issues("tie_hidden_end") == 2); // of another town's names nothing is told
    CHECK(writing.hidden.floor_of(read[0]) == Visibility::coordinator);
    CHECK(writing.hidden.floor_of(read[1]) == Visibility::staff);
    CHECK(writing.hidden.floor_of(read[2]) == Visibility::everyone);
    CHECK(writing.hidden.floor_of(read[4]) == Visibility::everyone);
    Writing all("");
    const auto of_all = all.taken<RelationReading>(k_ties + "委託,標市,,路地裏の勉強会,場所,99341,公開\n");
    REQUIRE(of_all.size() == 1);
    CHECK(all.hidden.floor_of(of_all[0]) == Visibility::coordinator); // of that town's two names
}

TEST_CASE("What another municipality has to tell is not made public by a decision afterwards", "[network]") {
    Writing writing;
    const auto read = writing.taken<RelationReading>(
        "つながり,から,からの市町村,へ,への種類,への市町村,公開範囲,対象ID,直した列,決めた日,決めた人,理由\n"
        "紹介,隣の会,99341,なみの会,,99201,公開,0123456789abc,公開範囲,2026-11-26,資源コーディネーター,電話で聞いた\n"
        "委託,標市,,夜の縁側,場所,,公開,0123456789abd,公開範囲,2026-11-26,資源コーディネーター,電話で聞いた\n");
    REQUIRE(read.size() == 2);
    CHECK(directory::visibility_of(read[0]) == Visibility::staff);
    CHECK(writing.desk.issues("tie_of_another") == 1);
    CHECK(writing.desk.issues("tie_hidden_end") == 1);
}

TEST_CASE("Meetings are their own municipality's, and say where a member is kept for staff", "[network]") {
    Writing writing;
    const auto read = writing.taken<ForumReading>(k_meetings +
                                                  "浜の会議,,標市;路地裏の勉強会,公開\n"
                                                  "隣の会議,99341,隣の会,公開\n"
                                                  "沖の会議,,標市;なみの会,公開\n");
    REQUIRE(read.size() == 2);
    CHECK(directory::visibility_of(read[0]) == Visibility::everyone);
    CHECK(writing.desk.issue("forum_member_hidden").column == "構成員");
    CHECK(writing.desk.issues("forum_member_hidden") == 1);
    CHECK(writing.desk.issues("tie_of_others") == 1);
}
