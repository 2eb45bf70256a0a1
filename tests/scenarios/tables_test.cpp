// Tables by municipality in towns drawn by hand: what is there for whom, what is surely missing, what nobody says.
#include "ascii_town.hpp"
#include "directory/coverage/municipal_matrix.hpp"
#include "directory/coverage/stage_table.hpp"
#include "directory/snapshot/snapshot.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>

using namespace shirube::directory;
using namespace shirube::scenarios;

namespace {

Place of(const std::string& programme, ServiceRow service = {}) {
    Place place;
    place.programme = programme;
    place.service = std::move(service);
    return place;
}

ServiceRow aged(int from_years, int last_year, std::string department = {}) {
    ServiceRow service;
    service.from_age_months = from_years * 12;
    service.to_age_months = (last_year + 1) * 12;
    service.department = std::move(department);
    return service;
}

Municipality the(const Reader& reader, const std::string& code) {
    const auto all = municipalities_of(reader);
    const auto found = std::ranges::find(all, code, &Municipality::code);
    REQUIRE(found != all.end());
    return *found;
}

/// "3" surely, "3?" possibly, "x" none, "-" nobody knows; stage by stage.
std::string line_of(const StageRow& row) {
    std::string out;
    for (const auto& cell : row.cells) {
        out += out.empty() ? "" : " ";
        out += cell.presence == Presence::some       ? std::to_string(cell.surely)
               : cell.presence == Presence::possible ? std::to_string(cell.possibly) + "?"
               : cell.presence == Presence::none     ? "x"
                                                     : "-";
    }
    return out;
}

std::string line_of(const Reader& reader, const StageTable& table, const std::string& programme,
                    const std::string& group = {}) {
    for (const auto& of : table.groups) {
        for (const auto& row : of.rows) {
            if (reader.taxonomy().at(row.programme).code == programme && (group.empty() || of.department == group)) {
                return line_of(row);
            }
        }
    }
    return "(no such row)";
}

StageTable asked(const Reader& reader, GroupedBy by = GroupedBy::family, std::string_view day = "2026-11-21",
                 const std::string& municipality = AsciiTown::k_municipality) {
    return stage_table(reader, the(reader, municipality), *parse_day(day), by);
}

std::size_t column_of(const Reader& reader, const MunicipalMatrix& matrix, const std::string& programme) {
    const auto index = *reader.taxonomy().by_code(programme);
    return static_cast<std::size_t>(std::ranges::find(matrix.programmes, index) - matrix.programmes.begin());
}

const MatrixCell& cell_of(const Reader& reader, const MunicipalMatrix& matrix, const std::string& municipality,
                          const std::string& programme) {
    const auto row = std::ranges::find(matrix.municipalities, municipality, &Municipality::code);
    REQUIRE(row != matrix.municipalities.end());
    return matrix.at(static_cast<std::size_t>(row - matrix.municipalities.begin()),
                     column_of(reader, matrix, programme));
}

} // namespace

TEST_CASE(
    "A stage has what its lists say surely, perhaps what they leave open, none only where a complete list says so") {
    ServiceRow unconfirmed = aged(0, 18);
    unconfirmed.certainty = Certainty::reported;
    const auto reader = AsciiTown("A1 B2 .3 .4 .5")
                            .mark('1', of("shien_kyoten", aged(0, 2)))
                            .mark('2', of("shien_kyoten")) // no ages
                            .mark('3', of("jidokan_small", aged(0, 18)))
                            .mark('4', of("jidokan", unconfirmed))
                            .mark('5', of("kodomo_shokudo", aged(6, 15)))
                            .complete_list("shien_kyoten")
                            .complete_list("jidokan")
                            .complete_list("gakushu_shien")
                            .reader();
    const auto table = asked(reader);
    // before birth, 0-2, 3-5, elementary, junior high, high, to 24, to 39
    CHECK(line_of(reader, table, "shien_kyoten") == "1? 1 1? 1? 1? 1? 1? 1?");
    CHECK(line_of(reader, table, "jidokan") == "x 1 1 1 1 1 x x");        // kinds count as the programme
    CHECK(line_of(reader, table, "kodomo_shokudo") == "- - - 1 1 - - -"); // no list claims to have all
    CHECK(line_of(reader, table, "gakushu_shien") == "x x x x x x x x");
    CHECK(line_of(reader, table, "wakamono_ibasho") == "- - - - - - - -");
    // A family has something where a programme has, and none only where all have none.
    const auto places = std::ranges::find_if(table.groups, [&](const StageGroup& group) {
        return reader.taxonomy().at(group.all.programme).code == "places";
    });
    REQUIRE(places != table.groups.end());
    CHECK(line_of(places->all) == "1? 2 1 1 1 1 1? 1?");
    CHECK(places->all.cells[1].possibly == 2); // the base without ages, and the unconfirmed centre
    CHECK(std::ranges::none_of(table.groups, [&](const StageGroup& group) {
        return reader.taxonomy().at(group.all.programme).code == "carriers";
    }));
    CHECK(table.sums[0].none == 2);
}

