// What a request asks of the tables by municipality: ?municipality=&at=&by=&use_contract= and ?year=&family=&at=.
#pragma once

#include "directory/coverage/municipal_matrix.hpp"
#include "directory/coverage/stage_table.hpp"
#include "server/context.hpp"
#include "server/http.hpp"
#include "server/problem.hpp"

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

struct StageQuestion {
    std::vector<directory::Municipality> municipalities; ///< to choose from
    directory::Municipality municipality;
    directory::Day day{};
    directory::GroupedBy by = directory::GroupedBy::family;
    std::optional<directory::Contract> use_contract; ///< on which terms others' services are counted; empty: on any

    [[nodiscard]] Query query() const;
};

/// Where no municipality is named, that of the staff who ask, else the one with most services. Problems: bad_parameter
/// of municipality, at, by or use_contract; not_found where the edition speaks of no municipality.
std::expected<StageQuestion, Problem> read_stage_question(const Request& request, const Context& context);

struct MatrixQuestion {
    std::vector<directory::ProgrammeIndex> programmes;
    std::string family; ///< code; empty: all
    std::chrono::year year{};
    directory::Day day{}; ///< today, or the day asked for

    [[nodiscard]] Query query() const;
};

/// Where no year is named, the fiscal year of the day. Problems: bad_parameter of year, family or at.
std::expected<MatrixQuestion, Problem> read_matrix_question(const Request& request, const Context& context);

/// The year whose 1 April is the last one on or before a day.
std::chrono::year fiscal_year_of(directory::Day day);

} // namespace shirube::server
