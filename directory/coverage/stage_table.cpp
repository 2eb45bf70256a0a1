#include "directory/coverage/stage_table.hpp"

#include "directory/coverage/municipal_index.hpp"
#include "directory/coverage/programme_claims.hpp"

#include <algorithm>
#include <map>
#include <span>

namespace shirube::directory {

namespace {

/// One service as the table takes it.
struct CountedService {
    std::uint32_t service = 0;
    ProgrammeIndex programme = 0; ///< as it is counted
    bool is_own = true;
    bool is_planned = false;
    Openness stands = Openness::no;
    Contract contract = Contract::unknown; ///< of another municipality's: what its terms for residents state
};

std::vector<CountedService> counted_in(const Reader& reader, const Municipality& municipality, Day day) {
    std::vector<CountedService> counted;
    const auto services = reader.services();
    const MunicipalIndex& index = reader.municipal_index();
    for (const auto [i, is_own] : index.services_of(index.place_of(municipality))) {
        const Openness stands = stood_on(reader, i, day);
        const bool is_planned = reader.status_on(i, day) == Status::planned;
        if (stands != Openness::no || is_planned) {
            counted.push_back({i, counted_as(reader.taxonomy(), services[i].programme), is_own, is_planned, stands,
                               is_own ? Contract::unknown : contract_for(services[i].use_terms, municipality.code)});
        }
    }
    return counted;
}

void count(StageCells& cells, const ServiceRow& service, const CountedService& of) {
    for (const auto& words : life_stages()) {
        const Openness fits = is_for(service, words.stage);
        if (fits == Openness::no) {
            continue;
        }
        StageCell& cell = cells.at(static_cast<std::size_t>(words.stage));
        if (of.is_planned) {
            cell.planned += of.is_own ? 1 : 0;
        } else if (!of.is_own) {
            ++cell.across;
            ++cell.across_by_contract.at(static_cast<std::size_t>(of.contract));
        } else if (std::min(fits, of.stands) == Openness::yes) {
            ++cell.surely;
        } else {
            ++cell.possibly;
        }
    }
}

/// \param is_none_known whether a stage for which nothing is counted surely has nothing
void judge(StageCell& cell, bool is_none_known) {
    cell.presence = presence_of(cell.surely, cell.possibly, is_none_known);
}

/// Several rows together: something where any has something, nothing only where nobody leaves it open.
StageCells together(std::span<const StageRow> rows) {
    StageCells all;
    for (std::size_t stage = 0; stage < k_life_stages; ++stage) {
        bool none_known = !rows.empty();
        for (const StageRow& row : rows) {
            const StageCell& cell = row.cells.at(stage);
            all.at(stage).surely += cell.surely;
            all.at(stage).possibly += cell.possibly;
            all.at(stage).planned += cell.planned;
            all.at(stage).across += cell.across;
            for (std::size_t i = 0; i < cell.across_by_contract.size(); ++i) {
                std::uint16_t& sum = all.at(stage).across_by_contract.at(i);
                sum = static_cast<std::uint16_t>(sum + cell.across_by_contract.at(i));
            }
            none_known = none_known && cell.presence == Presence::none;
        }
        judge(all.at(stage), none_known);
    }
    return all;
}

class Maker {
  public:
    Maker(const Reader& reader, const Municipality& municipality, Day day, std::optional<Contract> use_contract)
        : reader_(reader),
          programmes_(counted_programmes(reader)),
          claims_(reader, std::span(&municipality, 1), day),
          counted_(counted_in(reader, municipality, day)) {
        std::vector<bool> is_counted(reader.taxonomy().programmes().size());
        for (const auto programme : programmes_) {
            is_counted[programme] = true;
        }
        for (const CountedService& of : counted_) {
            if (!of.is_own && !of.is_planned && is_counted[of.programme]) {
                ++across_.at(static_cast<std::size_t>(of.contract));
            }
        }
        if (use_contract) {
            std::erase_if(counted_,
                          [&](const CountedService& of) { return !of.is_own && of.contract != *use_contract; });
        }
    }

    /// Of other municipalities, each once, on whatever terms.
    [[nodiscard]] const CountsByContract& across() const noexcept { return across_; }

    [[nodiscard]] const std::vector<std::uint32_t>& lists() const noexcept { return claims_.lists(); }

    /// A programme with all that is counted of it.
    [[nodiscard]] StageRow row_of(ProgrammeIndex programme) const {
        StageRow row{programme, {}};
        for (const CountedService& of : counted_) {
            if (of.programme == programme) {
                count(row.cells, reader_.services()[of.service], of);
            }
        }
        for (StageCell& cell : row.cells) {
            judge(cell, claims_.of(0, programme).is_complete);
        }
        return row;
    }

