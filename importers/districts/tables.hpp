// Districts out of tables: what they are made of (other districts, municipalities, towns), and the addresses that
// belong to schools (小中学校通学区域情報).
#pragma once

#include "directory/batch.hpp"
#include "directory/store.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <span>
#include <vector>

namespace shirube::importers {

inline constexpr std::string_view k_members_profile = "district-members";
inline constexpr std::string_view k_addresses_profile = "school-addresses";

/// Reads a table into lists, one a layer. \param known districts the store has
/// Problems: header_unknown_districts (a: what each kind of table lacks)
std::expected<std::vector<directory::BatchList>, FileProblem> read_district_table(
    const Table& table, std::span<const directory::DistrictName> known, Intake& intake);

} // namespace shirube::importers
