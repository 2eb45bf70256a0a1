// A town with a caseworker at the page of their search.
#pragma once

#include "tests/server/support/staff_town.hpp"

#include <string>
#include <utility>

namespace shirube::tests {

struct MatchTown {
    StaffTown town;
    SignedIn caseworker{town, directory::Role::caseworker, k_here, "soudan"};
    std::string& token = caseworker.token;
    std::string& csrf = caseworker.csrf;

    [[nodiscard]] server::Answer post(server::Query fields) const {
        return caseworker.post("/staff/match", std::move(fields));
    }
};

} // namespace shirube::tests
