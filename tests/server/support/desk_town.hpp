// A town of two municipalities with work on its steward's desk: a service nobody has asked for years, an address that
// no gazetteer knows, two places that may be one; and a steward at it.
#pragma once

#include "server/http.hpp"
#include "tests/server/support/staff_town.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace shirube::tests {

/// The day of every request, see StaffTown::ask().
inline constexpr std::string_view k_desk_today = "2026-11-26";

/// Who signs in and works; the page is asked for as a browser would.
struct DeskWorker : SignedIn {
    DeskWorker(StaffTown& of, const std::string& name, std::string_view municipality,
               directory::Role role = directory::Role::steward)
        : SignedIn(of, role, municipality, name) {}
};

/// Adds the work to the town's store: 「昔の館」「迷子の館」「はまなす」「はまなす児童館」, and the gazetteer's 浜町.
void put_work_on_the_desk(StaffTown& town);

/// The fields of whoever decides.
server::Query decided(server::Query fields);

/// The value of the first hidden field of that name behind a mark in the page.
std::string hidden_value(const server::Answer& page, std::string_view behind, std::string_view name);

/// The id of the service or site of a place in the steward's edition; empty where there is none.
std::string service_id(StaffTown& town, const std::string& place);
std::string site_id(StaffTown& town, const std::string& place);

/// The import that an answer says was kept; 0: none.
std::int64_t kept_import(const server::Answer& answer);

} // namespace shirube::tests