TEST_CASE("An old list, a partial one and one of a later year say nothing of absence") {
    const auto with = [](TownList list) { return AsciiTown("A B").list(std::move(list)).reader(); };
    const std::vector<Claim> complete{{"jidokan", AsciiTown::k_municipality, true}};
    const auto line = [](const Reader& reader, std::string_view day) {
        return line_of(reader, asked(reader, GroupedBy::family, day), "jidokan").substr(0, 1);
    };
    CHECK(line(with({complete, "2026-04-01"}), "2026-11-21") == "x");
    CHECK(line(with({complete, "2026-05-20"}), "2026-04-01") == "x"); // of the same fiscal year
    CHECK(line(with({complete, "2026-04-01"}), "2026-03-31") == "-"); // what ended in March is not in it
    CHECK(line(with({complete, "2024-04-01"}), "2026-04-01") == "x");
    CHECK(line(with({complete, "2024-04-01"}), "2026-04-02") == "-");
    CHECK(line(with({complete, ""}), "2026-11-21") == "x");
    CHECK(line(with({{{"jidokan", AsciiTown::k_municipality, false}}, "2026-04-01"}), "2026-11-21") == "-");
    // A kind alone is not all of it, a family is, and so is its prefecture's list.
    CHECK(line(with({{{"jidokan_small", AsciiTown::k_municipality, true}}, "2026-04-01"}), "2026-11-21") == "-");
    CHECK(line(with({{{"places", AsciiTown::k_municipality, true}}, "2026-04-01"}), "2026-11-21") == "x");
    CHECK(line(with({{{"jidokan", "99", true}}, "2026-04-01"}), "2026-11-21") == "x");
}

TEST_CASE("Departments have what they answer for; a service whose department nobody states may be anybody's") {
    const auto reader = AsciiTown("A1 B2 .3 .4")
                            .mark('1', of("shien_kyoten", aged(0, 2, "子育て支援課")))
                            .mark('2', of("jidokan", aged(0, 18, "青少年課")))
                            .mark('3', of("jidokan", aged(6, 12, "子育て支援課")))
                            .mark('4', of("jidokan", aged(15, 17)))
                            .complete_list("shien_kyoten")
                            .complete_list("jidokan")
                            .reader();
    const auto table = asked(reader, GroupedBy::department);
    CHECK(line_of(reader, table, "shien_kyoten", "子育て支援課") == "x 1 x x x x x x");
    CHECK(line_of(reader, table, "jidokan", "子育て支援課") ==
          "x x x 1 x - x x"); // the one for high school may be theirs
    CHECK(line_of(reader, table, "jidokan", "青少年課") == "x 1 1 1 1 1 x x");
    REQUIRE(table.groups.size() == 4);
    CHECK(table.groups[0].department == "子育て支援課");
    CHECK(table.groups[1].department == "青少年課");
    CHECK(table.groups[2].kind == StageGroup::Kind::unstated);
    CHECK(table.groups[3].kind == StageGroup::Kind::empty);
    CHECK(table.groups[3].rows.size() == counted_programmes(reader).size() - 2);
}

TEST_CASE("Plans and neighbours' places stand beside the figure, not in it") {
    ServiceRow planned = aged(0, 18);
    planned.valid_from = parse_day("2027-04-01");
    Place neighbour = of("jidokan", aged(0, 18));
    neighbour.municipality = "99341";
    neighbour.service.usable_by = {"99201", "99341"};
    Place closed_to_us = of("jidokan", aged(0, 18));
    closed_to_us.municipality = "99341";
    closed_to_us.service.usable_by = {"99341"};
    Place visiting = of("setai_homon", aged(0, 17));
    visiting.municipality = "?";
    visiting.service.serves = {"99201"};
    const auto reader = AsciiTown("A1 B2 .3")
                            .mark('1', of("jidokan", planned))
                            .mark('2', neighbour)
                            .mark('3', closed_to_us)
                            .unlocated(visiting)
                            .complete_list("jidokan")
                            .reader();
    const auto table = asked(reader);
    CHECK(line_of(reader, table, "jidokan") == "x x x x x x x x");
    CHECK(line_of(reader, table, "setai_homon") == "- 1 1 1 1 1 - -"); // it lies nowhere, and comes to this town
    const auto& places = *std::ranges::find_if(table.groups, [&](const StageGroup& group) {
        return reader.taxonomy().at(group.all.programme).code == "places";
    });
    CHECK(places.all.cells[3].planned == 1);
    CHECK(places.all.cells[3].across == 1);
    CHECK(line_of(reader, asked(reader, GroupedBy::family, "2027-04-01"), "jidokan") == "x 1 1 1 1 1 x x");
    CHECK(line_of(reader, asked(reader, GroupedBy::family, "2026-11-21", "99341"), "jidokan") == "- 2 2 2 2 2 - -");
}

