// The tables by municipality against plain loops over the rows of random towns, and against the search that their cells
// lead to.
#include "directory/coverage/municipal_matrix.hpp"
#include "directory/coverage/stage_table.hpp"
#include "directory/designated_city.hpp"
#include "directory/reader.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "search_random_town.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

const Day k_day = *parse_day("2026-11-26");

/// A random town whose services say more of what the tables ask, and whose lists claim something.
State town_of(std::uint64_t seed) {
    State state = random_town(seed);
    Dice dice(seed + 1'000);
    std::set<std::string> municipalities;
    for (const auto& site : state.sites) {
        municipalities.insert(site.municipality);
    }
    const std::vector<std::string> codes(municipalities.begin(), municipalities.end());
    const std::vector<std::string> stages{"", "", "小学生", "中学生;高校生", "未就学", "小学生～高校生"};
    const std::vector<std::string> departments{"", "子育て支援課", "福祉課"};
    for (auto& service : state.services) {
        service.stage = dice.of(stages);
        service.department = dice.of(departments);
        service.certainty = static_cast<Certainty>(dice.one_in(4) ? dice.below(3) : 0);
        if (dice.one_in(6)) {
            service.usable_by = {dice.of(codes)};
        }
        if (dice.one_in(4)) {
            service.from_age_months.reset();
            service.to_age_months.reset();
        }
    }
    ListRow& list = state.lists.front();
    list.claims.clear();
    for (const auto& programme : Taxonomy::shipped().programmes()) {
        for (const auto& code : codes) {
            if (!dice.one_in(3)) {
                list.claims.push_back({programme.code, code, dice.one_in(2)});
            }
        }
    }
    list.as_of = seed % 2 == 0 ? "2026-04-01" : seed % 3 == 0 ? "2023-04-01" : "";
    return state;
}

Reader reader_of(State state) {
    return Reader(Snapshot::build(std::move(state), Taxonomy::shipped(), Holidays::shipped()));
}

/// The programme below the family that a programme is, or is a kind of.
std::string top_of(const Taxonomy& taxonomy, ProgrammeIndex programme) {
    auto at = programme;
    for (auto up = taxonomy.at(at).parent; up && taxonomy.at(*up).parent; up = taxonomy.at(at).parent) {
        at = *up;
    }
    return taxonomy.at(at).code;
}

bool was_there(const ServiceRow& service, Day day) {
    if (service.status == Status::suspended || (service.status == Status::closed && !service.valid_to)) {
        return false;
    }
    if (service.valid_to && *service.valid_to < day) {
        return false;
    }
    return service.valid_from ? *service.valid_from <= day : service.status != Status::planned;
}

bool is_own(const Reader& reader, const ServiceRow& service, const std::string& municipality) {
    const auto& lies = reader.sites()[service.site].municipality;
    if (!lies.empty()) {
        return lies == municipality;
    }
    return std::ranges::any_of(service.serves, [&](const std::string& area) {
        return area == municipality || std::ranges::any_of(reader.districts(), [&](const DistrictRow& district) {
                   return district.layer + ":" + district.code == area && district.municipality == municipality;
               });
    });
}

} // namespace

