// Programme × stage of life: what kind of help a municipality has for whom, what it surely has not, and of what nobody
// says anything.
#pragma once

#include "directory/codes.hpp"
#include "directory/coverage/municipality.hpp"
#include "directory/coverage/presence.hpp"
#include "directory/life_stage.hpp"
#include "directory/use_terms.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

struct StageCell {
    int surely = 0;
    int possibly = 0;
    int planned = 0;                       ///< begin on a later day
    int across = 0;                        ///< of other municipalities, that residents may use: surely or possibly
    CountsByContract across_by_contract{}; ///< of `across`: on what terms
    Presence presence = Presence::unknown;
};

using StageCells = std::array<StageCell, k_life_stages>;

struct StageRow {
    ProgrammeIndex programme = 0; ///< or a family: its programmes together
    StageCells cells;
};

/// A family, or what one section of the town hall answers for.
struct StageGroup {
    enum class Kind : std::uint8_t {
        family,
        department,
        unstated, ///< services of which no list says which section answers for them
        empty     ///< programmes of which the municipality has no service on the day
    };
    Kind kind = Kind::family;
    std::string department; ///< of a department, as its lists write it
    StageRow all;           ///< the group together; its programme is the family's where the group is one
    std::vector<StageRow> rows;
};

enum class GroupedBy : std::uint8_t { family, department };

struct StageTable {
    Municipality municipality;
    Day day{};
    GroupedBy by = GroupedBy::family;
    std::optional<Contract> use_contract;  ///< what of other municipalities is kept; empty: on whatever terms
    CountsByContract across_by_contract{}; ///< services of other municipalities before that, each once
    std::vector<StageGroup> groups;
    std::array<PresenceSum, k_life_stages> sums; ///< by stage over the programmes, however they are grouped
    std::vector<std::uint32_t> lists;            ///< what it rests on
};

/// \param municipality one of municipalities_of(reader)
/// \param use_contract of other municipalities' services those alone whose terms for residents state it
StageTable stage_table(const Reader& reader, const Municipality& municipality, Day day, GroupedBy by,
                       std::optional<Contract> use_contract = {});

} // namespace shirube::directory
