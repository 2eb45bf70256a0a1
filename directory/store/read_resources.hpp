// Organizations, sites and services as one audience may have them. What it may not have is left out by the queries.
#pragma once

#include "directory/state.hpp"
#include "directory/store/read_state.hpp"
#include "directory/store/sqlite.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace shirube::directory {

/// What a service refers to, by the store's numbers.
struct References {
    std::int64_t list = 0;
    std::int64_t site = 0;
    std::optional<std::int64_t> organization;
    std::vector<std::int64_t> other_lists;
};

/// Into state.organizations and state.sites, by id; says where each came to stand. \throws StoreError
Places read_organizations(Database& database, State& state);
Places read_sites(Database& database, State& state);

/// Into state.services, in the store's order, with what each refers to: refer() puts in the places and sorts by id.
/// \throws StoreError
std::vector<References> read_services(Database& database, State& state);
void refer(State& state, const std::vector<References>& references, const Places& lists, const Places& sites,
           const Places& organizations);

} // namespace shirube::directory