TEST_CASE("Every cell of a stage table holds what a loop over the services counts") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        CAPTURE(seed);
        const auto reader = reader_of(town_of(seed));
        const auto& taxonomy = reader.taxonomy();
        std::size_t counted = 0;
        for (const auto& municipality : municipalities_of(reader)) {
            CAPTURE(municipality.code);
            std::map<std::tuple<std::string, std::string, std::size_t>, std::pair<int, int>> expected;
            for (const auto& service : reader.services()) {
                if (!was_there(service, k_day) || !is_own(reader, service, municipality.code)) {
                    continue;
                }
                for (std::size_t stage = 0; stage < k_life_stages; ++stage) {
                    const Openness fits = is_for(service, static_cast<LifeStage>(stage));
                    auto& [surely, possibly] =
                        expected[{top_of(taxonomy, service.programme), service.department, stage}];
                    if (fits == Openness::yes && service.certainty == Certainty::confirmed) {
                        ++surely;
                    } else if (fits != Openness::no) {
                        ++possibly;
                    }
                }
            }
            const auto table = stage_table(reader, municipality, k_day, GroupedBy::family);
            const auto by_department = stage_table(reader, municipality, k_day, GroupedBy::department);
            // Family by family: all departments together.
            for (const auto& group : table.groups) {
                for (const auto& row : group.rows) {
                    const auto& code = taxonomy.at(row.programme).code;
                    for (std::size_t stage = 0; stage < k_life_stages; ++stage) {
                        int surely = 0;
                        int possibly = 0;
                        for (const auto* department : {"", "子育て支援課", "福祉課"}) {
                            const auto& [sure, perhaps] = expected[{code, department, stage}];
                            surely += sure;
                            possibly += perhaps;
                        }
                        const auto& cell = row.cells[stage];
                        CHECK(std::tuple(cell.surely, cell.possibly) == std::tuple(surely, possibly));
                        CHECK((cell.presence == Presence::some) == (surely > 0));
                        CHECK((cell.presence == Presence::possible) == (surely == 0 && possibly > 0));
                        counted += static_cast<std::size_t>(surely + possibly);
                        // The search that the cell leads to finds these, and what is suspended.
                        if (stage % 3 == 0) {
                            SearchQuery query;
                            query.at = {k_day, 600};
                            query.programmes = taxonomy.with_descendants(row.programme);
                            query.municipality = municipality.code;
                            query.stage = static_cast<LifeStage>(stage);
                            query.limit = 10'000;
                            const auto found = reader.search(query);
                            auto hits = found.hits;
                            hits.insert(hits.end(), found.without_position.begin(), found.without_position.end());
                            const auto suspended = std::ranges::count_if(hits, [&](const Hit& hit) {
                                return reader.services()[hit.service].status == Status::suspended;
                            });
                            const auto closed = std::ranges::count_if(reader.services(), [&](const auto& service) {
                                return service.status == Status::closed && was_there(service, k_day) &&
                                       is_own(reader, service, municipality.code) &&
                                       top_of(taxonomy, service.programme) == code &&
                                       is_for(service, *query.stage) != Openness::no;
                            });
                            CHECK(static_cast<int>(hits.size()) - suspended + closed == surely + possibly);
                        }
                    }
                }
            }
            for (const auto& group : by_department.groups) {
                for (const auto& row : group.rows) {
                    for (std::size_t stage = 0; stage < k_life_stages; ++stage) {
                        if (group.kind == StageGroup::Kind::empty) {
                            CHECK(row.cells[stage].surely + row.cells[stage].possibly == 0);
                            continue;
                        }
                        const auto& [surely, possibly] =
                            expected[{taxonomy.at(row.programme).code, group.department, stage}];
                        CHECK(row.cells[stage].surely == surely);
                        CHECK(row.cells[stage].possibly == possibly);
                    }
                }
            }
            for (std::size_t stage = 0; stage < k_life_stages; ++stage) {
                const auto& sum = table.sums[stage];
                CHECK(sum.some + sum.possible + sum.none + sum.unknown ==
                      static_cast<int>(counted_programmes(reader).size()));
                CHECK(by_department.sums[stage].none == sum.none);
            }
        }
        CHECK(counted > 1'000);
    }
}

TEST_CASE("A matrix counts on each day what a loop over the services counts, and knows what came and went") {
    for (std::uint64_t seed = 4; seed <= 6; ++seed) {
        CAPTURE(seed);
        const auto reader = reader_of(town_of(seed));
        const auto& taxonomy = reader.taxonomy();
        const auto matrix = municipal_matrix(reader, counted_programmes(reader), std::chrono::year{2026}, k_day);
        CHECK(to_string(matrix.day) == "2026-04-01");
        CHECK(to_string(matrix.before) == "2025-04-01");
        int came = 0;
        int went = 0;
        int across = 0;
        for (std::size_t m = 0; m < matrix.municipalities.size(); ++m) {
            const auto& code = matrix.municipalities[m].code;
            for (std::size_t p = 0; p < matrix.programmes.size(); ++p) {
                MatrixCell expected;
                for (const auto& service : reader.services()) {
                    if (top_of(taxonomy, service.programme) != taxonomy.at(matrix.programmes[p]).code) {
                        continue;
                    }
                    const bool then = was_there(service, matrix.day);
                    const bool now = was_there(service, k_day);
                    const bool before = was_there(service, matrix.before);
                    if (is_own(reader, service, code)) {
                        const bool sure = service.certainty == Certainty::confirmed;
                        // The towns' lists are of 2026 at the latest: nothing begins in a year before its list's.
                        expected.in_year.surely += then && sure ? 1 : 0;
                        expected.in_year.possibly += then && !sure ? 1 : 0;
                        expected.today.surely += now && sure ? 1 : 0;
                        expected.today.possibly += now && !sure ? 1 : 0;
                        expected.came += then && !before && service.valid_from ? 1 : 0;
                        expected.went += before && !then && service.valid_to ? 1 : 0;
                    } else if (std::ranges::any_of(service.usable_by, [&](const auto& of) { return of == code; }) ||
                               std::ranges::any_of(service.serves, [&](const auto& of) { return of == code; })) {
                        expected.across += then ? 1 : 0;
                        expected.across_today += now ? 1 : 0;
                    }
                }
                const auto& cell = matrix.at(m, p);
                CAPTURE(code, taxonomy.at(matrix.programmes[p]).code);
                CHECK(cell.in_year.surely == expected.in_year.surely);
                CHECK(cell.in_year.possibly == expected.in_year.possibly);
                CHECK(cell.today.surely == expected.today.surely);
                CHECK(cell.today.possibly == expected.today.possibly);
                CHECK(cell.across == expected.across);
                CHECK(cell.across_today == expected.across_today);
                CHECK(cell.came == expected.came);
                CHECK(cell.went == expected.went);
                came += cell.came;
                went += cell.went;
                across += cell.across;
            }
        }
        CHECK(came > 0);
        CHECK(went > 0);
        CHECK(across > 0);
        for (const auto& sum : matrix.sums) {
            CHECK(sum.in_year.some + sum.in_year.possible + sum.in_year.none + sum.in_year.unknown ==
                  static_cast<int>(matrix.municipalities.size()));
        }
    }
}