TEST_CASE("A matrix shows what stood on 1 April, what came and went within the year, and what neighbours have") {
    ServiceRow since_may;
    since_may.valid_from = parse_day("2025-05-01");
    ServiceRow until_march;
    until_march.valid_to = parse_day("2026-03-31");
    until_march.status = Status::closed; // as the list of today calls it
    ServiceRow since_june;
    since_june.valid_from = parse_day("2026-06-01");
    Place neighbour = of("shien_kyoten");
    neighbour.municipality = "99341";
    neighbour.service.usable_by = {"99201"};
    const auto reader = AsciiTown("A1 B2 .3 .4 C5")
                            .mark('1', of("jidokan"))
                            .mark('2', of("jidokan", since_may))
                            .mark('3', of("jidokan", until_march))
                            .mark('4', of("jidokan", since_june))
                            .mark('5', neighbour)
                            .belongs_to('C', "99341")
                            .complete_list("jidokan")
                            .complete_list("shien_kyoten")
                            .reader();
    const auto matrix =
        municipal_matrix(reader, counted_programmes(reader), std::chrono::year{2026}, *parse_day("2026-11-21"));
    REQUIRE(matrix.municipalities.size() == 2);
    const auto& centres = cell_of(reader, matrix, "99201", "jidokan");
    CHECK(centres.in_year.surely == 2); // the old one, and that of May
    CHECK(centres.today.surely == 3);
    CHECK(centres.came == 1);
    CHECK(centres.went == 1);
    const auto& bases = cell_of(reader, matrix, "99201", "shien_kyoten");
    CHECK(bases.in_year.presence == Presence::none);
    CHECK(bases.across == 1);
    CHECK(cell_of(reader, matrix, "99341", "shien_kyoten").in_year.presence == Presence::some);
    CHECK(cell_of(reader, matrix, "99341", "jidokan").in_year.presence == Presence::unknown);
    const auto& sum = matrix.sums[column_of(reader, matrix, "shien_kyoten")];
    CHECK(sum.in_year.some == 1);
    CHECK(sum.in_year.none == 1);
    CHECK(matrix.sums[column_of(reader, matrix, "jidokan")].came == 1);

    // A year before its list a service without a first day may not have stood, and nothing is known to be missing.
    const auto before =
        municipal_matrix(reader, counted_programmes(reader), std::chrono::year{2025}, *parse_day("2026-11-21"));
    const auto& then = cell_of(reader, before, "99201", "jidokan");
    CHECK(then.in_year.surely == 0);
    CHECK(then.in_year.possibly == 2); // the old one and the one that ended; neither says since when
    CHECK(cell_of(reader, before, "99201", "shien_kyoten").in_year.presence == Presence::unknown);
}

