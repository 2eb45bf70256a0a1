#include "directory/coverage/municipal_matrix.hpp"

#include "directory/coverage/municipal_index.hpp"
#include "directory/coverage/programme_claims.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace shirube::directory {

namespace {

void add(MatrixCount& count, Openness stood) {
    count.surely += stood == Openness::yes ? 1 : 0;
    count.possibly += stood == Openness::maybe ? 1 : 0;
}

void judge(MatrixCount& count, Spoken spoken) {
    count.presence = presence_of(count.surely, count.possibly, spoken.is_complete);
}

/// Regions by their place in the layer, which is by code.
std::vector<MatrixGroup> groups_of(const std::vector<Municipality>& municipalities) {
    std::map<std::uint32_t, std::vector<std::size_t>> by_region; // none is the highest index and comes last
    for (std::size_t i = 0; i < municipalities.size(); ++i) {
        by_region[municipalities[i].region].push_back(i);
    }
    std::vector<MatrixGroup> groups;
    groups.reserve(by_region.size());
    for (auto& [region, of] : by_region) {
        groups.push_back({region, std::move(of)});
    }
    return groups;
}

MatrixSum sum_of(const MunicipalMatrix& matrix, std::size_t programme) {
    MatrixSum sum;
    for (std::size_t m = 0; m < matrix.municipalities.size(); ++m) {
        const MatrixCell& cell = matrix.at(m, programme);
        sum.in_year.add(cell.in_year.presence);
        sum.came += cell.came > 0 ? 1 : 0;
        sum.went += cell.went > 0 ? 1 : 0;
    }
    return sum;
}

/// Whether it began, or ended, after one day and up to another, as its list dates it.
bool began_between(const ServiceRow& service, Day after, Day up_to) {
    return service.valid_from && *service.valid_from > after && *service.valid_from <= up_to;
}
bool ended_between(const ServiceRow& service, Day from, Day before) {
    return service.valid_to && *service.valid_to >= from && *service.valid_to < before;
}

} // namespace

MunicipalMatrix municipal_matrix(const Reader& reader, std::vector<ProgrammeIndex> programmes, std::chrono::year year,
                                 Day today) {
    const MunicipalIndex& index = reader.municipal_index();
    MunicipalMatrix matrix{.day = Day{year / std::chrono::April / 1},
                           .before = Day{(year - std::chrono::years{1}) / std::chrono::April / 1},
                           .today = today,
                           .municipalities = index.municipalities(),
                           .programmes = std::move(programmes),
                           .cells = {},
                           .groups = {},
                           .sums = {},
                           .lists = {}};
    const std::size_t width = matrix.programmes.size();
    matrix.cells.resize(matrix.municipalities.size() * width);
    const Taxonomy& taxonomy = reader.taxonomy();
    std::vector<std::size_t> column(taxonomy.programmes().size(), width);
    for (std::size_t i = 0; i < width; ++i) {
        column[matrix.programmes[i]] = i;
    }
    const auto services = reader.services();
    for (std::size_t m = 0; m < matrix.municipalities.size(); ++m) {
        for (const auto [i, is_own] : index.services_of(m)) {
            const ServiceRow& row = services[i];
            const std::size_t at = column[counted_as(taxonomy, row.programme)];
            if (at == width) {
                continue;
            }
            MatrixCell& cell = matrix.cells[m * width + at];
            const Openness in_year = stood_on(reader, i, matrix.day);
            const Openness now = stood_on(reader, i, today);
            if (!is_own) {
                if (in_year != Openness::no) {
                    ++cell.across;
                    ++cell.across_by_contract.at(
                        static_cast<std::size_t>(contract_for(row.use_terms, matrix.municipalities[m].code)));
                }
                cell.across_today += now != Openness::no ? 1 : 0;
                continue;
            }
            add(cell.in_year, in_year);
            add(cell.today, now);
            cell.came += in_year != Openness::no && began_between(row, matrix.before, matrix.day) ? 1 : 0;
            cell.went +=
                ended_between(row, matrix.before, matrix.day) && stood_on(reader, i, matrix.before) != Openness::no ? 1
                                                                                                                    : 0;
        }
    }
    const ProgrammeClaims claims(reader, matrix.municipalities, matrix.day);
    const ProgrammeClaims claims_today(reader, matrix.municipalities, today);
    for (std::size_t m = 0; m < matrix.municipalities.size(); ++m) {
        for (std::size_t p = 0; p < width; ++p) {
            judge(matrix.cells[m * width + p].in_year, claims.of(m, matrix.programmes[p]));
            judge(matrix.cells[m * width + p].today, claims_today.of(m, matrix.programmes[p]));
        }
    }
    matrix.lists = claims.lists();
    matrix.groups = groups_of(matrix.municipalities);
    for (std::size_t p = 0; p < width; ++p) {
        matrix.sums.push_back(sum_of(matrix, p));
    }
    return matrix;
}

} // namespace shirube::directory
