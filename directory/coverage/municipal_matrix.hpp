// A prefecture's view: municipality × programme, on 1 April of a year and today.
#pragma once

#include "directory/coverage/municipality.hpp"
#include "directory/coverage/presence.hpp"
#include "directory/use_terms.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace shirube::directory {

/// Of one day.
struct MatrixCount {
    int surely = 0;
    int possibly = 0;
    Presence presence = Presence::unknown;
};

struct MatrixCell {
    MatrixCount in_year; ///< on 1 April
    MatrixCount today;
    int across = 0; ///< of other municipalities, usable by residents on 1 April: surely or possibly
    int across_today = 0;
    CountsByContract across_by_contract{}; ///< of `across`: on what terms
    int came = 0;                          ///< began after 1 April of the year before, up to this one's, and stands
    int went = 0;                          ///< stood on 1 April of the year before and had ended by this one's
};

/// Municipalities that are shown together: a region (圏域), or those of none.
struct MatrixGroup {
    std::uint32_t region = k_no_index;       ///< a district of layer ken_iki
    std::vector<std::size_t> municipalities; ///< by place in MunicipalMatrix::municipalities
};

/// Of a programme, in how many municipalities, on 1 April.
struct MatrixSum {
    PresenceSum in_year;
    int came = 0; ///< municipalities in which something came
    int went = 0;
};

struct MunicipalMatrix {
    Day day{};    ///< 1 April of the year
    Day before{}; ///< 1 April of the year before
    Day today{};
    std::vector<Municipality> municipalities; ///< by code
    std::vector<ProgrammeIndex> programmes;
    std::vector<MatrixCell> cells;   ///< municipality by municipality
    std::vector<MatrixGroup> groups; ///< regions by code, those of none last
    std::vector<MatrixSum> sums;     ///< by programme
    std::vector<std::uint32_t> lists;

    [[nodiscard]] const MatrixCell& at(std::size_t municipality, std::size_t programme) const {
        return cells.at(municipality * programmes.size() + programme);
    }
};

/// \param programmes of counted_programmes(reader)
MunicipalMatrix municipal_matrix(const Reader& reader, std::vector<ProgrammeIndex> programmes, std::chrono::year year,
                                 Day today);

} // namespace shirube::directory