TEST_CASE("Wards are counted with their city, and regions hold the municipalities that lie in them") {
    State state;
    const auto square = [](double west) {
        return shirube::geo::MultiPolygon{{{{west, 35.0}, {west + 0.1, 35.0}, {west + 0.1, 35.1}, {west, 35.1}}, {}}};
    };
    const auto add = [&](const std::string& layer, const std::string& code, const std::string& municipality,
                         shirube::geo::MultiPolygon area) {
        DistrictRow district;
        district.layer = layer;
        district.code = code;
        district.name = code;
        district.municipality = municipality;
        district.municipality_name = municipality;
        district.geometry = std::move(area);
        state.districts.push_back(std::move(district));
    };
    auto both = square(140.0);
    for (const auto& polygon : square(140.1)) {
        both.push_back(polygon);
    }
    add("ken_iki", "北部", "", std::move(both));
    add("shikuchoson", "12100", "12100", square(140.0));
    add("shikuchoson", "12202", "12202", square(140.1));
    add("shikuchoson", "12203", "12203", square(140.4));
    ListRow list;
    list.name = "一覧";
    list.as_of = "2026-04-01";
    list.claims = {{"jidokan", "12101", true}, {"shien_kyoten", "12100", true}};
    state.lists.push_back(list);
    SiteRow site;
    site.id = "p1";
    site.name = "中央児童館";
    site.municipality = "12101";
    site.municipality_name = "千葉市中央区";
    state.sites.push_back(site);
    ServiceRow service;
    service.id = "s1";
    service.site = 0;
    service.list = 0;
    service.programme = *Taxonomy::shipped().by_code("jidokan");
    state.services.push_back(service);
    const Reader reader(Snapshot::build(std::move(state), Taxonomy::shipped(), Holidays::shipped()));

    const auto matrix =
        municipal_matrix(reader, counted_programmes(reader), std::chrono::year{2026}, *parse_day("2026-11-21"));
    REQUIRE(matrix.municipalities.size() == 3);
    CHECK(matrix.municipalities[0].code == "12100");
    CHECK(matrix.municipalities[0].name == "12100"); // its own, not its ward's
    CHECK(cell_of(reader, matrix, "12100", "jidokan").in_year.surely == 1);
    CHECK(cell_of(reader, matrix, "12100", "shien_kyoten").in_year.presence == Presence::none);
    CHECK(cell_of(reader, matrix, "12202", "shien_kyoten").in_year.presence == Presence::unknown);
    REQUIRE(matrix.groups.size() == 2);
    CHECK(reader.districts()[matrix.groups[0].region].name == "北部");
    CHECK(matrix.groups[0].municipalities == std::vector<std::size_t>{0, 1});
    CHECK(matrix.groups[1].region == k_no_index);
    CHECK(matrix.groups[1].municipalities == std::vector<std::size_t>{2});
}

TEST_CASE("A municipality is of several regions by purpose, and what its neighbours offer is told by contract") {
    State state;
    const auto square = [](double west, double east) {
        return shirube::geo::MultiPolygon{{{{west, 35.0}, {east, 35.0}, {east, 35.1}, {west, 35.1}}, {}}};
    };
    const auto add = [&](const std::string& layer, const std::string& code, const std::string& municipality,
                         shirube::geo::MultiPolygon area) {
        DistrictRow district;
        district.layer = layer;
        district.code = code;
        district.name = code;
        district.municipality = municipality;
        district.geometry = std::move(area);
        state.districts.push_back(std::move(district));
    };
    add("chiku", "ken_iki", "12202", square(140.1, 140.2)); // a district that is called so is no region
    add("ken_iki", "医療 北", "", square(140.0, 140.2));
    add("ken_iki", "里親支援 東", "", square(140.1, 140.5));
    add("ken_iki_satooya", "里親 全県", "", square(140.0, 140.5));
    add("shikuchoson", "12201", "12201", square(140.0, 140.1));
    add("shikuchoson", "12202", "12202", square(140.1, 140.2));
    state.lists.emplace_back().name = "一覧";
    const auto serve = [&](const std::string& lies, std::vector<std::string> usable_by, std::vector<UseTerms> terms) {
        SiteRow site;
        site.id = "p" + std::to_string(state.sites.size());
        site.name = site.id;
        site.municipality = lies;
        state.sites.push_back(site);
        ServiceRow service;
        service.id = "s" + std::to_string(state.services.size());
        service.site = static_cast<std::uint32_t>(state.sites.size() - 1);
        service.list = 0;
        service.programme = *Taxonomy::shipped().by_code("jidokan");
        service.usable_by = std::move(usable_by);
        service.use_terms = std::move(terms);
        state.services.push_back(service);
    };
    UseTerms mutual;
    mutual.municipality = "12202";
    mutual.contract = Contract::mutual;
    UseTerms others;
    others.municipality = "12203";
    others.contract = Contract::entrusted;
    serve("12201", {"12201", "12202"}, {mutual});
    serve("12201", {"12201", "12202"}, {others, mutual});
    serve("12201", {"12202"}, {});
    serve("12201", {"12201"}, {});
    const Reader reader(Snapshot::build(std::move(state), Taxonomy::shipped(), Holidays::shipped()));

    const auto matrix =
        municipal_matrix(reader, counted_programmes(reader), std::chrono::year{2026}, *parse_day("2026-11-21"));
    REQUIRE(matrix.municipalities.size() == 2);
    const auto names = [&](std::size_t municipality) {
        std::set<std::string> found;
        for (const auto region : matrix.municipalities[municipality].regions) {
            found.insert(reader.districts()[region].name);
        }
        return found;
    };
    CHECK(names(0) == std::set<std::string>{"医療 北", "里親 全県"});
    CHECK(names(1) == std::set<std::string>{"医療 北", "里親支援 東", "里親 全県"});
    const auto& cell = cell_of(reader, matrix, "12202", "jidokan");
    CHECK(cell.across == 3);
    CHECK(cell.across_by_contract[static_cast<std::size_t>(Contract::mutual)] == 2);
    CHECK(cell.across_by_contract[static_cast<std::size_t>(Contract::entrusted)] == 0);
    CHECK(cell.across_by_contract[static_cast<std::size_t>(Contract::unknown)] == 1);
    CHECK(cell_of(reader, matrix, "12201", "jidokan").across == 0);
}