    [[nodiscard]] std::vector<StageRow> all_rows() const {
        std::vector<StageRow> rows;
        rows.reserve(programmes_.size());
        for (const auto programme : programmes_) {
            rows.push_back(row_of(programme));
        }
        return rows;
    }

    [[nodiscard]] std::vector<StageGroup> by_family() const {
        std::vector<StageGroup> groups;
        for (auto& row : all_rows()) {
            const auto family = reader_.taxonomy().family_of(row.programme);
            if (groups.empty() || groups.back().all.programme != family) {
                groups.push_back({.kind = StageGroup::Kind::family, .department = {}, .all = {family, {}}, .rows = {}});
            }
            groups.back().rows.push_back(row);
        }
        for (StageGroup& group : groups) {
            group.all.cells = together(group.rows);
        }
        return groups;
    }

    [[nodiscard]] std::vector<StageGroup> by_department() const {
        // Departments in the order of their names, then what nobody states the section of.
        std::map<std::string, std::vector<ProgrammeIndex>, std::less<>> programmes;
        std::vector<ProgrammeIndex> with_none;
        for (const auto programme : programmes_) {
            bool has_any = false;
            for (const CountedService& of : counted_) {
                if (of.programme != programme || !of.is_own || of.is_planned) {
                    continue;
                }
                has_any = true;
                auto& of_department = programmes[reader_.services()[of.service].department];
                if (of_department.empty() || of_department.back() != programme) {
                    of_department.push_back(programme);
                }
            }
            if (!has_any) {
                with_none.push_back(programme);
            }
        }
        std::vector<StageGroup> groups;
        for (const auto& [department, of_department] : programmes) {
            StageGroup group{.kind = department.empty() ? StageGroup::Kind::unstated : StageGroup::Kind::department,
                             .department = department,
                             .all = {},
                             .rows = {}};
            for (const auto programme : of_department) {
                group.rows.push_back(row_of_department(programme, department));
            }
            groups.push_back(std::move(group));
        }
        if (!groups.empty() && groups.front().kind == StageGroup::Kind::unstated) {
            std::ranges::rotate(groups, groups.begin() + 1);
        }
        if (!with_none.empty()) {
            StageGroup group{.kind = StageGroup::Kind::empty, .department = {}, .all = {}, .rows = {}};
            for (const auto programme : with_none) {
                group.rows.push_back(row_of(programme));
            }
            groups.push_back(std::move(group));
        }
        for (StageGroup& group : groups) {
            group.all.cells = together(group.rows);
        }
        return groups;
    }

  private:
    /// What a department has of a programme. That it has nothing for a stage is known where all there is is listed, and
    /// of all that is for the stage it is stated who answers for it.
    [[nodiscard]] StageRow row_of_department(ProgrammeIndex programme, std::string_view department) const {
        StageRow row{programme, {}};
        StageCells unstated;
        for (const CountedService& of : counted_) {
            if (of.programme != programme || !of.is_own) {
                continue;
            }
            const ServiceRow& service = reader_.services()[of.service];
            if (service.department == department) {
                count(row.cells, service, of);
            } else if (service.department.empty()) {
                count(unstated, service, of);
            }
        }
        const bool is_complete = claims_.of(0, programme).is_complete;
        for (std::size_t stage = 0; stage < k_life_stages; ++stage) {
            const StageCell& others = unstated.at(stage);
            judge(row.cells.at(stage), is_complete && others.surely == 0 && others.possibly == 0);
        }
        return row;
    }

    const Reader& reader_;
    std::vector<ProgrammeIndex> programmes_;
    ProgrammeClaims claims_;
    std::vector<CountedService> counted_;
    CountsByContract across_{};
};

} // namespace

StageTable stage_table(const Reader& reader, const Municipality& municipality, Day day, GroupedBy by,
                       std::optional<Contract> use_contract) {
    const Maker maker(reader, municipality, day, use_contract);
    StageTable table{.municipality = municipality,
                     .day = day,
                     .by = by,
                     .use_contract = use_contract,
                     .across_by_contract = maker.across(),
                     .groups = by == GroupedBy::family ? maker.by_family() : maker.by_department(),
                     .sums = {},
                     .lists = maker.lists()};
    for (const StageRow& row : maker.all_rows()) {
        for (std::size_t stage = 0; stage < k_life_stages; ++stage) {
            table.sums.at(stage).add(row.cells.at(stage).presence);
        }
    }
    return table;
}

} // namespace shirube::directory