TEST_CASE("what residents may use elsewhere is told by contract at each stage, and kept by the one that is asked for") {
    State state;
    const auto serve = [&](const std::string& lies, std::vector<std::string> usable_by, std::vector<UseTerms> terms,
                           const std::string& programme = "jidokan") {
        SiteRow site;
        site.id = "p" + std::to_string(state.sites.size());
        site.name = site.id;
        site.municipality = lies;
        state.sites.push_back(site);
        ServiceRow service;
        service.id = "s" + std::to_string(state.services.size());
        service.site = static_cast<std::uint32_t>(state.sites.size() - 1);
        service.programme = *Taxonomy::shipped().by_code(programme);
        service.usable_by = std::move(usable_by);
        service.use_terms = std::move(terms);
        state.services.push_back(service);
    };
    const auto terms = [](const std::string& municipality, Contract contract) {
        UseTerms of;
        of.municipality = municipality;
        of.contract = contract;
        return of;
    };
    serve("12202", {"12202"}, {});
    serve("12201", {"12201", "12202"}, {terms("12202", Contract::mutual)});
    serve("12201", {"12201", "12202"}, {terms("12203", Contract::entrusted), terms("12202", Contract::mutual)});
    serve("12201", {"12202"}, {terms("12202", Contract::individual)}, "kodomo_shokudo");
    serve("12201", {"12202"}, {});
    serve("12201", {"12201"}, {});
    const Reader reader(Snapshot::build(std::move(state), Taxonomy::shipped(), Holidays::shipped()));
    const Day day = *parse_day("2026-11-21");
    const auto municipalities = municipalities_of(reader);
    const auto of = [&](std::optional<Contract> contract) {
        const auto here = std::ranges::find(municipalities, "12202", &Municipality::code);
        REQUIRE(here != municipalities.end());
        return stage_table(reader, *here, day, GroupedBy::family, contract);
    };
    const auto cell = [&](const StageTable& table, std::string_view programme) {
        for (const auto& group : table.groups) {
            for (const auto& row : group.rows) {
                if (reader.taxonomy().at(row.programme).code == programme) {
                    return row.cells.at(static_cast<std::size_t>(LifeStage::elementary));
                }
            }
        }
        return StageCell{};
    };
    const auto count = [](const CountsByContract& counts, Contract contract) {
        return counts.at(static_cast<std::size_t>(contract));
    };
    const auto all = of({});
    CHECK(cell(all, "jidokan").across == 3);
    CHECK(count(cell(all, "jidokan").across_by_contract, Contract::mutual) == 2);
    CHECK(count(cell(all, "jidokan").across_by_contract, Contract::entrusted) == 0);
    CHECK(count(cell(all, "jidokan").across_by_contract, Contract::unknown) == 1);
    CHECK(count(cell(all, "kodomo_shokudo").across_by_contract, Contract::individual) == 1);
    const auto mutual = of(Contract::mutual);
    CHECK(cell(mutual, "jidokan").across == 2);
    CHECK(count(cell(mutual, "jidokan").across_by_contract, Contract::mutual) == 2);
    CHECK(cell(mutual, "kodomo_shokudo").across == 0);
    CHECK(cell(mutual, "jidokan").possibly == cell(all, "jidokan").possibly); // its own are counted all the same
    CHECK(cell(mutual, "jidokan").possibly == 1);
    // What there is to choose from stays, each service once however many stages it is for.
    for (const auto& table : {all, mutual}) {
        CHECK(count(table.across_by_contract, Contract::mutual) == 2);
        CHECK(count(table.across_by_contract, Contract::individual) == 1);
        CHECK(count(table.across_by_contract, Contract::unknown) == 1);
    }
    // A family is its programmes together.
    for (const auto& group : all.groups) {
        CountsByContract sum{};
        for (const auto& row : group.rows) {
            for (std::size_t i = 0; i < sum.size(); ++i) {
                sum.at(i) = static_cast<std::uint16_t>(sum.at(i) + row.cells.front().across_by_contract.at(i));
            }
        }
        CHECK(group.all.cells.front().across_by_contract == sum);
    }
}
